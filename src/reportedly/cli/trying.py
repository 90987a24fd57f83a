"""The commands to begin with: ``demo`` and ``doctor``."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reportedly import batch, queries
from reportedly import doctor as checks
from reportedly.cli import claiming
from reportedly.cli.adding import summarise
from reportedly.cli.asking import opened
from reportedly.cli.bundled import unpack
from reportedly.cli.progress import told
from reportedly.cli.reporting import write
from reportedly.cli.running import DONE, NOTHING_READ, print_line, show, tree, workers
from reportedly.export import claims, lines, listings
from reportedly.store import Case

if TYPE_CHECKING:
    from reportedly.cli.options import DemoOptions, DoctorOptions, Globals

DEMO_SOURCES = 12
DEMO_STATEMENTS = 20
DEMO_CLAIMS = 10


def demo(common: Globals, options: DemoOptions) -> int:
    """Run the main job on the bundled sample case."""
    settings = tree(common)
    folder = options.out / "sample"
    unpack(folder)
    case_path = options.out / "selda-maren.db"
    inputs = [str(folder / "case")]
    chosen = batch.AddOptions(jobs=workers(options.jobs))
    with told() as tell:
        counts = batch.add(inputs, case_path, settings, chosen, tell)
    summarise(counts, case_path)
    claiming.summarise(claiming.work_out(case_path, settings), case_path)
    report = options.out / "report.html"
    with opened(case_path, settings) as case:
        _show(case)
        write(case, report, "The loss of the Selda Maren (invented sample)", 500)
    print_line(f"\nThe report, to open in a browser: {report.resolve()}")
    print_line(f"The same, to read, search and judge: reportedly serve --case {case_path}")
    return DONE if counts.pages or counts.known else NOTHING_READ


def doctor(common: Globals, _: DoctorOptions) -> int:
    """Print what was checked, a line each; 1 if anything is wrong."""
    found = list(checks.examine(tree(common)))
    width = max(len(check.name) for check in found)
    for check in found:
        print_line(f"{'ok ' if check.well else 'BAD'}  {check.name:<{width}}  {check.told}")
    return DONE if all(check.well for check in found) else 1


def _show(case: Case) -> None:
    print_line("\nWhat they claim, and how many independent origins stand behind it")
    widest = queries.claims(case, queries.ClaimFilters(limit=DEMO_CLAIMS))
    show(claims.CLAIMS, map(claims.claim_summary, widest), "table")
    print_line("\nWhom these stories rely on")
    named = (row for row in queries.sources(case) if row.label and row.kind != "author" and not row.pronoun)
    show(listings.SOURCES, map(listings.source_line, islice(named, DEMO_SOURCES)), "table")
    print_line("\nWho says what")
    told_by = (row for row in queries.statements(case) if row.statement.kind != "author")
    found = (lines.statement_line(*row) for row in islice(told_by, DEMO_STATEMENTS))
    show(listings.STATEMENTS, found, "table")
    print_line("... all of them: reportedly statements --case " + str(case.path))
