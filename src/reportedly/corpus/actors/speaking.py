"""Who said each statement, and the outlets on its way, as far as the story alone tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reportedly.corpus.actors import lexicon, names, people, phrases
from reportedly.corpus.actors import outlets as outlets_of
from reportedly.corpus.actors.bodies import SEPARATOR, Bodies, Node, known_bodies
from reportedly.corpus.actors.outlets import Outlets
from reportedly.corpus.actors.reading import told_by
from reportedly.corpus.actors.views import Cited, View
from reportedly.model.places import Naming
from reportedly.types import Kind, Voice, VoiceKind
from reportedly.types.claims import StatementRow

_READERS = re.compile(r"^(?:the )?(?:readers|viewers|listeners) of\s+", re.IGNORECASE)
_CAPITALS = re.compile(
    r"[^\W\d_a-z][\w’'&.-]*(?:\s(?:(?:de|la|al|bin|van|von|der|den|el|ibn)\s)?[^\W\d_a-z][\w’'&.-]*)*"
)
_SPOKES = ("spokesman", "spokeswoman", "spokesperson", "press secretary", "press officer")
_PREPOSITION = re.compile(r"\s(?:of|for|by|from|to|against|in)\s|['’]s\s")
_PROPER = re.compile(r"[^\W\d_a-z][\w’'&-]*(?:\s(?:of\s|the\s|for\s|and\s)*[^\W\d_a-z][\w’'&-]*){1,5}")
_LONGEST_CREDIT = 5
_DOCUMENT = re.compile(r"\b(?:seen|obtained|leaked|reviewed) by\b|\ba copy of\b")
_OF_SOMEBODY = re.compile(
    r"^(?P<who>.+?)(?:['’]s|s['’])\s+(?:[a-z]+\s)?"
    r"(?:office|campaign|team|staff|spokesman|spokeswoman|spokesperson|press secretary)$",
    re.IGNORECASE,
)
PERSON = "person"
OUTLET = "outlet"
NODE = "node"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody found. kind: PERSON (id: story and number), OUTLET (id of the entry) or NODE (of `Bodies`).

    office: the id is that of the office which somebody unnamed is said to be of.
    """

    kind: str
    id: str
    office: bool = False


@dataclass(slots=True)
class Said:
    """What one story tells about who said its statements. cited: outermost first."""

    who: dict[str, Who] = field(default_factory=dict)
    cited: dict[str, list[str]] = field(default_factory=dict)


class Speaking:
    """Reads who said the statements of one story after another."""

    def __init__(self, outlets: Outlets, bodies: Bodies) -> None:
        self._outlets = outlets
        self._bodies = bodies

    def read(self, view: View, said: Said) -> None:
        """Add the speakers and cited outlets of a story's statements."""
        for statement in view.statements:
            who = self._speaker(view, statement)
            cited = self._cited(view, statement, who)
            if cited:
                said.cited[statement.id] = cited
            if who is None and cited and (statement.kind is Kind.AUTHOR or _is_nobody(statement)):
                who = Who(OUTLET, cited[-1])
            if who is None and statement.kind is Kind.AUTHOR:
                who = self._own(view)
            if who is not None:
                said.who[statement.id] = who
                self._note(view, who, statement)

    def _note(self, view: View, who: Who, statement: StatementRow) -> None:
        if who.kind != NODE or statement.row < 0:
            return
        self._bodies.rows[who.id, view.place].append(statement.row)
        author = self._bodies.nodes[who.id].author
        if author in self._bodies.nodes:
            self._bodies.rows[author, view.place].append(statement.row)

    def _own(self, view: View) -> Who | None:
        own = self._outlets.of_story.get(view.story.id)
        return Who(OUTLET, own) if own else None

    def _speaker(self, view: View, statement: StatementRow) -> Who | None:
        voice = statement.voice
        if statement.kind is Kind.AUTHOR or _is_nobody(statement):
            own = statement.kind is Kind.AUTHOR
            told = told_by(statement.content if own else self._sentence(view, statement))
            found = self.who(view, told, Voice()) if told else None
            return found if found is not None or statement.kind is not Kind.AUTHOR else None
        if voice.kind is VoiceKind.AUTHOR:
            return self._own(view)
        if voice.name:
            return self.who(view, voice.name, voice)
        return self._unnamed(view, statement)

    def _sentence(self, view: View, statement: StatementRow) -> str:
        if not statement.spans:
            return ""
        start, end = view.text.sentence(statement.spans[0].start, statement.spans[-1].end)
        return view.story.text[start:end]

    def _unnamed(self, view: View, statement: StatementRow) -> Who | None:
        voice = statement.voice
        source = statement.source or voice.role or ""
        if _READERS.match(source):
            outlet = self._outlet(view, _READERS.sub("", source), voice)
            return Who(OUTLET, outlet) if outlet else None
        if voice.kind in (VoiceKind.GROUP, VoiceKind.PERSON) and not _is_holder(source):
            return None
        named = self._named_beside(view, statement, source)
        if named is not None:
            return named
        if _DOCUMENT.search(source):
            return self.who(view, source, voice)
        words = source if len(source) > 3 and not _is_pronoun(source) else voice.role or ""
        phrase = phrases.read(words, voice.affiliation)
        fuller = phrases.read(voice.role or words, voice.affiliation)
        longer = len(names.tokens(voice.role or "")) > len(names.tokens(words))
        if fuller.key and (longer or not (phrase.key and phrase.kind == fuller.kind)):
            words, phrase = voice.role or words, fuller
        if phrase.kind == "office" or voice.anonymous:
            return self._office(view, phrase, voice, words)
        return self.who(view, words, voice)

    def _named_beside(self, view: View, statement: StatementRow, source: str) -> Who | None:
        """Return whose name follows the source in apposition: "the minister of defence, Signe Holt,"."""
        if not source or statement.voice.anonymous:
            return None
        sentence = self._sentence(view, statement)
        at = sentence.find(source)
        beside = sentence[at + len(source) : at + len(source) + 60] if at >= 0 else ""
        found = re.match(r",?\s(?P<name>[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'.-]*){1,3})[,\s]", beside)
        if found and beside.startswith(","):
            owner = view.owner(found["name"])
            if owner is not None and owner.is_full:
                return self._person(view, owner)
        return None

    def _office(self, view: View, phrase: phrases.Phrase, voice: Voice, words: str) -> Who | None:
        place = phrase.place or (names.fold(voice.country) if voice.country else "")
        if not phrase.key and not place:
            return None
        if not phrase.key:
            return Who(NODE, self._state(view, place, words), office=True)
        node = self._bodies.of_phrase(phrases.Phrase("body", phrase.key, place, phrase.of), view.place, words)
        spokes = any(word in names.fold(words) for word in _SPOKES)
        return Who(NODE, node, office=voice.anonymous or not spokes) if node else None

    def _state(self, view: View, state: str, shown: str) -> str:
        return self._bodies.add(Node("state", state, "", -1), view.place, shown)

    def who(self, view: View, words: str, voice: Voice) -> Who | None:
        """Return whom words of a story name, or stand for; None for nobody that can be told."""
        words = _READERS.sub("", words.strip())
        if voice.name and " and " in words and self._are_two(view, words):
            return None
        outlet = self._outlet(view, words, voice)
        if outlet:
            return Who(OUTLET, outlet)
        person = self._person_in(view, words, voice)
        if person is not None:
            return person
        own = _OF_SOMEBODY.match(names.clean(words))
        somebody = view.owner(own["who"]) if own else None
        if somebody is not None:
            return self._person(view, somebody)
        naming = names.naming(words)
        if naming in (Naming.NAME, Naming.SEAT, Naming.PEOPLE) and names.key(words) not in known_bodies():
            return Who(NODE, self._state(view, names.fold(names.state(words) or ""), words))
        return self._body(view, words, voice)

    def _are_two(self, view: View, words: str) -> bool:
        """Whether a name is two actors' ("Obama and Boehner", "Democrats and Republicans")."""
        both = [
            names.key(one) in known_bodies() or view.owner(one) is not None for one in words.split(" and ")
        ]
        return all(both) and names.key(words) not in known_bodies()

    def _outlet(self, view: View, words: str, voice: Voice) -> str | None:
        if voice.kind is VoiceKind.OUTLET and self._outlets.is_own(words, view.story.id):
            return self._outlets.of_story[view.story.id]
        found = self._outlets.find(words)
        if found:
            return found
        if voice.kind is VoiceKind.OUTLET and words[:1].isupper():
            return self._outlets.shortened(words, sorted(view.named)) or self._outlets.outside(words)
        return None

    def _person_in(self, view: View, words: str, voice: Voice) -> Who | None:
        if voice.kind not in (None, VoiceKind.PERSON, VoiceKind.OFFICIAL, VoiceKind.ORGANISATION):
            return None
        spoken = names.person(words)
        if voice.name and people.is_person(spoken):
            owner = view.owner(words)
            return self._person(view, owner) if owner is not None else None
        for found in _CAPITALS.finditer(words):
            owner = view.owner(found[0])
            after = words[found.end() :].strip("\"'”’.")
            whole = not after or after.startswith((",", " of ", " from ", " at ", " who ", " (", " with "))
            if owner is not None and whole and not _PREPOSITION.search(words[: found.start()]):
                return self._person(view, owner)
        return None

    def _person(self, view: View, owner: people.Person) -> Who:
        number = next(i for i, one in enumerate(view.people) if one is owner)
        return Who(PERSON, f"{view.place}{SEPARATOR}{number}")

    def _body(self, view: View, words: str, voice: Voice) -> Who | None:
        if voice.name and voice.kind is not VoiceKind.DOCUMENT:
            named = any(map(str.isupper, words))
            return self._node(self._bodies.named(view.place, words)) if named else None
        phrase = phrases.read(words, voice.affiliation)
        if phrase.kind == "document" and phrase.of:
            author = self._author(view, phrase.of)
            if author is not None or view.knows(phrase.of):
                return author
        if phrase.kind == "office":
            return self._office(view, phrase, voice, words)
        if phrase.kind:
            nobody = (phrase.kind != "document" and phrase.many) or (
                phrase.kind == "post" and not phrase.definite
            )
            return None if nobody else self._node(self._bodies.of_phrase(phrase, view.place, words))
        return self._proper(view, words, voice, phrase)

    def _node(self, node: str | None) -> Who | None:
        return Who(NODE, node) if node else None

    def _author(self, view: View, words: str) -> Who | None:
        """Return the outlet or the person whose a document is."""
        outlet = self._outlets.find(words)
        if outlet:
            return Who(OUTLET, outlet)
        author = view.owner(words)
        return self._person(view, author) if author is not None else None

    def _proper(self, view: View, words: str, voice: Voice, phrase: phrases.Phrase) -> Who | None:
        """Return the body of words that are a name, or that half one took for a body."""
        if not voice.name and _PROPER.fullmatch(names.clean(words)) and not view.knows(words):
            return self._node(self._bodies.named(view.place, words))
        body = (
            words[:1].isupper() and phrases.is_general(names.key(words))
        ) or voice.kind is VoiceKind.ORGANISATION
        return self._node(self._bodies.of_words(words, view.place)) if body and not phrase.many else None

    def _cited(self, view: View, statement: StatementRow, who: Who | None) -> list[str]:
        """Return the outlets and agencies that a statement came through, outermost first, without the own."""
        own = self._outlets.of_story.get(view.story.id)
        found = self._agencies(view.story.agency)
        for voice in statement.via:
            if voice.name and voice.kind in (VoiceKind.OUTLET, VoiceKind.DOCUMENT, VoiceKind.ORGANISATION):
                known = self._outlets.find(voice.name)
                if (
                    known is None
                    and voice.kind is VoiceKind.OUTLET
                    and not self._outlets.is_own(voice.name, view.story.id)
                ):
                    known = self._outlets.shortened(voice.name, sorted(view.named)) or self._outlets.outside(
                        voice.name
                    )
                found += [known] if known else []
        found += self._beside(view, statement, who)
        if who is not None and who.kind == OUTLET:
            found.append(who.id)
        return [one for one in dict.fromkeys(found) if one != own]

    def _agencies(self, credit: str | None) -> list[str]:
        """Return the agencies of a credit, which may be a list with the staff's names in it."""
        if not credit:
            return []
        parts = [part.strip() for part in re.split(r",|;|/|\band\b|\bvia\b", credit) if part.strip()]
        if len(parts) > 1:
            known = [
                part
                for part in parts
                if outlets_of.house(part) in outlets_of.usual() or self._outlets.find(part)
            ]
            return [self._outlets.outside(part) for part in known]
        return [self._outlets.outside(credit)] if len(credit.split()) <= _LONGEST_CREDIT else []

    def _beside(self, view: View, statement: StatementRow, who: Who | None) -> list[str]:
        """Return the outlets that its sentences name as sources, those it can have come through."""
        if not view.cited or not statement.spans:
            return []
        start, end = view.text.sentence(statement.spans[0].start, statement.spans[-1].end)
        named = who is not None and who.kind != OUTLET
        return [
            one.outlet for one in view.cited if start <= one.start < end and _passes(one, statement, named)
        ]


def _passes(one: Cited, statement: StatementRow, named: bool) -> bool:
    """Whether a statement came through an outlet of its sentence."""
    if one.told:
        return statement.kind is not Kind.AUTHOR or not named
    return not named


def _is_nobody(statement: StatementRow) -> bool:
    voice = statement.voice
    source = statement.source or ""
    return voice.kind is VoiceKind.UNSPECIFIED and (
        (not source and not voice.role) or source.lower() in {"it", "this", "which"}
    )


def _is_holder(source: str) -> bool:
    """Whether somebody without a name is whoever holds a post that one person holds: "the harbour master"."""
    phrase = phrases.read(source)
    return phrase.kind == "post" and phrase.definite and not phrase.many and phrases.is_own_post(phrase.key)


def _is_pronoun(source: str) -> bool:
    return source.lower() in lexicon.speech("relatives") | {"he", "she", "they", "it", "i", "we", "who"}
