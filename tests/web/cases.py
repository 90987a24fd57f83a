"""A small invented case, hostile stories among it, and the application over it."""

from __future__ import annotations

from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient

from reportedly.export.views import StoryView
from reportedly.store import Case, Entry
from reportedly.types import Item, Media, Page, Record
from reportedly.web import Access, Person, Role, Serving, create_app
from tests.export.build import DENIAL, HOSTILE, PERSIAN, Said, Told, view
from tests.store.samples import ENGINE, refused

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
ADA = Person("ada", Role.REVIEWER)
LONG = "a" * 5_000

MONSTER = Told(
    text=(
        f"<script>document.title = 'owned'</script> {LONG} said a man.\n\n"
        "The mayor <b>said</b> \u202ethe bridge\u202c "
        "is <img src=x onerror=\"document.title='owned'\"> safe.\n\n"
        "See javascript:alert(1) and http://elsewhere.example/beacon.png for more.\n\n"
        '"]]></svg><style>*{display:none}</style>" the clerk claimed.'
    ),
    name='case/<script>alert("page")</script>.txt',
    title="<script>document.title = 'owned'</script> \u202eseven",
    outlet='"><img src=http://elsewhere.example/x onerror=alert(1)>',
    said=(
        Said(
            ("\u202ethe bridge\u202c is <img src=x onerror=\"document.title='owned'\"> safe",),
            "The mayor",
            "<b>said</b>",
        ),
        Said((f"<script>document.title = 'owned'</script> {LONG}",), "a man", "said", confidence=0.2),
        Said(('"]]></svg><style>*{display:none}</style>"',), "the clerk", "claimed"),
    ),
)
STORIES = (DENIAL, HOSTILE, PERSIAN, MONSTER)


def write(path: Path, stories: tuple[Told, ...] = STORIES) -> Path:
    """Write a case with the stories and one reject."""
    with Case.create_or_open(path, 5.0) as case:
        case.write([*map(_entry, map(view, stories)), refused("case/broken.pdf")], ENGINE)
    return path


def client(path: Path, access: Access | None = None) -> TestClient:
    """Return a client of the application over a case; it follows no redirect."""
    app = create_app(Serving(path, access or Access(ADA), PORT))
    return TestClient(app, base_url=BASE, follow_redirects=False)


def story_id(told: Told) -> str:
    """Return the id of one of the stories."""
    return view(told).story.id


def statement_id(told: Told, number: int) -> str:
    """Return the id of a story's statement."""
    return view(told).statements[number].id


def csrf(of: TestClient) -> str:
    """Return the proof that a write of this client needs."""
    found: str = of.get("/api/v1/session").json()["csrf"]
    return found


def judge(of: TestClient, told: Told, number: int, verdict: str, **fields: str) -> Response:
    """Judge a statement by the form, as a page without a script does."""
    data = {"csrf": csrf(of), "judge": f"{verdict} {statement_id(told, number)}", **fields}
    return of.post("/review/judge", data={"back": f"/stories/{story_id(told)}", **data})


def _entry(one: StoryView) -> Entry:
    text = "Share. " + one.story.text + "\nMore news"
    page = Page(one.story.page_id, one.page_name, Media.CAPTURE, text)
    unparsed = () if one.has_pipeline else (one.story.id,)
    record = Record(page, (one.story,), tuple(one.statements), no_pipeline=unparsed)
    return Entry(Item(page.name, b"", "txt"), page.id, record)
