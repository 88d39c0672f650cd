"""What was typed outlives the session: it goes through signing in and is sent again by its sender."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from doors.desk.world import row_form, words
from factories.foundation import PASSWORD
from snapshots import rows
from tiendo.doors.desk import kept
from tiendo.foundation.accounts.models import User

TYPED = "Ban hành kế hoạch <chuyển đổi số> & tập huấn"
HERE = {"Origin": "http://testserver"}


def sealed(page: object) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', page.content.decode())
    return found[1] if found else ""


def again(page: object) -> dict[str, str]:
    """The hidden form of a page that offers to send it again."""
    form = page.content.decode().split('<form method="post" action="/van-ban', 1)[1].split("</form>")[0]
    import html

    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in pairs}


@pytest.fixture
def row(document):
    return document.duties.all()[0]


@pytest.fixture
def there(document, row) -> str:
    return f"/van-ban/{document.pk}/dong/{row.pk}/"


def enter(client: Client, user: User, page: object, password: str = PASSWORD):
    return client.post(
        "/dang-nhap/",
        {"username": user.username, "password": password, "next": "/", "kept": sealed(page)},
    )


def test_what_was_typed_goes_through_signing_in(office, document, row, there):
    client = Client()
    before = rows()
    page = client.post(there, row_form(row, content=TYPED, act="save"))
    assert page.status_code == 403
    assert "chưa được lưu" in words(page)
    assert rows() == before
    offered = enter(client, office.officer, page)
    assert TYPED in words(offered)
    assert office.officer.full_name in words(offered), "the frame is that of who came in"
    assert f'action="{there}"' in offered.content.decode()
    row.refresh_from_db()
    assert row.content != TYPED, "nothing is sent without a click"
    sent = client.post(there, again(offered))
    assert sent.status_code == 302
    row.refresh_from_db()
    assert row.content == TYPED


def test_a_slip_at_the_door_loses_nothing(office, row, there):
    client = Client()
    page = client.post(there, row_form(row, content=TYPED))
    refused = enter(client, office.officer, page, "sai-mat-khau")
    assert refused.status_code == 422
    assert TYPED in words(enter(client, office.officer, refused))


def test_who_signed_in_in_another_window_sends_again_too(office, row, there):
    page = Client().post(there, row_form(row, content=TYPED))
    client = Client()
    client.force_login(office.officer)
    assert TYPED in words(client.post("/dang-nhap/", {"kept": sealed(page)}))


@pytest.mark.parametrize("sent", [{}, {"act": ""}, {"csrfmiddlewaretoken": "x", "next": "/"}])
def test_nothing_typed_leads_to_the_door_as_before(there, sent):
    assert Client().post(there, sent).url.startswith("/dang-nhap/?next=/van-ban/")


def test_a_password_is_never_kept(office):
    answer = Client().post("/mat-khau/", {"current": PASSWORD, "password": "gio-mua-thu-ve", "again": "gio-mua-thu-ve"})
    assert (answer.status_code, answer.url) == (302, "/dang-nhap/?next=/mat-khau/")


def test_what_htmx_saves_by_itself_stays_in_the_page(row, there):
    answer = Client().post(there, row_form(row, content=TYPED), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (403, b"")
    assert "HX-Redirect" not in answer.headers


@pytest.mark.parametrize("typed", [{"text": TYPED}, {}])
def test_files_are_named_and_chosen_again_where_the_rest_is_sent_again(office, typed):
    client = Client()
    files = {"file": SimpleUploadedFile("đề án.txt", b"a"), "others": [SimpleUploadedFile(n, b"b") for n in "bc"]}
    page = client.post("/viec/1/", {**typed, **files})
    assert page.status_code == 403
    assert "cần chọn lại. “đề án.txt”, “b”, “c”" in words(page)
    offered = enter(client, office.officer, page)
    assert "Chọn lại tệp: “đề án.txt”" in words(offered)
    assert "Chọn lại tệp: “b”, “c”" in words(offered)
    form = offered.content.decode().split('<form method="post" action="/viec/1/"')[1].split("</form>")[0]
    assert 'enctype="multipart/form-data"' in form
    fields = re.findall(r'<input class="input" type="file" id="file\d" name="(\w+)"( multiple)?>', form)
    assert fields == [("file", ""), ("others", " multiple")]


def test_without_files_there_is_no_place_for_any(office, row, there):
    client = Client()
    offered = enter(client, office.officer, client.post(there, row_form(row, content=TYPED)))
    assert 'type="file"' not in offered.content.decode()
    assert "multipart" not in offered.content.decode()


def test_what_is_too_long_is_shown_to_be_copied(office, there, monkeypatch):
    monkeypatch.setattr(kept, "LARGEST", 100)
    client = Client()
    page = client.post(there, {"content": TYPED * 9})
    assert f"{TYPED}{TYPED}" in words(page)
    assert "chép ra chỗ khác" in words(page)
    assert sealed(page) == ""
    assert enter(client, office.officer, page).url == "/"


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "[]"])
def test_only_our_own_seal_is_opened(office, forged):
    answer = Client().post("/dang-nhap/", {"username": office.officer.username, "password": PASSWORD, "kept": forged})
    assert (answer.status_code, answer.url) == (302, "/")


def test_a_seal_grows_old(rf: RequestFactory, monkeypatch):
    sent = kept.of(rf.post("/a/?b=1", {"text": TYPED, "o": ["1", "2"]}))
    assert kept.opened(sent.sealed()) == sent
    assert (sent.path, sent.words) == ("/a/?b=1", [TYPED])
    monkeypatch.setattr(kept, "LIVES", -1)
    assert kept.opened(sent.sealed()) is None


def test_a_page_of_an_earlier_session_offers_to_send_again(office, row, there):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.officer)
    page = client.post(there, row_form(row, content=TYPED), headers=HERE)
    assert page.status_code == 403
    assert "lần đăng nhập trước" in words(page)
    sent = client.post(there, again(page), headers=HERE)
    assert sent.status_code == 302
    row.refresh_from_db()
    assert row.content == TYPED


def test_a_page_of_an_earlier_session_and_nobody_signed_in(row, there):
    page = Client(enforce_csrf_checks=True).post(there, row_form(row, content=TYPED), headers=HERE)
    assert page.status_code == 403
    assert sealed(page)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {**HERE, "Sec-Fetch-Site": "cross-site"},
     {**HERE, "Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
def test_another_sites_form_is_never_offered(office, row, there, headers):
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        page = client.post(there, row_form(row, content=TYPED), headers=headers)
        assert page.status_code == 403
        assert TYPED not in words(page)
        assert sealed(page) == ""
        assert "Gửi lại" not in words(page)
        client.force_login(office.officer)
