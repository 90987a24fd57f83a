"""Time expressions: spans on GUM and on Persian sentences, values on a table of our own.

Run ``python -m bench.times``: the table always, the corpora where ../shared is. Figures are percent.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
import yaml
from spacy.language import Language

from bench.floors import below_floor
from reportedly.times import time_mentions
from reportedly.types import Precision, PublishedDate, TimeMention

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "bench" / "times" / "expressions.yaml"
FLOORS = ROOT / "bench" / "floors-times.toml"
SHARED = ROOT.parent / "shared" / "data"
GUM = SHARED / "syntax" / "en_gum-dev.conllu.gz"
PARSTDEX = SHARED / "fa" / "parstdex-dates.json.gz"
HENGAM = SHARED / "fa" / "hengam-challenge.jsonl.gz"

Range = tuple[int, int]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table. expected: the four values, or "no days", or "nothing"."""

    published: PublishedDate | None
    text: str
    marked: Range | None
    expected: tuple[str | None, ...] | str


def read_table(path: Path = TABLE) -> dict[str, list[Case]]:
    """Return the parts of the table by name."""
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: [_case(line) for line in lines] for name, lines in tree.items()}


def _case(line: Sequence[Any]) -> Case:
    date, marked_text, *values = line
    text = marked_text.replace("[", "").replace("]", "")
    place = (marked_text.index("["), marked_text.index("]") - 1) if "[" in marked_text else None
    if len(values) == 5:  # the marked words stand last: brackets would hide what is before them
        place = (text.index(values[4]), text.index(values[4]) + len(values[4]))
    expected = values[0] if values[0] in ("no days", "nothing") else tuple(_text(v) for v in values[:4])
    return Case(published(date), text, place, expected)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def published(value: str | None) -> PublishedDate | None:
    """Return the date that a table or a corpus gives, as fine as it is."""
    if value is None:
        return None
    precision = {4: Precision.YEAR, 7: Precision.MONTH}.get(len(value), Precision.DAY)
    return PublishedDate(value, precision)


def right(case: Case, mentions: Sequence[TimeMention]) -> bool:
    """Say whether the mentions of the sentence are what the case expects."""
    if case.expected == "nothing":
        return not mentions
    here = [m for m in mentions if case.marked is None or _meet((m.span.start, m.span.end), case.marked)]
    if case.expected == "no days":
        return all(m.start is None and m.end is None and m.reason for m in here)
    return any((m.start, m.end, m.precision, m.anchor) == case.expected for m in here)


def spanned(case: Case, mentions: Sequence[TimeMention]) -> bool:
    """Say whether a mention has exactly the marked words, leading prepositions aside."""
    if case.marked is None:
        return True
    wanted = _core(case.text, case.marked)
    return any(_core(case.text, (m.span.start, m.span.end)) == wanted for m in mentions)


_LEADING = re.compile(
    r"(?:(?:as of|ahead of|prior to|up to|no later than|since|until|till|by|before|after|from|between"
    r"|through|throughout|during|in|on|at|within|following|over|about|around|roughly|nearly|almost|just|only|the|در|از|تا|طی|ظرف|بین|حدود"
    r"|روز|تاریخ)\b\s*)+",
    re.IGNORECASE,
)
_JOINTS = re.compile(r"\s+(?:and|to|until|through|[-–—])\s+|\s*[-–—]\s*(?=\d{4}|[A-Z])|(?<=day),\s+")
_UNMARKED = re.compile(
    r"(?:right |by |as of |until |even )*now|recently|currently|soon|nowadays|lately|overnight|at present"
    r"|one day|(?:long|back) (?:ago|then)|in the (?:meantime|past|future)",
    re.IGNORECASE,
)


_DATED = re.compile(
    r"\d{4}|\b(?:jan|febr|septem|octo|novem|decem)\w*|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|[ap]\.?m\b"
    r"|yesterday|to(?:day|morrow|night)|\bago\b|centur|decade|\d (?:january|march|april|may|june|july|august)"
    r"|\b(?:last|next|past|this|that) (?:\w+ )?(?:day|week|month|year)s?\b|[\u06f0-\u06f9\d]{2}|سال|ماه",
    re.IGNORECASE,
)


def _core(text: str, place: Range) -> Range:
    """Leave out leading prepositions and articles, whose place the guidelines see differently."""
    start, end = place
    match = _LEADING.match(text[start:end])
    if match and match.end() < end - start:
        start += match.end()
    return (start, end - 2) if text[start:end].endswith(("'s", "’s")) else (start, end)


def _aligned(text: str, places: Iterable[Range]) -> set[Range]:
    """Bring spans to GUM's guideline: both ends of a range, weekday and date apart, no adverbs."""
    found: set[Range] = set()
    for start, end in places:
        if _UNMARKED.fullmatch(text[start:end]):
            continue
        at = start
        for joint in _JOINTS.finditer(text, start, end):
            found.add(_core(text, (at, joint.start())))
            at = joint.end()
        found.add(_core(text, (at, end)))
    return found


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def values(cases: Iterable[Case], nlp: Language) -> tuple[Figures, list[str]]:
    """Return accuracy of values and spans over the cases, and a line for each that is wrong."""
    total = good = exact = marked = 0
    wrong = []
    for case in cases:
        mentions = time_mentions(nlp.make_doc(case.text), case.published)
        total += 1
        good += right(case, mentions)
        if case.marked is not None and case.expected != "no days":
            marked += 1
            exact += spanned(case, mentions)
        if not right(case, mentions):
            seen = [
                (case.text[m.span.start : m.span.end], m.start, m.end, m.precision, m.anchor)
                for m in mentions
            ]
            wrong.append(
                f"{case.text}\n    wanted {case.expected}\n    got {[tuple(map(str, s)) for s in seen]}"
            )
    return {"n": total, "value": _percent(good, total), "span": _percent(exact, marked)}, wrong


def gum_documents(path: Path) -> Iterator[tuple[str, str, set[Range]]]:
    """Return name, text and maximal spans of the mentions of type time of each GUM document.

    Raises:
        ValueError: an entity is closed that was never opened.
    """
    name = ""
    lines: list[list[str]] = []
    for line in _lines(path):
        if line.startswith("# newdoc id = "):
            if lines:
                yield name, *_gum_document(lines)
            name, lines = line.rpartition(" ")[2].strip(), []
        elif line[:1].isdigit():
            lines.append(line.rstrip("\n").split("\t"))
    yield name, *_gum_document(lines)


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()


def _gum_document(rows: Sequence[Sequence[str]]) -> tuple[str, set[Range]]:
    text = ""
    opened: list[tuple[str, str, int]] = []
    times: set[Range] = set()
    for row in rows:
        if not row[0].isdigit():
            continue
        start = len(text)
        text += row[1]
        entity = re.search(r"Entity=([^|]*)", row[9])
        for mark in re.findall(r"\([^()]*\)?|[^()]+\)", entity[1] if entity else ""):
            if mark.startswith("("):
                number, kind, *_ = mark.strip("()").split("-")
                opened.append((number, kind, start))
            if mark.endswith(")"):
                number = mark.strip("()").split("-")[0]
                at = max((n for n, one in enumerate(opened) if one[0] == number), default=None)
                if at is None:
                    raise ValueError(f"entity {number} was never opened")
                _, kind, begin = opened.pop(at)
                if kind == "time":
                    times.add((begin, len(text)))
        text += "" if "SpaceAfter=No" in row[9] else " "
    return text, {
        one for one in times if not any(o != one and o[0] <= one[0] and one[1] <= o[1] for o in times)
    }


def gum(path: Path, limit: int | None = None) -> Figures:
    """Score spans on GUM: exact, by overlap, and exact after both sides were brought to one guideline."""
    nlp = spacy.blank("en")
    tally = Tally()
    for number, (_, text, gold) in enumerate(gum_documents(path)):
        if limit is not None and number >= limit:
            break
        found = {(m.span.start, m.span.end) for m in time_mentions(nlp.make_doc(text), None)}
        tally.add(text, gold, found, (_aligned(text, gold), _aligned(text, found)))
    return tally.figures()


def parstdex(path: Path) -> Figures:
    """Score spans on the sentences of parstdex, whose guideline takes prepositions in now and then."""
    nlp = spacy.blank("fa")
    tally = Tally()
    for row in json.loads(gzip.decompress(path.read_bytes())):
        text = row["test_input"]
        gold = {(start, end) for start, end in json.loads(row["expected"])}
        found = {(m.span.start, m.span.end) for m in time_mentions(nlp.make_doc(text), None)}
        tally.add(
            text, gold, found, ({_core(text, one) for one in gold}, {_core(text, one) for one in found})
        )
    return tally.figures()


def hengam(path: Path) -> Figures:
    """Share of the challenge sentences where what is found meets what a right system tagged, if anything."""
    nlp = spacy.blank("fa")
    total = good = 0
    for line in _lines(path):
        row = json.loads(line)
        judged = [
            one["tokens"] for one in row["systems"].values() if one["verdict"] == "Right" and one["tokens"]
        ]
        if not judged:
            continue
        text = row["sentence"]
        gold = {(int(token[2]), int(token[2]) + len(token[0])) for token in judged[0] if token[1] != "O"}
        found = {(m.span.start, m.span.end) for m in time_mentions(nlp.make_doc(text), None)}
        total += 1
        clean = all(any(_meet(one, other) for other in gold) for one in found)
        good += clean and bool(found) == bool(gold)
    return {"n": total, "accuracy": _percent(good, total)}


class Tally:
    """Counts of spans over documents."""

    def __init__(self) -> None:
        self.gold = self.found = self.exact = self.met = self.hit = 0
        self.aligned = [0, 0, 0]
        self.dated = [0, 0]

    def add(
        self, text: str, gold: set[Range], found: set[Range], cores: tuple[set[Range], set[Range]]
    ) -> None:
        """Count one document: its spans, and those after alignment, gold ones first."""
        gold_core, found_core = cores
        self.gold += len(gold)
        self.found += len(found)
        self.exact += len(gold & found)
        self.met += sum(any(_meet(one, other) for other in found) for one in gold)
        self.hit += sum(any(_meet(one, other) for other in gold) for one in found)
        dated = [one for one in gold if _DATED.search(text[slice(*one)])]
        self.dated[0] += sum(any(_meet(one, other) for other in found) for one in dated)
        self.dated[1] += len(dated)
        for place, count in enumerate((len(gold_core & found_core), len(found_core), len(gold_core))):
            self.aligned[place] += count

    def figures(self) -> Figures:
        """Return precision, recall and F1 of the three measures."""
        rows = {
            "exact": (self.exact, self.found, self.exact, self.gold),
            "aligned": (self.aligned[0], self.aligned[1], self.aligned[0], self.aligned[2]),
            "overlap": (self.hit, self.found, self.met, self.gold),
        }
        tree: Figures = {"n": self.gold, "dated.n": self.dated[1], "dated.r": _percent(*self.dated)}
        for name, (hit, found, met, gold) in rows.items():
            p, r = _percent(hit, found), _percent(met, gold)
            tree |= {
                f"{name}.p": p,
                f"{name}.r": r,
                f"{name}.f1": round(2 * p * r / (p + r), 1) if p + r else 0.0,
            }
        return tree


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def measure() -> tuple[dict[str, Figures], list[str]]:
    """Return all figures by data set, and a line for each wrong case of the table."""
    nlp = spacy.blank("en")
    tree: dict[str, Figures] = {}
    wrong: list[str] = []
    for name, cases in read_table().items():
        tree[f"table {name}"], lines = values(cases, nlp)
        wrong += lines
    if SHARED.exists():
        tree["GUM dev"] = gum(GUM)
        tree["parstdex"] = parstdex(PARSTDEX)
        tree["Hengam challenge"] = hengam(HENGAM)
    return tree, wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 if one lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m bench.times", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--floors", type=Path, help="fail if a figure lies below the floor that this file pins"
    )
    parser.add_argument(
        "--wrong", action="store_true", help="print the cases of the table that came out wrong"
    )
    given = parser.parse_args(arguments)
    tree, wrong = measure()
    for data, row in tree.items():
        print(f"{data:18}" + "  ".join(f"{name} {value:g}" for name, value in row.items()))
    for line in wrong if given.wrong else ():
        print(line)
    low = below_floor(tree, given.floors) if given.floors else []
    for line in low:
        print(line, file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
