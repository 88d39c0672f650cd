"""Work that was overdue when its body took it over: told apart wherever it is counted or asked after."""

from __future__ import annotations

import csv
import io

import pytest
from docx import Document as Paper
from openpyxl import load_workbook

import factories as make
from doors.desk.world import LATE, words
from factories import NOW, days
from tiendo.work.programmes.actions import changes, letters, reminders
from tiendo.work.programmes.letters import letter_docx
from tiendo.work.programmes.queries.letters import lines
from worlds import SCIENCE

TAKEN = days(-4)
"""It was due ten days ago; another body leads since."""
SAID = f"{TAKEN:%d/%m/%Y}"


@pytest.fixture
def owed(office, world):
    world.programme.obligations.update(held_since=days(-60))  # raised when the programme began
    owed = world.owed(LATE)
    changes.change_lead(
        assignment=owed.assignment, organisation=office.health, number="12-QĐ/TU", decided_on=TAKEN,
        reason="Chuyển.", by=office.chief, at=make.moment(TAKEN),
    )  # fmt: skip
    owed.refresh_from_db()
    assert owed.organisation == office.health
    return owed


@pytest.fixture
def client(office, enter):
    return enter(office.chief)


def file_of(client, url) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))


def test_on_the_task_and_the_fact_sheet(world, owed, client):
    assert f"nhận ngày {SAID} khi đã quá hạn; quá hạn tính từ ngày nhận: 4 ngày" in words(
        client.get(f"/nhiem-vu/{owed.task_id}/")
    )
    sheet = f"/co-quan/{world.office.health.pk}/phieu-so-lieu/"
    assert "Trong đó nhận khi đã quá hạn 1" in words(client.get(sheet))
    group = client.get(f"{sheet}?nhom=nhan-khi-qua-han")
    assert [row.pk for row in group.context["table"]["rows"]] == [owed.pk]
    assert SAID in client.get(f"{sheet}?dang=csv").content.decode().splitlines()[-1]
    before = words(client.get(f"/co-quan/{world.office.science.pk}/phieu-so-lieu/"))
    assert "Trong đó nhận khi đã quá hạn 0" in before


def test_on_the_list_and_in_its_file(world, owed, client):
    there = f"{world.board}viec/?box=overdue"
    assert f"nhận khi đã quá hạn, {SAID}" in words(client.get(there))
    head, *rows = file_of(client, f"{there}&tep=csv")
    assert (head[-1], [row[-1] for row in rows if row[0] == str(LATE)]) == ("Nhận khi đã quá hạn", [SAID])
    then = f"{world.board}viec/?box=overdue&khi={days(-1)}"
    assert [row.taken_late for row in client.get(then).context["table"]["rows"]] == [None], "before it was opened"


@pytest.mark.parametrize(("khi", "n"), [("", 1), (f"&khi={TAKEN}", 1), (f"&khi={days(-5)}", 0)])
def test_a_column_of_the_figures_opens_exactly_these(world, owed, client, khi, n):
    type(world.programme).objects.update(opened_at=make.moment(days(-60)))
    there = f"{world.board}so-lieu/?{khi}"
    page = client.get(there)
    label = "Trong đó nhận khi đã quá hạn"
    (total,) = [figure for figure in page.context["total"] if figure["label"] == label]
    assert total["n"] == n
    of = {row["body"].name: figure for row in page.context["rows"] for figure in row["figures"]
          if figure["label"] == label and figure["n"]}  # fmt: skip
    assert list(of) == [world.office.health.name] * n
    for figure in (total, *of.values()):
        opened = client.get(figure["url"]).context["table"]["rows"] if figure["url"] else []
        assert [(row.pk, row.taken_late) for row in opened] == [(owed.pk, TAKEN)] * n
    head, *rows = file_of(client, f"{there}&dang=csv")
    assert [row[head.index(label)] for row in rows if row[0] == world.office.health.name] == [str(n)]
    assert ("tính cho cơ quan giữ việc lúc đó" in words(page)) is bool(n)


def test_frozen_figures_do_not_say_what_was_not_frozen(world, owed, client):
    page = client.get(f"/so-lieu/{make.snapshot(world.programme).pk}/")
    assert "nhận khi đã quá hạn" not in words(page)
    assert len(page.context["total"]) == len(page.context["rows"][0]["figures"])


def test_in_the_workbook_of_the_board_and_in_the_annex(world, owed, client):
    for url, name in ((world.board, "Nhiệm vụ"), (f"{world.board}phu-luc/", "Phụ lục theo dõi")):
        sheet = load_workbook(io.BytesIO(client.get(f"{url}?dang=xlsx").content))[name]
        cells = [str(cell) for row in sheet.iter_rows(min_row=5, values_only=True) for cell in row]
        assert [cell for cell in cells if "nhận khi" in cell] == [f"Quá hạn kéo dài\n(nhận khi đã quá hạn, {SAID})"]


def test_a_letter_does_not_blame_a_body_for_the_days_before(world, owed, office, client):
    letter = letters.draft(
        programme=world.programme, organisation=office.health, kind="explain", by=office.officer, at=NOW
    )
    (line,) = lines(letter)
    assert (line.late, line.taken, line.own) == (10, TAKEN, 4)
    paper = Paper(io.BytesIO(letter_docx(letter)))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "1 việc Sở Y tế nhận khi đã quá hạn; số ngày quá hạn trước khi nhận" in text
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "10 (từ khi nhận: 4)" in cells
    assert any(f"nhận ngày {SAID}, khi đã quá hạn" in cell for cell in cells)
    assert f"nhận khi đã quá hạn, {SAID}" in words(client.get(f"/cong-van/{letter.pk}/"))


def test_a_letter_drafted_before_this_was_kept_says_nothing_of_it(world, owed, office):
    letter = make.letter(owed, by=office.officer)
    letter.lines = [row[:3] for row in letter.lines]
    (line,) = lines(letter)
    assert (line.sent_back, line.taken, line.own) == (None, None, line.late)


def test_leaders_read_it_too(world, owed, client):
    reminders.run_daily(at=make.moment(days(-3)))
    there = "/viec-can-chi-dao/"
    (row,) = client.get(there).context["table"]["rows"]
    assert (row.owed.pk, row.taken) == (owed.pk, TAKEN)
    assert f"nhận khi đã quá hạn, {SAID}" in words(client.get(there))
    head, *rows = file_of(client, f"{there}?tep=csv")
    assert (head[-1], [row[-1] for row in rows]) == ("Nhận khi đã quá hạn", [SAID])


def test_what_the_body_itself_let_pass_is_not_marked(world, client):
    assert "nhận khi đã quá hạn," not in words(client.get(f"{world.board}viec/?box=overdue"))
    (row,) = client.get(f"{world.board}viec/?box=overdue").context["table"]["rows"]
    assert (row.organisation.name, row.taken_late) == (SCIENCE, None)
