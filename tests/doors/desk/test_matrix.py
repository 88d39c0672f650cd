"""Rights: every address × every role × in the office, in a body that reports, in another office of another tree."""

from __future__ import annotations

import pytest
from django.urls import resolve

from doors.desk.test_access import CHANGED_BY_ONE_WHO_IS_THERE, PUBLIC, address, names, words  # noqa: F401 (a fixture)
from snapshots import rows
from tiendo.foundation.accounts.permissions import Permission, roles
from worlds import ROLES

WHERE = ("body", "science", "elsewhere")
ABOUT_ONESELF = {"accounts.User", "accounts.Attempt", "audit.Event", "audit.Head", "notifications.Notice"}
"""What a person's own pages may write (language, sessions)."""
SAID_IN_PLACES = ("Xây dựng kế hoạch chuyển đổi số", "Hoàn thiện đề án đô thị", "Báo cáo riêng", "12-CTr/TU")
"""Words of the programme, which nobody of another tree may read anywhere."""
OWN_PAGES = {"second-step", "unlock", "end-session", "end-others"}


def need(url: str) -> object:
    return getattr(resolve(url).func, "permission", None)


def walked() -> list[str]:
    return [name for name in names() if name not in PUBLIC | OWN_PAGES | CHANGED_BY_ONE_WHO_IS_THERE]


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("role", ROLES)
def test_who_lacks_the_right_is_refused_and_who_has_it_elsewhere_finds_nothing(office, address, enter, role, where):  # noqa: F811
    client = enter(office.who(role, getattr(office, where)))
    wrong = []
    for name in walked():
        url = address(name)
        wanted = need(url)
        answer = client.get(url)
        has = not isinstance(wanted, Permission) or wanted in roles()[role]
        if not has and answer.status_code != 403:
            wrong.append(f"{name}: {answer.status_code} without {wanted}")
        if has and where == "body" and answer.status_code not in {200, 302, 403, 404, 405}:
            wrong.append(f"{name}: {answer.status_code}")
        if where == "elsewhere" and answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            wrong += [f"{name}: tells “{said}”" for said in SAID_IN_PLACES if said in words(answer)]
        if where == "elsewhere" and answer.status_code == 200 and answer.headers.get("Content-Disposition"):
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            wrong += [f"{name}: hands out “{said}”" for said in SAID_IN_PLACES if said.encode() in body]
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_from_another_tree_nothing_is_changed(office, address, enter, role):  # noqa: F811
    client = enter(office.who(role, office.elsewhere))
    addresses = [address(name) for name in walked() if name not in {"password", "sessions", "tie"}]
    before = rows()
    for url in addresses:
        client.post(url, {"act": "confirm", "reason": "x", "decision": "1", "decided_on": "01/01/2026"})
    after = rows()
    assert {label for label in before if before[label] != after[label]} <= ABOUT_ONESELF


@pytest.mark.parametrize("role", [role for role, rights in roles().items() if Permission.RECEIVE not in rights])
def test_a_role_that_only_looks_or_answers_changes_nothing_of_the_office(office, address, enter, role):  # noqa: F811
    """What it may not do it cannot do by posting either, whatever stands in the form."""
    client = enter(office.who(role, office.body))
    before = rows()
    for name in walked():
        url = address(name)
        wanted = need(url)
        if isinstance(wanted, Permission) and wanted not in roles()[role]:
            answer = client.post(url, {"act": "confirm", "reason": "x"})
            assert answer.status_code == 403, name
    after = rows()
    assert {label for label in before if before[label] != after[label]} <= ABOUT_ONESELF
