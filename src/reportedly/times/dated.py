"""Expressions that say a date, whole or but for the year: days, months, years, decades, holidays, seasons."""

from __future__ import annotations

import datetime
from typing import Any

from reportedly.times.calendars import (
    Day,
    Month,
    Unit,
    UnresolvedError,
    day_of,
    easter,
    month_days,
    moved,
    nth_weekday,
    year_days,
    years_around,
)
from reportedly.times.scan import Piece
from reportedly.times.scene import Days, Ends, Make, Scene, day_before, recurring, whole
from reportedly.types import Anchor

LAST_HIJRI, FIRST_GREGORIAN = 1500, 1700
"""Years up to the one beside a Jalali or Hijri month are that calendar's; from the other on, Gregorian."""


def month_of(value: Any) -> Month:
    """Read the lexicon's value of a month: 3, "j7", "h9"."""
    text = str(value)
    return (text[0], int(text[1:])) if text[0] in "jh" else ("g", int(text))


def full_year(year: int, system: str = "g") -> int:
    """Return the year that one of two digits means: 1930 to 2029, in Jalali 1330 to 1429."""
    if year > 99:
        return year
    if system == "g":
        return 1900 + year if year >= 30 else 2000 + year
    return 1300 + year if year >= 30 else 1400 + year


def _dated(piece: Piece, scene: Scene, system: str, make: Make, unit: Unit) -> Days:
    """Return what ``make`` gives for the year of the piece, or the year that the scene chooses."""
    year = piece.part("year")
    if year is None:
        return recurring(scene, system, make, unit)
    if system != "g" and year >= FIRST_GREGORIAN:
        return _in_gregorian(year, system, make, unit)
    if system == "g" and piece.part("era") is not None:
        raise UnresolvedError("a month of one calendar and a year of another")
    return whole(make(full_year(year, system)), unit)


def _in_gregorian(year: int, system: str, make: Make, unit: Unit) -> Days:
    """Ramadan 2018: the one that begins in that Gregorian year."""
    found = [make(one) for one in years_around(Day(year, 7, 1), system)]
    fitting = [ends for ends in found if ends[0].year == year]
    if not fitting:
        raise UnresolvedError("no such day")
    return whole(fitting[0], unit)


def date(piece: Piece, scene: Scene) -> Days:
    """5 March 2018, March 5, 27 Mehr 1396."""
    month, day = month_of(piece.part("month")), int(piece.part("day"))

    def make(year: int) -> Ends:
        found = day_of(year, month, day)
        return found, found

    return _dated(piece, scene, month[0], make, Unit.DAY)


def days(piece: Piece, scene: Scene) -> Days:
    """5-7 March, March 5 to 7 2018."""
    month = month_of(piece.part("month"))
    first, last = int(piece.part("day")), int(piece.part("last"))
    if last <= first:
        raise UnresolvedError("ends before it begins")
    return _dated(
        piece, scene, month[0], lambda year: (day_of(year, month, first), day_of(year, month, last)), Unit.DAY
    )


def month(piece: Piece, scene: Scene) -> Days:
    """March 2018, March, Ramadan 1439."""
    named = month_of(piece.part("month"))
    return _dated(piece, scene, named[0], lambda year: month_days(year, named), Unit.MONTH)


def attack(piece: Piece, scene: Scene) -> Days:
    """Sept. 11 before "attacks" is that of 2001."""
    if (month_of(piece.part("month")), piece.part("day")) == (("g", 9), 11):
        return whole((Day(2001, 9, 11), Day(2001, 9, 11)), Unit.DAY)
    return date(piece, scene)


def named(piece: Piece, _scene: Scene) -> Days:
    """9/11."""
    found = Day.fromisoformat(str(piece.part("name")))
    return whole((found, found), Unit.DAY)


def numeric(piece: Piece, scene: Scene) -> Days:
    """2015-12-10, 25/12/2015, 10.12.2015; 10/12/2015 stays open unless another date of the text decides."""
    a, b, c = (int(piece.part(name)) for name in "abc")
    if a > 31 or len(piece.inner("a").text) == 4:
        return _one_day(a, b, c)
    year = full_year(c)
    first, last = sorted((a, b))
    if first > 12 or year > 2199:
        raise UnresolvedError("no such day")
    dotted = piece.inner("sep").text == "."
    if last > 12 or a == b or dotted:
        month, day = (b, a) if dotted or a > 12 or a == b else (a, b)
        return _one_day(year, month, day)
    if scene.order:
        return _one_day(year, *((b, a) if scene.order == "dmy" else (a, b)))
    ends = sorted((day_of(year, ("g", a), b), day_of(year, ("g", b), a)))
    return Days(ends[0], ends[1], Unit.MONTH, Anchor.NONE, "day and month may stand either way round")


def _one_day(year: int, month: int, day: int) -> Days:
    """Return the day, in Jalali or Hijri years for years that cannot be Gregorian in a news text."""
    system = "g" if year >= FIRST_GREGORIAN or year < 1200 else "j" if year <= 1410 else "h"
    found = day_of(year, (system, month), day)
    return whole((found, found), Unit.DAY)


def order_of(piece: Piece) -> str | None:
    """Return the order of day and month that a numeric date itself shows."""
    a, b = int(piece.part("a")), int(piece.part("b"))
    if a > 31 or (a > 12) == (b > 12):
        return None
    return "dmy" if a > 12 else "mdy"


def year(piece: Piece, _scene: Scene) -> Days:
    """2006; AD 79; with an era in Persian texts 1396."""
    number = int(piece.part("year") or piece.part("late"))
    system = piece.part("era") or "g"
    return whole(year_days(full_year(number, system) if piece.has("short") else number, system), Unit.YEAR)


def years(piece: Piece, _scene: Scene) -> Days:
    """2014-16, 2014-2016."""
    first, last = int(piece.part("year")), int(piece.part("last"))
    system = piece.part("era") or "g"
    last = last if last > 99 else first // 100 * 100 + last
    if last < first:
        raise UnresolvedError("ends before it begins")
    return Days(year_days(first, system)[0], year_days(last, system)[1], Unit.YEAR)


def before_christ(_piece: Piece, _scene: Scene) -> Days:
    """400 BC has no ISO 8601 calendar date here."""
    raise UnresolvedError("before the common era")


def decade(piece: Piece, _scene: Scene) -> Days:
    """The 1990s, the '90s, the nineties; in Persian texts Jalali decades."""
    system = piece.part("era") or "g"
    first = int(piece.part("year"))
    first = first if first > 99 else (1900 if system == "g" else 1300) + first
    return Days(year_days(first, system)[0], year_days(first + 9, system)[1], Unit.DECADE)


def century(piece: Piece, _scene: Scene) -> Days:
    """The 19th century: 1801 to 1900."""
    system = piece.part("era") or "g"
    number = int(piece.part("number"))
    if not 1 <= number <= 30:
        raise UnresolvedError("no such century")
    return Days(year_days(100 * number - 99, system)[0], year_days(100 * number, system)[1], Unit.CENTURY)


def fiscal(piece: Piece, _scene: Scene) -> Days:
    """Fiscal 2018: which months it has differs, so the two calendar years that it lies in."""
    number = full_year(int(piece.part("year")))
    return Days(year_days(number - 1)[0], year_days(number)[1], Unit.YEAR)


def nth_weekday_of(piece: Piece, scene: Scene) -> Days:
    """The first Monday of May."""
    named, weekday, number = (
        month_of(piece.part("month")),
        int(piece.part("weekday")),
        int(piece.part("number")),
    )
    if named[0] != "g":
        raise UnresolvedError("no such day")

    def make(chosen: int) -> Ends:
        found = nth_weekday(chosen, named[1], weekday, number)
        return found, found

    return _dated(piece, scene, "g", make, Unit.DAY)


def quarter(piece: Piece, scene: Scene) -> Days:
    """Q1 2019, the last quarter of 2008."""
    number = int(piece.part("number")) % 5
    number = 4 if piece.part("number") == -1 else number
    if not 1 <= number <= 4:
        raise UnresolvedError("no such quarter")

    def make(chosen: int) -> Ends:
        return Day(chosen, 3 * number - 2, 1), month_days(chosen, ("g", 3 * number))[1]

    return _dated(piece, scene, "g", make, Unit.QUARTER)


def _season_ends(value: str, chosen: int) -> Ends:
    """Meteorological seasons of the northern hemisphere; winter begins in December of its year."""
    if value[0] == "j":  # "js1": the Jalali spring is months 1 to 3
        number = int(value[2:])
        return month_days(chosen, ("j", 3 * number - 2))[0], month_days(chosen, ("j", 3 * number))[1]
    number = int(value[1:])
    if number == 0:
        return Day(chosen, 12, 1), month_days(chosen + 1, ("g", 2))[1]
    return Day(chosen, 3 * number, 1), month_days(chosen, ("g", 3 * number + 2))[1]


def season(piece: Piece, scene: Scene) -> Days:
    """The summer of 2015; in the winter."""
    value = str(piece.part("season"))
    return _dated(
        piece, scene, value[0] if value[0] == "j" else "g", lambda y: _season_ends(value, y), Unit.SEASON
    )


def _holiday_ends(value: str, chosen: int) -> Ends:
    if value.startswith("easter"):
        found = easter(chosen) + datetime.timedelta(days=int(value.removeprefix("easter")))
    elif value.startswith("nth"):
        _, month_number, weekday, number = value.split("-", 3)
        found = nth_weekday(chosen, int(month_number), int(weekday), int(number))
    else:
        named_month, _, day = value.partition("-")
        found = day_of(chosen, month_of(named_month), int(day))
    return found, found


def holiday(piece: Piece, scene: Scene) -> Days:
    """Christmas Day 2015, Nowruz, Eid al-Fitr."""
    value = str(piece.part("holiday"))
    system = value[0] if value[0] in "jh" else "g"
    return _dated(piece, scene, system, lambda chosen: _holiday_ends(value, chosen), Unit.DAY)


def cycle(value: Any) -> tuple[str, Make, Unit]:
    """Return calendar, maker and unit of a month, season or holiday, by the lexicon's value."""
    text = str(value)
    if text[0] == "s" or text[:2] == "js":
        return text[0] if text[0] == "j" else "g", lambda y: _season_ends(text, y), Unit.SEASON
    if "-" in text or text.startswith("easter"):
        return text[0] if text[0] in "jh" else "g", lambda y: _holiday_ends(text, y), Unit.DAY
    named_month = month_of(value)
    return named_month[0], lambda y: month_days(y, named_month), Unit.MONTH


def shift_named(piece: Piece, scene: Scene) -> Days:
    """Last May, next summer, this Christmas."""
    system, make, unit = cycle(piece.part("what"))
    shift, today = piece.part("shift"), scene.today
    everything = [make(one) for one in years_around(today, system)]
    if shift == 0:
        return whole(min(everything, key=lambda ends: _distance(ends, today)), unit, Anchor.PUBLISHED)
    if shift < 0:
        ends = max(ends for ends in everything if ends[1] < today)
    else:
        ends = min(ends for ends in everything if ends[0] > today)
    return whole(ends, unit, Anchor.PUBLISHED)


def _distance(ends: Ends, today: Day) -> tuple[bool, int]:
    """This May is the one of the current year; this winter the one that is nearest."""
    far = ends[0].year != today.year and ends[1].year != today.year
    return far, max((ends[0] - today).days, (today - ends[1]).days, 0)


def same_named(piece: Piece, scene: Scene) -> Days:
    """That March, that summer: of the year that the nearest earlier time lies in."""
    base = scene.fine(Unit.YEAR)
    system, make, unit = cycle(piece.part("what"))
    start = base.ends[0]
    everything = [make(one) for one in years_around(start, system)]
    ends = min(everything, key=lambda e: (e[0].year != start.year, abs((e[0] - start).days)))
    return whole(ends, unit, Anchor.TEXT)


def fine_end(first: Day, count: int, unit: Unit) -> Ends:
    """Return the ``count`` units that begin on ``first``."""
    return first, day_before(moved(first, count, unit))
