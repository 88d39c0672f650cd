"""Bodies changed: where a phrase now means one that its tasks did not charge, the office and the monitor hear of it.

Part of the acts that change bodies, which record what they did. Nobody is charged by this: the office looks first.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import partial

from django.db.models import Q
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations.grouping import members
from tiendo.foundation.organisations.holding import people_of
from tiendo.foundation.organisations.models import Group, Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.work.programmes import messages
from tiendo.work.programmes.models import Assignment, Programme, Task
from tiendo.work.programmes.queries.groups import compare

KIND = "programmes.group_changed"


def tell(*, bodies: Collection[Organisation], cause: str, by: User, at: datetime) -> int:
    """Tell of the open tasks whose phrase means some of these bodies by now and has not charged them. One notice for
    each person, phrase and `cause`; not for whoever did it. Returns how many.
    """
    today, told = timezone.localdate(at), 0
    touched = {body.pk for body in bodies}
    for rule in Group.objects.select_related("office", "below").order_by("pk"):
        new = [body for body in members(rule, today) if body.pk in touched]
        for programme, tasks in (_without(rule, new, today) if new else {}).items():
            words = partial(messages.group_changed, rule.phrase, new, programme, tasks)
            for who in _concerned(programme, today):
                if who.pk != by.pk:
                    notice_key = f"group:{rule.pk}:{programme.pk}:{cause}"
                    notices.tell(user=who, kind=KIND, key=notice_key, words=words, mail=True, at=at)
                    told += 1
    return told


def _without(rule: Group, new: Collection[Organisation], today: date) -> dict[Programme, list[Task]]:
    """The open tasks that this phrase charged, but not with (all of) these bodies."""
    charged = Assignment.objects.on(None).filter(role=Assignment.Role.LEAD, task__closed_at=None)
    charged = charged.filter(task__programme__office=rule.office)
    printed = charged.filter(group=True).order_by().values_list("party_text", flat=True).distinct()
    texts = [text for text in printed if key(text) == rule.key]
    made = charged.filter(group=False, organisation__isnull=False, party_text__in=texts).values("task")
    rows = charged.filter(group=True, party_text__in=texts, task__in=made).select_related("task__programme")
    wanted = {body.pk for body in new}
    found: dict[Programme, list[Task]] = {}
    for row in rows.order_by("task__programme", "task__position", "pk"):
        if wanted & {body.pk for body in compare(row, rule, today).new}:
            found.setdefault(row.task.programme, []).append(row.task)
    return found


def _concerned(programme: Programme, today: date) -> list[User]:
    roles = roles_with(Permission.ASSIGN)
    bodies = Organisation.objects.filter(Q(pk=programme.office_id) | Q(pk=programme.monitor_id)).order_by("pk")
    people = {who.pk: who for body in bodies for who in people_of(body.pk, roles, today)}
    return [people[pk] for pk in sorted(people)]
