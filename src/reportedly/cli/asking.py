"""The commands that ask a case: ``statements``, ``sources``, ``stories``, ``rejects``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import queries
from reportedly.cli.reading import records
from reportedly.cli.running import DONE, NOTHING_READ, say, show, tree
from reportedly.document import Extractor
from reportedly.errors import ConfigurationError
from reportedly.export import listings
from reportedly.export.lines import statement_line, story_line
from reportedly.store import Case

if TYPE_CHECKING:
    from reportedly.cli.options import (
        Globals,
        RejectsOptions,
        SourcesOptions,
        StatementsOptions,
        StoriesOptions,
    )
    from reportedly.settings import Settings
    from reportedly.types import JsonObject


def statements(common: Globals, options: StatementsOptions) -> int:
    """List the statements of a case that pass the filters."""
    filters = _filters(options)
    settings = tree(common, problems=_problems(filters))
    with opened(options.case, settings) as case:
        found = (statement_line(*row) for row in queries.statements(case, filters))
        if not show(listings.STATEMENTS, found, options.format):
            say(_why_none(case))
    return DONE


def sources(common: Globals, options: SourcesOptions) -> int:
    """List whom a case relies on."""
    with opened(options.case, tree(common)) as case:
        found = (listings.source_line(row) for row in queries.sources(case))
        if not show(listings.SOURCES, found, options.format):
            say("this case has no statement")
    return DONE


def stories(common: Globals, options: StoriesOptions) -> int:
    """List the stories of a case, or of pages read now."""
    problems = [] if bool(options.inputs) != bool(options.case) else ["give either INPUT or --case"]
    settings = tree(common, options.overrides(), problems)
    if options.case:
        with opened(options.case, settings) as case:
            found = (story_line(row.page_name, row.story) for row in queries.stories(case))
            if not show(listings.STORIES, found, options.format):
                say("this case has no story")
        return DONE
    return DONE if show(listings.STORIES, _read_stories(options, settings), options.format) else NOTHING_READ


def rejects(common: Globals, options: RejectsOptions) -> int:
    """List what was refused."""
    with opened(options.case, tree(common)) as case:
        found = (listings.reject_line(reject) for reject in queries.rejects(case))
        if not show(listings.REJECTS, found, options.format):
            say("nothing was refused")
    return DONE


def opened(path: Path, settings: Settings) -> Case:
    """Open a case for reading."""
    return Case.open_readonly(path, settings.store.busy_seconds)


def _read_stories(options: StoriesOptions, settings: Settings) -> Iterator[JsonObject]:
    for record in records(options, settings, Extractor(settings).stories):
        yield from (story_line(record.page.name, story) for story in record.stories)


def _filters(options: StatementsOptions) -> queries.Filters:
    return queries.Filters(
        source=options.source,
        about=options.about,
        outlet=options.outlet,
        kind=options.kind,
        commitment=tuple(options.commitment or ()),
        date_from=options.from_date,
        date_to=options.to_date,
        voice=options.voice,
        voice_kind=options.voice_kind,
        role=options.role,
        via=options.via,
        after=options.after,
        before=options.before,
        actor=options.actor,
        relation=options.relation,
        plover=options.plover,
        nested=options.nested,
        of_itself=options.of_itself,
        anonymous=options.anonymous,
    )


def _problems(filters: queries.Filters) -> list[str]:
    try:
        filters.check()
    except ConfigurationError as error:
        return error.problems
    return []


def _why_none(case: Case) -> str:
    """Say why nothing was listed: a case without any statement is no "nobody said so"."""
    empty = next(case.select("SELECT 1 FROM statements LIMIT 1"), None) is None
    return "this case has no statement" if empty else "no statement matches"
