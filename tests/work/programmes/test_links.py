"""Links for drafting: who issues them, what they open, and what they never do."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from doors.desk.world import HEALTHS, LATE, OTHER_STANDING, PLAN, SECRET, STANDING, World, open_programme
from factories import NOW, days
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.actions import links as acts
from tiendo.work.programmes.actions import reports
from tiendo.work.programmes.actions.links import Cited, Said
from tiendo.work.programmes.errors import (
    EvidenceIncompleteError,
    LinkBusyError,
    LinkClosedError,
    LinkDaysError,
    NothingDraftedError,
    OwnWorkError,
    ReportChangedError,
    RestrictedTaskError,
)
from tiendo.work.programmes.models import DraftLink, Evidence, Obligation, Report
from tiendo.work.programmes.queries import links
from tiendo.work.programmes.rules.links import LinkFacts, State, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(office) -> World:
    return open_programme(office)


def issue(world: World, position: int = PLAN, **more) -> tuple[DraftLink, str]:
    return make.link_and_token(world.owed(position), by=world.office.officer, **more)


def keep(link: DraftLink, said: dict[int, str], *, version: int = 1, at=NOW, **more) -> Report:
    answers = {pk: Said(text=text) for pk, text in said.items()}
    return acts.keep(link=link, answers=answers, version=version, at=at, **({"cited": {}} | more))


def test_the_token_is_found_and_only_its_digest_is_kept(world):
    link, token = issue(world)
    assert links.find(token) == link
    assert token.partition("-")[2] not in " ".join(str(value) for value in DraftLink.objects.values_list().get())
    assert link.expires_at == NOW + timedelta(days=14)
    event = Event.objects.get(verb="programmes.draft_link.issued")
    assert (event.actor, event.subject) == (world.office.officer.actor, f"programmes.programme:{world.programme.pk}")
    assert event.data == {"link": link.pk, "organisation": link.organisation_id, "until": days(14).isoformat()}


@pytest.mark.parametrize("change", ["x{}", "{}x", "9{}", "", "-", "1", "١-{}"])
def test_another_token_opens_nothing(world, change):
    _link, token = issue(world)
    assert links.find(change.format(token)) is None


def test_the_secret_of_one_link_does_not_open_another(world):
    (one, token), (two, _) = issue(world, PLAN), issue(world, LATE)
    assert links.find(f"{two.pk}-{token.partition('-')[2]}") is None
    assert links.find(f"{one.pk}-{token.partition('-')[2]}") == one


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [("office_head", "body", True), ("officer", "body", True), ("clerk", "body", False), ("head", "science", True),
     ("clerk", "science", False), ("officer", "science", False), ("head", "health", False),
     ("office_head", "elsewhere", False), ("administrator", "root", False), ("inspector", "body", False)],
)  # fmt: skip
def test_who_issues_and_revokes(world, role, where, may):
    owed, who = world.owed(PLAN), world.office.who(role, getattr(world.office, where))
    link, _ = issue(world, LATE)
    if may:
        assert acts.issue(obligation=owed, by=who, at=NOW)[0].issued_by == who
        acts.revoke(link=link, by=who, at=NOW)
        acts.revoke(link=link, by=who, at=NOW)
        assert Event.objects.filter(verb="programmes.draft_link.revoked").count() == 1
        return
    with pytest.raises(NotAllowedError):
        acts.issue(obligation=owed, by=who, at=NOW)
    with pytest.raises(NotAllowedError):
        acts.revoke(link=link, by=who, at=NOW)


@pytest.mark.parametrize("many", [0, 61, -1])
def test_days_have_bounds(world, many):
    with pytest.raises(LinkDaysError):
        issue(world, days_=many)


def test_for_what_was_handed_in_no_link_is_issued(world):
    world.sent(LATE)
    with pytest.raises(LinkClosedError):
        issue(world, LATE)


def test_a_new_link_ends_the_old_one(world):
    old, _ = issue(world)
    new, _ = issue(world)
    other, _ = issue(world, LATE)
    assert [links.opened(_again(one), at=NOW).state for one in (old, new, other)] == ["revoked", "live", "live"]


def test_a_draft_comes_of_it_and_nothing_more(world):
    link, _ = issue(world)
    owed = world.owed(PLAN)
    report = keep(link, {owed.pk: "Đã trình."}, cited={owed.pk: Cited("31/BC", days(-1), "Tỉnh ủy")})
    assert (report.state, report.drafted_by, report.round) == ("draft", None, 0)
    assert report.answers.get().text == "Đã trình."
    piece = Evidence.objects.get()
    assert (str(piece), piece.added_by, piece.level) == ("31/BC", None, "Tỉnh ủy")
    owed.refresh_from_db()
    assert owed.state == Obligation.State.OPEN
    acted = Event.objects.filter(actor=link.actor)
    assert [event.verb.rpartition(".")[2] for event in acted] == ["drafted", "saved", "cited"]
    assert {event.data["via"] for event in acted} == {"link"}
    assert _again(link).used_at == NOW


def test_it_is_written_again_cited_once_and_taken_back(world):
    link, _ = issue(world)
    pk = world.owed(PLAN).pk
    for version in (1, 2):
        keep(link, {pk: f"Lần {version}"}, version=version, cited={pk: Cited("31/BC", days(-1))})
    assert Report.objects.get().answers.get().text == "Lần 2"
    piece = Evidence.objects.get()
    keep(link, {pk: "Lần 3"}, version=3, withdrawn=[piece.pk])
    piece.refresh_from_db()
    assert piece.withdrawn_at == NOW


def test_it_takes_back_nothing_of_others(world):
    other = make.evidence(make.report(world.owed(HEALTHS)).answers.get())
    link, _ = issue(world)
    keep(link, {}, withdrawn=[other.pk])
    other.refresh_from_db()
    assert other.withdrawn_at is None


def test_two_with_the_same_link_do_not_overwrite_each_other(world):
    link, _ = issue(world)
    pk = world.owed(PLAN).pk
    keep(link, {pk: "Một"})
    with pytest.raises(ReportChangedError):
        keep(link, {pk: "Hai"})


def test_it_reaches_no_other_row(world):
    link, _ = issue(world)
    for other in (LATE, HEALTHS, STANDING):
        with pytest.raises(Obligation.DoesNotExist):
            keep(link, {world.owed(other).pk: "x"})
        with pytest.raises(Obligation.DoesNotExist):
            keep(link, {}, cited={world.owed(other).pk: Cited("1", days(0))})
    assert not Report.objects.exists()


def test_a_period_has_all_its_rows(world):
    link, _ = issue(world, STANDING)
    one, two = world.owed(STANDING), world.owed(OTHER_STANDING)
    assert link.obligation is None
    report = keep(link, {one.pk: "Mở 3 lớp.", two.pk: ""})
    assert report.key == f"{one.period_start}/{one.period_end}"
    assert {row.obligation_id: row.text for row in report.answers.all()} == {one.pk: "Mở 3 lớp.", two.pk: ""}


def test_of_a_restricted_task_no_content_is_taken(world):
    link, _ = issue(world, SECRET)
    owed = world.owed(SECRET)
    with pytest.raises(RestrictedTaskError):
        keep(link, {owed.pk: "Nội dung"})
    assert keep(link, {owed.pk: ""}, cited={owed.pk: Cited("9/BC", days(-1))}).answers.get().text == ""


def test_expired_and_revoked_links_write_nothing(world):
    link, _ = issue(world, days_=1)
    pk = world.owed(PLAN).pk
    with pytest.raises(LinkClosedError):
        keep(link, {pk: "x"}, at=NOW + timedelta(days=1))
    keep(link, {pk: "x"}, at=NOW + timedelta(hours=23))
    acts.revoke(link=link, by=world.office.officer, at=NOW)
    with pytest.raises(LinkClosedError):
        keep(link, {pk: "y"}, version=2)
    assert Report.objects.get().answers.get().text == "x"


def test_what_someone_with_an_account_drafts_is_out_of_its_reach(world):
    link, _ = issue(world)
    pk = world.owed(PLAN).pk
    report = keep(link, {pk: "Qua liên kết"})
    clerk = world.office.who("clerk", world.office.science)
    reports.save(report=report, answers={pk: Said(text="Bằng tài khoản")}, version=2, by=clerk, at=NOW)
    opened = links.opened(_again(link), at=NOW)
    assert (opened.state, links.drafted_through(link)) == (State.TAKEN_UP, None)
    with pytest.raises(LinkClosedError):
        keep(link, {pk: "x"}, version=3)


def test_the_body_hands_in_what_came_through_the_link(world):
    link, _ = issue(world)
    pk = world.owed(PLAN).pk
    report = keep(link, {pk: "Đã trình."}, cited={pk: Cited("31/BC", days(-1))})
    head = world.office.who("head", world.office.science)
    assert reports.submit(report=report, by=head, at=NOW).paper == ""
    assert links.opened(_again(link), at=NOW).state == State.HANDED_IN


def test_the_office_hands_it_in_on_the_signed_paper_and_does_not_confirm_it(world):
    office, pk = world.office, world.owed(PLAN).pk
    link, _ = issue(world)
    keep(link, {pk: "Đã trình."})
    sent = acts.submit_on_paper(link=link, number=" 12/BC ", signed_on=days(-1), by=office.chief, at=NOW)
    assert (sent.state, sent.paper, sent.paper_on) == ("submitted", "12/BC", days(-1))
    assert (sent.submitted_by, str(Evidence.objects.get())) == (office.chief, "12/BC")
    assert Obligation.objects.get(pk=pk).state == "submitted"
    with pytest.raises(OwnWorkError):
        reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW)
    other = make.person("office_head", office.body)
    reports.confirm(report=sent, seen_round=1, by=other, at=NOW)


def test_more_is_asked_and_the_link_goes_on(world):
    link, _ = issue(world)
    pk = world.owed(PLAN).pk
    keep(link, {pk: "Đã trình."})
    sent = acts.submit_on_paper(link=link, number="12/BC", signed_on=days(-1), by=world.office.officer, at=NOW)
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu số.", by=world.office.chief, at=NOW)
    sent.refresh_from_db()
    again = keep(link, {pk: "Đã trình đủ."}, version=sent.version)
    assert (again.state, again.round) == ("returned", 1)


@pytest.mark.parametrize(
    ("role", "where"), [("clerk", "body"), ("head", "science"), ("office_head", "elsewhere"), ("inspector", "body")]
)
def test_no_one_else_hands_in_on_paper(world, role, where):
    link, _ = issue(world)
    keep(link, {world.owed(PLAN).pk: "Đã trình."})
    who = world.office.who(role, getattr(world.office, where))
    with pytest.raises(NotAllowedError):
        acts.submit_on_paper(link=link, number="1", signed_on=days(0), by=who, at=NOW)


def test_the_paper_needs_number_and_day_and_a_draft_that_says_something(world):
    (link, _), pk = issue(world, STANDING), world.owed(STANDING).pk
    on = {"link": link, "by": world.office.officer, "at": NOW}
    with pytest.raises(NothingDraftedError):
        acts.submit_on_paper(number="1", signed_on=days(0), **on)
    keep(link, {pk: ""})
    for number, day in (("", days(0)), (" ", days(0)), ("1", None)):
        with pytest.raises(EvidenceIncompleteError):
            acts.submit_on_paper(number=number, signed_on=day, **on)
    assert not Evidence.objects.exists()


def test_rows_left_empty_are_answered_by_the_paper_itself(world):
    link, _ = issue(world, STANDING)
    one, two = world.owed(STANDING), world.owed(OTHER_STANDING)
    acts.keep(link=link, answers={one.pk: Said(nothing_arose=True)}, cited={}, version=1, at=NOW)
    sent = acts.submit_on_paper(link=link, number="1/BC", signed_on=days(0), by=world.office.officer, at=NOW)
    cited = {row.obligation_id: [str(piece) for piece in row.evidence.all()] for row in sent.answers.all()}
    assert cited == {one.pk: [], two.pk: ["1/BC"]}


def test_too_much_saving_is_stopped_for_a_while(world, monkeypatch, settings):
    monkeypatch.setattr(acts, "SAVES", 2)
    link, _ = issue(world)
    pk = world.owed(PLAN).pk
    keep(link, {pk: "1"})
    keep(link, {pk: "2"}, version=2)
    with pytest.raises(LinkBusyError):
        keep(link, {pk: "3"}, version=3)
    later = NOW + timedelta(minutes=settings.SIGN_IN_MINUTES)
    assert keep(link, {pk: "3"}, version=3, at=later).version == 4


@pytest.mark.parametrize(
    ("facts", "is_"),
    [({"revoked": True, "rows": 0}, "revoked"), ({"rows": 0}, "moved"), ({"open_": 0}, "handed_in"),
     ({"by_account": True}, "taken_up"), ({}, "live"), ({"open_": 0, "by_account": True}, "handed_in")],
)  # fmt: skip
def test_what_stands_in_the_way_comes_in_an_order(facts, is_):
    usual = {"revoked": False, "expires_at": NOW + timedelta(days=1), "rows": 1, "open_": 1, "by_account": False}
    assert state(LinkFacts(**(usual | facts)), at=NOW) == is_


def _again(link: DraftLink) -> DraftLink:
    return DraftLink.objects.select_related("organisation").get(pk=link.pk)


def test_how_long_a_link_lives_is_a_setting(world, settings):
    settings.LINK_DAYS = 30
    link, _token = acts.issue(obligation=world.owed(PLAN), by=world.office.officer, at=NOW)
    assert link.expires_at == NOW + timedelta(days=30)
