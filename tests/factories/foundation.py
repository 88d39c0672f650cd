"""Bodies, people, posts, events."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.db import transaction

from factories.clock import NOW
from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.models import Attempt, User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event, Head
from tiendo.foundation.organisations.actions import organisations, posts
from tiendo.foundation.organisations.models import Name, Organisation, Post

PASSWORD = "mua-xuan-nho-nho"
_number = count(1)


def head() -> Head:
    return Head.objects.get_or_create(pk=1)[0]


def event(verb: str = "tests.thing.done", subject: str = "tests.thing:1", **data: object) -> Event:
    with transaction.atomic():
        return events.record(actor="shell:test", verb=verb, subject=subject, at=NOW, data=data)


def user(full_name: str = "Nguyễn Thị Bình", *, username: str | None = None) -> User:
    """Someone without any post. (Not through the action: hashing a good password takes its time.)"""
    made = User(username=username or f"nguoi-{next(_number)}", full_name=full_name, created_at=NOW)
    made.set_password(PASSWORD)
    made.save()
    return made


def attempt(username: str = "ai-do", address: str = "203.0.113.7") -> Attempt:
    throttle.take(username=username, address=address, at=NOW)
    return Attempt.objects.latest("pk")


def organisation(
    title: str | None = None, *, parent: Organisation | None = None, kind: str = "department", code: str | None = None
) -> Organisation:
    number = next(_number)
    return organisations.add(
        code=code or f"CQ.{number}",
        name=title or f"Sở Thử nghiệm {number}",
        kind=kind,
        parent=parent,
        by="shell:test",
        at=NOW,
    )


def name(text: str = "Sở Thử", *, organisation_: Organisation | None = None) -> Name:
    body = organisation_ or organisation()
    organisations.add_alias(organisation=body, text=text, by="shell:test", at=NOW)
    return body.names.get(text=text)


def post(
    role: str = "clerk",
    *,
    body: Organisation | None = None,
    who: User | None = None,
    scope: Organisation | None = None,
) -> Post:
    return posts.appoint(
        user=who or user(),
        organisation=body or organisation(),
        role=role,
        scope=scope,
        starts=date(2020, 1, 1),
        by="shell:test",
        at=NOW,
    )


def person(role: str, body: Organisation) -> User:
    """Someone with one post."""
    return post(role, body=body).user
