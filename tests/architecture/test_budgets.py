"""Size budgets: they stay switched on, and no exemption is given."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULE_LINES = 500
FUNCTION_LINES = 80
MEDIAN_FUNCTION_LINES = 12
PARAMETERS = 6
BANNED_NAMES = ("utils", "util", "manager", "helper", "helpers", "misc")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _sources() -> list[Path]:
    folders = ("src", "training", "bench", "tests")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _functions(path: Path) -> list[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def _length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_module_and_its_functions_are_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") < MODULE_LINES
    for node in _functions(path):
        arguments = node.args
        count = len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)
        count -= bool(arguments.args and arguments.args[0].arg in {"self", "cls"})
        assert _length(node) <= FUNCTION_LINES, f"{node.name} is {_length(node)} lines long"
        assert count <= PARAMETERS, f"{node.name} takes {count} parameters"


def test_functions_of_the_package_are_short_as_a_rule() -> None:
    lengths = [_length(node) for path in (ROOT / "src").rglob("*.py") for node in _functions(path)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION_LINES


def test_no_module_hides_behind_a_vague_name() -> None:
    assert [path for path in _sources() if path.stem in BANNED_NAMES] == []


def test_no_public_function_is_a_stub() -> None:
    stubs = [
        f"{path.name}:{node.lineno} {node.name}"
        for path in (ROOT / "src").rglob("*.py")
        for node in _functions(path)
        if all(isinstance(line, ast.Pass) or _is_prose(line) for line in node.body)
    ]
    assert stubs == []


def _is_prose(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def test_import_gives_no_warning() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import reportedly"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
