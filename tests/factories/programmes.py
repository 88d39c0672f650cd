"""Open programmes, what is owed in them, and what was answered."""

from __future__ import annotations

from datetime import date, datetime

from factories.clock import NOW, days
from factories.directives import approved
from factories.foundation import organisation, person, succession
from factories.readings import by_date, machine, row
from register_files import edited
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.handovers.actions import handovers
from tiendo.work.handovers.models import Line
from tiendo.work.programmes.actions import evidence as evidence_actions
from tiendo.work.programmes.actions import forms, programmes, reports, tasks
from tiendo.work.programmes.actions import links as link_actions
from tiendo.work.programmes.form_files import form_xlsx
from tiendo.work.programmes.models import (
    Answer,
    AnswerForm,
    Assignment,
    Decision,
    DraftLink,
    Evidence,
    Obligation,
    Opening,
    Passage,
    Programme,
    Report,
    ReturnedForm,
    Task,
    Transfer,
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


def resubmitted(sent: Report, *, at: datetime = NOW) -> Report:
    """What was sent back, handed in again with one document more for each row."""
    sent.refresh_from_db()
    head = person("head", sent.organisation)
    for reply in sent.answers.all():
        evidence_actions.cite(answer=reply, number="32/BC-SKHCN", issued_on=days(-1), by=head, at=at)
    return reports.submit(report=sent, by=head, at=at)


def decision() -> Decision:
    sent = submitted()
    reports.confirm(report=sent, seen_round=1, by=person("head", sent.confirming or organisation()), at=NOW)
    return sent.decisions.get()


def _lead() -> Organisation:
    return Organisation.objects.filter(name=LEAD).first() or organisation(LEAD)


def passage() -> Passage:
    """The only line of a hand-over: a body that owed one answer was absorbed."""
    row = assignment()
    assert row.organisation is not None
    draft = succession("absorb", [row.organisation], [organisation()])
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    return Passage.objects.get()


def transfer() -> Transfer:
    return passage().transfers.get()


def line() -> Line:
    row = assignment()
    assert row.organisation is not None
    to = organisation()
    draft = succession("absorb", [row.organisation], [to])
    handovers.choose(succession=draft, assignments=[row.pk], heirs=[to], by=draft.drafted_by, at=NOW)
    return Line.objects.get()


def draft_link(owed: Obligation | None = None, *, by: User | None = None, days_: int = 14) -> DraftLink:
    return link_and_token(owed, by=by, days_=days_)[0]


def link_and_token(owed: Obligation | None = None, *, by: User | None = None, days_: int = 14) -> tuple[DraftLink, str]:
    owed = owed or obligation()
    by = by or person("officer", owed.programme.office)
    return link_actions.issue(obligation=owed, days=days_, by=by, at=NOW)


def answer_form(owed: Obligation | None = None) -> AnswerForm:
    """What a body owes, as a workbook handed out by the office."""
    owed = owed or obligation()
    by = person("officer", owed.programme.office)
    return forms.hand_out(programme=owed.programme, organisation=owed.organisation, by=by, at=NOW)[0]


def returned_form(owed: Obligation | None = None) -> ReturnedForm:
    """The same come back, its first row answered."""
    form = answer_form(owed)
    data = edited(form_xlsx(form, list(form.programme.obligations.filter(pk__in=form.rows))), {"E5": "Đã trình."})
    by = person("officer", form.programme.office)
    return forms.take(programme=form.programme, filename="tra-loi.xlsx", data=data, by=by, at=NOW)
