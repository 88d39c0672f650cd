"""The audit of many events: appending, the history page and its filters, a copy of it, walking the whole chain."""

from __future__ import annotations

import argparse
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from measure import cpu, machine

if TYPE_CHECKING:
    from django.test import Client
    from office import Office

    from tiendo.foundation.audit.models import Event

LIST_MS, QUERIES, TIMES, BATCH = 300, 25, 3, 5000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--explain", action="store_true", help="the slowest query of each page, and its plan")
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"TIENDO_DATA": folder, "TIENDO_HOSTS": "testserver", "TIENDO_JOBS_IN_WEB": "0"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "tiendo.config.settings"
        _measure(asked.events, Path(folder), explain=asked.explain)


def _measure(count: int, folder: Path, *, explain: bool) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from office import build

    call_command("migrate", verbosity=0)
    office = build(1000)
    before = (folder / "tiendo.sqlite3").stat().st_size
    start = time.process_time()
    _fill(office, count)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (folder / "tiendo.sqlite3").stat().st_size - before
    spent = time.process_time() - start
    print(f"{count:,} events, SQLite, {size / count:,.0f} bytes each; made in {spent:.0f} s of CPU\n")
    _append()
    _pages(office, explain=explain)
    _whole(folder)


def _fill(office: Office, count: int) -> None:
    """As `events.record` would, many at a time."""
    from django.db import transaction
    from django.utils import timezone

    from tiendo.foundation.audit.models import Event, Head

    with transaction.atomic():
        batch: list[Event] = []
        for event in _events(office, count, timezone.now()):
            batch.append(event)
            if len(batch) == BATCH:
                Event.objects.bulk_create(batch)
                batch = []
        Event.objects.bulk_create(batch)
        last = Event.objects.latest("sequence")
        Head.objects.update_or_create(pk=1, defaults={"sequence": last.sequence, "digest": last.digest})


def _events(office: Office, count: int, now: object) -> Iterator[Event]:
    from django.conf import settings

    from tiendo.doors.desk.history.sentences import VERBS
    from tiendo.foundation.audit.models import Event
    from tiendo.foundation.audit.rules import digest, seal
    from tiendo.foundation.organisations.models import Organisation
    from tiendo.work.programmes.models import Report, Task

    chance = random.Random(1)
    things = [f"programmes.task:{pk}" for pk in Task.objects.values_list("pk", flat=True)]
    things += [f"programmes.report:{pk}" for pk in Report.objects.values_list("pk", flat=True)]
    things.append(f"programmes.programme:{office.programme.pk}")
    paths, verbs = list(Organisation.objects.values_list("path", flat=True)), [v for v in VERBS if v[0] == "p"]
    previous = ""
    for number in range(1, count + 1):
        rare = number % 50_000 == 7
        facts = {
            "sequence": number,
            "at": now - timedelta(minutes=count - number),
            "actor": office.officer.actor if rare else office.head.actor,
            "verb": "directives.document.refused" if rare else chance.choice(verbs),
            "subject": chance.choice(things),
            "office": office.programme.office.path if chance.random() < 0.5 else chance.choice(paths),
            "data": {"round": chance.randint(1, 3), "via": "shell"},
            "previous": previous,
        }
        previous = digest(**facts)
        yield Event(**facts, digest=previous, seal=seal(previous, settings.AUDIT_KEYS[-1]))


def _append() -> None:
    from django.db import transaction
    from django.utils import timezone

    from tiendo.foundation.audit.actions import events

    def hundred() -> None:
        with transaction.atomic():
            for _ in range(100):
                events.record(actor="user:1", verb="x.y.done", subject="programmes.task:1", at=timezone.now())

    print(f"  one event more: {cpu(hundred, TIMES)[0] * 10:.2f} ms of CPU")


def _pages(office: Office, *, explain: bool) -> None:
    from django.contrib.staticfiles.storage import StaticFilesStorage
    from django.test import Client, override_settings
    from django.urls import reverse

    path = f"{StaticFilesStorage.__module__}.{StaticFilesStorage.__name__}"
    from django.conf import settings

    client = Client()
    client.force_login(office.head)
    history = reverse("desk:history")
    asked = {
        "history": "", "page 100": "?page=100", "by person": f"?who={office.head.actor}",
        "by a person, rare": f"?who={office.officer.actor}",
        "by act": "?verb=programmes.report.confirmed",
        "by act, rare": "?verb=directives.document.refused", "none of it": "?verb=accounts.user.added",
        "kind of act": "?verb=programmes", "where": "?where=VP",
        "a week of the first": "?since=01/01/2020&until=08/01/2020",
        "about a programme": "?about=91-CTr", "words": "?about=gửi+báo+cáo+91-CTr",
        "word of nothing": "?about=khongcogi",
        "a person by words": f"?about={office.head.full_name}", "a role by words": "?about=chuyên+viên",
        "a body by words": "?about=sở", "a task by words": "?about=nhiệm+vụ+7",
        "one thing": f"?object=programmes.task:{office.officers_task.pk}",
    }  # fmt: skip
    print(f"\n{'':22} queries   wall ms    CPU ms  rows")
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": path}}):
        for title, query in asked.items():
            _page(client, title, f"{history}{query}", explain=explain)
        _export(client, f"{history}?dang=csv")


def _page(client: Client, title: str, url: str, *, explain: bool) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def get() -> bytes:
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url}: {response.status_code}")
        return bytes(response.content)

    body = get()
    with CaptureQueriesContext(connection) as captured:
        start = time.perf_counter()
        get()
        wall = (time.perf_counter() - start) * 1000
    queries = list(captured.captured_queries)
    spent = cpu(get, TIMES)[0] * 1000
    over = [word for word, is_over in (("QUERIES", len(queries) > QUERIES), ("CPU", spent > LIST_MS)) if is_over]
    verdict = f"OVER in {' and '.join(over)}" if over else "within"
    rows = body.count(b"<tr data-row")
    print(f"  {title:20} {len(queries):3} of {QUERIES} {wall:9.0f} {spent:9.0f} {rows:5}  {verdict}")
    if explain:
        _explain(max(queries, key=lambda query: float(query["time"])))


def _explain(query: dict[str, str]) -> None:
    from django.db import connection

    print(f"      {float(query['time']) * 1000:.0f} ms: {query['sql'][:1500]}")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}".replace("%", "%%"), [])
        for row in cursor.fetchall():
            print(f"        {row[-1]}")


def _export(client: Client, url: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, size = time.process_time(), 0
    for piece in client.get(url).streaming_content:
        size += len(piece)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    spent = time.process_time() - start
    print(f"  all of it as CSV: {spent:.0f} s of CPU, {size / 1e6:.0f} MB, peak memory +{grown:.0f} MiB")


def _whole(folder: Path) -> None:
    from django.core.management import call_command

    def timed(what: str, work: Callable[[], object]) -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        work()
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"  {what}: {time.process_time() - start:.0f} s of CPU, peak memory +{grown:.0f} MiB")

    file = folder / "a.jsonl.gz"
    timed("verify-audit", lambda: call_command("verify_audit", verbosity=0))
    timed("archive-audit", lambda: _archive(file))
    print(f"  the archive: {file.stat().st_size / 1e6:.0f} MB")
    timed("verify-audit --archive", lambda: call_command("verify_audit", archive=file))


def _archive(file: Path) -> None:
    from django.utils import timezone

    from tiendo.foundation.audit.actions.archives import archive

    archive(path=file, before=timezone.now(), by="shell:bench", at=timezone.now())


if __name__ == "__main__":
    main()
