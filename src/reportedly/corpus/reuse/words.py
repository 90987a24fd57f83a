"""Stories as rows of word codes: the same word has the same code in every corpus and on every machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.reuse.quoting import posts, quotations
from reportedly.types.claims import StoryRow
from reportedly.types.text import Span

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]
Weights = NDArray[np.float64]

SHORT = 4
"""Letters of a word that says what a sentence is about, at least; one less outside of ASCII."""
STEM = 5
"""Letters by which forms of a word are told to be one."""
NAME = 0.4
"""Weight of a word with a capital within a sentence."""
NOUN = 0.8
"""The same in languages that give every noun a capital."""
CAPITAL_NOUNS = frozenset({"de", "lb", "nds"})

# Scripts without blanks count a character as a word: ideographs, kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ANY_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_SPACED_WORD = re.compile(r"[^\W_]+")  # four times as fast
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_ENDS = re.compile(r"[.!?…。！？؟۔;؛\n\r\u2028\u2029]|(?<=\s)[-–—]+(?=\s)")
_BREAK = re.compile(r"[\n\r\u2028\u2029]+")
_GLUED = re.compile(r"(?<![@#/.\w])\w*[a-z]{3}[A-Z][a-z]")
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that no word of a shingle loses bits
_LETTERS = str.maketrans("يىكۀةؤئأإٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ییکههویااا01234567890123456789")


def folded(word: str) -> str:
    """Return a word without case, marks and the spelling variants of Arabic and Persian letters."""
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS)).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter) and letter != "ـ")


def code_of(word: str) -> int:
    """Return the 64-bit code of a word, equal for words that are equal once folded."""
    return int.from_bytes(blake2b(folded(word).encode("utf-8", "replace"), digest_size=8).digest(), "little")


def split(text: str) -> list[str]:
    """Return the words of a text, in order; punctuation is in none."""
    return _words_of(text).findall(text)


def _words_of(text: str) -> re.Pattern[str]:
    return _SPACED_WORD if text.isascii() or not _IS_UNSPACED.search(text) else _ANY_WORD


class Vocabulary(dict[str, int]):
    """Codes of words, each worked out once."""

    def __missing__(self, word: str) -> int:
        code = self[word] = code_of(word)
        return code

    def codes(self, text: str) -> Codes:
        """Return the codes of the words of a text, (words,)."""
        words = split(text)
        return np.fromiter(map(self.__getitem__, words), dtype=np.uint64, count=len(words))


class Stems(dict[str, int]):
    """Codes of the beginnings of words: forms of one word are equal, short words (grammar, mostly) are 0."""

    def __missing__(self, word: str) -> int:
        plain = folded(word)
        known = len(plain) >= SHORT or plain.isdigit() or (not plain.isascii() and len(plain) >= SHORT - 1)
        code = self[word] = code_of(plain[:STEM]) if known else 0
        return code


class Reading:
    """One story, read for comparing: codes of its words, and, when asked, where they stand and what they are.

    quoted: spans of the text known to be quotation, besides what the marks of the text show.
    """

    def __init__(self, story: StoryRow, codes: Codes, stems: Stems, quoted: Iterable[Span] = ()) -> None:
        self.story = story
        self.codes = codes
        self._known = stems
        self._quoted = tuple(quoted)

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def places(self) -> Places:
        """First and last offset of each word, (words, 2), the last one exclusive."""
        words = _words_of(self.story.text)
        found = (place for match in words.finditer(self.story.text) for place in match.span())
        return np.fromiter(found, dtype=np.int64, count=2 * len(self)).reshape(-1, 2)

    @cached_property
    def speech(self) -> Mask:
        """Whether each word is somebody's: in quotation or in an embedded post, (words,)."""
        return self._inside((*quotations(self.story.text), *posts(self.story.text), *self._quoted))

    def _inside(self, spans: Iterable[Span]) -> Mask:
        inside = np.zeros(len(self), dtype=np.bool_)
        for span in spans:
            first = np.searchsorted(self.places[:, 0], span.start)
            last = np.searchsorted(self.places[:, 1], span.end, side="right")
            inside[first:last] = True
        return inside

    @cached_property
    def stems(self) -> Codes:
        """Code of each word's beginning, (words,), 0 for a word without a subject of its own."""
        words = split(self.story.text)
        return np.fromiter(map(self._known.__getitem__, words), dtype=np.uint64, count=len(words))

    @cached_property
    def glued(self) -> Mask:
        """Whether each word is of a paragraph with words stuck together, as lists of links have, (words,)."""
        breaks = [match.start() for match in _BREAK.finditer(self.story.text)]
        paragraph = np.searchsorted(breaks, self.places[:, 0])
        stuck = [match.start() for match in _GLUED.finditer(self.story.text)]
        return np.isin(paragraph, np.searchsorted(breaks, stuck))

    @cached_property
    def weights(self) -> Weights:
        """How much each word says about copying, (words,): names say less, two reports share them anyway."""
        text = self.story.text
        capital = np.fromiter((text[at].isupper() for at in self.places[:, 0].tolist()), np.bool_, len(self))
        least = NOUN if self.story.language in CAPITAL_NOUNS else NAME
        return np.where(capital & ~self.opens[:-1], least, 1.0)

    @cached_property
    def opens(self) -> Mask:
        """Whether a sentence may begin with each word, (words + 1,): one more for the end of the text."""
        begins = np.zeros(len(self) + 1, dtype=np.bool_)
        ends = [match.start() for match in _ENDS.finditer(self.story.text)]
        begins[np.searchsorted(self.places[:, 0], ends)] = True
        begins[[0, -1]] = True
        return begins


def shingles(codes: Codes, width: int) -> Codes:
    """Return a hash of every run of ``width`` words, (max(0, words - width + 1),)."""
    count = max(0, len(codes) - width + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for place in range(width):
        hashes *= np.uint64(_FACTOR)
        hashes += codes[place : place + count]
        hashes ^= hashes >> np.uint64(29)
    return hashes


def covered(hits: Mask, width: int, count: int) -> Mask:
    """Return which of ``count`` words lie in a shingle that is marked in ``hits``."""
    edges = np.zeros(count + 1, dtype=np.int64)
    np.add.at(edges, np.flatnonzero(hits), 1)
    np.add.at(edges, np.flatnonzero(hits) + width, -1)
    return np.cumsum(edges)[:count] > 0


def short_rows(mask: Mask, longest: int) -> Mask:
    """Return a mask without its rows of true values that are longer than ``longest``."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    kept = mask.copy()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start > longest:
            kept[start:end] = False
    return kept


def readings(stories: Sequence[StoryRow], quoted: Mapping[str, Sequence[Span]]) -> list[Reading]:
    """Return the readings of stories, in their order."""
    known, stems = Vocabulary(), Stems()
    return [Reading(one, known.codes(one.text), stems, quoted.get(one.id, ())) for one in stories]
