"""The register's pages: out, in after a look, single bodies."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories as make
from doors.desk.world import words
from tiendo.foundation.organisations.models import Name, Organisation, RegisterList

HEAD = "code,name,kind,parent"


@pytest.fixture
def client(office, enter):
    return enter(office.who("registrar"))


def send(client, *lines, name="danh-ba.csv", head=HEAD):
    file = SimpleUploadedFile(name, "\n".join([head, *lines]).encode())
    return client.post("/co-quan/danh-ba/", {"file": file})


def write(client, page, **more):
    digest = page.context["plan"].digest
    sent = {"act": "write", "digest": digest, "looked_at": "1", **more}
    return client.post(page.request["PATH_INFO"], sent, follow=True)


def test_a_list_is_looked_at_before_it_is_written(office, client):
    answer = send(client, "A,Sở A,department,T", "T.YT,Sở Y tế tỉnh,department,T")
    page = client.get(answer.url)
    assert not Organisation.objects.filter(code="A").exists()
    rows = page.context["table"]["rows"]
    assert [(row["label"], row["doubts"]) for row in rows] == [("T.YT – Sở Y tế tỉnh", ["sửa tên (không giữ tên cũ)"])]
    assert "A – Sở A" in words(client.get(f"{answer.url}?what=added"))
    shown = words(client.get(f"{answer.url}?what=changed"))
    assert "Sở Y tế → Sở Y tế tỉnh" in shown
    assert "thêm 1 dòng, sửa 1 dòng" in words(write(client, page))
    assert Organisation.objects.get(code="T.YT").name == "Sở Y tế tỉnh"
    settled = words(client.get(answer.url))
    assert "đã ghi vào danh bạ" in settled


def test_a_name_that_changes_is_a_slip_only_when_somebody_says_so(office, client):
    url = send(client, "T.YT,Sở Y tế và Dân số,department,T").url
    page = client.get(url)
    assert "sửa tên (không giữ tên cũ)" in words(page)
    assert "1 tên thay đổi mà tệp không ghi từ ngày nào" in words(page)
    refused = client.post(url, {"act": "write", "digest": page.context["plan"].digest})
    assert refused.status_code == 409
    assert "1 dòng cần xem lại" in words(refused)
    dated = client.get(f"{url}?renamed_on=01/02/2026")
    assert "sửa tên (không giữ tên cũ)" not in words(dated)
    assert "Đổi tên từ ngày 01/02/2026" in words(dated)
    assert 'name="renamed_on" value="01/02/2026"' in dated.content.decode()
    write(client, dated, renamed_on="01/02/2026")
    assert {(one.text, str(one.ends)) for one in office.health.names.all()} == {
        ("Sở Y tế", "2026-01-31"),
        ("Sở Y tế và Dân số", "None"),
    }


def test_a_day_that_is_none_or_has_not_come(office, client):
    url = send(client, "T.YT,Sở Y tế và Dân số,department,T").url
    wrong = client.get(f"{url}?renamed_on=32/13/2026")
    assert "Ngày chưa hợp lệ" in words(wrong)
    assert "sửa tên (không giữ tên cũ)" in words(wrong)
    assert "ngày đổi tên chưa đến" in words(client.get(f"{url}?renamed_on=01/02/2030"))


def test_a_refused_line_stands_first_and_nothing_can_be_written(office, client):
    answer = send(client, "A,Sở A,department,T", "b,Sở B,department,T")
    page = client.get(answer.url)
    assert [row["number"] for row in page.context["table"]["rows"]] == [3]
    assert "mã “b” phải gồm chữ hoa" in words(page)
    assert b'value="write"' not in page.content
    refused = write(client, page)
    assert refused.status_code == 409
    assert "1 dòng chưa nhận được" in words(refused)


def test_a_register_that_changed_meanwhile_is_shown_again(office, client):
    page = client.get(send(client, "T.YT,Sở Y tế tỉnh,department,T").url)
    Organisation.objects.filter(code="T.YT").update(short_name="SYT")
    again = write(client, page)
    assert again.status_code == 409
    assert "Danh bạ đã thay đổi từ lúc xem trước" in words(again)
    assert "sửa 1 dòng" in words(write(client, again))


def test_a_file_that_is_no_list_says_why_and_is_put_away(office, client):
    url = send(client, "không phải danh sách", head="ghi chú").url
    assert "thiếu cột Tên, Loại. Dòng đầu phải là: Mã, Tên, Loại, Mã cấp trên" in words(client.get(url))
    assert "danh bạ không thay đổi" in words(client.post(url, {"act": "discard"}, follow=True))
    assert RegisterList.objects.get().state == "discarded"


def test_what_is_no_file_at_all(office, client):
    assert client.post("/co-quan/danh-ba/", {}).status_code == 422
    empty = client.post("/co-quan/danh-ba/", {"file": SimpleUploadedFile("a.csv", b"")})
    assert empty.status_code == 422


def test_somebody_elses_list_is_nobodys(office, client, enter):
    url = send(client, "A,Sở A,department,T").url
    assert enter(make.person("registrar", office.root)).get(url).status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbfcode,name"), ("zip", b"PK"), ("xlsx", b"PK")])
def test_the_register_goes_out_as_far_as_one_keeps_it(office, client, form, begins):
    answer = client.get(f"/co-quan/danh-ba/tai-xuong/{form}/")
    assert answer.content.startswith(begins)
    assert f'danh-ba-20260302.{form}"' in answer["Content-Disposition"]
    if form == "csv":
        assert "T.YT" in answer.content.decode()
        assert "X.VP" not in answer.content.decode()
    page = client.post("/co-quan/danh-ba/", {"file": SimpleUploadedFile(f"a.{form}", answer.content)}, follow=True)
    assert "không có gì phải ghi" in words(page)


def test_an_unknown_form(office, client):
    assert client.get("/co-quan/danh-ba/tai-xuong/pdf/").status_code == 404


def test_a_body_is_added(office, client):
    given = {"parent": office.root.pk, "code": "MT", "name": "Mặt trận", "kind": "front", "abbreviations": "MTTQ|UBMT"}
    page = client.post("/co-quan/them/", given, follow=True)
    assert "Đã thêm Mặt trận." in words(page)
    assert set(Name.objects.filter(organisation__code="MT").values_list("text", flat=True)) == {
        "Mặt trận",
        "MTTQ",
        "UBMT",
    }
    again = client.post("/co-quan/them/", given)
    assert again.status_code == 422
    assert "mã “MT” đã được dùng" in words(again)


def test_a_slip_is_corrected_and_a_renaming_keeps_the_past(office, client):
    url = f"/co-quan/{office.health.pk}/sua/"
    form = client.get(url).context["form"]
    given = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    page = client.post(url, {**given, "name": "Sở Y tế tỉnh"}, follow=True)
    assert "Đã sửa Sở Y tế tỉnh." in words(page)
    assert office.health.names.get().text == "Sở Y tế tỉnh"
    client.post(url, {**given, "name": "Sở Sức khỏe", "renamed_on": "01/02/2026", "parent": office.science.pk})
    office.health.refresh_from_db()
    assert (office.health.name, office.health.parent) == ("Sở Sức khỏe", office.science)
    assert {(one.text, str(one.ends)) for one in office.health.names.all()} == {
        ("Sở Y tế tỉnh", "2026-01-31"),
        ("Sở Sức khỏe", "None"),
    }
    refused = client.post(url, {**given, "code": "T.VP"})
    assert refused.status_code == 422
    assert "mã “T.VP” đã được dùng" in words(refused)


def test_nothing_is_written_where_nothing_changed(office, client):
    url = f"/co-quan/{office.root.pk}/sua/"
    form = client.get(url).context["form"]
    assert "kind" not in form.fields
    given = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    assert client.post(url, given).status_code == 302
    assert not make.event().__class__.objects.filter(verb="organisations.organisation.corrected").exists()


def test_only_a_body_that_nothing_refers_to_is_removed(office, client):
    made = make.organisation("Sở Nhầm", parent=office.root)
    page = client.post(f"/co-quan/{made.pk}/xoa/", follow=True)
    assert "Đã xóa Sở Nhầm" in words(page)
    office.who("clerk", office.health)
    page = client.post(f"/co-quan/{office.health.pk}/xoa/", follow=True)
    assert "Không xóa được “Sở Y tế”" in words(page)
    page = client.post(f"/co-quan/{office.root.pk}/xoa/", follow=True)
    assert "cơ quan trực thuộc" in words(page)
    assert client.get(f"/co-quan/{office.health.pk}/xoa/").status_code == 302


@pytest.mark.parametrize("page", ["sua", "xoa"])
def test_another_trees_bodies_are_not_ours_to_change(office, client, page):
    assert client.post(f"/co-quan/{office.elsewhere.pk}/{page}/", {}).status_code == 403


def test_the_pages_of_bodies_lead_there_only_for_who_keeps_them(office, client, enter):
    assert "Danh bạ cơ quan" in words(client.get("/co-quan/"))
    assert f"/co-quan/{office.health.pk}/sua/" in client.get(f"/co-quan/{office.health.pk}/").content.decode()
    assert "/sua/" not in enter(office.clerk).get(f"/co-quan/{office.health.pk}/").content.decode()
    assert f"/co-quan/{office.elsewhere.pk}/sua/" not in client.get(f"/co-quan/{office.elsewhere.pk}/").content.decode()
