"""Where no span was marked as the source: who else the sentence, a label or a signature names."""

from __future__ import annotations

import re
from typing import Any

from reportedly.model import syntax
from reportedly.types import Attribution, Span, VoiceKind
from reportedly.voices import lexicon
from reportedly.voices.groups import Named, find_groups
from reportedly.voices.kinds import kind_of
from reportedly.voices.reading import Reading
from reportedly.voices.sources import Source, read_source

AGENTLESS = "agentless passive"
ADVERB = "an adverb that names nobody"
_LABEL = re.compile(r"(?:^|\n)\s*(?P<name>[A-Z][\w.’' -]{0,40}?)\s*:\s*[“\"‘]?$")
_SIGNATURE = re.compile(r"[”\"’']?\s*\n?\s*[—–-]{1,2}\s*(?P<name>[^\W\d_@][\w.’' -]{1,40}?)\s*(?=\(@|,|\n|$)")
_BACK = 14  # words before a relative pronoun that its noun phrase may begin at
_REACH = 60


class Absent:
    """Looks for a source outside any marked span."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def look(self, one: Attribution) -> tuple[str | None, Source | None]:
        """Return the reason why there can be no source, or the source that the words around give."""
        if not one.cue:
            return None, self._labelled(one)
        first, last = self.reading.covering(min(one.cue, key=lambda span: span.start))
        cue = [word.lower for word in self.reading.words[first:last]]
        if set(cue) & lexicon.words("adverbial_cues"):
            return ADVERB, None
        source = self._owner(first, last) or self._subject(one) or self._beside(one, first, last)
        if source is not None:
            return None, source
        passive = bool(
            set(cue) & lexicon.words("absent_be")
            or self._before(first) in lexicon.words("absent_be") | {"it", "has", "have"}
        )
        if passive and set(cue) & lexicon.words("impersonal"):
            return AGENTLESS, None
        return None, self._labelled(one)

    def _before(self, first: int) -> str:
        return self.reading.words[first - 1].lower if first else ""

    def _owner(self, first: int, last: int) -> Source | None:
        """Read the owner of a noun cue: "Iran's claims", "his criticism"."""
        words = self.reading.words
        at = first
        if at < last and words[at].possessive:
            at -= 1
        elif first and words[first - 1].possessive:
            at = first - 2
        elif first and words[first - 1].lower in {"his", "her", "their", "its", "my", "our"}:
            return read_source(self.reading, Span(words[first - 1].start, words[first - 1].end))
        else:
            return None
        groups = [
            group for group in find_groups(self.reading, max(at - 6, 0), at + 1) if group.last == at + 1
        ]
        return (
            Source(names=(groups[-1],), span=Span(words[groups[-1].first].start, words[at].end))
            if groups
            else None
        )

    def _subject(self, one: Attribution) -> Source | None:
        """Return the subject of the cue's verb, by the parse."""
        if not self.reading.parsed:
            return None
        for cue in one.cue:
            for token in self.reading.doc.char_span(cue.start, cue.end, alignment_mode="expand") or ():
                agent = next((child for child in token.children if child.dep_ in syntax.AGENTS), None)
                if agent is not None:
                    return self._filled(one, agent)
                subject = next((child for child in token.children if child.dep_ in syntax.SUBJECTS), None)
                if subject is not None and token.pos_ in ("VERB", "AUX"):
                    return self._filled(one, subject)
        return None

    def _filled(self, one: Attribution, token: Any) -> Source | None:
        start = token.left_edge.idx
        end = token.right_edge.idx + len(token.right_edge)
        if any(span.start < end and start < span.end for span in (*one.content, *one.cue)):
            start, end = token.idx, token.idx + len(token)
            if any(span.start < end and start < span.end for span in one.content):
                return None
        if token.lower_ in {"it", "there"} and token.head.dep_ != "conj" and _expletive(token):
            return None
        return _useful(read_source(self.reading, Span(start, end)))

    def _beside(self, one: Attribution, first: int, last: int) -> Source | None:
        """Read the name or pronoun right before the cue, or right behind it ("said Smith")."""
        words = self.reading.words
        sentence = self.reading.sentence(words[first].start) if first < len(words) else Span(0, 1)
        low, high = self.reading.between(sentence.start, sentence.end)
        taken = one.content
        groups = [
            group
            for group in find_groups(self.reading, low, high)
            if group.named not in (Named.POST, Named.PEOPLE) and not _held(words[group.first].start, taken)
        ]
        for group in groups:
            if first - 1 <= group.last <= first or group.first == last:
                return Source(names=(group,), span=Span(words[group.first].start, words[group.last - 1].end))
        if first > low and words[first - 1].lower in {"he", "she", "they", "we", "i"}:
            word = words[first - 1]
            return Source(pronoun=word.lower, span=Span(word.start, word.end))
        return None

    def _labelled(self, one: Attribution) -> Source | None:
        """Read "SMITH: text" before a content, or "— Name (@handle)" behind it."""
        start = min(span.start for span in one.content)
        label = _LABEL.search(self.reading.text, max(start - _REACH, 0), start)
        if label:
            return _useful(read_source(self.reading, Span(*label.span("name"))))
        end = max(span.end for span in one.content)
        signed = _SIGNATURE.match(self.reading.text, end)
        return _useful(read_source(self.reading, Span(*signed.span("name")))) if signed else None

    def before_relative(self, span: Span) -> Source | None:
        """Return the noun phrase that a relative pronoun stands for: the nearest before it that can speak."""
        at, _ = self.reading.covering(span)
        words = self.reading.words
        low, _ = self.reading.between(self.reading.sentence(span.start).start, span.start)
        fallback: Source | None = None
        for begin in range(at - 1, max(low, at - _BACK) - 1, -1):
            if not self._can_begin(begin, low):
                continue
            source = _useful(read_source(self.reading, Span(words[begin].start, words[at - 1].end)))
            if source is None or not _speaks(source, words[at].lower):
                continue
            if (
                source.phrase is not None
                and not source.names
                and words[begin].lower in lexicon.words("determiners")
            ):
                return source
            fallback = fallback or source
        return fallback

    def _can_begin(self, at: int, low: int) -> bool:
        word = self.reading.words[at]
        if word.lower in lexicon.words("determiners"):
            return True
        group_starts = word.capital and (at == low or not self.reading.words[at - 1].capital)
        return group_starts and word.lower not in lexicon.words("not_names")


def _expletive(token: Any) -> bool:
    return bool(
        token.lower_ == "it"
        and any(child.dep_ in {"csubj", "ccomp", "csubj:pass"} for child in token.head.children)
    )


def _useful(source: Source) -> Source | None:
    return source if source.names or source.phrase or source.pronoun or source.turn else None


def _speaks(source: Source, pronoun: str) -> bool:
    """Tell whether a noun phrase can be what "who" or "which" stands for."""
    if source.phrase is None or source.names:
        return True
    kind = kind_of(source.phrase)[0]
    if pronoun in {"who", "whom", "whose"}:
        return kind in {VoiceKind.PERSON, VoiceKind.OFFICIAL, VoiceKind.GROUP}
    return kind is not VoiceKind.UNSPECIFIED


def _held(offset: int, spans: tuple[Span, ...]) -> bool:
    return any(span.start <= offset < span.end for span in spans)
