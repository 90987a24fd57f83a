"""What the benches of the model share: figures, how they are printed, and the floors under them."""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from bench.shortfalls import complaint
from reportedly.model.meta import load_meta
from reportedly.parse import load_pipeline
from reportedly.parse.pipeline import Pipeline
from reportedly.settings import ParseSettings

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
FLOORS = ROOT / "bench" / "floors-model.toml"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. n: how many things it is over, `of` what they are. A floor may stand under it, or,
    for an error, a ceiling above it; `name` finds it."""

    name: str
    value: float
    n: int
    of: str
    data: str


Measure = Callable[[int | None], Iterable[Figure]]
"""Takes how much of the data to read (documents, as the bench counts them), None for all."""


@cache
def pipeline() -> Pipeline:
    """Return the shipped English pipeline. Raises RuntimeError when it is missing."""
    found = load_pipeline("en", ParseSettings())
    if found is None:
        raise RuntimeError("English has no pipeline")
    return found


def percent(part: float, whole: float) -> float:
    """Return a percentage, 0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0


def f1(right: int, found: int, gold: int) -> float:
    """Return F1 in percent."""
    return percent(2 * right, found + gold)


def table(figures: Sequence[Figure]) -> str:
    """Lay figures out for a person."""
    wide = max((len(one.name) for one in figures), default=0)
    return "\n".join(
        f"{one.name:{wide}}  {one.value:10.3f}  {one.n:8,} {one.of:<12} {one.data}" for one in figures
    )


def limits(floors: Path, part: str) -> dict[str, dict[str, float]]:
    """Return the floors and ceilings that ``part`` of a floors file sets, by the figure's name."""
    found: dict[str, dict[str, float]] = tomllib.loads(floors.read_text(encoding="utf-8"))[part]
    return found


def broken(figures: Iterable[Figure], floors: Path, part: str) -> list[str]:
    """Return a sentence for each figure on the wrong side of its limit in ``part`` of the floors file."""
    kept = limits(floors, part)
    found = {one.name: one.value for one in figures}
    short = kept.get("short", {})
    low = [
        told
        for name, limit in kept["floor"].items()
        if name in found and (told := complaint(name, found[name], limit, short.get(name)))
    ]
    high = [
        f"{name} is {found[name]}, its ceiling {limit}"
        for name, limit in kept["ceiling"].items()
        if name in found and found[name] > limit
    ]
    return low + high


def run(measure: Measure, about: str | None, arguments: Sequence[str] | None) -> int:
    """The command line of a bench: measure, print, and return 1 if a limit is broken."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("--limit", type=int, help="read only so many documents")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON lines")
    parser.add_argument("--floors", type=Path, help=f"hold the limits of this file, such as {FLOORS.name}")
    given = parser.parse_args(arguments)
    if not DATA.exists():
        print(f"this bench reads {DATA}, which is not there", file=sys.stderr)
        return 2
    if load_meta().heads is None:
        print("the model in the package has no heads but attribution's", file=sys.stderr)
        return 2
    figures = [*measure(given.limit)]
    for one in figures if given.json else ():
        print(json.dumps(asdict(one)))
    if not given.json:
        print(table(figures))
    problems = broken(figures, given.floors, "all") if given.floors else []
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0
