"""Objective causes: asked for with proof, decided by whom the programme says; they stand beside "late"."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.organisations.queries import rights
from tiendo.work.programmes.actions import causes, coordination
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.errors import RestrictedTaskError
from tiendo.work.programmes.errors_of_matters import (
    CauseExistsError,
    CompetentBodyError,
    DecidedAlreadyError,
    DecidedOnError,
    NobodyCompetentError,
    ProofMissingError,
    WhyRequiredError,
)
from tiendo.work.programmes.models import Cause, Obligation
from tiendo.work.programmes.queries.history import cells_on
from tiendo.work.programmes.queries.matters import decides_cause, marks
from worlds import Office

pytestmark = pytest.mark.django_db


def test_a_confirmed_cause_stands_beside_and_changes_no_figure(owed, office: Office):
    before = cells_on(TODAY, [owed.programme_id])
    asked = make.cause(owed)
    assert marks([owed.pk])[0] == set()
    with pytest.raises(CauseExistsError):
        make.cause(owed)
    causes.decide(cause=asked, granted=True, by=office.who("head"), at=NOW)
    assert marks([owed.pk])[0] == {owed.pk}
    assert cells_on(TODAY, [owed.programme_id]) == before
    with pytest.raises(DecidedAlreadyError):
        causes.decide(cause=asked, granted=True, by=office.who("head"), at=NOW)
    with pytest.raises(DecidedAlreadyError):
        causes.withdraw(cause=asked, by=office.who("head", office.science), at=NOW)


def test_the_body_that_asks_never_decides(owed, office: Office):
    asked = make.cause(owed)
    both = office.who("head")
    make.post("clerk", body=office.science, who=both)
    with pytest.raises(NotAllowedError):
        causes.decide(cause=asked, granted=True, by=both, at=NOW)


def test_a_refusal_says_why_and_another_may_be_asked(owed, office: Office):
    asked = make.cause(owed)
    with pytest.raises(WhyRequiredError):
        causes.decide(cause=asked, granted=False, by=office.who("head"), at=NOW)
    causes.decide(cause=asked, granted=False, word="Không đúng.", by=office.who("head"), at=NOW)
    again = make.cause(owed)
    causes.withdraw(cause=again, by=office.who("head", office.science), at=NOW)
    assert list(Cause.objects.values_list("state", flat=True)) == ["refused", "withdrawn"]


def test_what_a_cause_needs(owed, office: Office):
    said = {"obligation": owed, "reason": "Bão.", "number": "5/QĐ", "proved_on": days(-1), "proposed": office.root}
    said |= {"by": office.who("head", office.science), "at": NOW}
    for wrong, error in [
        ({"reason": ""}, WhyRequiredError),
        ({"number": " "}, ProofMissingError),
        ({"proved_on": None}, ProofMissingError),
        ({"proved_on": days(1)}, DecidedOnError),
        ({"proposed": office.science}, CompetentBodyError),
        ({"proposed": make.organisation("Trung tâm trực thuộc", parent=office.science)}, CompetentBodyError),
    ]:
        with pytest.raises(error):
            causes.ask(**{**said, **wrong})


def test_who_decides_a_cause_is_not_chosen_by_who_asks(owed, office: Office):
    """The programme says who confirms; whom the body proposes decides only where that body gives it on."""
    below = make.organisation("Trung tâm trực thuộc", parent=office.science)
    head = office.who("head", office.science)
    asked = causes.ask(
        obligation=owed, reason="Bão.", number="5/QĐ", proved_on=days(-1), proposed=office.root, by=head, at=NOW
    )
    assert (asked.competent, asked.proposed) == (office.body, office.root)
    above = office.who("head", office.root)
    with pytest.raises(NotAllowedError):
        causes.decide(cause=asked, granted=True, by=above, at=NOW)
    for by in (above, head):
        with pytest.raises(NotAllowedError):
            causes.give_on(cause=asked, competent=office.root, by=by, at=NOW)
    for wrong in (below, office.science):
        with pytest.raises(CompetentBodyError):
            causes.give_on(cause=asked, competent=wrong, by=office.who("head"), at=NOW)
    causes.give_on(cause=asked, competent=office.root, by=office.who("head"), at=NOW)
    causes.decide(cause=asked, granted=True, by=above, at=NOW)
    with pytest.raises(DecidedAlreadyError):
        causes.give_on(cause=asked, competent=office.body, by=office.who("head"), at=NOW)
    Cause.objects.update(state="asked", competent=below)  # as it could be chosen before
    assert not decides_cause(rights(office.who("head", below), TODAY), Cause.objects.get())


def test_nobody_is_competent_for_what_stands_above_all(owed, office: Office):
    with ledger.kept([owed.pk], on=None):
        Obligation.objects.update(organisation=office.root, confirming=office.science)
    with pytest.raises(NobodyCompetentError):
        make.cause(Obligation.objects.get(pk=owed.pk))


def test_the_lead_that_asked_is_not_competent_for_its_coordinator(office: Office):
    charged = make.row("Việc", office.science.name, deadline=make.by_date(days(30)), coordinators=[office.health.name])
    row = make.programme(charged, office=office.body).tasks.get().assignments.get(role="coordinate")
    coordination.invite(assignment=row, due=days(9), by=office.who("head", office.science), at=NOW)
    part = Obligation.objects.get(role="coordinate")
    assert (part.confirming, make.cause(part).competent) == (office.science, office.body)


def test_a_cause_of_a_restricted_task_is_a_number_and_a_day(restricted, office: Office):
    with pytest.raises(RestrictedTaskError):
        make.cause(restricted)
    asked = causes.ask(
        obligation=restricted, reason="", number="5/QĐ", proved_on=days(-1),
        by=office.who("head", office.science), at=NOW,
    )  # fmt: skip
    causes.decide(cause=asked, granted=False, by=office.who("head"), at=NOW)
    assert (asked.reason, Cause.objects.get().word) == ("–", "–")
