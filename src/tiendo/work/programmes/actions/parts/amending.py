"""What an amendment does to tasks: opens those that follow, ends those before, carries over what is still the same.

Parts of actions/amendments.py, which asks who may and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.work.programmes.actions.parts import ledger, moving
from tiendo.work.programmes.models import (
    AmendedLine,
    Amendment,
    Answer,
    Asked,
    Assignment,
    Evidence,
    Obligation,
    Opening,
    Programme,
    Refusal,
    Report,
    Task,
)
from tiendo.work.programmes.queries.amending import OPEN, same_deadline
from tiendo.work.programmes.queries.opening import assignments_of, task_of
from tiendo.work.programmes.queries.owing import confirming_of

UNDER_WAY = (Report.State.DRAFT, Report.State.RETURNED)
Charge = tuple[int, str, int | None]
"""Task, role, body."""


@dataclass
class Turned:
    """Counts: tasks opened, obligations carried over to one of them, obligations that are not owed any more."""

    opened: int = 0
    carried: int = 0
    closed: int = 0


def follow(amendment: Amendment, lines: Sequence[AmendedLine], *, at: datetime) -> list[Task]:
    """Open the tasks of these lines, which follow all others of the programme, and charge their bodies.

    Whoever stands on the task before under the same printed name stands on the one that takes its place; it stays
    restricted, and is confirmed by the same body, unless that body leads it now.
    """
    programme = amendment.programme
    last = programme.tasks.aggregate(last=Max("position"))["last"] or 0
    made = []
    for place, line in enumerate(lines, start=last + 1):
        assert line.duty is not None
        task = task_of(programme, place, line.duty)
        if line.task is not None:
            task.review_on, task.confirming_id = line.task.review_on, line.task.confirming_id
            task.restricted = task.restricted or line.task.restricted
            task.search_text = "" if task.restricted else task.search_text
        made.append(task)
    made = Task.objects.bulk_create(made)
    for line, task in zip(lines, made, strict=True):
        line.made = task
    AmendedLine.objects.bulk_update(lines, ["made"], batch_size=500)
    charged = assignments_of(programme, made, timezone.localdate(at), amendment.document)
    Assignment.objects.bulk_create(_kept_names(lines, charged), batch_size=500)
    _not_confirmed_by_a_lead(made)
    return made


def _kept_names(lines: Sequence[AmendedLine], charged: list[Assignment]) -> list[Assignment]:
    """What people said of the printed names on the tasks before holds for the ones that follow."""
    before: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.on(None).filter(task__in=[line.task_id for line in lines if line.task_id])
    for row in rows.order_by("position", "pk"):
        before.setdefault(row.task_id, []).append(row)
    found = list(charged)
    for line in lines:
        if line.task is None or line.made is None:
            continue
        mine = [row for row in charged if row.task is line.made]
        found += _named_before(line, mine, before.get(line.task.pk, []))
    return found


def _named_before(line: AmendedLine, mine: list[Assignment], before: list[Assignment]) -> list[Assignment]:
    """Names `mine` where the task before had them; returns the rows to add: bodies beside a phrase, and monitors."""
    assert line.made is not None
    taken = {(row.role, row.organisation_id) for row in mine}
    more: list[Assignment] = []
    for row in before:
        charge = (row.role, row.organisation_id)
        printed = [one for one in mine if (one.role, one.party_text) == (row.role, row.party_text)]
        if row.organisation_id is None or (not printed and row.role != Assignment.Role.MONITOR):
            continue
        waiting = next((one for one in printed if one.organisation_id is None and not one.group), None)
        if charge not in taken and waiting is not None:
            waiting.organisation_id = row.organisation_id
        elif charge not in taken and (row.role == Assignment.Role.MONITOR or any(one.group for one in printed)):
            more.append(
                Assignment(
                    task=line.made,
                    role=row.role,
                    party_text=row.party_text,
                    organisation_id=row.organisation_id,
                    position=row.position,
                )
            )
        taken.add(charge)
    _as_asked(line, [*mine, *more], before)
    return more


def _as_asked(line: AmendedLine, now: list[Assignment], before: list[Assignment]) -> None:
    """The lead that gathers gathers still; what a coordinator was asked stands while the deadline does."""
    assert line.task is not None
    assert line.made is not None
    same: dict[tuple[str, int | None], Assignment] = {
        (row.role, row.organisation_id): row for row in before if row.organisation_id is not None
    }
    for row in now:
        old = same.get((row.role, row.organisation_id))
        if old is None:
            continue
        row.focal = old.focal
        if row.role == Assignment.Role.COORDINATE and same_deadline(line.task, line.made):
            row.due, row.asked, row.answers_to_id = old.due, old.asked, old.answers_to_id


def _not_confirmed_by_a_lead(made: Sequence[Task]) -> None:
    leads = Assignment.objects.filter(
        task=OuterRef("pk"), role=Assignment.Role.LEAD, organisation=OuterRef("confirming")
    )
    Task.objects.filter(Exists(leads), pk__in=[task.pk for task in made]).update(confirming=None)


def settle(programme: Programme, lines: Sequence[AmendedLine], *, on: date, by: User, at: datetime) -> Turned:
    """End the tasks of these lines. What is open on them goes to the task that follows where its body, role and
    deadline are the same; else it is not owed from `on`.
    """
    ended = {line.task.pk: line for line in lines if line.task is not None}
    Task.objects.filter(pk__in=ended).update(closed_at=at)
    owed = list(
        Obligation.objects.filter(task__in=ended, state__in=OPEN)
        .select_for_update(of=("self",))
        .select_related("opening")
        .order_by("pk")
    )
    made = {line.made.pk: line.made for line in lines if line.made is not None}
    charges: dict[Charge, Assignment] = {
        (row.task_id, row.role, row.organisation_id): row
        for row in Assignment.objects.on(None).filter(task__in=made, organisation__isnull=False)
    }
    carried, closed = [], []
    for one in owed:
        line = ended[one.task_id]
        to = charges.get((line.made_id or 0, one.role, one.organisation_id))
        if to is not None and line.task is not None and line.made is not None and same_deadline(line.task, line.made):
            _move(programme, one, line.made, to)
            carried.append(one)
        else:
            one.state = Obligation.State.NOT_OWED
            closed.append(one)
    with ledger.kept([one.pk for one in owed], on=on):
        Obligation.objects.bulk_update(owed, ["task", "assignment", "opening", "confirming", "state"], batch_size=500)
    moving.drop_requests([one.pk for one in closed], by=by, at=at)
    Refusal.objects.filter(assignment__task__in=ended, state=Asked.ASKED).update(
        state=Asked.WITHDRAWN, decided_by=by, decided_at=at
    )
    _confirmed_by(carried)
    _drop_drafts([one.pk for one in closed])
    return Turned(opened=len(made), carried=len(carried), closed=len(closed))


def _move(programme: Programme, one: Obligation, made: Task, to: Assignment) -> None:
    one.task, one.assignment = made, to
    made = Task.objects.get(pk=made.pk)
    if to.answers_to_id is None:
        one.confirming_id = confirming_of(programme, made, one.organisation_id)
    if one.opening is not None:
        event = one.opening
        one.opening, _made = Opening.objects.get_or_create(
            task=made,
            happened_on=event.happened_on,
            due=event.due,
            defaults={"basis": event.basis, "by_id": event.by_id, "at": event.at},
        )


def _confirmed_by(carried: Sequence[Obligation]) -> None:
    """Answers under way of work with an end go to whoever confirms it now."""
    for report in Report.objects.filter(answers__obligation__in=carried, standing=False).distinct():
        row = report.answers.select_related("obligation").first()
        if row is not None and row.obligation.confirming_id != report.confirming_id:
            report.confirming_id = row.obligation.confirming_id
            report.save(update_fields=["confirming"])


def _drop_drafts(closed: Sequence[int]) -> None:
    """Answers without a word go; a report under way in which nothing is owed any more is no longer asked for."""
    said = Exists(Evidence.objects.filter(answer=OuterRef("pk")))
    rows = Answer.objects.filter(obligation__in=closed, report__state__in=UNDER_WAY)
    touched = set(rows.values_list("report", flat=True))
    rows.filter(~said, text="", nothing_arose=False, report__round=0).delete()
    left = Answer.objects.filter(report=OuterRef("pk"))
    owing = left.filter(~Q(obligation__state=Obligation.State.NOT_OWED))
    Report.objects.filter(~Exists(left), pk__in=touched, round=0).delete()
    over = Report.objects.filter(~Exists(owing), pk__in=touched, state=Report.State.RETURNED)
    over.update(state=Report.State.PASSED_ON, version=F("version") + 1)
