"""The invented province: who looks after what."""

from __future__ import annotations

import pytest

import factories as make
from tiendo.foundation.organisations import seeds
from tiendo.foundation.organisations.models import Post

pytestmark = pytest.mark.django_db


def test_leader_inspector_and_administrator_look_after_the_province_the_others_their_own_body():
    seeds.sow(starts=make.days(-30), at=make.NOW)
    wide = {post.user.username: post.looks_after.code for post in Post.objects.exclude(scope=None)}
    assert wide == {"lanh.dao": "T", "kiem.tra": "T", "quan.tri": "T"}
    assert Post.objects.count() > 30
