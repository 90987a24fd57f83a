"""On whose word one statement stands, in a form that can be compared across stories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from reportedly.corpus.derivations.lexicon import lexicon, plain_words, words
from reportedly.corpus.derivations.sentences import PRONOUNS, apposed, given_source, occasion, sentence
from reportedly.types.claims import Actors, Corpus, StatementRow, StoryRow
from reportedly.types.speech import Kind, Number, Voice, VoiceKind

_CAPITALS = re.compile(
    r"[A-Z][\w.'’-]*(?:\s+(?:(?:de|van|von|der|den|la|el|al|bin|di|da)\s+)*[A-Z][\w.'’-]*)*"
)
_OWNED = re.compile(r"\w['’]s?\s")
_INDEFINITE = frozenset(
    {"a", "an", "one", "some", "several", "many", "two", "three", "another", "other", "any"}
)


class Sort(StrEnum):
    """What stands behind a statement, as far as counting goes."""

    OWN = "own"  # the story says it itself
    UNKNOWN = "unknown"  # somebody, but the story does not say who
    OUTLET = "outlet"  # another outlet, and nobody behind it
    UNNAMED = "unnamed"  # an official, a tenant
    HOLDER = "holder"  # the one who has an office: "the minister of defence"
    PERSON = "person"
    BODY = "body"  # an organisation, or who speaks for it without a name
    PAPER = "paper"  # a document


_SORTS = {"outlet": Sort.OUTLET, "document": Sort.PAPER, "person": Sort.PERSON, "office": Sort.HOLDER}


@dataclass(frozen=True, slots=True)
class Cited:
    """An outlet or agency on the way. id: of its actor, None where unresolved. tokens: of its name."""

    id: str | None
    name: str
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """On whose word a statement stands.

    actor: its source's id; ground: the same, or the id of the organisation that it speaks for. name: words of
    a personal name, in order. office: plain words for what it is, without empty ones; of a paper: who issued
    it. papers: what kind of paper. bureau: id of the office of somebody unnamed. about: whom the words of a
    body without a name speak of. called: the names of the body that speaks, or is spoken for. author: whether
    the story says that it wrote something. cited: outlets on the way, outermost first. occasion: of the
    telling. evidence: the words that name the source.
    """

    statement: StatementRow
    story: StoryRow
    sort: Sort
    actor: str | None = None
    ground: str | None = None
    name: tuple[str, ...] = ()
    office: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    bureau: str | None = None
    about: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    chief: bool = False
    author: bool = False
    cited: tuple[Cited, ...] = ()
    occasion: str | None = None
    evidence: str = ""

    @property
    def voiced(self) -> bool:
        """Whether somebody other than an outlet is given as the source."""
        return self.sort not in (Sort.OWN, Sort.UNKNOWN, Sort.OUTLET)

    @property
    def signature(self) -> tuple[object, ...]:
        """Two standings with one signature compare alike with any third."""
        who = (self.sort, self.actor, self.ground, self.name, self.office)
        what = (self.papers, self.bureau, self.about, self.chief, self.author)
        return (*who, *what, self.occasion, self.story.published if self.occasion else None)


class Reader:
    """Reads the sources of statements, with the corpus and its actors at hand."""

    def __init__(self, corpus: Corpus, actors: Actors) -> None:
        self.stories: Mapping[str, StoryRow] = {story.id: story for story in corpus.stories}
        self.statements: Mapping[str, StatementRow] = {one.id: one for one in corpus.statements}
        self.place = {one.id: at for at, one in enumerate(corpus.statements)}
        self._actors = actors
        self._quoted: dict[str, set[str]] = {}
        self._roles: dict[tuple[str, str], list[str]] = {}
        self._outlets = {
            name_tokens(story.outlet): actors.outlets.get(story.id)
            for story in corpus.stories
            if story.outlet
        }

    def house(self, story_id: str) -> str | None:
        """Return what stands for a story's outlet: the id of its actor, else its name, else None."""
        return self._actors.outlets.get(story_id) or self.stories[story_id].outlet

    def cites(self, statement_id: str) -> bool:
        """Whether a statement may have come by way of another outlet: quick, and a no is sure."""
        row = self.statements[statement_id]
        if self.stories[row.story_id].agency or statement_id in self._actors.cited or row.via:
            return True
        return bool(row.voice.name) and self._is_outlet(row.voice)

    def quoted(self, story_id: str) -> frozenset[str]:
        """Return whom a story quotes on any matter: actors, or the organisations that they speak for."""
        if not self._quoted:
            for one, actor in self._actors.speakers.items():
                if one in self.statements and self.statements[one].kind is not Kind.AUTHOR:
                    self._quoted.setdefault(self.statements[one].story_id, set()).add(
                        self._party(actor) or actor
                    )
        return frozenset(self._quoted.get(story_id, ()))

    def standing(self, statement_id: str) -> Standing:
        """Return on whose word a statement stands."""
        row = self.statements[statement_id]
        story = self.stories[row.story_id]
        voice = speaking(row)
        cited = tuple(self._cited(row, story, voice))
        around = sentence(story.text, row.spans)
        blank = Standing(row, story, Sort.OWN, cited=cited, occasion=occasion(around))
        if self._is_own(row, story, voice):
            return self._read_again(blank, around)
        if self._is_outlet(voice):
            return replace(blank, sort=Sort.OUTLET, evidence=_evidence(row))
        sort = sort_of(voice, row.source)
        named = replace(blank, sort=sort, evidence=_evidence(row))
        if sort is Sort.UNKNOWN:
            return self._read_again(named, around)
        actor = self._actors.speakers.get(row.id) if sort is not Sort.UNNAMED else None
        if sort is Sort.PAPER:
            return self._paper(named, (voice.name, voice.role, voice.affiliation, row.source), actor)
        told = self._told(named, voice, row.source, actor)
        if told.sort is Sort.UNNAMED and not told.office and told.bureau is None:
            nobody = words(row.source)[:1] and words(row.source)[0] in PRONOUNS
            return self._read_again(replace(told, sort=Sort.UNKNOWN) if nobody else told, around)
        return told

    # Outlets

    def _cited(self, row: StatementRow, story: StoryRow, voice: Voice) -> Iterable[Cited]:
        seen: set[frozenset[str]] = set()
        for one in self._on_the_way(row, voice):
            if one.tokens and one.tokens not in seen and not self._is_house(one, story):
                seen.add(one.tokens)
                yield one

    def _on_the_way(self, row: StatementRow, voice: Voice) -> Iterable[Cited]:
        for key in self._actors.cited.get(row.id, ()):
            name = self._actors.entries[key].name
            yield Cited(key, name, name_tokens(name))
        for one in (*row.via, voice):
            if one.name and (one.kind is VoiceKind.OUTLET or self._is_outlet(one)):
                tokens = name_tokens(one.name)
                yield Cited(self._outlets.get(tokens), one.name, tokens)

    def _is_outlet(self, voice: Voice) -> bool:
        return voice.kind is VoiceKind.OUTLET or name_tokens(voice.name or "") in self._outlets

    def _is_house(self, one: Cited, story: StoryRow) -> bool:
        """Whether an outlet is the story's own, under its whole name or a part of it ("the Inquirer")."""
        if one.id is not None and one.id == self._actors.outlets.get(story.id):
            return True
        return any(one.tokens <= name_tokens(own) for own in (story.outlet, story.byline) if own)

    def _is_own(self, row: StatementRow, story: StoryRow, voice: Voice) -> bool:
        if row.kind is Kind.AUTHOR or voice.kind is VoiceKind.AUTHOR:
            return True
        if not voice.name:
            return False
        return self._is_house(Cited(None, voice.name, name_tokens(voice.name)), story)

    # Speakers

    def _told(self, one: Standing, voice: Voice, source: str | None, actor: str | None) -> Standing:
        name = tuple(words(voice.name)) if one.sort is Sort.PERSON else ()
        about = [voice.role, voice.affiliation, source, voice.country if not voice.name else None]
        if one.sort in (Sort.BODY, Sort.HOLDER, Sort.UNNAMED):
            about.append(voice.name)
        if name:
            about += self._apposed(one.story, voice.name or "")
        said = plain_words(about)
        bare = said - plain_words([voice.name]) if name else said
        office = frozenset(bare) - lexicon().anybody
        chief = bool(said & lexicon().speaks_for) and "former" not in said
        if one.sort is Sort.BODY and chief and not voice.name:
            office = frozenset(office - lexicon().speaks_for) or office
        bureau = self._actors.offices.get(one.statement.id) if one.sort is Sort.UNNAMED else None
        ground = self._party(actor)
        wrote = bool(said & lexicon().authors)
        owned = bool(_OWNED.search(source or ""))  # "the builders' union" is not the company they build for
        nameless = one.sort is Sort.BODY and (voice.name or "x")[0].islower() and not owned
        named = frozenset(name.casefold() for name, _ in one.statement.names) if nameless else frozenset()
        known = replace(one, actor=actor, ground=ground, name=name, office=office, bureau=bureau)
        body = ground if one.sort is not Sort.PERSON or ground != actor else None
        called = frozenset(map(str.casefold, self._actors.entries[body].names if body is not None else ()))
        return replace(known, chief=chief, author=wrote, about=named, called=called)

    def _apposed(self, story: StoryRow, name: str) -> list[str]:
        if (story.id, name) not in self._roles:
            self._roles[story.id, name] = apposed(story.text, name)
        return self._roles[story.id, name]

    def _party(self, actor: str | None) -> str | None:
        seen: set[str] = set()
        while actor is not None and actor in self._actors.parties and actor not in seen:
            seen.add(actor)
            actor = self._actors.parties[actor]
        return actor

    def _paper(self, one: Standing, about: Iterable[str | None], actor: str | None) -> Standing:
        told = plain_words(about)
        known = lexicon()
        issuer = told - known.papers - known.paper_fillers - plain_words([one.story.outlet])
        kinds = frozenset(told & known.papers)
        named = frozenset(word for word in issuer if not word.isdigit())
        return replace(one, actor=actor, ground=self._party(actor), office=named, papers=kinds)

    def _known(self, one: Standing, around: str, actor: str) -> Standing:
        """Read a statement for which readers had no source and the corpus has one."""
        entry = self._actors.entries[actor]
        who, evidence = given_source(around) or (None, entry.name)
        if self._is_house(Cited(actor, entry.name, name_tokens(entry.name)), one.story):
            return one
        sort = _SORTS.get(entry.kind, Sort.BODY)
        named = replace(one, sort=sort, evidence=evidence)
        if sort is Sort.OUTLET:
            return named
        if sort is Sort.PAPER:
            return self._paper(named, (entry.name, who), actor)
        kind = VoiceKind.PERSON if sort is Sort.PERSON else None
        return self._told(named, Voice(name=entry.name, kind=kind), who, actor)

    def _read_again(self, one: Standing, around: str) -> Standing:
        """Look for a source of a statement that has none: the corpus may know it, its sentence may tell."""
        actor = self._actors.speakers.get(one.statement.id)
        if actor is not None and actor != self._actors.outlets.get(one.story.id):
            return self._known(one, around, actor)
        found = given_source(around)
        if found is None:
            return one
        who, evidence = found
        cited = Cited(self._outlets.get(name_tokens(who)), who, name_tokens(who))
        if self._is_house(cited, one.story):
            return one
        if any(part in self._outlets for part in (cited.tokens, *map(name_tokens, _CAPITALS.findall(who)))):
            return one
        voice, actor = self._guessed(one, who)
        named = replace(one, sort=sort_of(voice, who), evidence=evidence)
        if named.sort is Sort.PAPER:
            return self._paper(named, (who,), actor)
        return one if named.sort is Sort.UNKNOWN else self._told(named, voice, who, actor)

    def _guessed(self, one: Standing, who: str) -> tuple[Voice, str | None]:
        labels = dict(one.statement.names)
        name = max(
            (name for name in labels if name in who and labels[name] in ("PER", "ORG")), key=len, default=None
        )
        if name is None:
            names = [match for match in _CAPITALS.findall(who) if " " in match]
            name = max(names, key=len, default=None)
        actor = self._actors.mentions.get((one.story.id, name)) if name else None
        told, person = plain_words([who]), labels.get(name or "") == "PER"
        if not person and told & lexicon().papers and not told & lexicon().speaks_for:
            return Voice(kind=VoiceKind.DOCUMENT, role=who), None
        if not person and words(who)[0] in _INDEFINITE:
            return Voice(kind=VoiceKind.OFFICIAL, role=who), None
        if name is None or labels.get(name) == "ORG":
            return Voice(
                name=name, kind=VoiceKind.ORGANISATION if name else VoiceKind.OFFICIAL, role=who
            ), actor
        return Voice(name=name, kind=VoiceKind.PERSON, role=who), actor


def speaking(row: StatementRow) -> Voice:
    """Return the voice that counts: the innermost one, or the one around it where it only does or wants.

    In "Lovia has decided to leave, an official said" it is the official who tells.
    """
    cue = set(words(row.cue))
    known = lexicon()
    if row.parent and row.via and cue & known.deeds and not cue & known.telling:
        return row.via[-1]
    return row.voice


def sort_of(voice: Voice, source: str | None) -> Sort:
    """Return what a voice is, as far as counting goes."""
    told = plain_words((voice.role, voice.affiliation, source, voice.name))
    known = lexicon()
    if voice.kind is VoiceKind.DOCUMENT:
        return Sort.PAPER
    if voice.kind in (VoiceKind.UNSPECIFIED, None) and not voice.name:
        if told & known.papers and not told & known.speaks_for:
            return Sort.PAPER
        return Sort.BODY if told - known.anybody else (Sort.UNNAMED if told else Sort.UNKNOWN)
    if voice.kind is VoiceKind.ORGANISATION:
        return Sort.BODY
    if voice.name:
        return Sort.PERSON
    return _unnamed(voice, source, told)


def _unnamed(voice: Voice, source: str | None, told: frozenset[str]) -> Sort:
    known = lexicon()
    first = next(iter(words(source)), "")
    if voice.anonymous or voice.number is Number.SEVERAL or not told - known.anybody:
        return Sort.UNNAMED
    if any(word.startswith("spokes") for word in told):
        return Sort.BODY
    if first in _INDEFINITE or told & {"official", "source", "aide", "witness", "diplomat", "insider"}:
        return Sort.UNNAMED
    return Sort.UNNAMED if _plural(source) else Sort.HOLDER


def _plural(source: str | None) -> bool:
    """Whether words look like several people: no article, and a last word in -s ("residents")."""
    told = words(source)
    definite = told[:1] and told[0] in {"the", "her", "his", "its", "their"}
    return bool(told) and not definite and told[-1].endswith("s") and not told[-1].endswith("ss")


@lru_cache(maxsize=50_000)
def name_tokens(name: str) -> frozenset[str]:
    """Return the words of an outlet's name that tell it from others ("the portal Caspian Monitor")."""
    told = frozenset(words(name))
    return told - lexicon().outlet_heads or told


def _evidence(row: StatementRow) -> str:
    cue, source = row.cue or "", row.source or row.voice.name or ""
    parts = (cue, source) if cue.casefold().startswith("according") else (source, cue)
    return " ".join(part for part in parts if part)
