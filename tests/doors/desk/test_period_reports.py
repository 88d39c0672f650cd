"""The list of period reports: one row for each that a body owes, with the rows that it covers behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from doors.desk.world import words
from tiendo.work.programmes.models import Obligation, Programme
from tiendo.work.programmes.queries.periodic import kept


@pytest.fixture
def url(world):
    return f"/chuong-trinh/{world.programme.pk}/bao-cao-ky/"


def test_two_rows_are_one_report_and_it_opens_both(office, world, url, enter):
    client = enter(office.chief)
    [row] = client.get(f"{url}?co-quan={office.science.pk}").context["table"]["rows"]
    assert (row.report.rows, row.report.answered, row.body) == (2, 0, office.science)
    rows = client.get(row.url).context["table"]["rows"]
    owed = Obligation.objects.filter(standing=True, organisation=office.science)
    assert {one.pk for one in rows} == set(owed.values_list("pk", flat=True))


def test_each_box_lists_what_it_counts_and_nothing_is_lost(office, world, url, enter):
    client = enter(office.chief)
    counts = {
        box: len(client.get(f"{url}?muc={box}").context["table"]["rows"]) for box in ("made", "missing", "pending")
    }
    assert sum(counts.values()) == len(kept(world.programme)) > 0
    assert words(client.get(f"{url}?muc=made_late")).count("Không có báo cáo kỳ nào ở mục này.") == 1


def test_a_day_before_reads_as_it_was_and_a_file_has_the_same_rows(office, world, url, enter):
    yesterday = make.TODAY - timedelta(days=1)
    Obligation.objects.update(held_since=yesterday)  # as raised yesterday
    Programme.objects.update(opened_at=make.moment(yesterday))
    client = enter(office.chief)
    page = client.get(f"{url}?khi={yesterday.isoformat()}")
    assert page.context["asof"]["figures"]
    rows = page.context["table"]["rows"]
    assert f"khi={yesterday.isoformat()}" in rows[0].url
    assert len(client.get(rows[0].url).context["table"]["rows"]) == rows[0].report.rows
    lines = client.get(f"{url}?tep=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(client.get(url).context["table"]["rows"])
    assert lines[0].startswith("Cơ quan báo cáo,Chương trình,Kỳ,Hạn,")


def test_a_body_sees_its_own_over_all_programmes(office, world, enter):
    client = enter(office.who("clerk"))
    page = client.get(f"/co-quan/{office.science.pk}/bao-cao-ky/")
    assert {row.body for row in page.context["table"]["rows"]} == {office.science}
    assert client.get(f"/co-quan/{office.health.pk}/bao-cao-ky/").context["table"]["rows"] == []
    shown = words(client.get(f"/co-quan/{office.science.pk}/"))
    assert "Báo cáo kỳ đã gửi trên số đến hạn" in shown
