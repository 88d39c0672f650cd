"""A signed copy of the older events: proves itself, and that the table goes on from it. Nothing is deleted."""

from __future__ import annotations

import contextlib
import gzip
import json
from datetime import timedelta

import pytest

import factories as make
from tampering import written_anew
from tiendo.foundation.audit import archives, queries
from tiendo.foundation.audit.actions.archives import archive
from tiendo.foundation.audit.errors import ArchiveUnsoundError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.queries import Break

pytestmark = pytest.mark.django_db
KEY = "k" * 40
AFTER = make.NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _our_key(settings):
    settings.AUDIT_KEYS = (KEY,)


@pytest.fixture
def path(tmp_path):
    for n in range(5):
        make.event(n=n, text="Ủy ban nhân dân", nested={"b": [1, 2.5, None]})
    archive(path=tmp_path / "a.jsonl.gz", before=AFTER, by="shell:test", at=AFTER)
    return tmp_path / "a.jsonl.gz"


def lines(path):
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def test_it_holds_the_chain_and_nothing_is_gone(path):
    found = archives.check(path, (KEY,), {})
    assert (found.last, found.broken) == (5, None)
    assert Event.objects.count() == 6
    closing = Event.objects.get(sequence=6)
    assert (closing.verb, closing.data["count"], closing.data["digest"]) == ("audit.chain.archived", 5, found.digest)
    assert closing.previous == found.digest
    assert queries.verify() is None
    assert path.stat().st_mode & 0o077 == 0


def test_only_what_is_older(tmp_path):
    make.event()
    assert archive(path=tmp_path / "a.gz", before=make.NOW, by="shell:test", at=AFTER) is None
    assert list(tmp_path.glob("a*")) == []


@pytest.mark.parametrize("place", range(7))
def test_a_line_changed_or_left_out_is_found(path, place):
    whole = lines(path)
    for bad in (
        [*whole[:place], *whole[place + 1 :]],
        [*whole[:place], whole[place].replace(b"1", b"2", 1), *whole[place + 1 :]],
    ):
        path.write_bytes(gzip.compress(b"".join(bad)))
        with contextlib.suppress(ArchiveUnsoundError):
            assert archives.check(path, (KEY,), {}).broken is not None


@pytest.mark.parametrize("size", [0, 10, 200])
def test_a_file_cut_off_is_found(path, size):
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ArchiveUnsoundError):
        archives.check(path, (KEY,), {})


def test_a_file_of_somebody_else_is_found(path):
    assert archives.check(path, ("t" * 40,), {}).broken == Break(1, "unknown_key")


def test_a_table_that_no_longer_goes_on_from_it_is_found(path):
    written_anew(KEY, {2: {"actor": "user:9"}})
    assert queries.verify() is None
    assert archives.check(path, (KEY,), {}).broken == Break(5, "replaced")


def test_a_head_kept_elsewhere_counts_for_the_file_too(path):
    assert archives.check(path, (KEY,), {4: {"0" * 64}}).broken == Break(4, "replaced")


def test_its_lines_are_plain_json(path):
    first, second = (json.loads(line) for line in lines(path)[:2])
    assert first["format"] == "tiendo.audit/1"
    assert second[0] == 1
    assert second[6]["text"] == "Ủy ban nhân dân"
