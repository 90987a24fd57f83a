"""The reader in a real browser: nothing is asked of others, nothing of strangers runs, review by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.reading import MISSING, browsing, made, served
from tests.export.build import DENIAL, PERSIAN
from tests.web.cases import MONSTER, STORIES, statement_id, story_id

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]

STORY = f"/stories/{story_id(DENIAL)}"
PAGES = [
    "/",
    "/stories",
    "/sources",
    "/search?q=said",
    "/review",
    "/review/log",
    "/claims",
    "/rejects",
    "/api/v1",
    *(f"/stories/{story_id(one)}" for one in STORIES),
    f"/stories/{story_id(MONSTER)}/page",
    f"/review/statements/{statement_id(MONSTER, 0)}",
    f"/review/stories/{story_id(DENIAL)}/missing",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(made(tmp_path)) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


def watch(context: BrowserContext) -> tuple[list[str], list[str]]:
    """Collect what is asked for and what goes wrong in the pages of a context."""
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("dialog", lambda dialog: wrong.append(dialog.message))
    return asked, wrong


def test_every_page_asks_only_us_and_runs_only_ours(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    asked, wrong = watch(context)
    page = context.new_page()
    for path in PAGES:
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, path
        assert page.title() != "owned"
        assert page.evaluate("document.images.length") == 0
        assert page.evaluate("document.querySelectorAll('main script, main style, iframe').length") == 0
    context.close()
    assert wrong == []
    assert {urlsplit(one).netloc for one in asked} == {urlsplit(address).netloc}


def test_a_page_of_strangers_cannot_frame_us_or_write(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "http://evil.example/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"""<iframe src="{address}/"></iframe><form id="f" method="post" target="_top"
            action="{address}/review/judge">
            <input name="judge" value="right {statement_id(DENIAL, 0)}"></form>""",
        ),
    )
    page.goto("http://evil.example/")
    assert all(frame.url.startswith(("http://evil", "chrome-error")) for frame in page.frames)
    page.evaluate("document.getElementById('f').submit()")
    page.wait_for_url(f"{address}/review/judge")
    assert "403" in page.content()
    page.goto(f"{address}/review/log")
    assert "Nothing yet." in page.content()
    context.close()


def verdict(page: Page, number: int) -> str:
    card = page.locator(f'[id="{statement_id(DENIAL, number)}"] > .foot .verdict')
    return card.first.inner_text() if card.count() else ""


def test_review_by_keyboard_and_undo(page: Page) -> None:
    page.goto(STORY)
    page.keyboard.press("j")
    assert page.locator(".current").get_attribute("id") == statement_id(DENIAL, 0)
    page.keyboard.press("1")
    page.wait_for_load_state()
    page.wait_for_selector(".verdict.right")
    assert verdict(page, 0) == "right"
    assert page.locator(".current").get_attribute("id") == statement_id(DENIAL, 0), "it stays where one was"
    page.keyboard.press("j")
    page.keyboard.press("3")
    page.wait_for_selector(".verdict.unsure")
    page.keyboard.press("u")
    page.wait_for_selector(".verdict.unsure", state="detached")
    assert verdict(page, 0) == "right"
    page.keyboard.press("k")
    page.keyboard.press("2")
    page.wait_for_selector(".verdict.wrong")
    assert "Judged to be no statement" in page.content()
    page.keyboard.press("j")
    page.keyboard.press("5")
    page.wait_for_url("**/review/statements/**#voice")


def test_typing_in_a_field_judges_nothing(page: Page) -> None:
    page.goto(STORY)
    page.keyboard.press("j")
    page.locator("#find").type("j1u")
    assert page.locator(".verdict").count() == 0


def test_words_are_put_right_by_selecting_them(page: Page) -> None:
    page.goto(f"/review/statements/{statement_id(DENIAL, 1)}")
    page.evaluate(
        """() => {
            const first = document.querySelector('[data-at]');
            const walker = document.createTreeWalker(first, NodeFilter.SHOW_TEXT);
            let node; while ((node = walker.nextNode()) && !node.data.includes('Pavo Dennik')) {}
            const at = node.data.indexOf('Pavo Dennik'), range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + 11);
            document.getSelection().removeAllRanges(); document.getSelection().addRange(range);
        }"""
    )
    page.wait_for_timeout(50)
    page.locator('[data-take="source"]').click()
    assert page.locator('textarea[name="source"]').input_value() == "Pavo Dennik"
    assert page.locator('input[name="source_at"]').input_value() == str(DENIAL.text.index("Pavo Dennik"))
    page.get_by_role("button", name="These words are right").click()
    page.wait_for_url(f"**{STORY}#*")
    card = page.locator(f'[id="{statement_id(DENIAL, 1)}"]')
    assert "put right" in card.inner_text()
    assert page.locator(f'[id="t-{statement_id(DENIAL, 1)}"]').first.inner_text() == "Pavo Dennik"


def test_everything_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Ministry denies report").first.click()
    page.wait_for_url("**/stories/*")
    page.goto(STORY)
    page.locator(f'[id="{statement_id(DENIAL, 0)}"] button', has_text="right").first.click()
    page.wait_for_url(f"**{STORY}#*")
    assert verdict(page, 0) == "right"
    page.get_by_role("button", name="Undo your last").click()
    page.wait_for_url(f"**{STORY}")
    assert verdict(page, 0) == ""
    page.locator("#find").fill("freighter")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search?q=freighter")
    assert page.locator("mark").first.inner_text() == "freighter"
    context.close()


def test_right_to_left_text_stands_right(page: Page) -> None:
    page.goto(f"/stories/{story_id(PERSIAN)}")
    paragraph = page.locator(".text p").first
    assert paragraph.evaluate("node => getComputedStyle(node).direction") == "rtl"


@pytest.mark.parametrize("width", [1280, 380], ids=["wide", "narrow"])
def test_nothing_runs_off_the_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, address: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    context = browser.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(path)
        serious = [
            (one["id"], [node["target"] for node in one["nodes"]][:3], one["help"])
            for one in axe.run(page).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        if serious:
            found[path] = serious
    context.close()
    assert found == {}


def test_the_printed_page_has_no_buttons(page: Page) -> None:
    page.goto(STORY)
    page.emulate_media(media="print")
    assert not page.locator(".judge").first.is_visible()
    assert not page.locator(".bar").first.is_visible()
    assert page.locator(".card").first.is_visible()
