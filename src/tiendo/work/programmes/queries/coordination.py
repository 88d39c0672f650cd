"""Coordinators: who may ask them for their part, for which lead, and what was asked."""

from __future__ import annotations

from django.db.models import QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Assignment, Obligation, Task

UNFINISHED = (Obligation.State.OPEN, Obligation.State.SUBMITTED, Obligation.State.SUSPENDED)


def leads_of(task: Task) -> list[Organisation]:
    """The named leads of a task as they are now, the focal one first."""
    rows = task.assignments.on(None).filter(role=Assignment.Role.LEAD, organisation__isnull=False)
    found = rows.order_by("-focal", "position", "pk").select_related("organisation")
    return [row.organisation for row in found if row.organisation]


def asks_for(rights: Rights, task: Task, leads: list[Organisation] | None = None) -> tuple[bool, Organisation | None]:
    """Whether a person may ask coordinators of a task for their part, and for which lead: a lead's own people for it,
    the programme's office for the focal (else the first) lead. Without any named lead whoever confirms the task
    confirms the part too. `leads`: as leads_of has them, where they are known.
    """
    leads = leads_of(task) if leads is None else leads
    own = next((body for body in leads if rights.may(Permission.SUBMIT_REPORT, body)), None)
    if own is not None:
        return True, own
    return rights.may(Permission.ASSIGN, task.programme.office), next(iter(leads), None)


def asked_of(assignment: Assignment) -> QuerySet[Obligation]:
    """What was raised for a coordinator's part."""
    return Obligation.objects.filter(assignment=assignment)
