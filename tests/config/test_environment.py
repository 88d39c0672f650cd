"""Settings from the environment: what cannot be meant so is told in one line, never a trace."""

import os
import subprocess
import sys

import pytest

from tiendo.config import environment


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("ON", True), (" yes ", True), ("0", False), ("", False)])
def test_a_flag(monkeypatch, said, meant):
    monkeypatch.setenv("TIENDO_HTTPS", said)
    assert environment.flag("TIENDO_HTTPS", default=not meant) is meant


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("TIENDO_HTTPS", "maybe", "Biến TIENDO_HTTPS phải là 1 hoặc 0, không phải “maybe”."),
        ("TIENDO_UPLOAD_LIMIT_MB", "abc", "Biến TIENDO_UPLOAD_LIMIT_MB phải là một số nguyên không âm"),
        ("TIENDO_UPLOAD_LIMIT_MB", "-1", "không phải “-1”"),
        ("TIENDO_LOG_LEVEL", "LOUD", "Biến TIENDO_LOG_LEVEL phải là một trong: DEBUG, INFO"),
        ("TIENDO_DATA", "/proc/none", "Không dùng được thư mục dữ liệu /proc/none"),
    ],
)
def test_a_wrong_setting_is_one_line_at_the_shell(name, said, told):
    surroundings = {**os.environ, "PYTHONPATH": str(environment.ROOT / "src"), name: said}
    command = [sys.executable, "-m", "tiendo", "verify_audit"]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_number_may_stand_between_blanks(monkeypatch):
    monkeypatch.setenv("TIENDO_JOB_LEASE", " 45 ")
    assert environment.number("TIENDO_JOB_LEASE", 30) == 45


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("TIENDO_SECRET_KEY", raising=False)
    data = tmp_path / "a" / "b"
    first = environment.secret_key(data)
    assert len(first) > 50
    assert environment.secret_key(data) == first
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600
