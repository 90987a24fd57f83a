"""Claims on the report: one section with a key, styled within the page's policy."""

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

from reportedly.export import report
from reportedly.export.lineage import section
from tests.export.build import REJECT, view
from tests.export.lineage.lines import claim
from tests.export.test_report import STORIES, Page, overview


def _written(out: Path, names: tuple[str, ...]) -> str:
    told = replace(overview(), claims=len(names), all_claims=40)
    articles = section(map(claim, names), lambda one: f"#t-{one}")
    report.write_report(out, told, map(view, STORIES), [REJECT], articles)
    return out.read_text(encoding="utf-8")


def test_claims_stand_between_overview_and_stories(tmp_path: Path) -> None:
    text = _written(tmp_path / "report.html", ("denials", "hostile"))
    assert text.index('id="overview"') < text.index('id="claims"') < text.index('id="stories"')
    assert "2 of 40 claims" in text
    assert text.count("How to read the pictures") == 1
    assert '<a href="#claims">' in text


def test_the_page_stays_self_contained_and_nothing_of_strangers_acts(tmp_path: Path) -> None:
    text = _written(tmp_path / "report.html", ("hostile", "right-to-left", "wire"))
    page = Page(text)
    assert page.odd == []
    assert page.tags.count("script") == 1
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") for link in page.links)


def test_the_policy_knows_the_styles(tmp_path: Path) -> None:
    text = _written(tmp_path / "report.html", ("chain",))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in text
    assert ".lineage" in style[1]


def test_without_claims_there_is_no_section(tmp_path: Path) -> None:
    report.write_report(tmp_path / "report.html", overview(), map(view, STORIES), [REJECT])
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'id="claims"' not in text
    assert 'href="#claims"' not in text
