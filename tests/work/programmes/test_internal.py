"""An internal document and all that came of it: seen inside the office's subtree, and nowhere else."""

from __future__ import annotations

import pytest

import factories as make
import snapshots
from factories import NOW, TODAY, by_date, days, row
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import rights
from tiendo.work.directives import queries as directives
from tiendo.work.directives.models import Document
from tiendo.work.handovers.actions import handovers
from tiendo.work.handovers.errors import NotItsLineError
from tiendo.work.handovers.queries import kept_from as kept_by_register
from tiendo.work.handovers.queries import preview
from tiendo.work.handovers.record import lines
from tiendo.work.programmes.actions import internal, programmes, reports, stages, tasks
from tiendo.work.programmes.errors import OutsideError, OutsidersError
from tiendo.work.programmes.models import Assignment, Obligation, Programme
from tiendo.work.programmes.queries import internal as internal_queries
from tiendo.work.programmes.queries import links, opening, work
from tiendo.work.programmes.queries.internal import outsiders
from tiendo.work.programmes.queries.passing import open_rows, orphans, orphans_visible_to
from tiendo.work.programmes.rules.links import State
from work.test_visibility import NOTHING, again, seen
from worlds import ROLES, SCIENCE, Office

pytestmark = pytest.mark.django_db
ROOM, DESK = "Phòng Tổng hợp", "Phòng Hành chính"
INSIDE, OUTSIDE = ("body", "room", "desk"), ("root", "science", "elsewhere")


@pytest.fixture(params=[500, 0], ids=["by their ids", "asked in each place"])
def few(request, monkeypatch):
    """Both ways in which internal programmes are kept out of whatever is asked."""
    monkeypatch.setattr(internal_queries, "FEW", request.param)


@pytest.fixture
def room(office: Office) -> Organisation:
    return make.organisation(ROOM, parent=office.body)


@pytest.fixture
def desk(office: Office) -> Organisation:
    return make.organisation(DESK, parent=office.body)


@pytest.fixture
def place(office: Office, room, desk):
    return lambda name: {"room": room, "desk": desk}.get(name) or getattr(office, name)


@pytest.fixture
def programme(office: Office, room, desk) -> Programme:
    """Everybody in it belongs to the office; both tasks are reported on."""
    made = make.programme(
        row("plan", ROOM, coordinators=[DESK], deadline=by_date(days(30))),
        row("exhibit", DESK, deadline=by_date(days(40))),
        row("later", ROOM, deadline=by_date(days(50))),
        office=office.body,
        by=office.chief,
    )
    for owed in made.obligations.exclude(task__content="later"):
        make.submitted(owed)
    return made


def mark(programme: Programme, office: Office) -> Document:
    return internal.mark(document=programme.document, by=office.chief, at=NOW)


def opened(office: Office, *rows, **settings) -> Programme:
    """Of a document that was marked before it was opened."""
    document = make.approved(make.machine(*rows), office=office.body, by=office.chief)
    internal.mark(document=document, by=office.chief, at=NOW)
    return programmes.open(document=document, by=office.chief, at=NOW, **settings)


# -- who sees it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("where", OUTSIDE)
@pytest.mark.usefixtures("few")
def test_nobody_outside_sees_anything_of_it_until_the_mark_is_taken_off(programme, office, place, role, where):
    held = office.rights(role, place(where))
    before = seen(held)
    mark(programme, office)
    assert seen(held) == NOTHING
    assert not directives.may_see(programme.document, held)
    assert not work.whole_visible_to(held).exists()
    internal.unmark(document=programme.document, by=office.chief, at=NOW)
    assert seen(held) == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("where", INSIDE)
@pytest.mark.usefixtures("few")
def test_inside_everybody_sees_what_they_saw(programme, office, place, role, where):
    held = office.rights(role, place(where))
    before = seen(held), set(work.to_report(held)), set(work.to_confirm(held))
    mark(programme, office)
    held = again(held)
    assert (seen(held), set(work.to_report(held)), set(work.to_confirm(held))) == before


@pytest.mark.parametrize("role", ["leader", "inspector", "registrar", "monitor"])
@pytest.mark.usefixtures("few")
def test_a_post_that_looks_after_the_province_from_a_body_beside_sees_nothing(programme, office, role):
    mark(programme, office)
    looking = make.post(role, body=office.science, scope=office.root).user
    assert seen(rights(looking, TODAY)) == NOTHING


def test_another_documents_fate_is_its_own(programme, office):
    make.programme(row("open", SCIENCE, deadline=by_date(days(3))), office=office.body, by=office.chief)
    mark(programme, office)
    assert seen(office.rights("leader", office.root))["tasks"] == {"open"}
    assert seen(office.rights("head", office.science))["tasks"] == {"open"}


@pytest.mark.usefixtures("few")
def test_a_right_reaches_no_further_than_the_post_it_comes_with(programme, office, desk):
    """Inside by one post, above by another: the other one opens nothing internal."""
    leader = office.who("leader", office.root)
    make.post("clerk", body=desk, who=leader)
    mark(programme, office)
    sight = seen(rights(leader, TODAY))
    assert (sight["documents"], sight["reports"]) == (set(), {"exhibit"})
    assert sight["tasks"] == {"plan", "exhibit"}, "the desk coordinates one and leads the other"


@pytest.mark.usefixtures("few")
def test_monitor_and_confirming_body_that_lie_outside_see_nothing(programme, office):
    """As after the register was moved under an open programme: then nobody is asked."""
    mark(programme, office)
    Programme.objects.update(monitor=office.elsewhere, confirming=office.science)
    Obligation.objects.update(confirming=office.science)
    for body in (office.elsewhere, office.science):
        held = office.rights("office_head", body)
        assert seen(held) == NOTHING
        assert not work.to_confirm(held).exists()


def test_a_body_that_left_the_office_sees_its_work_no_more_and_the_office_is_told(programme, office, room):
    mark(programme, office)
    _link, token = make.link_and_token(programme.obligations.get(task__content="later"), by=office.officer)
    assert links.opened(links.find(token), at=NOW).state == State.LIVE
    Organisation.objects.filter(pk=room.pk).update(parent=office.root, path=f"{office.root.path}{room.pk}/")
    held = office.rights("head", Organisation.objects.get(pk=room.pk))
    assert seen(held) == NOTHING
    assert not work.to_report(held).exists()
    assert not links.issuable(held).exists()
    assert not links.links_of(held).exists()
    assert links.opened(links.find(token), at=NOW).state != State.LIVE
    assert list(outsiders(programme.document)) == [room]


def test_a_title_known_only_from_it_is_not_told(office):
    known = make.approved(office=office.body, by=office.chief)
    internal.mark(document=known, by=office.chief, at=NOW)
    citing = make.approved(office=office.elsewhere, by=office.who("office_head", office.elsewhere))
    known.refresh_from_db()
    citing.mentions.create(work=known.work, start=0, end=5)
    title = known.work.title
    assert title

    def told(held):
        return [tied.work.title for tied in directives.works_of(citing, held) if tied.work == known.work]

    assert told(office.rights("officer", office.elsewhere)) == [""]
    assert told(office.rights("officer")) == [title]


# -- the mark ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["lead", "coordinate", "monitor", "confirming", "task", "stage", "obstacle", "cause"])
def test_it_is_refused_while_a_body_outside_has_a_part(programme, office, part):
    task = programme.tasks.get(content="plan")
    owed = programme.obligations.get(task__content="later")
    if part == "stage":
        steps = [stages.Step(kind, body) for kind, body in (("draft", office.body), ("issue", office.science))]
        stages.set_up(task=task, steps=steps, by=office.officer, at=NOW)
    elif part == "obstacle":
        make.obstacle(owed, level=office.science)
    elif part == "cause":
        make.cause(owed, competent=office.science)
    if part in {"lead", "coordinate"}:
        Assignment.objects.create(task=task, role=part, party_text=SCIENCE, organisation=office.science)
    elif part == "task":
        tasks.set_confirming(task=task, organisation=office.science, by=office.chief, at=NOW)
    elif part in {"monitor", "confirming"}:
        Programme.objects.update(**{part: office.science})
    before = snapshots.rows()
    with pytest.raises(OutsidersError, match=f"{SCIENCE} không thuộc Văn phòng Tỉnh ủy"):
        mark(programme, office)
    assert snapshots.rows() == before


def test_a_part_that_is_over_is_no_part_any_more(programme, office):
    """A stage that is done, an obstacle that was decided, a task that is closed."""
    task = programme.tasks.get(content="plan")
    steps = [stages.Step(kind, body) for kind, body in (("draft", office.science), ("issue", office.body))]
    first, _last = stages.set_up(task=task, steps=steps, by=office.officer, at=NOW)
    stages.finish(stage=first, number="1-TTr", issued_on=TODAY, by=office.officer, at=NOW)
    obstacle = make.obstacle(programme.obligations.get(task__content="later"), level=office.science)
    type(obstacle).objects.update(decided_on=TODAY)
    assert mark(programme, office).internal


def test_of_many_bodies_outside_some_are_named(programme, office):
    task = programme.tasks.get(content="plan")
    for place in range(8):
        body = make.organisation(f"Sở {place}", parent=office.root)
        Assignment.objects.create(task=task, role="coordinate", party_text=body.name, organisation=body)
    with pytest.raises(OutsidersError, match="Sở 0; Sở 1; Sở 2; Sở 3; Sở 4; 3 cơ quan khác không thuộc"):
        mark(programme, office)


def test_twice_is_once(programme, office):
    for act, internal_now in ((internal.mark, True), (internal.unmark, False)):
        assert act(document=programme.document, by=office.chief, at=NOW).internal is internal_now
        before = snapshots.rows()
        act(document=programme.document, by=office.chief, at=NOW)
        assert snapshots.rows() == before


# -- giving bodies a part ----------------------------------------------------------------------------------------------


def test_at_opening_a_body_outside_is_not_known(office, room):
    rows = row("one", ROOM, SCIENCE, deadline=by_date(days(9))), row("two", SCIENCE, deadline=by_date(days(9)))
    made = opened(office, *rows)
    named = Assignment.objects.order_by("task", "position").values_list("party_text", "organisation__name")
    assert list(named) == [(ROOM, ROOM), (SCIENCE, None), (SCIENCE, None)]
    assert {owed.organisation for owed in made.obligations.all()} == {room}
    thought_of = Programme(
        document=made.document,
        office=office.body,
        confirming=office.body,
        tracked_from=made.tracked_from,
        calendar=made.calendar,
    )
    assert opening.preview(thought_of, made.document, TODAY).no_body == 2, "a part of the first, and the second"


@pytest.mark.parametrize("part", ["confirming", "monitor"])
def test_at_opening_a_body_outside_neither_watches_nor_confirms(office, room, part):
    with pytest.raises(OutsideError, match=f"{SCIENCE} không thuộc Văn phòng Tỉnh ủy nên không thấy được"):
        opened(office, row("one", ROOM), **{part: office.science})
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda row, body, who: tasks.name_body(assignment=row, organisation=body, **who),
        lambda row, body, who: tasks.name_everywhere(assignment=row, organisation=body, **who),
        lambda row, body, who: tasks.set_confirming(task=row.task, organisation=body, **who),
    ],
    ids=["name_body", "name_everywhere", "set_confirming"],
)
def test_later_it_is_given_nothing_either(office, room, act):
    made = opened(office, row("one", "Phòng Lạ", deadline=by_date(days(9))))
    waiting = Assignment.objects.select_related("task__programme__office").get(task__programme=made)
    who = {"by": office.chief, "at": NOW}
    before = snapshots.rows()
    with pytest.raises(OutsideError):
        act(waiting, office.science, who)
    assert snapshots.rows() == before
    act(waiting, room, who)
    assert snapshots.rows() != before


def test_nor_by_a_phrase_nor_by_the_settings(office, room):
    made = opened(office, row("one", "các cơ quan, đơn vị liên quan", deadline=by_date(days(9))))
    phrase = Assignment.objects.get(task__programme=made)
    Assignment.objects.update(group=True)
    who = {"by": office.chief, "at": NOW}
    with pytest.raises(OutsideError):
        tasks.name_group(assignment=phrase, organisations=[room, office.science], **who)
    assert tasks.name_group(assignment=phrase, organisations=[room], **who) == 1
    settings = {name: getattr(made, name) for name in ("confirming", "monitor", "standing_every", "tracked_from")}
    with pytest.raises(OutsideError):
        programmes.change(programme=made, **{**settings, "monitor": office.science}, **who)
    assert programmes.change(programme=made, **{**settings, "monitor": room}, **who).monitor == room


def test_the_audit_does_not_tell_its_names(office, room):
    made = opened(office, row("one", "Phòng Lạ", deadline=by_date(days(9))))
    waiting = Assignment.objects.get(task__programme=made)
    tasks.name_body(assignment=waiting, organisation=room, by=office.chief, at=NOW)
    tasks.unname_body(assignment=waiting, by=office.chief, at=NOW)
    said = Event.objects.filter(verb__startswith="organisations.alias.")
    assert [event.data for event in said] == [{}, {}]


# -- bodies in time ----------------------------------------------------------------------------------------------------


def absorb(body: Organisation, heir: Organisation, office: Office):
    who = office.who("registrar", office.root)
    draft = make.succession("absorb", [body], [heir], by=who)
    return handovers.carry_out(succession=draft, by=who, at=NOW)


def test_work_of_an_heir_outside_is_nobodys_and_comes_back_when_it_is_undone(programme, office, room, desk):
    mark(programme, office)
    before = sorted(Assignment.objects.on(None).values_list("task__content", "role", "organisation__name"))
    done = absorb(room, office.science, office)
    assert done.passed.orphaned == 2
    assert {line.task.content for line in orphans()} == {"plan", "later"}
    assert {line.task.content for line in orphans_visible_to(office.rights("officer"))} == {"plan", "later"}
    assert not orphans_visible_to(office.rights("registrar", office.root)).exists()
    assert seen(office.rights("head", office.science)) == NOTHING
    handovers.undo(succession=done.succession, by=office.who("registrar", office.root), at=NOW)
    assert sorted(Assignment.objects.on(None).values_list("task__content", "role", "organisation__name")) == before


def test_the_office_names_another_body_for_it(programme, office, room, desk):
    mark(programme, office)
    absorb(room, office.science, office)
    nobodys = orphans().get(task__content="later")
    with pytest.raises(OutsideError):
        tasks.name_body(assignment=nobodys, organisation=office.science, by=office.chief, at=NOW)
    tasks.name_body(assignment=nobodys, organisation=desk, by=office.chief, at=NOW)
    assert {owed.task.content for owed in work.to_report(office.rights("head", desk))} == {"later"}


def test_an_heir_inside_takes_it(programme, office, room, desk):
    mark(programme, office)
    assert absorb(room, desk, office).passed.orphaned == 0
    assert {owed.task.content for owed in work.to_report(office.rights("head", desk))} == {"later"}


def test_where_an_heir_outside_would_watch_or_confirm_the_office_does(programme, office, room):
    task = programme.tasks.get(content="exhibit")
    tasks.set_confirming(task=task, organisation=room, by=office.chief, at=NOW)
    Programme.objects.update(monitor=room, confirming=room)
    mark(programme, office)
    absorb(room, office.science, office)
    programme.refresh_from_db()
    task.refresh_from_db()
    assert (programme.monitor, programme.confirming, task.confirming) == (None, office.body, None)
    assert not outsiders(programme.document).exists()


def test_when_the_office_itself_goes_on_as_another_both_subtrees_are_inside(programme, office, room):
    mark(programme, office)
    absorb(office.body, office.science, office)
    programme.refresh_from_db()
    assert programme.office == office.science
    assert seen(office.rights("officer", office.science))["tasks"] == {"plan", "exhibit", "later"}
    assert "plan" in seen(office.rights("head", room))["tasks"]
    assert seen(office.rights("leader", office.root)) == NOTHING
    internal.unmark(document=programme.document, by=office.who("office_head", office.science), at=NOW)


def test_charges_of_a_body_that_ended_before_the_opening_do_not_leave_the_office(office, room):
    absorb(room, office.science, office)
    document = make.approved(make.machine(row("one", ROOM, deadline=by_date(days(9)))), office=office.body)
    Document.objects.filter(pk=document.pk).update(issued_on=days(-30))
    document.refresh_from_db()
    internal.mark(document=document, by=office.chief, at=NOW)
    made = programmes.open(document=document, by=office.chief, at=NOW)
    assert [line.task.programme for line in orphans()] == [made]


def test_a_split_kept_by_someone_outside(programme, office, room, desk):
    """Its lines are not theirs to see or to decide; undecided they are nobody's, and nothing stands in the way."""
    mark(programme, office)
    who = office.who("registrar", office.root)
    draft = make.succession("split", [room], [desk, office.science], by=who)
    held = rights(who, TODAY)
    before = preview(draft, [room], [desk, office.science], held)
    assert (before.lines, before.undecided, before.work.leads, before.work.obligations) == (0, 0, 0, 0)
    assert (before.work.reports, before.work.programmes) == (0, 0)
    internal_rows = list(open_rows([room.pk]).values_list("pk", flat=True))
    with pytest.raises(NotItsLineError):
        handovers.choose(succession=draft, assignments=internal_rows, heirs=[desk], by=who, at=NOW)
    assert handovers.carry_out(succession=draft, by=who, at=NOW).passed.orphaned == len(internal_rows) == 2


def test_the_record_of_a_hand_over_holds_what_its_keeper_may_see(programme, office, room, desk):
    mark(programme, office)
    outside = kept_by_register(office.rights("registrar", office.root))
    inside = kept_by_register(office.rights("registrar"))
    draft = make.succession("absorb", [room], [desk], by=office.who("registrar", office.root))
    assert (len(lines(draft, room, outside)), len(lines(draft, room, inside))) == (0, 2)
    handovers.carry_out(succession=draft, by=office.who("registrar", office.root), at=NOW)
    draft.refresh_from_db()
    assert (len(lines(draft, room, outside)), len(lines(draft, room, inside))) == (0, 2)


# -- what it costs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["body", "root"])
def test_lists_are_one_query_each_at_most(programme, office, place, where, django_assert_max_num_queries):
    mark(programme, office)
    held = office.rights("leader", place(where))
    assert held.posts
    internal_queries.open_to(held, [], "pk")  # what is internal is asked for once a page
    for shown in (
        directives.visible_to,
        work.visible_to,
        work.tasks_visible_to,
        work.obligations_visible_to,
        work.reports_visible_to,
        work.to_report,
    ):
        with django_assert_max_num_queries(1):
            list(shown(held))


def test_reports_go_on_inside(programme, office, room):
    mark(programme, office)
    sent = make.submitted(programme.obligations.get(task__content="later"))
    reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW)
    assert sent.decisions.exists()
