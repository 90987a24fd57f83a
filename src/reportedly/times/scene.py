"""What an expression means, and what is known where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportedly.times.calendars import ONE_DAY, Day, Unit, UnresolvedError, years_around
from reportedly.times.context import Tense
from reportedly.times.scan import Piece
from reportedly.types import Anchor

Ends = tuple[Day, Day]
FAR, CLOSE = 270, 60
"""Days. A past date further back than FAR yields to the next one if that is within CLOSE, and the reverse."""


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, None on an open side; the unit the words count in; what they were counted from."""

    first: Day | None
    last: Day | None
    unit: Unit
    anchor: Anchor = Anchor.NONE
    reason: str | None = None

    @property
    def ends(self) -> Ends:
        """Both days.

        Raises:
            UnresolvedError: a side is open.
        """
        if self.first is None or self.last is None:
            raise UnresolvedError("counted from an open stretch of time")
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known where an expression stands.

    published: the day of publication, None if unknown. tense: asks where the verbs put it.
    earlier: what the expressions before it mean, the nearest last; near: those of them in the same paragraph.
    told: the date of a nearby earlier expression with a year of its own that the story goes on telling from.
    order: "dmy" or "mdy" where other dates of the text decide it.
    within: the stretch that holds it ("March of last year"); pair, side: the other end of its range, and
    whether it lies "before" or "after" that.
    meaning: evaluates a piece.
    """

    published: Day | None
    tense: Callable[[], Tense | None]
    earlier: Sequence[Days]
    near: Sequence[Days]
    told: Days | None
    order: str | None
    meaning: Callable[[Piece, Scene], Days]
    within: Days | None = None
    pair: Days | None = None
    side: str = "before"

    @property
    def today(self) -> Day:
        """The day of publication.

        Raises:
            UnresolvedError: it is unknown.
        """
        if self.published is None:
            raise UnresolvedError("no published date")
        return self.published

    def of(self, piece: Piece) -> Days:
        """Evaluate a piece here."""
        return self.meaning(piece, self)

    def inside(self, outer: Days) -> Scene:
        """The same place, for an expression that ``outer`` holds."""
        return replace(self, within=outer)

    def paired(self, other: Days, side: str) -> Scene:
        """The same place, for the other end of a range."""
        return replace(self, pair=other, side=side)

    def fine(self, unit: Unit) -> Days:
        """Return the nearest earlier expression that is no longer than ``unit``.

        Raises:
            UnresolvedError: there is none.
        """
        for days in reversed(self.earlier[-8:]):
            if days.first and days.last and days.unit <= unit and _length(days) <= unit:
                return days
        raise UnresolvedError("no earlier time to count from")

    def day_near(self) -> Days:
        """Return the nearest earlier single day of the paragraph.

        Raises:
            UnresolvedError: there is none.
        """
        for days in reversed(self.near):
            if days.first and days.first == days.last:
                return days
        raise UnresolvedError("a time of day without a day")


def _length(days: Days) -> Unit:
    first, last = days.ends
    count = (last - first).days
    for unit, most in ((Unit.DAY, 1), (Unit.WEEK, 6), (Unit.MONTH, 31), (Unit.SEASON, 92), (Unit.YEAR, 366)):
        if count <= most:
            return unit
    return Unit.CENTURY


Make = Callable[[int], Ends]
"""Gives first and last day of what recurs each year, for one year."""


def recurring(scene: Scene, system: str, make: Make, unit: Unit) -> Days:
    """Choose the year of what recurs: by the outer expression, the range, the telling, or the published day.

    Raises:
        UnresolvedError: nothing to choose by.
    """
    if scene.within is not None:
        return _within(scene.within, system, make, unit)
    if scene.pair is not None:
        return _paired(scene.pair, scene.side, system, make, unit)
    if scene.told is not None and scene.tense() not in ("future", "near future"):
        middle = scene.told.ends[0]
        first, last = min(_all(middle, system, make), key=lambda ends: _gap(ends, scene.told, middle))
        return Days(first, last, unit, Anchor.TEXT)
    return Days(*_by_tense(_all(scene.today, system, make), scene), unit, Anchor.PUBLISHED)


def _all(day: Day, system: str, make: Make) -> list[Ends]:
    found: list[Ends] = []
    for year in years_around(day, system):
        try:
            found.append(make(year))
        except UnresolvedError:  # 29 February
            continue
    if not found:
        raise UnresolvedError("no such day")
    return found


def _gap(ends: Ends, told: Days | None, middle: Day) -> tuple[bool, int]:
    """Prefer the year that is being told of, then what is nearest."""
    outside = told is not None and told.unit >= Unit.YEAR and ends[0].year != middle.year
    return outside, abs((ends[0] - middle).days)


def _within(outer: Days, system: str, make: Make, unit: Unit) -> Days:
    first, last = outer.ends
    fitting = [ends for ends in _all(first, system, make) if ends[0] <= last and first <= ends[0]]
    if len(fitting) != 1:
        raise UnresolvedError("the parts of the date do not fit")
    return Days(*fitting[0], unit, outer.anchor)


def _paired(pair: Days, side: str, system: str, make: Make, unit: Unit) -> Days:
    first, last = pair.ends
    everything = _all(first, system, make)
    if side == "before":
        fitting = [ends for ends in everything if ends[0] <= first]
    else:
        fitting = [ends for ends in everything if ends[1] >= last]
    if not fitting:
        raise UnresolvedError("no such day")
    ends = max(fitting) if side == "before" else min(fitting)
    return Days(*ends, unit, pair.anchor)


def _by_tense(everything: Sequence[Ends], scene: Scene) -> Ends:
    today, tense = scene.today, scene.tense()
    behind = max((ends for ends in everything if ends[0] <= today), default=None)
    ahead = min((ends for ends in everything if ends[1] >= today), default=None)
    if behind is None or ahead is None:  # the calendar's tables end here
        raise UnresolvedError("no such day")
    back, forward = max((today - behind[1]).days, 0), max((ahead[0] - today).days, 0)
    if tense == "firm past":
        return behind
    if tense == "near future":
        return ahead
    if tense == "past":
        return ahead if back > FAR and forward < CLOSE else behind
    if tense == "future":
        return behind if forward > FAR and back < CLOSE else ahead
    return behind if back <= forward else ahead


def whole(ends: Ends, unit: Unit, anchor: Anchor = Anchor.NONE) -> Days:
    """Return ``ends`` as `Days`."""
    return Days(ends[0], ends[1], unit, anchor)


def day_before(day: Day) -> Day:
    """Return the day before.

    Raises:
        UnresolvedError: there is none in the calendar.
    """
    try:
        return day - ONE_DAY
    except OverflowError:
        raise UnresolvedError("outside the calendar") from None


def day_after(day: Day) -> Day:
    """Return the day after.

    Raises:
        UnresolvedError: there is none in the calendar.
    """
    try:
        return day + ONE_DAY
    except OverflowError:
        raise UnresolvedError("outside the calendar") from None
