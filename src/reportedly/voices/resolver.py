"""Resolves the sources of one story in the order of the text, remembering who spoke."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from reportedly.types import Attribution, Candidate, Kind, Metadata, Number, Sourcing, Span, Voice, VoiceKind
from reportedly.voices import anchors, conduct, lexicon, relays
from reportedly.voices.absent import Absent
from reportedly.voices.groups import Group, Named, find_groups, text_of
from reportedly.voices.kinds import NAMED_KINDS, kind_of, number_of
from reportedly.voices.names import Names
from reportedly.voices.people import People
from reportedly.voices.phrases import Phrase, read_phrase
from reportedly.voices.pronouns import Antecedents
from reportedly.voices.reading import Reading
from reportedly.voices.sources import Source, read_source

NO_ANTECEDENT = "no antecedent"
SEVERAL_ANTECEDENTS = "several possible antecedents"
SEVERAL_NAMESAKES = "several people of this name"
NO_WORDS = "the source names nobody"
MARGIN = 0.12
"""How far the likeliest antecedent must be ahead of the next, in probability, to be chosen."""
_GOES_ON = 0.75
"""The same where the cue says that someone goes on."""
_NEAR = {0: 0.6, 1: 0.55, 2: 0.4, 3: 0.25}
"""What the speaker of so many sentences before is worth as an antecedent, beside the pronoun model's say."""
_ASKED_REACH = 120  # characters behind a source within which anonymity is spoken of


@dataclass(frozen=True, slots=True)
class Turn:
    """Someone who spoke: from where to where, as whom, which entry that is, inside which attribution."""

    offset: int
    end: int
    voice: Voice
    entry: int | None
    parent: int | None


class Resolver:
    """Resolves the voices of one story."""

    def __init__(self, doc: Any, attributions: Sequence[Attribution], metadata: Metadata) -> None:
        self.reading = Reading(doc)
        self.names = Names(self.reading)
        self.people = People(self.reading, self.names)
        self.attributions = attributions
        self.metadata = metadata
        self.absent = Absent(self.reading)
        self.turns: list[Turn] = []
        self._entry: dict[int, int] = {}
        self._voices: dict[int, Voice] = {}

    @cached_property
    def antecedents(self) -> Antecedents:
        """The pronouns' side of it; made only where a source is a pronoun."""
        return Antecedents(self.reading.doc, self.names.mentions())

    def resolve(self) -> tuple[Sourcing, ...]:
        """Return one sourcing an attribution."""
        whole = relays.of_story(self.reading, self.metadata)
        for at in sorted(
            range(len(self.attributions)), key=lambda at: (anchors.begin(self.attributions[at]), at)
        ):
            self._settle(at)
        found = [self._sourcing(at, whole) for at in range(len(self.attributions))]
        return tuple(found)

    def _settle(self, at: int) -> Voice:
        """Resolve one attribution, after the one that it stands in."""
        if at in self._voices:
            return self._voices[at]
        one = self.attributions[at]
        if one.parent is not None:
            self._settle(one.parent)
        voice, entry = self._voice(at, one)
        voice = self._finished(one, voice)
        self._voices[at] = voice
        if entry is not None:
            self._entry[at] = entry
        self.turns.append(Turn(anchors.begin(one), anchors.end(one), voice, entry, self._enclosing(at)))
        return voice

    def _sourcing(self, at: int, whole: tuple[Voice, ...]) -> Sourcing:
        one, voice = self.attributions[at], self._voices[at]
        here = self._around(one)
        near = relays.of_sentence(
            self.reading, here, anchors.hull(one.source), one.content, self.metadata.outlet
        )
        story = whole if one.parent is None else ()
        known = {via.name for via in story}
        via = (*story, *(each for each in near if each.name not in known))
        return Sourcing(voice, tuple(each for each in via if each.name != voice.name))

    def _around(self, one: Attribution) -> Span:
        """Return the sentences that cue and source stand in, as far as the attribution around lets."""
        anchor = [*one.cue, *one.source] or list(one.content[:1])
        first = self.reading.sentence(min(span.start for span in anchor))
        last = self.reading.sentence(max(span.end for span in anchor) - 1)
        start, end = first.start, last.end
        if one.parent is not None:
            around = anchors.hull(self.attributions[one.parent].content)
            if around:
                start, end = max(start, around.start), min(end, around.end)
        return Span(start, max(end, start + 1))

    def _voice(self, at: int, one: Attribution) -> tuple[Voice, int | None]:
        span = anchors.hull(one.source)
        if span is None:
            return self._without_source(at, one)
        return self._of_source(at, read_source(self.reading, span))

    def _of_source(self, at: int, source: Source) -> tuple[Voice, int | None]:
        if source.turn:
            return self._interviewed(source.turn)
        if source.handle:
            return self._of_handle(source.handle)
        if source.pronoun and source.span:
            return self._of_pronoun(at, source.pronoun, source.span)
        if source.names:
            return self._of_names(source)
        if source.phrase and source.span:
            return self._of_phrase(source.phrase, source.span)
        return Voice(kind=VoiceKind.UNSPECIFIED, number=Number.UNKNOWN, reason=NO_WORDS), None

    def _of_handle(self, handle: str) -> tuple[Voice, int | None]:
        """Return who writes under a handle, where the story shows it: "Nils Farrow (@nfarrow)"."""
        found = re.search(rf"([^\W\d_][\w.’' -]{{1,40}}?)\s*\({re.escape(handle)}\)", self.reading.text)
        source = read_source(self.reading, Span(*found.span(1))) if found else Source()
        if source.names:
            return self._of_names(source)
        return Voice(handle, VoiceKind.PERSON), None

    # --- names --------------------------------------------------------------------------------------------

    def _of_names(self, source: Source) -> tuple[Voice, int | None]:
        if len(source.names) > 1:
            voices = [self._of_name(group, source)[0] for group in source.names]
            names = [
                voice.name or text_of(self.reading, g.name_first, g.last)
                for voice, g in zip(voices, source.names, strict=True)
            ]
            joined = ", ".join(names[:-1]) + " and " + names[-1]
            evidence = tuple(span for voice in voices for span in voice.evidence)
            return Voice(joined, VoiceKind.GROUP, number=Number.SEVERAL, evidence=evidence), None
        return self._of_name(source.names[0], source)

    def _of_name(self, group: Group, source: Source) -> tuple[Voice, int | None]:
        ranked = self.names.candidates(group)
        if not ranked:
            return self._unlisted(group, source), None
        number = ranked[0][1]
        if not self.names.settled(ranked):
            kind = VoiceKind.PERSON
            reason = SEVERAL_NAMESAKES
            return Voice(kind=kind, candidates=self.names.as_candidates(ranked), reason=reason), None
        voice = self.people.voice(number, group)
        if voice.kind is VoiceKind.PERSON and source.phrase and not voice.role:
            voice = self._with_role(voice, source.phrase)
        if group.named is Named.PEOPLE and voice.name and not voice.name.endswith("s"):
            state = self.names.country(number)
            return replace(voice, name=state or voice.name, kind=VoiceKind.ORGANISATION), number
        if voice.name and (self._is_own_outlet(voice.name) or self._is_byline(voice.name)):
            return replace(voice, kind=VoiceKind.AUTHOR), number
        return voice, number

    def _unlisted(self, group: Group, source: Source) -> Voice:
        name = text_of(self.reading, group.name_first, group.last)
        voice = Voice(name.title() if name.isupper() and " " in name else name, NAMED_KINDS[group.named])
        return self._with_role(voice, source.phrase) if source.phrase else voice

    def _with_role(self, voice: Voice, phrase: Phrase) -> Voice:
        if kind_of(phrase)[0] not in (VoiceKind.PERSON, VoiceKind.OFFICIAL):
            return voice
        affiliation = self.people.affiliation(phrase.owner) if phrase.owner else None
        return replace(voice, role=phrase.role, affiliation=voice.affiliation or affiliation)

    def _is_own_outlet(self, name: str) -> bool:
        own = (self.metadata.outlet or "").casefold().removeprefix("the ")
        return bool(own) and name.casefold().removeprefix("the ") == own

    def _is_byline(self, name: str) -> bool:
        own = re.sub(r"^by\s+", "", self.metadata.byline or "", flags=re.IGNORECASE)
        return bool(own) and name.casefold() == own.casefold()

    # --- noun phrases ---------------------------------------------------------------------------------------

    def _of_phrase(self, phrase: Phrase, span: Span) -> tuple[Voice, int | None]:
        if (
            phrase.head in lexicon.words("sources_noun_cues") and phrase.owner is not None
        ):  # "Iran's claims": Iran
            return self._of_name(phrase.owner, Source())
        kind, reason = kind_of(phrase)
        if self._is_mixed(phrase, kind, span):
            kind, reason, phrase = VoiceKind.GROUP, None, replace(phrase, role=None, owner=None, plural=True)
        if _THIS_OUTLET.search(self.reading.text[span.start : span.end]):
            return Voice(self.metadata.outlet, VoiceKind.AUTHOR), None
        if phrase.definite or phrase.owner_pronoun:
            number = self._known_holder(phrase, kind, span.start)
            if number is not None:
                return self.people.voice(number, None), number
            varied = self._varied(phrase, kind, span.start)
            if varied is not None:
                return replace(varied.voice, of_itself=False), varied.entry
        voice = self._described(phrase, kind, reason, span)
        if phrase.definite and phrase.owner is None and voice.name is None:
            return self._earlier(phrase, voice, span.start), None
        return voice, None

    def _known_holder(self, phrase: Phrase, kind: VoiceKind, offset: int) -> int | None:
        if kind in (VoiceKind.PERSON, VoiceKind.OFFICIAL) and not phrase.plural:
            return self.people.holder(phrase, offset)
        if phrase.owner is not None or phrase.country is not None or phrase.plural:
            return None
        if any(word.possessive for word in self.reading.words[phrase.first : phrase.end]):
            return None  # "the builders' union" is not the company named before
        if kind is VoiceKind.ORGANISATION:
            return self.people.body(phrase, offset, Named.BODY)
        return self.people.body(phrase, offset, Named.OUTLET) if kind is VoiceKind.OUTLET else None

    def _is_mixed(self, phrase: Phrase, kind: VoiceKind, span: Span) -> bool:
        """Tell whether different kinds speak together: "unions, lawyers and many lawmakers"."""
        first, last = self.reading.covering(span)
        marks = [at for at in range(first, last) if self.reading.words[at].lower in {"and", ","}]
        if not marks or self.reading.words[marks[-1]].lower != "and" or phrase.end != marks[0]:
            return False
        other = read_phrase(self.reading, marks[-1] + 1, last)
        return other is not None and other.plural and kind_of(other)[0] not in (kind, VoiceKind.UNSPECIFIED)

    def _varied(self, phrase: Phrase, kind: VoiceKind, offset: int) -> Turn | None:
        """Return the last speaker where "the Ohio Republican" can only be another word for them.

        Only a phrase that tells something of a person ("the former minister", "the Ohio Republican") is one;
        a bare "the judge" is somebody else.
        """
        words = (phrase.role or "").split()
        telling = len(words) > 1 or phrase.owner is not None or phrase.country is not None
        one = kind in (VoiceKind.PERSON, VoiceKind.OFFICIAL) and not phrase.plural
        if not (one and telling and phrase.definite) or phrase.head in lexicon.words("resolver_new_people"):
            return None
        here = self.reading.sentence_number(offset)
        before = [turn for turn in self.turns if turn.offset < offset]
        last = max(before, key=lambda turn: turn.offset, default=None)
        near = last is not None and here - self.reading.sentence_number(last.offset) <= 2
        return (
            last
            if near and last is not None and last.voice.kind is VoiceKind.PERSON and last.entry is not None
            else None
        )

    def _described(self, phrase: Phrase, kind: VoiceKind, reason: str | None, span: Span) -> Voice:
        affiliation = self.people.affiliation(phrase.owner) if phrase.owner else self._owned_by(phrase)
        name = self._body_name(phrase, kind, span)
        bodiless = kind in (VoiceKind.ORGANISATION, VoiceKind.OUTLET) and name is not None
        return Voice(
            name=name,
            kind=kind,
            role=None if bodiless else phrase.role,
            affiliation=None if bodiless else affiliation,
            number=None if bodiless else number_of(phrase, kind),
            country=None if bodiless else phrase.country,
            evidence=(),
            reason=reason,
        )

    def _owned_by(self, phrase: Phrase) -> str | None:
        """Return whose lawyer "his lawyer" is."""
        if phrase.owner_pronoun not in {"his", "her", "its", "their"}:
            return None
        ranked = self.antecedents.of(self._pronoun_span(phrase))
        return self.names.entries[ranked[0][0]].name if ranked and ranked[0][1] >= 0.35 else None

    def _pronoun_span(self, phrase: Phrase) -> Span:
        words = self.reading.words[phrase.first : phrase.end]
        word = next(word for word in words if word.lower == phrase.owner_pronoun)
        return Span(word.start, word.end)

    def _body_name(self, phrase: Phrase, kind: VoiceKind, span: Span) -> str | None:
        """Return the words that name a body: "Trump campaign", "Iranian regime", "Tulsa police"."""
        if kind not in (VoiceKind.ORGANISATION, VoiceKind.OUTLET) or (
            phrase.plural and phrase.head != "police"
        ):
            return None
        first, last = self.reading.covering(span)
        while first < last and self.reading.words[first].lower in lexicon.words("determiners"):
            first += 1
        stop = next(
            (at + 1 for at in range(first, last) if self.reading.words[at].lower == phrase.head), last
        )
        if any(True for group in find_groups(self.reading, first, stop) if group.named is not Named.POST):
            return text_of(self.reading, first, stop)
        if phrase.definite:
            return self.people.fuller(phrase, span.start)
        return text_of(self.reading, first, phrase.end) if phrase.owner else None

    def _earlier(self, phrase: Phrase, voice: Voice, offset: int) -> Voice:
        """Take over what an earlier source of the same head noun said of itself ("a CIA official")."""
        head = lexicon.singular(phrase.head)
        for turn in reversed(self.turns):
            role = (turn.voice.role or "").lower().split()
            same = any(lexicon.singular(word) == head for word in role)
            if turn.offset < offset and turn.voice.kind is voice.kind and turn.voice.name is None and same:
                return replace(turn.voice, of_itself=False)
        return voice

    # --- pronouns -------------------------------------------------------------------------------------------

    def _of_pronoun(self, at: int, word: str, span: Span) -> tuple[Voice, int | None]:
        sort = lexicon.table("pronouns")[word]
        if sort.startswith("first"):
            return self._speaker(at, word)
        if sort == "relative":
            before = self.absent.before_relative(span)
            return self._of_source(at, before) if before else self._no_antecedent()
        if sort in {"masculine", "feminine", "thing", "several"}:
            return self._of_third(at, sort, span)
        reason = "nobody in particular" if sort == "nobody" else NO_ANTECEDENT
        return Voice(kind=VoiceKind.UNSPECIFIED, number=Number.UNKNOWN, reason=reason), None

    def _no_antecedent(self) -> tuple[Voice, int | None]:
        return Voice(kind=VoiceKind.UNSPECIFIED, number=Number.UNKNOWN, reason=NO_ANTECEDENT), None

    def _speaker(self, at: int, word: str) -> tuple[Voice, int | None]:
        """Return whose "I" it is: that of the attribution around, else the author's."""
        parent = self._enclosing(at)
        if parent is not None and parent in self._voices:
            return replace(self._voices[parent], of_itself=False), self._entry.get(parent)
        if word in {"i", "me", "my"}:
            return Voice(self.metadata.byline or self.metadata.outlet, VoiceKind.AUTHOR), None
        return Voice(self.metadata.outlet or self.metadata.byline, VoiceKind.AUTHOR), None

    def _enclosing(self, at: int) -> int | None:
        """Return the attribution in whose content the source stands."""
        one = self.attributions[at]
        if one.parent is not None:
            return one.parent
        start = anchors.begin(one)
        around = [
            number
            for number, other in enumerate(self.attributions)
            if number != at and any(span.start <= start < span.end for span in other.content)
        ]
        return min(
            around, key=lambda n: sum(s.end - s.start for s in self.attributions[n].content), default=None
        )

    def _of_third(self, at: int, sort: str, span: Span) -> tuple[Voice, int | None]:
        weights: dict[int, float] = dict(self.antecedents.of(span))
        if sort in {"masculine", "feminine"}:
            weights = {
                number: share for number, share in weights.items() if self.names.entries[number].is_person
            }
        turn, weight = self._last_speaker(at, sort, span.start)
        if turn is not None and turn.entry is not None:
            shared = {number: share * (1 - weight) for number, share in weights.items()}
            weights = {**shared, turn.entry: shared.get(turn.entry, 0.0) + weight}
        best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
        if turn is not None and turn.entry is None and (not best or best[0][1] * (1 - weight) < weight):
            return replace(turn.voice, of_itself=False), None
        if not best or best[0][1] < 0.3:
            return self._no_antecedent()
        if len(best) > 1 and best[0][1] - best[1][1] < MARGIN:
            named = [(share, number) for number, share in best[:3]]
            found = tuple(Candidate(self.names.entries[n].name, round(min(s, 1.0), 3)) for s, n in named)
            kind = self.people.voice(best[0][0], None).kind
            return Voice(kind=kind, candidates=found, reason=SEVERAL_ANTECEDENTS), None
        return self.people.voice(best[0][0], None), best[0][0]

    def _last_speaker(self, at: int, sort: str, offset: int) -> tuple[Turn | None, float]:
        """Return the nearest earlier speaker whom the pronoun can mean, and what that is worth."""
        here = self.reading.sentence_number(offset)
        parent = self._enclosing(at)
        for turn in sorted(self.turns, key=lambda turn: -turn.offset):
            gap = here - self.reading.sentence_number(min(turn.end, offset) - 1)
            if gap > 3:
                continue
            inner = self.reading.quoted(turn.offset) and not self.reading.quoted(offset)
            if turn.offset < offset and turn.parent == parent and not inner and self._agrees(turn, sort):
                return turn, max(_NEAR[max(gap, 0)], _GOES_ON if self._goes_on(at) else 0.0)
        if (
            parent is not None
            and parent in self._voices
            and self.attributions[parent].kind is not Kind.DIRECT
        ):
            voice, around = self._voices[parent], self.attributions[parent]
            turn = Turn(anchors.begin(around), anchors.end(around), voice, self._entry.get(parent), None)
            return (turn, 0.5) if self._agrees(turn, sort) else (None, 0.0)
        return None, 0.0

    def _goes_on(self, at: int) -> bool:
        """Tell whether the cue says that a speaker goes on: "he continued", "she added"."""
        said = {
            word
            for span in self.attributions[at].cue
            for word in self.reading.text[span.start : span.end].split()
        }
        return bool({word.lower().strip(".,:") for word in said} & lexicon.words("goes_on"))

    def _agrees(self, turn: Turn, sort: str) -> bool:
        voice = turn.voice
        if voice.candidates or voice.kind in (VoiceKind.UNSPECIFIED, VoiceKind.AUTHOR):
            return False
        one = voice.kind is VoiceKind.PERSON or (
            voice.kind is VoiceKind.OFFICIAL and voice.number is Number.ONE
        )
        if sort == "thing":
            return voice.kind in (VoiceKind.ORGANISATION, VoiceKind.DOCUMENT, VoiceKind.OUTLET)
        if sort == "several":
            return not one and voice.kind is not VoiceKind.DOCUMENT
        if not one:
            return False
        gender = self.names.entries[turn.entry].gender if turn.entry is not None else _gender_of(voice.role)
        return gender is None or gender == sort

    # --- no source ------------------------------------------------------------------------------------------

    def _without_source(self, at: int, one: Attribution) -> tuple[Voice, int | None]:
        reason, source = self.absent.look(one)
        if source is not None:
            return self._of_source(at, source)
        if reason is None and not one.cue and one.kind is not Kind.INDIRECT:
            turn = self._continued(at, one)
            if turn is not None:
                return replace(turn.voice, of_itself=False), turn.entry
        why = reason or ("no source in the text" if one.cue else "a quotation that nobody is named for")
        return Voice(kind=VoiceKind.UNSPECIFIED, number=Number.UNKNOWN, reason=why), None

    def _continued(self, at: int, one: Attribution) -> Turn | None:
        """Return who spoke right before a quotation that stands alone: in its paragraph or the one before."""
        start = one.content[0].start
        here = self.reading.paragraph_number(start)
        for turn in sorted(self.turns, key=lambda turn: -turn.offset):
            if turn.offset < start and turn.parent == self._enclosing(at):
                near = here - self.reading.paragraph_number(turn.offset) <= 2
                return turn if near and turn.voice.kind in _GO_ON else None
        return None

    def _interviewed(self, turn: str) -> tuple[Voice, int | None]:
        """Return who asks (the author) or answers (the person named most) in an interview."""
        if turn == "q":
            return Voice(self.metadata.byline or self.metadata.outlet, VoiceKind.AUTHOR), None
        people = [
            (len(e.groups), -n)
            for n, e in enumerate(self.names.entries)
            if e.named is Named.PERSON and len(e.words) > 1
        ]
        if people:
            number = -max(people)[1]
            return self.people.voice(number, None), number
        return Voice(
            kind=VoiceKind.UNSPECIFIED, number=Number.ONE, reason="an answer in an interview, nobody named"
        ), None

    def _finished(self, one: Attribution, voice: Voice) -> Voice:
        """Add anonymity and whether it speaks of itself."""
        anonymous = voice.anonymous or (
            voice.name is None and not voice.candidates and self._asked_not_to_be_named(one)
        )
        itself = conduct.speaks_of_itself(self.reading, voice, one.cue, one.content)
        return replace(voice, anonymous=anonymous, of_itself=itself)

    def _asked_not_to_be_named(self, one: Attribution) -> bool:
        anchor = [*one.source, *one.cue]
        if not anchor:
            return False
        start = min(span.start for span in anchor)
        stop = max(*(span.end for span in anchor), self.reading.sentence(start).end)
        words = self.reading.text[start : stop + _ASKED_REACH].split("\n")[0].lower()
        said = " ".join(words.split()).replace("’", "'")
        return any(phrase in said for phrase in lexicon.words("anonymity"))


_GO_ON = frozenset({VoiceKind.PERSON, VoiceKind.OFFICIAL, VoiceKind.AUTHOR})
_THIS_OUTLET = re.compile(
    r"^(?:this|our) (?:newspaper|paper|website|magazine|site|blog|publication|correspondent|reporter)\b",
    re.IGNORECASE,
)


def _gender_of(role: str | None) -> str | None:
    words = set((role or "").lower().split())
    if words & lexicon.words("feminine_titles"):
        return "feminine"
    return "masculine" if words & lexicon.words("masculine_titles") else None
