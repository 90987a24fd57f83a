"""The shapes of the API's answers and requests, for the OpenAPI document: what every field means.

Statements and stories have the public contract of ``export.lines``; its JSON Schemas are the description.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from reportedly.export.lines import schema
from reportedly.types import JsonObject, Subject, Verdict, VoiceKind

_COMPONENTS = "#/components/schemas/"


def _component(name: str) -> str:
    joined = "".join(part.capitalize() for part in name.split("_"))
    return f"{joined}Part"


def _contract(kind: Literal["statement", "story", "claim"]) -> JsonObject:
    """Return the schema of a line with its parts as components of the document."""
    text = json.dumps(schema(kind))
    for name in schema(kind)["$defs"]:
        text = text.replace(f'"#/$defs/{name}"', f'"{_COMPONENTS}{_component(name)}"')
    found: JsonObject = json.loads(text)
    found.pop("$schema")
    return found


def _statement(found: JsonObject) -> None:
    _become(found, "statement")


def _story(found: JsonObject) -> None:
    _become(found, "story")


def _become(found: JsonObject, kind: Literal["statement", "story", "claim"]) -> None:
    contract = _contract(kind)
    contract.pop("$defs")
    found.clear()
    found.update(contract)


class StatementLine(BaseModel):
    """A statement, as ``reportedly statements --format jsonl`` prints it."""

    model_config = ConfigDict(json_schema_extra=_statement)


class StoryLine(BaseModel):
    """A story, as ``reportedly stories --format jsonl`` prints it."""

    model_config = ConfigDict(json_schema_extra=_story)


def _claim(found: JsonObject) -> None:
    _become(found, "claim")


class ClaimLine(BaseModel):
    """A claim, as ``reportedly claims --format jsonl`` prints it."""

    model_config = ConfigDict(json_schema_extra=_claim)


class Origins(BaseModel):
    """How many independent origins a claim has, without their grounds."""

    low: int = Field(description="How many there are at least: what may be one source counts once.")
    high: int = Field(description="How many at most: only what must be one source counts once.")
    grounds: list[list[str]] = Field(description="Empty in a list; the claim's own address has them.")
    outside: list[str] = Field(description="Origins whose words are not in the case.")
    reasons: list[str] = Field(description="Why, a sentence each.")


class ClaimEntry(BaseModel):
    """A claim in a list."""

    contract: int = Field(description="Version of the contract.")
    id: str = Field(description="Stays the same while stories are added.")
    text: str = Field(description="The claim, in words of its own sources.")
    actors: list[str] = Field(description="Whom it is about.")
    origins: Origins = Field(description="How many independent origins stand behind it.")
    echo: float = Field(description="Outlets for each origin.")
    disputed: bool = Field(description="Whether anything in the case speaks against it.")
    first_seen: str | None = Field(description="Day of its first dated story.")
    outlets: int = Field(description="How many outlets carry it.")
    stories: int = Field(description="How many stories assert it.")
    undated: int = Field(description="How many of them are undated.")
    statements: int = Field(description="How many statements support it.")
    commitments: dict[str, int] = Field(description="How sure its supporters are: value -> how many.")


class StoryEntry(BaseModel):
    """A story in a list."""

    id: str = Field(description="Content hash: the same input gives the same id anywhere.")
    title: str | None = Field(description="Headline, null where the page names none.")
    outlet: str | None = Field(description="Who published it, in the page's own words.")
    published: str | None = Field(
        description="Calendar date, as fine as it is known: 2018, 2018-03, 2018-03-14."
    )
    byline: str | None = Field(description="Who wrote it.")
    agency: str | None = Field(description="News agency that is credited.")
    place: str | None = Field(description="Place of the dateline.")
    language: str = Field(description="ISO 639-1 code, `und` where there is nothing to go by.")
    partial: bool = Field(description="Whether the page shows only its beginning.")
    has_pipeline: bool = Field(description="Whether its language has a pipeline; without one, no statements.")
    statements: int = Field(description="How many statements it has, its own voice included.")
    page: str = Field(description="Path or URL of its page, as given.")
    story: int = Field(description="Number of the story on its page, from 0.")


class SourceEntry(BaseModel):
    """A source in the list."""

    id: str = Field(
        description="Stands for the source as long as its name, or else its description, is the same."
    )
    source: str | None = Field(
        description="What it is called: name, else role and body, else the stories' words."
    )
    kind: str | None = Field(description="Kind of voice, or `pronoun`; `author` for an outlet's own voice.")
    role: str | None = Field(description="Its most frequent role, beside a name.")
    affiliation: str | None = Field(description="The body it speaks for, beside a name.")
    statements: int = Field(description="How many statements rest on it.")
    stories: int = Field(description="In how many stories it speaks.")
    outlets: int = Field(description="In how many outlets it speaks.")
    address: str = Field(description="Its page.")


class Wording(BaseModel):
    """Words by which stories call a source."""

    text: str = Field(description="The words.")
    statements: int = Field(description="In how many statements.")


class SourceDetail(BaseModel):
    """One source, as ``reportedly sources --format jsonl`` prints it."""

    id: str = Field(description="As in the list.")
    source: str | None = Field(description="What it is called.")
    name: str | None = Field(description="The fullest name that stories give, null without one.")
    kind: VoiceKind | None = Field(description="What it is; null where it was not resolved.")
    role: str | None = Field(description="Its most frequent role.")
    affiliation: str | None = Field(description="The body that it speaks for most often.")
    pronoun: bool = Field(
        description="Whether it is a pronoun of which nobody could tell whom it stands for."
    )
    wordings: list[Wording] = Field(description="How stories call it, most frequent first.")
    statements: int = Field(description="How many statements rest on it.")
    stories: int = Field(description="In how many stories it speaks.")
    outlets: int = Field(description="In how many outlets it speaks.")
    direct: int = Field(description="Statements wholly in quotation marks.")
    indirect: int = Field(description="Statements without quotation marks.")
    mixed: int = Field(description="Statements partly in quotation marks.")


class Hit(BaseModel):
    """A statement that a search found."""

    id: str = Field(description="The statement.")
    story_id: str = Field(description="The story that it stands in.")
    page: str = Field(description="Path or URL of its page, as given.")
    title: str | None = Field(description="Headline of the story.")
    outlet: str | None = Field(description="Outlet of the story.")
    published: str | None = Field(description="Date of the story.")
    language: str = Field(description="Language of the story.")
    kind: str = Field(description="How it is told: direct, indirect, mixed, or author.")
    source: str | None = Field(description="The source's words in the story.")
    cue: str | None = Field(description="The words that attribute.")
    content: str = Field(description="What is said, its pieces joined by ` [...] `.")
    chain: list[str] = Field(description="The voices inwards of the outlet; the last one speaks.")
    voice_name: str | None = Field(description="Who speaks, once resolved.")
    voice_kind: str | None = Field(description="What that is.")
    commitment: str | None = Field(description="How far the voice commits to it: FactBank's value.")
    confidence: float = Field(description="The model's probability that the words are marked right.")
    marked: list[tuple[str, bool]] = Field(
        description="A snippet of the content in pieces; true: looked for."
    )


class SearchResult(BaseModel):
    """What a search found."""

    items: list[Hit] = Field(description="The best hits, best first.")
    total: int = Field(description="How many there are, as far as they were counted.")
    more: bool = Field(description="Whether there are more than were counted.")
    facets: dict[str, dict[str, int]] = Field(
        description="How the counted hits divide: facet -> value -> number; unstated values are left out."
    )


class Voice(BaseModel):
    """Who the source is instead."""

    model_config = ConfigDict(extra="forbid")
    name: str | None = Field(None, max_length=200, description="Fullest name.")
    kind: VoiceKind | None = Field(None, description="What it is.")
    role: str | None = Field(None, max_length=200, description="Its role.")
    affiliation: str | None = Field(None, max_length=200, description="The body that it speaks for.")


class NewJudgement(BaseModel):
    """What a reviewer says."""

    model_config = ConfigDict(extra="forbid")
    subject: Subject = Field(
        Subject.STATEMENT,
        description="What it is about. `same-claim` compares two statements, `same-actor` two names.",
    )
    verdict: Verdict = Field(
        description="Of two things: `right` if they are the same, `wrong` if they are not."
    )
    statement: str | None = Field(
        None, max_length=64, description="The statement; of `same-claim` the first of two."
    )
    other: str | None = Field(None, max_length=64, description="Of `same-claim`: the second statement.")
    story: str | None = Field(None, max_length=64, description="Of `missing`: the story.")
    words: dict[Literal["source", "cue", "content"], str] = Field(
        default_factory=dict,
        description=(
            "The words that are right instead, as they stand in the story; a content's pieces apart by [...]."
            " A role that is not there stays as it is, an empty one is taken away."
        ),
    )
    near: dict[Literal["source", "cue", "content"], int] = Field(
        default_factory=dict, description="Where in the story's text those words stand, roughly."
    )
    voice: Voice | None = Field(None, description="Who the source is instead.")
    names: list[str] = Field(
        default_factory=list, max_length=2, description="Of `same-actor`: the two names."
    )
    note: str = Field("", max_length=2_000, description="A remark.")


class Words(BaseModel):
    """The words of one statement that were judged."""

    page_id: str = Field(description="Their page.")
    story: int = Field(description="Number of their story on the page.")
    text_hash: str = Field(description="Hash of the story's text then.")
    quotes: list[tuple[str, int, int, str]] = Field(
        description="Role, start and end in the story's text, and the words."
    )


class Instead(BaseModel):
    """What is right instead."""

    quotes: list[tuple[str, int, int, str]] = Field(description="The words, as in `Words`.")
    voice: Voice | None = Field(description="The voice.")


class JudgementLine(BaseModel):
    """One judgement as the log keeps it."""

    id: str = Field(description="Content hash of all that it says.")
    at: str = Field(description="When: ISO 8601, UTC.")
    by: str = Field(description="Who.")
    subject: Subject = Field(description="What it is about.")
    verdict: Verdict = Field(description="What it says.")
    words: list[Words] = Field(description="The words judged.")
    names: list[str] = Field(description="Of `same-actor`: the two names.")
    instead: Instead | None = Field(description="What is right instead, null if nothing was said of it.")
    note: str = Field(description="The remark; may be empty.")
    undoes: str | None = Field(description="The judgement that it takes back, null if none.")


class SessionLine(BaseModel):
    """Who is asking."""

    name: str = Field(description="Name in which judgements are written.")
    role: str = Field(description="`reader` or `reviewer`.")
    csrf: str = Field(
        description="What the header `X-CSRF-Token` of a write must hold, with this session's cookie."
    )


class Stretch(BaseModel):
    """A stretch of a list."""

    next: str | None = Field(description="Address of the stretch behind this one, null at the end.")


class Claims(Stretch):
    """A stretch of claims."""

    items: list[ClaimEntry] = Field(description="In the order asked for.")


class Stories(Stretch):
    """A stretch of stories."""

    items: list[StoryEntry] = Field(description="In the order in which they came into the case.")


class Statements(Stretch):
    """A stretch of statements."""

    items: list[StatementLine] = Field(description="In the order in which they came into the case.")


class Sources(Stretch):
    """A stretch of sources."""

    items: list[SourceEntry] = Field(description="In the order in which their first statements came in.")


class Judgements(Stretch):
    """A stretch of judgements."""

    items: list[JudgementLine] = Field(description="In the order in which they were made.")


class ErrorDetail(BaseModel):
    """What went wrong."""

    status: int = Field(description="HTTP status.")
    code: str = Field(description="The kind of error, in a word that stays the same.")
    message: str = Field(description="A sentence for a person.")
    problems: list[str] = Field(
        description="Every single thing that is wrong with the request; may be empty."
    )


class ErrorLine(BaseModel):
    """The one shape of every error."""

    error: ErrorDetail = Field(description="What went wrong.")


def describe(app: FastAPI) -> None:
    """Add the parts of statements and stories to the components of the OpenAPI document of ``app``."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        components = document.setdefault("components", {}).setdefault("schemas", {})
        for kind in ("claim", "story", "statement"):  # the last one tells most of the parts that they share
            parts = _contract(kind)["$defs"].items()
            components.update({_component(name): part for name, part in parts})
        return document

    app.__dict__["openapi"] = openapi
