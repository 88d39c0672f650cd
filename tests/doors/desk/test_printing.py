"""What a programme prints: the annex of follow-up, as of a day, and the reconciliation both ways."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

import factories as make
from doors.desk.world import LATE, SECRET, words
from factories import days
from register_files import register
from tiendo.work.directives import registers
from tiendo.work.directives.actions import documents, duties
from tiendo.work.directives.actions import registers as taking
from tiendo.work.programmes.actions import evidence, programmes, reports

pytestmark = pytest.mark.django_db


def cells(content: bytes, sheet: int = 0) -> list[list[str]]:
    found = load_workbook(io.BytesIO(content)).worksheets[sheet]
    return [[str(cell or "") for cell in row] for row in found.iter_rows(values_only=True)]


def test_the_annex_holds_every_task_with_its_answer_and_evidence(office, world, enter):
    report = world.sent(LATE)
    piece = report.answers.get().evidence.get()
    page = words(enter(office.officer).get(f"{world.board}phu-luc/"))
    assert "Tình trạng đến hết ngày 02/03/2026" in page
    assert "Gửi muộn, chờ xác nhận" in page
    assert (piece.number or piece.filename) in page
    rows = cells(enter(office.officer).get(f"{world.board}phu-luc/?dang=xlsx").content)
    assert len(rows) == 4 + world.programme.tasks.count()
    assert rows[3][:3] == ["Số", "Nhiệm vụ", "Chủ trì"]
    late = rows[3 + LATE]
    assert late[5] == "Gửi muộn, chờ xác nhận"
    assert late[7]


def test_of_a_restricted_task_number_date_and_receiver_alone(office, world, enter):
    head = office.who("head", office.science)
    draft = reports.draft_once(obligation=world.owed(SECRET), by=head, at=make.NOW)
    evidence.cite(answer=draft.answers.get(), number="7/BC", issued_on=days(-1), level="Tỉnh ủy", by=head, at=make.NOW)
    reports.submit(report=draft, by=head, at=make.NOW)
    row = cells(enter(office.officer).get(f"{world.board}phu-luc/?dang=xlsx").content)[3 + SECRET]
    assert (row[6], row[7]) == ("Báo cáo theo chế độ riêng", "7/BC ngày 01/03/2026, nơi nhận: Tỉnh ủy")
    board = cells(enter(office.officer).get(f"{world.board}?dang=xlsx").content)
    assert [row[9] for row in board if "7/BC" in row[9]] == [
        "Báo cáo theo chế độ riêng\n7/BC ngày 01/03/2026, nơi nhận: Tỉnh ủy"
    ]


def test_as_of_a_past_day_it_is_as_it_stood(office, enter):
    programme = make.programme(
        make.row("Hoàn thiện đề án", "Sở Khoa học và Công nghệ", deadline=make.by_date(days(-5))),
        office=office.body, by=office.chief, tracked_from=days(-60), at=make.moment(days(-20)),
    )  # fmt: skip
    owed = programme.obligations.get()
    make.submitted(owed, at=make.NOW)
    client = enter(office.officer)
    now = cells(client.get(f"/chuong-trinh/{programme.pk}/phu-luc/?dang=xlsx").content)
    then = cells(client.get(f"/chuong-trinh/{programme.pk}/phu-luc/?dang=xlsx&khi={days(-10)}").content)
    assert now[4][5] == "Gửi muộn, chờ xác nhận"
    assert (then[4][5], then[4][6], then[4][7]) == ("Trong hạn", "", "")
    assert f"{days(-10):%d/%m/%Y}" in then[2][0]


def test_a_body_prints_its_own_tasks_and_answers_alone(office, world, enter):
    rows = cells(enter(office.who("clerk", office.health)).get(f"{world.board}phu-luc/?dang=xlsx").content)
    assert {row[1] for row in rows[4:]} == {"Xây dựng kế hoạch chuyển đổi số", "Khám sức khỏe định kỳ"}
    assert enter(office.who("clerk", office.health)).get(f"{world.board}doi-chieu/").status_code == 404


def test_the_number_of_queries_does_not_grow(office, world, enter, django_assert_max_num_queries):
    client = enter(office.officer)
    with django_assert_max_num_queries(25):
        client.get(f"{world.board}phu-luc/")
    with django_assert_max_num_queries(25):
        client.get(f"{world.board}doi-chieu/")


def from_register(office):
    held = make.register(register(), office=office.body, by=office.chief)
    seen = registers.preview(held, registers.proposed(held, registers.sheets(held)), today=make.TODAY)
    taking.take_in(document=held, mapped=seen.mapped, digest=seen.digest, by=office.officer, at=make.NOW)
    _one, two, *_rest = held.duties.all()
    duties.leave_out(duty=two, reason="Đã xong từ lâu.", by=office.officer, at=make.NOW)
    duties.sign_table(document=held, by=office.chief, at=make.NOW)
    held = documents.approve(document=held, by=office.chief, at=make.NOW)
    return programmes.open(document=held, by=office.chief, at=make.NOW)


def test_every_line_is_accounted_for_and_every_task_leads_back(office, enter):
    programme = from_register(office)
    client = enter(office.officer)
    page = words(client.get(f"/chuong-trinh/{programme.pk}/doi-chieu/"))
    assert "không theo dõi: Đã xong từ lâu." in page
    assert "trang tính 1, dòng 5" in page
    content = client.get(f"/chuong-trinh/{programme.pk}/doi-chieu/?dang=xlsx").content
    down, up = cells(content), cells(content, 1)
    assert [row[4] for row in down[3:]] == ["thành nhiệm vụ", "không theo dõi", *["thành nhiệm vụ"] * 3]
    assert [row[3] for row in up[3:]] == [f"trang tính 1, dòng {line}" for line in (5, 7, 8, 9)]
    assert up[3][4].startswith("1 │ Xây dựng kế hoạch chuyển đổi số")


def test_joined_rows_say_of_which_lines_they_are(office, enter):
    document = make.read(
        make.machine(*(make.row(f"Việc {n}", "Sở Y tế", deadline=make.by_date(days(30))) for n in (1, 2, 3))),
        office=office.body, by=office.chief,
    )  # fmt: skip
    one, two, _three = document.duties.all()
    duties.join(duties=[one, two], by=office.officer, at=make.NOW)
    duties.sign_table(document=document, by=office.chief, at=make.NOW)
    document = documents.approve(document=document, by=office.chief, at=make.NOW)
    programme = programmes.open(document=document, by=office.chief, at=make.NOW)
    page = words(enter(office.officer).get(f"/chuong-trinh/{programme.pk}/doi-chieu/"))
    assert "gộp thành một nhiệm vụ (dòng 1, 2)" in page


def test_the_board_leads_to_what_is_printed(office, world, enter):
    shown = enter(office.officer).get(world.board).content.decode()
    for address in ("phu-luc/", "doi-chieu/", "mau/"):
        assert f'href="{world.board}{address}"' in shown
