"""Who sees what: every role, in the office, in a body that reports, above them, and elsewhere."""

from __future__ import annotations

import pytest

import factories as make
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, rights
from tiendo.work.directives import queries as directives
from tiendo.work.directives.actions import readings
from tiendo.work.directives.models import Document
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import reports, stages
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Report, Task
from tiendo.work.programmes.queries import internal, seeing, work
from worlds import HEALTH, ROLES, SCIENCE, Office

pytestmark = pytest.mark.django_db

ALL = {"plan", "exhibit"}
SEEING = [role for role in ROLES if role not in {"administrator", "registrar"}]
"""Of one body; the registrar looks after the whole tree, as leaders of all do."""


@pytest.fixture
def programme(office: Office) -> Programme:
    """Two tasks, `plan` led by science and `exhibit` led by health, both reported on."""
    made = make.programme(
        make.row("plan", SCIENCE, coordinators=["Sở Tài chính"], deadline=make.by_date(make.days(30))),
        make.row("exhibit", HEALTH, deadline=make.by_date(make.days(40))),
        office=office.body,
        by=office.chief,
    )
    for owed in made.obligations.all():
        make.submitted(owed)
    return made


def again(held: Rights) -> Rights:
    """The same posts on the next page: what was put together on this one is not kept."""
    return Rights(held.posts, held.standing_in, held.forebears)


def seen(held: Rights) -> dict[str, set[str]]:
    """What the five predicates show, by the content of the task (or the office, for documents)."""
    held = again(held)
    for programme in Programme.objects.select_related("office", "document"):
        agrees(held, programme)
    return {
        "documents": {document.office.code for document in directives.visible_to(held)},
        "programmes": {programme.symbol for programme in work.visible_to(held)},
        "tasks": {task.content for task in work.tasks_visible_to(held)},
        "obligations": {owed.task.content for owed in work.obligations_visible_to(held)},
        "reports": {
            reply.obligation.task.content for report in work.reports_visible_to(held) for reply in report.answers.all()
        },
    }


def agrees(held: Rights, programme: Programme) -> None:
    """What `seeing` tells of one programme is what the predicates choose among all."""
    pk, of = programme.pk, {"programme": programme}
    assert seeing.sees_whole(held, programme) == work.whole_visible_to(held).filter(pk=pk).exists()
    assert bool(seeing.programme_at(held, Programme.objects.all(), pk)) == work.visible_to(held).filter(pk=pk).exists()
    tasks = set(work.tasks_visible_to(held).filter(**of))
    assert set(seeing.tasks_of(held, programme)) == tasks
    assert {one for one in programme.tasks.all() if seeing.task_at(held, Task.objects.all(), one.pk)} == tasks
    assert set(seeing.obligations_of(held, programme)) == set(work.obligations_visible_to(held).filter(**of))
    reports = set(work.reports_visible_to(held).filter(**of).values_list("pk", flat=True))
    assert seeing.reports_among(held, programme, programme.reports.all()) == reports


NOTHING = {"documents": set(), "programmes": set(), "tasks": set(), "obligations": set(), "reports": set()}
SYMBOL = {"12-CTr/TU"}


def of(programmes: set[str] = SYMBOL, documents: frozenset[str] = frozenset(), tasks=ALL) -> dict[str, set[str]]:
    tasks = set(tasks)
    return {
        "documents": set(documents),
        "programmes": programmes,
        "tasks": tasks,
        "obligations": tasks,
        "reports": tasks,
    }


@pytest.mark.parametrize("role", SEEING)
def test_the_office_sees_its_document_and_the_whole_programme(programme, office: Office, role):
    assert seen(office.rights(role)) == of(documents={"T.VP"})


@pytest.mark.parametrize("role", SEEING)
def test_a_body_sees_its_own_part_and_no_document(programme, office: Office, role):
    assert seen(office.rights(role, office.science)) == of(tasks={"plan"})
    assert seen(office.rights(role, office.health)) == of(tasks={"exhibit"})


@pytest.mark.parametrize("role", SEEING)
def test_another_office_sees_nothing(programme, office: Office, role):
    assert seen(office.rights(role, office.elsewhere)) == NOTHING


@pytest.mark.parametrize("where", ["root", "body", "science", "elsewhere"])
def test_an_administrator_sees_no_content_anywhere(programme, office: Office, where):
    held = office.rights("administrator", getattr(office, where))
    assert seen(held) == NOTHING
    assert not directives.in_quarantine(held).exists()
    assert not work.to_report(held).exists()
    assert not work.to_confirm(held).exists()


@pytest.mark.parametrize("role", ["leader", "inspector"])
def test_leaders_and_inspectors_see_all_below_them(programme, office: Office, role):
    assert seen(office.rights(role, office.root)) == of(documents={"T.VP"})


@pytest.mark.parametrize("role", ["clerk", "officer", "office_head", "head", "monitor"])
def test_the_body_above_sees_what_its_bodies_owe_but_not_the_offices_papers(programme, office: Office, role):
    assert seen(office.rights(role, office.root)) == of()


def test_a_coordinator_sees_the_task_not_what_the_lead_owes(office: Office, programme):
    Assignment.objects.filter(role="coordinate").update(organisation=office.health)
    sight = seen(office.rights("head", office.health))
    assert sight["tasks"] == ALL
    assert sight["obligations"] == sight["reports"] == {"exhibit"}


@pytest.mark.parametrize("part", ["monitor", "confirming"])
def test_monitor_and_confirming_body_see_the_whole_programme_and_no_document(programme, office: Office, part):
    Programme.objects.update(**{part: office.elsewhere})
    assert seen(office.rights("officer", office.elsewhere)) == of()


def test_who_confirms_one_obligation_sees_it(programme, office: Office):
    Obligation.objects.filter(task__content="plan").update(confirming=office.elsewhere)
    Report.objects.filter(answers__obligation__task__content="plan").update(confirming=office.elsewhere)
    sight = seen(office.rights("head", office.elsewhere))
    assert (sight["obligations"], sight["reports"]) == ({"plan"}, {"plan"})


def test_a_former_post_shows_nothing(programme, office: Office):
    assert seen(rights(office.chief, make.TODAY.replace(year=2019))) == NOTHING
    assert seen(Rights(())) == NOTHING


NEW = "Sở Khoa học và Y tế"


def carried_out(kind: str, befores: list[Organisation], afters: list[Organisation]) -> None:
    draft = make.succession(kind, befores, afters)
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=make.NOW)


@pytest.mark.parametrize("role", SEEING)
@pytest.mark.parametrize("wide", [False, True])
def test_the_heir_reads_what_its_forebears_finished_and_nobody_else_does(programme, office: Office, role, *, wide):
    for sent in Report.objects.all():
        reports.confirm(report=sent, seen_round=1, by=office.chief, at=make.NOW)
    Task.objects.update(closed_at=make.NOW)
    new = make.organisation(NEW, parent=office.root)
    carried_out("merge", [office.science, office.health], [new])
    held = office.rights(role, new)
    if wide:  # an heir of an heir; whoever looks after a subtree asks otherwise
        last = make.organisation("Sở Tổng hợp", parent=office.root)
        carried_out("reconstituted", [new], [last])
        held = office.rights(role, last)
    assert seen(held) == of()
    assert not work.to_report(held).exists()
    assert seen(office.rights(role, make.organisation("Sở Du lịch", parent=office.root))) == NOTHING


def test_the_heir_of_one_body_reads_nothing_of_another(programme, office: Office):
    new = make.organisation(NEW, parent=office.root)
    carried_out("reconstituted", [office.science], [new])
    assert seen(office.rights("head", new))["reports"] == {"plan"}


def test_the_heir_reads_no_internal_work_of_a_programme_it_stands_outside_of(programme, office: Office):
    Document.objects.update(internal=True)
    new = make.organisation(NEW, parent=office.root)
    carried_out("reconstituted", [office.science], [new])
    assert seen(office.rights("head", new)) == NOTHING


def test_the_heir_of_the_office_reads_its_approved_documents_and_what_it_confirmed(programme, office: Office):
    for sent in Report.objects.all():
        reports.confirm(report=sent, seen_round=1, by=office.chief, at=make.NOW)
    new = make.organisation("Văn phòng mới", parent=office.root)
    carried_out("reconstituted", [office.body], [new])
    assert seen(office.rights("head", new)) == of(documents={"T.VP"})
    Programme.objects.update(office=office.elsewhere, confirming=office.elsewhere)
    assert seen(office.rights("head", new))["reports"] == ALL, "what the office before confirmed"
    Document.objects.update(state=Document.State.READ)
    assert not seen(office.rights("head", new))["documents"]


def test_what_a_body_did_that_acts_through_another_is_read_there(programme, office: Office):
    own = make.organisation("Đảng đoàn", parent=office.root)
    carried_out("reconstituted", [office.science], [own])
    carried_out("acts_through", [own], [office.health])
    assert seen(office.rights("head", office.health))["reports"] == ALL


def test_two_posts_show_both_parts(programme, office: Office):
    user = office.who("head", office.science)
    make.post("clerk", body=office.health, who=user)
    assert seen(rights(user, make.TODAY)) == of()


def test_a_draft_is_its_bodys_own_affair(office: Office, programme):
    Report.objects.update(state=Report.State.DRAFT)
    assert seen(office.rights("office_head"))["reports"] == set()
    assert seen(office.rights("inspector", office.root))["reports"] == set(), "nor do those above"
    assert seen(office.rights("head", office.science))["reports"] == {"plan"}


def test_a_file_in_quarantine_is_listed_for_nobody_but_found_by_who_receives(office: Office):
    waiting = make.document(office=office.body, by=office.clerk)
    for role in ROLES:
        held = office.rights(role)
        assert not directives.visible_to(held).exists()
        assert list(directives.in_quarantine(held)) == (
            [waiting] if role in {"clerk", "officer", "office_head"} else []
        )
        assert not directives.in_quarantine(office.rights(role, office.elsewhere)).exists()


def test_a_refused_file_is_listed_without_a_name(office: Office):
    waiting = make.document(office=office.body, by=office.clerk)
    readings.refuse(document=waiting, message="Mật", at=make.NOW)
    shown = directives.visible_to(office.rights("clerk")).get()
    assert (shown.state, str(shown)) == (Document.State.REFUSED, f"#{waiting.pk}")


def test_what_a_body_still_owes_and_what_waits_for_a_word(office: Office):
    made = make.programme(
        make.row("late", SCIENCE, deadline=make.by_date(make.days(40))),
        make.row("soon", SCIENCE, deadline=make.by_date(make.days(4))),
        make.row("other", HEALTH, deadline=make.by_date(make.days(1))),
        office=office.body,
        by=office.chief,
    )
    writer = office.rights("clerk", office.science)
    assert [owed.task.content for owed in work.to_report(writer)] == ["soon", "late"]
    sent = make.submitted(made.obligations.get(task__content="soon"))
    assert [owed.task.content for owed in work.to_report(writer)] == ["late"]
    assert list(work.to_confirm(office.rights("office_head"))) == [sent]
    for other in (writer, office.rights("clerk"), office.rights("head", office.health)):
        assert not work.to_confirm(other).exists()
    reports.confirm(report=sent, seen_round=1, by=office.chief, at=make.NOW)
    assert not work.to_confirm(office.rights("office_head")).exists()


@pytest.mark.parametrize("role", ["leader", "inspector", "administrator"])
def test_who_only_reads_is_asked_for_nothing(office: Office, programme, role):
    with ledger.kept(list(Obligation.objects.values_list("pk", flat=True)), on=make.TODAY):
        Obligation.objects.update(state="open", submitted_on=None)
    for body in (office.body, office.science):
        held = office.rights(role, body)
        assert not work.to_report(held).exists()
        assert not work.to_confirm(held).exists()
        assert work.periods_to_report(held) == []


def test_lists_are_one_query_each(programme, office: Office, django_assert_num_queries):
    held = office.rights("office_head")
    assert held.posts
    internal.open_to(held, [], "pk")  # what is internal is asked for once a page, and so are the stages that one holds
    work.stages_held(held)
    for shown in (directives.visible_to, work.visible_to, work.tasks_visible_to, work.obligations_visible_to):
        with django_assert_num_queries(1):
            assert list(shown(held))


@pytest.mark.parametrize("role", SEEING)
def test_whoever_holds_a_stage_sees_the_task_and_nothing_that_is_owed(programme, office: Office, role):
    """Trình → cho ý kiến → ban hành: a body that the document names nowhere has a part in it from then on."""
    third = make.organisation("Sở Tài chính khác", parent=office.root)
    stages.set_up(
        task=programme.tasks.get(content="plan"),
        steps=[stages.Step("draft", office.science), stages.Step("opinion", third), stages.Step("issue", office.root)],
        by=office.officer,
        at=make.NOW,
    )
    found = seen(office.rights(role, third))
    assert found["tasks"] == ({"plan"} if role not in {"leader", "inspector"} else found["tasks"])
    assert "plan" in found["tasks"]
    assert found["programmes"] == {programme.symbol}
    assert found["documents"] == set()
    if role not in {"leader", "inspector"}:
        assert found["obligations"] == found["reports"] == set()
    assert seen(office.rights(role, office.elsewhere)) == NOTHING
