"""`python -m bench.actors`: score `reportedly.corpus.actors` on small invented corpora, read by half one.

bench/actors/README.md says what is judged. Parts: dev (tuned on), fresh and second (written afterwards).
Figures are percentages of the questions of each kind that were answered right.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from reportedly.cli import app
from reportedly.corpus.actors import resolve
from reportedly.corpus.tables import read_corpus
from reportedly.store import Case
from reportedly.types.claims import Actors, Corpus, StatementRow

HERE = Path(__file__).parent / "actors"
FLOORS = Path(__file__).parent / "floors-actors.toml"
PARTS = ("dev", "fresh", "second")
KINDS = ("same", "apart", "office_same", "office_apart", "cited", "self")


def read_cases(part: str) -> list[dict[str, Any]]:
    """Return the cases of a part."""
    cases: list[dict[str, Any]] = yaml.safe_load((HERE / f"{part}.yaml").read_text(encoding="utf-8"))
    return cases


def read_corpora(cases: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Corpus]]:
    """Yield each case with the corpus that half one makes of its stories: all are read in one go."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rows = folder / "rows.jsonl"
        lines = (
            {"id": f"{number}.{name}", "title": f"Story {name}", **story}
            for number, case in enumerate(cases)
            for name, story in case["stories"].items()
        )
        rows.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        whole = _add(rows, folder / "actors.db")
        for number, case in enumerate(cases):
            yield case, _part(whole, f"{number}.")


def _add(rows: Path, case: Path) -> Corpus:
    try:
        app(["add", str(rows), "--case", str(case), "--jobs", "1", "--no-claims"])
    except SystemExit as leaving:
        if leaving.code:
            raise
    with Case.open_readonly(case) as opened:
        return read_corpus(opened).corpus


def _part(whole: Corpus, prefix: str) -> Corpus:
    stories = tuple(story for story in whole.stories if story.page.rpartition("#")[2].startswith(prefix))
    ids = {story.id for story in stories}
    return Corpus(stories, tuple(one for one in whole.statements if one.story_id in ids), whole.vectors)


def judge(case: Mapping[str, Any], corpus: Corpus) -> Iterator[tuple[str, bool, str]]:
    """Yield the kind of each question of a case, whether it was answered right, and the question."""
    actors = resolve(corpus)
    ids = {story.page.rpartition(".")[2]: story.id for story in corpus.stories}
    for kind in KINDS:
        for asked in case.get(kind, ()):
            found = [
                (name, _statement(corpus, ids[name], words)) for name, words in asked.items() if name != "of"
            ]
            right = _ANSWERS[kind](actors, [one for _, one in found], ids, asked)
            yield kind, right, f"{case['id']} {asked}"


def _statement(corpus: Corpus, story_id: str, words: str) -> StatementRow | None:
    """Return the statement whose content shares most with the words; of several the innermost."""
    story = next(story for story in corpus.stories if story.id == story_id)
    at = story.text.find(words)
    shared = {
        one.id: sum(max(0, min(span.end, at + len(words)) - max(span.start, at)) for span in one.spans)
        for one in corpus.statements
        if one.story_id == story_id
    }
    best = max(shared.values(), default=0)
    if at < 0 or 2 * best < len(words):
        return None
    fits = [one for one in corpus.statements if shared.get(one.id) == best]
    return min(fits, key=lambda one: (one.parent is None, len(one.content), one.id))


def chain(actors: Actors, statement: StatementRow | None) -> list[str]:
    """Return the speaker of a statement, whom he speaks for, and so on."""
    found: list[str] = []
    who = actors.speakers.get(statement.id) if statement else None
    while who and who not in found:
        found.append(who)
        who = actors.parties.get(who)
    return found


def _same(actors: Actors, found: Sequence[StatementRow | None], *_: Any) -> bool:
    return bool(set(chain(actors, found[0])) & set(chain(actors, found[1])))


def _apart(actors: Actors, found: Sequence[StatementRow | None], *_: Any) -> bool:
    return not _same(actors, found)


def _office(actors: Actors, found: Sequence[StatementRow | None]) -> list[str | None]:
    return [actors.offices.get(one.id) if one else None for one in found]


def _office_same(actors: Actors, found: Sequence[StatementRow | None], *_: Any) -> bool:
    one, other = _office(actors, found)
    return one is not None and one == other


def _office_apart(actors: Actors, found: Sequence[StatementRow | None], *_: Any) -> bool:
    one, other = _office(actors, found)
    return one is not None and other is not None and one != other


def _cited(
    actors: Actors, found: Sequence[StatementRow | None], ids: Mapping[str, str], asked: Mapping[str, str]
) -> bool:
    return found[0] is not None and actors.outlets[ids[asked["of"]]] in actors.cited.get(found[0].id, ())


def _self(actors: Actors, found: Sequence[StatementRow | None], *_: Any) -> bool:
    if found[0] is None:
        return False
    own = actors.outlets[found[0].story_id]
    return not actors.cited.get(found[0].id) and actors.speakers.get(found[0].id, own) == own


_ANSWERS = {
    "same": _same,
    "apart": _apart,
    "office_same": _office_same,
    "office_apart": _office_apart,
    "cited": _cited,
    "self": _self,
}


def score(part: str, wrong: list[str] | None = None) -> dict[str, tuple[int, int]]:
    """Return for each kind how many questions were answered right, and how many there are."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for case, corpus in read_corpora(read_cases(part)):
        for kind, answer, question in judge(case, corpus):
            asked[kind] += 1
            right[kind] += answer
            if not answer and wrong is not None:
                wrong.append(f"{kind}: {question}")
    return {kind: (right[kind], asked[kind]) for kind in KINDS if asked[kind]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 if a floor gave way."""
    parser = argparse.ArgumentParser(prog="python -m bench.actors")
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--wrong", action="store_true", help="list the questions answered wrong")
    parser.add_argument("--floors", type=Path)
    options = parser.parse_args(arguments)
    floors = tomllib.loads(options.floors.read_text(encoding="utf-8")) if options.floors else {}
    failed = False
    for part in options.part or PARTS:
        wrong: list[str] = []
        scores = score(part, wrong)
        whole = (sum(one for one, _ in scores.values()), sum(many for _, many in scores.values()))
        for kind, (one, many) in {**scores, "all": whole}.items():
            print(f"{part:6} {kind:13} {one:3} of {many:3}  {100 * one / many:5.1f} %")
        if options.wrong:
            print("\n".join(wrong))
        failed |= 100 * whole[0] / whole[1] < floors.get(part, {}).get("all", 0.0)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
