"""Judgements: made by people, kept as a log, laid over whatever is read from the same words now."""

from __future__ import annotations

from reportedly.review.applying import Judged, Reviewed, reviewed
from reportedly.review.log import history, made, of_page, standing, stretch, undo
from reportedly.review.placing import quotes_of, words_of
from reportedly.review.training import corpus_lines

__all__ = [
    "Judged",
    "Reviewed",
    "corpus_lines",
    "history",
    "made",
    "of_page",
    "quotes_of",
    "reviewed",
    "standing",
    "stretch",
    "undo",
    "words_of",
]
