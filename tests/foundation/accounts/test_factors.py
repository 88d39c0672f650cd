"""Second factors: set up, shown, taken off, lost; nothing of them lies open in the database or the audit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.sessions.models import Session

import factories as make
from codes import recovery_codes, shown, with_app
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.foundation.accounts.actions import factors, policy, sessions
from tiendo.foundation.accounts.errors import (
    BadFactorNameError,
    LastFactorError,
    SealedElsewhereError,
    TooManyAttemptsError,
    UnknownFactorError,
    WrongCodeError,
)
from tiendo.foundation.accounts.models import Policy
from tiendo.foundation.accounts.queries import codes_of, factors_of, has_factor, second_factor_needed
from tiendo.foundation.audit.models import Event

pytestmark = pytest.mark.django_db

HERE = "203.0.113.7"


def check(user, code: str, at=NOW) -> str:
    return factors.check_code(user=user, code=code, address=HERE, at=at)


def last() -> tuple[str, str, dict[str, object]]:
    event = Event.objects.last()
    return event.actor, event.verb, event.data


def test_an_app_is_taken_over_by_its_first_code_and_brings_ten_recovery_codes():
    user, secret = make.user(), generate_totp_secret()
    with pytest.raises(WrongCodeError):
        factors.add_app(user=user, secret=secret, code="000000" if shown(secret) != "000000" else "1", at=NOW)
    assert not has_factor(user)
    factors.add_app(user=user, secret=secret, code=f" {shown(secret)[:3]} {shown(secret)[3:]} ", at=NOW)
    assert [row.type for row in factors_of(user)] == ["totp"]
    assert len(recovery_codes(user)) == 10
    assert last() == (user.actor, "accounts.factor.added", {"kind": "totp"})


def test_nothing_that_opens_lies_in_the_database_or_the_audit():
    user = make.user()
    secret = with_app(user, NOW)
    stored = str(list(Authenticator.objects.values())) + str(list(Event.objects.values()))
    assert secret not in stored
    assert not any(code in stored for code in recovery_codes(user))


def test_another_secret_key_reads_nothing_and_says_so(settings):
    user = make.user()
    secret = with_app(user, NOW)
    before, settings.SECRET_KEY = settings.SECRET_KEY, "x" * 50
    with pytest.raises(SealedElsewhereError):
        check(user, shown(secret))
    settings.SECRET_KEY_FALLBACKS = [before]
    assert check(user, shown(secret)) == "totp"


def test_a_code_is_taken_once_and_none_before_it():
    user = make.user()
    secret = with_app(user, NOW)
    late = shown(secret, later=1)
    assert check(user, late) == "totp"
    for code in (late, shown(secret)):
        with pytest.raises(WrongCodeError):
            check(user, code)


def test_a_recovery_code_is_used_up():
    user = make.user()
    with_app(user, NOW)
    code = recovery_codes(user)[3]
    assert check(user, f"{code[:4]} {code[4:]}") == "recovery_codes"
    with pytest.raises(WrongCodeError):
        check(user, code)
    assert len(recovery_codes(user)) == 9


def test_five_wrong_codes_and_even_the_right_one_waits_whatever_passwords_were_right():
    user = make.user()
    secret = with_app(user, NOW)
    for number in range(5):
        sessions.sign_in(username=user.username, password=PASSWORD, address=HERE, at=NOW)
        with pytest.raises(WrongCodeError):
            check(user, "12")
        assert last() == ("door:sign-in", "accounts.session.code_refused", {"count": number + 1})
    with pytest.raises(TooManyAttemptsError):
        check(user, shown(secret))
    assert check(user, shown(secret), NOW + timedelta(minutes=15)) == "totp"


def test_a_person_without_any_factor_has_no_right_code():
    for code in ("", "123456"):
        with pytest.raises(WrongCodeError):
            check(make.user(), code)


def test_a_new_app_takes_the_place_of_the_old_one():
    user = make.user()
    old, new = with_app(user, NOW), with_app(user, NOW)
    with pytest.raises(WrongCodeError):
        check(user, shown(old, later=1))
    assert check(user, shown(new)) == "totp"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_passkey_has_a_name(name):
    with pytest.raises(BadFactorNameError):
        factors.add_passkey(user=make.user(), name=name, credential={}, at=NOW)


def test_the_last_factor_stays_where_one_is_needed():
    user, other = make.user(), make.user()
    with_app(user, NOW)
    factors.add_passkey(user=user, name="Máy  ở phòng", credential={"id": "x"}, at=NOW)
    app, passkey = factors_of(user)
    assert passkey.data["name"] == "Máy ở phòng"
    with pytest.raises(UnknownFactorError):
        factors.remove(user=other, factor=app.pk, needed=False, at=NOW)
    factors.remove(user=user, factor=app.pk, needed=True, at=NOW)
    with pytest.raises(LastFactorError):
        factors.remove(user=user, factor=passkey.pk, needed=True, at=NOW)
    factors.remove(user=user, factor=passkey.pk, needed=False, at=NOW)
    assert not Authenticator.objects.filter(user=user).exists(), "recovery codes alone are no factor"


def test_codes_are_renewed_and_put_away():
    user = make.user()
    with pytest.raises(UnknownFactorError):
        factors.renew_codes(user=user, at=NOW)
    with pytest.raises(UnknownFactorError):
        factors.codes_noted(user=user, at=NOW)
    with_app(user, NOW)
    old = recovery_codes(user)
    factors.codes_noted(user=user, at=NOW)
    assert codes_of(user).did_view
    factors.renew_codes(user=user, at=NOW)
    assert not codes_of(user).did_view
    assert not set(old) & set(recovery_codes(user))


def test_one_who_lost_the_device_starts_anew_and_is_signed_out_everywhere():
    user = make.user()
    with_app(user, NOW)
    sessions.open_session(user=user, key="k1", address=HERE, agent="", how="password+totp", at=NOW)
    Session.objects.create(session_key="k1", session_data="", expire_date=NOW)
    for _ in range(5):
        with pytest.raises(WrongCodeError):
            check(user, "1")
    assert factors.reset(user=user, by="user:9", at=NOW) == 1
    assert not has_factor(user)
    assert not Session.objects.exists()
    verbs = list(Event.objects.order_by("-sequence").values_list("actor", "verb")[:2])
    assert verbs == [("user:9", "accounts.session.ended"), ("user:9", "accounts.factor.reset")]
    assert check(user, shown(with_app(user, NOW))) == "totp", "and need not wait"


def test_the_office_chooses_who_must_have_one_and_a_setting_overrules_it(settings):
    user = make.user()

    def needed(*roles: str) -> bool:
        return second_factor_needed(user, lambda: roles)

    assert not needed("head")
    policy.set_second_factor(wanted="roles", by="shell:test", at=NOW)
    assert last() == ("shell:test", "accounts.policy.second_factor_set", {"wanted": "roles"})
    assert (needed("clerk", "head"), needed("clerk")) == (True, False)
    policy.set_second_factor(wanted="all", by="shell:test", at=NOW)
    assert needed()
    settings.SECOND_FACTOR = "off"
    assert not needed("head")
    with pytest.raises(ValueError, match="sometimes"):
        policy.set_second_factor(wanted="sometimes", by="shell:test", at=NOW)
    assert Policy.objects.count() == 1
