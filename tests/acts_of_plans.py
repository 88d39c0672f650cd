"""The acts about plans below a programme and about amendments, ready to be done once: listed in acts.py."""

from __future__ import annotations

from collections.abc import Callable

import factories as make
from factories import NOW, days
from tiendo.foundation.accounts.models import User
from tiendo.work.programmes.actions import amendments, cascading
from tiendo.work.programmes.models import Amendment, Programme, Task
from worlds import SCIENCE, Office

Do = Callable[[User], object]


def _programme(office: Office) -> Programme:
    line = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)))
    return make.programme(line, office=office.body, by=office.chief)


def require_plans(office: Office) -> Do:
    programme = _programme(office)
    return lambda by: cascading.require_plans(
        programme=programme, organisations=[office.science], due=days(30), by=by, at=NOW
    )


def withdraw_requirement(office: Office) -> Do:
    asked = make.requirement(_programme(office), office.science)
    return lambda by: cascading.withdraw_requirement(requirement=asked, by=by, at=NOW)


def answer_with_plan(office: Office) -> Do:
    asked = make.requirement(_programme(office), office.science)
    return lambda by: cascading.answer(requirement=asked, number="5-KH/SKHCN", issued_on=days(-1), by=by, at=NOW)


def take_plan_back(office: Office) -> Do:
    asked = make.requirement(_programme(office), office.science)
    cascading.answer(requirement=asked, number="5-KH/SKHCN", issued_on=days(-1), by=office.chief, at=NOW)
    return lambda by: cascading.take_answer_back(requirement=asked, by=by, at=NOW)


def _plan_below(office: Office) -> tuple[Task, Task]:
    asked = make.requirement(_programme(office), office.science)
    below = make.programme(make.row("Xây dựng kế hoạch của ngành", SCIENCE), office=office.science)
    head = office.who("office_head", office.science)
    cascading.answer(requirement=asked, document=below.document, by=head, at=NOW)
    return asked.programme.tasks.get(position=1), below.tasks.get()


def link_lines(office: Office) -> Do:
    upper, lower = _plan_below(office)
    return lambda by: cascading.link_lines(upper=upper, lower=lower, by=by, at=NOW)


def unlink_lines(office: Office) -> Do:
    upper, lower = _plan_below(office)
    tie = cascading.link_lines(upper=upper, lower=lower, by=office.officer, at=NOW)
    return lambda by: cascading.unlink(link=tie, by=by, at=NOW)


def _amending(office: Office) -> Amendment:
    programme = _programme(office)
    return make.amendment(programme, make.row("Việc mới", SCIENCE, deadline=make.by_date(days(40))))


def begin_amendment(office: Office) -> Do:
    programme = _programme(office)
    seen = make.machine(make.row("Việc mới", SCIENCE), symbol="40-CTr/TU")
    later = make.approved(seen, office=office.body, by=office.chief)
    return lambda by: amendments.begin(programme=programme, document=later, by=by, at=NOW)


def choose_line(office: Office) -> Do:
    amendment = _amending(office)
    line = amendment.lines.get(kind="add")
    return lambda by: amendments.choose(
        amendment=amendment, line=line, kind="add", duty=line.duty, chosen=False, by=by, at=NOW
    )


def discard_amendment(office: Office) -> Do:
    amendment = _amending(office)
    return lambda by: amendments.discard(amendment=amendment, by=by, at=NOW)


def carry_out_amendment(office: Office) -> Do:
    amendment = _amending(office)
    return lambda by: amendments.carry_out(amendment=amendment, on=days(0), by=by, at=NOW)
