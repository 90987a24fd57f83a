"""How FactBank's values combine, and what a stretch of text was read to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from reportedly.types import Commitment

_DEGREES: Final = {"CT": 3, "PR": 2, "PS": 1, "U": 0}
_NAMES: Final = {number: name for name, number in _DEGREES.items()}
CERTAIN: Final = 3


def parts(value: Commitment) -> tuple[int, str]:
    """Return how sure a value is, 3 (certain) to 0 (nothing said), and its polarity, "+", "-" or "u"."""
    return _DEGREES[value[:-1]], value[-1]


def _joined(degree: int, polarity: str) -> Commitment:
    if degree == 0 or (polarity == "u" and degree < CERTAIN):
        return Commitment.UU
    return Commitment(f"{_NAMES[degree]}{polarity}")


def combine(outer: Commitment, inner: Commitment) -> Commitment:
    """Return the value of a content of value ``inner`` under an operator of value ``outer``.

    The weaker degree wins and two negatives cancel (Sauri and Pustejovsky 2012, section 5). A certain denial
    of a mere possibility is a certain denial: what cannot be so is not so.
    """
    degree, sign = parts(outer)
    inner_degree, inner_sign = parts(inner)
    polarity = "u" if "u" in (sign, inner_sign) else "+" if sign == inner_sign else "-"
    if outer is Commitment.CT_MINUS and inner_degree == 1:
        return _joined(CERTAIN, polarity)
    return _joined(min(degree, inner_degree), polarity)


def weakened(value: Commitment, by: Commitment) -> Commitment:
    """Return ``value`` no surer than ``by`` is, its polarity kept."""
    degree, polarity = parts(value)
    return _joined(min(degree, parts(by)[0]), polarity)


class Signature(NamedTuple):
    """What a word makes of its complement, itself affirmed (`when`) or negated (`unless`).

    unreal: the complement is set in no past or present of this world (wishes, plans, orders). main: the word
    says something of its own ("tried to"), and does not only qualify its complement.
    """

    when: Commitment
    unless: Commitment
    unreal: bool = False
    main: bool = False

    def under(self, own: Commitment, inner: Commitment) -> Commitment:
        """Return the value of a complement of value ``inner`` where the word itself has the value ``own``."""
        if (
            self.when is self.unless
        ):  # a factive: neither negation nor doubt touches what it takes for granted
            return combine(self.when, inner)
        degree, polarity = parts(own)
        if degree == 0 or polarity == "u":
            return Commitment.UU
        return weakened(combine(self.when if polarity == "+" else self.unless, inner), own)


AS_IT_IS: Final = Signature(Commitment.CT_PLUS, Commitment.CT_MINUS)
"""A word that leaves its complement as it is."""
HEARSAY: Final = Signature(Commitment.UU, Commitment.UU)
"""A word that only says that somebody said so: "claims", "rumours"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say of one predicate.

    markers: indices of the tokens that decided, none for a flat assertion. unreal: future, wished for,
    supposed or asked about, whatever the value: it has not happened so far.
    """

    value: Commitment = Commitment.CT_PLUS
    markers: frozenset[int] = frozenset()
    unreal: bool = False

    def then(self, outer: Commitment, *marks: int, unreal: bool = False) -> Reading:
        """Return this reading under one more operator."""
        return Reading(combine(outer, self.value), self.markers | set(marks), self.unreal or unreal)
