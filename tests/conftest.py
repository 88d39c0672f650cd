"""What every test of the house stands on: its own data folder, a fixed clock, quick passwords, plain static files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import hypothesis
import pytest

import factories as make
from tampering import let_flush_pass
from worlds import Office, office_world

# Speed is measured in bench/: a busy machine is no failure here.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

READERS = ("vanban", "corpus")
"""Folders of tests that know nothing of the house."""


@pytest.fixture(autouse=True)
def _own_house(request: pytest.FixtureRequest) -> None:
    """Each test of the house stores its files in a folder of its own."""
    if request.path.relative_to(Path(__file__).parent).parts[0] in READERS:
        return
    settings, tmp_path = request.getfixturevalue("settings"), request.getfixturevalue("tmp_path")
    settings.DATA = tmp_path / "data"
    settings.AUDIT_HEADS = settings.DATA / "audit_heads"
    settings.FILE_UPLOAD_TEMP_DIR = settings.DATA / "uploads"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {"default": files, "staticfiles": static}


@pytest.fixture(scope="session", autouse=True)
def _flush_passes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        let_flush_pass(patch)
        yield


@pytest.fixture
def now():
    """The moment at which tests act: 9:30 on Monday 2 March 2026, Vietnam's time."""
    return make.NOW


@pytest.fixture
def today():
    return make.TODAY


@pytest.fixture
def committed(django_capture_on_commit_callbacks) -> Callable[[], AbstractContextManager[object]]:
    """In a block `with` it, what acts leave for after their commit is done at the end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def office(db) -> Office:
    """An office with two bodies below the same root, and a person for each role in each of them."""
    return office_world()
