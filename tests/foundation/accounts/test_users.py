"""People who sign in."""

from __future__ import annotations

import pytest

import factories as make
from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.errors import (
    AlreadyActiveError,
    AlreadyInactiveError,
    BadFullNameError,
    BadUsernameError,
    SamePasswordError,
    UsernameTakenError,
    WeakPasswordError,
)
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.models import Event

pytestmark = pytest.mark.django_db

GOOD = "lua-chin-vang-dong"


def add(username: str = "binh", password: str = GOOD) -> User:
    return users.add(username=username, full_name="Nguyễn Thị Bình", password=password, by="shell:init", at=make.NOW)


def test_a_person_added_can_sign_in():
    user = add()
    assert user.check_password(GOOD)
    assert (str(user), user.actor, user.language, user.is_active) == ("Nguyễn Thị Bình", f"user:{user.pk}", "vi", True)
    assert user.created_at == make.NOW


def test_adding_leaves_an_event_without_the_name():
    user = add()
    event = Event.objects.get()
    assert (event.actor, event.verb) == ("shell:init", "accounts.user.added")
    assert event.subject == f"accounts.user:{user.pk}"
    assert "Bình" not in str(event.data)
    assert "binh" not in str(event.data)


@pytest.mark.parametrize("again", ["binh", "BINH", "Binh"])
def test_a_username_is_taken_whatever_its_case(again):
    add()
    with pytest.raises(UsernameTakenError, match=again):
        add(again)
    assert User.objects.count() == Event.objects.count() == 1


@pytest.mark.parametrize("username", ["", "  ", "vt 4", "vt;", "a" * 61, "a\nb", "<b>"])
def test_a_username_is_one_short_word(username):
    with pytest.raises(BadUsernameError):
        add(username)
    assert not User.objects.exists()


@pytest.mark.parametrize("full_name", ["", "   ", "B" * 121])
def test_a_person_has_a_name_that_fits(full_name):
    with pytest.raises(BadFullNameError, match="120"):
        users.add(username="binh", full_name=full_name, password=GOOD, by="shell:init", at=make.NOW)
    assert not Event.objects.exists()


def test_blanks_around_names_are_not_kept():
    user = users.add(username=" binh ", full_name=" Nguyễn  Thị Bình ", password=GOOD, by="shell:init", at=make.NOW)
    assert (user.username, user.full_name) == ("binh", "Nguyễn Thị Bình")


def test_the_reasons_are_vietnamese():
    with pytest.raises(WeakPasswordError, match=r"Mật khẩu quá ngắn, phải có ít nhất 10 ký tự\."):
        add(password="ngan-8-k")


@pytest.mark.parametrize("weak", ["ngan", "1234567890123", "password1234", "nguyenthibinh1"])
def test_a_weak_password_is_refused_with_the_reason(weak):
    with pytest.raises(WeakPasswordError) as raised:
        users.add(username="nguyenthibinh", full_name="Bình", password=weak, by="shell:init", at=make.NOW)
    assert len(raised.value.message) > len("Mật khẩu chưa đạt: ")
    assert not User.objects.exists()
    assert not Event.objects.exists()


def test_a_person_is_found_by_username_whatever_its_case():
    user = add("Binh")
    assert User.objects.get_by_natural_key("bINH") == user


def test_the_language_is_remembered_and_recorded():
    user = add()
    users.set_language(user=user, language="en", at=make.NOW)
    user.refresh_from_db()
    assert user.language == "en"
    event = Event.objects.last()
    assert (event.actor, event.verb, event.data) == (user.actor, "accounts.user.language_set", {"language": "en"})


def test_two_spellings_of_one_name_are_one_account():
    user = add("Đức")
    assert user.username == "đức"
    assert User.objects.get_by_natural_key("ĐỨC") == user
    with pytest.raises(UsernameTakenError):
        add("đỨc")


def test_a_new_password_is_as_good_as_the_first():
    user = add()
    with pytest.raises(WeakPasswordError):
        users.set_password(user=user, password="ngan", by="user:9", at=make.NOW)
    user.refresh_from_db()
    assert user.check_password(GOOD)
    assert Event.objects.count() == 1


def test_a_password_that_somebody_else_chose_is_known_as_such_until_it_is_changed():
    user = add()
    assert user.password_given
    change = {"user": user, "address": "203.0.113.7", "at": make.NOW}
    with pytest.raises(SamePasswordError):
        users.change_password(current=GOOD, password=GOOD, **change)
    assert User.objects.get().password_given
    users.change_password(current=GOOD, password="gio-mua-thu-ve", **change)
    assert not User.objects.get().password_given
    users.set_password(user=user, password=GOOD, by="user:9", at=make.NOW)
    assert User.objects.get().password_given


def test_one_own_password_is_not_given():
    assert not users.add(**OWN, password=GOOD, given=False, by="shell:init", at=make.NOW).password_given
    assert not users.add(**OWN | {"username": "b"}, password=None, by="shell:init", at=make.NOW).password_given


OWN = {"username": "a", "full_name": "Người An"}


def test_an_account_is_stopped_and_taken_up_again():
    user = add()
    users.deactivate(user=user, by="user:9", at=make.NOW)
    with pytest.raises(AlreadyInactiveError):
        users.deactivate(user=user, by="user:9", at=make.NOW)
    assert not User.objects.get().is_active
    users.activate(user=user, by="user:9", at=make.NOW)
    with pytest.raises(AlreadyActiveError):
        users.activate(user=user, by="user:9", at=make.NOW)
    assert User.objects.get().is_active
    assert [event.verb for event in Event.objects.all()][1:] == ["accounts.user.deactivated", "accounts.user.activated"]
