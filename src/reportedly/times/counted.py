"""Expressions counted from the published day or from an earlier time of the text."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from reportedly.times import dated
from reportedly.times.calendars import ONE_DAY, Day, Unit, UnresolvedError, around, moved
from reportedly.times.scan import Piece
from reportedly.times.scene import Days, Scene, whole
from reportedly.types import Anchor

_FINER = {
    Unit.CENTURY: (Unit.DECADE, 10),
    Unit.DECADE: (Unit.YEAR, 10),
    Unit.YEAR: (Unit.MONTH, 12),
    Unit.SEASON: (Unit.MONTH, 3),
    Unit.QUARTER: (Unit.MONTH, 3),
    Unit.MONTH: (Unit.DAY, 30),
    Unit.WEEK: (Unit.DAY, 7),
    Unit.WEEKEND: (Unit.DAY, 7),
    Unit.DAY: (Unit.HOUR, 24),
}
_WAYS = {"before": -1, "after": 1, "since": 1, -1: -1, 1: 1}
WEEK = 7


def quantity(pieces: Sequence[Piece]) -> float:
    """Return the number that words or digits say: 2, "2.5", "twenty-five", "two and a half", "half a"."""
    total, current, decimal = 0.0, 0.0, False
    for piece in pieces:
        if piece.value == "HALF":
            return current + total + 0.5 if any(p.text == "and" for p in pieces) else 0.5
        if piece.text == "and" or (piece.text == "a" and any(p.value == "HALF" for p in pieces)):
            continue
        if piece.text == ".":
            decimal = True
        elif decimal:
            return total + current + float(f"0.{piece.text}")
        elif isinstance(piece.value, int):
            total, current = _added(total, current, piece.value)
    return total + current


def _added(total: float, current: float, value: int) -> tuple[float, float]:
    if value >= 1000:
        return (
            (total + max(current, 1) * value, 0) if current < 1000 and current else (total, current + value)
        )
    if value == 100 and 0 < current < 10:
        return total, current * value
    return total, current + value


def amount(piece: Piece) -> tuple[int, Unit]:
    """Return how many of which unit a piece with the groups ``count`` and ``unit`` says, in whole units.

    Raises:
        UnresolvedError: more than the calendar holds, or no number of a unit ("several years").
    """
    if piece.has("span"):
        return amount(piece.inner("span"))
    if not piece.has("unit"):
        raise UnresolvedError("a length of time")
    unit = Unit[str(piece.part("unit"))]
    count = quantity(piece.parts["count"]) if piece.has("count") else 1.0
    count += 0.5 if piece.has("more") else 0.0
    while count != int(count) and unit in _FINER:
        unit, times = _FINER[unit]
        count = round(count * times, 3)
        count = float(round(count)) if unit in (Unit.DAY, Unit.HOUR) else count
    if count > 100_000:
        raise UnresolvedError("outside the calendar")
    return int(count), unit


def place(base: Day, count: int, unit: Unit) -> Days:
    """Return the unit that lies ``count`` units from ``base``: its week, month or year (for decades too)."""
    if unit == Unit.HOUR:
        sign = -1 if count < 0 else 1
        return whole(around(moved(base, sign * (abs(count) // 24), Unit.DAY), Unit.DAY), Unit.DAY)
    span = Unit.YEAR if unit > Unit.YEAR else Unit.MONTH if unit in (Unit.QUARTER, Unit.SEASON) else unit
    return whole(around(moved(base, count, unit), span), span)


def _from(base: Day, piece: Piece, sign: int, anchor: Anchor) -> Days:
    """Count from ``base``, and open the side that "more than" leaves open."""
    count, unit = amount(piece)
    found = place(base, sign * count, unit)
    how = piece.part("how")
    if how == ">":
        return Days(None if sign < 0 else found.first, found.last if sign < 0 else None, found.unit, anchor)
    if how == "<":
        return Days(found.first if sign < 0 else base, base if sign < 0 else found.last, found.unit, anchor)
    return Days(found.first, found.last, found.unit, anchor)


def ago(piece: Piece, scene: Scene) -> Days:
    """Two weeks ago, more than two decades ago."""
    return _from(scene.today, piece, -1, Anchor.PUBLISHED)


def hence(piece: Piece, scene: Scene) -> Days:
    """Three years from now, in two weeks' time."""
    return _from(scene.today, piece, 1, Anchor.PUBLISHED)


def within(piece: Piece, scene: Scene) -> Days:
    """In two weeks, within a month: ahead where the verb says so, else a length of time."""
    if scene.tense() not in ("future", "near future"):
        raise UnresolvedError("a length of time")
    if piece.text.lower().startswith("within"):
        count, unit = amount(piece)
        return Days(scene.today, place(scene.today, count, unit).last, unit, Anchor.PUBLISHED)
    return _from(scene.today, piece, 1, Anchor.PUBLISHED)


def later(piece: Piece, scene: Scene) -> Days:
    """Two days later, a year earlier: from the nearest earlier time of the text that is fine enough."""
    _, unit = amount(piece)
    sign = _WAYS[piece.part("way")]
    base = scene.fine(max(unit, Unit.DAY)).ends
    return _from(base[1] if sign > 0 else base[0], piece, sign, Anchor.TEXT)


def counted(piece: Piece, scene: Scene) -> Days:
    """Two days after 5 March, the week before Christmas."""
    count, unit = amount(piece)
    sign = _WAYS[piece.part("way")]
    base = scene.of(piece.inner("inner"))
    if base.unit > unit and base.ends[0] != base.ends[1]:
        raise UnresolvedError("counted from a time that is not fine enough")
    start = base.ends[1] if sign > 0 else base.ends[0]
    found = place(start, sign * count, unit)
    return Days(found.first, found.last, found.unit, base.anchor)


def counted_event(_piece: Piece, _scene: Scene) -> Days:
    """Two days before his death."""
    raise UnresolvedError("counted from an event")


def neighbour(piece: Piece, scene: Scene) -> Days:
    """The day before, the following year: one unit from the nearest earlier time of the text."""
    name = str(piece.part("unit"))
    unit = Unit[name] if name in Unit.__members__ else Unit.DAY
    sign = _WAYS[piece.part("way")]
    base = scene.fine(unit).ends
    return whole(around(moved(base[1] if sign > 0 else base[0], sign, unit), unit), unit, Anchor.TEXT)


def step_part(piece: Piece, scene: Scene) -> Days:
    """The following morning, the previous night."""
    sign = _WAYS[piece.part("way")]
    base = scene.fine(Unit.DAY).ends
    return whole(
        around(moved(base[1] if sign > 0 else base[0], sign, Unit.DAY), Unit.DAY), Unit.DAY, Anchor.TEXT
    )


def step_weekday(piece: Piece, scene: Scene) -> Days:
    """The following Friday: the first after the nearest earlier day of the text."""
    sign, weekday = _WAYS[piece.part("way")], int(piece.part("weekday"))
    base = scene.fine(Unit.WEEK).ends
    return _day(_next(base[1], weekday) if sign > 0 else _previous(base[0], weekday), Anchor.TEXT)


def same(piece: Piece, scene: Scene) -> Days:
    """That year, the same day, that night."""
    name = str(piece.part("unit"))
    unit = Unit[name] if name in Unit.__members__ else Unit.DAY
    base = scene.fine(max(unit, Unit.DAY))
    return whole(around(base.ends[0], unit), max(unit, Unit.DAY), Anchor.TEXT)


def same_named(piece: Piece, scene: Scene) -> Days:
    """That March, that summer: of the year of the nearest earlier time; that Friday: of its week."""
    if piece.has("weekday"):
        week = around(scene.fine(Unit.WEEK).ends[0], Unit.WEEK)
        return _weekday_within(int(piece.part("weekday")), whole(week, Unit.WEEK, Anchor.TEXT))
    return dated.same_named(piece, scene)


def deictic_word(piece: Piece, scene: Scene) -> Days:
    """Today and now as the end of a range."""
    count = piece.value if isinstance(piece.value, int) else 0
    return _day(moved(scene.today, count, Unit.DAY), Anchor.PUBLISHED)


def same_time(_piece: Piece, scene: Scene) -> Days:
    """At the time: the nearest earlier time of the text, whatever it is."""
    for days in reversed(scene.earlier):
        if days.first and days.last:
            return Days(days.first, days.last, days.unit, Anchor.TEXT)
    raise UnresolvedError("no earlier time to count from")


def deictic(piece: Piece, scene: Scene) -> Days:
    """Today, yesterday, the day after tomorrow, last night."""
    return _day(moved(scene.today, int(piece.part("day")), Unit.DAY), Anchor.PUBLISHED)


def now(_piece: Piece, scene: Scene) -> Days:
    """Now is the day of publication."""
    return _day(scene.today, Anchor.PUBLISHED)


def overnight(_piece: Piece, scene: Scene) -> Days:
    """Overnight: the night that ends on the day of publication."""
    return Days(moved(scene.today, -1, Unit.DAY), scene.today, Unit.DAY, Anchor.PUBLISHED)


def shift(piece: Piece, scene: Scene) -> Days:
    """Last year, this week, next month: the calendar unit."""
    unit = Unit[str(piece.part("unit"))]
    count = int(piece.part("shift")) if piece.has("shift") else 0
    return whole(around(moved(scene.today, count, unit), unit), unit, Anchor.PUBLISHED)


def rolling(piece: Piece, scene: Scene) -> Days:
    """The past 40 years, the next three days: up to, or from, the day of publication."""
    count, unit = amount(piece)
    days = -(-count // 24) if unit == Unit.HOUR else count
    size = Unit.DAY if unit == Unit.HOUR else unit
    if int(piece.part("shift")) < 0:
        return Days(moved(scene.today, -days, size), scene.today, size, Anchor.PUBLISHED)
    if scene.tense() in ("past", "firm past") and scene.earlier:
        base = scene.fine(size).ends[1]
        return Days(base, moved(base, days, size), size, Anchor.TEXT)
    return Days(scene.today, moved(scene.today, days, size), size, Anchor.PUBLISHED)


def weekday(piece: Piece, scene: Scene) -> Days:
    """Friday is the nearest one up to now unless a verb puts it ahead; last Friday is before, next after."""
    wanted = int(piece.part("weekday"))
    if scene.within is not None:
        return _weekday_within(wanted, scene.within)
    if scene.pair is not None:
        first, last = scene.pair.ends
        found = _previous(first, wanted) if scene.side == "before" else _next(last, wanted)
        return _day(found, scene.pair.anchor)
    today, step = scene.today, piece.part("shift")
    if step in (-1, 1):
        return _day(_previous(today, wanted) if step < 0 else _next(today, wanted), Anchor.PUBLISHED)
    tense = scene.tense()
    ahead = tense in ("future", "near future") or (step == 0 and tense not in ("past", "firm past"))
    found = _next(today - ONE_DAY, wanted) if ahead else _previous(today + ONE_DAY, wanted)
    return _day(found, Anchor.PUBLISHED)


def _weekday_within(wanted: int, outer: Days) -> Days:
    first, last = outer.ends
    found = _next(first - ONE_DAY, wanted)
    if found + datetime.timedelta(days=WEEK) <= last or found > last:
        raise UnresolvedError("the parts of the date do not fit")
    return _day(found, outer.anchor)


def weekday_of(piece: Piece, scene: Scene) -> Days:
    """Friday of last week."""
    week = around(moved(scene.today, int(piece.part("shift")), Unit.WEEK), Unit.WEEK)
    return _weekday_within(int(piece.part("weekday")), whole(week, Unit.WEEK, Anchor.PUBLISHED))


def weekend(piece: Piece, scene: Scene) -> Days:
    """The weekend is the past or present one unless the verb puts it ahead; a Saturday and a Sunday."""
    today, step, tense = scene.today, piece.part("shift"), scene.tense()
    saturday = around(today, Unit.WEEKEND)[0]
    inside = today >= saturday
    ahead = tense in ("future", "near future") or (step == 0 and tense is None)
    weeks = 0 if inside or ahead else -1
    if step in (-1, 1):
        weeks = -1 if step < 0 else int(inside)
    first = saturday + datetime.timedelta(days=WEEK * weeks)
    return whole((first, first + ONE_DAY), Unit.WEEKEND, Anchor.PUBLISHED)


def _next(day: Day, wanted: int) -> Day:
    """Return the first such weekday after ``day``."""
    return day + datetime.timedelta(days=(wanted - day.weekday() - 1) % WEEK + 1)


def _previous(day: Day, wanted: int) -> Day:
    """Return the last such weekday before ``day``."""
    return day - datetime.timedelta(days=(day.weekday() - wanted - 1) % WEEK + 1)


def _day(day: Day, anchor: Anchor) -> Days:
    return Days(day, day, Unit.DAY, anchor)
