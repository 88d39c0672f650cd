"""Work that no living body leads: the list of now, of a past day, and as a file."""

from __future__ import annotations

import csv
import io

import pytest

import factories as make
from doors.desk.world import LATE, SECRET, words
from factories import NOW, TODAY, days
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import changes, tasks
from tiendo.work.programmes.queries.passing import orphans
from worlds import SCIENCE

PAGE = "/viec-chua-co-noi-nhan/"


@pytest.fixture
def client(office, enter):
    return enter(office.chief)


def dissolve(office, on) -> None:
    draft = make.succession("dissolved", [office.science], [], on=on)
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)


def listed(client, query="") -> list[int]:
    return [row.task.position for row in client.get(f"{PAGE}{query}").context["table"]["rows"] if row.role == "lead"]


def asked(day) -> str:
    return f"?khi={day.isoformat()}"


def test_as_of_a_day_it_has_what_nobody_held_then(office, world, client):
    dissolve(office, days(-5))
    now = listed(client)
    assert LATE in now
    assert listed(client, asked(days(-5))) == now
    assert listed(client, asked(days(-6))) == []
    tasks.name_body(
        assignment=orphans().get(task=world.task(LATE)), organisation=office.health, by=office.chief, at=NOW
    )
    assert LATE not in listed(client)
    assert LATE in listed(client, asked(days(-1)))
    page = client.get(f"{PAGE}{asked(days(-1))}")
    assert "Cơ quan và tình trạng như đến hết ngày" in words(page)
    assert SCIENCE in words(page)


def test_what_was_closed_since_stood_there_before(office, world, client):
    dissolve(office, days(-5))
    decided = {"number": "9-QĐ/TU", "decided_on": TODAY, "reason": "Giao lại."}
    changes.withdraw(task=world.task(LATE), **decided, by=office.chief, at=NOW)
    assert LATE not in listed(client)
    assert LATE in listed(client, asked(days(-1)))


def test_a_body_that_the_register_ended_alone_says_since_when(office, world, client):
    Organisation.objects.filter(pk=office.science.pk).update(ends=days(-3))
    assert LATE in listed(client, asked(days(-2)))
    assert listed(client, asked(days(-3))) == [], "its last day is a day of its own"
    row = client.get(PAGE).context["table"]["rows"][0]
    assert (row.before, row.since) == (office.science, days(-2))


@pytest.mark.parametrize("query", ["", asked(days(-2))])
def test_the_file_has_the_rows_of_the_page_and_no_words_of_a_restricted_task(office, world, client, query):
    dissolve(office, days(-5))
    rows = client.get(f"{PAGE}{query}").context["table"]["rows"]
    assert [export["label"] for export in client.get(PAGE).context["table"]["exports"]] == ["CSV"]
    answer = client.get(f"{PAGE}{query or '?'}&tep=csv")
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["Số", "Nhiệm vụ", "Chương trình", "Vai trò", "Cơ quan trước đây", "Từ ngày"]
    assert [line[0] for line in lines] == [str(row.task.position) for row in rows]
    assert {line[4] for line in lines} == {SCIENCE}
    assert {line[5] for line in lines} == {f"{days(-5):%d/%m/%Y}"}
    assert [line[1] for line in lines if line[0] == str(SECRET)] == ["Báo cáo theo chế độ riêng"]
    day = days(-2) if query else TODAY
    assert answer.headers["Content-Disposition"] == f'attachment; filename="viec-chua-co-noi-nhan-{day:%Y%m%d}.csv"'
