"""When: time expressions of a story and the days that they mean, counted from the published date or the text.

Nothing here asks what day it is: without a published date, what is counted from it stays unresolved.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reportedly.times.calendars import Day, Unit, UnresolvedError, month_days, year_days
from reportedly.times.context import Context
from reportedly.times.dated import order_of
from reportedly.times.lexicon import grammar
from reportedly.times.rules import meaning
from reportedly.times.scan import Piece, pieces_of, reduce
from reportedly.times.scene import Days, Scene
from reportedly.types import Anchor, Precision, PublishedDate, Span, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

TELLING = 220
"""Characters over which a date with a year is still what the story tells of, within one paragraph."""

Meant = Days | str
"""What an expression means, or why it means no days."""


def time_mentions(doc: Doc, published: PublishedDate | None) -> tuple[TimeMention, ...]:
    """Return the time expressions of ``doc`` in order, with first and last day, precision and anchor.

    A language without a grammar has none. Lengths of time ("for three years"), times that come again ("every
    Friday") and vague ones ("recently") are mentions without days; their `reason` says so. The rules are
    explained in docs/explanation/times.md.
    """
    rules = grammar(doc.lang_)
    if rules is None:
        return ()
    context = Context(doc, rules)
    pieces = reduce(pieces_of(context.text, rules), rules, context.checks)
    places = [n for n, p in enumerate(pieces) if p.rule is not None and p.rule.action != "skip"]
    ends = _published_ends(published)
    meanings = [list(_meanings(pieces, places, context, end)) for end in dict.fromkeys(ends)]
    coarse = _UNITS[published.precision] if published and ends[0] else Unit.DAY
    both = zip(meanings[0], meanings[-1], strict=True)
    return tuple(
        _mention(_span(context, pieces, place), _joined(low, high, coarse))
        for place, (low, high) in zip(places, both, strict=True)
    )


_UNITS = {
    Precision.YEAR: Unit.YEAR,
    Precision.MONTH: Unit.MONTH,
    Precision.DAY: Unit.DAY,
    Precision.MINUTE: Unit.DAY,
}


def _published_ends(published: PublishedDate | None) -> tuple[Day | None, Day | None]:
    """Return first and last day on which the story may have been published; None, None for a bad date."""
    if published is None:
        return None, None
    numbers = published.value[:10].split("-")
    try:
        if published.precision == Precision.YEAR or len(numbers) == 1:
            return year_days(int(numbers[0]))
        if published.precision == Precision.MONTH or len(numbers) == 2:
            return month_days(int(numbers[0]), ("g", int(numbers[1])))
        day = datetime.date(*(int(number) for number in numbers[:3]))
    except (ValueError, TypeError, UnresolvedError):
        return None, None
    return day, day


def _meanings(
    pieces: Sequence[Piece], places: Sequence[int], context: Context, published: Day | None
) -> Iterator[Meant]:
    """Evaluate all expressions in order, as if the story was published on that day."""
    order = _order([pieces[place] for place in places])
    seen: list[tuple[Piece, Days]] = []
    line = 0
    for place in places:
        piece = pieces[place]
        line = max(line, context.text.rfind("\n", 0, piece.start) + 1)
        near = [(one, days) for one, days in seen[-8:] if one.start >= line]
        scene = Scene(
            published,
            partial(context.tense, pieces, place),
            [days for _, days in seen],
            [days for _, days in near],
            _told(near, piece, published),
            order,
            meaning,
        )
        try:
            found = meaning(piece, scene)
        except UnresolvedError as why:
            yield str(why)
            continue
        except OverflowError:
            yield "outside the calendar"
            continue
        seen.append((piece, found))
        yield found


def _order(found: Sequence[Piece]) -> str | None:
    """Return the order of day and month that the text's numeric dates agree on."""
    orders = {order_of(piece) for piece in found if piece.rule and piece.rule.action == "numeric"} - {None}
    return orders.pop() if len(orders) == 1 else None


def _told(near: Sequence[tuple[Piece, Days]], piece: Piece, published: Day | None) -> Days | None:
    """Return the date that the story tells of here: one with a year of its own, and not the published one."""
    for before, days in reversed(near):
        if piece.start - before.end > TELLING:
            break
        if days.anchor == Anchor.PUBLISHED:
            break
        if days.first and days.last and days.unit <= Unit.YEAR:
            same_year = published is not None and days.first.year == published.year
            return None if same_year else days
    return None


def _joined(low: Meant, high: Meant, coarse: Unit) -> Meant:
    """Join what is meant if the story was published on the first or on the last day that it may have been."""
    if isinstance(low, str) or isinstance(high, str) or low == high:
        return low if isinstance(low, str) or low == high else high
    return Days(low.first, high.last, max(low.unit, coarse), low.anchor, low.reason)


def _span(context: Context, pieces: Sequence[Piece], place: int) -> Span:
    """Return the characters of an expression, with the event that "after the 2002 invasion" names."""
    piece = pieces[place]
    named = piece.rule is not None and piece.rule.action == "bound" and piece.parts.get("event")
    return Span(piece.start, context.named_after(pieces, place) if named else piece.end)


def _mention(span: Span, meant: Meant) -> TimeMention:
    if isinstance(meant, str):
        return TimeMention(span, None, None, None, Anchor.NONE, meant)
    first, last = (day.isoformat() if day else None for day in (meant.first, meant.last))
    return TimeMention(span, first, last, _precision(meant.unit), meant.anchor, meant.reason)


def _precision(unit: Unit) -> Precision:
    if unit <= Unit.WEEK:
        return Precision.DAY
    return Precision.MONTH if unit < Unit.YEAR else Precision.YEAR
