"""Groups: an office says once what it means by a phrase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.errors import GroupRuleError
from tiendo.foundation.organisations.models import Group, Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import require


@transaction.atomic
def define(
    *,
    office: Organisation,
    phrase: str,
    by: User,
    at: datetime,
    kinds: Sequence[str] = (),
    tree: str = "",
    below: Organisation | None = None,
    named: str = "",
) -> Group:
    """Say, or say anew, what an office means by a phrase. Charges that were made by it before stay as they are.

    Raises NotAllowedError, GroupRuleError (the rule says nothing: it would mean every body there is).
    """
    require(by, Permission.ASSIGN, office, timezone.localdate(at))
    if not (kinds or named.strip()):
        raise GroupRuleError
    rule = {"kinds": list(kinds), "tree": tree, "below": below, "named": named.strip()}
    group, made = Group.objects.update_or_create(office=office, key=key(phrase), defaults={"phrase": phrase, **rule})
    _event("defined" if made else "changed", group, {**rule, "below": below and below.pk}, by, at)
    return group


def _event(verb: str, group: Group, rule: Mapping[str, object], by: User, at: datetime) -> None:
    events.record(
        actor=by.actor,
        verb=f"organisations.group.{verb}",
        subject=f"organisations.group:{group.pk}",
        at=at,
        office=group.office.path,
        data=rule,
    )
