"""The register as its trees: nested, as of a day, a branch at a time."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories as make
from doors.desk.world import words
from factories import NOW, days
from tiendo.foundation.organisations import browsing
from tiendo.foundation.organisations.models import Organisation, Seat
from tiendo.work.handovers.actions import handovers

pytestmark = pytest.mark.django_db
PAGE = "/co-quan/cay/"


@pytest.fixture
def committee(office):
    made = make.organisation("Ủy ban nhân dân tỉnh", parent=office.root, kind="peoples_committee")
    for name in ("Sở Tư pháp", "Sở Đối ngoại", "Sở Công Thương"):
        make.organisation(name, parent=made)
    return made


def names(node: browsing.Node) -> list[str]:
    return [child.body.name for child in node.children]


def test_a_tree_is_a_nested_list_in_vietnamese_order(office, committee, enter):
    shown = enter(office.clerk).get(f"{PAGE}?cay=state")
    root = next(one for one in shown.context["branch"].nodes if one.body == office.root)
    assert names(root) == ["Sở Khoa học và Công nghệ", "Sở Y tế", "Ủy ban nhân dân tỉnh"]
    below = root.children[-1]
    assert names(below) == ["Sở Công Thương", "Sở Đối ngoại", "Sở Tư pháp"]
    assert "Ủy ban nhân dân tỉnh (3 trực thuộc)" in words(shown)
    assert shown.content.decode().count("<details") >= 2
    assert shown.content.decode().count("<details open") == 1, "the root, not what stands below it"
    assert "Ủy ban nhân dân tỉnh" not in words(enter(office.clerk).get(f"{PAGE}?cay=front"))


def test_the_list_leads_to_it_and_a_branch_leads_back(office, committee, enter):
    client = enter(office.clerk)
    assert f'href="{PAGE}"' in client.get("/co-quan/").content.decode()
    shown = client.get(f"{PAGE}?cay=state&tu={committee.pk}")
    assert [one.body for one in shown.context["branch"].nodes] == [committee]
    assert shown.context["branch"].above == [office.root]
    assert f'href="?cay=state&amp;tu={office.root.pk}"' in shown.content.decode()
    assert "không có vị trí trong cây" in words(client.get(f"{PAGE}?cay=party&tu={committee.pk}"))
    for nothing in ("999999", "x"):
        assert client.get(f"{PAGE}?tu={nothing}").status_code == 404


def test_as_of_a_day(office, committee, enter):
    gone = Organisation.objects.get(name="Sở Tư pháp")
    draft = make.succession("absorb", [gone], [Organisation.objects.get(name="Sở Đối ngoại")], on=days(-3))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    client, there = enter(office.clerk), f"{PAGE}?cay=state&tu={committee.pk}"
    assert "Sở Tư pháp" not in words(client.get(there))
    assert "Sở Tư pháp" in words(client.get(f"{there}&khi={days(-4)}"))
    assert "Sở Tư pháp" not in words(client.get(f"{there}&khi={days(-3)}"))


def test_a_large_tree_is_shown_a_branch_at_a_time(office, committee, enter, monkeypatch):
    monkeypatch.setattr(browsing, "MOST", 5)
    for number in range(4):
        make.organisation(f"Phòng {number}", parent=Organisation.objects.get(name="Sở Y tế"))
    client = enter(office.clerk)
    shown = client.get(f"{PAGE}?cay=state")
    assert "Phòng 0" not in words(shown)
    assert "Sở Y tế xem 4 cơ quan trực thuộc" in words(shown)
    health = next(one for node in shown.context["branch"].nodes for one in node.children if one.body.name == "Sở Y tế")
    assert "Phòng 3" in words(client.get(f"{PAGE}{health.body.branch_url}"))
    monkeypatch.setattr(browsing, "MOST", 2)
    assert "Còn 2 cơ quan nữa" in words(client.get(f"{PAGE}{health.body.branch_url}"))


def test_it_asks_as_often_for_many_bodies_as_for_few(office, committee, enter):
    client, asked = enter(office.clerk), []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{PAGE}?cay=state")
        asked.append(len(captured))
        for number in range(30):
            make.organisation(f"Chi cục {_round} {number}", parent=committee)
    assert Seat.objects.filter(tree="state").count() > 60
    assert asked[0] == asked[1] <= 14
