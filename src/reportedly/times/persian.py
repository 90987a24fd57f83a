"""What Persian expressions mean where the Jalali calendar counts: its years, decades and months."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from reportedly.times.calendars import Day, Unit, UnresolvedError, day_of, month_days, year_days
from reportedly.times.counted import amount, place, quantity, shift
from reportedly.times.dated import full_year, numeric
from reportedly.times.scan import Piece
from reportedly.times.scene import Days, Scene, whole
from reportedly.types import Anchor

LAST_SOLAR = 1500
"""Years below this are Jalali in Persian texts unless an era is named."""


def _system(piece: Piece, year: int) -> str:
    era = piece.part("era")
    return str(era) if era else "j" if year < LAST_SOLAR else "g"


def _year(piece: Piece, group: str) -> int:
    """Return the year that digits or words say; of two digits, 1330 to 1429."""
    said = quantity(piece.parts[group])
    return full_year(int(said), "j")


def solar_year(piece: Piece, _scene: Scene) -> Days:
    """The year 1396 or 96, 2017, 1440 of the lunar era."""
    year = _year(piece, "year")
    return whole(year_days(year, _system(piece, year)), Unit.YEAR)


def solar_years(piece: Piece, _scene: Scene) -> Days:
    """1390 to 1394, the years 89 to 94."""
    first, last = _year(piece, "year"), _year(piece, "last")
    if last < first:
        raise UnresolvedError("ends before it begins")
    start = year_days(first, _system(piece, first))[0]
    return Days(start, year_days(last, _system(piece, last))[1], Unit.YEAR)


def solar_numeric(piece: Piece, scene: Scene) -> Days:
    """1395/9/11, 95/9/11, 23.8.1395; a Gregorian one as in English."""
    a, b, c = (int(piece.part(name)) for name in "abc")
    year, month, day = (a, b, c) if a > 31 else (c, b, a)
    year = full_year(year, "j")
    system = _system(piece, year)
    if system == "g":
        return numeric(piece, scene)
    found = day_of(year, (system, month), day)
    return whole((found, found), Unit.DAY)


def solar_decade(piece: Piece, _scene: Scene) -> Days:
    """The decade of the sixties: 1360 to 1369."""
    first = int(quantity(piece.parts["year"]))
    first = first + 1300 if first < 100 else first
    system = _system(piece, first)
    return Days(year_days(first, system)[0], year_days(first + 9, system)[1], Unit.DECADE)


def solar_of(day: Day) -> tuple[int, int]:
    """Return Jalali year and month of a day."""
    persian: Any = import_module("convertdate.persian")
    year, month, _ = persian.from_gregorian(day.year, day.month, day.day)
    return int(year), int(month)


def _solar(today: Day, count: int, unit: Unit, anchor: Anchor) -> Days:
    """Return the Jalali month or year that lies ``count`` of them from ``today``."""
    year, month = solar_of(today)
    if unit == Unit.YEAR:
        return whole(year_days(year + count, "j"), Unit.YEAR, anchor)
    years, number = divmod(month - 1 + count, 12)
    return whole(month_days(year + years, ("j", number + 1)), Unit.MONTH, anchor)


def solar_shift(piece: Piece, scene: Scene) -> Days:
    """Last year, this month, next week: months and years are Jalali."""
    unit = Unit[str(piece.part("unit"))] if piece.has("unit") else Unit.YEAR
    if unit not in (Unit.MONTH, Unit.YEAR):
        return shift(piece, scene)
    return _solar(scene.today, int(piece.part("shift")), unit, Anchor.PUBLISHED)


def solar_ago(piece: Piece, scene: Scene) -> Days:
    """Two years ago, three days later ("next" is the same word): counted from the published day."""
    count, unit = amount(piece)
    count *= int(piece.part("shift"))
    if unit in (Unit.MONTH, Unit.YEAR):
        return _solar(scene.today, count, unit, Anchor.PUBLISHED)
    found = place(scene.today, count, unit)
    return Days(found.first, found.last, found.unit, Anchor.PUBLISHED)
