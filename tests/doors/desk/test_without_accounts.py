"""Bodies in which nobody can sign in."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories as make
from doors.desk.world import words
from factories import NOW, days
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Post
from tiendo.work.handovers.actions import handovers
from worlds import HEALTH

PAGE = "/co-quan/chua-co-tai-khoan/"


def listed(client, query=""):
    return [row.label for row in client.get(f"{PAGE}{query}").context["table"]["rows"]]


@pytest.fixture
def keeper(office):
    return make.post("administrator", body=office.body, scope=office.root).user


def test_those_that_owe_come_first(office, world, enter):
    quiet = make.organisation("An ninh lặng lẽ", parent=office.root)
    client = enter(office.chief)
    assert listed(client) == [office.science.label, office.health.label, quiet.label]
    assert listed(client, "?loc=viec") == [office.science.label, office.health.label]
    page = client.get(PAGE)
    assert f"/co-quan/{office.science.pk}/lien-ket/" in page.content.decode()
    assert f"/co-quan/{quiet.pk}/lien-ket/" not in page.content.decode()
    assert "/tai-khoan/moi/" not in page.content.decode()


def test_one_who_can_sign_in_is_enough(office, world, enter, keeper):
    client = enter(keeper)
    head = office.who("head", office.science)
    assert listed(client) == [office.health.label]
    assert f"/tai-khoan/moi/?co-quan={office.health.pk}" in client.get(PAGE).content.decode()
    posts.end(post=Post.objects.get(user=head), last_day=days(-1), by="shell:x", at=NOW)
    assert office.science.label in listed(client)
    clerk = office.who("clerk", office.science)
    assert office.science.label not in listed(client)
    posts.leave(user=clerk, last_day=days(5), by="shell:x", at=NOW)
    assert office.science.label in listed(client)


@pytest.mark.parametrize("form", ["moi", "them"])
def test_the_form_for_an_account_has_the_body_chosen(office, enter, keeper, form):
    page = enter(keeper).get(f"/tai-khoan/{form}/?co-quan={office.health.pk}").content.decode()
    assert f'<option value="{office.health.pk}" selected>' in page
    assert enter(keeper).get(f"/tai-khoan/{form}/?co-quan=x²").status_code == 200


def test_a_link_is_offered_only_to_who_may_issue_it(office, world, enter):
    """A body that merely watches issues none for what another office's programme asks."""
    watching = enter(office.who("monitor", make.organisation("Ban theo dõi", parent=office.root)))
    shown = watching.get(PAGE)
    assert office.science.label in words(shown)
    assert "/lien-ket/" not in shown.content.decode()


def test_the_administrator_learns_no_number(office, world, enter, keeper):
    client = enter(keeper)
    shown = words(client.get(PAGE))
    assert "Sở Y tế T.YT có" in shown
    assert "Lập liên kết" not in shown
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}?tep=csv").content.decode("utf-8-sig"))))
    assert {row[3] for row in rows[1:]} <= {"có", "không"}


def test_the_file_has_what_is_shown(office, world, enter):
    make.organisation("=CMD()", parent=office.root)
    answer = enter(office.chief).get(f"{PAGE}?tep=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="co-quan-chua-co-tai-khoan-20260302.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    owed = world.programme.obligations.filter(state="open")
    assert rows[0] == ["Mã", "Cơ quan", "Loại", "Việc phải báo cáo"]
    assert rows[1] == [
        "T.KHCN",
        office.science.name,
        "sở, phòng",
        str(owed.filter(organisation=office.science).count()),
    ]
    assert rows[-1][1] == "'=CMD()"
    only = enter(office.chief).get(f"{PAGE}?tep=csv&loc=viec").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(only)))) == 3


def test_what_ended_and_what_acts_through_another_is_not_listed(office, enter):
    for kind, body in (("absorb", office.science), ("acts_through", office.health)):
        draft = make.succession(kind, [body], [office.body])
        handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    assert listed(enter(office.chief)) == []
    assert "Cơ quan nào cũng có người đăng nhập được." in words(enter(office.chief).get(PAGE))


def test_another_tree_is_not_listed(office, enter):
    alone = make.organisation("Sở của tỉnh khác", parent=office.elsewhere)
    assert alone.label not in listed(enter(office.chief))
    assert alone.label in listed(enter(office.who("office_head", office.elsewhere)))


@pytest.mark.parametrize("role", ["clerk", "head", "leader", "inspector"])
def test_who_does_neither_does_not_see_it(office, enter, role):
    assert enter(office.who(role)).get(PAGE).status_code == 403
    assert PAGE not in enter(office.who(role)).get("/co-quan/").content.decode()


def test_how_often_it_asks(office, enter):
    client, asked = enter(office.chief), []
    for count in (2, 60):
        for _ in range(count):
            make.organisation(parent=office.root)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 12


def test_as_of_a_day_it_has_the_bodies_posts_and_work_of_that_day(office, world, enter):
    client, then = enter(office.chief), f"?khi={days(-3).isoformat()}"
    head = office.who("head", office.science)
    posts.end(post=Post.objects.get(user=head), last_day=days(-2), by="shell:x", at=NOW)
    draft = make.succession("absorb", [office.health], [office.body])
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    assert listed(client) == [office.science.label]
    assert listed(client, then) == ["Sở Y tế"], "it lived then, and the other had a head"
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}{then}&tep=csv").content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Sở Y tế"]
    page = client.get(f"{PAGE}{then}")
    assert "Lập liên kết" not in words(page), "nothing is done in the past"
    make.programme(
        make.row("Khám sức khỏe", HEALTH, deadline=make.by_date(days(5))), office=office.body, by=office.chief
    )
    assert [row.owed for row in client.get(f"{PAGE}{then}").context["table"]["rows"]] == [0]
