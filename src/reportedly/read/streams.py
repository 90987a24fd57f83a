"""Bytes as they come: chunks, their head, unpacking, and reading within bounds.

A stream is an iterator of byte chunks, so a file, a response body and what comes out of gzip look the same
and nothing is held in memory beyond one chunk.
"""

from __future__ import annotations

import io
import itertools
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from reportedly.errors import RejectedError
from reportedly.settings import ReadSettings
from reportedly.types import Reason, Stage

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 17
GZIP_MAGIC = b"\x1f\x8b"
RATIO_SLACK = 1 << 20
"""Bytes that may be unpacked before the ratio counts: short texts of one repeated line pack absurdly well."""


def refusal(reason: Reason, place: str, detail: str) -> RejectedError:
    """Return the error that refuses one item while reading it."""
    return RejectedError(Stage.READ, reason, place, detail)


def file_chunks(stream: BinaryIO, place: str) -> Iterator[bytes]:
    """Yield the chunks of an open file.

    Raises:
        RejectedError: UNREADABLE, if the operating system refuses in the middle.
    """
    try:
        while chunk := stream.read(CHUNK):
            yield chunk
    except (OSError, ValueError) as error:
        raise refusal(Reason.UNREADABLE, place, f"cannot be read: {type(error).__name__}") from error


def take_head(chunks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the first ``size`` bytes, or all there are, and a stream that still begins with them.

    Where the stream breaks off within its head, what came before is kept: the stream breaks off behind it.

    Raises:
        RejectedError: what the stream raises before its first byte.
    """
    taken: list[bytes] = []
    total = 0
    broken: RejectedError | None = None
    try:
        for chunk in chunks:
            taken.append(chunk)
            total += len(chunk)
            if total >= size:
                break
    except RejectedError as error:
        if not total:
            raise
        broken = error
    head = b"".join(taken)
    return head[:size], itertools.chain([head] if head else [], _break_off(broken) if broken else chunks)


def _break_off(error: RejectedError) -> Iterator[bytes]:
    yield from ()
    raise error


def read_whole(chunks: Iterable[bytes], limit: int, place: str) -> bytes:
    """Return all bytes of the stream, at most ``limit`` of them.

    Raises:
        RejectedError: TOO_LARGE, and whatever the stream itself raises.
    """
    taken: list[bytes] = []
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise refusal(Reason.TOO_LARGE, place, f"larger than read.max_bytes ({limit} bytes)")
        taken.append(chunk)
    return b"".join(taken)


def gunzip(chunks: Iterator[bytes], settings: ReadSettings, place: str) -> Iterator[bytes]:
    """Unpack gzip, any number of members, a bounded piece at a time.

    Raises:
        RejectedError: EXPANDS_TOO_FAR as soon as the ratio of unpacked to packed bytes passes
            ``settings.max_ratio``, TRUNCATED if the last member does not end, DAMAGED if it is not gzip.
    """
    packed = unpacked = 0
    member = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        packed += len(chunk)
        rest = chunk
        while rest:
            if member.eof:
                rest = rest.lstrip(b"\0")  # tar and tape tools pad with zeros between and after members
                if not rest:
                    break
                member = zlib.decompressobj(wbits=31)
            piece, rest = _inflate(member, rest, place)
            unpacked += len(piece)
            if unpacked > packed * settings.max_ratio + RATIO_SLACK:
                raise refusal(
                    Reason.EXPANDS_TOO_FAR,
                    place,
                    f"unpacks to more than {settings.max_ratio} times its size (read.max_ratio)",
                )
            if piece:
                yield piece
    if not member.eof:
        raise refusal(Reason.TRUNCATED, place, "the gzip data break off before their end")


def _inflate(member: zlib._Decompress, data: bytes, place: str) -> tuple[bytes, bytes]:
    """Return one unpacked piece and the packed bytes that are left."""
    try:
        piece = member.decompress(data, CHUNK)
    except zlib.error as error:
        raise refusal(Reason.DAMAGED, place, "the gzip data are damaged") from error
    return piece, member.unused_data if member.eof else member.unconsumed_tail


class _ChunkReader(io.RawIOBase):
    """A raw file over chunks, for libraries that want one."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        target = memoryview(buffer).cast("B")
        size = min(len(target), len(self._rest))
        target[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def as_file(chunks: Iterator[bytes]) -> io.BufferedReader:
    """Return a buffered binary file over ``chunks``; what they raise comes through its read methods."""
    return io.BufferedReader(_ChunkReader(chunks), CHUNK)


def lines(chunks: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """Yield the lines of the stream with their ends; None stands for a line of more than ``limit`` bytes.

    An over-long line is skipped without being held in memory.
    """
    stream = as_file(chunks)
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
        yield None
