"""Row by row: what is shown first, every act, every refusal, and two people on one row."""

from __future__ import annotations

import datetime as dt

import pytest

import factories as make
from doors.desk.world import row_form, words
from factories import days
from tiendo.work.directives.actions import duties
from tiendo.work.directives.models import Document, Duty
from worlds import HEALTH, SCIENCE


@pytest.fixture
def client(office, enter):
    return enter(office.officer)


@pytest.fixture
def there(document):
    return f"/van-ban/{document.pk}/dong/"


def rows(document) -> list[Duty]:
    return list(document.duties.all())


def post(client, row, **changes):
    row.refresh_from_db()
    return client.post(f"/van-ban/{row.document_id}/dong/{row.pk}/", row_form(row, **changes))


def fresh(row) -> Duty:
    return Duty.objects.get(pk=row.pk)


# the page


def test_what_cannot_be_signed_comes_first_and_prose_last(client, document, there):
    page = client.get(there)
    shown = [entry["duty"].content for entry in page.context["rows"]]
    assert shown == [
        "Rà soát quy trình",
        "Xây dựng kế hoạch chuyển đổi số",
        "Bố trí kinh phí",
        "Phổ biến đến toàn thể cán bộ",
    ]
    assert page.context["row"].content == "Rà soát quy trình"
    assert "Dòng không có cơ quan chủ trì." in words(page)
    assert "Đã xem 0/4 dòng" in words(page)
    assert "Văn bản có hai phụ lục." in words(page)


def test_the_sentence_is_lit(client, document, there):
    row = rows(document)[2]
    page = client.get(f"{there}?row={row.pk}")
    assert '<mark id="lit">Bố trí kinh phí</mark>' in page.content.decode()
    assert "Thời hạn cần xem lại." in words(page)


@pytest.mark.parametrize(
    ("show", "contents"),
    [
        ("check", ["Rà soát quy trình", "Bố trí kinh phí"]),
        ("waiting", ["Rà soát quy trình", "Bố trí kinh phí", "Phổ biến đến toàn thể cán bộ"]),
        ("signed", ["Xây dựng kế hoạch chuyển đổi số"]),
        ("left_out", []),
        ("prose", ["Phổ biến đến toàn thể cán bộ"]),
        ("no-such-filter", None),
    ],
)
def test_filters_and_their_counts(client, office, document, there, show, contents):
    duties.sign(duty=rows(document)[0], by=office.officer, at=make.NOW)
    page = client.get(f"{there}?show={show}")
    shown = [entry["duty"].content for entry in page.context["rows"]]
    assert contents is None or shown == contents
    chips = page.context["filtering"]["filters"][0]["chips"]
    assert [chip["count"] for chip in chips] == [4, 2, 3, 1, 0, 1]
    if contents is not None:
        assert [chip["count"] for chip in chips if chip["current"]] == [len(contents)]
    assert contents != [] or "Không có dòng nào ở mục này." in words(page)


@pytest.mark.parametrize("asked", ["abc", "0", "99999999999999999999", "-1"])
def test_a_row_that_is_not_there_gives_the_next(client, there, asked):
    assert client.get(f"{there}?row={asked}").context["row"].content == "Rà soát quy trình"


def test_a_document_that_was_not_read_has_no_rows_to_confirm(client, office):
    failed = make.document(office=office.body)
    Document.objects.filter(pk=failed.pk).update(state="failed")
    assert client.get(f"/van-ban/{failed.pk}/dong/").url == f"/van-ban/{failed.pk}/"


def test_a_document_without_rows_says_so(client, office):
    empty = make.read(make.machine(), office=office.body)
    assert "Không có dòng nào ở mục này." in words(client.get(f"/van-ban/{empty.pk}/dong/"))


def test_an_approved_document_is_only_looked_at(client, office):
    done = make.approved(make.machine(make.row("Việc", SCIENCE)), office=office.body, by=office.chief)
    page = client.get(f"/van-ban/{done.pk}/dong/")
    assert "các dòng chỉ còn để xem" in words(page)
    assert 'name="act"' not in page.content.decode()
    answer = post(client, done.duties.get(), content="Khác")
    assert answer.status_code == 422
    assert "đã duyệt" in words(answer)


# acts


def test_a_row_is_edited(client, document):
    row = rows(document)[0]
    answer = post(
        client, row, content="Xây dựng đề án", leads=f"{HEALTH}\r\n{SCIENCE}", coordinators="Các cơ quan liên quan",
        deadline_kind="period", deadline_start="1/1/2026", deadline_end="30/6/2026", product="Đề án", number="1a",
        restricted="on",
    )  # fmt: skip
    assert answer.url == f"/van-ban/{document.pk}/dong/?row={row.pk}#row"
    row = fresh(row)
    assert (row.content, row.product, row.number, row.restricted) == ("Xây dựng đề án", "Đề án", "1a", True)
    assert [party["name"] for party in row.leads] == [HEALTH, SCIENCE]
    assert row.coordinators == [{"name": "Các cơ quan liên quan", "group": True}]
    assert (row.deadline_start, row.deadline_end) == (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    assert row.edited


def test_signing_goes_to_the_next_row_that_waits(client, document, there):
    first, _, third, _ = rows(document)
    answer = post(client, first, act="sign", show="waiting")
    assert answer.url.startswith(f"{there}?show=waiting&row=")
    assert (fresh(first).state, fresh(first).signed_as, fresh(first).edited) == ("signed", "row", False)
    assert "Đã xem 1/4 dòng" in words(client.get(answer.url))
    assert post(client, third, act="sign").status_code == 302


def test_what_was_typed_is_signed_with_it(client, document):
    row = rows(document)[1]
    post(client, row, act="sign", leads=SCIENCE)
    assert (fresh(row).state, fresh(row).edited) == ("signed", True)
    assert fresh(row).leads[0]["name"] == SCIENCE


def test_a_row_is_left_out_with_its_reason(client, document):
    row = rows(document)[3]
    post(client, row, act="leave_out", reason="Đã có ở dòng 1")
    assert (fresh(row).state, fresh(row).reason) == ("left_out", "Đã có ở dòng 1")
    page = client.get(f"/van-ban/{document.pk}/dong/?row={row.pk}")
    assert "Không theo dõi vì: Đã có ở dòng 1" in words(page)


def test_a_signature_is_taken_back(client, office, document):
    row = duties.sign(duty=rows(document)[0], by=office.officer, at=make.NOW)
    post(client, row, act="restore")
    assert fresh(row).state == "proposed"


def test_a_row_is_split_and_made_whole_again(client, document):
    row = rows(document)[0]
    answer = post(client, row, act="split", parts="Xây dựng kế hoạch\r\n\r\nTổ chức thực hiện")
    parts = list(document.duties.filter(content__in=["Xây dựng kế hoạch", "Tổ chức thực hiện"]))
    assert [part.number for part in parts] == ["1a", "1b"]
    assert f"row={parts[0].pk}" in answer.url
    assert post(client, parts[1], act="restore").url.endswith(f"row={row.pk}#row")
    assert fresh(row).state == "proposed"


def test_a_row_is_joined_with_the_next_of_its_kind(client, document):
    first, second, _, prose = rows(document)
    answer = post(client, first, act="join")
    whole = document.duties.get(content="Xây dựng kế hoạch chuyển đổi số\nRà soát quy trình")
    assert f"row={whole.pk}" in answer.url
    assert {fresh(first).state, fresh(second).state} == {"replaced"}
    refused = post(client, prose, act="join")
    assert refused.status_code == 422
    assert "hai dòng trở lên" in words(refused)


def test_a_whole_table_after_a_look(client, document, there):
    answer = client.post(f"{there}ca-bang/", follow=True)
    assert "Đã xác nhận 2 dòng của bảng." in words(answer)
    assert [row.state for row in rows(document)] == ["signed", "proposed", "signed", "proposed"]
    assert answer.context["row"].content == "Rà soát quy trình"


def test_a_whole_list_too_but_not_prose(client, office):
    listed = make.read(
        make.machine(
            make.row("Việc một", SCIENCE, origin="list"),
            make.row("Việc hai", SCIENCE, origin="prose"),
            symbol="3-KH/TU",
        ),
        office=office.body,
    )
    there = f"/van-ban/{listed.pk}/dong/ca-bang/"
    assert "Đã xác nhận 1 dòng" in words(client.post(there, follow=True))
    assert "Chưa xác nhận được dòng nào của bảng" in words(client.post(there, follow=True))
    assert [row.state for row in rows(listed)] == ["signed", "proposed"]


def test_approval_is_offered_to_who_may_once_all_is_seen(client, office, document, enter, there):
    chief = enter(office.chief)
    assert "Phê duyệt danh mục nhiệm vụ" not in words(chief.get(there))
    for row in rows(document):
        duties.leave_out(duty=row, reason="Không giao việc", by=office.officer, at=make.NOW)
    assert "Phê duyệt danh mục nhiệm vụ" in words(chief.get(there))
    assert "Phê duyệt danh mục nhiệm vụ" not in words(client.get(there))


def test_when_all_is_seen_the_officer_hears_who_comes_next(client, office, document, there):
    for row in rows(document):
        duties.leave_out(duty=row, reason="Không giao việc", by=office.officer, at=make.NOW)
    assert "Chờ lãnh đạo Văn phòng duyệt." in words(client.get(there))


# refusals keep what was typed


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"content": " "}, "Hãy ghi nội dung nhiệm vụ."),
        ({"deadline_kind": "date", "deadline_end": ""}, "hãy ghi ngày phải hoàn thành"),
        ({"deadline_kind": "period", "deadline_start": "2/3/2026", "deadline_end": "1/3/2026"}, "sau ngày kết thúc"),
        ({"deadline_end": "31/2/2026"}, "Hãy ghi theo mẫu 31/12/2026."),
        ({"deadline_kind": "someday"}, "someday không phải"),
        ({"act": "sign", "leads": ""}, "cơ quan chủ trì"),
    ],
)
def test_a_refused_row_keeps_what_was_typed(client, document, changes, says):
    row = rows(document)[0]
    answer = post(client, row, product="Bản kế hoạch mới", **changes)
    assert answer.status_code == 422
    assert says in words(answer)
    assert "Bản kế hoạch mới" in answer.content.decode()
    assert (fresh(row).product, fresh(row).state, fresh(row).version) == ("", "proposed", 1)
    corrected = {name: value for name, value in row_form(row).items() if name in changes and name != "act"}
    again = answer.context["form"].data.dict() | corrected | {"act": "save"}
    assert client.post(f"/van-ban/{document.pk}/dong/{row.pk}/", again).status_code == 302
    assert fresh(row).product == "Bản kế hoạch mới"


@pytest.mark.parametrize(
    ("act", "typed", "says"),
    [
        ("leave_out", {"reason": "   ", "content": "Nội dung đang sửa"}, "Hãy ghi lý do"),
        ("split", {"parts": "Chỉ một phần"}, "ít nhất hai phần"),
    ],
)
def test_a_refused_act_keeps_what_was_typed_and_stays_open(client, document, act, typed, says):
    answer = post(client, rows(document)[0], act=act, **typed)
    assert answer.status_code == 422
    assert says in words(answer)
    assert "<details open><summary>Không theo dõi" in answer.content.decode()
    assert list(typed.values())[-1] in answer.content.decode()


def test_a_reason_typed_before_another_slip_is_kept(client, document):
    answer = post(client, rows(document)[0], content="", reason="Trùng với dòng 3")
    assert 'value="Trùng với dòng 3"' in answer.content.decode()


# two people on one row


def test_the_second_to_save_is_told_and_keeps_what_they_typed(client, office, document):
    row = rows(document)[0]
    mine = row_form(row, content="Bản của tôi")
    duties.edit(
        duty=row, version=1, changes={"content": "Bản của bạn"}, deadline=_deadline(row), by=office.chief, at=make.NOW
    )
    there = f"/van-ban/{document.pk}/dong/{row.pk}/"
    answer = client.post(there, mine)
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in words(answer)
    assert "Bản đang lưu của người khác: Bản của bạn" in words(answer)
    assert ">\nBản của tôi</textarea>" in answer.content.decode()
    assert fresh(row).content == "Bản của bạn"
    assert client.post(there, answer.context["form"].data.dict()).status_code == 302
    assert fresh(row).content == "Bản của tôi"


@pytest.mark.parametrize("act", ["leave_out", "restore", "split", "sign"])
def test_no_act_passes_over_what_someone_else_saved(client, office, document, act):
    row = rows(document)[0]
    mine = row_form(
        row, act=act, reason="Trùng", parts="một\nhai", content="Bản của tôi" if act == "sign" else row.content
    )
    duties.edit(
        duty=row, version=1, changes={"content": "Bản của bạn"}, deadline=_deadline(row), by=office.chief, at=make.NOW
    )
    answer = client.post(f"/van-ban/{document.pk}/dong/{row.pk}/", mine)
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in words(answer)
    assert (fresh(row).state, fresh(row).content) == ("proposed", "Bản của bạn")


def test_a_slip_does_not_hide_that_someone_else_saved(client, office, document):
    """The refused form is still one on the row as it was opened."""
    row = rows(document)[0]
    mine = row_form(row, content="Bản của tôi", deadline_end="31/2/2026")
    duties.edit(
        duty=row, version=1, changes={"content": "Bản của bạn"}, deadline=_deadline(row), by=office.chief, at=make.NOW
    )
    there = f"/van-ban/{document.pk}/dong/{row.pk}/"
    slip = client.post(there, mine)
    again = client.post(there, slip.context["form"].data.dict() | {"deadline_end": "30/6/2026"})
    assert again.status_code == 422
    assert "vừa được người khác sửa" in words(again)


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_form_without_its_version_changes_nothing(client, document, version):
    row = rows(document)[0]
    assert post(client, row, version=version, act="leave_out", reason="Trùng").status_code == 422
    assert fresh(row).state == "proposed"


def test_a_row_of_another_document_is_not_found(client, office, document):
    other = make.read(make.machine(make.row("Việc khác", SCIENCE)), office=office.body).duties.get()
    answer = client.post(f"/van-ban/{document.pk}/dong/{other.pk}/", row_form(other))
    assert answer.status_code == 404


def test_what_is_typed_is_never_markup(client, document):
    row = rows(document)[0]
    post(client, row, content="<script>alert(1)</script>", leads="<b>Sở</b>")
    page = client.get(f"/van-ban/{document.pk}/dong/?row={row.pk}").content.decode()
    assert "<script>alert" not in page
    assert "<b>Sở" not in page


def _deadline(row):
    from tiendo.work.directives.rules import DeadlineFields

    return DeadlineFields(row.deadline_kind, row.deadline_start, days(40), row.deadline_every)


def test_who_sees_a_document_of_another_office_does_not_work_on_it(office, document, enter):
    """A leader over the whole tree who is an officer elsewhere."""
    officer = office.who("officer", office.science)
    make.post("leader", body=office.root, who=officer)
    row = rows(document)[0]
    client = enter(officer)
    for act in ("save", "sign", "leave_out"):
        assert post(client, row, act=act, content="Khác", reason="Trùng").status_code == 404, "nobody above hears yet"
    assert client.post(f"/van-ban/{document.pk}/dong/ca-bang/").status_code == 404
    assert (fresh(row).content, fresh(row).state) == ("Xây dựng kế hoạch chuyển đổi số", "proposed")


def test_an_act_on_a_document_without_a_reading_is_not_found(client, document):
    row = rows(document)[0]
    posted = row_form(row, content="")
    document.readings.all().delete()
    assert client.post(f"/van-ban/{document.pk}/dong/{row.pk}/", posted).status_code == 404


@pytest.mark.parametrize("act", ["split", "leave_out", "join"])
def test_what_was_typed_is_kept_whatever_is_done_with_the_row(client, document, act):
    first = rows(document)[0]
    post(client, first, act=act, product="Kế hoạch mới", parts="a\nb", reason="Trùng")
    assert document.duties.filter(product__startswith="Kế hoạch mới").exists()


def test_a_second_click_is_no_quarrel(client, document):
    first, second, *_ = rows(document)
    form = row_form(first, act="sign")
    there = f"/van-ban/{document.pk}/dong/{first.pk}/"
    assert client.post(there, form).status_code == 302
    again = client.post(there, form)
    assert again.status_code == 302
    assert f"row={second.pk}" in again.url
    assert client.post(there, form | {"content": "Khác"}).status_code == 422, "another text is another matter"


def test_saving_a_signed_row_says_that_the_signature_is_gone_and_stays_there(client, document):
    first = rows(document)[0]
    post(client, first, act="sign")
    answer = client.post(
        f"/van-ban/{document.pk}/dong/{first.pk}/",
        row_form(fresh(first), act="save", product="Khác") | {"show": "signed"},
        follow=True,
    )
    assert "xác nhận lại" in words(answer)
    assert answer.context["row"] == fresh(first)


def test_joining_looks_at_the_row_below_as_it_was_seen(client, document):
    first, second, *_ = rows(document)
    answer = post(client, first, act="join", following=f"{second.pk}:{second.version - 1}")
    assert answer.status_code == 422
    assert fresh(second).state == "proposed"


def test_a_row_is_added_by_hand(client, document):
    there = f"/van-ban/{document.pk}/dong/them/"
    assert "Câu giao việc" in words(client.get(there))
    refused = client.post(there, {"content": "Việc mới", "leads": "Sở Y", "quote": "không có câu này"})
    assert refused.status_code == 422
    assert "Không thấy câu này" in words(refused)
    assert "Việc mới" in words(refused), "what was typed stays"
    answer = client.post(there, {"content": "Việc mới", "leads": "Sở Y", "quote": "Rà soát quy trình"}, follow=True)
    assert answer.context["row"].content == "Việc mới"
    assert "Dòng thêm tay" in words(client.get(f"/van-ban/{document.pk}/doi-chieu/"))
