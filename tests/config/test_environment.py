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
        ("TIENDO_UPLOAD_LIMIT_MB", "abc", "Biến TIENDO_UPLOAD_LIMIT_MB phải là một số nguyên từ 1 đến 1024"),
        ("TIENDO_UPLOAD_LIMIT_MB", "-1", "không phải “-1”"),
        ("TIENDO_UPLOAD_LIMIT_MB", "²", "không phải “²”"),
        ("TIENDO_READING_MEMORY_MB", "10", "từ 256 đến 65536"),
        ("TIENDO_READING_SECONDS", "0", "từ 5 đến 86400"),
        ("TIENDO_READING_SECONDS", "9" * 5000, "từ 5 đến 86400"),
        ("TIENDO_SECRET_KEY", "short", "TIENDO_SECRET_KEY quá ngắn"),
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
    assert environment.number("TIENDO_JOB_LEASE", 30, least=2, most=60) == 45


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("TIENDO_SECRET_KEY", raising=False)
    data = tmp_path / "a" / "b"
    first = environment.secret_key(data)
    assert len(first) > 50
    assert environment.secret_key(data) == first
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_cut_off_is_made_anew(tmp_path, monkeypatch):
    """The disk was full when it was first written: every sign-in would fail for ever."""
    monkeypatch.delenv("TIENDO_SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text("")
    first = environment.secret_key(tmp_path)
    assert len(first) > 50
    assert environment.secret_key(tmp_path) == first


def test_several_processes_agree_on_one_key(tmp_path, monkeypatch):
    monkeypatch.delenv("TIENDO_SECRET_KEY", raising=False)
    script = (
        "import pathlib, sys; from tiendo.config.environment import *; print(secret_key(pathlib.Path(sys.argv[1])))"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(environment.ROOT / "src")}
    command = [sys.executable, "-c", script, str(tmp_path / "data")]
    started = [subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    assert len({one.communicate(timeout=60)[0] for one in started}) == 1


def test_said_to_be_nothing_is_the_default(monkeypatch, tmp_path):
    monkeypatch.setenv("TIENDO_DATA", "")
    assert environment.folder("TIENDO_DATA", tmp_path) == tmp_path
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIENDO_DATA", "here")
    assert environment.folder("TIENDO_DATA", tmp_path / "x") == tmp_path / "here"
