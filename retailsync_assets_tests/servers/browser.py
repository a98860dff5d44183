"""The system's Chromium without a window, driven by playwright in a thread of its own; it asks only this machine."""

import json
import re
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

from playwright.sync_api import Browser, Page, sync_playwright

from retailsync_assets_tests.servers.missing import required

QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VISIBLE = "visible=true"
Scheme = Literal["dark", "light"]
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Tab:
    """One page in it. playwright keeps an event loop running in its thread, where nobody else's could start."""

    def __init__(self, thread: ThreadPoolExecutor, page: Page) -> None:
        self.thread, self.page = thread, page
        self.complaints, self.fetched = list[str](), list[str]()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.fetched.append(request.url))

    def do(self, what: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        """Whatever the page, or a locator of it, can do."""
        return self.thread.submit(what, *args, **kwargs).result()

    def evaluate(self, script: str) -> Any:
        """What JavaScript answers there."""
        return self.do(self.page.evaluate, script)

    def texts(self, selector: str) -> list[str]:
        """The text of every such element, blanks in a row as one."""
        found = self.evaluate(f"[...document.querySelectorAll({selector!r})].map(each => each.innerText)")
        return [" ".join(text.split()) for text in found]

    def count(self, selector: str) -> int:
        return self.do(self.page.locator(selector).count)

    def click(self, text: str | re.Pattern[str]) -> None:
        """The first element with that text, as soon as it can be clicked."""
        self.do(self.page.get_by_text(text).locator(VISIBLE).first.click)

    def pick(self, icon: str) -> None:
        """The last button with that icon."""
        self.do(self.page.locator(f'button:has([aria-label="{icon}"])').locator(VISIBLE).last.click)

    def press(self, name: str, *, exact: bool = True) -> None:
        """The last button of that name: a dialog comes after what it covers."""
        self.do(self.page.get_by_role("button", name=name, exact=exact).last.click)

    def shows(self, text: str, seconds: float = 20) -> bool:
        """Does that text come up within so many seconds?"""
        found = self.page.get_by_text(text).locator(VISIBLE).first
        self.do(found.wait_for, timeout=seconds * 1000)
        return True

    def picture(self, file: Path, *, part: tuple[int, int, int, int] | None = None) -> None:
        """A PNG of what can be seen, or of a part of it: left, top, width, height."""
        left, top, width, height = part or (0, 0, *self.evaluate("[innerWidth, innerHeight]"))
        self.do(self.page.screenshot, path=str(file), clip={"x": left, "y": top, "width": width, "height": height})


class Chromium:
    """Opens pages; closed by `chromium()`."""

    def __init__(self, thread: ThreadPoolExecutor, browser: Browser) -> None:
        self.thread, self.browser = thread, browser

    def open(
        self,
        address: str,
        width: int = 1280,
        height: int = 844,
        scheme: Scheme = "light",
        remembered: Mapping[str, str] | None = None,
    ) -> Tab:
        """A new tab; what is `remembered` lies in its local storage from earlier visits."""

        def opened() -> Tab:
            page = self.browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            for name, value in (remembered or {}).items():
                page.add_init_script(f"localStorage.setItem({json.dumps(name)}, {json.dumps(value)})")
            tab = Tab(self.thread, page)
            page.goto(address)
            return tab

        return self.thread.submit(opened).result()


@contextmanager
def chromium() -> Generator[Chromium]:
    """Skips the calling test where there is none."""
    program = required("chromium", "chromium")
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(sync_playwright().start).result()
        try:
            launch = playwright.chromium.launch
            browser = thread.submit(launch, executable_path=program, args=QUIETLY).result()
            try:
                yield Chromium(thread, browser)
            finally:
                thread.submit(browser.close).result()
        finally:
            thread.submit(playwright.stop).result()
