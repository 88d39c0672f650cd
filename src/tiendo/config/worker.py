"""The job engine in a thread of the web process, so that a small office needs no second process."""

from __future__ import annotations

import logging
import threading

log = logging.getLogger(__name__)


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
