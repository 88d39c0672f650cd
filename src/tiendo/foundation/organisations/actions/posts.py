"""Posts: who does what in which body, from when to when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import roles
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.errors import UnknownRoleError
from tiendo.foundation.organisations.models import Organisation, Post


@transaction.atomic
def appoint(
    *, user: User, organisation: Organisation, role: str, starts: date, by: str, at: datetime, title: str = ""
) -> Post:
    """Give a person a role in a body. Raises UnknownRoleError."""
    if role not in roles():
        raise UnknownRoleError(role=role)
    post = Post.objects.create(user=user, organisation=organisation, role=role, starts=starts, title=title)
    events.record(
        actor=by,
        verb="organisations.post.appointed",
        subject=f"organisations.post:{post.pk}",
        at=at,
        office=organisation.path,
        data={"user": user.pk, "role": role},
    )
    return post
