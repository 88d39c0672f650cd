"""A report that changed, came back unchanged, or whose body was merged away, while somebody had a page of it open."""

from __future__ import annotations

import pytest

import factories as make
import snapshots
from doors.desk.world import PLAN, STANDING, World, open_programme, words
from factories import NOW, days, moment
from register_files import edited
from tiendo.foundation.notifications.models import Notice
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import corrections, evidence, forms, links, reports, tasks
from tiendo.work.programmes.errors import NothingNewError, RoundChangedError
from tiendo.work.programmes.form_files import form_xlsx
from tiendo.work.programmes.models import Report
from tiendo.work.programmes.queries import tally
from tiendo.work.programmes.queries.links import at_hand
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(office: Office) -> World:
    return open_programme(office)


@pytest.fixture
def head(office: Office):
    return office.who("head", office.science)


def typed(owed, version, **said):
    prefix = f"o{owed.pk}-"
    fields = {f"{prefix}{name}": value for name, value in said.items()}
    return {"act": "submit", "version": version, **fields}


class TestSentBack:
    """`Báo cáo … đề nghị bổ sung`: it comes in again only with something new in it."""

    @pytest.fixture
    def returned(self, world: World, head, office: Office) -> Report:
        owed = world.owed(PLAN)
        draft = reports.draft_once(obligation=owed, by=head, at=NOW)
        reports.save(report=draft, answers={owed.pk: reports.Said(text="Đã trình.")}, version=1, by=head, at=NOW)
        make.evidence(draft.answers.get(), by=head)
        draft.refresh_from_db()
        reports.submit(report=draft, by=head, at=NOW)
        reports.ask_more(report=draft, seen_round=1, reason="Thiếu số liệu.", by=office.chief, at=moment(days(1)))
        draft.refresh_from_db()
        return draft

    def test_unchanged_it_is_refused_and_says_what_to_do(self, returned, head):
        before = snapshots.rows()
        with pytest.raises(NothingNewError, match=r"chưa có gì khác.*văn bản trả lời"):
            reports.submit(report=returned, by=head, at=moment(days(2)))
        assert snapshots.rows() == before

    def test_saved_again_with_the_same_words_it_is_still_the_same(self, returned, head):
        owed = returned.answers.get().obligation_id
        said = {owed: reports.Said(text="  Đã trình. ")}
        reports.save(report=returned, answers=said, version=returned.version, by=head, at=moment(days(2)))
        with pytest.raises(NothingNewError):
            reports.submit(report=returned, by=head, at=moment(days(2)))

    def test_a_piece_that_was_added_and_taken_back_is_nothing_new(self, returned, head):
        evidence.withdraw(evidence=make.evidence(returned.answers.get(), by=head), by=head, at=NOW)
        with pytest.raises(NothingNewError):
            reports.submit(report=returned, by=head, at=moment(days(2)))

    @pytest.mark.parametrize("what", ["text", "percent", "added", "replaced"])
    def test_with_anything_new_it_goes(self, returned, head, what):
        answer = returned.answers.get()
        if what in {"text", "percent"}:
            said = reports.Said(text="Đã trình đủ." if what == "text" else "Đã trình.", percent=100)
            reports.save(
                report=returned, answers={answer.obligation_id: said}, version=returned.version, by=head, at=NOW
            )
        else:
            if what == "replaced":
                evidence.withdraw(evidence=answer.evidence.get(), by=head, at=NOW)
            make.evidence(answer, by=head)
        assert reports.submit(report=returned, by=head, at=moment(days(2))).round == 2

    def test_twice_sent_back_it_is_held_against_the_last_time(self, returned, head, office: Office):
        again = make.resubmitted(returned, at=moment(days(2)))
        reports.ask_more(report=again, seen_round=2, reason="Vẫn thiếu.", by=office.chief, at=moment(days(3)))
        again.refresh_from_db()
        with pytest.raises(NothingNewError):
            reports.submit(report=again, by=head, at=moment(days(4)))

    def test_of_a_period_one_changed_row_is_enough(self, world: World, head, office: Office):
        report = reports.draft_once(obligation=world.owed(STANDING), by=head, at=NOW)
        rows = list(report.answers.values_list("obligation", flat=True))
        quiet = dict.fromkeys(rows, reports.Said(nothing_arose=True))
        report = reports.save(report=report, answers=quiet, version=report.version, by=head, at=NOW)
        report = reports.submit(report=report, by=head, at=NOW)
        reports.ask_more(report=report, seen_round=1, reason="Có phát sinh.", by=office.chief, at=NOW)
        report.refresh_from_db()
        with pytest.raises(NothingNewError):
            reports.submit(report=report, by=head, at=NOW)
        one = {rows[0]: reports.Said(text="Mở một lớp.")}
        report = reports.save(report=report, answers=one, version=report.version, by=head, at=NOW)
        assert reports.submit(report=report, by=head, at=NOW).round == 2

    def test_the_page_says_it_and_keeps_what_is_there(self, enter, returned, head):
        client = enter(head)
        owed = returned.answers.get().obligation
        page = client.post(f"/viec/{owed.pk}/", typed(owed, returned.version, text="Đã trình."))
        assert page.status_code == 422
        assert "chưa có gì khác với lần gửi" in words(page)
        assert Report.objects.get(pk=returned.pk).round == 1

    def test_on_the_bodys_paper_the_paper_is_what_is_new(self, returned, office: Office):
        form = forms.hand_out(
            programme=returned.programme, organisation=office.science, by=office.officer, at=moment(days(2))
        )
        data = edited(form_xlsx(*form), {"E5": "Đã trình."})
        more = {"programme": returned.programme, "by": office.officer, "at": moment(days(2))}
        back = forms.take(filename="a.xlsx", data=data, **more)
        done = forms.write(returned=back, by=office.officer, at=moment(days(2)), paper="15/BC", signed_on=days(1))
        assert (done.handed_in, Report.objects.get(pk=returned.pk).round) == (1, 2)

    def test_the_heir_sends_what_was_sent_back_only_with_something_new(self, returned, office: Office):
        draft = make.succession("absorb", [office.science], [office.health])
        handovers.carry_out(succession=draft, by=draft.drafted_by, at=moment(days(2)))
        heir = office.who("head", office.health)
        theirs = Report.objects.get(organisation=office.health)
        with pytest.raises(NothingNewError):
            reports.submit(report=theirs, by=heir, at=moment(days(3)))
        make.evidence(theirs.answers.get(), by=heir)
        assert reports.submit(report=theirs, by=heir, at=moment(days(3))).round == 1


class TestTheConfirmerDecidesOnWhatTheySaw:
    def test_a_revocation_of_a_round_that_was_not_read_is_refused(self, world: World, office: Office):
        chief, sent = office.chief, world.sent(PLAN)
        reports.confirm(report=sent, seen_round=1, by=chief, at=NOW)
        reports.revoke(report=sent, reason="Nhầm.", seen_round=1, by=chief, at=NOW)
        reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=chief, at=NOW)
        again = make.resubmitted(sent)
        reports.confirm(report=again, seen_round=2, by=chief, at=NOW)
        before = snapshots.rows()
        with pytest.raises(RoundChangedError, match="lần 2"):
            reports.revoke(report=again, reason="Nhầm.", seen_round=1, by=chief, at=NOW)
        assert snapshots.rows() == before

    def test_an_old_page_of_revoking_leads_to_what_is_there_now(self, enter, world: World, office: Office):
        sent = make.submitted(world.owed(PLAN))
        reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW)
        Report.objects.filter(pk=sent.pk).update(round=2)
        client = enter(office.chief)
        url = f"/bao-cao/{sent.pk}/huy-xac-nhan/"
        answer = client.post(url, {"reason": "Nhầm.", "round": 1}, follow=True)
        assert answer.redirect_chain == [(f"/bao-cao/{sent.pk}/", 302)]
        assert "gửi lại (lần 2)" in words(answer)
        assert Report.objects.get(pk=sent.pk).state == "confirmed"
        assert 'name="round" value="2"' in client.get(url).content.decode()

    def test_a_corrected_day_is_not_a_changed_report(self, world: World, office: Office):
        """The correction is its own act, told on the page; what was said is what the confirmer read."""
        sent = world.sent(PLAN)
        owed = sent.answers.get().obligation
        asked = corrections.propose(
            obligation=owed, field="submitted_on", after=days(-1), reason="Gõ nhầm.", by=office.officer, at=NOW
        )
        corrections.decide(correction=asked, granted=True, word="Đúng.", by=office.chief, at=NOW)
        assert reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW).state == "confirmed"


OF_DRAFTS = "programmes.passed_on"
"""Notices about what somebody was writing; that bodies were merged is told apart."""


class TestMergedBetweenDraftAndSubmit:
    """The writer has a page open; the body is absorbed; they send what they typed."""

    @pytest.fixture
    def draft(self, world: World, head) -> Report:
        owed = world.owed(PLAN)
        draft = reports.draft_once(obligation=owed, by=head, at=NOW)
        reports.save(report=draft, answers={owed.pk: reports.Said(text="Đã trình.")}, version=1, by=head, at=NOW)
        make.evidence(draft.answers.get(), by=head)
        draft.refresh_from_db()
        return draft

    def absorb(self, office: Office, *, move_posts: bool = True):
        draft = make.succession("absorb", [office.science], [office.health])
        return handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW, move_posts=move_posts)

    def test_the_draft_is_the_heirs_whole_and_the_writer_is_told(self, draft, head, office: Office):
        self.absorb(office)
        answer = Report.objects.get().answers.get()
        assert (answer.report.organisation, answer.report.state, answer.text) == (office.health, "draft", "Đã trình.")
        assert [str(piece) for piece in answer.evidence.all()] == ["31/BC-SKHCN"]
        notice = Notice.objects.get(user=head, kind=OF_DRAFTS)
        assert notice.subject == f"Bản bạn đang soạn đã chuyển cho {HEALTH}"
        assert f"1 việc của {SCIENCE}" in notice.body
        assert "nhiệm vụ 1" in notice.body
        assert list(tally.differences()) == []

    def test_content_is_in_no_notice(self, world: World, head, office: Office):
        for position in (PLAN, STANDING):
            reports.draft_once(obligation=world.owed(position), by=head, at=NOW)
        self.absorb(office)
        told = "".join(f"{notice.subject} {notice.body}" for notice in Notice.objects.filter(user=head))
        for task in world.programme.tasks.all():
            assert task.content not in told

    def test_who_had_no_hand_in_it_is_told_of_no_draft(self, draft, office: Office):
        other = office.who("clerk", office.science)
        self.absorb(office)
        assert not Notice.objects.filter(user=other, kind=OF_DRAFTS).exists()

    def test_taken_back_the_writer_is_told_that_too(self, draft, head, office: Office):
        done = self.absorb(office)
        handovers.undo(succession=done.succession, by=done.succession.drafted_by, at=moment(days(0), 15))
        assert Report.objects.get().answers.get().text == "Đã trình."
        subjects = [notice.subject for notice in Notice.objects.filter(user=head, kind=OF_DRAFTS)]
        assert subjects[0] == f"Bản bạn đang soạn đã chuyển cho {SCIENCE}"

    def test_who_went_along_sends_it_for_the_heir(self, enter, draft, head, office: Office):
        owed = draft.answers.get().obligation
        client = enter(head)
        self.absorb(office)
        version = Report.objects.get().version
        first = client.post(f"/viec/{owed.pk}/", typed(owed, version, text="Đã trình đủ."))
        sent = Report.objects.get()
        assert first.url == f"/bao-cao/{sent.pk}/"
        assert (sent.state, sent.organisation, sent.answers.get().text) == ("submitted", office.health, "Đã trình đủ.")

    def test_who_stayed_is_told_where_it_went_and_keeps_their_words(self, enter, draft, head, office: Office):
        """Their post at the old body ended with it, and with another post they still write, for somebody else."""
        owed = draft.answers.get().obligation
        self.absorb(office, move_posts=False)
        make.post("head", body=office.body, who=head)
        client = enter(head)
        before = snapshots.rows()["programmes.Answer"]
        opened = client.get(f"/viec/{owed.pk}/")
        posted = client.post(f"/viec/{owed.pk}/", typed(owed, 2, text="Gõ dở dang."))
        for page in (opened, posted):
            assert page.status_code == 409
            assert f"việc này do {HEALTH} trả lời" in words(page)
        assert ">Gõ dở dang.</textarea>" in posted.content.decode()
        assert snapshots.rows()["programmes.Answer"] == before

    def test_the_periods_page_of_the_body_that_ended_says_who_answers_now(self, enter, world: World, head, office):
        owed = world.owed(STANDING)
        reports.draft_once(obligation=owed, by=head, at=NOW)
        url = world.writing(STANDING)
        self.absorb(office)
        client = enter(head)
        page = client.post(url, typed(owed, 1, text="Đã mở hai lớp."))
        assert page.status_code == 409
        assert f"việc này do {HEALTH} trả lời" in words(page)
        assert ">Đã mở hai lớp.</textarea>" in page.content.decode()
        assert f"/ky/{office.health.pk}/" in page.content.decode(), "where it is written now"
        stranger = office.who("head", office.elsewhere)
        assert enter(stranger).get(url).status_code == 404

    def test_who_may_write_nowhere_any_more_gets_their_words_back(self, enter, draft, head, office: Office):
        owed = draft.answers.get().obligation
        self.absorb(office, move_posts=False)
        client = enter(head)
        page = client.post(f"/viec/{owed.pk}/", typed(owed, 2, text="Gõ đến nửa chừng."))
        assert page.status_code == 403
        assert ">Gõ đến nửa chừng.</textarea>" in page.content.decode()

    def test_a_link_of_the_body_that_ended_writes_nothing(self, world: World, office: Office):
        link, said = make.draft_link(world.owed(PLAN), by=office.officer), reports.Said(text="Qua liên kết.")
        links.keep(link=link, answers={world.owed(PLAN).pk: said}, cited={}, version=1, at=NOW)
        self.absorb(office)
        report, _rows = at_hand([world.owed(PLAN)])
        assert (report.organisation, report.answers.get().text) == (office.health, "Qua liên kết.")
        assert not Notice.objects.filter(kind="programmes.passed_on").exists(), "nobody wrote it whom we know"

    def test_what_was_handed_in_before_stays_with_who_handed_it_in(self, world: World, office: Office):
        sent = world.sent(PLAN)
        self.absorb(office)
        sent.refresh_from_db()
        assert (sent.organisation, sent.state) == (office.science, "submitted")
        assert reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW).state == "confirmed"

    def test_a_task_restricted_meanwhile_takes_the_words_of_the_moved_draft(self, draft, head, office: Office):
        self.absorb(office)
        answer = Report.objects.get().answers.get()
        tasks.set_restricted(task=answer.obligation.task, restricted=True, by=office.chief, at=NOW)
        answer.refresh_from_db()
        assert answer.text == ""
