"""What every command shares: settings, standard streams, and the exit code that an outcome gets."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from reportedly import parse, settings
from reportedly.errors import ConfigurationError, ReportedlyError
from reportedly.export.plain import one_line
from reportedly.export.table import Listing, write_csv, write_jsonl, write_table

if TYPE_CHECKING:
    from reportedly.cli.options import Globals, ListFormat
    from reportedly.types import JsonObject, Reject

DONE = 0
NOTHING_READ = 3
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
PIPE_COLUMNS = 160
"""Width of a table that goes to a file or a pipe, unless COLUMNS says otherwise."""


class _Console(Console):
    """A console whose reader may go away, as with ``| head``: `run` ends in silence then, and well."""

    def on_broken_pipe(self) -> None:
        """Let `run` hear of it; rich would exit with 1."""
        raise BrokenPipeError


def run(function: str, common: Globals, options: object) -> int:
    """Import "module:function", call it with ``common`` and ``options``, and return the exit code."""
    _prepare_streams()
    logging.basicConfig(level=_level(common), format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        module, _, name = function.partition(":")
        command: Callable[[Any, Any], int] = getattr(import_module(module), name)
        code = command(common, options)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return DONE
    except KeyboardInterrupt:
        say("interrupted; what was written stays, and the same command goes on from there")
        return INTERRUPTED
    except ReportedlyError as error:
        return _told(error, common)
    return code


def tree(common: Globals, flags: Sequence[str] = (), problems: Iterable[str] = ()) -> settings.Settings:
    """Build the settings from the file, ``--set`` and flags.

    Raises:
        ConfigurationError: with all problems of the settings, and ``problems`` of the command's flags.
    """
    found = list(problems)
    try:
        built = settings.load(common.settings, (*common.overrides, *flags))
    except ConfigurationError as error:
        found = [*error.problems, *found]
        built = settings.Settings()
    found += parse.pipeline_problems(built.parse)
    if found:
        raise ConfigurationError(found)
    return built


def print_line(line: str) -> None:
    """Print one line on standard output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def say(message: str) -> None:
    """Tell the user something on standard error."""
    sys.stderr.write(f"reportedly: {one_line(message)}\n")
    sys.stderr.flush()


def say_reject(reject: Reject) -> None:
    """Tell the user that an input was refused, where and why."""
    detail = f": {reject.detail}" if reject.detail else ""
    say(f"refused {reject.place!r}: {reject.reason}{detail}")


def console() -> Console:
    """Return the console on standard output: coloured on a terminal without NO_COLOR, else plain."""
    plain = not sys.stdout.isatty()
    return _Console(highlight=False, emoji=False, markup=False, width=_width() if plain else None)


def shows_unicode() -> bool:
    """Say whether standard output shows more than ASCII: a file and a pipe do, a terminal as its locale says.

    What `_prepare_streams` sets says how we write, not what a terminal of another encoding makes of it.
    """
    if not sys.stdout.isatty():
        return True
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "UTF-8")
    return "utf" in named.lower()


def show(listing: Listing, lines: Iterable[JsonObject], style: ListFormat) -> int:
    """Print a list in the format asked for; return how many rows it had."""
    if style == "jsonl":
        return write_jsonl(sys.stdout, lines)
    if style == "csv":
        return write_csv(sys.stdout, listing, lines)
    return write_table(console(), listing, lines)


def workers(jobs: int) -> int:
    """Return how many worker processes ``--jobs`` means; 0 is one a core that we may use, at most 8."""
    if jobs:
        return jobs
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 8)


def writable(out: Path) -> list[str]:
    """Return what is wrong with ``out`` as a file to write: nothing, or one problem."""
    if out.is_dir():
        return [f"--out {out} is a folder"]
    return [] if out.parent.is_dir() else [f"the folder {out.parent} of --out does not exist"]


def _told(error: ReportedlyError, common: Globals) -> int:
    logging.getLogger(__name__).debug("", exc_info=error)
    problems = error.problems if isinstance(error, ConfigurationError) else [str(error)]
    for problem in problems:
        say(problem)
    if common.verbose and not common.debug:
        say(f"{type(error).__name__}; --debug shows where")
    return error.exit_code


def _prepare_streams() -> None:
    """Print any page's characters whatever the locale; a lone surrogate becomes its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_stdout() -> None:
    """Let the interpreter end in silence after the reader of our output has gone."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _level(common: Globals) -> int:
    return logging.DEBUG if common.debug else logging.INFO if common.verbose else logging.CRITICAL


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) >= 40 else PIPE_COLUMNS
