"""What the pages of successions say before and after: what is touched, what went stale, what was counted twice."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.test_succession import LIST, drafted, two_tasks, typed
from doors.desk.world import words
from factories import TODAY, days, moment
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import rights
from tiendo.work.handovers.actions import handovers
from tiendo.work.handovers.queries import proposals
from tiendo.work.programmes.queries.passing import open_rows
from worlds import SCIENCE


@pytest.fixture
def registrar(office):
    return office.who("registrar", office.root)


@pytest.fixture
def programme(office):
    return two_tasks(office)


def ended(office, heir=None) -> None:
    draft = make.succession("absorb" if heir else "dissolved", [office.science], [heir] if heir else [])
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=make.NOW)


def test_a_body_that_has_ended_is_said_to_be_no_choice(office, registrar, enter):
    client = enter(registrar)
    page = f"{LIST}them/?kind=absorb&before={office.science.pk}"
    assert "đã kết thúc" not in words(client.get(page))
    ended(office)
    assert f"{SCIENCE} đã kết thúc, ngày cuối {days(-1):%d/%m/%Y}: chỉ sắp xếp được cơ quan đang hoạt động" in words(
        client.get(page)
    )


def test_a_plan_that_went_stale_is_marked(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office))
    assert "không còn thực hiện được" not in words(client.get(LIST)) + words(client.get(f"{LIST}{pk}/"))
    Organisation.objects.filter(pk=office.science.pk).update(ends=days(-5))
    assert "(không còn thực hiện được)" in words(client.get(LIST))
    said = words(client.get(f"{LIST}{pk}/"))
    assert f"Bản chuẩn bị này không còn thực hiện được: “{SCIENCE}” không hoạt động vào ngày" in said


def test_acting_through_another_shows_what_it_touches(office, programme, registrar, enter):
    office.who("clerk", office.health)
    client = enter(registrar)
    said = words(client.get(f"{LIST}{drafted(client, typed(office, kind='acts_through'))}/"))
    for one in ("2 việc đang chủ trì", "2 việc phải báo cáo chưa trả lời", "1 người có chức vụ ở Sở Y tế sẽ soạn"):
        assert one in said
    assert "Chuyển 1 chức vụ" not in said


def test_nobody_acts_for_a_body_that_is_no_more(office, programme):
    clerk = office.who("head", office.health)
    draft = make.succession("acts_through", [office.science], [office.health])
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=make.NOW)
    held = lambda day: {post.organisation_id for post in rights(clerk, day).posts}  # noqa: E731
    assert held(TODAY) == {office.health.pk, office.science.pk}
    draft = make.succession("absorb", [office.science], [office.body], on=days(5))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=moment(days(5)))
    assert held(days(5)) == {office.health.pk}
    assert office.science not in rights(clerk, days(5)).organisations


def test_saving_choices_is_one_event_and_none_where_nothing_changed(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="split", afters=[office.health.pk, office.body.pk]))
    rows = list(open_rows([office.science.pk]).values_list("pk", flat=True))
    sent = {"line": rows, f"heir-{rows[0]}": [office.health.pk], f"heir-{rows[1]}": [office.health.pk, office.body.pk]}
    told = Event.objects.filter(verb="handovers.handover.lines_chosen")
    client.post(f"{LIST}{pk}/noi-nhan/", sent)
    assert [one.data["count"] for one in told] == [2]
    client.post(f"{LIST}{pk}/noi-nhan/", sent)
    assert told.count() == 1
    client.post(f"{LIST}{pk}/thuc-hien/")
    said = words(client.get(f"{LIST}{pk}/"))
    assert "1 lượt phân công giao cho nhiều cơ quan nên được đếm ở từng cơ quan nhận" in said


def test_each_part_of_a_share_is_looked_for(office):
    make.programme(
        make.row("Xây dựng kho dữ liệu", SCIENCE, deadline=make.continuous(), number="1"),
        make.row("Khám bệnh", SCIENCE, deadline=make.continuous(), number="2"),
        office=office.body,
        by=office.chief,
    )
    one, other = (make.organisation(name, parent=office.root) for name in ("Sở Một", "Sở Hai"))
    rows = list(open_rows([office.science.pk]))
    found = proposals(rows, [one, other], {one.pk: "chuyển đổi số, dữ liệu", other.pk: "đất đai"})
    assert found == {rows[0].pk: one.pk}
