"""The pages of plans below a programme."""

from __future__ import annotations

import pytest

import factories as make
import snapshots
from doors.desk.world import World, words
from factories import by_date, days, row
from tiendo.work.programmes.actions import cascading
from worlds import HEALTH, SCIENCE


@pytest.fixture
def below(world: World):
    """The plan of one body, opened by itself; one line is like one above, one is restricted."""
    return make.programme(
        row("Xây dựng kế hoạch chuyển đổi số của ngành", HEALTH, deadline=by_date(days(20))),
        row("Việc kín của ngành", HEALTH, deadline=by_date(days(20)), restricted="rule"),
        office=world.office.science,
        by=world.office.who("office_head", world.office.science),
    )


def test_bodies_are_asked_and_a_wrong_form_keeps_what_was_typed(world: World, enter):
    client, there = enter(world.office.chief), f"{world.board}cu-the-hoa/"
    assert "Cụ thể hóa" in words(client.get(world.board))
    wrong = client.post(there, {"bodies": [world.office.science.pk], "due": "31/02/2026", "basis": "Mục III"})
    assert wrong.status_code == 422
    assert "Ngày chưa hợp lệ" in words(wrong)
    assert 'value="Mục III"' in wrong.content.decode()
    nobody = client.post(there, {"due": "01/04/2026"})
    assert "chọn ít nhất một cơ quan" in words(nobody)
    done = client.post(
        there, {"bodies": [world.office.science.pk], "due": "01/04/2026", "basis": "Mục III"}, follow=True
    )
    assert "Đã yêu cầu 1 cơ quan" in words(done)
    assert "chưa ban hành, còn hạn" in words(done)
    file = client.get(f"{there}?dang=csv")
    assert SCIENCE in file.content.decode()
    assert "text/csv" in file["Content-Type"]


def test_a_body_hands_its_plan_in_and_lines_are_tied(world: World, below, enter):
    asked = make.requirement(world.programme, world.office.science)
    there = f"/cu-the-hoa/{asked.pk}/"
    head = enter(world.office.who("office_head", world.office.science))
    assert "12-CTr/TU" in words(head.get("/cu-the-hoa/"))
    empty = head.post(there, {"act": "answer", "number": "", "issued_on": ""})
    assert empty.status_code == 422
    assert "ghi số, ký hiệu và ngày" in words(empty)
    shown = words(head.post(there, {"act": "answer", "document": below.document_id}, follow=True))
    assert "Đã ghi kế hoạch" in shown
    assert "giống" in shown
    client = enter(world.office.officer)
    seen = words(client.get(there))
    assert "Việc kín của ngành" not in seen
    assert "Báo cáo theo chế độ riêng" in seen
    pair = {"upper": world.task(1).pk, "lower": below.tasks.get(position=1).pk}
    assert "Đã nối hai dòng" in words(client.post(there, {"act": "link", **pair}, follow=True))
    assert "đã được nối" in words(client.post(there, {"act": "link", **pair}))
    assert client.post(there, {"act": "link", "upper": "x", "lower": 10**30}).status_code == 422
    lines = client.get(f"{world.board}cu-the-hoa/nhiem-vu/?dong=none")
    assert world.task(1) not in lines.context["table"]["rows"]
    assert "Báo cáo riêng" not in client.get(f"{world.board}cu-the-hoa/nhiem-vu/?dang=csv").content.decode()
    tie = world.task(1).answered_below.get()
    assert client.post(there, {"act": "unlink", "link": "-1"}).status_code == 404
    assert "Đã gỡ nối" in words(client.post(there, {"act": "unlink", "link": tie.pk}, follow=True))
    assert "lại phải xây dựng" in words(client.post(there, {"act": "take_back"}, follow=True))
    assert "Đã rút yêu cầu" in words(enter(world.office.chief).post(there, {"act": "withdraw"}, follow=True))


def test_who_only_looks_changes_nothing(world: World, enter):
    asked = make.requirement(world.programme, world.office.science)
    cascading.answer(requirement=asked, number="5-KH", issued_on=days(-1), by=world.office.officer, at=make.NOW)
    client = enter(world.office.clerk)
    before = snapshots.rows()
    for act in ("take_back", "withdraw"):
        assert client.post(f"/cu-the-hoa/{asked.pk}/", {"act": act}).status_code == 403
    assert client.post(f"{world.board}cu-the-hoa/", {"due": "01/04/2026"}).status_code == 403
    assert snapshots.rows() == before
