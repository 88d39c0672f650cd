"""What must hold at every date, whatever becomes of bodies. Used by the stories and by the random histories."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models import Assignment, Obligation, Passage, Task, Transfer
from tiendo.work.programmes.queries.passing import followers, holder_on, orphans

View = list[tuple[int, str, int | None, bool]]


def view(day: date | None) -> View:
    """(task, role, body, focal) of every charge as it was on a day; None: now."""
    rows = Assignment.objects.on(day).order_by("task", "role", "organisation", "pk")
    return sorted(rows.values_list("task", "role", "organisation", "focal"), key=repr)


def owed_then(day: date) -> list[tuple[int, str, int]]:
    """(obligation's task, period, body) of what was raised by work that was there on that day, held as it was then."""
    rows = Obligation.objects.filter(transfers__kind=Transfer.Kind.SHARED).values("pk")
    then = Obligation.objects.exclude(pk__in=rows).annotate(then=holder_on(day))
    return sorted(then.values_list("pk", "period_name", "then"))


def check(named: set[int]) -> None:
    """`named`: tasks that had a living lead when the programme was opened."""
    living = set(Organisation.objects.filter(ends=None).values_list("pk", flat=True))
    lost = {row.task_id for row in orphans().filter(role="lead")}
    leads: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.on(None).filter(role="lead", organisation__isnull=False):
        leads.setdefault(row.task_id, []).append(row)
        assert row.organisation_id in living, "nobody holds anything who is no more"
    for task in Task.objects.filter(closed_at=None, pk__in=named):
        assert leads.get(task.pk) or task.pk in lost, f"task {task.number} was lost"
        focal = Assignment.objects.filter(task=task, focal=True, role="lead")
        if focal.exists():
            now = [row for row in leads.get(task.pk, []) if row.focal]
            assert len(now) == 1 or task.pk in lost, "the focal lead has its heir"
    _conserved()


def _conserved() -> None:
    """Every charge that ended was passed to somebody, and every one that began came from somewhere."""
    ended = set(Assignment.objects.filter(ends__isnull=False).values_list("pk", flat=True))
    assert ended == set(Passage.objects.values_list("before", flat=True))
    begun = set(Assignment.objects.filter(starts__isnull=False).values_list("pk", flat=True))
    assert begun <= set(Passage.objects.values_list("after", flat=True))
    assert all(ends for ends in followers(ended).values())
    doubled = Counter(
        Assignment.objects.on(None).filter(organisation__isnull=False).values_list("task", "role", "organisation")
    )
    assert set(doubled.values()) <= {1}, "a body stands once on a task in one role"
    leads = {(task, body) for task, role, body in doubled if role == "lead"}
    inherited = Passage.objects.filter(after__role="coordinate", after__ends=None)
    assert not leads & set(inherited.values_list("after__task", "after__organisation")), "nobody helps itself"
    for one in Obligation.objects.filter(state__in=["open", "suspended"]).select_related("assignment"):
        assert one.assignment.ends is None, "what is open hangs on a charge that holds"
        if one.assignment.organisation_id is not None:
            assert one.organisation_id == one.assignment.organisation_id
    joined = Transfer.objects.filter(kind=Transfer.Kind.JOINED).values_list("obligation__state", flat=True)
    assert set(joined) <= {"not_owed"}
