"""The first week: an office's register is sent, its columns chosen, its rows looked at and taken in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories as make
from doors.desk.world import words
from register_files import HEAD, ROWS, register
from tiendo.foundation.audit.models import Event
from tiendo.work.directives.actions import readings
from tiendo.work.directives.models import Document, RegisterColumns

pytestmark = pytest.mark.django_db


def sent(data: bytes | None = None, name: str = "so-theo-doi.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or register())


@pytest.fixture
def held(office) -> Document:
    return make.register(register(), office=office.body, by=office.chief)


def form_of(answer) -> dict[str, str]:
    """What the button that takes the rows in posts."""
    return {**dict(answer.context["fields"]), "digest": answer.context["digest"]}


def test_a_register_is_received_as_a_document_and_waits_to_be_read(office, enter, django_capture_on_commit_callbacks):
    client = enter(office.chief)
    answer = client.post("/tuan-dau/", {"office": office.body.pk, "file": sent()})
    document = Document.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/tuan-dau/{document.pk}/")
    assert document.filename == "so-theo-doi.xlsx"


def test_while_it_is_read_the_page_says_so(office, enter):
    document = make.document(office=office.body, by=office.chief, content=register(), filename="so.xlsx")
    answer = enter(office.chief).get(f"/tuan-dau/{document.pk}/")
    assert "Đang đọc sổ theo dõi" in words(answer)
    readings.fail(document=document, code="locked", message="Tệp có mật khẩu.", at=make.NOW)
    assert enter(office.chief).get(f"/tuan-dau/{document.pk}/").status_code == 302


@pytest.mark.parametrize("name", ["van-ban.pdf", "so.docx", "so"])
def test_what_is_no_table_is_not_received_here(office, enter, name):
    answer = enter(office.chief).post("/tuan-dau/", {"office": office.body.pk, "file": sent(name=name)})
    assert answer.status_code == 422
    assert "không phải bảng tính" in words(answer)
    assert not Document.objects.exists()


def test_without_a_file_the_page_says_what_to_do(office, enter):
    answer = enter(office.chief).post("/tuan-dau/", {"office": office.body.pk})
    assert (answer.status_code, "Hãy chọn tệp" in words(answer)) == (422, True)


def test_every_row_is_shown_with_what_will_become_of_it(office, held, enter):
    answer = enter(office.officer).get(f"/tuan-dau/{held.pk}/")
    said = words(answer)
    assert answer.status_code == 200
    for part in (
        "Nhận 5 dòng", "việc đã xong trước khi theo dõi (20/12/2025)", "việc chưa có số liệu: ngày đã qua",
        "chưa khớp cơ quan nào", "không có ngày", "CÔNG TÁC CHUYỂN ĐỔI SỐ", "Máy đoán theo dòng tiêu đề",
    ):  # fmt: skip
        assert part in said, part
    assert not Event.objects.filter(verb="directives.register.taken_in").exists()


@pytest.mark.parametrize(
    ("kind", "count"), [("done", 1), ("past", 1), ("undated", 1), ("unmatched", 1), ("notes", 0), ("x", 0)]
)
def test_the_rows_may_be_narrowed(office, held, enter, kind, count):
    answer = enter(office.officer).get(f"/tuan-dau/{held.pk}/?xem={kind}")
    assert len(answer.context["table"]["rows"]) == count


def test_the_rows_are_taken_in_as_shown_and_the_columns_remembered(office, held, enter):
    client = enter(office.officer)
    chosen = f"/tuan-dau/{held.pk}/?trang=0&dau=3&cuoi=3&cot-content=1&cot-lead=2&cot-state=5&cot-number=0"
    answer = client.get(chosen)
    done = client.post(f"/tuan-dau/{held.pk}/", form_of(answer))
    assert (done.status_code, done.url) == (302, f"/van-ban/{held.pk}/dong/")
    assert held.duties.count() == 5
    assert RegisterColumns.objects.get().columns == {"number": 0, "content": 1, "lead": 2, "state": 5}
    later = make.register(register(ROWS[:3], HEAD), office=office.body, by=office.chief)
    assert "đã chọn cột" in words(client.get(f"/tuan-dau/{later.pk}/"))


def test_a_register_that_changed_under_ones_eyes_is_shown_again(office, held, enter):
    client = enter(office.officer)
    form = form_of(client.get(f"/tuan-dau/{held.pk}/"))
    answer = client.post(f"/tuan-dau/{held.pk}/", {**form, "cot-lead": "3", "cot-coordinator": ""})
    assert answer.status_code == 422
    assert "không còn đúng" in words(answer)
    assert "Nhận 5 dòng" in words(answer)
    assert not RegisterColumns.objects.exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("dau=3&cot-content=1", "chưa chọn cột Cơ quan chủ trì"),
        ("dau=99&cot-content=1&cot-lead=2", "dòng tiêu đề không có"),
        ("dau=3&trang=7&cot-content=1&cot-lead=2", "trang tính không có"),
        ("dau=3&cot-content=1&cot-lead=1", "chọn cho hai mục"),
        ("dau=3&cot-content=1&cot-lead=98", "không nằm trong tệp"),
        ("dau=x&cot-content=-1&cot-lead=a", "dòng tiêu đề không có"),
        ("dau=" + "9" * 40, "dòng tiêu đề không có"),
    ],
)
def test_columns_that_cannot_be_are_said_and_may_be_chosen_anew(office, held, enter, asked, said):
    answer = enter(office.officer).get(f"/tuan-dau/{held.pk}/?{asked}")
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Xem lại theo cột này" in words(answer)


def test_a_row_that_cannot_be_taken_in_holds_up_all(office, enter):
    held = make.register(
        register([*ROWS, ["", "", "Sở Y tế", "", "30/6/2026", "", "", ""]]), office=office.body, by=office.chief
    )
    client = enter(office.officer)
    answer = client.get(f"/tuan-dau/{held.pk}/?xem=refused")
    assert "không có nội dung nhiệm vụ" in words(answer)
    assert "Nhận 5 dòng" not in words(answer)
    again = client.post(f"/tuan-dau/{held.pk}/", form_of(answer))
    assert (again.status_code, RegisterColumns.objects.exists()) == (422, False)


def test_a_file_without_a_head_asks_where_it_is(office, enter):
    held = make.register(b"a;b;c\nd;e;f\n", office=office.body, by=office.chief)
    answer = enter(office.officer).get(f"/tuan-dau/{held.pk}/")
    assert (answer.status_code, "chưa chọn cột" in words(answer)) == (200, True)


def test_a_file_that_cannot_be_read_as_a_table_is_said(office, enter):
    held = make.register(b"PK\x03\x04 broken", office=office.body, by=office.chief)
    answer = enter(office.officer).get(f"/tuan-dau/{held.pk}/")
    assert (answer.status_code, "bảng tính bị hỏng" in words(answer)) == (200, True)


def test_of_another_office_there_is_nothing(office, held, enter):
    assert enter(office.who("officer", office.elsewhere)).get(f"/tuan-dau/{held.pk}/").status_code == 404


def test_the_list_shows_how_far_each_register_is(office, held, enter):
    answer = enter(office.chief).get("/tuan-dau/")
    assert "so-theo-doi.xlsx" in words(answer)
    assert [step["state"] for step in answer.context["registers"][0]["steps"]][:3] == ["done", "now", "waiting"]


def test_opened_from_a_register_the_form_proposes_today(office, held, enter):
    client = enter(office.officer)
    client.post(f"/tuan-dau/{held.pk}/", form_of(client.get(f"/tuan-dau/{held.pk}/")))
    chief = enter(office.chief)
    chief.post(f"/van-ban/{held.pk}/dong/ca-bang/")
    chief.post(f"/van-ban/{held.pk}/duyet/")
    answer = chief.get(f"/van-ban/{held.pk}/mo-chuong-trinh/")
    assert answer.context["form"].initial["tracked_from"] == make.TODAY
    assert "Nhiệm vụ đã xong theo sổ cũ (không tính số liệu) 1" in words(answer)
