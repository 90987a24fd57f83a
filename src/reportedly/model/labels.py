"""The labels of the encoder's tagging head, in the order of its emissions."""

from __future__ import annotations

ROLES = ("source", "cue", "content")
"""The parts of an attribution, in the order in which the labels name them."""

LABELS = ("O", *(f"{part}-{role}" for role in ROLES for part in ("B", "I")))
"""BIO labels: ``LABELS[begin(role)]`` opens a span of a role, ``LABELS[inside(role)]`` carries it on."""


def begin(role: int) -> int:
    """Return the number of the label that opens a span of ``ROLES[role]``."""
    return 1 + 2 * role


def inside(role: int) -> int:
    """Return the number of the label that carries a span of ``ROLES[role]`` on."""
    return 2 + 2 * role


def allowed(previous: int, following: int) -> bool:
    """Tell whether BIO lets ``following`` stand right after ``previous``: I- only carries its own span on."""
    if following == 0 or following % 2:
        return True
    return previous in (following - 1, following)
