"""Open work that changes hands: what a succession touches, what nobody holds, what a body held on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import (
    Assignment,
    Obligation,
    Passage,
    Programme,
    Report,
    Requirement,
    Transfer,
)
from tiendo.work.programmes.queries.history import stood_on
from tiendo.work.programmes.queries.work import tasks_visible_to

Kept = QuerySet[Programme]
"""Internal programmes that are kept from whoever asks (queries.internal.kept_from)."""
OPEN = (Obligation.State.OPEN, Obligation.State.SUSPENDED)
UNDER_WAY = (Report.State.DRAFT, Report.State.RETURNED, Report.State.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Touched:
    """What ends with bodies, in counts; `programmes`: those they issued, watch or confirm; `plans`: those of their own
    that they owe.
    """

    leads: int
    coordinations: int
    monitorings: int
    obligations: int
    reports: int
    programmes: int
    plans: int


def open_rows(bodies: Collection[int], kept: Kept | None = None) -> QuerySet[Assignment]:
    """The open charges of these bodies, programme by programme, in the order of the document; but those `kept`."""
    rows = Assignment.objects.on(None).filter(_goes_on(), organisation__in=bodies)
    return (
        (rows if kept is None else rows.exclude(task__programme__in=kept))
        .select_related("organisation", "task__programme")
        .order_by("task__programme", "task__position", "-role", "position", "pk")
    )


def touched(bodies: Collection[int], kept: Kept) -> Touched:
    """Five queries. Without what is kept from whoever asks."""
    rows = open_rows(bodies, kept).order_by()
    by_role = dict(rows.values_list("role").annotate(Count("pk")))
    owed = Obligation.objects.filter(organisation__in=bodies, state__in=["open", "suspended"])
    reports = Report.objects.filter(organisation__in=bodies, state__in=UNDER_WAY)
    return Touched(
        leads=by_role.get("lead", 0),
        coordinations=by_role.get("coordinate", 0),
        monitorings=by_role.get("monitor", 0),
        obligations=owed.exclude(programme__in=kept).count(),
        reports=reports.exclude(programme__in=kept).count(),
        programmes=of_bodies(bodies).exclude(pk__in=kept).count(),
        plans=Requirement.objects.filter(organisation__in=bodies, issued_on=None).exclude(programme__in=kept).count(),
    )


def of_bodies(bodies: Collection[int]) -> QuerySet[Programme]:
    """Programmes that these bodies issued, watch or confirm."""
    return Programme.objects.filter(Q(office__in=bodies) | Q(monitor__in=bodies) | Q(confirming__in=bodies))


def orphans(day: date | None = None) -> QuerySet[Assignment]:
    """Charges whose body ended and which nobody took: "việc chưa có nơi nhận"; those that stood so at the end of a day.

    Also those of a body that the register says has ended without a hand-over (a list that was read in, a slip).
    """
    return (
        Assignment.objects.on(day)
        .filter(_nobodys(day), _goes_on(day))
        .select_related("task__programme")
        .order_by("task__programme", "task__position", "-role", "pk")
    )


def _goes_on(day: date | None = None) -> Q:
    """Charges of open tasks; of closed ones those on which something came open again (more was asked). Of a past day:
    of tasks that were closed after it, or not at all.
    """
    owed = Obligation.objects.filter(assignment=OuterRef("pk"))
    if day is None:
        return Q(task__closed_at=None) | Q(Exists(owed.filter(state__in=OPEN)))
    asked = Exists(stood_on(owed, day).filter(then_state__in=OPEN))
    return Q(task__closed_at=None) | Q(task__closed_at__date__gt=day) | Q(asked)


def _nobodys(day: date | None = None) -> Q:
    """That a body ended is read from the register: on a past day, whether it had ended before."""
    passed = Exists(Passage.objects.filter(after=OuterRef("pk")))
    ended = Q(organisation__ends__isnull=False) if day is None else Q(organisation__ends__lt=day)
    return Q(passed, organisation__isnull=True) | ended


def orphaned(assignments: Collection[int]) -> set[int]:
    """Which of these charges are nobody's since their body ended."""
    return set(Assignment.objects.on(None).filter(_nobodys(), pk__in=assignments).values_list("pk", flat=True))


def orphans_visible_to(rights: Rights, day: date | None = None) -> QuerySet[Assignment]:
    return orphans(day).filter(task__in=tasks_visible_to(rights))


def holder_on(day: date) -> Coalesce:
    """Who held an obligation on a day (an expression over Obligation): whom it left next, else who has it now."""
    left = Transfer.objects.filter(obligation=OuterRef("pk"), kind=Transfer.Kind.MOVED, passage__on__gt=day).order_by(
        "passage__on", "pk"
    )
    return Coalesce(Subquery(left.values("before_id")[:1]), F("organisation_id"), output_field=BigIntegerField())


def had_on(what: str, day: date) -> dict[tuple[int, str], int]:
    """Who was charged on a past day with what is charged to a whole programme (`what`: "programme"), or a plan
    ("requirement"), as far as a succession gave it on since: (id, field) → body. One query.
    """
    later = Succession.objects.filter(state=Succession.State.IN_FORCE, on__gt=day).order_by("on", "pk")
    found: dict[tuple[int, str], int] = {}
    for undoing in later.values_list("undoing", flat=True).iterator():
        for kind, pk, field, body in undoing.get("roles", ()):
            if kind == what:
                found.setdefault((pk, field), body)
    return found


def holders_on(owed: Iterable[int], day: date) -> dict[int, Organisation]:
    """Obligation → the body that held it on a day. Two queries."""
    held = dict(Obligation.objects.filter(pk__in=list(owed)).annotate(then=holder_on(day)).values_list("pk", "then"))
    bodies = Organisation.objects.in_bulk(set(held.values()))
    return {pk: bodies[body] for pk, body in held.items()}


def followers(assignments: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Who holds now what these charges were: id → ids of charges without an end, the charge itself if it has none."""
    steps: dict[int, list[int]] = {}
    wanted = set(assignments)
    asked = set(wanted)
    while wanted:
        rows = list(Passage.objects.filter(before__in=wanted).order_by("pk").values_list("before", "after"))
        for before, after in rows:
            steps.setdefault(before, []).append(after)
        wanted = {after for _before, after in rows} - steps.keys()
    return {one: tuple(dict.fromkeys(_last(one, steps))) for one in asked}


def _last(one: int, steps: dict[int, list[int]]) -> list[int]:
    return [end for after in steps[one] for end in _last(after, steps)] if one in steps else [one]
