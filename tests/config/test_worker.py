"""What the thread that looks round has done once a day, and when mails wait."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone
from django_ox.models import OxTask

import factories as make
from factories import TODAY, days, moment
from tiendo.config import worker
from tiendo.foundation.audit import heads
from tiendo.foundation.audit.queries import end
from tiendo.work.programmes.actions import reminders
from tiendo.work.programmes.jobs import run_daily
from worlds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    def at(hour: int, minute: int = 0):
        monkeypatch.setattr(timezone, "now", lambda: moment(TODAY, hour, minute))

    return at


def queued(path: str = run_daily.module_path) -> int:
    return OxTask.objects.filter(task_path=path).count()


def test_from_half_past_seven_the_days_run_is_queued_once(clock, office: Office):
    clock(7, 29)
    worker.have_reminded()
    assert queued() == 0
    clock(7, 30)
    worker.have_reminded()
    worker.have_reminded()
    assert queued() == 1


def test_not_where_the_shell_has_done_it(clock, office: Office):
    clock(8)
    reminders.run_daily(at=moment(TODAY, 8))
    worker.have_reminded()
    assert queued() == 0


@pytest.mark.parametrize(("status", "again"), [("FAILED", 1), ("LOST", 1), ("SUCCESSFUL", 2), ("RUNNING", 1)])
def test_what_failed_just_now_is_left_alone_for_a_while(clock, office: Office, status, again):
    clock(8)
    worker.have_reminded()
    OxTask.objects.update(status=status)
    worker.have_reminded()
    assert queued() == again
    OxTask.objects.update(enqueued_at=moment(TODAY, 8) - worker.AGAIN_AFTER - timedelta(seconds=1))
    worker.have_reminded()
    assert queued() == (again if status == "RUNNING" else 2)


def test_mails_are_sent_where_there_is_a_server_and_some_wait(clock, office: Office, settings):
    clock(8)
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    settings.DEFAULT_FROM_EMAIL = "tiendo@example.vn"
    deliver = "tiendo.foundation.notifications.jobs.deliver"
    worker.have_sent()
    assert queued(deliver) == 0
    office.clerk.email = "a@example.vn"
    office.clerk.save()
    make.notice(office.clerk, mail=True, at=moment(TODAY, 8))
    settings.MAILERS, kept = {}, settings.MAILERS
    worker.have_sent()
    assert queued(deliver) == 0
    settings.MAILERS = kept
    worker.have_sent()
    assert queued(deliver) == 1


def test_the_end_of_the_audit_is_kept_once_a_day(clock, office: Office, settings, monkeypatch):
    clock(0)
    worker.keep_the_end()
    first = heads.last(settings.AUDIT_HEADS)
    assert first == end()
    make.event()
    clock(23, 59)
    worker.keep_the_end()
    assert heads.last(settings.AUDIT_HEADS) == first, "that of this day is there"
    monkeypatch.setattr(timezone, "now", lambda: moment(days(1), 0))
    worker.keep_the_end()
    assert heads.last(settings.AUDIT_HEADS) == end() != first


def test_where_it_cannot_be_kept_the_rest_goes_on(clock, office: Office, settings, tmp_path, caplog):
    clock(0)
    (tmp_path / "file").write_text("")
    settings.AUDIT_HEADS = tmp_path / "file"
    worker.look_round()
    assert "keeping the end of the audit" in caplog.text


def test_looking_round_does_both(clock, office: Office, monkeypatch):
    clock(8)
    did = []
    monkeypatch.setattr(worker, "have_reminded", lambda: did.append("reminded"))
    monkeypatch.setattr(worker, "have_sent", lambda: did.append("sent"))
    worker.look_round()
    assert did == ["reminded", "sent"]


def test_the_database_is_told_how_large_its_tables_are(settings):
    worker.learn_sizes()
    assert not settings.DATA.exists()
    settings.DATA.mkdir()
    path = settings.DATA / "tiendo.sqlite3"
    with closing(sqlite3.connect(path)) as serving:
        serving.execute("CREATE TABLE t (name)")
        serving.execute("CREATE INDEX by_name ON t (name)")
        serving.executemany("INSERT INTO t VALUES (?)", [(str(n % 7),) for n in range(100)])
        serving.commit()
        worker.learn_sizes()
        told = dict(serving.execute("SELECT idx, stat FROM sqlite_stat1"))
        assert told == {"by_name": "100 15"}  # a hundred rows, some fifteen to each name
        serving.execute("BEGIN IMMEDIATE")
        worker.learn_sizes()  # somebody writes: nobody waits, nothing fails
