"""A report as it was handed in, the confirming body's word on it, and its evidence."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import LATE, PLAN, SECRET, STANDING, words
from snapshots import rows
from tiendo.work.programmes.actions import evidence, reports
from worlds import SCIENCE


@pytest.fixture
def client(office, enter):
    return enter(office.chief)


@pytest.fixture
def sent(world):
    return world.sent(PLAN)


def with_file(world, name="báo cáo.pdf"):
    """A report that waits for its confirmation, with a file."""
    head = world.office.who("head", world.office.science)
    draft = make.report(world.owed(LATE), by=head)
    evidence.attach(answer=draft.answers.get(), filename=name, chunks=[b"%PDF-1.7 x"], by=head, at=make.NOW)
    return reports.submit(report=draft, by=head, at=make.NOW)


def test_what_was_handed_in(client, sent):
    shown = words(client.get(f"/bao-cao/{sent.pk}/"))
    for part in (f"Báo cáo của {SCIENCE}", "đã gửi", "Xây dựng kế hoạch chuyển đổi số", "Chờ xác nhận", "31/BC-SKHCN",
                 "Xác nhận kết quả", "Đề nghị bổ sung"):  # fmt: skip
        assert part in shown, part


def test_confirmed(client, sent):
    answer = client.post(f"/bao-cao/{sent.pk}/y-kien/", {"act": "confirm", "round": 1}, follow=True)
    assert "Đã xác nhận kết quả." in words(answer)
    assert "Hoàn thành đúng hạn" in words(answer)
    assert 'name="act"' not in answer.content.decode()


def test_more_is_asked_for_with_a_reason(client, sent, office, enter):
    answer = client.post(
        f"/bao-cao/{sent.pk}/y-kien/", {"act": "ask_more", "round": 1, "reason": "Thiếu số liệu."}, follow=True
    )
    assert "Đã đề nghị bổ sung" in words(answer)
    assert "Thiếu số liệu." in words(answer)
    assert "Bổ sung và gửi lại" not in words(answer)
    mine = enter(office.who("clerk", office.science)).get(f"/bao-cao/{sent.pk}/")
    assert "Bổ sung và gửi lại" in words(mine)
    assert f'href="/viec/{sent.answers.get().obligation_id}/"' in mine.content.decode()


def test_a_page_opened_before_the_report_changed_decides_nothing(client, sent, office, enter):
    head = office.who("head", office.science)
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu bảng.", by=office.chief, at=make.NOW)
    sent.refresh_from_db()
    reply = sent.answers.get()
    said = {reply.obligation_id: reports.Said(text="Đã bổ sung bảng.")}
    reports.save(report=sent, answers=said, version=sent.version, by=head, at=make.NOW)
    assert "Đã bổ sung bảng." not in words(client.get(f"/bao-cao/{sent.pk}/")), "it is still being typed"
    sent.refresh_from_db()
    reports.submit(report=sent, by=head, at=make.NOW)
    answer = client.post(f"/bao-cao/{sent.pk}/y-kien/", {"act": "confirm", "round": 1})
    assert answer.status_code == 422
    for part in ("gửi lại (lần 2)", "Mới so với lần gửi trước", "Đã bổ sung bảng."):
        assert part in words(answer), part
    assert 'name="round" value="2"' in answer.content.decode()
    sent.refresh_from_db()
    assert sent.state == "submitted"
    assert client.post(f"/bao-cao/{sent.pk}/y-kien/", {"act": "confirm", "round": 2}).status_code == 302


def test_what_more_is_wanted_and_a_confirmation_are_not_given_together(client, sent):
    answer = client.post(f"/bao-cao/{sent.pk}/y-kien/", {"act": "confirm", "round": 1, "reason": "Thiếu bảng."})
    assert answer.status_code == 422
    assert "chưa được xác nhận" in words(answer)
    assert "Thiếu bảng." in words(answer)
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_who_is_of_the_reporting_body_is_told_why(sent, office, enter):
    both = office.who("clerk", office.science)
    make.post("head", body=office.body, who=both)
    page = enter(both).get(f"/bao-cao/{sent.pk}/")
    assert "nên không xác nhận được" in words(page)
    assert 'name="act"' not in page.content.decode()


def test_a_file_added_while_it_is_rewritten_is_its_bodys_own_affair(client, world, enter):
    sent = with_file(world)
    head = world.office.who("head", world.office.science)
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu bảng.", by=world.office.chief, at=make.NOW)
    reply = sent.answers.get()
    old = reply.evidence.get()
    new = evidence.attach(answer=reply, filename="moi.pdf", chunks=[b"%PDF-1 moi"], by=head, at=make.NOW)
    assert client.get(f"/minh-chung/{new.pk}/").status_code == 404
    assert client.get(f"/minh-chung/{old.pk}/").status_code == 200
    assert enter(head).get(f"/minh-chung/{new.pk}/").status_code == 200


def test_no_reason_no_asking(client, sent):
    answer = client.post(f"/bao-cao/{sent.pk}/y-kien/", {"act": "ask_more", "round": 1, "reason": "  "})
    assert answer.status_code == 422
    assert "Hãy ghi rõ cần bổ sung gì" in words(answer)
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_a_refused_word_keeps_its_reason(client, sent, office):
    reports.confirm(report=sent, seen_round=1, by=office.chief, at=make.NOW)
    answer = client.post(
        f"/bao-cao/{sent.pk}/y-kien/", {"act": "ask_more", "round": 1, "reason": "Thiếu bảng tổng hợp"}
    )
    assert answer.status_code == 422
    assert "đã xác nhận" in words(answer)
    assert "Thiếu bảng tổng hợp" in answer.content.decode()


@pytest.mark.parametrize("act", ["confirm", "ask_more"])
def test_nobody_decides_on_their_own_work(office, sent, enter, act):
    head = enter(office.who("head", office.science))
    assert "Xác nhận kết quả" not in words(head.get(f"/bao-cao/{sent.pk}/"))
    before = rows()
    assert head.post(f"/bao-cao/{sent.pk}/y-kien/", {"act": act, "round": 1, "reason": "x"}).status_code == 403
    assert rows() == before


def test_a_draft_is_its_bodys_own_affair(client, world, office, enter):
    draft = make.report(world.owed(PLAN))
    assert client.get(f"/bao-cao/{draft.pk}/").status_code == 404
    own = enter(office.who("clerk", office.science)).get(f"/bao-cao/{draft.pk}/")
    assert "Soạn tiếp" in words(own)


def test_a_body_that_only_takes_part_does_not_read_the_answer(office, sent, enter):
    assert enter(office.who("head", office.health)).get(f"/bao-cao/{sent.pk}/").status_code == 404


def test_a_period_report_in_the_order_of_the_programme(client, world):
    sent = world.sent(STANDING)
    page = client.get(f"/bao-cao/{sent.pk}/")
    assert [row["task"].position for row in page.context["rows"]] == [3, 4]


def test_a_restricted_task_keeps_number_and_date(client, world):
    sent = world.sent(SECRET)
    shown = words(client.get(f"/bao-cao/{sent.pk}/"))
    assert "Báo cáo theo chế độ riêng" in shown
    assert "31/BC-SKHCN" in shown


# evidence


def test_a_file_comes_as_an_attachment(client, world, committed):
    with committed():
        sent = with_file(world)
    piece = sent.answers.get().evidence.get()
    answer = client.get(f"/minh-chung/{piece.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 x"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "SHA-256" in words(client.get(f"/bao-cao/{sent.pk}/"))


def test_a_page_is_never_shown_as_one(client, world):
    """A text file that holds markup is told to be text and is handed over, not shown."""
    head = world.office.who("head", world.office.science)
    draft = make.report(world.owed(LATE), by=head)
    reply = draft.answers.get()
    piece = evidence.attach(answer=reply, filename="a.txt", chunks=[b"<script>1</script>"], by=head, at=make.NOW)
    reports.submit(report=draft, by=head, at=make.NOW)
    answer = client.get(f"/minh-chung/{piece.pk}/")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_evidence_is_seen_with_its_report(client, world, office, enter):
    head = world.office.who("head", world.office.science)
    draft = make.report(world.owed(LATE), by=head)
    piece = evidence.attach(answer=draft.answers.get(), filename="a.pdf", chunks=[b"%PDF-1"], by=head, at=make.NOW)
    there = f"/minh-chung/{piece.pk}/"
    assert client.get(there).status_code == 404
    assert enter(head).get(there).status_code == 200
    reports.submit(report=draft, by=head, at=make.NOW)
    assert client.get(there).status_code == 200
    assert enter(office.who("head", office.health)).get(there).status_code == 404


def test_a_cited_document_has_no_file(client, sent):
    piece = sent.answers.get().evidence.get()
    assert client.get(f"/minh-chung/{piece.pk}/").status_code == 404


def test_a_file_that_is_lost_is_not_found(client, world):
    from tiendo.work.directives import storage

    sent = with_file(world)
    piece = sent.answers.get().evidence.get()
    storage.wipe(piece.sha256, office=world.office.science.pk)
    assert client.get(f"/minh-chung/{piece.pk}/").status_code == 404


def test_a_withdrawn_file_is_nobodys_to_read_any_more(client, world, enter):
    head = world.office.who("head", world.office.science)
    draft = make.report(world.owed(LATE), by=head)
    reply = draft.answers.get()
    slip = evidence.attach(answer=reply, filename="nham.pdf", chunks=[b"%PDF-1 nham"], by=head, at=make.NOW)
    evidence.withdraw(evidence=slip, by=head, at=make.NOW)
    make.evidence(reply, by=head)
    reports.submit(report=draft, by=head, at=make.NOW)
    for reader in (client, enter(head)):
        assert reader.get(f"/minh-chung/{slip.pk}/").status_code == 404


def test_withdrawn_evidence_is_not_shown(client, world):
    head = world.office.who("head", world.office.science)
    draft = make.report(world.owed(LATE), by=head)
    reply = draft.answers.get()
    evidence.withdraw(evidence=make.evidence(reply, by=head), by=head, at=make.NOW)
    evidence.cite(answer=reply, number="2/BC", issued_on=make.TODAY, by=head, at=make.NOW)
    reports.submit(report=draft, by=head, at=make.NOW)
    shown = words(client.get(f"/bao-cao/{draft.pk}/"))
    assert "2/BC" in shown
    assert "31/BC-SKHCN" not in shown
