"""Story text -> spaCy Doc: sentences, and what the encoder says about each word piece."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.parse.pipeline import Pipeline
    from reportedly.settings import ParseSettings

LANGUAGES = frozenset({"en"})
"""ISO 639-1 codes of the languages that have a pipeline."""


def load_pipeline(language: str, settings: ParseSettings) -> Pipeline | None:
    """Load the pipeline of a language, None where there is none.

    Raises:
        ModelError: a model file is missing or damaged.
    """
    if language not in LANGUAGES:
        return None
    # spaCy and onnxruntime take a second to load, which only a run that parses should pay for
    pipeline: Pipeline = import_module("reportedly.parse.pipeline").Pipeline(language, settings)
    return pipeline
