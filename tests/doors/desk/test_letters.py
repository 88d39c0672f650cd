"""Letters on the desk: drafted, taken away as DOCX, their numbers entered back."""

from __future__ import annotations

import io

import pytest
from docx import Document as Paper

import factories as make
from doors.desk.world import LATE, World, words
from snapshots import rows
from tiendo.work.programmes.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(world: World) -> str:
    return f"/chuong-trinh/{world.programme.pk}/cong-van/"


@pytest.fixture
def client(office, enter):
    return enter(office.officer)


def draft(client, board, office, kind="remind") -> Letter:
    answer = client.post(board, {"organisation": office.science.pk, "kind": kind})
    letter = Letter.objects.latest("pk")
    assert (answer.status_code, answer.url) == (302, f"/cong-van/{letter.pk}/")
    return letter


def test_drafted_taken_away_issued_answered(client, board, office):
    letter = draft(client, board, office)
    there = f"/cong-van/{letter.pk}/"
    assert "chưa phát hành" in words(client.get(there))
    file = client.get(f"{there}tep/")
    assert file.headers["Content-Disposition"] == f'attachment; filename="cong-van-{letter.pk}-T.KHCN.docx"'
    assert any("Kính gửi: Sở Khoa học" in one.text for one in Paper(io.BytesIO(file.content)).paragraphs)
    client.post(there, {"act": "issue", "number": "12-CV/VPTU", "issued_on": "02/03/2026"})
    assert "12-CV/VPTU" in words(client.get(board))
    client.post(there, {"act": "answer", "number": "31/SKHCN", "on": "02/03/2026"})
    letter.refresh_from_db()
    assert (letter.number, letter.answer_number) == ("12-CV/VPTU", "31/SKHCN")
    assert "Ghi văn bản trả lời" not in words(client.get(there))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": "", "issued_on": "02/03/2026"}, "bắt buộc"),
        ({"number": "x" * 81, "issued_on": "02/03/2026"}, "80"),
        ({"number": "12", "issued_on": "hôm nay"}, "Ngày chưa hợp lệ"),
        ({"number": "12", "issued_on": "03/03/2026"}, "phải từ 02/03/2026 đến 02/03/2026"),
        ({}, "bắt buộc"),
    ],
)
def test_what_is_refused_stays_typed(client, board, office, typed, told):
    letter = draft(client, board, office)
    before = rows()
    answer = client.post(f"/cong-van/{letter.pk}/", {"act": "issue", **typed})
    assert answer.status_code == 422
    assert told in words(answer)
    for said in typed.values():
        assert not said or said.encode() in answer.content
    assert rows() == before


def test_the_list_offers_bodies_that_are_late_and_begins_with_the_one_asked_for(client, board, office):
    said = client.get(f"{board}?co-quan={office.science.pk}").content.decode()
    assert f'<option value="{office.science.pk}" selected>' in said
    assert "Sở Y tế" not in said
    for odd in ("x", "0", "9" * 40, ""):
        assert client.get(f"{board}?co-quan={odd}").status_code == 200


@pytest.mark.parametrize("posted", [{}, {"kind": "praise"}, {"organisation": "x", "kind": "remind"}])
def test_a_draft_to_nobody(client, board, posted):
    assert client.post(board, posted).status_code == 422
    assert not Letter.objects.exists()


def test_a_body_that_answered_meanwhile(client, board, office, world):
    make.submitted(world.owed(LATE))
    answer = client.post(board, {"organisation": office.science.pk, "kind": "remind"})
    assert answer.status_code == 422
    assert not Letter.objects.exists()


def test_a_draft_is_thrown_away_and_an_issued_letter_is_not(client, board, office):
    letter = draft(client, board, office)
    answer = client.post(f"/cong-van/{letter.pk}/", {"act": "discard"})
    assert (answer.status_code, answer.url, Letter.objects.count()) == (302, board, 0)
    letter = draft(client, board, office)
    client.post(f"/cong-van/{letter.pk}/", {"act": "issue", "number": "12", "issued_on": "02/03/2026"})
    assert "đã phát hành" in words(client.post(f"/cong-van/{letter.pk}/", {"act": "discard"}, follow=True))
    assert Letter.objects.count() == 1


def test_the_body_reads_what_was_issued_to_it_and_writes_nothing(client, board, office, enter):
    letter = draft(client, board, office)
    there, body = f"/cong-van/{letter.pk}/", enter(office.who("head", office.science))
    assert body.get(there).status_code == 404
    client.post(there, {"act": "issue", "number": "12-CV/VPTU", "issued_on": "02/03/2026"})
    assert "12-CV/VPTU" in words(body.get(there))
    assert "12-CV/VPTU" in words(body.get(board))
    assert body.get(f"{there}tep/").status_code == 200
    before = rows()
    for posted in ({"act": "answer", "number": "1", "on": "02/03/2026"}, {"act": "discard"}):
        assert body.post(there, posted).status_code == 403
    assert body.post(board, {"organisation": office.science.pk, "kind": "remind"}).status_code == 403
    assert rows() == before
    assert enter(office.who("head", office.health)).get(there).status_code == 404


def test_a_post_that_says_nothing_changes_nothing(client, board, office):
    letter = draft(client, board, office)
    before = rows()
    for posted in ({}, {"act": "x"}):
        assert client.post(f"/cong-van/{letter.pk}/", posted).status_code == 200
    assert rows() == before


def test_where_the_machine_cannot_print_the_docx_stays(client, board, office, monkeypatch):
    letter = draft(client, board, office)
    monkeypatch.setattr("tiendo.doors.desk.letters.views.print_docx", lambda _content: None)
    answer = client.get(f"/cong-van/{letter.pk}/tep/?dang=pdf", follow=True)
    assert "Hãy tải bản DOCX" in words(answer)
    monkeypatch.setattr("tiendo.doors.desk.letters.views.print_docx", lambda _content: b"%PDF-")
    assert client.get(f"/cong-van/{letter.pk}/tep/?dang=pdf").headers["Content-Type"] == "application/pdf"


def test_who_follows_the_programme_writes_in_their_own_bodys_name(world: World, office, enter, board):
    programme = world.programme
    programme.monitor = office.health
    programme.save()
    head = enter(office.who("head", office.health))
    assert f"{board}?co-quan={office.science.pk}" in head.get("/viec-can-chi-dao/chua-tra-loi/").content.decode()
    letter = draft(head, board, office)
    there = f"/cong-van/{letter.pk}/"
    assert letter.writer == office.health
    assert "Cơ quan gửi Sở Y tế" in words(head.get(there))
    assert "của Sở Y tế" in words(head.get(board))
    paper = Paper(io.BytesIO(head.get(f"{there}tep/").content))
    assert any("SỞ Y TẾ" in cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    typed = {"act": "issue", "number": "9/SYT", "issued_on": "02/03/2026"}
    assert enter(office.officer).post(there, typed).status_code == 403
    assert "Ghi số công văn" not in words(enter(office.officer).get(there))
    assert head.post(there, typed).status_code == 302


def test_who_writes_for_two_bodies_says_for_which(world: World, office, enter, board):
    programme = world.programme
    programme.monitor = office.health
    programme.save()
    both = office.officer
    make.post("head", body=office.health, who=both)
    client = enter(both)
    to = {"organisation": office.science.pk, "kind": "remind"}
    assert client.post(board, to).status_code == 422, "it is asked for"
    assert client.post(board, {**to, "writer": office.health.pk}).status_code == 302
    assert Letter.objects.get().written_by == office.health
    owed = world.owed(LATE)
    type(owed).objects.filter(pk=owed.pk).update(organisation=office.health)
    own = client.post(board, {"organisation": office.health.pk, "kind": "remind", "writer": office.health.pk})
    assert (own.status_code, "cho chính mình" in words(own)) == (422, True)
