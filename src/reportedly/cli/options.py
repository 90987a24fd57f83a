"""The options of every command: one dataclass a command, its docstring the command's help.

Light on purpose: nothing here imports the rest of the package, so that ``--help`` answers at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import typer

ReadFormat = Literal["text", "jsonl"]
ListFormat = Literal["table", "jsonl", "csv"]
JudgementsFormat = Literal["table", "jsonl", "csv", "corpus"]
StatementKind = Literal[
    "direct",
    "indirect",
    "mixed",
    "author",
    "person",
    "official",
    "group",
    "organisation",
    "document",
    "outlet",
    "unspecified",
]
VoiceKindValue = Literal[
    "person", "official", "group", "organisation", "document", "outlet", "unspecified", "author"
]
PloverClass = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
SchemaKind = Literal["statement", "story", "claim", "reuse"]
ClaimSort = Literal["echo", "outlets", "origins", "first"]
TraceFormat = Literal["text", "jsonl"]
ReuseFormat = Literal["table", "jsonl"]

CaseOption = Annotated[Path, typer.Option("--case", help="The case file.", metavar="FILE")]
FormatOption = Annotated[ListFormat, typer.Option("--format", help="How to print.")]


@dataclass(frozen=True)
class Globals:
    """What is said before the command: settings, and how much to tell."""

    settings: Path | None = None
    overrides: tuple[str, ...] = ()
    verbose: bool = False
    debug: bool = False


@dataclass(frozen=True, kw_only=True)
class InputOptions:
    """What every command that reads takes."""

    title_column: Annotated[
        str | None, typer.Option(help="JSONL and CSV: the column with the headline.", metavar="NAME")
    ] = None
    text_column: Annotated[
        str | None, typer.Option(help="JSONL and CSV: the column with the text.", metavar="NAME")
    ] = None
    outlet_column: Annotated[
        str | None, typer.Option(help="JSONL and CSV: the column with the outlet.", metavar="NAME")
    ] = None
    author_column: Annotated[
        str | None, typer.Option(help="JSONL and CSV: the column with the author.", metavar="NAME")
    ] = None
    published_column: Annotated[
        str | None, typer.Option(help="JSONL and CSV: the column with the date.", metavar="NAME")
    ] = None
    url_column: Annotated[
        str | None, typer.Option(help="JSONL and CSV: the column with the address.", metavar="NAME")
    ] = None
    id_column: Annotated[
        str | None, typer.Option(help="JSONL and CSV: the column that names the row.", metavar="NAME")
    ] = None
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow URLs that lead to private addresses.")
    ] = False
    no_robots: Annotated[bool, typer.Option("--no-robots", help="Do not ask robots.txt.")] = False

    pipeline: Annotated[
        str | None,
        typer.Option(
            help="Syntax and entities by an installed spaCy pipeline, its name or folder.", metavar="NAME"
        ),
    ] = None

    def overrides(self) -> tuple[str, ...]:
        """Return the settings that the flags stand for."""
        private = ("read.url_private=true",) if self.allow_private else ()
        robots = ("read.url_robots=false",) if self.no_robots else ()
        return (*private, *robots, *([f"parse.pipeline={self.pipeline}"] if self.pipeline else ()))


@dataclass(frozen=True, kw_only=True)
class ReadOptions(InputOptions):
    """Read pages once, without a case: print who says what.

    INPUT is a file, a folder, a glob, a URL, or - for standard input. Formats: html, text, markdown, pdf,
    docx, eml, WARC, JSONL and CSV, each also as .gz.
    """

    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", show_default=False)]
    format: Annotated[
        ReadFormat, typer.Option("--format", help="Marked text, or one JSON line a statement.")
    ] = "text"


@dataclass(frozen=True, kw_only=True)
class AddOptions(InputOptions):
    """Read pages into a case and work out its claims. Safe to repeat; resumes after a kill.

    INPUT is a file, a folder, a glob, a URL, or - for standard input.
    """

    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", show_default=False)]
    case: Annotated[
        Path, typer.Option("--case", help="The case file; made if there is none.", metavar="FILE")
    ]
    jobs: Annotated[int, typer.Option(help="Worker processes; 0: one a core, at most 8.", min=0, max=256)] = 0
    no_claims: Annotated[
        bool,
        typer.Option("--no-claims", help="Leave claims and origins for later: `claims` works them out then."),
    ] = False

    def overrides(self) -> tuple[str, ...]:
        """Return the settings that the flags stand for."""
        return (*InputOptions.overrides(self), *(("corpus.claims=false",) if self.no_claims else ()))


@dataclass(frozen=True, kw_only=True)
class StatementsOptions:
    """List the statements of a case: who says what, on whose word, how surely, and of when.

    Filters narrow, all of them at once. Dates are 2018, 2018-03 or 2018-03-14.
    """

    case: CaseOption
    source: Annotated[
        str | None, typer.Option(help="Whose word: name or words of the source.", metavar="NAME")
    ] = None
    about: Annotated[str | None, typer.Option(help="Words that the content has.", metavar="WORDS")] = None
    outlet: Annotated[str | None, typer.Option(help="Outlet of the story.", metavar="NAME")] = None
    kind: Annotated[
        StatementKind | None,
        typer.Option(help="How it is told (first four), or what kind of voice tells it."),
    ] = None
    voice: Annotated[
        str | None, typer.Option(help="Who speaks: part of the resolved name.", metavar="NAME")
    ] = None
    voice_kind: Annotated[
        VoiceKindValue | None, typer.Option("--voice-kind", help="What kind of voice speaks.")
    ] = None
    role: Annotated[
        str | None, typer.Option(help="Part of the voice's role or of whom it speaks for.", metavar="WORDS")
    ] = None
    via: Annotated[str | None, typer.Option(help="A voice or outlet on the way to it.", metavar="NAME")] = (
        None
    )
    nested: Annotated[bool, typer.Option("--nested", help="Only what is said inside what another says.")] = (
        False
    )
    of_itself: Annotated[
        bool, typer.Option("--of-itself", help="Only what a party says of its own conduct.")
    ] = False
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Only sources that asked not to be named.")
    ] = False
    commitment: Annotated[
        list[str] | None,
        typer.Option(
            help="How far the voice commits itself; given several times: any of them.",
            metavar="CT+|PR+|PS+|CT-|PR-|PS-|CTu|Uu",
        ),
    ] = None
    after: Annotated[
        str | None, typer.Option(help="What it says is of this day or later.", metavar="DATE")
    ] = None
    before: Annotated[
        str | None, typer.Option(help="What it says is of this day or earlier.", metavar="DATE")
    ] = None
    actor: Annotated[
        str | None,
        typer.Option(help="Who does or undergoes something in it, or their state.", metavar="NAME"),
    ] = None
    relation: Annotated[
        str | None, typer.Option(help="What is done: the verb, as in a dictionary.", metavar="LEMMA")
    ] = None
    plover: Annotated[
        PloverClass | None, typer.Option(help="What is done: its PLOVER class.", case_sensitive=False)
    ] = None
    from_date: Annotated[
        str | None,
        typer.Option("--from", help="Published on this day or later.", metavar="DATE"),
    ] = None
    to_date: Annotated[
        str | None, typer.Option("--to", help="Published on this day or earlier.", metavar="DATE")
    ] = None
    format: FormatOption = "table"


@dataclass(frozen=True, kw_only=True)
class ClaimsOptions:
    """List the claims of a case: how many outlets carry each, and how many independent origins it has.

    Origins are a range: the low end takes for one what may be one source, the high end only what must be.
    Echo is outlets for each origin. Works the claims out first where the case has grown since.
    """

    case: CaseOption
    about: Annotated[
        str | None, typer.Option(help="Whom or what it is about: part of a name, or words.", metavar="NAME")
    ] = None
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Only what somebody denies, contradicts, corrects or retracts.")
    ] = False
    sort: Annotated[
        ClaimSort, typer.Option(help="Largest echo, most outlets, most origins, or first seen first.")
    ] = "echo"
    limit: Annotated[
        int | None, typer.Option(help="Most claims; 0: all. Else 50 in a table, all in jsonl and csv.", min=0)
    ] = None
    format: FormatOption = "table"
    again: Annotated[bool, typer.Option("--again", help="Work the claims out anew in any case.")] = False


@dataclass(frozen=True, kw_only=True)
class TraceOptions:
    """Print what one claim rests on: who got it from whom, with dates, words and reasons.

    CLAIM is its id, or the beginning of it, as `claims` lists it.
    """

    claim: Annotated[str, typer.Argument(metavar="CLAIM", show_default=False)]
    case: CaseOption
    format: Annotated[TraceFormat, typer.Option("--format", help="How to print.")] = "text"


@dataclass(frozen=True, kw_only=True)
class ReuseOptions:
    """List the stories that share text: reprints, trims, rewrites, wire copy, and words of one speaker."""

    case: CaseOption
    format: Annotated[ReuseFormat, typer.Option("--format", help="How to print.")] = "table"


@dataclass(frozen=True, kw_only=True)
class CompareOptions:
    """Print what two stories share, passages side by side, and what each of them adds.

    STORY is an id or the beginning of one, or the name of a page with one story, or the end of that name.
    """

    story: Annotated[str, typer.Argument(metavar="STORY", show_default=False)]
    other: Annotated[str, typer.Argument(metavar="STORY", show_default=False)]
    case: CaseOption
    format: Annotated[TraceFormat, typer.Option("--format", help="How to print.")] = "text"


@dataclass(frozen=True, kw_only=True)
class SourcesOptions:
    """List whom a case relies on: sources by kind, with counts."""

    case: CaseOption
    format: FormatOption = "table"


@dataclass(frozen=True, kw_only=True)
class StoriesOptions(InputOptions):
    """List the stories of a case, or of pages read now: how each page was taken apart."""

    inputs: Annotated[list[str], typer.Argument(metavar="[INPUT...]", show_default=False)] = field(
        default_factory=list
    )
    case: Annotated[Path | None, typer.Option("--case", help="The case file.", metavar="FILE")] = None
    format: FormatOption = "table"


@dataclass(frozen=True, kw_only=True)
class RejectsOptions:
    """List what was refused: where, at which stage and why."""

    case: CaseOption
    format: FormatOption = "table"


@dataclass(frozen=True, kw_only=True)
class ReportOptions:
    """Write one self-contained HTML page: every story with its statements marked in place."""

    case: CaseOption
    out: Annotated[Path, typer.Option("--out", help="The page to write.", metavar="FILE")]
    limit: Annotated[int, typer.Option(help="Most stories on the page.", min=1)] = 500
    title: Annotated[
        str | None, typer.Option(help="Title of the page; else the case's name.", metavar="WORDS")
    ] = None


@dataclass(frozen=True, kw_only=True)
class ServeOptions:
    """Open a case in the browser: pages to read it, to search it and to judge what was read.

    Serves on this machine alone unless --host says otherwise; then --password-file or --token is needed.
    """

    case: CaseOption
    host: Annotated[str, typer.Option(help="Address to listen on.", metavar="ADDRESS")] = "127.0.0.1"
    port: Annotated[int, typer.Option(help="Port; 0: any that is free.", min=0, max=65535)] = 8765
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="A name under which it may be asked for; may be repeated.", metavar="NAME"),
    ] = None
    password_file: Annotated[
        Path | None,
        typer.Option(
            help="People who may sign in: `name role password` a line, role reader or reviewer.",
            metavar="FILE",
        ),
    ] = None
    token: Annotated[
        bool, typer.Option("--token", help="Make a token, print it, and let nobody in without it.")
    ] = False
    reviewer: Annotated[
        str | None, typer.Option(help="Name to judge in, where nobody signs in.", metavar="NAME")
    ] = None
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody can judge.")] = False
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1, max=32)] = 1


@dataclass(frozen=True, kw_only=True)
class JudgementsOptions:
    """Print what was judged: the log, or training data in the format of the attribution corpora."""

    case: CaseOption
    format: Annotated[
        JudgementsFormat,
        typer.Option("--format", help="A table, one JSON line a judgement, CSV, or the corpora's lines."),
    ] = "table"


@dataclass(frozen=True, kw_only=True)
class DemoOptions:
    """Run the main job on the bundled sample case: add, sources, statements, report."""

    out: Annotated[Path, typer.Option("--out", help="Folder for the sample, its case and its report.")] = (
        Path("demo")
    )
    jobs: Annotated[int, typer.Option(help="Worker processes; 0: one a core, at most 8.", min=0, max=256)] = 1


@dataclass(frozen=True, kw_only=True)
class SampleOptions:
    """Unpack the bundled sample case: invented stories, for trying things out."""

    folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)]


@dataclass(frozen=True, kw_only=True)
class SchemaOptions:
    """Print the JSON Schema of a line that this program prints."""

    kind: Annotated[SchemaKind, typer.Argument(show_default=False)]


@dataclass(frozen=True, kw_only=True)
class DoctorOptions:
    """Check this installation: versions, model, SQLite, and a self-test. Exit code 0: all is well, 1: not."""


@dataclass(frozen=True, kw_only=True)
class VersionOptions:
    """Print the version."""
