"""Numbers in words and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: float(number) for number, word in enumerate(_SMALL.split())}
UNITS |= {word: 10.0 * number for number, word in enumerate(_TENS.split(), 2)}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
PARTS = {"half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4}
BOUNDS = {
    "least": "at least",
    "over": "over",
    "than": "over",
    "exceeding": "over",
    "most": "under",
    "under": "under",
    "nearly": "about",
    "almost": "about",
    "about": "about",
    "around": "about",
    "some": "about",
    "roughly": "about",
    "approximately": "about",
    "estimated": "about",
}
NEAR = 0.04
"""By how much of the larger one two numbers may differ, where one is said to be round ("about")."""
ABOVE = 0.15
"""By how much a number may be above the one that it is said to be more than."""

_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:([km]|mn|bn|tn)\b)?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number among words. first, last: its first and last word. bound: "", "at least", "over", "under",
    "about". part: it is a share of something, in [0, 1]."""

    value: float
    first: int
    last: int
    bound: str
    part: bool = False


def numerals(words: Sequence[str]) -> list[Numeral]:
    """Return the numbers among lower-case words, in order; "one" alone is none."""
    found = []
    place = 0
    while place < len(words):
        one = _numeral(words, place)
        if one is None:
            place += 1
            continue
        found.append(one)
        place = one.last + 1
    return found


def _numeral(words: Sequence[str], start: int) -> Numeral | None:
    word = words[start]
    if word in ("half", "all"):
        return _share(words, start)
    if not (word[:1].isdigit() or word in UNITS or word in SCALES):
        return None
    value, end = _value(words, start)
    if value is None or (end == start and word in ("one", "hundred", "thousand", "million", "billion")):
        return None
    if end + 1 < len(words) and words[end + 1] in PARTS and value <= 9:
        share = value * PARTS[words[end + 1]]
        return Numeral(round(share, 4), start, end + 1, "", True) if share <= 1 else None
    return Numeral(value, start, end, _bound(words, start))


def _share(words: Sequence[str], start: int) -> Numeral | None:
    """Return "all of" and "half of": without "of" they are seldom a number."""
    if start + 1 < len(words) and words[start + 1] in ("of", "its", "their"):
        return Numeral(1.0 if words[start] == "all" else 0.5, start, start, "", True)
    return None


def _value(words: Sequence[str], place: int) -> tuple[float | None, int]:
    """Return the number that begins at a place, and where it ends."""
    total, now, end, seen = 0.0, 0.0, place, False
    for at in range(place, min(place + 8, len(words))):
        word = words[at]
        if word in UNITS:
            now, seen = now + UNITS[word], True
        elif word[0].isdigit() and not seen:
            figure = figures(word)
            if figure is None:
                return None, place
            now, seen = figure, True
        elif word in ("hundred", "dozen"):
            now, seen = (now or 1.0) * SCALES[word], True
        elif word in SCALES:
            total, now, seen = total + (now or 1.0) * SCALES[word], 0.0, True
        elif word in SHORT and seen and now:
            now *= SHORT[word]
        elif not (word == "and" and seen and at + 1 < len(words) and words[at + 1] in UNITS and now >= 100):
            break
        else:
            continue
        end = at
    return (total + now if seen else None), end


def figures(word: str) -> float | None:
    """Return the value of figures ("1,200", "3.5", "40m"), None for a clock's, a score's, or no number."""
    found = _DIGITS.fullmatch(word)
    if found is None:
        return None
    value = float(found[1].replace(",", "") + (found[2] or ""))
    return value * SHORT.get(found[3] or "", 1.0)


def _bound(words: Sequence[str], start: int) -> str:
    for word in reversed(words[max(0, start - 2) : start]):
        if word in BOUNDS and not (word == "than" and start >= 2 and words[start - 2] in ("less", "fewer")):
            return BOUNDS[word]
    return ""


def agree(a: Numeral, b: Numeral) -> bool:
    """Whether two numbers say the same: equal, or as near as "about" and "more than" allow."""
    if a.part != b.part:
        return False
    if a.value == b.value:
        return True
    low, high = sorted((a, b), key=lambda one: one.value)
    if "about" in (a.bound, b.bound):
        return high.value - low.value <= NEAR * high.value
    return low.bound == "over" and not high.bound and high.value <= low.value * (1 + ABOVE)
