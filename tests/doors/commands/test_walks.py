"""Commands that look: lineage, export, the audit; and the daily raise."""

import zipfile

import pytest
from django.core.management import CommandError
from django.db import connection

import factories as make
from tampering import tampering
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.models import Obligation, Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(office):
    return make.programme(
        make.row("Xây dựng tủ sách", office.science.name, deadline=make.by_date(make.days(30))),
        make.row("Thi kể chuyện", office.health.name, deadline=make.continuous()),
        office=office.body,
        by=office.chief,
    )


def test_lineage_walks_to_the_sentence(shell, programme):
    task = programme.tasks.first()
    out = shell("lineage", task.pk)
    document = programme.document
    span = task.duty.spans[0]
    assert f"Nhiệm vụ #{task.pk}" in out
    assert f"dòng #{task.duty_id}" in out
    assert document.sha256 in out
    assert f"ký tự {span['start']}–{span['end']}" in out
    assert "“Xây dựng tủ sách" in out


def test_a_task_by_symbol_and_number(shell, programme):
    task = programme.tasks.last()
    Programme.objects.update(symbol="5-KH/TU")
    programme.tasks.filter(pk=task.pk).update(number="7a")
    assert f"Nhiệm vụ #{task.pk} (số 7a)" in shell("lineage", "5-KH/TU:7a")


def test_two_tasks_of_one_name_are_told_apart_by_id(shell, programme):
    Programme.objects.update(symbol="5-KH/TU")
    programme.tasks.update(number="1")
    with pytest.raises(CommandError, match=r"Có 2 nhiệm vụ .* hệ thống: \d+, \d+"):
        shell("lineage", "5-KH/TU:1")


@pytest.mark.parametrize("name", ["99999", "5-KH/TU:1", "linh-tinh"])
def test_no_such_task(shell, db, name):
    with pytest.raises(CommandError, match="Không tìm thấy nhiệm vụ"):
        shell("lineage", name)


def test_a_document_without_a_reading_has_no_lineage(shell, programme, monkeypatch):
    monkeypatch.setattr("tiendo.doors.commands.management.commands.lineage.lineage", lambda _task: None)
    with pytest.raises(CommandError, match="không có bản đọc máy"):
        shell("lineage", programme.tasks.first().pk)


@pytest.mark.parametrize(("option", "sheets"), [((), 1), (("--reconciliation",), 2), (("--on", "2026-12-31"), 1)])
def test_export(shell, programme, tmp_path, option, sheets):
    path = tmp_path / "a.xlsx"
    assert "Đã ghi" in shell("export", programme.pk, "--xlsx", path, *option)
    with zipfile.ZipFile(path) as book:
        assert sum(name.startswith("xl/worksheets/sheet") for name in book.namelist()) == sheets


def test_export_that_cannot_be(shell, programme, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        shell("export", programme.pk, "--xlsx", tmp_path / "no" / "a.xlsx")
    with pytest.raises(CommandError, match="Không tìm thấy chương trình"):
        shell("export", "9-KH/TU", "--xlsx", tmp_path / "a.xlsx")


def test_the_audit_holds(shell, programme):
    assert f"{Event.objects.count()} sự kiện còn trong nhật ký đều khớp nhau." in shell("verify_audit")


def test_the_audit_was_touched(shell, programme):
    with tampering(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET verb = 'x' WHERE sequence = 2")
    with pytest.raises(CommandError, match="sự kiện số 2: sự kiện đã bị sửa"):
        shell("verify_audit")


def test_the_daily_run_raises_reminds_and_tells_once(shell, programme):
    first = shell("daily")
    assert first.startswith("Đã mở ")
    assert "đôn đốc " in first
    assert "Đã mở 0 việc đến kỳ; đôn đốc 0 việc; báo cho 0 người; gửi 0 thư." in shell("daily")


def test_raise_due_raises_what_is_missing_and_only_once(shell, programme):
    Obligation.objects.filter(standing=True).delete()
    assert "Đã mở 0 " not in shell("raise_due")
    raised = Obligation.objects.count()
    assert "Đã mở 0 việc đến kỳ." in shell("raise_due")
    assert Obligation.objects.count() == raised


@pytest.mark.parametrize("text", ["2026-02-09", "9/2/2026", "09/02/2026"])
def test_days(text):
    from tiendo.doors.commands.lookups import day

    assert day(text).isoformat() == "2026-02-09"


def test_documents_are_found_by_id_and_by_symbol(programme):
    from tiendo.doors.commands import lookups

    document = programme.document
    type(document).objects.update(symbol="5-KH/TU")
    assert lookups.document(str(document.pk)) == lookups.document("5-KH/TU") == document


def test_without_a_database_it_says_what_to_do(shell, db, monkeypatch):
    from django.db.utils import OperationalError

    def missing(*_args, **_named):
        raise OperationalError("no such table: audit_event")

    monkeypatch.setattr("tiendo.doors.commands.management.commands.verify_audit.check", missing)
    with pytest.raises(CommandError, match="tiendo init"):
        shell("verify_audit")
