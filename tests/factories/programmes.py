"""Open programmes, what is owed in them, and what was answered."""

from __future__ import annotations

from datetime import date, datetime

from factories.clock import NOW, days
from factories.directives import approved
from factories.foundation import organisation, person
from factories.readings import by_date, machine, row
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions import evidence as evidence_actions
from tiendo.work.programmes.actions import programmes, reports, tasks
from tiendo.work.programmes.models import (
    Answer,
    Assignment,
    Decision,
    Evidence,
    Obligation,
    Opening,
    Programme,
    Report,
    Task,
)
from vanban import model

LEAD = "Sở Khoa học và Công nghệ"


def programme(
    *duties: model.Duty,
    office: Organisation | None = None,
    monitor: Organisation | None = None,
    confirming: Organisation | None = None,
    tracked_from: date | None = None,
    standing_every: str = "half",
    by: User | None = None,
    at: datetime = NOW,
) -> Programme:
    """A programme of these duties (leads are charged if such bodies exist); without any, of one that LEAD owes."""
    office = office or organisation("Văn phòng Tỉnh ủy", kind="party_advisory")
    by = by or person("office_head", office)
    seen = machine(*(duties or (row("Xây dựng kế hoạch.", _lead().name, deadline=by_date(days(60))),)))
    return programmes.open(
        document=approved(seen, office=office, by=by),
        monitor=monitor,
        confirming=confirming,
        tracked_from=tracked_from,
        standing_every=standing_every,
        by=by,
        at=at,
    )


def task() -> Task:
    return programme().tasks.get()


def assignment() -> Assignment:
    return task().assignments.get()


def obligation() -> Obligation:
    return programme().obligations.get()


def opening() -> Opening:
    undated = programme(row("Triển khai khi có hướng dẫn.", _lead().name)).tasks.get()
    head = person("office_head", undated.programme.office)
    return tasks.open_by_event(
        task=undated, basis="Công văn 15-CV/TW", happened_on=days(0), due=days(10), by=head, at=NOW
    )


def report(owed: Obligation | None = None, *, by: User | None = None) -> Report:
    """A draft."""
    owed = owed or obligation()
    by = by or person("head", owed.organisation)
    if owed.standing:
        period = f"{owed.period_start}/{owed.period_end}"
        return reports.draft_period(
            programme=owed.programme, organisation=owed.organisation, period=period, by=by, at=NOW
        )
    return reports.draft_once(obligation=owed, by=by, at=NOW)


def answer() -> Answer:
    return report().answers.get()


def evidence(reply: Answer | None = None, *, by: User | None = None) -> Evidence:
    reply = reply or answer()
    by = by or person("clerk", reply.report.organisation)
    return evidence_actions.cite(answer=reply, number="31/BC-SKHCN", issued_on=days(-1), by=by, at=NOW)


def submitted(owed: Obligation | None = None, *, at: datetime = NOW) -> Report:
    """A report handed in, each row with a document as its evidence."""
    draft = report(owed)
    head = person("head", draft.organisation)
    for reply in draft.answers.all():
        evidence_actions.cite(answer=reply, number="31/BC-SKHCN", issued_on=days(-1), by=head, at=at)
    return reports.submit(report=draft, by=head, at=at)


def decision() -> Decision:
    sent = submitted()
    reports.confirm(report=sent, seen_round=1, by=person("head", sent.confirming or organisation()), at=NOW)
    return sent.decisions.get()


def _lead() -> Organisation:
    return Organisation.objects.filter(name=LEAD).first() or organisation(LEAD)
