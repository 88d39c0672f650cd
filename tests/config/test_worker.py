"""What the thread that looks round has done once a day, and when mails wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_ox.models import OxTask

import factories as make
from factories import TODAY, moment
from tiendo.config import worker
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


def test_looking_round_does_both(clock, office: Office, monkeypatch):
    clock(8)
    did = []
    monkeypatch.setattr(worker, "have_reminded", lambda: did.append("reminded"))
    monkeypatch.setattr(worker, "have_sent", lambda: did.append("sent"))
    worker.look_round()
    assert did == ["reminded", "sent"]
