"""One story as this step sees it: its text, the people in it, the outlets that it names and where."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from reportedly.corpus.actors import lexicon, names, people
from reportedly.corpus.actors.outlets import Outlets, known_houses, squeezed
from reportedly.corpus.actors.people import Person
from reportedly.corpus.actors.reading import Text, Word, told_by, words_of
from reportedly.types import ActorKind, Kind, MentionLabel, Voice, VoiceKind
from reportedly.types.claims import StatementRow, StoryRow

_FULL = re.compile(r"[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'-]*){1,3}")
_AROUND = 60
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Cited:
    """An outlet that a story names as a source. told: somebody spoke to it ("told Reuters")."""

    outlet: str
    start: int
    end: int
    told: bool


@dataclass(slots=True)
class View:
    """One story. place: its number in the corpus. statements: its own. people: see `people.read_people`."""

    place: int
    story: StoryRow
    text: Text
    statements: Sequence[StatementRow]
    sequences: Counter[str]
    people: list[Person] = field(default_factory=list)
    owners: dict[tuple[str, ...], Person | None] = field(default_factory=dict)
    cited: list[Cited] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def owner(self, name: str) -> Person | None:
        """Return which of its people a name, or words with one in them, stands for."""
        words = names.person(name)
        if words not in self.owners:
            self.owners[words] = people.owner_of(words, self.people)
        return self.owners[words]

    def knows(self, name: str) -> bool:
        """Return whether a name is, or ends as, that of somebody in the story: then it is no body's."""
        words = names.person(name)
        titled = people.is_person(words) and len(words) < len(names.clean(name).split())
        return titled or (
            len(words) == 1 and any(names.surname(one.words) == names.surname(words) for one in self.people)
        )


class _Kinds:
    """What a full name is in most rows of the corpus: one row takes a firm for a person, another not."""

    def __init__(self, statements: Sequence[StatementRow]) -> None:
        self._people: Counter[str] = Counter()
        self._bodies: Counter[str] = Counter()
        for statement in statements:
            for voice in (statement.voice, *statement.via):
                if voice.name and voice.kind in _VOTES:
                    self._vote(voice.name, _VOTES[voice.kind] * _OF_VOICE)
            if statement.voice.name and _DESCRIBED.search(statement.source or ""):
                self._vote(statement.voice.name, _OF_WORDS)
            for name, label in statement.names:
                if label in _LABELS:
                    self._vote(name, _LABELS[label])

    def _vote(self, name: str, many: int) -> None:
        (self._people if many > 0 else self._bodies)[names.key(name)] += abs(many)

    def is_person(self, name: str) -> bool:
        """Return whether a name of two words or more is a person's, though a row takes it for a body."""
        words = names.person(name)
        if not 2 <= len(words) <= 4 or not people.is_person(words):
            return False
        if len(words) < len(names.clean(name).split()):
            return True  # with a post before it
        many, key = self._people[names.key(name)], names.key(name)
        return many > 0 and (names.fold(words[0]) in lexicon.given_names() or many >= 2 * self._bodies[key])

    def is_body(self, name: str) -> bool:
        """Return whether a name of two words or more is a body's, though a row takes it for a person."""
        words, key = names.person(name), names.key(name)
        given = names.fold(words[0]) in lexicon.given_names() if words else False
        return len(words) > 1 and not given and 0 < self._people[key] < 2 * self._bodies[key]


_OF_VOICE = 2
_OF_WORDS = 4
_DESCRIBED = re.compile(r"^[^,]+,\s(?:an?|who)\s|\b(?:Mr|Mrs|Ms|Dr)\b")
_VOTES = {VoiceKind.PERSON: 1, VoiceKind.OFFICIAL: 1, VoiceKind.ORGANISATION: -1}
_LABELS: dict[str, int] = {MentionLabel.PER: 1, MentionLabel.ORG: -1}


def views(stories: Sequence[StoryRow], statements: Sequence[StatementRow], outlets: Outlets) -> list[View]:
    """Return a view of each story, in the order given."""
    told: dict[str, list[StatementRow]] = defaultdict(list)
    for statement in statements:
        told[statement.story_id].append(statement)
    finder = _Finder(outlets)
    kinds = _Kinds(statements)
    found = []
    texts = [Text(story.text) for story in stories]
    small = set[str]().union(*(text.small() for text in texts))
    for place, (story, text) in enumerate(zip(stories, texts, strict=True)):
        sequences, opening = text.names()
        for word in opening:
            if word.casefold() in small or len(word) < _SHORTEST:
                del sequences[word]
        view = View(place, story, text, told[story.id], sequences)
        mentioned = Counter(
            name for name in _person_names(view, kinds) if not _is_outlet(name, view, outlets)
        )
        view.people = people.read_people(mentioned, view.sequences)
        for one in view.people:
            people.describe(one, story.text)
        people.part_titled(view.people)
        _add_voices(view)
        view.cited = list(finder.cited(view))
        found.append(view)
    return found


def _person_names(view: View, kinds: _Kinds) -> Iterator[str]:
    """Yield every name that a row of the story gives to a person."""
    for name, sure in _names(view):
        if (sure and not kinds.is_body(name)) or (not sure and kinds.is_person(name)):
            yield name


def _told_names(statement: StatementRow) -> Iterator[str]:
    """Yield the full name in the words for who tells what an author's sentence says."""
    told = told_by(statement.content) if statement.kind is Kind.AUTHOR else None
    for found in _FULL.finditer(told or ""):
        before = names.fold(told[: found.start()] if told else "").split()
        posted = len(names.person(found[0])) < len(names.clean(found[0]).split())
        given = (
            names.fold(names.person(found[0])[0]) in lexicon.given_names()
            if names.person(found[0])
            else False
        )
        if given or posted or (before and people.is_role(before[-1], last=True)):
            yield found[0]


def _names(view: View) -> Iterator[tuple[str, bool]]:
    """Yield the names of a story's rows that may be a person's, and whether the row says so."""
    for statement in view.statements:
        for voice in (statement.voice, *statement.via):
            yield from _of_voice(voice)
        for name in _told_names(statement):
            yield name, True
        for name, label in statement.names:
            if label in (MentionLabel.PER, MentionLabel.ORG):
                yield name, label == MentionLabel.PER
        for actor in (one for tie in statement.ties for one in (tie.subject, tie.object)):
            if actor.kind is ActorKind.PERSON and actor.name[:1].isupper():
                yield actor.name, True


def _of_voice(voice: Voice) -> Iterator[tuple[str, bool]]:
    """Yield the name of a voice, and behind its office where it is a surname alone ("President Moss")."""
    if not voice.name or voice.kind in (VoiceKind.OUTLET, VoiceKind.DOCUMENT, VoiceKind.AUTHOR):
        return
    sure = voice.kind in (VoiceKind.PERSON, VoiceKind.OFFICIAL)
    yield voice.name, sure
    office = (voice.role or "").rpartition(" ")[2]
    if sure and people.is_office(office) and " " not in voice.name:
        yield f"{office.title()} {voice.name}", sure


def _is_outlet(name: str, view: View, outlets: Outlets) -> bool:
    """Whether what was taken for a person is an outlet that published a story here, or a well-known one."""
    found = outlets.find(name)
    if found is None:
        return " " in name.strip() and squeezed(" ".join(names.tokens(name))) in known_houses()
    surname = names.surname(names.person(name))
    return (
        not any(sequence.split()[-1:] == [name] and " " in sequence for sequence in view.sequences)
        or not surname
    )


def _add_voices(view: View) -> None:
    for statement in view.statements:
        voice = statement.voice
        if voice.name and (voice.role or voice.affiliation):
            one = view.owner(voice.name)
            if one is not None:
                one.posts[voice.role or "", voice.affiliation or ""] += 1


class _Finder:
    """Finds the names of known outlets in a text, where the words around tell that it is a source."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets
        self._seen: dict[str, tuple[tuple[int, int, str], ...]] = {}
        self._forms: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        forms = {key: found for key, found in outlets.known.items() if "." not in key}
        forms |= {key: "" for key in known_houses() if "." not in key and key not in forms}
        for key, found in forms.items():
            words = tuple(key.split())
            self._forms[words[0]].append((words, found))
        for held in self._forms.values():
            held.sort(key=lambda one: (-len(one[0]), one[0]))

    def cited(self, view: View) -> Iterator[Cited]:
        """Yield the outlets other than the story's own that are named as sources."""
        own = self._outlets.of_story.get(view.story.id)
        text = view.story.text
        for start, end, found in self._named(view):
            view.named |= {found} if found else set()
            told = _trigger(text[max(0, start - _AROUND) : start], text[end : end + _AROUND])
            if told is None or self._outlets.is_own(text[start:end], view.story.id):
                continue
            outlet = found or self._outlets.outside(text[start:end])
            view.named.add(outlet)
            if outlet != own:
                yield Cited(outlet, start, end, told)

    def _named(self, view: View) -> Iterator[tuple[int, int, str]]:
        """Yield where known outlets are named: start, end, the house ("" for one not in the corpus)."""
        for sequence, begin in view.text.sequences():
            if sequence not in self._seen:
                self._seen[sequence] = tuple(self._inside(sequence))
            for start, end, found in self._seen[sequence]:
                yield begin + start, begin + end, found

    def _inside(self, sequence: str) -> Iterator[tuple[int, int, str]]:
        words = words_of(sequence)
        at = 0
        while at < len(words):
            many, found = self._longest(words, at)
            if many:
                yield words[at].start, words[at + many - 1].end, found
            at += many or 1

    def _longest(self, words: Sequence[Word], at: int) -> tuple[int, str]:
        if not words[at].capital:
            return 0, ""
        for form, found in self._forms.get(words[at].folded, ()):
            here = words[at : at + len(form)]
            if tuple(word.folded for word in here) == form and here[-1].capital:
                return len(form), found
        return 0, ""


def _trigger(before: str, after: str) -> bool | None:
    """Return whether somebody told the outlet (True), it tells (False), or it is no source here (None)."""
    lead = _lead().search(before)
    if lead:
        return lead[1].lower() in {
            "told",
            "tells",
            "interview with",
            "speaking to",
            "spoke to",
            "statement to",
            "told to",
        }
    return False if _follow().match(after) else None


@cache
def _lead() -> re.Pattern[str]:
    kinds = "|".join(sorted(lexicon.words("outlet_kinds")))
    leads = "|".join(sorted(map(re.escape, lexicon.words("before_outlet")), key=len, reverse=True))
    return re.compile(
        rf"\b({leads})\s+(?:the\s+|a\s+|its\s+)?(?:[a-z-]+\s+){{0,2}}(?:(?:{kinds})\s+)?[\"“‘']?$",
        re.IGNORECASE,
    )


@cache
def _follow() -> re.Pattern[str]:
    kinds = "|".join(sorted(lexicon.words("outlet_kinds") | lexicon.words("outlet_words")))
    verbs = "|".join(sorted(map(re.escape, lexicon.words("reported")), key=len, reverse=True))
    return re.compile(
        rf"^['’]?s?[\"”’']?,?\s+(?:(?:{kinds})\s+)*(?:(?:has|had|have|also|first|later|then|which|that)\s+)*(?:{verbs})\b"
        rf"|^['’]s?\s+(?:[a-z]+\s+)?(?:report|reports|reporting|story|investigation|article|account)\b"
    )
