"""Working in the posts of one body: a choice of the session that narrows what pages show, and opens nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories as make
from doors.desk.world import PLAN, words
from factories.foundation import PASSWORD
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.queries import rights
from tiendo.work.handovers.actions import handovers

URL = "/tu-cach/"


@pytest.fixture
def both(office):
    """Head of one body, clerk of another."""
    head = make.post("head", body=office.science).user
    make.post("clerk", body=office.health, who=head)
    return head


@pytest.fixture
def client(both, enter):
    return enter(both)


def choose(client, body=None, there="/co-quan/"):
    return client.post(URL, {"body": body.pk if body else "", "next": there})


def test_one_body_is_chosen_in_a_click_on_any_page_and_taken_back(office, both, client):
    shown = client.get("/co-quan/")
    assert "Làm việc với tư cách" in words(shown)
    assert [body["name"] for body in shown.context["desk"]["capacity"]["bodies"]] == [str(office.science), "Sở Y tế"]
    assert choose(client, office.health, "/co-quan/?a=1").url == "/co-quan/?a=1"
    page = client.get("/co-quan/")
    assert page.context["desk"]["office"] == "Sở Y tế"
    held = page.wsgi_request.rights
    assert held.may(Permission.WRITE_REPORT, office.health)
    assert not held.may(Permission.SUBMIT_REPORT)
    choose(client)
    assert client.get("/").wsgi_request.rights.may(Permission.SUBMIT_REPORT, office.science)


def test_who_has_one_body_chooses_nothing(office, enter):
    client = enter(office.who("head", office.science))
    assert "Làm việc với tư cách" not in words(client.get("/"))
    choose(client, office.science)
    choose(client, office.health)
    assert client.get("/").wsgi_request.rights.organisations == (office.science,)
    assert "không có gì để chọn" in words(client.get(URL))


def test_what_another_body_owes_is_not_shown_meanwhile(office, world, both, client):
    report = f"/viec/{world.owed(PLAN).pk}/"
    assert client.get(report).status_code == 200
    choose(client, office.health)
    assert client.get(report).status_code == 404
    assert "Có thể trang này thuộc chức vụ khác của bạn" in words(client.get(report))
    choose(client, office.science, report)
    assert client.get(report).status_code == 200


@pytest.mark.parametrize("asked", ["x", "0", "-1", str(10**30), "²"])
def test_what_is_no_body_of_ones_own_changes_nothing(office, both, client, asked):
    choose(client, office.health)
    client.post(URL, {"body": asked})
    client.post(URL, {"body": office.body.pk})
    assert client.get("/").wsgi_request.rights.organisations == (office.health,)


def test_a_post_that_ended_is_chosen_no_longer(office, both, client):
    choose(client, office.health)
    posts.withdraw(post=Post.objects.get(user=both, organisation=office.health), by="shell:x", at=make.NOW)
    assert client.get("/").wsgi_request.rights.organisations == (office.science,)


def test_choosing_a_small_post_opens_no_gate(office, both, client):
    choose(client, office.health)
    make.policy("roles")
    assert client.get("/co-quan/").url == "/bao-mat/", "head of the other body: a second factor is due all the same"


def test_signing_in_begins_with_all_posts(office, both, client):
    choose(client, office.health)
    client.post("/dang-xuat/")
    client.post("/dang-nhap/", {"username": both.username, "password": PASSWORD})
    assert len(client.get("/").wsgi_request.rights.organisations) == 2


def test_who_is_stood_in_for_and_who_acts_through_go_with_their_body(office, both):
    away = make.post("clerk", body=office.body)
    make.absence(away, deputy=both)
    led = make.organisation("Hội Y học", parent=office.root)
    draft = make.succession("acts_through", [led], [office.health], on=make.days(-5))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=make.NOW)
    held = rights(both, make.TODAY)
    assert held.seats == (office.science, office.health, office.body)
    assert {body.name for body in held.in_body(office.health.pk).organisations} == {"Sở Y tế", "Hội Y học"}
    assert held.in_body(office.body.pk).organisations == (office.body,)
    assert held.in_body(office.science.pk).standing_in == held.standing_in
    for body in held.seats:
        assert {id(post) for post in held.in_body(body.pk).posts} < {id(post) for post in held.posts}


def test_it_costs_no_query(office, world, both, client):
    asked = []
    for body in (None, office.science, office.health):
        choose(client, body)
        client.get("/co-quan/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/co-quan/")
        asked.append(len(captured))
    assert max(asked) == asked[0]
