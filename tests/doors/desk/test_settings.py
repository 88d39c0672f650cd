"""Opening a programme with a look beforehand; changing how it is followed."""

from __future__ import annotations

import datetime as dt

import pytest

import factories as make
from doors.desk.world import LATE, words
from factories import days
from tiendo.work.programmes.models import Programme
from worlds import HEALTH, SCIENCE

OWN = "Văn phòng Tỉnh ủy"


@pytest.fixture
def client(office, enter):
    return enter(office.chief)


@pytest.fixture
def approved(office):
    """One row of each fate; the office leads one itself."""
    seen = make.machine(
        make.row("Đã qua", SCIENCE, deadline=make.by_date(dt.date(2024, 1, 1))),
        make.row("Có hạn", SCIENCE, HEALTH, deadline=make.by_date(days(30))),
        make.row("Thường xuyên", SCIENCE, deadline=make.continuous()),
        make.row("Sự kiện", SCIENCE),
        make.row("Lạ", "Sở Lạ", deadline=make.by_date(days(30))),
    )
    return make.approved(seen, office=office.body, by=office.chief)


@pytest.fixture
def own(office):
    """The office leads a task and is to confirm it."""
    seen = make.machine(make.row("Của mình", OWN, deadline=make.by_date(days(30))))
    return make.approved(seen, office=office.body, by=office.chief)


def asked(office, **more):
    return {
        "confirming": office.body.pk, "tracked_from": "15/12/2025", "standing_every": "half", **more,
    }  # fmt: skip


def test_before_opening_one_sees_what_it_raises(client, approved):
    shown = words(client.get(f"/van-ban/{approved.pk}/mo-chuong-trinh/"))
    for part in (
        "Sẽ mở 5 nhiệm vụ",
        "Việc có thời hạn phải báo cáo 2",
        "Việc báo cáo theo kỳ, đến kỳ hiện tại 1",
        "Nhiệm vụ có tên chủ trì chưa gán được cơ quan 1",
        "Nhiệm vụ chờ sự kiện 1",
        "(đã qua trước ngày theo dõi) 1",
    ):
        assert part in shown, part
    assert "vẫn mở chương trình" not in shown


def test_the_preview_follows_what_was_chosen_and_opens_nothing(client, approved, office):
    answer = client.post(
        f"/van-ban/{approved.pk}/mo-chuong-trinh/", asked(office, standing_every="month", act="preview")
    )
    assert answer.status_code == 200
    assert "đến kỳ hiện tại 3" in words(answer)
    assert not Programme.objects.exists()


def test_what_nobody_could_confirm_is_opened_only_when_it_is_meant(client, own, office):
    there = f"/van-ban/{own.pk}/mo-chuong-trinh/"
    assert f"Không có ai xác nhận kết quả của {OWN}" in words(client.get(there))
    answer = client.post(there, asked(office))
    assert answer.status_code == 422
    assert "vẫn mở chương trình" in words(answer)
    assert not Programme.objects.exists()
    assert "Không có ai" not in words(client.post(there, asked(office, monitor=office.health.pk, act="preview")))
    client.post(there, asked(office, accept="1"))
    assert Programme.objects.get().obligations.get().confirming is None


def test_a_day_long_before_the_document_is_asked_about(client, approved, office):
    there = f"/van-ban/{approved.pk}/mo-chuong-trinh/"
    answer = client.post(there, asked(office, tracked_from="01/01/2016"))
    assert answer.status_code == 422
    assert "(01/01/2016) sớm hơn ngày ban hành văn bản (20/02/2026)" in words(answer)
    assert client.post(there, asked(office, tracked_from="01/01/2016", accept="1")).status_code == 302


@pytest.mark.parametrize(("day", "says"), [("01/01/2030", "ở tương lai"), ("01/01/1001", "sớm hơn năm 1990")])
def test_a_day_that_can_only_be_a_slip_is_refused(client, approved, office, day, says):
    answer = client.post(f"/van-ban/{approved.pk}/mo-chuong-trinh/", asked(office, tracked_from=day, accept="1"))
    assert answer.status_code == 422
    assert says in words(answer)
    assert not Programme.objects.exists()


# an open programme


def test_the_board_counts_what_nobody_can_confirm_and_leads_to_the_mend(client, own, office, enter):
    client.post(f"/van-ban/{own.pk}/mo-chuong-trinh/", asked(office, accept="1"))
    board = f"/chuong-trinh/{Programme.objects.get().pk}/"
    page = client.get(board)
    assert "1 nhiệm vụ chưa có cơ quan xác nhận kết quả" in words(page)
    assert f'href="{board}thiet-lap/"' in page.content.decode()
    assert [row.content for row in client.get(f"{board}?confirming=none").context["table"]["rows"]] == ["Của mình"]
    answer = client.post(f"{board}thiet-lap/", asked(office, monitor=office.health.pk), follow=True)
    assert "Đã lưu thiết lập" in words(answer)
    assert "chưa có cơ quan xác nhận" not in words(answer)
    assert client.get(f"{board}?confirming=none").context["table"]["rows"] == []


def test_once_answered_the_first_day_is_fixed(client, world, office):
    there = f"{world.board}thiet-lap/"
    assert "disabled" not in client.get(there).content.decode()
    world.sent(LATE)
    assert "nên ngày này giữ nguyên" in words(client.get(there))
    before = world.programme.tracked_from
    client.post(there, asked(office, tracked_from="01/01/2020", standing_every="quarter"))
    world.programme.refresh_from_db()
    assert (world.programme.tracked_from, world.programme.standing_every) == (before, "quarter")


@pytest.mark.parametrize(("day", "says"), [("01/01/2030", "ở tương lai"), ("", "Hãy ghi ngày")])
def test_a_refused_change_keeps_what_was_typed(client, world, office, day, says):
    answer = client.post(f"{world.board}thiet-lap/", asked(office, tracked_from=day, standing_every="year"))
    assert answer.status_code == 422
    assert says in words(answer)
    assert '<option value="year" selected>' in answer.content.decode()


def test_the_office_alone_changes_its_programme(world, office, enter):
    there = f"{world.board}thiet-lap/"
    for who in (office.officer, office.who("office_head", office.science)):
        assert enter(who).get(there).status_code == 403
        assert enter(who).post(there, asked(office)).status_code == 403
        assert "thiet-lap" not in enter(who).get(world.board).content.decode()
    assert enter(office.who("office_head", office.elsewhere)).get(there).status_code == 404
