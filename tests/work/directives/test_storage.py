"""Where the bytes lie: paths of ids and hashes, written whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tiendo.work.directives import storage

DIGEST = hashlib.sha256(b"abc").hexdigest()


def files() -> list[Path]:
    from django.conf import settings

    return sorted(path for path in Path(settings.DATA).rglob("*") if path.is_file())


def test_put_gives_hash_and_size():
    assert storage.put([b"a", b"", b"bc"], office=4, limit=3) == (DIGEST, 3)
    assert files() == [storage.stored(DIGEST, office=4, quarantined=True)]
    assert files()[0].read_bytes() == b"abc"


def test_a_path_is_made_of_ids_and_hashes(settings):
    path = storage.stored(DIGEST, office=4, quarantined=False)
    assert path == Path(settings.DATA) / "files" / "4" / DIGEST[:2] / DIGEST
    assert storage.stored(DIGEST, office=4, quarantined=True).parts[-4] == "quarantine"


def test_put_twice_is_one_file():
    for _ in range(2):
        storage.put([b"abc"], office=4, limit=9)
    assert len(files()) == 1


@pytest.mark.parametrize(("limit", "kept"), [(3, True), (2, False), (0, False)])
def test_over_the_limit_no_part_stays(limit, kept):
    assert (storage.put([b"a", b"bc"], office=4, limit=limit) is not None) is kept
    assert len(files()) == int(kept)


def test_a_broken_stream_leaves_no_part():
    def broken():
        yield b"a"
        raise OSError

    with pytest.raises(OSError):
        storage.put(broken(), office=4, limit=9)
    assert files() == []


def test_release_moves_to_the_store_and_is_safe_to_repeat():
    storage.put([b"abc"], office=4, limit=9)
    assert storage.find(DIGEST, office=4) == storage.stored(DIGEST, office=4, quarantined=True)
    for _ in range(2):
        storage.release(DIGEST, office=4)
        assert files() == [storage.stored(DIGEST, office=4, quarantined=False)]
    assert storage.find(DIGEST, office=4) == files()[0]


def test_nothing_is_released_that_is_not_there():
    storage.release(DIGEST, office=4)
    assert files() == []
    assert storage.find(DIGEST, office=4) is None


def test_wipe_removes_the_bytes_wherever_they_lie():
    storage.put([b"abc"], office=4, limit=9)
    storage.release(DIGEST, office=4)
    storage.put([b"abc"], office=4, limit=9)
    storage.put([b"abc"], office=5, limit=9)
    assert len(files()) == 3
    for _ in range(2):
        storage.wipe(DIGEST, office=4)
        assert files() == [storage.stored(DIGEST, office=5, quarantined=True)]
