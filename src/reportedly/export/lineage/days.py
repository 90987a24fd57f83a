"""Days of publication: read, ordered, and written for people."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
UNDATED = "undated"
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A day, a month or a year; `day` is its first day as ISO 8601, "" where there is no date.

    fineness: parts that are known: 3 a day, 2 a month, 1 a year, 0 nothing.
    """

    day: str
    fineness: int

    @property
    def known(self) -> bool:
        """Whether there is any date."""
        return self.fineness > 0

    @property
    def iso(self) -> str:
        """ISO 8601, as fine as it is known; "undated"."""
        return self.day[: (0, 4, 7, 10)[self.fineness]] or UNDATED

    def told(self, year: bool = True) -> str:
        """Return "14 Mar 2018", "Mar 2018", "2018" or "undated"; without the year where it is clear."""
        if not self.known:
            return UNDATED
        date = datetime.date.fromisoformat(self.day)
        parts = [str(date.day)] if self.fineness == 3 else []
        parts += [MONTHS[date.month - 1]] if self.fineness >= 2 else []
        parts += [str(date.year)] if year or self.fineness == 1 else []
        return " ".join(parts)

    def days_to(self, later: When) -> int:
        """Return the days from the first of this to the first of ``later``."""
        return (datetime.date.fromisoformat(later.day) - datetime.date.fromisoformat(self.day)).days


NEVER = When("", 0)


def when_of(published: object) -> When:
    """Read an ISO 8601 calendar date as fine as it is given; anything else is undated."""
    found = _ISO.match(published) if isinstance(published, str) else None
    if found is None:
        return NEVER
    year, month, day = found.groups()
    first = f"{year}-{month or '01'}-{day or '01'}"
    try:
        datetime.date.fromisoformat(first)
    except ValueError:
        return NEVER
    return When(first, 1 + (month is not None) + (day is not None))


def span_told(days: Iterable[When]) -> str:
    """Return the first and last of several days: "3 to 9 Mar 2018"; "undated" where none is known."""
    known = sorted(day for day in days if day.known)
    if not known:
        return UNDATED
    first, last = known[0], known[-1]
    if first == last:
        return first.told()
    same_month = first.fineness == last.fineness == 3 and first.day[:7] == last.day[:7]
    if same_month:
        return f"{int(first.day[8:])} to {last.told()}"
    return f"{first.told(year=first.day[:4] != last.day[:4])} to {last.told()}"


def pause_told(one: When, later: When) -> str:
    """Return how long it is between two dates, as a person would say it: "3 days", "5 weeks", "2 years".

    "" where the later one is the next day, or where months or years are too coarse to tell.
    """
    days = one.days_to(later)
    if min(one.fineness, later.fineness) < 3:
        return f"about {_length(days)}" if days > 45 else ""
    return _length(days) if days > 1 else ""


def _length(days: int) -> str:
    for unit, size, most in (("day", 1.0, 21), ("week", 7.0, 70), ("month", 30.44, 730)):
        if days < most:
            return _plural(round(days / size), unit)
    return _plural(round(days / 365.25), "year")


def _plural(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
