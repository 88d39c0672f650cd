"""Bodies, people, posts, events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from django.db import transaction

from factories.clock import NOW, TODAY, days
from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.actions import invitations
from tiendo.foundation.accounts.actions import policy as policies
from tiendo.foundation.accounts.models import Attempt, Invitation, Policy, User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event, Head
from tiendo.foundation.organisations.actions import absences, groups, importing, organisations, posts, trees
from tiendo.foundation.organisations.actions import succession as successions
from tiendo.foundation.organisations.models import (
    Absence,
    FormerPath,
    Group,
    Heir,
    Name,
    Organisation,
    Post,
    RegisterList,
    Seat,
    Succession,
)

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


def policy(second_factor: str = "roles") -> Policy:
    return policies.set_second_factor(wanted=second_factor, by="shell:test", at=NOW)


def invitation(who: User | None = None, *, by: User | None = None) -> Invitation:
    """Somebody who has no password yet is invited."""
    who = who or user("Đỗ Văn Mời")
    who.set_unusable_password()
    who.save()
    return invitations.issue(user=who, by=by or user(), at=NOW)[0]


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


def former_path() -> FormerPath:
    """Of a body that was put below another."""
    body, parent = organisation(), organisation()
    trees.place(organisation=body, parent=parent, by="shell:test", at=NOW)
    return FormerPath.objects.get(organisation=body)


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


def absence(held: Post | None = None, *, deputy: User | None = None, first: int = 0, last: int = 7) -> Absence:
    """Somebody stands in for the holder of a post, from today on for a week."""
    held, deputy = held or post(), deputy or user("Lê Văn Thay")
    return absences.name_deputy(post=held, deputy=deputy, starts=days(first), ends=days(last), by="shell:test", at=NOW)


def seat() -> Seat:
    return organisation().seats.get()


def succession(
    kind: str = "absorb",
    befores: Sequence[Organisation] = (),
    afters: Sequence[Organisation] | None = None,
    *,
    on: date = TODAY,
    by: User | None = None,
    **more: object,
) -> Succession:
    """A draft; of nothing said, one new body is to be absorbed by another."""
    befores = befores or [organisation()]
    afters = [organisation()] if afters is None else afters
    by = by or registrar(*befores, *afters)
    return successions.draft(kind=kind, on=on, befores=befores, afters=afters, by=by, at=NOW, **more)


def heir() -> Heir:
    return succession().heirs.get()


def registrar(*bodies: Organisation) -> User:
    """Someone who keeps the register over all these bodies."""
    who = user("Phạm Văn Lý")
    for top in dict.fromkeys(Organisation.objects.get(pk=body.path.split("/")[1]) for body in bodies):
        post("registrar", body=top, who=who)
    return who


def register_list(data: bytes = b"code,name,kind\nMT,M\xe1\xba\xb7t tr\xe1\xba\xadn,front\n") -> RegisterList:
    """A list of one body that waits to be looked at."""
    return importing.upload(filename="danh-ba.csv", data=data, by=registrar(organisation()), at=NOW)


def group(phrase: str = "các sở, ngành", *, office: Organisation | None = None, **rule: object) -> Group:
    office = office or organisation("Văn phòng Tỉnh ủy", kind="party_advisory")
    rule = rule or {"kinds": ["department"]}
    return groups.define(office=office, phrase=phrase, by=person("office_head", office), at=NOW, **rule)
