"""A draft is put before whoever signs, who is told; it comes back, is written on, or goes out."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.queries import rights
from tiendo.work.programmes.actions import evidence, presenting, reports
from tiendo.work.programmes.errors import AnswerMissingError, EvidenceMissingError, ReportStateError
from tiendo.work.programmes.errors_of_matters import NoSignerError, NotPresentedError
from tiendo.work.programmes.models import Obligation, Report
from tiendo.work.programmes.queries.work import to_sign
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
CONTENT = "Xây dựng kế hoạch kín"


@pytest.fixture
def owed(office: Office) -> Obligation:
    row = make.row(CONTENT, SCIENCE, deadline=make.by_date(days(10)))
    return make.programme(row, office=office.body, by=office.chief).obligations.get()


@pytest.fixture
def clerk(office: Office):
    return office.who("clerk", office.science)


@pytest.fixture
def head(office: Office):
    return office.who("head", office.science)


@pytest.fixture
def draft(owed, clerk) -> Report:
    """Ready to be signed."""
    found = reports.draft_once(obligation=owed, by=clerk, at=NOW)
    said = {owed.pk: reports.Said(text="Đã trình.")}
    found = reports.save(report=found, answers=said, version=found.version, by=clerk, at=NOW)
    evidence.cite(answer=found.answers.get(), number="31/BC", issued_on=TODAY, by=clerk, at=NOW)
    return found


def waits(user) -> list[int]:
    return [one.pk for one in to_sign(rights(user, TODAY))]


def told(user) -> list[str]:
    return list(
        Notice.objects.filter(user=user, kind="programmes.presented").order_by("pk").values_list("subject", flat=True)
    )


def test_the_head_and_whoever_stands_in_are_told_numbers_only(draft, clerk, head, office: Office):
    deputy = office.who("officer", office.science)
    make.absence(Post.objects.get(user=head), deputy=deputy)
    presenting.present(report=draft, by=clerk, at=NOW)
    for signer in (head, deputy):
        assert told(signer) == ["Báo cáo chờ bạn ký gửi: 12-CTr/TU, nhiệm vụ 1"]
        assert waits(signer) == [draft.pk]
    assert told(clerk) == waits(clerk) == told(office.chief) == []
    assert not Notice.objects.filter(body__contains="kín").exists()
    draft.refresh_from_db()
    assert (draft.presented_by, draft.presented_at, draft.state) == (clerk, NOW, "draft")
    assert Event.objects.filter(verb="programmes.report.presented", actor=clerk.actor).count() == 1


def test_written_on_it_waits_no_more(draft, clerk, head, owed):
    presenting.present(report=draft, by=clerk, at=NOW)
    draft.refresh_from_db()
    reports.save(report=draft, answers={owed.pk: reports.Said(text="Sửa.")}, version=draft.version, by=clerk, at=NOW)
    draft.refresh_from_db()
    assert (draft.presented_by, draft.presented_at, waits(head)) == (None, None, [])


def test_it_stays_before_whoever_signs_where_they_write_or_nothing_is_new(draft, clerk, head, owed):
    """The head puts a word right, or the sending is refused: the draft waits for them still."""
    report = presenting.present(report=draft, by=clerk, at=NOW)
    for said, version in (("Đã trình đề án.", 2), ("Đã trình xong đề án.", 3)):
        answers = {owed.pk: reports.Said(text=said)}
        report = reports.save(report=report, answers=answers, version=report.version, by=head, at=NOW)
        assert (waits(head), report.presented_by, version) == ([report.pk], clerk, version)
    reports.save(report=report, answers={owed.pk: reports.Said(text="Khác")}, version=report.version, by=clerk, at=NOW)
    assert waits(head) == []


def test_given_back_whoever_put_it_there_is_told(draft, clerk, head):
    presenting.present(report=draft, by=clerk, at=NOW)
    with pytest.raises(NotAllowedError):
        presenting.give_back(report=draft, by=clerk, at=NOW)
    presenting.give_back(report=draft, by=head, at=moment(TODAY, 15))
    assert told(clerk) == ["Bản soạn báo cáo được trả lại: 12-CTr/TU, nhiệm vụ 1"]
    assert waits(head) == []
    with pytest.raises(NotPresentedError):
        presenting.give_back(report=draft, by=head, at=NOW)


def test_sent_it_waits_no_more_also_when_it_is_sent_back(draft, clerk, head, office: Office):
    presenting.present(report=draft, by=clerk, at=NOW)
    sent = reports.submit(report=draft, by=head, at=NOW)
    with pytest.raises(ReportStateError):
        presenting.present(report=sent, by=clerk, at=NOW)
    reports.ask_more(report=sent, reason="Thiếu.", seen_round=1, by=office.who("head"), at=NOW)
    assert waits(head) == []


def test_what_could_not_be_sent_is_not_put_before_anyone(owed, clerk, head):
    empty = reports.draft_once(obligation=owed, by=clerk, at=NOW)
    with pytest.raises((AnswerMissingError, EvidenceMissingError)):
        presenting.present(report=empty, by=clerk, at=NOW)
    assert told(head) == []


def test_progress_is_put_before_the_head_who_sends_it(owed, clerk, head):
    draft = reports.draft_once(obligation=owed, by=clerk, at=NOW)
    said = {owed.pk: reports.Said(text="Đã xong khảo sát.", percent=40)}
    draft = reports.save(report=draft, answers=said, version=draft.version, by=clerk, at=NOW)
    presenting.present(report=draft, by=clerk, at=NOW)
    assert waits(head) == [draft.pk]
    reports.send_progress(report=draft, by=head, at=NOW)
    assert waits(head) == []
    owed.refresh_from_db()
    assert (owed.state, owed.progress.get().percent) == ("open", 40)


def test_where_nobody_signs_it_says_so(draft, clerk):
    with pytest.raises(NoSignerError, match="thêm người đứng đầu"):
        presenting.present(report=draft, by=clerk, at=NOW)
    draft.refresh_from_db()
    assert draft.presented_at is None


def test_nobody_of_another_body(draft, office: Office):
    for who in (office.who("clerk", office.health), office.chief):
        with pytest.raises(NotAllowedError):
            presenting.present(report=draft, by=who, at=NOW)
