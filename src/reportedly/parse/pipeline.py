"""One language's pipeline: text -> spaCy Doc with sentence starts and the encoder's answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import spacy
from spacy.tokens import Doc

from reportedly.parse.encoder import Encoder
from reportedly.parse.sentences import sentence_starts
from reportedly.settings import ParseSettings
from reportedly.types import Span

_LONGEST_WORD = 400
"""Characters from which a run without blanks is one token: spaCy's affix rules take quadratic time on it."""


class Pipeline:
    """Parses stories of one language. Holds a loaded model; make one in each process."""

    def __init__(self, language: str, settings: ParseSettings) -> None:
        """Load the pipeline. Raises ModelError when a model file is missing or damaged."""
        self._blank = spacy.blank(language)
        self._encoder = Encoder(settings.threads)

    def parse(self, text: str, headings: Sequence[Span] = ()) -> Doc:
        """Return a Doc with ``doc.text == text``, sentence starts and ``user_data["encoding"]``.

        headings: spans that are sentences of their own whatever stands around them.
        """
        edges = {edge for span in headings for edge in (span.start, span.end)}
        starts = sorted({*sentence_starts(text), *(edge for edge in edges if edge < len(text))})
        doc = self._tokenise(text, starts)
        doc.user_data["encoding"] = self._encoder.encode(text)
        return doc

    def _tokenise(self, text: str, starts: Sequence[int]) -> Doc:
        """Tokenise so that every sentence start is a token's start too."""
        words: list[str] = []
        spaces: list[bool] = []
        opens: list[
            bool | int | None
        ] = []  # given to Doc whole: set token by token it cost a tenth of half one
        opening, at = {0, *starts}, 0
        for piece in _pieces(text, starts):
            found = [piece] if _endless(piece) else [*self._blank.tokenizer(piece)]
            for token in found:
                words.append(token if isinstance(token, str) else token.text)
                spaces.append(not isinstance(token, str) and bool(token.whitespace_))
                opens.append(at in opening)
                at += len(words[-1]) + spaces[-1]
        return Doc(self._blank.vocab, words=words, spaces=spaces, sent_starts=opens)


def _endless(piece: str) -> bool:
    return len(piece) > _LONGEST_WORD and " " not in piece


def _pieces(text: str, starts: Sequence[int]) -> Iterable[str]:
    """Cut the text at sentence starts and around its endless words."""
    cuts = [*starts, len(text)]
    for start, end in pairwise(cuts):
        at = start
        while end - at > _LONGEST_WORD:
            stop = _next_cut(text, at, end)
            yield text[at:stop]
            at = stop
        if at < end:
            yield text[at:end]


def _next_cut(text: str, at: int, end: int) -> int:
    blank = text.rfind(" ", at, at + _LONGEST_WORD)
    if blank >= at:
        return blank + 1
    further = text.find(" ", at, end)
    return end if further < 0 else further
