"""A register that went out, was changed on a sheet and came in: coming in once more it changes nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

import factories as make
from tiendo.foundation.organisations import exports, reading
from tiendo.foundation.organisations.actions import importing
from tiendo.foundation.organisations.errors import ListDoubtedError
from tiendo.foundation.organisations.models import Name, Organisation, Seat, Succession
from tiendo.foundation.organisations.previews import preview
from tiendo.foundation.organisations.rules.importing.lines import Plan
from tiendo.foundation.organisations.snapshot import choices, register

pytestmark = pytest.mark.django_db

Edit = Callable[[Workbook], None]


def edited(edit: Edit) -> bytes:
    book = load_workbook(io.BytesIO(exports.register_xlsx(register(), choices())))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(sheet: str, body: str, column: str, value: object, *, text: str = "") -> Edit:
    """Write a cell of the line of a body (of the name `text`); a column that the sheet lacks is added."""

    def edit(book: Workbook) -> None:
        page = book[sheet]
        heads = [one.value for one in page[1]]
        if column not in heads:
            page.cell(1, len(heads) + 1, column)
            heads.append(column)
        told = heads.index("Mã" if "Mã" in heads else "Mã cơ quan")
        for row in page.iter_rows(min_row=2):
            if row[told].value == body and (not text or text in {one.value for one in row}):
                page.cell(row[0].row, heads.index(column) + 1, value)

    return edit


def both(*edits: Edit) -> Edit:
    def edit(book: Workbook) -> None:
        for one in edits:
            one(book)

    return edit


def seen(data: bytes, renamed_on: date | None = None) -> Plan:
    return preview(reading.read(data), registrar=None, at=make.NOW, renamed_on=renamed_on)


def take_in(data: bytes, renamed_on: date | None = None) -> Plan:
    plan = seen(data, renamed_on)
    assert [(line.sheet.name, line.answers) for line in plan.refused] == []
    told = {"renamed_on": renamed_on, "looked_at": True}
    return importing.write(
        book=reading.read(data), digest=plan.digest, registrar=None, by="shell:test", at=make.NOW, **told
    )


NAMED = cell("Cơ quan", "T.YT", "Tên", "Sở Y tế và Dân số")
NAMED_TOO = cell("Tên gọi", "T.YT", "Tên gọi", "Sở Y tế và Dân số", text="Sở Y tế")
EDITS = {
    "a name on the sheet of bodies": NAMED,
    "the same name on the sheet of names": both(NAMED, NAMED_TOO),
    "a name from a day of its own": both(NAMED, cell("Cơ quan", "T.YT", "Đổi tên từ ngày", "01/02/2026")),
    "a short name": cell("Cơ quan", "T.YT", "Tên gọi tắt", "SYT tỉnh"),
    "a short name on both": both(
        cell("Cơ quan", "T.YT", "Tên gọi tắt", "SYT tỉnh"), cell("Tên gọi", "T.YT", "Tên gọi", "SYT tỉnh", text="SYT")
    ),
    "an abbreviation on both": both(
        cell("Cơ quan", "T.YT", "Viết tắt", "YT tỉnh"),
        lambda book: book["Tên gọi"].append(["T.YT", "YT tỉnh", "viết tắt"]),
    ),
    "a first day": cell("Cơ quan", "T.YT", "Từ ngày", "01/03/2024"),
    "a last day": cell("Cơ quan", "T.YT", "Đến ngày", "31/12/2025"),
}


@pytest.fixture
def health(office):
    Organisation.objects.filter(pk=office.health.pk).update(short_name="SYT")
    Name.objects.create(organisation=office.health, text="SYT", key="syt", source="abbreviation")
    return office.health


@pytest.mark.parametrize("renamed_on", [None, date(2026, 2, 1)], ids=["slip", "from a day"])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_came_in_once_changes_nothing_the_second_time(office, health, edit, renamed_on):
    data = edited(edit)
    assert take_in(data, renamed_on).changing
    after = exports.register_zip(register())
    again = seen(data, renamed_on)
    assert [(line.sheet.name, line.label, line.answers) for line in again.refused] == []
    assert [(line.sheet.name, line.label, line.changes) for line in again.changing] == []
    assert exports.register_zip(register()) == after


def test_an_earlier_first_day_moves_the_seat_once(office, health):
    Organisation.objects.filter(pk=health.pk).update(starts=date(2025, 1, 1))
    Seat.objects.filter(organisation=health).update(starts=date(2025, 1, 1))
    data = edited(cell("Cơ quan", "T.YT", "Từ ngày", "01/06/2024"))
    take_in(data)
    assert Seat.objects.get(organisation=health).starts == date(2024, 6, 1)
    assert not seen(data).changing


def test_a_name_without_a_day_is_a_doubt_and_is_written_only_when_somebody_saw_it(office, health):
    data = edited(NAMED)
    plan = seen(data)
    assert [line.doubts for line in plan.doubtful] == [["sửa tên (không giữ tên cũ)"]]
    assert plan.renaming == 1
    with pytest.raises(ListDoubtedError):
        importing.write(book=reading.read(data), digest=plan.digest, registrar=None, by="shell:test", at=make.NOW)
    assert health.names.filter(text="Sở Y tế").exists()


def test_one_day_for_all_names_keeps_the_old_ones_before_it(office, health):
    data = edited(both(NAMED, cell("Cơ quan", "T.KHCN", "Tên", "Sở Khoa học")))
    take_in(data, date(2026, 2, 1))
    told = {(one.text, str(one.ends)) for one in Name.objects.filter(source="own") if one.ends}
    assert ("Sở Y tế", "2026-01-31") in told
    assert {one.new_name for one in Succession.objects.all()} >= {"Sở Y tế và Dân số"}


def test_a_name_that_is_changed_where_it_does_not_count_is_passed_over_and_that_is_said(office, health):
    plan = seen(edited(NAMED_TOO))
    assert not plan.changing
    assert [line.sheet.name for line in plan.doubtful] == ["ten-goi"]
    assert "Đổi tên ở tờ Cơ quan" in plan.doubtful[0].doubts[0]


def test_a_decision_signed_after_its_effect_is_a_doubt(office, health):
    def edit(book: Workbook) -> None:
        day, later = "01/02/2026", "15/02/2026"
        book["Sắp xếp"].append(["1", "kết thúc, không có nơi kế thừa", day, "7-QĐ/TU", later, "đã ghi nhận"])
        book["Kế thừa"].append(["1", "T.YT", None])

    data = edited(both(edit, cell("Cơ quan", "T.YT", "Đến ngày", "31/01/2026")))
    plan = seen(data)
    assert [line.answers for line in plan.refused] == []
    assert [line.doubts for line in plan.doubtful] == [["quyết định ký sau ngày có hiệu lực"]]
