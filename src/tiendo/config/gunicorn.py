"""The web server of a small office: one process, eight threads, and the jobs in a thread beside them."""

from __future__ import annotations

import gc
import time
from typing import Any

from tiendo.config import environment as env
from tiendo.config.toolong import LONGEST

wsgi_app = "tiendo.config.wsgi:application"
bind = env.text("TIENDO_BIND", "127.0.0.1:8000")
worker_class = "tiendo.config.toolong.Worker"  # eight threads, gunicorn's gthread
limit_request_line = LONGEST
workers = env.number("TIENDO_WEB_PROCESSES", 1, least=1, most=64)
threads = env.number("TIENDO_WEB_THREADS", 8, least=1, most=256)
graceful_timeout = 10
control_socket_disable = True
umask = env.OTHERS
accesslog = None
loglevel = "warning"


MANY = 20_000
"""Objects after which Python looks for rubbish: a page makes some thousands, nearly all gone when it is answered."""


def post_worker_init(worker: Any) -> None:
    """The application is loaded in this process: clear what a dead one left, begin to work on the jobs."""
    from django.conf import settings

    from tiendo.config.uploads import sweep
    from tiendo.config.worker import start, watch
    from tiendo.work.directives import storage

    sweep()
    storage.sweep_scratch(before=time.time() - 24 * 3600)
    if settings.JOBS_IN_WEB:
        worker.jobs = start()
    worker.watch = watch()
    # What is loaded now stays: to walk through it again and again took a fifth of every page.
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY, 20, 20)
