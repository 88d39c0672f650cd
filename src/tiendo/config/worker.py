"""The job engine in a thread of the web process, so that a small office needs no second process; and a look round."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
EVERY = 60
"""Seconds between two looks round."""
SIZES_EVERY = 3600
"""Seconds between two looks at how large SQLite's tables are."""
ENTRIES = 1000
"""So many entries of an index are looked at for it: some ten milliseconds, however large the table."""
AGAIN_AFTER = timedelta(minutes=30)
"""So long after a job failed it is not queued anew."""


def start() -> threading.Thread:
    """Start the worker thread of this process.

    It is a daemon: a job that the end of the process cuts off is taken up again by the next when its lease is over.
    """
    from django_ox.worker import Worker

    worker = Worker(backend_alias="default", poll_interval=0.5)
    thread = threading.Thread(target=worker.run, name="jobs", daemon=True)
    thread.start()
    log.info("jobs run in this process")
    return thread


def watch() -> threading.Thread:
    """Start the thread that looks round at the start and from time to time."""
    thread = threading.Thread(target=_watch, name="watch", daemon=True)
    thread.start()
    return thread


def _watch() -> None:
    from django.db import connections

    looked = 0
    while True:
        try:
            look_round()
            if looked % (SIZES_EVERY // EVERY) == 0:
                learn_sizes()
        except Exception:  # whatever it was, the next look may go well
            log.exception("looking round")
        finally:
            connections.close_all()
        looked += 1
        time.sleep(EVERY)


def look_round() -> int:
    """Have documents read that a process which died left unread; end the refusals that it began. Returns how many.

    Once a day, from the hour on that the schedule names, have people reminded; have the mails sent that wait; keep the
    end of the audit at the start and then once a day.
    """
    from django.db import transaction
    from django.utils import timezone
    from django_ox.models import OxTask

    from tiendo.work.directives.actions import readings, sweeping
    from tiendo.work.directives.jobs import read_document

    alive = (OxTask.Status.READY, OxTask.Status.RUNNING, OxTask.Status.WAITING)
    with transaction.atomic():  # two processes that look round at once queue nothing twice
        jobs = OxTask.objects.filter(task_path=read_document.module_path, status__in=alive)
        queued = {arguments[0] for arguments in jobs.values_list("args", flat=True)}
        taken = sweeping.take_up(queued=queued, at=timezone.now())
    readings.finish_refusals()
    have_reminded()
    have_sent()
    keep_the_end()
    empty_journal()
    return taken


def keep_the_end() -> None:
    """The day's end of the audit, outside the database, unless this day's is there. A disk that takes nothing holds
    nothing else up.
    """
    from django.conf import settings
    from django.utils import timezone

    from tiendo.foundation.audit import heads
    from tiendo.foundation.audit.actions.heads import export

    now = timezone.now()
    try:
        if heads.last_day(settings.AUDIT_HEADS) != timezone.localdate(now).isoformat():
            export(folder=settings.AUDIT_HEADS, at=now)
    except OSError:
        log.exception("keeping the end of the audit in %s", settings.AUDIT_HEADS)


def have_reminded() -> None:
    """The day's run, if its hour has come and it has not come to its end (tiendo daily may have done it already)."""
    from django.utils import timezone

    from tiendo.foundation.audit.queries import ahead
    from tiendo.work.programmes.jobs import run_daily
    from tiendo.work.programmes.queries import reminding
    from tiendo.work.programmes.rules.reminding import schedule_for

    now = timezone.localtime(timezone.now())
    if now.time() >= schedule_for(now.date()).at and not reminding.done(now.date()):
        if (latest := ahead(now)) is not None:
            log.warning("the clock shows %s, events were recorded at %s: see docs/operations.md", now, latest)
        _queue(run_daily)


def have_sent() -> None:
    """The mails whose time has come, if there is a mail server."""
    from django.conf import settings
    from django.utils import timezone

    from tiendo.foundation.notifications.jobs import deliver
    from tiendo.foundation.notifications.queries import to_mail

    if settings.MAILERS and to_mail(timezone.now()).exists():
        _queue(deliver)


def _queue(task: Any) -> None:
    """Unless it is queued already; what failed is not queued anew before a while has passed."""
    from django.db import transaction
    from django.db.models import Q
    from django.utils import timezone
    from django_ox.models import OxTask

    alive = Q(status__in=(OxTask.Status.READY, OxTask.Status.RUNNING, OxTask.Status.WAITING))
    now = timezone.now()  # what lies ahead of it was queued by a clock that was wrong
    ended = Q(status__in=(OxTask.Status.FAILED, OxTask.Status.LOST), enqueued_at__range=(now - AGAIN_AFTER, now))
    with transaction.atomic():  # two processes that look round at once queue nothing twice
        if not OxTask.objects.filter(alive | ended, task_path=task.module_path).exists():
            task.enqueue()


def learn_sizes() -> None:
    """SQLite chooses how to answer by what it was told of the size of each table and index; told nothing, it takes a
    table of two million rows for a small one. PostgreSQL sees to that itself. Waits for nobody.
    """
    from django.conf import settings

    path = Path(settings.DATA) / "tiendo.sqlite3"
    if not path.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0)) as database:
        database.execute(f"PRAGMA analysis_limit={ENTRIES}")
        database.execute("ANALYZE")


def empty_journal() -> None:
    """SQLite's journal repeats what was written: also names and hashes that were forgotten since. Waits for nobody."""
    from django.conf import settings

    path = Path(settings.DATA) / "tiendo.sqlite3"
    if not path.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
