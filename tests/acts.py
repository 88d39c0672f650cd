"""Every act of the rooms by which a person changes something, ready to be done once.

`tests/work/test_acts.py` asks the same of each: who may, what the audit says, that a failure leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import factories as make
from factories import NOW, days
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.models import Document
from tiendo.work.directives.rules import DeadlineFields
from tiendo.work.programmes.actions import evidence, programmes, reports, tasks
from tiendo.work.programmes.models import Obligation, Programme
from worlds import HEALTH, SCIENCE, Office

Do = Callable[[User], object]


@dataclass(frozen=True)
class Act:
    """`where`: the Office's attribute in which the right is needed. `prepare` gives the act, to be done by someone."""

    verb: str
    permission: Permission
    prepare: Callable[[Office], Do]
    where: str = "body"
    id: str = ""

    @property
    def name(self) -> str:
        return self.id or self.verb


def _document(office: Office) -> Document:
    return make.read(
        make.machine(make.row("Việc một", SCIENCE), make.row("Việc hai", HEALTH)), office=office.body, by=office.chief
    )


def _signed(office: Office) -> Document:
    document = _document(office)
    duties.sign_table(document=document, by=office.chief, at=NOW)
    return document


def _programme(office: Office) -> Programme:
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30))),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()),
        make.row("Sơ kết khi có chỉ đạo", SCIENCE, "Sở Lạ Chưa Biết", "Sở Y tế"),
        office=office.body,
        by=office.chief,
    )


def _owed(office: Office) -> Obligation:
    return _programme(office).obligations.get(standing=False)


def _draft(office: Office):
    return reports.draft_once(obligation=_owed(office), by=office.who("head", office.science), at=NOW)


def _cited(office: Office):
    draft = _draft(office)
    clerk = office.who("clerk", office.science)
    return evidence.cite(answer=draft.answers.get(), number="1/BC", issued_on=days(-1), by=clerk, at=NOW)


def _sent(office: Office):
    draft = _cited(office).answer.report
    return reports.submit(report=draft, by=office.who("head", office.science), at=NOW)


def receive(office: Office) -> Do:
    return lambda by: documents.receive(office=office.body, filename="a.txt", chunks=[b"a"], by=by, at=NOW)


def read_again(office: Office) -> Do:
    document = make.document(office=office.body, by=office.clerk)
    readings.fail(document=document, code="locked", message="Tệp có mật khẩu.", at=NOW)
    return lambda by: documents.read_again(document=document, by=by, at=NOW)


def approve(office: Office) -> Do:
    document = _signed(office)
    return lambda by: documents.approve(document=document, by=by, at=NOW)


def correct_heading(office: Office) -> Do:
    document = _document(office)
    heading = {"kind": "Kế hoạch", "symbol": "9-KH/TU", "issuer": "Tỉnh ủy", "title": "Kế hoạch", "issued_on": days(-3)}
    return lambda by: documents.correct_heading(document=document, by=by, at=NOW, **heading)


def edit(office: Office) -> Do:
    duty = _document(office).duties.all()[0]
    none = DeadlineFields("none")
    return lambda by: duties.edit(duty=duty, version=1, changes={"content": "Khác"}, deadline=none, by=by, at=NOW)


def sign(office: Office) -> Do:
    duty = _document(office).duties.all()[0]
    return lambda by: duties.sign(duty=duty, by=by, at=NOW)


def sign_table(office: Office) -> Do:
    document = _document(office)
    return lambda by: duties.sign_table(document=document, by=by, at=NOW)


def leave_out(office: Office) -> Do:
    duty = _document(office).duties.all()[0]
    return lambda by: duties.leave_out(duty=duty, reason="Đã có ở dòng 2", by=by, at=NOW)


def restore(office: Office) -> Do:
    duty = _signed(office).duties.all()[0]
    return lambda by: duties.restore(duty=duty, by=by, at=NOW)


def join(office: Office) -> Do:
    rows = list(_document(office).duties.all())
    return lambda by: duties.join(duties=rows, by=by, at=NOW)


def split(office: Office) -> Do:
    duty = _document(office).duties.all()[0]
    return lambda by: duties.split(duty=duty, parts=["một", "hai"], by=by, at=NOW)


def undo(office: Office) -> Do:
    duty = _document(office).duties.all()[0]
    part = duties.split(duty=duty, parts=["một", "hai"], by=office.chief, at=NOW)[1]
    return lambda by: duties.restore(duty=part, by=by, at=NOW)


def open_programme(office: Office) -> Do:
    document = _signed(office)
    documents.approve(document=document, by=office.chief, at=NOW)
    document.refresh_from_db()
    return lambda by: programmes.open(document=document, by=by, at=NOW)


def open_more(office: Office) -> Do:
    document = _document(office)
    one, two = document.duties.all()
    duties.sign(duty=one, by=office.chief, at=NOW)
    document = documents.approve(document=document, by=office.chief, at=NOW, leave_waiting=True)
    programme = programmes.open(document=document, by=office.chief, at=NOW)
    duties.sign(duty=two, by=office.chief, at=NOW)
    return lambda by: programmes.open_more(programme=programme, by=by, at=NOW)


def name_body(office: Office) -> Do:
    waiting = _programme(office).tasks.get(position=3).assignments.get(party_text="Sở Lạ Chưa Biết")
    return lambda by: tasks.name_body(assignment=waiting, organisation=office.elsewhere, by=by, at=NOW)


def name_everywhere(office: Office) -> Do:
    waiting = _programme(office).tasks.get(position=3).assignments.get(party_text="Sở Lạ Chưa Biết")
    return lambda by: tasks.name_everywhere(assignment=waiting, organisation=office.elsewhere, by=by, at=NOW)


def unname_body(office: Office) -> Do:
    lead = _programme(office).tasks.get(position=1).assignments.get()
    return lambda by: tasks.unname_body(assignment=lead, by=by, at=NOW)


def unname_everywhere(office: Office) -> Do:
    lead = _programme(office).tasks.get(position=1).assignments.get()
    return lambda by: tasks.unname_everywhere(assignment=lead, by=by, at=NOW)


def set_confirming(office: Office) -> Do:
    task = _programme(office).tasks.get(position=1)
    return lambda by: tasks.set_confirming(task=task, organisation=office.health, by=by, at=NOW)


def change(office: Office) -> Do:
    programme = _programme(office)
    return lambda by: programmes.change(
        programme=programme,
        confirming=office.body,
        monitor=office.health,
        standing_every="quarter",
        tracked_from=days(-200),
        by=by,
        at=NOW,
    )


def set_focal(office: Office) -> Do:
    lead = _programme(office).tasks.get(position=3).assignments.get(organisation=office.health)
    return lambda by: tasks.set_focal(assignment=lead, by=by, at=NOW)


def open_by_event(office: Office) -> Do:
    task = _programme(office).tasks.get(position=3)
    return lambda by: tasks.open_by_event(
        task=task, basis="Công văn 9-CV/TW", happened_on=days(0), due=days(20), by=by, at=NOW
    )


def set_restricted(office: Office) -> Do:
    task = _programme(office).tasks.get(position=1)
    return lambda by: tasks.set_restricted(task=task, restricted=True, by=by, at=NOW)


def draft_once(office: Office) -> Do:
    owed = _owed(office)
    return lambda by: reports.draft_once(obligation=owed, by=by, at=NOW)


def draft_period(office: Office) -> Do:
    owed = _programme(office).obligations.get(standing=True)
    period = f"{owed.period_start}/{owed.period_end}"
    return lambda by: reports.draft_period(
        programme=owed.programme, organisation=owed.organisation, period=period, by=by, at=NOW
    )


def save(office: Office) -> Do:
    draft = _draft(office)
    said = {draft.answers.get().obligation_id: reports.Said(text="Đã trình.")}
    return lambda by: reports.save(report=draft, answers=said, version=1, by=by, at=NOW)


def submit(office: Office) -> Do:
    draft = _cited(office).answer.report
    return lambda by: reports.submit(report=draft, by=by, at=NOW)


def confirm(office: Office) -> Do:
    sent = _sent(office)
    return lambda by: reports.confirm(report=sent, seen_round=1, by=by, at=NOW)


def ask_more(office: Office) -> Do:
    sent = _sent(office)
    return lambda by: reports.ask_more(report=sent, seen_round=1, reason="Thiếu số liệu quý II.", by=by, at=NOW)


def cite(office: Office) -> Do:
    answer = _draft(office).answers.get()
    return lambda by: evidence.cite(answer=answer, number="1/BC", issued_on=days(-1), by=by, at=NOW)


def attach(office: Office) -> Do:
    answer = _draft(office).answers.get()
    return lambda by: evidence.attach(answer=answer, filename="a.pdf", chunks=[b"%PDF-1.7 x"], by=by, at=NOW)


def withdraw(office: Office) -> Do:
    piece = _cited(office)
    return lambda by: evidence.withdraw(evidence=piece, by=by, at=NOW)


P = Permission
ACTS = [
    Act("directives.document.received", P.RECEIVE, receive),
    Act("directives.document.queued_again", P.RECEIVE, read_again),
    Act("directives.document.heading_corrected", P.WORK_ROWS, correct_heading),
    Act("directives.document.approved", P.APPROVE, approve),
    Act("directives.duty.edited", P.WORK_ROWS, edit),
    Act("directives.duty.signed", P.SIGN_ROWS, sign),
    Act("directives.duty.signed_together", P.SIGN_ROWS, sign_table),
    Act("directives.duty.left_out", P.WORK_ROWS, leave_out),
    Act("directives.duty.restored", P.WORK_ROWS, restore),
    Act("directives.duty.joined", P.WORK_ROWS, join),
    Act("directives.duty.split", P.WORK_ROWS, split),
    Act("directives.duty.join_or_split_undone", P.WORK_ROWS, undo),
    Act("programmes.programme.opened", P.OPEN_PROGRAMME, open_programme),
    Act("programmes.programme.opened_more", P.OPEN_PROGRAMME, open_more),
    Act("programmes.task.assigned", P.ASSIGN, name_body),
    Act("programmes.programme.changed", P.OPEN_PROGRAMME, change),
    Act("programmes.task.assigned_together", P.ASSIGN, name_everywhere),
    Act("programmes.task.unassigned", P.ASSIGN, unname_body),
    Act("programmes.task.unassigned_together", P.ASSIGN, unname_everywhere),
    Act("programmes.task.confirming_set", P.OPEN_PROGRAMME, set_confirming),
    Act("programmes.task.focal_set", P.ASSIGN, set_focal),
    Act("programmes.task.opened_by_event", P.OPEN_EVENT, open_by_event),
    Act("programmes.task.restricted", P.APPROVE, set_restricted),
    Act("programmes.report.drafted", P.WRITE_REPORT, draft_once, "science"),
    Act("programmes.report.drafted", P.WRITE_REPORT, draft_period, "science", "programmes.report.drafted_for_a_period"),
    Act("programmes.report.saved", P.WRITE_REPORT, save, "science"),
    Act("programmes.report.submitted", P.SUBMIT_REPORT, submit, "science"),
    Act("programmes.report.confirmed", P.CONFIRM_REPORT, confirm),
    Act("programmes.report.sent_back", P.CONFIRM_REPORT, ask_more),
    Act("programmes.evidence.cited", P.WRITE_REPORT, cite, "science"),
    Act("programmes.evidence.attached", P.WRITE_REPORT, attach, "science"),
    Act("programmes.evidence.withdrawn", P.WRITE_REPORT, withdraw, "science"),
]
