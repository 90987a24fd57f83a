"""`python -m bench.nested`: attributions inside another's content, on documents written for this.

The gold is marked by hand, see bench/nested/README.md. A *link* is an inner attribution with the one in whose
content it stands. It is right when both ends are matched with the ends of one gold link: contents overlap at
Jaccard 0.5 or more, counted in tokens, and the sources share a token (or both have none). A gold link is
right at most once. Attributions that match an optional gold one are passed over:
their links are not counted, and what stands in them counts as standing in the next one around.

link      precision, recall and F1 of links, in percent
quiet     percentage of the documents without nesting in which no link was found

With `--gum`, the recall of real chains: `within` of gum-attribution-dev.jsonl.gz. Gold there is in segments,
so an attribution is met when it has a content that overlaps the gold content at 0.3 or more and a cue or
source that touches the gold source; a chain is met when both ends are and the parent of the inner one, or one
of the attributions around it, is the outer one.

`--sweep N`, after a new encoder: what the two thresholds of the stage cost and bring. For each least chance
of a cue (`attribution.signs.CHANCE`) the share of the words of N wild articles that are read twice and the
inner attributions found in them; for each least confidence (`attribution.nested.MIN_CONFIDENCE`) the links of
the development part.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from bench.floors import below_floor
from reportedly.attribution import attribute, passages
from reportedly.attribution import nested as nested_stage
from reportedly.parse import load_pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Attribution, Encoding, Span

FOLDER = Path(__file__).with_name("nested")
FLOORS = Path(__file__).with_name("floors-nested.toml")
PARTS = ("development", "fresh")
DATA = Path(__file__).parents[2] / "shared" / "data"
GUM = DATA / "attribution" / "gum-attribution-dev.jsonl.gz"
WILD = DATA / "wild" / "articles.jsonl.gz"
OVERLAP = 0.5
SEGMENT_OVERLAP = 0.3

Found = Sequence[Attribution]
Reader = Callable[[str], Found]
Pair = tuple[int, int]
"""Places of an outer and an inner attribution."""

_MARK = re.compile(r"\{(?P<ids>\d(?:,\d)*)(?P<optional>\?)?(?P<role>[scx]) |\}")
_WORD = re.compile(r"\w+")
_ROLES = {"s": "source", "c": "cue", "x": "content"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution as marked: character spans by role; the number of the one around it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    optional: bool
    parent: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """One document. gold: in the order of their numbers."""

    text: str
    gold: tuple[Gold, ...]


@dataclass(slots=True)
class Tally:
    """Counts over documents."""

    gold: int = 0
    found: int = 0
    right: int = 0
    without: int = 0
    quiet: int = 0


def read_cases(part: str) -> tuple[Case, ...]:
    """Read the documents of ``bench/nested/<part>.yaml``. Raises ValueError for marks that do not close."""
    rows = yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
    return tuple(read_marks(row["text"]) for row in rows)


def read_marks(marked: str) -> Case:
    """Take the marks out of a text and return what they say."""
    pieces: dict[int, dict[str, list[Span]]] = {}
    optional: set[int] = set()
    stack: list[tuple[list[int], str, int]] = []
    text, at = "", 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        if found["ids"]:
            ids = [int(one) for one in found["ids"].split(",")]
            optional |= set(ids) if found["optional"] else set()
            stack.append((ids, _ROLES[found["role"]], len(text)))
            continue
        ids, role, start = stack.pop()
        for one in ids:
            roles = pieces.setdefault(one, {name: [] for name in _ROLES.values()})
            roles[role].append(Span(start, len(text)))
    if stack:
        raise ValueError(f"a mark is not closed: {marked[:60]}")
    return Case(text + marked[at:], tuple(_with_parents(pieces, optional)))


def _with_parents(pieces: dict[int, dict[str, list[Span]]], optional: set[int]) -> Iterator[Gold]:
    numbers = sorted(pieces)
    for one in numbers:
        around = [
            number
            for number, other in enumerate(numbers)
            if other != one and all(_within(span, pieces[other]["content"]) for span in _all(pieces[one]))
        ]
        size = {n: sum(s.end - s.start for s in pieces[numbers[n]]["content"]) for n in around}
        roles = {role: tuple(sorted(spans, key=_start)) for role, spans in pieces[one].items()}
        yield Gold(**roles, optional=one in optional, parent=min(around, key=lambda n: size[n], default=None))


def _start(span: Span) -> int:
    return span.start


def _all(roles: dict[str, list[Span]]) -> list[Span]:
    return [span for spans in roles.values() for span in spans]


def _within(span: Span, pieces: Iterable[Span]) -> bool:
    return any(piece.start <= span.start and span.end <= piece.end for piece in pieces)


def reader() -> Reader:
    """Return the package's way from a text to its attributions, nested ones among them."""
    pipeline = load_pipeline("en", ParseSettings())
    if pipeline is None:
        raise RuntimeError("English has no pipeline")

    return lambda text: attribute(pipeline.parse(text), pipeline.encode)


def tally(cases: Iterable[Case], read: Reader) -> Tally:
    """Sum the links of documents against what is found in them."""
    total = Tally()
    for case in cases:
        gold, found, right = score(case, read(case.text))
        total.gold += gold
        total.found += found
        total.right += right
        if not any(one.parent is not None for one in case.gold):
            total.without += 1
            total.quiet += not found
    return total


def score(case: Case, found: Found) -> tuple[int, int, int]:
    """Return the numbers of gold links, of found ones and of right ones in one document."""
    words = [match.span() for match in _WORD.finditer(case.text)]
    gold_links = [(one.parent, n) for n, one in enumerate(case.gold) if one.parent is not None]
    wanted = [(_required(case.gold, a), b) for a, b in gold_links if not case.gold[b].optional]
    links = [(one.parent, n) for n, one in enumerate(found) if one.parent is not None]
    same = {
        (g, f): _same(words, one, other) for g, one in enumerate(case.gold) for f, other in enumerate(found)
    }
    free = [g for g, one in enumerate(case.gold) if one.optional]
    extra = {n for n in range(len(found)) if any(same[g, n] for g in free)}
    counted = [
        (outer, b) for _, b in links if b not in extra and (outer := _nearest(found, b, extra)) is not None
    ]
    used: set[Pair] = set()
    for outer, inner in wanted:
        if outer is None:
            continue
        met = [link for link in counted if same[outer, link[0]] and same[inner, link[1]] and link not in used]
        used.update(met[:1])
    return len(wanted), len(counted), len(used)


def _required(gold: Sequence[Gold], place: int | None) -> int | None:
    """Return the place itself or of the first attribution around it that is not optional."""
    while place is not None and gold[place].optional:
        place = gold[place].parent
    return place


def _nearest(found: Found, place: int, passed_over: set[int]) -> int | None:
    """Return the place of the innermost attribution around one that gold does not leave open."""
    parent = found[place].parent
    while parent in passed_over:
        parent = found[parent].parent
    return parent


def _same(words: Sequence[Pair], one: Gold, other: Attribution) -> bool:
    gold, found = (_tokens(words, spans) for spans in (one.content, other.content))
    if not gold or not found or len(gold & found) < OVERLAP * len(gold | found):
        return False
    sources = [_tokens(words, spans) for spans in (one.source, other.source)]
    return bool(sources[0] & sources[1]) or not any(sources)


def _tokens(words: Sequence[Pair], spans: Iterable[Span]) -> set[int]:
    held = list(spans)
    return {
        number
        for number, (start, end) in enumerate(words)
        if any(start < span.end and span.start < end for span in held)
    }


def chains_met(path: Path, read: Reader, limit: int | None = None) -> tuple[int, int, int]:
    """Return how many chains GUM has, of how many both ends are met, and how many of those are linked."""
    chains = ends = linked = 0
    rows = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    for row in map(json.loads, rows[:limit]):
        gold = row["attributions"]
        if not any(one["within"] for one in gold):
            continue
        found = read(row["text"])
        words = [match.span() for match in _WORD.finditer(row["text"])]
        met = [[n for n, one in enumerate(found) if _meets(words, given, one)] for given in gold]
        for number, one in enumerate(gold):
            for outer in one["within"]:
                chains += 1
                ends += bool(met[number] and met[outer])
                linked += any(_around(found, inner) & set(met[outer]) for inner in met[number])
    return chains, ends, linked


def _meets(words: Sequence[Pair], gold: dict[str, Any], found: Attribution) -> bool:
    asked, there = (
        _tokens(words, spans) for spans in ([Span(*pair) for pair in gold["content"]], found.content)
    )
    telling = _tokens(words, [Span(*pair) for pair in gold["source"]])
    said = _tokens(words, [*found.cue, *found.source])
    # a gold content stops at its nucleus: what counts is that it stands in the found one
    return bool(telling & said) and len(asked & there) >= SEGMENT_OVERLAP * len(asked)


def _around(found: Found, place: int) -> set[int]:
    """Return the places of all attributions around one."""
    around: set[int] = set()
    parent = found[place].parent
    while parent is not None:
        around.add(parent)
        parent = found[parent].parent
    return around


def sweep(wild: Path, limit: int) -> None:
    """Print what the thresholds of the stage cost and bring."""
    pipeline = load_pipeline("en", ParseSettings())
    if pipeline is None:
        raise RuntimeError("English has no pipeline")
    with gzip.open(wild, "rt", encoding="utf-8") as lines:
        docs = [pipeline.parse(json.loads(line)["text"]) for line in islice(lines, limit)]
    words = sum(len(doc.text.split()) for doc in docs)
    for chance in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5):
        asked: list[str] = []
        with patch.object(passages, "CHANCE", chance):
            found = [attribute(doc, partial(_noted, asked, pipeline.encode)) for doc in docs]
        again = sum(len(text.split()) for text in asked)
        inner = sum(one.parent is not None for story in found for one in story)
        print(f"CHANCE {chance}: {_percent(again, words)} % of {words} words read again, {inner} inner found")
    for least in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        with patch.object(nested_stage, "MIN_CONFIDENCE", least):
            print(f"MIN_CONFIDENCE {least}: {figures(tally(read_cases('development'), reader()))}")


def _noted(asked: list[str], encode: Callable[[str], Encoding], text: str) -> Encoding:
    asked.append(text)
    return encode(text)


def figures(total: Tally) -> dict[str, float]:
    """Return the figures in percent."""
    return {
        "p": _percent(total.right, total.found),
        "r": _percent(total.right, total.gold),
        "f1": _percent(2 * total.right, total.found + total.gold),
        "quiet": _percent(total.quiet, total.without),
    }


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the documents; return 1 if a figure lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m bench.nested", description=__doc__.partition("\n")[0])
    parser.add_argument("--gum", nargs="?", const=GUM, type=Path, help="real chains too, from this file")
    parser.add_argument("--floors", type=Path, default=None, help="fail if a figure lies below this file's")
    parser.add_argument(
        "--sweep", type=int, metavar="N", help="weigh the thresholds on N wild articles, no more"
    )
    given = parser.parse_args(arguments)
    if given.sweep:
        sweep(WILD, given.sweep)
        return 0
    read = reader()
    measured: dict[str, dict[str, float]] = {}
    print(f"{'':14}{'n':>5}{'links':>7}{'P':>8}{'R':>8}{'F1':>8}{'quiet':>8}")
    for part in PARTS:
        cases = read_cases(part)
        total = tally(cases, read)
        measured[part] = row = figures(total)
        values = "".join(f"{row[name]:8.1f}" for name in ("p", "r", "f1", "quiet"))
        print(f"{part:14}{len(cases):5}{total.gold:7}{values}")
    if given.gum:
        chains, ends, linked = chains_met(given.gum, read)
        measured["gum"] = {"recall": _percent(linked, chains), "linked": _percent(linked, ends)}
        print(f"GUM: {chains} chains, both ends met {ends}, linked {linked}: {measured['gum']['recall']} %")
    low = below_floor(measured, given.floors) if given.floors else []
    for line in low:
        print(line, file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
