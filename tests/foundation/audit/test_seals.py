"""The seal: by a key that is not in the database. Whoever can write all of the database is found."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction

import factories as make
from tampering import forge, tampering, written_anew
from tiendo.foundation.audit import queries
from tiendo.foundation.audit.actions import keys
from tiendo.foundation.audit.models import Event, Head
from tiendo.foundation.audit.queries import Break
from tiendo.foundation.audit.rules import key_name, seal

pytestmark = pytest.mark.django_db
OURS, NEW, THEIRS = ("k" * 40, "n" * 40, "t" * 40)


@pytest.fixture(autouse=True)
def _our_key(settings):
    settings.AUDIT_KEYS = (OURS,)


@pytest.fixture
def chain():
    return [make.event(n=n) for n in range(1, 6)]


def test_each_event_is_sealed(chain):
    assert all(event.seal == seal(event.digest, OURS) for event in chain)
    assert OURS not in chain[0].seal


@pytest.mark.parametrize("key", [None, THEIRS], ids=["without a seal", "with a key of their own"])
def test_a_chain_made_anew_without_the_key_is_found(chain, key):
    """Every digest fits, the head fits: only the seals do not."""
    written_anew(key, {2: {"actor": "user:9"}})
    assert queries.verify() == (Break(5, "unsealed") if key is None else Break(1, "unknown_key"))


def test_a_chain_made_anew_with_the_old_seals_is_found(chain):
    written_anew("keep", {2: {"actor": "user:9"}})
    assert queries.verify() == Break(2, "forged")


def test_a_seal_taken_off_is_found(chain):
    with tampering():
        Event.objects.filter(sequence=3).update(seal=None)
    assert queries.verify() == Break(3, "unsealed")


def test_the_last_seal_taken_off_is_found():
    make.event()
    with tampering():
        Event.objects.update(seal=None)
    assert queries.verify() == Break(1, "unsealed")


@pytest.mark.parametrize("rubbish", ["", ":", "x", f"{key_name(OURS)}:", f"{key_name(OURS)}:ảđ"])
def test_rubbish_is_no_seal(chain, rubbish):
    with tampering():
        Event.objects.filter(sequence=4).update(seal=rubbish)
    assert queries.verify() in {Break(4, "forged"), Break(4, "unknown_key")}


def test_an_event_slipped_in_with_a_digest_that_fits_is_found(chain):
    forge(actor="user:1")
    assert queries.verify() == Break(6, "unsealed")


def test_a_tail_cut_off_is_told_by_the_head_alone_where_it_was_not_moved(chain):
    with tampering():
        Event.objects.filter(sequence__gt=3)._raw_delete("default")
    assert queries.verify() == Break(4, "cut")


# -- what was recorded before there was a key ------------------------------------------------------------------------


def migrated() -> None:
    import_module("tiendo.foundation.audit.migrations.0003_sealed").seal_what_is_there(apps, None)


def test_a_chain_from_before_the_key_stays_as_it_is_and_is_fixed_by_the_first_seal(chain):
    written_anew(None, {})
    before = list(Event.objects.order_by("sequence").values())
    migrated()
    assert list(Event.objects.filter(sequence__lte=5).order_by("sequence").values()) == before
    assert Event.objects.get(sequence=6).verb == "audit.chain.sealed"
    make.event(n=7)
    verdict = queries.check()
    assert (verdict.broken, verdict.events, verdict.unsealed) == (None, 7, 5)
    written_anew("keep", {2: {"actor": "user:9"}})
    assert queries.verify() == Break(6, "forged")


def test_a_house_without_events_needs_no_such_event(db):
    migrated()
    Head.objects.get_or_create(pk=1)
    migrated()
    assert not Event.objects.exists()


# -- another key -----------------------------------------------------------------------------------------------------


def test_another_key_goes_on_and_the_former_seals_no_more(chain, settings):
    settings.AUDIT_KEYS = (OURS, NEW)
    keys.replace(former=[], by="shell:test", at=make.NOW)
    make.event(n=7)
    assert queries.verify() is None
    assert queries.keys_in_use() == {key_name(OURS): 5, key_name(NEW): 2}
    settings.AUDIT_KEYS = (OURS,)
    make.event(n=8)
    settings.AUDIT_KEYS = (OURS, NEW)
    assert queries.verify() == Break(8, "forged")


def test_a_key_that_is_gone_is_told_until_it_is_said_to_be_lost(chain, settings):
    settings.AUDIT_KEYS = (NEW,)
    assert queries.verify() == Break(1, "unknown_key")
    make.event(n=6)
    assert queries.verify() == Break(1, "unknown_key")
    keys.replace(former=[key_name(OURS)], by="shell:test", at=make.NOW)
    verdict = queries.check()
    assert (verdict.broken, verdict.on_trust) == (None, 5)


def test_what_the_lost_key_sealed_is_fixed_from_then_on(chain, settings):
    settings.AUDIT_KEYS = (NEW,)
    keys.replace(former=[key_name(OURS)], by="shell:test", at=make.NOW)
    written_anew("keep", {2: {"data": {"n": 99}}})
    assert queries.verify() == Break(6, "forged")


def test_the_key_of_one_purpose_signs_nothing_else():
    from tiendo.foundation.audit import rules

    made = {rules.seal("a", OURS), rules.signature("a", OURS)}
    assert len({one.partition(":")[2] for one in made}) == 2


def test_an_event_needs_no_more_than_the_last_key(settings):
    settings.AUDIT_KEYS = (OURS, NEW)
    with transaction.atomic():
        assert make.event().seal.startswith(key_name(NEW))
