"""What the user named - files, directories, globs, "-", URLs - to items, one after the other, in the parent.

Containers (JSON Lines, JSON, CSV, WARC, and gzip around anything) are opened and streamed; everything else
is one item. Whatever cannot be an item is exactly one reject. Memory is bounded by one chunk and one item of
at most `read.max_bytes`.
"""

from __future__ import annotations

import importlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reportedly.errors import RejectedError
from reportedly.read.columns import RowNames
from reportedly.read.pages import REFUSED
from reportedly.read.sniff import CONTAINERS, HEAD, Format, sniff
from reportedly.read.streams import file_chunks, gunzip, read_whole, refusal, take_head
from reportedly.read.tables import Table, read_json, read_jsonl, read_table
from reportedly.read.warc import read_warc
from reportedly.settings import ReadSettings
from reportedly.types import Columns, Item, Reason, Reject

if TYPE_CHECKING:
    from reportedly.read.fetch import Fetcher

MAX_GZIP_LAYERS = 2
_URL = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_GLOB = re.compile(r"[*?\[]")
_HOPELESS = frozenset((Format.BINARY, Format.OTHER, Format.NOT_JSON))
"""Refused by their first bytes, so that a directory of films is not read through."""

Entries = Iterator[Item | Reject]


@dataclass(frozen=True, slots=True)
class _Source:
    """A stream with its name and what is known about it from outside."""

    name: str
    chunks: Iterator[bytes]
    suffix: str = ""
    content_type: str | None = None
    url: str | None = None
    size: int | None = None


def read_inputs(
    inputs: Sequence[str], settings: ReadSettings, columns: Columns, stdin: BinaryIO | None = None
) -> Entries:
    """Yield an item for every page among ``inputs`` and a reject for everything that is none. Never raises.

    Args:
        inputs: files, directories (read recursively, sorted, without hidden entries), globs, ``-`` for
            ``stdin``, http(s) URLs.
        settings: the limits.
        columns: which column of a table holds what.
        stdin: the stream behind ``-``.
    """
    reader = _Reader(settings, columns, stdin)
    for name in inputs:
        yield from reader.read(name)


class _Reader:
    """One run over the inputs."""

    def __init__(self, settings: ReadSettings, columns: Columns, stdin: BinaryIO | None) -> None:
        self._settings = settings
        self._columns = columns
        self._stdin = stdin
        self._fetcher: Fetcher | None = None

    def read(self, name: str) -> Entries:
        """Yield what one input holds."""
        try:
            if not name:  # Path("") is the working directory, and nobody meant to have that read
                raise refusal(Reason.NOT_FOUND, name, "an empty name")
            if name == "-":
                yield from self._read_stdin()
            elif _URL.match(name):
                yield from self._read_url(name)
            else:
                yield from self._read_path(name)
        except RejectedError as error:
            yield error.reject

    def _read_stdin(self) -> Entries:
        if self._stdin is None:
            raise refusal(Reason.UNREADABLE, "-", "there is no standard input")
        yield from self._open(_Source("-", file_chunks(self._stdin, "-")))

    def _read_url(self, url: str) -> Entries:
        if self._fetcher is None:  # urllib3 takes 0.15 s to import: only when there is a URL
            self._fetcher = importlib.import_module("reportedly.read.fetch").Fetcher(self._settings)
        with closing(self._fetcher.open(url)) as fetched:
            suffix = _suffix(url.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2])
            yield from self._open(_Source(url, fetched.chunks, suffix, fetched.content_type, fetched.url))

    def _read_path(self, name: str) -> Entries:
        try:
            path = Path(name)
            mode = path.stat().st_mode
        except FileNotFoundError:
            yield from self._read_glob(name)
            return
        except (OSError, ValueError) as error:
            raise _unreadable(error, name) from error
        if stat.S_ISDIR(mode):
            yield from self._read_directory(name)
        else:
            yield from self._read_file(path, name, mode)

    def _read_glob(self, pattern: str) -> Entries:
        if _SCHEME.match(pattern):
            raise refusal(Reason.NETWORK, shown(pattern), "only http and https URLs are read")
        if not _GLOB.search(pattern):
            raise refusal(Reason.NOT_FOUND, shown(pattern), "no such file or directory")
        anchor = Path(pattern).anchor
        try:
            found = sorted(str(path) for path in Path(anchor).glob(pattern[len(anchor) :]))
        except (ValueError, NotImplementedError, OSError) as error:
            raise refusal(Reason.NOT_FOUND, shown(pattern), "not a pattern that can be matched") from error
        if not found:
            raise refusal(Reason.NOT_FOUND, shown(pattern), "no file matches the pattern")
        for name in found:
            yield from self.read(name)

    def _read_directory(self, name: str) -> Entries:
        found = False
        for entry in walk(name):
            found = True
            if isinstance(entry, Reject):
                yield entry
                continue
            try:
                yield from self._read_file(Path(entry), entry, Path(entry).stat().st_mode)
            except RejectedError as error:
                yield error.reject
            except OSError as error:
                yield _unreadable(error, entry).reject
        if not found:
            raise refusal(Reason.EMPTY, shown(name), "there is no file in the directory")

    def _read_file(self, path: Path, name: str, mode: int) -> Entries:
        place = shown(name)
        given = name.startswith(("/dev/fd/", "/proc/self/fd/", "/dev/stdin"))  # the shell's <(command)
        if not stat.S_ISREG(mode) and not given:
            raise refusal(Reason.UNREADABLE, place, "not a file: a pipe, socket or device")
        try:
            stream = path.open("rb")
        except OSError as error:
            raise _unreadable(error, name) from error
        with stream:
            size = path.stat().st_size if stat.S_ISREG(mode) else None
            yield from self._open(_Source(place, file_chunks(stream, place), _suffix(path.name), size=size))

    def _open(self, source: _Source, layers: int = 0) -> Entries:
        """Yield what a stream holds; what it raises becomes the last entry."""
        try:
            head, chunks = take_head(source.chunks, HEAD)
            if not head:
                raise refusal(Reason.EMPTY, source.name, "there is nothing in it")
            source = replace(source, chunks=chunks)
            form = sniff(head, source.suffix, source.content_type)
            if form is Format.GZIP and layers < MAX_GZIP_LAYERS:
                yield from self._open(self._unpacked(source), layers + 1)
            elif form in CONTAINERS:
                yield from self._rows(form, source)
            elif form in _HOPELESS and layers == 0:
                reason, detail = REFUSED[form]
                raise refusal(reason, source.name, detail)
            else:
                yield self._single(source)
        except RejectedError as error:
            yield error.reject

    def _unpacked(self, source: _Source) -> _Source:
        inner = Path(source.name.partition("?")[0]).stem if source.suffix in {"gz", "gzip"} else ""
        suffix = {"tgz": "tar"}.get(source.suffix, _suffix(inner))
        chunks = gunzip(source.chunks, self._settings, source.name)
        return replace(source, chunks=chunks, suffix=suffix, content_type=None, size=None)

    def _rows(self, form: Format, source: _Source) -> Entries:
        table = Table(source.name, self._settings, self._columns, RowNames(source.name))
        if form is Format.WARC:
            return read_warc(source.chunks, self._settings, source.name)
        if form is Format.JSONL:
            return read_jsonl(source.chunks, table)
        if form is Format.JSON:
            return read_json(source.chunks, table)
        return read_table(source.chunks, source.suffix, table)

    def _single(self, source: _Source) -> Item:
        """Return the whole stream as one item; what is read of it is bounded by `read.max_bytes`."""
        limit = self._settings.max_bytes
        if source.size is not None and source.size > limit:
            detail = f"{source.size} bytes, larger than read.max_bytes ({limit} bytes)"
            raise refusal(Reason.TOO_LARGE, source.name, detail)
        data = read_whole(source.chunks, limit, source.name)
        fields = {"url": source.url} if source.url else {}
        return Item(source.name, data, source.suffix, source.content_type, fields)


def walk(top: str) -> Iterator[str | Reject]:
    """Yield the files under a directory, sorted by name level by level, without hidden entries.

    A directory reached a second time (a loop of links, or two links to one place) is a reject
    DIRECTORY_LOOP; one that cannot be listed is UNREADABLE.
    """
    seen: set[tuple[int, int]] = set()
    pending = [top.rstrip("/") or "/"]
    while pending:
        name = pending.pop()
        try:
            status = Path(name).stat()
            if not stat.S_ISDIR(status.st_mode):
                yield name
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in seen:
                detail = "the directory was read already, under another name"
                yield refusal(Reason.DIRECTORY_LOOP, shown(name), detail).reject
                continue
            seen.add(identity)
            with os.scandir(name) as entries:
                names = sorted(
                    (entry.name for entry in entries if not entry.name.startswith(".")), reverse=True
                )
        except OSError as error:
            yield _unreadable(error, name).reject
            continue
        pending += [f"{name.rstrip('/')}/{entry}" for entry in names]


def shown(name: str) -> str:
    """Return a path as text that can be stored: bytes of a name that are not UTF-8 are written as \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _unreadable(error: Exception, name: str) -> RejectedError:
    if isinstance(error, FileNotFoundError):
        return refusal(Reason.NOT_FOUND, shown(name), "a link that leads nowhere, or the file is gone")
    if isinstance(error, OSError) and error.strerror and "symbolic links" in error.strerror:
        return refusal(Reason.DIRECTORY_LOOP, shown(name), "a link that leads to itself")
    detail = "not allowed" if isinstance(error, PermissionError) else type(error).__name__
    return refusal(Reason.UNREADABLE, shown(name), f"cannot be opened: {detail}")


def _suffix(name: str) -> str:
    last = name.rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last.strip(".") else ""
