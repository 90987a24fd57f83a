"""A served case and a real Chromium over it, by Playwright; who has neither sees the tests skipped."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from reportedly.web import Access, Serving, create_app
from tests.web.cases import ADA, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = (
    "no Chromium on this machine"
    if CHROMIUM is None
    else "Playwright is not installed"
    if find_spec("playwright") is None
    else ""
)
FLAGS = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def served(case: Path, access: Access | None = None) -> Iterator[str]:
    """Serve a case on a free port in a thread; yield its address."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = create_app(Serving(case, access or Access(ADA), port))
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", ws="none", http="h11", loop="asyncio")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                threading.Event().wait(0.02)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start Chromium; yield it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, chromium_sandbox=False, headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


def made(folder: Path) -> Path:
    """Write the invented case."""
    return write(folder / "selda.db")
