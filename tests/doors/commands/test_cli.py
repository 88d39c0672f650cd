"""`tiendo` itself, before and around the commands: in processes of their own, as a person meets it."""

import os
import subprocess
import sys

import pytest

from tiendo.config import environment

pytestmark = pytest.mark.slow


@pytest.fixture
def tiendo(tmp_path):
    def run(*arguments, **more):
        surroundings = {**os.environ, "PYTHONPATH": str(environment.ROOT / "src"), "TIENDO_DATA": str(tmp_path / "d")}
        return subprocess.run(
            [sys.executable, "-m", "tiendo", *arguments],
            env={**surroundings, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_alone_it_lists_our_own_commands(tiendo, arguments):
    done = tiendo(*arguments)
    assert done.returncode == 0
    assert "  verify-audit   Kiểm tra nhật ký" in done.stdout
    assert "runserver" not in done.stdout


def test_help_of_one(tiendo):
    for call in (("help", "add-user"), ("add-user", "--help")):
        done = tiendo(*call)
        assert done.returncode == 0
        assert done.stdout.startswith("Cách dùng: ")
        assert "tiendo add-user" in done.stdout.replace("__main__.py", "tiendo")
        assert "--settings" not in done.stdout


def test_a_command_that_is_none(tiendo):
    done = tiendo("recieve")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "Không có lệnh “recieve”. Có phải là “receive”?" in done.stderr


def test_arguments_that_are_missing(tiendo):
    done = tiendo("receive")
    assert done.returncode == 2
    assert "còn thiếu: file, --office, --as" in done.stderr
    assert "error" not in done.stderr


def test_a_word_list_that_is_wrong_is_one_line_for_every_command(tiendo, tmp_path):
    done = tiendo("verify-audit", VANBAN_LEXICON="/nonexistent/words")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "Biến VANBAN_LEXICON: không có thư mục /nonexistent/words" in done.stderr
    (tmp_path / "secrecy.toml").write_text("[[[")
    done = tiendo("migrate", VANBAN_LEXICON=str(tmp_path))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert str(tmp_path / "secrecy.toml") in done.stderr


def test_a_damaged_database_is_one_line_for_djangos_own_commands_too(tiendo, tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "tiendo.sqlite3").write_bytes(b"x" * 8192)
    for command in ("migrate", "verify-audit", "backup", "raise-due"):
        done = tiendo(command, *([str(tmp_path / "b.tar")] if command == "backup" else []))
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), command
        assert "Cơ sở dữ liệu bị hỏng" in done.stderr
