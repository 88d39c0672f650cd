"""From the shell: letting people in again, and who must have a second factor."""

from __future__ import annotations

import pytest
from django.core.management import CommandError

from codes import with_app
from doors.commands.test_init import OFFICE, SECRET
from factories import NOW
from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.models import Attempt, Policy, User
from tiendo.foundation.accounts.queries import has_factor, second_factor_wanted
from tiendo.foundation.audit.models import Event

pytestmark = pytest.mark.django_db


def test_unlock(shell, office):
    throttle.take(username=office.clerk.username, address="203.0.113.7", at=NOW)
    assert "đăng nhập lại được ngay" in shell("unlock", office.clerk.username.upper())
    assert [str(row) for row in Attempt.objects.all()] == ["address 1"]
    assert Event.objects.last().actor == "shell:unlock"


def test_reset_second_factor(shell, office):
    with_app(office.clerk, NOW)
    assert "Đã gỡ 1 cách" in shell("reset_second_factor", office.clerk.username)
    assert not has_factor(office.clerk)
    assert Event.objects.last().data == {"count": 1, "via": "shell"}


@pytest.mark.parametrize("command", ["unlock", "reset_second_factor"])
def test_of_nobody(shell, office, command):
    with pytest.raises(CommandError, match=r"Không có người dùng “khong\.co”"):
        shell(command, "khong.co")


def test_who_must_have_one(shell, db, settings):
    assert "không ai bắt buộc" in shell("second_factor")
    out = shell("second_factor", "roles")
    assert "Lãnh đạo Văn phòng, Người đứng đầu, Cơ quan theo dõi, Kiểm tra, Quản trị" in out
    settings.SECOND_FACTOR = "all"
    out = shell("second_factor", "off")
    assert "bắt buộc với mọi người" in out
    assert "TIENDO_SECOND_FACTOR" in out
    assert Policy.objects.get().second_factor == "off"


@pytest.mark.parametrize(("arguments", "wanted"), [((), "roles"), (("--second-factor", "off"), "off")])
def test_a_real_office_begins_with_one_for_those_who_decide(shell, arguments, wanted):
    out = shell("init", *OFFICE, *arguments, "--password-stdin", stdin=SECRET)
    assert second_factor_wanted() == wanted
    assert ("bước xác thực thứ hai" in out) is (wanted == "roles")
    assert User.objects.count() == 1
