"""`python -m bench.claims_scale`: how time and memory of half two grow with the number of articles.

    python -m bench.claims_scale                          # cases of 1,000, 2,000, 4,000 and 8,000 articles
    python -m bench.claims_scale --sizes 10000            # one size
    python -m bench.claims_scale --base wild.db --sizes 1000 8000
    python -m bench.claims_scale --case mine.db           # one run on a real case, nothing made

The cases are made by `bench.claims_case` from a small one that `add` read from ../shared/data/wild, and kept
in --cache. Each size runs in a process of its own; seconds are by the clock (CPU seconds beside them), memory
is the process's peak. The exponent is the slope of log(CPU seconds) over log(articles), from the first size
to the last, by step and in all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path

from bench.claims_case import Small, enlarge
from reportedly.corpus import plan
from reportedly.settings import Settings

ROOT = Path(__file__).parents[1]
WILD = ROOT.parent / "shared" / "data" / "wild" / "articles.jsonl.gz"
CACHE = Path(tempfile.gettempdir()) / "reportedly-claims-scale"
SIZES = (1_000, 2_000, 4_000, 8_000)
BASE_ARTICLES = 300
EVERY = 28  # of the articles of wild one in so many: all its outlets and years
ALL = "all"


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. wall, cpu: seconds by step, and of all; megabytes: most memory, of 10^6 bytes."""

    stories: int
    statements: int
    claims: int
    wall: Mapping[str, float]
    cpu: Mapping[str, float]
    megabytes: int


def main(arguments: list[str] | None = None) -> int:
    """Measure the sizes asked for and print a table."""
    asked = _parser().parse_args(arguments)
    if asked.run:
        print(json.dumps(asdict(measured(asked.run))))
        return 0
    if asked.case:
        print(table([_in_a_process(asked.case)]))
        return 0
    if not asked.base and not WILD.exists():
        print(f"this bench reads {WILD}, which is not there", file=sys.stderr)
        return 2
    asked.cache.mkdir(parents=True, exist_ok=True)
    base = asked.base or base_case(asked.cache, asked.articles)
    found: list[Measured] = []
    small: Small | None = None
    for size in asked.sizes:
        path = asked.cache / f"{base.stem}-{size}.db"
        if not path.exists():
            small = small or Small(base)
            enlarge(small, path.with_suffix(".part"), size)
            path.with_suffix(".part").replace(path)
        found.append(_in_a_process(path))
        print(f"{size:,} articles: {found[-1].cpu[ALL]:.1f} s CPU", file=sys.stderr, flush=True)
    print(table(found))
    return 0


def base_case(cache: Path, articles: int) -> Path:
    """Return a case of real articles, read once and kept."""
    path = cache / f"wild{articles}.db"
    if not path.exists():
        part = cache / f"wild{articles}.part"
        rows = cache / f"wild{articles}.jsonl"
        with gzip.open(WILD, "rt", encoding="utf-8") as lines, rows.open("w", encoding="utf-8") as file:
            file.writelines(islice(lines, 0, articles * EVERY, EVERY))
        inputs = [str(rows), "--case", str(part), "--jobs", "2", "--no-claims"]
        code = "from reportedly.cli import main; main()"
        subprocess.run([sys.executable, "-c", code, "add", *inputs], check=True)
        part.replace(path)
    return path


def measured(path: Path) -> Measured:
    """Run half two on a copy of a case in this process."""
    marks: list[tuple[str, float]] = []

    def tell(step: str) -> None:
        marks.append((step, time.process_time()))

    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        case = Path(shutil.copy(path, folder))
        done = plan.run(case, Settings(), tell, again=True)
    marks.append(("", time.process_time()))
    cpu = {step: until - since for (step, since), (_, until) in pairwise(marks)}
    return Measured(
        stories=done.stories,
        statements=done.statements,
        claims=done.claims,
        wall={**done.seconds, ALL: sum(done.seconds.values())},
        cpu={**cpu, ALL: sum(cpu.values())},
        megabytes=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
    )


def table(runs: Sequence[Measured]) -> str:
    """Lay the figures out: a column a size, a row a step, the exponents last."""
    lines = [
        _line("stories", [f"{run.stories:,}" for run in runs]),
        _line("statements", [f"{run.statements:,}" for run in runs]),
        _line("claims", [f"{run.claims:,}" for run in runs]),
    ]
    for step in runs[0].wall:
        cells = [f"{run.wall[step]:.1f} ({run.cpu[step]:.1f})" for run in runs]
        lines.append(_line(f"{step}, s (CPU)", [*cells, _exponent(runs[0], runs[-1], step)]))
    lines.append(_line("peak memory, MB", [f"{run.megabytes:,}" for run in runs]))
    return "\n".join(lines)


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<18}" + "".join(f"{cell:>18}" for cell in cells)


def _exponent(first: Measured, last: Measured, step: str) -> str:
    one, other = first.cpu[step], last.cpu[step]
    if first.stories == last.stories or min(one, other) <= 0:
        return ""
    return f"N^{math.log(other / one) / math.log(last.stories / first.stories):.2f}"


def _in_a_process(path: Path) -> Measured:
    command = [sys.executable, "-m", "bench.claims_scale", "--run", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.claims_scale")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="articles")
    parser.add_argument("--articles", type=int, default=BASE_ARTICLES, help="of the small case")
    parser.add_argument("--base", type=Path, help="a small case to use in place of one of wild")
    parser.add_argument("--case", type=Path, help="run on this case and make none")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder of what is made")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
