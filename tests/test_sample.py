"""The bundled sample case: the demo runs on it, and its stories come out as its author meant them."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from reportedly import batch, queries
from reportedly.settings import Settings
from reportedly.store import Case
from tests.test_cli import run

SAMPLE = Path(str(resources.files("reportedly") / "sample"))
GOLD: dict[str, Any] = json.loads((SAMPLE / "lineage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    batch.add([str(SAMPLE / "case")], path, Settings())
    with Case.open_readonly(path) as case:
        return {
            f"{row.page_name.removeprefix(str(SAMPLE / 'case') + '/')}#{row.story.index}": {
                "outlet": row.story.metadata.outlet,
                "published": row.story.metadata.published.value if row.story.metadata.published else None,
                "language": row.story.language,
                "partial": row.story.partial,
            }
            for row in queries.stories(case)
        }


def test_the_gold_names_only_stories_of_the_sample() -> None:
    named = {
        *(entry[key] for entry in GOLD["derivations"] for key in ("from", "on")),
        *(entry[key] for entry in GOLD["disputes"] for key in ("from", "answers")),
        *(entry[key] for entry in GOLD["changes"] for key in ("from", "on")),
        *(voice for entry in GOLD["same_voice_unnamed"] for voice in entry["voices"]),
    }
    assert named <= set(GOLD["stories"])
    assert {name.split("#")[0] for name in GOLD["stories"]} | set(GOLD["rejects"]) == {
        path.name for path in (SAMPLE / "case").iterdir()
    }


def test_the_stories_are_all_found(stories: dict[str, dict[str, Any]]) -> None:
    assert set(stories) == set(GOLD["stories"])


@pytest.mark.parametrize("name", list(GOLD["stories"]))
def test_a_story_is_read_as_it_was_meant(name: str, stories: dict[str, dict[str, Any]]) -> None:
    assert stories[name] == GOLD["stories"][name]


def test_the_demo_ends_with_tables_and_a_report(tmp_path: Path) -> None:
    done = run("demo", "--out", tmp_path / "demo", "--jobs", 1)
    assert done.code == 0
    assert "16 items = 15 pages + 0 already known + 1 refused" in done.out
    assert "no pipeline for language fa: 2 stories stored whole" in done.out
    *_, report, reader = done.out.rstrip().splitlines()
    assert report.endswith(str((tmp_path / "demo" / "report.html").resolve()))
    assert "reportedly serve --case" in reader
    assert "Pavo Dennik" in (tmp_path / "demo" / "report.html").read_text(encoding="utf-8")
