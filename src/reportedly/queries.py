"""The named read-only questions about a case. Each yields typed rows one by one, in a stable order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportedly.errors import ConfigurationError
from reportedly.store import Case, calendar_range
from reportedly.store.rows import reject_of, statement_of, story_of
from reportedly.types import Commitment, Kind, Reject, Statement, Story, VoiceKind

KINDS = tuple(dict.fromkeys([*(kind.value for kind in Kind), *(kind.value for kind in VoiceKind)]))
"""What `Filters.kind` can be: how a statement stands in its story, or what its voice is."""

_PRONOUNS = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "some",
        "others",
        "many",
        "both",
        "him",
        "her",
        "them",
    }
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)")
_PASSES = """
    (:source IS NULL OR instr(folded(s.source), :source) OR instr(folded(s.voice_name), :source))
    AND (:kind IS NULL OR s.kind = :kind OR s.voice_kind = :kind)
    AND (:commitment IS NULL OR s.commitment = :commitment)
    AND (:about IS NULL
         OR s.row IN (SELECT rowid FROM statements_search WHERE statements_search MATCH :about))
"""
_STORY_PASSES = """
    (:outlet IS NULL OR instr(folded(t.outlet), :outlet))
    AND (:first IS NULL OR t.published_last >= :first)
    AND (:last IS NULL OR t.published_first <= :last)
    AND (:text IS NULL OR t.row IN (SELECT rowid FROM stories_search WHERE stories_search MATCH :text))
"""
_STORY_ORDER = "t.published IS NULL, t.published, p.name, t.position, t.id"
_JOINED = """
    FROM statements s JOIN stories t ON t.id = s.story_id JOIN pages p ON p.id = s.page_id WHERE
"""

_STATEMENTS = " ".join(
    (
        "SELECT s.*, p.name AS page_name",
        _JOINED,
        _PASSES,
        "AND",
        _STORY_PASSES,
        "ORDER BY",
        _STORY_ORDER,
        ", s.start_char, s.id",
    )
)
_STORIES = " ".join(
    (
        """
    SELECT t.id, t.pipeline, p.name AS page_name,
           (SELECT count(*) FROM statements c WHERE c.story_id = t.id) AS amount
    FROM stories t JOIN pages p ON p.id = t.page_id
    WHERE (NOT :by_statement OR EXISTS (SELECT 1 FROM statements s WHERE s.story_id = t.id AND
    """,
        _PASSES,
        ")) AND",
        _STORY_PASSES,
        "ORDER BY",
        _STORY_ORDER,
    )
)
_SOURCES = " ".join(
    (
        "SELECT s.kind, coalesce(s.voice_name, s.source), s.voice_kind, s.story_id, t.outlet",
        _JOINED,
        _PASSES,
        "AND",
        _STORY_PASSES,
    )
)
_NUMBERS = """
    SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM sightings), count(*),
           coalesce(sum(partial), 0), (SELECT count(*) FROM statements), (SELECT count(*) FROM rejects),
           count(DISTINCT outlet), min(published_first), max(published_last)
    FROM stories
"""
_TALLIES = (
    "SELECT kind, count(*) FROM statements GROUP BY 1",
    "SELECT language, count(*) FROM stories GROUP BY 1",
    "SELECT language, count(*) FROM stories WHERE NOT pipeline GROUP BY 1",
    "SELECT reason, count(*) FROM rejects GROUP BY 1",
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are wanted; what is None lets everything pass, and all that is set must hold.

    source: part of the source's words or of the resolved name, in any case.
    about: words of the content, all of them, in any order. text: the same for the story's title and text.
    outlet: part of the outlet's name, in any case.
    kind: one of `KINDS`. commitment: one of FactBank's values, "PS+".
    date_from, date_to: ISO dates of any precision, inclusive; a story passes if any day that its own date can
    mean lies between them, and an undated story does not.
    """

    source: str | None = None
    about: str | None = None
    outlet: str | None = None
    kind: str | None = None
    commitment: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    text: str | None = None

    def check(self) -> None:
        """Check the values.

        Raises:
            ConfigurationError: with every problem found.
        """
        problems = [
            f"{value!r} is no {name}; one of: {', '.join(allowed)}"
            for name, value, allowed in (
                ("kind", self.kind, KINDS),
                ("commitment", self.commitment, tuple(one.value for one in Commitment)),
            )
            if value is not None and value not in allowed
        ]
        problems += [
            f"{date!r} is no date; write 2018, 2018-03 or 2018-03-14"
            for date in (self.date_from, self.date_to)
            if date is not None and calendar_range(date) is None
        ]
        first, last = _day(self.date_from, 0), _day(self.date_to, 1)
        if first and last and first > last:
            problems.append(
                f"from {self.date_from} to {self.date_to}: nothing lies between, from is the later"
            )
        if problems:
            raise ConfigurationError(problems)


class StatementRow(NamedTuple):
    """One statement and where it stands. page_name: the smallest name of its page."""

    page_name: str
    story: Story
    statement: Statement


class StoryRow(NamedTuple):
    """One story. statements: how many it has; has_pipeline: whether there is one for its language."""

    page_name: str
    story: Story
    statements: int
    has_pipeline: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source that the case relies on, by its own words until voices are resolved.

    words: its most frequent wording; None for statements whose source is not named.
    kind: what it is, None while unresolved; `author` for what an outlet says in its own voice.
    pronoun: the words are a pronoun, which stands for somebody who is named elsewhere.
    stories, outlets: in how many it speaks. direct, indirect, mixed: of its statements.
    """

    words: str | None
    kind: VoiceKind | None
    pronoun: bool
    statements: int
    stories: int
    outlets: int
    direct: int
    indirect: int
    mixed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What a case holds, in numbers. first, last: the days between which its dated stories lie."""

    pages: int
    sightings: int
    stories: int
    partial: int
    statements: int
    rejects: int
    outlets: int
    first: str | None
    last: str | None
    kinds: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    no_pipeline: Mapping[str, int] = field(default_factory=dict)
    reject_reasons: Mapping[str, int] = field(default_factory=dict)


def statements(case: Case, filters: Filters = Filters()) -> Iterator[StatementRow]:
    """Yield the statements that pass, by date, page, story and place; undated stories last.

    Raises:
        ConfigurationError: a filter has an impossible value.
        CaseError: the case cannot be read.
    """
    story: Story | None = None
    for row in case.select(_STATEMENTS, _values(case, filters)):
        if story is None or story.id != row["story_id"]:
            story = _story(case, row["story_id"])
        pieces = case.select(
            "SELECT * FROM excerpts WHERE statement_id = ? ORDER BY role, position", (row["id"],)
        )
        with case.intact():
            statement = statement_of(_mapping(row), [_mapping(piece) for piece in pieces])
        yield StatementRow(row["page_name"], story, statement)


def stories(case: Case, filters: Filters = Filters()) -> Iterator[StoryRow]:
    """Yield the stories that pass, by date, page and place; undated ones last.

    A filter on statements lets a story pass that has at least one such statement.

    Raises:
        ConfigurationError: a filter has an impossible value.
        CaseError: the case cannot be read.
    """
    for row in case.select(_STORIES, _values(case, filters)):
        yield StoryRow(row["page_name"], _story(case, row["id"]), row["amount"], bool(row["pipeline"]))


def sources(case: Case, filters: Filters = Filters()) -> Iterator[SourceRow]:
    """Yield whom the statements that pass rest on: named sources, pronouns and unnamed ones, then outlets.

    Sources are one if their words are, apart from case, blanks and a leading article. What stories say in
    their own voice is one row an outlet. Within each part, most statements come first.

    Raises:
        ConfigurationError: a filter has an impossible value.
        CaseError: the case cannot be read.
    """
    groups: defaultdict[tuple[bool, str | None], _Source] = defaultdict(_Source)
    for kind, words, voice_kind, story_id, outlet in case.select(_SOURCES, _values(case, filters)):
        author = kind == Kind.AUTHOR
        said = outlet if author else words
        groups[author, said and normalised(said)].add(kind, said, voice_kind, story_id, outlet)
    found = [group.row(author, key) for (author, key), group in groups.items()]
    yield from sorted(found, key=lambda row: (_part(row), -row.statements, row.words or "", row.kind or ""))


def rejects(case: Case) -> Iterator[Reject]:
    """Yield what was refused, by place.

    Raises:
        CaseError: the case cannot be read.
    """
    sql = "SELECT stage, reason, place, detail FROM rejects ORDER BY place, stage, reason"
    for row in case.select(sql):
        with case.intact():
            reject = reject_of(_mapping(row))
        yield reject


def outlets(case: Case) -> Iterator[tuple[str | None, int]]:
    """Yield each outlet with its number of stories, most first; None counts the stories that name none.

    Raises:
        CaseError: the case cannot be read.
    """
    sql = "SELECT outlet, count(*) FROM stories GROUP BY 1 ORDER BY 2 DESC, 1"
    yield from ((row[0], row[1]) for row in case.select(sql))


def overview(case: Case) -> Overview:
    """Return what the case holds, in numbers.

    Raises:
        CaseError: the case cannot be read.
    """
    numbers = tuple(next(case.select(_NUMBERS)))
    return Overview(*numbers, *({row[0]: row[1] for row in case.select(tally)} for tally in _TALLIES))


def normalised(words: str) -> str:
    """Return the words of a source as they are compared: folded case and blanks, no leading article."""
    return _ARTICLE.sub("", " ".join(words.casefold().split()))


class _Source:
    """Gathers the statements of one source."""

    def __init__(self) -> None:
        self.wordings: Counter[str] = Counter()
        self.voices: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.stories: set[str] = set()
        self.outlets: set[str] = set()

    def add(self, kind: str, words: str | None, voice: str | None, story_id: str, outlet: str | None) -> None:
        self.kinds[kind] += 1
        self.stories.add(story_id)
        self.wordings.update([words] if words else [])
        self.voices.update([voice] if voice else [])
        self.outlets.update([outlet] if outlet else [])

    def row(self, author: bool, key: str | None) -> SourceRow:
        voice = _most_frequent(self.voices)
        kind = VoiceKind.AUTHOR if author else VoiceKind(voice) if voice else None
        return SourceRow(
            words=_most_frequent(self.wordings),
            kind=kind,
            pronoun=not author and key in _PRONOUNS,
            statements=self.kinds.total(),
            stories=len(self.stories),
            outlets=len(self.outlets),
            direct=self.kinds[Kind.DIRECT],
            indirect=self.kinds[Kind.INDIRECT],
            mixed=self.kinds[Kind.MIXED],
        )


def _part(row: SourceRow) -> int:
    """Number of the part of the list that a source stands in: `sources` says which."""
    if row.kind is VoiceKind.AUTHOR:
        return 2
    return 1 if row.pronoun or row.words is None else 0


def _most_frequent(counter: Counter[str]) -> str | None:
    """Return the most frequent one, the smallest of several, None of none."""
    return min(counter, key=lambda one: (-counter[one], one), default=None)


def _values(case: Case, filters: Filters) -> dict[str, str | bool | None]:
    """Return the parameters that the queries share; None lets everything pass."""
    filters.check()
    case.function("folded", _folded)
    return {
        "source": _folded(filters.source),
        "kind": filters.kind,
        "commitment": filters.commitment,
        "about": _match(filters.about, "content"),
        "outlet": _folded(filters.outlet),
        "first": _day(filters.date_from, 0),
        "last": _day(filters.date_to, 1),
        "text": _match(filters.text, "{title text}"),
        "by_statement": any((filters.source, filters.about, filters.kind, filters.commitment)),
    }


def _match(words: str | None, columns: str) -> str | None:
    """Return the FTS5 query for all of the words, each taken literally."""
    if words is None:
        return None
    quoted = " AND ".join('"' + word.replace('"', '""') + '"' for word in words.split())
    return f"{columns} : ({quoted})" if quoted else None


def _folded(text: str | None) -> str | None:
    return None if text is None else " ".join(text.casefold().split())


def _day(date: str | None, which: int) -> str | None:
    days = calendar_range(date)
    return days[which] if days else None


def _story(case: Case, story_id: str) -> Story:
    with case.intact():
        row = next(case.select("SELECT * FROM stories WHERE id = ?", (story_id,)))
        blocks = case.select("SELECT * FROM set_aside WHERE story_id = ? ORDER BY position", (story_id,))
        return story_of(_mapping(row), [_mapping(block) for block in blocks])


def _mapping(row: Any) -> dict[str, Any]:
    return dict(row)
