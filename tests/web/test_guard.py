"""What stands before the pages: hosts, sizes, sessions, roles, writes; and the one error shape."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportedly.errors import ConfigurationError
from reportedly.web import Access, Person, Role, people_of
from reportedly.web.access import TRIES
from reportedly.web.guard import BODY_BYTES
from tests.export.build import DENIAL
from tests.web.cases import ADA, BASE, client, csrf, judge, statement_id, story_id, write

PEOPLE = {
    "ada": (ADA, "correct horse"),
    "ben": (Person("ben", Role.READER), "battery staple"),
}
STRICT = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("guard") / "selda.db")


@pytest.fixture
def reader(case: Path) -> Iterator[TestClient]:
    with client(case) as found:
        yield found


@pytest.fixture
def guarded(case: Path) -> Iterator[TestClient]:
    with client(case, Access(None, PEOPLE, "the-token")) as found:
        yield found


def sign_in(of: TestClient, name: str, password: str, back: str = "/") -> int:
    page = of.get("/signin").text
    proof = page.split('name="csrf" value="')[1].split('"')[0]
    answer = of.post("/signin", data={"csrf": proof, "name": name, "password": password, "next": back})
    return answer.status_code


@pytest.mark.parametrize(
    "address", ["/", "/stories.json", "/api/v1/stories", "/static/reader.js", "/nowhere"]
)
def test_every_answer_carries_the_policy(reader: TestClient, address: str) -> None:
    headers = reader.get(address).headers
    assert headers["content-security-policy"] == STRICT
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST", 200),
        ("[::1]:8765", 200),
        ("evil.example:8765", 421),
        ("127.0.0.1:80", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
        ("[", 421),
    ],
)
def test_only_our_own_names_are_answered(reader: TestClient, host: str, status: int) -> None:
    assert reader.get("/stories", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:80"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_write_from_elsewhere_is_refused(reader: TestClient, headers: dict[str, str]) -> None:
    data = {"csrf": csrf(reader), "judge": f"right {statement_id(DENIAL, 0)}"}
    assert reader.post("/review/judge", data=data, headers=headers).status_code == 403
    assert reader.get("/review/log.json").json()["total"] == 0


@pytest.mark.parametrize("proof", ["", "0" * 64, "é"])
def test_a_write_needs_the_proof_of_its_session(case: Path, reader: TestClient, proof: str) -> None:
    data = {"csrf": proof, "judge": f"right {statement_id(DENIAL, 0)}"}
    assert reader.post("/review/judge", data=data).status_code == 403
    with client(case) as other:
        data["csrf"] = csrf(other)
    assert reader.post("/review/judge", data=data).status_code == 403, "another session's"
    body = {"verdict": "right", "statement": statement_id(DENIAL, 0)}
    assert reader.post("/api/v1/judgements", json=body).status_code == 403


def test_a_reader_reads_and_cannot_write(case: Path) -> None:
    with client(case, Access(Person("ben", Role.READER))) as reader:
        page = reader.get(f"/stories/{story_id(DENIAL)}").text
        assert "data-key" not in page
        assert judge(reader, DENIAL, 0, "right").status_code == 403
        headers = {"X-CSRF-Token": csrf(reader)}
        body = {"verdict": "right", "statement": statement_id(DENIAL, 0)}
        assert reader.post("/api/v1/judgements", json=body, headers=headers).status_code == 403
        assert reader.post("/review/undo", data={"csrf": csrf(reader)}).status_code == 403


def test_one_signs_in_where_that_is_asked(guarded: TestClient) -> None:
    answer = guarded.get("/stories?from=2018")
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin?next=/stories%3Ffrom%3D2018")
    assert guarded.get("/stories.json").status_code == 401
    assert guarded.get("/api/v1/stories").json()["error"]["code"] == "not-signed-in"
    assert guarded.get("/static/reader.css").status_code == 200
    assert sign_in(guarded, "ada", "wrong horse") == 403
    assert sign_in(guarded, "eve", "correct horse") == 403
    assert sign_in(guarded, "ada", "correct horse") == 303
    assert guarded.get("/api/v1/session").json()["name"] == "ada"
    cookie = guarded.post("/signout", data={"csrf": csrf(guarded)}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert guarded.get("/stories").status_code == 303


def test_the_token_lets_a_program_in_without_a_session(guarded: TestClient) -> None:
    bearer = {"Authorization": "Bearer the-token"}
    assert guarded.get("/api/v1/stories", headers=bearer).status_code == 200
    assert guarded.get("/api/v1/stories", headers={"Authorization": "Bearer the-taken"}).status_code == 401
    body = {"verdict": "unsure", "statement": statement_id(DENIAL, 3)}
    assert guarded.post("/api/v1/judgements", json=body, headers=bearer).status_code == 201
    assert sign_in(guarded, "", "the-token") == 303


def test_a_session_cannot_be_made_up_or_changed(guarded: TestClient) -> None:
    assert sign_in(guarded, "ben", "battery staple") == 303
    cookie = guarded.cookies["reportedly"]
    assert guarded.get("/stories").status_code == 200
    for made_up in (cookie[:-2] + "xx", "x" + cookie, "W1siYWRhIiwicmV2aWV3ZXIiXSwieCJd.x.y", "", "\\"):
        guarded.cookies.clear()
        assert guarded.get("/stories", headers={"Cookie": f"reportedly={made_up}"}).status_code == 303


def test_many_wrong_passwords_are_slowed_down(case: Path) -> None:
    with client(case, Access(None, PEOPLE)) as guarded:
        for _ in range(TRIES):
            assert sign_in(guarded, "ada", "guess") == 403
        assert sign_in(guarded, "ada", "correct horse") == 429


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/ok\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_led_elsewhere(guarded: TestClient, back: str) -> None:
    page = guarded.get("/signin").text
    proof = page.split('name="csrf" value="')[1].split('"')[0]
    fields = {"csrf": proof, "name": "ada", "password": "correct horse", "next": back}
    assert guarded.post("/signin", data=fields).headers["location"] == "/"


def test_requests_have_a_size(reader: TestClient) -> None:
    large = "x" * (BODY_BYTES + 1)
    assert reader.post("/review/judge", data={"note": large}).status_code == 413

    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 1024 for _ in range(100))

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert reader.post("/review/judge", content=pieces(), headers=kind).status_code == 413
    assert reader.get("/search", params={"q": "x" * 5_000}).status_code == 414
    assert reader.get("/search", params={"q": "x" * 500}).status_code == 422


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not-found"),
        ("GET", "/api/v1/stories/abcdef", 404, "not-found"),
        ("GET", "/api/v1/stories/ABC!", 422, "invalid"),
        ("GET", "/api/v1/stories?limit=0", 422, "invalid"),
        ("GET", "/api/v1/stories?from=soon", 422, "invalid"),
        ("GET", "/api/v1/statements?kind=loud", 422, "invalid"),
        ("DELETE", "/api/v1/stories", 405, "method-not-allowed"),
        ("POST", "/api/v1/judgements", 422, "invalid"),
        ("GET", "/stories/nothing.json", 404, "not-found"),
        ("GET", "/rejects.json.csv", 404, "not-found"),
        ("GET", "/stories.json?after=x", 422, "invalid"),
        ("GET", "/sources.json?begin=-1", 422, "invalid"),
    ],
)
def test_every_error_has_one_shape(
    reader: TestClient, method: str, address: str, status: int, code: str
) -> None:
    answer = reader.request(method, address)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    error = answer.json()["error"]
    assert set(error) == {"status", "code", "message", "problems"}
    assert (error["status"], error["code"]) == (status, code)
    assert error["message"].endswith(".")


def test_a_person_is_told_on_a_page(reader: TestClient) -> None:
    answer = reader.get("/stories/<b>nothing</b>", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>404 Not Found</h1>" in answer.text
    assert "<b>" not in answer.text


def test_what_nobody_foresaw_keeps_its_traceback_to_itself(
    case: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from reportedly.web import Serving, create_app
    from reportedly.web.library import Library
    from tests.web.cases import PORT

    app = create_app(Serving(case, Access(ADA), PORT))
    reader = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    monkeypatch.setattr(Library, "digest", lambda self: 1 / 0)
    answer = reader.get("/overview.json")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "failed"
    assert "ZeroDivisionError" not in answer.text
    assert answer.headers["content-security-policy"] == STRICT


def test_a_password_file_is_private_and_checked_whole(tmp_path: Path) -> None:
    path = tmp_path / "people"
    path.write_text("# the desk\nada reviewer correct horse\n\nben reader battery staple\n", encoding="utf-8")
    path.chmod(0o600)
    assert people_of(path) == PEOPLE
    path.chmod(0o644)
    with pytest.raises(ConfigurationError, match="others can read"):
        people_of(path)
    path.chmod(0o600)
    path.write_text("ada chief correct horse\nben reader short\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as problems:
        people_of(path)
    assert len(problems.value.problems) == 2
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="names nobody"):
        people_of(path)
    with pytest.raises(ConfigurationError, match="cannot read"):
        people_of(tmp_path / "none")
