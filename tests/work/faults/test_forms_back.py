"""A form that comes back: twice, with rows taken out and put in, formulas, altered keys, another body's; as LibreOffice
saves it. Each row that is not taken is refused by itself, with its reason; the others are written once.
"""

from __future__ import annotations

import io
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

import factories as make
from doors.desk.world import words
from factories import NOW, TODAY, days
from register_files import edited
from tiendo.doors.desk.answerforms.words import PROBLEMS
from tiendo.work.programmes.actions import forms, reports
from tiendo.work.programmes.errors_of_forms import FormOfAnotherBodyError, FormUnreadableError
from tiendo.work.programmes.form_files import form_xlsx
from tiendo.work.programmes.models import Answer, Evidence, Report, ReturnedForm
from tiendo.work.programmes.queries.forms import seen
from tiendo.work.programmes.rules.forms import Problem
from worlds import HEALTH, SCIENCE

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR, FIVE = range(5, 10)
"""Lines of the sheet."""


@pytest.fixture
def programme(office):
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30))),
        make.row("Ban hành quy chế", SCIENCE, deadline=make.by_date(days(40))),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()),
        make.row("Bồi dưỡng", SCIENCE, deadline=make.continuous()),
        make.row("Rà soát hạ tầng", SCIENCE, deadline=make.by_date(days(50))),
        make.row("Khám sức khỏe", HEALTH, deadline=make.by_date(days(15))),
        office=office.body,
        by=office.chief,
    )


@pytest.fixture
def handed(office, programme):
    """`handed(body)`: the workbook of a body's form."""

    def out(body=None) -> bytes:
        body = body or office.science
        return form_xlsx(*forms.hand_out(programme=programme, organisation=body, by=office.officer, at=NOW))

    return out


def take(programme, by, data: bytes) -> ReturnedForm:
    return forms.take(programme=programme, filename="tra-loi.xlsx", data=data, by=by, at=NOW)


def write(returned, by, **paper):
    return forms.write(returned=returned, by=by, at=NOW, **paper)


def problems(returned, by, *, own=False) -> dict[int, str]:
    return {row.line.row: row.problem for row in seen(returned, by, own=own)}


def without(data: bytes, *lines: int) -> bytes:
    """Rows deleted, as Excel does it: those below move up."""
    book = load_workbook(io.BytesIO(data))
    for line in sorted(lines, reverse=True):
        book.active.delete_rows(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(data: bytes, line: int) -> list[object]:
    return [cell.value for cell in load_workbook(io.BytesIO(data)).active[line]][:4]


PAPER = {"paper": "15/BC-SKHCN", "signed_on": TODAY}


def counted() -> tuple[int, ...]:
    return Answer.objects.count(), Evidence.objects.count(), Report.objects.count()


class TestTwice:
    def test_by_the_office_and_again_by_the_body_it_is_there_once(self, office, programme, handed):
        data = edited(handed(), {f"E{ONE}": "Đã trình.", f"E{THREE}": "Mở hai lớp.", f"H{FOUR}": "x"})
        done = write(take(programme, office.officer, data), office.officer, **PAPER)
        assert (done.written, done.handed_in) == (3, 2)
        before = counted()
        clerk = office.who("clerk", office.science)
        again = take(programme, clerk, edited(data, {"J1": "lần hai"}))
        assert set(problems(again, clerk, own=True).values()) == {""}
        assert all(row.same for row in seen(again, clerk, own=True))
        done = write(again, clerk)
        assert (done.written, done.unchanged, done.handed_in, counted()) == (0, 3, 0, before)

    def test_from_two_copies_of_the_form_made_on_two_days(self, office, programme, handed):
        """The body filled in the older copy as well: what is the same is nothing new, what differs is refused."""
        first, second = handed(), handed()
        write(take(programme, office.officer, edited(first, {f"E{ONE}": "Đã trình."})), office.officer, **PAPER)
        late = edited(second, {f"E{ONE}": "Chưa trình.", f"E{TWO}": "Đã ban hành."})
        returned = take(programme, office.officer, late)
        assert problems(returned, office.officer) == {ONE: Problem.ANSWERED, TWO: ""}
        done = write(returned, office.officer, **PAPER)
        assert (done.written, done.refused) == (1, 1)
        assert Answer.objects.get(obligation__task__content="Xây dựng kế hoạch").text == "Đã trình."

    def test_words_of_a_draft_that_would_be_replaced_are_shown_first(self, office, programme, handed, enter):
        clerk = office.who("clerk", office.science)
        owed = programme.obligations.get(task__content="Xây dựng kế hoạch")
        draft = reports.draft_once(obligation=owed, by=office.who("head", office.science), at=NOW)
        said = {owed.pk: reports.Said(text="Người khác đang gõ.")}
        reports.save(report=draft, answers=said, version=1, by=office.who("head", office.science), at=NOW)
        returned = take(programme, clerk, edited(handed(), {f"E{ONE}": "Đã trình.", f"E{TWO}": "Đã ban hành."}))
        assert [row.instead_of for row in seen(returned, clerk, own=True)] == ["Người khác đang gõ.", ""]
        shown = words(enter(clerk).get(f"/mau-tra-lai/{returned.pk}/"))
        assert "thay cho: Người khác đang gõ." in shown
        assert shown.count("thay cho:") == 1


class TestRowsTakenOutAndPutIn:
    def test_deleted_rows_are_not_answered_and_the_others_keep_their_place(self, office, programme, handed):
        data = without(edited(handed(), {f"E{ONE}": "Một.", f"E{FOUR}": "Bốn.", f"E{FIVE}": "Năm."}), TWO, THREE)
        returned = take(programme, office.officer, data)
        assert problems(returned, office.officer) == {ONE: "", TWO: "", THREE: ""}
        write(returned, office.officer, **PAPER)
        said = dict(Answer.objects.exclude(text="").values_list("obligation__task__content", "text"))
        assert said == {"Xây dựng kế hoạch": "Một.", "Bồi dưỡng": "Bốn.", "Rà soát hạ tầng": "Năm."}
        assert programme.obligations.get(task__content="Ban hành quy chế").state == "open"

    def test_rows_of_ones_own_making_are_refused(self, office, programme, handed):
        added = {
            f"{'ABCDE'[place]}{FIVE + 1}": value for place, value in enumerate([None, "6", "Việc thêm", None, "x"])
        }
        copied = {f"{'ABCD'[place]}{FIVE + 2}": value for place, value in enumerate(cells(handed(), ONE))}
        data = edited(handed(), {f"E{ONE}": "Một.", **added, **copied, f"E{FIVE + 2}": "Chép."})
        returned = take(programme, office.officer, data)
        found = problems(returned, office.officer)
        assert (found[ONE], found[FIVE + 1]) == ("", Problem.NO_KEY)
        assert found[FIVE + 2] in {Problem.OTHER_FORM, Problem.TWICE}
        assert write(returned, office.officer, **PAPER).refused == 2

    def test_everything_taken_out_is_no_form_any_more(self, office, programme, handed):
        with pytest.raises(FormUnreadableError, match="không còn mã dòng"):
            take(programme, office.officer, without(handed(), ONE, TWO, THREE, FOUR, FIVE))


class TestRefusedOneByOne:
    def test_all_in_one_file_each_with_its_reason(self, office, programme, handed, enter):
        """A formula, an altered key, an altered text, a date that is none; and the one good row is written."""
        data = handed()
        key = cells(data, TWO)[0]
        data = edited(
            data,
            {
                f"E{ONE}": '=CONCATENATE("Đã ", "xong")',
                f"A{TWO}": f"{key[:-1]}{'0' if key[-1] != '0' else '1'}", f"E{TWO}": "Đã ban hành.",
                f"C{THREE}": "Tuyên truyền (bỏ)", f"E{THREE}": "Mở lớp.",
                f"E{FOUR}": "Đã mở ba lớp.",
                f"F{FIVE}": "7/BC", f"G{FIVE}": "tuần trước",
            },
        )  # fmt: skip
        returned = take(programme, office.officer, data)
        assert problems(returned, office.officer) == {
            ONE: Problem.FORMULA, TWO: Problem.ALTERED, THREE: Problem.ALTERED, FOUR: "", FIVE: Problem.DAY,
        }  # fmt: skip
        page = words(enter(office.officer).get(f"/mau-tra-lai/{returned.pk}/"))
        for problem in (Problem.FORMULA, Problem.ALTERED, Problem.DAY):
            assert str(PROBLEMS[problem]) in page
        done = write(returned, office.officer, **PAPER)
        assert (done.written, done.refused) == (1, 4)
        assert set(Answer.objects.exclude(text="").values_list("text", flat=True)) == {"Đã mở ba lớp."}

    def test_what_a_formula_came_to_is_nobodys_word(self, office, programme, handed):
        """The value that the workbook remembers of the formula is not looked at either."""
        import xlsxwriter  # writes a formula with its result

        source, out = load_workbook(io.BytesIO(handed())).active, io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet()
            for row in source.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        sheet.write(cell.row - 1, cell.column - 1, cell.value)
            sheet.write_formula(ONE - 1, 4, "=A1", None, "Đã hoàn thành")
        returned = take(programme, office.officer, out.getvalue())
        assert problems(returned, office.officer) == {ONE: Problem.FORMULA}
        assert "Đã hoàn thành" not in str(returned.lines)


class TestAnotherBodys:
    def test_its_form_is_its_own_and_a_stranger_is_told(self, office, programme, handed, enter):
        data = edited(handed(office.science), {f"E{ONE}": "Của Sở khác."})
        clerk = office.who("clerk", office.health)
        with pytest.raises(FormOfAnotherBodyError, match="cơ quan khác"):
            take(programme, clerk, data)
        page = enter(clerk).post(
            f"/chuong-trinh/{programme.pk}/mau/", {"act": "take", "file": SimpleUploadedFile("a.xlsx", data)}
        )
        assert (page.status_code, "được lập cho cơ quan khác" in words(page)) == (403, True)
        assert not ReturnedForm.objects.exists()

    def test_its_rows_pasted_among_ones_own_are_refused_wherever_they_stand(self, office, programme, handed):
        """Also as the first row: the file is the form that most of its rows name."""
        stranger = cells(handed(office.health), ONE)
        pasted = {f"{'ABCD'[place]}{ONE}": value for place, value in enumerate(stranger)}
        data = edited(handed(), {**pasted, f"E{ONE}": "Đã khám.", f"E{TWO}": "Đã ban hành."})
        returned = take(programme, office.officer, data)
        assert returned.form.organisation == office.science
        assert problems(returned, office.officer) == {ONE: Problem.OTHER_FORM, TWO: ""}
        write(returned, office.officer, **PAPER)
        assert programme.obligations.get(organisation=office.health).state == "open"

    def test_given_in_by_the_office_it_is_that_bodys_answer(self, office, programme, handed):
        data = edited(handed(office.health), {f"E{ONE}": "Đã khám."})
        write(take(programme, office.officer, data), office.officer, **PAPER)
        assert Answer.objects.get().report.organisation == office.health


FILLED = {
    f"E{ONE}": "Đã trình.\nChờ ý kiến.", f"F{ONE}": "12/BC-SKHCN", f"G{ONE}": datetime(2026, 2, 27),  # noqa: DTZ001
    f"E{TWO}": "=1+1", f"E{THREE}": "Đã mở hai lớp.", f"H{FOUR}": "x", f"F{FIVE}": "13/BC", f"G{FIVE}": "27/2/2026",
}  # fmt: skip

CALC = Path("/usr/lib/libreoffice/program/libsclo.so")
"""LibreOffice with its sheets."""


@pytest.mark.office
@pytest.mark.skipif(not CALC.exists(), reason="no LibreOffice Calc here: run ops/system-packages")
class TestSavedByLibreOffice:
    """The very file that LibreOffice makes of what was filled in: keys, texts, dates, crosses are what they were."""

    def saved(self, data: bytes, tmp_path: Path, form: str = "xlsx") -> bytes:
        (tmp_path / "tra-loi.xlsx").write_bytes(data)
        program, profile = str(CALC.with_name("soffice")), f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", f"{tmp_path}/out"]
        subprocess.run([*command, f"{tmp_path}/tra-loi.xlsx"], check=True, capture_output=True, timeout=180)
        return (tmp_path / "out" / f"tra-loi.{form}").read_bytes()

    def test_it_is_the_same_form(self, office, programme, handed, tmp_path):
        data = self.saved(edited(handed(), FILLED), tmp_path)
        returned = take(programme, office.officer, data)
        assert problems(returned, office.officer) == {ONE: "", TWO: Problem.FORMULA, THREE: "", FOUR: "", FIVE: ""}
        done = write(returned, office.officer, **PAPER)
        assert (done.written, done.refused, done.handed_in) == (4, 1, 3)
        one = Answer.objects.get(obligation__task__content="Xây dựng kế hoạch")
        assert one.text == "Đã trình.\nChờ ý kiến."
        cited = set(Evidence.objects.exclude(number="15/BC-SKHCN").values_list("number", "issued_on"))
        assert cited == {("12/BC-SKHCN", datetime(2026, 2, 27).date()), ("13/BC", datetime(2026, 2, 27).date())}  # noqa: DTZ001
        assert Answer.objects.get(obligation__task__content="Bồi dưỡng").nothing_arose

    def test_saved_once_more_it_is_written_once(self, office, programme, handed, tmp_path):
        first = self.saved(edited(handed(), FILLED), tmp_path)
        write(take(programme, office.officer, first), office.officer, **PAPER)
        before = counted()
        second = self.saved(first, tmp_path)
        done = write(take(programme, office.officer, second), office.officer, **PAPER)
        assert (done.written, done.unchanged, counted()) == (0, 4, before)

    def test_as_a_sheet_of_its_own_kind_it_is_told(self, office, programme, handed, tmp_path):
        with pytest.raises(FormUnreadableError, match="xlsx"):
            take(programme, office.officer, self.saved(handed(), tmp_path, "ods"))
