"""The Chromium of the operating system, headless, driven by Playwright; it reaches this machine only."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright, Route

from tests.services.server import LOOPBACK

_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


def chromium_path() -> str:
    """Where Chromium is: ``CHROMIUM`` in the environment, or on the path.

    Raises: FileNotFoundError, saying how to install it.
    """
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise FileNotFoundError("The screens are tested in Chromium: run `make browser`, or set CHROMIUM.")
    return found


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium that looks nothing up by itself."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=_FLAGS)


@contextmanager
def clean_page(browser: Browser, **options: object) -> Iterator[Page]:
    """A page with no history, in Chinese and Beijing time, that must stay on this machine and raise nothing.

    Raises: AssertionError at the end, naming every script error and every address asked for elsewhere.
    """
    context = browser.new_context(**{"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options})
    faults: list[str] = []

    def stay_here(route: Route) -> None:
        if urlsplit(route.request.url).hostname in (LOOPBACK, "localhost"):
            route.continue_()
        else:
            faults.append(f"asked for {route.request.url}")
            route.abort()

    context.route(lambda url: urlsplit(url).scheme in ("http", "https"), stay_here)
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
    finally:
        context.close()
    assert not faults, faults
