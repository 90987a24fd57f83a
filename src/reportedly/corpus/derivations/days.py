"""Days between stories."""

from __future__ import annotations

from datetime import date

from reportedly.types.claims import StoryRow


def days_after(one: StoryRow, other: StoryRow) -> int | None:
    """Return how many days after another story one was published, negative before; None without both dates.

    A month or a year stands for its first day.
    """
    days = [_day(story.published) for story in (one, other)]
    return None if days[0] is None or days[1] is None else days[0] - days[1]


def _day(published: str | None) -> int | None:
    year, month, day = (*(published or "").split("-"), "1", "1")[:3]
    try:
        return date(int(year), int(month), int(day[:2])).toordinal()
    except ValueError:
        return None
