"""What concerns a body, or one of its people, at once: told by numbers alone, to them and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from factories import NOW, TODAY, days
from tiendo.foundation.audit.models import Event
from tiendo.foundation.notifications.models import Notice
from tiendo.work.programmes.actions import evidence, instructions, letters, reports
from tiendo.work.programmes.errors_of_matters import ProgressSentError
from tiendo.work.programmes.models import Evidence, Obligation, Progress
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(office: Office) -> Obligation:
    rows = [make.row("Việc kín đáo", SCIENCE, deadline=make.by_date(days(-9)))]
    return make.programme(*rows, office=office.body, by=office.chief, tracked_from=days(-60)).obligations.get()


def told(user) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("subject", "url"))


def sent(owed: Obligation, head):
    draft = reports.draft_once(obligation=owed, by=head, at=NOW)
    draft = reports.save(report=draft, answers={owed.pk: reports.Said(text="Xong.")}, version=1, by=head, at=NOW)
    evidence.cite(answer=draft.answers.get(), number="1/BC", issued_on=TODAY, level="", by=head, at=NOW)
    return reports.submit(report=draft, by=head, at=NOW)


def test_a_confirmation_taken_back_is_told_to_whoever_reported(office: Office, owed):
    head, clerk, confirmer = office.who("head", office.science), office.who("clerk", office.science), office.who("head")
    report = reports.confirm(report=sent(owed, head), seen_round=1, by=confirmer, at=NOW)
    assert told(head) == []
    report = reports.revoke(report=report, reason="Thiếu chữ ký kín.", seen_round=1, by=confirmer, at=NOW)
    for user in (head, clerk):
        assert told(user) == [("Xác nhận bị hủy: 12-CTr/TU, nhiệm vụ 1", f"/bao-cao/{report.pk}/")]
    assert told(confirmer) == told(office.who("head", office.health)) == []
    assert not Notice.objects.filter(body__contains="kín").exists()


def test_whoever_was_given_work_inside_a_body_hears_it(office: Office, owed):
    head, clerk = office.who("head", office.science), office.who("clerk", office.science)
    instructions.give(obligation=owed, to=clerk, text="Làm kín.", due=days(3), by=head, at=NOW)
    assert told(clerk) == [("Bút phê: 12-CTr/TU, nhiệm vụ 1", f"/nhiem-vu/{owed.task_id}/")]
    assert f"hạn trong cơ quan {days(3):%d/%m/%Y}" in Notice.objects.get().body
    assert "kín" not in Notice.objects.get().body
    instructions.give(obligation=owed, to=head, by=head, at=NOW + timedelta(minutes=1))
    assert told(head) == [], "nobody is told what they did themselves"


def test_a_letter_that_went_out_is_told_to_its_body(office: Office, owed):
    head = office.who("head", office.science)
    letter = letters.draft(
        programme=owed.programme, organisation=office.science, kind="remind", by=office.officer, at=NOW
    )
    assert told(head) == []
    letters.issue(letter=letter, number="12-CV/VPTU", issued_on=TODAY, by=office.officer, at=NOW)
    what = f"Công văn 12-CV/VPTU ngày {TODAY:%d/%m/%Y} (công văn đôn đốc) gửi cơ quan của bạn"
    assert told(head) == [(what, f"/cong-van/{letter.pk}/")]
    assert told(office.officer) == told(office.who("head", office.health)) == []


def test_the_same_progress_is_not_sent_twice(office: Office, owed):
    """As from a browser that went back; what is new goes."""
    head = office.who("head", office.science)

    def send(text: str, percent: int | None, number: str = "") -> Progress:
        draft = reports.draft_once(obligation=owed, by=head, at=NOW)
        said = {owed.pk: reports.Said(text=text, percent=percent)}
        draft = reports.save(report=draft, answers=said, version=draft.version, by=head, at=NOW)
        if number:
            evidence.cite(answer=draft.answers.get(), number=number, issued_on=TODAY, level="", by=head, at=NOW)
        return reports.send_progress(report=draft, by=head, at=NOW)

    first = send("Đã khảo sát.", 40, "45-BC/HNDT")
    for percent in (None, 40):
        with pytest.raises(ProgressSentError, match="đang chờ xác nhận"):
            send("Đã khảo sát.", percent)
    assert Progress.objects.filter(state="asked").get() == first
    for text, percent, number in (("Đã khảo sát.", 50, ""), ("Đã họp.", 50, ""), ("Đã họp.", 50, "46-BC/HNDT")):
        assert send(text, percent, number).state == "asked"


def test_a_document_that_went_with_progress_was_not_withdrawn(office: Office, owed):
    head = office.who("head", office.science)
    draft = reports.draft_once(obligation=owed, by=head, at=NOW)
    evidence.cite(answer=draft.answers.get(), number="45-BC/HNDT", issued_on=TODAY, level="", by=head, at=NOW)
    reports.send_progress(report=draft, by=head, at=NOW)
    assert Evidence.objects.get().withdrawn_at == NOW
    verbs = set(Event.objects.filter(verb__startswith="programmes.evidence").values_list("verb", flat=True))
    assert verbs == {"programmes.evidence.cited", "programmes.evidence.sent_with_progress"}
