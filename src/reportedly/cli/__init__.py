"""The command line: thin commands over the package. What each does stands in the modules named in `COMMANDS`.

Only `options` is imported here; a command's own module is imported when it runs: ``--help`` stays fast.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from reportedly import __version__
from reportedly.cli import options


@dataclass(frozen=True)
class Command:
    """One command: its options, the function that does it as "module:function", and examples for its help."""

    options: type
    function: str
    examples: tuple[str, ...]


COMMANDS = {
    "read": Command(
        options.ReadOptions,
        "reportedly.cli.reading:read",
        ("read page.html notes.txt", "read https://example.org/story --format jsonl", "read - < page.html"),
    ),
    "add": Command(
        options.AddOptions,
        "reportedly.cli.adding:add",
        ("add pages/ --case iran.db", "add archive.warc.gz 'more/*.html' --case iran.db --jobs 4"),
    ),
    "statements": Command(
        options.StatementsOptions,
        "reportedly.cli.asking:statements",
        (
            "statements --case iran.db --source minister --from 2018-01-01",
            "statements --case iran.db --voice-kind official --anonymous --via reuters",
            "statements --case iran.db --commitment CT- --commitment PR- --after 2006 --before 2008",
            "statements --case iran.db --actor iran --plover accuse --format jsonl",
        ),
    ),
    "claims": Command(
        options.ClaimsOptions,
        "reportedly.cli.claiming:claims",
        (
            "claims --case iran.db",
            "claims --case iran.db --about 'Al Qaeda' --sort first",
            "claims --case iran.db --disputed --format jsonl",
        ),
    ),
    "trace": Command(
        options.TraceOptions,
        "reportedly.cli.claiming:trace",
        ("trace 1303148a --case iran.db", "trace 1303148a --case iran.db --format jsonl"),
    ),
    "reuse": Command(
        options.ReuseOptions,
        "reportedly.cli.claiming:reuse",
        ("reuse --case iran.db", "reuse --case iran.db --format jsonl"),
    ),
    "compare": Command(
        options.CompareOptions,
        "reportedly.cli.claiming:compare",
        ("compare pages/wire.html pages/reprint.html --case iran.db", "compare 8c1f02 77ab31 --case iran.db"),
    ),
    "sources": Command(options.SourcesOptions, "reportedly.cli.asking:sources", ("sources --case iran.db",)),
    "stories": Command(
        options.StoriesOptions,
        "reportedly.cli.asking:stories",
        ("stories page.html --format jsonl", "stories --case iran.db"),
    ),
    "rejects": Command(
        options.RejectsOptions, "reportedly.cli.asking:rejects", ("rejects --case iran.db --format csv",)
    ),
    "report": Command(
        options.ReportOptions, "reportedly.cli.reporting:report", ("report --case iran.db --out report.html",)
    ),
    "serve": Command(
        options.ServeOptions,
        "reportedly.cli.serving:serve",
        (
            "serve --case iran.db",
            "serve --case iran.db --host 0.0.0.0 --allow-host desk.example.org --password-file people",
        ),
    ),
    "judgements": Command(
        options.JudgementsOptions,
        "reportedly.cli.judging:judgements",
        ("judgements --case iran.db", "judgements --case iran.db --format corpus > reviewed.jsonl"),
    ),
    "demo": Command(options.DemoOptions, "reportedly.cli.trying:demo", ("demo --out demo",)),
    "sample": Command(options.SampleOptions, "reportedly.cli.bundled:sample", ("sample selda-maren",)),
    "schema": Command(options.SchemaOptions, "reportedly.cli.bundled:schema", ("schema statement",)),
    "doctor": Command(options.DoctorOptions, "reportedly.cli.trying:doctor", ("doctor",)),
    "version": Command(options.VersionOptions, "reportedly.cli.bundled:version", ("version",)),
}

app = typer.Typer(
    name="reportedly",
    help="Who says what, on whose word, and where those words stand.",
    rich_markup_mode=None,  # rich's help costs 0.2 s
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the program; what no command foresaw is one line, and a traceback with ``--debug``."""
    # one worker, one core: the small matrices of a parse took five times the processor time on two threads
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reportedly {__version__}")
        raise typer.Exit


@app.callback(
    epilog="Exit codes: 0 done, 2 bad configuration, 3 nothing could be read, 4 case file, 5 model."
)
def _globals(
    context: typer.Context,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="Settings, a TOML file.", metavar="FILE")
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option("--set", help="One setting; may be repeated.", metavar="GROUP.NAME=VALUE"),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell more on standard error.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Tell all, with tracebacks.")] = False,
    _: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    sys.excepthook = sys.__excepthook__ if debug else _one_line  # here, after typer has set its own
    context.obj = options.Globals(settings, tuple(overrides or ()), verbose, debug)


def _one_line(kind: type[BaseException], error: BaseException, _: object) -> None:
    message = " ".join(str(error).split()) or kind.__name__
    typer.echo(f"reportedly: unexpected {kind.__name__}: {message} (--debug shows where)", err=True)


def _register(name: str, command: Command) -> None:
    def call(context: typer.Context, **values: object) -> None:
        running = import_module("reportedly.cli.running")
        raise typer.Exit(running.run(command.function, context.obj, command.options(**values)))

    hints = get_type_hints(command.options, include_extras=True)
    parameters = [inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    parameters += [_parameter(leaf, hints[leaf.name]) for leaf in fields(command.options)]
    typed: Callable[..., None] = call
    typed.__dict__["__signature__"] = inspect.Signature(parameters)
    typed.__annotations__.clear()
    typed.__doc__ = command.options.__doc__
    examples = "\n".join(f"  reportedly {example}" for example in command.examples)
    app.command(name, epilog=f"Examples:\n\n\b\n{examples}")(typed)


def _parameter(leaf: Field[Any], annotation: object) -> inspect.Parameter:
    default = inspect.Parameter.empty if leaf.default is MISSING else leaf.default
    if leaf.default_factory is not MISSING:
        default = leaf.default_factory()
    return inspect.Parameter(
        leaf.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


for _name, _command in COMMANDS.items():
    _register(_name, _command)
