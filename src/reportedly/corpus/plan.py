"""DRIVER 2: what all stories of a case say together. Read `find` as a table of contents.

Everything is worked out anew from all rows each time, so a case that grew story by story holds what one whole
run would have made of it.
"""

from __future__ import annotations

import gc
import json
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import __version__
from reportedly.corpus import derivations, naming, origins
from reportedly.corpus.actors import resolve
from reportedly.corpus.disputes import disputes
from reportedly.corpus.grouping import group
from reportedly.corpus.matching import match
from reportedly.corpus.reuse import find_reuse
from reportedly.corpus.tables import Gathered, read_corpus, signature
from reportedly.corpus.writing import Found, rows
from reportedly.store import Case
from reportedly.store.rows import Value, packed
from reportedly.types import Kind, Span, content_id
from reportedly.types.claims import Actors, Claim, Corpus, Pair, Relation, StatementRow, StoryRow

if TYPE_CHECKING:
    from reportedly.settings import Settings

_log = logging.getLogger(__name__)

Tell = Callable[[str], None]
"""Told the name of each step as it begins."""

AGAINST = frozenset({Relation.DENIAL, Relation.CONTRADICTION, Relation.CORRECTION, Relation.RETRACTION})
CHANGED = frozenset({Relation.RETRACTION, Relation.CORRECTION, Relation.DISTORTION})
MOST_ACTORS = 12
"""Most actors named of one claim."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of half two did. seconds: by step; empty where nothing had changed since the last run."""

    stories: int
    statements: int
    claims: int
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def fresh(self) -> bool:
        """Whether anything was worked out."""
        return bool(self.seconds)


def is_current(case: Case) -> bool:
    """Whether the derived tables are what this version makes of the pages that the case holds now.

    Raises:
        CaseError: the case cannot be read.
    """
    found = next(case.select("SELECT inputs, version FROM runs"), None)
    return found is not None and tuple(found) == (signature(case), __version__)


def run(path: Path, settings: Settings, tell: Tell = lambda _: None, again: bool = False) -> Run:
    """Bring the derived tables of a case up to date: all in one transaction, or not at all.

    Others may read and add while it works; what they add asks for another run. ``again``: even if nothing
    changed since the last one.

    Raises:
        CaseError: the case cannot be read or written; it is as it was.
    """
    with Case.create_or_open(path, settings.store.busy_seconds) as case:
        if is_current(case) and not again:
            return Run(*_known(case))
        with _uncollected():
            return _worked_out(case, _Clock(tell))


def _worked_out(case: Case, clock: _Clock) -> Run:
    clock.begin("reading")
    with case.snapshot():
        inputs, engines = signature(case), _engines(case)
        gathered = read_corpus(case)
    found = find(gathered.corpus, clock.begin)
    clock.begin("writing")
    tables = dict(rows(gathered.corpus, found))
    tables["runs"] = iter([_manifest(inputs, engines, gathered, found)])
    case.rewrite(tables)
    clock.end()
    corpus = gathered.corpus
    return Run(len(corpus.stories), len(corpus.statements), len(found.claims), clock.seconds)


def find(corpus: Corpus, tell: Tell = lambda _: None) -> Found:
    """Return who is who, which stories share text, and the claims with what they rest on."""
    tell("actors")
    actors = resolve(corpus)
    tell("reuse")
    reuse = find_reuse(corpus.stories, _quoted(corpus))
    tell("matching")
    pairs = match(corpus, actors, reuse)
    tell("disputes")
    pairs = (*pairs, *disputes(corpus, actors, pairs))
    tell("grouping")
    groups = group(corpus, pairs)
    tell("origins")
    derive = derivations.prepare(corpus, actors, reuse)
    count = origins.prepare(corpus, actors)
    name = naming.prepare(corpus)
    tied = _Tied(groups, pairs)
    order = _Order(corpus)
    claims = []
    for members in groups:
        support = order.sorted(members)
        made = derive(support)
        counted, loops = count(support, made, tied.changes(support))
        claims.append(
            Claim(
                id=content_id("claim", support[0]),
                text=name(support, counted.grounds),
                actors=order.actors(support, actors),
                support=support,
                against=order.sorted(tied.against(support)),
                derivations=tuple(made),
                origins=counted,
                loops=loops,
                distortions=tied.of(support, frozenset({Relation.DISTORTION})),
                hedged=order.sorted(tied.hedged(support)),
                first_seen=order.first_seen(support),
                disputes=tied.of(support, AGAINST),
            )
        )
    return Found(actors, reuse, pairs, claims)


class _Order:
    """The corpus by id: statements in order of time, and what a claim takes from its stories."""

    def __init__(self, corpus: Corpus) -> None:
        self._place = {one.id: place for place, one in enumerate(corpus.statements)}
        self._statements = corpus.statements
        self._stories: Mapping[str, StoryRow] = {one.id: one for one in corpus.stories}

    def sorted(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return ids of statements in order of time, story and place, each once."""
        return tuple(sorted(set(ids), key=self._place.__getitem__))

    def rows(self, ids: Iterable[str]) -> Iterator[StatementRow]:
        """Yield the statements of ids."""
        return (self._statements[self._place[one]] for one in ids)

    def first_seen(self, ids: Iterable[str]) -> str | None:
        """Return the earliest date of the stories of statements, None where none is dated."""
        dates = (self._stories[one.story_id].published for one in self.rows(ids))
        return min((date for date in dates if date), default=None)

    def actors(self, ids: Iterable[str], actors: Actors) -> tuple[str, ...]:
        """Return the names of whom statements are about, most named first."""
        tally: Counter[str] = Counter()
        for one in self.rows(ids):
            for name in dict.fromkeys(name for name, label in one.names if label != "NUM"):
                known = actors.mentions.get((one.story_id, name))
                tally[actors.entries[known].name if known else name] += 1
        return tuple(name for name, _ in sorted(tally.items(), key=_commonest)[:MOST_ACTORS])


def _commonest(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


class _Tied:
    """The pairs by their ends."""

    def __init__(self, groups: Sequence[Sequence[str]], pairs: Iterable[Pair]) -> None:
        self._group = {one: number for number, members in enumerate(groups) for one in members}
        self._from: defaultdict[str, list[Pair]] = defaultdict(list)
        self._to: defaultdict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            if pair.relation is not Relation.SAME:
                self._from[pair.a].append(pair)
                self._to[pair.b].append(pair)

    def of(self, ids: Sequence[str], relations: frozenset[Relation]) -> tuple[Pair, ...]:
        """Return the pairs whose second end is in ``ids``, symmetric ones whose first is too."""
        found = [pair for one in ids for pair in self._to.get(one, ()) if pair.relation in relations]
        both = relations & {Relation.CONTRADICTION, Relation.DISTORTION}
        found += [pair for one in ids for pair in self._from.get(one, ()) if pair.relation in both]
        return tuple(dict.fromkeys(found))

    def changes(self, ids: Sequence[str]) -> tuple[Pair, ...]:
        """Return the retractions, corrections and distortions of statements, and what those distort."""
        return self.of(ids, CHANGED)

    def against(self, ids: Sequence[str]) -> set[str]:
        """Return the statements that deny, contradict, correct or retract one of ``ids``."""
        own = set(ids)
        pairs = self.of(ids, AGAINST)
        return {pair.a if pair.b in own else pair.b for pair in pairs} - own

    def hedged(self, ids: Sequence[str]) -> set[str]:
        """Return the statements that say no more than "may" of what ``ids`` say flatly."""
        return {pair.a for pair in self.of(ids, frozenset({Relation.HEDGED}))} - set(ids)


class _Clock:
    """Times the steps, and tells of each as it begins."""

    def __init__(self, tell: Tell) -> None:
        self.seconds: dict[str, float] = {}
        self._tell = tell
        self._step = ""
        self._since = 0.0

    def begin(self, step: str) -> None:
        """End the step before, if any, and begin another."""
        self.end()
        self._tell(step)
        self._step, self._since = step, time.perf_counter()

    def end(self) -> None:
        """Note how long the step took."""
        if self._step:
            self.seconds[self._step] = time.perf_counter() - self._since
            _log.info("%s: %.1f s", self._step, self.seconds[self._step])
            self._step = ""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold off the collector of cycles: a tenth of the time, for 317 objects among 8,000 statements."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _quoted(corpus: Corpus) -> Mapping[str, Sequence[Span]]:
    """Return the stretches of each story that a statement has as direct quotation."""
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for one in corpus.statements:
        if one.kind is Kind.DIRECT:
            found[one.story_id].extend(one.spans)
    return found


def _known(case: Case) -> tuple[int, int, int]:
    stories, statements, claims = next(case.select("SELECT stories, statements, claims FROM runs"))
    return stories, statements, claims


def _engines(case: Case) -> list[tuple[str, str, str]]:
    """Return id, model and settings of the engines that made the pages of a case."""
    sql = "SELECT id, model, settings FROM engines WHERE id IN (SELECT engine FROM pages) ORDER BY id"
    return [(row[0], row[1], row[2]) for row in case.select(sql)]


def _manifest(
    inputs: str, engines: Sequence[tuple[str, str, str]], gathered: Gathered, found: Found
) -> tuple[Value, ...]:
    ids, models, settings = ([one[part] for one in engines] for part in range(3))
    read = packed([json.loads(one) for one in settings])
    made_by = (inputs, __version__, packed(ids), packed(models), read)
    corpus = gathered.corpus
    counts = (len(corpus.stories), len(corpus.statements), packed(dict(gathered.left_out)), len(found.claims))
    return content_id(*made_by), *made_by, *counts
