"""`python -m bench.coreference`: pronouns and the names they stand for, on GAP (Webster et al. 2018).

Every row of GAP has a passage of Wikipedia, one pronoun and two names in it, and says of each name
whether the pronoun stands for it. The package reads the passage, finds the names, and ranks all of them;
the two names of the row are put among them where the package did not find them just so. What it says of
a row: "yes" to the likelier of the two names where that has a probability of `SURE` or more, "no" to the
other (with ``--all-names`` "yes" only to a name that is also the likeliest of all names of the passage).
As in GAP's own scorer, precision, recall and F1 are over these decisions, two a row, of all pronouns and
of masculine and feminine ones apart; bias is the feminine F1 divided by the masculine. Figures are
percentages but for the bias.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from reportedly.parse import load_pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Span
from reportedly.voices.mentions import Mention
from reportedly.voices.names import Names
from reportedly.voices.pronouns import antecedent
from reportedly.voices.reading import Reading

GAP = Path(__file__).parents[2] / "shared" / "data" / "coref" / "gap-validation.tsv.gz"
SURE = 0.2
_FEMININE = frozenset({"she", "her", "hers", "herself"})


@dataclass(frozen=True, slots=True)
class Row:
    """One passage. names: A and B; right: whether the pronoun stands for each."""

    text: str
    pronoun: Span
    names: tuple[Span, Span]
    right: tuple[bool, bool]

    @property
    def feminine(self) -> bool:
        """Whether the pronoun is."""
        return self.text[self.pronoun.start : self.pronoun.end].lower() in _FEMININE


def read_gap(path: Path, limit: int | None = None) -> Iterator[Row]:
    """Yield the rows of a GAP table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in islice(table, limit):
            names = (_span(row, "A"), _span(row, "B"))
            right = (row["A-coref"] == "TRUE", row["B-coref"] == "TRUE")
            yield Row(row["Text"], _span(row, "Pronoun"), names, right)


def _span(row: dict[str, str], name: str) -> Span:
    start = int(row[f"{name}-offset"])
    return Span(start, start + len(row[name]))


def named(doc: Any, row: Row) -> tuple[list[Mention], tuple[int, int]]:
    """Return the names of a passage, A and B among them, and the clusters of these two."""
    found = list(Names(Reading(doc)).mentions())
    clusters: list[int] = []
    for span in row.names:
        same = next((one for one in found if _touch(one.span, span)), None)
        mention = replace(same, span=span) if same else _unfound(row.text[span.start : span.end], span, found)
        found = [one for one in found if not _touch(one.span, span)]
        found.append(mention)
        clusters.append(mention.cluster)
    return sorted(found, key=lambda one: one.span.start), (clusters[0], clusters[1])


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _unfound(name: str, span: Span, found: Sequence[Mention]) -> Mention:
    """Make a mention of a name that was not found, of the cluster of the first name that holds its words."""
    words = set(name.casefold().split())
    for one in found:
        if words <= set(one.name.casefold().split()) and one.animate is not False:
            return replace(one, span=span)
    return Mention(span, name, max((one.cluster for one in found), default=-1) + 1)


Pair = tuple[bool, bool]


def decide(ranked: Iterable[tuple[int, float]], clusters: tuple[int, int]) -> Pair:
    """Return for A and B whether the pronoun stands for it: the likelier one, if it has at least `SURE`."""
    shares = dict(ranked)
    first, second = (shares.get(cluster, 0.0) for cluster in clusters)
    return first >= max(second, SURE), second >= SURE and second > first


def strict(ranked: Sequence[tuple[int, float]], clusters: tuple[int, int]) -> Pair:
    """Return the same, but only for the name that is the first of all names of the passage."""
    top = ranked[0][0] if ranked and ranked[0][1] >= SURE else -1
    return clusters[0] == top, clusters[1] == top and clusters[0] != top


Decision = tuple[Pair, Pair, bool]
"""What was decided on A and B, what is right, and whether the pronoun is feminine."""


def decisions(pipeline: Any, rows: Iterable[Row], chosen: Any = decide) -> Iterator[Decision]:
    """Yield what the package decides on each row."""
    for row in rows:
        doc = pipeline.parse(row.text)
        names, clusters = named(doc, row)
        yield chosen(antecedent(doc, row.pronoun, names), clusters), row.right, row.feminine


def figures(found: Iterable[Decision]) -> dict[str, dict[str, float] | float]:
    """Return precision, recall and F1 in percent, of all and by gender, and the bias."""
    held = list(found)
    tree: dict[str, dict[str, float] | float] = {
        name: _scores([(said, right) for said, right, feminine in held if feminine in wanted])
        for name, wanted in (("all", (True, False)), ("masculine", (False,)), ("feminine", (True,)))
    }
    one, other = (_scores([(s, r) for s, r, f in held if f is sex])["f1"] for sex in (True, False))
    tree["bias"] = round(one / other, 3) if other else 0.0
    return tree


def _scores(held: Sequence[tuple[Pair, Pair]]) -> dict[str, float]:
    pairs = [pair for said, right in held for pair in zip(said, right, strict=True)]
    met = sum(said and right for said, right in pairs)
    said, right = sum(said for said, _ in pairs), sum(right for _, right in pairs)
    share = (met / said if said else 0.0, met / right if right else 0.0)
    f1 = 2 * met / (said + right) if said + right else 0.0
    return {"p": round(100 * share[0], 2), "r": round(100 * share[1], 2), "f1": round(100 * f1, 2)}


def table(tree: dict[str, dict[str, float] | float], rows: int) -> str:
    """Lay the figures out for a person."""
    lines = [f"GAP, {rows} passages", f"{'':12}{'P':>8}{'R':>8}{'F1':>8}"]
    for name, row in tree.items():
        values = (
            "".join(f"{value:8.2f}" for value in row.values()) if isinstance(row, dict) else f"{row:8.3f}"
        )
        lines.append(f"{name:12}{values}")
    return "\n".join(lines)


def below_floor(tree: dict[str, Any], floors: Path, name: str = "gap-validation") -> list[str]:
    """Return a sentence for each figure below the floor pinned in section ``name``."""
    pinned = tomllib.loads(floors.read_text(encoding="utf-8"))[name]
    found = {"f1": tree["all"]["f1"], "feminine": tree["feminine"]["f1"], "bias": tree["bias"]}
    return [f"{key} is {found[key]}, its floor {low}" for key, low in pinned.items() if found[key] < low]


def main(arguments: Sequence[str] | None = None) -> int:
    """Score GAP's validation passages; return 1 if a figure lies below its floor."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.coreference", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--gold", type=Path, default=GAP, help="a table of GAP, .tsv.gz")
    parser.add_argument("--limit", type=int, help="score only the first passages")
    parser.add_argument("--all-names", action="store_true", help="choose among all names of the passage")
    parser.add_argument(
        "--floors", type=Path, help="fail if a figure lies below the floor that this file pins"
    )
    given = parser.parse_args(arguments)
    rows = list(read_gap(given.gold, given.limit))
    chosen = strict if given.all_names else decide
    tree = figures(decisions(load_pipeline("en", ParseSettings()), rows, chosen))
    print(table(tree, len(rows)))
    low = below_floor(tree, given.floors) if given.floors else []
    for line in low:
        print(line, file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
