"""The command ``add``: pages into a case, then what all of its stories say together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import batch, queries
from reportedly.cli import claiming
from reportedly.cli.progress import balance, reasons, told
from reportedly.cli.reading import columns, stdin
from reportedly.cli.running import DONE, NOTHING_READ, print_line, tree, workers
from reportedly.store import Case
from reportedly.types import Counts

if TYPE_CHECKING:
    from reportedly.cli.options import AddOptions, Globals


def add(common: Globals, options: AddOptions) -> int:
    """Read pages into a case and say how that balanced."""
    settings = tree(common, options.overrides())
    chosen = batch.AddOptions(workers(options.jobs), columns(options), stdin(options))
    with told() as tell:
        counts = batch.add(options.inputs, options.case, settings, chosen, tell)
    summarise(counts, options.case)
    if settings.corpus.claims:
        claiming.summarise(claiming.work_out(options.case, settings), options.case)
    return DONE if counts.pages or counts.known else NOTHING_READ


def summarise(counts: Counts, case_path: Path) -> None:
    """Print how a run balanced and what its case refuses."""
    for line in balance(counts):
        print_line(line)
    if counts.rejected or counts.stories_rejected:
        with Case.open_readonly(case_path) as case:
            print_line(reasons(queries.overview(case).reject_reasons, case_path))
