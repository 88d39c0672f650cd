"""A programme as a workbook: what its board shows, texts as texts, a restricted task's content left out."""

from __future__ import annotations

import pytest
from django.utils.translation import override

import factories as make
from factories import NOW, by_date, continuous, days, row
from tiendo.work.programmes.actions import evidence, reports, tasks
from tiendo.work.programmes.exports import programme_xlsx
from tiendo.work.programmes.models import Programme
from workbooks import cells
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(office: Office) -> Programme:
    made = make.programme(
        row("=HYPERLINK(1)", SCIENCE, deadline=by_date(days(9)), coordinators=[HEALTH], product="Đề án"),
        row("Tuyên truyền", SCIENCE, deadline=continuous()),
        row("Chờ chỉ đạo", "Sở Lạ"),
        office=office.body,
        by=office.chief,
    )
    sent = make.submitted(made.obligations.get(standing=False))
    reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW)
    return made


def sheet(programme: Programme, day: int = 0, **more: object) -> list[list[str]]:
    return cells(programme_xlsx(programme, days(day), **more), 1)


def test_the_head_says_what_and_until_when(programme):
    title, sums, heads, *_ = sheet(programme)
    assert title == ["12-CTr/TU – Chương trình hành động về chuyển đổi số"]
    assert sums[0].startswith("Tình trạng đến hết ngày 02/03/2026. Hoàn thành 1/1 việc đến hạn")
    assert "Báo cáo kỳ: đã gửi 0/0 báo cáo đến hạn, trong đó gửi quá hạn 0; chưa đến hạn 1." in sums[0]
    assert heads[2] == "Nội dung nhiệm vụ"


def test_each_task_has_its_line(programme):
    first, second, third = sheet(programme)[3:]
    assert first[2:6] == ["=HYPERLINK(1)", SCIENCE, HEALTH, f"trước ngày {days(9):%d/%m/%Y}"]
    assert first[6:] == [f"{days(9):%d/%m/%Y}", "Hoàn thành đúng hạn", "Đề án", f"31/BC-SKHCN ngày {days(-1):%d/%m/%Y}"]
    assert second[6:8] == ["25/06/2026", "Chưa báo cáo kỳ"]
    assert (third[3], third[6], third[7]) == ("Sở Lạ", "", "Chờ gán cơ quan")


def test_a_draft_is_not_shown(programme, office: Office):
    owed = programme.obligations.get(standing=True)
    head = office.who("head", office.science)
    report = reports.draft_once(obligation=owed, by=head, at=NOW)
    reports.save(report=report, answers={owed.pk: reports.Said(text="Bí mật nội bộ")}, version=1, by=head, at=NOW)
    assert sheet(programme)[4][9] == ""
    reports.submit(report=report, by=head, at=NOW)
    assert sheet(programme)[4][9] == "6 tháng đầu năm 2026; Bí mật nội bộ"


def test_a_restricted_task_shows_numbers_and_dates_only(office: Office):
    made = make.programme(row("Việc", SCIENCE, deadline=by_date(days(9))), office=office.body, by=office.chief)
    head = office.who("head", office.science)
    report = reports.draft_once(obligation=made.obligations.get(), by=head, at=NOW)
    owed = made.obligations.get()
    reports.save(report=report, answers={owed.pk: reports.Said(text="noi dung cu")}, version=1, by=head, at=NOW)
    evidence.attach(answer=report.answers.get(), filename="ten-tep.pdf", chunks=[b"%PDF-"], by=head, at=NOW)
    evidence.cite(answer=report.answers.get(), number="9/BC", issued_on=days(-2), by=head, at=NOW)
    reports.submit(report=report, by=head, at=NOW)
    assert sheet(made)[3][9] == f"noi dung cu; ten-tep.pdf; 9/BC ngày {days(-2):%d/%m/%Y}"
    tasks.set_restricted(task=made.tasks.get(), restricted=True, by=office.chief, at=NOW)
    assert sheet(made)[3][9] == f"Báo cáo theo chế độ riêng\n9/BC ngày {days(-2):%d/%m/%Y}"


def test_only_what_a_person_sees(programme):
    shown = sheet(programme, tasks=programme.tasks.filter(position=1), obligations=programme.obligations.none())
    assert [line[2] for line in shown[4:]] == ["=HYPERLINK(1)"]
    assert shown[4][7:] == ["Hoàn thành đúng hạn", "Đề án", ""], "how it stands, not what was answered"
    assert "Hoàn thành 0/0 việc đến hạn:" in shown[1][0]
    assert shown[2][0].startswith("Danh sách gồm 1/3 nhiệm vụ")


def test_a_filtered_list_says_so_and_keeps_the_programmes_own_rate(programme):
    """A list of one task does not say that of one thing nothing was done."""
    shown = sheet(programme, tasks=programme.tasks.filter(position=2), filtered="Tình trạng: Quá hạn")
    assert "Hoàn thành 1/1 việc đến hạn" in shown[1][0]
    assert shown[2][0].startswith("DANH SÁCH ĐÃ LỌC (Tình trạng: Quá hạn): 1/3 nhiệm vụ.")
    assert [line[2] for line in shown[4:]] == ["Tuyên truyền"]


def test_why_nothing_is_owed_is_said_in_vietnamese(office: Office):
    made = make.programme(
        row("Đã qua", SCIENCE, deadline=by_date(days(-400))),
        row("Chờ", SCIENCE),
        row("Lạ", "Sở Lạ", deadline=by_date(days(9))),
        office=office.body,
        by=office.chief,
    )
    with override("en"):
        words = [line[7] for line in sheet(made)[3:]]
    assert words == ["Chưa có số liệu", "Chờ sự kiện", "Chờ gán cơ quan"]
