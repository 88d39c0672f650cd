"""The invented province: who looks after what."""

from __future__ import annotations

import pytest

import factories as make
from tiendo.foundation.organisations import seeds
from tiendo.foundation.organisations.ancestry import heirs_of, through_on
from tiendo.foundation.organisations.models import Organisation, Post, Succession

pytestmark = pytest.mark.django_db


def test_leader_inspector_and_administrator_look_after_the_province_the_others_their_own_body():
    seeds.sow(starts=make.days(-30), at=make.NOW)
    wide = {post.user.username: post.looks_after.code for post in Post.objects.exclude(scope=None)}
    assert wide == {"lanh.dao": "T", "kiem.tra": "T", "quan.tri": "T", "danh.ba": "T"}
    assert Post.objects.count() > 30


def test_what_was_there_before_was_merged_absorbed_split_ended_or_acts_through_another():
    seeds.sow(starts=make.days(-30), at=make.NOW)
    facts = Succession.objects.filter(state="in_force")
    kinds = ["absorb", "acts_through", "dissolved", "merge", "merge", "split"]
    assert sorted(facts.values_list("kind", flat=True)) == kinds
    gone = {body.code: body.pk for body in Organisation.objects.exclude(ends=None)}
    assert set(gone) == {"TU.TG", "TU.DV", "UB.BCS", "MT.DD", "TU.HLS", "UB.NNPTNT", "UB.TNMT"}
    codes = dict(Organisation.objects.values_list("pk", "code"))
    holders = {codes[pk]: {codes[one] for one in heirs} for pk, heirs in heirs_of(gone.values()).items()}
    assert holders == {
        "TU.TG": {"TU.TGDV"},
        "TU.DV": {"TU.TGDV"},
        "UB.BCS": {"TU.DUUB"},
        "MT.DD": set(),
        "TU.HLS": {"XP.LS", "XP.SM"},
        "UB.NNPTNT": {"UB.NNMT"},
        "UB.TNMT": {"UB.NNMT"},
    }
    assert through_on(make.TODAY)[Organisation.objects.get(code="MT.NCT").pk] == Organisation.objects.get(code="MT").pk
