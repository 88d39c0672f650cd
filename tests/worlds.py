"""A small province for the tests: an office that issues and follows, two bodies that report, and all their people."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import factories as make
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import roles
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, rights

SCIENCE = "Sở Khoa học và Công nghệ"
HEALTH = "Sở Y tế"


@dataclass
class Office:
    """`office.body` issues and confirms; `science` and `health` report; `elsewhere` is an office of another branch."""

    root: Organisation
    body: Organisation
    science: Organisation
    health: Organisation
    elsewhere: Organisation
    people: dict[tuple[str, int], User] = field(default_factory=dict)

    def who(self, role: str, body: Organisation | None = None) -> User:
        """The person of a role in a body (the office's, unless said), always the same."""
        body = body or self.body
        key = (role, body.pk)
        if key not in self.people:
            self.people[key] = make.person(role, body)
        return self.people[key]

    def rights(self, role: str, body: Organisation | None = None) -> Rights:
        return rights(self.who(role, body), make.TODAY)

    @cached_property
    def clerk(self) -> User:
        return self.who("clerk")

    @cached_property
    def officer(self) -> User:
        return self.who("officer")

    @cached_property
    def chief(self) -> User:
        """The office head."""
        return self.who("office_head")


ROLES = tuple(roles())


def office_world() -> Office:
    root = make.organisation("Tỉnh An Bình", kind="root", code="T")
    elsewhere = make.organisation("Tỉnh ủy Bắc Hà", kind="root", code="X")
    return Office(
        root=root,
        body=make.organisation("Văn phòng Tỉnh ủy", parent=root, kind="party_advisory", code="T.VP"),
        science=make.organisation(SCIENCE, parent=root, code="T.KHCN"),
        health=make.organisation(HEALTH, parent=root, code="T.YT"),
        elsewhere=make.organisation("Văn phòng Tỉnh ủy Bắc Hà", parent=elsewhere, kind="party_advisory", code="X.VP"),
    )
