"""Review: what is judged is on the page at once, is never lost, and can be taken back."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly import review
from reportedly.store import Case, Engine
from reportedly.web import Access, Person, Role
from tests.export.build import DENIAL, Told
from tests.export.test_report import Page
from tests.store.samples import ENGINE, entry, record
from tests.web.cases import ADA, client, csrf, judge, statement_id, story_id, write

BEN = Person("ben", Role.REVIEWER)
STORY = f"/stories/{story_id(DENIAL)}"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write(tmp_path / "selda.db")


@pytest.fixture
def reader(case: Path) -> Iterator[TestClient]:
    with client(case) as found:
        yield found


def on_page(of: TestClient, told: Told = DENIAL) -> dict[str, Any]:
    found: dict[str, Any] = of.get(f"/stories/{story_id(told)}.json").json()
    return found


def words(line: dict[str, Any], role: str) -> str | None:
    found: str | None = line[role] and line[role]["text"]
    return found


@pytest.mark.parametrize("verdict", ["right", "unsure"])
def test_a_verdict_is_on_the_page_at_once(reader: TestClient, verdict: str) -> None:
    answer = judge(reader, DENIAL, 1, verdict)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{STORY}#{statement_id(DENIAL, 1)}")
    judged = on_page(reader)["judgements"][statement_id(DENIAL, 1)]
    assert (judged["verdict"], judged["judgements"][0]["by"]) == (verdict, "ada")
    text = reader.get(STORY).text
    assert f'<span class="verdict {verdict}">{verdict}</span>' in text
    assert text.count('aria-pressed="true"') == 1


def test_wrong_alone_takes_a_statement_off_the_text_and_keeps_it_below(reader: TestClient) -> None:
    judge(reader, DENIAL, 0, "wrong", note="a headline")
    found = on_page(reader)
    assert statement_id(DENIAL, 0) not in {one["id"] for one in found["statements"]}
    assert [one["id"] for one in found["refused"]] == [statement_id(DENIAL, 0)]
    page = Page(reader.get(STORY).text)
    assert f"t-{statement_id(DENIAL, 0)}" not in page.ids
    assert statement_id(DENIAL, 0) in page.ids
    assert "Judged to be no statement" in page.text
    assert "a headline" in page.text


def test_other_words_stand_in_the_text_at_once(reader: TestClient) -> None:
    fields = {
        "source": "Ministry of  Sea Trade",
        "content": "the freighter\n[...]\ncarried explosives",
        "cue": "",
    }
    judge(reader, DENIAL, 0, "wrong", **fields)
    line = next(one for one in on_page(reader)["statements"] if one["id"] == statement_id(DENIAL, 0))
    assert words(line, "source") == "Ministry of Sea Trade"
    assert line["cue"] is None
    assert [piece["text"] for piece in line["content"]] == ["the freighter", "carried explosives"]
    text = DENIAL.text
    assert all(text[one["start"] : one["end"]] == one["text"] for one in [line["source"], *line["content"]])


def test_words_that_do_not_stand_in_the_story_are_refused_all_together(reader: TestClient) -> None:
    answer = judge(reader, DENIAL, 0, "wrong", source="the admiral", content="it sank")
    assert answer.status_code == 422
    assert "the admiral" in answer.text
    assert "it sank" in answer.text
    assert reader.get("/review/log.json").json()["total"] == 0


def test_the_same_words_elsewhere_are_found_where_they_were_meant(reader: TestClient) -> None:
    fields = {"content": "the", "content_at": str(DENIAL.text.index("the captain"))}
    judge(reader, DENIAL, 2, "wrong", **fields)
    line = next(one for one in on_page(reader)["statements"] if one["id"] == statement_id(DENIAL, 2))
    assert line["content"][0]["start"] == DENIAL.text.index("the captain")


def test_another_voice_speaks_at_once(reader: TestClient) -> None:
    fields = {
        "subject": "voice",
        "voice_name": "Ilse Brandt",
        "voice_kind": "person",
        "voice_role": "minister",
    }
    judge(reader, DENIAL, 3, "wrong", **fields)
    line = next(one for one in on_page(reader)["statements"] if one["id"] == statement_id(DENIAL, 3))
    assert (line["voice"]["name"], line["voice"]["kind"], line["chain"][-1]) == (
        "Ilse Brandt",
        "person",
        "Ilse Brandt",
    )
    assert words(line, "source") == "the minister", "its words are not judged by that"


def test_a_missed_statement_is_added(reader: TestClient) -> None:
    fields = {
        "subject": "missing",
        "story": story_id(DENIAL),
        "source": "parliament",
        "content": "whoever it hurts",
    }
    answer = reader.post(
        "/review/judge", data={"csrf": csrf(reader), "judge": "right", "back": STORY, **fields}
    )
    assert answer.status_code == 303
    added = [one for one in on_page(reader)["statements"] if words(one, "source") == "parliament"]
    assert [one["content"][0]["text"] for one in added] == ["whoever it hurts"]
    assert added[0]["id"] in Page(reader.get(STORY).text).ids
    assert reader.post("/review/undo", data={"csrf": csrf(reader)}).status_code == 303
    assert all(words(one, "source") != "parliament" for one in on_page(reader)["statements"])


def test_undo_brings_back_what_was_and_is_an_entry_too(reader: TestClient) -> None:
    before = on_page(reader)
    judge(reader, DENIAL, 0, "right")
    judge(reader, DENIAL, 0, "wrong")
    reader.post("/review/undo", data={"csrf": csrf(reader)})
    assert on_page(reader)["judgements"][statement_id(DENIAL, 0)]["verdict"] == "right"
    reader.post("/review/undo", data={"csrf": csrf(reader)})
    assert on_page(reader) == before
    log = reader.get("/review/log.json").json()["judgements"]
    assert [(one["subject"], one["stands"]) for one in log] == [
        ("undo", False),
        ("undo", False),
        ("statement", False),
        ("statement", False),
    ]
    assert reader.post("/review/undo", data={"csrf": csrf(reader)}).status_code == 404
    assert reader.get("/review/log").status_code == 200


def test_the_log_cannot_be_changed(reader: TestClient, case: Path) -> None:
    import sqlite3

    judge(reader, DENIAL, 0, "right")
    with sqlite3.connect(case) as connection:
        for sql in ("DELETE FROM judgements", "UPDATE judgements SET verdict = 'wrong'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(sql)


def test_a_judgement_survives_another_reading_of_the_page(case: Path, reader: TestClient) -> None:
    judge(reader, DENIAL, 0, "right")
    judge(reader, DENIAL, 1, "wrong", source="Pavo Dennik")
    shifted = "Update.\n\n" + DENIAL.text
    anew = replace(DENIAL, said=tuple(replace(one, confidence=0.77) for one in DENIAL.said))
    with Case.create_or_open(case, 5.0) as opened:
        for told in (anew, replace(anew, text=shifted)):
            opened.write([_read_anew(told)], Engine("9", "another", told.text))
            found = on_page(reader)
            by_text = {one["content"][0]["text"]: one for one in found["statements"]}
            first = by_text["that the freighter carried explosives"]
            assert first["confidence"] == 0.77, "it is the new reading"
            assert found["judgements"][first["id"]]["verdict"] == "right"
            second = by_text['documents show that the captain called it "an ordinary load"']
            assert words(second, "source") == "Pavo Dennik"
    gone = replace(anew, text="All new. The sea was calm.", said=(), set_aside=())
    with Case.create_or_open(case, 5.0) as opened:
        opened.write([_read_anew(gone)], Engine("10", "another", ""))
    assert len(on_page(reader)["homeless"]) == 2, "kept, and said to be without a place"


def _read_anew(told: Told) -> Any:
    """Return the entry of the same page, of which something else was made."""
    from tests.export.build import view
    from tests.web.cases import _entry

    seen = view(told)
    same = view(DENIAL).story
    story = replace(seen.story, id=same.id, page_id=same.page_id, page_start=7, page_end=7 + len(told.text))
    statements = [replace(one, page_id=same.page_id, story_id=same.id) for one in seen.statements]
    return _entry(replace(seen, story=story, statements=statements))


def test_two_reviewers_at_once_lose_nothing(case: Path) -> None:
    people = {"ada": (ADA, "correct horse"), "ben": (BEN, "battery staple")}
    errors: list[object] = []

    def work(name: str, verdict: str) -> None:
        with client(case, Access(people[name][0])) as own:
            proof = csrf(own)
            for _ in range(15):
                data = {"csrf": proof, "judge": f"{verdict} {statement_id(DENIAL, 1)}"}
                answer = own.post("/review/judge", data=data)
                errors.extend([answer.text] if answer.status_code != 303 else [])

    threads = [threading.Thread(target=work, args=pair) for pair in (("ada", "right"), ("ben", "unsure"))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []
    with client(case) as reader:
        judged = on_page(reader)["judgements"][statement_id(DENIAL, 1)]
    assert [one["by"] for one in judged["judgements"]].count("ada") == 15
    assert [one["by"] for one in judged["judgements"]].count("ben") == 15
    assert judged["reviewers_differ"]


def test_pages_are_served_while_the_case_is_written(case: Path, reader: TestClient) -> None:
    before = reader.get("/overview.json").json()["figures"]["stories"]
    with Case.create_or_open(case, 5.0) as opened:
        for number in range(5):
            made = record(f"b/{number}.txt", str(number).encode())
            opened.write([entry(made)], ENGINE)
            assert reader.get(f"/stories/{made.stories[0].id}").status_code == 200
            assert judge(reader, DENIAL, 1, "right").status_code == 303
    for _ in range(100):
        after = reader.get("/overview.json").json()["figures"]["stories"]
        if after == before + 10:
            break
        threading.Event().wait(0.05)
    assert after == before + 10, "the digest is made anew"


def test_a_judgement_waits_for_another_writer_and_says_when_it_cannot(case: Path) -> None:
    import sqlite3

    from starlette.testclient import TestClient as Client

    from reportedly.web import Serving, create_app
    from tests.web.cases import BASE, PORT

    app = create_app(Serving(case, Access(ADA), PORT, busy_seconds=0.1))
    reader = Client(app, base_url=BASE, follow_redirects=False)
    writer = sqlite3.connect(case, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    answer = judge(reader, DENIAL, 1, "right")
    assert answer.status_code == 503
    assert "try again" in answer.text
    writer.execute("ROLLBACK")
    writer.close()
    assert judge(reader, DENIAL, 1, "right").status_code == 303


def test_the_queue_begins_with_the_least_sure_and_leaves_out_what_was_judged(reader: TestClient) -> None:
    queue = reader.get("/review.json").json()["statements"]
    sure = [one["confidence"] for one in queue]
    assert sure == sorted(sure)
    assert all(one["kind"] != "author" for one in queue)
    judge(reader, DENIAL, 2, "right")
    rest = {one["id"] for one in reader.get("/review.json").json()["statements"]}
    assert rest == {one["id"] for one in queue} - {statement_id(DENIAL, 2)}


def test_judgements_are_exported_in_the_format_of_the_corpora(case: Path, reader: TestClient) -> None:
    judge(reader, DENIAL, 0, "right")
    judge(reader, DENIAL, 1, "wrong", source="Pavo Dennik")
    judge(reader, DENIAL, 3, "wrong")
    fields = {"subject": "voice", "voice_name": "Pavo Dennik", "voice_kind": "person"}
    judge(reader, DENIAL, 1, "wrong", **fields)
    from reportedly.queries.reading import stories_of_page

    with Case.open_readonly(case) as opened:
        standing = review.standing(review.history(opened))
        (line,) = review.corpus_lines(
            standing, lambda page: [(one.story, one.statements) for one in stories_of_page(opened, page)]
        )
    assert json.loads(json.dumps(line)) == line
    assert set(line) == {"id", "annotator", "published", "text", "attributions", "wrong", "whole"}
    assert (line["annotator"], line["whole"], line["text"]) == ("ada", False, DENIAL.text)
    told = [
        {role: [DENIAL.text[a:b] for a, b in one[role]] for role in ("source", "cue", "content")}
        for one in line["attributions"]
    ]
    assert [one["source"] for one in told] == [["The Ministry of Sea Trade"], ["Pavo Dennik"]]
    assert told[0]["cue"] == ["denied"]
    assert line["attributions"][1]["voice"]["kind"] == "person"
    assert len(line["wrong"]) == 2
    judge(reader, DENIAL, 2, "right")
    with Case.open_readonly(case) as opened:
        standing = review.standing(review.history(opened))
        (line,) = review.corpus_lines(
            standing, lambda page: [(one.story, one.statements) for one in stories_of_page(opened, page)]
        )
    assert line["whole"], "all four attributions were judged"


def test_a_case_that_cannot_be_written_is_read_all_the_same(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportedly.errors import CaseError

    def refuse(*_: object) -> Case:
        raise CaseError("read-only")

    with client(case) as reader:
        monkeypatch.setattr(Case, "create_or_open", refuse)
        answer = judge(reader, DENIAL, 0, "right")
        assert answer.status_code == 409
        assert "cannot be written here" in answer.text
        assert reader.get(STORY).status_code == 200
