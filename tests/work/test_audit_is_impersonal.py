"""What cannot be deleted holds nothing personal: after every act, and after the whole demo."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.urls import reverse

from acts import ACTS
from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.models import Event
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models import (
    Answer,
    Assignment,
    Cause,
    Correction,
    Decision,
    Evidence,
    Instruction,
    Obstacle,
    Opening,
    Task,
)
from worlds import Office

pytestmark = pytest.mark.django_db
SHORT = 4
"""Words shorter than this stand in anything."""
ADDRESS = re.compile(r"[^\s@\"]+@[^\s@\"]+\.[a-z]|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}\b")


def personal() -> Iterator[tuple[str, str]]:
    """Whatever the house knows of people, and whatever they wrote."""
    for user in User.objects.all():
        yield from (("user name", user.username), ("full name", user.full_name), ("e-mail", user.email))
    texts = [
        (Answer, "text"), (Decision, "reason"), (Duty, "reason"), (Duty, "content"), (Task, "content"),
        (Opening, "basis"), (Evidence, "filename"), (Document, "filename"), (Document, "title"),
        (Document, "set_aside_because"), (Assignment, "asked"), (Obstacle, "text"), (Obstacle, "proposal"),
        (Obstacle, "decision"), (Instruction, "text"), (Cause, "reason"), (Cause, "word"), (Correction, "reason"),
        (Correction, "word"),
    ]  # fmt: skip
    for model, field in texts:
        for text in model.objects.exclude(**{field: ""}).values_list(field, flat=True):
            yield f"{model.__name__}.{field}", text


def told() -> str:
    """All that the audit holds, but for the names of bodies: institutions, not people."""
    rows = Event.objects.order_by("sequence").values("actor", "verb", "subject", "office", "data")
    kept = ({**row, "data": {key: value for key, value in row["data"].items() if key != "name"}} for row in rows)
    return "\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in kept)


def found() -> list[tuple[str, str]]:
    whole = told()
    named = [(what, text) for what, text in set(personal()) if len(text) >= SHORT and text in whole]
    return named + [("address", one) for one in ADDRESS.findall(whole)]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_no_act_leaves_anything_personal(office: Office, act):
    do, body = act.prepare(office), getattr(office, act.where)
    do(office.who("office_head" if act.where == "body" else "head", body))
    assert Event.objects.filter(verb=act.verb).exists()
    assert found() == []


def test_nor_does_signing_in(office: Office, client):
    from factories import NOW
    from factories.foundation import PASSWORD

    person = {"username": "nguyen.van.an", "full_name": "Nguyễn Văn An", "email": "an@example.vn"}
    kept = users.add(**person, password=PASSWORD, by="shell:x", at=NOW)
    for name, password in (("nguyen.van.an", "sai"), ("khong-co-ai", "sai"), ("nguyen.van.an", PASSWORD)):
        client.post(reverse("desk:sign-in"), {"username": name, "password": password}, REMOTE_ADDR="203.0.113.7")
    assert Event.objects.filter(subject=f"accounts.user:{kept.pk}").exists()
    assert found() == []
    assert "khong-co-ai" not in told()


@pytest.mark.slow
def test_nor_does_the_whole_demo(settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    call_command("demo")
    assert Event.objects.count() > 100
    assert found() == []


def test_what_is_personal_would_be_found(office: Office):
    from django.db import transaction

    from factories import NOW
    from tiendo.foundation.audit.actions import events

    with transaction.atomic():
        for data in ({"note": office.chief.full_name}, {"from": "203.0.113.7"}, {"to": "an@example.vn"}):
            events.record(actor=office.chief.actor, verb="x.y.done", subject="x.y:1", at=NOW, data=data)
    assert {what for what, _ in found()} == {"full name", "address"}
