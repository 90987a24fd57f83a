"""DRIVER 1: one input item, from bytes to a record. Read `Extractor` as a table of contents."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from operator import attrgetter
from typing import TYPE_CHECKING

from reportedly import (
    __version__,
    attribution,
    commitment,
    contents,
    language,
    page,
    parse,
    read,
    settings,
    ties,
    times,
    voices,
)
from reportedly.errors import RejectedError, ReportedlyError
from reportedly.record import Finds, StoryParts, StoryRecord, build_record, build_story, surest
from reportedly.store import Engine
from reportedly.types import Assertion, Item, Page, Reason, Record, Reject, Span, Stage, Story

if TYPE_CHECKING:
    from reportedly.parse.pipeline import Pipeline

_log = logging.getLogger(__name__)

_RESULT_FREE = ("read.url_", "parse.threads", "store.", "batch.", "corpus.")
"""Settings, by the beginning of their names, that cannot change what one item gives."""


class Extractor:
    """Half one: a pure function of one item, the settings and the model."""

    def __init__(self, tree: settings.Settings) -> None:
        self.settings = tree
        self._pipelines: dict[str, Pipeline | None] = {}

    def extract(self, item: Item) -> Record | Reject:
        """Read one item and say who says what in it; bad input is a reject, never an exception.

        Raises:
            ModelError: a model file is missing or damaged.
        """
        try:
            return self._record(*self._taken_apart(item))
        except RejectedError as error:
            return error.reject

    def stories(self, item: Item) -> Record | Reject:
        """Read one item and only take it apart: its stories with their languages, no statements."""
        try:
            found, stories = self._taken_apart(item)
            if not stories:
                raise _nothing_left(found, [])
            with _stage(Stage.PARSE, item.name):
                named = [replace(story, language=language.detect(story.text)) for story in stories]
        except RejectedError as error:
            return error.reject
        return Record(found, tuple(named), ())

    def _taken_apart(self, item: Item) -> tuple[Page, tuple[Story, ...]]:
        with _stage(Stage.READ, item.name):
            found = read.read_page(item, self.settings.read)
        with _stage(Stage.PAGE, item.name):
            return found, page.split_stories(found, self.settings.page)

    def _record(self, found: Page, stories: tuple[Story, ...]) -> Record:
        kept: list[StoryRecord] = []
        rejects: list[Reject] = []
        for story in stories:
            try:
                kept.append(self._story(found, story))
            except RejectedError as error:
                rejects.append(error.reject)
        if not kept:
            raise _nothing_left(found, rejects)
        with _stage(Stage.RECORD, found.name):
            return build_record(found, kept, rejects)

    def _story(self, found: Page, story: Story) -> StoryRecord:
        place = f"{found.name}#story-{story.index}"
        with _stage(Stage.PARSE, place):
            _check_length(story, self.settings.parse, place)
            story = replace(story, language=language.detect(story.text))
            pipeline = self._pipeline(story.language)
        parts = self._parts(story, pipeline, place) if pipeline else StoryParts(story, pipeline=False)
        with _stage(Stage.RECORD, place):
            return build_story(found, parts)

    def _parts(self, story: Story, pipeline: Pipeline, place: str) -> StoryParts:
        """Say who says what in a story, on whose word, how sure, when, and about whom."""
        with _stage(Stage.PARSE, place):
            doc = pipeline.parse(story.text, story.headings)
        with _stage(Stage.ATTRIBUTION, place):
            every = attribution.attribute(doc, pipeline.encode)
            own = self._own(attribution.assertions(doc, every, _not_prose(story)))
            told = surest(every, self.settings.attribution.min_confidence)
        with _stage(Stage.VOICES, place):
            sourcings = voices.resolve(doc, told, story.metadata)
        with _stage(Stage.COMMITMENT, place):
            stances, own_stances = commitment.stances(doc, told, own)
        with _stage(Stage.TIMES, place):
            when = times.time_mentions(doc, story.metadata.published)
        with _stage(Stage.TIES, place):
            tied = ties.ties(doc)
        with _stage(Stage.CONTENTS, place):
            finds = Finds(when, tied, contents.mentions(doc), contents.sentences(doc), contents.pool(doc))
        return StoryParts(story, told, own, sourcings, stances, own_stances, finds)

    def _pipeline(self, code: str) -> Pipeline | None:
        """Load the pipeline of a language once."""
        if code not in self._pipelines:
            self._pipelines[code] = parse.load_pipeline(code, self.settings.parse)
        return self._pipelines[code]

    def _own(self, assertions: tuple[Assertion, ...]) -> tuple[Assertion, ...]:
        """Leave out what the settings do not want."""
        wanted = self.settings.attribution
        return tuple(
            one for one in assertions if wanted.author_voice and one.confidence >= wanted.min_confidence
        )


def engine_of(tree: settings.Settings) -> Engine:
    """Return what decides, beside the item itself, on what `Extractor` makes of it."""
    names = [name for name, _, _ in settings.walk() if not name.startswith(_RESULT_FREE)]
    relevant = {name: attrgetter(name)(tree) for name in names}
    return Engine(__version__, _model_digest(), json.dumps(relevant, sort_keys=True))


def _model_digest() -> str:
    """SHA-256 over names and bytes of the model's files, "" if there are none."""
    folder = resources.files("reportedly") / "model"
    digest = hashlib.sha256()
    files = [entry.name for entry in folder.iterdir() if entry.is_file()] if folder.is_dir() else []
    names = sorted(name for name in files if not name.endswith(".py"))  # code is the version's business
    for name in names:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return digest.hexdigest() if names else ""


def _check_length(story: Story, limits: settings.ParseSettings, place: str) -> None:
    """Refuse a story by its length, not by the clock: that would hang on the speed of the machine."""
    if len(story.text) > limits.max_characters:
        detail = f"a story of {len(story.text)} characters (parse.max_characters)"
        raise RejectedError(Stage.PARSE, Reason.TOO_LARGE, place, detail)


def _not_prose(story: Story) -> tuple[Span, ...]:
    """Return the spans that the author does not say as prose, in order."""
    dateline = [story.dateline] if story.dateline else []
    return tuple(
        sorted([*dateline, *story.headings, *story.captions], key=lambda span: (span.start, span.end))
    )


def _nothing_left(found: Page, rejects: list[Reject]) -> RejectedError:
    if not rejects:
        return RejectedError(Stage.PAGE, Reason.NO_STORY, found.name, "no story was found on it")
    first = rejects[0]
    others = f" (and {len(rejects) - 1} more stories)" if len(rejects) > 1 else ""
    return RejectedError(first.stage, first.reason, found.name, first.detail + others)


@contextmanager
def _stage(stage: Stage, place: str) -> Iterator[None]:
    """Whatever goes wrong inside is one reject: what is raised on purpose as it is, the rest as `FAILED`."""
    try:
        yield
    except ReportedlyError:
        raise
    except Exception as error:
        _log.debug("%s failed at %s", stage, place, exc_info=True)
        detail = f"{type(error).__name__} in our own code; run with --debug for the traceback"
        raise RejectedError(stage, Reason.FAILED, place, detail) from error
