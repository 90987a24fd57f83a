"""Known shortfalls: figures that miss their floor, kept visible as a strict expectation of failure."""

from __future__ import annotations


def complaint(name: str, value: float, floor: float, short: float | None = None) -> str | None:
    """Return a sentence if a figure is below its floor, None if all is as expected.

    short: set where the figure is known to miss its floor. It may not fall below that, and once it reaches
    the floor the shortfall has to be struck out, as with a strict xfail.
    """
    if short is None:
        return f"{name} is {value}, its floor {floor}" if value < floor else None
    if value >= floor:
        return f"{name} is {value} and reaches its floor {floor}: strike out the known shortfall"
    return f"{name} is {value}, below the known shortfall {short}" if value < short else None
