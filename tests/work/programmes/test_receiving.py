"""A paper that came in time is in time, whenever somebody typed it in: the day on which it was received."""

from __future__ import annotations

from datetime import date

import pytest

import factories as make
from doors.desk.world import LATE, PLAN, STANDING, World, open_programme
from factories import NOW, TODAY, days
from register_files import edited
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.actions import forms, links, reports
from tiendo.work.programmes.actions.links import Said
from tiendo.work.programmes.errors import ReceivedDayError
from tiendo.work.programmes.form_files import form_xlsx
from tiendo.work.programmes.models import Obligation, Report, Turn
from tiendo.work.programmes.queries import links as queries
from tiendo.work.programmes.queries.tally import differences
from tiendo.work.programmes.queries.turns import spans_of
from tiendo.work.programmes.rules.standing import Standing, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(office) -> World:
    found = open_programme(office)
    Obligation.objects.update(held_since=days(-50))  # as raised then
    return found


def on_paper(world: World, position: int, at=NOW, **day: date | None) -> Report:
    owed = world.owed(position)
    link, _token = make.link_and_token(owed, by=world.office.officer)
    draft = queries.opened(link, at=at).report
    said = {owed.pk: Said(text=f"Đã làm, {at:%d/%m}.")}
    links.keep(link=link, answers=said, cited={}, version=draft.version if draft else 1, at=at)
    return links.submit_on_paper(
        link=link, number=f"{at:%d}/BC", **({"signed_on": days(-13)} | day), by=world.office.officer, at=at
    )


def stands(world: World, position: int, on: date = TODAY) -> Standing:
    return standing(world.owed(position).facts, on=on)


def test_received_in_time_it_is_in_time_and_both_days_stay(world):
    sent = on_paper(world, LATE, received_on=days(-11))
    owed = world.owed(LATE)
    assert (stands(world, LATE), owed.submitted_on, owed.held_since) == (Standing.AWAITING, days(-11), days(-11))
    assert (sent.received_on, sent.submitted_at, sent.paper_on) == (days(-11), NOW, days(-13))
    assert Event.objects.get(verb="programmes.report.submitted_on_paper").data["received"] == days(-11).isoformat()
    assert [(one.state, one.since, one.until) for one in spans_of(owed)] == [
        ("open", days(-50), days(-11)),
        ("submitted", days(-11), None),
    ]
    assert not list(differences())


def test_typed_without_a_day_it_came_today_and_is_late(world):
    assert on_paper(world, LATE).received_on == TODAY
    assert (stands(world, LATE), world.owed(LATE).submitted_on) == (Standing.AWAITING_LATE, TODAY)


def test_received_after_the_day_it_is_late_all_the_same(world):
    on_paper(world, LATE, received_on=days(-9))
    assert (stands(world, LATE), world.owed(LATE).submitted_on) == (Standing.AWAITING_LATE, days(-9))


@pytest.mark.parametrize("received", [days(1), days(-14), days(-61)])
def test_a_day_that_cannot_be_is_refused_with_those_that_can(world, received):
    with pytest.raises(ReceivedDayError) as refused:
        on_paper(world, PLAN, received_on=received)
    assert f"từ {days(-13):%d/%m/%Y} đến {TODAY:%d/%m/%Y}" in refused.value.message
    assert world.owed(PLAN).state == "open"


def test_nothing_is_received_before_its_period_began(world):
    owed = world.owed(STANDING)
    day = owed.period_start.replace(year=owed.period_start.year - 1)
    with pytest.raises(ReceivedDayError) as refused:
        on_paper(world, STANDING, signed_on=day, received_on=day)
    assert f"từ {owed.period_start:%d/%m/%Y}" in refused.value.message


def test_a_paper_of_a_day_to_come_is_none(world):
    link, _token = make.link_and_token(world.owed(STANDING), by=world.office.officer)
    rows = world.programme.obligations.filter(standing=True, organisation=world.office.science)
    said = {row.pk: Said(nothing_arose=True) for row in rows}
    links.keep(link=link, answers=said, cited={}, version=1, at=NOW)
    with pytest.raises(ReceivedDayError):
        links.submit_on_paper(link=link, number="1", signed_on=days(1), by=world.office.officer, at=NOW)


def test_not_before_the_body_had_the_work(world):
    owed = world.owed(PLAN)
    Turn.objects.create(
        obligation=owed, since=days(-50), until=days(-5), organisation=world.office.health, state="open", due=owed.due
    )
    Obligation.objects.filter(pk=owed.pk).update(held_since=days(-5))
    with pytest.raises(ReceivedDayError):
        on_paper(world, PLAN, received_on=days(-6))
    assert on_paper(world, PLAN, received_on=days(-5)).received_on == days(-5)


def test_a_supplement_on_paper_keeps_the_first_day_and_is_held_from_its_own(world):
    sent = on_paper(world, LATE, received_on=days(-11))
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=world.office.chief, at=make.moment(days(3)))
    with pytest.raises(ReceivedDayError):
        on_paper(world, LATE, at=make.moment(days(9)), received_on=days(2))
    again = on_paper(world, LATE, at=make.moment(days(9)), received_on=days(5))
    owed = world.owed(LATE)
    assert (again.round, again.received_on, owed.submitted_on) == (2, days(5), days(-11))
    assert [(one.state, one.since) for one in spans_of(owed)][-2:] == [("open", days(3)), ("submitted", days(5))]


def test_a_form_handed_in_on_paper_counts_from_its_own_day(office, world):
    form, rows = forms.hand_out(programme=world.programme, organisation=office.science, by=office.officer, at=NOW)
    place = next(line for line, row in enumerate(rows, 5) if row.task.position == LATE)
    data = edited(form_xlsx(form, rows), {f"E{place}": "Đã hoàn thiện."})
    back = forms.take(programme=world.programme, filename="a.xlsx", data=data, by=office.officer, at=NOW)
    paper = {"paper": "15/BC", "signed_on": days(-13), "by": office.officer, "at": NOW}
    with pytest.raises(ReceivedDayError):
        forms.write(returned=back, received_on=days(-20), **paper)
    assert forms.write(returned=back, received_on=days(-12), **paper).handed_in == 1
    assert (stands(world, LATE), world.owed(LATE).submitted_on) == (Standing.AWAITING, days(-12))
    assert Event.objects.get(verb="programmes.form.written").data["received"] == days(-12).isoformat()
