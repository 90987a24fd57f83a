"""`claims`, `trace`, `reuse`, `compare`, and half two of `add`, as a user calls them."""

import csv
import io
import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reportedly.export import lines
from reportedly.store import Case
from tests.test_cli import Done, run

pytestmark = pytest.mark.issue(5)

ENGINEER = "the town's engineer, Petra Lindqvist,"
HALL = (
    f"The roof of the market hall at Orsk Ferry will be taken down in August, {ENGINEER} has said.\n\n"
    "Lindqvist said the beams had been eaten by beetles since the war. “You can put your thumb"
    " through them,” she said.\n\nForty stalls will move to the car park of the old dairy, where rain runs"
    " down the ramp and the lamps have not worked for years. The butcher has asked for a tent of his own.\n"
)
SHORT = (
    f"The roof of the market hall at Orsk Ferry will be taken down in August, {ENGINEER}"
    " told the Ferry Gazette.\n"
)
DENIAL = (
    "The roof of the market hall will not be taken down in August, the mayor, Jonas Wiik, said on Friday.\n"
)
OTHER = "Rain is expected over the hills on Sunday, the weather service said.\n"


def _row(name: str, outlet: str, published: str | None, text: str) -> str:
    row = {"id": name, "title": f"From {outlet}", "outlet": outlet, "text": text}
    return json.dumps(row | ({"published": published} if published else {})) + "\n"


ROWS = {
    "gazette": _row("gazette", "Ferry Gazette", "2022-03-01", HALL),
    "mirror": _row("mirror", "Orsk Mirror", "2022-03-02", HALL),
    "radio": _row("radio", "Hill Radio", "2022-03-03", SHORT),
    "post": _row("post", "Evening Post", "2022-03-05", DENIAL),
    "weather": _row("weather", "Evening Post", "2022-03-05", OTHER),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("claims")
    (made / "rows.jsonl").write_text("".join(ROWS.values()), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def added(folder: Path) -> tuple[Path, Done]:
    path = folder / "hall.db"
    return path, run("add", folder / "rows.jsonl", "--case", path, "--jobs", 1)


@pytest.fixture(scope="module")
def case(added: tuple[Path, Done]) -> Path:
    return added[0]


@pytest.fixture(scope="module")
def claims(case: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("claims", "--case", case, "--format", "jsonl").out.splitlines()]


def roof(claims: list[dict[str, Any]]) -> dict[str, Any]:
    (found,) = (one for one in claims if "will be taken down" in one["text"])
    return found


def dump(path: Path) -> list[str]:
    with Case.open_readonly(path) as opened:
        return list(opened.dump())


def test_add_ends_with_claims_and_says_how_many(added: tuple[Path, Done]) -> None:
    path, done = added
    assert done.code == 0
    assert f"see: reportedly claims --case {path}" in done.out.splitlines()[-1]


def test_a_second_add_changes_nothing(case: Path, folder: Path) -> None:
    before = dump(case)
    assert run("add", folder / "rows.jsonl", "--case", case, "--jobs", 1).code == 0
    assert dump(case) == before


def test_adding_row_by_row_ends_as_one_whole_run(case: Path, folder: Path) -> None:
    grown = folder / "grown.db"
    source = folder / "rows.jsonl"
    kept = source.read_text(encoding="utf-8")
    rows = list(ROWS.values())
    for upto in (2, len(rows)):  # the same file, so that its rows keep their names
        source.write_text("".join(rows[:upto]), encoding="utf-8")
        assert run("add", source, "--case", grown, "--jobs", 1).code == 0
    assert source.read_text(encoding="utf-8") == kept
    assert dump(grown) == dump(case)


def test_claims_are_lines_of_the_contract(claims: list[dict[str, Any]]) -> None:
    validator = jsonschema.Draft202012Validator(lines.schema("claim"))
    assert claims
    for one in claims:
        validator.validate(one)
        ids = {said["id"] for said in one["support"]}
        assert 0 <= one["origins"]["low"] <= one["origins"]["high"] <= len(ids)
        assert {ground for group in one["origins"]["grounds"] for ground in group} <= ids
        known = ids | {said["id"] for role in ("against", "hedged", "others") for said in one[role]}
        ends = [(made["from"], made["to"]) for made in [*one["derivations"], *one["distortions"]]]
        ends += [(made["statement"], made["answers"]) for made in one["disputes"]]
        assert {end for pair in ends for end in pair if end} <= known


def test_a_reprint_a_citation_and_their_parent_are_one_origin(claims: list[dict[str, Any]]) -> None:
    found = roof(claims)
    assert [one["outlet"] for one in found["support"]] == ["Ferry Gazette", "Orsk Mirror", "Hill Radio"]
    assert (found["origins"]["low"], found["origins"]["high"]) == (1, 1)
    assert (found["outlets"], found["stories"], found["first_seen"]) == (3, 3, "2022-03-01")
    assert found["echo"] == 3.0


def test_a_denial_is_against_and_never_for(claims: list[dict[str, Any]]) -> None:
    found = roof(claims)
    assert [one["outlet"] for one in found["against"]] == ["Evening Post"]
    assert found["disputed"]


def test_the_table_shows_the_widest_echo_first_and_says_what_it_leaves_out(case: Path) -> None:
    done = run("claims", "--case", case, "--limit", 1)
    rows = [line for line in done.out.splitlines() if line.strip()]
    assert len(rows) == 2
    assert rows[1].startswith("2022-03-01")
    assert "1..1" in rows[1]
    assert "1 of " in done.err
    assert "--limit 0 shows all" in done.err


def test_csv_has_a_row_a_claim(case: Path, claims: list[dict[str, Any]]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("claims", "--case", case, "--format", "csv").out)))
    assert [row["id"] for row in rows] == [one["id"] for one in claims]
    assert rows[0]["high"] == str(claims[0]["origins"]["high"])


@pytest.mark.parametrize("sort", ["echo", "outlets", "origins", "first"])
def test_claims_can_be_sorted(case: Path, sort: str, claims: list[dict[str, Any]]) -> None:
    done = run("claims", "--case", case, "--sort", sort, "--format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert {one["id"] for one in found} == {one["id"] for one in claims}
    keys = {
        "echo": [-one["echo"] for one in found],
        "outlets": [-one["outlets"] for one in found],
        "origins": [-one["origins"]["high"] for one in found],
        "first": [one["first_seen"] for one in found],
    }
    assert keys[sort] == sorted(keys[sort])


def test_claims_can_be_narrowed(case: Path, claims: list[dict[str, Any]]) -> None:
    about = run("claims", "--case", case, "--about", "ORSK ferry", "--format", "jsonl").out.splitlines()
    assert roof(claims)["id"] in {json.loads(line)["id"] for line in about}
    disputed = run("claims", "--case", case, "--disputed", "--format", "jsonl").out.splitlines()
    assert {json.loads(line)["id"] for line in disputed} == {one["id"] for one in claims if one["disputed"]}
    none = run("claims", "--case", case, "--about", "nobody at all")
    assert (none.code, "no claim matches" in none.err) == (0, True)


def test_trace_takes_the_beginning_of_an_id(case: Path, claims: list[dict[str, Any]]) -> None:
    found = roof(claims)
    done = run("trace", found["id"][:10], "--case", case)
    assert done.code == 0
    for outlet in ("Ferry Gazette", "Orsk Mirror", "Hill Radio", "Evening Post"):
        assert outlet in done.out
    whole = run("trace", found["id"], "--case", case, "--format", "jsonl").out
    assert json.loads(whole) == found


@pytest.mark.parametrize("key", ["ffffffffffffffff", "a", "", "'; DROP TABLE claims"])
def test_trace_of_what_is_not_there(case: Path, key: str) -> None:
    done = run("trace", key, "--case", case)
    assert done.code == 2
    assert "no claim has the id" in done.err


def test_reuse_finds_the_reprint_and_which_came_first(case: Path, folder: Path) -> None:
    found = [json.loads(line) for line in run("reuse", "--case", case, "--format", "jsonl").out.splitlines()]
    validator = jsonschema.Draft202012Validator(lines.schema("reuse"))
    for one in found:
        validator.validate(one)
    (reprint,) = (one for one in found if one["kind"] == "reprint")
    assert (reprint["a"], reprint["b"]) == (
        f"{folder / 'rows.jsonl'}#gazette",
        f"{folder / 'rows.jsonl'}#mirror",
    )
    assert reprint["from"] == reprint["a"]
    assert reprint["passages"]
    assert "reprint" in run("reuse", "--case", case).out


def test_compare_shows_passages_side_by_side_and_what_each_adds(case: Path) -> None:
    done = run("compare", "gazette", "radio", "--case", case)
    assert done.code == 0
    assert "claims that both make" in done.out
    assert "only in a" in done.out
    line = json.loads(run("compare", "mirror", "gazette", "--case", case, "--format", "jsonl").out)
    assert line["kind"] == "reprint"
    for passage in line["passages"]:
        assert passage["text_a"] in HALL.replace("\n\n", "\n") or passage["text_a"] in HALL
    assert not line["only_a"]


def test_compare_of_two_that_share_nothing(case: Path) -> None:
    assert "they share no passage" in run("compare", "weather", "gazette", "--case", case).out


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("gazette", "nowhere", "no story is called"),
        ("gazette", "rows.jsonl#gazette", "the same story"),
        ("gazette", "", "no story is called"),
    ],
)
def test_compare_of_what_is_not_there(case: Path, one: str, other: str, told: str) -> None:
    done = run("compare", one, other, "--case", case)
    assert done.code == 2
    assert told in done.err


def test_claims_that_were_left_for_later_are_worked_out_when_asked(
    folder: Path, claims: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "later.db"
    done = run("add", folder / "rows.jsonl", "--case", path, "--jobs", 1, "--no-claims")
    assert "claims" not in done.out
    asked = run("claims", "--case", path, "--format", "jsonl")
    assert "working them out" in asked.err
    assert [json.loads(line) for line in asked.out.splitlines()] == claims
    assert run("claims", "--case", path, "--format", "jsonl").err == ""


def test_a_case_that_cannot_be_written_shows_the_last_run_and_says_so(case: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(case, tmp_path / "held.db"))
    holding = sqlite3.connect(path, isolation_level=None)
    holding.execute("UPDATE runs SET inputs = 'what was there before'")
    holding.execute("BEGIN IMMEDIATE")
    done = run("--set", "store.busy_seconds=0", "claims", "--case", path)
    holding.execute("ROLLBACK")
    holding.close()
    assert done.code == 0
    assert "from the last run" in done.err
    assert "2022-03-01" in done.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_case_in_a_folder_that_cannot_be_written(case: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(case, tmp_path / "kept.db"))
    tmp_path.chmod(0o555)
    try:
        assert run("claims", "--case", path).code == 0
    finally:
        tmp_path.chmod(0o755)


def test_commands_on_a_case_that_is_not_there(tmp_path: Path) -> None:
    for command in (("claims",), ("trace", "abcd1234"), ("reuse",), ("compare", "a", "b")):
        assert run(*command, "--case", tmp_path / "none.db").code == 4
