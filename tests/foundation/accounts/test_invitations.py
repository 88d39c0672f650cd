"""Invitations: whom they are for, how long they hold, what is kept of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from factories import NOW, TODAY, moment
from snapshots import rows
from tiendo.foundation.accounts.actions import invitations, users
from tiendo.foundation.accounts.errors import (
    InvitationClosedError,
    InvitationDaysError,
    InvitationNeedlessError,
    NotAllowedError,
    UsernameTakenError,
    WeakPasswordError,
)
from tiendo.foundation.accounts.models import Invitation, User
from tiendo.foundation.accounts.queries import invitation_of_token, invitation_state
from tiendo.foundation.accounts.rules import Invited
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.actions import inviting
from tiendo.foundation.organisations.actions.inviting import Person
from tiendo.foundation.organisations.models import Post

pytestmark = pytest.mark.django_db
GOOD = "tre-xanh-song-hong-may-cay"


@pytest.fixture
def keeper(office):
    return office.who("administrator", office.root)


@pytest.fixture
def invite(office, keeper):
    def made(name="Đặng Thị Hồng", by=None, body=None, **more):
        person = Person(name, body or office.science, "clerk", TODAY, **more)
        return inviting.invite(people=[person], by=by or keeper, at=NOW)[0]

    return made


def state(one, at=NOW):
    return invitation_state(Invitation.objects.get(pk=one.invitation.pk), at)


def test_an_account_without_a_password_a_post_and_a_link_of_which_a_digest_is_kept(office, invite):
    one = invite(email="hong@vd.vn")
    assert (one.user.username, one.user.email) == ("dang.hong", "hong@vd.vn")
    assert not User.objects.get(pk=one.user.pk).has_usable_password()
    assert Post.objects.get(user=one.user).organisation == office.science
    secret = one.token.partition("-")[2]
    assert secret not in str([row for table in rows().values() for row in table])
    assert "hong@vd.vn" not in str(list(Event.objects.values_list("data", flat=True)))
    assert invitation_of_token(one.token) == one.invitation


@pytest.mark.parametrize("wrong", ["", "x", "1", "1-", "-", "0-abc", "²-a", f"{10**30}-a"])
def test_no_other_token_opens_anything(invite, wrong):
    one = invite()
    assert invitation_of_token(wrong) is None
    assert invitation_of_token(one.token[:-1]) is None
    assert invitation_of_token(f"{one.invitation.pk}-{invite().token.partition('-')[2]}") is None


def test_a_password_is_chosen_once(invite):
    one = invite()
    invitations.accept(invitation=one.invitation, password=GOOD, at=NOW)
    user = User.objects.get(pk=one.user.pk)
    assert user.check_password(GOOD)
    assert not user.password_given, "nobody else knows it"
    assert state(one) is Invited.USED
    with pytest.raises(InvitationClosedError):
        invitations.accept(invitation=one.invitation, password="khac-han-mot-cau-dai-lam", at=NOW)
    assert User.objects.get(pk=one.user.pk).check_password(GOOD)


def test_a_weak_password_is_refused_and_the_invitation_holds(invite):
    one = invite()
    with pytest.raises(WeakPasswordError):
        invitations.accept(invitation=one.invitation, password="danghong1", at=NOW)
    assert state(one) is Invited.LIVE


def test_it_runs_out(settings, invite):
    settings.INVITATION_DAYS = 3
    one = invite()
    last = NOW + timedelta(days=3)
    assert state(one, last - timedelta(seconds=1)) is Invited.LIVE
    assert state(one, last) is Invited.EXPIRED
    with pytest.raises(InvitationClosedError):
        invitations.accept(invitation=one.invitation, password=GOOD, at=last)


def test_another_one_ends_the_first(keeper, invite):
    one = invite()
    second = inviting.renew(user=one.user, by=keeper, at=NOW)
    assert [state(one), state(second)] == [Invited.REVOKED, Invited.LIVE]
    assert [post.organisation.name for post in second.posts] == [one.posts[0].organisation.name]
    invitations.revoke(user=one.user, by=keeper, at=NOW)
    assert state(second) is Invited.REVOKED
    invitations.revoke(user=one.user, by=keeper, at=NOW)
    verbs = list(Event.objects.filter(verb__startswith="accounts.invitation.").values_list("verb", flat=True))
    assert [verb.rpartition(".")[2] for verb in verbs] == ["issued", "revoked", "issued", "revoked"]


def test_nobody_with_a_password_or_gone_is_invited(keeper, invite):
    one = invite()
    users.set_password(user=one.user, password=GOOD, by=keeper.actor, at=NOW)
    assert state(one) is Invited.USED, "what the administrator gave is not overwritten by a link"
    with pytest.raises(InvitationNeedlessError):
        inviting.renew(user=one.user, by=keeper, at=NOW)
    other = invite()
    users.deactivate(user=other.user, by=keeper.actor, at=NOW)
    users.activate(user=other.user, by=keeper.actor, at=NOW)
    assert state(other) is Invited.REVOKED, "and who comes back is invited anew"
    for days in (0, 61):
        with pytest.raises(InvitationDaysError):
            invitations.issue(user=other.user, by=keeper, at=NOW, days=days)


def test_only_by_who_keeps_the_accounts_there_all_or_nobody(office, keeper, invite):
    for by in (office.chief, make.person("administrator", office.elsewhere)):
        with pytest.raises(NotAllowedError):
            invite(by=by)
    people = [Person("Lê An", office.science, "clerk", TODAY, username="le.an")] * 2
    with pytest.raises(UsernameTakenError):
        inviting.invite(people=people, by=keeper, at=moment(TODAY))
    assert not User.objects.filter(full_name="Lê An").exists()
    assert [invite("Trần Văn Bình").user.username for _ in range(3)] == ["tran.binh", "tran.binh2", "tran.binh3"]
