"""Workers that hostile input may kill: one item a worker at a time, so that it is known who is to blame.

`concurrent.futures` cannot end one process of its pool, and tells only that *some* worker died; pebble can,
but is not permissively licensed. Processes are spawned, not forked: onnxruntime and pdfium keep threads.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait

from reportedly.errors import ModelError, ReportedlyError
from reportedly.settings import Settings
from reportedly.types import Item, Reason, Record, Reject, Stage

_SPAWN = multiprocessing.get_context("spawn")
_READY = "ready"
_END_SECONDS = 2.0  # how long a worker that was told to end may take before it is killed


Extract = Callable[[Item], Record | Reject]
"""What a worker does: `document.Extractor.extract`, or a test's stand-in for it."""

MakeExtract = Callable[[Settings], Extract]
"""Called once in each worker, so it must be importable by name."""


@dataclass(slots=True)
class Task:
    """One input item on its way; one with nothing to do is done from the start."""

    item: Item | None
    page_id: str | None
    result: Record | Reject | None = None
    done: bool = False


class Pool:
    """Up to ``jobs`` workers, started when first needed. Use as a context manager."""

    def __init__(self, jobs: int, settings: Settings, make: MakeExtract) -> None:
        self._jobs = jobs
        self._settings = settings
        self._make = make
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    @property
    def room(self) -> bool:
        """Whether a task could be started without waiting for another to end."""
        return len(self._workers) < self._jobs or any(worker.idle for worker in self._workers)

    def start(self, task: Task) -> None:
        """Hand a task to a free worker; there must be `room`."""
        while True:
            worker = next((one for one in self._workers if one.idle), None)
            if worker is None:
                worker = _Worker(self._settings, self._make)
                self._workers.append(worker)
            if worker.take(task):
                return
            self._drop(worker)  # it died while it had nothing to do: the task is not to blame

    def harvest(self, block: bool) -> None:
        """Collect what is done; with ``block``, wait until at least one worker has something to tell.

        Raises:
            ModelError: a worker cannot work at all.
        """
        busy = [worker for worker in self._workers if worker.task]
        if not busy:
            return
        seconds = max(0.0, min(worker.seconds_left for worker in busy)) if block else 0.0
        told = set(wait([worker.pipe for worker in busy], seconds))
        for worker in busy:
            if worker.pipe in told:
                worker.listen()
            elif worker.seconds_left <= 0:
                worker.give_up()
            if worker.dead:
                self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        worker.end()
        self._workers.remove(worker)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, settings: Settings, make: MakeExtract) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.task: Task | None = None
        self.dead = False
        self._limit = settings.batch.item_seconds
        self._items_left = settings.batch.worker_items
        self._ready = False
        self._since = 0.0
        self._process = _SPAWN.Process(target=_serve, args=(theirs, settings, make), daemon=True)
        with _interrupts_ignored():
            self._process.start()
        theirs.close()

    @property
    def idle(self) -> bool:
        """Whether it can take a task."""
        return self.task is None and not self.dead

    @property
    def seconds_left(self) -> float:
        """How long its task may still take; the clock runs from when worker and task are both there."""
        return self._since + self._limit - time.monotonic() if self._ready else self._limit

    def take(self, task: Task) -> bool:
        """Begin a task; False if the process turned out to be gone.

        Raises:
            ModelError: it is gone because it could not even begin.
        """
        try:
            self.pipe.send(task.item)
        except OSError:
            if not self._ready:
                self.listen()
            self.dead = True
            return False
        self.task = task
        self._since = time.monotonic()
        return True

    def listen(self) -> None:
        """Hear one message of the process: that it is ready, a result, or an error that ends the run."""
        try:
            message = self.pipe.recv()
        except (EOFError, OSError):
            self._died()
            return
        if message == _READY:
            self._ready = True
            self._since = time.monotonic()
        elif isinstance(message, ReportedlyError):
            raise message
        else:
            self._finish(message)

    def give_up(self) -> None:
        """End a task that takes too long, and the process with it."""
        self.dead = True
        detail = f"took longer than {self._limit:g} seconds (batch.item_seconds)"
        self._finish(_refused(self.task, Reason.TIMEOUT, detail))

    def end(self) -> None:
        """End the process: it has nothing of value but a task that will be done again."""
        self.pipe.close()
        if self.task is not None or self.dead:
            self._process.kill()
        self._process.join(_END_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    def _died(self) -> None:
        self.dead = True
        self._process.join(_END_SECONDS)
        code = self._process.exitcode
        if not self._ready:
            raise ModelError(
                f"a worker process ended with {code} before it could begin; see its message above"
            )
        self._finish(_refused(self.task, Reason.WORKER_DIED, f"the worker process ended with {code}"))

    def _finish(self, result: Record | Reject) -> None:
        if self.task is None:
            return
        if self.task.item is not None:
            self.task.item = replace(self.task.item, data=b"")
        self.task.result = result
        self.task.done = True
        self.task = None
        self._items_left -= 1
        self.dead = self.dead or self._items_left <= 0


def _refused(task: Task | None, reason: Reason, detail: str) -> Reject:
    place = task.item.name if task and task.item else ""
    return Reject(Stage.READ, reason, place, detail)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """A child that starts here ignores Ctrl-C from its first instruction on: its parent ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(pipe: Connection, settings: Settings, make: MakeExtract) -> None:
    """Be a worker: answer each item with its result until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    _limit_memory(settings.batch.worker_megabytes)
    try:
        extract = make(settings)
        pipe.send(_READY)
        while True:
            pipe.send(_light(extract(pipe.recv())))
    except (EOFError, OSError):
        return
    except ReportedlyError as error:
        with suppress(OSError):
            pipe.send(ModelError(str(error)))


def _light(result: Record | Reject) -> Record | Reject:
    """Leave the markup behind: it is not stored, and it is the largest part."""
    if isinstance(result, Record):
        return replace(result, page=replace(result.page, html=None, blocks=()))
    return result


def _follow_parent() -> None:
    """End with the parent, however it ended, even in the middle of an item."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory(megabytes: int) -> None:
    """Let one hostile item run out of its own memory and not of the machine's; not every system can."""
    limit = megabytes * 1_000_000
    with suppress(ImportError, OSError, ValueError):
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
