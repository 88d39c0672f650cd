"""The programme as a workbook."""

import pytest

import factories as make
from tiendo.work.programmes.actions import evidence, reports, tasks
from tiendo.work.programmes.exports import COLUMNS, programme_xlsx
from tiendo.work.programmes.messages import STANDINGS
from tiendo.work.programmes.rules.standing import Standing
from work.directives.test_exports import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(office):
    return make.programme(
        make.row("=1+1", office.science.name, deadline=make.by_date(make.days(-5))),
        make.row("Thi kể chuyện", office.health.name, deadline=make.continuous()),
        make.row("Sơ kết", "Sở Lạ Chưa Biết"),
        office=office.body,
        by=office.chief,
        tracked_from=make.days(-60),
    )


def table(programme, on=make.TODAY, **only):
    rows = sheets(programme_xlsx(programme, on, **only))["Nhiệm vụ"]
    return rows[1][0], [dict(zip(COLUMNS, cells, strict=False)) for cells in rows[3:]]


def answered(programme, office, *, text="Đã xong", at=make.NOW):
    owed = programme.obligations.get(standing=False)
    by = office.who("head", office.science)
    draft = reports.draft_once(obligation=owed, by=by, at=at)
    draft = reports.save(report=draft, answers={owed.pk: reports.Said(text=text)}, version=draft.version, by=by, at=at)
    answer = draft.answers.get()
    evidence.cite(answer=answer, number="12/BC-SKHCN", issued_on=make.days(-1), by=by, at=at)
    return draft, answer, by


def test_one_row_a_task_and_texts_stay_texts(programme, office):
    _, rows = table(programme)
    assert [row["Nội dung nhiệm vụ"] for row in rows] == ["=1+1", "Thi kể chuyện", "Sơ kết"]
    assert [row["Cơ quan chủ trì"] for row in rows] == [office.science.name, office.health.name, "Sở Lạ Chưa Biết"]
    assert [row["Tình trạng"] for row in rows] == ["Quá hạn kéo dài", "Chưa báo cáo kỳ", "Chưa đến kỳ báo cáo"]
    assert rows[0]["Hạn báo cáo"] == f"{make.days(-5):%d/%m/%Y}"


def test_every_rate_has_its_denominator(programme):
    said, _ = table(programme)
    assert "Hoàn thành 0/1 việc đến hạn (0,0%)" in said
    assert "Việc thường xuyên: đã báo cáo 0/1." in said
    before, _ = table(programme, on=make.days(-6))
    assert "Hoàn thành 0/0 việc đến hạn:" in before


def test_what_was_handed_in_is_shown_and_drafts_are_not(programme, office):
    draft, _, by = answered(programme, office)
    assert table(programme)[1][0].get("Kết quả, minh chứng", "") == ""
    reports.submit(report=draft, by=by, at=make.NOW)
    said, rows = table(programme)
    assert rows[0]["Kết quả, minh chứng"] == f"Đã xong; 12/BC-SKHCN ngày {make.days(-1):%d/%m/%Y}"
    assert rows[0]["Tình trạng"] == "Gửi muộn, chờ xác nhận"
    assert "quá hạn 1" in said


def test_a_restricted_task_shows_numbers_and_dates_only(programme, office, committed):
    draft, answer, by = answered(programme, office, text="Điều phải giữ kín")
    with committed():
        evidence.attach(answer=answer, filename="kin.pdf", chunks=[b"%PDF-1.4 x"], by=by, at=make.NOW)
    reports.submit(report=draft, by=by, at=make.NOW)
    tasks.set_restricted(task=answer.obligation.task, restricted=True, by=office.chief, at=make.NOW)
    shown = table(programme)[1][0]["Kết quả, minh chứng"]
    assert shown == f"Báo cáo theo chế độ riêng\n12/BC-SKHCN ngày {make.days(-1):%d/%m/%Y}"


def test_a_withdrawn_piece_is_gone_and_a_file_is_named(programme, office, committed):
    draft, answer, by = answered(programme, office)
    with committed():
        piece = evidence.attach(answer=answer, filename="sai.pdf", chunks=[b"%PDF-1.4 x"], by=by, at=make.NOW)
        evidence.attach(answer=answer, filename="anh.pdf", chunks=[b"%PDF-1.4 y"], by=by, at=make.NOW)
    evidence.withdraw(evidence=piece, by=by, at=make.NOW)
    reports.submit(report=draft, by=by, at=make.NOW)
    shown = table(programme)[1][0]["Kết quả, minh chứng"]
    assert "anh.pdf" in shown
    assert "sai.pdf" not in shown


def test_nothing_arose_is_said(programme, office):
    owed = programme.obligations.get(standing=True)
    by = office.who("head", office.health)
    period = f"{owed.period_start}/{owed.period_end}"
    draft = reports.draft_period(programme=programme, organisation=office.health, period=period, by=by, at=make.NOW)
    said = {owed.pk: reports.Said(nothing_arose=True)}
    draft = reports.save(report=draft, answers=said, version=draft.version, by=by, at=make.NOW)
    reports.submit(report=draft, by=by, at=make.NOW)
    assert table(programme)[1][1]["Kết quả, minh chứng"] == f"{owed.period_name}; Không phát sinh"


def test_only_what_a_person_sees(programme, office):
    draft, _, by = answered(programme, office)
    reports.submit(report=draft, by=by, at=make.NOW)
    said, rows = table(programme, tasks=programme.tasks.filter(position=2))
    assert [row["Nội dung nhiệm vụ"] for row in rows] == ["Thi kể chuyện"]
    assert "Hoàn thành 0/0" in said
    _, rows = table(programme, obligations=programme.obligations.exclude(organisation=office.science))
    assert rows[0].get("Kết quả, minh chứng", "") == ""


def test_the_number_of_queries_does_not_grow(programme, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        programme_xlsx(programme, make.TODAY)


def test_every_standing_has_its_word():
    assert set(STANDINGS) == set(Standing)
