"""Every page can be come to by clicking, from Việc của tôi and the menu; every link that is shown opens."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

import factories as make
from doors.desk.test_access import PUBLIC, address, names  # noqa: F401 (a fixture)
from tiendo.doors import desk
from tiendo.foundation.accounts.models import User
from worlds import ROLES

LOOKED_AT = 12
"""Addresses of one page that are opened: a page may link on only where it has something to show."""
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
POINTS = re.compile(r'\b(?:href|action|formaction|src)="(/[^"#]*)')
FOR_A_MOMENT = {"unlock", "gallery"}
"""Sent to after a while without a touch; the house's own gallery."""
IN_ANOTHER_STATE = {
    "approve": "a document whose rows are all confirmed",
    "capacity": "posts in two bodies",
    "codes": "a second factor",
    "confirm-succession": "a succession that was carried out",
    "evidence": "a file",
    "mean-body": "a name that comes near a body's",
    "open-more": "a row confirmed after its programme was opened",
    "invite-again": "somebody invited who has not come yet",
    "page": "a document on paper",
    "part": "a coordinator asked without a date",
    "read-again": "a document that could not be read",
    "register-list": "a list that waits",
    "register-rows": "a register",
    "remove-factor": "a second factor",
    "revoke-confirmation": "a confirmed report",
    "set-focal": "two leads",
    "set-new-codes": "a succession with which bodies begin",
    "sso-name": "a province's own sign-in",
    "submit-on-paper": "a draft by link",
    "take-back": "a document that was set aside",
    "tie": "a province's own sign-in",
}
"""What these are shown for is not in this world: that something points at them is looked up in the source."""


def name_of(url: str) -> str | None:
    try:
        found = resolve(url.partition("?")[0])
    except Resolver404:
        return None
    return found.url_name if found.app_name == "desk" else None


@dataclass
class Walk:
    """What somebody comes to by clicking."""

    pointed: set[str] = field(default_factory=lambda: {"home"})
    """Names of pages that something points at: a link, a form, a picture."""
    dead: list[str] = field(default_factory=list)
    """Links that do not open, each with the page that shows it."""


def walked(user: User) -> Walk:
    client, opened, walk = Client(), Counter(), Walk()
    client.force_login(user)
    waiting, known = deque([("/", "")]), {"/"}
    while waiting:
        url, shown_by = waiting.popleft()
        opened[name_of(url)] += 1
        if opened[name_of(url)] > LOOKED_AT:
            continue
        answer = client.get(url)
        if answer.status_code not in {200, 302}:
            walk.dead.append(f"{user.username}: {shown_by} → {url}: {answer.status_code}")
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        page = answer.content.decode()
        walk.pointed |= {name for link in POINTS.findall(page) if (name := name_of(unescape(link)))}
        for link in map(unescape, LINK.findall(page)):
            if link not in known and name_of(link) not in PUBLIC:
                known.add(link)
                waiting.append((link, url))
    return walk


def test_every_page_is_linked_and_every_link_opens(office, address):  # noqa: F811
    make.absence(make.post("head", body=office.science), deputy=office.who("clerk", office.science))
    people = [office.who(role, body) for role in ROLES for body in (office.body, office.science)]
    walks = [walked(user) for user in [*people, office.who("registrar", office.root)]]
    assert [dead for walk in walks for dead in walk.dead] == []
    pointed = set().union(*(walk.pointed for walk in walks))
    assert set(names()) - PUBLIC - FOR_A_MOMENT - pointed == set(IN_ANOTHER_STATE)


@pytest.mark.parametrize("name", sorted(IN_ANOTHER_STATE))
def test_what_is_shown_in_another_state_is_pointed_at(name):
    sources = [one for kind in ("*.html", "*.py") for one in Path(desk.__file__).parent.rglob(kind)]
    assert any(re.search(rf"(url |reverse\()['\"]desk:{name}['\"]", one.read_text(encoding="utf-8")) for one in sources)
