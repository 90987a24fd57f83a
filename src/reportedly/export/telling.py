"""How sure, when, who: the words in which lists, pages and terminals tell it to people."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reportedly.export.plain import one_line
from reportedly.types import Commitment, Kind, Number

if TYPE_CHECKING:
    from reportedly.types import Statement, Story, Tie, TimeMention, Voice

COMMITMENTS = {
    Commitment.CT_PLUS: "certain",
    Commitment.PR_PLUS: "probable",
    Commitment.PS_PLUS: "possible",
    Commitment.CT_MINUS: "certain not",
    Commitment.PR_MINUS: "probable not",
    Commitment.PS_MINUS: "possible not",
    Commitment.CT_U: "knows if",
    Commitment.UU: "uncommitted",
}
"""What each of FactBank's values says of whether the content holds; "knows if" does not tell which."""

ARROW = " › "
"""Between the voices of a chain, outermost first."""
NO_OUTLET = "(no outlet named)"
NOT_NAMED = "(not named)"
_MOST_TIMES = 3


def sure(commitment: Commitment | None) -> str:
    """Return the value and its word, "PS+ possible"; "" where it was not measured."""
    return f"{commitment.value:<3} {COMMITMENTS[commitment]}" if commitment else ""


def chain(statement: Statement) -> list[str]:
    """Return the names of a chain as they are shown, each on one line."""
    outlet, *others = statement.chain
    return [
        one_line(outlet) if outlet else NO_OUTLET,
        *(one_line(name) if name else NOT_NAMED for name in others),
    ]


def cue(statement: Statement) -> str:
    """Return the cue's words as they stand before a colon, "(no cue)" where there is none."""
    return one_line(statement.cue.text).rstrip(" :,") if statement.cue else "(no cue)"


def commitments(statement: Statement) -> str:
    """Return how sure the voices of a chain are, "" where only the innermost commits to anything."""
    pairs = zip(chain(statement), statement.commitments, strict=False)
    told = [f"{name} {value}" for name, value in pairs if value and value is not Commitment.UU]
    others = [one for one in statement.commitments[:-1] if one and one is not Commitment.UU]
    return ", ".join(told) if others else ""


def about(statement: Statement) -> list[str]:
    """Return what is known of the voice that speaks, beside what its chain calls it, in a few words each."""
    voice = statement.voice
    if statement.kind is Kind.AUTHOR:
        return [f"by {one_line(voice.name)}"] if voice.name and voice.name != statement.chain[0] else []
    return [one_line(part) for part in _facts(voice, statement.chain[-1] or "") if part]


def _facts(voice: Voice, label: str) -> Iterator[str | None]:
    yield voice.kind.value if voice.kind else None
    yield ", ".join(part for part in (voice.role, voice.affiliation) if part and part not in label)
    yield voice.country if voice.country and voice.country not in label else None
    yield "several of them" if voice.number is Number.SEVERAL else None
    yield "not to be named" if voice.anonymous else None
    yield "of itself" if voice.of_itself else None
    yield " or ".join(f"{one.name} ({one.score:.2f})" for one in voice.candidates)
    yield voice.reason


def when(times: Iterable[TimeMention], story: Story) -> str:
    """Return the days that times mean, the words of those that mean none with a question mark."""
    return listed(days(time.start, time.end, story.text[time.span.start : time.span.end]) for time in times)


def listed(times: Iterable[str]) -> str:
    """Return different times as one list that is not too long."""
    found = list(dict.fromkeys(times))
    more = f" +{len(found) - _MOST_TIMES}" if len(found) > _MOST_TIMES else ""
    return ", ".join(found[:_MOST_TIMES]) + more


def tied(tie: Tie) -> str:
    """Return a tie in a line: "Ossaly - accuse (ACCUSE) - Telmark"."""
    relation = f"not {tie.relation}" if tie.negated else tie.relation
    plover = f" ({tie.plover})" if tie.plover else ""
    return one_line(f"{tie.subject.name} – {relation}{plover} – {tie.object.name}")


def days(start: str | None, end: str | None, words: str) -> str:
    """Return the days from ``start`` to ``end``, None being open, or the words where both are."""
    if start is None and end is None:
        return f"“{one_line(words)}”?"
    if end is None:
        return f"from {start}"
    if start is None:
        return f"until {end}"
    return _between(start, end)


def _between(start: str, end: str) -> str:
    """Return two days as the shortest that says as much: a day, a month, a year, or both ends."""
    if start == end:
        return start
    first, last = _month(start, 0), _month(end, 1)
    if first is None or last is None:
        return f"{start} to {end}"
    if first.endswith("-01") and last.endswith("-12"):
        first, last = first[:-3], last[:-3]
    return first if first == last else f"{first} to {last}"


def _month(day: str, last: int) -> str | None:
    """Return the month of an ISO day that is its first, or its last, day."""
    month, _, number = day.rpartition("-")
    year, _, in_year = month.rpartition("-")
    if not (year.isdigit() and in_year.isdigit() and 1 <= int(year) <= 9999):
        return None
    edge = calendar.monthrange(int(year), int(in_year))[1] if last else 1
    return month if int(number) == edge else None
