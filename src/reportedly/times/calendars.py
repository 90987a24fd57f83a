"""Days of three calendars: Gregorian, Jalali (solar Hijri) and Hijri (lunar, Umm al-Qura tables)."""

from __future__ import annotations

import calendar
import datetime
from enum import IntEnum
from importlib import import_module
from typing import Any

ONE_DAY = datetime.timedelta(days=1)

Day = datetime.date
Month = tuple[str, int]
"""A calendar ("g", "j" or "h") and the number of a month in it."""


class UnresolvedError(Exception):
    """Words that mean no days here; the message is the reason. Never leaves the package."""


class Unit(IntEnum):
    """Units of time, by length; their order is used."""

    HOUR = 0
    DAY = 1
    WEEKEND = 2
    WEEK = 3
    MONTH = 4
    QUARTER = 5
    SEASON = 6
    YEAR = 7
    DECADE = 8
    CENTURY = 9


def day_of(year: int, month: Month, day: int) -> Day:
    """Return the Gregorian day of a date of any of the three calendars.

    Raises:
        UnresolvedError: there is no such day, or the tables do not reach it.
    """
    system, number = month
    try:
        if system == "g":
            return Day(year, number, day)
        return Day(*_converted(system, year, number, day))
    except (ValueError, OverflowError, IndexError, KeyError):
        raise UnresolvedError("no such day") from None


def _converted(system: str, year: int, month: int, day: int) -> tuple[int, int, int]:
    """Jalali by astronomical equinox (convertdate), Hijri by Umm al-Qura (hijridate, 1343 to 1500)."""
    if system == "j":
        persian: Any = import_module("convertdate.persian")
        if not (1 <= month <= 12 and 1 <= day <= persian.month_length(year, month)):
            raise UnresolvedError("no such day")
        found: tuple[int, int, int] = persian.to_gregorian(year, month, day)
        return found
    tables: Any = import_module("hijridate")
    if 1343 <= year <= 1500:
        converted: tuple[int, int, int] = tables.Hijri(year, month, day).to_gregorian().datetuple()
        return converted
    islamic: Any = import_module("convertdate.islamic")
    civil: tuple[int, int, int] = islamic.to_gregorian(year, month, day)
    return civil


def month_days(year: int, month: Month) -> tuple[Day, Day]:
    """Return first and last day of a month.

    Raises:
        UnresolvedError: the calendar does not reach it.
    """
    system, number = month
    first = day_of(year, month, 1)
    if system == "g":
        return first, first.replace(day=calendar.monthrange(year, number)[1])
    after = (year, number + 1) if number < 12 else (year + 1, 1)
    return first, day_of(after[0], (system, after[1]), 1) - ONE_DAY


def year_days(year: int, system: str = "g") -> tuple[Day, Day]:
    """Return first and last day of a year.

    Raises:
        UnresolvedError: the calendar does not reach it.
    """
    return month_days(year, (system, 1))[0], month_days(year, (system, 12))[1]


def years_around(day: Day, system: str) -> range:
    """Return the years of a calendar that may hold a day near ``day``."""
    if system == "g":
        middle = day.year
    elif system == "j":
        middle = day.year - 621
    else:
        middle = round((day.year - 622) * 33 / 32)
    reach = 4 if system == "g" else 2  # 29 February comes every fourth year
    return range(middle - reach, middle + reach + 1)


def moved(day: Day, count: int, unit: Unit) -> Day:
    """Return ``day`` moved by ``count`` units, cut to the month's last day where needed.

    Raises:
        UnresolvedError: that leaves the years 1 to 9999.
    """
    try:
        if unit <= Unit.WEEK:
            return day + datetime.timedelta(days=count * {Unit.WEEK: 7, Unit.WEEKEND: 7}.get(unit, 1))
        months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEASON: 3, Unit.YEAR: 12, Unit.DECADE: 120}
        at = day.year * 12 + day.month - 1 + count * months.get(unit, 1200)
        year, month = divmod(at, 12)
        return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        raise UnresolvedError("outside the calendar") from None


def around(day: Day, unit: Unit) -> tuple[Day, Day]:
    """Return first and last day of the calendar unit that holds ``day``: weeks begin on Monday."""
    if unit <= Unit.DAY:
        return day, day
    if unit == Unit.WEEK:
        first = day - datetime.timedelta(days=day.weekday())
        return first, first + datetime.timedelta(days=6)
    if unit == Unit.WEEKEND:
        first = day + datetime.timedelta(days=5 - day.weekday())
        return first, first + ONE_DAY
    if unit == Unit.MONTH:
        return month_days(day.year, ("g", day.month))
    if unit in (Unit.QUARTER, Unit.SEASON):
        start = (day.month - 1) // 3 * 3 + 1
        return Day(day.year, start, 1), month_days(day.year, ("g", start + 2))[1]
    length = {Unit.YEAR: 1, Unit.DECADE: 10, Unit.CENTURY: 100}[unit]
    first_year = day.year - (day.year - (unit == Unit.CENTURY)) % length
    return Day(max(first_year, 1), 1, 1), Day(min(first_year + length - 1, 9999), 12, 31)


def easter(year: int) -> Day:
    """Return Easter Sunday of the Western churches (the anonymous Gregorian computus, Meeus 1991)."""
    golden, century = year % 19, year // 100
    offset = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    shift = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - offset - year % 100 % 4) % 7
    correction = (golden + 11 * offset + 22 * shift) // 451
    month, day = divmod(offset + shift - 7 * correction + 114, 31)
    return Day(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> Day:
    """Return the ``number``-th ``weekday`` (0 is Monday) of a Gregorian month, counted from its end if -1.

    Raises:
        UnresolvedError: the month has no such day.
    """
    first, last = month_days(year, ("g", month))
    if number < 0:
        return last - datetime.timedelta(days=(last.weekday() - weekday) % 7)
    found = first + datetime.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    if found > last:
        raise UnresolvedError("no such day")
    return found
