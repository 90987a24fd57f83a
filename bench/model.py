"""`python -m bench.model`: every figure of the English model on the shipped ONNX file.

Attribution on PolNeAR dev, syntax and sentence starts on EWT dev, entities on UNER EWT dev, factuality on
UDS-IH2 and MEANTIME dev, sentence vectors against the original's, and speed; see the bench of each. With
``--floors bench/floors-model.toml`` the exit code is 1 when one has fallen below what was reached.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from bench import attribution, entities, factuality, speed, syntax, vectors
from bench.figures import DATA, Figure, run

GOLD = DATA / "attribution" / "polnear-dev.jsonl.gz"


def measure(limit: int | None) -> Iterator[Figure]:
    """Yield the figures of every bench, each over the first ``limit`` of its documents."""
    yield from attributions(limit)
    for bench in (syntax, entities, factuality, vectors, speed):
        yield from bench.measure(limit)


def attributions(limit: int | None) -> Iterator[Figure]:
    """Yield what `bench.attribution` measures on PolNeAR dev."""
    total = attribution.tally(attribution.predictions(attribution.read_gold(GOLD, limit)))
    tree = attribution.figures(total)
    name = "PolNeAR dev"
    for role in attribution.ROLES:
        yield Figure(f"{role}_exact", tree["exact"][role]["f1"], total.gold[role], "spans", name)
    yield Figure("relation", tree["relation"]["f1"], total.gold_relations, "attributions", name)
    yield Figure("content_met", tree["content_met"], total.gold["content"], "spans", name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all of it."""
    return run(measure, __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
