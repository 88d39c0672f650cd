"""Links for drafting in the browser: issued once, written through from outside, handed in on paper."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import factories as make
from doors.desk.world import LATE, OTHER_STANDING, PLAN, SECRET, STANDING, words
from snapshots import rows
from tiendo.work.programmes.actions import links as acts
from tiendo.work.programmes.actions import reports
from tiendo.work.programmes.models import DraftLink, Evidence, Report


@pytest.fixture
def there(world):
    """The address of a link for PLAN."""
    return address(world, PLAN)


def address(world, position):
    return f"/soan/{make.link_and_token(world.owed(position), by=world.office.officer)[1]}/"


def typed(owed, *, version=1, act="save", **fields):
    return {"version": version, "act": act, **{f"o{owed.pk}-{name}": value for name, value in fields.items()}}


DOCUMENT = {"number": "31/BC-SKHCN", "issued_on": "1/3/2026", "level": "Tỉnh ủy"}


def test_from_issuing_to_handing_in(office, world, enter):
    officer, outside, owed = enter(office.officer), Client(), world.owed(PLAN)
    page = officer.get(f"/co-quan/{office.science.pk}/")
    assert f"/co-quan/{office.science.pk}/lien-ket/" in page.content.decode()
    made = officer.post(f"/co-quan/{office.science.pk}/lien-ket/", {"obligation": owed.pk, "days": 14})
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    there = re.search(r"http://testserver(/soan/[^<]+/)", made.content.decode()).group(1)
    token = there.split("/")[2]
    listed = officer.get(f"/co-quan/{office.science.pk}/lien-ket/").content.decode()
    assert token not in listed

    shown = outside.get(there)
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Xây dựng kế hoạch chuyển đổi số" in words(shown)
    assert "hạn 01/04/2026" in words(shown)
    assert outside.post(there, typed(owed, text="Đã trình.", **DOCUMENT)).url == there
    again = outside.get(there)
    assert "Đã lưu bản đang soạn." in words(again)
    assert ">\nĐã trình.</textarea>" in again.content.decode()
    assert "31/BC-SKHCN (01/03/2026)" in words(again)

    link = DraftLink.objects.get()
    inside = officer.get(f"/lien-ket/{link.pk}/")
    assert "Đã trình." in words(inside)
    sent = officer.post(f"/lien-ket/{link.pk}/gui/", {"number": "12/BC", "signed_on": "1/3/2026"})
    report = Report.objects.get()
    assert sent.url == f"/bao-cao/{report.pk}/"
    assert "Gửi theo văn bản giấy có ký của cơ quan: số 12/BC, ngày 01/03/2026." in words(officer.get(sent.url))
    assert "qua liên kết soạn báo cáo" in words(officer.get(sent.url))
    closed = outside.get(there)
    assert closed.status_code == 410
    assert "đã được gửi" in words(closed)


def test_whoever_holds_it_hands_in_nothing_and_confirms_nothing(world, there):
    outside, owed = Client(), world.owed(PLAN)
    for act in ("submit", "confirm", "save"):
        version = Report.objects.get().version if Report.objects.exists() else 1
        outside.post(there, typed(owed, act=act, version=version, text="Đã trình.", **DOCUMENT))
        assert Report.objects.get().state == "draft"
    report = Report.objects.get()
    for page in (f"/bao-cao/{report.pk}/", f"/viec/{owed.pk}/", f"/nhiem-vu/{owed.task_id}/", world.board, "/"):
        assert outside.get(page).url.startswith("/dang-nhap/")


def test_it_shows_nothing_of_others(world, there):
    shown = words(Client().get(there))
    for task in world.programme.tasks.exclude(position=PLAN):
        assert task.content not in shown
    assert "Sở Y tế" not in shown


def test_how_much_is_done_is_told_too(office, world, there, enter):
    owed, outside = world.owed(PLAN), Client()
    assert outside.post(there, typed(owed, text="Đang làm", percent="140")).status_code == 422
    assert not Report.objects.exists()
    assert outside.post(there, typed(owed, text="Đang làm", percent="40")).status_code == 302
    assert Report.objects.get().answers.get().percent == 40
    assert f'name="o{owed.pk}-percent" value="40"' in outside.get(there).content.decode()
    assert "Tỷ lệ hoàn thành: 40%" in words(enter(office.officer).get(f"/lien-ket/{DraftLink.objects.get().pk}/"))


def test_a_file_that_somebody_with_an_account_added_is_told_of(office, world, there, enter):
    owed, outside = world.owed(PLAN), Client()
    outside.post(there, typed(owed, text="Đã trình.", **DOCUMENT))
    answer = Report.objects.get().answers.get()
    Evidence.objects.create(
        answer=answer,
        filename="phu-luc.pdf",
        sha256="a" * 64,
        added_by=office.chief,
        added_at=make.NOW,
        kept_by=office.science,
    )
    page = words(outside.get(there))
    assert "Ngoài ra có 1 văn bản hoặc tệp do người có tài khoản thêm." in page
    assert "phu-luc.pdf" not in page
    assert "Tệp không nhận qua liên kết" in page
    assert "phu-luc.pdf" in words(enter(office.officer).get(f"/lien-ket/{DraftLink.objects.get().pk}/"))


def test_of_a_body_whose_people_have_accounts_it_is_said_who_they_are(office, world, enter):
    there = f"/co-quan/{office.science.pk}/lien-ket/"
    officer = enter(office.officer)
    assert "soạn được bằng tài khoản" not in words(officer.get(there))
    head = make.post("head", body=office.science, who=make.user("Trương Thị Sáu")).user
    assert "soạn được bằng tài khoản của mình: Trương Thị Sáu." in words(officer.get(there))
    assert "soạn được bằng tài khoản" not in words(enter(head).get(there)), "the body itself knows"
    head.is_active = False
    head.save()
    assert "soạn được bằng tài khoản" not in words(officer.get(there))


def test_files_are_not_taken(world, there):
    from django.core.files.uploadedfile import SimpleUploadedFile

    owed = world.owed(PLAN)
    Client().post(there, typed(owed, text="Một", file=SimpleUploadedFile("a.pdf", b"%PDF-1.7")))
    assert not Evidence.objects.exists()


def test_words_are_kept_while_they_are_typed_documents_are_not(world, there):
    owed = world.owed(PLAN)
    answer = Client().post(there, typed(owed, act="auto", text="Đang làm", **DOCUMENT))
    assert answer.status_code == 200
    assert 'name="version" value="2"' in answer.content.decode()
    assert "Đã lưu lúc 09:30 02/03/2026" in words(answer)
    assert "<html" not in answer.content.decode()
    assert Report.objects.get().answers.get().text == "Đang làm"
    assert not Evidence.objects.exists()
    late = Client().post(there, typed(owed, act="auto", text="Khác"))
    assert late.status_code == 422
    assert 'name="version" value="1"' in late.content.decode()
    assert Client().post(there, typed(owed, act="auto", version=2, number="1")).status_code == 422


def test_a_period_on_one_page(world):
    there, one, two = address(world, STANDING), world.owed(STANDING), world.owed(OTHER_STANDING)
    shown = Client().get(there)
    assert [row["obligation"] for row in shown.context["rows"]] == [one, two]
    posted = typed(one, nothing_arose="on") | typed(two, text="Mở 3 lớp.")
    assert Client().post(there, posted).status_code == 302
    said = {row.obligation_id: (row.nothing_arose, row.text) for row in Report.objects.get().answers.all()}
    assert said == {one.pk: (True, ""), two.pk: (False, "Mở 3 lớp.")}


def test_of_a_restricted_task_neither_shown_nor_taken(world):
    there, owed = address(world, SECRET), world.owed(SECRET)
    shown = Client().get(there)
    assert "Báo cáo riêng" not in words(shown)
    assert "<textarea" not in shown.content.decode()
    refused = Client().post(there, typed(owed, text="Nội dung", **DOCUMENT))
    assert refused.status_code == 422
    assert "không nhận nội dung" in words(refused)
    assert not Report.objects.exists()
    assert Client().post(there, typed(owed, **DOCUMENT)).status_code == 302
    assert str(Evidence.objects.get()) == "31/BC-SKHCN"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": "x" * 501}, "500"),
        ({"number": "31/BC"}, "cả số, ký hiệu và ngày"),
        ({"issued_on": "31/2/2026"}, "Ngày"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(world, there, fields, says):
    answer = Client().post(there, typed(world.owed(PLAN), level="Văn phòng Tỉnh ủy", **fields))
    assert answer.status_code == 422
    assert says in words(answer)
    assert "Văn phòng Tỉnh ủy" in answer.content.decode()
    assert not Report.objects.exists()


def test_two_windows(world, there):
    owed = world.owed(PLAN)
    Client().post(there, typed(owed, text="Một"))
    answer = Client().post(there, typed(owed, text="Hai"))
    assert answer.status_code == 422
    assert "Phần vừa nhập vẫn còn ở dưới." in words(answer)
    assert ">\nHai</textarea>" in answer.content.decode()
    again = Client().post(there, typed(owed, text="Hai", version=answer.context["version"]))
    assert again.status_code == 302


def test_an_expired_link_says_so_and_what_to_do(world, there, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW + timedelta(days=14))
    for answer in (Client().get(there), Client().post(there, typed(world.owed(PLAN), text="x"))):
        assert answer.status_code == 410
        assert "Liên kết đã hết hạn" in words(answer)
        assert "lập liên kết mới" in words(answer)
    assert not Report.objects.exists()


def test_a_revoked_link_says_so(office, world, there, enter):
    link = DraftLink.objects.get()
    assert enter(office.officer).post(f"/lien-ket/{link.pk}/thu-hoi/").status_code == 302
    assert "Liên kết đã bị thu hồi" in words(Client().get(there))
    assert "đã thu hồi" in words(enter(office.officer).get(f"/lien-ket/{link.pk}/"))


def test_a_clerk_with_an_account_took_it_up(office, world, there, enter):
    Client().post(there, typed(world.owed(PLAN), text="Qua liên kết"))
    clerk = office.who("clerk", office.science)
    page = enter(clerk).get(world.writing(PLAN))
    assert "Qua liên kết" in page.content.decode()
    enter(clerk).post(world.writing(PLAN), typed(world.owed(PLAN), text="Việc nội bộ", version=2))
    closed = Client().get(there)
    assert closed.status_code == 410
    assert "Việc nội bộ" not in words(closed)
    inside = enter(office.officer).get(f"/lien-ket/{DraftLink.objects.get().pk}/")
    assert "Việc nội bộ" not in words(inside)


def test_what_more_is_asked_is_said(office, world, there):
    Client().post(there, typed(world.owed(PLAN), text="Đã trình."))
    on = {"by": office.officer, "at": make.NOW}
    sent = acts.submit_on_paper(link=DraftLink.objects.get(), number="1", signed_on=make.days(-1), **on)
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu số liệu quý II.", by=office.chief, at=make.NOW)
    assert "Đề nghị bổ sung: Thiếu số liệu quý II." in words(Client().get(there))


@pytest.mark.parametrize("token", ["1-x", "x", "0-", f"{10**30}-x", "-", "%2e%2e"])
def test_a_wrong_token_opens_nothing(world, there, token):
    before = rows()
    for answer in (Client().get(f"/soan/{token}/"), Client().post(f"/soan/{token}/", {"act": "save"})):
        assert answer.status_code == 404
        assert "Liên kết không đúng" in words(answer)
    after = {table: held for table, held in rows().items() if "attempt" not in str(table).casefold()}
    assert after == {table: held for table, held in before.items() if "attempt" not in str(table).casefold()}


def test_guessing_is_slowed_and_the_right_link_still_opens(world, there, settings):
    settings.SIGN_IN_TRIES_ADDRESS = 3
    assert [Client().get("/soan/1-x/").status_code for _ in range(5)] == [404, 404, 404, 429, 429]
    assert Client().get(there).status_code == 200


def test_a_form_from_elsewhere_is_refused(world, there):
    client = Client(enforce_csrf_checks=True)
    assert client.post(there, typed(world.owed(PLAN), text="x")).status_code == 403


def test_days_out_of_bounds(office, world, enter):
    client, page = enter(office.officer), f"/co-quan/{office.science.pk}/lien-ket/"
    for days in ("0", "61", "x", ""):
        assert client.post(page, {"obligation": world.owed(PLAN).pk, "days": days}).status_code == 422
    assert client.post(page, {"obligation": world.owed(7).pk, "days": 3}).status_code == 422
    assert not DraftLink.objects.exists()


def test_a_head_issues_for_the_own_body_and_does_not_hand_in_on_paper(office, world, enter):
    head = enter(office.who("head", office.science))
    made = head.post(f"/co-quan/{office.science.pk}/lien-ket/", {"obligation": world.owed(LATE).pk, "days": 3})
    assert "/soan/" in made.content.decode()
    link = DraftLink.objects.get()
    assert "Gửi theo văn bản giấy" not in words(head.get(f"/lien-ket/{link.pk}/"))
    assert head.get(f"/co-quan/{office.health.pk}/lien-ket/").status_code == 404


def test_the_paper_form_says_what_is_missing(office, world, there, enter):
    link = DraftLink.objects.get()
    answer = enter(office.officer).post(f"/lien-ket/{link.pk}/gui/", {"number": "1", "signed_on": "1/3/2026"})
    assert answer.status_code == 422
    assert "Chưa có bản soạn nào" in " ".join(answer.context["form"].non_field_errors())
    Client().post(there, typed(world.owed(PLAN), text="Đã trình."))
    answer = enter(office.officer).post(f"/lien-ket/{link.pk}/gui/", {"number": "1", "signed_on": ""})
    assert answer.status_code == 422
    assert "Hãy ghi ngày" in words(answer)


def test_how_often_the_pages_ask(office, enter):
    asked = []
    for count in (2, 30):
        opened = make.programme(
            *(make.row(f"Việc {n}", office.science.name, deadline=make.continuous()) for n in range(count)),
            office=office.body, by=office.chief,
        )  # fmt: skip
        owed = opened.obligations.latest("due")
        link, token = make.link_and_token(owed, by=office.officer)
        Client().post(f"/soan/{token}/", typed(owed, text="x", **DOCUMENT))
        found = []
        pages = [(Client(), f"/soan/{token}/"), (enter(office.officer), f"/lien-ket/{link.pk}/"),
                 (enter(office.officer), f"/co-quan/{office.science.pk}/lien-ket/")]  # fmt: skip
        for client, page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            found.append(len(captured))
        asked.append(found)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 15


def test_the_paper_counts_from_the_day_on_which_it_was_received(office, world, enter):
    there, officer = address(world, LATE), enter(office.officer)
    Client().post(there, typed(world.owed(LATE), text="Đã hoàn thiện."))
    page = f"/lien-ket/{DraftLink.objects.get().pk}/"
    assert 'value="02/03/2026"' in officer.get(page).content.decode()  # today
    paper = {"number": "12/BC", "signed_on": "18/2/2026"}
    refused = officer.post(f"{page}gui/", paper | {"received_on": "17/2/2026"})
    assert (refused.status_code, "từ 18/02/2026 đến 02/03/2026" in words(refused)) == (422, True)
    assert 'value="17/2/2026"' in refused.content.decode()
    sent = officer.post(f"{page}gui/", paper | {"received_on": "19/2/2026"})
    shown = words(officer.get(sent.url))
    assert "Nhận ngày 19/02/2026, nhập vào hệ thống lúc" in shown
    assert "văn bản giấy nhận ngày 19/02/2026" in shown
    assert world.owed(LATE).submitted_on == make.days(-11)


def test_one_document_for_the_whole_period_is_typed_once(world):
    there = address(world, STANDING)
    outside, document = Client(), {"ky-number": "90/BC", "ky-issued_on": "2/3/2026"}
    assert "Văn bản của cả kỳ" in words(outside.get(there))
    assert outside.post(there, {"version": 1, "act": "auto", **document}).status_code == 200
    assert not Evidence.objects.exists()
    assert outside.post(there, {"version": 2, "act": "save", **document}).url == there
    assert {str(one) for one in Evidence.objects.all()} == {"90/BC"}
    assert Evidence.objects.filter(added_by=None).count() == 2
    half = outside.post(there, {"version": 3, "act": "save", "ky-number": "91/BC"})
    assert (half.status_code, "đang dẫn cho 2 dòng" in words(half)) == (422, True)
    one = Evidence.objects.first()
    outside.post(there, {"version": 3, "act": "save", "withdraw_whole": one.pk})
    assert not Evidence.objects.filter(withdrawn_at=None).exists()
