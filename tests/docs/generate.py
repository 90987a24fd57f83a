"""Writes the generated reference pages: ``python -m tests.docs.generate`` (``make docs``)."""

from pathlib import Path

from reportedly import settings

ROOT = Path(__file__).parents[2]
SETTINGS_PAGE = ROOT / "docs" / "reference" / "settings.md"


def settings_page() -> str:
    """Return docs/reference/settings.md as the live settings tree has it."""
    lines = [
        "# Settings",
        "",
        "One tree. Set in a TOML file (`reportedly --settings FILE ...`, a `[group]` a table) or one by one",
        "(`reportedly --set read.max_bytes=10_000_000 ...`, which wins). All problems are told together,",
        "before any work starts. Generated from the code by `make docs`; a test holds it to that.",
        "",
        "| setting | default | meaning |",
        "|---|---|---|",
    ]
    rows = [
        f"| `{name}` | `{str(default).lower() if isinstance(default, bool) else default}` "
        f"| {leaf.metadata['help']} |"
        for name, default, leaf in settings.walk()
    ]
    return "\n".join([*lines, *rows]) + "\n"


if __name__ == "__main__":
    SETTINGS_PAGE.write_text(settings_page(), encoding="utf-8")
