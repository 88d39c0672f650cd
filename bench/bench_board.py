"""The pages of a programme of 10,000 tasks: queries and CPU, as the office head and as an officer of one body."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from typing import TYPE_CHECKING

from measure import cpu, machine

if TYPE_CHECKING:
    from django.test import Client
    from office import Office

    from tiendo.foundation.accounts.models import User

QUERIES = 15
TIMES = 7
# DESIGN: CPU of a list, of a task page or overview.
LIST_MS, PAGE_MS = 25, 15
PEERS = "for context, CPU ms at 100,000 tasks (PEERS.md): list 115-318, task page 27-92, overview 235-470"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--explain", action="store_true", help="the slowest query of each page, and its plan")
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"TIENDO_DATA": folder, "TIENDO_HOSTS": "testserver", "TIENDO_JOBS_IN_WEB": "0"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "tiendo.config.settings"
        _measure(asked.tasks, explain=asked.explain)


def _measure(tasks: int, *, explain: bool) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import override_settings
    from office import build

    from tiendo.work.programmes.models import Obligation

    call_command("migrate", verbosity=0)
    start = time.process_time()
    office = build(tasks)
    owed = Obligation.objects.count()
    print(f"{tasks:,} tasks, {owed:,} obligations, SQLite; made in {time.process_time() - start:.0f} s of CPU\n")
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES={**django.conf.settings.STORAGES, **plain}):
        for name, user in (("office head", office.head), ("officer of one body", office.officer)):
            _pages(name, user, office, explain=explain)
    print(PEERS)


def _pages(name: str, user: User, office: Office, *, explain: bool) -> None:
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(user)
    board = reverse("desk:programme", args=[office.programme.pk])
    obligations = reverse("desk:obligations", args=[office.programme.pk])
    pages = {
        "board": (board, LIST_MS),
        "board, page 100": (f"{board}?page=100", LIST_MS),
        "obligations": (obligations, LIST_MS),
        "obligations, overdue": (f"{obligations}?box=overdue", LIST_MS),
        "task": (reverse("desk:task", args=[office.officers_task.pk]), PAGE_MS),
        "home": (reverse("desk:home"), PAGE_MS),
    }
    print(f"{name:22} queries       CPU ms (SQL≥)   kB  rows")
    for title, (url, budget) in pages.items():
        _page(client, title, url, budget, explain=explain)
    print()


def _page(client: Client, title: str, url: str, budget: int, *, explain: bool) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    body = _get(client, url)  # the first request loads templates and word lists
    with CaptureQueriesContext(connection) as asked:
        _get(client, url)
    queries = list(asked.captured_queries)  # a view of the connection's log, which the next request empties
    if not queries:
        raise RuntimeError(f"{url}: no query was seen, so none was counted")
    spent = cpu(lambda: _get(client, url), TIMES)[0] * 1000
    # Until the first row only: SQLite goes on working while the rest is fetched.
    sql = sum(float(query["time"]) for query in queries) * 1000
    over = [word for word, is_over in (("QUERIES", len(queries) > QUERIES), ("CPU", spent > budget)) if is_over]
    verdict = f"OVER in {' and '.join(over)}" if over else "within"
    figures = f"{len(queries):3} of {QUERIES}  {spent:6.0f} of {budget} ({sql:4.0f})"
    print(f"  {title:20} {figures} {len(body) / 1000:6.0f} {body.count(b'<tr data-row'):5}  {verdict}")
    if explain:
        _explain(max(queries, key=lambda query: float(query["time"])))


def _get(client: Client, url: str) -> bytes:
    """The page's bytes. Raises RuntimeError where it is not a page: an error must not pass for a quick answer."""
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url}: {response.status_code}")
    return bytes(response.content)


def _explain(query: dict[str, str]) -> None:
    from django.db import connection

    print(f"      {float(query['time']) * 1000:.0f} ms: {query['sql'][:2000]}")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}".replace("%", "%%"), [])
        for row in cursor.fetchall():
            print(f"        {row[-1]}")


if __name__ == "__main__":
    main()
