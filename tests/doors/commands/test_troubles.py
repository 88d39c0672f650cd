"""Troubles of disk and database, an audit that was emptied, figures and days that are none: one line each."""

import sqlite3

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, OperationalError

from tampering import tampering
from tiendo.foundation.audit.models import Event, Head

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OperationalError("attempt to write a readonly database"), "chỉ đọc được"),
        (OperationalError("database or disk is full"), "Ổ đĩa đã đầy"),
        (OperationalError("disk I/O error"), "Ổ đĩa báo lỗi"),
        (DatabaseError("database disk image is malformed"), "bị hỏng.*tiendo restore"),
        (sqlite3.DatabaseError("file is not a database"), "bị hỏng"),
        (OperationalError("unable to open database file"), "TIENDO_DATA"),
        (OperationalError("database is locked"), "đang bận"),
        (OperationalError("something\nrare"), "Cơ sở dữ liệu báo lỗi: something rare.*--traceback"),
        (OSError(28, "No space left on device", "/srv/x"), "/srv/x: ổ đĩa đã đầy"),
        (OSError(28, "No space left on device"), "Ổ đĩa: ổ đĩa đã đầy"),
    ],
)
def test_troubles_of_disk_and_database_are_one_line(shell, db, monkeypatch, error, says):
    def broken(*_args, **_named):
        raise error

    monkeypatch.setattr("tiendo.doors.commands.management.commands.verify_audit.check", broken)
    with pytest.raises(CommandError, match=says) as caught:
        shell("verify_audit")
    assert "\n" not in str(caught.value)


def test_whoever_read_enough_is_no_trouble(shell, db, monkeypatch):
    def gone(*_args, **_named):
        raise BrokenPipeError

    monkeypatch.setattr("tiendo.doors.commands.management.commands.verify_audit.check", gone)
    with pytest.raises(BrokenPipeError):
        shell("verify_audit")


def test_an_emptied_audit_does_not_pass(shell, office):
    with tampering():
        Event.objects.all()._raw_delete("default")
    Head.objects.all().delete()
    with pytest.raises(CommandError, match="nhật ký trống, trong khi"):
        shell("verify_audit")


@pytest.mark.parametrize("name", ["²", "٣", "9" * 30])
def test_a_figure_that_is_no_number_of_ours(shell, db, name, tmp_path):
    with pytest.raises(CommandError, match="Không tìm thấy nhiệm vụ"):
        shell("lineage", name)
    with pytest.raises(CommandError, match="Không tìm thấy chương trình"):
        shell("export", name, "--xlsx", tmp_path / "a.xlsx")


def test_a_day_that_is_none(shell, db, tmp_path):
    with pytest.raises(CommandError, match="2026-11-23 hoặc 23/11/2026"):
        shell("export", 1, "--xlsx", tmp_path / "a.xlsx", "--on", "31/2/2026")
