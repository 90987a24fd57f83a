"""Times of day among words: 22:51, ten to eleven, shortly before midnight."""

from __future__ import annotations

import re
from dataclasses import dataclass

HALF_DAY = 720
"""Minutes. Which half of the day is meant is left open, since few texts say."""

_HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_FIGURES = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?P<mark>[:.])(?P<minute>[0-5]\d)\b(?! ?(?:%|percent))(?P<half> ?[ap]\.?m\b)?"
)
_SPOKEN = re.compile(
    r"\b(?:(?P<minutes>five|ten|twenty|twenty-five|(?:a )?quarter|half) (?P<side>to|past|before|after) "
    r"|(?P<near>at (?:about |around )?|(?:shortly|just|soon|right) (?:before|after) ))"
    rf"(?P<hour>{'|'.join(_HOURS)}|midnight|noon|\d{{1,2}})\b(?! (?:to|past|\w+s)\b)(?P<half> ?[ap]\.?m|)"
)
_MINUTES = {"five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "quarter": 15, "a quarter": 15, "half": 30}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. minutes: after midnight or noon, in [0, 720). start, end: its words, in characters."""

    minutes: int
    start: int
    end: int


def clocks(text: str) -> list[Clock]:
    """Return the times of day in a text, those in figures first."""
    lower = text.lower()
    found = [
        Clock(int(one["hour"]) % 12 * 60 + int(one["minute"]), one.start(), one.end())
        for one in _FIGURES.finditer(lower)
        if one["mark"] == ":" or one["half"]
    ]
    for one in _SPOKEN.finditer(lower):
        if one["near"] and one["hour"].isdigit() and not one["half"]:
            continue
        minutes = _MINUTES.get(one["minutes"] or "", 0)
        sign = -1 if one["side"] in ("to", "before") else 1
        found.append(Clock((_hour(one["hour"]) * 60 + sign * minutes) % HALF_DAY, one.start(), one.end()))
    return found


def _hour(word: str) -> int:
    if word in ("midnight", "noon"):
        return 0
    return (_HOURS.index(word) + 1 if word in _HOURS else int(word)) % 12


def apart(a: int, b: int) -> int:
    """Return the minutes between two times of day, whichever half of the day each is in."""
    return min(abs(a - b), HALF_DAY - abs(a - b))
