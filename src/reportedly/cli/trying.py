"""The commands to begin with: ``demo``, ``sample``, ``schema``, ``doctor``, ``version``."""

from __future__ import annotations

import json
import shutil
import sys
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import __version__, batch, queries
from reportedly import doctor as checks
from reportedly.cli.asking import opened, write
from reportedly.cli.progress import told
from reportedly.cli.reading import summarise
from reportedly.cli.running import DONE, NOTHING_READ, show, tree, workers
from reportedly.errors import ConfigurationError
from reportedly.export import lines, listings

if TYPE_CHECKING:
    from reportedly.cli.options import DemoOptions, DoctorOptions, Globals, SampleOptions, SchemaOptions

DEMO_SOURCES = 12
DEMO_STATEMENTS = 20


def demo(common: Globals, options: DemoOptions) -> int:
    """Run the main job on the bundled sample case."""
    settings = tree(common)
    folder = options.out / "sample"
    _unpack(folder)
    case_path = options.out / "selda-maren.db"
    inputs = [str(folder / "case")]
    chosen = batch.AddOptions(jobs=workers(options.jobs))
    with told() as tell:
        counts = batch.add(inputs, case_path, settings, chosen, tell)
    summarise(counts, case_path)
    report = options.out / "report.html"
    with opened(case_path, settings) as case:
        _head("\nWhom these stories rely on")
        named = (row for row in queries.sources(case) if row.kind != "author" and not row.pronoun)
        show(listings.SOURCES, map(listings.source_line, islice(named, DEMO_SOURCES)), "table")
        _head(f"\nWho says what (the first {DEMO_STATEMENTS} statements on somebody's word)")
        told_by = (row for row in queries.statements(case) if row.statement.kind != "author")
        found = (lines.statement_line(*row) for row in islice(told_by, DEMO_STATEMENTS))
        show(listings.STATEMENTS, found, "table")
        write(case, report, "The loss of the Selda Maren (invented sample)", 500)
    _head(f"\nThe report, to open in a browser: {report.resolve()}")
    return DONE if counts.pages or counts.known else NOTHING_READ


def sample(common: Globals, options: SampleOptions) -> int:
    """Unpack the sample case."""
    tree(common)
    _unpack(options.folder)
    _head(f"{options.folder}: try  reportedly add {options.folder / 'case'} --case sample.db")
    return DONE


def schema(_: Globals, options: SchemaOptions) -> int:
    """Print a JSON Schema."""
    _head(json.dumps(lines.schema(options.kind), indent=2, ensure_ascii=False))
    return DONE


def doctor(common: Globals, _: DoctorOptions) -> int:
    """Print what was checked, a line each; 1 if anything is wrong."""
    found = list(checks.examine(tree(common)))
    width = max(len(check.name) for check in found)
    for check in found:
        _head(f"{'ok ' if check.well else 'BAD'}  {check.name:<{width}}  {check.told}")
    return DONE if all(check.well for check in found) else 1


def version(_: Globals, __: object) -> int:
    """Print the version."""
    _head(f"reportedly {__version__}")
    return DONE


def _head(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _unpack(folder: Path) -> None:
    """Copy the bundled sample to ``folder``, which may hold an earlier copy."""
    try:
        _copy(resources.files("reportedly") / "sample", folder)
    except OSError as error:
        raise ConfigurationError([f"cannot write the sample to {folder}: {error.strerror}"]) from error


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        elif not entry.name.endswith((".py", ".pyc")):
            with entry.open("rb") as read, (target / entry.name).open("wb") as written:
                shutil.copyfileobj(read, written)
