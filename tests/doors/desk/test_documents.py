"""Receiving a document, its page, its original, its heading, its reconciliation, its approval, and its programme."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories as make
from doors.desk.world import words
from factories import days
from tiendo.foundation.audit.models import Event
from tiendo.work.directives import storage
from tiendo.work.directives.actions import duties, readings
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Programme
from vanban import model
from worlds import SCIENCE


def file(content=b"van ban", name="Chương trình.docx"):
    return SimpleUploadedFile(name, content)


def send(client, office, **changes):
    return client.post("/van-ban/tiep-nhan/", {"office": getattr(office, "pk", office), "file": file(), **changes})


def signed(document, office):
    for origin in ("table", "prose"):
        duties.sign_table(document=document, origin=origin, by=office.chief, at=make.NOW)
    for row in document.duties.filter(state="proposed"):
        duties.leave_out(duty=row, reason="Trùng dòng 1", by=office.chief, at=make.NOW)


# the list


def test_nothing_received_yet_says_what_to_do(office, enter):
    page = enter(office.clerk).get("/van-ban/")
    assert "Chưa có văn bản nào" in words(page)
    assert 'href="/van-ban/tiep-nhan/"' in page.content.decode()
    assert 'href="/van-ban/tiep-nhan/"' not in enter(office.who("leader")).get("/van-ban/").content.decode()


def test_the_list_by_state_and_in_order(office, document, enter):
    other = make.read(make.machine(make.row(), symbol="1-KH/TU", date=dt.date(2026, 1, 5)), office=office.body)
    readings.fail(
        document=make.document(office=office.body, filename="hong.docx"), code="x", message="Hỏng.", at=make.NOW
    )
    client = enter(office.clerk)
    listed = lambda query: [str(row) for row in client.get(f"/van-ban/{query}").context["table"]["rows"]]  # noqa: E731
    assert set(listed("")) == {"12-CTr/TU", "1-KH/TU", "hong.docx"}
    assert listed("?state=failed") == ["hong.docx"]
    assert set(listed("?state=read")) == {"12-CTr/TU", "1-KH/TU"}
    assert listed("?state=read&sort=symbol") == ["1-KH/TU", "12-CTr/TU"]
    assert listed("?state=read&sort=-symbol") == ["12-CTr/TU", "1-KH/TU"]
    assert listed("?state=quarantined") == []
    assert other.get_state_display() in words(client.get("/van-ban/"))


# receiving


def test_a_file_is_received(office, enter, committed):
    answer = send(enter(office.clerk), office.body)
    document = Document.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/van-ban/{document.pk}/")
    assert (document.filename, document.state) == ("Chương trình.docx", "quarantined")


def test_the_same_file_again_is_the_same_document(office, enter):
    client = enter(office.clerk)
    first, again = send(client, office.body), send(client, office.body)
    assert first.url == again.url
    assert "đã tiếp nhận trước đó" in words(client.get(again.url))


@pytest.mark.parametrize(("content", "says"), [(None, "Hãy chọn tệp cần gửi."), (b"", "0 byte")])
def test_what_cannot_be_received_says_why(office, enter, content, says):
    answer = send(enter(office.clerk), office.body, file="" if content is None else file(content))
    assert answer.status_code == 422
    assert says in words(answer)
    assert not Document.objects.exists()


def test_a_file_over_the_limit_says_what_to_do(office, enter, settings):
    settings.UPLOAD_LIMIT_MB = 1
    answer = send(enter(office.clerk), office.body, file=file(b"x" * ((1 << 20) + 1)))
    assert answer.status_code == 422
    assert "Tệp lớn hơn 1 MB" in words(answer)


def test_nobody_receives_for_another_office(office, enter):
    assert send(enter(office.clerk), office.elsewhere).status_code == 422
    assert not Document.objects.exists()


def test_who_receives_for_two_offices_chooses(office, enter):
    clerk = office.clerk
    make.post("clerk", body=office.elsewhere, who=clerk)
    page = enter(clerk).get("/van-ban/tiep-nhan/")
    assert [label for _, label in page.context["form"].fields["office"].choices] == [
        office.body.name,
        office.elsewhere.name,
    ]
    assert send(enter(clerk), office.elsewhere).status_code == 302


# while it is read


def test_the_stages_while_it_waits(office, enter):
    waiting = make.document(office=office.body, by=office.clerk)
    Document.objects.update(stage="citations")
    page = enter(office.clerk).get(f"/van-ban/{waiting.pk}/")
    states = {stage["label"]: stage["state"] for stage in page.context["stages"]}
    assert list(states.values()) == ["done"] * 4 + ["now"] + ["waiting"] * 4
    assert 'http-equiv="refresh"' in page.content.decode()
    assert f'hx-get="/van-ban/{waiting.pk}/"' in page.content.decode()


def test_a_file_that_waits_is_not_listed_to_others(office, enter):
    waiting = make.document(office=office.body, by=office.clerk, filename="dang-doc.docx")
    there = f"/van-ban/{waiting.pk}/"
    assert "dang-doc.docx" in words(enter(office.clerk).get("/van-ban/"))
    for stranger in (office.who("leader"), office.who("clerk", office.science), office.who("inspector", office.root)):
        assert "dang-doc.docx" not in words(enter(stranger).get("/van-ban/"))
        assert enter(stranger).get(there).status_code == 404
    assert enter(office.clerk).get(f"{there}tep-goc/").status_code == 404


@pytest.mark.parametrize("end", ["read", "failed"])
def test_when_the_stages_are_over_the_whole_page_comes(office, enter, end):
    waiting = make.document(office=office.body, by=office.clerk)
    client = enter(office.clerk)
    poll = lambda: client.get(  # noqa: E731
        f"/van-ban/{waiting.pk}/", headers={"HX-Request": "true", "HX-Target": "stages"}
    )
    assert "HX-Refresh" not in poll().headers
    Document.objects.update(state=end)
    assert poll().headers["HX-Refresh"] == "true"


# what could not be read


def test_what_could_not_be_read_is_read_again(office, enter):
    failed = make.document(office=office.body, by=office.clerk, filename="khoa.docx")
    readings.fail(document=failed, code="locked", message="Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.", at=make.NOW)
    client, there = enter(office.clerk), f"/van-ban/{failed.pk}/"
    assert "Hãy bỏ mật khẩu rồi gửi lại." in words(client.get(there))
    assert client.get(f"{there}tep-goc/").status_code == 200
    assert client.post(f"{there}doc-lai/").url == there
    failed.refresh_from_db()
    assert (failed.state, failed.failure_message) == ("quarantined", "")
    assert client.post(f"{there}doc-lai/").status_code == 404


def test_a_reader_of_the_page_cannot_read_it_again(office, enter):
    failed = make.document(office=office.body, by=office.clerk)
    readings.fail(document=failed, code="locked", message="Tệp có mật khẩu.", at=make.NOW)
    page = enter(office.who("leader", office.body)).get(f"/van-ban/{failed.pk}/")
    assert "Đọc lại" not in words(page)


def test_what_is_read_is_not_read_again(office, document, enter):
    answer = enter(office.clerk).post(f"/van-ban/{document.pk}/doc-lai/")
    assert answer.status_code == 409
    assert "đã đọc" in words(answer)


def test_a_refused_file_leaves_only_that_it_happened(office, enter):
    secret = make.document(office=office.body, by=office.clerk, filename="ke-hoach-mat.docx")
    readings.refuse(document=secret, message="Tệp có dấu chỉ độ mật nên không được tiếp nhận.", at=make.NOW)
    client, there = enter(office.clerk), f"/van-ban/{secret.pk}/"
    page = words(client.get(there))
    assert "Tệp không được tiếp nhận" in page
    assert "dấu chỉ độ mật" in page
    assert "ke-hoach-mat" not in page + words(client.get("/van-ban/"))
    assert "Đọc lại" not in page
    assert client.get(f"{there}tep-goc/").status_code == 404


# the document


def test_its_page_tells_what_was_read(office, document, enter):
    page = words(enter(office.officer).get(f"/van-ban/{document.pk}/"))
    for part in ("12-CTr/TU", "20/02/2026", "Tỉnh ủy", "đã xác nhận 0/4, không theo dõi 0", "Xem và xác nhận dòng"):
        assert part in page
    assert "Xem và xác nhận dòng" not in words(enter(office.clerk).get(f"/van-ban/{document.pk}/"))


def test_the_works_it_cites(office, enter):
    from vanban import model

    cited = [
        model.WorkRef(kind="Nghị quyết", symbol="57-NQ/TW", date=dt.date(2024, 12, 22)),
        model.WorkRef(kind="Luật", symbol="12/2020/QH14", date=None),
    ]
    seen = make.machine(make.row("Việc", SCIENCE), works=cited, implements="57-NQ/TW")
    document = make.approved(seen, office=office.body, by=office.chief)
    page = words(enter(office.clerk).get(f"/van-ban/{document.pk}/"))
    assert "Nghị quyết 57-NQ/TW 22/12/2024 1 thực hiện" in page
    assert "12/2020/QH14" in page


def test_the_original_comes_as_an_attachment(office, document, enter):
    content = storage.find(document.sha256, office=office.body.pk).read_bytes()
    answer = enter(office.clerk).get(f"/van-ban/{document.pk}/tep-goc/")
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{document.filename}"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_with_letters_of_ours_is_kept(office, enter):
    document = make.read(office=office.body)
    Document.objects.filter(pk=document.pk).update(filename='Kế hoạch "2026".docx')
    answer = enter(office.clerk).get(f"/van-ban/{document.pk}/tep-goc/")
    assert "filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20%222026%22.docx" in answer.headers["Content-Disposition"]


def test_an_original_that_is_lost_is_not_found(office, document, enter):
    storage.find(document.sha256, office=office.body.pk).unlink()
    assert enter(office.clerk).get(f"/van-ban/{document.pk}/tep-goc/").status_code == 404


# the heading


HEADING = {"kind": "Kế hoạch", "symbol": "99-KH/TU", "issued_on": "1/3/2026", "issuer": "Tỉnh ủy", "title": "Về đất"}


def test_a_heading_is_corrected(office, document, enter):
    client, there = enter(office.officer), f"/van-ban/{document.pk}/"
    assert 'value="20/02/2026"' in client.get(f"{there}the-thuc/").content.decode()
    assert client.post(f"{there}the-thuc/", HEADING).url == there
    document.refresh_from_db()
    assert (document.symbol, document.issued_on) == ("99-KH/TU", dt.date(2026, 3, 1))
    assert "99-KH/TU" in words(client.get(there))


@pytest.mark.parametrize("day", ["31/2/2026", "03-2026", "hôm qua", "2026/13/1"])
def test_a_heading_with_a_wrong_date_keeps_what_was_typed(office, document, enter, day):
    answer = enter(office.officer).post(f"/van-ban/{document.pk}/the-thuc/", {**HEADING, "issued_on": day})
    assert answer.status_code == 422
    assert "Ngày chưa hợp lệ. Hãy ghi theo mẫu 31/12/2026." in words(answer)
    page = answer.content.decode()
    assert f'value="{day}"' in page
    assert 'value="99-KH/TU"' in page
    assert "Về đất" in page


def test_an_approved_heading_stands(office, document, enter):
    signed(document, office)
    Document.objects.update(state="approved", approved_by=office.chief, approved_at=make.NOW)
    answer = enter(office.officer).post(f"/van-ban/{document.pk}/the-thuc/", HEADING)
    assert answer.status_code == 422
    assert "đã duyệt" in words(answer)


# the reconciliation


def test_the_reconciliation_shows_what_became_of_each_line(office, document, enter):
    signed(document, office)
    page = enter(office.clerk).get(f"/van-ban/{document.pk}/doi-chieu/")
    assert len(page.context["lines"]) == 4
    assert "đã xác nhận 3, không theo dõi 1, chờ xem 0" in words(page)
    assert "không theo dõi: Trùng dòng 1" in words(page)
    assert "?row=" not in page.content.decode()
    assert "?row=" in enter(office.officer).get(f"/van-ban/{document.pk}/doi-chieu/").content.decode()


def test_a_document_without_rows_says_so(office, enter):
    document = make.read(make.machine(), office=office.body)
    assert "không có dòng giao việc nào" in words(enter(office.clerk).get(f"/van-ban/{document.pk}/doi-chieu/"))


# approval and opening


def test_approval_waits_for_every_row(office, document, enter):
    client = enter(office.chief)
    answer = client.post(f"/van-ban/{document.pk}/duyet/", follow=True)
    assert "Còn 4 dòng chưa được xác nhận" in words(answer)
    document.refresh_from_db()
    assert document.state == "read"


def test_approved_and_opened(office, document, enter):
    signed(document, office)
    client = enter(office.chief)
    answer = client.post(f"/van-ban/{document.pk}/duyet/")
    assert answer.url == f"/van-ban/{document.pk}/mo-chuong-trinh/"
    page = client.get(answer.url)
    assert "Sẽ mở 3 nhiệm vụ" in words(page)
    assert document.issued_on > dt.date(2025, 12, 15), "the period begins before it"
    assert f'value="{document.issued_on:%d/%m/%Y}"' in page.content.decode()
    asked = {"confirming": office.body.pk, "tracked_from": "01/01/2026", "standing_every": "quarter"}
    opened = client.post(answer.url, asked)
    programme = Programme.objects.get()
    assert opened.url == f"/chuong-trinh/{programme.pk}/"
    assert (programme.tracked_from, programme.standing_every) == (dt.date(2026, 1, 1), "quarter")
    assert client.get(answer.url).url == opened.url
    assert "Xem chương trình" in words(client.get(f"/van-ban/{document.pk}/"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"tracked_from": ""}, "Hãy ghi ngày"),
        ({"tracked_from": "30/2/2026"}, "chưa hợp lệ"),
        ({"confirming": "0"}, "không phải"),
    ],
)
def test_opening_keeps_what_was_typed(office, document, enter, wrong, says):
    signed(document, office)
    client = enter(office.chief)
    client.post(f"/van-ban/{document.pk}/duyet/")
    asked = {"confirming": office.body.pk, "monitor": office.health.pk, "tracked_from": "01/01/2026", **wrong}
    answer = client.post(f"/van-ban/{document.pk}/mo-chuong-trinh/", {**asked, "standing_every": "year"})
    assert answer.status_code == 422
    assert says in words(answer)
    page = answer.content.decode()
    assert f'<option value="{office.health.pk}" selected>' in page
    assert '<option value="year" selected>' in page
    assert not Programme.objects.exists()


def test_what_is_not_approved_is_not_opened(office, document, enter):
    asked = {"confirming": office.body.pk, "tracked_from": f"{days(0):%d/%m/%Y}", "standing_every": "half"}
    answer = enter(office.chief).post(f"/van-ban/{document.pk}/mo-chuong-trinh/", asked)
    assert answer.status_code == 422
    assert "chưa được duyệt" in words(answer)


def test_every_act_is_recorded(office, document, enter):
    signed(document, office)
    enter(office.chief).post(f"/van-ban/{document.pk}/duyet/")
    assert Event.objects.latest("sequence").verb == "directives.document.approved"


def test_who_sees_a_document_of_another_office_does_not_approve_it(office, document, enter):
    signed(document, office)
    head = office.who("office_head", office.science)
    make.post("leader", body=office.root, who=head)
    assert enter(head).post(f"/van-ban/{document.pk}/duyet/").status_code == 404, "nobody above hears yet"
    document.refresh_from_db()
    assert document.state == "read"


def test_a_document_is_set_aside_and_taken_back(office, document, enter):
    client = enter(office.officer)
    there = f"/van-ban/{document.pk}/"
    refused = client.post(f"{there}khong-theo-doi/", {"reason": " "})
    assert refused.status_code == 422
    assert "gửi nhầm tệp" in words(refused)
    shown = client.post(f"{there}khong-theo-doi/", {"reason": "Gửi nhầm tệp."}, follow=True)
    assert "vì: Gửi nhầm tệp." in words(shown)
    assert "Xem và xác nhận dòng" not in words(shown)
    assert "Theo dõi lại" in words(shown)
    client.post(f"{there}theo-doi-lai/")
    document.refresh_from_db()
    assert document.state == "read"


def test_what_could_not_be_read_must_be_compared_before_approval(office, enter):
    doubt = model.Doubt(code="page_unread", message="Chưa đọc được trang 3.", severity="blocking")
    document = make.read(make.machine(make.row("Việc", "Sở A"), doubts=[doubt]), office=office.body)
    signed(document, office)
    client = enter(office.chief)
    assert "Đã đối chiếu bản gốc" in words(client.get(f"/van-ban/{document.pk}/dong/"))
    refused = client.post(f"/van-ban/{document.pk}/duyet/", follow=True)
    assert "Chưa đọc được trang 3." in words(refused)
    client.post(f"/van-ban/{document.pk}/duyet/", {"compared": "1"})
    document.refresh_from_db()
    assert document.state == "approved"
