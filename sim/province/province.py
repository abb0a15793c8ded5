"""A province as the model sees it: read-only tables of its cities, counties, townships and villages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.province.series import Series

if TYPE_CHECKING:
    from sim.province.metadata import Metadata


CITY = np.dtype(
    [
        ("code", np.int64),
        ("population", np.int64),
        ("first_resident", np.int64),
        ("pilot_batch", np.int32),
        ("region_type", np.int32),  # row of the province's region types
        ("first_county", np.int32),
        ("counties", np.int32),
        ("first_township", np.int32),
        ("townships", np.int32),
        ("first_village", np.int32),
        ("villages", np.int32),
        ("city_tier", np.bool_),  # False: the row only groups counties that are directly under the province
        ("county_tier", np.bool_),  # False: the one county row stands for the city itself
        ("latitude", np.float64),  # degrees of its seat, WGS 84; NaN where unknown
        ("longitude", np.float64),
    ],
    align=True,
)

COUNTY = np.dtype(
    [
        ("code", np.int64),
        ("population", np.int64),
        ("city", np.int32),
        ("first_township", np.int32),
        ("townships", np.int32),
        ("first_village", np.int32),
        ("villages", np.int32),
        ("latitude", np.float64),
        ("longitude", np.float64),
    ],
    align=True,
)

COVARIATES = (
    "movers_within_county",  # share of residents registered in another township of the county
    "movers_within_province",  # share of residents registered elsewhere in the province
    "movers_from_other_provinces",  # share of residents
    "schooling",  # mean years of those aged 15 and more
    "aged_65",  # share of residents
    "agriculture",  # shares of workers
    "mining",
    "manufacturing",
    "construction",
    "trade",
    "transport",
    "real_estate",
    "health",
    "married",  # shares of residents aged 15 and more
    "divorced",
    "cars",  # shares of households: with a car, with a lift in the house, in a bought flat
    "lifts",
    "bought_flats",
)
"""What a county's row may say of its people besides their number; unknown (NaN) counts as the province's mean."""


@dataclass(frozen=True, eq=False)
class WholeProvince:
    """All counties of a province, whatever places are selected: what a county's people differ from.

    Arrays have shape (counties of the whole province,), are ordered by code and read-only.
    """

    codes: np.ndarray  # int64
    rural: np.ndarray  # int64, residents of villages and other places
    urban: np.ndarray  # int64, residents of communities
    covariates: dict[str, np.ndarray]  # each of COVARIATES, NaN where unknown

    def __post_init__(self) -> None:
        for array in (self.codes, self.rural, self.urban, *self.covariates.values()):
            array.flags.writeable = False


TOWNSHIP = np.dtype(
    [
        ("code", np.int64),
        ("population", np.int64),
        ("county", np.int32),
        ("city", np.int32),
        ("kind", np.int32),  # TownshipKind
        ("first_village", np.int32),
        ("villages", np.int32),
    ],
    align=True,
)

VILLAGE = np.dtype(
    [
        ("code", np.int64),
        ("first_resident", np.int64),
        ("township", np.int32),
        ("county", np.int32),
        ("city", np.int32),
        ("setting", np.int32),  # Setting
        ("region_type", np.int32),  # row of the province's region types
        ("population", np.int32),
        ("households", np.int32),
        ("hours_township", np.float32),  # hours one way (sim.province.travel)
        ("hours_county", np.float32),
        ("hours_city", np.float32),
        ("hours_province", np.float32),
        ("hours_nation", np.float32),
    ],
    align=True,
)


@dataclass(frozen=True, eq=False)
class Province:
    """Places and how many people live in them; shared by all runs, so every array is read-only.

    Rows are ordered by code, hence the children of any place are contiguous rows: `villages` of them from
    `first_village` on, and so forth; residents are numbered village after village (`first_resident`,
    `population`). Row numbers refer to this province's arrays, that is, after a selection of places.
    What is synthetic below the figures of the tables is said in `sim.province.population` and `sim.province.travel`.
    """

    name: str  # what a scenario calls it
    metadata: Metadata
    places: tuple[int, ...]  # the selection, empty for the whole province
    all_cities: tuple[int, ...]  # codes of the cities of the whole province
    region_types: tuple[str, ...]
    cities: np.ndarray  # shape (cities,), dtype CITY
    counties: np.ndarray  # shape (counties,), dtype COUNTY
    townships: np.ndarray  # shape (townships,), dtype TOWNSHIP
    villages: np.ndarray  # shape (villages,), dtype VILLAGE
    whole: WholeProvince
    series: Series
    city_names_zh: tuple[str, ...]
    city_names_en: tuple[str, ...]
    county_names_zh: tuple[str, ...]
    county_names_en: tuple[str, ...]
    township_names_zh: tuple[str, ...]
    warnings: tuple[str, ...] = ()  # what is odd in its tables
    population: int = field(init=False)
    fingerprint: str = field(init=False)  # SHA-256 of all arrays, names and series, hexadecimal

    def __post_init__(self) -> None:
        for array in (self.cities, self.counties, self.townships, self.villages):
            array.flags.writeable = False
        object.__setattr__(self, "population", int(self.villages["population"].sum(dtype=np.int64)))
        object.__setattr__(self, "fingerprint", self._hash())

    def __repr__(self) -> str:
        return (
            f"Province({self.name!r}, {len(self.cities)} cities, {len(self.counties)} counties, "
            f"{len(self.townships)} townships, {len(self.villages)} villages, {self.population} residents)"
        )

    def _hash(self) -> str:
        digest = hashlib.sha256()
        columns = [
            (column, array[column])
            for array in (self.cities, self.counties, self.townships, self.villages)
            for column in array.dtype.names or ()
        ]
        for column, array in (*columns, *self.whole.covariates.items()):
            # Field by field in little-endian order: padding and byte order of the machine must not count.
            values = np.ascontiguousarray(array)
            digest.update(f"{column} {len(values)} ".encode())
            digest.update(values.astype(values.dtype.newbyteorder("<")).tobytes())
        for names in (
            self.region_types,
            self.city_names_zh,
            self.city_names_en,
            self.county_names_zh,
            self.county_names_en,
            self.township_names_zh,
        ):
            digest.update("\n".join(names).encode())
            digest.update(b"\0")
        digest.update(self.series.bytes_of())
        return digest.hexdigest()
