"""Score commitment: ``python -m bench.commitment``.

Three tables. The first two are on sentences of our own, with the spans given (`bench/commitment/README.md`):
how many of the values are right, and F1 of each value and their mean, once with the parse of the shipped
model and once without any. `development.yaml` grew with the rules; `fresh.yaml` was written after them.

The third is on UDS-IH2 (dev unless ``--split train``): of the predicates whose value lies beyond 1 or -1, the
percentage whose polarity is right, by the rules, by the factuality head, and by the two combined. A future or
wished-for event has not happened there, so `Reading.unreal` counts as negative.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import yaml
from spacy.tokens import Doc

from bench.figures import DATA, Figure, broken, f1, percent, pipeline, table
from reportedly.commitment import stances
from reportedly.commitment.mending import mended_words
from reportedly.commitment.scope import Scope
from reportedly.types import Assertion, Attribution, Commitment, Kind, Span, Stance

FOLDER = Path(__file__).parent / "commitment"
SETS = ("development", "fresh")
SURE = 1.0
"""Predicates of UDS-IH2 whose value is no further than this from zero are left out."""
WAVERS = 1.0
"""Below this the head's value leaves the polarity to the rules, where a word decides for them."""
_MARKS = {"{": "source", "<": "cue", "[": "content"}
_CLOSING = {"}": "{", ">": "<", "]": "["}

Pair = tuple[str, str]
"""A gold value and the one found."""


@dataclass(frozen=True, slots=True)
class Case:
    """One text with its spans and, for each attribution or for the assertion, the gold values."""

    text: str
    attributions: tuple[Attribution, ...]
    gold: tuple[tuple[str, ...], ...]


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a development set. Raises ValueError for a line that does not fit the notation."""
    return [read_case(line) for line in yaml.safe_load(path.read_text(encoding="utf-8"))]


def read_case(line: str) -> Case:
    """Read one line: values, a bar, the marked text."""
    values, _, marked = line.partition(" | ")
    text, attributions = _unmarked(marked.strip())
    gold = tuple(tuple(Commitment(value).value for value in one.split()) for one in values.split(" > "))
    wanted = [2 + depth for depth in range(len(attributions))] or [1]
    if [len(one) for one in gold] != wanted:
        raise ValueError(f"{line!r}: {len(attributions)} attributions, values {gold}")
    return Case(text, attributions, gold)


def _unmarked(marked: str) -> tuple[str, tuple[Attribution, ...]]:
    """Return the text without its marks, and its attributions, outermost first."""
    text: list[str] = []
    stack: list[tuple[str, int, int]] = []
    roles: dict[tuple[int, str], list[Span]] = {}
    for letter in marked:
        if letter in _MARKS:
            depth = sum(mark == "[" for mark, _, _ in stack)
            stack.append((letter, len(text), depth))
        elif letter in _CLOSING:
            mark, start, depth = stack.pop()
            if mark != _CLOSING[letter]:
                raise ValueError(f"{marked!r}: {mark} is closed by {letter}")
            roles.setdefault((depth, _MARKS[mark]), []).append(Span(start, len(text)))
        else:
            text.append(letter)
    depths = sorted({depth for depth, role in roles if role == "content"})
    words = "".join(text)
    return words, tuple(_attribution(words, roles, depth) for depth in depths)


def _attribution(text: str, roles: dict[tuple[int, str], list[Span]], depth: int) -> Attribution:
    content = tuple(roles[depth, "content"])
    said = [text[span.start : span.end] for span in content]
    whole = all(words[0] in "\"“'‘" for words in said)
    kind = Kind.DIRECT if whole else Kind.MIXED if any('"' in words for words in said) else Kind.INDIRECT
    source, cue = (tuple(roles.get((depth, role), ())) for role in ("source", "cue"))
    return Attribution(source, cue, content, kind, 1.0, depth - 1 if depth else None)


def unparsed(doc: Doc) -> Doc:
    """Return the Doc with its tokens and sentence starts alone."""
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    return Doc(doc.vocab, words=words, spaces=spaces, sent_starts=[token.is_sent_start for token in doc])


def found_values(case: Case, doc: Doc) -> list[tuple[str, ...]]:
    """Return what the package says of a case, in the order of `Case.gold`."""
    if case.attributions:
        said, _ = stances(doc, case.attributions, ())
        return [_values(one) for one in said]
    _, own = stances(doc, (), (Assertion(Span(0, len(case.text)), 1.0),))
    return [(own[0].outlet.value,)]


def _values(stance: Stance) -> tuple[str, ...]:
    return tuple(value.value for value in (stance.voice, stance.outlet, *stance.between))


def pairs(cases: Iterable[Case], *, parsed: bool) -> Iterator[Pair]:
    """Yield each gold value with the one found."""
    for case in cases:
        doc = pipeline().parse(case.text, ())
        found = found_values(case, doc if parsed else unparsed(doc))
        for gold, values in zip(case.gold, found, strict=True):
            yield from zip(gold, values, strict=True)


def value_figures(name: str, scored: Sequence[Pair], n: int) -> Iterator[Figure]:
    """Yield accuracy, F1 of each value that gold has, and their mean."""
    gold, found = Counter(one for one, _ in scored), Counter(other for _, other in scored)
    right = Counter(one for one, other in scored if one == other)
    data = f"{name}.yaml"
    yield Figure(f"{name}_right", percent(right.total(), len(scored)), len(scored), "values", data)
    scores = {value: f1(right[value], found[value], gold[value]) for value in sorted(gold)}
    for value, score in scores.items():
        yield Figure(f"{name}_{value}", score, gold[value], "values", data)
    yield Figure(f"{name}_macro", round(float(np.mean([*scores.values()])), 2), n, "statements", data)


def own_sets(*, by_value: bool = True) -> Iterator[Figure]:
    """Yield the figures on the sets of our own, parsed and unparsed."""
    for name in SETS:
        cases = read_cases(FOLDER / f"{name}.yaml")
        n = sum(max(1, len(case.attributions)) for case in cases)
        for kind, parsed in (("", True), ("_unparsed", False)):
            for figure in value_figures(name, [*pairs(cases, parsed=parsed)], n):
                if figure.name.endswith(("_right", "_macro")) or (parsed and by_value):
                    yield Figure(f"{figure.name}{kind}", figure.value, figure.n, figure.of, figure.data)


def polarity(split: str, limit: int | None) -> Iterator[Figure]:
    """Yield the percentage of UDS-IH2 predicates whose polarity is right, by three judges."""
    rows = [*_polarities(DATA / "factuality" / f"uds_ih2-{split}.jsonl.gz", limit)]
    for place, judge in enumerate(("rules", "head", "both"), start=1):
        right = sum(row[0] == row[place] for row in rows)
        yield Figure(
            f"uds_polarity_{judge}", percent(right, len(rows)), len(rows), "predicates", f"UDS-IH2 {split}"
        )


def _polarities(path: Path, limit: int | None) -> Iterator[tuple[bool, bool, bool, bool]]:
    """Yield whether a predicate happened: by gold, by the rules, by the head, by both."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, limit):
            tree = json.loads(line)
            sure = [one for one in tree["targets"] if abs(one["label"]) > SURE]
            words = tree["text"].split()
            starts = [not place for place in range(len(words))]
            doc = pipeline().parse_tokens(words, [True] * len(words), starts)
            scope = Scope(mended_words(doc), range(len(doc)))
            for target in sure:
                at = target["span1"][0]
                found = scope.read(at)
                rules = not found.unreal and not found.value.endswith("-")
                value = float(doc.user_data["factuality"][at])
                head = rules if np.isnan(value) else value > 0
                yield target["label"] > 0, rules, head, combined(rules, bool(found.markers), value)


def combined(rules: bool, marked: bool, value: float) -> bool:
    """Return the polarity by both: the head's, but the rules' where it wavers and a word decides for them."""
    if np.isnan(value):
        return rules
    return rules if marked and abs(value) < WAVERS else value > 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 if one lies below its floor."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.commitment", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--split", choices=("dev", "train"), default="dev", help="part of UDS-IH2")
    parser.add_argument("--limit", type=int, help="read only so many sentences of UDS-IH2")
    parser.add_argument("--wrong", action="store_true", help="print the cases that are wrong")
    parser.add_argument("--floors", type=Path, help="fail if a figure lies below the floor in this file")
    given = parser.parse_args(arguments)
    figures = [*own_sets(), *(polarity(given.split, given.limit) if DATA.exists() else ())]
    print(table(figures))
    if given.wrong:
        print(*wrong_cases(), sep="\n")
    problems = broken(figures, given.floors, "all") if given.floors else []
    print(*problems, sep="\n", file=sys.stderr, end="\n" if problems else "")
    return 1 if problems else 0


def wrong_cases(*, parsed: bool = True) -> Iterator[str]:
    """Yield what is found where it differs from gold, with the text and the words that decided."""
    for name in SETS:
        for case in read_cases(FOLDER / f"{name}.yaml"):
            doc = pipeline().parse(case.text, ())
            found = found_values(case, doc if parsed else unparsed(doc))
            if found != [*case.gold]:
                yield f"{name}: {case.text} gold {case.gold} found {found}"


if __name__ == "__main__":
    sys.exit(main())
