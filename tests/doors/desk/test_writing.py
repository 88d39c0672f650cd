"""Writing: one piece of work, a period's rows on one page, a restricted task, and two people on one report."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories as make
from doors.desk.world import LATE, OTHER_STANDING, PLAN, SECRET, STANDING, WAITING, words
from tiendo.work.programmes.actions import reports, tasks
from tiendo.work.programmes.models import Evidence, Obligation, Report
from worlds import SCIENCE


@pytest.fixture
def client(office, enter):
    return enter(office.who("head", office.science))


def pdf(name="báo cáo.pdf", content=b"%PDF-1.7 noi dung"):
    return SimpleUploadedFile(name, content)


def typed(owed, *, version=1, act="save", **fields):
    return {"version": version, "act": act, **{f"o{owed.pk}-{name}": value for name, value in fields.items()}}


DOCUMENT = {"number": "31/BC-SKHCN", "issued_on": "1/3/2026", "level": "Tỉnh ủy"}


# one piece of work


def test_thirty_seconds(client, world, committed):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    assert "hạn 01/04/2026" in words(client.get(there))
    with committed():
        answer = client.post(there, typed(owed, act="submit", text="Đã trình.", file=pdf(), **DOCUMENT))
    report = Report.objects.get()
    assert answer.url == f"/bao-cao/{report.pk}/"
    row = report.answers.get()
    assert (report.state, row.text) == ("submitted", "Đã trình.")
    assert [str(piece) for piece in row.evidence.all()] == ["31/BC-SKHCN", "báo cáo.pdf"]
    assert "Đã gửi báo cáo." in words(client.get(answer.url))
    assert client.get(there).url == answer.url


def test_a_draft_is_kept_and_taken_up_again(client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    assert client.post(there, typed(owed, text="Đang làm.", **DOCUMENT)).url == there
    page = client.get(there)
    assert "Đã lưu bản đang soạn." in words(page)
    assert ">\nĐang làm.</textarea>" in page.content.decode()
    assert "31/BC-SKHCN (01/03/2026)" in words(page)
    assert 'name="version" value="2"' in page.content.decode()


def test_what_is_typed_letter_by_mark_is_kept_as_one(client, world):
    """NFD, as some keyboards and files give it."""
    owed, there = world.owed(PLAN), world.writing(PLAN)
    client.post(there, typed(owed, text=unicodedata.normalize("NFD", "Đã trình đề án.")))
    assert Report.objects.get().answers.get().text == "Đã trình đề án."


def test_the_same_form_sent_twice_cites_once(client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    client.post(there, typed(owed, text="Một", **DOCUMENT))
    client.post(there, typed(owed, version=2, text="Một", **DOCUMENT))
    assert Evidence.objects.count() == 1


def test_evidence_is_withdrawn(client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    client.post(there, typed(owed, text="Một", **DOCUMENT))
    piece = Evidence.objects.get()
    client.post(there, typed(owed, version=2, text="Một") | {"withdraw": [piece.pk, "x", 10**20]})
    piece.refresh_from_db()
    assert piece.withdrawn_at == make.NOW
    assert "31/BC-SKHCN" not in words(client.get(there))


def test_nobody_withdraws_what_another_report_holds(client, world, office):
    other = make.evidence(make.report(world.owed(7)).answers.get(), by=office.who("head", office.health))
    client.post(world.writing(PLAN), typed(world.owed(PLAN), text="Một") | {"withdraw": other.pk})
    other.refresh_from_db()
    assert other.withdrawn_at is None


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": "x" * 501}, "500"),
        ({"number": "31/BC", "issued_on": ""}, "cả số, ký hiệu và ngày"),
        ({"number": "", "issued_on": "1/3/2026"}, "cả số, ký hiệu và ngày"),
        ({"number": "31/BC", "issued_on": "31/2/2026"}, "Ngày chưa hợp lệ."),
        ({"number": "3" * 81, "issued_on": "1/3/2026"}, "80"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(client, world, fields, says):
    owed = world.owed(PLAN)
    answer = client.post(world.writing(PLAN), typed(owed, level="Văn phòng Tỉnh ủy", **fields))
    assert answer.status_code == 422
    assert says in words(answer)
    for value in filter(None, fields.values()):
        assert value in answer.content.decode()
    assert "Văn phòng Tỉnh ủy" in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("file", "says"),
    [(pdf("virus.exe", b"MZ\x90\x00"), "Loại tệp này không được nhận"), (pdf("rong.pdf", b""), "")],
)
def test_a_refused_file_says_so_at_its_row_and_the_words_are_kept(client, world, file, says):
    file.seek(0)
    owed = world.owed(PLAN)
    answer = client.post(world.writing(PLAN), typed(owed, act="submit", text="Đã trình.", file=file))
    assert answer.status_code == 422
    assert says in " ".join(answer.context["rows"][0]["form"].errors.get("file", [""]))
    assert answer.context["rows"][0]["form"].errors["file"]
    assert ">\nĐã trình.</textarea>" in answer.content.decode()
    report = Report.objects.first()
    if report:  # the words were kept before the file was looked at: sending again works
        assert (report.state, report.answers.get().text) == ("draft", "Đã trình.")
        again = typed(owed, act="submit", version=answer.context["version"], text="Đã trình.", file=pdf())
        assert client.post(world.writing(PLAN), again).url == f"/bao-cao/{report.pk}/"


def test_a_file_over_the_limit(client, world, settings):
    settings.UPLOAD_LIMIT_MB = 1
    big = pdf(content=b"%PDF-1.7" + b"x" * (1 << 20))
    answer = client.post(world.writing(PLAN), typed(world.owed(PLAN), text="Đã trình.", file=big))
    assert answer.status_code == 422
    assert "lớn hơn 1 MB" in words(answer)


def test_without_evidence_work_is_not_handed_in_and_the_words_are_kept(client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    answer = client.post(there, typed(owed, act="submit", text="Đã trình."))
    assert answer.status_code == 422
    assert "Nhiệm vụ 1 chưa có minh chứng" in words(answer)
    assert "Phần đã nhập được giữ trong bản đang soạn" in words(answer)
    assert Report.objects.get().state == "draft"
    again = typed(owed, act="submit", version=answer.context["version"], text="Đã trình.", **DOCUMENT)
    assert client.post(there, again).status_code == 302
    assert Report.objects.get().state == "submitted"


def test_a_clerk_writes_and_the_head_hands_in(office, world, enter):
    clerk = enter(office.who("clerk", office.science))
    owed, there = world.owed(PLAN), world.writing(PLAN)
    page = clerk.get(there)
    assert "Gửi báo cáo" not in words(page)
    assert "Người đứng đầu cơ quan ký gửi." in words(page)
    assert clerk.post(there, typed(owed, act="submit", text="Đã trình.", **DOCUMENT)).status_code == 403
    report = Report.objects.get()
    assert (report.state, report.answers.get().text) == ("draft", "Đã trình.")


def test_nobody_writes_for_another_body(office, world, enter):
    for who in (office.who("head", office.health), office.chief):
        assert enter(who).get(world.writing(PLAN)).status_code == 404
        assert enter(who).post(world.writing(STANDING), {"act": "save"}).status_code == 404


def test_standing_work_is_not_answered_alone(client, world):
    assert client.get(f"/viec/{world.owed(STANDING).pk}/").status_code == 404


def test_what_was_sent_back_shows_why_and_is_sent_again(client, world, office):
    sent = world.sent(PLAN)
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu số liệu quý II.", by=office.chief, at=make.NOW)
    owed, there = world.owed(PLAN), world.writing(PLAN)
    page = client.get(there)
    assert "Đề nghị bổ sung: Thiếu số liệu quý II." in words(page)
    answer = client.post(there, typed(owed, act="submit", version=page.context["version"], text="Đã bổ sung."))
    assert answer.status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.round) == ("submitted", 2)


# a period's rows


def test_a_period_on_one_page(client, world):
    one, two = world.owed(STANDING), world.owed(OTHER_STANDING)
    there = world.writing(STANDING)
    page = client.get(there)
    assert [row["obligation"] for row in page.context["rows"]] == [one, two]
    assert "số liệu đến" in words(page)
    posted = typed(one, act="submit", nothing_arose="on") | typed(two, act="submit", text="Mở 3 lớp.")
    answer = client.post(there, posted | {"early": "1"})
    report = Report.objects.get()
    assert answer.url == f"/bao-cao/{report.pk}/"
    said = {row.obligation_id: (row.nothing_arose, row.text) for row in report.answers.all()}
    assert said == {one.pk: (True, ""), two.pk: (False, "Mở 3 lớp.")}


def test_a_row_without_a_word_is_named(client, world):
    one, two = world.owed(STANDING), world.owed(OTHER_STANDING)
    answer = client.post(
        world.writing(STANDING), typed(one, act="submit", nothing_arose="on") | typed(two, act="submit")
    )
    assert answer.status_code == 422
    assert "Nhiệm vụ 4 chưa có nội dung" in words(answer)
    assert "checked" in answer.content.decode()


def test_a_row_that_came_after_the_report_was_sent_gets_its_own(client, world, office):
    """A body charged later with standing work still has to answer for the period."""
    one, two = world.owed(STANDING), world.owed(OTHER_STANDING)
    there = world.writing(STANDING)
    nothing = typed(one, act="submit", nothing_arose="on") | typed(two, nothing_arose="on", act="submit")
    client.post(there, nothing | {"early": "1"})
    first = Report.objects.get()
    assert client.get(there).url == f"/bao-cao/{first.pk}/"
    late = one
    late.pk, late.assignment, late.task = None, world.task(WAITING).assignments.first(), world.task(WAITING)
    late.state, late.submitted_on = "open", None
    late.save()
    page = client.get(there)
    assert [row["obligation"].pk for row in page.context["rows"]] == [late.pk]
    assert client.post(there, typed(late, text="Đang làm.")).url == there
    page = client.get(there)
    assert ">\nĐang làm.</textarea>" in page.content.decode()
    done = typed(late, act="submit", version=page.context["version"], text="Xong.")
    answer = client.post(there, done | {"early": "1"})
    second = Report.objects.exclude(pk=first.pk).get()
    assert answer.url == f"/bao-cao/{second.pk}/"
    first.refresh_from_db()
    assert (first.state, second.state) == ("submitted", "submitted")


@pytest.mark.parametrize("wrong", ["2026-02-30", "hom-qua", "20260101x"])
def test_a_period_that_is_none_is_not_found(client, world, wrong):
    body = world.office.science.pk
    assert client.get(f"{world.board}ky/{body}/{wrong}/2026-06-14/").status_code == 404
    assert client.get(f"{world.board}ky/{body}/2026-01-01/2026-06-13/").status_code == 404


# a restricted task


def test_a_restricted_task_offers_no_text_and_no_file(client, world):
    page = client.get(world.writing(SECRET)).content.decode()
    owed = world.owed(SECRET)
    assert f'name="o{owed.pk}-number"' in page
    assert f'name="o{owed.pk}-text"' not in page
    assert 'type="file"' not in page
    assert "hoặc tệp" not in page
    answer = client.post(world.writing(SECRET), typed(owed, act="submit", **DOCUMENT))
    assert answer.status_code == 302
    assert Report.objects.get().answers.get().text == ""


@pytest.mark.parametrize("forged", [{"text": "Nội dung mật"}, {"file": pdf()}])
def test_what_is_forged_for_a_restricted_task_is_refused(client, world, forged):
    if "file" in forged:
        forged["file"].seek(0)
    answer = client.post(world.writing(SECRET), typed(world.owed(SECRET), act="submit", **DOCUMENT, **forged))
    assert answer.status_code == 422
    assert "không nhận nội dung và không nhận tệp" in words(answer)
    assert "Nội dung mật" not in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"number": "Ông A có biểu hiện lạ"}, "chỉ ghi văn bản theo mẫu"),
        ({"level": "Ông B, thôn C"}, "nơi nhận chỉ là tên cơ quan"),
        ({"issued_on": "30/12/2030"}, "không được sau hôm nay"),
    ],
)
def test_words_in_the_number_of_a_restricted_task_are_refused_and_a_day_to_come(client, world, more, says):
    answer = client.post(world.writing(SECRET), typed(world.owed(SECRET), act="submit", **{**DOCUMENT, **more}))
    assert answer.status_code == 422
    assert says in words(answer)
    assert not Evidence.objects.exists()


# two people on one report


def test_the_second_to_save_is_told_and_keeps_what_they_typed(client, world, office, enter):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    enter(office.who("clerk", office.science)).post(there, typed(owed, text="Của bạn"))
    answer = client.post(there, typed(owed, text="Của tôi", number="7/BC", issued_on="1/3/2026"))
    assert answer.status_code == 422
    assert "vừa được người khác lưu" in words(answer)
    assert "Bản đang lưu: Của bạn" in words(answer)
    assert ">\nCủa tôi</textarea>" in answer.content.decode()
    assert "giữ trong bản đang soạn" not in words(answer)
    assert 'value="7/BC"' in answer.content.decode()
    assert Report.objects.get().answers.get().text == "Của bạn"
    again = typed(owed, text="Của tôi", version=answer.context["version"])
    assert client.post(there, again).status_code == 302
    assert Report.objects.get().answers.get().text == "Của tôi"


def test_a_slip_does_not_hide_that_someone_else_saved(client, world, office, enter):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    enter(office.who("clerk", office.science)).post(there, typed(owed, text="Của bạn"))
    slip = client.post(there, typed(owed, text="Của tôi", number="7/BC"))
    again = client.post(there, typed(owed, text="Của tôi", version=slip.context["version"]))
    assert again.status_code == 422
    assert "vừa được người khác lưu" in words(again)


def test_a_report_sent_meanwhile_says_that_what_was_typed_is_not_kept(client, world):
    there = world.writing(PLAN)
    sent = world.sent(PLAN)
    answer = client.post(there, typed(world.owed(PLAN), text="Đã trình muộn."))
    assert answer.status_code == 409
    assert "Nội dung bạn vừa nhập chưa được lưu" in words(answer)
    assert ">Đã trình muộn.</textarea>" in answer.content.decode(), "to be copied"
    assert f'href="/bao-cao/{sent.pk}/"' in answer.content.decode()
    assert client.get(there).url == f"/bao-cao/{sent.pk}/"


@pytest.mark.parametrize("version", ["", "x", "-1", "0"])
def test_a_form_without_its_version_saves_nothing(client, world, version):
    answer = client.post(world.writing(PLAN), typed(world.owed(PLAN), text="Một", version=version))
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_a_new_lead_answers_for_itself(world, office, enter):
    name = world.task(WAITING).assignments.get(organisation=None)
    tasks.name_body(assignment=name, organisation=office.health, by=office.chief, at=make.NOW)
    tasks.open_by_event(
        task=world.task(WAITING), basis="CV 1", happened_on=make.TODAY, due=make.days(9), by=office.chief, at=make.NOW
    )
    owed = world.task(WAITING).obligations.get(organisation=office.health)
    page = enter(office.who("head", office.health)).get(f"/viec/{owed.pk}/")
    assert page.status_code == 200
    assert SCIENCE not in words(page)
    assert LATE


# put before whoever signs


def test_a_clerk_puts_it_before_the_head_who_sends_it(office, enter, client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    clerk = enter(office.who("clerk", office.science))
    assert "Trình người ký" in words(clerk.get(there))
    assert "Trình người ký" not in words(client.get(there)), "who signs sends"
    assert clerk.post(there, typed(owed, act="present", text="Đã trình.", **DOCUMENT)).url == there
    shown = words(clerk.get(there))
    assert "Đã trình người ký; người ký gửi của cơ quan đã được báo." in shown
    home = words(client.get("/"))
    assert "Chờ bạn ký gửi 1" in home
    assert "Chờ bạn ký gửi" not in words(clerk.get("/"))
    version = Report.objects.get().version
    assert client.post(there, typed(owed, act="submit", text="Đã trình.", version=version)).url.startswith("/bao-cao/")
    assert "Chờ bạn ký gửi" not in words(client.get("/"))


def test_the_head_gives_it_back_and_what_was_typed_is_kept(office, enter, client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    clerk = enter(office.who("clerk", office.science))
    clerk.post(there, typed(owed, act="present", text="Đã trình.", **DOCUMENT))
    assert "Trả lại người soạn" in words(client.get(there))
    version = Report.objects.get().version
    assert client.post(there, typed(owed, act="give_back", text="Xem lại số.", version=version)).url == there
    assert "Đã trả lại bản soạn; người trình đã được báo." in words(client.get(there))
    report = Report.objects.get()
    assert (report.presented_by, report.answers.get().text) == (None, "Xem lại số.")
    again = client.post(there, typed(owed, act="give_back", text="Lần nữa.", version=report.version))
    assert (again.status_code, "Lần nữa." in words(again), "được giữ trong bản" in words(again)) == (422, True, False)


def test_what_lacks_its_evidence_is_saved_and_not_put_before_anyone(office, enter, client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    clerk = enter(office.who("clerk", office.science))
    refused = clerk.post(there, typed(owed, act="present", text="Đã trình."))
    assert (refused.status_code, "được giữ trong bản đang soạn" in words(refused)) == (422, True)
    report = Report.objects.get()
    assert (report.answers.get().text, report.presented_at) == ("Đã trình.", None)


# one document for a whole period


def whole(*, version=1, act="save", **fields):
    return {"version": version, "act": act, **{f"ky-{name}": value for name, value in fields.items()}}


def cited(world) -> dict[int, list[str]]:
    rows = Evidence.objects.filter(withdrawn_at=None).values_list("answer__obligation__task__position", "number")
    found: dict[int, list[str]] = {}
    for position, number in rows:
        found.setdefault(position, []).append(number)
    return found


@pytest.fixture
def mixed(world, office):
    """A period of which one row is restricted."""
    tasks.set_restricted(task=world.task(OTHER_STANDING), restricted=True, by=office.chief, at=make.NOW)
    return world


def test_one_document_is_typed_once_for_all_rows_without_one(client, mixed):
    there, one = mixed.writing(STANDING), mixed.owed(STANDING)
    assert "Văn bản của cả kỳ" in words(client.get(there))
    own = {f"o{one.pk}-{name}": value for name, value in DOCUMENT.items()}
    client.post(there, whole(number="90/BC-SKHCN", issued_on="2/3/2026", level="Tỉnh ủy") | own)
    assert cited(mixed) == {STANDING: ["31/BC-SKHCN"], OTHER_STANDING: ["90/BC-SKHCN"]}
    piece = Evidence.objects.get(number="90/BC-SKHCN")
    assert (piece.issued_on, piece.level) == (make.TODAY, "Tỉnh ủy")


def test_rows_without_anything_to_report_take_no_document(client, mixed):
    there, one = mixed.writing(STANDING), mixed.owed(STANDING)
    client.post(there, whole(number="90/BC", issued_on="2/3/2026") | {f"o{one.pk}-nothing_arose": "on"})
    assert cited(mixed) == {OTHER_STANDING: ["90/BC"]}


def test_it_is_taken_back_from_all_rows_at_once_and_sent_twice_cites_once(client, mixed):
    there = mixed.writing(STANDING)
    for version in (1, 2):
        client.post(there, whole(number="90/BC", issued_on="2/3/2026", version=version))
    assert cited(mixed) == {STANDING: ["90/BC"], OTHER_STANDING: ["90/BC"]}
    page = client.get(there)
    assert "90/BC (02/03/2026): đang dẫn cho 2 dòng" in words(page)
    [one] = page.context["shared"]
    client.post(there, whole(version=3) | {"withdraw_whole": one.piece.pk})
    assert (cited(mixed), Evidence.objects.count()) == ({}, 2)


@pytest.mark.parametrize(
    ("typed_", "said"),
    [
        ({"number": "90/BC"}, "Hãy ghi cả số, ký hiệu và ngày"),
        ({"level": "Tỉnh ủy"}, "Hãy ghi cả số, ký hiệu và ngày"),
        ({"number": "90/BC", "issued_on": "3/3/2026"}, "không được sau hôm nay"),
        ({"number": "báo cáo miệng", "issued_on": "2/3/2026"}, "chế độ riêng"),
        ({"number": "90/BC", "issued_on": "2/3/2026", "level": "gửi anh Ba"}, "nơi nhận chỉ là tên cơ quan"),
    ],
)
def test_what_one_row_cannot_take_none_takes_and_it_stays_typed(client, mixed, typed_, said):
    answer = client.post(mixed.writing(STANDING), whole(**typed_, act="submit"))
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert all(f'value="{value}"' in answer.content.decode() for value in typed_.values())
    assert (cited(mixed), Report.objects.exclude(state="draft").count()) == ({}, 0)


def test_a_single_piece_of_work_has_its_own_fields_alone(client, world):
    assert "Văn bản của cả kỳ" not in words(client.get(world.writing(PLAN)))


def test_a_period_that_is_not_over_is_sent_after_a_second_word(client, world, committed):
    there = world.writing(STANDING)
    first = client.post(there, whole(number="90/BC", issued_on="2/3/2026", act="submit"))
    said = words(first)
    assert (first.status_code, "Kỳ chưa kết thúc: số liệu của kỳ tính đến" in said) == (422, True)
    assert "Vẫn gửi khi kỳ chưa kết thúc" in said
    assert (Report.objects.get().state, len(cited(world))) == ("draft", 2)
    client.post(there, whole(version=Report.objects.get().version, act="submit") | {"early": "1"})
    assert Report.objects.get().state == "submitted"


def test_once_the_period_is_over_nothing_is_asked(client, world):
    Obligation.objects.filter(standing=True).update(period_end=make.TODAY)
    client.post(world.writing(STANDING), whole(number="90/BC", issued_on="2/3/2026", act="submit"))
    assert Report.objects.get().state == "submitted"
