"""What an act is, and what each begins with: a document, a programme, a report under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import factories as make
from factories import NOW, days
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.directives.actions import duties
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions import (
    evidence,
    reports,
)
from tiendo.work.programmes.models import Obligation, Programme
from worlds import HEALTH, SCIENCE, Office

Do = Callable[[User], object]

P = Permission


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


def a_document(office: Office) -> Document:
    return make.read(
        make.machine(make.row("Việc một", SCIENCE), make.row("Việc hai", HEALTH)), office=office.body, by=office.chief
    )


def a_signed_document(office: Office) -> Document:
    document = a_document(office)
    duties.sign_table(document=document, by=office.chief, at=NOW)
    return document


def a_programme(office: Office) -> Programme:
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30))),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()),
        make.row("Sơ kết khi có chỉ đạo", SCIENCE, "Sở Lạ Chưa Biết", "Sở Y tế"),
        office=office.body,
        by=office.chief,
    )


def owed_work(office: Office) -> Obligation:
    return a_programme(office).obligations.get(standing=False)


def a_draft(office: Office):
    return reports.draft_once(obligation=owed_work(office), by=office.who("head", office.science), at=NOW)


def a_cited_piece(office: Office):
    draft = a_draft(office)
    clerk = office.who("clerk", office.science)
    return evidence.cite(answer=draft.answers.get(), number="1/BC", issued_on=days(-1), by=clerk, at=NOW)


def a_sent_report(office: Office):
    draft = a_cited_piece(office).answer.report
    return reports.submit(report=draft, by=office.who("head", office.science), at=NOW)
