"""The acts beside a report, as acts.py has them: coordinators, reviews, obstacles, causes, corrections, bút phê."""

from __future__ import annotations

import factories as make
from acts_begun import Act, Do, a_programme, a_sent_report, owed_work
from factories import NOW, days
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions import (
    causes,
    coordination,
    corrections,
    instructions,
    links,
    obstacles,
    progress,
    reports,
    waiting,
)
from tiendo.work.programmes.models import Obligation
from worlds import HEALTH, SCIENCE, Office


def revoke(office: Office) -> Do:
    sent = a_sent_report(office)
    reports.confirm(report=sent, seen_round=1, by=make.person("head", office.body), at=NOW)
    return lambda by: reports.revoke(report=sent, reason="Minh chứng sai.", seen_round=1, by=by, at=NOW)


def _coordinated(office: Office, coordinator: str):
    programme = make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)), coordinators=[coordinator]),
        office=office.body,
        by=office.chief,
    )
    return programme.tasks.get().assignments.get(role="coordinate")


def invite(office: Office) -> Do:
    row = _coordinated(office, "Sở Y tế")
    return lambda by: coordination.invite(assignment=row, asked="Cung cấp số liệu.", due=days(9), by=by, at=NOW)


def not_invited(office: Office) -> Do:
    row = _coordinated(office, "Sở Y tế")
    coordination.invite(assignment=row, due=days(9), by=office.who("head", office.science), at=NOW)
    return lambda by: coordination.withdraw(assignment=row, by=by, at=NOW)


def _led_by_health(office: Office):
    programme = make.programme(
        make.row("Khám sức khỏe", HEALTH, deadline=make.by_date(days(30)), coordinators=[SCIENCE]),
        office=office.body,
        by=office.chief,
    )
    return programme.tasks.get().assignments.get(role="coordinate")


def part_done(office: Office) -> Do:
    row = _led_by_health(office)
    return lambda by: coordination.part_done(assignment=row, by=by, at=NOW)


def part_open(office: Office) -> Do:
    row = _led_by_health(office)
    coordination.part_done(assignment=row, by=office.who("clerk", office.science), at=NOW)
    return lambda by: coordination.part_open(assignment=row, by=by, at=NOW)


def set_review(office: Office) -> Do:
    task = a_programme(office).tasks.get(position=3)
    return lambda by: waiting.set_review(task=task, on=days(30), by=by, at=NOW)


def instruct(office: Office) -> Do:
    owed, clerk = owed_work(office), office.who("clerk", office.science)
    return lambda by: instructions.give(obligation=owed, to=clerk, text="Làm ngay.", due=days(3), by=by, at=NOW)


def obstacle(office: Office) -> Do:
    owed = owed_work(office)
    return lambda by: obstacles.report(
        obligation=owed, text="Chưa có kinh phí.", level_text="Ban Thường vụ", by=by, at=NOW
    )


def decide_obstacle(office: Office) -> Do:
    raised = make.obstacle(owed_work(office))
    return lambda by: obstacles.decide(
        obstacle=raised, decision="Đồng ý cấp bổ sung.", decided_on=days(0), by=by, at=NOW
    )


def ask_cause(office: Office) -> Do:
    owed = owed_work(office)
    return lambda by: causes.ask(obligation=owed, reason="Bão lũ.", number="5/QĐ", proved_on=days(-9), by=by, at=NOW)


def withdraw_cause(office: Office) -> Do:
    asked = make.cause(owed_work(office))
    return lambda by: causes.withdraw(cause=asked, by=by, at=NOW)


def give_cause_on(office: Office) -> Do:
    asked = make.cause(owed_work(office))
    return lambda by: causes.give_on(cause=asked, competent=office.root, by=by, at=NOW)


def decide_cause(office: Office) -> Do:
    asked = make.cause(owed_work(office))
    return lambda by: causes.decide(cause=asked, granted=True, word="Đúng như đề nghị.", by=by, at=NOW)


def refuse_cause(office: Office) -> Do:
    asked = make.cause(owed_work(office))
    return lambda by: causes.decide(cause=asked, granted=False, word="Không liên quan.", by=by, at=NOW)


def _handed_in(office: Office) -> Obligation:
    return a_sent_report(office).answers.get().obligation


def propose(office: Office) -> Do:
    owed = _handed_in(office)
    return lambda by: corrections.propose(
        obligation=owed, field="submitted_on", after=days(-1), reason="Gõ nhầm.", by=by, at=NOW
    )


def decide_correction(office: Office) -> Do:
    asked = make.correction(_handed_in(office))
    return lambda by: corrections.decide(correction=asked, granted=True, word="Đúng sổ văn bản.", by=by, at=NOW)


def refuse_correction(office: Office) -> Do:
    asked = make.correction(_handed_in(office))
    return lambda by: corrections.decide(correction=asked, granted=False, word="Sổ ghi khác.", by=by, at=NOW)


def send_progress(office: Office) -> Do:
    draft = make.report(owed_work(office))
    answers = {draft.answers.get().obligation_id: reports.Said(text="Đã khảo sát.", percent=40)}
    draft = reports.save(
        report=draft, answers=answers, version=draft.version, by=office.who("clerk", office.science), at=NOW
    )
    return lambda by: reports.send_progress(report=draft, by=by, at=NOW)


def confirm_progress(office: Office) -> Do:
    sent = make.progress(owed_work(office))
    return lambda by: progress.confirm(progress=sent, by=by, at=NOW)


def send_progress_back(office: Office) -> Do:
    sent = make.progress(owed_work(office))
    return lambda by: progress.send_back(progress=sent, word="Chưa rõ đã làm gì.", by=by, at=NOW)


def revoke_progress(office: Office) -> Do:
    sent = make.progress(owed_work(office))
    progress.confirm(progress=sent, by=make.person("head", office.body), at=NOW)
    return lambda by: progress.revoke(progress=sent, word="Số liệu sai.", by=by, at=NOW)


def withdraw_progress(office: Office) -> Do:
    sent = make.progress(owed_work(office))
    return lambda by: progress.withdraw(progress=sent, by=by, at=NOW)


def progress_on_paper(office: Office) -> Do:
    link, _token = make.link_and_token(owed_work(office))
    owed = link.obligation
    links.keep(link=link, answers={owed.pk: links.Said(text="Đang làm.", percent=40)}, cited={}, version=1, at=NOW)
    return lambda by: links.progress_on_paper(link=link, number="15/BC", signed_on=days(0), by=by, at=NOW)


P = Permission
MATTERS = [
    Act("programmes.report.confirmation_revoked", P.CONFIRM_REPORT, revoke),
    Act("programmes.task.part_asked", P.SUBMIT_REPORT, invite, "science"),
    Act("programmes.task.part_asked", P.ASSIGN, invite, id="programmes.task.part_asked_by_the_office"),
    Act("programmes.task.part_not_asked", P.SUBMIT_REPORT, not_invited, "science"),
    Act("programmes.task.part_done", P.WRITE_REPORT, part_done, "science"),
    Act("programmes.task.part_not_done", P.WRITE_REPORT, part_open, "science"),
    Act("programmes.task.review_set", P.OPEN_EVENT, set_review),
    Act("programmes.instruction.given", P.SUBMIT_REPORT, instruct, "science"),
    Act("programmes.progress.reported", P.SUBMIT_REPORT, send_progress, "science"),
    Act("programmes.progress.reported_on_paper", P.ASSIGN, progress_on_paper),
    Act("programmes.progress.confirmed", P.CONFIRM_REPORT, confirm_progress),
    Act("programmes.progress.sent_back", P.CONFIRM_REPORT, send_progress_back),
    Act("programmes.progress.revoked", P.CONFIRM_REPORT, revoke_progress),
    Act("programmes.progress.withdrawn", P.SUBMIT_REPORT, withdraw_progress, "science"),
    Act("programmes.obstacle.raised", P.WRITE_REPORT, obstacle, "science"),
    Act("programmes.obstacle.decided", P.OPEN_EVENT, decide_obstacle),
    Act("programmes.cause.asked", P.SUBMIT_REPORT, ask_cause, "science"),
    Act("programmes.cause.withdrawn", P.SUBMIT_REPORT, withdraw_cause, "science"),
    Act("programmes.cause.given_on", P.CONFIRM_REPORT, give_cause_on),
    Act("programmes.cause.granted", P.CONFIRM_REPORT, decide_cause),
    Act("programmes.cause.refused", P.CONFIRM_REPORT, refuse_cause),
    Act("programmes.correction.proposed", P.SUBMIT_REPORT, propose, "science"),
    Act("programmes.correction.granted", P.CONFIRM_REPORT, decide_correction),
    Act("programmes.correction.refused", P.CONFIRM_REPORT, refuse_correction),
]
