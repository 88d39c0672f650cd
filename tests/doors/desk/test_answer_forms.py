"""Forms as workbooks on the desk: downloaded, sent back, looked at, written."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories as make
from doors.desk.world import PLAN, words
from register_files import edited
from tiendo.work.programmes.models import Answer, AnswerForm, Report, ReturnedForm

pytestmark = pytest.mark.django_db


def download(client, world, body) -> bytes:
    answer = client.post(f"{world.board}mau/", {"act": "make", "body": body.pk})
    assert answer.status_code == 200
    assert 'filename="mau-' in answer.headers["Content-Disposition"]
    return answer.content


def give(client, world, data: bytes, name: str = "tra-loi.xlsx"):
    return client.post(f"{world.board}mau/", {"act": "take", "file": SimpleUploadedFile(name, data)})


@pytest.fixture
def back(office, world, enter):
    """A form of the science body, its first row answered, taken by the office."""
    client = enter(office.officer)
    data = edited(download(client, world, office.science), {"E5": "Đã trình.", "H5": None, "E6": "=A1"})
    give(client, world, data)
    return ReturnedForm.objects.get()


def test_the_office_takes_one_form_or_all(office, world, enter):
    client = enter(office.officer)
    page = client.get(f"{world.board}mau/")
    assert "Sở Khoa học và Công nghệ" in words(page)
    assert zipfile.is_zipfile(io.BytesIO(download(client, world, office.science)))
    archive = client.post(f"{world.board}mau/", {"act": "all"})
    assert len(zipfile.ZipFile(io.BytesIO(archive.content)).namelist()) == 2
    assert AnswerForm.objects.count() == 3


def test_a_body_takes_its_own_and_no_other(office, world, enter):
    client = enter(office.who("clerk", office.health))
    page = client.get(f"{world.board}mau/")
    assert "Sở Khoa học" not in words(page).partition("Tải mẫu")[2]
    download(client, world, office.health)
    assert client.post(f"{world.board}mau/", {"act": "make", "body": office.science.pk}).status_code == 404
    assert client.post(f"{world.board}mau/", {"act": "all"}).status_code == 403


@pytest.mark.parametrize("body", ["", "x", "999999", "9" * 40])
def test_a_body_that_is_none_has_no_form(office, world, enter, body):
    assert enter(office.officer).post(f"{world.board}mau/", {"act": "make", "body": body}).status_code == 404


def test_every_row_is_looked_at_before_it_is_written(office, world, back, enter):
    page = enter(office.officer).get(f"/mau-tra-lai/{back.pk}/")
    said = words(page)
    assert "Đã trình." in said
    assert "không nhận kết quả của công thức" in said
    assert not Answer.objects.exists()
    only = enter(office.officer).get(f"/mau-tra-lai/{back.pk}/?xem=refused")
    assert "Đã trình." not in words(only)


def test_the_office_hands_in_on_paper(office, world, back, enter):
    client = enter(office.officer)
    answer = client.post(f"/mau-tra-lai/{back.pk}/", {"act": "paper", "paper": "15/BC", "signed_on": "1/3/2026"})
    assert answer.status_code == 302
    sent = Report.objects.get(answers__obligation__task__position=PLAN)
    assert (sent.state, sent.received_on) == (Report.State.SUBMITTED, make.TODAY)
    settled = client.get(f"/mau-tra-lai/{back.pk}/")
    assert "đã ghi vào bản soạn" in words(settled)
    again = client.post(f"/mau-tra-lai/{back.pk}/", {"act": "paper", "paper": "15/BC", "signed_on": "1/3/2026"})
    assert "không ghi lần nữa" in words(again)


def test_the_paper_counts_from_the_day_on_which_it_was_received(office, world, back, enter):
    client, paper = enter(office.officer), {"act": "paper", "paper": "15/BC", "signed_on": "20/2/2026"}
    refused = client.post(f"/mau-tra-lai/{back.pk}/", paper | {"received_on": "19/2/2026"})
    assert (refused.status_code, "từ 20/02/2026" in words(refused)) == (422, True)
    assert client.post(f"/mau-tra-lai/{back.pk}/", paper | {"received_on": "21/2/2026"}).status_code == 302
    assert world.owed(PLAN).submitted_on == make.days(-9)


@pytest.mark.parametrize("form", [{}, {"paper": "15/BC"}, {"paper": "15/BC", "signed_on": "1/3/2027"}])
def test_a_paper_without_number_or_day_keeps_what_was_typed(office, world, back, enter, form):
    answer = enter(office.officer).post(f"/mau-tra-lai/{back.pk}/", {"act": "paper", **form})
    assert answer.status_code == 422
    assert 'value="15/BC"' in answer.content.decode() or not form
    assert not Answer.objects.exists()


def test_the_body_writes_its_own_draft(office, world, back, enter):
    clerk = office.who("clerk", office.science)
    client = enter(clerk)
    assert "Ghi vào bản soạn" in words(client.get(f"/mau-tra-lai/{back.pk}/"))
    client.post(f"/mau-tra-lai/{back.pk}/", {"act": "write"})
    assert Answer.objects.get(text="Đã trình.").report.drafted_by == clerk


def test_a_form_may_be_put_away(office, world, back, enter):
    client = enter(office.officer)
    assert client.post(f"/mau-tra-lai/{back.pk}/", {"act": "discard"}).status_code == 302
    assert "đã bỏ" in words(client.get(f"/mau-tra-lai/{back.pk}/"))


def test_nobody_else_sees_what_came_back(office, world, back, enter):
    for who in (office.who("clerk", office.health), office.who("officer", office.elsewhere), office.who("inspector")):
        assert enter(who).get(f"/mau-tra-lai/{back.pk}/").status_code == 404


def test_an_unknown_button_writes_nothing(office, world, back, enter):
    assert enter(office.officer).post(f"/mau-tra-lai/{back.pk}/", {"act": "x"}).status_code == 422
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("data", "said"), [(b"", "0 byte"), (b"abc", "bị hỏng"), (b"PK\x03\x04", "bị hỏng")])
def test_what_is_no_form_is_said_on_the_page(office, world, enter, data, said):
    answer = give(enter(office.officer), world, data)
    assert (answer.status_code, said in words(answer)) == (422, True)


def test_without_a_file_the_page_says_what_to_do(office, world, enter):
    answer = enter(office.officer).post(f"{world.board}mau/", {"act": "take"})
    assert (answer.status_code, "Hãy chọn tệp" in words(answer)) == (422, True)


def test_a_form_of_another_programme_is_sent_to_it(office, world, enter):
    client = enter(office.officer)
    data = download(client, world, office.science)
    other = make.programme(make.row("Khác", "Sở Y tế", deadline=make.by_date(make.days(9))), office=office.body)
    answer = client.post(f"/chuong-trinh/{other.pk}/mau/", {"file": SimpleUploadedFile("a.xlsx", data)})
    assert (answer.status_code, "chương trình khác" in words(answer)) == (422, True)
