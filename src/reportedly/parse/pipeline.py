"""One language's pipeline: text -> spaCy Doc with sentences, syntax, entities and the encoder's answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.model.meta import load_meta
from reportedly.parse import external
from reportedly.parse.annotation import annotate, measure
from reportedly.parse.boundaries import learned_starts
from reportedly.parse.encoder import Encoder
from reportedly.parse.sentences import line_starts, sentence_starts
from reportedly.parse.tokens import align
from reportedly.settings import ParseSettings
from reportedly.types import Encoding, Span

_LONGEST_WORD = 400
"""Characters from which a run without blanks is one token: spaCy's affix rules take quadratic time on it."""


class Pipeline:
    """Parses stories of one language. Holds a loaded model; make one in each process."""

    def __init__(self, language: str, settings: ParseSettings) -> None:
        """Load the pipeline.

        Raises:
            ModelError: a model file is missing or damaged.
            ConfigurationError: the spaCy pipeline that ``settings.pipeline`` names cannot be used.
        """
        self._foreign = external.load(settings.pipeline, language) if settings.pipeline else None
        self._nlp: Language = self._foreign or spacy.blank(language)
        self._encoder = Encoder(settings.threads)
        self._heads = load_meta().heads

    def parse(self, text: str, headings: Sequence[Span] = ()) -> Doc:
        """Return a Doc with ``doc.text == text`` and sentence starts.

        With a network that has heads for them: also parts of speech, Penn tags, lemmas, Universal
        Dependencies and entities. ``user_data`` holds "encoding", a `types.Encoding`; and, with such a
        network, "factuality", (tokens,) float32 from -3 (did not happen) to 3 (did), NaN where a token is no
        predicate; and "vectors", (sentences, 384) float32 in the order of ``doc.sents``, of length 1, or 0
        for a sentence without words.

        headings: spans that are sentences of their own whatever stands around them.
        """
        encoding = self._encoder.encode(text)
        edges = {edge for span in headings for edge in (span.start, span.end) if edge < len(text)}
        starts = self._starts(text, encoding, edges)
        words, spaces, opens = self._tokenise(text, starts)
        if self._foreign is None:
            return self._annotated(words, spaces, opens, encoding)
        doc = Doc(self._nlp.vocab, words=words, spaces=spaces)
        external.run(self._foreign, doc, opens, {0, *edges, *line_starts(text)})
        return self._measured(doc, encoding)

    def parse_tokens(self, words: Sequence[str], spaces: Sequence[bool], sent_starts: Sequence[bool]) -> Doc:
        """Return a Doc of given tokens and sentences, otherwise as `parse`: to judge one stage by itself.

        words, spaces: tokens and whether a blank follows; joined they are the text. sent_starts: whether a
        sentence starts with the token; the first always does. Never runs another spaCy pipeline.

        Raises:
            ValueError: the three differ in length.
        """
        if not len(words) == len(spaces) == len(sent_starts):
            raise ValueError(f"{len(words)} words, {len(spaces)} spaces, {len(sent_starts)} sentence starts")
        text = "".join(word + " " * space for word, space in zip(words, spaces, strict=True))
        return self._annotated(words, spaces, sent_starts, self.encode(text))

    def encode(self, text: str) -> Encoding:
        """Return what the encoder alone says about a text."""
        return self._encoder.encode(text)

    def _starts(self, text: str, encoding: Encoding, edges: set[int]) -> tuple[int, ...]:
        if self._heads is None:
            return tuple(sorted({*sentence_starts(text), *edges}))
        return learned_starts(text, encoding, edges)

    def _annotated(
        self, words: Sequence[str], spaces: Sequence[bool], opens: Sequence[bool], encoding: Encoding
    ) -> Doc:
        if self._heads is None:
            doc = Doc(self._nlp.vocab, words=list(words), spaces=list(spaces), sent_starts=list(opens))
            doc.user_data["encoding"] = encoding
            return doc
        doc = Doc(self._nlp.vocab, words=list(words), spaces=list(spaces))
        if words:
            tokens = align(words, spaces, np.asarray(opens, dtype=bool), encoding.offsets)
            annotate(doc, tokens, encoding, self._heads)
        return self._measured(doc, encoding)

    def _measured(self, doc: Doc, encoding: Encoding) -> Doc:
        doc.user_data["encoding"] = encoding
        if self._heads is not None:
            doc.user_data["factuality"], doc.user_data["vectors"] = measure(doc, encoding)
        return doc

    def _tokenise(self, text: str, starts: Sequence[int]) -> tuple[list[str], list[bool], list[bool]]:
        """Return words, spaces and sentence starts, so that every start is a token's start too."""
        words: list[str] = []
        spaces: list[bool] = []
        opens: list[bool] = []
        opening, at = {0, *starts}, 0
        for piece in _pieces(text, starts):
            found = [piece] if _endless(piece) else [*self._nlp.tokenizer(piece)]
            for token in found:
                words.append(token if isinstance(token, str) else token.text)
                spaces.append(not isinstance(token, str) and bool(token.whitespace_))
                opens.append(at in opening)
                at += len(words[-1]) + spaces[-1]
        return words, spaces, opens


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
