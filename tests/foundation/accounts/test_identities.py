"""The province's single sign-on: whom it lets in is decided by a tie made here, never by an address."""

from __future__ import annotations

from dataclasses import replace

import pytest

import factories as make
from factories import NOW
from tiendo.config.environment import Sso
from tiendo.foundation.accounts.actions import identities, users
from tiendo.foundation.accounts.errors import (
    BadSsoNameError,
    NoPasswordError,
    SsoFailedError,
    SsoTakenError,
    SsoUnknownError,
)
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.queries import sso_tie
from tiendo.foundation.audit.models import Event

pytestmark = pytest.mark.django_db

THERE = Sso(
    "https://sso.example.vn", "tiendo", "", "Tài khoản của tỉnh", "preferred_username", create=False, strong=False
)


@pytest.fixture(autouse=True)
def _there(settings):
    settings.SSO = THERE


def known(subject: str = "s-1", **more):
    return identities.recognise(claims={"sub": subject, **more}, at=NOW)


def last() -> tuple[str, str, str]:
    event = Event.objects.last()
    return event.actor, event.verb, event.subject


def test_one_who_tied_the_account_is_let_in():
    user = make.user()
    identities.link(user=user, claims={"sub": "s-1"}, at=NOW)
    assert last() == (user.actor, "accounts.identity.linked", f"accounts.user:{user.pk}")
    assert known() == user


def test_the_same_name_or_address_ties_nothing():
    user = make.user(username="binh")
    user.email = "binh@example.vn"
    user.save()
    with pytest.raises(SsoUnknownError):
        known(preferred_username="binh", email="binh@example.vn", email_verified=True)
    assert last() == ("door:sign-in", "accounts.session.refused", "accounts.user:0")
    assert sso_tie(user) is None


def test_whom_the_administrator_named_is_tied_at_the_first_coming():
    user = make.user()
    identities.set_name(user=user, name=" binh.nt ", by="user:9", at=NOW)
    assert last() == ("user:9", "accounts.identity.named", f"accounts.user:{user.pk}")
    assert known(preferred_username="binh.nt") == user
    assert sso_tie(user).uid == "s-1"
    assert known("s-1", preferred_username="binh.nguyen") == user, "called otherwise since, and yet the same"
    with pytest.raises(SsoTakenError):
        known("s-2", preferred_username="binh.nt")  # the name was given to somebody else there


def test_a_new_name_ends_the_tie():
    user = make.user()
    identities.link(user=user, claims={"sub": "s-1"}, at=NOW)
    identities.set_name(user=user, name="binh.nt", by="user:9", at=NOW)
    with pytest.raises(SsoUnknownError):
        known("s-1")


@pytest.mark.parametrize(("verified", "let_in"), [(True, True), (False, False), ("true", False), (None, False)])
def test_an_address_counts_when_it_was_verified_there(settings, verified, let_in):
    settings.SSO = replace(THERE, claim="email")
    user = make.user()
    identities.set_name(user=user, name="binh@example.vn", by="user:9", at=NOW)
    if let_in:
        assert known(email="binh@example.vn", email_verified=verified) == user
    else:
        with pytest.raises(SsoUnknownError):
            known(email="binh@example.vn", email_verified=verified)


def test_neither_side_is_given_away():
    first, second = make.user(), make.user()
    identities.link(user=first, claims={"sub": "s-1"}, at=NOW)
    for user, subject in ((first, "s-2"), (second, "s-1")):
        with pytest.raises(SsoTakenError):
            identities.link(user=user, claims={"sub": subject}, at=NOW)
    identities.set_name(user=first, name="a", by="user:9", at=NOW)
    with pytest.raises(SsoTakenError):
        identities.set_name(user=second, name="a", by="user:9", at=NOW)
    with pytest.raises(BadSsoNameError):
        identities.set_name(user=second, name="a" * 256, by="user:9", at=NOW)


def test_untied_nobody_comes_in_that_way():
    user = make.user()
    identities.set_name(user=user, name="binh", by="user:9", at=NOW)
    known(preferred_username="binh")
    identities.unlink(user=user, by=user.actor, at=NOW)
    with pytest.raises(SsoUnknownError):
        known(preferred_username="binh")


def test_one_who_left_is_not_let_in():
    user = make.user()
    identities.link(user=user, claims={"sub": "s-1"}, at=NOW)
    users.deactivate(user=user, by="user:9", at=NOW)
    with pytest.raises(SsoUnknownError):
        known()


@pytest.mark.parametrize("subject", [None, "", 7, "x" * 256, ["s"]])
def test_claims_without_a_subject_are_nobody(subject):
    with pytest.raises(SsoFailedError):
        identities.recognise(claims={"sub": subject}, at=NOW)


def test_an_account_is_made_only_where_the_office_wants_it_and_never_in_place_of_another(settings):
    make.user(username="binh")
    claims = {"preferred_username": "Lan.PT", "name": "Phạm Thị Lan"}
    with pytest.raises(SsoUnknownError):
        known(**claims)
    settings.SSO = replace(THERE, create=True)
    made = known(**claims)
    assert (made.username, made.full_name, made.has_usable_password()) == ("lan.pt", "Phạm Thị Lan", False)
    assert known(**claims) == made
    with pytest.raises(SsoUnknownError):
        known("s-9", preferred_username="BINH")
    with pytest.raises(NoPasswordError):
        identities.unlink(user=made, by=made.actor, at=NOW)
    assert User.objects.count() == 2
