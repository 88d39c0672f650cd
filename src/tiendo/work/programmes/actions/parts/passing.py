"""Passing charges on from body to body: the core of hand-overs, of naming a body for orphaned work, and of undoing.

Set-based: some twenty statements, however many rows. Parts of the acts that say why, which hold the programmes and
record what they did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched

from django.db.models import Q
from django.utils import timezone

from tiendo.foundation.organisations.models import Succession
from tiendo.foundation.organisations.rules.succession import eve
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.actions.parts import drafts, ledger
from tiendo.work.programmes.models import Assignment, Obligation, Passage, Programme, Transfer
from tiendo.work.programmes.queries.dates import stopped
from tiendo.work.programmes.queries.owing import confirming_of

BATCH = 500
Heirs = Sequence[int | None]
"""Ids of the bodies that take a row over; None: nobody."""
Period = tuple[int, str, int | None, date, date]
"""Task, role, body, first day, last day."""
LEADS, HELPS = Assignment.Role.LEAD, Assignment.Role.COORDINATE
OPEN = (Obligation.State.OPEN, Obligation.State.SUSPENDED)
"""What the heir has to answer. What was handed in stays with whoever handed it in."""


@dataclass
class Passed:
    """What was done. Counts of rows."""

    assignments: int = 0
    orphaned: int = 0
    moved: int = 0
    joined: int = 0
    shared: int = 0
    passages: list[Passage] = field(default_factory=list)


def pass_on(
    rows: Sequence[Assignment],
    heirs: Mapping[int, Heirs],
    *,
    on: date,
    at: datetime,
    succession: Succession | None = None,
) -> Passed:
    """Every row (with its `task__programme`) ends on the eve of `on`; its heirs' begin, or take it in where they stand.

    Open obligations go to the first heir; others are given their own of what was not over by then. Drafts go along.
    """
    done = Passed(assignments=len(rows))
    rows, heirs = _with_own_rows(rows, heirs)
    before = {row.pk: row for row in rows}
    passages = done.passages = _assignments(rows, heirs, on, succession)
    done.orphaned = sum(1 for one in passages if one.after.organisation_id is None)
    transfers = _obligations(passages, before, on, at)
    done.moved, done.joined, done.shared = (len(transfers[kind]) for kind in ("moved", "joined", "shared"))
    return done


def _with_own_rows(
    rows: Sequence[Assignment], heirs: Mapping[int, Heirs]
) -> tuple[Sequence[Assignment], Mapping[int, Heirs]]:
    """An heir that stands on the task already, and gathers from now on or answers what it was not asked before, did not
    do so before: its row ends too. So does that by which it helped with what it leads from now on.
    """
    gathers = {(row.task_id, row.role, heirs[row.pk][0]) for row in rows if row.focal and heirs[row.pk][0]}
    asked = {(row.task_id, row.role, body) for row in rows if row.due for body in heirs[row.pk] if body}
    leads = {(row.task_id, HELPS, body) for row in rows if row.role == LEADS for body in heirs[row.pk] if body}
    going = {row.pk for row in rows}
    there = Assignment.objects.on(None).filter(
        task__in={task for task, _role, _body in gathers | asked | leads},
        organisation__in={body for _task, _role, body in gathers | asked | leads},
    )
    own = []
    for row in there.exclude(pk__in=going).select_related("task__programme"):
        place = (row.task_id, row.role, row.organisation_id)
        if place in gathers or place in leads or (place in asked and row.due is None):
            own.append(row)
    return [*own, *rows], {**heirs, **{row.pk: (row.organisation_id,) for row in own}}


def _assignments(
    rows: Sequence[Assignment], heirs: Mapping[int, Heirs], on: date, succession: Succession | None
) -> list[Passage]:
    tasks = {row.task_id for row in rows}
    going = {row.pk for row in rows}
    standing: dict[tuple[int, str, int | None], Assignment] = {
        (one.task_id, one.role, one.organisation_id): one
        for one in Assignment.objects.on(None)
        .filter(task__in=tasks, organisation__isnull=False)
        .exclude(pk__in=going)
        .select_related("task__programme")
    }
    there = {one.pk for one in standing.values()}
    passages: list[Passage] = []
    focal: list[Assignment] = []
    for row in sorted(rows, key=lambda one: one.role != LEADS):
        for place, body in enumerate(heirs[row.pk]):
            place_of = (row.task_id, row.role, body)
            after = standing.get(place_of) if body is not None else None
            if row.role == HELPS and (leading := standing.get((row.task_id, LEADS, body))) is not None:
                after = leading  # nobody helps itself: that part is in what it leads
            if after is None:
                after = _follower(row, body, on)
                if body is not None:
                    standing[place_of] = after
            if after.pk is None and after.role == row.role and after.due is None and row.due is not None:
                _take_over(after, row)
            if row.focal and place == 0:
                after.focal = True
                focal.append(after)
            passages.append(Passage(before=row, after=after, on=on, succession=succession, began=after.pk not in there))
    Assignment.objects.filter(pk__in=going).update(ends=eve(on))
    new = list({id(one.after): one.after for one in passages if one.after.pk is None}.values())
    Assignment.objects.bulk_create(new, batch_size=BATCH)
    Assignment.objects.filter(pk__in=[one.pk for one in focal if one.pk in there]).update(focal=True)
    for one in passages:  # the rows have their ids only now; given the id alone, Django would fetch each row again
        one.after = one.after
    unique = {(one.before_id, one.after_id): one for one in passages}
    return Passage.objects.bulk_create(unique.values(), batch_size=BATCH)


def _follower(row: Assignment, body: int | None, on: date) -> Assignment:
    """The printed name stays what it was; what was asked of a coordinator is asked of its heir."""
    return Assignment(
        task=row.task,
        role=row.role,
        party_text=row.party_text,
        group=row.group and body is None,
        organisation_id=body,
        position=row.position,
        due=row.due,
        asked=row.asked,
        answers_to_id=row.answers_to_id,
        part_done_on=row.part_done_on,
        starts=on,
    )


def _take_over(after: Assignment, row: Assignment) -> None:
    """What was asked of a coordinator is asked of its heir."""
    after.due, after.asked, after.answers_to_id, after.part_done_on = row.due, row.asked, row.answers_to_id, None


def _obligations(
    passages: Sequence[Passage], before: Mapping[int, Assignment], on: date, at: datetime
) -> dict[str, list[Transfer]]:
    """Move, join or share what is open; returns the transfers by kind."""
    lines: dict[int, list[Passage]] = {}
    for line in passages:
        lines.setdefault(line.before_id, []).append(line)
    owed = list(
        Obligation.objects.select_for_update(of=("self",))
        .filter(assignment__in=list(before), state__in=OPEN)
        .order_by("pk")
    )
    held = Obligation.objects.filter(
        task__in={line.after.task_id for line in passages},
        organisation__in={line.after.organisation_id for line in passages},
    )
    taken: set[Period] = set(held.order_by().values_list("task", "role", "organisation", "period_start", "period_end"))
    done: dict[str, list[Transfer]] = {kind: [] for kind in Transfer.Kind.values}
    for one in owed:
        first, *others = sorted(lines[one.assignment_id], key=lambda line: line.after.role != one.role)
        for line in others:
            _share(one, line, taken, done, on, at)
        _move(one, first, before[one.assignment_id].task.programme, taken, done)
    ledger.entered(Obligation.objects.bulk_create([one.obligation for one in done["shared"]], batch_size=BATCH))
    with ledger.kept([one.pk for one in owed], on=on):
        _write(owed)
    for transfer in done["shared"]:  # they have their ids only now
        transfer.obligation_id = transfer.obligation.pk
    Transfer.objects.bulk_create([one for rows in done.values() for one in rows], batch_size=BATCH)
    drafts.follow([one.pk for one in owed if one.state != Obligation.State.NOT_OWED], at=at)
    return done


def _write(owed: Sequence[Obligation]) -> None:
    """Only the assignment is each row's own and is told row by row; the few values of the rest are set together."""
    Obligation.objects.bulk_update(owed, ["assignment"], batch_size=BATCH)
    alike: dict[tuple[int, int | None, str], list[int]] = {}
    for one in owed:
        alike.setdefault((one.organisation_id, one.confirming_id, one.state), []).append(one.pk)
    for (body, confirming, state), keys in alike.items():
        for some in batched(keys, BATCH * 4):
            rows = Obligation.objects.filter(pk__in=some)
            rows.update(organisation=body, confirming=confirming, state=state)


def _move(
    one: Obligation, line: Passage, programme: Programme, taken: set[Period], done: dict[str, list[Transfer]]
) -> None:
    """To the first heir; where that body answers for the same period already, into what it owes, or handed in; of who
    helped with what the heir leads, into that.
    """
    body, period = line.after.organisation_id, _period(one, line)
    joins = (body not in (None, one.organisation_id) and period in taken) or line.after.role != one.role
    kind = Transfer.Kind.JOINED if joins else Transfer.Kind.MOVED
    done[kind].append(_transfer(line, one, one, kind))
    if joins:
        one.state = Obligation.State.NOT_OWED
        return
    one.assignment = line.after
    if body is not None:
        taken.add(period)
        one.organisation_id = body
        one.confirming_id = confirming_of(programme, line.after.task, body, line.after.answers_to_id)


def _period(one: Obligation, line: Passage) -> Period:
    return one.task_id, one.role, line.after.organisation_id, one.period_start, one.period_end


def _share(
    one: Obligation, line: Passage, taken: set[Period], done: dict[str, list[Transfer]], on: date, at: datetime
) -> None:
    """A part of its own for every further heir that does not answer for the period yet; but of what was over before the
    hand-over: that is one debt, which the first heir takes, and no two.
    """
    period = _period(one, line)
    lasts = one.period_end if one.standing else one.due
    if lasts >= line.on and period not in taken and line.after.role == one.role:
        taken.add(period)
        done["shared"].append(_transfer(line, _shared(one, line, on, at), one, Transfer.Kind.SHARED))


def _shared(one: Obligation, line: Passage, on: date, at: datetime) -> Obligation:
    """Its part of what another heir took: the same period, the same dates."""
    body = line.after.organisation_id
    assert body is not None, "work that is shared out is given to bodies"
    return Obligation(
        assignment=line.after,
        task=line.after.task,
        programme=line.after.task.programme,
        organisation_id=body,
        standing=one.standing,
        opening_id=one.opening_id,
        period_start=one.period_start,
        period_end=one.period_end,
        period_name=one.period_name,
        due=one.due,
        first_due=one.first_due,
        confirming_id=confirming_of(line.after.task.programme, line.after.task, body, line.after.answers_to_id),
        role=one.role,
        state=one.state,
        held_since=on,
        raised_at=at,
    )


def _transfer(line: Passage, obligation: Obligation, source: Obligation, kind: str) -> Transfer:
    return Transfer(
        passage=line,
        obligation=obligation,
        kind=kind,
        before_id=source.organisation_id,
        after_id=line.after.organisation_id,
        confirming_id=source.confirming_id,
    )


def catch_up(owed: Sequence[Obligation], *, at: datetime) -> None:
    """Obligations that came open again after their charge was passed on go the way that it went."""
    wanted = {one.assignment_id for one in owed}
    while wanted:
        passages = list(
            Passage.objects.filter(before__in=wanted)
            .select_related("before__task__programme", "after__task__programme")
            .order_by("pk")
        )
        _obligations(passages, {one.before_id: one.before for one in passages}, timezone.localdate(at), at)
        wanted = {one.after_id for one in passages}


def take_back(passages: Iterable[Passage], *, at: datetime) -> int:
    """Undo these lines: rows that began with them go, the rows before them hold again, obligations return.

    The caller has made sure that nothing was built on them (queries.passing.built_upon). Returns how many obligations
    returned. Raises AnsweredError (what was asked of them since has been answered).
    """
    lines = list(passages)
    keys = [one.pk for one in lines]
    transfers = list(Transfer.objects.filter(passage__in=keys).select_related("obligation", "passage").order_by("-pk"))
    joined = [transfer.obligation_id for transfer in transfers if transfer.kind == Transfer.Kind.JOINED]
    still = stopped(joined)
    returned: list[Obligation] = []
    for transfer in transfers:
        one = transfer.obligation
        if transfer.kind == Transfer.Kind.JOINED:
            one.state = Obligation.State.SUSPENDED if one.pk in still else Obligation.State.OPEN
        elif transfer.kind == Transfer.Kind.MOVED:
            one.assignment_id, one.organisation_id = transfer.passage.before_id, transfer.before_id
            one.confirming_id = transfer.confirming_id
        else:
            continue
        returned.append(one)
    Transfer.objects.filter(passage__in=keys).delete()
    afters = {one.after_id for one in lines if one.began}
    rows = Assignment.objects.filter(pk__in=[one.before_id for one in lines])
    gathered = Passage.objects.filter(pk__in=keys, before__in=rows.filter(focal=True))
    Assignment.objects.filter(pk__in=gathered.values("after")).update(focal=False)
    rows.update(ends=None)
    with ledger.kept([one.pk for one in returned], on=None):
        _write(returned)
    ledger.turned_back([one.pk for one in returned])
    drafts.follow([one.pk for one in returned], at=at)
    Passage.objects.filter(pk__in=keys).delete()
    gone = Assignment.objects.filter(~Q(passed_from__isnull=False), pk__in=afters)
    obligations.withdraw(owed=Obligation.objects.filter(assignment__in=gone))
    gone.delete()
    return len(returned)
