"""Story text -> spaCy Doc: sentences, and what the encoder says about each word piece."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reportedly.errors import ConfigurationError

if TYPE_CHECKING:
    from reportedly.parse.pipeline import Pipeline
    from reportedly.settings import ParseSettings

LANGUAGES = frozenset({"en"})
"""ISO 639-1 codes of the languages that have a pipeline."""


def load_pipeline(language: str, settings: ParseSettings) -> Pipeline | None:
    """Load the pipeline of a language, None where there is none.

    Raises:
        ModelError: a model file is missing or damaged.
        ConfigurationError: the spaCy pipeline that ``settings.pipeline`` names cannot be used.
    """
    if language not in LANGUAGES:
        return None
    # spaCy and onnxruntime take a second to load, which only a run that parses should pay for
    pipeline: Pipeline = import_module("reportedly.parse.pipeline").Pipeline(language, settings)
    return pipeline


def pipeline_problems(settings: ParseSettings) -> list[str]:
    """Return what is wrong with ``settings.pipeline``, most often nothing. Loads the pipeline."""
    if not settings.pipeline:
        return []
    external = import_module("reportedly.parse.external")
    found: list[str] = []
    for language in sorted(LANGUAGES):
        try:
            external.load(settings.pipeline, language)
        except ConfigurationError as error:
            found += error.problems
    return found
