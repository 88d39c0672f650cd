"""A phrase means bodies by a rule, on a day."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.actions import groups
from tiendo.foundation.organisations.errors import GroupRuleError
from tiendo.foundation.organisations.grouping import group_of, members
from tiendo.foundation.organisations.models import Group, Organisation
from tiendo.work.handovers.actions import handovers

pytestmark = pytest.mark.django_db


@pytest.fixture
def country(office):
    for name in ("Huyện ủy Chiêm Hóa", "Thành ủy An Bình", "Huyện ủy Na Hang"):
        make.organisation(name, parent=office.root, kind="party_committee")
    make.organisation("Huyện ủy Đồng Văn", parent=office.elsewhere.parent, kind="party_committee")
    return office


def named(group: Group, day=None) -> list[str]:
    return [body.name for body in members(group, day)]


def test_by_kind_and_first_words_within_the_offices_tree(country):
    rule = make.group(
        "các huyện ủy, thành ủy", office=country.body, kinds=["party_committee"], named="Huyện uỷ; Thành ủy"
    )
    assert named(rule) == ["Huyện ủy Chiêm Hóa", "Huyện ủy Na Hang", "Thành ủy An Bình"]


def test_below_a_body_in_the_register_and_in_a_tree(country):
    centre = make.organisation("Trung tâm Số", parent=country.science)
    rule = Group(office=country.body, kinds=["department"], below=country.science)
    assert named(rule) == ["Trung tâm Số"]
    rule.tree = "state"
    assert named(rule) == ["Trung tâm Số"]
    rule.tree = "front"
    assert named(rule) == []
    assert centre in members(Group(office=country.body, named="Trung tâm"), None)


def test_the_rule_is_resolved_on_a_day(country):
    rule = make.group("các huyện ủy", office=country.body, named="Huyện ủy")
    gone = Organisation.objects.get(name="Huyện ủy Na Hang")
    draft = make.succession("dissolved", [gone], [])
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    renamed = Organisation.objects.get(name="Huyện ủy Chiêm Hóa")
    draft = make.succession("rename", [renamed], [], new_name="Đảng ủy Chiêm Hóa")
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    assert named(rule) == []
    assert named(rule, days(-1)) == ["Đảng ủy Chiêm Hóa", "Huyện ủy Na Hang"], "by the names of that day"
    assert named(rule, TODAY) == []


def test_a_phrase_is_found_however_it_is_written(country):
    rule = make.group("Các sở, ngành", office=country.body)
    assert group_of(country.body, "các sở,  NGÀNH") == rule
    assert group_of(country.science, "các sở, ngành") is None, "an office speaks for itself"


def test_what_is_said_anew_replaces_what_was_said(country):
    make.group("các sở", office=country.body, kinds=["department"])
    rule = make.group("các sở", office=country.body, named="Sở Y")
    assert Group.objects.get() == rule
    assert (rule.kinds, rule.named) == ([], "Sở Y")
    assert list(Event.objects.filter(subject=f"organisations.group:{rule.pk}").values_list("verb", flat=True)) == [
        "organisations.group.defined",
        "organisations.group.changed",
    ]


def test_a_rule_that_says_nothing_and_a_person_who_may_not_are_refused(country):
    with pytest.raises(GroupRuleError):
        groups.define(office=country.body, phrase="x", named="  ", by=country.chief, at=NOW)
    with pytest.raises(NotAllowedError):
        groups.define(office=country.body, phrase="x", named="Sở", by=country.clerk, at=NOW)
    assert not Group.objects.exists()
