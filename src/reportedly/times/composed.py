"""Expressions made of others: parts of one, ranges, and stretches open on one side."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial

from reportedly.times.calendars import Unit, UnresolvedError, around, moved
from reportedly.times.context import Tense
from reportedly.times.counted import amount
from reportedly.times.dated import season
from reportedly.times.scan import Piece
from reportedly.times.scene import Days, Scene, day_after, day_before, whole
from reportedly.types import Anchor

PARTIAL = frozenset({"date", "days", "month", "weekday", "holiday", "season", "nth_weekday", "quarter"})
"""Actions whose expressions may lack their year or week."""

_THIRDS = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}
_DECADE = {"early": (0, 4), "mid": (4, 7), "late": (7, 10), "start": (0, 2), "end": (8, 10)}
_CENTURY = {"early": (0, 34), "mid": (34, 67), "late": (67, 100), "start": (0, 10), "end": (90, 100)}
_WEEK = {"early": (0, 3), "mid": (2, 5), "late": (3, 7), "start": (0, 2), "end": (4, 7)}
_MONTH = {"early": (0, 10), "mid": (10, 20), "late": (20, 31), "start": (0, 7), "end": (-7, 31)}
_HALVES = {Unit.CENTURY: (50, Unit.YEAR), Unit.DECADE: (5, Unit.YEAR), Unit.YEAR: (6, Unit.MONTH)}


def nested(piece: Piece, scene: Scene) -> Days:
    """March of last year, Friday last week."""
    return scene.inside(scene.of(piece.inner("outer"))).of(piece.inner("inner"))


def season_of(piece: Piece, scene: Scene) -> Days:
    """The summer of last year."""
    return season(piece, scene.inside(scene.of(piece.inner("outer"))))


def part(piece: Piece, scene: Scene) -> Days:
    """Early March, the late 1990s, the end of next year."""
    return part_of(scene.of(piece.inner("inner")), str(piece.part("part")))


def part_of_unit(piece: Piece, scene: Scene) -> Days:
    """The end of the year: the year that the story tells of, else the one of publication."""
    return part_of(_the(piece, "unit", scene), str(piece.part("part")))


def _the(piece: Piece, group: str, scene: Scene) -> Days:
    """Return what "the year", "the month" means: the one being told of, else that of publication."""
    unit = Unit[str(piece.part(group))]
    if unit <= Unit.DAY:
        return scene.day_near()
    if scene.told is not None and scene.told.unit <= unit and scene.tense() not in ("future", "near future"):
        return whole(around(scene.told.ends[0], unit), unit, Anchor.TEXT)
    return whole(around(scene.today, unit), unit, Anchor.PUBLISHED)


def part_of(days: Days, name: str) -> Days:
    """Return a part of ``days``, "early", "mid", "late", "start" or "end"; of a day, the day."""
    first, last = days.ends
    if (last - first).days < 2:
        return days
    if days.unit in (Unit.CENTURY, Unit.DECADE):
        begin, stop = (_CENTURY if days.unit == Unit.CENTURY else _DECADE)[name]
        ends = moved(first, begin, Unit.YEAR), day_before(moved(first, stop, Unit.YEAR))
        return Days(*ends, Unit.YEAR, days.anchor)
    if days.unit <= Unit.MONTH:
        table = _MONTH if days.unit == Unit.MONTH else _WEEK
        return _slice(days, *table[name])
    return _months(days, name)


def _slice(days: Days, begin: int, stop: int) -> Days:
    first, last = days.ends
    start = (
        first + datetime.timedelta(days=begin) if begin >= 0 else last + datetime.timedelta(days=begin + 1)
    )
    end = min(first + datetime.timedelta(days=stop - 1), last)
    return Days(min(start, last), end, Unit.DAY, days.anchor)


def _months(days: Days, name: str) -> Days:
    """Thirds of a year, quarter or season, whose parts are months; the start and the end are one month."""
    first, last = days.ends
    count = max(round((last - first).days / 30.44), 1)
    if name in ("start", "end"):
        begin, stop = (0, 1) if name == "start" else (count - 1, count)
    else:
        low, high = _THIRDS[name]
        begin, stop = round(count * low / 3), round(count * high / 3)
    start = moved(first, begin, Unit.MONTH)
    end = last if stop == count else day_before(moved(first, stop, Unit.MONTH))
    return Days(start, end, Unit.MONTH, days.anchor)


def piece_of(piece: Piece, scene: Scene) -> Days:
    """The first three months of 2019, the second half of the year, the last week of March."""
    outer = scene.of(piece.inner("inner")) if piece.has("inner") else _the(piece, "outer", scene)
    number = int(piece.part("number"))
    if piece.part("unit") == "HALF":
        return _half(outer, number)
    count, unit = amount(piece)
    return _nth(outer, number, count, unit)


def _half(outer: Days, number: int) -> Days:
    first, last = outer.ends
    if outer.unit == Unit.MONTH:
        middle, unit = first + datetime.timedelta(days=15), Unit.DAY
    elif outer.unit in _HALVES:
        count, unit = _HALVES[outer.unit]
        middle = moved(first, count, unit)
    else:
        raise UnresolvedError("no such part")
    if number not in (1, 2, -1):
        raise UnresolvedError("no such part")
    ends = (first, day_before(middle)) if number == 1 else (middle, last)
    return Days(*ends, unit, outer.anchor)


def _nth(outer: Days, number: int, count: int, unit: Unit) -> Days:
    """Return the ``number``-th stretch of ``count`` units of ``outer``, the last one for -1."""
    first, last = outer.ends
    if number > 0:
        start = moved(first, (number - 1) * count, unit)
        end = day_before(moved(start, count, unit))
    else:
        start, end = moved(day_after(last), -count, unit), last
    if start < first or start > last:
        raise UnresolvedError("no such part")
    return Days(start, min(end, last), max(unit, Unit.DAY), outer.anchor)


def piece_rolled(piece: Piece, scene: Scene) -> Days:
    """The last two years of the decade, where "the last two years" was read as a whole at first."""
    outer = scene.of(piece.inner("inner")) if piece.has("inner") else _the(piece, "outer", scene)
    rolled = piece.inner("rolled")
    count, unit = amount(rolled)
    if unit >= outer.unit:
        raise UnresolvedError("no such part")
    return _nth(outer, -1 if int(rolled.part("shift")) < 0 else 1, count, unit)


def rest(piece: Piece, scene: Scene) -> Days:
    """The rest of the year: from the published day on if that lies in it."""
    days = scene.of(piece.inner("inner")) if piece.has("inner") else _the(piece, "unit", scene)
    first, last = days.ends
    if scene.published and first <= scene.published <= last:
        return Days(scene.published, last, days.unit, Anchor.PUBLISHED)
    return days


def passed_on(piece: Piece, scene: Scene) -> Days:
    """The morning of 5 March, Friday at 10 a.m.: the day."""
    return scene.of(piece.inner("inner"))


def week_of(piece: Piece, scene: Scene) -> Days:
    """The week of 5 March."""
    days = scene.of(piece.inner("inner"))
    return whole(around(days.ends[0], Unit.WEEK), Unit.WEEK, days.anchor)


def earlier_in(piece: Piece, scene: Scene) -> Days:
    """Earlier this year, so far this month: up to the published day if that lies in it."""
    days = scene.of(piece.inner("inner")) if piece.has("inner") else _the(piece, "unit", scene)
    first, last = days.ends
    end = min(last, scene.published) if scene.published and scene.published >= first else last
    return Days(first, end, days.unit, days.anchor)


def later_in(piece: Piece, scene: Scene) -> Days:
    """Later this year: from the published day on if that lies in it."""
    days = scene.of(piece.inner("inner")) if piece.has("inner") else _the(piece, "unit", scene)
    first, last = days.ends
    start = max(first, scene.published) if scene.published and scene.published <= last else first
    return Days(start, last, days.unit, days.anchor)


def clock_alone(_piece: Piece, scene: Scene) -> Days:
    """At 10:30: on the nearest earlier day of the paragraph."""
    days = scene.day_near()
    return Days(days.first, days.last, Unit.DAY, Anchor.TEXT)


def range_of(piece: Piece, scene: Scene) -> Days:
    """From March to May 2018: an end without its year takes it from the other one."""
    left, right = piece.inner("first"), piece.inner("last")
    if _partial(left):
        last = scene.of(right)
        first = scene.paired(last, "before").of(left)
    elif _partial(right):
        first = scene.of(left)
        last = scene.paired(first, "after").of(right)
    else:
        first, last = scene.of(left), scene.of(right)
    begin, end = first.ends[0], last.ends[1]
    if end < begin:
        raise UnresolvedError("ends before it begins")
    anchor = first.anchor if first.anchor != Anchor.NONE else last.anchor
    return Days(begin, end, max(first.unit, last.unit), anchor)


def _partial(piece: Piece) -> bool:
    if piece.rule is None:
        return False
    if piece.rule.action == "part" and piece.has("inner"):
        return _partial(piece.inner("inner"))
    return piece.rule.action in PARTIAL and not piece.has("year") and not piece.has("shift")


def _leaning(tense: Tense | None) -> Tense | None:
    """What ends by or at a time lies ahead as readily as behind: "funded through Dec. 7"."""
    return {"past": None, None: "future"}.get(tense, tense)


def bound(piece: Piece, scene: Scene) -> Days:
    """Since March, before Friday, by the end of 2019; "after the 2002 invasion" holds the year itself."""
    kind = str(piece.part("bound"))
    inner = piece.inner("inner")
    if kind in ("by", "until") and _partial(inner):
        scene = replace(scene, tense=partial(_leaning, scene.tense()))
    days = scene.of(inner)
    if inner.has("clock") and kind in ("after", "before"):
        return days  # "after midnight on Wednesday" is on that day
    if kind in ("since", "after"):
        exclusive = kind == "after" and not piece.has("event")
        start = days.last if exclusive else days.first
        if start is None:
            raise UnresolvedError("counted from an open stretch of time")
        return Days(day_after(start) if exclusive else start, None, days.unit, days.anchor)
    exclusive = kind == "before" and not piece.has("event")
    end = days.first if exclusive else days.last
    if end is None:
        raise UnresolvedError("counted from an open stretch of time")
    return Days(None, day_before(end) if exclusive else end, days.unit, days.anchor)
