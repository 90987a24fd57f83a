"""Half one, end to end: articles a second, memory over a run, start-up times, installed size.

    python -m bench.throughput --case-of wild --jobs 1            # 8,526 articles of ../shared/data/wild
    python -m bench.throughput --case-of pages --jobs 2           # 120 HTML pages of ../shared/data/pages
    python -m bench.throughput --case-of wild --limit 500 --json
    python -m bench.throughput --start --installed

Memory is the resident memory of the parent and its workers together, in megabytes of 10^6 bytes; pages that
they share count once for each.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib import metadata
from itertools import islice
from pathlib import Path

from packaging.requirements import Requirement

from reportedly import settings
from reportedly.batch import AddOptions, Progress, add
from reportedly.types import Counts

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
WILD = DATA / "wild" / "articles.jsonl.gz"
PAGES = DATA / "pages"
PAGE_SIZE = 4096
SHORT_PAGE = (
    "PORT VELL - The bridge is shut, Ada Quill said on Monday.\n\n“It opens in May,” she told the Courier.\n"
)
QUARTERS = (25, 50, 75, 100)

Figures = dict[str, int | float | str | dict[str, float]]


def main(arguments: list[str] | None = None) -> int:
    """Measure what the flags ask for and print it."""
    asked = _parser().parse_args(arguments)
    figures: Figures = {}
    if asked.case_of:
        figures |= run(asked.case_of, asked.limit, asked.jobs)
    if asked.start:
        figures |= start_up()
    if asked.installed:
        figures["installed_megabytes"] = installed_megabytes()
    if asked.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value}")
    return 0


def run(case_of: str, limit: int | None, jobs: int) -> Figures:
    """Add the articles of a corpus to a fresh case and return speed, memory and counts."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = _inputs(case_of, limit, Path(folder))
        memory = _Memory()
        begin = time.perf_counter()
        counts = add(inputs, Path(folder) / "case.db", settings.Settings(), AddOptions(jobs), memory.look)
        seconds = time.perf_counter() - begin
        size = (Path(folder) / "case.db").stat().st_size
    return {
        "corpus": case_of,
        "jobs": jobs,
        "seconds": round(seconds, 1),
        "articles_per_second": round(counts.items / seconds, 2),
        "peak_megabytes": round(memory.peak, 1),
        "megabytes_at_percent": memory.quarters(),
        "case_megabytes": round(size / 1e6, 1),
        **_balance(counts),
    }


def start_up() -> Figures:
    """Return the best of three wall-clock times of `reportedly --help` and of `read` of one short page."""
    program = str(Path(sys.executable).parent / "reportedly")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text(SHORT_PAGE)
        return {
            "help_seconds": _best_of([program, "--help"]),
            "read_seconds": _best_of([program, "read", str(page), "--format", "jsonl"]),
        }


def installed_megabytes() -> float:
    """Return what the package and all that it requires take on disk, without extras."""
    names, queue = set[str](), ["reportedly"]
    while queue:
        name = queue.pop().lower().replace("_", "-")
        if name in names:
            continue
        names.add(name)
        needed = [Requirement(text) for text in metadata.requires(name) or ()]
        queue += [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    package = sum(
        path.stat().st_size for path in (Path(settings.__file__).parent).rglob("*") if path.is_file()
    )
    return round((package + sum(_size(name) for name in names - {"reportedly"})) / 1e6, 1)


@dataclass
class _Memory:
    """Resident memory after each item."""

    seen: list[float] = field(default_factory=list)

    @property
    def peak(self) -> float:
        return max(self.seen, default=0.0)

    def look(self, _: Progress) -> None:
        children = [child.pid for child in multiprocessing.active_children()]
        self.seen.append(sum(_resident(str(number)) for number in ("self", *children)) / 1e6)

    def quarters(self) -> dict[str, float]:
        """Highest value around (within 2 % of) each quarter of the run."""
        reach = max(1, len(self.seen) // 50)
        found = {}
        for percent in QUARTERS if self.seen else ():
            at = max(0, len(self.seen) * percent // 100 - 1)
            found[str(percent)] = round(max(self.seen[max(0, at - reach) : at + 1]), 1)
        return found


def _inputs(case_of: str, limit: int | None, folder: Path) -> list[str]:
    if case_of == "pages":
        return [str(path) for path in islice(sorted(PAGES.rglob("*.html.gz")), limit)]
    if limit is None:
        return [str(WILD)]
    part = folder / "wild.jsonl"
    with gzip.open(WILD, "rt", encoding="utf-8") as lines, part.open("w", encoding="utf-8") as out:
        out.writelines(islice(lines, limit))
    return [str(part)]


def _balance(counts: Counts) -> Figures:
    return {
        "items": counts.items,
        "pages": counts.pages,
        "known": counts.known,
        "rejected": counts.rejected,
        "stories": counts.stories,
        "stories_rejected": counts.stories_rejected,
        "statements": counts.statements,
        "no_pipeline": sum(counts.no_pipeline.values()),
    }


def _resident(number: str) -> int:
    """Resident bytes of a process of Linux's /proc, 0 if it has ended."""
    try:
        return int(Path("/proc", number, "statm").read_text().split()[1]) * PAGE_SIZE
    except (OSError, IndexError):
        return 0


def _best_of(command: list[str], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - begin)
    return round(min(taken), 3)


def _size(name: str) -> int:
    paths = (Path(str(file.locate())) for file in metadata.files(name) or ())
    return sum(path.stat().st_size for path in paths if path.is_file())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.throughput", description=__doc__)
    parser.add_argument("--case-of", choices=("wild", "pages"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--start", action="store_true", help="time `reportedly --help` and `read`")
    parser.add_argument("--installed", action="store_true", help="size on disk without extras")
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
