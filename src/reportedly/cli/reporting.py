"""The command ``report``: a case as one HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.cli.claiming import brought_up_to_date
from reportedly.cli.running import DONE, print_line, tree, writable
from reportedly.errors import ConfigurationError
from reportedly.export.case_report import report_case

if TYPE_CHECKING:
    from reportedly.cli.options import Globals, ReportOptions
    from reportedly.store import Case


def report(common: Globals, options: ReportOptions) -> int:
    """Write the report of a case as one HTML page."""
    settings = tree(common, problems=writable(options.out))
    with brought_up_to_date(options.case, settings) as case:
        shown = write(case, options.out, options.title or options.case.stem, options.limit)
    print_line(f"{shown:,} stories in {options.out}")
    return DONE


def write(case: Case, out: Path, title: str, limit: int) -> int:
    """Write the report; a path that cannot be written is a configuration error."""
    try:
        return report_case(case, out, title, limit)
    except OSError as error:
        raise ConfigurationError([f"cannot write {out}: {error.strerror}"]) from error
