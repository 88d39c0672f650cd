"""What the foundation's migrations do to data that is there."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

import factories as make
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Post

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
