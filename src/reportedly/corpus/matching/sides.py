"""Which words of two units are one: the same, forms of one name, names of one actor, two sides of one
deal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.corpus.wording.lexicon import Lexicon
from reportedly.corpus.wording.views import UNNAMED, NameIn, TieIn, Unit

STEM = 4
"""Letters that two forms of a name ("Lovia", "Lovian") begin with."""
LONGER = 3
"""Letters by which one form may be longer than the other."""
FORMS = 5
"""From more letters than this, the shorter form may end in a letter of its own."""


@dataclass(slots=True)
class Sides:
    """shared: concepts in both units. linked: (of a, of b), two that stand for one thing. only_a, only_b: the
    rest."""

    shared: list[str]
    linked: list[tuple[str, str]]
    only_a: list[str]
    only_b: list[str]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield all that is one, as (of a, of b)."""
        for word in self.shared:
            yield word, word
        yield from self.linked


def sides(a: Unit, b: Unit, lexicon: Lexicon) -> Sides:
    """Return what is one in two units."""
    words = b.words
    made = Sides(
        [word for word in a.words if word in words],
        [],
        [word for word in a.words if word not in words],
        [word for word in words if word not in a.words],
    )
    if made.only_a and made.only_b:
        _link_actors(a, b, made)
        _link_forms(made, lexicon)
        _link_converse(made, lexicon)
    return made


def _link(made: Sides, one: str, two: str) -> None:
    made.only_a.remove(one)
    made.only_b.remove(two)
    made.linked.append((one, two))


def _link_actors(a: Unit, b: Unit, made: Sides) -> None:
    """Take two names of one actor for one; words that the longer one has beyond the shorter one are let
    go."""
    actors: dict[str, NameIn] = {name.actor: name for name in b.names if name.actor is not None}
    for name in a.names:
        other = actors.get(name.actor) if name.actor is not None else None
        if other is None:
            continue
        ours = sorted(name.words & set(made.only_a))
        theirs = sorted(other.words & set(made.only_b))
        for one, two in zip(ours, theirs, strict=False):
            _link(made, one, two)
        made.only_a = [word for word in made.only_a if word not in ours]
        made.only_b = [word for word in made.only_b if word not in theirs]


def _link_forms(made: Sides, lexicon: Lexicon) -> None:
    starts = {word[:STEM]: word for word in sorted(made.only_b, reverse=True) if len(word) >= STEM}
    if not starts:
        return
    for one in sorted(word for word in made.only_a if len(word) >= STEM and word[:STEM] in starts):
        two = starts[one[:STEM]]
        if two in made.only_b and one not in lexicon.weak and are_forms(one, two):
            _link(made, one, two)


def are_forms(one: str, two: str) -> bool:
    """Whether two stems are as near as forms of one name or long word are."""
    least = min(len(one), len(two))
    if least < STEM or abs(len(one) - len(two)) > LONGER:
        return False
    return one[:least] == two[:least] or (least > FORMS and one[: least - 1] == two[: least - 1])


def _link_converse(made: Sides, lexicon: Lexicon) -> None:
    for one in list(made.only_a):
        for two in lexicon.converse.get(one, ()):
            if two in made.only_b and one in made.only_a:
                _link(made, one, two)


def same_ties(a: Unit, b: Unit) -> int:
    """Return how many ties of one unit are ties of the other: the same done, by and to whom as far as is
    said.

    At least one end must be the same name; at the other, one unit may say "they" or "the organisation".
    """
    return sum(any(_is_one_tie(one, two) for two in b.ties) for one in a.ties)


def _is_one_tie(one: TieIn, two: TieIn) -> bool:
    if one.negated != two.negated or not one.relation & two.relation:
        return False
    subject, object_ = _same_end(one.subject, two.subject), _same_end(one.object, two.object)
    return None not in (subject, object_) and bool(subject or object_)


def _same_end(one: NameIn, two: NameIn) -> bool | None:
    """Return whether two ends of ties are one, None where they are two; False where it is left open."""
    if one.actor is not None and one.actor == two.actor:
        return True
    if one.words & two.words or any(are_forms(x, y) for x in one.words for y in two.words):
        return True
    return False if UNNAMED in (one.label, two.label) else None
