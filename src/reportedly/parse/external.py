"""Another spaCy pipeline, by name, for syntax, sentences and entities; attribution stays ours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.errors import ConfigurationError

_ANY_LANGUAGE = "xx"


def load(name: str, language: str) -> Language:
    """Load an installed spaCy pipeline by its package's name or its folder.

    Raises:
        ConfigurationError: there is none, it needs something that is not installed, or it is for another
            language.
    """
    try:
        nlp = spacy.load(Path(name) if Path(name).is_dir() else name)
    except Exception as error:  # a pipeline's own code runs here, and may raise anything
        problem = f"the spaCy pipeline {name!r} cannot be loaded: {_reason(error)}"
        raise ConfigurationError([problem]) from error
    if nlp.lang not in (language, _ANY_LANGUAGE):
        raise ConfigurationError([f"the spaCy pipeline {name!r} is for {nlp.lang!r}, not for {language!r}"])
    return nlp


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


def run(nlp: Language, doc: Doc, starts: Sequence[bool], hard: Collection[int]) -> None:
    """Run the pipeline's components over a Doc that has tokens only.

    starts: whether a sentence starts with the token by our reckoning, used where no component says.
    hard: character offsets at which a sentence starts whatever the components say.
    """
    for token in doc:
        if token.idx in hard:
            token.is_sent_start = True
    given = [token.is_sent_start for token in doc]
    nlp(doc)
    if [token.is_sent_start for token in doc] == given:
        for token, start in zip(doc, starts, strict=True):
            token.is_sent_start = bool(start)
