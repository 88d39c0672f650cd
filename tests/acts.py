"""Every act of the rooms by which a person changes something, ready to be done once.

`tests/work/test_acts.py` asks the same of each: who may, what the audit says, that a failure leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import factories as make
from acts_of_plans import (
    answer_with_plan,
    begin_amendment,
    carry_out_amendment,
    choose_line,
    discard_amendment,
    link_lines,
    require_plans,
    take_plan_back,
    unlink_lines,
    withdraw_requirement,
)
from factories import NOW, days
from register_files import edited, register
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.directives import registers
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.actions import registers as taking
from tiendo.work.directives.models import Document
from tiendo.work.directives.rules import DeadlineFields
from tiendo.work.programmes.actions import (
    changes,
    deadlines,
    evidence,
    forms,
    internal,
    letters,
    programmes,
    refusals,
    reports,
    snapshots,
    stages,
    tasks,
)
from tiendo.work.programmes.actions.parts import moving
from tiendo.work.programmes.form_files import form_xlsx
from tiendo.work.programmes.models import Letter, Obligation, Programme
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


def freeze(office: Office) -> Do:
    programme = _programme(office)
    return lambda by: snapshots.take(programme=programme, as_of=make.TODAY, by=by, at=NOW)


def _letter(office: Office) -> Letter:
    lead = make.row("Trình đề án", SCIENCE, deadline=make.by_date(days(-5)))
    owed = make.programme(lead, office=office.body, by=office.chief, tracked_from=days(-30)).obligations.get()
    return make.letter(owed, by=office.chief)


def draft_letter(office: Office) -> Do:
    old = _letter(office)
    facts = {"programme": old.programme, "organisation": old.organisation, "at": NOW}
    return lambda by: letters.draft(kind="explain", by=by, **facts)


def discard_letter(office: Office) -> Do:
    letter = _letter(office)
    return lambda by: letters.discard(letter=letter, by=by, at=NOW)


def issue_letter(office: Office) -> Do:
    letter = _letter(office)
    return lambda by: letters.issue(letter=letter, number="12-CV/VPTU", issued_on=make.TODAY, by=by, at=NOW)


def answer_letter(office: Office) -> Do:
    letter = letters.issue(letter=_letter(office), number="12-CV/VPTU", issued_on=make.TODAY, by=office.chief, at=NOW)
    return lambda by: letters.answered(letter=letter, number="31/SKHCN-VP", on=make.TODAY, by=by, at=NOW)


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


def mark_internal(office: Office) -> Do:
    document = _document(office)
    return lambda by: internal.mark(document=document, by=by, at=NOW)


def unmark_internal(office: Office) -> Do:
    document = internal.mark(document=_document(office), by=office.chief, at=NOW)
    return lambda by: internal.unmark(document=document, by=by, at=NOW)


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


def take_in(office: Office) -> Do:
    document = make.register(register(), office=office.body, by=office.chief)
    seen = registers.preview(document, registers.proposed(document, registers.sheets(document)), today=make.TODAY)
    return lambda by: taking.take_in(document=document, mapped=seen.mapped, digest=seen.digest, by=by, at=NOW)


def hand_out(office: Office) -> Do:
    programme = _programme(office)
    return lambda by: forms.hand_out(programme=programme, organisation=office.science, by=by, at=NOW)


def hand_out_all(office: Office) -> Do:
    programme = _programme(office)
    return lambda by: forms.hand_out_all(programme=programme, by=by, at=NOW)


def take_form(office: Office) -> Do:
    form, rows = forms.hand_out(programme=_programme(office), organisation=office.science, by=office.chief, at=NOW)
    data = edited(form_xlsx(form, rows), {"E5": "Đã trình."})
    return lambda by: forms.take(programme=form.programme, filename="a.xlsx", data=data, by=by, at=NOW)


def write_form(office: Office) -> Do:
    returned = take_form(office)(office.chief)
    return lambda by: forms.write(returned=returned, by=by, at=NOW)


def write_form_on_paper(office: Office) -> Do:
    returned = take_form(office)(office.chief)
    return lambda by: forms.write(returned=returned, paper="15/BC", signed_on=make.TODAY, by=by, at=NOW)


def put_form_away(office: Office) -> Do:
    returned = take_form(office)(office.chief)
    return lambda by: forms.discard(returned=returned, by=by, at=NOW)


def ask_for_days(office: Office) -> Do:
    owed = _owed(office)
    return lambda by: deadlines.ask(obligation=owed, wanted=days(60), reason="Chờ.", by=by, at=NOW)


def _asked(office: Office):
    head = office.who("head", office.science)
    return deadlines.ask(obligation=_owed(office), wanted=days(60), reason="Chờ.", by=head, at=NOW)


def withdraw_request(office: Office) -> Do:
    request = _asked(office)
    return lambda by: deadlines.withdraw_request(request=request, by=by, at=NOW)


def grant_days(office: Office) -> Do:
    request = _asked(office)
    return lambda by: deadlines.decide(request=request, day=days(50), by=by, at=NOW)


def refuse_days(office: Office) -> Do:
    request = _asked(office)
    return lambda by: deadlines.decide(request=request, day=None, word="Chưa cần.", by=by, at=NOW)


def extend(office: Office) -> Do:
    owed = _owed(office)
    return lambda by: deadlines.extend(obligation=owed, day=days(60), reason="Chờ.", by=by, at=NOW)


def suspend(office: Office) -> Do:
    owed = _owed(office)
    return lambda by: deadlines.suspend(obligation=owed, from_day=days(0), reason="Chờ.", by=by, at=NOW)


def resume(office: Office) -> Do:
    owed = _owed(office)
    deadlines.suspend(obligation=owed, from_day=days(-3), reason="Chờ.", by=office.chief, at=NOW)
    return lambda by: deadlines.resume(obligation=owed, on_day=days(0), reason="Đã có.", by=by, at=NOW)


def recompute(office: Office) -> Do:
    """As if the calendar had named another day when it was raised."""
    programme = _programme(office)
    moving.put([(programme.obligations.get(standing=True), days(1))], on=days(0))
    return lambda by: deadlines.recompute(programme=programme, by=by, at=NOW)


DECIDED = {"number": "12-QĐ/TU", "decided_on": days(0), "reason": "Trùng."}


def withdraw_task(office: Office) -> Do:
    task = _programme(office).tasks.get(position=1)
    return lambda by: changes.withdraw(task=task, **DECIDED, by=by, at=NOW)


def reopen_task(office: Office) -> Do:
    task = _programme(office).tasks.get(position=1)
    changes.withdraw(task=task, **DECIDED, by=office.chief, at=NOW)
    return lambda by: changes.reopen(task=task, **DECIDED, by=by, at=NOW)


def split_task(office: Office) -> Do:
    task = _programme(office).tasks.get(position=1)
    parts = [changes.Part("Soạn", [office.science]), changes.Part("Khảo sát", [office.health])]
    return lambda by: changes.split(task=task, parts=parts, **DECIDED, by=by, at=NOW)


def change_lead(office: Office) -> Do:
    lead = _programme(office).tasks.get(position=1).assignments.get()
    return lambda by: changes.change_lead(assignment=lead, organisation=office.health, **DECIDED, by=by, at=NOW)


def change_focal(office: Office) -> Do:
    lead = _programme(office).tasks.get(position=3).assignments.get(organisation=office.health)
    return lambda by: changes.change_focal(assignment=lead, **DECIDED, by=by, at=NOW)


def refuse_task(office: Office) -> Do:
    lead = _programme(office).tasks.get(position=1).assignments.get()
    return lambda by: refusals.refuse(assignment=lead, reason="Không đúng chức năng.", by=by, at=NOW)


def _refused(office: Office):
    lead = _programme(office).tasks.get(position=1).assignments.get()
    head = office.who("head", office.science)
    return refusals.refuse(assignment=lead, reason="Không đúng chức năng.", by=head, at=NOW)


def take_back_refusal(office: Office) -> Do:
    refusal = _refused(office)
    return lambda by: refusals.take_back(refusal=refusal, by=by, at=NOW)


def accept_refusal(office: Office) -> Do:
    refusal = _refused(office)
    return lambda by: refusals.accept(refusal=refusal, by=by, at=NOW)


def decline_refusal(office: Office) -> Do:
    refusal = _refused(office)
    return lambda by: refusals.decline(refusal=refusal, word="Giao đích danh.", by=by, at=NOW)


def set_up_stages(office: Office) -> Do:
    task = _programme(office).tasks.get(position=1)
    steps = [stages.Step("draft", office.science), stages.Step("issue", office.body)]
    return lambda by: stages.set_up(task=task, steps=steps, by=by, at=NOW)


def _staged(office: Office):
    task = _programme(office).tasks.get(position=1)
    steps = [stages.Step("draft", office.science), stages.Step("issue", office.body)]
    return stages.set_up(task=task, steps=steps, by=office.officer, at=NOW)[0]


def finish_stage(office: Office) -> Do:
    stage = _staged(office)
    return lambda by: stages.finish(stage=stage, number="5-TTr", issued_on=days(0), by=by, at=NOW)


def reopen_stage(office: Office) -> Do:
    stage = _staged(office)
    stages.finish(stage=stage, number="5-TTr", issued_on=days(0), by=office.officer, at=NOW)
    return lambda by: stages.reopen_last(task=stage.task, by=by, at=NOW)


P = Permission
ACTS = [
    Act("directives.document.received", P.RECEIVE, receive),
    Act("directives.document.queued_again", P.RECEIVE, read_again),
    Act("directives.document.heading_corrected", P.WORK_ROWS, correct_heading),
    Act("directives.document.approved", P.APPROVE, approve),
    Act("directives.document.marked_internal", P.APPROVE, mark_internal),
    Act("directives.document.unmarked_internal", P.APPROVE, unmark_internal),
    Act("directives.duty.edited", P.WORK_ROWS, edit),
    Act("directives.duty.signed", P.SIGN_ROWS, sign),
    Act("directives.duty.signed_together", P.SIGN_ROWS, sign_table),
    Act("directives.duty.left_out", P.WORK_ROWS, leave_out),
    Act("directives.duty.restored", P.WORK_ROWS, restore),
    Act("directives.duty.joined", P.WORK_ROWS, join),
    Act("directives.duty.split", P.WORK_ROWS, split),
    Act("directives.duty.join_or_split_undone", P.WORK_ROWS, undo),
    Act("directives.register.taken_in", P.WORK_ROWS, take_in),
    Act("programmes.form.handed_out", P.ASSIGN, hand_out),
    Act("programmes.form.handed_out_together", P.ASSIGN, hand_out_all),
    Act("programmes.form.came_back", P.ASSIGN, take_form),
    Act("programmes.form.written", P.WRITE_REPORT, write_form, "science"),
    Act("programmes.form.written", P.ASSIGN, write_form_on_paper, id="programmes.form.written_on_paper"),
    Act("programmes.form.put_away", P.ASSIGN, put_form_away),
    Act("programmes.programme.opened", P.OPEN_PROGRAMME, open_programme),
    Act("programmes.programme.opened_more", P.OPEN_PROGRAMME, open_more),
    Act("programmes.task.assigned", P.ASSIGN, name_body),
    Act("programmes.programme.changed", P.OPEN_PROGRAMME, change),
    Act("programmes.programme.frozen", P.OPEN_PROGRAMME, freeze),
    Act("programmes.task.assigned_together", P.ASSIGN, name_everywhere),
    Act("programmes.task.unassigned", P.ASSIGN, unname_body),
    Act("programmes.task.unassigned_together", P.ASSIGN, unname_everywhere),
    Act("programmes.task.confirming_set", P.OPEN_PROGRAMME, set_confirming),
    Act("programmes.task.focal_set", P.ASSIGN, set_focal),
    Act("programmes.task.opened_by_event", P.OPEN_EVENT, open_by_event),
    Act("programmes.task.restricted", P.APPROVE, set_restricted),
    Act("programmes.programme.plans_required", P.OPEN_PROGRAMME, require_plans),
    Act("programmes.programme.plan_requirement_withdrawn", P.OPEN_PROGRAMME, withdraw_requirement),
    Act("programmes.programme.plan_recorded", P.ASSIGN, answer_with_plan),
    Act("programmes.programme.plan_recorded", P.SUBMIT_REPORT, answer_with_plan, "science", "plan_handed_in"),
    Act("programmes.programme.plan_taken_back", P.ASSIGN, take_plan_back),
    Act("programmes.programme.lines_linked", P.ASSIGN, link_lines),
    Act("programmes.programme.lines_unlinked", P.ASSIGN, unlink_lines),
    Act("programmes.programme.amendment_begun", P.OPEN_PROGRAMME, begin_amendment),
    Act("programmes.programme.amendment_line_chosen", P.OPEN_PROGRAMME, choose_line),
    Act("programmes.programme.amendment_discarded", P.OPEN_PROGRAMME, discard_amendment),
    Act("programmes.programme.amended", P.OPEN_PROGRAMME, carry_out_amendment),
    Act("programmes.programme.letter_drafted", P.ASSIGN, draft_letter),
    Act("programmes.programme.letter_discarded", P.ASSIGN, discard_letter),
    Act("programmes.programme.letter_issued", P.ASSIGN, issue_letter),
    Act("programmes.programme.letter_answered", P.ASSIGN, answer_letter),
    Act("programmes.report.drafted", P.WRITE_REPORT, draft_once, "science"),
    Act("programmes.report.drafted", P.WRITE_REPORT, draft_period, "science", "programmes.report.drafted_for_a_period"),
    Act("programmes.report.saved", P.WRITE_REPORT, save, "science"),
    Act("programmes.report.submitted", P.SUBMIT_REPORT, submit, "science"),
    Act("programmes.report.confirmed", P.CONFIRM_REPORT, confirm),
    Act("programmes.report.sent_back", P.CONFIRM_REPORT, ask_more),
    Act("programmes.evidence.cited", P.WRITE_REPORT, cite, "science"),
    Act("programmes.evidence.attached", P.WRITE_REPORT, attach, "science"),
    Act("programmes.evidence.withdrawn", P.WRITE_REPORT, withdraw, "science"),
    Act("programmes.deadline.asked", P.WRITE_REPORT, ask_for_days, "science"),
    Act("programmes.deadline.request_withdrawn", P.WRITE_REPORT, withdraw_request, "science"),
    Act("programmes.deadline.request_granted", P.DECIDE_DATES, grant_days),
    Act("programmes.deadline.request_refused", P.DECIDE_DATES, refuse_days),
    Act("programmes.deadline.extended", P.DECIDE_DATES, extend),
    Act("programmes.deadline.suspended", P.DECIDE_DATES, suspend),
    Act("programmes.deadline.resumed", P.DECIDE_DATES, resume),
    Act("programmes.programme.dates_recomputed", P.DECIDE_DATES, recompute),
    Act("programmes.task.withdrawn", P.OPEN_PROGRAMME, withdraw_task),
    Act("programmes.task.reopened", P.OPEN_PROGRAMME, reopen_task),
    Act("programmes.task.split", P.OPEN_PROGRAMME, split_task),
    Act("programmes.task.lead_changed", P.OPEN_PROGRAMME, change_lead),
    Act("programmes.task.focal_changed", P.OPEN_PROGRAMME, change_focal),
    Act("programmes.refusal.asked", P.SUBMIT_REPORT, refuse_task, "science"),
    Act("programmes.refusal.taken_back", P.SUBMIT_REPORT, take_back_refusal, "science"),
    Act("programmes.refusal.accepted", P.OPEN_PROGRAMME, accept_refusal),
    Act("programmes.refusal.declined", P.OPEN_PROGRAMME, decline_refusal),
    Act("programmes.stage.set_up", P.ASSIGN, set_up_stages),
    Act("programmes.stage.finished", P.ASSIGN, finish_stage),
    Act("programmes.stage.reopened", P.ASSIGN, reopen_stage),
]

from acts_matters import MATTERS  # noqa: E402 (it uses what stands above)

ACTS += MATTERS
