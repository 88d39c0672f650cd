"""Roles are data: every one is known by name, and none may more than its office needs."""

from __future__ import annotations

import pytest

from tiendo.foundation.accounts.permissions import (
    REACHING,
    Permission,
    deciding,
    looking_after,
    role_names,
    roles,
    roles_with,
    whole_tree,
)

WRITING = set(Permission) - {
    Permission.SEE_WORK,
    Permission.SEE_ALL_WORK,
    Permission.SEE_AUDIT,
}
EXPECTED = {"clerk", "officer", "office_head", "head", "monitor", "leader", "inspector", "administrator", "registrar"}


def test_the_roles_are_those_of_the_glossary():
    assert set(roles()) == set(role_names()) == EXPECTED


@pytest.mark.parametrize("role", sorted(EXPECTED))
def test_every_role_may_something_and_has_a_name(role):
    assert roles()[role]
    assert role_names()[role]


def test_a_role_that_sees_or_keeps_more_than_its_body_can_be_told_how_much():
    assert looking_after() == {"leader", "inspector", "administrator", "registrar"}
    assert whole_tree() == {"administrator", "registrar"}
    assert {Permission.MANAGE_ACCOUNTS, Permission.MANAGE_BODIES} == REACHING & WRITING


@pytest.mark.parametrize("role", ["leader", "inspector"])
def test_leaders_and_inspectors_only_read(role):
    assert not roles()[role] & WRITING
    assert Permission.SEE_ALL_WORK in roles()[role]


def test_an_administrator_sees_no_content():
    assert roles()["administrator"] == {Permission.MANAGE_ACCOUNTS}


def test_only_the_office_head_approves():
    assert roles_with(Permission.APPROVE) == ["office_head"]


@pytest.mark.parametrize("permission", list(Permission))
def test_every_permission_is_somebodys(permission):
    assert roles_with(permission)


def test_who_confirms_also_sees():
    for role in roles_with(Permission.CONFIRM_REPORT):
        assert Permission.SEE_WORK in roles()[role]


def test_who_decides_or_sees_more_than_their_own_may_have_to_show_a_second_factor():
    assert deciding() == {"office_head", "head", "monitor", "inspector", "administrator", "registrar"}
    assert deciding() >= set(roles_with(Permission.CONFIRM_REPORT)) | set(roles_with(Permission.MANAGE_ACCOUNTS))
    assert deciding() >= set(roles_with(Permission.APPROVE))
