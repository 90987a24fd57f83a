"""Whom a case relies on: statements gathered by the voice that speaks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reportedly.queries.filters import folded
from reportedly.types import Kind, VoiceKind

PRONOUNS = frozenset(
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


class Said(NamedTuple):
    """What one statement says of its source; the columns that `sources` gathers."""

    kind: str
    words: str | None
    name: str | None
    voice_kind: str | None
    role: str | None
    affiliation: str | None
    story_id: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source that the case relies on.

    name, kind, role, affiliation: as resolved, the most frequent of each; None where nothing was.
    words: the most frequent wording of the stories; None for statements whose source is not named.
    wordings: how often each wording occurs, most frequent first.
    pronoun: it has no name and its words are a pronoun, which stands for somebody who could not be told.
    kind is `author` for what an outlet says in its own voice: `name` and `words` are the outlet's then.
    stories, outlets: in how many it speaks. direct, indirect, mixed: of its statements.
    """

    name: str | None
    kind: VoiceKind | None
    role: str | None
    affiliation: str | None
    words: str | None
    pronoun: bool
    statements: int
    stories: int
    outlets: int
    direct: int
    indirect: int
    mixed: int
    wordings: Mapping[str, int] = field(default_factory=dict)

    @property
    def label(self) -> str | None:
        """What it is called: its name, else its role and whom it speaks for, else the stories' words."""
        described = ", ".join(part for part in (self.role, self.affiliation) if part)
        return self.name or described or self.words

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Where it stands in a list: `gathered` says by what."""
        return _part(self), -self.statements, self.label or "", self.kind or ""


def gathered(found: Iterable[Said]) -> Iterator[SourceRow]:
    """Yield the sources: named ones, pronouns and unnamed ones, then outlets; most statements first in each.

    Sources are one if their names are; without a name, if role, affiliation and kind are; without those, if
    their words are, apart from case, blanks and a leading article. What stories say in their own voice is one
    row an outlet.
    """
    groups: defaultdict[tuple[str | None, ...], _Source] = defaultdict(_Source)
    for one in found:
        groups[key_of(one)].add(one)
    rows = [group.row() for group in groups.values()]
    yield from sorted(rows, key=lambda row: row.order)


def normalised(words: str) -> str:
    """Return the words of a source as they are compared: folded case and blanks, no leading article."""
    return _ARTICLE.sub("", " ".join(words.casefold().split()))


def key_of(one: Said) -> tuple[str | None, ...]:
    """Return what the source of a statement is known by: statements with the same are of one source."""
    if one.kind == Kind.AUTHOR:
        return ("outlet", one.outlet and normalised(one.outlet))
    if one.name:
        return ("name", normalised(one.name))
    if one.role or one.affiliation:
        return ("described", folded(one.role), folded(one.affiliation), one.voice_kind)
    return ("words", one.words and normalised(one.words))


class _Source:
    """Gathers the statements of one source."""

    def __init__(self) -> None:
        self._said: list[Said] = []

    def add(self, one: Said) -> None:
        self._said.append(one)

    def row(self) -> SourceRow:
        author = self._said[0].kind == Kind.AUTHOR
        words = Counter(said for one in self._said if (said := one.outlet if author else one.words))
        kinds = Counter(one.kind for one in self._said)
        kind = _most_frequent(one.voice_kind for one in self._said)
        name = _most_frequent(one.outlet if author else one.name for one in self._said)
        wording = _most_frequent(words.elements())
        return SourceRow(
            name=name,
            kind=VoiceKind.AUTHOR if author else VoiceKind(kind) if kind else None,
            role=None if author else _most_frequent(one.role for one in self._said),
            affiliation=None if author else _most_frequent(one.affiliation for one in self._said),
            words=wording,
            pronoun=name is None and normalised(wording or "") in PRONOUNS,
            statements=len(self._said),
            stories=len({one.story_id for one in self._said}),
            outlets=len({one.outlet for one in self._said if one.outlet}),
            direct=kinds[Kind.DIRECT],
            indirect=kinds[Kind.INDIRECT],
            mixed=kinds[Kind.MIXED],
            wordings=dict(sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))),
        )


def _part(row: SourceRow) -> int:
    """Number of the part of the list that a source stands in: `gathered` says which."""
    if row.kind is VoiceKind.AUTHOR:
        return 2
    return 1 if row.pronoun or row.label is None else 0


def _most_frequent(found: Iterable[str | None]) -> str | None:
    """Return the most frequent one, the smallest of several, None of none."""
    counter = Counter(one for one in found if one)
    return min(counter, key=lambda one: (-counter[one], one), default=None)
