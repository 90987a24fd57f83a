"""The API: the same case for programs, under ``/api/v1``."""

from __future__ import annotations

from reportedly.web.api.routes import router
from reportedly.web.api.shapes import describe

__all__ = ["describe", "router"]
