"""The commands about claims: ``claims``, ``trace``, ``reuse``, ``compare``; and half two of ``add``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import queries
from reportedly.cli.progress import steps_told
from reportedly.cli.running import DONE, console, print_line, say, show, shows_unicode, tree
from reportedly.corpus import plan
from reportedly.errors import CaseError
from reportedly.export import claims as lines
from reportedly.export.comparing import write_comparison
from reportedly.export.lineage import write_tree
from reportedly.export.lines import dumps
from reportedly.store import Case

if TYPE_CHECKING:
    from reportedly.cli.options import ClaimsOptions, CompareOptions, Globals, ReuseOptions, TraceOptions
    from reportedly.settings import Settings

TABLE_ROWS = 50
"""Claims that a table shows unless told otherwise."""


def claims(common: Globals, options: ClaimsOptions) -> int:
    """List the claims of a case that pass the filters."""
    limit = TABLE_ROWS if options.limit is None and options.format == "table" else options.limit or None
    filters = queries.ClaimFilters(options.about, options.disputed, options.sort, limit)
    settings = tree(common)
    with brought_up_to_date(options.case, settings, options.again) as case:
        found = queries.claims(case, filters)
        rows = (
            lines.claim_lines(case, found) if options.format == "jsonl" else map(lines.claim_summary, found)
        )
        shown = show(lines.CLAIMS, rows, options.format)
        if not shown:
            say(_why_none(case))
        elif limit and options.format == "table" and shown == limit:
            total = queries.count_claims(case, filters)
            if total > shown:
                say(f"{shown:,} of {total:,} claims; --limit 0 shows all")
    return DONE


def trace(common: Globals, options: TraceOptions) -> int:
    """Print what one claim rests on."""
    settings = tree(common)
    with brought_up_to_date(options.case, settings) as case:
        line = next(lines.claim_lines(case, [queries.claim(case, options.claim)]))
        if options.format == "jsonl":
            print_line(dumps(line))
        else:
            write_tree(console(), line, ascii_only=not shows_unicode())
    return DONE


def reuse(common: Globals, options: ReuseOptions) -> int:
    """List the stories that share text."""
    settings = tree(common)
    with brought_up_to_date(options.case, settings) as case:
        if not show(lines.REUSE, map(lines.reuse_line, queries.reuse(case)), options.format):
            say("no two stories of this case share text")
    return DONE


def compare(common: Globals, options: CompareOptions) -> int:
    """Print what two stories share."""
    settings = tree(common)
    with brought_up_to_date(options.case, settings) as case:
        found = queries.compare(case, options.story, options.other)
        if options.format == "jsonl":
            print_line(dumps(lines.comparison_line(found)))
        else:
            write_comparison(console(), lines.comparison_line(found), found.a, found.b)
    return DONE


def work_out(path: Path, settings: Settings, again: bool = False) -> plan.Run:
    """Run half two on a case, telling how it goes.

    Raises:
        CaseError: the case cannot be written; it is as it was.
    """
    with steps_told() as tell:
        return plan.run(path, settings, tell, again)


def summarise(done: plan.Run, path: Path) -> None:
    """Print what half two found."""
    with Case.open_readonly(path) as case:
        shared = next(case.select("SELECT count(*) FROM claims WHERE stories > 1"))[0]
    counts = f"{done.claims:,} claims, {shared:,} of them in two stories or more"
    print_line(f"{counts}; see: reportedly claims --case {path}")


def brought_up_to_date(path: Path, settings: Settings, again: bool = False) -> Case:
    """Open a case for reading, its claims worked out: now, where pages were added or read anew since.

    Where the case cannot be written now, what the last run found is shown, and said to be behind.

    Raises:
        CaseError: the case cannot be read, or has no claims yet and cannot be written.
    """
    case = Case.open_readonly(path, settings.store.busy_seconds)
    try:
        if plan.is_current(case) and not again:
            return case
        told = next(case.select("SELECT count(*) FROM runs"))[0] > 0
    except BaseException:
        case.close()
        raise
    case.close()
    if not again:
        why = "are behind its stories" if told else "are not worked out yet"
        say(f"the claims of this case {why}; working them out")
    try:
        work_out(path, settings, again)
    except CaseError as error:
        if not told:
            raise
        say(f"{error}; what follows is from the last run, before the newest stories")
    return Case.open_readonly(path, settings.store.busy_seconds)


def _why_none(case: Case) -> str:
    empty = next(case.select("SELECT 1 FROM claims LIMIT 1"), None) is None
    return "this case has no claim" if empty else "no claim matches"
