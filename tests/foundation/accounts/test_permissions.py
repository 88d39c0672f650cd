"""Roles are data: every one is known by name, and none may more than its office needs."""

from __future__ import annotations

import pytest

from tiendo.foundation.accounts.permissions import Permission, role_names, roles, roles_with

WRITING = set(Permission) - {
    Permission.SIGN_IN,
    Permission.SEE_WORK,
    Permission.SEE_ALL_WORK,
    Permission.SEE_AUDIT,
}
EXPECTED = {"clerk", "officer", "office_head", "head", "monitor", "leader", "inspector", "administrator"}


def test_the_roles_are_those_of_the_glossary():
    assert set(roles()) == set(role_names()) == EXPECTED


@pytest.mark.parametrize("role", sorted(EXPECTED))
def test_every_role_signs_in_and_has_a_name(role):
    assert Permission.SIGN_IN in roles()[role]
    assert role_names()[role]


@pytest.mark.parametrize("role", ["leader", "inspector"])
def test_leaders_and_inspectors_only_read(role):
    assert not roles()[role] & WRITING
    assert Permission.SEE_ALL_WORK in roles()[role]


def test_an_administrator_sees_no_content():
    assert roles()["administrator"] == {Permission.SIGN_IN, Permission.MANAGE_ACCOUNTS}


def test_only_the_office_head_approves():
    assert roles_with(Permission.APPROVE) == ["office_head"]


@pytest.mark.parametrize("permission", list(Permission))
def test_every_permission_is_somebodys(permission):
    assert roles_with(permission)


def test_who_confirms_also_sees():
    for role in roles_with(Permission.CONFIRM_REPORT):
        assert Permission.SEE_WORK in roles()[role]
