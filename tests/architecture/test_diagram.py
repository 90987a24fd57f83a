"""The architecture page's diagram is compared with the imports as they are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "reportedly"
PAGE = ROOT / "docs" / "explanation" / "architecture.md"
EVERYWHERE = {"types", "errors", "settings"}  # drawn as one note, not as forty arrows


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported_parts(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            direct = node.module == "reportedly"
            names = [f"reportedly.{alias.name}" for alias in node.names] if direct else [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("reportedly.")}
    return found


def real_edges() -> set[tuple[str, str]]:
    """Return who imports whom, part by part, leaving out what everybody imports."""
    edges = {(_part(path), part) for path in PACKAGE.rglob("*.py") for part in _imported_parts(path)}
    return {(a, b) for a, b in edges if a != b and b not in EVERYWHERE and not b.startswith("__")} - {
        (a, b) for a, b in edges if a in EVERYWHERE
    }


def drawn_edges() -> set[tuple[str, str]]:
    """Return the arrows of the page's mermaid diagram."""
    diagram = re.search(r"```mermaid\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert diagram
    return set(re.findall(r"^\s*(\w+) --> (\w+)\s*$", diagram[1], re.MULTILINE))


def test_the_diagram_shows_the_imports_as_they_are() -> None:
    assert drawn_edges() == real_edges()
