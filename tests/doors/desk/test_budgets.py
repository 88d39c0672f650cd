"""How often a page asks the database: as often for many rows as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories as make
from factories import days
from tiendo.work.programmes.models import Report
from worlds import HEALTH, SCIENCE, Office


def programme(office: Office, count: int, deadline=None):
    rows = [
        make.row(f"Việc thứ {place}", SCIENCE, HEALTH, deadline=deadline or make.by_date(days(place % 50 - 10)))
        for place in range(count)
    ]
    return make.programme(*rows, office=office.body, by=office.chief, tracked_from=days(-90))


def queries(client, url: str) -> int:
    client.get(url)  # what is remembered for the whole process is remembered now
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["", "viec/", "viec/?box=overdue", "?kind=dated&box=in_term&sort=-due"])
def test_a_board_of_600_asks_as_often_as_one_of_60(office, enter, path):
    few, many = programme(office, 60), programme(office, 600)
    client = enter(office.chief)
    asked = [queries(client, f"/chuong-trinh/{one.pk}/{path}") for one in (few, many)]
    assert asked[0] == asked[1] <= 19, "one of them for what was confirmed on the way"


@pytest.mark.parametrize(
    "path", ["/", "/?het=1", "/van-ban/", "/chuong-trinh/", "/co-quan/", "/nhat-ky/", "/tim/?q=việc"]
)
@pytest.mark.parametrize("role", ["office_head", "head"])
def test_lists(office, enter, path, role):
    body = office.body if role == "office_head" else office.science
    client = enter(office.who(role, body))
    asked = []
    for count in (3, 40):
        opened = programme(office, count)
        programme(office, 4, make.continuous())
        for owed in opened.obligations.filter(organisation=office.science)[: count // 2]:
            make.submitted(owed)
            make.read(office=office.body)
        asked.append(queries(client, path))
    assert max(asked) <= (20 if path in {"/", "/?het=1"} else 16), "at home each kind of thing that waits is asked for"
    assert asked[0] == asked[1] or path == "/nhat-ky/", "the audit asks once for each kind of thing that occurs"


def test_a_body(office, enter):
    client = enter(office.chief)
    asked = []
    for count in (3, 60):
        programme(office, count)
        asked.append(queries(client, f"/co-quan/{office.science.pk}/"))
    assert asked[0] == asked[1] <= 15


def test_the_register_and_a_list_for_it(office, enter):
    from tiendo.foundation.organisations.actions import importing

    who = office.who("registrar")
    client = enter(who)
    asked = []
    for count in (3, 60):
        lines = [f"B{count}.{place},Sở thứ {count} {place},department" for place in range(count)]
        data = "\n".join(["code,name,kind", *lines]).encode()
        kept = importing.upload(filename="a.csv", data=data, by=who, at=make.NOW)
        asked.append([queries(client, path) for path in ("/co-quan/danh-ba/", f"/co-quan/danh-ba/tep/{kept.pk}/")])
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 15


def confirming(office: Office, count: int):
    return make.read(
        make.machine(*(make.row(f"Việc thứ {place}", SCIENCE) for place in range(count))),
        office=office.body,
        by=office.chief,
    )


@pytest.mark.parametrize("path", ["dong/", "", "doi-chieu/", "the-thuc/"])
def test_a_document_of_51_rows_asks_as_often_as_one_of_3(office, enter, path):
    client = enter(office.chief)
    asked = [queries(client, f"/van-ban/{confirming(office, count).pk}/{path}") for count in (3, 51)]
    assert asked[0] == asked[1] <= 20


def test_an_act_on_a_row(office, enter):
    from doors.desk.world import row_form

    client = enter(office.chief)
    asked = []
    for count in (3, 51):
        row = confirming(office, count).duties.first()
        with CaptureQueriesContext(connection) as captured:
            assert (
                client.post(f"/van-ban/{row.document_id}/dong/{row.pk}/", row_form(row, act="sign")).status_code == 302
            )
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 30


def test_a_task(office, enter):
    client = enter(office.chief)
    few, many = programme(office, 1), programme(office, 1)
    for place in range(30):
        make.organisation(f"Sở {place}", parent=office.root)
    spread = make.programme(
        make.row("Việc", *(f"Sở {place}" for place in range(30)), deadline=make.by_date(days(9))),
        office=office.body, by=office.chief,
    )  # fmt: skip
    for one in (few, many, spread):
        for owed in one.obligations.all()[:20]:
            make.submitted(owed)
    asked = [queries(client, f"/nhiem-vu/{one.tasks.get().pk}/") for one in (few, spread)]
    assert asked[0] == asked[1] <= 24


def test_a_period_of_30_rows(office, enter):
    client = enter(office.who("head", office.science))
    asked, posted = [], []
    for count in (2, 30):
        owed = programme(office, count, make.continuous()).obligations.filter(organisation=office.science).latest("due")
        there = f"/chuong-trinh/{owed.programme_id}/ky/{owed.organisation_id}/{owed.period_start}/{owed.period_end}/"
        rows = owed.programme.obligations.filter(organisation=office.science, period_start=owed.period_start)
        form = {"version": 1, "act": "save"} | {f"o{row.pk}-text": "Đang làm." for row in rows}
        with CaptureQueriesContext(connection) as captured:
            assert client.post(there, form).status_code == 302
        posted.append(len(captured))
        asked.append(queries(client, there))
        report = Report.objects.latest("pk")
        assert report.answers.count() == count
    assert asked[0] == asked[1] <= 15
    assert posted[1] <= 60


def test_a_report_of_30_rows(office, enter):
    client = enter(office.chief)
    asked = []
    for count in (2, 30):
        owed = programme(office, count, make.continuous()).obligations.filter(organisation=office.science).latest("due")
        asked.append(queries(client, f"/bao-cao/{make.submitted(owed).pk}/"))
    assert asked[0] == asked[1] <= 17
