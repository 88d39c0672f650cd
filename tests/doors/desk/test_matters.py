"""Pages beside a report: coordinators, reviews, obstacles, causes, corrections, instructions, clocks, fact sheets."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import LATE, PLAN, SECRET, STANDING, WAITING, World, words
from factories import NOW, days
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions import causes, coordination, reports
from tiendo.work.programmes.models import Cause, Correction, Instruction, Obligation, Obstacle, Task
from worlds import SCIENCE


@pytest.fixture
def lead(world: World, enter):
    return enter(world.office.who("head", world.office.science))


@pytest.fixture
def coordinator(world: World, enter):
    return enter(world.office.who("head", world.office.health))


def part_of(world: World):
    return world.task(PLAN).assignments.get(role="coordinate")


# -- coordinators ------------------------------------------------------------------------------------------------------


def test_a_lead_asks_and_the_coordinator_answers(world, lead, coordinator):
    task, part = world.task(PLAN), part_of(world)
    url = f"/nhiem-vu/{task.pk}/phoi-hop/{part.pk}/"
    assert "Sở Y tế" in words(lead.get(url))
    refused = lead.post(url, {"asked": "Số liệu.", "due": "01/01/2020"})
    assert refused.status_code == 422
    assert "Số liệu." in words(refused)
    assert lead.post(url, {"asked": "Số liệu.", "due": "12/03/2026"}).url == f"/nhiem-vu/{task.pk}/"
    owed = Obligation.objects.get(role="coordinate")
    assert (owed.due, owed.confirming) == (days(10), world.office.science)
    assert task.content in words(coordinator.get("/"))
    assert "Số liệu." in words(coordinator.get(f"/nhiem-vu/{task.pk}/"))
    answer = coordinator.post(
        f"/viec/{owed.pk}/",
        {f"o{owed.pk}-number": "4/BC", f"o{owed.pk}-issued_on": "01/03/2026", "act": "submit", "version": "1"},
    )
    assert answer.status_code == 302, words(answer)
    assert answer.url.startswith("/bao-cao/")
    assert "Sở Y tế" in words(lead.get("/"))


def test_the_office_asks_whom_a_phrase_means(world, enter):
    task, part = world.task(PLAN), part_of(world)
    type(part).objects.filter(pk=part.pk).update(group=True, organisation=None)
    client = enter(world.office.officer)
    url = f"/nhiem-vu/{task.pk}/phoi-hop/{part.pk}/"
    assert client.post(url, {"due": "12/03/2026"}).status_code == 422
    client.post(url, {"due": "12/03/2026", "organisations": [world.office.health.pk]})
    assert Obligation.objects.get(role="coordinate").organisation == world.office.health
    client.post(f"/nhiem-vu/{task.pk}/phan-phoi-hop/{task.assignments.get(due__isnull=False).pk}/", {"act": "withdraw"})
    assert not Obligation.objects.filter(role="coordinate").exists()


def test_who_only_coordinates_asks_nobody(world, coordinator):
    url = f"/nhiem-vu/{world.task(PLAN).pk}/phoi-hop/{part_of(world).pk}/"
    assert (coordinator.get(url).status_code, coordinator.post(url, {"due": "12/03/2026"}).status_code) == (403, 403)


def test_a_part_is_said_to_be_done_and_not_done(world, coordinator):
    task, part = world.task(PLAN), part_of(world)
    page, url = f"/nhiem-vu/{task.pk}/", f"/nhiem-vu/{task.pk}/phan-phoi-hop/{part.pk}/"
    assert "Đã xong phần phối hợp" in words(coordinator.get(page))
    coordinator.post(url, {"act": "done"})
    assert "đã xong phần phối hợp, ngày 02/03/2026" in words(coordinator.get(page))
    coordinator.post(url, {"act": "open"})
    assert part_of(world).part_done_on is None
    lead_row = task.assignments.get(role="lead")
    assert coordinator.post(f"/nhiem-vu/{task.pk}/phan-phoi-hop/{lead_row.pk}/").status_code == 404


# -- reviews -----------------------------------------------------------------------------------------------------------


def test_a_task_that_waits_is_listed_and_looked_at_again(world, enter):
    client, task = enter(world.office.officer), world.task(WAITING)
    assert "Cần xem lại 1" not in words(client.get("/"))
    Task.objects.filter(pk=task.pk).update(review_on=days(-1))
    assert "Cần xem lại 1" in words(client.get("/"))
    board = client.get(f"{world.board}?kind=review")
    assert [row.pk for row in board.context["table"]["rows"]] == [task.pk]
    url = f"/nhiem-vu/{task.pk}/xem-lai/"
    refused = client.post(url, {"on": "01/12/2026"})
    assert (refused.status_code, "90 ngày" in words(refused)) == (422, True)
    assert client.post(url, {"on": "01/04/2026"}).status_code == 302
    task.refresh_from_db()
    assert task.review_on == days(30)
    assert client.get(f"/nhiem-vu/{world.task(PLAN).pk}/xem-lai/").status_code == 404


# -- reports -----------------------------------------------------------------------------------------------------------


def test_a_confirmation_is_revoked_with_a_reason(world, enter):
    sent, head = world.sent(LATE), world.office.who("head")
    reports.confirm(report=sent, seen_round=1, by=head, at=NOW)
    client, url = enter(head), f"/bao-cao/{sent.pk}/huy-xac-nhan/"
    assert "Hủy xác nhận" in words(client.get(f"/bao-cao/{sent.pk}/"))
    assert client.post(url, {"reason": "", "round": 1}).status_code == 422
    assert client.post(url, {"reason": "Văn bản bị thu hồi.", "round": 1}).url == f"/bao-cao/{sent.pk}/"
    shown = words(client.get(f"/bao-cao/{sent.pk}/"))
    assert "xác nhận (đã bị hủy)" in shown
    assert "hủy xác nhận : Văn bản bị thu hồi." in shown
    again = client.post(url, {"reason": "Lần nữa.", "round": 1})
    assert (again.status_code, "Lần nữa." in words(again)) == (422, True)


def test_the_body_that_reported_revokes_nothing(world, lead):
    sent = world.sent(LATE)
    reports.confirm(report=sent, seen_round=1, by=world.office.who("head"), at=NOW)
    assert lead.post(f"/bao-cao/{sent.pk}/huy-xac-nhan/", {"reason": "x"}).status_code == 403


def test_an_answer_takes_a_percentage_and_an_obstacle_on_demand(world, lead):
    owed = world.owed(PLAN)
    name = f"o{owed.pk}-"
    page = words(lead.get(f"/viec/{owed.pk}/"))
    assert "Chưa xong: tỷ lệ hoàn thành, vướng mắc (nếu có)" in page
    wrong = lead.post(f"/viec/{owed.pk}/", {f"{name}percent": "140", f"{name}obstacle": "Thiếu vốn.", "act": "save"})
    assert wrong.status_code == 422
    assert "Thiếu vốn." in words(wrong)
    assert "từ 0 đến 100" in words(wrong)
    said = {f"{name}text": "Đang làm.", f"{name}percent": "40", f"{name}obstacle": "Thiếu vốn.",
            f"{name}obstacle_level": "sở y tế", "act": "save", "version": "1"}  # fmt: skip
    assert lead.post(f"/viec/{owed.pk}/", said).status_code == 302
    assert (owed.answer.percent, Obstacle.objects.get().level) == (40, world.office.health)
    lead.post(f"/viec/{owed.pk}/", {**said, "version": "3"})
    assert Obstacle.objects.count() == 1, "the same form sent twice raises it once"


def test_a_restricted_task_asks_for_neither(world, lead):
    owed = world.owed(SECRET)
    assert "vướng mắc" not in words(lead.get(f"/viec/{owed.pk}/")).lower()
    forged = {f"o{owed.pk}-obstacle": "Chuyện riêng.", f"o{owed.pk}-obstacle_level": "x", "act": "save"}
    assert lead.post(f"/viec/{owed.pk}/", forged).status_code == 422
    assert lead.get(f"/viec/{owed.pk}/vuong-mac/").status_code == 404
    assert not Obstacle.objects.exists()


def test_a_period_has_obstacles_and_no_percentage(world, lead):
    shown = words(lead.get(world.writing(STANDING)))
    assert "Vướng mắc (nếu có)" in shown
    assert "Tỷ lệ hoàn thành" not in shown


# -- instructions ------------------------------------------------------------------------------------------------------


def test_an_instruction_is_read_in_its_body_alone(world, lead, enter):
    owed, clerk = world.owed(PLAN), world.office.who("clerk", world.office.science)
    url = f"/viec/{owed.pk}/but-phe/"
    assert lead.post(url, {"text": "Làm trong tuần."}).status_code == 422
    assert lead.post(url, {"to": clerk.pk, "text": "Làm trong tuần.", "due": "06/03/2026"}).status_code == 302
    page = f"/nhiem-vu/{owed.task_id}/"
    assert "Làm trong tuần." in words(lead.get(page))
    for other in (world.office.chief, world.office.who("head", world.office.health)):
        assert "Làm trong tuần." not in words(enter(other).get(page))
    assert Instruction.objects.get().to == clerk
    assert enter(clerk).get(url).status_code == 403


# -- obstacles ---------------------------------------------------------------------------------------------------------


def test_an_obstacle_is_raised_and_decided(world, lead, coordinator):
    owed = world.owed(PLAN)
    url = f"/viec/{owed.pk}/vuong-mac/"
    refused = lead.post(url, {"text": "Thiếu vốn."})
    assert (refused.status_code, "Thiếu vốn." in words(refused)) == (422, True)
    lead.post(url, {"text": "Thiếu vốn.", "level": world.office.health.pk})
    raised = Obstacle.objects.get()
    assert "Thiếu vốn." in words(lead.get(f"/vuong-mac/{raised.pk}/"))
    assert (
        lead.post(f"/vuong-mac/{raised.pk}/", {"decision": "Tự duyệt", "decided_on": "02/03/2026"}).status_code == 403
    )
    assert "Chờ bạn quyết định 1" in words(coordinator.get("/"))
    assert coordinator.post(f"/vuong-mac/{raised.pk}/", {"decided_on": "02/03/2026"}).status_code == 422
    done = coordinator.post(f"/vuong-mac/{raised.pk}/", {"decision": "Đồng ý.", "decided_on": "02/03/2026"})
    assert done.status_code == 302
    assert "Đồng ý." in words(lead.get(f"/vuong-mac/{raised.pk}/"))
    assert "Chờ bạn quyết định" not in words(coordinator.get("/"))


def test_the_office_records_what_a_level_of_leaders_alone_decided(world, enter):
    """Of the Tỉnh ủy only leaders have accounts, and these record nothing."""
    owed, level = world.owed(PLAN), make.organisation("Tỉnh ủy", parent=world.office.root, kind="party_committee")
    leader, officer = enter(world.office.who("leader", level)), enter(world.office.officer)
    raised = make.obstacle(owed, level=level)
    assert "Chờ bạn quyết định 1" in words(officer.get("/"))
    seen = leader.get(f"/vuong-mac/{raised.pk}/")
    assert (seen.status_code, "Ghi quyết định" in words(seen)) == (200, False)
    make.person("head", level)
    assert "Chờ bạn quyết định" not in words(officer.get("/"))
    Obstacle.objects.filter(pk=raised.pk).update(level=None, level_text="Ban Thường vụ Tỉnh ủy")
    done = officer.post(f"/vuong-mac/{raised.pk}/", {"decision": "Đồng ý.", "decided_on": "02/03/2026"})
    assert done.url == f"/nhiem-vu/{owed.task_id}/"


def test_who_sees_nothing_else_of_the_task_is_led_home(world, enter):
    """A body that is asked for its word alone: no link, and no way on, leads to a page that it may not open."""
    owed, level = world.owed(LATE), make.organisation("Sở Tài chính", parent=world.office.root)
    raised, asked = make.obstacle(owed, level=level), make.cause(owed, competent=level)
    head, task = enter(make.person("head", level)), f"/nhiem-vu/{owed.task_id}/"
    assert head.get(task).status_code == 404
    for page, said in (
        (f"/vuong-mac/{raised.pk}/", {"decision": "Đồng ý.", "decided_on": "02/03/2026"}),
        (f"/nguyen-nhan/{asked.pk}/", {"act": "grant", "word": ""}),
    ):
        assert task not in head.get(page).content.decode()
        assert head.post(page, said).url == "/"
        assert task not in head.get(page).content.decode(), "nor afterwards"
    assert task in enter(world.office.officer).get(f"/vuong-mac/{raised.pk}/").content.decode()


# -- objective causes --------------------------------------------------------------------------------------------------


def test_a_cause_is_asked_for_and_stands_beside_late(world, lead, coordinator, enter):
    owed = world.owed(LATE)
    url = f"/viec/{owed.pk}/nguyen-nhan/"
    assert lead.post(url, {"reason": "Bão."}).status_code == 422
    said = {"reason": "Bão số 3.", "number": "5/QĐ", "proved_on": "01/03/2026", "proposed": world.office.health.pk}
    assert lead.post(url, {**said, "proposed": world.office.science.pk}).status_code == 422
    assert "Cơ quan quyết định Văn phòng Tỉnh ủy" in words(lead.get(url)), "who decides is said, not asked"
    assert lead.post(url, said).status_code == 302
    asked = Cause.objects.get()
    page = f"/nguyen-nhan/{asked.pk}/"
    head = enter(world.office.who("head"))
    assert coordinator.post(page, {"act": "grant"}).status_code == 404, "it was proposed, and no more"
    assert "Chờ bạn quyết định 1" in words(head.get("/"))
    assert f'value="{world.office.health.pk}" selected' in head.get(page).content.decode()
    assert "Hãy chọn" in words(head.post(page, {"act": "give_on", "competent": ""}))
    assert head.post(page, {"act": "give_on", "competent": world.office.health.pk}).status_code == 302
    assert "Bão số 3." in words(coordinator.get(page))
    assert lead.post(page, {"act": "grant"}).status_code == 403
    refused = coordinator.post(page, {"act": "refuse", "word": ""})
    assert (refused.status_code, "lý do" in words(refused)) == (422, True)
    assert coordinator.post(page, {"act": "grant", "word": ""}).status_code == 302
    sheet = words(lead.get(f"/co-quan/{world.office.science.pk}/phieu-so-lieu/"))
    assert "Quá hạn kéo dài" in sheet
    assert "có nguyên nhân khách quan được xác nhận" in sheet


def test_a_cause_is_withdrawn_before_it_is_decided(world, lead):
    asked = make.cause(world.owed(LATE))
    assert lead.post(f"/nguyen-nhan/{asked.pk}/", {"act": "withdraw"}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert lead.post(f"/nguyen-nhan/{asked.pk}/", {"act": "withdraw"}, follow=True).status_code == 200


def test_of_a_restricted_task_a_cause_is_a_number(world, lead, enter):
    owed = world.owed(SECRET)
    said = {"number": "5/QĐ", "proved_on": "01/03/2026", "reason": "Chuyện riêng."}
    coordinator = enter(world.office.who("head"))
    lead.post(f"/viec/{owed.pk}/nguyen-nhan/", said)
    asked = Cause.objects.get()
    assert asked.reason == "–"
    shown = words(coordinator.get(f"/nguyen-nhan/{asked.pk}/"))
    assert "5/QĐ" in shown
    assert owed.task.content not in shown
    assert owed.task.content not in words(coordinator.get("/"))


# -- corrections -------------------------------------------------------------------------------------------------------


def test_a_day_is_corrected_by_two_people(world, enter):
    owed = world.sent(LATE).answers.get().obligation
    officer, head = enter(world.office.officer), enter(world.office.who("head"))
    url = f"/viec/{owed.pk}/dieu-chinh/"
    assert "ngày xác nhận" not in str(officer.get(url).context["form"]["field"]), "it has no such day yet"
    refused = officer.post(url, {"field": "submitted_on", "after": "01/06/2026", "reason": "Gõ nhầm."})
    assert (refused.status_code, "Gõ nhầm." in words(refused)) == (422, True)
    officer.post(url, {"field": "submitted_on", "after": "20/02/2026", "reason": "Gõ nhầm."})
    asked = Correction.objects.get()
    page = f"/dieu-chinh/{asked.pk}/"
    assert "đang được đề nghị điều chỉnh" in words(officer.get(f"/nhiem-vu/{owed.task_id}/"))
    assert "đang đề nghị điều chỉnh" in words(officer.get(f"/bao-cao/{owed.answer.report_id}/"))
    assert officer.post(page, {"act": "grant"}).status_code == 403
    assert "Chờ bạn quyết định 1" in words(head.get("/"))
    assert head.post(page, {"act": "grant", "word": "Đúng sổ."}).status_code == 302
    owed.refresh_from_db()
    assert owed.submitted_on == days(-10)
    shown = words(officer.get(page))
    assert "02/03/2026" in shown, "the old value stays readable"
    assert "chấp thuận" in shown


MARK = "đang đề nghị điều chỉnh"


def test_figures_are_marked_while_a_correction_is_open(world, enter):
    """On each page that shows or counts it, also a leader's, and in its files; not on those of a past day."""
    owed = world.sent(LATE).answers.get().obligation
    officer, body = enter(world.office.officer), owed.organisation
    board, yesterday = world.board, f"?khi={days(-1):%Y-%m-%d}"
    pages = [board, f"{board}viec/", f"{board}so-lieu/", f"/co-quan/{body.pk}/", f"/co-quan/{body.pk}/phieu-so-lieu/"]
    pages.append(f"{board}phu-luc/")
    files = [f"{board}viec/?tep=csv", f"{board}so-lieu/?dang=csv"]
    assert [there for there in pages + files if MARK in officer.get(there).content.decode().lower()] == []
    officer.post(f"/viec/{owed.pk}/dieu-chinh/", {"field": "submitted_on", "after": "20/02/2026", "reason": "Gõ nhầm."})
    assert [there for there in pages + files if MARK not in officer.get(there).content.decode().lower()] == []
    assert "có việc đang được đề nghị điều chỉnh số liệu: 1" in words(officer.get(board))
    assert [row.pk for row in officer.get(f"{board}viec/?box=doubted").context["table"]["rows"]] == [owed.pk]
    assert MARK not in words(officer.get(f"{board}so-lieu/{yesterday}"))
    elsewhere = enter(world.office.who("head", world.office.health))
    assert MARK not in words(elsewhere.get(board)), "a body hears nothing of the work of another"


def test_whoever_proposed_it_decides_nothing_even_with_the_right(world, enter):
    owed = world.sent(LATE).answers.get().obligation
    head = enter(world.office.who("head"))
    said = {"field": "submitted_on", "after": "20/02/2026", "reason": "Gõ nhầm."}
    head.post(f"/viec/{owed.pk}/dieu-chinh/", said)
    page = f"/dieu-chinh/{Correction.objects.get().pk}/"
    refused = head.post(page, {"act": "grant"})
    assert "người thứ hai" in words(refused)
    assert "Rút đề nghị" in words(head.get(page))
    assert head.post(page, {"act": "withdraw"}).status_code == 302


def test_work_that_was_not_handed_in_has_nothing_to_correct(world, enter):
    assert enter(world.office.officer).get(f"/viec/{world.owed(PLAN).pk}/dieu-chinh/").status_code == 404


# -- clocks and fact sheets --------------------------------------------------------------------------------------------


def test_a_task_says_who_holds_it_and_a_programme_sums_up(world, enter):
    world.sent(LATE)
    client = enter(world.office.chief)
    shown = words(client.get(f"/nhiem-vu/{world.task(LATE).pk}/"))
    assert "Văn phòng Tỉnh ủy (xác nhận) từ 02/03/2026, 0 ngày" in shown
    sums = words(client.get(f"{world.board}ai-giu/"))
    assert "Sở Khoa học và Công nghệ chủ trì" in sums
    assert enter(world.office.who("head", world.office.science)).get(f"{world.board}ai-giu/").status_code == 404


def test_each_number_of_a_fact_sheet_opens_the_list_it_counts(world, enter):
    client, body = enter(world.office.chief), world.office.science
    url = f"/co-quan/{body.pk}/phieu-so-lieu/"
    whole = "tu=01/01/2026&den=31/12/2026"
    page = client.get(f"{url}?{whole}")
    for group in page.context["groups"]:
        rows = client.get(url + group["url"].removesuffix("#list")).context["table"]["rows"]
        assert len(rows) == group["n"], group["label"]
    assert sum(1 for group in page.context["groups"] if group["n"]) > 2
    for wrong in ("tu=hom-qua&den=", "tu=31/12/2026&den=01/01/2026"):
        assert client.get(f"{url}?{wrong}").status_code == 422


def test_a_fact_sheet_is_a_file_too_and_tells_only_what_is_seen(world, enter):
    body = world.office.science
    url = f"/co-quan/{body.pk}/phieu-so-lieu/?tu=01/01/2026&den=31/12/2026&dang=csv"
    told = enter(world.office.chief).get(url).content.decode()
    assert "Hoàn thiện đề án đô thị" in told
    assert world.task(SECRET).content not in told
    assert "Hoàn thiện" not in enter(world.office.who("head", world.office.health)).get(url).content.decode()


def test_confirmed_causes_have_their_own_list(world, enter):
    asked = make.cause(world.owed(LATE))
    causes.decide(cause=asked, granted=True, by=world.office.who("head"), at=NOW)
    client = enter(world.office.chief)
    page = client.get(f"/co-quan/{world.office.science.pk}/phieu-so-lieu/?nhom=nguyen-nhan")
    assert [row.task_id for row in page.context["table"]["rows"]] == [world.task(LATE).pk]


def test_what_was_asked_is_told_in_the_course_of_the_task(world, enter):
    who = {"by": world.office.who("head", world.office.science), "at": NOW}
    coordination.invite(assignment=part_of(world), due=days(9), **who)
    make.obstacle(world.owed(PLAN))
    told = words(enter(world.office.chief).get(f"/nhiem-vu/{world.task(PLAN).pk}/"))
    assert "đề nghị phối hợp" in told
    assert "nêu vướng mắc" in told


def test_a_phrase_leads_to_the_invitation_with_the_bodies_it_means(office, enter):
    for name in ("Hội Nông dân", "Hội Phụ nữ"):
        make.organisation(name, parent=office.root, kind="political_social")
    phrase = "các tổ chức chính trị - xã hội"
    duty = make.row("Tổ chức giám sát", SCIENCE, beside=[phrase], deadline=make.by_date(days(30)))
    task = make.programme(duty, office=office.body, by=office.chief).tasks.get()
    row = task.assignments.get(group=True)
    client, page = enter(office.who("head", office.science)), f"/nhiem-vu/{task.pk}/"
    there = f"{page}phoi-hop/{row.pk}/"
    assert "cụm từ, chưa nêu cơ quan nào đề nghị phối hợp" in words(client.get(page))
    assert f'href="{there}">đề nghị phối hợp' in client.get(page).content.decode()
    shown = client.get(there)
    named = Organisation.objects.filter(pk__in=shown.context["form"].initial["organisations"])
    assert sorted(body.name for body in named) == ["Hội Nông dân", "Hội Phụ nữ"]
    sent = {"organisations": [body.pk for body in named], "asked": "Cử người", "due": f"{days(9):%d/%m/%Y}"}
    client.post(there, sent)
    assert task.obligations.filter(role="coordinate").count() == 2
    assert "đã nêu 2 cơ quan" in words(client.get(page))
    assert client.get(there).context["form"].initial["organisations"] == [], "who was asked is not proposed again"
    assert f'href="{there}"' not in enter(office.clerk).get(page).content.decode()


NAMED = 'name="organisations"'


def test_among_many_bodies_those_meant_are_ticked_and_others_are_searched_for(office, enter):
    for number in range(20):
        make.organisation(f"Sở Thử {number}", parent=office.root)
    for name in ("Hội Nông dân", "Hội Phụ nữ"):
        make.organisation(name, parent=office.root, kind="political_social")
    duty = make.row("Tổ chức giám sát", SCIENCE, beside=["các đoàn thể"], deadline=make.by_date(days(30)))
    task = make.programme(duty, office=office.body, by=office.chief).tasks.get()
    there = f"/nhiem-vu/{task.pk}/phoi-hop/{task.assignments.get(group=True).pk}/"
    client = enter(office.chief)
    first = client.get(there).content.decode()
    assert (first.count(NAMED), first.count("checked")) == (2, 2)
    ticked = client.get(there).context["form"].initial["organisations"]
    sought = {"find": "organisations", "find-organisations": "Sở Thử 7", "organisations": ticked, "asked": "Cử người"}
    answer = client.post(there, sought)
    assert answer.status_code == 200
    assert answer.content.decode().count("checked") == 2
    assert "Sở Thử 7" in words(answer)
    assert "Cử người" in words(answer), "what was typed stays"
    assert not task.obligations.filter(role="coordinate").exists()
