"""The API: its document says what every field means, its answers are as the document says."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from reportedly.store import Case
from tests.export.build import DENIAL
from tests.store.samples import ENGINE, entry, record
from tests.web.cases import client, csrf, statement_id, story_id, write

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(write(tmp_path_factory.mktemp("api") / "selda.db")) as found:
        yield found


@pytest.fixture(scope="module")
def document(reader: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = reader.get("/api/v1/openapi.json").json()
    return found


def valid(document: dict[str, Any], reference: dict[str, Any], answer: object) -> None:
    """Check an answer against a schema of the document."""
    schema = {**reference, "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, name, one) for path, methods in document["paths"].items() for name, one in methods.items()]


def test_every_field_and_parameter_is_explained(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        if name in ("HTTPValidationError", "ValidationError"):
            continue
        for field, one in schema.get("properties", {}).items():
            assert one.get("description") or "$ref" in one, f"{name}.{field}"
    for path, method, one in operations(document):
        assert one["summary"], path
        assert one["description"], path
        for parameter in one.get("parameters", []):
            assert parameter["description"], f"{method} {path} {parameter['name']}"


def test_every_reference_of_the_document_is_there(document: dict[str, Any]) -> None:
    def references(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            yield from ([value["$ref"]] if isinstance(value.get("$ref"), str) else [])
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list):
            for one in value:
                yield from references(one)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


ADDRESSES = {
    "/session": "/session",
    "/stories": "/stories",
    "/stories/{story_id}": f"/stories/{story_id(DENIAL)}",
    "/stories/{story_id}/statements": f"/stories/{story_id(DENIAL)}/statements",
    "/statements": "/statements?about=explosives",
    "/statements/{statement_id}": f"/statements/{statement_id(DENIAL, 2)}",
    "/sources": "/sources",
    "/search": "/search?q=freighter",
    "/judgements": "/judgements",
}


@pytest.mark.parametrize("path", ADDRESSES)
def test_answers_are_as_the_document_says(reader: TestClient, document: dict[str, Any], path: str) -> None:
    answer = reader.get("/api/v1" + ADDRESSES[path])
    assert answer.status_code == 200
    schema = document["paths"]["/api/v1" + path]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    valid(document, schema, answer.json())
    assert answer.json().get("items", [1]) or path == "/judgements"


def test_one_source_is_as_the_document_says(reader: TestClient, document: dict[str, Any]) -> None:
    first = reader.get("/api/v1/sources?limit=1").json()["items"][0]
    answer = reader.get(f"/api/v1/sources/{first['id']}").json()
    valid(document, {"$ref": "#/components/schemas/SourceDetail"}, answer)


def test_a_judgement_is_made_and_taken_back(reader: TestClient, document: dict[str, Any]) -> None:
    headers = {"X-CSRF-Token": csrf(reader)}
    said = {
        "verdict": "wrong",
        "statement": statement_id(DENIAL, 0),
        "words": {"source": "Ministry"},
        "note": "x",
    }
    made = reader.post("/api/v1/judgements", json=said, headers=headers)
    assert made.status_code == 201
    valid(document, {"$ref": "#/components/schemas/JudgementLine"}, made.json())
    line = reader.get(f"/api/v1/statements/{statement_id(DENIAL, 0)}").json()
    assert line["source"]["text"] == "Ministry"
    undone = reader.post(f"/api/v1/judgements/{made.json()['id']}/undo", headers=headers)
    assert undone.json()["undoes"] == made.json()["id"]
    line = reader.get(f"/api/v1/statements/{statement_id(DENIAL, 0)}").json()
    assert line["source"]["text"] == "The Ministry of Sea Trade"
    again = reader.post(f"/api/v1/judgements/{made.json()['id']}/undo", headers=headers)
    assert again.status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"subject": "same-actor", "verdict": "right", "names": ["Sea Ministry", "Ministry of Sea Trade"]},
        {
            "subject": "same-claim",
            "verdict": "wrong",
            "statement": statement_id(DENIAL, 0),
            "other": statement_id(DENIAL, 1),
        },
        {"subject": "missing", "verdict": "right", "story": story_id(DENIAL), "words": {"content": "calm"}},
        {
            "subject": "voice",
            "verdict": "wrong",
            "statement": statement_id(DENIAL, 3),
            "voice": {"name": "Ilse"},
        },
    ],
    ids=lambda said: str(said["subject"]),
)
def test_all_that_can_be_judged(
    reader: TestClient, document: dict[str, Any], said: dict[str, object]
) -> None:
    made = reader.post("/api/v1/judgements", json=said, headers={"X-CSRF-Token": csrf(reader)})
    assert made.status_code == 201, made.text
    valid(document, {"$ref": "#/components/schemas/JudgementLine"}, made.json())
    assert made.json() in reader.get("/api/v1/judgements?limit=200").json()["items"]


@pytest.mark.parametrize("path", ["stories", "statements", "sources"])
def test_nothing_is_missed_or_seen_twice_while_rows_are_added(tmp_path: Path, path: str) -> None:
    case = write(tmp_path / "selda.db")
    with client(case) as reader, Case.create_or_open(case, 5.0) as opened:
        known = [one["id"] for one in reader.get(f"/api/v1/{path}?limit=200").json()["items"]]
        seen: list[str] = []
        address: str | None = f"/api/v1/{path}?limit=2"
        number = 0
        while address and number < 200:
            found = reader.get(address).json()
            seen += [one["id"] for one in found["items"]]
            address = found["next"]
            if number < 5:
                opened.write([entry(record(f"b/{number}.txt", str(number).encode()))], ENGINE)
                threading.Event().wait(0.02)
            number += 1
    assert len(seen) == len(set(seen))
    assert [one for one in seen if one in known] == known, "in the order in which they came"
    assert path == "sources" or len(seen) > len(known)


ODD = (
    st.text(max_size=40)
    | st.integers().map(str)
    | st.sampled_from(["", "null", "-1", "9" * 30, "1e9", "%00", "'"])
)


@FEW
@given(path=st.sampled_from(["stories", "statements", "sources", "search", "judgements"]), values=st.data())
def test_no_parameter_breaks_the_api(
    reader: TestClient, document: dict[str, Any], path: str, values: st.DataObject
) -> None:
    names = [one["name"] for one in document["paths"][f"/api/v1/{path}"]["get"].get("parameters", [])]
    asked = values.draw(st.dictionaries(st.sampled_from(names), ODD, max_size=4))
    answer = reader.get(f"/api/v1/{path}", params=asked)
    assert answer.status_code in (200, 414, 422)
    if answer.status_code != 200:
        valid(document, {"$ref": "#/components/schemas/ErrorLine"}, answer.json())


@FEW
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["subject", "verdict", "statement", "words", "near", "voice", "names", "note", "x"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
def test_no_body_breaks_the_api(reader: TestClient, document: dict[str, Any], body: object) -> None:
    answer = reader.post("/api/v1/judgements", json=body, headers={"X-CSRF-Token": csrf(reader)})
    assert answer.status_code in (404, 422)
    valid(document, {"$ref": "#/components/schemas/ErrorLine"}, answer.json())


@FEW
@given(
    path=st.sampled_from(["/stories", "/sources", "/search", "/review", "/overview"]),
    names=st.dictionaries(
        st.sampled_from(
            ["q", "from", "to", "year", "outlet", "language", "kind", "name", "begin", "after", "told"]
        ),
        ODD,
        max_size=4,
    ),
)
def test_no_parameter_breaks_a_page(reader: TestClient, path: str, names: dict[str, str]) -> None:
    answer = reader.get(f"{path}.json", params=names)
    assert answer.status_code in (200, 414, 422)
    assert ("error" in answer.json()) == (answer.status_code != 200)
