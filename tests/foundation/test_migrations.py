"""What the foundation's migrations do to data that is there."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

import factories as make
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Group, Name, Post

pytestmark = pytest.mark.django_db


def test_user_names_become_one_spelling_and_nobody_loses_their_account():
    names = ["Đức", "BINH", "ai-do", "đức", "binh"]
    people = [make.user(username=name) for name in names]
    import_module("tiendo.foundation.accounts.migrations.0002_sign_in_and_names").make_canonical(apps, None)
    now = dict(User.objects.values_list("pk", "username"))
    assert [now[one.pk] for one in people[:3]] == ["đức", "binh", "ai-do"]
    assert [now[one.pk] for one in people[3:]] == [f"đức-{people[3].pk}", f"binh-{people[4].pk}"]


def test_only_administrators_are_given_their_tree():
    root = make.organisation()
    body = make.organisation(parent=root)
    keeper, inspector = make.post("administrator", body=body), make.post("inspector", body=body)
    Post.objects.update(scope=None)
    give = import_module("tiendo.foundation.organisations.migrations.0003_scope").give_administrators_their_tree
    give(apps, None)
    keeper.refresh_from_db()
    inspector.refresh_from_db()
    assert (keeper.scope, inspector.scope) == (root, None)


def test_names_kept_by_former_abbreviations_are_found_again():
    body, other = make.organisation("Sở Nông nghiệp và Phát triển nông thôn"), make.organisation("Sở Kế hoạch")
    old = Name.objects.create(organisation=other, text="Sở KH&ĐT", key="so kh&dt", source="alias")
    twice = Name.objects.create(organisation=body, text="Sở NN&PTNT", key="so nn&ptnt", source="abbreviation")
    phrase = Group.objects.create(office=other, phrase="các phòng NN&PTNT", key="cac phong nn&ptnt")
    import_module("tiendo.foundation.organisations.migrations.0010_keys_by_more_abbreviations").write_keys_anew(
        apps, None
    )
    for row in (old, twice, phrase):
        row.refresh_from_db()
    assert old.key == "so ke hoach va dau tu"
    assert twice.key == "so nn&ptnt", "its body has that key by its own name"
    assert phrase.key == "cac phong nong nghiep va phat trien nong thon"
