"""`python -m bench.factuality`: how far a text commits to an event, on UDS-IH2 and MEANTIME dev.

Pearson's r (`_r`) and the mean absolute error (`_mae`) of the values from -3 to 3 that the network gives the
word that speaks for each predicate; each sentence by itself, its tokens (the text split at blanks) given.
`_covered`: percentage of the predicates that ``doc.user_data["factuality"]`` takes for such.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from bench.figures import DATA, Figure, percent, pipeline, run
from reportedly.parse.alignment import first_pieces
from reportedly.parse.tokens import offsets_of

CORPORA = {
    "uds": (DATA / "factuality" / "uds_ih2-dev.jsonl.gz", "UDS-IH2 dev"),
    "meantime": (DATA / "factuality" / "meantime-dev.jsonl.gz", "MEANTIME dev"),
}


def measure(limit: int | None) -> Iterator[Figure]:
    """Yield the figures over the first ``limit`` sentences of each corpus."""
    for name, (path, data) in CORPORA.items():
        values = np.asarray([*_values(path, limit)], dtype=np.float64).reshape(-1, 3)
        gold, found, known = values.T
        n = len(values)
        yield Figure(f"{name}_r", round(float(np.corrcoef(gold, found)[0, 1]), 4), n, "predicates", data)
        yield Figure(f"{name}_mae", round(float(np.abs(gold - found).mean()), 4), n, "predicates", data)
        yield Figure(f"{name}_covered", percent(float(known.sum()), n), n, "predicates", data)


def _values(path: Path, limit: int | None) -> Iterator[tuple[float, float, bool]]:
    """Yield the corpus's value of each predicate, the network's, and whether the Doc gives it one."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, limit):
            tree = json.loads(line)
            words = tree["text"].split()
            spaces = [True] * len(words)
            doc = pipeline().parse_tokens(words, spaces, [not place for place in range(len(words))])
            encoding = doc.user_data["encoding"]
            rows = first_pieces(encoding.offsets, offsets_of(words, spaces))
            for target in tree["targets"]:
                place = target["span1"][0]
                value = np.clip(encoding.heads["factuality"][rows[place], 0], -3, 3)
                yield target["label"], float(value), not np.isnan(doc.user_data["factuality"][place])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench."""
    return run(measure, __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
