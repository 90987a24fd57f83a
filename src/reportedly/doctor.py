"""What this installation can do, and whether it does it. Offline."""

from __future__ import annotations

import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

from reportedly import __version__
from reportedly.document import Extractor, engine_of
from reportedly.errors import ReportedlyError
from reportedly.settings import Settings
from reportedly.types import Item, Kind, Record, Reject, Statement

LIBRARIES = (
    "lxml",
    "numpy",
    "onnxruntime",
    "pypdfium2",
    "rich",
    "spacy",
    "tokenizers",
    "trafilatura",
    "typer",
)
SQLITE = (3, 35, 0)
"""Oldest SQLite that the case file is tested with."""

SENTENCE = (
    "The harbour was closed on Monday. The ferry will not sail before Friday, said Mara Velde, "
    "a spokeswoman for the port of Ansel.\n"
)
"""An invented story with one attribution in it, for the self-test."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. told: what was found, a line for a person."""

    name: str
    well: bool
    told: str


def examine(settings: Settings) -> Iterator[Check]:
    """Yield what was checked, one thing after the other; the self-test comes last."""
    yield Check("reportedly", True, __version__)
    yield Check(
        "python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.platform()}"
    )
    for name in LIBRARIES:
        yield _library(name)
    yield _model(settings)
    yield _sqlite_version()
    yield _guarded("sqlite fts5", _full_text)
    yield _guarded("sqlite wal", _write_ahead_log)
    yield _guarded("self-test", lambda: _self_test(settings))


def _library(name: str) -> Check:
    try:
        return Check(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, False, "not installed")


def _model(settings: Settings) -> Check:
    folder = resources.files("reportedly") / "model"
    files = [entry for entry in folder.iterdir() if entry.is_file()] if folder.is_dir() else []
    size = sum(len(entry.read_bytes()) for entry in files)
    if not any(entry.name.endswith(".onnx") for entry in files):
        return Check("model", False, "this installation carries no model")
    return Check("model", True, f"{size / 1e6:.1f} MB, sha256 {engine_of(settings).model[:16]}…")


def _sqlite_version() -> Check:
    return Check("sqlite", sqlite3.sqlite_version_info >= SQLITE, sqlite3.sqlite_version)


def _guarded(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except (ReportedlyError, sqlite3.Error, OSError, LookupError, ImportError) as error:
        return Check(name, False, f"{type(error).__name__}: {error}")


def _full_text() -> str:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    finally:
        connection.close()
    return "present"


def _write_ahead_log() -> str:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "probe.db")
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        finally:
            connection.close()
    if mode != "wal":
        raise OSError(f"the temporary folder's file system gives {mode}")
    return "present"


def _self_test(settings: Settings) -> str:
    """Extract the built-in sentence and look for its one attribution."""
    result = Extractor(settings).extract(Item("self-test.txt", SENTENCE.encode(), suffix="txt"))
    if isinstance(result, Reject):
        raise LookupError(f"the built-in sentence was refused: {result.reason} {result.detail}")
    found = _attribution(result)
    source = found.source.text if found.source else ""
    return f"{source!r} {found.cue.text if found.cue else ''!r} {found.content[0].text!r}"


def _attribution(record: Record) -> Statement:
    for statement in record.statements:
        if statement.kind is not Kind.AUTHOR and statement.source and "Velde" in statement.source.text:
            return statement
    raise LookupError("the attribution of the built-in sentence was not found")
