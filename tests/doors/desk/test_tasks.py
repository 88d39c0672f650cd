"""A task's page: its sentence, who holds it, what is owed; naming a body; opening by an event."""

from __future__ import annotations

import datetime as dt

import pytest

import factories as make
from doors.desk.world import HEALTHS, LATE, PLAN, SECRET, STANDING, UNKNOWN, WAITING, words
from factories import days
from tiendo.foundation.organisations.models import Name
from tiendo.work.programmes.actions import reports
from worlds import SCIENCE


@pytest.fixture
def client(office, enter):
    return enter(office.chief)


def unknown(world):
    return world.task(WAITING).assignments.get(party_text=UNKNOWN)


def page(client, world, position):
    return client.get(f"/nhiem-vu/{world.task(position).pk}/")


def test_the_walk_back_to_the_lit_sentence(client, world):
    answer = page(client, world, LATE)
    assert '<mark id="lit">Hoàn thiện đề án đô thị</mark>' in answer.content.decode()
    assert f'href="/van-ban/{world.programme.document_id}/#l3"' in answer.content.decode(), "at the row's own line"
    whole = client.get(f"/van-ban/{world.programme.document_id}/").content.decode()
    assert '<p class="source-line" id="l3">Hoàn thiện đề án đô thị' in whole


def test_a_body_reads_the_sentence_without_a_link_to_the_whole_document(world, enter, office):
    reader = enter(office.who("clerk", office.science))
    for address in (f"/nhiem-vu/{world.task(LATE).pk}/", world.board):
        answer = reader.get(address)
        assert answer.status_code == 200
        assert "/van-ban/" + str(world.programme.document_id) not in answer.content.decode()
    assert '<mark id="lit">' in page(reader, world, LATE).content.decode()


def test_without_the_document_no_other_row_is_read(office, world, enter, client):
    """A body sees its own part: not its neighbours' in the table, a restricted row's least of all."""
    reader = enter(office.who("clerk", office.health))
    shown = words(page(reader, world, HEALTHS))
    assert "Khám sức khỏe định kỳ" in shown
    for other in ("Báo cáo riêng", "Sơ kết khi có chỉ đạo", "Hoàn thiện đề án đô thị"):
        assert other not in shown, other
        assert other in words(page(client, world, HEALTHS)), "who may see the document sees the row in its place"


def test_its_facts(client, world):
    shown = words(page(client, world, PLAN))
    for part in ("01/04/2026", "Vì sao là ngày này?", f"{SCIENCE} chủ trì {SCIENCE}", "Sở Y tế phối hợp Sở Y tế",
                 "xác nhận: Văn phòng Tỉnh ủy", "Trong hạn"):  # fmt: skip
        assert part in shown, part


def test_what_happened_in_sentences(client, world, office):
    sent = world.sent(LATE)
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu số liệu", by=office.chief, at=make.NOW)
    shown = words(page(client, world, LATE))
    assert "gửi báo cáo" in shown
    assert "đề nghị bổ sung báo cáo" in shown
    assert "programmes." not in shown


@pytest.mark.parametrize(
    ("position", "says"), [(WAITING, "chờ một sự kiện có ngày"), (STANDING, "xác nhận: Văn phòng")]
)
def test_what_is_owed(client, world, position, says):
    assert says in words(page(client, world, position))


def test_a_task_whose_term_ended_before_tracking_has_no_figures(client, office):
    programme = make.programme(
        make.row("Việc cũ", SCIENCE, deadline=make.by_date(dt.date(2024, 6, 30))),
        office=office.body, by=office.chief, tracked_from=days(-5),
    )  # fmt: skip
    answer = client.get(f"/nhiem-vu/{programme.tasks.get().pk}/")
    assert "Chưa có số liệu. Thời hạn đã qua trước ngày bắt đầu theo dõi" in words(answer)


def test_links_lead_only_where_one_may_go(world, office, enter):
    """The body writes; the office reads once it is sent; a body that only takes part sees neither."""
    head, other, chief = office.who("head", office.science), office.who("clerk", office.health), office.chief
    links = lambda who: [item["url"] for item in page(enter(who), world, PLAN).context["timeline"]]  # noqa: E731
    writing = world.writing(PLAN)
    assert (links(head), links(chief), links(other)) == ([writing], [""], [""])
    draft = make.report(world.owed(PLAN), by=head)
    assert (links(head), links(chief), links(other)) == ([writing], [""], [""])
    sent = make.submitted(world.owed(PLAN))
    assert sent.pk == draft.pk
    there = f"/bao-cao/{sent.pk}/"
    assert (links(head), links(chief), links(other)) == ([there], [there], [""])
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu", by=chief, at=make.NOW)
    assert (links(head), links(chief), links(other)) == ([writing], [there], [""])
    assert [item["url"] for item in page(enter(head), world, STANDING).context["timeline"]][-1] == world.writing(
        STANDING
    )


def test_the_body_that_owes_it_has_a_button_to_report_and_no_other_has(world, office, enter):
    owed = world.owed(PLAN)
    page, button = f"/nhiem-vu/{owed.task_id}/", f'class="button button-small" href="/viec/{owed.pk}/">Báo cáo'
    assert button in enter(office.who("clerk", office.science)).get(page).content.decode()
    assert button not in enter(office.who("clerk", office.health)).get(page).content.decode()
    assert button not in enter(office.chief).get(page).content.decode()
    make.submitted(owed)
    assert button not in enter(office.who("clerk", office.science)).get(page).content.decode()


def test_a_restricted_task_says_what_is_kept(client, world):
    assert "chỉ lưu số, ngày và nơi nhận" in words(page(client, world, SECRET))


# naming a body


def test_a_printed_name_is_given_its_body(client, world, office):
    task, name = world.task(WAITING), unknown(world)
    assert "chờ gán" in words(page(client, world, WAITING))
    answer = client.post(f"/nhiem-vu/{task.pk}/gan/{name.pk}/", {"organisation": office.health.pk}, follow=True)
    assert "Đã gán cơ quan" in words(answer)
    name.refresh_from_db()
    assert (name.organisation, name.party_text) == (office.health, UNKNOWN)
    assert Name.objects.filter(organisation=office.health, text=UNKNOWN).exists()


def test_a_name_is_remembered_unless_it_is_meant_once(client, world, office):
    name = unknown(world)
    asked = {"organisation": office.health.pk, "forget": "1"}
    client.post(f"/nhiem-vu/{name.task_id}/gan/{name.pk}/", asked)
    name.refresh_from_db()
    assert name.organisation == office.health
    assert not Name.objects.filter(text=UNKNOWN).exists()


@pytest.mark.parametrize("asked", ["", "10000", "x"])
def test_no_body_no_naming(client, world, asked):
    there = f"/nhiem-vu/{world.task(WAITING).pk}/gan/{unknown(world).pk}/"
    answer = client.post(there, {"organisation": asked}, follow=True)
    assert "hãy chọn cơ quan trong danh sách" in words(answer)
    assert unknown(world).organisation is None


def test_a_body_is_named_once(client, world, office):
    task, name = world.task(WAITING), unknown(world)
    answer = client.post(f"/nhiem-vu/{task.pk}/gan/{name.pk}/", {"organisation": office.science.pk}, follow=True)
    assert "đã được phân công ở vai trò này" in words(answer)


def test_a_name_of_another_task_is_not_found(client, world, office):
    there = f"/nhiem-vu/{world.task(PLAN).pk}/gan/{unknown(world).pk}/"
    assert client.post(there, {"organisation": office.health.pk}).status_code == 404


def test_only_the_office_assigns_and_opens(world, office, enter):
    monitor = office.who("monitor", office.science)
    task = world.task(WAITING)
    shown = page(enter(monitor), world, WAITING)
    assert not shown.context["assigns"]
    assert shown.context["event_form"] is None
    answer = enter(monitor).post(f"/nhiem-vu/{task.pk}/gan/{unknown(world).pk}/", {"organisation": office.health.pk})
    assert answer.status_code == 403
    answer = enter(monitor).post(f"/nhiem-vu/{task.pk}/mo-viec/", EVENT)
    assert answer.status_code == 403
    assert unknown(world).organisation is None
    assert not task.openings.exists()


def test_a_name_is_given_to_all_rows_that_print_it_and_taken_back(client, office):
    rows = [make.row(f"Việc {n}", UNKNOWN, deadline=make.by_date(days(9))) for n in range(3)]
    programme = make.programme(*rows, office=office.body, by=office.chief)
    task = programme.tasks.get(position=2)
    lead = task.assignments.get()
    assert f'href="/nhiem-vu/{task.pk}/gan/{lead.pk}/"' in client.get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "gán cho cả 3 dòng ghi như thế" in words(client.get(f"/nhiem-vu/{task.pk}/gan/{lead.pk}/"))
    asked = {"organisation": office.health.pk, "everywhere": "1"}
    answer = client.post(f"/nhiem-vu/{task.pk}/gan/{lead.pk}/", asked, follow=True)
    assert "Đã gán cơ quan ở 3 dòng" in words(answer)
    assert "gỡ ở cả 3 dòng ghi như thế" in words(answer)
    assert programme.obligations.count() == 3
    answer = client.post(f"/nhiem-vu/{task.pk}/go/{lead.pk}/", follow=True)
    assert "trở về chờ gán" in words(answer)
    assert programme.obligations.count() == 2
    other = programme.tasks.get(position=1)
    answer = client.post(f"/nhiem-vu/{other.pk}/go/{other.assignments.get().pk}/", {"everywhere": "1"}, follow=True)
    assert "Đã gỡ cơ quan ở 2 dòng" in words(answer)
    assert not programme.obligations.exists()


def test_what_was_answered_is_not_offered_for_taking_back(client, world, office):
    assert "Gán nhầm?" in words(page(client, world, LATE))
    world.sent(LATE)
    assert "Gán nhầm?" not in words(page(client, world, LATE))
    lead = world.task(LATE).assignments.get()
    answer = client.post(f"/nhiem-vu/{lead.task_id}/go/{lead.pk}/", follow=True)
    assert "không rút lại được nữa" in words(answer)


def test_bodies_of_another_province_are_not_offered(client, world, office):
    there = f"/nhiem-vu/{world.task(WAITING).pk}/gan/{unknown(world).pk}/"
    assert office.health.name in words(client.get(there))
    assert "Văn phòng Tỉnh ủy Bắc Hà" not in words(client.get(there))
    client.post(there, {"organisation": office.elsewhere.pk})
    assert unknown(world).organisation is None


def test_a_name_that_no_body_has_is_no_phrase(world, office, enter):
    shown = words(page(enter(office.who("clerk", office.science)), world, WAITING))
    assert "chưa có trong danh sách cơ quan" in shown
    assert "giữ nguyên cụm từ" not in shown


# who confirms


def test_the_page_says_who_really_confirms(client, office):
    programme = make.programme(
        make.row("Của mình", "Văn phòng Tỉnh ủy", deadline=make.by_date(days(9))), office=office.body, by=office.chief
    )
    there = f"/nhiem-vu/{programme.tasks.get().pk}/"
    assert "Chưa có cơ quan xác nhận" in words(client.get(there))
    answer = client.post(f"{there}xac-nhan/", {"organisation": office.health.pk}, follow=True)
    assert "Đã đổi cơ quan xác nhận" in words(answer)
    assert "Chưa có cơ quan xác nhận" not in words(answer)
    assert programme.obligations.get().confirming == office.health
    answer = client.post(f"{there}xac-nhan/", {"organisation": office.body.pk}, follow=True)
    assert "chủ trì nhiệm vụ này nên không xác nhận được" in words(answer)
    client.post(f"{there}xac-nhan/", {"organisation": ""})
    assert programme.obligations.get().confirming is None


def test_only_who_opens_programmes_changes_who_confirms(world, office, enter):
    there = f"/nhiem-vu/{world.task(PLAN).pk}/xac-nhan/"
    assert enter(office.officer).post(there, {"organisation": office.health.pk}).status_code == 403
    assert "Đổi cơ quan xác nhận" not in words(page(enter(office.officer), world, PLAN))


# restricted


def test_a_task_is_restricted_after_a_second_question(client, world, office):
    head = office.who("head", office.science)
    draft = make.report(world.owed(PLAN), by=head)
    said = {world.owed(PLAN).pk: reports.Said(text="Nội dung không được giữ")}
    reports.save(report=draft, answers=said, version=1, by=head, at=make.NOW)
    there = f"/nhiem-vu/{world.task(PLAN).pk}/che-do-rieng/"
    assert "Đưa vào chế độ báo cáo riêng" in words(page(client, world, PLAN))
    asked = client.get(there)
    assert "Nội dung đã báo cáo (1)" in words(asked)
    assert not world.task(PLAN).restricted
    answer = client.post(there, {"restricted": "1"}, follow=True)
    assert "đã vào chế độ báo cáo riêng" in words(answer)
    assert draft.answers.get().text == ""
    client.post(there, {"restricted": "1"})
    client.post(there, {"restricted": "0"})
    assert not world.task(PLAN).restricted


def test_the_office_head_alone_restricts(world, office, enter):
    there = f"/nhiem-vu/{world.task(PLAN).pk}/che-do-rieng/"
    for who in (office.officer, office.who("office_head", office.science)):
        assert enter(who).post(there, {"restricted": "1"}).status_code == 403
        assert "chế độ báo cáo riêng" not in words(page(enter(who), world, PLAN))
    assert not world.task(PLAN).restricted


# opening by an event

EVENT = {"basis": "Công văn 9-CV/TW", "happened_on": "1/3/2026", "due": "20/3/2026"}


def test_a_dated_event_makes_it_due(client, world):
    task = world.task(WAITING)
    answer = client.post(f"/nhiem-vu/{task.pk}/mo-viec/", EVENT, follow=True)
    shown = words(answer)
    assert "Đã mở việc theo sự kiện" in shown
    assert "Căn cứ: Công văn 9-CV/TW" in shown
    assert [owed.due for owed in task.obligations.all()] == [dt.date(2026, 3, 20)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"basis": ""}, "Hãy ghi văn bản hoặc sự kiện"),
        ({"due": "mai"}, "Ngày chưa hợp lệ."),
        ({"due": "1/2/2026"}, "từ ngày diễn ra sự kiện"),
        ({"happened_on": ""}, "Hãy ghi ngày"),
    ],
)
def test_a_refused_event_keeps_what_was_typed(client, world, wrong, says):
    task = world.task(WAITING)
    answer = client.post(f"/nhiem-vu/{task.pk}/mo-viec/", EVENT | {"basis": "Kết luận 7-KL/TU"} | wrong)
    assert answer.status_code == 422
    assert says in words(answer)
    kept = EVENT | {"basis": "Kết luận 7-KL/TU"} | wrong
    for value in filter(None, kept.values()):
        assert f'value="{value}"' in answer.content.decode()
    assert "<details open><summary>Mở theo sự kiện" in answer.content.decode()
    assert not task.openings.exists()


def test_a_task_with_its_own_term_needs_no_event(client, world):
    answer = client.post(f"/nhiem-vu/{world.task(PLAN).pk}/mo-viec/", EVENT)
    assert answer.status_code == 422
    assert "đã có thời hạn riêng" in words(answer)


def test_of_several_leads_one_is_chosen_to_gather(client, office, world):
    task = world.task(PLAN)
    assert "Chọn làm đầu mối" not in words(page(client, world, PLAN))
    second = task.assignments.create(role="lead", party_text="Sở Y tế", organisation=office.health, position=1)
    assert words(page(client, world, PLAN)).count("Chọn làm đầu mối") == 2
    client.post(f"/nhiem-vu/{task.pk}/dau-moi/{second.pk}/")
    second.refresh_from_db()
    assert second.focal
    assert "chủ trì, đầu mối tổng hợp" in words(page(client, world, PLAN))
    assert client.post(f"/nhiem-vu/{task.pk}/dau-moi/{second.pk + 1000}/").status_code == 404
