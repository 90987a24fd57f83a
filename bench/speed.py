"""`python -m bench.speed`: words a second of one core, over whole news articles of 300 to 2,000 words.

encoder_words   the whole forward pass with all heads, word pieces and features included: text in,
                numbers out
parse_words     the whole of `Pipeline.parse`: that, then tokens, sentences, trees, entities and vectors

Words are what stands between blanks. CPU seconds of this process, one thread, the best of three passes: other
work on the machine counts little. ``*_wall`` is the same by the clock.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence

from bench.figures import Figure, pipeline, run
from bench.wild import sample

ARTICLES = 40
PASSES = 3
DATA_NAME = "articles of ../shared/data/wild"


def measure(limit: int | None) -> Iterator[Figure]:
    """Yield words a second over ``limit`` articles."""
    texts = sample(limit or ARTICLES)
    words = sum(len(text.split()) for text in texts)
    pipeline().parse(texts[0])
    for name, work in (("encoder", pipeline().encode), ("parse", pipeline().parse)):
        cpu, wall = _seconds(work, texts)
        yield Figure(f"{name}_words", round(words / cpu), len(texts), "articles", DATA_NAME)
        yield Figure(f"{name}_words_wall", round(words / wall), len(texts), "articles", DATA_NAME)


def _seconds(work: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float]:
    best = (float("inf"), float("inf"))
    for _ in range(PASSES):
        cpu, wall = time.process_time(), time.perf_counter()
        for text in texts:
            work(text)
        best = min(best[0], time.process_time() - cpu), min(best[1], time.perf_counter() - wall)
    return best


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench."""
    return run(measure, __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
