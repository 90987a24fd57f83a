"""A story as words with places, and where its sentences and paragraphs lie."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from reportedly.model.quotation import Quote, quotation
from reportedly.model.syntax import ENTITIES
from reportedly.model.whole_text import whole_text
from reportedly.types import Span

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|@\w+"
    r"|[^\W_]+(?:[-'’&][^\W_]+)*"
    r"|\S"
)
_CLITIC = re.compile(r"['’](?:s|ll|ve|re|d|m)$", re.IGNORECASE)
_BREAK = re.compile(r"\n+")
_SHOUTED = 0.6  # share of a line's words in capitals from which its capitals tell nothing
_TITLED = 0.75  # the same for words that begin with a capital


class Word(NamedTuple):
    """One word or mark. lower: in lower case. possessive: an 's or a lone apostrophe that marks one."""

    text: str
    lower: str
    start: int
    end: int
    possessive: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins like a name: with a capital, or with a capital behind a hyphen ("al-Sistani")."""
        if self.text[0].isupper():
            return True
        before, hyphen, after = self.text.partition("-")
        return bool(hyphen) and len(before) <= 4 and after[:1].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a digit."""
        return self.text[0].isalnum() or self.text[0] == "@"


def split_words(text: str) -> list[Word]:
    """Return the words of a text; "Iran's" is two."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        clitic = _CLITIC.search(word) if len(word) > 2 else None
        if clitic:
            cut, end = start + clitic.start(), start + len(word)
            tail = clitic.group().lower().replace("’", "'")
            found.append(Word(word[: clitic.start()], word[: clitic.start()].lower(), start, cut))
            found.append(Word(clitic.group(), tail, cut, end, possessive=tail == "'s"))
            continue
        lone = word in "'’" and bool(found) and found[-1].end == start and found[-1].lower.endswith("s")
        followed = text[start + 1 : start + 2] == " " and text[start + 2 : start + 3].isalpha()
        found.append(Word(word, word.lower(), start, start + len(word), possessive=lone and followed))
    return found


class Reading:
    """A story's text, words, sentences, paragraphs and the labels of its entities."""

    def __init__(self, doc: Any) -> None:
        self.doc = doc
        self.text = whole_text(doc)
        self.words = split_words(self.text)
        self._starts = [word.start for word in self.words]
        self.parsed = bool(doc.has_annotation("DEP"))
        self.entities = _entities(doc)
        self.known_groups: tuple[Any, ...] | None = None
        """The groups of the whole story, once `groups.find_groups` has looked for them."""

    @cached_property
    def _columns(self) -> Any:
        """Place, sentence start and tag of each token, one row each."""
        return self.doc.to_array(["IDX", "SENT_START", "POS"])

    @cached_property
    def _verbs(self) -> frozenset[int]:
        if not self.doc.has_annotation("POS"):
            return frozenset()
        verbal = [self.doc.vocab.strings[name] for name in ("VERB", "AUX")]
        return frozenset(self._columns[np.isin(self._columns[:, 2], verbal), 0].tolist())

    def is_verb(self, at: int) -> bool:
        """Tell whether the tagger calls a word a verb; False where nothing was tagged."""
        return self.words[at].start in self._verbs

    @cached_property
    def _quotation(self) -> Any:
        return quotation(self.text)

    def quoted(self, offset: int) -> bool:
        """Tell whether a character stands in quotation marks."""
        return bool(self._quotation[offset] == Quote.INSIDE)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of words that begin within characters [start, end)."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end)

    def covering(self, span: Span) -> tuple[int, int]:
        """Return the range of words that a span touches."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        if first < len(self.words) and self.words[first].end <= span.start:
            first += 1
        return first, bisect_left(self._starts, span.end)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        if self.doc.has_annotation("SENT_START"):
            starts = self._columns[self._columns[:, 1] == 1, 0].tolist()
            return starts if starts[:1] == [0] else [0, *starts]
        return list(self._paragraph_starts)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text) if found.end() < len(self.text))]

    def sentence(self, offset: int) -> Span:
        """Return the sentence of a character."""
        return _stretch(self._sentence_starts, offset, len(self.text))

    def sentence_number(self, offset: int) -> int:
        """Return the place of a character's sentence among all."""
        return bisect_right(self._sentence_starts, offset)

    def paragraph(self, offset: int) -> Span:
        """Return the paragraph of a character."""
        return _stretch(self._paragraph_starts, offset, len(self.text))

    def paragraph_number(self, offset: int) -> int:
        """Return the place of a character's paragraph among all."""
        return bisect_right(self._paragraph_starts, offset)

    @cached_property
    def shouted(self) -> Sequence[Span]:
        """The lines in which capitals tell nothing: headlines in capitals, or With Each Word So."""
        starts = self._paragraph_starts
        lines = [Span(a, b) for a, b in zip(starts, [*starts[1:], len(self.text)], strict=True) if b > a]
        return [line for line in lines if self._tells_nothing(line)]

    def _tells_nothing(self, line: Span) -> bool:
        if line.end - line.start > 300:
            return False
        first, last = self.between(line.start, line.end)
        words = [word.text for word in self.words[first:last] if word.is_word and len(word.text) > 3]
        if len(words) < 4 or self.text[line.start : line.end].rstrip().endswith((".", "”", '"')):
            return False
        shouted = sum(word.isupper() for word in words) >= _SHOUTED * len(words)
        return shouted or sum(word[0].isupper() for word in words) >= _TITLED * len(words)

    def label(self, start: int, end: int) -> str | None:
        """Return the label of the entity that covers most of characters [start, end), None if none does."""
        for at, stop, label in self.entities:
            if at < end and start < stop and 2 * (min(end, stop) - max(start, at)) > end - start:
                return label
        return None


def _entities(doc: Any) -> list[tuple[int, int, str]]:
    found = [(ent.start_char, ent.end_char, ENTITIES.get(ent.label_)) for ent in doc.ents]
    return [(start, end, label) for start, end, label in found if label]


def _stretch(starts: Sequence[int], offset: int, length: int) -> Span:
    """Return the stretch that holds a character; ``starts`` are sorted and begin with 0."""
    number = max(bisect_right(starts, offset) - 1, 0)
    start = starts[number] if starts else 0
    end = starts[number + 1] if number + 1 < len(starts) else length
    return Span(start, end)
