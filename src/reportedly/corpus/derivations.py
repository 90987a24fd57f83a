"""What a statement of a claim rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportedly.types.claims import Actors, Corpus, Derivation, Reuse


def prepare(
    corpus: Corpus, actors: Actors, reuse: Sequence[Reuse]
) -> Callable[[Sequence[str]], tuple[Derivation, ...]]:
    """Return a function from the statements of one claim to what they rest on: nothing yet."""

    def derive(members: Sequence[str]) -> tuple[Derivation, ...]:
        return tuple(one for one in () if members and corpus and actors and reuse)

    return derive
