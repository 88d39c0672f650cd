"""An office's own register: cells, columns, rows."""

from __future__ import annotations

from datetime import date

import pytest

from register_files import HEAD, ROWS, register
from tiendo.work.directives.errors import RegisterColumnsError, RegisterUnreadableError
from tiendo.work.directives.intake import columns, rows
from tiendo.work.directives.intake.columns import Mapped, check, digest, guess, roles_of
from tiendo.work.directives.intake.grid import MOST_ROWS, pages
from worlds import HEALTH, SCIENCE

TODAY = date(2026, 3, 2)


def taken(data: bytes) -> rows.Taken:
    found = pages(data)
    mapped = guess(found)
    assert mapped is not None
    check(found, mapped)
    return rows.read(found[mapped.sheet], mapped, today=TODAY)


def test_the_columns_of_a_register_are_guessed_below_its_titles():
    mapped = guess(pages(register()))
    assert (mapped.sheet, mapped.head, mapped.last) == (0, 3, 3)
    assert mapped.columns == {
        "number": 0, "content": 1, "lead": 2, "coordinator": 3, "deadline": 4, "state": 5, "done_on": 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        (["TT", "Nội dung công việc", "Đơn vị thực hiện", "Ngày hoàn thành"], {"deadline": 3}),
        (["TT", "Nội dung", "Đơn vị chủ trì", "Hạn hoàn thành", "Ngày hoàn thành"], {"deadline": 3, "done_on": 4}),
        (["TT", "Nội dung", "Chủ trì", "Thời hạn", "Tiến độ thực hiện"], {"deadline": 3, "state": 4}),
        (["TT", "Nội dung", "Chủ trì", "Tiến độ"], {"deadline": 3}),
        (["TT", "Nhiệm vụ", "Chủ trì", "Hạn", "Trạng thái", "Ngày hoàn thành thực tế"], {"state": 4, "done_on": 5}),
    ],
)
def test_what_a_head_means_depends_on_what_stands_beside_it(labels, roles):
    found = roles_of(labels)
    assert {role: found.get(role) for role in roles} == roles


def test_rows_become_tasks_with_their_section_bodies_and_deadline():
    found = taken(register())
    assert found.refused == []
    first, done, late, standing, undated = found.entries
    assert (first.row, first.number, first.section) == (5, "1", "CÔNG TÁC CHUYỂN ĐỔI SỐ")
    assert ([party.name for party in first.leads], [party.name for party in first.coordinators]) == (
        [SCIENCE],
        [HEALTH],
    )
    assert (first.deadline.kind, first.deadline.end, first.done) == ("date", date(2026, 6, 30), False)
    assert (done.done, done.done_on) == (True, date(2025, 12, 20))
    assert (late.done, late.deadline.end) == (False, date(2025, 11, 30))
    assert standing.deadline.kind == "continuous"
    assert (undated.deadline.kind, undated.notes) == ("none", ())


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Đã hoàn thành", True), ("Hoàn thành", True), ("Hoàn thành quá hạn", True), ("Xong", True), ("100%", True),
        ("Đã ban hành QĐ số 12", True), ("HOÀN THÀNH", True),
        ("Chưa hoàn thành", False), ("Đang thực hiện", False), ("Hoàn thành 80%", False), ("", False),
        ("Cơ bản hoàn thành", False), ("Không hoàn thành", False), ("Chậm tiến độ", False),
        ("Công văn 15/CV", None), ("x", None),
    ],
)  # fmt: skip
def test_only_what_says_done_is_done(text, done):
    assert rows.said_done(text) is done


def test_a_cross_counts_where_the_head_asks_whether_it_is_done():
    data = register(
        [[1, "Việc một", SCIENCE, "x"], [2, "Việc hai", SCIENCE, ""]], ["TT", "Nhiệm vụ", "Chủ trì", "Đã xong"]
    )
    assert [entry.done for entry in taken(data).entries] == [True, False]


@pytest.mark.parametrize(
    ("state", "day", "done", "note"),
    [
        ("Chưa xong", "1/2/2026", False, "tình trạng là chưa xong"),
        ("", "1/2/2027", False, "ở tương lai"),
        ("", "1/2/2026", True, ""),
        ("Xong", "tháng trước", True, "không hiểu ngày hoàn thành"),
        ("Văn bản 12/CV", "", False, "không rõ"),
    ],
)
def test_what_contradicts_itself_stays_open_and_says_so(state, day, done, note):
    found = taken(register([[1, "Việc một", SCIENCE, "", "30/6/2026", state, day, ""]]))
    (entry,) = found.entries
    assert entry.done is done
    assert note in " ".join(entry.notes)
    assert bool(note) == bool(entry.notes)


def test_merged_bodies_hold_for_their_rows_and_merged_content_is_one_task():
    data = register(
        [
            [1, "Việc một", SCIENCE, "", "30/6/2026", "", "", ""],
            [2, "Việc hai", "", "", "30/6/2026", "", "", ""],
            [3, "Việc ba", SCIENCE, "", "30/6/2026", "", "", ""],
            ["", "", HEALTH, "", "", "", "", ""],
        ],
        body="C4:C5", content="B6:B7", number="A6:A7",
    )  # fmt: skip
    one, two, three = taken(data).entries
    assert [party.name for party in two.leads] == [party.name for party in one.leads] == [SCIENCE]
    assert ([party.name for party in three.leads], three.more) == ([SCIENCE, HEALTH], (7,))


def test_a_row_without_a_task_is_refused_with_its_number():
    found = taken(register([*ROWS[:3], ["", "", SCIENCE, "", "30/6/2026", "", "", ""]]))
    assert [one.row for one in found.refused] == [7]


def test_a_row_without_a_lead_waits_for_a_person():
    (entry,) = taken(register([[1, "Việc một", "", "", "30/6/2026", "", "", ""]])).entries
    assert "chủ trì" in entry.notes[0]


def test_a_deadline_that_is_not_understood_is_said():
    (entry,) = taken(register([[1, "Việc một", SCIENCE, "", "sớm nhất", "", "", ""]])).entries
    assert (entry.deadline.kind, "sớm nhất" in entry.notes[0]) == ("none", True)


def test_the_head_repeated_on_each_page_is_no_task_and_hidden_rows_are_counted():
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(register([*ROWS[1:3], HEAD, *ROWS[3:]])))
    book.active.row_dimensions[4].hidden = True
    out = io.BytesIO()
    book.save(out)
    found = taken(out.getvalue())
    assert (len(found.entries), found.hidden) == (4, 1)


def test_a_csv_register_reads_alike():
    lines = [";".join(str(cell) for cell in row) for row in [HEAD, *ROWS]]
    found = taken("\r\n".join(lines).encode("utf-8-sig"))
    assert [entry.content for entry in found.entries] == [entry.content for entry in taken(register()).entries]
    assert found.entries[0].row == 3


def test_a_head_of_two_rows_is_one():
    data = register(
        [["", "", "", "Bắt đầu", "Hoàn thành", ""], [1, "Việc một", SCIENCE, "1/1/2026", "30/6/2026", "Xong"]],
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "", "Tình trạng"],
        a="A3:A4", b="B3:B4", c="C3:C4", d="D3:E3", f="F3:F4",
    )  # fmt: skip
    mapped = guess(pages(data))
    assert (mapped.head, mapped.last) == (3, 4)
    (entry,) = taken(data).entries
    assert entry.content == "Việc một"


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04broken", b'a,"b'])
def test_what_is_no_register_is_said(data):
    with pytest.raises(RegisterUnreadableError):
        pages(data)


def test_a_register_without_end_is_refused():
    with pytest.raises(RegisterUnreadableError):
        pages(b"a,b\n" * (MOST_ROWS + 2))


def test_no_head_no_guess():
    assert guess(pages(b"a,b\nc,d\n")) is None


@pytest.mark.parametrize(
    "mapped",
    [
        Mapped(1, 3, 3, {"content": 1, "lead": 2}),
        Mapped(-1, 3, 3, {"content": 1, "lead": 2}),
        Mapped(0, 99, 99, {"content": 1, "lead": 2}),
        Mapped(0, 3, 3, {"content": 1}),
        Mapped(0, 3, 3, {"content": 1, "lead": 1}),
        Mapped(0, 3, 3, {"content": 1, "lead": 99}),
        Mapped(0, 3, 3, {"content": 1, "lead": 2, "secret": 3}),
    ],
)
def test_a_choice_of_columns_that_cannot_be_is_refused(mapped):
    with pytest.raises(RegisterColumnsError):
        check(pages(register()), mapped)


def test_a_head_is_known_again_by_its_words():
    assert digest(["STT", "Nhiệm  vụ"]) == digest(["stt", "NHIỆM VỤ"]) != digest(["STT", "Việc"])
    assert columns.ROLES.keys() >= set(columns.NEEDED)
