"""A document to confirm, a programme with each kind of row, and forms as a browser posts them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import factories as make
from factories import days
from tiendo.doors.desk.documents.forms import RowForm
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models import Obligation, Programme, Report, Task
from vanban import model
from worlds import HEALTH, SCIENCE, Office

PLAN, LATE, STANDING, OTHER_STANDING, WAITING, SECRET, HEALTHS = range(1, 8)
UNKNOWN = "Sở Lạ Chưa Biết"


@dataclass
class World:
    """A programme with late and timely work, standing work, work that waits, and a restricted task."""

    office: Office
    programme: Programme

    @property
    def board(self) -> str:
        return f"/chuong-trinh/{self.programme.pk}/"

    def task(self, position: int) -> Task:
        return self.programme.tasks.get(position=position)

    def owed(self, position: int) -> Obligation:
        return self.programme.obligations.filter(task__position=position).latest("due")

    def writing(self, position: int) -> str:
        """The address of the page on which a task is answered."""
        owed = self.owed(position)
        if not owed.standing:
            return f"/viec/{owed.pk}/"
        return f"{self.board}ky/{owed.organisation_id}/{owed.period_start}/{owed.period_end}/"

    def sent(self, position: int) -> Report:
        return make.submitted(self.owed(position), at=make.NOW)


def open_programme(office: Office) -> World:
    programme = make.programme(
        make.row("Xây dựng kế hoạch chuyển đổi số", SCIENCE, deadline=make.by_date(days(30)), coordinators=[HEALTH]),
        make.row("Hoàn thiện đề án đô thị", SCIENCE, deadline=make.by_date(days(-10))),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()),
        make.row("Bồi dưỡng cán bộ", SCIENCE, deadline=make.continuous()),
        make.row("Sơ kết khi có chỉ đạo", SCIENCE, UNKNOWN),
        make.row("Báo cáo riêng", SCIENCE, deadline=make.by_date(days(20)), restricted="rule"),
        make.row("Khám sức khỏe định kỳ", HEALTH, deadline=make.by_date(days(15))),
        office=office.body,
        by=office.chief,
        tracked_from=days(-60),
    )
    return World(office, programme)


def waiting_document(office: Office) -> Document:
    """Read and waiting: a plain row, a row without a lead (a blocking doubt), a row to look at, and one of prose."""
    seen = make.machine(
        make.row("Xây dựng kế hoạch chuyển đổi số", SCIENCE, deadline=make.by_date(days(30))),
        make.row("Rà soát quy trình"),
        make.row("Bố trí kinh phí", HEALTH, coordinators=[SCIENCE]),
        make.row("Phổ biến đến toàn thể cán bộ", SCIENCE, origin="prose"),
        doubts=[
            model.Doubt(code="no_lead", message="Dòng không có cơ quan chủ trì.", severity="blocking", duty=1),
            model.Doubt(code="odd_deadline", message="Thời hạn cần xem lại.", duty=2),
            model.Doubt(code="odd_whole", message="Văn bản có hai phụ lục."),
        ],
    )
    return make.read(seen, office=office.body, by=office.chief)


def row_form(duty: Duty, **changes: object) -> dict[str, object]:
    """What the confirm form posts for a row as it stands."""
    shown = RowForm(initial=RowForm.initial_of(duty))
    posted = {field.html_name: field.value() for field in shown}
    for name in ("deadline_start", "deadline_end"):
        posted[name] = f"{posted[name]:%d/%m/%Y}" if posted[name] else ""
    if not posted["restricted"]:
        del posted["restricted"]
    return {"act": "save", **posted, **changes}


def words(response: object) -> str:
    """The page as it is read: no tags, single spaces."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
