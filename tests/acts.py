"""Every act of the rooms by which a person changes something, ready to be done once.

`tests/work/test_acts.py` asks the same of each: who may, what the audit says, that a failure leaves nothing half done.
"""

from __future__ import annotations

import factories as make
from acts_begun import (
    Act,
    Do,
    P,
    a_cited_piece,
    a_document,
    a_draft,
    a_programme,
    a_sent_report,
    a_signed_document,
    owed_work,
)
from acts_matters import MATTERS
from acts_of_changes import CHANGES
from acts_of_documents import DOCUMENTS
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
from register_files import edited
from tiendo.work.directives.actions import documents, duties
from tiendo.work.programmes.actions import (
    evidence,
    forms,
    letters,
    programmes,
    reports,
    snapshots,
    tasks,
)
from tiendo.work.programmes.form_files import form_xlsx
from tiendo.work.programmes.models import Letter
from worlds import SCIENCE, Office


def freeze(office: Office) -> Do:
    programme = a_programme(office)
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


def open_programme(office: Office) -> Do:
    document = a_signed_document(office)
    documents.approve(document=document, by=office.chief, at=NOW)
    document.refresh_from_db()
    return lambda by: programmes.open(document=document, by=by, at=NOW)


def open_more(office: Office) -> Do:
    document = a_document(office)
    one, two = document.duties.all()
    duties.sign(duty=one, by=office.chief, at=NOW)
    document = documents.approve(document=document, by=office.chief, at=NOW, leave_waiting=True)
    programme = programmes.open(document=document, by=office.chief, at=NOW)
    duties.sign(duty=two, by=office.chief, at=NOW)
    return lambda by: programmes.open_more(programme=programme, by=by, at=NOW)


def name_body(office: Office) -> Do:
    waiting = a_programme(office).tasks.get(position=3).assignments.get(party_text="Sở Lạ Chưa Biết")
    return lambda by: tasks.name_body(assignment=waiting, organisation=office.elsewhere, by=by, at=NOW)


def name_everywhere(office: Office) -> Do:
    waiting = a_programme(office).tasks.get(position=3).assignments.get(party_text="Sở Lạ Chưa Biết")
    return lambda by: tasks.name_everywhere(assignment=waiting, organisation=office.elsewhere, by=by, at=NOW)


def unname_body(office: Office) -> Do:
    lead = a_programme(office).tasks.get(position=1).assignments.get()
    return lambda by: tasks.unname_body(assignment=lead, by=by, at=NOW)


def unname_everywhere(office: Office) -> Do:
    lead = a_programme(office).tasks.get(position=1).assignments.get()
    return lambda by: tasks.unname_everywhere(assignment=lead, by=by, at=NOW)


def set_confirming(office: Office) -> Do:
    task = a_programme(office).tasks.get(position=1)
    return lambda by: tasks.set_confirming(task=task, organisation=office.health, by=by, at=NOW)


def change(office: Office) -> Do:
    programme = a_programme(office)
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
    lead = a_programme(office).tasks.get(position=3).assignments.get(organisation=office.health)
    return lambda by: tasks.set_focal(assignment=lead, by=by, at=NOW)


def open_by_event(office: Office) -> Do:
    task = a_programme(office).tasks.get(position=3)
    return lambda by: tasks.open_by_event(
        task=task, basis="Công văn 9-CV/TW", happened_on=days(0), due=days(20), by=by, at=NOW
    )


def set_restricted(office: Office) -> Do:
    task = a_programme(office).tasks.get(position=1)
    return lambda by: tasks.set_restricted(task=task, restricted=True, by=by, at=NOW)


def draft_once(office: Office) -> Do:
    owed = owed_work(office)
    return lambda by: reports.draft_once(obligation=owed, by=by, at=NOW)


def draft_period(office: Office) -> Do:
    owed = a_programme(office).obligations.get(standing=True)
    period = f"{owed.period_start}/{owed.period_end}"
    return lambda by: reports.draft_period(
        programme=owed.programme, organisation=owed.organisation, period=period, by=by, at=NOW
    )


def save(office: Office) -> Do:
    draft = a_draft(office)
    said = {draft.answers.get().obligation_id: reports.Said(text="Đã trình.")}
    return lambda by: reports.save(report=draft, answers=said, version=1, by=by, at=NOW)


def submit(office: Office) -> Do:
    draft = a_cited_piece(office).answer.report
    return lambda by: reports.submit(report=draft, by=by, at=NOW)


def confirm(office: Office) -> Do:
    sent = a_sent_report(office)
    return lambda by: reports.confirm(report=sent, seen_round=1, by=by, at=NOW)


def ask_more(office: Office) -> Do:
    sent = a_sent_report(office)
    return lambda by: reports.ask_more(report=sent, seen_round=1, reason="Thiếu số liệu quý II.", by=by, at=NOW)


def cite(office: Office) -> Do:
    answer = a_draft(office).answers.get()
    return lambda by: evidence.cite(answer=answer, number="1/BC", issued_on=days(-1), by=by, at=NOW)


def attach(office: Office) -> Do:
    answer = a_draft(office).answers.get()
    return lambda by: evidence.attach(answer=answer, filename="a.pdf", chunks=[b"%PDF-1.7 x"], by=by, at=NOW)


def withdraw(office: Office) -> Do:
    piece = a_cited_piece(office)
    return lambda by: evidence.withdraw(evidence=piece, by=by, at=NOW)


def hand_out(office: Office) -> Do:
    programme = a_programme(office)
    return lambda by: forms.hand_out(programme=programme, organisation=office.science, by=by, at=NOW)


def hand_out_all(office: Office) -> Do:
    programme = a_programme(office)
    return lambda by: forms.hand_out_all(programme=programme, by=by, at=NOW)


def take_form(office: Office) -> Do:
    form, rows = forms.hand_out(programme=a_programme(office), organisation=office.science, by=office.chief, at=NOW)
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


ACTS = [
    *DOCUMENTS,
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
    *CHANGES,
    *MATTERS,
]
