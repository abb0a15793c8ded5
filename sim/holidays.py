"""Dates of China's calendar that a model of offices needs: the Spring Festival, and meetings that draw petitioners."""

from __future__ import annotations

from datetime import date, timedelta

SPRING_FESTIVAL = (
    "1990-01-27 1991-02-15 1992-02-04 1993-01-23 1994-02-10 1995-01-31 1996-02-19 1997-02-07 1998-01-28 1999-02-16 "
    "2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-18 2008-02-07 2009-01-26 "
    "2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 "
    "2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 "
    "2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 "
    "2040-02-12 2041-02-01 2042-01-22 2043-02-10 2044-01-30 2045-02-17 2046-02-06 2047-01-26 2048-02-14 2049-02-02 "
    "2050-01-23"
)
"""First day of the first lunar month, a year each."""

_FESTIVALS = {int(text[:4]): date.fromisoformat(text) for text in SPRING_FESTIVAL.split()}

YEARS = (min(_FESTIVALS), max(_FESTIVALS))
"""First and last year whose Spring Festival is known."""

MEETING = 3
"""Month in which the National People's Congress meets (since 1985)."""

MOVED = {2020: 5}
"""Years in which it met in another one."""

PARTY_CONGRESSES = {1992: 10, 1997: 9, 2002: 11, 2007: 10, 2012: 11, 2017: 10, 2022: 10}
"""Month of each National Congress of the Party, by year."""


def new_years_eve(year: int) -> date:
    """The day before the Spring Festival of one of ``YEARS``."""
    return _FESTIVALS[year] - timedelta(days=1)


def meeting_months(year: int) -> set[int]:
    """Months of a year, 1 to 12, in which the National People's Congress or the Party meets."""
    months = {MOVED.get(year, MEETING)}
    if year in PARTY_CONGRESSES:
        months.add(PARTY_CONGRESSES[year])
    return months
