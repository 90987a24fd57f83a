"""Which of two stories came first: what they say of each other, then their dates. It may be unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from reportedly.corpus.reuse.credit import Credit, credited
from reportedly.types.claims import StoryRow

UNDATED = "cannot order: undated"
SAME_DAY = "cannot order: same date"


@dataclass(frozen=True, slots=True)
class Direction:
    """first: the story that came first, None where it cannot be told. credit: of the other one, if any."""

    first: StoryRow | None
    reasons: tuple[str, ...]
    credit: Credit | None = None


def order(story: StoryRow) -> tuple[str, str, str]:
    """Return a key that sorts stories by time, undated ones last, and never leaves two equal."""
    return (story.published or "~", story.published_at or "~", story.id)


def earlier(one: StoryRow, other: StoryRow) -> tuple[StoryRow | None, str]:
    """Return the story with the earlier date, None where the dates do not tell, and the reason in words.

    A date known to the month or year alone orders nothing within that month or year.
    """
    if not one.published or not other.published:
        return None, UNDATED
    times = _moment(one.published_at), _moment(other.published_at)
    if times[0] and times[1] and (times[0].tzinfo is None) == (times[1].tzinfo is None):
        dates: tuple[object, object] = times[0].isoformat(), times[1].isoformat()
        before = times[0] < times[1] if times[0] != times[1] else None
    else:
        fine = min(len(one.published), len(other.published), 10)
        short = one.published[:fine], other.published[:fine]
        dates, before = short, (short[0] < short[1] if short[0] != short[1] else None)
    if before is None:
        return None, f"{SAME_DAY} ({dates[0]})"
    return (one if before else other), f"dates: {min(map(str, dates))}, then {max(map(str, dates))}"


def _moment(written: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.tzinfo else moment


def direction(one: StoryRow, other: StoryRow) -> Direction:
    """Return which story came first. A story that names the other as its text's home is the later one.

    A citation ("the Herald reported") only breaks a tie of dates: an older story may cite another text, and
    one that an agency signs may have another text of the agency.
    """
    first, reason = earlier(one, other)
    said = [credit for pair in ((one, other), (other, one)) if (credit := credited(*pair))]
    strong = [one for one in said if one.strong and not (one.agency and first and first.id == one.by)]
    if len(strong) == 1:
        return _told(strong[0], one, other, reason)
    if first is None and len(said) == 1 and not strong:
        return _told(said[0], one, other, reason)
    about = next((credit for credit in said if first and credit.by != first.id), None)
    words = (f'the later story names its source: "{about.words}"',) if about else ()
    return Direction(first, (reason, *words), about)


def _told(credit: Credit, one: StoryRow, other: StoryRow, dates: str) -> Direction:
    home = other if credit.by == one.id else one
    return Direction(home, (f'credits {home.outlet}: "{credit.words}"', dates), credit)
