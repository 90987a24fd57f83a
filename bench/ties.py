"""`python -m bench.ties [--floors FILE]`: score ties on re3d, on PLOVER's records and on our own passages.

re3d (train documents): the relation types that PLOVER can hold between actors are FightingAgainst,
AlliesOf, Likes, Dislikes and CommWith; InChargeOf and BelongsTo are standing facts, the others are no
deeds. Gold are the pairs of two actors (Organisation, Person, Nationality) with a confidence of 0.5 or
more, each once a document, without order, since re3d lists many in both. A tie found is one with a class of
PLOVER. It is right when each of its actors overlaps one end of a pair; a tie matches the pairs that its
actors overlap, which re3d may list several of ("the UK and Iraq", "Iraq"). "precision" is over the ties
between actors that re3d annotates (no places, none of the actors it left out). It is a lower bound, since
re3d marks only some of the ties of a text; "of all" counts every tie found, "of related" only those between
actors whom re3d relates in any way, whatever the type or confidence.

plover (GSR, first half): one sentence a record. The names of 2014 that later classes swallowed are mapped
(DEMAND: REQUEST; DISAPPROVE, INVESTIGATE: ACCUSE). "found": records with a tie that has the right class;
"actors": the right class and an actor that overlaps a named source, and one that overlaps a named target
where there is one.

own: `bench/ties/README.md`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Doc

from bench.floors import below_floor
from reportedly.parse import load_pipeline
from reportedly.settings import ParseSettings
from reportedly.ties import ties
from reportedly.types import Actor, ActorKind, Tie

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data" / "ties"
RE3D = SHARED / "re3d-train.jsonl.gz"
GSR = SHARED / "plover_gsr.jsonl.gz"
OWN = ROOT / "bench" / "ties"
FLOORS = ROOT / "bench" / "floors-ties.toml"

DEEDS = frozenset({"FightingAgainst", "AlliesOf", "Likes", "Dislikes", "CommWith"})
ACTORS = frozenset({"Organisation", "Person", "Nationality"})
NOWADAYS = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
EITHER_WAY = frozenset({"AGREE", "CONSULT", "COOPERATE"})
LEAST_SURE = 0.5

Range = tuple[int, int]
Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Expected:
    """A tie of our own passages. subject, object: where their words stand. plover: None without a class."""

    subject: tuple[Range, ...]
    plover: str | None
    object: tuple[Range, ...]
    negated: bool


@cache
def _pipeline() -> Any:
    return load_pipeline("en", ParseSettings())


def parsed(text: str) -> Doc:
    """Return the Doc of a text by the shipped pipeline."""
    found: Doc = _pipeline().parse(text, ())
    return found


def _lines(path: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, limit):
            yield json.loads(line)


def overlaps(one: Range, other: Range) -> bool:
    """Return whether two half-open ranges share a character."""
    return one[0] < other[1] and other[0] < one[1]


def _range(actor: Actor) -> Range:
    return actor.span.start, actor.span.end


def re3d_pairs(record: dict[str, Any]) -> set[frozenset[Range]]:
    """Return the pairs of actors in one re3d document that PLOVER can hold."""
    types = {(one["begin"], one["end"]): one["type"] for one in record["entities"]}
    pairs = set()
    for one in record["relations"]:
        ends = _ends(one)
        if (
            one["type"] in DEEDS
            and one["confidence"] >= LEAST_SURE
            and all(types.get(end) in ACTORS for end in ends)
        ):
            pairs.add(frozenset(ends))
    return {pair for pair in pairs if len(pair) == 2}


def meets(tie: Tie, pair: Iterable[Range]) -> bool:
    """Return whether the actors of a tie are the two ends of a pair, in either order."""
    one, other = pair
    subject, second = _range(tie.subject), _range(tie.object)
    return (overlaps(subject, one) and overlaps(second, other)) or (
        overlaps(subject, other) and overlaps(second, one)
    )


def score_re3d(path: Path = RE3D, limit: int | None = None) -> Row:
    """Score pairs of actors; see the module."""
    gold = met = 0
    made: list[tuple[bool, bool, bool]] = []  # right, between annotated actors, re3d relates them somehow
    for record in _lines(path, limit):
        pairs = re3d_pairs(record)
        classed = [tie for tie in ties(parsed(record["text"])) if tie.plover]
        actors = [(one["begin"], one["end"]) for one in record["entities"] if one["type"] in ACTORS]
        related = [_ends(one) for one in record["relations"]]
        gold += len(pairs)
        met += sum(any(meets(tie, pair) for tie in classed) for pair in pairs)
        for tie in classed:
            right = any(meets(tie, pair) for pair in pairs)
            made.append((right, _is_between(tie, actors), any(meets(tie, ends) for ends in related)))
    between = [right for right, among, _ in made if among]
    near = [right for right, _, relation in made if relation]
    return {
        "gold": gold,
        "found": len(made),
        "precision": _share(sum(between), len(between)),
        "recall": _share(met, gold),
        "precision of all": _share(sum(right for right, _, _ in made), len(made)),
        "precision of related": _share(sum(near), len(near)),
    }


def _ends(relation: dict[str, Any]) -> tuple[Range, Range]:
    source = relation["sourceBegin"], relation["sourceEnd"]
    return source, (relation["targetBegin"], relation["targetEnd"])


def _is_between(tie: Tie, actors: Sequence[Range]) -> bool:
    ends = (tie.subject, tie.object)
    return all(
        end.kind is not ActorKind.PLACE and any(overlaps(_range(end), one) for one in actors) for end in ends
    )


def _named(actors: Any) -> list[str]:
    return [one["actorText"] for one in actors or () if isinstance(one, dict)]


def _places(text: str, names: Sequence[str]) -> list[Range]:
    places = []
    for name in names:
        at = text.find(name)
        if at >= 0:
            places.append((at, at + len(name)))
    return places


def score_plover(path: Path = GSR, limit: int | None = None) -> Row:
    """Score class and actors on PLOVER's records."""
    records = answered = found = actors = 0
    for record in _lines(path, limit):
        if not record.get("text"):
            continue
        records += 1
        wanted = NOWADAYS.get(record["event"], record["event"])
        made = ties(parsed(record["text"]))
        answered += bool(made)
        right = [tie for tie in made if tie.plover == wanted]
        found += bool(right)
        sources = _places(record["text"], _named(record.get("source")))
        targets = _places(record["text"], _named(record.get("target"))) or sources[1:]
        actors += any(_has(tie, sources) and (not targets or _has(tie, targets)) for tie in right)
    return {
        "records": records,
        "any tie": _share(answered, records),
        "class found": _share(found, records),
        "class and actors": _share(actors, records),
    }


def _has(tie: Tie, places: Iterable[Range]) -> bool:
    return any(overlaps(_range(end), place) for end in (tie.subject, tie.object) for place in places)


def read_own(path: Path) -> Iterator[tuple[str, tuple[Expected, ...]]]:
    """Yield text and ties of our own passages. Raises ValueError where words are not in their text."""
    for passage in yaml.safe_load(path.read_text(encoding="utf-8")):
        text = passage["text"]
        yield text, tuple(_expected(text, line) for line in passage["ties"])


def _expected(text: str, line: str) -> Expected:
    subject, relation, plover, other = (part.strip() for part in line.split("|"))
    plover = plover.strip('"')
    return Expected(
        _everywhere(text, subject),
        None if plover == "-" else plover,
        _everywhere(text, other),
        relation.startswith("not "),
    )


def _everywhere(text: str, words: str) -> tuple[Range, ...]:
    """Return all places of the words; what a text says of someone twice may be tied at either place."""
    found = tuple(one.span() for one in re.finditer(rf"\b{re.escape(words)}", text))
    if not found:
        raise ValueError(f"{words!r} is not in {text[:60]!r}")
    return found


def is_expected(tie: Tie, wanted: Expected) -> bool:
    """Return whether the actors of a tie are those wanted, in order, or in any where both do the same."""
    if _is_at(tie.subject, wanted.subject) and _is_at(tie.object, wanted.object):
        return True
    either = wanted.plover in EITHER_WAY
    return either and _is_at(tie.subject, wanted.object) and _is_at(tie.object, wanted.subject)


def _is_at(actor: Actor, places: Iterable[Range]) -> bool:
    return any(overlaps(_range(actor), place) for place in places)


def score_own(path: Path) -> Row:
    """Score our own passages: ties, their class, and their negation."""
    gold = found = right = met = classed = negated = 0
    for text, wanted in read_own(path):
        made = ties(parsed(text))
        gold, found = gold + len(wanted), found + len(made)
        right += sum(any(is_expected(tie, one) for one in wanted) for tie in made)
        for one in wanted:
            matches = [tie for tie in made if is_expected(tie, one)]
            met += bool(matches)
            classed += any(tie.plover == one.plover for tie in matches)
            negated += any(tie.negated == one.negated for tie in matches)
    return {
        "gold": gold,
        "found": found,
        "precision": _share(right, found),
        "recall": _share(met, gold),
        "class": _share(classed, met),
        "negation": _share(negated, met),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def figures(limit: int | None = None) -> dict[str, Row]:
    """Return all figures, those on ../shared where it is; ``limit``: documents taken of each corpus."""
    tree = {f"own {path.stem}": score_own(path) for path in sorted(OWN.glob("*.yaml"))}
    if RE3D.exists():
        tree["re3d train"] = score_re3d(limit=limit)
        tree["plover gsr"] = score_plover(limit=limit)
    return tree


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 if one lies below its floor."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.ties", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--limit", type=int, help="score only the first documents of re3d and of PLOVER")
    parser.add_argument("--floors", type=Path, help="fail if a figure lies below the floor in this file")
    given = parser.parse_args(arguments)
    tree = figures(given.limit)
    for part, row in tree.items():
        print(f"{part:18}" + "  ".join(f"{name} {value}" for name, value in row.items()))
    low = below_floor(tree, given.floors) if given.floors else []
    for line in low:
        print(line, file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
