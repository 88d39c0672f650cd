"""The one table: order, filters and pages stand in the URL."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

import factories as make
from doors.desk.world import words
from tiendo.doors.desk.tables import Column, chips, link, table
from tiendo.foundation.organisations.models import Organisation

COLUMNS = [
    Column("Tên", "name", ("name",)),
    Column("Mã", "code", ("-code",)),
    Column("Loại"),
    Column("Số", "many", ("kind", "name"), number=True),
]


def asked(query=""):
    return RequestFactory().get(f"/x/{query}")


def shown(query, rows):
    return table(asked(query), rows, COLUMNS, caption="Tên", empty={"title": "Không có"})


@pytest.fixture
def bodies(db):
    for letter in "BCA":
        make.organisation(f"Sở {letter}", code=f"S.{letter}")
    return Organisation.objects.order_by("pk")


@pytest.mark.parametrize(
    ("query", "names"),
    [("", "BCA"), ("?sort=name", "ABC"), ("?sort=-name", "CBA"), ("?sort=code", "CBA"), ("?sort=-code", "ABC"),
     ("?sort=", "BCA"), ("?sort=-", "BCA"), ("?sort=password", "BCA"), ("?sort=kind", "BCA"), ("?sort=-many", "CBA")],
)  # fmt: skip
def test_order(bodies, query, names):
    assert [row.name[-1] for row in shown(query, bodies)["rows"]] == list(names)


def test_a_head_sorts_turns_round_and_says_how_it_stands(bodies):
    heads = shown("?sort=name&kind=school&page=2", bodies)["columns"]
    assert [head["order"] for head in heads] == ["asc", "", "", ""]
    assert heads[0]["url"] == "?sort=-name&kind=school" or heads[0]["url"] == "?kind=school&sort=-name"
    assert "sort=code" in heads[1]["url"]
    assert heads[2]["url"] == ""
    assert [head["number"] for head in heads] == [False, False, False, True]
    assert shown("?sort=-name", bodies)["columns"][0]["order"] == "desc"


@pytest.mark.parametrize(
    ("page", "first", "last"), [("1", 1, 50), ("2", 51, 53), ("3", 51, 53), ("x", 1, 50), ("0", 51, 53)]
)
def test_pages(db, page, first, last):
    Organisation.objects.bulk_create(
        Organisation(code=f"X{n}", name=f"Xã {n}", kind="commune", path=f"/{n:03}/") for n in range(53)
    )
    listed = shown(f"?page={page}&sort=name", Organisation.objects.all())
    pager = listed["pager"]
    assert (pager["first"], pager["last"], pager["total"]) == (first, last, 53)
    assert len(listed["rows"]) == last - first + 1
    assert ("page=2" in pager["next_url"], "page=1" in pager["previous_url"]) == (first == 1, first != 1)
    assert "sort=name" in pager["next_url"] + pager["previous_url"]


def test_one_page_has_no_pager(bodies):
    assert shown("", bodies)["pager"] is None


def test_a_link_keeps_what_was_asked_and_goes_back_to_the_first_page():
    assert link(asked("?a=1&page=3&b=2"), b="5") == "?a=1&b=5"
    assert link(asked("?a=1&b=2"), a="") == "?b=2"


def test_chips_say_which_holds():
    group = chips(asked("?kind=school&sort=name"), "kind", "Loại", [("", "Tất cả", None), ("school", "Trường", 0)])
    assert [chip["current"] for chip in group["chips"]] == [False, True]
    assert group["chips"][0]["url"] == "?sort=name"
    assert [chip["count"] for chip in group["chips"]] == [None, 0]


def test_a_part_asked_for_by_htmx_is_in_the_page(office, enter):
    """Filter, sort and page links replace the list: the page that answers holds it under the same id."""
    client = enter(office.clerk)
    whole, part = client.get("/co-quan/"), client.get("/co-quan/?sort=name", headers={"HX-Request": "true"})
    for answer in (whole, part):
        assert answer.status_code == 200
        page = answer.content.decode()
        assert 'id="list"' in page
        assert 'hx-boost="true" hx-target="#list" hx-select="#list"' in page
    assert 'aria-sort="ascending"' in part.content.decode()
    assert "Sở Y tế" in words(part)
