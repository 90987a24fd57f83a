"""Text reuse between stories: the reprint pairs of wild, pairs read by hand, and how time grows.

Run ``python -m bench.reuse``; ``--speed`` adds 1,000 to 8,000 articles and copies of one story (minutes).
Figures are percent. The labels of reprint_pairs.tsv are weak: computed from the text, not read.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.figures import Figure, broken, percent, table
from bench.wild import ARTICLES, REPRINTS
from reportedly.corpus.reuse import find_reuse
from reportedly.types.claims import Reuse, ReuseKind, StoryRow

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "bench" / "floors-reuse.toml"
VERDICTS = ROOT / "bench" / "reuse" / "verdicts.tsv"
SIZES = (1_000, 2_000, 4_000, 8_000)

Found = Mapping[frozenset[str], Reuse]


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled pair. outside: identical long sentences that stand outside quotation marks in both."""

    ids: frozenset[str]
    outside: int


@cache
def stories() -> tuple[StoryRow, ...]:
    """Return the articles of wild, by date."""
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        return tuple(_story(json.loads(line)) for line in lines)


def _story(tree: Mapping[str, str]) -> StoryRow:
    return StoryRow(
        id=tree["id"],
        page_id=tree["id"],
        page=tree["id"],
        index=0,
        text=tree["text"],
        title=tree["title"],
        outlet=tree["outlet"],
        byline=tree["author"],
        url=tree["url"],
        published=tree["published"],
    )


def labelled() -> list[Gold]:
    """Return the labelled pairs, in the order of the file."""
    with REPRINTS.open(encoding="utf-8", newline="") as file:
        return [
            Gold(frozenset((row["id_a"], row["id_b"])), int(row["n_outside_quotes"]))
            for row in csv.DictReader(file, delimiter="\t")
        ]


def of_pairs(pairs: Iterable[Gold]) -> list[StoryRow]:
    """Return the articles that stand in some pairs."""
    wanted = frozenset(one for pair in pairs for one in pair.ids)
    return [story for story in stories() if story.id in wanted]


def by_pair(found: Iterable[Reuse]) -> Found:
    """Return what was found by the two ids."""
    return {frozenset((one.a, one.b)): one for one in found}


def score(pairs: Sequence[Gold], found: Found) -> list[Figure]:
    """Score found pairs against the labels.

    recall: pairs with a sentence outside marks that are found at all. copied: that are found and are no
    mere quotation. told apart: pairs that share quoted sentences alone and are the same speaker, or none.
    """
    copied = [pair for pair in pairs if pair.outside]
    spoken = [pair for pair in pairs if not pair.outside]
    kinds = {pair.ids: found[pair.ids].kind if pair.ids in found else None for pair in pairs}
    speaker = ReuseKind.SAME_SPEAKER
    rows = (
        ("recall", sum(kinds[one.ids] is not None for one in copied), len(copied)),
        ("copied", sum(kinds[one.ids] not in (None, speaker) for one in copied), len(copied)),
        ("told apart", sum(kinds[one.ids] in (None, speaker) for one in spoken), len(spoken)),
        ("spoken found", sum(kinds[one.ids] is not None for one in spoken), len(spoken)),
    )
    return [Figure(name, percent(part, whole), whole, "pairs", "reprint_pairs") for name, part, whole in rows]


def read_verdicts(path: Path = VERDICTS) -> list[dict[str, str]]:
    """Return the pairs read by hand: id_a, id_b, kind as found, text (right | wrong), as_kind (the same)."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t"))


def by_hand(verdicts: Sequence[Mapping[str, str]]) -> list[Figure]:
    """Return how many of the pairs read by hand do share text or quoted words, and are of their kind."""
    figures = []
    for sample in sorted({one["sample"] for one in verdicts}):
        own = [one for one in verdicts if one["sample"] == sample]
        for column in ("text", "as_kind"):
            right = sum(one[column] == "right" for one in own)
            name = f"precision {sample}, {'pair' if column == 'text' else 'kind'}"
            figures.append(Figure(name, percent(right, len(own)), len(own), "pairs", "read by hand"))
    return figures


def speed(sizes: Sequence[int] = SIZES) -> list[Figure]:
    """Return processor time by number of articles, its exponent, and the time for copies of one story."""
    figures, points = [], []
    for size in sizes:
        own = stories()[:size]
        seconds, _ = _timed(own)
        points.append((math.log(len(own)), math.log(seconds)))
        figures.append(Figure(f"seconds, {size}", round(seconds, 2), len(own), "articles", "wild"))
    figures.append(Figure("exponent", round(_slope(points), 3), len(points), "sizes", "wild"))
    seconds, found = _timed(copies(1_000))
    figures.append(Figure("seconds, copies", round(seconds, 2), found, "pairs", "one story 1,000 times"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [*figures, Figure("GB at most", round(peak, 2), max(sizes), "articles", "wild")]


def copies(number: int) -> list[StoryRow]:
    """Return one article so many times, each with a word of its own somewhere."""
    words = stories()[0].text.split()
    texts = [" ".join([*words[:n], f"other{n}", *words[n + 1 :]]) for n in range(number)]
    return [StoryRow(f"{n:05}", f"{n}", f"{n}", 0, text) for n, text in enumerate(texts)]


def _timed(own: Sequence[StoryRow]) -> tuple[float, int]:
    started = time.process_time()
    found = len(find_reuse(own, {}))
    return time.process_time() - started, found


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the least-squares line through points."""
    x, y = (sum(point[side] for point in points) / len(points) for side in (0, 1))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def measure(limit: int | None = None) -> list[Figure]:
    """Return the figures on the labelled pairs, or the first ``limit`` of them, and of those read by hand."""
    pairs = labelled()[:limit]
    found = by_pair(find_reuse(of_pairs(pairs), {}))
    return [*score(pairs, found), *by_hand(read_verdicts())]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 if one is on the wrong side of its limit, 2 without the data."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--limit", type=int, help="read only so many labelled pairs")
    parser.add_argument(
        "--speed", action="store_true", help="measure time on 1,000 to 8,000 articles besides"
    )
    parser.add_argument("--sample", type=int, help="print the ids of so many pairs found in all of wild")
    parser.add_argument("--floors", type=Path, help=f"hold the limits of this file, such as {FLOORS.name}")
    given = parser.parse_args(arguments)
    if not ARTICLES.exists():
        print(f"this bench reads {ARTICLES}, which is not there", file=sys.stderr)
        return 2
    if given.sample:
        return _print_sample(given.sample)
    figures = measure(given.limit) + (speed() if given.speed else [])
    print(table(figures))
    problems = broken(figures, given.floors, "all") if given.floors else []
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _print_sample(number: int) -> int:
    """Print pairs at even steps through what is found in all of wild, first of all kinds, then of copies."""
    found = find_reuse(stories(), {})
    print(dict(Counter(str(one.kind) for one in found)))
    copied = [one for one in found if one.kind is not ReuseKind.SAME_SPEAKER]
    for name, pairs in (("any", found), ("copied", copied)):
        for place in range(min(number, len(pairs))):
            one = pairs[place * len(pairs) // number]
            print(name, one.a, one.b, one.kind, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
