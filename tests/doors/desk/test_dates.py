"""The day of one piece of work, as each may change it; what waits for a decision; a calendar that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import factories as make
from doors.desk.world import LATE, PLAN, SECRET, STANDING, words
from factories import TODAY, days
from tiendo.work.programmes.actions import deadlines, reports
from tiendo.work.programmes.models import DateChange, Obligation
from tiendo.work.programmes.queries import dates, owing
from tiendo.work.programmes.rules.periods import NEXT_WORKDAY, calendars

WHY = "Chờ hướng dẫn của Bộ."


@pytest.fixture
def owed(world):
    return world.owed(PLAN)


@pytest.fixture
def body(office, enter):
    return enter(office.who("clerk", office.science))


@pytest.fixture
def chief(office, enter):
    return enter(office.chief)


def url(owed) -> str:
    return f"/viec/{owed.pk}/thoi-han/"


def said(day) -> str:
    return f"{day:%d/%m/%Y}"


def ask(client, owed, **more):
    return client.post(url(owed), {"act": "ask", "wanted": said(days(60)), "reason": WHY, **more})


def acts(answer) -> list[str]:
    return [way.name for way in answer.context["outcome"].ways]


def test_asked_granted_and_told(body, chief, owed):
    assert acts(body.get(url(owed))) == ["ask"]
    assert ask(body, owed).status_code == 302
    assert acts(body.get(url(owed))) == ["withdraw"]
    home = words(chief.get("/"))
    assert "Chờ quyết định 1" in home
    assert "gia hạn từ 01/04/2026 đến 01/05/2026" in home
    page = chief.get(url(owed))
    assert acts(page) == ["grant", "refuse"]
    assert 'value="01/05/2026"' in page.content.decode(), "the day that was asked for stands there"
    chief.post(url(owed), {"act": "grant", "day": said(days(45)), "word": "Đến trước kỳ họp."})
    assert Obligation.objects.get(pk=owed.pk).due == days(45)
    shown = words(chief.get(url(owed)))
    for part in ("Hạn đầu tiên 01/04/2026", "Gia hạn 16/04/2026", WHY, "Đến trước kỳ họp.", "đã gia hạn 1/2 lần"):
        assert part in shown, part
    assert "Chờ quyết định" not in words(chief.get("/"))
    assert "16/04/2026" in words(chief.get(f"/nhiem-vu/{owed.task_id}/"))


def test_refused_needs_a_reason_and_keeps_what_was_typed(body, chief, owed):
    ask(body, owed)
    answer = chief.post(url(owed), {"act": "refuse", "word": " "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in words(answer)
    assert chief.post(url(owed), {"act": "refuse", "word": "Đã đủ thời gian."}).status_code == 302
    assert "Đã đủ thời gian." in words(body.get(url(owed)))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"wanted": "mai"}, "Ngày chưa hợp lệ"), ({"wanted": ""}, "Hãy ghi ngày"), ({"reason": ""}, "Hãy ghi lý do"),
        ({"wanted": "01/03/2026"}, "Hạn mới phải sau hạn hiện nay (01/04/2026)"),
        ({"reason": "x" * 1001}, "1000 ký tự"),
    ],
)  # fmt: skip
def test_a_form_that_is_refused_keeps_what_was_typed(body, owed, typed, told):
    answer = ask(body, owed, basis="Kết luận 9-KL/TU", **typed)
    assert answer.status_code == 422
    assert told in words(answer)
    assert 'value="Kết luận 9-KL/TU"' in answer.content.decode()
    assert not DateChange.objects.exists()


def test_a_second_request_from_an_old_page_is_not_lost_to_the_eye(body, owed):
    ask(body, owed)
    answer = ask(body, owed, reason="Lý do thứ hai dài hơn.")
    assert answer.status_code == 409
    assert "tình trạng đã thay đổi" in words(answer)
    assert "Lý do thứ hai dài hơn." in words(answer)
    assert DateChange.objects.count() == 1


def test_withdrawn(body, owed):
    ask(body, owed)
    body.post(url(owed), {"act": "withdraw"})
    assert DateChange.objects.get().state == "withdrawn"


def test_a_day_that_was_moved_stands_beside_the_first(chief, owed, world):
    """On the board and on the task's page; the first date stays. Of a past day the board says nothing of it."""
    first, task = f"{owed.due:%d/%m/%Y}", f"/nhiem-vu/{owed.task_id}/"
    assert "nay là" not in words(chief.get(world.board))
    assert "Hạn hiện nay" not in words(chief.get(task))
    deadlines.extend(obligation=owed, day=days(60), reason=WHY, by=world.office.chief, at=make.NOW)
    now = f"{days(60):%d/%m/%Y}"
    for there, what in ((world.board, f"{first} nay là {now}"), (task, f"Hạn hiện nay: {now}")):
        assert what in words(chief.get(there)), there
    assert "nay là" not in words(chief.get(f"{world.board}?khi={days(-1):%Y-%m-%d}"))


def test_the_office_extends_suspends_and_resumes(chief, owed):
    assert acts(chief.get(url(owed))) == ["extend", "suspend"]
    paper = {"number": "9-KL/TU", "issued_on": "01/03/2026"}
    chief.post(url(owed), {"act": "extend", "day": said(days(40)), "reason": WHY, **paper})
    chief.post(url(owed), {"act": "suspend", "from_day": said(days(-5)), "reason": WHY})
    assert acts(chief.get(url(owed))) == ["resume"]
    assert "tạm dừng" in words(chief.get(f"/nhiem-vu/{owed.task_id}/"))
    answer = chief.post(url(owed), {"act": "resume", "on_day": said(TODAY), "reason": "Đã có hướng dẫn."}, follow=True)
    assert "hạn nay là 16/04/2026" in words(answer)
    assert Obligation.objects.get(pk=owed.pk).due == days(45)


@pytest.mark.parametrize("paper", [{"number": "9-KL/TU"}, {"issued_on": "01/03/2026"}])
def test_half_a_paper_is_told_of(chief, owed, paper):
    answer = chief.post(url(owed), {"act": "extend", "day": said(days(40)), "reason": WHY, **paper})
    assert answer.status_code == 422
    assert "cả số, ký hiệu và ngày" in words(answer)


def test_who_only_looks_reads_why_and_changes_nothing(office, enter, owed):
    looking = enter(office.who("leader", office.root))
    page = looking.get(url(owed))
    assert acts(page) == []
    assert "Ngày cuối của thời hạn" in words(page)
    assert looking.post(url(owed), {"act": "extend", "day": said(days(40)), "reason": WHY}).status_code == 403


def test_a_body_does_not_see_anothers(office, enter, owed):
    assert enter(office.who("head", office.health)).get(url(owed)).status_code == 404


def test_nobody_of_the_body_decides(office, enter, owed):
    ask(enter(office.who("head", office.science)), owed)
    make.post("officer", body=office.science, who=office.chief)
    chief = enter(office.chief)
    assert "Chờ quyết định" not in words(chief.get("/"))
    assert "grant" not in acts(chief.get(url(owed)))


def test_of_a_restricted_task_only_numbers(body, chief, world):
    secret = world.owed(SECRET)
    page = body.get(url(secret))
    assert "chỉ ghi số và ngày của văn bản" in words(page)
    assert 'name="basis"' not in page.content.decode()
    answer = ask(body, secret)
    assert answer.status_code == 422
    assert "Hãy bỏ phần giải thích" in words(answer)
    assert ask(body, secret, reason="5-CV/SKHCN").status_code == 302
    assert chief.post(url(secret), {"act": "grant", "day": said(days(50)), "word": ""}).status_code == 302


def test_suspended_work_is_not_asked_for(body, chief, world, office):
    late = world.owed(LATE)
    assert "Hoàn thiện đề án đô thị" in words(body.get("/"))
    chief.post(url(late), {"act": "suspend", "from_day": said(TODAY), "reason": WHY})
    assert "Hoàn thiện đề án đô thị" not in words(body.get("/"))
    answer = body.get(world.writing(LATE), follow=True)
    assert "đang tạm dừng hoặc không còn phải báo cáo" in words(answer)
    assert answer.redirect_chain[-1][0] == f"/nhiem-vu/{late.task_id}/"


def test_a_report_sent_back_on_suspended_work_is_not_asked_for(chief, world, office, enter):
    sent = world.sent(PLAN)
    reports.ask_more(report=sent, reason="Thiếu biểu.", seen_round=1, by=office.chief, at=make.NOW)
    writer = enter(office.who("clerk", office.science))
    assert "Thiếu biểu." in words(writer.get("/"))
    deadlines.suspend(obligation=world.owed(PLAN), from_day=TODAY, reason=WHY, by=office.chief, at=make.NOW)
    assert "Thiếu biểu." not in words(writer.get("/"))


# -- a calendar that changed -------------------------------------------------------------------------------------------


@pytest.fixture
def saturday(world, monkeypatch):
    """The half-year's report is due on 25/06/2026; the calendar names the 28th, a Sunday, from now on."""
    changed = {key: replace(one, due_day=28, off_day=NEXT_WORKDAY) for key, one in calendars().items()}
    for module in (dates, owing):
        monkeypatch.setattr(module, "calendars", lambda: changed)
    return f"{world.board}tinh-lai-han/"


def test_shown_first_then_done(chief, world, saturday):
    shown = words(chief.get(saturday))
    for part in ("Tuyên truyền", "25/06/2026", "29/06/2026", "Tính lại hạn của 2 việc", "Tết Nguyên đán Bính Ngọ"):
        assert part in shown, part
    assert world.owed(STANDING).due == date(2026, 6, 25)
    answer = chief.post(saturday, follow=True)
    assert "Đã tính lại hạn của 2 việc" in words(answer)
    assert "Không có hạn nào phải tính lại" in words(answer)
    assert world.owed(STANDING).due == date(2026, 6, 29)
    assert "Tính lại theo lịch báo cáo 29/06/2026" in words(chief.get(url(world.owed(STANDING))))


def test_the_way_there(chief, world):
    assert f"{world.board}tinh-lai-han/" in chief.get(f"{world.board}thiet-lap/").content.decode()


def test_a_year_that_is_not_known_is_told(chief, world, monkeypatch):
    from tiendo.doors.desk.dates import recompute

    monkeypatch.setattr(recompute, "known", lambda _year: False)
    assert "Chưa có danh sách ngày nghỉ" in words(chief.get(f"{world.board}tinh-lai-han/"))
