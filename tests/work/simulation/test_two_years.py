"""Two years of a programme shaped like the real one: every figure of three tasks is derived here by hand."""

from __future__ import annotations

from datetime import date

import pytest

import factories as make
import faults
from factories import moment
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import tasks
from tiendo.work.programmes.models import Obligation, Programme, Snapshot
from tiendo.work.programmes.queries import history, periodic, tally
from tiendo.work.programmes.queries.snapshots import since, unchanged
from tiendo.work.programmes.queries.standing import boxes_of
from tiendo.work.programmes.rules.periodic import counted
from tiendo.work.programmes.rules.standing import Standing
from work.simulation.two_years import BEGUN, OVER, Years, acts, d, told
from worlds import office_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BODIES = [f"Cơ quan số {n}" for n in range(1, 15)]
A, B, C, D = BODIES[:4]


def shaped_like_the_real_one() -> list[object]:
    """51 rows: 29 that stand, 18 with dates, 4 that wait; several leads, and phrases that are no address."""
    once = make.row("Xây dựng kế hoạch.", A, B, deadline=make.by_date(d(30, 6, 2024)))
    stands = make.row("Duy trì giao ban.", C, deadline=make.continuous())
    waits = make.row("Tổng kết khi có chỉ đạo.", D)
    dated = [
        make.row(f"Việc có hạn {n}", BODIES[4 + n % 9], *([BODIES[4 + (n + 3) % 9]] if n % 4 == 0 else []),
                 deadline=make.by_date(date(2024 + n % 2, 3 + n % 9, 15)))
        for n in range(17)
    ]  # fmt: skip
    standing_ = [make.row(f"Việc thường xuyên {n}", BODIES[4 + n % 9], deadline=make.continuous()) for n in range(26)]
    phrases = [
        make.row(f"Việc của nhóm {n}", "các cơ quan, đơn vị liên quan", deadline=make.continuous()) for n in range(2)
    ]
    waiting = [make.row(f"Việc chờ {n}", BODIES[4 + n]) for n in range(3)]
    return [once, stands, waits, *dated, *standing_, *phrases, *waiting]


@pytest.fixture
def lived() -> tuple[Years, dict[str, Organisation]]:
    world = office_world()
    bodies = {name: make.organisation(name, parent=world.root) for name in BODIES}
    programme = make.programme(
        *shaped_like_the_real_one(), office=world.body, by=world.chief, tracked_from=BEGUN, at=moment(BEGUN)
    )
    assert programme.tasks.count() == 51
    assert programme.tasks.filter(deadline_kind="continuous").count() == 29
    registrar = world.who("registrar", world.root)
    heir = make.organisation("Cơ quan hợp nhất", parent=world.root)

    def merge() -> None:
        draft = make.succession("absorb", [bodies[D]], [heir], on=d(1, 3, 2025), by=registrar)
        handovers.carry_out(succession=draft, by=registrar, at=moment(d(1, 3, 2025)))

    def instruct() -> None:
        tasks.open_by_event(
            task=programme.tasks.get(position=3), basis="Công văn 9-CV/TW", happened_on=d(10, 1, 2025),
            due=d(30, 4, 2025), by=world.chief, at=moment(d(10, 1, 2025)),
        )  # fmt: skip

    years = Years(
        programme=programme,
        person=lambda body: world.who("head", body),
        chief=world.chief,
        chosen={
            1: acts(report=(d(25, 6, 2024), d(4, 7, 2024)), ask_more=(d(1, 7, 2024),), confirm=(d(10, 7, 2024),)),
            2: acts(report=(d(20, 6, 2024), d(30, 12, 2024)), confirm=(d(28, 6, 2024), d(8, 1, 2025))),
            3: acts(),
        },
        events={d(10, 1, 2025): instruct, d(1, 3, 2025): merge},
    )
    years.live()
    return years, {**bodies, "heir": heir}


def of(programme: Programme, position: int) -> list[Obligation]:
    rows = Obligation.objects.filter(programme=programme, task__position=position)
    return list(rows.select_related("organisation").order_by("organisation__name", "period_start"))


def test_every_figure_of_two_years(lived):
    years, bodies = lived
    programme = years.programme

    # Task 1, due 30/06/2024, two leads. Both hand in on 25/06, in time (5 days left). Asked for more on 01/07: five
    # days from then are left, to 06/07, a Saturday, so the supplement is owed by 08/07. Sent on 04/07, confirmed on
    # 10/07: done on time.
    first = of(programme, 1)
    assert [one.organisation.name for one in first] == [A, B]
    for one in first:
        assert (one.due, one.first_due) == (d(30, 6, 2024), d(30, 6, 2024))
        assert (one.submitted_on, one.supplement_due) == (d(25, 6, 2024), d(8, 7, 2024))
        assert (one.state, one.confirmed_on) == ("confirmed", d(10, 7, 2024))
        assert [(turn.state, turn.since, turn.until) for turn in one.turns.all()] == [
            ("open", BEGUN, d(25, 6, 2024)),
            ("submitted", d(25, 6, 2024), d(1, 7, 2024)),
            ("open", d(1, 7, 2024), d(4, 7, 2024)),
            ("submitted", d(4, 7, 2024), d(10, 7, 2024)),
        ]
        held = {"body": 146 + 3, "office": 6 + 6}  # 31/01 to 25/06 is 146 days in a leap year; 25/06-01/07, 04-10/07
        days = {state: sum((t.until - t.since).days for t in one.turns.all() if t.state == state)
                for state in ("open", "submitted")}  # fmt: skip
        assert days == {"open": held["body"], "submitted": held["office"]}
    stood = {
        d(26, 6, 2024): "awaiting", d(30, 6, 2024): "awaiting", d(1, 7, 2024): "in_term", d(3, 7, 2024): "in_term",
        d(4, 7, 2024): "awaiting", d(9, 7, 2024): "awaiting", d(10, 7, 2024): "done_on_time",
        d(26, 6, 2024).replace(day=24): "in_term", OVER: "done_on_time",
    }  # fmt: skip
    for day, word in stood.items():
        assert told(programme, 1, day) == [word, word], day

    # Task 2 stands: one report for each half-year. The first period runs to 14/06/2024, due on 25/06; reported on
    # 20/06. The second to 14/12/2024, due on 25/12; reported five days late, on 30/12. Those of 2025 were never
    # reported; the period that ends on 14/06/2026 has begun by the end of 2025.
    second = of(programme, 2)
    assert [(one.period_end, one.due, one.submitted_on, one.state) for one in second] == [
        (d(14, 6, 2024), d(25, 6, 2024), d(20, 6, 2024), "confirmed"),
        (d(14, 12, 2024), d(25, 12, 2024), d(30, 12, 2024), "confirmed"),
        (d(14, 6, 2025), d(25, 6, 2025), None, "open"),
        (d(14, 12, 2025), d(25, 12, 2025), None, "open"),
        (d(14, 6, 2026), d(25, 6, 2026), None, "open"),
    ]
    assert told(programme, 2, d(31, 1, 2024)) == ["not_reported"]
    assert told(programme, 2, d(28, 12, 2024)) == ["reported", "not_reported_late", "not_reported"]
    assert told(programme, 2, d(31, 12, 2024)) == ["reported", "reported_late", "not_reported"]
    assert told(programme, 2, OVER) == [
        "reported",
        "reported_late",
        "not_reported_late",
        "not_reported_late",
        "not_reported",
    ]

    # Task 3 waits. On 10/01/2025 an event opens it, due 30/04/2025; on 01/03/2025 its body is absorbed, and the heir
    # never answers: 245 days late on 31/12/2025.
    third = of(programme, 3)
    assert told(programme, 3, d(9, 1, 2025)) == []
    assert [one.organisation for one in third] == [bodies["heir"]]
    assert told(programme, 3, d(28, 2, 2025)) == ["in_term"]
    assert told(programme, 3, d(30, 4, 2025)) == ["due_soon"]
    assert told(programme, 3, d(2, 5, 2025)) == ["overdue"]
    assert told(programme, 3, d(3, 5, 2025)) == ["long_overdue"]
    assert (OVER - third[0].due).days == 245
    [turn] = third[0].turns.all()
    assert (turn.organisation, turn.since, turn.until) == (bodies[D], d(10, 1, 2025), d(1, 3, 2025))

    # The whole: kept counts are what they count, each month's frozen figures are what is read of that day now, work
    # with an end and standing work add up, and the audit holds.
    assert len(years.frozen) == 23
    for taken in Snapshot.objects.all():
        assert unchanged(taken)
        assert since(taken) == []
    end = boxes_of(history.counts(history.cells_on(OVER, [programme.pk]), OVER))
    owed = Obligation.objects.filter(programme=programme)
    assert end.total + end.suspended == owed.filter(standing=False).exclude(state="not_owed").count()
    running = owed.filter(standing=True).exclude(state__in=["not_owed", "suspended"])
    reports = periodic.of(owed, OVER)
    assert sum(one.rows for one in reports) == running.count()
    stand = counted(reports, OVER)
    assert (
        stand.made + stand.missing + stand.pending
        == len(reports)
        == len({(one.organisation_id, one.owed_by if one.state == "open" else one.due) for one in running})
    )
    assert counted(periodic.kept(programme), OVER) == stand
    now = tally.counts(programme.tallies.all(), OVER)
    assert now[Standing.LONG_OVERDUE] >= 1
    faults.both_hold()
    faults.both_are_found()
