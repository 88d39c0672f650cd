"""The audit at the shell: its ends kept, its key, its copies; what a backup takes along."""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError

import factories as make
from doors.commands.test_backup import data as data  # noqa: PLC0414 (a fixture)
from tampering import cut, written_anew
from tiendo.doors.commands import lock
from tiendo.foundation.audit import heads
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.rules import key_name

pytestmark = pytest.mark.django_db
KEY = "k" * 40


@pytest.fixture
def chain(settings):
    settings.AUDIT_KEYS = (KEY,)
    return [make.event(n=n) for n in range(4)]


def test_todays_end_is_kept_and_compared(shell, chain, settings):
    said = shell("export_head")
    assert "sự kiện số 4" in said
    assert str(settings.AUDIT_HEADS / heads.NAME) in said
    assert "Không có sự kiện mới" in shell("export_head")
    said = shell("verify_audit")
    assert "4 sự kiện.\nKhớp với 1 điểm cuối" in said
    assert "nằm trên chính máy này" in said
    assert "chưa được điểm cuối nào giữ" not in said
    assert "nằm trên chính máy này" not in shell("verify_audit", "--heads", settings.AUDIT_HEADS)
    make.event(n=5)
    assert "1 sự kiện sau điểm cuối mới nhất (số 4) chưa được điểm cuối nào giữ" in shell("verify_audit")
    cut(2)
    with pytest.raises(CommandError, match="ở sự kiện số 3: phần cuối nhật ký đã bị cắt"):
        shell("verify_audit")


def test_where_no_end_was_kept_a_tail_that_was_cut_is_not_said_to_be_there(shell, chain):
    cut(2)
    said = shell("verify_audit")
    assert "2 sự kiện còn trong nhật ký đều khớp nhau." in said
    assert "CHƯA kiểm tra được phần cuối" in said
    assert "tiendo export-head" in said
    assert "nguyên vẹn" not in said


def test_before_the_first_event_nothing_is_wrong(shell, db):
    said = shell("verify_audit")
    assert "chưa có sự kiện nào" in said
    assert "CHƯA" not in said


def test_the_daily_run_keeps_the_end(shell, chain, settings):
    shell("daily")
    assert heads.last(settings.AUDIT_HEADS)[0] == Event.objects.latest("sequence").sequence


def test_a_copy_from_another_machine_counts_too(shell, chain, settings, tmp_path):
    """The file beside the data went with the events: the copy remembers."""
    shell("export_head")
    shutil.copytree(settings.AUDIT_HEADS, tmp_path / "elsewhere")
    shutil.rmtree(settings.AUDIT_HEADS)
    written_anew(KEY, {2: {"actor": "user:9"}})
    assert "CHƯA kiểm tra được phần cuối" in shell("verify_audit")
    with pytest.raises(CommandError, match="ở sự kiện số 4: khác với điểm cuối"):
        shell("verify_audit", "--heads", tmp_path / "elsewhere")
    with pytest.raises(CommandError, match="Không có thư mục"):
        shell("verify_audit", "--heads", tmp_path / "nowhere")


def test_a_file_of_heads_that_was_changed_is_told(shell, chain, settings):
    shell("export_head")
    place = settings.AUDIT_HEADS / heads.NAME
    place.write_text(place.read_text().replace(" 4 ", " 3 "))
    with pytest.raises(CommandError, match=r"heads\.txt, dòng 1: không phải do hệ thống này ghi"):
        shell("verify_audit")


# -- the key ---------------------------------------------------------------------------------------------------------


def test_another_key(shell, chain, settings):
    settings.DATA.mkdir()
    (settings.DATA / "audit_key").write_text(KEY)
    assert f"{key_name(KEY)}: có trên máy này, 4 sự kiện." in shell("audit_key")
    shell("audit_key", "--new")
    former, current = (settings.DATA / "audit_key").read_text().split()
    assert (former, settings.AUDIT_KEYS) == (KEY, (KEY, current))
    assert (settings.DATA / "audit_key").stat().st_mode & 0o777 == 0o600
    assert Event.objects.latest("sequence").seal.startswith(key_name(current))
    assert "5 sự kiện" in shell("verify_audit")


def test_another_key_waits_until_nobody_serves(shell, chain, settings):
    held = lock.hold(settings.DATA)
    try:
        with pytest.raises(CommandError, match="Hãy dừng hệ thống rồi đổi khóa"):
            shell("audit_key", "--new")
    finally:
        os.close(held)
    assert settings.AUDIT_KEYS == (KEY,)


def test_a_key_from_the_environment_is_changed_there(shell, chain, monkeypatch):
    monkeypatch.setenv("TIENDO_AUDIT_KEY", KEY)
    with pytest.raises(CommandError, match="TIENDO_AUDIT_KEY"):
        shell("audit_key", "--new")


def test_a_key_that_is_lost_is_said_to_be(shell, chain, settings):
    with pytest.raises(CommandError, match="Không có khóa nào bị mất"):
        shell("audit_key", "--lost")
    settings.AUDIT_KEYS = ("n" * 40,)
    with pytest.raises(CommandError, match="khóa không có trên máy này"):
        shell("verify_audit")
    assert "KHÔNG có trên máy này, 4 sự kiện" in shell("audit_key")
    assert f"mất khóa {key_name(KEY)} (4 sự kiện)" in shell("audit_key", "--lost")
    assert "4 sự kiện mang dấu của khóa đã mất" in shell("verify_audit")
    with pytest.raises(CommandError, match="Không có khóa nào bị mất"):
        shell("audit_key", "--lost")


# -- copies ----------------------------------------------------------------------------------------------------------


def test_a_signed_copy(shell, chain, tmp_path):
    path = tmp_path / "nhat-ky.jsonl.gz"
    assert "Chưa có sự kiện nào cũ như vậy" in shell("archive_audit", path, "--before", "2020-01-01")
    assert not path.exists()
    assert "sự kiện 1 đến 4" in shell("archive_audit", path, "--before", "2026-03-03")
    with pytest.raises(CommandError, match="Đã có"):
        shell("archive_audit", path)
    said = shell("verify_audit", "--archive", path)
    assert "sự kiện 1 đến 4, nhật ký trong hệ thống nối tiếp đúng bản lưu" in said
    written_anew(KEY, {2: {"actor": "user:9"}})
    with pytest.raises(CommandError, match=r"Bản lưu .* không còn nguyên vẹn ở sự kiện số 4"):
        shell("verify_audit", "--archive", path)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(CommandError, match="Bản lưu nhật ký bị hỏng"):
        shell("verify_audit", "--archive", path)


def test_by_default_what_is_older_than_twelve_months(shell, chain, tmp_path, monkeypatch):
    from django.utils import timezone

    path = tmp_path / "a.gz"
    monkeypatch.setattr(timezone, "now", lambda: make.NOW.replace(year=2027))
    assert "Chưa có sự kiện nào" in shell("archive_audit", path)
    monkeypatch.setattr(timezone, "now", lambda: make.NOW.replace(year=2027, day=3))
    assert "sự kiện 1 đến 4" in shell("archive_audit", path)


def names(path: Path) -> list[str]:
    with tarfile.open(path) as tar:
        return tar.getnames()


def test_a_backup_takes_the_heads_along_and_the_key_only_when_told(shell, chain, data, tmp_path):
    (data / "audit_key").write_text(KEY)
    shell("export_head")
    said = shell("backup", tmp_path / "a.tar")
    assert "không nằm trong bản sao lưu" in said
    assert "và 0 tệp gốc" in said
    assert "audit_heads/heads.txt" in names(tmp_path / "a.tar")
    assert "audit_key" not in names(tmp_path / "a.tar")
    assert "có cả khóa nhật ký" in shell("backup", tmp_path / "b.tar", "--with-audit-key")
    assert "audit_key" in names(tmp_path / "b.tar")


def test_a_restore_brings_the_key_to_another_machine_before_its_own(shell, chain, data, tmp_path):
    (data / "audit_key").write_text(KEY)
    shell("export_head")
    shell("backup", tmp_path / "b.tar", "--with-audit-key")
    data.rename(data.with_name("gone"))
    data.mkdir()
    (data / "audit_key").write_text("m" * 40)
    shell("restore", tmp_path / "b.tar")
    assert (data / "audit_key").read_text().split() == [KEY, "m" * 40]
    assert (data / "audit_key").stat().st_mode & 0o777 == 0o600
    assert (data / "audit_heads" / heads.NAME).exists()


def test_a_restore_leaves_the_machine_its_key(shell, chain, data, tmp_path):
    (data / "audit_key").write_text(KEY)
    shell("backup", tmp_path / "b.tar")
    shell("restore", tmp_path / "b.tar", "--replace")
    assert (data / "audit_key").read_text() == KEY
