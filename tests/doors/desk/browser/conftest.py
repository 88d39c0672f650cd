"""The desk in Chromium: windows of any width, in which someone is signed in, and what the pages complain of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, Playwright, expect

import factories as make
from browser.conftest import ARGUMENTS
from doors.desk.world import LATE, World, open_programme
from tiendo.foundation.accounts.models import User
from tiendo.work.programmes.actions import evidence, reports

expect.set_options(timeout=30_000)  # as the windows below: a busy machine is no failure
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="session")
def desk_chromium(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: run ops/system-packages")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def window(desk_chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`window(user, width=360)`: a page of that width in which the user is signed in (None: nobody is).

    `page.complaints` holds what its console said and what did not load.
    """
    contexts = []

    def opened(user: User | None, *, width: int = 1280, **options: object) -> Page:
        size = {"width": width, "height": 800}
        context = desk_chromium.new_context(base_url=live_server.url, viewport=size, accept_downloads=True, **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("response", lambda answer: answer.status < 400 or page.complaints.append(answer.url))
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def lived(office) -> World:
    """A programme in use: a report with a file of a long name that was sent back, sent again, and waits."""
    world = open_programme(office)
    head = office.who("head", office.science)
    draft = make.report(world.owed(LATE), by=head)
    reply = draft.answers.get()
    evidence.attach(
        answer=reply, filename="bao-cao-" + "rat-dai-" * 20 + ".pdf", chunks=[b"%PDF-1"], by=head, at=make.NOW
    )
    reports.submit(report=draft, by=head, at=make.NOW)
    reports.ask_more(report=draft, seen_round=1, reason="Thiếu số liệu quý II.", by=office.chief, at=make.NOW)
    make.resubmitted(draft)
    return world
