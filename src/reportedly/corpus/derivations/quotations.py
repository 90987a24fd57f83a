"""The same words, quoted in several stories: of one speaker, though not each of them says of whom."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.corpus.derivations.lexicon import lexicon, words
from reportedly.corpus.derivations.standing import Sort, Standing
from reportedly.types.speech import Kind

QUOTED = 8
"""Words in a row that make two quotations one, where one of them has no speaker."""
UNQUOTED = 16
"""The same, where one of the two is no quotation: a speech printed without marks."""

Run = tuple[str, ...]


class Spoken:
    """Runs of words in the quotations of a claim, each with the first statement that has it."""

    def __init__(self) -> None:
        self._first: dict[Run, Standing] = {}

    def note(self, one: Standing) -> None:
        """Remember the words of a quotation. Those with a speaker are to come first."""
        if one.statement.kind in (Kind.DIRECT, Kind.MIXED) and one.sort is not Sort.OWN:
            for length in (QUOTED, UNQUOTED):
                for run in _runs(one, length):
                    self._first.setdefault(run, one)

    def other(self, one: Standing) -> tuple[Standing, str] | None:
        """Return another story's statement with the words of one that gives no speaker, and the words."""
        if not _speakerless(one):
            return None
        length = UNQUOTED if one.sort is Sort.OWN else QUOTED
        for run in _runs(one, length):
            found = self._first.get(run)
            if found is not None and found.story.id != one.story.id:
                return found, " ".join(run)
        return None


def _speakerless(one: Standing) -> bool:
    if one.sort is Sort.PAPER:
        return bool(one.papers & lexicon().spoken)
    return one.sort in (Sort.OWN, Sort.UNKNOWN) or (one.sort is Sort.UNNAMED and not one.office)


def _runs(one: Standing, length: int) -> Iterator[Run]:
    for piece in one.statement.content.split(" [...] "):
        told = words(piece)
        for at in range(len(told) - length + 1):
            yield tuple(told[at : at + length])
