"""The page stage without its lists of well-known names: what structure alone must be able to tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from reportedly.page import dateline, glue, lexicon, names, site

NAMES = ("outlets", "cities", "sections")
WORDS = (*NAMES, "outlet_words", "agencies")


@contextmanager
def without_lists(*emptied: str) -> Iterator[None]:
    """Empty lists of the lexicon for as long as the context lasts, and forget what was compiled of them."""
    full = lexicon.load_words("lexicon.yaml")
    poor: dict[str, Any] = {name: [] if name in emptied else entry for name, entry in full.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "_lexicon", lambda: poor)
        _forget()
        try:
            yield
        finally:
            patch.undo()
            _forget()


def _forget() -> None:
    for module in (lexicon, names, glue, dateline, site):
        for entry in vars(module).values():
            if callable(getattr(entry, "cache_clear", None)) and entry.__module__ == module.__name__:
                entry.cache_clear()
