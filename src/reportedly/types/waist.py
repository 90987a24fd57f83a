"""What goes through the waist: records and rejects, and how a run balanced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reportedly.types.speech import Statement
from reportedly.types.text import Page, Story


class Stage(StrEnum):
    """Where in half one something was refused."""

    READ = "read"
    PAGE = "page"
    PARSE = "parse"
    ATTRIBUTION = "attribution"
    VOICES = "voices"
    COMMITMENT = "commitment"
    TIMES = "times"
    TIES = "ties"
    CONTENTS = "contents"
    RECORD = "record"


class Reason(StrEnum):
    """Why something was refused. The meaning of each stands in docs/reference/rejects.md."""

    EMPTY = "empty"
    BINARY = "binary"
    UNKNOWN_FORMAT = "unknown-format"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    EXPANDS_TOO_FAR = "expands-too-far"
    TOO_DEEP = "too-deep"
    NOT_JSON = "not-json"
    MISSING_COLUMN = "missing-column"
    NO_TEXT = "no-text"
    NOT_A_STORY = "not-a-story"
    NOT_FOUND = "not-found"
    UNREADABLE = "unreadable"
    DIRECTORY_LOOP = "directory-loop"
    TIMEOUT = "timeout"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    PRIVATE_ADDRESS = "private-address"
    ROBOTS = "robots"
    HTTP_STATUS = "http-status"
    NETWORK = "network"
    NO_STORY = "no-story"
    FAILED = "failed"
    WORKER_DIED = "worker-died"


@dataclass(frozen=True, slots=True)
class Reject:
    """Something refused: nothing vanishes, stories in = records + rejects.

    place: the path or URL as given, with ``#`` and a row, record or story where it is finer than the item.
    detail: one sentence for a person, without the input's own text.
    """

    stage: Stage
    reason: Reason
    place: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """All that half one makes of one page: the rows that go through the waist.

    rejects: stories of the page that were refused.
    no_pipeline: ids of the stories kept whole, without statements, for want of a pipeline for their language.
    """

    page: Page
    stories: tuple[Story, ...]
    statements: tuple[Statement, ...]
    rejects: tuple[Reject, ...] = ()
    no_pipeline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How a run balanced: ``items == pages + known + rejected``.

    stories_rejected: stories that were refused on pages that were read.
    no_pipeline: number of stories that are kept whole for want of a pipeline, by language.
    """

    items: int = 0
    pages: int = 0
    known: int = 0
    rejected: int = 0
    stories: int = 0
    partial: int = 0
    statements: int = 0
    stories_rejected: int = 0
    no_pipeline: Mapping[str, int] = field(default_factory=dict)
