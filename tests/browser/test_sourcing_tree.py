"""The sourcing tree in a real browser: its words stay in their boxes, and it asks nothing of a network."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from reportedly.export.lineage import section, stylesheet
from tests.browser.test_report_page import CHROMIUM, _chromium
from tests.export.lineage.lines import NAMES, claim

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

MEASURE = """
const found = [];
for (const box of document.querySelectorAll("svg.lt-box")) {
  const room = box.getBoundingClientRect();
  for (const text of box.querySelectorAll("text")) {
    const taken = text.getBoundingClientRect();
    if (taken.left < room.left - 1 || taken.right > room.right + 1 || taken.bottom > room.bottom + 1) {
      found.push([text.textContent, taken.left - room.left, room.right - taken.right]);
    }
  }
}
const told = document.createElement("pre");
told.id = "told";
told.textContent = JSON.stringify({found, boxes: document.querySelectorAll("svg.lt-box").length,
  links: document.querySelectorAll("svg a[href]").length, opened: window.opened || 0});
document.body.append(told);
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    page = tmp_path_factory.mktemp("tree") / "tree.html"
    names = [name for name in NAMES if name != "dense"]
    articles = "".join(section(map(claim, names), lambda one: f"#t-{one}"))
    head = f"<!DOCTYPE html><meta charset=utf-8><style>{stylesheet()}</style>"
    page.write_text(f"{head}{articles}<script>{MEASURE}</script>", encoding="utf-8")
    return _read(page)


def _read(page: Path) -> dict[str, Any]:
    dom = _chromium(page, "--dump-dom", "--window-size=1280,2000")
    told = re.search(r'<pre id="told">(.*?)</pre>', dom, re.DOTALL)
    assert told
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    return found


def test_no_words_leave_their_box(measured: dict[str, Any]) -> None:
    assert measured["boxes"] > 100
    assert measured["found"] == []


def test_boxes_are_links_and_nothing_ran(measured: dict[str, Any]) -> None:
    assert measured["links"] > 100
    assert measured["opened"] == 0
