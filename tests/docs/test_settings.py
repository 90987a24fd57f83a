"""Every setting is documented, read somewhere, and checked."""

import re
from pathlib import Path

import pytest

from reportedly import settings
from reportedly.errors import ConfigurationError
from tests.docs.generate import SETTINGS_PAGE, settings_page

SOURCE = Path(__file__).parents[2] / "src" / "reportedly"


def test_the_reference_page_is_what_the_code_says() -> None:
    assert SETTINGS_PAGE.read_text(encoding="utf-8") == settings_page(), "run `make docs`"


@pytest.mark.parametrize("name", [name for name, _, _ in settings.walk()])
def test_a_setting_is_read_somewhere(name: str) -> None:
    leaf = name.split(".")[1]
    readers = [path for path in SOURCE.rglob("*.py") if path.name != "settings.py"]
    assert any(re.search(rf"\.{leaf}\b", path.read_text(encoding="utf-8")) for path in readers)


def test_all_problems_are_told_together(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('loose = 1\n[read]\nmax_bytes = "many"\nurl_private = "perhaps"\n[nowhere]\nx = 1\n')
    with pytest.raises(ConfigurationError) as caught:
        settings.load(file, ["read.max_depth=3", "read.url_redirects"])
    problems = "\n".join(caught.value.problems)
    for part in (
        "loose",
        "read.max_bytes",
        "read.url_private",
        "nowhere.x",
        "read.max_depth",
        "url_redirects",
    ):
        assert part in problems
    assert len(caught.value.problems) == 6


def test_overrides_win_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[read]\nmax_bytes = 7\nurl_robots = false\n")
    tree = settings.load(file, ["read.max_bytes=1_000"])
    assert (tree.read.max_bytes, tree.read.url_robots, tree.store) == (1000, False, settings.StoreSettings())
