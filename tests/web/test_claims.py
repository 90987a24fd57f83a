"""Claims in the reader: the list, one claim with its tree, two stories side by side, and their review."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.testclient import TestClient

from reportedly.corpus import plan
from reportedly.settings import Settings
from tests.export.build import DENIAL
from tests.export.test_report import Page
from tests.web.cases import client, csrf, statement_id, story_id, write

SECOND = replace(DENIAL, name="case/gazette.txt", outlet="Tidewater Post")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write(tmp_path_factory.mktemp("claims") / "selda.db", (DENIAL, SECOND))
    plan.run(made, Settings())
    return made


@pytest.fixture
def reader(path: Path) -> Iterator[TestClient]:
    with client(path) as found:
        yield found


def shared_claim(reader: TestClient) -> dict[str, Any]:
    found = reader.get("/claims.json").json()["claims"]
    return next(one for one in found if one["outlets"] == 2)


def test_a_claim_of_two_outlets_is_one_with_its_range_and_tree(reader: TestClient) -> None:
    entry = shared_claim(reader)
    text = reader.get(f"/claims/{entry['id']}").text
    page = Page(text)
    assert f"{entry['origins']['low']}..{entry['origins']['high']}" in page.text
    assert "Who says it, in order of time" in page.text
    assert "Ossaly Radio" in page.text
    assert "Tidewater Post" in page.text
    assert "<svg" in text
    assert " style=" not in text
    inside = [link for link in page.links if link.startswith("/stories/")]
    assert any(link.startswith(f"/stories/{story_id(SECOND)}#") for link in inside), "a box opens the words"
    whole = reader.get(f"/claims/{entry['id']}.json").json()["claim"]
    assert {one["story_id"] for one in whole["support"]} == {story_id(DENIAL), story_id(SECOND)}


def test_overview_and_story_lead_to_claims_and_to_the_twin(reader: TestClient) -> None:
    assert shared_claim(reader)["id"] in {one["id"] for one in reader.get("/overview.json").json()["echoes"]}
    story = reader.get(f"/stories/{story_id(DENIAL)}")
    links = Page(story.text).links
    assert any(link.startswith("/claims/") for link in links)
    twin = f"/compare/{story_id(DENIAL)}/{story_id(SECOND)}"
    assert twin in links
    page = Page(reader.get(twin).text)
    assert page.text.count("denied that the freighter carried explosives") >= 2
    assert reader.get(f"{twin}.csv").status_code == 200


def test_claims_can_be_split_and_merged_and_that_undone(reader: TestClient) -> None:
    entry = shared_claim(reader)
    address = f"/claims/{entry['id']}"
    whole = reader.get(f"{address}.json").json()["claim"]
    one, other = (each["id"] for each in whole["support"][:2])
    fields = {"csrf": csrf(reader), "subject": "same-claim", "back": address}
    split = reader.post("/review/judge", data={**fields, "judge": f"wrong {one} {other}"})
    assert (split.status_code, split.headers["location"]) == (303, f"{address}#{one}")
    (judged,) = reader.get(f"{address}.json").json()["judgements"]
    assert (judged["subject"], judged["verdict"]) == ("same-claim", "wrong")
    merged = reader.post(
        "/review/judge",
        data={**fields, "judge": "right", "statement": statement_id(DENIAL, 3), "other_claim": address},
    )
    assert merged.status_code == 303
    assert len(reader.get(f"{address}.json").json()["judgements"]) == 2
    for judgement in reader.get(f"{address}.json").json()["judgements"]:
        reader.post("/review/undo", data={"csrf": fields["csrf"], "judgement": judgement["id"]})
    assert reader.get(f"{address}.json").json()["judgements"] == []


def test_the_api_has_claims_as_its_document_says(reader: TestClient) -> None:
    document = reader.get("/api/v1/openapi.json").json()

    def check(name: str, answer: object) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer)

    found = reader.get("/api/v1/claims?limit=2").json()
    check("Claims", found)
    check("Claims", reader.get(found["next"]).json())
    check("ClaimLine", reader.get(f"/api/v1/claims/{found['items'][0]['id']}").json())
    for address in ("/api/v1/claims/abcdef", "/api/v1/claims?sort=loud"):
        check("ErrorLine", reader.get(address).json())


@pytest.mark.parametrize("address", ["/claims/none", "/compare/a/b", "/claims?sort=loud"])
def test_what_is_not_there_is_said(reader: TestClient, address: str) -> None:
    assert reader.get(address).status_code in (404, 422)
