"""Backup and restore over a data folder of their own, with a real database file in it."""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from django.core.management import CommandError

import factories as make
from tiendo.doors.commands import archive, lock
from tiendo.doors.commands.management.commands import backup
from tiendo.work.directives import storage
from tiendo.work.directives.actions import readings
from tiendo.work.directives.models import Document

BODY = b"ban goc"


@pytest.fixture
def data(settings, monkeypatch):
    """The data folder with a small SQLite database where the real one lies; what it names is asked of the test's."""
    monkeypatch.setattr(backup, "asked", lambda _copy: nullcontext("default"))
    settings.DATA.mkdir()
    with closing(sqlite3.connect(settings.DATA / archive.DATABASE)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE note (text)")
        database.execute("INSERT INTO note VALUES ('truoc')")
        database.commit()
    return settings.DATA


@pytest.fixture
def kept(office, committed):
    """A document that was read: its original is in the store."""
    document = make.read(make.machine(make.row("Việc", office.science.name)), office=office.body, by=office.chief)
    sha256, _ = storage.put([BODY], office=office.body.pk, limit=100)
    type(document).objects.filter(pk=document.pk).update(sha256=sha256)
    storage.release(sha256, office=office.body.pk)
    return f"files/{office.body.pk}/{sha256[:2]}/{sha256}"


def notes(data):
    with closing(sqlite3.connect(data / archive.DATABASE)) as database:
        return [row[0] for row in database.execute("SELECT text FROM note")]


def write_note(data, text):
    with closing(sqlite3.connect(data / archive.DATABASE)) as database:
        database.execute("INSERT INTO note VALUES (?)", [text])
        database.commit()


@pytest.fixture
def saved(shell, data, kept, tmp_path):
    path = tmp_path / "b.tar"
    shell("backup", path)
    return path


def tampered(path, change):
    """The archive again, each member passed through `change(name, bytes)` (None: left out)."""
    out = path.with_name("tampered.tar")
    with tarfile.open(path) as old, tarfile.open(out, "w") as new:
        for member in old:
            body = change(member.name, old.extractfile(member).read())
            if body is not None:
                member.size = len(body)
                new.addfile(member, io.BytesIO(body))
    return out


def test_holds_the_database_the_originals_and_a_manifest(saved, kept):
    with tarfile.open(saved) as tar:
        assert tar.getnames() == [archive.DATABASE, kept, archive.MANIFEST, archive.SEAL]
        manifest = json.load(tar.extractfile(archive.MANIFEST))
        assert manifest["format"] == archive.FORMAT
        assert manifest["files"][kept] == {"sha256": hashlib.sha256(BODY).hexdigest(), "size": len(BODY)}
        for name, facts in manifest["files"].items():
            assert hashlib.sha256(tar.extractfile(name).read()).hexdigest() == facts["sha256"]


def test_comes_back_on_an_empty_machine(shell, saved, data, kept):
    data.rename(data.with_name("gone"))
    assert "Đã khôi phục" in shell("restore", saved)
    assert notes(data) == ["truoc"]
    assert (data / kept).read_bytes() == BODY
    assert [path.name for path in data.parent.iterdir() if "restore-" in path.name or "before-" in path.name] == []


def test_is_made_while_others_write(shell, data, kept, tmp_path):
    with closing(sqlite3.connect(data / archive.DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO note VALUES ('dang ghi')")
        shell("backup", tmp_path / "b.tar")
        other.commit()
    shell("restore", tmp_path / "b.tar", "--replace")
    assert notes(data) == ["truoc"]


def test_replaces_only_when_told_and_keeps_what_was_there(shell, saved, data):
    write_note(data, "sau")
    (data / "secret_key").write_text("k")
    with pytest.raises(CommandError, match="--replace"):
        shell("restore", saved)
    assert notes(data) == ["truoc", "sau"]
    out = shell("restore", saved, "--replace")
    assert notes(data) == ["truoc"]
    assert (data / "secret_key").read_text() == "k"
    former = next(path for path in data.parent.iterdir() if path.name.startswith("data.before-"))
    assert str(former) in out
    assert notes(former) == ["truoc", "sau"]


FLIP = {
    "the database": archive.DATABASE,
    "an original": "files/",
    "the manifest": archive.MANIFEST,
    "its seal": archive.SEAL,
}


@pytest.mark.parametrize("part", FLIP)
def test_one_changed_byte_and_nothing_is_touched(shell, saved, data, part):
    bad = tampered(saved, lambda name, body: body[:-1] + b"?" if name.startswith(FLIP[part]) else body)
    write_note(data, "sau")
    with pytest.raises(CommandError, match="Bản sao lưu"):
        shell("restore", bad, "--replace")
    assert notes(data) == ["truoc", "sau"]
    assert [path.name for path in data.parent.iterdir() if "restore-" in path.name or "before-" in path.name] == []


@pytest.mark.parametrize("part", FLIP)
def test_a_missing_part(shell, saved, data, part):
    bad = tampered(saved, lambda name, body: None if name.startswith(FLIP[part]) else body)
    with pytest.raises(CommandError, match=r"không còn nguyên vẹn|không đầy đủ"):
        shell("restore", bad, "--replace")
    assert notes(data) == ["truoc"]


@pytest.mark.parametrize("size", [0, 700, 5000, 10240])
def test_a_file_cut_off_or_no_archive_at_all(shell, saved, data, size):
    saved.write_bytes(saved.read_bytes()[:size])
    with pytest.raises(CommandError, match="Bản sao lưu"):
        shell("restore", saved, "--replace")
    assert notes(data) == ["truoc"]


@pytest.mark.parametrize(
    ("name", "kind"), [("../out", tarfile.REGTYPE), ("/etc/out", tarfile.REGTYPE), ("l", tarfile.SYMTYPE)]
)
def test_members_that_would_lie_elsewhere(shell, saved, data, name, kind):
    with tarfile.open(saved, "a") as tar:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, "/etc/passwd"
        tar.addfile(entry, io.BytesIO(b""))
    with pytest.raises(CommandError, match="mục lạ"):
        shell("restore", saved, "--replace")
    assert not (data.parent / "out").exists()


def test_a_broken_database_is_not_taken(shell, data, kept, tmp_path, monkeypatch):
    shell("backup", tmp_path / "b.tar")
    monkeypatch.setattr(archive, "sound", lambda _path: False)
    with pytest.raises(CommandError, match="Cơ sở dữ liệu trong bản sao lưu bị hỏng"):
        shell("restore", tmp_path / "b.tar", "--replace")
    assert notes(data) == ["truoc"]


def test_an_archive_of_the_version_before_is_taken(shell, saved, data):
    def earlier(name, body):
        if name == archive.MANIFEST:
            return body.replace(archive.FORMAT.encode(), archive.UNSEALED.encode())
        return None if name == archive.SEAL else body

    assert "Đã khôi phục" in shell("restore", tampered(saved, earlier), "--replace")


def test_a_manifest_changed_in_one_figure_is_found(shell, saved, data):
    def change(name, body):
        return body.replace(b'"made_at": "2', b'"made_at": "3', 1) if name == archive.MANIFEST else body

    bad = tampered(saved, change)
    with pytest.raises(CommandError, match="bảng kê đã thay đổi"):
        shell("restore", bad, "--replace")


class TestWhatLiesInTheDataFolder:
    """Nothing is ever deleted by a restore but what belongs to the machine and empty folders."""

    def former(self, data):
        return [path for path in data.parent.iterdir() if ".before-" in path.name]

    def test_a_lost_database_beside_originals(self, shell, saved, data, kept):
        (data / archive.DATABASE).unlink()
        (data / "files" / "newer").write_bytes(b"moi hon")
        with pytest.raises(CommandError, match=r"đang có dữ liệu \(files.*--replace"):
            shell("restore", saved)
        assert "Dữ liệu trước đó còn ở" in shell("restore", saved, "--replace")
        assert (self.former(data)[0] / "files" / "newer").read_bytes() == b"moi hon"

    def test_only_the_machines_own(self, shell, saved, data):
        data.rename(data.with_name("gone"))
        (data / "static").mkdir(parents=True)
        (data / "static" / "a.css").write_text("a")
        (data / "uploads").mkdir()
        (data / "secret_key").write_text("k")
        shell("restore", saved)
        assert self.former(data) == []
        assert (data / "static" / "a.css").read_text() == "a"
        assert (data / "secret_key").read_text() == "k"

    def test_the_archive_itself(self, shell, saved, data):
        inside = data / "backups" / "b.tar"
        inside.parent.mkdir()
        saved.rename(inside)
        with pytest.raises(CommandError, match="nằm trong chính thư mục dữ liệu"):
            shell("restore", inside, "--replace")
        assert inside.exists()

    def test_the_program_itself(self, shell, saved, data, settings):
        settings.ROOT = data / "app"
        with pytest.raises(CommandError, match="Chương trình nằm trong chính thư mục dữ liệu"):
            shell("restore", saved, "--replace")

    def test_a_restore_that_was_killed(self, shell, saved, data):
        left = data.with_name(f".{data.name}.restore-abc")
        left.mkdir()
        (left / archive.DATABASE).write_bytes(b"x")
        assert "lần khôi phục bị ngắt giữa chừng" in shell("restore", saved, "--replace")
        assert not left.exists()

    def test_a_folder_beside_which_nothing_may_be_made(self, shell, saved, data, monkeypatch):
        def refused(*_args, **_named):
            raise PermissionError(13, "Permission denied", str(data.parent))

        monkeypatch.setattr("tempfile.mkdtemp", refused)
        with pytest.raises(CommandError, match="Không khôi phục được: người chạy lệnh không có quyền"):
            shell("restore", saved, "--replace")

    def test_another_made_the_folder_meanwhile(self, shell, saved, data, monkeypatch):
        rename = Path.rename

        def meddled(self, target):
            moved = rename(self, target)
            if target.name.startswith(f"{data.name}.before-"):
                data.mkdir()
                (data / "secret_key").write_text("k")
            return moved

        monkeypatch.setattr(Path, "rename", meddled)
        with pytest.raises(CommandError, match="Dữ liệu trước đó còn nguyên ở"):
            shell("restore", saved, "--replace")
        assert notes(self.former(data)[0]) == ["truoc"]


def test_whoever_waited_for_a_restore_holds_the_new_folder(data, monkeypatch):
    import fcntl

    flock = fcntl.flock

    def slowly(descriptor, how):
        monkeypatch.setattr(fcntl, "flock", flock)
        data.rename(data.with_name("former"))
        data.mkdir()
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", slowly)
    held = lock.hold(data)
    assert os.path.samestat(os.fstat(held), data.stat())
    os.close(held)


def test_soundness_is_sqlites_own_word(data, tmp_path):
    (tmp_path / "no.sqlite3").write_bytes(b"x" * 5000)
    assert archive.sound(data / archive.DATABASE)
    assert not archive.sound(tmp_path / "no.sqlite3")


def test_a_swap_that_fails_is_taken_back(shell, saved, data, monkeypatch):
    from pathlib import Path

    rename = Path.rename

    def fails(self, target):
        if ".restore-" in self.name:
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(CommandError, match="không bị thay đổi"):
        shell("restore", saved, "--replace")
    assert notes(data) == ["truoc"]


def test_not_while_the_system_runs(shell, saved, data):
    held = [lock.hold(data), lock.hold(data)]
    with pytest.raises(CommandError, match="đang chạy"):
        shell("restore", saved, "--replace")
    for each in held:
        os.close(each)
    assert "Đã khôi phục" in shell("restore", saved, "--replace")


@pytest.mark.parametrize("how", ["missing", "damaged", "unreadable"])
def test_an_original_that_is_lost_is_named_and_the_rest_is_saved(shell, data, kept, tmp_path, office, how):
    """It would otherwise stop every backup from that day on."""
    good = make.read(make.machine(make.row("Việc", office.health.name)), office=office.body, by=office.chief)
    sha256, _ = storage.put([b"ban khac"], office=office.body.pk, limit=100)
    type(good).objects.filter(pk=good.pk).update(sha256=sha256)
    storage.release(sha256, office=office.body.pk)
    lost = data / kept
    lost.unlink()
    if how == "damaged":
        lost.write_bytes(b"khac")
    if how == "unreadable":
        lost.mkdir()
    with pytest.raises(CommandError, match="không đầy đủ: thiếu 1 tệp gốc") as caught:
        shell("backup", tmp_path / "b.tar")
    assert caught.value.returncode == backup.NOT_WHOLE
    with tarfile.open(tmp_path / "b.tar") as tar:
        manifest = json.load(tar.extractfile(archive.MANIFEST))
        assert list(manifest["missing"]) == [kept]
        assert [name for name in manifest["files"] if name.startswith("files/")] == [
            f"files/{office.body.pk}/{sha256[:2]}/{sha256}"
        ]
    said = shell("restore", tmp_path / "b.tar", "--replace")
    assert "1 tệp gốc không có trong bản sao lưu này" in said
    assert kept in said


def test_what_is_missing_is_told_with_what_names_it(data, kept, tmp_path, capsys):
    from django.core.management import call_command

    (data / kept).unlink()
    with pytest.raises(CommandError):
        call_command("backup", str(tmp_path / "b.tar"))
    said = capsys.readouterr().out
    assert f"Thiếu {kept}, tệp gốc của văn bản #" in said
    assert "không có tệp" in said


def test_the_copy_is_asked_what_it_names(data, kept, tmp_path, shell, monkeypatch):
    """What changes while the backup is made is the next backup's matter."""
    from django.db import connection, connections

    monkeypatch.undo()
    with closing(sqlite3.connect(data / archive.DATABASE)) as file:
        for line in connection.connection.iterdump():
            file.execute(line)
        file.commit()
    Document.objects.all().delete()
    shell("backup", tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert kept in tar.getnames()
    assert "backup" not in connections.settings


@pytest.mark.parametrize("found", ["locked", "crashed"])
def test_what_could_not_be_read_was_never_looked_at_for_a_mark(shell, data, office, tmp_path, found):
    document = make.document(office=office.body, by=office.clerk)
    readings.fail(document=document, code=found, message="Tệp có mật khẩu.", at=make.NOW)
    assert "1 tệp chưa được đọc lần nào" in shell("backup", tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert tar.getnames() == [archive.DATABASE, archive.MANIFEST, archive.SEAL]


def test_what_was_never_read_stays_out_and_is_said(shell, data, office, tmp_path):
    make.document(office=office.body, by=office.clerk)
    assert "1 tệp chưa được đọc lần nào" in shell("backup", tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert tar.getnames() == [archive.DATABASE, archive.MANIFEST, archive.SEAL]


def test_evidence_is_in_it(shell, data, office, tmp_path, committed):
    from tiendo.work.programmes.actions import evidence, reports

    programme = make.programme(
        make.row("Việc", office.science.name, deadline=make.by_date(make.days(9))), office=office.body, by=office.chief
    )
    by = office.who("head", office.science)
    draft = reports.draft_once(obligation=programme.obligations.get(), by=by, at=make.NOW)
    with committed():
        evidence.attach(answer=draft.answers.get(), filename="a.pdf", chunks=[b"%PDF-1.4 x"], by=by, at=make.NOW)
    type(programme.document).objects.update(sha256="")
    shell("backup", tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert [name for name in tar.getnames() if name.startswith(f"files/{office.science.pk}/")]


@pytest.mark.django_db
def test_nothing_to_back_up(shell, tmp_path):
    with pytest.raises(CommandError, match="Chưa có dữ liệu"):
        shell("backup", tmp_path / "b.tar")


def test_a_place_that_cannot_be_written(shell, data, kept, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được"):
        shell("backup", tmp_path / "none" / "b.tar")
    with pytest.raises(CommandError, match="Không khôi phục được"):
        shell("restore", tmp_path / "none.tar", "--replace")


def test_a_disk_that_fills_up_while_the_database_is_copied(shell, data, kept, tmp_path, monkeypatch):
    def full(*_args):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(archive, "copy_database", full)
    with pytest.raises(CommandError, match=r"Chưa sao lưu vào .*b\.tar\. Ổ đĩa đã đầy"):
        shell("backup", tmp_path / "b.tar")
    assert list(tmp_path.glob(".backup-*")) == []


def test_another_database_brings_its_own_tools(shell, data, db, tmp_path, monkeypatch):
    from django.db import connections

    monkeypatch.setattr(connections["default"], "vendor", "postgresql")
    with pytest.raises(CommandError, match="PostgreSQL"):
        shell("backup", tmp_path / "b.tar")


def test_only_its_owner_reads_it(saved):
    assert saved.stat().st_mode & 0o777 == 0o600


def test_a_backup_takes_the_place_of_another_only_when_told(shell, saved, data, kept):
    before = saved.read_bytes()
    with pytest.raises(CommandError, match=r"Đã có .*--replace"):
        shell("backup", saved)
    assert saved.read_bytes() == before
    assert "Đã sao lưu" in shell("backup", saved, "--replace")


def test_what_is_no_plain_file_is_never_replaced(shell, data, kept, tmp_path):
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for target in (pipe, link, tmp_path):
        with pytest.raises(CommandError, match="không phải là tệp thường"):
            shell("backup", target, "--replace")
    assert pipe.is_fifo()
    assert link.is_symlink()


def test_not_into_the_folder_that_is_backed_up(shell, data, kept, settings):
    target = Path(settings.DATA) / "in.tar"
    with pytest.raises(CommandError, match="chính thư mục dữ liệu"):
        shell("backup", target)
    assert not target.exists()
