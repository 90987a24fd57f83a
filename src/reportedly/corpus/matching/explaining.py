"""Why two statements were taken for one, or for almost one, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.corpus.matching.features import Comparison
from reportedly.corpus.matching.scoring import Verdict
from reportedly.corpus.wording.tokens import surfaces
from reportedly.corpus.wording.views import Unit

MOST = 8


def reasons(a: Unit, b: Unit, one: Comparison | None, verdict: Verdict, taken: bool) -> tuple[str, ...]:
    """Return one reason a feature; differences first. one: None for the very same words."""
    if one is None:
        return ("the very same words", "wording taken over")
    return tuple(_reasons(a, b, one, verdict, taken))


def _reasons(a: Unit, b: Unit, one: Comparison, verdict: Verdict, taken: bool) -> Iterator[str]:
    words = surfaces(b.text) | surfaces(a.text)
    for difference in verdict.differences:
        yield " ".join(words.get(word, word) for word in difference.split(" "))
    shared = [words.get(word, word) for word in one.shared[:MOST]]
    if shared:
        yield f"shared words: {', '.join(shared)} ({one.cover_a:.0%} of one, {one.cover_b:.0%} of the other)"
    if one.same_numbers:
        yield f"same numbers: {', '.join(one.same_numbers)}"
    if one.ties:
        yield "the same done by and to the same"
    if one.vector is not None:
        yield f"likeness of meaning: {one.vector:.2f}"
    yield f"likeness of the stories: {one.topic:.2f}"
    if taken:
        yield "wording taken over"
