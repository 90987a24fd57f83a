"""The report in a real browser: it renders, asks nothing of a network, and runs nothing that a page said."""

import shutil
import subprocess
from pathlib import Path

import pytest

from reportedly.export import report
from tests.export.build import REJECT, view
from tests.export.test_report import STORIES, overview

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("browser") / "report.html"
    report.write_report(out, overview(), map(view, STORIES), [REJECT])
    return out


def _chromium(page: Path, *flags: str) -> str:
    profile = page.parent / "profile"
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_renders_and_runs_nothing_of_strangers(page: Path) -> None:
    dom = _chromium(page, "--dump-dom", "--virtual-time-budget=2000")
    assert dom.rstrip().endswith("</html>")
    assert "The Ministry of Sea Trade" in dom
    assert "<img" not in dom


@pytest.mark.parametrize("size", ["1280,2000", "400,2000"], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["0", "1"], ids=["dark", "light"])
def test_it_can_be_seen(page: Path, size: str, scheme: str) -> None:
    shot = page.parent / f"{size}-{scheme}.png"
    _chromium(
        page,
        f"--screenshot={shot}",
        f"--window-size={size}",
        f"--blink-settings=preferredColorScheme={scheme}",
    )
    assert shot.read_bytes().startswith(b"\x89PNG")
    assert shot.stat().st_size > 20_000, "a blank page compresses to less"
