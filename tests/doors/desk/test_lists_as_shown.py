"""Lists as files and in order: what is owed, clocks, a fact sheet's head, twins of one number, a Party calendar."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

import factories as make
from doors.desk.world import LATE, PLAN, SECRET, words
from factories import days
from tiendo.foundation.organisations.models import Kind
from tiendo.work.programmes import annexes
from tiendo.work.programmes.actions import changes
from tiendo.work.programmes.models import Task
from tiendo.work.programmes.queries.dates import chain
from tiendo.work.programmes.rules.clocks import Part
from worlds import HEALTH, SCIENCE


@pytest.fixture
def client(office, enter):
    return enter(office.chief)


def lines(answer) -> list[list[str]]:
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("query", ["", "box=overdue", "sort=-due", "box=in_term&sort=body"])
def test_what_is_owed_is_a_file_with_the_rows_of_the_page(world, client, query):
    page = client.get(f"{world.board}viec/?{query}").context["table"]
    head, *rows = lines(client.get(f"{world.board}viec/?{query}&tep=csv"))
    assert head == ["Số", "Nhiệm vụ", "Cơ quan báo cáo", "Kỳ", "Hạn", "Tình trạng", "Nhận khi đã quá hạn"]
    shown = [(str(row.task.position), row.organisation.called, f"{row.day:%d/%m/%Y}") for row in page["rows"]]
    assert [(row[0], row[2], row[4]) for row in rows] == shown
    assert len(rows) > 0
    assert all("tep=csv" in export["url"] for export in page["exports"])


def test_the_file_has_no_words_of_a_restricted_task(world, client):
    rows = lines(client.get(f"{world.board}viec/?tep=csv"))
    assert [row[1] for row in rows if row[0] == str(SECRET)] == ["Báo cáo theo chế độ riêng"]


def test_each_sees_in_the_file_what_it_sees_on_the_page(office, world, enter):
    rows = lines(enter(office.who("head", office.health)).get(f"{world.board}viec/?tep=csv"))[1:]
    assert {row[2] for row in rows} == {HEALTH}


def test_a_red_list_begins_with_the_worst_and_longest(office, client):
    ages = [-1, -30, -2, -90, -4]
    programme = make.programme(
        *(make.row(f"Việc {age}", SCIENCE, deadline=make.by_date(days(age))) for age in ages),
        office=office.body,
        tracked_from=days(-120),
    )
    there = f"/chuong-trinh/{programme.pk}/"
    worst = [row.deadline_end for row in client.get(f"{there}?box=overdue").context["table"]["rows"]]
    assert worst == [days(age) for age in sorted(ages)]
    owed = [row.due for row in client.get(f"{there}viec/?box=overdue").context["table"]["rows"]]
    assert owed == sorted(owed)
    asked = [row.position for row in client.get(f"{there}?box=overdue&sort=place").context["table"]["rows"]]
    assert asked == sorted(asked)


def test_two_tasks_of_one_number_are_told_apart(world, client):
    Task.objects.filter(pk__in=[world.task(PLAN).pk, world.task(LATE).pk]).update(number="1")
    Task.objects.filter(pk=world.task(PLAN).pk).update(section="II. Nhiệm vụ, giải pháp")
    for there in (world.board, f"{world.board}viec/"):
        page = words(client.get(there))
        assert "(II. Nhiệm vụ, giải pháp)" in page
        assert f"(dòng thứ {LATE})" in page
        assert page.count("dòng thứ") == 1


def test_clocks_of_one_body_or_part_and_as_a_file(office, world, client):
    there = f"{world.board}ai-giu/"
    every = client.get(there).context["rows"]
    mine = client.get(f"{there}?co-quan={office.science.pk}").context["rows"]
    assert {row["sum"].body for row in mine} == {office.science} != {row["sum"].body for row in every}
    assert {row["sum"].part for row in client.get(f"{there}?phan={Part.LEAD}").context["rows"]} == {Part.LEAD}
    head, *rows = lines(client.get(f"{there}?co-quan={office.science.pk}&tep=csv"))
    assert head == ["Cơ quan", "Phần việc", "Số ngày giữ", "Trong đó quá hạn"]
    assert [row[0] for row in rows] == [SCIENCE] * len(mine)
    none = client.get(f"{there}?co-quan=999999")
    assert "Không có dòng nào khớp với bộ lọc." in words(none)
    assert f"?co-quan={office.science.pk}" in none.content.decode()


def test_a_fact_sheet_says_of_which_period_and_day_it_is(office, client):
    there = f"/co-quan/{office.science.pk}/phieu-so-lieu/?tu=01/02/2026&den=31/12/2026"
    assert "hạn từ 01/02/2026 đến 31/12/2026, lập ngày 02/03/2026" in words(client.get(there))
    assert lines(client.get(f"{there}&dang=csv"))[:2] == [
        ["Phiếu số liệu", SCIENCE, "01/02/2026", "31/12/2026"],
        ["Lập ngày", "02/03/2026"],
    ]


@pytest.mark.parametrize(("kind", "party"), [(Kind.PARTY_ADVISORY, True), (Kind.DEPARTMENT, False)])
def test_a_calendar_of_the_state_does_not_bind_the_party(office, world, client, kind, party):
    office.body.kind = kind
    office.body.save()
    owed = world.programme.obligations.select_related("task", "programme__office", "opening").filter(standing=True)[0]
    rule = chain(owed)[0].rule
    assert ("Cấp ủy tự quy định lịch báo cáo" in rule) is party
    assert ("không bắt buộc đối với cơ quan Đảng" in rule) is party
    assert ("Chế độ báo cáo định kỳ của cơ quan hành chính nhà nước" in rule) is not party
    for page in ("thiet-lap/", "tinh-lai-han/"):
        assert ("Cấp ủy tự quy định lịch báo cáo" in words(client.get(f"{world.board}{page}"))) is party


def test_what_was_withdrawn_or_split_says_so_on_every_list(office, world, client):
    said = {"number": "9-QĐ/TU", "decided_on": make.TODAY, "reason": "Giao lại.", "by": office.chief, "at": make.NOW}
    changes.withdraw(task=world.task(PLAN), **said)
    parts = [changes.Part(content, (office.science,)) for content in ("Phần một", "Phần hai")]
    changes.split(task=world.task(LATE), parts=parts, **said)
    shown = {row.position: row.silence for row in client.get(world.board).context["table"]["rows"] if not row.now}
    assert (shown[PLAN], shown[LATE]) == ("Đã rút", "Đã tách")
    there = f"{world.board}viec/"
    listed = {row.task.position: row.silence for row in client.get(there).context["table"]["rows"]}
    assert (listed[PLAN], listed[LATE], listed[SECRET]) == ("Đã rút", "Đã tách", "")
    body = f"/co-quan/{office.science.pk}/"
    for url, column in ((there, 5), (f"{body}phieu-so-lieu/?tu=01/01/2026&den=31/12/2026", -3), (body, None)):
        assert "Chưa có số liệu" not in words(client.get(url)), url
        assert "Đã rút" in words(client.get(url)), url
        if column is not None:
            sep, name = ("&", "dang") if "?" in url else ("?", "tep")
            assert {"Đã rút", "Đã tách"} <= {
                row[column] for row in lines(client.get(f"{url}{sep}{name}=csv")) if row[3:]
            }
    book = load_workbook(io.BytesIO(client.get(f"{world.board}?dang=xlsx").content))
    stands = {row[2]: row[7] for row in book.active.iter_rows(min_row=5, values_only=True)}
    assert (stands[world.task(PLAN).content], stands[world.task(LATE).content]) == ("Đã rút", "Đã tách")
    of = annexes.Day(make.TODAY)
    owed = world.programme.obligations.all()
    printed = {
        task.position: row.standing
        for task, row in annexes.rows(world.programme, world.programme.tasks.all(), owed, of)
    }
    assert (printed[PLAN], printed[LATE]) == ("Đã rút", "Đã tách")
