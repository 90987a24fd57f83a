"""Which statement's words stand for a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportedly.types.claims import Corpus


def prepare(corpus: Corpus) -> Callable[[Sequence[str], Sequence[Sequence[str]]], str]:
    """Return a function from the statements of a claim and its grounds to its words: the first one's."""
    words = {one.id: one.content for one in corpus.statements}

    def name(members: Sequence[str], grounds: Sequence[Sequence[str]]) -> str:
        first = next((one for ground in grounds for one in ground), members[0])
        return " ".join(words[first].split())

    return name
