"""The public contract: code, schema, golden lines and the page that explains them agree."""

import json
import re
from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest

from reportedly.export import lines
from reportedly.types import ActorKind, Anchor, Commitment, Kind, Number, Precision, VoiceKind
from tests.export.build import DENIAL, HOSTILE, PERSIAN, Told, view

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "data" / "contract"
FIRST_KEYS = {
    "contract",
    "id",
    "page",
    "story",
    "title",
    "outlet",
    "published",
    "language",
    "partial",
    "kind",
    "source",
    "cue",
    "content",
    "voice",
    "chain",
    "commitment",
    "parent",
    "confidence",
}
PAGE = ROOT / "docs" / "reference" / "statement-line.md"


def _statements(told: Told) -> list[dict[str, Any]]:
    seen = view(told)
    return [lines.statement_line(seen.page_name, seen.story, statement) for statement in seen.statements]


def _story(told: Told) -> dict[str, Any]:
    seen = view(told)
    return lines.story_line(seen.page_name, seen.story)


def _golden(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


def test_statement_lines_are_what_was_promised() -> None:
    assert _statements(DENIAL) == _golden("statements.jsonl")


def test_story_lines_are_what_was_promised() -> None:
    assert [_story(DENIAL), _story(PERSIAN)] == _golden("stories.jsonl")


@pytest.mark.parametrize("told", [DENIAL, HOSTILE, PERSIAN], ids=["denial", "hostile", "persian"])
def test_lines_fit_their_schemas(told: Told) -> None:
    jsonschema.validate(_story(told), lines.schema("story"))
    for line in _statements(told):
        jsonschema.validate(line, lines.schema("statement"))


def test_the_schemas_are_schemas() -> None:
    jsonschema.Draft202012Validator.check_schema(lines.schema("statement"))
    jsonschema.Draft202012Validator.check_schema(lines.schema("story"))


def test_a_line_that_breaks_the_contract_fails_the_schema() -> None:
    broken = {**_statements(DENIAL)[0], "surprise": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, lines.schema("statement"))


def test_the_schema_knows_every_value_of_the_types() -> None:
    properties = lines.schema("statement")["properties"]
    assert set(properties["kind"]["enum"]) == {str(kind) for kind in Kind}
    definitions = lines.schema("statement")["$defs"]
    assert set(properties["commitment"]["enum"]) == {None, *map(str, Commitment)}
    assert set(properties["commitments"]["items"]["enum"]) == {None, *map(str, Commitment)}
    for name, key, values in (
        ("voice", "kind", [None, *VoiceKind]),
        ("voice", "number", [None, *Number]),
        ("time", "precision", [None, *Precision]),
        ("time", "anchor", Anchor),
        ("actor", "kind", ActorKind),
    ):
        assert set(definitions[name]["properties"][key]["enum"]) == {one and str(one) for one in values}
    assert set(lines.schema("story")["properties"]["precision"]["enum"]) == {None, *map(str, Precision)}


def test_words_stand_where_the_line_says() -> None:
    text, shift = DENIAL.text, DENIAL.shift
    for line in _statements(DENIAL):
        found = [line["source"], line["cue"], *line["content"], *line["markers"], *line["presupposed"]]
        found += [time["span"] for time in (*line["times"], *line["said"])]
        found += [one["span"] for tie in line["ties"] for one in (tie, tie["subject"], tie["object"])]
        found += [one for voice in (line["voice"], *line["via"]) for one in voice["evidence"]]
        for excerpt in found:
            if excerpt:
                assert text[excerpt["start"] : excerpt["end"]] == excerpt["text"]
                assert (excerpt["page_start"], excerpt["page_end"]) == (
                    excerpt["start"] + shift,
                    excerpt["end"] + shift,
                )


def test_a_line_is_one_line_in_the_storys_own_script() -> None:
    line = lines.dumps(_story(PERSIAN))
    assert "\n" not in line
    assert PERSIAN.text in line


def test_what_was_promised_before_stands() -> None:
    """Contract 1 only grows: the keys of its first release, with the shapes that they had."""
    properties = lines.schema("statement")["properties"]
    assert set(properties) >= FIRST_KEYS
    assert {"name", "kind", "role", "affiliation"} <= set(
        lines.schema("statement")["$defs"]["voice"]["properties"]
    )
    assert properties["chain"]["items"] == {"type": ["string", "null"]}
    assert properties["contract"]["const"] == 1


@pytest.mark.parametrize("kind", ["statement", "story"])
def test_the_page_explains_every_key(kind: Literal["statement", "story"]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    section = page.split(f"\n## The line of a {kind}\n")[1].split("\n## ")[0]
    missing = [key for key in lines.schema(kind)["properties"] if f"| `{key}` |" not in section]
    assert missing == []


def test_the_examples_of_the_page_keep_the_contract() -> None:
    found = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for example in map(json.loads, found):
        jsonschema.validate(example, lines.schema("story" if "set_aside" in example else "statement"))
