"""What only a process that parses may load: each of these costs seconds and tens of megabytes."""

import subprocess
import sys

import pytest

HEAVY = ("spacy", "thinc", "torch", "onnxruntime", "tokenizers", "trafilatura", "pypdfium2")
LIGHT_MODULES = (
    "batch",
    "cli",
    "document",
    "queries",
    "export.report",
    "voices.resolver",
    "ties",
    "times",
    "commitment",
)


def _loaded(code: str) -> list[str]:
    """Return which of the heavy packages a fresh interpreter holds after running the code."""
    told = f"{code}\nimport sys\nprint([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60
    )
    return [name for name in HEAVY if repr(name) in done.stdout.splitlines()[-1]]


@pytest.mark.issue(2)
@pytest.mark.parametrize("name", LIGHT_MODULES)
def test_importing_our_code_loads_nothing_heavy(name: str) -> None:
    assert _loaded(f"import reportedly.{name}") == []


def test_what_parses_does_load_it() -> None:
    assert {"spacy", "onnxruntime"} <= set(_loaded("import reportedly.parse.pipeline"))


@pytest.mark.issue(2)
def test_the_process_that_hands_out_work_loads_nothing_heavy() -> None:
    code = """
import tempfile
from pathlib import Path
from reportedly.batch import add
from reportedly.settings import Settings
if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.txt")
        page.write_text("PORT VELL - The bridge is shut, Ada Quill said on Monday. It opens in May.")
        assert add([str(page)], Path(folder, "case.db"), Settings()).statements == 2
"""
    assert _loaded(code) == []
