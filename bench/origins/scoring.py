"""Answers held against gold: which found claim is which, and what it got right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.origins.worlds import GoldClaim, Passage, World

OVERLAP = 0.5
"""Share of the shorter of two passages that they must have in common to be one."""

Range = tuple[int, int]

_BLANKS = re.compile(r"\s+")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True, slots=True)
class Found:
    """One claim that a system found. support, against: (story, the pieces of its content) of each statement.
    derivations: (what it rests on, what rests) as stories of the world. loops: their stories."""

    text: str
    support: tuple[tuple[str, tuple[str, ...]], ...]
    against: tuple[tuple[str, tuple[str, ...]], ...]
    derivations: frozenset[tuple[str, str]]
    loops: tuple[frozenset[str], ...]
    low: int
    high: int


@dataclass(slots=True)
class Score:
    """Sums over claims. claims: gold ones; met: those that some found claim is. supports: found supporting
    statements in claims that were met; false: those of them that are traps; traps: gold ones."""

    claims: int = 0
    met: int = 0
    exact: int = 0
    low: int = 0
    high: int = 0
    gold_derivations: int = 0
    found_derivations: int = 0
    right_derivations: int = 0
    supports: int = 0
    false: int = 0
    traps: int = 0
    trapped: int = 0
    loops: int = 0
    loops_found: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, one: World, gold: GoldClaim, found: Found | None) -> None:
        """Take in one gold claim and the found claim that is it, None where none is."""
        self.claims += 1
        self.loops += len(gold.loops)
        self.traps += len(gold.traps)
        self._derivations(gold, found)
        if found is None:
            self.wrong.append(f"{one.name}: not found, {gold.low}..{gold.high}: {gold.text}")
            return
        self.met += 1
        exact = (found.low, found.high) == (gold.low, gold.high)
        self.exact += exact
        self.low += abs(found.low - gold.low) <= 1
        self.high += abs(found.high - gold.high) <= 1
        self.loops_found += sum(loop in found.loops for loop in gold.loops)
        self._supports(one, gold, found)
        if not exact:
            told = f"{found.low}..{found.high} for {gold.low}..{gold.high}"
            self.wrong.append(f"{one.name}: {told}: {gold.text}")

    def _supports(self, one: World, gold: GoldClaim, found: Found) -> None:
        false = [each for each in found.support if is_false(one, gold, each)]
        self.supports += len(found.support)
        self.false += len(false)
        self.trapped += sum(any(meets(one, trap, each) for each in false) for trap in gold.traps)

    def _derivations(self, gold: GoldClaim, found: Found | None) -> None:
        aside = {one.story for one in gold.traps} - {one.story for one in gold.support}
        made = {pair for pair in found.derivations if not aside & set(pair)} if found else set()
        directed = {(one.source, one.target) for one in gold.derivations if not one.either}
        either = [(one.source, one.target) for one in gold.derivations if one.either]
        groups = joined(either)
        shared = {pair for pair in made if any(set(pair) <= group for group in groups)} - directed
        links = sum(len(group) - 1 for group in groups)
        linked = sum(len(group) - 1 for group in joined(shared))
        self.gold_derivations += len(directed) + links
        self.right_derivations += len(directed & made) + linked
        self.found_derivations += len(made - shared) + linked

    def row(self) -> dict[str, float | None]:
        """Return the measures in percent, None where there was nothing to measure."""
        return {
            "claims": self.claims,
            "exact": _percent(self.exact, self.claims),
            "low": _percent(self.low, self.claims),
            "high": _percent(self.high, self.claims),
            "derivation": _percent(
                2 * self.right_derivations, self.gold_derivations + self.found_derivations
            ),
            "false": _percent(self.false, self.supports),
            "trapped": _percent(self.trapped, self.traps),
            "loops": _percent(self.loops_found, self.loops),
            "found": _percent(self.met, self.claims),
        }


def _percent(part: float, whole: float) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def joined(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Return the groups into which pairs join their ends."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    return groups


def is_false(one: World, gold: GoldClaim, statement: tuple[str, tuple[str, ...]]) -> bool:
    """Return whether a statement that was counted as support is a trap, and no support besides."""
    if any(meets(one, passage, statement) for passage in gold.support):
        return False
    return any(meets(one, trap, statement) for trap in gold.traps)


def meets(one: World, passage: Passage, statement: tuple[str, tuple[str, ...]]) -> bool:
    """Return whether a found statement is a gold passage: of its story, and overlapping it there."""
    story, pieces = statement
    if story != passage.story:
        return False
    text = _plain(one.story(story).words)
    wanted = _places(text, passage.words)
    return any(_overlap(a, b) >= OVERLAP for piece in pieces for b in _places(text, piece) for a in wanted)


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text.translate(_PLAIN)).strip()


def _places(text: str, words: str) -> list[Range]:
    looked_for = _plain(words)
    if not looked_for:
        return []
    return [(at.start(), at.end()) for at in re.finditer(re.escape(looked_for), text)]


def _overlap(one: Range, other: Range) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / min(one[1] - one[0], other[1] - other[0])


def matched(one: World, found: Sequence[Found]) -> list[tuple[GoldClaim, Found | None]]:
    """Pair each gold claim with the found claim that has most of its supporting passages, one to one.

    Ties go to the found claim with the fewest other supports. One found claim that holds two gold ones is
    given to the one that it holds more of; the other counts as not found.
    """
    offers = []
    for at, gold in enumerate(one.claims):
        for place, claim in enumerate(found):
            shared = sum(any(meets(one, passage, each) for each in claim.support) for passage in gold.support)
            if shared:
                offers.append((-shared, len(claim.support), at, place))
    taken: dict[int, int] = {}
    for _, _, at, place in sorted(offers):
        if at not in taken and place not in taken.values():
            taken[at] = place
    return [(gold, found[taken[at]] if at in taken else None) for at, gold in enumerate(one.claims)]
