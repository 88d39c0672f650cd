"""A form is handed out, comes back, and is written row by row: nothing twice, nothing that is not the body's own."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import load_workbook

import factories as make
from factories import NOW, TODAY, days
from register_files import edited
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.work.programmes.actions import forms, reports, tasks
from tiendo.work.programmes.errors import EvidenceIncompleteError
from tiendo.work.programmes.errors_of_forms import (
    FormOfAnotherError,
    FormSettledError,
    FormUnreadableError,
    NothingReturnedError,
    NothingToAskError,
)
from tiendo.work.programmes.form_files import form_xlsx, forms_zip
from tiendo.work.programmes.models import Answer, Evidence, Progress, Report, ReturnedForm
from tiendo.work.programmes.queries.forms import seen
from tiendo.work.programmes.rules.forms import Problem
from worlds import HEALTH, SCIENCE

pytestmark = pytest.mark.django_db
ONCE, STANDING, OTHER, SECRET = "5678"
"""Lines of the sheet, in the order of the programme."""


@pytest.fixture
def programme(office):
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30))),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()),
        make.row("Bồi dưỡng", SCIENCE, deadline=make.continuous()),
        make.row("Báo cáo riêng", SCIENCE, deadline=make.by_date(days(20)), restricted="rule"),
        make.row("Khám sức khỏe", HEALTH, deadline=make.by_date(days(15))),
        office=office.body,
        by=office.chief,
        tracked_from=days(-20),
    )


@pytest.fixture
def form(office, programme):
    return forms.hand_out(programme=programme, organisation=office.science, by=office.officer, at=NOW)


@pytest.fixture
def back(office, programme, form):
    """`back(cells)` is the form as it comes back with these cells, taken by someone (the officer)."""

    def returned(cells: dict[str, object], by=None, data: bytes | None = None) -> ReturnedForm:
        sent = edited(data or form_xlsx(*form), cells)
        return forms.take(programme=programme, filename="tra-loi.xlsx", data=sent, by=by or office.officer, at=NOW)

    return returned


GOOD = {
    f"E{ONCE}": "Đã trình dự thảo.\nChờ ý kiến.", f"F{ONCE}": "12/BC-SKHCN", f"G{ONCE}": datetime(2026, 2, 27),  # noqa: DTZ001
    f"E{STANDING}": "Đã mở hai lớp.", f"H{OTHER}": "x",
    f"F{SECRET}": "13/BC-SKHCN", f"G{SECRET}": "27/2/2026",
}  # fmt: skip
PAPER = {"paper": "15/BC-SKHCN", "signed_on": TODAY}


def write(returned, by, **paper):
    return forms.write(returned=returned, by=by, at=NOW, **paper)


def problems(returned, by, *, own=False):
    return {row.line.row: row.problem for row in seen(ReturnedForm.objects.get(pk=returned.pk), by, own=own)}


def answer(programme, content) -> Answer:
    return Answer.objects.get(obligation__task__programme=programme, obligation__task__content=content)


def test_a_form_holds_the_bodys_own_open_rows_and_only_answers_are_unlocked(form):
    sheet = load_workbook(io.BytesIO(form_xlsx(*form))).active
    contents = [sheet[f"C{line}"].value for line in (ONCE, STANDING, OTHER, SECRET)]
    assert contents == ["Xây dựng kế hoạch", "Tuyên truyền", "Bồi dưỡng", "Báo cáo riêng"]
    assert sheet.max_row == int(SECRET)
    assert sheet.protection.sheet
    assert sheet["A2"].value.endswith("Nơi nhận báo cáo: Văn phòng Tỉnh ủy.")
    locked = {place: sheet[place].protection.locked for place in ("A5", "C5", "E5", "F5", "G5", "H5", "H6", "E8", "F8")}
    assert locked == {"A5": True, "C5": True, "E5": False, "F5": False, "G5": False, "H5": True, "H6": False,
                      "E8": True, "F8": False}  # fmt: skip


def test_the_body_writes_its_drafts_by_its_own_hand(office, programme, back):
    clerk = office.who("clerk", office.science)
    done = write(back(GOOD, by=clerk), clerk)
    assert (done.written, done.refused, done.handed_in) == (4, 0, 0)
    once = answer(programme, "Xây dựng kế hoạch")
    assert (once.text, once.report.state, once.report.drafted_by) == (
        "Đã trình dự thảo.\nChờ ý kiến.", Report.State.DRAFT, clerk,
    )  # fmt: skip
    assert [(piece.number, piece.issued_on.isoformat()) for piece in once.evidence.all()] == [
        ("12/BC-SKHCN", "2026-02-27")
    ]
    assert answer(programme, "Tuyên truyền").report == answer(programme, "Bồi dưỡng").report
    assert answer(programme, "Bồi dưỡng").nothing_arose
    assert answer(programme, "Báo cáo riêng").evidence.get().number == "13/BC-SKHCN"


def test_returned_twice_it_is_written_once(office, programme, back):
    clerk = office.who("clerk", office.science)
    first = back(GOOD, by=clerk)
    write(first, clerk)
    before = (Answer.objects.count(), Evidence.objects.count(), Report.objects.count())
    with pytest.raises(FormSettledError):
        write(first, clerk)
    assert ReturnedForm.objects.get().lines == []
    again = write(back({**GOOD, "J40": "khác"}, by=clerk), clerk)
    assert (again.written, again.unchanged) == (0, 4)
    assert (Answer.objects.count(), Evidence.objects.count(), Report.objects.count()) == before


def test_the_very_same_file_is_the_same_return(office, programme, form):
    data = edited(form_xlsx(*form), GOOD)
    taken = [
        forms.take(programme=programme, filename="a.xlsx", data=data, by=office.officer, at=NOW).pk for _ in range(2)
    ]
    assert taken[0] == taken[1]


def test_the_office_hands_in_on_the_bodys_signed_paper(office, programme, back):
    done = write(back(GOOD), office.officer, **PAPER)
    assert (done.written, done.handed_in, done.left) == (4, 3, 0)
    assert set(programme.obligations.filter(organisation=office.science).values_list("state", flat=True)) == {
        "submitted"
    }
    once = answer(programme, "Xây dựng kế hoạch")
    assert (once.report.paper, once.report.paper_on) == ("15/BC-SKHCN", TODAY)
    assert {piece.number for piece in once.evidence.all()} == {"12/BC-SKHCN", "15/BC-SKHCN"}
    assert not answer(programme, "Bồi dưỡng").evidence.exists()
    again = write(back({**GOOD, "J40": "khác"}), office.officer, **PAPER)
    assert (again.written, again.unchanged, again.handed_in) == (0, 4, 0)


def test_a_row_that_was_deleted_or_left_empty_is_simply_not_answered(office, programme, back):
    done = write(back({f"E{STANDING}": "Đã mở hai lớp.", f"A{ONCE}": None}), office.officer, **PAPER)
    assert (done.written, done.refused, done.handed_in, done.left) == (1, 0, 0, 1)
    assert answer(programme, "Tuyên truyền").report.state == Report.State.DRAFT
    assert not answer(programme, "Bồi dưỡng").evidence.exists()
    assert not Answer.objects.filter(obligation__task__content="Xây dựng kế hoạch").exists()


def test_work_with_an_end_and_only_a_word_is_handed_in_on_the_paper(office, programme, back):
    done = write(back({f"E{ONCE}": "Đã trình."}), office.officer, **PAPER)
    assert (done.handed_in, done.left) == (1, 0)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"A5": None, "E5": "Xong."}, Problem.NO_KEY),
        ({"A5": "1-2-abcdef", "E5": "Xong."}, Problem.OTHER_FORM),
        ({"A5": "999999-2-abcdef", "E5": "Xong."}, Problem.OTHER_FORM),
        ({"C5": "Nội dung khác", "E5": "Xong."}, Problem.ALTERED),
        ({"D5": "31/12/2030", "E5": "Xong."}, Problem.ALTERED),
        ({"B5": "77", "E5": "Xong."}, Problem.ALTERED),
        ({"E5": "=A1"}, Problem.FORMULA),
        ({"G5": "=TODAY()", "F5": "1/BC"}, Problem.FORMULA),
        ({"F5": "1/BC"}, Problem.HALF),
        ({"G5": "1/3/2026"}, Problem.HALF),
        ({"F5": "1/BC", "G5": "hôm qua"}, Problem.DAY),
        ({"F5": "1/BC", "G5": "1/3/2027"}, Problem.FUTURE),
        ({"E5": "a" * 501}, Problem.LONG),
        ({"F5": "a" * 81, "G5": "1/3/2026"}, Problem.LONG),
        ({"H5": "x"}, Problem.NOT_STANDING),
        ({"H6": "không"}, Problem.CROSS),
        ({"H6": "x", "E6": "Đã mở lớp."}, Problem.CROSS_AND_TEXT),
        ({"E8": "Nội dung riêng"}, Problem.RESTRICTED),
    ],
)
def test_a_row_is_refused_by_itself_and_the_others_are_written(office, programme, back, cells, problem):
    row = int(next(iter(cells))[1:])
    good = {"E7": "Đã mở lớp."}
    returned = back({**good, **cells})
    if problem == Problem.OTHER_FORM:
        assert problems(returned, office.officer)[row] in {Problem.OTHER_FORM, Problem.ALTERED}
    else:
        assert problems(returned, office.officer)[row] == problem
    done = write(returned, office.officer, **PAPER)
    assert (done.written, done.refused) == (1, 1)


def test_what_was_typed_for_a_restricted_task_is_kept_nowhere(back):
    returned = back({"E8": "Nội dung riêng phải giữ kín"})
    assert "giữ kín" not in str(returned.lines)


def test_a_task_that_became_restricted_takes_its_words_out_of_what_waits(office, programme, back):
    returned = back({"E5": "Lời đã gõ"})
    tasks.set_restricted(task=programme.tasks.get(position=1), restricted=True, by=office.chief, at=NOW)
    returned.refresh_from_db()
    assert "Lời đã gõ" not in str(returned.lines)
    assert problems(returned, office.officer) == {5: Problem.RESTRICTED}


def test_a_key_copied_to_a_second_row_counts_once(office, form, back):
    sheet = load_workbook(io.BytesIO(form_xlsx(*form))).active
    cells = {"E5": "Một.", **{f"{column}6": sheet[f"{column}5"].value for column in "ABCD"}, "E6": "Hai."}
    assert problems(back(cells), office.officer) == {5: "", 6: Problem.TWICE}


def test_rows_may_be_sorted_and_columns_moved(office, programme, form, back):
    sheet = load_workbook(io.BytesIO(form_xlsx(*form))).active
    swap = {f"{letter}{a}": sheet[f"{letter}{b}"].value for letter in "ABCD" for a, b in ((5, 7), (7, 5))}
    done = write(back({**swap, "E7": "Đã trình."}), office.officer, **PAPER)
    assert done.written == 1
    assert answer(programme, "Xây dựng kế hoạch").text == "Đã trình."


def test_what_the_body_drafts_itself_is_not_written_over_by_the_office(office, programme, back):
    owed = programme.obligations.get(task__position=1)
    clerk = office.who("clerk", office.science)
    draft = reports.draft_once(obligation=owed, by=clerk, at=NOW)
    reports.save(
        report=draft, answers={owed.pk: reports.Said(text="Của tôi.")}, version=draft.version, by=clerk, at=NOW
    )
    returned = back({"E5": "Của văn phòng."})
    assert problems(returned, office.officer) == {5: Problem.TAKEN_UP}
    with pytest.raises(NothingReturnedError):
        write(returned, office.officer, **PAPER)
    write(returned, clerk)
    assert answer(programme, "Xây dựng kế hoạch").text == "Của văn phòng."


def test_what_was_handed_in_meanwhile_is_not_written_over(office, programme, back):
    write(back({"E5": "Lần một."}), office.officer, **PAPER)
    assert problems(back({"E5": "Lần hai."}), office.officer) == {5: Problem.ANSWERED}


def test_a_number_alone_leaves_the_drafted_words(office, programme, back):
    clerk = office.who("clerk", office.science)
    write(back({"E5": "Đã trình."}, by=clerk), clerk)
    write(back({"F5": "9/BC", "G5": "1/3/2026"}, by=clerk), clerk)
    one = answer(programme, "Xây dựng kế hoạch")
    assert (one.text, one.evidence.get().number) == ("Đã trình.", "9/BC")


def test_work_that_went_to_another_body_is_refused(office, programme, back):
    returned = back({"E5": "Xong."})
    tasks.unname_body(assignment=programme.tasks.get(position=1).assignments.get(), by=office.chief, at=NOW)
    assert problems(returned, office.officer) == {5: Problem.MOVED}


def test_who_is_neither_office_nor_body_gets_and_gives_nothing(office, programme, form, back):
    stranger = office.who("head", office.health)
    for act in (
        lambda: forms.hand_out(programme=programme, organisation=office.science, by=stranger, at=NOW),
        lambda: forms.hand_out_all(programme=programme, by=stranger, at=NOW),
        lambda: back(GOOD, by=stranger),
        lambda: write(back(GOOD), stranger),
        lambda: write(back(GOOD), office.who("clerk", office.science), **PAPER),
        lambda: write(back(GOOD), office.officer),
        lambda: forms.discard(returned=back(GOOD), by=stranger, at=NOW),
    ):
        with pytest.raises(NotAllowedError):
            act()


@pytest.mark.parametrize("paper", [{"paper": "1/BC"}, {"signed_on": TODAY}, {"paper": "1/BC", "signed_on": days(1)}])
def test_a_paper_has_number_and_day(office, back, paper):
    with pytest.raises(EvidenceIncompleteError):
        write(back(GOOD), office.officer, **paper)


def test_a_form_put_away_may_come_again(office, back, form, programme):
    data = edited(form_xlsx(*form), GOOD)
    first = forms.take(programme=programme, filename="a.xlsx", data=data, by=office.officer, at=NOW)
    forms.discard(returned=first, by=office.officer, at=NOW)
    forms.discard(returned=first, by=office.officer, at=NOW)
    with pytest.raises(FormSettledError):
        write(first, office.officer, **PAPER)
    again = forms.take(programme=programme, filename="a.xlsx", data=data, by=office.officer, at=NOW)
    write(again, office.officer, **PAPER)
    with pytest.raises(FormSettledError):
        forms.discard(returned=again, by=office.officer, at=NOW)


def test_a_form_of_another_programme_or_no_form_at_all(office, form, programme):
    other = make.programme(
        make.row("Khác", HEALTH, deadline=make.by_date(days(9))), office=office.body, by=office.chief
    )
    data = form_xlsx(*form)
    with pytest.raises(FormOfAnotherError):
        forms.take(programme=other, filename="a.xlsx", data=data, by=office.officer, at=NOW)
    bare = edited(data, {f"A{line}": None for line in range(5, 9)})
    for bad in (b"", b"PK\x03\x04", b"a,b", edited(data, {"C4": "Việc"}), bare, b"x" * (6 << 20)):
        with pytest.raises(FormUnreadableError):
            forms.take(programme=programme, filename="a.xlsx", data=bad, by=office.officer, at=NOW)


def test_all_bodies_at_once_as_one_archive(office, programme):
    made = forms.hand_out_all(programme=programme, by=office.officer, at=NOW)
    assert {form.organisation for form, _rows in made} == {office.science, office.health}
    assert len(zipfile.ZipFile(io.BytesIO(forms_zip(made))).namelist()) == 2


def test_a_body_that_owes_nothing_gets_no_form(office, programme):
    write(forms_back(office, programme), office.officer, **PAPER)
    with pytest.raises(NothingToAskError):
        forms.hand_out(programme=programme, organisation=office.health, by=office.officer, at=NOW)


def forms_back(office, programme) -> ReturnedForm:
    made = forms.hand_out(programme=programme, organisation=office.health, by=office.officer, at=NOW)
    data = edited(form_xlsx(*made), {"E5": "Đã khám."})
    return forms.take(programme=programme, filename="y-te.xlsx", data=data, by=office.officer, at=NOW)


# -- work that is not done ---------------------------------------------------------------------------------------------


def test_a_row_that_says_how_much_is_done_is_progress_and_stays_open(office, programme, back):
    done = write(back({f"E{ONCE}": "Đã khảo sát.", f"I{ONCE}": "40 %"}), office.officer, **PAPER)
    assert (done.written, done.handed_in) == (1, 1)
    one = Progress.objects.get()
    assert (one.percent, one.text, one.on_paper, one.documents[-1][0]) == (40, "Đã khảo sát.", True, "15/BC-SKHCN")
    assert one.obligation.state == "open"
    assert not Evidence.objects.filter(withdrawn_at=None).exists()


def test_what_is_all_done_is_a_completion(office, programme, back):
    write(back({**GOOD, f"I{ONCE}": 100}), office.officer, **PAPER)
    assert answer(programme, "Xây dựng kế hoạch").obligation.state == "submitted"
    assert not Progress.objects.exists()


@pytest.mark.parametrize(
    ("place", "said", "problem"),
    [(ONCE, "gần xong", Problem.PERCENT), (ONCE, 140, Problem.PERCENT), (ONCE, 0.4, Problem.PERCENT),
     (ONCE, "%", Problem.PERCENT), (STANDING, 40, Problem.PERCENT_OF_PERIOD), (SECRET, 40, Problem.RESTRICTED)],
)  # fmt: skip
def test_a_percentage_is_a_number_of_work_with_an_end(office, back, place, said, problem):
    assert problems(back({f"I{place}": said}), office.officer)[int(place)] == problem


def test_a_form_handed_out_before_there_was_the_column_is_read_too(office, programme, form):
    book = load_workbook(io.BytesIO(form_xlsx(*form)))
    book.active.delete_cols(9)
    book.active[f"E{ONCE}"] = "Đã trình."
    out = io.BytesIO()
    book.save(out)
    taken = forms.take(programme=programme, filename="a.xlsx", data=out.getvalue(), by=office.officer, at=NOW)
    assert problems(taken, office.officer) == {int(ONCE): ""}
