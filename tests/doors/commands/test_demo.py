"""The demo: an invented province that went through every act, on whatever day it is made."""

from datetime import date, timedelta

import pytest

import faults
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.queries import verify
from tiendo.foundation.organisations import seeds as bodies
from tiendo.foundation.organisations.grouping import members
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.foundation.organisations.queries import rights
from tiendo.work.directives import seeds as directives
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.seeds.dates import calendar
from tiendo.work.directives.seeds.paper import directive
from tiendo.work.programmes import seeds as programmes
from tiendo.work.programmes.models import Assignment, Decision, Evidence, Obligation, Programme, Report
from tiendo.work.programmes.queries import periodic
from tiendo.work.programmes.queries.groups import proposed
from tiendo.work.programmes.queries.lineage import lineage
from tiendo.work.programmes.queries.reminding import escalated
from tiendo.work.programmes.queries.standing import boxes, counts
from tiendo.work.programmes.rules.periodic import counted
from tiendo.work.programmes.rules.standing import Standing
from vanban import read

TODAY = date(2026, 11, 24)
DAYS = [date(2027, 1, 1), date(2027, 6, 26), date(2028, 2, 29)]
"""A new year, the morrow of a half-yearly due day (a Saturday), a leap day."""


def sow(today):
    starts = today - timedelta(days=directives.AGE + 30)
    bodies.sow(starts=starts, at=directives.at(starts))
    programme = programmes.sow(document=directives.sow(today=today), today=today)
    directives.sow_waiting(today=today)
    return programme


@pytest.mark.django_db
@pytest.mark.parametrize("today", DAYS)
def test_has_something_of_everything_on_any_day(today):
    programme = sow(today)
    on_board = boxes(programme.obligations.all(), today)
    assert min(on_board.done_on_time, on_board.done_late, on_board.in_term, on_board.overdue) >= 2
    assert on_board.awaiting + on_board.awaiting_late >= 2
    periods = counted(periodic.kept(programme), today)
    assert 0 < periods.made < periods.due
    standings = counts(programme.obligations.all(), today)
    assert standings[Standing.DUE_SOON]
    assert standings[Standing.NOT_REPORTED_LATE]
    leader = rights(User.objects.get_by_natural_key("lanh.dao"), today)
    assert escalated(leader, today).exists(), "there is something for a leader to look at"
    states = set(Report.objects.values_list("state", flat=True))
    assert states == set(Report.State.values) - {Report.State.PASSED_ON}, "no body that had work has ended yet"
    assert verify() is None


@pytest.mark.django_db
def test_every_row_was_read_every_task_walks_back_and_restricted_ones_keep_numbers_only():
    programme = sow(TODAY)
    assert programme.symbol == "08-CTr/TU"
    assert programme.document.duties.filter(origin="table").count() == 41
    assert programme.document.duties.filter(origin="prose").exists()
    for task in programme.tasks.all():
        said = " ".join(" ".join(lineage(task).sentences).split())
        assert " ".join(task.content.split())[:40] in said
    kinds = set(programme.tasks.values_list("deadline_kind", flat=True))
    assert kinds >= {"date", "period", "recurring", "continuous", "by_programme", "by_term", "on_instruction"}
    restricted = programme.tasks.filter(restricted=True)
    assert restricted.count() >= 3
    answered = Obligation.objects.filter(task__in=restricted, answer__isnull=False)
    assert answered.exists()
    assert set(answered.values_list("answer__text", flat=True)) == {""}
    assert not Evidence.objects.filter(answer__obligation__task__in=restricted).exclude(sha256="").exists()


@pytest.mark.django_db
def test_nobody_confirmed_their_own_work_every_file_is_there_and_no_act_lies_in_the_future():
    from tiendo.work.directives import storage

    sow(TODAY)
    assert Decision.objects.filter(verdict="ask_more").exists()
    for decision in Decision.objects.select_related("report"):
        own = Post.objects.filter(user=decision.by).values_list("organisation", flat=True)
        assert decision.report.organisation_id not in own
    files = Evidence.objects.exclude(sha256="").select_related("answer__report")
    assert {name.rsplit(".", 1)[-1] for name in files.values_list("filename", flat=True)} == {"txt", "pdf"}
    assert all(storage.find(piece.sha256, office=piece.answer.report.organisation_id) for piece in files)
    assert max(Event.objects.values_list("at", flat=True)).date() < TODAY


@pytest.mark.django_db
def test_a_name_waits_for_its_body_a_plan_for_its_rows_and_the_accounts_open(client):
    programme = sow(TODAY)
    assert client.login(username="noi.vu", password=bodies.PASSWORD)
    waiting = Assignment.objects.filter(task__programme=programme, role="lead", organisation=None)
    assert "Ban Chỉ đạo tiếp công dân tỉnh" in waiting.values_list("party_text", flat=True)
    phrase = waiting.get(group=True)
    rule = proposed(programme.office, phrase.party_text)
    assert rule is not None, "a group leads, and its words are known"
    assert len(members(rule, TODAY)) == Organisation.objects.filter(kind="commune").count()
    plan = Document.objects.get(symbol="31-KH/TU")
    assert plan.state == Document.State.READ
    assert plan.duties.filter(state=Duty.State.SIGNED).count() == 2
    assert plan.duties.filter(state=Duty.State.PROPOSED).count() >= 6


@pytest.mark.django_db
def test_the_command_is_safe_to_repeat(shell):
    first = shell("demo")
    made = (Organisation.objects.count(), Programme.objects.count(), User.objects.count())
    assert "chanh.van.phong    Lãnh đạo Văn phòng, Văn phòng Tỉnh ủy" in first
    again = shell("demo")
    assert "Đã có dữ liệu" in again
    assert bodies.PASSWORD in again
    assert (Organisation.objects.count(), Programme.objects.count(), User.objects.count()) == made


@pytest.mark.django_db
def test_its_counts_and_its_audit_hold_and_a_fault_is_found(shell):
    shell("demo")
    faults.both_hold(shell)
    faults.both_are_found(shell)


@pytest.mark.django_db
def test_the_command_leaves_a_real_office_alone(shell, office):
    out = shell("demo")
    assert "Đã có dữ liệu" in out
    assert bodies.PASSWORD not in out
    assert not Programme.objects.exists()


def test_unread_paper_stops_the_demo(db, monkeypatch):
    from tiendo.work.directives import child

    monkeypatch.setattr(child, "read", lambda *_args, **_named: child.CRASHED)
    with pytest.raises(RuntimeError, match="was not read"):
        sow(TODAY)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{day:-40}", "15/10/2026"),
        ("{day}", "24/11/2026"),
        ("{month:+2}", "1/2027"),
        ("{month:-11}", "12/2025"),
        ("{quarter:+0}", "IV/2026"),
        ("{quarter:+1}", "I/2027"),
        ("{quarter:-4}", "IV/2025"),
        ("{year:+4}", "2030"),
    ],
)
def test_dates_of_the_paper(text, filled):
    assert text.format(**calendar(TODAY)) == filled


def test_the_paper_has_merged_leads_and_a_repeated_head():
    import io
    import zipfile

    body = directive("programme", today=TODAY, issued=date(2026, 2, 16))
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        xml = package.read("word/document.xml").decode()
    assert xml.count('w:vMerge w:val="restart"') >= 10
    assert xml.count("<w:vMerge/>") >= 14
    assert xml.count("<w:tblHeader/>") == 1
    reading = read(body, name="a.docx")
    inherited = [duty for duty in reading.duties if duty.lead_inherited]
    assert len(inherited) >= 14
    assert all(duty.leads for duty in inherited)
