"""Short cuts the tests of reading share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from reportedly.errors import RejectedError
from reportedly.read import read_inputs, read_page
from reportedly.settings import ReadSettings
from reportedly.types import Columns, Item, Page, Reject

SETTINGS = replace(ReadSettings(), url_pause_seconds=0.0, url_timeout_seconds=1.0, url_private=True)


def entries(
    *inputs: str | Path,
    settings: ReadSettings = SETTINGS,
    columns: Columns | None = None,
    stdin: BinaryIO | None = None,
) -> list[Item | Reject]:
    """Everything that reading the inputs yields."""
    return list(read_inputs([str(name) for name in inputs], settings, columns or Columns(), stdin))


def pages(found: Sequence[Item | Reject], settings: ReadSettings = SETTINGS) -> list[Page | Reject]:
    """Read every item, the way the driver does."""
    out: list[Page | Reject] = []
    for entry in found:
        if isinstance(entry, Reject):
            out.append(entry)
            continue
        try:
            out.append(read_page(entry, settings))
        except RejectedError as error:
            out.append(error.reject)
    return out


def only_page(*inputs: str | Path, settings: ReadSettings = SETTINGS) -> Page:
    """The one page among the inputs."""
    (page,) = pages(entries(*inputs, settings=settings), settings)
    assert isinstance(page, Page), page
    return page


def only_reject(*inputs: str | Path, settings: ReadSettings = SETTINGS) -> Reject:
    """The one reject that the inputs make."""
    (reject,) = pages(entries(*inputs, settings=settings), settings)
    assert isinstance(reject, Reject), reject
    return reject
