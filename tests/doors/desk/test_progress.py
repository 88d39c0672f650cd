"""Báo cáo tiến độ on the pages: two buttons where there was one, the word on it, and where it is shown."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from factories import NOW
from tiendo.work.programmes.actions import links, progress, reports
from tiendo.work.programmes.models import Answer, Evidence, Obligation, Progress

PLAN, LATE, STANDING, SECRET = 1, 2, 3, 6


@pytest.fixture
def lead(world, enter):
    return enter(world.office.who("head", world.office.science))


@pytest.fixture
def head(world, enter):
    return enter(world.office.who("head"))


def said(owed: Obligation, act: str, **fields: str) -> dict[str, str]:
    report = getattr(getattr(owed, "answer", None), "report", None)
    return {"act": act, "version": str(report.version if report else 1),
            **{f"o{owed.pk}-{name}": value for name, value in fields.items()}}  # fmt: skip


UNFOLDED = '<details class="stack" open><summary>Chưa xong'


def test_progress_is_sent_confirmed_and_shown_and_the_work_stays_open(world, lead, head):
    owed = world.owed(PLAN)
    page = lead.get(world.writing(PLAN))
    assert "Gửi báo cáo tiến độ" in words(page)
    assert "Đề nghị xác nhận hoàn thành" in words(page)
    assert UNFOLDED not in page.content.decode()
    sent = lead.post(world.writing(PLAN), said(owed, "progress", text="Đã khảo sát.", percent="40"))
    assert (sent.status_code, sent.url) == (302, f"/nhiem-vu/{owed.task_id}/")
    assert "hạn không đổi" in words(lead.get(sent.url))
    one = Progress.objects.get()
    address = f"/tien-do/{one.pk}/"
    assert "chờ xác nhận" in words(lead.get("/"))
    assert f'href="{address}"' in head.get("/").content.decode()
    assert "Xác nhận tiến độ" in words(head.get(address))
    assert "Xác nhận tiến độ" not in words(lead.get(address))
    assert head.post(address, {"act": "confirm"}).status_code == 302
    owed.refresh_from_db()
    assert (owed.state, owed.submitted_on) == ("open", None)
    for where in (f"/nhiem-vu/{owed.task_id}/", world.board, f"{world.board}viec/"):
        assert "40 %" in words(head.get(where)), where
    assert "tiến độ 40 %, xác nhận ngày 02/03/2026" in words(head.get(f"/nhiem-vu/{owed.task_id}/"))
    assert "Tiến độ 40 % , xác nhận ngày 02/03/2026" in words(lead.get(world.writing(PLAN)))
    assert head.post(address, {"act": "revoke", "word": "Số liệu sai."}).status_code == 302
    assert "40 %" not in words(head.get(world.board))
    assert "Số liệu sai." in words(lead.get(world.writing(PLAN)))


def test_less_than_all_is_not_sent_as_done_and_what_was_typed_stays(world, lead):
    owed = world.owed(PLAN)
    typed = said(owed, "submit", text="Đã trình.", percent="40", number="5/BC", issued_on="01/03/2026")
    refused = lead.post(world.writing(PLAN), typed)
    assert refused.status_code == 422
    assert "mới xong 40 %" in words(refused)
    assert 'value="40"' in refused.content.decode()
    assert UNFOLDED in refused.content.decode(), "whoever signs sees that it is not done"
    assert UNFOLDED in lead.get(world.writing(PLAN)).content.decode()
    assert Answer.objects.get().text == "Đã trình."
    sent = lead.post(world.writing(PLAN), said(world.owed(PLAN), "progress", text="Đã trình.", percent="40"))
    assert sent.status_code == 302
    assert Progress.objects.get().documents == [["5/BC", "2026-03-01", ""]]


def test_completion_is_two_lines_a_number_and_a_day_as_before(world, lead):
    owed = world.owed(PLAN)
    sent = lead.post(world.writing(PLAN), said(owed, "submit", text="Đã trình.", number="5/BC", issued_on="01/03/2026"))
    assert sent.status_code == 302
    owed.refresh_from_db()
    assert owed.state == "submitted"


def test_a_period_has_one_button(world, lead):
    page = words(lead.get(world.writing(STANDING)))
    assert "Gửi báo cáo" in page
    assert "tiến độ" not in page.replace("Tiến Độ", "")
    owed = world.owed(STANDING)
    assert "theo kỳ" in words(lead.post(world.writing(STANDING), said(owed, "progress", text="Đang làm.")))


def test_progress_that_was_sent_back_says_why_and_asks_for_a_reason(world, lead, head):
    one = make.progress(world.owed(PLAN))
    address = f"/tien-do/{one.pk}/"
    refused = head.post(address, {"act": "send_back", "word": ""})
    assert (refused.status_code, "lý do" in words(refused)) == (422, True)
    assert head.post(address, {"act": "send_back", "word": "Chưa có số liệu."}).status_code == 302
    assert "Chưa có số liệu." in words(lead.get(world.writing(PLAN)))
    again = head.post(address, {"act": "confirm"}, follow=True)
    assert "đã" in words(again)
    assert Progress.objects.get().state == "refused"


def test_the_body_withdraws_what_waits(world, lead):
    one = make.progress(world.owed(PLAN))
    assert "Rút báo cáo tiến độ" in words(lead.get(f"/tien-do/{one.pk}/"))
    assert lead.post(f"/tien-do/{one.pk}/", {"act": "withdraw"}).status_code == 302
    assert Progress.objects.get().state == "withdrawn"


def test_a_file_waits_for_the_completion(world, lead):
    owed = world.owed(PLAN)
    draft = make.report(owed)
    Evidence.objects.create(
        answer=draft.answers.get(), filename="a.pdf", sha256="0" * 64, kept_by=owed.organisation, added_at=NOW
    )
    sent = lead.post(world.writing(PLAN), said(world.owed(PLAN), "progress", text="Đang làm."), follow=True)
    assert "Tệp minh chứng còn trong bản đang soạn" in words(sent)


def test_of_a_restricted_task_no_content_is_shown(world, head):
    owed = world.owed(SECRET)
    lead = make.person("head", world.office.science)
    draft = make.report(owed, by=lead)
    make.evidence(draft.answers.get(), by=lead)
    one = reports.send_progress(report=draft, by=lead, at=NOW)
    shown = words(head.get(f"/tien-do/{one.pk}/"))
    assert "31/BC-SKHCN" in shown
    assert owed.task.content not in shown
    assert owed.task.content not in words(head.get("/"))


def test_the_office_sends_progress_on_the_signed_paper_of_a_body_with_a_link(world, enter):
    owed = world.owed(PLAN)
    link, _token = make.link_and_token(owed)
    links.keep(link=link, answers={owed.pk: links.Said(text="Đang làm.", percent=40)}, cited={}, version=1, at=NOW)
    officer = enter(world.office.officer)
    assert "Tỷ lệ hoàn thành: 40%" in words(officer.get(f"/lien-ket/{link.pk}/"))
    paper = {"number": "15/BC", "signed_on": "02/03/2026"}
    refused = officer.post(f"/lien-ket/{link.pk}/gui/", {**paper, "act": "submit"})
    assert "mới xong 40 %" in words(refused)
    sent = officer.post(f"/lien-ket/{link.pk}/gui/", {**paper, "act": "progress"})
    assert sent.url == f"/tien-do/{Progress.objects.get().pk}/"
    assert "theo văn bản giấy có ký của cơ quan" in words(officer.get(sent.url))


def test_a_percentage_comes_through_a_link(world, client):
    owed = world.owed(PLAN)
    _link, token = make.link_and_token(owed)
    page = client.get(f"/soan/{token}/")
    assert "Tỷ lệ hoàn thành" in words(page)
    client.post(f"/soan/{token}/", said(owed, "save", text="Đang làm.", percent="40"))
    assert Answer.objects.get().percent == 40


def test_the_workbooks_tell_what_was_confirmed(world, head):
    one = make.progress(world.owed(PLAN))
    progress.confirm(progress=one, by=world.office.who("head"), at=NOW)
    assert "Tiến độ 40 % (xác nhận ngày 02/03/2026)" in words(head.get(f"{world.board}phu-luc/"))
