"""Letters: drafted by the system, signed by a person, entered back; in the form of their office."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from docx import Document as Paper

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.organisations.models import Kind, Organisation
from tiendo.foundation.organisations.rules.party import KINDS
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions import letters, reminders, reports
from tiendo.work.programmes.errors import (
    LetterAnsweredError,
    LetterDayError,
    LetterIssuedError,
    LetterNotIssuedError,
    LetterNumberError,
    NothingOverdueError,
)
from tiendo.work.programmes.letters import letter_docx
from tiendo.work.programmes.models import Letter, Obstacle, Task
from tiendo.work.programmes.queries import letters as queries
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(office: Office):
    return make.programme(
        make.row("Trình đề án đô thị", SCIENCE, deadline=make.by_date(days(-12))),
        make.row("Ban hành quy chế", SCIENCE, deadline=make.by_date(days(-1))),
        make.row("Việc kín đáo", SCIENCE, deadline=make.by_date(days(-4)), restricted="rule"),
        make.row("Đến hạn hôm nay", SCIENCE, deadline=make.by_date(days(0))),
        make.row("Khám sức khỏe", HEALTH, deadline=make.by_date(days(30))),
        office=office.body, by=office.chief, tracked_from=days(-60),
    )  # fmt: skip


@pytest.fixture
def draft(programme, office):
    return lambda kind="remind", at=NOW, body=None: letters.draft(
        programme=programme, organisation=body or office.science, kind=kind, by=office.officer, at=at
    )


def issue(letter, office, number="12-CV/VPTU", on=TODAY, at=NOW):
    return letters.issue(letter=letter, number=number, issued_on=on, by=office.officer, at=at)


def answered(letter, office, number="31/SKHCN-VP", on=TODAY, at=NOW):
    return letters.answered(letter=letter, number=number, on=on, by=office.officer, at=at)


def said(letter) -> str:
    """All that the paper says, tables too."""
    paper = Paper(io.BytesIO(letter_docx(letter)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


class TestDrafting:
    def test_what_is_overdue_the_oldest_first_and_nothing_else(self, draft, programme):
        found = [(line.obligation.task.position, line.due, line.late) for line in queries.lines(draft())]
        assert found == [(1, days(-12), 12), (3, days(-4), 4), (2, days(-1), 1)]

    def test_a_draft_that_was_not_issued_is_drawn_up_anew(self, draft, programme):
        first = draft()
        make.submitted(programme.obligations.get(task__position=1))
        again = draft(at=NOW + timedelta(days=1))
        assert (again.pk, len(again.lines), again.as_of) == (first.pk, 3, days(1))
        assert draft("explain").pk != first.pk

    def test_after_the_first_was_issued_the_next_is_another(self, draft, office):
        first = issue(draft(), office)
        assert draft().pk != first.pk

    def test_a_body_that_owes_nothing_late_gets_none(self, draft, office):
        with pytest.raises(NothingOverdueError, match="Sở Y tế không có việc nào quá hạn"):
            draft(body=office.health)
        assert list(queries.addressees(draft().programme, TODAY)) == [office.science]

    def test_a_kind_that_there_is_not(self, draft):
        with pytest.raises(ValueError, match="praise"):
            draft("praise")

    def test_thrown_away_only_before_it_was_issued(self, draft, office):
        letter = draft()
        letters.discard(letter=letter, by=office.officer, at=NOW)
        assert not Letter.objects.exists()
        with pytest.raises(LetterIssuedError, match="12-CV/VPTU"):
            letters.discard(letter=issue(draft(), office), by=office.officer, at=NOW)


class TestTheNumber:
    def test_issued_and_answered(self, draft, office):
        letter = answered(issue(draft(), office), office, at=NOW)
        assert (letter.number, letter.issued_on) == ("12-CV/VPTU", TODAY)
        assert (letter.answer_number, letter.answered_on) == ("31/SKHCN-VP", TODAY)

    def test_each_only_once(self, draft, office):
        letter = issue(draft(), office)
        with pytest.raises(LetterIssuedError):
            issue(letter, office)
        answered(letter, office)
        with pytest.raises(LetterAnsweredError):
            answered(letter, office)

    def test_no_answer_before_it_was_issued(self, draft, office):
        with pytest.raises(LetterNotIssuedError):
            answered(draft(), office)

    @pytest.mark.parametrize("number", ["", "   ", "x" * 81])
    def test_a_number_is_a_number(self, draft, office, number):
        letter = draft()
        with pytest.raises(LetterNumberError):
            issue(letter, office, number=number)
        issue(letter, office, number=" 12-CV/VPTU \n")
        with pytest.raises(LetterNumberError):
            answered(letter, office, number=number)

    @pytest.mark.parametrize("day", [-1, 1])
    def test_not_before_it_was_drafted_nor_in_days_to_come(self, draft, office, day):
        letter = draft()
        with pytest.raises(LetterDayError, match="02/03/2026 đến 02/03/2026"):
            issue(letter, office, on=days(day))
        issue(letter, office)
        with pytest.raises(LetterDayError):
            answered(letter, office, on=days(day))


class TestWhoReads:
    def test_the_office_all_the_body_what_was_issued_to_it_others_nothing(self, draft, office):
        letter = draft()
        body, other = office.rights("head", office.science), office.rights("head", office.health)
        assert letter in queries.visible_to(office.rights("officer"))
        assert letter in queries.visible_to(office.rights("leader", office.root))
        assert letter not in queries.visible_to(body)
        issue(letter, office)
        assert letter in queries.visible_to(body)
        assert letter not in queries.visible_to(other)
        assert letter not in queries.visible_to(office.rights("office_head", office.elsewhere))


class TestThePaper:
    def test_a_party_office_writes_without_quoc_hieu(self, draft, office):
        text = said(draft())
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
        assert "CỘNG HÒA" not in text
        assert "Số ……-CV/……" in text
        assert "về việc đôn đốc thực hiện các nhiệm vụ quá hạn" in text
        assert "DỰ THẢO" in text
        assert "quyết định./." not in text

    @pytest.mark.parametrize(
        ("kind", "name"), [("commune", "Đảng ủy xã Suối Mơ"), ("armed_forces", "Đảng uỷ Quân sự tỉnh")]
    )
    def test_a_party_committee_that_the_register_has_as_something_else_does_so_too(self, draft, office, kind, name):
        Organisation.objects.filter(pk=office.body.pk).update(kind=kind, name=name)
        text = said(Letter.objects.get(pk=draft().pk))
        assert name.upper() in text
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
        assert "CỘNG HÒA" not in text
        assert "quyết định./." not in text

    @pytest.mark.parametrize("kind", ["peoples_committee", "department", "front", "commune"])
    def test_all_others_write_with_it(self, draft, office, kind):
        Organisation.objects.filter(pk=office.body.pk).update(kind=kind)
        letter = Letter.objects.get(pk=issue(draft(), office, number="15/UBND-VP").pk)
        text = said(letter)
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in text
        assert "ĐẢNG CỘNG SẢN" not in text
        assert "Số: 15/UBND-VP" in text
        assert "V/v đôn đốc" in text
        assert "ngày 02 tháng 3 năm 2026" in text
        assert "DỰ THẢO" not in text
        assert "quyết định./." in text

    def test_the_kinds_of_the_party_are_those_of_the_register(self):
        assert {kind for kind in Kind if kind.value.startswith("party")} == KINDS

    def test_the_lines_with_days_and_former_reminders(self, programme, office, draft):
        office.who("head", office.science)
        for day in (-3, 0):
            reminders.run_daily(at=moment(days(day)))
        text = said(draft())
        assert "1. Trình đề án đô thị\n18/02/2026\n12\n27/02/2026\n02/03/2026" in text
        assert "Sở Khoa học và Công nghệ còn 3 việc quá hạn" in text

    def test_what_was_sent_back_was_reported_and_is_told_so(self, programme, office, draft):
        owed = programme.obligations.get(task__position=2)
        sent = make.submitted(owed, at=NOW)
        head = office.who("head")
        reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=head, at=moment(days(1)))
        later = moment(days(20))
        text = said(draft(at=later))
        assert "Ban hành quy chế – đã báo cáo ngày 02/03/2026, chưa bổ sung theo yêu cầu" in text
        assert "việc quá hạn chưa báo cáo kết quả (trong đó 1 việc đã báo cáo nhưng chưa bổ sung" in text

    def test_the_directive_is_cited_in_full(self, programme, draft):
        Document.objects.update(kind="Chương trình hành động", issuer="Ban Thường vụ Tỉnh ủy", issued_on=days(-90))
        assert (
            f"Chương trình hành động số {programme.symbol} ngày {days(-90):%d/%m/%Y} của Ban Thường vụ Tỉnh ủy ("
            in said(draft())
        )

    def test_a_body_that_could_not_be_told_was_not_reminded(self, programme, draft):
        reminders.run_daily(at=moment(days(-3)))
        assert "27/02/2026" not in said(draft())

    def test_of_a_restricted_task_its_number_alone(self, draft):
        text = said(draft())
        assert "kín đáo" not in text
        assert "Nhiệm vụ 3\n26/02/2026\n4" in text

    def test_one_that_was_restricted_since_is_told_no_more(self, draft, programme):
        letter = draft()
        Task.objects.filter(programme=programme).update(restricted=True)
        assert "đô thị" not in said(Letter.objects.get(pk=letter.pk))

    def test_former_letters_and_the_level_that_must_decide(self, draft, office, programme):
        issue(draft(), office)
        owed = programme.obligations.get(task__position=1)
        Obstacle.objects.create(obligation=owed, text="Thiếu vốn", raised_on=TODAY, level=office.body)
        later = said(letters.draft(
            programme=programme, organisation=office.science, kind="explain", by=office.officer, at=moment(days(5))
        ))  # fmt: skip
        assert "đã có văn bản số 12-CV/VPTU ngày 02/03/2026." in later
        assert "giải trình bằng văn bản" in later
        assert "Văn phòng Tỉnh ủy" in later
        assert "Thiếu vốn" not in later, "what blocks is the body's own text"

    def test_of_standing_work_the_period_is_named(self, office):
        held = make.programme(make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()), office=office.body)
        letter = letters.draft(
            programme=held, organisation=office.science, kind="remind", by=office.officer, at=moment(days(150))
        )
        assert "Tuyên truyền (kỳ 6 tháng đầu năm 2026)" in said(letter)

    def test_always_in_vietnamese(self, draft):
        from django.utils.translation import override

        letter = draft()
        with override("en"):
            assert "Kính gửi: Sở Khoa học và Công nghệ" in said(letter)


class TestOfTheMonitor:
    """Whoever follows a programme writes in their own body's name."""

    @pytest.fixture
    def followed(self, office: Office):
        return make.programme(
            make.row("Trình đề án đô thị", SCIENCE, deadline=make.by_date(days(-12))),
            make.row("Khám sức khỏe", HEALTH, deadline=make.by_date(days(-5))),
            office=office.body, by=office.chief, monitor=office.health, tracked_from=days(-60),
        )  # fmt: skip

    def drafted(self, followed, office: Office, role: str = "monitor", **more) -> Letter:
        asked = {"programme": followed, "organisation": office.science, "kind": "remind", "writer": office.health}
        return letters.draft(**{**asked, "by": office.who(role, office.health), "at": NOW, **more})

    def test_the_head_of_the_paper_is_the_monitors(self, followed, office: Office):
        paper = said(self.drafted(followed, office))
        assert "SỞ Y TẾ" in paper
        assert "Sở Y tế đề nghị Sở Khoa học và Công nghệ khẩn trương" in paper
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in paper, "no office of the Party"
        assert "Văn phòng Tỉnh ủy".upper() not in paper

    def test_who_confirms_there_drafts_issues_and_enters_and_the_office_does_not(self, followed, office: Office):
        head = office.who("head", office.health)
        letter = self.drafted(followed, office, "head")
        with pytest.raises(NotAllowedError):
            issue(letter, office)
        with pytest.raises(NotAllowedError):
            letters.discard(letter=letter, by=office.officer, at=NOW)
        letters.issue(letter=letter, number="9/SYT-VP", issued_on=TODAY, by=head, at=NOW)
        letters.answered(letter=letter, number="31/SKHCN", on=TODAY, by=head, at=NOW)
        letter.refresh_from_db()
        assert (letter.number, letter.answer_number, letter.writer) == ("9/SYT-VP", "31/SKHCN", office.health)

    def test_each_has_a_draft_of_its_own_and_names_the_others_letters(self, followed, office: Office):
        theirs = self.drafted(followed, office)
        asked = {"programme": followed, "organisation": office.science, "kind": "remind"}
        own = letters.draft(**asked, by=office.officer, at=NOW)
        assert own.pk != theirs.pk
        assert self.drafted(followed, office).pk == theirs.pk
        letters.issue(letter=theirs, number="9/SYT", issued_on=TODAY, by=office.who("monitor", office.health), at=NOW)
        assert "Về các việc này, Sở Y tế đã có văn bản số 9/SYT ngày 02/03/2026." in said(own)

    @pytest.mark.parametrize(("role", "body"), [("clerk", "health"), ("head", "science"), ("leader", "health")])
    def test_who_does_not_follow_writes_nothing(self, followed, office: Office, role, body):
        with pytest.raises(NotAllowedError):
            self.drafted(followed, office, by=office.who(role, getattr(office, body)))

    def test_not_in_the_name_of_another_nor_to_oneself(self, followed, office: Office):
        for more in ({"writer": office.body}, {"writer": office.science}, {"organisation": office.health}):
            with pytest.raises(NotAllowedError):
                self.drafted(followed, office, **more)
        with pytest.raises(NotAllowedError):
            self.drafted(followed, office, by=office.officer)

    def test_outside_an_internal_programme_nobody_writes(self, followed, office: Office):
        letter = self.drafted(followed, office)
        Document.objects.filter(pk=followed.document_id).update(internal=True)
        with pytest.raises(NotAllowedError):
            self.drafted(followed, office)
        with pytest.raises(NotAllowedError):
            letters.discard(letter=letter, by=office.who("monitor", office.health), at=NOW)

    def test_the_letter_of_a_body_that_ended_is_the_offices(self, followed, office: Office):
        letter = self.drafted(followed, office)
        Organisation.objects.filter(pk=office.health.pk).update(ends=TODAY)
        letters.discard(letter=letter, by=office.officer, at=NOW)
        assert not Letter.objects.exists()
