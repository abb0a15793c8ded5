"""Making the folders of provinces from tables of the whole country: divisions, census, places."""

from sim.province.making.folder import make_provinces
from sim.province.making.writing import write_copy

__all__ = ["make_provinces", "write_copy"]
