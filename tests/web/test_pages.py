"""Every page: it renders, has its twins, and is safe on hostile text."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportedly.web.pages import PAGES
from tests.export.build import DENIAL, HOSTILE, PERSIAN
from tests.export.test_report import Page
from tests.web.cases import MONSTER, STORIES, client, statement_id, story_id, write

OURS = {"html", "head", "body", "meta", "title", "link", "script", "svg", "style"}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(write(tmp_path_factory.mktemp("web") / "selda.db")) as found:
        yield found


def addresses() -> list[str]:
    """One address of every page, and of those with a story one for each story."""
    fixed = [path for path in PAGES if "{" not in path]
    told = [f"/stories/{story_id(one)}{rest}" for one in STORIES for rest in ("", "/page")]
    review = [f"/review/stories/{story_id(DENIAL)}/missing", f"/review/statements/{statement_id(MONSTER, 0)}"]
    return [*fixed, *told, *review, "/search?q=said", "/search?told=1", "/stories?from=2023&to=2024"]


def twin(address: str, suffix: str) -> str:
    path, _, query = address.partition("?")
    return ("/overview" if path == "/" else path) + suffix + (f"?{query}" if query else "")


@pytest.mark.parametrize("address", addresses())
def test_a_page_renders_and_runs_and_asks_for_nothing_of_strangers(reader: TestClient, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 200
    page = Page(answer.text)
    assert not {"img", "iframe", "object", "base", "style", "b<"} & set(page.tags)
    assert page.tags.count("script") == 1, "our own, from a file"
    assert page.tags.count("link") == 3
    odd = [(name, value) for name, value in page.odd if not (name in ("src", "action") and _is_ours(value))]
    assert odd == [], "an inline style, a handler, or an address that is not ours"
    assert [link for link in page.links if not _is_ours(link)] == []
    assert "\u202e" not in answer.text, "direction marks are shown and do not act"


def _is_ours(address: str) -> bool:
    return address.startswith("#") or (address.startswith("/") and not address.startswith("//"))


@pytest.mark.parametrize("address", addresses())
def test_a_page_has_a_twin_for_programs_and_its_table_as_csv(reader: TestClient, address: str) -> None:
    data = reader.get(twin(address, ".json"))
    assert (data.status_code, data.headers["content-type"]) == (200, "application/json")
    assert isinstance(data.json(), dict)
    table = reader.get(twin(address, ".csv"))
    linked = f'href="{twin(address, ".csv")}"'.replace("&", "&amp;") in reader.get(address).text
    assert linked == (table.status_code == 200)
    if linked:
        rows = list(csv.reader(io.StringIO(table.text)))
        assert len({len(row) for row in rows}) == 1, "every row has every column"


def test_every_link_of_a_page_leads_somewhere(reader: TestClient) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting and len(seen) < 120:
        address = waiting.pop()
        answer = reader.get(address)
        assert answer.status_code in (200, 303), address
        seen.add(address)
        if answer.headers.get("content-type", "").startswith("text/html"):
            links = {link.partition("#")[0] for link in Page(answer.text).links}
            waiting += sorted(links - seen - set(waiting) - {""})
    assert len(seen) > 60


def test_a_story_shows_its_statements_in_place_and_in_the_margin(reader: TestClient) -> None:
    text = reader.get(f"/stories/{story_id(DENIAL)}").text
    page = Page(text)
    for one in range(4):
        assert statement_id(DENIAL, one) in page.ids, "its card"
        assert f"t-{statement_id(DENIAL, one)}" in page.ids, "its place"
    assert "Ossaly Radio" in page.text
    assert "certain not" in page.text
    assert 'class="box d2' in text, "a box in a box"
    assert page.ids.count(f"story-{story_id(DENIAL)}") == 1


def test_a_statement_has_an_address_of_its_own(reader: TestClient) -> None:
    answer = reader.get(f"/statements/{statement_id(DENIAL, 1)}")
    place = f"/stories/{story_id(DENIAL)}#{statement_id(DENIAL, 1)}"
    assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_the_page_as_read_hides_nothing(reader: TestClient) -> None:
    address = f"/stories/{story_id(DENIAL)}/page"
    found = reader.get(address + ".json").json()
    ends = [0, *(piece["end"] for piece in found["pieces"])]
    assert [piece["start"] for piece in found["pieces"]] == ends[:-1], "the pieces join up"
    assert ends[-1] == found["characters"]
    assert [piece["why"] for piece in found["pieces"]] == [
        "share line",
        "no part of a story",
        None,
        "no part of a story",
    ]
    assert "More news" in Page(reader.get(address).text).text


def test_right_to_left_text_says_so_and_a_language_without_pipeline_too(reader: TestClient) -> None:
    text = reader.get(f"/stories/{story_id(PERSIAN)}").text
    assert '<h1 dir="auto">' in text
    assert '<p dir="auto"' in text
    assert "No pipeline for this language" in text


def test_search_marks_what_was_looked_for_and_counts_facets(reader: TestClient) -> None:
    found = reader.get("/search.json?q=freighter explosives").json()
    assert found["total"] == 1
    (hit,) = found["hits"]
    assert [text for text, is_hit in hit["marked"] if is_hit] == ["freighter", "explosives"]
    facets = {
        one["name"]: {value["value"]: value["count"] for value in one["values"]} for one in found["facets"]
    }
    assert facets["commitment"] == {"CT-": 1}
    assert "<mark>freighter</mark>" in reader.get("/search?q=freighter").text
    assert reader.get("/search.json?q=freighter&voice_kind=person").json()["total"] == 0


@pytest.mark.parametrize(
    "words", ['"', "NEAR(", "a OR", "*", "content:x", "'; DROP TABLE stories; --", "\u202e"]
)
def test_what_is_searched_for_is_words_and_no_language(reader: TestClient, words: str) -> None:
    assert reader.get("/search", params={"q": words}).status_code == 200


def test_a_source_page_says_what_it_said_and_how_it_is_described(reader: TestClient) -> None:
    entries = reader.get("/sources.json?name=dennik").json()["sources"]
    (entry,) = [one for one in entries if one["source"] == "Pavo Dennik"]
    page = Page(reader.get(entry["address"]).text)
    assert "documents show" in page.text
    assert "“Spokesman Pavo Dennik”" in page.text
    detail = reader.get(entry["address"] + ".json").json()
    assert detail["relied_on_by"][0]["name"] == "Ossaly Radio"


def test_an_outlet_is_a_source_with_those_it_relies_on(reader: TestClient) -> None:
    outlets = reader.get("/overview.json").json()["outlets"]
    address = next(one["address"] for one in outlets if one["outlet"] == "Ossaly Radio")
    detail = reader.get(address + ".json").json()
    assert detail["source"]["kind"] == "author"
    assert "Pavo Dennik" in {one["name"] for one in detail["relies_on"]}


def test_what_was_refused_is_told(reader: TestClient) -> None:
    page = Page(reader.get("/rejects").text)
    assert "case/broken.pdf" in page.text
    assert "damaged" in page.text


def test_a_list_goes_on_where_it_stopped(tmp_path: Path) -> None:
    from dataclasses import replace

    many = tuple(
        replace(HOSTILE, name=f"case/{number}.txt", text=f"{HOSTILE.text} {number}") for number in range(120)
    )
    with client(write(tmp_path / "many.db", many)) as reader:
        seen: list[str] = []
        address: str | None = "/stories.json"
        while address:
            found = reader.get(address.replace("/stories?", "/stories.json?")).json()
            seen += [one["id"] for one in found["stories"]]
            address = found["next"] and found["next"].replace("/stories.json", "/stories.json")
    assert len(seen) == len(set(seen)) == 120


def test_an_empty_case_has_all_its_pages(tmp_path: Path) -> None:
    with client(write(tmp_path / "empty.db", ())) as reader:
        for path in PAGES:
            if "{" not in path:
                assert reader.get(path).status_code == 200, path
