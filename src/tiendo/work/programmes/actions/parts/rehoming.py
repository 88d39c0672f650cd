"""What this room does when bodies end: open work goes to the heirs line by line, or to the list of orphans.

Called by handovers.actions.handovers, in its transaction and under its rights.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.organisations.models import Heir, Organisation, Succession
from tiendo.foundation.organisations.rules.succession import ENDING
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.actions.parts import passing
from tiendo.work.programmes.errors import BuiltOnPassageError, LinesMissingError
from tiendo.work.programmes.models import Assignment, Passage, Programme, Requirement, Task
from tiendo.work.programmes.queries.deeds import Ground
from tiendo.work.programmes.queries.internal import barred
from tiendo.work.programmes.queries.passing import Kept, of_bodies, open_rows
from tiendo.work.programmes.queries.undoing import in_the_way

ROLES = ("office", "monitor", "confirming")
"""Parts that a body plays for a whole programme."""
Undoing = list[tuple[str, int, str, int]]
"""[(programme, task, assignment or requirement, id, field, body before)]."""
PLAYED: dict[str, Any] = {
    "programme": Programme,
    "task": Task,
    "assignment": Assignment,
    "requirement": Requirement,
}


@dataclass(frozen=True, slots=True)
class Rehomed:
    """Counts of a hand-over, and what `give_back` needs to undo the parts played for whole programmes."""

    passed: passing.Passed
    roles: Undoing


@transaction.atomic
def rehome(
    *,
    succession: Succession,
    befores: Collection[int],
    heirs: Mapping[int, Sequence[int]],
    main: int | None,
    at: datetime,
) -> Rehomed:
    """Give the open work of `befores` on. `heirs`: charge → bodies, where it is not simply the `main` heir's.

    With neither, a charge is orphaned: it stands open without a body. So it is in an internal programme where the heir
    lies outside: the heir would owe what it may not see. The office names another body, or takes the mark off and names
    the heir. What is due by now is raised before, so that it is on the list; `main` takes the parts that a body played
    for whole programmes. Raises LinesMissingError.
    """
    rows = list(open_rows(befores).select_for_update(of=("self",)))
    _raise_first(rows, at)
    charged = _charged(rows, befores, heirs, main)
    passed = passing.pass_on(rows, charged, on=succession.on, at=at, succession=succession)
    roles = _roles(befores, main) if main is not None else []
    _reconfirm(roles, timezone.localdate(at))
    touched = {row.task.programme_id for row in rows}
    for programme in Programme.objects.filter(pk__in=touched).order_by("pk"):
        obligations.raise_due(programme=programme, at=at)
    return Rehomed(passed, roles)


def _charged(
    rows: Sequence[Assignment], befores: Collection[int], heirs: Mapping[int, Sequence[int]], main: int | None
) -> dict[int, passing.Heirs]:
    """Charge → who takes it; None: nobody."""
    given = {row.pk: heirs.get(row.pk, () if main is None else (main,)) for row in rows}
    taking = {body for bodies in given.values() for body in bodies}
    out = barred({row.task.programme_id for row in rows}, taking, ending=befores, main=main)
    inside = {row.pk: [one for one in given[row.pk] if (row.task.programme_id, one) not in out] for row in rows}
    return {pk: tuple(bodies) or (None,) for pk, bodies in inside.items()}


def refuse_if_built_on(
    *, succession: Succession, befores: Collection[int], afters: Sequence[Organisation], roles: Undoing, kept: Kept
) -> None:
    """Raises BuiltOnPassageError, which tells nothing of what is `kept` from whoever undoes it."""
    if succession.kind == Succession.Kind.RENAME:  # the same body goes on, by whatever name
        return
    assert succession.recorded_at is not None
    ends, heirs = succession.kind in ENDING, [body.pk for body in afters]
    ground = Ground(
        since=succession.recorded_at,
        passages=list(Passage.objects.filter(succession=succession).values_list("pk", flat=True)),
        begun=[body.pk for body in afters if ends and body.starts == succession.on],
        heirs=heirs if ends else (),
        programmes=_programmes_of(roles),
        acting=() if ends else befores,
        through=() if ends else heirs,
    )
    plans = [pk for what, pk, _field, _body in roles if what == "requirement"]
    if found := in_the_way(ground, plans=plans, kept=kept):
        raise BuiltOnPassageError(what=messages.in_the_way(found), found=found)


@transaction.atomic
def give_back(*, succession: Succession, roles: Undoing, at: datetime) -> int:
    """Undo `rehome`, when nothing was built on it. Returns how many obligations returned."""
    lines = list(Passage.objects.filter(succession=succession))
    returned = passing.take_back(lines, at=at)
    for what, pk, field, body in roles:
        PLAYED[what].objects.filter(pk=pk).update(**{field: body})
    _reconfirm(roles, timezone.localdate(at))
    return returned


def _reconfirm(roles: Undoing, on: date) -> None:
    """Where who confirms changed, what is not confirmed yet goes to that body."""
    for programme in Programme.objects.filter(pk__in=_programmes_of(roles)).order_by("pk"):
        obligations.reconfirm(programme=programme, on=on)


def _programmes_of(roles: Undoing) -> set[int]:
    """Those in which a part is played by another body since."""
    programmes = {pk for what, pk, _field, _body in roles if what == "programme"}
    tasks = Task.objects.filter(pk__in=[pk for what, pk, _field, _body in roles if what == "task"])
    programmes |= set(tasks.values_list("programme", flat=True))
    asked = Assignment.objects.filter(pk__in=[pk for what, pk, _field, _body in roles if what == "assignment"])
    return programmes | set(asked.values_list("task__programme", flat=True))


def catch_up(programme: Programme, *, at: datetime, tasks: Collection[int] | None = None) -> None:
    """Charges of bodies that ended since the document was issued go the way that their other work went; or those on
    these `tasks` alone, which were closed meanwhile.

    Step by step, so that each holder can be read. Where a body was split, or ended without a word, nobody takes them;
    nor where the heir lies outside an internal programme.
    """
    charged = Assignment.objects.on(None).filter(task__programme=programme, organisation__ends__isnull=False)
    if tasks is not None:
        charged = charged.filter(task__in=tasks)
    while ended := list(charged.select_related("organisation", "task__programme")):
        ways = _ways({row.organisation_id for row in ended if row.organisation_id})
        out = barred([programme.pk], {heir for _succession, _on, heir in ways.values() if heir is not None})
        ways = {body: (by, on, None if (programme.pk, heir) in out else heir) for body, (by, on, heir) in ways.items()}
        for succession, on, heir in {ways.get(row.organisation_id or 0, _nowhere(row)) for row in ended}:
            rows = [row for row in ended if ways.get(row.organisation_id or 0, _nowhere(row)) == (succession, on, heir)]
            passing.pass_on(rows, {row.pk: (heir,) for row in rows}, on=on, at=at, succession=succession)


Way = tuple[Succession | None, date, int | None]
"""By which succession, from which day, to whom."""


def _ways(bodies: Collection[int]) -> dict[int, Way]:
    lines = Heir.objects.filter(
        before__in=bodies, succession__state=Succession.State.IN_FORCE, succession__kind__in=ENDING
    )
    heirs: dict[int, list[Heir]] = {}
    for line in lines.select_related("succession"):
        heirs.setdefault(line.before_id, []).append(line)
    return {
        body: (found[0].succession, found[0].succession.on, found[0].after_id if len(found) == 1 else None)
        for body, found in heirs.items()
    }


def _nowhere(row: Assignment) -> Way:
    assert row.organisation is not None
    assert row.organisation.ends is not None
    return None, row.organisation.ends + timedelta(days=1), None


def require_lines(rows: Sequence[Assignment], heirs: Mapping[int, Sequence[int]], afters: Collection[int]) -> None:
    """Of a split every line says who takes it. Raises LinesMissingError."""
    missing = [row for row in rows if not heirs.get(row.pk) or not set(heirs[row.pk]) <= set(afters)]
    if missing:
        raise LinesMissingError(count=len(missing))


def _raise_first(rows: Sequence[Assignment], at: datetime) -> None:
    programmes = {row.task.programme_id for row in rows if row.role == Assignment.Role.LEAD}
    for programme in Programme.objects.filter(pk__in=programmes).order_by("pk"):
        obligations.raise_due(programme=programme, at=at)


def _roles(befores: Collection[int], main: int) -> Undoing:
    """What bodies did for whole programmes, the plans of their own that they still owe, and where they confirm single
    tasks or parts that they asked coordinators for, goes to the main heir.

    Where it lies outside an internal programme, the office itself confirms, and nobody watches.
    """
    undoing: Undoing = []
    programmes = list(of_bodies(befores).select_for_update(of=("self",)).order_by("pk"))
    tasks = Task.objects.filter(confirming__in=befores, closed_at=None)
    asked = Assignment.objects.filter(answers_to__in=befores)  # also of bodies that ended and had answered
    touched = {programme.pk for programme in programmes} | set(tasks.values_list("programme", flat=True))
    touched |= set(asked.order_by().values_list("task__programme", flat=True))
    plans = _plans(befores, main)
    touched |= {plan.programme_id for plan in plans}
    out = {programme for programme, _heir in barred(touched, [main], ending=befores, main=main)}
    for programme in programmes:
        changed = [field for field in ROLES if getattr(programme, f"{field}_id") in befores]
        for field in changed:
            undoing.append(("programme", programme.pk, field, getattr(programme, f"{field}_id")))
            instead = {"monitor": None, "confirming": programme.office_id} if programme.pk in out else {}
            setattr(programme, f"{field}_id", instead.get(field, main))
        programme.save(update_fields=changed)
    undoing += [("task", pk, "confirming", body) for pk, body in tasks.values_list("pk", "confirming")]
    Task.objects.filter(pk__in=tasks.filter(programme__in=out).values_list("pk", flat=True)).update(confirming=None)
    tasks.update(confirming=main)
    undoing += [("assignment", pk, "answers_to", body) for pk, body in asked.values_list("pk", "answers_to") if body]
    Assignment.objects.filter(pk__in=asked.filter(task__programme__in=out).values_list("pk", flat=True)).update(
        answers_to=None
    )
    asked.update(answers_to=main)
    plans = [plan for plan in plans if plan.programme_id not in out]
    undoing += [("requirement", plan.pk, "organisation", plan.organisation_id) for plan in plans]
    Requirement.objects.filter(pk__in=[plan.pk for plan in plans]).update(organisation=main)
    return undoing


def _plans(befores: Collection[int], main: int) -> list[Requirement]:
    """Plans that these bodies still owe, one a programme: who takes several bodies over makes one plan, and none where
    it has made or owes its own, or is the office that asks. What is left stays to be withdrawn by that office.
    """
    owed = Requirement.objects.filter(organisation__in=befores, issued_on=None).exclude(programme__office=main)
    own = Requirement.objects.filter(organisation=main).order_by().values("programme")
    first: dict[int, Requirement] = {}
    for plan in owed.exclude(programme__in=own).select_for_update(of=("self",)).order_by("due", "pk"):
        first.setdefault(plan.programme_id, plan)
    return list(first.values())
