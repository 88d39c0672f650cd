"""What holds for every act: who may, that the audit knows, that a failure leaves nothing half done."""

from __future__ import annotations

import pytest

import snapshots
from acts import ACTS, Act
from factories import NOW, person
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Post
from worlds import ROLES, Office

pytestmark = pytest.mark.django_db

each = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)


def _able(office: Office, act: Act):
    return office.who(roles_with(act.permission)[0], getattr(office, act.where))


@pytest.mark.parametrize(
    ("act", "role"),
    [pytest.param(act, role, id=f"{act.name}-{role}") for act in ACTS for role in roles_with(act.permission)],
)
def test_every_role_that_may_can_do_it(act: Act, role: str, office: Office):
    do = act.prepare(office)
    before = snapshots.rows()
    do(office.who(role, getattr(office, act.where)))
    assert snapshots.rows() != before


@each
def test_no_other_role_can_do_it(act: Act, office: Office):
    do = act.prepare(office)
    others = [office.who(role, getattr(office, act.where)) for role in ROLES if role not in roles_with(act.permission)]
    before, kept = snapshots.rows(), snapshots.files()
    for other in others:
        with pytest.raises(NotAllowedError):
            do(other)
    assert (snapshots.rows(), snapshots.files()) == (before, kept)


@each
def test_nobody_can_do_it_in_another_body(act: Act, office: Office):
    do = act.prepare(office)
    where = getattr(office, act.where)
    strangers = [
        office.who(role, body)
        for role in roles_with(act.permission)
        for body in (office.root, office.health, office.elsewhere)
        if body != where
    ]
    before = snapshots.rows()
    for stranger in strangers:
        with pytest.raises(NotAllowedError):
            do(stranger)
    assert snapshots.rows() == before


@each
def test_the_audit_says_who_did_what_when(act: Act, office: Office):
    do, by = act.prepare(office), _able(office, act)
    already = Event.objects.count()
    do(by)
    new = list(Event.objects.order_by("sequence")[already:])
    said = [event for event in new if event.verb == act.verb]
    assert len(said) == 1
    assert (said[0].actor, said[0].at) == (by.actor, NOW)
    assert said[0].office in {office.body.path, office.science.path}
    assert said[0].subject.split(":")[1].isdecimal()
    assert audit.verify() is None


@each
def test_no_event_holds_a_persons_name(act: Act, office: Office):
    do, by = act.prepare(office), _able(office, act)
    do(by)
    told = " ".join(f"{e.actor} {e.subject} {e.data}" for e in Event.objects.all())
    assert by.full_name not in told
    assert by.username not in told


@each
def test_an_act_whose_event_cannot_be_kept_changes_nothing(act: Act, office: Office, monkeypatch):
    do, by = act.prepare(office), _able(office, act)
    record = events.record

    def broken(**facts: object):
        if facts["verb"] == act.verb:
            raise OSError("disk full")
        return record(**facts)

    monkeypatch.setattr(events, "record", broken)
    before = snapshots.rows()
    with pytest.raises(OSError, match="disk full"):
        do(by)
    assert snapshots.rows() == before


@each
def test_a_right_that_ended_yesterday_is_none(act: Act, office: Office):
    do = act.prepare(office)
    former = person(roles_with(act.permission)[0], getattr(office, act.where))
    Post.objects.filter(user=former).update(ends="2026-03-01")
    with pytest.raises(NotAllowedError):
        do(former)


def test_every_writing_permission_has_an_act():
    reading = {Permission.SEE_WORK, Permission.SEE_ALL_WORK, Permission.SEE_AUDIT}
    elsewhere = {  # they reach over subtrees: tests/foundation, tests/doors/desk/test_accounts.py, tests/work/handovers
        Permission.MANAGE_ACCOUNTS,
        Permission.MANAGE_BODIES,
    }
    assert {act.permission for act in ACTS} == set(Permission) - reading - elsewhere
