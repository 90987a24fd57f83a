"""The case: one SQLite file (WAL, FTS5) that holds all that was read; many read it while one writes."""

from __future__ import annotations

from reportedly.store.case import Case, Engine, Entry, Known
from reportedly.store.rows import calendar_range

__all__ = ["Case", "Engine", "Entry", "Known", "calendar_range"]
