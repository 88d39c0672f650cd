"""Chromium against a live server: people who sign in and click."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from factories.foundation import PASSWORD
from tiendo.foundation.accounts.models import User

expect.set_options(timeout=30_000)  # as the windows below: a busy machine is no failure
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CORPUS = Path(os.environ.get("TIENDO_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop in the thread of the test


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: run ops/system-packages")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def jobs_at_once(settings) -> None:
    """A queued job runs as soon as its act is committed; that it survives a kill is tests/test_kill.py's matter."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def as_person(chromium: Browser, live_server, jobs_at_once) -> Iterator[Callable[[User], Page]]:
    """`as_person(user)` is a browser window in which that user has signed in."""
    windows = []

    def sign_in(user: User) -> Page:
        context = chromium.new_context(base_url=live_server.url, accept_downloads=True)
        context.set_default_timeout(30_000)
        windows.append(context)
        page = context.new_page()
        page.goto("/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(user.username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_role("heading", name="Việc của tôi").wait_for()
        return page

    yield sign_in
    for context in windows:
        context.close()
