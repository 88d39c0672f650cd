"""A country's pages and nights: queries and CPU of each page, how long it takes eight people at once, raising a month,
the morning's run. SQLite, or the PostgreSQL that TIENDO_DATABASE names (one database for each size).

`--scale 0.005 0.05 1`: growth, each size in a database of its own; `--keep FOLDER` keeps them, and goes on with what is
there. `--write`: what was measured into bench/national.json, and from there into the table of the README. The default
is small, so that `make bench` stays short.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from measure import cpu, machine, with_process

if TYPE_CHECKING:
    from national import Country

TIMES = 5
QUERIES = 25
LIST_MS, PAGE_MS, UPDATE_MS, SEARCH_MS = 25, 15, 20, 30
"""DESIGN: CPU of a list, of a task page or overview, of an update, of a search."""
PEOPLE = ("head", "officer", "leader")
AT_ONCE = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, nargs="+", default=[0.005, 0.02])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--explain", action="store_true", help="the slowest query of each page")
    parser.add_argument("--seconds", type=float, default=20, help="so long eight people ask at once; 0: not at all")
    parser.add_argument("--write", action="store_true", help="keep the figures, and put them into the README")
    asked = parser.parse_args()
    if asked.one:
        asked.one.write_text(json.dumps(_measure(asked)))
        return
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        for scale in asked.scale:
            home = (asked.keep or Path(folder)) / f"scale-{scale:g}"
            home.mkdir(parents=True, exist_ok=True)
            result = Path(folder) / "result.json"
            more = ["--explain"] if asked.explain else []
            command = [
                sys.executable,
                __file__,
                "--one",
                str(result),
                "--scale",
                str(scale),
                "--seconds",
                str(asked.seconds),
            ]
            subprocess.run([*command, *more], check=True, env=_environment(home, scale))
            if asked.write:
                from readme import keep

                keep(json.loads(result.read_text()) | {"machine": machine(), "scale": scale})


def _environment(home: Path, scale: float) -> dict[str, str]:
    """Hosts and jobs as pages need them; of PostgreSQL a database for this size, made where it is missing."""
    own = {"TIENDO_DATA": str(home), "TIENDO_HOSTS": "testserver,127.0.0.1", "TIENDO_JOBS_IN_WEB": "0"}
    own["DJANGO_SETTINGS_MODULE"] = "tiendo.config.settings"
    if address := os.environ.get("TIENDO_DATABASE"):
        import psycopg

        name = f"tiendo_bench_{scale:g}".replace(".", "_")
        with psycopg.connect(address, autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
                connection.execute(f'CREATE DATABASE "{name}"')
        own["TIENDO_DATABASE"] = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    return os.environ | own


def _measure(asked: argparse.Namespace) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings
    from national import build

    from tiendo.foundation.organisations.models import Organisation
    from tiendo.work.programmes.models import Answer, Obligation, Tally, Task, Turn

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    begun = time.monotonic()
    scale = asked.scale[0]
    country = build(scale)
    models = (Organisation, Task, Obligation, Answer, Turn, Tally)
    counts = {f"{model.__name__.lower()}s": model.objects.count() for model in models}
    kept: dict[str, Any] = {"engine": connection.display_name, "counts": counts, "pages": {}, "crowd": {}, "acts": {}}
    kept["gigabytes"] = round(_size() / 1e9, 1)
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    took = time.monotonic() - begun
    print(f"\n{connection.display_name}, scale {scale:g}: {told}; {kept['gigabytes']} GB, made in {took:.0f} s")
    with override_settings(LOGGING_CONFIG=None):
        _pages(country, kept, explain=asked.explain)
    if asked.seconds:
        _crowd(country, kept, AT_ONCE, asked.seconds)
    _acts(country, kept)
    return kept


def _size() -> int:
    from django.db import connection

    if connection.vendor == "sqlite":
        return sum(file.stat().st_size for file in Path(os.environ["TIENDO_DATA"]).glob("tiendo.sqlite3*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _clock() -> Callable[[], float]:
    """Application and database together: SQLite is in this process, PostgreSQL has one for each connection."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return with_process(cursor.fetchone()[0])


def _addresses(country: Country) -> dict[str, tuple[str, int]]:
    """Name → address, milliseconds of CPU that it may take."""
    from django.urls import reverse

    day = (country.programme.tracked_from.replace(day=1)).isoformat()
    board = reverse("desk:programme", args=[country.programme.pk])
    return {
        "board": (board, LIST_MS),
        "its list of overdue": (reverse("desk:obligations", args=[country.programme.pk]) + "?box=overdue", LIST_MS),
        "board as of a past day": (f"{board}?khi={day}", LIST_MS),
        "figures": (reverse("desk:figures", args=[country.programme.pk]), LIST_MS),
        "task": (reverse("desk:task", args=[country.task.pk]), PAGE_MS),
        "body": (reverse("desk:body", args=[_body(country)]), LIST_MS),
        "programmes": (reverse("desk:programmes"), LIST_MS),
        "my work": (reverse("desk:home"), PAGE_MS),
        "search": (reverse("desk:search") + "?q=ch%C6%B0%C6%A1ng+tr%C3%ACnh+ven+s%C3%B4ng", SEARCH_MS),
    }


def _pages(country: Country, kept: dict[str, Any], *, explain: bool) -> None:
    from django.test import Client

    for name in PEOPLE:
        client = Client()
        client.force_login(getattr(country, name))
        print(f"{name:26} queries       CPU ms")
        for title, (url, budget) in _addresses(country).items():
            found = _page(client, title, url, budget, explain=explain)
            if found is not None:
                kept["pages"].setdefault(title, {})[name] = found


def _crowd(country: Country, kept: dict[str, Any], people: int, seconds: float) -> None:
    """Everybody's pages, but what a person may not open, asked for by several people at once."""
    from crowd import LIMIT_MS, crowd
    from django.test import Client

    asked = []
    for name in PEOPLE:
        client = Client()
        client.force_login(getattr(country, name))
        cookie = client.cookies["sessionid"].value
        asked += [
            (f"{title}, {name}", url, cookie)
            for title, (url, _budget) in _addresses(country).items()
            if name in kept["pages"].get(title, {})
        ]
    print(f"{people} people at once, two processes{'':10} times  median    p95 ms of {LIMIT_MS}")
    for title, waited in crowd(asked, people=people, seconds=seconds).items():
        verdict = "within" if waited.p95 <= LIMIT_MS else "OVER"
        print(f"  {title:44} {waited.times:4} {waited.median:7.0f} {waited.p95:7.0f}  {verdict}")
        kept["crowd"][title] = round(waited.p95)


def _body(country: Country) -> int:
    from tiendo.foundation.organisations.models import Post

    return Post.objects.get(user=country.officer, role="officer").organisation_id


def _page(client: Any, title: str, url: str, budget: int, *, explain: bool) -> list[float] | None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(url)
    if answer.status_code == 404:  # not for this person
        return None
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    queries = list(asked.captured_queries)  # a view of the connection's log, which the next request empties
    spent = cpu(lambda: client.get(url), TIMES, _clock())[0] * 1000
    verdict = "within" if spent <= budget and len(queries) <= QUERIES else "OVER"
    print(f"  {title:24} {len(queries):3} of {QUERIES}  {spent:6.0f} of {budget}  {verdict}")
    if explain:
        slowest = max(queries, key=lambda query: float(query["time"]))
        print(f"      {float(slowest['time']) * 1000:.0f} ms: {slowest['sql'][:1500]}")
    return [len(queries), round(spent)]


def _acts(country: Country, kept: dict[str, Any]) -> None:
    """An update from draft to handing in; raising a month; the morning's run: all rolled back. Comparing the cube."""
    from django.db import transaction
    from django.utils import timezone

    from tiendo.foundation.organisations.models import Post
    from tiendo.work.programmes.actions import obligations, reminders, reports
    from tiendo.work.programmes.models import Obligation
    from tiendo.work.programmes.queries import tally
    from tiendo.work.programmes.rules.workdays import next_workday

    now = timezone.localtime()
    owed = Obligation.objects.filter(organisation=_body(country), state="open", standing=True)
    one = owed.select_related("programme__office", "organisation").order_by("pk")[0]
    Post.objects.get_or_create(
        user=country.officer, organisation=one.organisation, role="head", starts=one.period_start
    )

    def update() -> None:
        with transaction.atomic():
            report = reports.draft_once(obligation=one, by=country.officer, at=now)
            said = {pk: reports.Said(nothing_arose=True) for pk in report.answers.values_list("obligation", flat=True)}
            report = reports.save(report=report, answers=said, version=report.version, by=country.officer, at=now)
            reports.submit(report=report, by=country.officer, at=now)
            transaction.set_rollback(True)

    kept["acts"]["update"] = round(cpu(update, TIMES, _clock())[0] * 1000)
    print(f"  an update handed in: {kept['acts']['update']} ms of {UPDATE_MS}")
    with transaction.atomic():
        morning = now + (next_workday(now.date() + timedelta(days=1)) - now.date())  # on a day off nobody is told
        begun = time.monotonic()
        ran = reminders.run_daily(at=morning)
        kept["acts"]["daily"] = [ran.reminded, ran.told, round(time.monotonic() - begun, 1)]
        told = f"{ran.raised:,} raised, {ran.reminded:,} reminders, {ran.told:,} people"
        print(f"  the next working day's run: {told}, {kept['acts']['daily'][-1]} s")
        for name in ("month", "again"):
            begun = time.monotonic()
            new = obligations.raise_everywhere(at=now + timedelta(days=32)).new
            kept["acts"][f"raise_{name}"] = [new, round(time.monotonic() - begun, 1)]
            print(f"  raising a month later ({name}): {new:,} obligations, {time.monotonic() - begun:.1f} s")
        transaction.set_rollback(True)
    begun = time.monotonic()
    wrong = len(list(tally.differences()))
    kept["acts"]["check_tally"] = round(time.monotonic() - begun, 1)
    print(f"  the cube compared: {wrong} cells differ, {kept['acts']['check_tally']} s")
    if wrong:
        raise RuntimeError("the cube is not what it counts")


if __name__ == "__main__":
    main()
