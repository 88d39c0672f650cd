"""“Như khi đó / như hiện nay”: a switch on each list and report that names bodies, in the URL (issue 4)."""

from __future__ import annotations

import csv
import io

import pytest

import factories as make
from doors.desk.test_access import PUBLIC, address, names  # noqa: F401 (a fixture)
from doors.desk.world import LATE, PLAN, words
from factories import NOW, TODAY, days
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import reminders
from tiendo.work.programmes.models import LineLink, Obstacle, Programme, Requirement, Turn
from tiendo.work.programmes.queries import cascading
from tiendo.work.programmes.queries.clocks import sums_of
from worlds import HEALTH, SCIENCE

SWITCHED = {
    "annex", "bodies", "body", "body-tree", "cascade", "cascade-lines", "clocks", "fact-sheet", "figures", "leading",
    "letters", "obligations", "open-obstacles", "orphans", "period-reports", "period-reports-of-body", "plans",
    "programme", "programmes", "successions", "without-accounts",
}  # fmt: skip
OTHERWISE = {
    "account": "posts of a person, each with its days",
    "accounts": "people as they can sign in now",
    "amendment": "an act: clauses that somebody decides on",
    "confirm": "an act: the rows of a document, in its words",
    "course": "what was done, each with its moment",
    "documents": "documents, in their words",
    "forms": "an act: forms to send, and those that came back",
    "history": "what was done, each with its moment",
    "home": "what is to be done today",
    "letter": "a paper of one day",
    "notices": "what a person was told, each with its moment",
    "reconciliation": "a document's words and its rows",
    "returned-form": "an act: what a body sent back",
    "silence": "who had begun to write on a past day is not kept; what was overdue then stands on the list beside it",
    "snapshot": "figures of the one day on which they were frozen",
    "stranded": "people who lost their post with a body, to be given one now",
    "succession": "an act of one day",
    "task": "shows the switch once it was handed on, and where a day is asked for: before, it was nobody else's",
    "task-reconciliation": "a document's rows and tasks; it names no bodies",
}
"""Pages with a table that do without, each with why."""
SWITCH = 'class="asof row"'


@pytest.fixture
def people(office, enter):
    return [enter(who) for who in (office.chief, office.who("registrar", office.root), office.who("administrator"))]


def test_each_page_with_a_table_has_the_switch_or_a_reason(people, address):  # noqa: F811
    there, without = set(), set()
    for client in people:
        for name in set(names()) - PUBLIC:
            answer = client.get(address(name))
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                page = answer.content.decode().partition("<main")[2]
                there |= {name} if SWITCH in page else set()
                listed = "<table" in page or "table" in (answer.context or {})  # empty ones too
                without |= {name} if listed and SWITCH not in page else set()
    assert there == SWITCHED
    assert without == set(OTHERWISE)


@pytest.mark.parametrize("name", sorted(SWITCHED))
def test_a_day_in_the_url_is_kept_by_the_page_and_its_links(people, address, name):  # noqa: F811
    day = days(-1)
    pages = [client.get(address(name), {"khi": day.isoformat()}) for client in people]
    shown = [page for page in pages if page.status_code == 200]
    assert shown
    for page in shown:
        assert page.context["asof"]["day"] == day
        assert f'value="{day:%d/%m/%Y}"' in page.content.decode()
        assert f"ngày {day:%d/%m/%Y}" in words(page)
        exports = (page.context.get("table") or {}).get("exports", ())
        assert all(f"khi={day.isoformat()}" in export["url"] for export in exports), "a file is read as of the day too"


@pytest.fixture
def absorbed(office, world):
    """Health took over all that science led, yesterday."""
    draft = make.succession("absorb", [office.science], [office.health], on=days(-1))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    return world


def stuck_at(owed, day) -> Obstacle:
    made = make.obstacle(owed)
    Obstacle.objects.filter(pk=made.pk).update(raised_on=day)
    return made


def rows(client, url, **asked):
    return client.get(url, asked).context["table"]["rows"]


def file_of(client, url, **asked) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(url, asked).content.decode("utf-8-sig"))))


@pytest.mark.parametrize(("khi", "name"), [("", "Sở Y tế"), (days(-2).isoformat(), SCIENCE)])
def test_long_overdue_work_and_obstacles_stand_with_who_held_them(office, world, enter, khi, name):
    world.programme.obligations.update(held_since=days(-60))  # raised when the programme began
    reminders.run_daily(at=make.moment(days(-5)))
    stuck_at(world.owed(LATE), days(-5))
    draft = make.succession("absorb", [office.science], [office.health], on=days(-1))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    client = enter(office.chief)
    (late,) = [row for row in rows(client, "/viec-can-chi-dao/", khi=khi) if row.owed.task.position == LATE]
    assert (late.owed.organisation.name, late.days) == (name, 10 - 2 * bool(khi))
    assert name in [line[1] for line in file_of(client, "/viec-can-chi-dao/", khi=khi, tep="csv")]
    (stuck,) = rows(client, "/viec-can-chi-dao/vuong-mac/", khi=khi)
    assert (stuck.one.obligation.organisation.name, stuck.days) == (name, 5 - 2 * bool(khi))


def test_an_obstacle_decided_since_waited_then(office, world, enter):
    world.programme.obligations.update(held_since=days(-60))
    made = stuck_at(world.owed(PLAN), days(-5))
    Obstacle.objects.filter(pk=made.pk).update(decided_on=days(-2), decision="Đồng ý")
    client, there = enter(office.chief), "/viec-can-chi-dao/vuong-mac/"
    found = {day: len(rows(client, there, khi=day.isoformat())) for day in map(days, (-6, -5, -3, -2))}
    assert found == {days(-6): 0, days(-5): 1, days(-3): 1, days(-2): 0}
    assert rows(client, there) == []


def test_clocks_run_until_the_day(office, world):
    owed = world.owed(LATE)
    Turn.objects.filter(obligation=owed).delete()
    world.programme.obligations.filter(pk=owed.pk).update(held_since=days(-30))
    world.programme.obligations.exclude(pk=owed.pk).update(held_since=days(-2))
    found = {day: sums_of(world.programme, day) for day in (TODAY, days(-5), days(-40))}
    (then,) = found[days(-5)]
    assert (then.body, then.clock.days, then.clock.late) == (office.science, 25, 5)
    assert found[days(-40)] == []
    assert {one.body for one in found[TODAY]} == {office.science, office.health}


def test_plans_as_of_a_day(office, world, enter):
    made = make.requirement(world.programme, office.science, due=days(-4))
    Requirement.objects.filter(pk=made.pk).update(at=make.moment(days(-20)), issued_on=days(-2), number="1-KH")
    client, there = enter(office.chief), f"{world.board}cu-the-hoa/"

    def told(url, day):
        return [(row.how, row.organisation.name) for row in rows(client, url, khi=day.isoformat() if day else "")]

    for url in (there, "/cu-the-hoa/"):
        assert told(url, None) == [("late", SCIENCE)]
        assert told(url, days(-3)) == [("overdue", SCIENCE)]
        assert told(url, days(-4)) == [("waiting", SCIENCE)]
        assert told(url, days(-21)) == []
    assert cascading.coverage(world.programme, days(-3)).answered == 0
    assert file_of(client, there, khi=days(-3).isoformat(), dang="csv")[1][2:4] == ["", ""]
    assert client.get(there, {"khi": days(-3).isoformat()}).context["form"] is None, "nothing is asked in the past"


def test_a_plan_still_owed_was_owed_by_the_body_before(office, world, enter):
    made = make.requirement(world.programme, office.science, due=days(4))
    Requirement.objects.filter(pk=made.pk).update(at=make.moment(days(-20)))
    draft = make.succession("absorb", [office.science], [office.health], on=days(-1))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    client, there = enter(office.chief), f"{world.board}cu-the-hoa/"
    assert [row.organisation.name for row in rows(client, there)] == ["Sở Y tế"]
    assert [row.organisation.name for row in rows(client, there, khi=days(-2).isoformat())] == [SCIENCE]


def test_lines_answered_since_stood_alone_before(office, world, enter):
    lower = make.programme(make.row("Chuyển đổi số", HEALTH, deadline=make.by_date(days(9))), office=office.body)
    tie = LineLink.objects.create(
        upper=world.task(PLAN), lower=lower.tasks.get(), by=office.chief, at=make.moment(days(-2))
    )
    assert cascading.roll_up([tie.upper])[tie.upper_id].lines == 1
    assert cascading.roll_up([tie.upper], days(-3)) == {}
    every = world.programme.tasks.count()
    assert cascading.coverage(world.programme, days(-2)).unanswered == every - 1
    assert cascading.coverage(world.programme, days(-3)).unanswered == every


def test_programmes_as_of_a_day_with_whoever_followed_them_then(office, world, enter):
    Programme.objects.filter(pk=world.programme.pk).update(monitor=office.science, opened_at=make.moment(days(-9)))
    draft = make.succession("absorb", [office.science], [office.health], on=days(-1))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    client = enter(office.chief)
    monitors = {day: [one.monitor.name for one in rows(client, "/chuong-trinh/", khi=day)] for day in
                ("", days(-1).isoformat(), days(-2).isoformat(), days(-10).isoformat())}  # fmt: skip
    assert list(monitors.values()) == [["Sở Y tế"], ["Sở Y tế"], [SCIENCE], []]


def test_letters_as_they_were(office, world, enter):
    made = make.letter(world.owed(LATE), by=office.officer)
    type(made).objects.filter(pk=made.pk).update(drafted_at=make.moment(days(-5)), number="7-CV", issued_on=days(-3))
    client, there = enter(office.chief), f"{world.board}cong-van/"
    issued = {day: [row.issued_on for row in rows(client, there, khi=days(day).isoformat())] for day in (-6, -4, -3)}
    assert issued == {-6: [], -4: [None], -3: [days(-3)]}


def test_the_page_of_a_body_and_its_period_reports_have_what_it_held(office, absorbed, enter):
    client, there = enter(office.chief), f"/co-quan/{office.science.pk}/"
    assert rows(client, there) == []
    page = client.get(there, {"khi": days(-2).isoformat()})
    assert LATE in [row.task.position for row in page.context["table"]["rows"]]
    assert all(f"khi={days(-2)}" in figure["url"] for figure in page.context["figures"])
    assert rows(client, f"{there}bao-cao-ky/") == []
    assert len(rows(client, f"{there}bao-cao-ky/", khi=days(-2).isoformat())) >= 1
    fresh = make.organisation("Sở chưa từng đổi", parent=office.root)
    assert SWITCH in client.get(f"/co-quan/{fresh.pk}/").content.decode(), "what has no past yet can be asked too"


def test_the_page_of_a_body_counts_as_it_stood_on_the_day(office, world, enter):
    world.programme.obligations.update(held_since=days(-60))  # raised when the programme began
    client, there = enter(office.chief), f"/co-quan/{office.science.pk}/"
    found = {}
    for day in (None, days(-12), days(-61)):
        page = client.get(there, {"khi": day.isoformat()} if day else {})
        late = [row for row in page.context["table"]["rows"] if row.task.position == LATE]
        overdue = next(one["count"] for one in page.context["figures"] if one["label"] == "Chưa hoàn thành, quá hạn")
        found[day] = ([row.now for row in late], overdue, page.context["asof"]["figures"])
    assert found[None] == (["long_overdue"], 1, False)
    assert found[days(-12)] == (["due_soon"], 0, True)
    assert found[days(-61)] == (["long_overdue"], 1, False), "nothing was opened yet: whose it was, as it stands now"
    assert rows(client, there, khi=days(-12).isoformat(), box="overdue") == []
    reports = client.get(f"{there}bao-cao-ky/", {"khi": days(-12).isoformat()})
    assert reports.context["asof"]["figures"]
