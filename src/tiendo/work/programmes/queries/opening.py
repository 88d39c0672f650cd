"""What opening a programme makes of a directive's rows: built and not stored, for the act and for its preview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import Matcher
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models import Assignment, Programme, Task
from tiendo.work.programmes.queries.owing import owed_by, term_of
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
        search_text="" if duty.restricted else key(f"{duty.number} {duty.content} {duty.lead_text}"),
    )


def assignments_of(office: Organisation, tasks: Iterable[Task]) -> list[Assignment]:
    """Who is charged: names that are exactly a known body's of the office's tree; the others stay "chờ gán"."""
    matcher = Matcher(office)
    assignments = []
    for task in tasks:
        for role, parties in (
            (Assignment.Role.LEAD, task.duty.leads),
            (Assignment.Role.COORDINATE, task.duty.coordinators),
        ):
            taken: set[int] = set()
            for place, party in enumerate(parties):
                meant = None if party["group"] else matcher.exact(party["name"])
                body = meant if meant not in taken else None
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


def search_words(symbol: str, title: str) -> str:
    """What `Programme.search_text` holds."""
    return key(f"{symbol} {title}")


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening would raise. `once` and `periods` count obligations, the rest tasks."""

    tasks: int
    once: int
    periods: int
    no_data: int
    no_body: int
    no_event: int
    unconfirmed: tuple[str, ...]
    """Bodies that would report on work which nobody can confirm."""


def preview(programme: Programme, document: Document, today: date) -> Preview:
    """Of an unsaved programme with the settings that are thought of. Four queries, whatever the number of rows."""
    duties = document.duties.filter(state=Duty.State.SIGNED)
    tasks = [task_of(programme, place, duty) for place, duty in enumerate(duties, start=1)]
    charged = assignments_of(programme.office, tasks)
    named = [one for one in charged if one.role == Assignment.Role.LEAD and one.organisation_id is not None]
    owed = [one for lead in named for one in owed_by(programme, lead, today)]
    alone = {one.organisation_id for one in owed if one.confirming_id is None}
    quiet = _silences(programme, tasks, {id(lead.task) for lead in named}, {id(one.task) for one in owed})
    return Preview(
        tasks=len(tasks),
        once=sum(not one.standing for one in owed),
        periods=sum(one.standing for one in owed),
        no_data=quiet.count(Silence.NO_DATA),
        no_body=quiet.count(Silence.NO_BODY),
        no_event=quiet.count(Silence.NO_EVENT),
        unconfirmed=tuple(Organisation.objects.filter(pk__in=alone).values_list("name", flat=True)) if alone else (),
    )


def _silences(programme: Programme, tasks: Sequence[Task], led: set[int], owing: set[int]) -> list[Silence]:
    return [
        silence(term_of(task), tracked_from=programme.tracked_from, led=id(task) in led)
        for task in tasks
        if id(task) not in owing
    ]
