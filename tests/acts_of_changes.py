"""The acts that move a date or change a task, refusals and stages, as acts.py has them."""

from __future__ import annotations

from acts_begun import (
    Act,
    Do,
    P,
    a_programme,
    owed_work,
)
from factories import NOW, days
from tiendo.work.programmes.actions import (
    changes,
    deadlines,
    refusals,
    stages,
)
from tiendo.work.programmes.actions.parts import moving
from worlds import Office


def ask_for_days(office: Office) -> Do:
    owed = owed_work(office)
    return lambda by: deadlines.ask(obligation=owed, wanted=days(60), reason="Chờ.", by=by, at=NOW)


def _asked(office: Office):
    head = office.who("head", office.science)
    return deadlines.ask(obligation=owed_work(office), wanted=days(60), reason="Chờ.", by=head, at=NOW)


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
    owed = owed_work(office)
    return lambda by: deadlines.extend(obligation=owed, day=days(60), reason="Chờ.", by=by, at=NOW)


def suspend(office: Office) -> Do:
    owed = owed_work(office)
    return lambda by: deadlines.suspend(obligation=owed, from_day=days(0), reason="Chờ.", by=by, at=NOW)


def resume(office: Office) -> Do:
    owed = owed_work(office)
    deadlines.suspend(obligation=owed, from_day=days(-3), reason="Chờ.", by=office.chief, at=NOW)
    return lambda by: deadlines.resume(obligation=owed, on_day=days(0), reason="Đã có.", by=by, at=NOW)


def recompute(office: Office) -> Do:
    """As if the calendar had named another day when it was raised."""
    programme = a_programme(office)
    moving.put([(programme.obligations.get(standing=True), days(1))], on=days(0))
    return lambda by: deadlines.recompute(programme=programme, by=by, at=NOW)


DECIDED = {"number": "12-QĐ/TU", "decided_on": days(0), "reason": "Trùng."}


def withdraw_task(office: Office) -> Do:
    task = a_programme(office).tasks.get(position=1)
    return lambda by: changes.withdraw(task=task, **DECIDED, by=by, at=NOW)


def reopen_task(office: Office) -> Do:
    task = a_programme(office).tasks.get(position=1)
    changes.withdraw(task=task, **DECIDED, by=office.chief, at=NOW)
    return lambda by: changes.reopen(task=task, **DECIDED, by=by, at=NOW)


def split_task(office: Office) -> Do:
    task = a_programme(office).tasks.get(position=1)
    parts = [changes.Part("Soạn", [office.science]), changes.Part("Khảo sát", [office.health])]
    return lambda by: changes.split(task=task, parts=parts, **DECIDED, by=by, at=NOW)


def change_lead(office: Office) -> Do:
    lead = a_programme(office).tasks.get(position=1).assignments.get()
    return lambda by: changes.change_lead(assignment=lead, organisation=office.health, **DECIDED, by=by, at=NOW)


def change_focal(office: Office) -> Do:
    lead = a_programme(office).tasks.get(position=3).assignments.get(organisation=office.health)
    return lambda by: changes.change_focal(assignment=lead, **DECIDED, by=by, at=NOW)


def refuse_task(office: Office) -> Do:
    lead = a_programme(office).tasks.get(position=1).assignments.get()
    return lambda by: refusals.refuse(assignment=lead, reason="Không đúng chức năng.", by=by, at=NOW)


def _refused(office: Office):
    lead = a_programme(office).tasks.get(position=1).assignments.get()
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
    task = a_programme(office).tasks.get(position=1)
    steps = [stages.Step("draft", office.science), stages.Step("issue", office.body)]
    return lambda by: stages.set_up(task=task, steps=steps, by=by, at=NOW)


def _staged(office: Office):
    task = a_programme(office).tasks.get(position=1)
    steps = [stages.Step("draft", office.science), stages.Step("issue", office.body)]
    return stages.set_up(task=task, steps=steps, by=office.officer, at=NOW)[0]


def finish_stage(office: Office) -> Do:
    stage = _staged(office)
    return lambda by: stages.finish(stage=stage, number="5-TTr", issued_on=days(0), by=by, at=NOW)


def reopen_stage(office: Office) -> Do:
    stage = _staged(office)
    stages.finish(stage=stage, number="5-TTr", issued_on=days(0), by=office.officer, at=NOW)
    return lambda by: stages.reopen_last(task=stage.task, by=by, at=NOW)


CHANGES = [
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
