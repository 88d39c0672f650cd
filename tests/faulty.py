"""The other process of tests/work/faults: an office in a data folder of its own, its database a file, as in real life.

python faulty.py prepare | at-once WHAT | do WHAT | die-in PLACE WHAT | tell      (TIENDO_DATA says where)

`at-once` does acts in threads, each with its own connection, and prints what each was told. `die-in` ends the process
by `kill -9` when it comes to a place. Nobody is made after `prepare`: all are looked up.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

Act = Callable[[], object]
STANDING = 60
"""Rows of standing work in each of two programmes: what falls due in June is raised for all of them."""
JUNE = 113
"""Days after the tests' own day: 23 June, when the half-year's reports are due soon and the next period has begun."""
WORDS = ("Bản của người thứ nhất gửi.", "Bản của người thứ hai gửi.")


def prepare() -> None:
    from django.core.management import call_command

    import factories as make
    from worlds import HEALTH, SCIENCE, office_world

    call_command("migrate", verbosity=0)
    office = office_world()
    for body in (office.science, office.health):
        for role in ("head", "head", "clerk"):
            make.person(role, body)
    for role in ("head", "head", "officer"):
        make.person(role, office.body)
    for _ in range(2):
        rows = [make.row(f"Thường xuyên {n}", SCIENCE, HEALTH, deadline=make.continuous()) for n in range(STANDING)]
        dated = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(make.days(JUNE + 2)))
        make.programme(dated, *rows, office=office.body, by=office.chief)


def who(role: str, code: str, place: int = 0) -> Any:
    from tiendo.foundation.organisations.models import Post

    return Post.objects.filter(role=role, organisation__code=code).order_by("pk")[place].user


def owed() -> Any:
    from tiendo.work.programmes.models import Obligation

    return Obligation.objects.filter(standing=False).order_by("pk")[0]


# -- at once -----------------------------------------------------------------------------------------------------------


def _drafted() -> Any:
    import factories as make
    from tiendo.work.programmes.actions import evidence, reports

    head = who("head", "T.KHCN")
    draft = reports.draft_once(obligation=owed(), by=head, at=make.NOW)
    evidence.cite(answer=draft.answers.get(), number="1/BC", issued_on=make.days(-1), by=head, at=make.NOW)
    return draft


def draft_at_once() -> list[Act]:
    import factories as make
    from tiendo.work.programmes.actions import reports

    return [lambda n=n: reports.draft_once(obligation=owed(), by=who("head", "T.KHCN", n), at=make.NOW) for n in (0, 1)]


def save_at_once() -> list[Act]:
    import factories as make
    from tiendo.work.programmes.actions import reports

    draft = _drafted()

    def save(n: int) -> object:
        said = {owed().pk: reports.Said(text=WORDS[n])}
        return reports.save(report=draft, answers=said, version=1, by=who("head", "T.KHCN", n), at=make.NOW)

    return [lambda n=n: save(n) for n in (0, 1)]


def submit_at_once() -> list[Act]:
    import factories as make
    from tiendo.work.programmes.actions import reports

    draft = _drafted()
    return [lambda n=n: reports.submit(report=draft, by=who("head", "T.KHCN", n), at=make.NOW) for n in (0, 1, 0, 1)]


def decide_at_once() -> list[Act]:
    import factories as make
    from tiendo.work.programmes.actions import reports

    sent = reports.submit(report=_drafted(), by=who("head", "T.KHCN"), at=make.NOW)
    word = {"report": sent, "seen_round": 1, "at": make.NOW}
    return [
        lambda: reports.confirm(by=who("head", "T.VP"), **word),
        lambda: reports.ask_more(reason="Thiếu.", by=who("head", "T.VP", 1), **word),
    ]


def attach_at_once() -> list[Act]:
    import factories as make
    from tiendo.work.programmes.actions import evidence

    answer = _drafted().answers.get()
    file = {"answer": answer, "filename": "a.pdf", "chunks": [b"%PDF-1.7 noi dung"], "at": make.NOW}
    return [lambda n=n: evidence.attach(by=who("head", "T.KHCN", n), **file) for n in (0, 1)]


def raise_at_once() -> list[Act]:
    return [lambda: do("raise")] * 3


def daily_at_once() -> list[Act]:
    return [lambda: do("daily")] * 3


def pages_at_once() -> list[Act]:
    """Two sessions have the same empty page open; both type, and both send."""
    from django.test import Client
    from django.utils import timezone

    import factories as make
    from tiendo.doors.desk.session import gate

    one = owed()

    def opened(n: int) -> Client:
        client = Client(HTTP_HOST="localhost")
        client.force_login(who("head", "T.KHCN", n))
        session = client.session
        session[gate.SEEN] = timezone.now().timestamp()
        session.save()
        assert client.get(f"/viec/{one.pk}/").status_code == 200
        return client

    def send(client: Client, n: int) -> object:
        fields = {"text": WORDS[n], "number": f"{n}/BC", "issued_on": f"{make.days(-1):%d/%m/%Y}", "level": ""}
        typed = {f"o{one.pk}-{name}": value for name, value in fields.items()}
        page = client.post(f"/viec/{one.pk}/", {"act": "submit", "version": "1", **typed})
        return [page.status_code, WORDS[n] in page.content.decode()]

    clients = [opened(n) for n in (0, 1)]
    return [lambda n=n: send(clients[n], n) for n in (0, 1)]


def at_once(acts: Sequence[Act]) -> list[object]:
    from django.db import connections

    from tiendo.foundation.audit.errors import TiendoError

    start, told = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        start.wait()
        try:
            answer = acts[place]()
            told[place] = answer if isinstance(answer, list) else "done"
        except TiendoError as error:
            told[place] = error.code
        except Exception as error:  # noqa: BLE001 (told, whatever it was)
            told[place] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


# -- and killed --------------------------------------------------------------------------------------------------------


def do(what: str) -> None:
    import factories as make
    from tiendo.work.programmes.actions import deadlines, obligations, reminders
    from tiendo.work.programmes.models import Programme

    at = make.moment(make.days(JUNE), 7, 30)
    obligations.AT_ONCE = reminders.PROGRAMMES = reminders.PEOPLE = 1  # so that two are two transactions
    if what == "daily":
        reminders.run_daily(at=at)
        return
    for programme in Programme.objects.order_by("pk"):
        if what == "raise":
            obligations.raise_due(programme=programme, at=at)
        else:
            _reports_are_due_on_the(20)
            deadlines.recompute(programme=programme, by=who("office_head", "T.VP"), at=make.NOW)


def _reports_are_due_on_the(day: int) -> None:
    from dataclasses import replace

    from tiendo.work.programmes.rules import periods

    every = periods.calendars()
    every |= {name: replace(one, due_day=day) for name, one in every.items()}  # kept: `calendars` remembers its answer


PARTS = "tiendo.work.programmes.actions.parts"
PLACES = {
    "raised, not counted": (f"{PARTS}.ledger", "entered", 1),
    "counted, not recorded": ("tiendo.foundation.audit.actions.events", "record_all", 1),
    "between two programmes": ("tiendo.work.programmes.actions.obligations", "_raise_due", 2),
    "reminded, not recorded": ("tiendo.foundation.audit.actions.events", "record_all", 3),
    "before the mark": ("tiendo.work.programmes.actions.reminders", "_record", 1),
    "between two people": ("tiendo.foundation.notifications.actions.notices", "hand_over_all", 3),
    "told, not marked": ("tiendo.work.programmes.actions.reminders", "_record", 2),
    "changed, not moved": (f"{PARTS}.moving", "put", 1),
    "moved, not recorded": ("tiendo.foundation.audit.actions.events", "record", 1),
    "in the second programme": (f"{PARTS}.moving", "put", 2),
}
"""Where, and at which call: before it is carried out."""


def die_in(place: str) -> None:
    module, name, at_call = PLACES[place]
    real, calls = getattr(importlib.import_module(module), name), []

    def dying(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == at_call:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)

    setattr(importlib.import_module(module), name, dying)


def tell() -> dict[str, object]:
    """Whatever two runs may differ in if something was lost or doubled."""
    from tiendo.foundation.audit import queries as audit
    from tiendo.foundation.audit.models import Event
    from tiendo.foundation.notifications.models import Notice
    from tiendo.work.programmes.models import Answer, DateChange, Decision, Evidence, Obligation, Reminder, Report
    from tiendo.work.programmes.queries import tally

    owed = Obligation.objects.order_by("assignment", "period_start")
    told = {
        "owed": owed.values_list("assignment", "period_start", "period_end", "due", "first_due", "state"),
        "reports": Report.objects.order_by("pk").values_list("state", "round", "version"),
        "answers": Answer.objects.order_by("pk").values_list("text", flat=True),
        "evidence": Evidence.objects.order_by("pk").values_list("number", "sha256"),
        "decisions": Decision.objects.order_by("pk").values_list("verdict", "round"),
        "reminders": Reminder.objects.order_by("obligation", "level").values_list("obligation", "level", "on"),
        "notices": Notice.objects.order_by("user", "key").values_list("user", "key", "subject", "body"),
        "moved": DateChange.objects.order_by("obligation").values_list("obligation", "before", "after"),
    }
    found: dict[str, object] = {name: [list(map(str, row)) if isinstance(row, tuple) else row for row in rows]
                                for name, rows in told.items()}  # fmt: skip
    found["verbs"] = Counter(Event.objects.values_list("verb", flat=True))
    found["sound"] = audit.verify() is None and not list(tally.differences())
    return found


def main(arguments: Sequence[str]) -> None:
    from django.conf import settings
    from django.test.utils import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}, PASSWORD_HASHERS=quick):
        match arguments:
            case ["prepare"]:
                prepare()
            case ["at-once", what]:
                print(json.dumps(at_once(globals()[f"{what}_at_once"]())))  # noqa: T201
            case ["do", what]:
                do(what)
            case ["die-in", place, what]:
                die_in(place)
                do(what)
            case ["tell"]:
                print(json.dumps(tell()))  # noqa: T201
            case _:
                raise SystemExit(__doc__)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tiendo.config.settings"
    import django

    django.setup()
    main(sys.argv[1:])
