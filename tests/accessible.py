"""axe's rules on a page, without what axe fetches by itself: it asks for each style sheet again beside the page's own
address, in the background, and those requests meet the next step of a test on the one connection of the test database.
"""

from __future__ import annotations

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def looked_at(page: Page) -> AxeResults:
    """What the rules find; `violations_count` is 0 on a page that keeps them."""
    return Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
