"""How a long run is told: a live line on a terminal, plain lines elsewhere; then how it balanced."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from reportedly.cli.running import say
from reportedly.export.plain import clip, one_line

if TYPE_CHECKING:
    from reportedly.batch import Progress
    from reportedly.types import Counts

EVERY_SECONDS = 10.0
"""Between two plain lines."""

Tell = Callable[["Progress"], None]


@contextmanager
def told() -> Iterator[Tell]:
    """Give a function that tells of each finished item, on standard error."""
    if sys.stderr.isatty():
        with _live() as tell:
            yield tell
    else:
        yield _plain()


@contextmanager
def steps_told() -> Iterator[Callable[[str], None]]:
    """Give a function that tells of each step of half two as it begins, on standard error."""
    if sys.stderr.isatty():
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Bar(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
            task = bar.add_task("claims", total=None)
            yield lambda step: bar.update(task, description=f"claims: {step}")
    else:
        yield _plain_steps()


def balance(counts: Counts) -> Iterator[str]:
    """Yield the summary of a run: items = pages + already known + rejects, and what the pages held."""
    yield (
        f"{counts.items:,} items = {counts.pages:,} pages + {counts.known:,} already known"
        f" + {counts.rejected:,} refused"
    )
    yield f"{counts.stories:,} stories ({counts.partial:,} partial), {counts.statements:,} statements"
    if counts.stories_rejected:
        yield f"{counts.stories_rejected:,} stories of these pages refused"
    for language, count in sorted(counts.no_pipeline.items()):
        stories = "story" if count == 1 else "stories"
        yield f"no pipeline for language {language}: {count:,} {stories} stored whole"


def reasons(tally: Mapping[str, int], case: object) -> str:
    """Return one line about what the case holds as refused."""
    parts = ", ".join(
        f"{reason} {count:,}" for reason, count in sorted(tally.items(), key=lambda one: -one[1])
    )
    return f"refused so far: {parts}; see: reportedly rejects --case {case}"


@contextmanager
def _live() -> Iterator[Tell]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        began = time.monotonic()

        def tell(progress: Progress) -> None:
            place = clip(one_line(progress.place), 50)
            bar.update(task, description=_line(progress, began) + f"  [dim]{place.replace('[', '(')}[/dim]")

        yield tell


def _plain() -> Tell:
    began = last = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            say(_line(progress, began))

    return tell


def _plain_steps() -> Callable[[str], None]:
    """A run that is over in a moment needs no telling."""
    last = time.monotonic()

    def tell(step: str) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            say(f"claims: {step}")

    return tell


def _line(progress: Progress, began: float) -> str:
    counts = progress.counts
    speed = progress.done / max(time.monotonic() - began, 0.001)
    return (
        f"{progress.done:,} items, {counts.stories:,} stories, {counts.statements:,} statements,"
        f" {counts.rejected:,} refused, {speed:.1f} items/s"
    )
