"""The real text through two years: 55-CTr/TU as received and read, opened on 31/01/2024, lived through day by day to
31/12/2025 while its bodies were dissolved, merged and made anew; every figure of three tasks is derived here by hand.

The text lies beside the checkout and none of its sentences here; its tasks are named by their numbers in the annex.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import factories as make
import faults
from factories import moment
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import by_code
from tiendo.work.handovers import seeds
from tiendo.work.programmes.actions import corrections, deadlines
from tiendo.work.programmes.models import DateChange, Obligation, Programme, Snapshot
from tiendo.work.programmes.queries import clocks, history, periodic
from tiendo.work.programmes.queries.snapshots import since, unchanged
from tiendo.work.programmes.queries.standing import boxes_of
from tiendo.work.programmes.rules.standing import standing
from work.simulation.two_years import BEGUN, OVER, Years, acts, d, told

TEXT = Path(os.environ.get("CORPUS", Path(__file__).parents[4] / "shared" / "corpus")) / "core" / "55-ctr-tu.txt"
pytestmark = [pytest.mark.corpus, pytest.mark.slow, pytest.mark.django_db]
CONTENT, STRATEGY, SUPERVISION = 24, 42, 20
"""Rows of the annex: work of the first quarter of 2024, of the year 2025, and standing work."""
OF_TWO_BOARDS = (18, 19, 20, 21, 22, 25, 27, 28)
"""Standing rows of the two boards that become one on 01/03/2025: it reports on all of them together."""


class Life:
    """The acts beside the reports, each on its day."""

    def __init__(self, programme: Programme, person: Callable[[Organisation], User], chief: User) -> None:
        self.programme, self.person, self.chief = programme, person, chief

    def owed(self, row: int) -> Obligation:
        return Obligation.objects.select_related("organisation").get(task=task_of(self.programme, row))

    def ask_for_days(self) -> None:
        one = self.owed(CONTENT)
        by = self.person(one.organisation)
        deadlines.ask(obligation=one, wanted=d(15, 4, 2024), reason="Chờ hướng dẫn.", by=by, at=moment(d(26, 3, 2024)))

    def grant_them(self) -> None:
        request = DateChange.objects.get(obligation=self.owed(CONTENT))
        deadlines.decide(request=request, day=request.wanted, by=self.chief, at=moment(d(28, 3, 2024)))

    def correct(self) -> None:
        """The register of documents says 15/04; the house said 17/04. One says so, and a second decides."""
        asked = corrections.propose(
            obligation=self.owed(CONTENT), field="submitted_on", after=d(15, 4, 2024), reason="Theo sổ văn bản.",
            by=self.chief, at=moment(d(10, 6, 2024)),
        )  # fmt: skip
        second = make.person("head", by_code("TU.VP"))
        corrections.decide(correction=asked, granted=True, by=second, at=moment(d(10, 6, 2024)))

    def suspend(self) -> None:
        self._date(deadlines.suspend, d(1, 9, 2025), "from_day")

    def resume(self) -> None:
        self._date(deadlines.resume, d(1, 10, 2025), "on_day")

    def _date(self, act: Callable[..., object], day: date, named: str) -> None:
        act(obligation=self.owed(STRATEGY), **{named: day}, reason="Chờ kết luận.", by=self.chief, at=moment(day))


def task_of(programme: Programme, row: int):
    return programme.tasks.get(duty__origin="table", number=str(row))


@pytest.fixture
def lived() -> Years:
    if not TEXT.exists():
        pytest.skip(f"{TEXT} is not there")
    story = seeds.Story(TEXT.read_bytes(), TEXT.name, ("Tuyên Quang", "Hà Giang"))
    scenes = story.tell()
    next(scenes)  # received, read, signed, approved, and opened on 31/01/2024
    programme = Programme.objects.get()
    heads: dict[int, User] = {}

    def person(body: Organisation) -> User:
        return heads.setdefault(body.pk, make.person("head", body))

    chief = User.objects.get(username="chanh.van.phong")
    life = Life(programme, person, chief)
    facts = tomllib.loads((Path(seeds.__file__).parent / "story.toml").read_text(encoding="utf-8"))
    steps = Counter(step["on"] for step in facts["step"])
    events: dict[date, Callable[[], object]] = {
        day: lambda count=count: [next(scenes) for _ in range(count)] for day, count in steps.items()
    }
    events |= {
        d(26, 3, 2024): life.ask_for_days, d(28, 3, 2024): life.grant_them, d(10, 6, 2024): life.correct,
        d(1, 9, 2025): life.suspend, d(1, 10, 2025): life.resume,
    }  # fmt: skip
    boards = acts(
        report=(d(24, 6, 2024), d(6, 1, 2025), d(20, 6, 2025), d(4, 7, 2025)),
        ask_more=(d(27, 6, 2025),),
        confirm=(d(28, 6, 2024), d(10, 1, 2025), d(8, 7, 2025)),
    )
    years = Years(
        programme=programme,
        person=person,
        chief=chief,
        chosen={
            **{task_of(programme, row).position: boards for row in OF_TWO_BOARDS},
            task_of(programme, CONTENT).position: acts(
                report=(d(17, 4, 2024), d(25, 4, 2024)), ask_more=(d(22, 4, 2024),), confirm=(d(2, 5, 2024),)
            ),
            task_of(programme, STRATEGY).position: acts(report=(d(15, 12, 2025),)),
        },
        events=events,
    )
    years.live()
    assert next(scenes, None) is None, "the whole story was told"
    return years


def held(programme: Programme, row: int) -> dict[tuple[str, str], tuple[int, int]]:
    """(part, body) → days held, and of these late."""
    task = task_of(programme, row)
    owed = task.obligations.select_related("organisation", "confirming")
    found: Counter[tuple[str, str, str]] = Counter()
    for hand in clocks.hands_of(task, owed, OVER):
        assert hand.body
        found[str(hand.part), hand.body.code, "days"] += hand.clock.days
        found[str(hand.part), hand.body.code, "late"] += hand.clock.late
    return {(part, code): (found[part, code, "days"], found[part, code, "late"]) for part, code, _what in found}


def turns(one: Obligation) -> list[tuple[str, str, date, date]]:
    rows = one.turns.select_related("organisation").order_by("since")
    return [(turn.state, turn.organisation.code, turn.since, turn.until) for turn in rows]


def test_every_figure_of_two_years(lived: Years):
    programme = Programme.objects.get()
    assert programme.tasks.filter(duty__origin="table").count() == 51
    assert programme.tasks.filter(duty__origin="table", deadline_kind="continuous").count() == 29
    _content(programme)
    _strategy(programme)
    _supervision(programme)
    _whole(programme, lived)


def _content(programme: Programme) -> None:
    """Row 24: the first quarter of 2024, so due on 31/03; asked for on 26/03 and granted on 28/03: until 15/04."""
    position = task_of(programme, CONTENT).position
    [one] = task_of(programme, CONTENT).obligations.all()
    assert (one.organisation.code, one.first_due, one.due) == ("TU.TG", d(31, 3, 2024), d(15, 4, 2024))
    # Handed in on 17/04, two days late, so that no days are left for what was asked for on 22/04: sent on 25/04,
    # confirmed on 02/05. On 10/06 the first day is corrected to 15/04, the due day itself: in time. Of what was asked
    # for on 22/04 no day was left but the five that always stay, until 27/04, on which the days off around 30/04 and
    # 01/05 begin: it was owed by 02/05, and came on 25/04.
    assert (one.submitted_on, one.supplement_due, one.confirmed_on) == (d(15, 4, 2024), d(2, 5, 2024), d(2, 5, 2024))
    assert one.supplemented_on == d(25, 4, 2024)
    assert one.state == "confirmed"
    # The ledger from then on tells it with the right day. The change of the due day on 28/03 is a turn of its own.
    assert turns(one) == [
        ("open", "TU.TG", d(31, 1, 2024), d(28, 3, 2024)),
        ("open", "TU.TG", d(28, 3, 2024), d(15, 4, 2024)),
        ("submitted", "TU.TG", d(15, 4, 2024), d(22, 4, 2024)),
        ("open", "TU.TG", d(22, 4, 2024), d(25, 4, 2024)),
        ("submitted", "TU.TG", d(25, 4, 2024), d(2, 5, 2024)),
    ]
    stood = {
        d(27, 3, 2024): "in_term",  # due on 31/03, four days on
        d(28, 3, 2024): "in_term",  # three days before that day; but it is 15/04 by now
        d(12, 4, 2024): "due_soon", d(14, 4, 2024): "due_soon",
        d(15, 4, 2024): "awaiting", d(21, 4, 2024): "awaiting",
        d(22, 4, 2024): "in_term", d(24, 4, 2024): "in_term",  # owed by 02/05
        d(25, 4, 2024): "awaiting", d(1, 5, 2024): "awaiting", d(2, 5, 2024): "done_on_time", OVER: "done_on_time",
    }  # fmt: skip
    for day, word in stood.items():
        assert told(programme, position, day) == [word], day
    # The body held it from 31/01 to 15/04, which is 29 + 31 + 15 = 75 days in a leap year, and three days in April;
    # none late. The office held it for 7 + 7 days, all after the day by which the work was due.
    assert held(programme, CONTENT) == {("lead", "TU.TG"): (78, 0), ("confirm", "TU.VP"): (14, 14)}


def _strategy(programme: Programme) -> None:
    """Row 42: the year 2025, so due on 31/12/2025. Its body was dissolved on 10/02/2025, the work given to the Front on
    20/02, and the Front made anew on 01/07, as was the office. From 01/09 to 01/10 it was suspended: 30 days more.
    """
    position = task_of(programme, STRATEGY).position
    [one] = task_of(programme, STRATEGY).obligations.all()
    assert (one.organisation.code, one.first_due, one.due) == ("MT.25", d(31, 12, 2025), d(30, 1, 2026))
    assert (one.state, one.submitted_on, one.held_since) == ("submitted", d(15, 12, 2025), d(15, 12, 2025))
    assert one.confirming
    assert one.confirming.code == "TU.25.VP"
    assert turns(one) == [
        ("open", "DD.MT", BEGUN, d(20, 2, 2025)),  # from 10/02 it was nobody's: still owed, and listed as an orphan
        ("open", "MT", d(20, 2, 2025), d(1, 7, 2025)),
        ("open", "MT.25", d(1, 7, 2025), d(1, 9, 2025)),
        ("suspended", "MT.25", d(1, 9, 2025), d(1, 10, 2025)),
        ("open", "MT.25", d(1, 10, 2025), d(15, 12, 2025)),
    ]
    stood = {
        d(31, 12, 2024): "in_term", d(15, 2, 2025): "in_term", d(31, 8, 2025): "in_term", d(1, 9, 2025): "suspended",
        d(30, 9, 2025): "suspended", d(1, 10, 2025): "in_term", d(14, 12, 2025): "in_term",
        d(15, 12, 2025): "awaiting", OVER: "awaiting",
    }  # fmt: skip
    for day, word in stood.items():
        assert told(programme, position, day) == [word], day
    # 366 days to 31/01/2025 and 20 more; 8 + 31 + 30 + 31 + 30 + 1 to 01/07; July and August, 62, and 31 + 30 + 14 from
    # 01/10 to 15/12. The office: 15/12 to 31/12. Nothing was late.
    assert held(programme, STRATEGY) == {
        ("lead", "DD.MT"): (386, 0),
        ("lead", "MT"): (131, 0),
        ("lead", "MT.25"): (137, 0),
        ("confirm", "TU.25.VP"): (16, 0),
    }


def _supervision(programme: Programme) -> None:
    """Row 20 stands: one report for each half-year, to 14/06 and 14/12, due on the 25th of that month."""
    task = task_of(programme, SUPERVISION)
    rows = list(task.obligations.select_related("organisation").order_by("period_end"))
    assert [(one.period_end, one.due, one.organisation.code, one.state) for one in rows] == [
        (d(14, 6, 2024), d(25, 6, 2024), "TU.DV", "confirmed"),
        (d(14, 12, 2024), d(25, 12, 2024), "TU.DV", "confirmed"),
        (d(14, 6, 2025), d(25, 6, 2025), "TU.25.TGDV", "confirmed"),
        (d(14, 12, 2025), d(25, 12, 2025), "TU.25.TGDV", "open"),
        (d(14, 6, 2026), d(25, 6, 2026), "TU.25.TGDV", "open"),
    ]
    # The first came on 24/06, in time. The second on 06/01/2025, twelve days late. The third was the merged board's:
    # handed in on 20/06 with five days left, sent back on 27/06, so owed by 02/07; on 01/07 the board was made anew,
    # and the new one sent it on 04/07. It was reported, and of standing work no more is said.
    assert [(one.submitted_on, one.supplement_due, one.confirmed_on) for one in rows] == [
        (d(24, 6, 2024), None, d(28, 6, 2024)),
        (d(6, 1, 2025), None, d(10, 1, 2025)),
        (d(20, 6, 2025), d(2, 7, 2025), d(8, 7, 2025)),
        (None, None, None),
        (None, None, None),
    ]
    assert turns(rows[2]) == [
        ("open", "TU.DV", d(15, 12, 2024), d(1, 3, 2025)),
        ("open", "TU.TGDV", d(1, 3, 2025), d(20, 6, 2025)),
        ("submitted", "TU.TGDV", d(20, 6, 2025), d(27, 6, 2025)),
        ("open", "TU.TGDV", d(27, 6, 2025), d(1, 7, 2025)),
        ("open", "TU.25.TGDV", d(1, 7, 2025), d(4, 7, 2025)),
        ("submitted", "TU.25.TGDV", d(4, 7, 2025), d(8, 7, 2025)),
    ]
    assert turns(rows[3]) == [("open", "TU.TGDV", d(15, 6, 2025), d(1, 7, 2025))]
    stood = {
        d(23, 6, 2024): ["not_reported", "not_reported"],  # the second half-year has begun on 15/06
        d(24, 6, 2024): ["reported", "not_reported"],
        d(26, 12, 2024): ["reported", "not_reported_late", "not_reported"],
        d(10, 1, 2025): ["reported", "reported_late", "not_reported"],
    }
    for day, words in stood.items():
        assert by_period(programme, day) == words, day
    # The supplement is owed by 02/07, by whoever has it; on 03/07 it is late, and on 04/07 it is there, late.
    late = {d(27, 6, 2025): "not_reported", d(2, 7, 2025): "not_reported", d(3, 7, 2025): "not_reported_late"}
    for day, word in {**late, d(4, 7, 2025): "reported_late"}.items():
        assert by_period(programme, day)[2] == word, day
    assert by_period(programme, OVER) == [
        "reported",
        "reported_late",
        "reported_late",
        "not_reported_late",
        "not_reported",
    ]
    # Held by the first board: 31/01 to 24/06/2024, 145 days; from 15/06/2024 to 06/01/2025, 205, of which 12 after
    # 25/12; from 15/12/2024 to 01/03/2025, 76. By the merged one: 01/03 to 20/06, 111, four days to 01/07, and 16 of
    # the fourth period. By the new one: three days to 04/07, of which two after 02/07; 01/07 to 31/12, 183, of which
    # six after 25/12; and 16 of the fifth. The office: 4 + 4 + 7 to the end of June, then the new one 4; after the due
    # days: three of 24/06 to 28/06, all four of 06/01 to 10/01, two of 20/06 to 27/06, all four of 04/07 to 08/07.
    assert held(programme, SUPERVISION) == {
        ("lead", "TU.DV"): (145 + 205 + 76, 12),
        ("lead", "TU.TGDV"): (111 + 4 + 16, 0),
        ("lead", "TU.25.TGDV"): (3 + 183 + 16, 2 + 6),
        ("confirm", "TU.VP"): (4 + 4 + 7, 3 + 4 + 2),
        ("confirm", "TU.25.VP"): (4, 4),
    }


def by_period(programme: Programme, day: date) -> list[str]:
    """Row 20, the oldest period first."""
    rows = history.stood_on(task_of(programme, SUPERVISION).obligations.all(), day).order_by("period_end")
    return [str(standing(history.facts_on(row), on=day)) for row in rows]


def _whole(programme: Programme, lived: Years) -> None:
    """What was frozen stays; what was corrected on 10/06/2024 is told as a difference to April and May 2024, and
    nothing else is. Work with an end and standing work add up. Counts and audit hold, and a fault in either is found.
    """
    assert len(lived.frozen) == 23
    changed = {}
    for taken in Snapshot.objects.order_by("as_of"):
        assert unchanged(taken)
        if found := since(taken):
            changed[taken.as_of] = {(one.cell.state, one.cell.due): (one.then, one.now) for one in found}
    due = d(15, 4, 2024)
    assert changed == {
        d(29, 4, 2024): {("submitted_late", due): (1, 0), ("submitted", due): (0, 1)},
        d(30, 5, 2024): {("confirmed_late", due): (1, 0), ("confirmed", due): (0, 1)},
    }
    end = boxes_of(history.counts(history.cells_on(OVER, [programme.pk]), OVER))
    owed = Obligation.objects.exclude(state="not_owed")
    assert end.total + end.suspended == owed.filter(standing=False).count()
    running = owed.filter(standing=True).exclude(state="suspended")
    reports = periodic.of(owed, OVER)
    assert sum(one.rows for one in reports) == running.count()
    assert (
        len(reports)
        == len({(one.organisation_id, one.owed_by if one.state == "open" else one.due) for one in running})
        < running.count()
    )
    faults.both_hold()
    faults.both_are_found()
