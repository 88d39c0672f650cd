"""Lists as offices keep them: own headings and words, names of bodies above instead of codes, decomposed letters."""

from __future__ import annotations

import io
import tomllib
import unicodedata
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

import factories as make
from foundation.organisations.test_importing import answers, seen, take_in
from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.organisations import reading
from tiendo.foundation.organisations.actions import correcting, organisations, succession
from tiendo.foundation.organisations.errors import ListUnreadableError
from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.models import Kind, Name, Organisation
from tiendo.foundation.organisations.rules.importing.people import PEOPLE
from tiendo.foundation.organisations.rules.sheets import SHEETS

pytestmark = pytest.mark.django_db

WORDS = tomllib.loads((Path(reading.__file__).parent / "lists.toml").read_text(encoding="utf-8"))


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_an_offices_own_headings_and_words_are_understood(office):
    plan = seen(
        "STT;Mã đơn vị;Tên cơ quan, đơn vị (*);Loại hình;Cơ quan cấp trên;Viết tắt\n"
        "1;UB;Ủy ban nhân dân tỉnh;UBND;;\n2;UB.NV;Sở Nội vụ;Sở;Uỷ ban nhân dân tỉnh;SNV\n".encode()
    )
    assert [line.answers for line in plan.refused] == []
    assert plan.notes == (), "a column of numbers is nothing to tell of"
    rows = {line.new.code: line.new for line in plan.lines}
    assert rows["UB.NV"].parent == "UB"
    assert (rows["UB"].kind, rows["UB.NV"].kind, rows["UB.NV"].abbreviations) == (
        "peoples_committee",
        "department",
        "SNV",
    )


def test_what_is_not_understood_is_named_and_the_rest_is_taken(office):
    plan = seen("Mã,Tên,Loại,Điện thoại,Ghi chú,\nA,Sở A,Sở,0123,,x\n".encode())
    (note,) = plan.notes
    assert note.startswith("Không hiểu cột “Điện thoại”, “Ghi chú”, “cột thứ 6 (không có tiêu đề)”, sẽ bỏ qua.")
    assert "Mã cấp trên" in note, "and which there are"
    assert plan.counts["added"] == 1


def test_a_column_of_codes_goes_before_one_of_names(office):
    plan = seen("Mã,Tên,Loại,Mã cấp trên,Trực thuộc\nA,Sở A,Sở,T.VP,Sở Y tế\n".encode())
    assert plan.lines[0].new.parent == "T.VP"
    assert "Không hiểu cột “Trực thuộc”" in plan.notes[0]


def test_two_headings_of_one_column_are_named(office):
    with pytest.raises(ListUnreadableError, match="cột Mã cấp trên hai lần: “Trực thuộc”, “Cấp trên”"):
        reading.read("Mã,Tên,Loại,Trực thuộc,Cấp trên\nA,Sở A,Sở,,\n".encode())


def test_a_name_of_two_bodies_above_asks_for_the_code(office):
    head = "Mã,Tên,Loại,Trực thuộc\n"
    two = "P1,Phòng Kinh tế,Phòng,Sở Y tế\nP2,Phòng Kinh tế,Phòng,T.VP\n"
    assert "có 2 cơ quan tên “Phòng Kinh tế”" in answers(f"{head}{two}A,Tổ A,khác,Phòng Kinh tế\n".encode())
    assert "“Xã Tân Thạnh” chưa có" in answers(f"{head}X,Xã Tân Thành,xã,\nA,Tổ A,khác,Xã Tân Thạnh\n".encode()), (
        "letters tell bodies apart"
    )
    assert "“Sở Lạ” chưa có" in answers(f"{head}A,Tổ A,khác,Sở Lạ\n".encode())


def test_sheets_and_files_that_are_passed_over_are_named(office):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for title, rows in (
            ("Danh bạ", [["Mã", "Tên", "Loại", "Fax"], ["A", "Sở A", "Sở", "1"]]),
            ("Hướng dẫn", [["Đọc kỹ"]]),
            ("Trống", []),
        ):
            sheet = book.add_worksheet(title)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    column, sheets = seen(out.getvalue()).notes
    assert column.startswith("Danh bạ: Không hiểu cột “Fax”")
    assert sheets == "Không hiểu trang tính “Hướng dẫn”, sẽ bỏ qua."
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.csv", "Mã,Tên,Loại\nA,Sở A,Sở\n")
        package.writestr("b.xlsx", "")
        package.writestr("__MACOSX/._a.csv", "")
    assert list(seen(out.getvalue()).notes) == ["Trong tệp nén, “b.xlsx” không phải là tệp CSV, sẽ bỏ qua."]


def test_the_words_of_lists_are_of_columns_and_kinds_that_there_are():
    sheets = {sheet.name: sheet for sheet in (*SHEETS, PEOPLE)}
    for name, columns in WORDS["headings"].items():
        heads = [(column, sheets[name].heads([text])) for column, texts in columns.items() for text in texts]
        assert [(column, got) for column, got in heads if got != [column]] == [], "no heading is of two columns"
    assert set(WORDS["choices"]["kind"]) <= set(Kind.values)
    assert set(WORDS["choices"]["role"]) <= set(role_names())


def test_decomposed_names_are_kept_composed_wherever_they_come_in(office):
    take_in(nfd("Mã,Tên,Loại,Tên gọi tắt,Viết tắt\nA,Sở Tư pháp,Sở,Tư pháp,Sở TƯ\n").encode())
    cells = {"code": "B", "name": nfd("Sở Xây dựng"), "kind": "department", "short": nfd("Xây dựng"), "starts": ""}
    who = office.who("registrar", office.root)
    body = correcting.add(parent=office.root, cells=cells, by=who, at=make.NOW)
    correcting.correct(organisation=body, cells={"name": nfd("Sở Xây dựng và Đô thị")}, by=who, at=make.NOW)
    organisations.add_alias(organisation=body, text=nfd("Sở Kiến thiết"), office=office.body, by="shell", at=make.NOW)
    draft = succession.draft(
        kind="rename", on=make.days(0), befores=[body], new_name=nfd("Sở Kiến trúc"), by=who, at=make.NOW
    )
    succession.record(succession=draft, by=who, at=make.NOW)
    texts = [*Name.objects.values_list("text", flat=True), *Organisation.objects.values_list("name", "short_name")]
    assert [text for text in map(str, texts) if text != unicodedata.normalize("NFC", text)] == []
    assert Matcher(office.body).exact("Sở Kiến trúc") == body.pk


def test_old_and_new_tone_marks_and_decomposed_letters_are_one_name(office):
    body = organisations.add(
        code="DU", name="Đảng uỷ xã Hoà Bình", kind="party_committee", parent=office.root, by="shell", at=make.NOW
    )
    assert {Matcher().exact(text) for text in ("Đảng ủy xã Hòa Bình", nfd("Đảng uỷ xã Hoà Bình"))} == {body.pk}
    assert "đã là tên của cơ quan có mã “DU”" in answers(nfd("Mã,Tên,Loại\nX,Đảng ủy xã Hòa Bình,đảng ủy\n").encode())
