"""Making the folders of provinces from tables of the whole country: divisions, census, places."""

from sim.province.making.folder import make_provinces, province_rows

__all__ = ["make_provinces", "province_rows"]
