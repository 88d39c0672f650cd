"""The pages on which bodies are merged, split, renamed and dissolved, as a clerk goes through them."""

from __future__ import annotations

import csv
import io

import pytest

import factories as make
from doors.desk.test_budgets import queries
from doors.desk.world import words
from factories import days
from tiendo.foundation.organisations.models import Organisation, Post, Succession
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import reports
from tiendo.work.programmes.models import Assignment, Obligation
from worlds import SCIENCE

LIST = "/co-quan/sap-xep/"


@pytest.fixture
def registrar(office):
    return office.who("registrar", office.root)


@pytest.fixture
def programme(office):
    return two_tasks(office)


def two_tasks(office):
    """Led by science: one by a day, with health, and one that stands."""
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, coordinators=["Sở Y tế"], deadline=make.by_date(days(30)), number="1"),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous(), number="2"),
        office=office.body,
        by=office.chief,
    )


def typed(office, **more: object) -> dict[str, object]:
    return {"kind": "absorb", "on": "2026-03-02", "befores": [office.science.pk], "afters": [office.health.pk], **more}


def drafted(client, data) -> int:
    answer = client.post(f"{LIST}them/", data)
    assert answer.status_code == 302, words(answer)
    return Succession.objects.latest("pk").pk


def test_from_the_bodys_page_to_the_heir(office, programme, registrar, enter):
    client = enter(registrar)
    start = words(client.get(f"/co-quan/{office.science.pk}/"))
    assert "Ghi việc sắp xếp" in start
    kinds = client.get(f"{LIST}them/?before={office.science.pk}")
    assert f"?before={office.science.pk}&amp;kind=absorb" in kinds.content.decode()
    form = client.get(f"{LIST}them/?before={office.science.pk}&kind=absorb")
    assert form.context["form"]["befores"].value() == [str(office.science.pk)]
    pk = drafted(client, typed(office))
    looked = words(client.get(f"{LIST}{pk}/"))
    assert "2 việc đang chủ trì" in looked
    assert "chưa xác minh" in looked
    assert Organisation.objects.get(pk=office.science.pk).ends is None, "nothing changed yet"
    done = client.post(f"{LIST}{pk}/thuc-hien/", {"move_posts": "1"}, follow=True)
    assert "Đã thực hiện. 2 lượt phân công được chuyển" in words(done)
    assert "Sở Khoa học và Công nghệ Sở Y tế 2" in words(done)
    past = words(client.get(f"/co-quan/{office.science.pk}/"))
    assert "kết thúc hoạt động ngày 01/03/2026" in past
    assert "Kế thừa hiện nay: Sở Y tế" in past


def test_a_rejected_form_keeps_what_was_typed(office, registrar, enter):
    answer = enter(registrar).post(f"{LIST}them/", typed(office, afters=[], note="theo tờ trình", news=""))
    assert answer.status_code == 422
    assert "Phải chọn đúng một cơ quan kế thừa" in words(answer)
    assert "theo tờ trình" in answer.content.decode()
    assert not Succession.objects.exists()


def test_each_thing_that_is_wrong_stands_on_a_line_of_its_own(office, registrar, enter):
    asked = typed(office, kind="merge", afters=[office.science.pk, office.health.pk])
    answer = enter(registrar).post(f"{LIST}them/", asked)
    wrong = answer.context["form"].non_field_errors()
    assert list(wrong) == [
        "Phải chọn ít nhất 2 cơ quan trước khi sắp xếp.",
        "Phải chọn đúng một cơ quan kế thừa.",
        "“Sở Khoa học và Công nghệ” không thể kế thừa chính mình.",
    ]


def test_a_split_line_by_line_with_new_bodies(office, programme, registrar, enter):
    client = enter(registrar)
    news = "Sở Khoa học | xây dựng kế hoạch\nSở Công nghệ"
    pk = drafted(client, typed(office, kind="split", afters=[], news=news))
    page = client.get(f"{LIST}{pk}/")
    assert "Còn 2 dòng chưa chọn nơi nhận" in words(page)
    assert "đề xuất, chưa lưu" in words(page), "the share names one line"
    refused = client.post(f"{LIST}{pk}/thuc-hien/", follow=True)
    assert "Còn 2 dòng chưa chọn cơ quan nhận" in words(refused)
    first, second = Assignment.objects.on(None).filter(organisation=office.science).order_by("task__position")
    one, other = Organisation.objects.filter(name__in=["Sở Khoa học", "Sở Công nghệ"]).order_by("-name")
    saved = client.post(
        f"{LIST}{pk}/noi-nhan/",
        {"line": [first.pk, second.pk], f"heir-{first.pk}": [one.pk, other.pk], f"heir-{second.pk}": [other.pk]},
        follow=True,
    )
    assert "2 dòng đã chọn nơi nhận" in words(saved)
    done = client.post(f"{LIST}{pk}/thuc-hien/", follow=True)
    assert "Đã thực hiện. 2 lượt phân công được chuyển sang cơ quan nhận." in words(done), "one of them to two bodies"
    leads = Assignment.objects.on(None).filter(role="lead").values_list("task__number", "organisation__name")
    assert sorted(leads) == [("1", "Sở Công nghệ"), ("1", "Sở Khoa học"), ("2", "Sở Công nghệ")]


def test_all_undecided_lines_at_once(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="split", afters=[], news="Sở Khoa học\nSở Công nghệ"))
    one = Organisation.objects.get(name="Sở Khoa học")
    answer = client.post(f"{LIST}{pk}/noi-nhan/", {"all": one.pk, "give": "1"}, follow=True)
    assert "2 dòng đã chọn nơi nhận" in words(answer)
    assert "Còn" not in words(answer).split("Từng dòng việc")[1].split("Thực hiện")[0]


def test_a_draft_that_is_thrown_away_leaves_no_body_behind(office, registrar, enter):
    client = enter(registrar)
    before = Organisation.objects.count()
    pk = drafted(client, typed(office, kind="split", afters=[], news="Sở Khoa học\nSở Công nghệ"))
    assert Organisation.objects.count() == before + 2
    client.post(f"{LIST}{pk}/huy/")
    assert Organisation.objects.count() == before
    assert not Succession.objects.exists()


def test_dissolved_work_is_listed_and_given_to_a_body_on_its_task(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="dissolved", afters=[]))
    assert "chờ cơ quan ban hành giao lại" in words(client.get(f"{LIST}{pk}/"))
    client.post(f"{LIST}{pk}/thuc-hien/")
    chief = enter(office.chief)
    listed = chief.get("/viec-chua-co-noi-nhan/")
    assert [row.task.number for row in listed.context["table"]["rows"]] == ["1", "2"]
    assert SCIENCE in words(listed)
    lost = listed.context["table"]["rows"][0]
    chief.post(f"/nhiem-vu/{lost.task_id}/gan/{lost.pk}/", {"organisation": office.health.pk})
    assert len(chief.get("/viec-chua-co-noi-nhan/").context["table"]["rows"]) == 1
    told = words(chief.get(f"/nhiem-vu/{lost.task_id}/"))
    assert "Ai giữ, từ khi nào" in told
    assert "Chủ trì: Sở Khoa học và Công nghệ → chưa có nơi nhận" in told
    assert "→ Sở Y tế (cơ quan ban hành giao lại)" in told


def test_the_orphans_list_says_what_it_is_for_when_empty(office, enter):
    assert "kết thúc mà không có cơ quan kế thừa" in words(enter(office.chief).get("/viec-chua-co-noi-nhan/"))


def test_a_second_person_holds_it_against_the_decision(office, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="rename", afters=[], new_name="Sở Đổi mới"))
    client.post(f"{LIST}{pk}/thuc-hien/")
    assert "người đã ghi không tự xác minh" in words(client.get(f"{LIST}{pk}/"))
    again = client.post(f"{LIST}{pk}/doi-chieu/", {"decision": "5-QĐ/TU", "decided_on": "2026-02-01"}, follow=True)
    assert "Người đã ghi không tự xác minh" in words(again)
    second = make.user()
    make.post("registrar", body=office.root, who=second)
    other = enter(second)
    wrong = other.post(f"{LIST}{pk}/doi-chieu/", {"decision": "", "decided_on": "2026-02-01"})
    assert wrong.status_code == 422
    answer = other.post(f"{LIST}{pk}/doi-chieu/", {"decision": "5-QĐ/TU", "decided_on": "2026-02-01"}, follow=True)
    assert "5-QĐ/TU, ngày 01/02/2026" in words(answer)
    assert "5-QĐ/TU" in words(other.get(f"/co-quan/{office.science.pk}/"))


def test_a_wrong_record_is_taken_back(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office))
    client.post(f"{LIST}{pk}/thuc-hien/")
    answer = client.post(f"{LIST}{pk}/huy/", follow=True)
    assert "Đã hủy việc ghi nhầm" in words(answer)
    assert Organisation.objects.get(pk=office.science.pk).ends is None
    assert "đã hủy" in words(client.get(f"/co-quan/{office.science.pk}/"))


def test_the_heirs_people_read_what_was_finished_before(office, programme, registrar, enter):
    sent = make.submitted(Obligation.objects.get(task__number="1"))
    reports.confirm(report=sent, seen_round=1, by=office.who("head", office.body), at=make.NOW)
    client = enter(registrar)
    pk = drafted(client, typed(office))
    client.post(f"{LIST}{pk}/thuc-hien/", {"move_posts": "1"})
    head = enter(office.who("head", office.health))
    task = head.get(f"/nhiem-vu/{sent.answers.get().obligation.task_id}/")
    assert f'href="/bao-cao/{sent.pk}/"' in task.content.decode()
    assert "xác nhận kết quả" in words(task)
    report = head.get(f"/bao-cao/{sent.pk}/")
    assert "31/BC-SKHCN" in words(report)
    assert "Soạn tiếp" not in words(report), "read, not written on"
    for day in ("", "?khi=2026-03-01"):
        listed = head.get(f"/co-quan/{office.science.pk}/{day}").context["table"]["rows"]
        assert "1" in [row.task.number for row in listed], day


def test_what_nobody_took_is_counted_apart(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="dissolved", afters=[]))
    done = words(client.post(f"{LIST}{pk}/thuc-hien/", follow=True))
    assert "Đã thực hiện. 2 lượt phân công chưa có nơi nhận: xem danh sách Việc chưa có nơi nhận." in done


def test_before_a_merger_it_is_told_whose_posts_move_where_and_when(office, programme, registrar, enter):
    head = office.who("head", office.science)
    make.post("clerk", body=office.science, who=head)
    client = enter(registrar)
    pk = drafted(client, typed(office))
    looked = words(client.get(f"{LIST}{pk}/"))
    assert "2 chức vụ của 1 người" in looked
    assert "Chuyển 2 chức vụ của 1 người sang Sở Y tế từ ngày 02/03/2026, giữ nguyên vai trò" in looked
    assert f"{head.full_name}: Người đứng đầu, {SCIENCE}" in looked
    done = words(client.post(f"{LIST}{pk}/thuc-hien/", {"carrying": "1"}, follow=True))
    assert "1 người ở cơ quan đã kết thúc chưa có chức vụ mới. Hãy báo người quản trị tài khoản." in done


def test_a_split_asks_for_each_person_and_keeps_what_was_chosen_when_it_is_refused(office, programme, registrar, enter):
    head, clerk = office.who("head", office.science), office.who("clerk", office.science)
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="split", afters=[], news="Sở Khoa học\nSở Công nghệ"))
    one = Organisation.objects.get(name="Sở Khoa học")
    post = Post.objects.get(user=head)
    assert f'name="post-{post.pk}"' in client.get(f"{LIST}{pk}/").content.decode()
    chosen = {"carrying": "1", f"post-{post.pk}": one.pk}
    refused = client.post(f"{LIST}{pk}/thuc-hien/", chosen)
    assert refused.status_code == 409
    assert f'<option value="{one.pk}" selected>Sở Khoa học</option>' in refused.content.decode()
    client.post(f"{LIST}{pk}/noi-nhan/", {"all": one.pk, "give": "1"})
    done = words(client.post(f"{LIST}{pk}/thuc-hien/", chosen, follow=True))
    assert "1 người ở cơ quan đã kết thúc" in done, "who was not chosen for"
    assert list(Post.objects.filter(user=head, ends=None).values_list("organisation__name", "role")) == [
        ("Sở Khoa học", "head")
    ]
    assert not Post.objects.filter(user=clerk, ends=None).exists()
    client.post(f"{LIST}{pk}/huy/")
    assert set(Post.objects.values_list("organisation__name", flat=True)) >= {SCIENCE}
    assert [post.organisation for post in Post.objects.filter(user__in=[head, clerk])] == [office.science] * 2


def test_the_code_of_a_new_body_is_shown_and_set_before_it_begins(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="split", afters=[], news="Sở Khoa học\nSở Công nghệ"))
    one, other = (Organisation.objects.get(name=name) for name in ("Sở Khoa học", "Sở Công nghệ"))
    assert f'value="{one.code}"' in client.get(f"{LIST}{pk}/").content.decode()
    there = f"{LIST}{pk}/ma-moi/"
    wrong = client.post(there, {f"code-{one.pk}": "T.KH", f"code-{other.pk}": office.health.code})
    assert wrong.status_code == 422
    assert f'id="code-{other.pk}-error"' in wrong.content.decode()
    assert 'value="T.KH"' in wrong.content.decode(), "what was typed stays"
    assert Organisation.objects.get(pk=one.pk).code == one.code, "all or none"
    saved = client.post(there, {f"code-{one.pk}": "T.KH", f"code-{other.pk}": other.code}, follow=True)
    assert "Đã lưu mã của cơ quan mới" in words(saved)
    assert Organisation.objects.get(pk=one.pk).code == "T.KH"
    client.post(f"{LIST}{pk}/noi-nhan/", {"all": one.pk, "give": "1"})
    client.post(f"{LIST}{pk}/thuc-hien/")
    assert client.post(there, {f"code-{one.pk}": "T.X"}).status_code == 302
    assert Organisation.objects.get(pk=one.pk).code == "T.KH", "afterwards it is corrected on the page of the body"


def test_of_one_day_what_was_recorded_first_stands_first(office, programme, registrar, enter):
    client = enter(registrar)
    second = drafted(client, typed(office, kind="acts_through"))
    first = drafted(client, typed(office, kind="rename", afters=[], new_name="Sở Đổi mới"))
    for pk, minute in ((first, 1), (second, 2)):
        client.post(f"{LIST}{pk}/thuc-hien/")
        Succession.objects.filter(pk=pk).update(recorded_at=make.moment(days(0), 10, minute))
    past = client.get(f"/co-quan/{office.science.pk}/").context["past"]
    assert [line["succession"].pk for line in past] == [first, second]


def test_what_stands_in_the_way_of_undoing_is_listed_with_links(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office))
    client.post(f"{LIST}{pk}/thuc-hien/")
    owed = Obligation.objects.get(task__number="1", organisation=office.health)
    make.submitted(owed)
    answer = client.post(f"{LIST}{pk}/huy/")
    assert answer.status_code == 409
    assert "Chưa hủy được" in words(answer)
    assert "nhiệm vụ 1: Sở Y tế đã gửi báo cáo" in words(answer)
    assert f'href="/co-quan/{office.health.pk}/"' in answer.content.decode()
    assert f'<a href="/nhiem-vu/{owed.task_id}/">Xem nhiệm vụ</a>' in answer.content.decode()


def test_a_split_into_new_bodies_is_undone_and_its_record_stays(office, programme, registrar, enter):
    client = enter(registrar)
    before = Organisation.objects.count()
    pk = drafted(client, typed(office, kind="split", afters=[], news="Sở Khoa học | một phần\nSở Công nghệ"))
    one = Organisation.objects.get(name="Sở Khoa học")
    client.post(f"{LIST}{pk}/noi-nhan/", {"all": one.pk, "give": "1"})
    client.post(f"{LIST}{pk}/thuc-hien/")
    answer = client.post(f"{LIST}{pk}/huy/", follow=True)
    assert answer.status_code == 200
    assert "đã hủy" in words(answer)
    assert "Sở Khoa học | một phần" in words(answer), "the record keeps whom it spoke of"
    assert Organisation.objects.count() == before, "and the bodies that began with it are gone"
    assert Succession.objects.get().pk in {
        row.pk for row in client.get(f"{LIST}?state=undone").context["table"]["rows"]
    }


def test_a_body_that_is_only_planned_is_offered_nowhere(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="split", afters=[], news="Sở Khoa học\nSở Công nghệ", on="2026-02-01"))
    chief = enter(office.chief)
    listed = {row.name for row in chief.get("/co-quan/?state=all").context["table"]["rows"]}
    assert not listed & {"Sở Khoa học", "Sở Công nghệ"}
    assert "Sở Công nghệ" not in words(chief.get(f"/chuong-trinh/{programme.pk}/thiet-lap/"))
    assert "Sở Công nghệ" in words(client.get(f"{LIST}{pk}/"))


def test_two_plans_for_one_body_are_not_both_carried_out(office, programme, registrar, enter):
    client = enter(registrar)
    first = drafted(client, typed(office))
    second = drafted(client, typed(office, afters=[office.body.pk]))
    client.post(f"{LIST}{first}/thuc-hien/")
    answer = client.post(f"{LIST}{second}/thuc-hien/", follow=True)
    assert "đã được sắp xếp (nhập vào cơ quan đang có) từ ngày 02/03/2026" in words(answer)
    assert Succession.objects.get(pk=second).state == "draft"


def test_the_heir_is_told_what_was_asked_of_the_body_before(office, programme, registrar, enter):
    sent = make.submitted(programme.obligations.get(task__number="1"))
    client = enter(registrar)
    client.post(f"{LIST}{drafted(client, typed(office))}/thuc-hien/")
    reports.ask_more(report=sent, reason="Thiếu phụ lục 2", seen_round=1, by=office.chief, at=make.NOW)
    head = enter(office.who("head", office.health))
    home = words(head.get("/"))
    assert "Thiếu phụ lục 2" in home
    owed = programme.obligations.get(task__number="1")
    assert owed.supplement_due is not None
    assert owed.supplement_due > make.TODAY
    assert "Thiếu phụ lục 2" in words(head.get(f"/viec/{owed.pk}/"))
    assert head.get(f"/bao-cao/{sent.pk}/").status_code == 200, "what the body before handed in can be read"


def test_a_plan_for_a_later_day_waits(office, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, on="2026-04-01"))
    assert "đến ngày đó mới thực hiện được" in words(client.get(f"{LIST}{pk}/"))
    assert "đến ngày đó mới thực hiện được" in words(client.post(f"{LIST}{pk}/thuc-hien/", follow=True))


def test_bodies_below_go_where_they_are_told(office, registrar, enter):
    child = make.organisation("Trung tâm Số", parent=office.science)
    client = enter(registrar)
    pk = drafted(client, typed(office))
    assert "Trung tâm Số" in words(client.get(f"{LIST}{pk}/"))
    client.post(f"{LIST}{pk}/thuc-hien/", {f"below-{child.pk}": office.body.pk})
    child.refresh_from_db()
    assert child.parent == office.body


def test_lists_as_they_were_and_as_they_are(office, programme, registrar, enter):
    client = enter(registrar)
    client.post(f"{LIST}{drafted(client, typed(office))}/thuc-hien/")
    chief = enter(office.chief)
    board = f"/chuong-trinh/{programme.pk}/"
    then = "?khi=2026-03-01"
    for path in (board, f"{board}viec/"):
        assert SCIENCE not in words(chief.get(path)).split("Tình trạng")[-1]
        past = words(chief.get(path + then))
        assert SCIENCE in past
        assert "như ngày 01/03/2026" in past
    task = programme.tasks.first()
    assert "Sở Khoa học và Công nghệ → Sở Y tế (nhập vào cơ quan đang có, chưa xác minh)" in words(
        chief.get(f"/nhiem-vu/{task.pk}/")
    )
    register = [row.name for row in chief.get("/co-quan/").context["table"]["rows"]]
    assert SCIENCE not in register
    assert SCIENCE in [row.name for row in chief.get("/co-quan/?khi=2026-03-01").context["table"]["rows"]]
    assert SCIENCE in [row.name for row in chief.get("/co-quan/?state=ended").context["table"]["rows"]]
    assert "“32/02/2025” không phải là một ngày đã qua" in words(chief.get(f"{board}?khi=32/02/2025"))


def test_a_renamed_body_is_called_as_it_was_then(office, programme, registrar, enter):
    client = enter(registrar)
    client.post(f"{LIST}{drafted(client, typed(office, kind='rename', afters=[], new_name='Sở Mới'))}/thuc-hien/")
    board = f"/chuong-trinh/{programme.pk}/"
    chief = enter(office.chief)
    assert "Sở Mới" in words(chief.get(board))
    then = words(chief.get(f"{board}?khi=2026-03-01"))
    assert SCIENCE in then
    assert "Sở Mới" not in then


def test_only_who_keeps_the_register_finds_the_pages(office, enter):
    for role in ("clerk", "officer", "office_head", "head", "leader", "inspector", "administrator"):
        client = enter(office.who(role))
        assert client.get(LIST).status_code == 403
        assert client.post(f"{LIST}them/", typed(office)).status_code == 403
        assert "Ghi việc sắp xếp" not in words(client.get(f"/co-quan/{office.science.pk}/"))


def test_a_hand_over_of_many_lines_asks_as_often_as_one_of_few(office, registrar, enter):
    client = enter(registrar)
    asked = []
    for count in (3, 40):
        rows = (make.row(f"Việc {n}", SCIENCE, deadline=make.by_date(days(30))) for n in range(count))
        make.programme(*rows, office=office.body, by=office.chief)
        pk = drafted(client, typed(office, kind="split", afters=[], news=f"Sở M{count}\nSở N{count}"))
        asked.append(queries(client, f"{LIST}{pk}/"))
        assert queries(client, LIST) <= 10
        client.post(f"{LIST}{pk}/huy/")
    assert asked[0] == asked[1] <= 32


def test_the_list_as_of_a_day_has_what_had_taken_effect_under_the_names_of_then(office, registrar, enter):
    client = enter(registrar)
    draft = make.succession("absorb", [office.science], [office.health], on=days(-9), by=registrar)
    handovers.carry_out(succession=draft, by=registrar, at=make.NOW)
    renamed = make.succession("rename", [office.health], [], on=days(-2), by=registrar, new_name="Sở Y tế và Dân số")
    handovers.carry_out(succession=renamed, by=registrar, at=make.NOW)

    def names(query):
        rows = client.get(f"{LIST}{query}").context["table"]["rows"]
        return [(row.kind, row.before_names, row.after_names) for row in rows]

    rename = ("rename", ["Sở Y tế"], ["Sở Y tế và Dân số"])
    assert names("") == [rename, ("absorb", [SCIENCE], ["Sở Y tế và Dân số"])]
    assert names(f"?khi={days(-3)}") == [("absorb", [SCIENCE], ["Sở Y tế"])]
    assert names(f"?khi={days(-10)}") == []
    head, *rows = csv.reader(io.StringIO(client.get(f"{LIST}?khi={days(-3)}&tep=csv").content.decode("utf-8-sig")))
    assert head[2:4] == ["Cơ quan trước", "Cơ quan sau"]
    assert [row[2:4] for row in rows] == [[SCIENCE, "Sở Y tế"]]
