"""The job engine in a thread of the web process, so that a small office needs no second process; and a look round."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

log = logging.getLogger(__name__)
EVERY = 60
"""Seconds between two looks round."""


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

    while True:
        try:
            look_round()
        except Exception:  # whatever it was, the next look may go well
            log.exception("looking round")
        finally:
            connections.close_all()
        time.sleep(EVERY)


def look_round() -> int:
    """Have documents read that a process which died left unread; end the refusals that it began. Returns how many."""
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
    empty_journal()
    return taken


def empty_journal() -> None:
    """SQLite's journal repeats what was written: also names and hashes that were forgotten since. Waits for nobody."""
    from django.conf import settings

    path = Path(settings.DATA) / "tiendo.sqlite3"
    if not path.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
