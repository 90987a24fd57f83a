"""Every bench on ../shared, floors held: ``python -m bench``. Exit code 1 when a floor gave way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from bench import (
    attribution,
    commitment,
    coreference,
    events,
    model,
    nested,
    pages,
    reuse,
    throughput,
    ties,
    times,
    voices,
)

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "data" / "attribution" / "polnear-dev.jsonl.gz"
FLOORS = ROOT / "bench" / "floors.toml"

BENCHES: dict[str, tuple[Callable[[list[str]], int], list[str]]] = {
    "attribution on PolNeAR dev": (attribution.main, ["--gold", str(GOLD), "--floors", str(FLOORS)]),
    "the model, every head": (model.main, ["--floors", str(ROOT / "bench" / "floors-model.toml")]),
    "nested attributions": (nested.main, ["--floors", str(ROOT / "bench" / "floors-nested.toml")]),
    "commitment": (commitment.main, ["--floors", str(ROOT / "bench" / "floors-commitment.toml")]),
    "voices": (voices.main, ["--floors", str(ROOT / "bench" / "floors-voices.toml")]),
    "main text of HTML pages": (pages.main, []),
    "times": (times.main, ["--floors", str(ROOT / "bench" / "floors-times.toml")]),
    "pronouns on GAP": (coreference.main, ["--floors", str(ROOT / "bench" / "floors-coreference.toml")]),
    "events across stories": (events.main, ["--floors", str(events.FLOORS)]),
    "ties": (ties.main, ["--floors", str(ties.FLOORS)]),
    "text reuse": (reuse.main, ["--speed", "--floors", str(reuse.FLOORS)]),
    "articles a second, rows": (throughput.main, ["--case-of", "wild", "--limit", "400"]),
    "articles a second, pages": (throughput.main, ["--case-of", "pages"]),
    "start-up": (throughput.main, ["--start"]),
    "installed size": (throughput.main, ["--installed"]),
}


def main() -> int:
    """Run all benches, one after the other, and return the worst exit code."""
    if not GOLD.exists():
        print(f"the benches read the corpora in {GOLD.parents[2]}, which is not there", file=sys.stderr)
        return 2
    codes = []
    for name, (bench, arguments) in BENCHES.items():
        print(f"\n== {name}", flush=True)
        codes.append(bench(arguments))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
