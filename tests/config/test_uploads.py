"""Uploads too big for memory rest in the data folder, and go overwritten."""

import os

import pytest
from django.test import RequestFactory

from tiendo.config import uploads

BODY = b"MAT " * 1_000_000


@pytest.fixture
def request_with(settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def make(body=BODY):
        return RequestFactory().post("/", {"file": SimpleUploadedFile("a.txt", body)})

    return make


def resting(settings):
    return sorted(settings.FILE_UPLOAD_TEMP_DIR.glob("*"))


def test_a_big_upload_rests_in_the_data_folder_and_is_overwritten(request_with, settings):
    request = request_with()
    file = request.FILES["file"]
    (path,) = resting(settings)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert file.read() == BODY
    with path.open("rb") as other:  # what a second name of the same blocks would show
        request.close()
        assert other.read().count(b"\0") == len(BODY)
    assert resting(settings) == []


def test_a_small_one_touches_no_disk(request_with, settings):
    assert request_with(b"x").FILES["file"].read() == b"x"
    assert not settings.FILE_UPLOAD_TEMP_DIR.exists()


def test_an_upload_that_breaks_off_leaves_nothing(settings):
    handler = uploads.UploadHandler()
    handler.new_file("file", "a.txt", "text/plain", 0, None, None)
    handler.receive_data_chunk(BODY, 0)
    handler.upload_interrupted()
    assert resting(settings) == []


def test_what_cannot_be_overwritten_goes_all_the_same(request_with, settings, monkeypatch):
    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads, "_overwrite", full)
    request = request_with()
    assert request.FILES["file"].size == len(BODY)
    request.close()
    assert resting(settings) == []


def test_a_sweep_takes_what_the_dead_left_and_nothing_of_the_living(request_with, settings):
    request = request_with()
    assert request.FILES["file"].size == len(BODY)
    left = settings.FILE_UPLOAD_TEMP_DIR / "tmpdead.upload.txt"
    left.write_bytes(b"MAT")
    other = os.open(left, os.O_RDONLY)
    assert uploads.sweep() == 1
    assert os.read(other, 10) == b"\0\0\0"
    os.close(other)
    assert len(resting(settings)) == 1
    request.close()
    assert uploads.sweep() == 0


def test_a_sweep_takes_what_was_cut_off_on_its_way_into_the_quarantine(settings):
    folder = settings.DATA / "quarantine" / "1"
    folder.mkdir(parents=True)
    old, new = folder / ".part-1-a", folder / ".part-2-b"
    for path in (old, new):
        path.write_bytes(b"MAT")
    os.utime(old, (0, 0))
    assert uploads.sweep() == 1
    assert list(folder.iterdir()) == [new]
