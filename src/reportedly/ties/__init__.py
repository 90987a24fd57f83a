"""Who did what to whom: actor, relation, actor, read off the parse by rules over a lexicon.

The classes are those of PLOVER, the event ontology of the Open Event Data Alliance as the POLECAT data use
it (Halterman, Bagozzi, Beger, Schrodt and Scarborough 2023, "PLOVER and POLECAT"). The patterns are the
usual ones of event coders (subject, verb, object; passives; nominalisations; light verbs) in Universal
Dependencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportedly.ties.actors import Actors
from reportedly.ties.clauses import Clauses
from reportedly.ties.nominal import Nominal
from reportedly.ties.tree import Tree, tree_of
from reportedly.ties.verbal import Verbal
from reportedly.types import Tie

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LEAST_SURE = 0.3
"""Confidence below which a tie is not worth a reader's time."""


def ties(doc: Doc) -> tuple[Tie, ...]:
    """Return who does what to whom in a story, in order of the predicates; () for a doc without a parse."""
    if not doc.has_annotation("DEP"):
        return ()
    tree = tree_of(doc)
    found: dict[tuple[object, ...], Tie] = {}
    for tie in _all(tree):
        key = (tie.subject.name, tie.plover or tie.relation, tie.object.name, _sentence(tree, tie))
        known = found.get(key)
        if tie.confidence >= _LEAST_SURE and (known is None or known.confidence < tie.confidence):
            found[key] = tie
    return tuple(
        sorted(
            found.values(), key=lambda tie: (tie.span.start, tie.subject.span.start, tie.object.span.start)
        )
    )


def _all(tree: Tree) -> Iterator[Tie]:
    actors, clauses = Actors(tree), Clauses(tree)
    verbal, nominal = Verbal(tree, actors, clauses), Nominal(tree, actors, clauses)
    for at, pos in enumerate(tree.pos):
        if pos == "VERB":
            yield from verbal.ties(at)
        elif pos == "NOUN":
            yield from nominal.ties(at)
            yield from nominal.bonds(at)
        if pos in ("VERB", "ADJ"):
            yield from nominal.compounds(at)


def _sentence(tree: Tree, tie: Tie) -> int:
    at = int(np.searchsorted(tree.start, tie.span.start, side="right")) - 1
    return tree.sentence[at]
