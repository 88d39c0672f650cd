"""Nobody but the owner reads the data: what is made, and what was made before by whoever did not know."""

import os
import stat
import subprocess
import sys

import pytest

from tiendo.config import environment


@pytest.fixture(autouse=True)
def _umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def data(tmp_path):
    """A data folder as an administrator's mkdir and commands under umask 022 leave it."""
    folder = tmp_path / "data"
    for name in ("files/1/ab", "quarantine/1/cd", "static"):
        (folder / name).mkdir(parents=True)
    for name in ("tiendo.sqlite3", "tiendo.sqlite3-wal", "files/1/ab/abc", "quarantine/1/cd/cde", "static/a.css"):
        (folder / name).write_text("x")
    return folder


def open_to_others(folder):
    everything = [folder, *folder.rglob("*")]
    return {path.relative_to(folder).as_posix() for path in everything if stat.S_IMODE(path.stat().st_mode) & 0o077}


def test_what_lay_open_is_closed_and_that_is_said(data, capsys):
    environment.keep_private(data)
    assert open_to_others(data) == {"static", "static/a.css"}
    said = capsys.readouterr().err
    assert "Đã thu hẹp quyền" in said
    for name in ("data", "tiendo.sqlite3", "files", "quarantine"):
        assert name in said
    environment.keep_private(data)
    assert capsys.readouterr().err == ""


def test_a_folder_that_holds_others_things_stays_open_to_them(data, capsys):
    (data / "app").mkdir()
    (data / "app" / "index.html").write_text("x")
    environment.keep_private(data)
    assert open_to_others(data) == {".", "static", "static/a.css", "app", "app/index.html"}


def test_what_cannot_be_closed_is_said(data, capsys, monkeypatch):
    def refused(*_args, **_named):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.chmod", refused)
    environment.keep_private(data)
    assert "chmod -R go= " in capsys.readouterr().err


def test_a_link_is_not_followed(data, tmp_path):
    (tmp_path / "far").mkdir()
    (data / "pages").symlink_to(tmp_path / "far")
    environment.keep_private(data)
    assert stat.S_IMODE((tmp_path / "far").stat().st_mode) == 0o755


@pytest.mark.parametrize("folder", ["none", "data/tiendo.sqlite3"])
def test_no_folder_no_word(data, tmp_path, capsys, folder):
    environment.keep_private(tmp_path / folder)
    assert capsys.readouterr().err == ""


def test_every_command_makes_files_for_the_owner_only(tmp_path):
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    surroundings = {**os.environ, "PYTHONPATH": str(environment.ROOT / "src"), "TIENDO_DATA": str(data)}
    command = [sys.executable, "-m", "tiendo", "migrate", "-v", "0"]
    subprocess.run(command, env=surroundings, check=True, timeout=120, umask=0o022)
    environment.keep_private(data)
    assert (data / "tiendo.sqlite3").exists()
    assert open_to_others(data) == set()
