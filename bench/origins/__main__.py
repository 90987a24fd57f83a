"""`python -m bench.origins`: the system and the baselines on worlds with known lineage.

One row for a system and a set of worlds ("hand": written by hand, "made": by the generator from a seed).
Figures are percentages of the gold claims unless said otherwise:

exact       the range low..high is the gold one
low, high   that end is within one of gold
derivation  F1 of "story B rests on story A" with its direction. Stories that share a root without one being
            the other's source (one speaker, one document, one press conference) may be linked in any order:
            n of them ask for n - 1 links
false       of the supporting statements found, those that are denials, hedges, distortions or no support
trapped     of the gold passages that must not support, those that did
loops       of the gold loops, those found with the same stories
found       claims that some found claim was matched to, by the passages that support it
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.origins.baselines import BASELINES
from bench.origins.generator import SEED, made
from bench.origins.oracle import gold_answers
from bench.origins.scoring import Found, Score, matched
from bench.origins.system import NoClaimsError, answers
from bench.origins.worlds import GoldClaim, World, hand_made

COLUMNS = ("claims", "exact", "low", "high", "derivation", "false", "trapped", "loops", "found")
CEILINGS = frozenset({"false", "trapped"})
MADE = 40

Row = dict[str, float | None]


def score_baseline(worlds: Iterable[World], answer: Callable[[World, GoldClaim], Found]) -> Score:
    """Score a baseline. It is told the support, so its "false", "trapped", "loops", "found" say nothing."""
    score = Score()
    for one in worlds:
        for gold in one.claims:
            score.add(one, gold, answer(one, gold))
    return score


def score_system(worlds: Iterable[World], folder: Path | None = None, told: bool = False) -> Score:
    """Score the system. told: it takes from gold which statements support what, so that the reading of
    lineage and the counting are measured alone. Raises NoClaimsError where its commands fail.
    """
    score = Score()
    for one in worlds:
        pairs = gold_answers(one, folder) if told else matched(one, answers(one, folder))
        for gold, found in pairs:
            score.add(one, gold, found)
    return score


def baseline_rows(worlds: Sequence[World]) -> dict[str, Row]:
    """Return the rows of all baselines."""
    rows = {}
    for name, answer in BASELINES.items():
        row = score_baseline(worlds, answer).row()
        rows[name] = row | {"false": None, "trapped": None, "loops": None, "found": None}
    return rows


def table(rows: dict[str, Row]) -> str:
    """Lay rows out for a person; a dash where there is nothing to say."""
    width = max(len(name) for name in rows)
    lines = [" " * width + "".join(f"{column:>11}" for column in COLUMNS)]
    for name, row in rows.items():
        shown = ("-" if row[column] is None else f"{row[column]:g}" for column in COLUMNS)
        lines.append(f"{name:<{width}}" + "".join(f"{value:>11}" for value in shown))
    return "\n".join(lines)


def gave_way(rows: dict[str, Row], floors: Path) -> list[str]:
    """Return a sentence for each figure beyond its floor, or its ceiling where less is better."""
    told = []
    for name, limits in tomllib.loads(floors.read_text(encoding="utf-8")).items():
        for column, limit in limits.items():
            value = rows[name][column]
            if value is None or (value > limit if column in CEILINGS else value < limit):
                told.append(f"{name}: {column} is {value}, its limit {limit}")
    return told


def main(arguments: list[str] | None = None) -> int:
    """Print the table. Exit code 1 when a floor gave way, 2 when the system could not be run."""
    parser = argparse.ArgumentParser(prog="python -m bench.origins")
    parser.add_argument("--worlds", choices=("hand", "made", "all"), default="all")
    parser.add_argument("--only", metavar="NAME", help="worlds whose name begins so")
    parser.add_argument("--seed", type=int, default=SEED, help="of the generated worlds")
    parser.add_argument("--baselines", action="store_true", help="without the system")
    parser.add_argument(
        "--gold-claims", action="store_true", help="besides, the system told what supports what"
    )
    parser.add_argument("--details", action="store_true", help="each claim that is not exact")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave stories and cases there")
    parser.add_argument("--floors", type=Path)
    options = parser.parse_args(arguments)
    rows: dict[str, Row] = {}
    code = 0
    for name, worlds in chosen(options).items():
        if options.gold_claims and not code:
            code = _system(f"{name}: reportedly, told the claims", worlds, options, rows)
        if not options.baselines and not code:
            code = _system(f"{name}: reportedly", worlds, options, rows)
        rows |= {f"{name}: {baseline}": row for baseline, row in baseline_rows(worlds).items()}
    print(table(rows))
    if code or not options.floors:
        return code
    told = gave_way(rows, options.floors)
    print("\n".join(told))
    return int(bool(told))


def chosen(options: argparse.Namespace) -> dict[str, list[World]]:
    """Return the worlds asked for, by set; a set without any is left out."""
    sets = {"hand": list(hand_made()), "made": list(made(MADE, options.seed))}
    picked = {
        name: [one for one in worlds if one.name.startswith(options.only or "")]
        for name, worlds in sets.items()
        if options.worlds in {name, "all"}
    }
    return {name: worlds for name, worlds in picked.items() if worlds}


def _system(name: str, worlds: list[World], options: argparse.Namespace, rows: dict[str, Row]) -> int:
    try:
        score = score_system(worlds, options.keep, told=name.endswith("told the claims"))
    except NoClaimsError as error:
        print(f"the system could not be run: {error}", file=sys.stderr)
        return 2
    rows[name] = score.row()
    if options.details:
        print("\n".join(score.wrong) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
