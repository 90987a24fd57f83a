"""Which lines of a page an extractor kept: its output, laid over the visible text in reading order.

Letters and digits alone are compared, so quotes, entities, blanks and marks that an extractor adds do not
matter.
The walk keeps its place in the output, so a line that stands twice on a page is kept where it was taken from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

GRAM = 12  # letters by which a line's place in the output is looked up
NEAR = 300  # letters ahead in the output where a line shorter than that may stand
SURE = 150  # letters from which on a line may be found anywhere in the output
REACH = (
    12  # a shorter line may skip that many times its own letters of output: a menu's words do not jump ahead
)
MOST = 40  # places of one gram looked at: bounds the work on pages that repeat themselves
SHINGLE = 4  # words compared where a line is in the output only in parts
PARTLY = 0.6  # share of a line's shingles that must be in the output


def letters(text: str) -> str:
    """Return the letters and digits of ``text``, nothing else."""
    return "".join(filter(str.isalnum, text))


class Output:
    """An extractor's output, ready for look-ups. Each look-up takes time in the length of the line
    asked for.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._grams: dict[str, list[int]] = defaultdict(list)
        self._wholes: dict[str, list[int]] = defaultdict(list)
        self._shingles: Counter[tuple[str, ...]] = Counter()
        parts: list[str] = []
        at = 0
        for line in lines:
            self._shingles.update(_shingles(line))
            for cell in line.split(
                "|"
            ):  # a table's row is one line of the output and a line a cell on the page
                whole = letters(cell)
                self._wholes[whole].append(at)
                parts.append(whole)
                at += len(whole)
        self._text = "".join(parts)
        self._starts = {place for places in self._wholes.values() for place in places} | {0}
        at = 0
        for part in parts:
            for step in range(max(len(part) - GRAM + 1, 0)):
                self._grams[part[step : step + GRAM]].append(at + step)
            at += len(part)

    def find(self, key: str, after: int) -> int:
        """Return where ``key`` stands at or after offset ``after``, else before it, -1 if nowhere."""
        if len(key) < GRAM:
            return self._find_short(key, after)
        places = self._grams.get(key[:GRAM], [])
        first = bisect_left(places, after)
        for place in [*places[first : first + MOST], *reversed(places[max(first - MOST, 0) : first])]:
            if self._text.startswith(key, place):
                return place
        return -1

    def _find_short(self, key: str, after: int) -> int:
        """Find a short line only as a whole line or cell close ahead, or inside a line that was begun."""
        places = self._wholes.get(key, [])
        first = bisect_left(places, after)
        if first < len(places) and places[first] <= after + NEAR:
            return places[first]
        return after if after not in self._starts and self._text.startswith(key, after) else -1

    def spend(self, text: str) -> None:
        """Use up the words of a line that was kept, so that a copy of it elsewhere on the page is not kept
        too.
        """
        self._shingles.subtract(_shingles(text))

    def partly(self, text: str) -> bool:
        """Whether most of a line's words stand in the output in the line's order, and are not used up."""
        own = list(_shingles(text))
        return len(own) >= 3 and sum(self._shingles[shingle] > 0 for shingle in own) >= PARTLY * len(own)


def _shingles(text: str) -> Iterable[tuple[str, ...]]:
    words = [word for word in map(letters, text.split()) if word]
    return (tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def kept_lines(texts: Sequence[str], output: str) -> list[bool]:
    """Return, for each line of a page, whether ``output`` holds it; a line taken once is kept once."""
    found = Output(output.splitlines())
    used: set[int] = set()
    kept: list[bool] = []
    at = 0
    for text in texts:
        key = letters(text)
        place = found.find(key, at) if key else -1
        near = len(key) >= SURE or place - at <= REACH * len(key)
        taken = (place >= at and near) or (0 <= place < at and place not in used and len(key) >= 2 * GRAM)
        if taken:
            used.add(place)
            at = place + len(key)
        kept.append(taken or (place < 0 and found.partly(text)))
        if kept[-1]:
            found.spend(text)
    return kept
