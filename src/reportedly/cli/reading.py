"""The commands that read pages without a case: ``read``, and ``stories`` of files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from reportedly.cli.running import DONE, NOTHING_READ, console, say, say_reject, tree
from reportedly.document import Extractor
from reportedly.export import lines, text, views
from reportedly.read import read_inputs
from reportedly.types import Columns, Item, Record, Reject

Extract = Callable[[Item], Record | Reject]

if TYPE_CHECKING:
    from reportedly.cli.options import Globals, InputOptions, ReadOptions
    from reportedly.settings import Settings


def read(common: Globals, options: ReadOptions) -> int:
    """Print what pages say, without a case."""
    settings = tree(common, options.overrides())
    write = _write_lines if options.format == "jsonl" else _TextWriter()
    pages = 0
    for record in records(options, settings, Extractor(settings).extract):
        pages += 1
        write(record)
    return DONE if pages else NOTHING_READ


def records(options: ReadOptions | InputOptions, settings: Settings, extract: Extract) -> Iterator[Record]:
    """Yield what could be read, in order; what could not is told on standard error, and how it balanced."""
    inputs: list[str] = getattr(options, "inputs", [])
    pages = refused = 0
    for found in read_inputs(inputs, settings.read, columns(options), stdin(options)):
        result = found if isinstance(found, Reject) else extract(found)
        if isinstance(result, Reject):
            refused += 1
            say_reject(result)
            continue
        pages += 1
        for reject in result.rejects:
            say_reject(reject)
        yield result
    if refused:
        say(f"{pages + refused:,} items = {pages:,} pages + {refused:,} refused")


def columns(options: InputOptions) -> Columns:
    """Return which column of a table holds what."""
    return Columns(
        text=options.text_column,
        title=options.title_column,
        outlet=options.outlet_column,
        author=options.author_column,
        published=options.published_column,
        url=options.url_column,
        id=options.id_column,
    )


def stdin(options: object) -> BinaryIO | None:
    """Return standard input where "-" asks for it."""
    return sys.stdin.buffer if "-" in getattr(options, "inputs", []) else None


def _write_lines(record: Record) -> None:
    stories = {story.id: story for story in record.stories}
    for statement in record.statements:
        line = lines.statement_line(record.page.name, stories[statement.story_id], statement)
        sys.stdout.write(lines.dumps(line) + "\n")
    sys.stdout.flush()
    for story in record.stories:
        if story.id in record.no_pipeline:
            place = f"{record.page.name} story {story.index}"
            say(f"no pipeline for language {story.language}: {place} has no statements")


class _TextWriter:
    """Prints records as marked text, after one line that explains the marks."""

    def __init__(self) -> None:
        self._console = console()
        self._begun = False

    def __call__(self, record: Record) -> None:
        if not self._begun:
            text.write_legend(self._console)
            self._begun = True
        for view in views.of_record(record):
            text.write_story(self._console, view)
        sys.stdout.flush()
