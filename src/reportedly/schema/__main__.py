"""Write the reference page of the tables: ``python -m reportedly.schema docs/reference/tables.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from reportedly.schema.docs import markdown

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown(), encoding="utf-8")
