"""axe's rules on a page, without what axe fetches by itself: it asks for each style sheet again beside the page's own
address, in the background, and those requests meet the next step of a test on the one connection of the test database.
"""

from __future__ import annotations

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def looked_at(page: Page) -> AxeResults:
    """What the rules find; `violations_count` is 0 on a page that keeps them."""
    page.wait_for_load_state()
    return Axe().run(page, options={"resultTypes": ["violations"], "preload": False})


def width_of(page: Page) -> int:
    """How wide the page lies, in CSS pixels: more than the window's width means that something runs off its side.
    The page is waited for: after a click the window may hold a document of which nothing has come yet.
    """
    page.wait_for_load_state()
    return page.locator("html").evaluate("e => e.scrollWidth")


def fits(page: Page) -> bool:
    """Whether nothing runs off the page's side; without JavaScript (`page.scripts` is false) it cannot be measured."""
    return not page.scripts or width_of(page) <= page.viewport_size["width"]
