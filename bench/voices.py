"""`python -m bench.voices`: score `reportedly.voices` on stories whose attributions are given.

bench/voices/README.md states the rules. Parts: dev (the rules were tuned on it), fresh (written
afterwards). name, kind, via and of_itself are scored for every voice; the rest where the gold says something.
Figures are percentages.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.floors import below_floor
from reportedly import voices
from reportedly.parse import load_pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Attribution, Kind, Metadata, Sourcing, Span

HERE = Path(__file__).parent
PARTS = ("dev", "fresh")
_MARK = re.compile(r"\[(?:([scq])(\d+) )?|\]")
_WHERE_GIVEN = ("role", "affiliation", "number", "country", "anonymous", "candidates")


@dataclass(frozen=True, slots=True)
class Story:
    """One story. voices: what is right for each attribution, in the order of `attributions`."""

    id: str
    text: str
    metadata: Metadata
    attributions: tuple[Attribution, ...]
    voices: tuple[dict[str, Any], ...]


def read_stories(path: Path) -> Iterator[Story]:
    """Yield the stories of a file."""
    for tree in yaml.safe_load(path.read_text(encoding="utf-8")):
        text, spans = unmark(tree["text"])
        order = sorted(tree["voices"])
        metadata = Metadata(**{key: tree.get(key) for key in ("title", "outlet", "byline", "agency")})
        found = tuple(_attribution(text, spans, number, tree["voices"], order) for number in order)
        yield Story(tree["id"], text, metadata, found, tuple(tree["voices"][number] for number in order))


def unmark(marked: str) -> tuple[str, dict[tuple[str, int], list[Span]]]:
    """Return the text without its marks, and the spans of each role of each number."""
    spans: dict[tuple[str, int], list[Span]] = defaultdict(list)
    opened: list[tuple[str, int, int]] = []
    text, at = "", 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((mark[1], int(mark[2]), len(text)))
        elif mark[0] == "[":
            opened.append(("", 0, len(text)))
            text += "["
        else:
            role, number, start = opened.pop() if opened else ("", 0, 0)
            if role:
                spans[role, number].append(Span(start, len(text)))
            else:
                text += "]"
    return text + marked[at:], spans


def _attribution(
    text: str, spans: dict[tuple[str, int], list[Span]], number: int, gold: dict[int, Any], order: list[int]
) -> Attribution:
    source, cue, content = (tuple(spans.get((role, number), ())) for role in "scq")
    parent = gold[number].get("in")
    inner = content or cue or source
    quoted = bool(content) and text[content[0].start] in '"“'
    kind = Kind.DIRECT if quoted else Kind.INDIRECT
    return Attribution(source, cue, inner, kind, 1.0, order.index(parent) if parent else None)


def score(stories: Sequence[Story], pipeline: Any) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Return (right, all) of each measure, and a line for each mistake."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    wrong: list[str] = []
    for story in stories:
        doc = pipeline.parse(story.text, ())
        found = voices.resolve(doc, story.attributions, story.metadata)
        for number, (gold, one) in enumerate(zip(story.voices, found, strict=True)):
            for measure, expected, got in compare(gold, one):
                sums[measure][0] += expected == got
                sums[measure][1] += 1
                if expected != got:
                    wrong.append(f"{story.id}[{number}] {measure}: {expected!r}, not {got!r}")
    return {measure: (right, whole) for measure, (right, whole) in sums.items()}, wrong


def compare(gold: dict[str, Any], found: Sourcing) -> Iterator[tuple[str, Any, Any]]:
    """Yield (measure, what is right, what was found) of one voice."""
    voice = found.voice
    yield "name", _folded(gold["name"]), _folded(voice.name)
    yield "kind", gold["kind"], str(voice.kind)
    for measure in _WHERE_GIVEN:
        if measure in gold:
            got: Any = getattr(voice, measure)
            if measure == "candidates":
                got = sorted(candidate.name for candidate in voice.candidates)
            yield measure, _folded(gold[measure]), _folded(got)
    yield "of_itself", gold.get("of_itself", False), voice.of_itself
    yield "via", gold.get("via", []), [via.name for via in found.via]


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def percents(sums: dict[str, tuple[int, int]]) -> dict[str, float]:
    """Return the figures in percent."""
    return {measure: round(100 * right / whole, 1) for measure, (right, whole) in sums.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the parts; return 1 if a figure lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m bench.voices", description=__doc__.partition("\n")[0])
    parser.add_argument("--part", choices=PARTS, help="only this part")
    parser.add_argument("--wrong", action="store_true", help="print every mistake")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--floors", type=Path, help="fail if a figure lies below the floor that this file pins"
    )
    given = parser.parse_args(arguments)
    pipeline = load_pipeline("en", ParseSettings())
    figures: dict[str, dict[str, float]] = {}
    for part in [given.part] if given.part else PARTS:
        sums, wrong = score(list(read_stories(HERE / "voices" / f"{part}.yaml")), pipeline)
        figures[part] = percents(sums)
        if not given.json:
            print(f"bench/voices/{part}.yaml, {sums['name'][1]} voices, spans given")
            print("\n".join(f"  {name:12}{figures[part][name]:7.1f}  n {sums[name][1]}" for name in sums))
        print("\n".join(wrong) if given.wrong else "", end="\n" if given.wrong else "")
    if given.json:
        print(json.dumps(figures))
    low = below_floor(figures, given.floors) if given.floors else []
    print("\n".join(low), file=sys.stderr, end="\n" if low else "")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
