"""What opening a programme makes of a directive's rows: built and not stored, for the act and for its preview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.foundation.organisations.ancestry import heirs_of
from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.registers import is_register
from tiendo.work.programmes.models import Assignment, Programme, Task
from tiendo.work.programmes.queries.internal import inside
from tiendo.work.programmes.queries.owing import owed_by, term_of
from tiendo.work.programmes.rules.periods import calendar_for
from tiendo.work.programmes.rules.terms import Silence, silence


def task_of(programme: Programme, position: int, duty: Duty) -> Task:
    return Task(
        programme=programme,
        duty=duty,
        position=position,
        number=duty.number,
        content=duty.content,
        section=duty.section,
        product=duty.product,
        deadline_kind=duty.deadline_kind,
        deadline_start=duty.deadline_start,
        deadline_end=duty.deadline_end,
        deadline_every=duty.deadline_every,
        deadline_text=duty.deadline_text,
        restricted=duty.restricted,
        done_before=duty.done,
        search_text="" if duty.restricted else key(f"{duty.number} {duty.content} {duty.lead_text}"),
    )


def assignments_of(
    programme: Programme, tasks: Iterable[Task], today: date, document: Document | None = None
) -> list[Assignment]:
    """Who is charged: names that were exactly a known body's of the office's tree on the document's day; the others
    stay "chờ gán", and in an internal programme whoever lies outside. `document`: the one whose rows they are, if not
    the programme's own.
    """
    matcher = Matcher(programme.office, on=(document or programme.document).issued_on or today)
    barred = _outside(programme)
    assignments = []
    for task in tasks:
        for role, parties in (
            (Assignment.Role.LEAD, task.duty.leads),
            (Assignment.Role.COORDINATE, task.duty.coordinators),
        ):
            taken: set[int] = set()
            for place, party in enumerate(parties):
                meant = None if party["group"] else matcher.exact(party["name"])
                body = meant if meant not in taken and meant not in barred else None
                if body:
                    taken.add(body)
                assignments.append(
                    Assignment(
                        task=task,
                        role=role,
                        party_text=party["name"][:500],
                        group=party["group"],
                        organisation_id=body,
                        position=place,
                    )
                )
    return assignments


def _outside(programme: Programme) -> set[int]:
    if not programme.document.internal:
        return set()
    return set(Organisation.objects.exclude(inside(programme)).values_list("pk", flat=True))


def first_day(document: Document, every: str, today: date) -> date:
    """From which day a programme is tracked unless somebody says otherwise: from the start of the current period, yet
    not from before the document ordered anything, so that no quarter is overdue that had ended by then; one that goes
    on from an office's own register from today, so that it does not open red (DESIGN, idea 13).
    """
    if is_register(document):
        return today
    start = calendar_for(today).period(every, today).start
    return max(start, min(document.issued_on or start, today))


def search_words(symbol: str, title: str) -> str:
    """What `Programme.search_text` holds."""
    return key(f"{symbol} {title}")


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening would raise. `once` and `periods` count obligations, the rest tasks."""

    tasks: int
    once: int
    periods: int
    done_before: int
    no_data: int
    no_body: int
    """Tasks of which a part would be nobody's: a lead's name is not known, or its body ended without one heir, or no
    lead is a body at all (as the board counts them)."""
    no_event: int
    unconfirmed: tuple[str, ...]
    """Bodies that would report on work which nobody can confirm."""


def preview(programme: Programme, document: Document, today: date) -> Preview:
    """Of an unsaved programme with the settings that are thought of. Four queries, of an internal document five,
    whatever the number of rows.
    """
    duties = document.duties.filter(state=Duty.State.SIGNED)
    tasks = [task_of(programme, place, duty) for place, duty in enumerate(duties, start=1)]
    charged = assignments_of(programme, tasks, today)
    _pass_on(charged)
    named = [one for one in charged if one.role == Assignment.Role.LEAD and one.organisation_id is not None]
    owed = [one for lead in named for one in owed_by(programme, lead, today)]
    alone = {one.organisation_id for one in owed if one.confirming_id is None}
    quiet = _silences(programme, tasks, {id(lead.task) for lead in named}, {id(one.task) for one in owed})
    return Preview(
        tasks=len(tasks),
        once=sum(not one.standing for one in owed),
        periods=sum(one.standing for one in owed),
        done_before=quiet.count(Silence.DONE_BEFORE),
        no_data=quiet.count(Silence.NO_DATA),
        no_body=_nobodys(tasks, charged),
        no_event=quiet.count(Silence.NO_EVENT),
        unconfirmed=tuple(Organisation.objects.filter(pk__in=alone).values_list("name", flat=True)) if alone else (),
    )


def _pass_on(charged: Sequence[Assignment]) -> None:
    """Charges of bodies that ended since go to their one heir, else to nobody: as the act does it step by step."""
    bodies = Organisation.objects.filter(pk__in={one.organisation_id for one in charged}, ends__isnull=False)
    ended = set(bodies.values_list("pk", flat=True))
    heirs = heirs_of(ended) if ended else {}
    for one in charged:
        if one.organisation_id in ended:
            held = heirs[one.organisation_id]
            one.organisation_id = held[0] if len(held) == 1 and held[0] not in ended else None


def _nobodys(tasks: Sequence[Task], charged: Sequence[Assignment]) -> int:
    leads = [one for one in charged if one.role == Assignment.Role.LEAD]
    waiting = {id(one.task) for one in leads if one.organisation_id is None and not one.group}
    led = {id(one.task) for one in leads if one.organisation_id is not None}
    return sum(id(task) in waiting or id(task) not in led for task in tasks)


def _silences(programme: Programme, tasks: Sequence[Task], led: set[int], owing: set[int]) -> list[Silence]:
    return [
        silence(
            term_of(task),
            tracked_from=programme.tracked_from,
            led=id(task) in led,
            done_before=task.done_before,
        )
        for task in tasks
        if id(task) not in owing
    ]
