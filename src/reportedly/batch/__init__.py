"""Many items into a case: parallel, resumable, in constant memory.

The parent reads, asks the case what it knows and writes; workers extract. Results are written in input order,
a transaction every few items, so that a run that is cut short is the beginning of the whole one.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from reportedly.batch.pool import Extract, MakeExtract, Pool, Task
from reportedly.document import Extractor, engine_of
from reportedly.errors import ModelError
from reportedly.read import page_id, read_inputs
from reportedly.settings import Settings
from reportedly.store import Case, Engine, Entry
from reportedly.store.case import plus
from reportedly.types import Columns, Counts, Item, Record, Reject

__all__ = ["AddOptions", "Progress", "add"]

_AHEAD = 4  # tasks a worker that may wait or be done out of turn: keeps workers busy behind one slow item
_AHEAD_BYTES = 64_000_000  # of input data that may wait; one larger item still passes, alone
_WARM_UP = Item(
    "warm-up", b"The bridge is closed, the mayor of Harrow Ferry said. It opens again in May.", "txt"
)
_COLLECT_AFTER = 10_000  # objects more than were there that make the collector look for cycles
_BATCH_CHARACTERS = 20_000_000  # of page text in one transaction, whatever batch.commit_items says


def ready_extractor(settings: Settings) -> Extract:
    """Return `Extractor.extract` with its models in memory, so that no item's time goes into loading them."""
    extractor = Extractor(settings)
    extractor.extract(_WARM_UP)
    # What was loaded stays to the end. The collector went through its 100,000 objects again and again, which
    # with the cache that this emptied cost a tenth of a run; an item leaves next to no cycles behind.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    return extractor.extract


@dataclass(frozen=True, slots=True)
class AddOptions:
    """How to add. jobs: worker processes, at least 1. stdin: what the input "-" is read from."""

    jobs: int = 1
    columns: Columns = field(default_factory=Columns)
    stdin: BinaryIO | None = None
    extractor: MakeExtract = ready_extractor


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands. done: items finished; counts: of those written; place: the last one's name."""

    done: int
    counts: Counts
    place: str


def add(
    inputs: Sequence[str],
    case_path: Path,
    settings: Settings,
    options: AddOptions = AddOptions(),
    progress: Callable[[Progress], None] = lambda _: None,
) -> Counts:
    """Read ``inputs`` and store what is new; safe to repeat, and resumes after a kill.

    ``progress`` is called after each item. A page that the case knows, read by the same engine, is not read
    again.

    Raises:
        CaseError: the case file cannot be used; see `errors`.
        ModelError: a worker cannot work at all.
        KeyboardInterrupt: after what was done had been written; adding again goes on from there.
    """
    engine = engine_of(settings)
    with (
        Case.create_or_open(case_path, settings.store.busy_seconds) as case,
        Pool(options.jobs, settings, options.extractor) as pool,
    ):
        found = read_inputs(inputs, settings.read, options.columns, options.stdin)
        tasks = (_task(one, case, engine) for one in found)
        writer = _Writer(case, engine, settings.batch.commit_items, progress)
        try:
            for task in _in_order(tasks, pool, options.jobs * _AHEAD):
                writer.put(task)
        except (KeyboardInterrupt, ModelError):
            writer.flush()
            raise
        writer.flush()
        return writer.counts


class _Writer:
    """Gathers finished tasks and writes them a batch at a time."""

    def __init__(
        self, case: Case, engine: Engine, commit_items: int, progress: Callable[[Progress], None]
    ) -> None:
        self.counts = Counts()
        self._case = case
        self._engine = engine
        self._commit_items = commit_items
        self._progress = progress
        self._waiting: list[Entry] = []
        self._characters = 0

    def put(self, task: Task) -> None:
        """Take one finished task, in input order."""
        self._waiting.append(Entry(task.item, task.page_id, task.result))
        if isinstance(task.result, Record):
            self._characters += len(task.result.page.text)
        if len(self._waiting) >= self._commit_items or self._characters > _BATCH_CHARACTERS:
            self.flush()
        done = self.counts.items + len(self._waiting)
        self._progress(Progress(done, self.counts, _place(task)))

    def flush(self) -> None:
        """Write what waits; if that fails, nothing of it was written."""
        if not self._waiting:
            return
        self.counts = plus(self.counts, self._case.write(self._waiting, self._engine))
        self._waiting, self._characters = [], 0


def _task(found: Item | Reject, case: Case, engine: Engine) -> Task:
    """Say what is to be done for one input: nothing if it was refused or the case knows its page."""
    if isinstance(found, Reject):
        return Task(None, None, found, done=True)
    key = page_id(found)
    known = case.known([key]).get(key)
    return Task(found, key, done=known is not None and known.settles(found, engine))


def _in_order(tasks: Iterator[Task], pool: Pool, ahead: int) -> Iterator[Task]:
    """Yield all tasks, done, in the order given, while the pool works on those that follow."""
    open_tasks: deque[Task] = deque()  # in input order: done, being done, or not begun
    unbegun: deque[Task] = deque()
    more = True
    while more or open_tasks:
        if more and len(open_tasks) < ahead and _bytes(open_tasks) < _AHEAD_BYTES:
            task = next(tasks, None)
            more = task is not None
            if task is not None:
                open_tasks.append(task)
                unbegun.extend([] if task.done else [task])
        while unbegun and pool.room:
            pool.start(unbegun.popleft())
        full = not more or len(open_tasks) >= ahead or _bytes(open_tasks) >= _AHEAD_BYTES
        head_waits = bool(open_tasks) and not open_tasks[0].done
        pool.harvest(block=full and head_waits)
        while open_tasks and open_tasks[0].done:
            yield open_tasks.popleft()


def _bytes(tasks: Iterator[Task] | deque[Task]) -> int:
    return sum(len(task.item.data) for task in tasks if task.item)


def _place(task: Task) -> str:
    if task.item:
        return task.item.name
    return task.result.place if isinstance(task.result, Reject) else ""
