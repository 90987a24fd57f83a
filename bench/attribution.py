"""`python -m bench.attribution --gold FILE`: score the shipped model, by the package's code, on a corpus.

Two formats of gold, plain or gzip, one JSON object a line:

* PolNeAR's: ``{"text": .., "attributions": [{"source": [[start, end]], "cue": .., "content": ..}]}``; every
  line is a document of its own, also where several lines hold one article by several annotators.
* tokens: ``{"tokens": [..], "labels": ["B-source", "I-source", "O", ..]}``; the text is the tokens joined
  with blanks, with `` and '' for quotation marks. It does not say what belongs together: `relation` and
  `link` are null.

Spans are compared as ranges of tokens: the file's own, or else runs of letters and digits and single marks.
A span takes in every token that it touches. Roles of several pieces count piece by piece, but in relations
the pieces of a role are taken together.

exact     both ends agree
begin     the first token agrees
jaccard   mean overlap (tokens shared / tokens in either) with the span it is matched to, 0 where there is
          none; precision over the spans found, recall over the gold ones
relation  attributions whose source, cue and content each overlap at 0.5 or more (a role missing on both sides
          agrees)
link      of the gold attributions whose spans were all found exactly, the percentage that stand in one
          attribution, with no span that gold gives to another
content_met  percentage of gold contents matched at 0.5 or more

Matching is one to one: a span or an attribution found twice scores once. Figures are percentages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np

from bench.shortfalls import complaint
from reportedly.attribution import attribute
from reportedly.parse import load_pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Span

ROLES = ("source", "cue", "content")
MEASURES = ("exact", "begin", "jaccard")
OVERLAP = 0.5

Range = tuple[int, int]
"""Tokens [start, end)."""
Relation = tuple[frozenset[Range], frozenset[Range], frozenset[Range]]
"""The pieces of source, cue and content of one attribution."""
Row = dict[str, float]

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Gold:
    """One document. tokens: character offsets. relations: None where the format has none."""

    text: str
    tokens: Sequence[Range]
    spans: dict[str, frozenset[Range]]
    relations: tuple[Relation, ...] | None


@dataclass(slots=True)
class Tally:
    """Sums over documents. scores: by measure and role, what the matches add up to."""

    gold: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    scores: dict[tuple[str, str], float] = field(default_factory=dict)
    gold_relations: int = 0
    found_relations: int = 0
    right_relations: int = 0
    linkable: int = 0
    linked: int = 0
    contents_met: int = 0
    has_relations: bool = False

    def add(self, measure: str, role: str, score: float) -> None:
        """Add a document's score."""
        self.scores[measure, role] = self.scores.get((measure, role), 0.0) + score


def read_gold(path: Path, limit: int | None = None) -> Iterator[Gold]:
    """Yield the documents of a file in either format. Raises ValueError for a line in neither."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for number, line in enumerate(islice(lines, limit), start=1):
            tree = json.loads(line)
            if "tokens" in tree:
                yield _from_tokens(tree["tokens"], tree["labels"])
            elif "attributions" in tree:
                yield from_offsets(tree["text"], tree["attributions"])
            else:
                raise ValueError(f"{path}, line {number}: neither tokens nor attributions")


def _from_tokens(words: Sequence[str], labels: Sequence[str]) -> Gold:
    tokens: list[Range] = []
    at = 0
    for word in words:
        tokens.append((at, at + len(word)))
        at += len(word) + 1
    spans = {role: frozenset(_labelled(labels, role)) for role in ROLES}
    return Gold(" ".join(words), tokens, spans, None)


def _labelled(labels: Sequence[str], role: str) -> Iterator[Range]:
    """Yield the BIO spans of one role; an I- that nothing opened opens a span."""
    start: int | None = None
    for at, label in enumerate([*labels, "O"]):
        if start is not None and label != f"I-{role}":
            yield start, at
            start = None
        if start is None and label in (f"B-{role}", f"I-{role}"):
            start = at


def from_offsets(text: str, attributions: Sequence[dict[str, Any]]) -> Gold:
    """Return the gold of a text whose attributions give character offsets for each role."""
    tokens = [found.span() for found in _TOKEN.finditer(text)]
    relations = tuple(
        cast("Relation", tuple(frozenset(_ranges(tokens, one[role])) for role in ROLES))
        for one in attributions
    )
    return Gold(text, tokens, _by_role(relations), relations)


def _by_role(relations: Iterable[Relation]) -> dict[str, frozenset[Range]]:
    held = list(relations)
    return {role: frozenset().union(*(one[number] for one in held)) for number, role in enumerate(ROLES)}


def _ranges(tokens: Sequence[Range], spans: Iterable[Sequence[int]]) -> Iterator[Range]:
    """Yield the tokens that each character span touches."""
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    for start, end in spans:
        first = int(np.searchsorted(ends, start, side="right"))
        last = int(np.searchsorted(starts, end, side="left"))
        if first < last:
            yield first, last


def predictions(golds: Iterable[Gold]) -> Iterator[tuple[Gold, tuple[Relation, ...], tuple[float, ...]]]:
    """Run the package on each document; yield what it finds, as ranges of tokens, and how sure it is."""
    pipeline = load_pipeline("en", ParseSettings())
    if pipeline is None:
        raise RuntimeError("English has no pipeline")
    for gold in golds:
        found = attribute(pipeline.parse(gold.text, ()))
        relations = tuple(_relation(gold.tokens, (one.source, one.cue, one.content)) for one in found)
        yield gold, relations, tuple(one.confidence for one in found)


def _relation(tokens: Sequence[Range], roles: Iterable[Sequence[Span]]) -> Relation:
    pieces = (frozenset(_ranges(tokens, [(span.start, span.end) for span in spans])) for spans in roles)
    return cast("Relation", tuple(pieces))


def tally(results: Iterable[tuple[Gold, Sequence[Relation], object]]) -> Tally:
    """Sum the scores of documents against what was found in them."""
    total = Tally()
    for gold, found, _ in results:
        spans = _by_role(found)
        for role in ROLES:
            _tally_role(total, role, gold.spans[role], spans[role])
        if gold.relations is not None:
            total.has_relations = True
            _tally_relations(total, gold.relations, found)
            _tally_links(total, gold.relations, found)
    return total


def _tally_role(total: Tally, role: str, gold: frozenset[Range], found: frozenset[Range]) -> None:
    total.gold[role] += len(gold)
    total.found[role] += len(found)
    total.add("exact", role, len(gold & found))
    begins = [{start for start, _ in spans} for spans in (gold, found)]
    total.add("begin", role, len(begins[0] & begins[1]))
    table = [[_jaccard({*range(*a)}, {*range(*b)}) for b in sorted(found)] for a in sorted(gold)]
    overlaps = [overlap for overlap, _, _ in match(table)]
    total.add("jaccard", role, sum(overlaps))
    if role == "content":
        total.contents_met += sum(overlap >= OVERLAP for overlap in overlaps)


def _tally_relations(total: Tally, gold: Sequence[Relation], found: Sequence[Relation]) -> None:
    total.gold_relations += len(gold)
    total.found_relations += len(found)
    total.right_relations += len(_matches(gold, found))


def matched(gold: Gold, found: Sequence[Relation]) -> frozenset[int]:
    """Return the numbers of the found attributions that match a gold one."""
    return frozenset(column for _, _, column in _matches(gold.relations or (), found))


def _matches(gold: Sequence[Relation], found: Sequence[Relation]) -> list[tuple[float, int, int]]:
    return match([[_relation_overlap(a, b) for b in found] for a in gold])


def _tally_links(total: Tally, gold: Sequence[Relation], found: Sequence[Relation]) -> None:
    known, everyone = _by_role(found), _by_role(gold)
    for one in gold:
        if not all(one) or not all(one[n] <= known[role] for n, role in enumerate(ROLES)):
            continue
        total.linkable += 1
        # a source may serve several attributions, so what is foreign to this one is asked for each
        foreign = [everyone[role] - one[n] for n, role in enumerate(ROLES)]
        total.linked += any(
            all(one[n] <= other[n] and not foreign[n] & other[n] for n in range(3)) for other in found
        )


def match(overlaps: Sequence[Sequence[float]]) -> list[tuple[float, int, int]]:
    """Match rows to columns one to one, the largest overlaps first; return (overlap, row, column) of each."""
    cells = [
        (overlap, a, b) for a, row in enumerate(overlaps) for b, overlap in enumerate(row) if overlap > 0
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    kept: list[tuple[float, int, int]] = []
    for overlap, a, b in sorted(cells, key=lambda cell: (-cell[0], cell[1], cell[2])):
        if a not in rows and b not in columns:
            rows.add(a)
            columns.add(b)
            kept.append((overlap, a, b))
    return kept


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _relation_overlap(one: Relation, other: Relation) -> float:
    """Return the three roles' summed overlap, 0 unless each is `OVERLAP` or more."""
    overlaps = [
        _jaccard({t for r in a for t in range(*r)}, {t for r in b for t in range(*r)})
        for a, b in zip(one, other, strict=True)
    ]
    return sum(overlaps) if min(overlaps) >= OVERLAP else 0.0


def figures(total: Tally) -> dict[str, Any]:
    """Return precision, recall and F1 of every measure in percent, as `--json` prints them."""
    tree: dict[str, Any] = {
        measure: {
            role: _row(total.scores.get((measure, role), 0.0), total.found[role], total.gold[role])
            for role in ROLES
        }
        for measure in MEASURES
    }
    counts = (total.right_relations, total.found_relations, total.gold_relations)
    tree["relation"] = _row(*counts) if total.has_relations else None
    tree["link"] = _percent(total.linked, total.linkable) if total.has_relations else None
    tree["content_met"] = _percent(total.contents_met, total.gold["content"])
    return tree


def _row(right: float, found: int, gold: int) -> Row:
    return {"p": _percent(right, found), "r": _percent(right, gold), "f1": _percent(2 * right, found + gold)}


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def table(tree: dict[str, Any]) -> str:
    """Lay the figures out for a person."""
    lines = [f"{'':22}{'P':>8}{'R':>8}{'F1':>8}"]
    rows = [(f"{measure} {role}", tree[measure][role]) for measure in MEASURES for role in ROLES]
    for name, row in [*rows, ("relation", tree["relation"])]:
        values = "".join(f"{row[key]:8.2f}" for key in ("p", "r", "f1")) if row else f"{'n/a':>8}"
        lines.append(f"{name:22}{values}")
    for name in ("link", "content_met"):
        value = tree[name]
        lines.append(f"{name:22}{'n/a' if value is None else format(value, '.2f'):>8}")
    return "\n".join(lines)


def below_floor(tree: dict[str, Any], gold: Path, floors: Path) -> list[str]:
    """Return a sentence for each figure below the floor pinned for this gold file, by its SHA-256.

    Figures that are known to miss their floor stand under `short`; see `bench.shortfalls`.

    Raises:
        ValueError: the floors file pins nothing for this file.
    """
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    pinned = [
        one for one in tomllib.loads(floors.read_text(encoding="utf-8")).values() if one["sha256"] == digest
    ]
    if not pinned:
        raise ValueError(f"{floors} has no floor for a file of SHA-256 {digest}")
    short: dict[str, float] = pinned[0].get("short", {})
    told = (
        complaint(name, _look_up(tree, name), floor, short.get(name))
        for name, floor in pinned[0]["floor"].items()
    )
    return [one for one in told if one]


def _look_up(tree: dict[str, Any], name: str) -> float:
    value: Any = tree
    for key in name.split("."):
        value = value[key]
    return float(value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a file; return 1 if a figure lies below its floor."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.attribution", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--gold", type=Path, required=True, help="corpus file, .jsonl or .jsonl.gz")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--limit", type=int, help="score only the first documents")
    parser.add_argument(
        "--floors", type=Path, help="fail if a figure lies below the floor that this file pins"
    )
    given = parser.parse_args(arguments)
    tree = figures(tally(predictions(read_gold(given.gold, given.limit))))
    print(json.dumps(tree) if given.json else table(tree))
    low = below_floor(tree, given.gold, given.floors) if given.floors else []
    for line in low:
        print(line, file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
