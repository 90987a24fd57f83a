"""The case as the pages see it: connections that are lent out, and what is too dear to count each time."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock, Thread
from typing import TypeVar, cast

from reportedly import queries
from reportedly.errors import CaseError, LockedCaseError
from reportedly.queries.directory import Directory, directory
from reportedly.store import Case
from reportedly.types import Judgement
from reportedly.web.faults import FaultError

_FINGERPRINT = """
    SELECT (SELECT max(row) FROM statements), (SELECT max(row) FROM stories), (SELECT count(*) FROM pages),
           (SELECT count(*) FROM rejects), (SELECT count(*) FROM engines)
"""
PATIENCE = 5
"""A digest is made anew after at least so many times as long as making it took: `add` may be writing."""

KEPT = 200
"""Most things that are kept until the case changes: the sources that somebody looked at."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Digest:
    """What the whole case comes to, when `fingerprint` was its state."""

    fingerprint: tuple[int, ...]
    overview: queries.Overview
    outlets: Sequence[tuple[str | None, int]]
    directory: Directory
    made: float
    seconds: float


class Library:
    """One case, many readers. Safe to use from several threads."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._idle: LifoQueue[Case] = LifoQueue()
        self._digest: Digest | None = None
        self._kept: OrderedDict[str, object] = OrderedDict()
        self._making = Lock()

    @contextmanager
    def case(self) -> Iterator[Case]:
        """Lend a connection out, which sees the case as it is now until it is given back.

        Raises:
            CaseError: the case cannot be read.
        """
        case = self._taken()
        try:
            with case.snapshot():
                yield case
        except CaseError:
            case.close()
            raise
        except BaseException:
            self._idle.put(case)
            raise
        self._idle.put(case)

    def judge(self, judgements: Sequence[Judgement]) -> int:
        """Write judgements and return how many were new.

        Raises:
            LockedCaseError: another process writes and does not let go; none was written.
            FaultError: the case cannot be written here; none was.
        """
        try:
            with Case.create_or_open(self.path, self._busy_seconds) as case:
                return case.judge(judgements)
        except LockedCaseError:
            raise
        except CaseError as error:
            raise FaultError(409, "Nothing can be judged: the case cannot be written here.") from error

    def digest(self) -> Digest:
        """Return the newest digest there is; one of a case that has changed since is being made anew then.

        Raises:
            CaseError: the case cannot be read.
        """
        found = self._digest
        if found is None:
            with self._making:
                return self._digest or self._make()
        if self._is_stale(found) and self._making.acquire(blocking=False):
            Thread(target=self._remake, daemon=True).start()
        return found

    def kept(self, key: str, make: Callable[[], Found]) -> Found:
        """Return what ``make`` gives, made once for a key as long as the digest is the same.

        key: names one kind of thing; the same key is always made by the same function.
        """
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return cast("Found", found)

    def warm(self) -> None:
        """Begin to make the first digest."""
        if self._making.acquire(blocking=False):
            Thread(target=self._remake, daemon=True).start()

    def close(self) -> None:
        """Wait for a digest that is being made; close all connections that nobody has."""
        with self._making:
            pass
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    def _taken(self) -> Case:
        try:
            return self._idle.get_nowait()
        except Empty:
            return Case.open_readonly(self.path, self._busy_seconds, any_thread=True)

    def _is_stale(self, digest: Digest) -> bool:
        if time.monotonic() - digest.made < PATIENCE * digest.seconds:
            return False
        with self.case() as case:
            return _fingerprint(case) != digest.fingerprint

    def _remake(self) -> None:
        try:
            self._make()
        except CaseError as error:
            logging.getLogger(__name__).warning("the case could not be counted: %s", error)
        finally:
            self._making.release()

    def _make(self) -> Digest:
        began = time.monotonic()
        with self.case() as case:
            parts = (_fingerprint(case), queries.overview(case), list(queries.outlets(case)), directory(case))
        made = time.monotonic()
        self._digest = Digest(*parts, made, made - began)
        self._kept = OrderedDict()
        return self._digest


def _fingerprint(case: Case) -> tuple[int, ...]:
    return tuple(value or 0 for value in next(case.select(_FINGERPRINT)))
