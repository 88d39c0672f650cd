"""The figures of a programme: body by body, of any past day, beside another day, frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from doors.desk.world import LATE, words
from tiendo.foundation.accounts.models import User
from tiendo.work.programmes.models import Obligation, Snapshot, Tally
from tiendo.work.programmes.queries.periodic import kept
from tiendo.work.programmes.queries.standing import boxes
from tiendo.work.programmes.rules import periodic

DAY = make.TODAY


@pytest.fixture
def url(world):
    return f"/chuong-trinh/{world.programme.pk}/so-lieu/"


def numbers(figures) -> list[int]:
    return [figure["n"] for figure in figures]


def test_the_figures_are_those_of_the_board_and_add_up(office, world, url, enter):
    world.sent(LATE)
    page = enter(office.chief).get(url)
    counted = boxes(world.programme.obligations.all(), DAY)
    total = numbers(page.context["total"])
    assert total[:4] == [counted.done_on_time, counted.done_late, counted.in_term, counted.overdue]
    assert total[4:6] == [0, counted.total], "nothing of it was overdue when its body took it over"
    periods = periodic.counted(kept(world.programme), DAY)
    assert total[-4:] == [periods.made, periods.made_late, periods.missing, periods.pending]
    rows = [numbers(row["figures"]) for row in page.context["rows"]]
    assert [sum(column) for column in zip(*rows, strict=True)] == total
    board = enter(office.chief).get(f"/chuong-trinh/{world.programme.pk}/")
    assert board.context["boxes"]["total"]["count"] == counted.total
    assert "Số liệu" in words(board)


def test_every_number_opens_the_list_it_counts(office, world, url, enter):
    client = enter(office.chief)
    world.sent(LATE)
    page = client.get(url)
    opened = 0
    for row in page.context["rows"]:
        for figure in row["figures"]:
            if figure["n"]:
                listed = client.get(figure["url"]).context["table"]["rows"]
                assert len(listed) == figure["n"], figure
                assert {getattr(one, "organisation", None) or one.body for one in listed} == {row["body"]}
                opened += 1
    assert opened > 3
    for figure in page.context["total"]:
        if figure["n"]:
            assert len(client.get(figure["url"]).context["table"]["rows"]) == figure["n"], figure


def test_as_they_were_and_what_changed_since(office, world, url, enter, monkeypatch):
    client = enter(office.chief)
    Obligation.objects.update(held_since=DAY - timedelta(days=5))  # raised some days ago
    world.sent(LATE)
    yesterday = DAY - timedelta(days=1)
    then = client.get(f"{url}?khi={yesterday.isoformat()}")
    assert numbers(then.context["total"])[6] == 0, "nothing waited yet"
    now = client.get(f"{url}?so-voi={yesterday:%d/%m/%Y}")
    waiting = now.context["total"][6]
    assert (waiting["n"], waiting["change"]) == (1, 1)
    assert "(+1)" in words(now)
    csv = client.get(f"{url}?so-voi={yesterday.isoformat()}&dang=csv")
    assert f"so với {yesterday:%d/%m/%Y}" in csv.content.decode("utf-8-sig")


def test_a_day_that_is_none_is_said(office, url, enter):
    page = enter(office.chief).get(f"{url}?so-voi=hôm+qua")
    assert "“hôm qua” không phải là một ngày đã qua" in words(page)
    assert page.context["other"] is None


def test_frozen_and_read_again(office, world, url, enter):
    client = enter(office.chief)
    answer = client.post(url, {"as_of": f"{DAY:%d/%m/%Y}", "note": "Họp"}, follow=True)
    taken = Snapshot.objects.get()
    assert f"Số liệu chốt đến hết ngày {DAY:%d/%m/%Y}" in words(answer)
    assert "còn nguyên như khi chốt" in words(answer)
    assert "Không có: số liệu hiện có về ngày ấy vẫn như khi chốt." in words(answer)
    assert "Họp" in words(client.get(url))
    assert taken.sha256 in words(answer)
    assert client.get(f"/so-lieu/{taken.pk}/?dang=csv").content.decode("utf-8-sig").startswith("Cơ quan,")


def test_a_refused_freezing_keeps_what_was_typed(office, url, enter):
    answer = enter(office.chief).post(url, {"as_of": f"{DAY + timedelta(days=3):%d/%m/%Y}", "note": "Họp sớm"})
    assert answer.status_code == 422
    assert "Hãy chọn ngày trong khoảng đó" in words(answer)
    assert 'value="Họp sớm"' in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_a_changed_snapshot_says_so(office, world, enter):
    taken = make.snapshot(world.programme)
    taken.cells[0][-1] += 5
    taken.save()
    page = enter(office.chief).get(f"/so-lieu/{taken.pk}/")
    assert "đã bị sửa sau khi chốt" in words(page)
    assert page.context["changed"]


@pytest.mark.parametrize("role", ["head", "clerk"])
def test_who_sees_a_part_only_finds_no_figures_of_all(office, world, url, enter, role):
    taken = make.snapshot(world.programme)
    client = enter(office.who(role, office.science))
    assert client.get(url).status_code == 404
    assert client.get(f"/so-lieu/{taken.pk}/").status_code == 404


def test_who_may_not_freeze_sees_no_form(office, url, enter):
    page = enter(office.officer).get(url)
    assert page.status_code == 200
    assert "Chưa chốt lần nào" in words(page)
    assert not page.context["may_freeze"]
    assert enter(office.officer).post(url, {"as_of": f"{DAY:%d/%m/%Y}"}).status_code == 422


def test_the_page_asks_as_often_for_many_rows_as_for_few(office, world, url, enter, django_assert_max_num_queries):
    client = enter(office.chief)
    assert Tally.objects.exists()
    assert User.objects.exists()
    with django_assert_max_num_queries(16):
        client.get(url)
