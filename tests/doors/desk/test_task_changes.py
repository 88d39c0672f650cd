"""Decisions on a task, bodies that refuse one, and stages: their pages, and what the task's own page says of them."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import LATE, PLAN, SECRET, WAITING, words
from factories import TODAY, days
from tiendo.work.programmes.actions import programmes
from tiendo.work.programmes.models import Assignment, Obligation, Refusal, TaskChange
from worlds import HEALTH, SCIENCE

PAPER = {"number": "12-QĐ/TU", "decided_on": "02/03/2026", "reason": "Trùng với nhiệm vụ số 3."}


@pytest.fixture
def chief(office, enter):
    return enter(office.chief)


@pytest.fixture
def head(office, enter):
    return enter(office.who("head", office.science))


@pytest.fixture
def task(world):
    return world.task(PLAN)


def acts(answer) -> list[str]:
    return [way.name for way in answer.context["outcome"].ways]


def lead(task):
    return Assignment.objects.on(None).get(task=task, role="lead", organisation__isnull=False)


def page(client, task):
    return words(client.get(f"/nhiem-vu/{task.pk}/"))


# -- decisions ---------------------------------------------------------------------------------------------------------


def test_withdrawn_and_reopened(chief, task):
    url = f"/nhiem-vu/{task.pk}/quyet-dinh/"
    assert acts(chief.get(url)) == ["lead", "split", "withdraw"]
    assert chief.post(url, {"act": "withdraw", **PAPER}).status_code == 302
    shown = page(chief, task)
    assert "Nhiệm vụ này đã được rút" in shown
    assert "Đã rút" in shown, "what was owed on it says so too"
    assert "Chưa có số liệu" not in shown
    assert "Rút nhiệm vụ: 12-QĐ/TU, 02/03/2026. Lý do: Trùng với nhiệm vụ số 3." in shown
    assert acts(chief.get(url)) == ["reopen"]
    chief.post(url, {"act": "reopen", **PAPER})
    assert "Nhiệm vụ này đã được rút" not in page(chief, task)
    assert Obligation.objects.get(task=task).state == "open"


def test_what_the_old_register_called_done_is_reopened(chief, office):
    document = make.approved(
        make.machine(make.row("Trình đề án", SCIENCE, deadline=make.by_date(make.days(30)))),
        office=office.body, by=office.chief,
    )  # fmt: skip
    document.duties.update(done=True)
    task = programmes.open(document=document, by=office.chief, at=make.NOW).tasks.get()
    url = f"/nhiem-vu/{task.pk}/quyet-dinh/"
    asked = chief.get(url)
    assert acts(asked) == ["reopen"]
    assert "Sổ cũ ghi việc này đã xong" in words(asked)
    assert chief.post(url, {"act": "reopen", **PAPER}).status_code == 302
    shown = page(chief, task)
    assert "Mở lại: 12-QĐ/TU" in shown
    assert Obligation.objects.get(task=task).state == "open"


def test_given_to_another_lead(chief, task, office):
    url = f"/nhiem-vu/{task.pk}/quyet-dinh/"
    form = {"act": "lead", "assignment": lead(task).pk, "organisation": office.root.pk, **PAPER}
    answer = chief.post(url, form)
    assert answer.status_code == 422, "a root is no body to choose"
    assert 'value="12-QĐ/TU"' in answer.content.decode()
    Assignment.objects.filter(task=task, role="coordinate").delete()
    chief.post(url, {**form, "organisation": office.health.pk})
    assert Obligation.objects.get(task=task).organisation == office.health
    assert "Đổi cơ quan chủ trì: 12-QĐ/TU" in page(chief, task)


def test_split_into_parts(chief, task, office):
    url = f"/nhiem-vu/{task.pk}/quyet-dinh/"
    parts = {
        "content1": "Soạn kế hoạch",
        "lead1_1": office.science.pk,
        "content2": "Khảo sát",
        "lead2_1": office.health.pk,
    }
    one = {name: value for name, value in parts.items() if name.endswith(("1", "1_1"))}
    answer = chief.post(url, {"act": "split", **one, **PAPER})
    assert answer.status_code == 422
    assert "ít nhất hai phần" in words(answer)
    assert "Soạn kế hoạch" in answer.content.decode()
    assert chief.post(url, {"act": "split", **parts, "lead2_2": office.science.pk, **PAPER}).status_code == 302
    assert "Nhiệm vụ này đã được tách thành" in page(chief, task)
    made = list(task.parts.all())
    assert [part.content for part in made] == ["Soạn kế hoạch", "Khảo sát"]
    assert "một phần của" in page(chief, made[0])
    again = chief.get(url)
    assert acts(again) == []
    assert "hãy thay đổi ở từng phần" in words(again)


def test_another_gathers(chief, world, office):
    several = world.task(WAITING)
    waiting = several.assignments.get(organisation=None)
    chief.post(f"/nhiem-vu/{several.pk}/gan/{waiting.pk}/", {"organisation": office.health.pk})
    url = f"/nhiem-vu/{several.pk}/quyet-dinh/"
    assert "focal" in acts(chief.get(url))
    chief.post(url, {"act": "focal", "assignment": waiting.pk, **PAPER})
    assert several.assignments.get(focal=True).organisation.name == HEALTH
    assert "Đổi đầu mối tổng hợp" in page(chief, several)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": ""}, "Hãy ghi số, ký hiệu"), ({"decided_on": "03/03/2026"}, "không được ở sau hôm nay"),
        ({"decided_on": "32/01/2026"}, "Ngày chưa hợp lệ"), ({"reason": " "}, "Hãy ghi lý do"),
        ({"number": "9" * 81}, "80 ký tự"),
    ],
)  # fmt: skip
def test_a_decision_that_lacks_something_keeps_what_was_typed(chief, task, typed, told):
    answer = chief.post(f"/nhiem-vu/{task.pk}/quyet-dinh/", {"act": "withdraw", **PAPER, **typed})
    assert answer.status_code == 422
    assert told in words(answer)
    kept = PAPER["reason"] if "reason" not in typed else PAPER["number"]
    assert kept in answer.content.decode()
    assert not TaskChange.objects.exists()


def test_of_a_restricted_task_no_words_are_asked_for(chief, world):
    secret = world.task(SECRET)
    url = f"/nhiem-vu/{secret.pk}/quyet-dinh/"
    shown = chief.get(url).content.decode()
    assert 'name="reason"' not in shown
    assert 'name="content1"' not in shown
    forged = {"act": "withdraw", **PAPER, "number": "lý do mật"}
    assert chief.post(url, forged).status_code == 422
    assert chief.post(url, {"act": "withdraw", **PAPER}).status_code == 302
    assert TaskChange.objects.get().reason == ""


# -- refused -----------------------------------------------------------------------------------------------------------


def test_a_body_refuses_and_the_office_accepts(head, chief, task):
    url = f"/nhiem-vu/{task.pk}/tra-lai/{lead(task).pk}/"
    assert url in head.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert url not in chief.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert head.post(url, {"act": "refuse", "reason": ""}).status_code == 422
    head.post(url, {"act": "refuse", "reason": "Thuộc chức năng của Sở Xây dựng."})
    refusal = Refusal.objects.get()
    assert "trả lại nhiệm vụ giao không đúng" in words(chief.get("/"))
    there = f"/tra-lai/{refusal.pk}/"
    assert acts(head.get(there)) == ["take_back"]
    assert acts(chief.get(there)) == ["accept", "decline"]
    assert "Thuộc chức năng của Sở Xây dựng." in words(chief.get(there))
    assert chief.post(there, {"act": "accept", "word": ""}).status_code == 302
    assert not Obligation.objects.filter(task=task).exists()
    assert "chờ gán" in page(chief, task)
    assert acts(chief.get(there)) == []
    assert "Chờ quyết định" not in words(chief.get("/"))


def test_given_on_at_once(head, chief, task, office):
    refusal = make.refusal(lead(task))
    Assignment.objects.filter(task=task, role="coordinate").delete()
    answer = chief.post(f"/tra-lai/{refusal.pk}/", {"act": "accept", "organisation": office.health.pk}, follow=True)
    assert "được giao cho cơ quan mới" in words(answer)
    assert Obligation.objects.get(task=task).organisation == office.health


def test_declined_with_a_word(chief, head, task):
    refusal = make.refusal(lead(task))
    there = f"/tra-lai/{refusal.pk}/"
    assert chief.post(there, {"act": "decline", "word": " "}).status_code == 422
    chief.post(there, {"act": "decline", "word": "Nghị quyết giao đích danh."})
    assert "Nghị quyết giao đích danh." in words(head.get(there))


def test_taken_back(head, task):
    refusal = make.refusal(lead(task))
    head.post(f"/tra-lai/{refusal.pk}/", {"act": "take_back"})
    refusal.refresh_from_db()
    assert refusal.state == "withdrawn"


def test_what_hangs_on_it_asks_for_a_body(chief, task):
    make.date_change(Obligation.objects.get(task=task))
    refusal = make.refusal(lead(task))
    answer = chief.post(f"/tra-lai/{refusal.pk}/", {"act": "accept", "word": "Đồng ý."})
    assert answer.status_code == 422
    assert "Hãy chọn luôn cơ quan nhận" in words(answer)
    assert "Đồng ý." in answer.content.decode()


def test_not_another_bodys_charge(enter, office, task):
    url = f"/nhiem-vu/{task.pk}/tra-lai/{lead(task).pk}/"
    assert enter(office.who("head", office.health)).post(url, {"act": "refuse", "reason": "x"}).status_code == 403
    assert enter(office.chief).get(f"/nhiem-vu/{task.pk}/tra-lai/0/").status_code == 404
    assert enter(office.chief).get("/tra-lai/0/").status_code == 404


# -- stages ------------------------------------------------------------------------------------------------------------


def set_up(client, task, office, **more):
    form = {"draft_holder": office.science.pk, "draft_due": "12/03/2026", "opinion1_holder": office.health.pk,
            "issue_holder": office.body.pk, **more}  # fmt: skip
    return client.post(f"/nhiem-vu/{task.pk}/quy-trinh/", {"act": "set_up", **form})


def test_from_hand_to_hand(chief, head, task, office):
    url = f"/nhiem-vu/{task.pk}/quy-trinh/"
    assert acts(chief.get(url)) == ["set_up"]
    assert acts(head.get(url)) == []
    assert set_up(chief, task, office).status_code == 302
    assert acts(chief.get(url)) == ["finish", "set_up"]
    assert acts(head.get(url)) == ["finish"]
    bad = head.post(url, {"act": "finish", "number": "5-TTr/SKHCN", "issued_on": "03/03/2026"})
    assert bad.status_code == 422
    assert 'value="5-TTr/SKHCN"' in bad.content.decode()
    head.post(url, {"act": "finish", "number": "5-TTr/SKHCN", "issued_on": "02/03/2026"})
    shown = page(chief, task)
    assert "Trình: Sở Khoa học và Công nghệ – 5-TTr/SKHCN" in shown
    assert "Cho ý kiến: Sở Y tế" in shown
    assert acts(head.get(url)) == [], "it lies with another now"
    assert acts(chief.get(url)) == ["finish", "reopen"]
    chief.post(url, {"act": "reopen"})
    assert "5-TTr/SKHCN" not in page(chief, task)


def test_days_late_are_shown(chief, task, office):
    set_up(chief, task, office)
    task.stages.filter(kind="draft").update(started_on=days(-9), due=days(-4))
    shown = page(chief, task)
    assert "giữ 9 ngày" in shown
    assert "muộn 4 ngày" in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"issue_holder": ""}, "Hãy chọn cơ quan"), ({"issue_due": "01/03/2026"}, "nối tiếp nhau"),
        ({"opinion2_due": "20/03/2026"}, "Đã ghi hạn nên hãy chọn cơ quan"), ({"draft_due": "x"}, "Ngày chưa hợp lệ"),
    ],
)  # fmt: skip
def test_stages_that_lack_something_keep_what_was_typed(chief, task, office, typed, told):
    answer = set_up(chief, task, office, **typed)
    assert answer.status_code == 422
    assert told in words(answer)
    assert not task.stages.exists()
    assert f'<option value="{office.health.pk}" selected>' in answer.content.decode()


def test_what_is_late_is_told_beside_its_days(chief, world):
    shown = page(chief, world.task(LATE))
    assert "Thời hạn từng việc" in shown
    assert "Gia hạn, tạm dừng" in shown
    assert TODAY  # LATE was due ten days before
