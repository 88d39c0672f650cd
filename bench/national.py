"""A country of invented offices, made by the database itself in chunks: only for measuring (bench_national.py).

At scale 1: 34 provinces and 3,321 communes with some 20,000 bodies, 40,000 programmes of 50 tasks (2 M tasks), 20 M
obligations and what answers them. Django must be set up. Chunks are programmes: a run that was stopped goes on with
the first chunk that is missing. The same scale gives the same rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from tiendo.config.worker import learn_sizes
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.work.directives.models import Document, Duty, Reading
from tiendo.work.programmes.models import (
    Answer,
    Assignment,
    Obligation,
    Programme,
    Reminder,
    Report,
    Tally,
    Task,
    Turn,
)
from tiendo.work.programmes.queries.reminding import RAISED, TOLD, subject, to_remind
from tiendo.work.programmes.rules.reminding import Level, schedule_for

TASKS = 50
"""Of a programme: 20 with an end, 30 that stand."""
DATED = 20
MONTHS = 16
BODIES = {"province": 15, "commune": 5}
PROVINCES, COMMUNES, PROGRAMMES = 34, 3321, 40_000
CUTOFF = 14
"""Of a month, in the calendar of NĐ 09/2019."""
CHUNK = 400
"""Programmes: 20,000 tasks, 200,000 obligations."""


@dataclass(frozen=True, slots=True)
class Country:
    """Who looks at it: the head of a provincial office, an officer of one body below it, a leader above all."""

    head: User
    officer: User
    leader: User
    programme: Programme
    task: Task


def build(scale: float, say: Callable[[str], None] = print) -> Country:
    """Make what is missing of the country at a scale; gives whom to sign in as."""
    today = timezone.localdate()
    offices = _bodies(scale)
    people = _people(offices)
    wanted = max(len(offices), round(PROGRAMMES * scale))
    while (done := Programme.objects.count()) < wanted:
        begun = time.monotonic()
        _chunk(done, min(done + CHUNK, wanted), offices, people["head"], today)
        if (done // CHUNK) % 10 == 0:
            say(f"  {done + CHUNK:,} of {wanted:,} programmes, the last {CHUNK} in {time.monotonic() - begun:.1f} s")
    with connection.cursor() as cursor:  # PostgreSQL does not see the ids that were given
        for statement in connection.ops.sequence_reset_sql(no_style(), [*apps.get_models()]):
            cursor.execute(statement)
    if not Reminder.objects.exists():
        _reminded(today)
    _learn_sizes()
    programme = Programme.objects.filter(office=offices[0]).order_by("pk")[0]
    task = Task.objects.filter(programme=programme, assignments__organisation=people["body"]).order_by("pk")[0]
    return Country(people["head"], people["officer"], people["leader"], programme, task)


def _learn_sizes() -> None:
    """As the house has its database told every hour, and PostgreSQL does by itself."""
    if connection.vendor == "sqlite":
        learn_sizes()
        connection.close()  # what is open already has read the old ones
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _bodies(scale: float) -> list[Organisation]:
    """The offices that issue, in their provinces, each with the bodies that it charges, whose ids follow its own."""
    if Organisation.objects.filter(code="QG").exists():
        return list(Organisation.objects.filter(code__startswith="VP").order_by("pk"))
    rows = [Organisation(code="QG", name="Cả nước (thử)", kind="root", path="/1/", pk=1)]
    roots, offices = [], []
    for number in range(max(1, round(PROVINCES * scale))):
        pk = len(rows) + 1
        rows.append(
            Organisation(pk=pk, code=f"T{pk}", name=f"Tỉnh thử {number}", kind="root", parent_id=1, path=f"/1/{pk}/")
        )
        roots.append(rows[-1])
    for kind, count in (("province", len(roots)), ("commune", max(1, round(COMMUNES * scale)))):
        for number in range(count):
            root, pk = roots[number % len(roots)], len(rows) + 1
            name = "Văn phòng Tỉnh ủy" if kind == "province" else "Văn phòng Đảng ủy"
            office = Organisation(
                pk=pk, code=f"VP{pk}", name=f"{name} thử {number}", kind="party_advisory", parent_id=root.pk,
                path=f"{root.path}{pk}/",
            )  # fmt: skip
            offices.append(office)
            rows.append(office)
            rows += [
                Organisation(
                    pk=pk + place, code=f"CQ{pk + place}", name=f"Cơ quan thử {number}.{place}", kind="department",
                    parent_id=office.pk, path=f"{office.path}{pk + place}/",
                )
                for place in range(1, BODIES[kind] + 1)
            ]  # fmt: skip
    Organisation.objects.bulk_create(rows, batch_size=500)
    return offices


def _people(offices: list[Organisation]) -> dict[str, Any]:
    now = timezone.now()
    body = Organisation.objects.filter(parent=offices[0]).order_by("pk")[0]
    held = {"body": body}
    for name, role, where in (
        ("head", "office_head", offices[0]),
        ("officer", "officer", body),
        ("leader", "leader", Organisation.objects.get(code="QG")),
    ):
        user, made = User.objects.get_or_create(
            username=f"bench.{name}", defaults={"full_name": f"Người thử {name}", "created_at": now}
        )
        if made:
            Post.objects.create(user=user, organisation=where, role=role, starts=date(2020, 1, 1))
        held[name] = user
    return held


@transaction.atomic
def _reminded(today: date) -> None:
    """Whatever has come to a level by today was reminded of it a week ago: the next morning finds what is new."""
    schedule = schedule_for(today)
    week_ago = today - timedelta(days=7)
    for level in Level:
        found = to_remind(Obligation.objects.order_by(), level, today, schedule).values_list("pk", "owed")
        sql, values = found.query.sql_with_params()
        told = f'INSERT INTO {Reminder._meta.db_table} (obligation_id, owed_by, level, "on", told) SELECT found.*, %s, %s, 1 FROM ({sql}) found'  # noqa: SLF001, E501
        with connection.cursor() as cursor:
            cursor.execute(told, [level, week_ago, *values])
    for verb in (RAISED, TOLD):
        events.record(actor="job:remind", verb=verb, subject=subject(week_ago), at=timezone.now(), data={})


# -- a chunk of programmes ---------------------------------------------------------------------------------------------


@transaction.atomic
def _chunk(first: int, last: int, offices: list[Organisation], by: User, today: date) -> None:
    """Programmes `first` to `last` (excluded), counted from 0; their ids are one more."""
    months = _months(today)
    at = timezone.make_aware(datetime.combine(months[0][1], hour(12)))
    Document.objects.bulk_create(_document(n, offices[n % len(offices)], by, at) for n in range(first, last))
    Reading.objects.bulk_create(
        Reading(pk=n + 1, document_id=n + 1, schema="bench", reader="bench", content=CONTENT, made_at=at)
        for n in range(first, last)
    )
    Programme.objects.bulk_create(_programme(n, offices[n % len(offices)], by, at) for n in range(first, last))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS bench_n (i integer PRIMARY KEY)")
        cursor.execute("SELECT count(*) FROM bench_n")
        if not cursor.fetchone()[0]:
            cursor.executemany("INSERT INTO bench_n (i) VALUES (%s)", [(i,) for i in range(TASKS)])
        cursor.execute("DROP TABLE IF EXISTS bench_month")
        cursor.execute("CREATE TEMPORARY TABLE bench_month (m integer PRIMARY KEY, s date, e date, d date)")
        cursor.executemany("INSERT INTO bench_month (m, s, e, d) VALUES (%s, %s, %s, %s)", months)
        for statement in _statements(first + 1, last + 1, by.pk, at, today):
            cursor.execute(statement)


def _months(today: date) -> list[tuple[int, date, date, date]]:
    """The last MONTHS monthly periods, the present one too, oldest first: number, first day, cut-off, due day."""
    year, month = today.year, today.month
    if today.day > CUTOFF:  # the present period ends in the next one
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    rows = []
    for m in range(MONTHS - 1, -1, -1):
        before = (year, month - 1) if month > 1 else (year - 1, 12)
        rows.append((m, date(*before, CUTOFF + 1), date(year, month, CUTOFF), date(year, month, 25)))
        year, month = before
    return rows[::-1]


def _document(n: int, office: Organisation, by: User, at: datetime) -> Document:
    return Document(
        pk=n + 1, office=office, sha256=f"{n:064x}", filename=f"{n}.docx", state="approved", symbol=f"{n}-CTr/TU",
        received_by=by, received_at=at, approved_by=by, approved_at=at,
    )  # fmt: skip


def _programme(n: int, office: Organisation, by: User, at: datetime) -> Programme:
    title = "về phát triển các xã ven sông"
    return Programme(
        pk=n + 1, document_id=n + 1, office=office, symbol=f"{n}-CTr/TU", title=title, confirming=office,
        tracked_from=timezone.localdate(at), calendar="nd-09-2019", standing_every="month", opened_by=by, opened_at=at,
        search_text=f"{n} ctr tu {title}",
    )  # fmt: skip


CONTENT = """{"schema":"bench","reader":"bench","format":"text","text":"Nhiệm vụ thử."}"""
_BODIES_OF = "(SELECT count(*) FROM organisations_organisation o WHERE o.parent_id = p.office_id)"
_LEAD = f"(p.office_id + 1 + (p.id * 7 + n.i * 4) % {_BODIES_OF})"
"""The body that leads the task n.i of a programme: those below an office have the ids after its own."""
_FATE = "((t.id * 31 + {period} * 17) % 100)"
"""0-99: what became of an obligation."""


def insert(model: type[models.Model], source: str, **said: str) -> str:
    """`INSERT … SELECT` of a model: what is not said is empty, 0, false, or NULL where that may be."""
    fields = model._meta.concrete_fields  # noqa: SLF001 (Django's own, and public)
    picked = [(connection.ops.quote_name(field.column), said.get(field.column) or _empty(field)) for field in fields]
    picked = [(column, text) for column, text in picked if text != "AUTO"]
    columns, texts = ", ".join(column for column, _text in picked), ", ".join(text for _column, text in picked)
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {texts} {source}"  # noqa: SLF001


def _empty(field: models.Field[Any, Any]) -> str:
    if field.primary_key:
        return "AUTO"
    if field.null:
        return "NULL"
    if isinstance(field, models.BooleanField):
        return "false"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return str(field.default if isinstance(field.default, int) else 0)
    return "'[]'" if isinstance(field, models.JSONField) else "''"


def _statements(first: int, last: int, by: int, at: datetime, today: date) -> list[str]:
    """Everything of the programmes `first` to `last` (excluded; ids)."""
    moment = f"'{at.isoformat(sep=' ')}'"
    programmes = f"FROM programmes_programme p CROSS JOIN bench_n n WHERE p.id >= {first} AND p.id < {last}"
    task_id = f"((p.id - 1) * {TASKS} + n.i + 1)"
    dated = f"n.i < {DATED}"
    due = _day(f"'{today.isoformat()}'", "((p.id * 13 + n.i * 29) % 600 - 400)")
    content = "'Nhiệm vụ thử số ' || n.i || ' của chương trình ' || p.id || ', phát triển các xã ven sông'"
    row = {"id": task_id, "position": "n.i + 1", "number": _text("n.i + 1"), "content": content}
    kind = {
        "deadline_kind": f"CASE WHEN {dated} THEN 'date' ELSE 'continuous' END",
        "deadline_end": f"CASE WHEN {dated} THEN {due} END",
        "deadline_text": f"CASE WHEN {dated} THEN 'Có hạn' ELSE 'Thường xuyên' END",
    }
    duty = {
        "reading_id": "p.id", "document_id": "p.id", "origin": "'table'", "state": "'signed'", "version": "1",
        "signed_by_id": str(by), "signed_at": moment,
    }  # fmt: skip
    tasks = f"FROM programmes_task t JOIN programmes_programme p ON p.id = t.programme_id JOIN programmes_assignment a ON a.task_id = t.id WHERE p.id >= {first} AND p.id < {last}"  # noqa: E501
    return [
        insert(Duty, programmes, **row, **kind, **duty),
        insert(
            Task, programmes, **row, **kind, programme_id="p.id", duty_id=task_id,
            search_text="'nhiem vu thu so ' || n.i || ' cua chuong trinh ' || p.id",
        ),
        insert(
            Assignment, programmes, id=task_id, task_id=task_id, role="'lead'", organisation_id=_LEAD,
            party_text="'Cơ quan thử'",
        ),
        insert(Obligation, tasks.replace("WHERE", "WHERE t.deadline_kind = 'date' AND"), **_once(moment, today)),
        insert(
            Obligation,
            tasks.replace("WHERE", "CROSS JOIN bench_month k WHERE t.deadline_kind <> 'date' AND"),
            **_monthly(moment, today),
        ),
        *_answers(first, last, by, moment),
        *_turns(first, last),
        _tally(first, last),
    ]  # fmt: skip


def _owed(moment: str) -> dict[str, str]:
    return {
        "assignment_id": "a.id", "task_id": "t.id", "programme_id": "p.id", "organisation_id": "a.organisation_id",
        "role": "'lead'", "confirming_id": "p.confirming_id", "raised_at": moment,
    }  # fmt: skip


def _once(moment: str, today: date) -> dict[str, str]:
    """Due day past: 85 of 100 confirmed (15 late), 5 wait, 10 are open. To come: 10 suspended, the rest open."""
    now = f"'{today.isoformat()}'"
    fate = _FATE.format(period="0")
    past = f"t.deadline_end < {now}"
    submitted = _day("t.deadline_end", f"(CASE WHEN {fate} < 15 THEN 9 ELSE -{fate} % 20 END)")
    state = f"CASE WHEN {past} THEN CASE WHEN {fate} < 85 THEN 'confirmed' WHEN {fate} < 90 THEN 'submitted' ELSE 'open' END WHEN {fate} < 10 THEN 'suspended' ELSE 'open' END"  # noqa: E501
    handed_in = f"{past} AND {fate} < 90"
    began = _day("p.tracked_from", "0")
    return {
        **_owed(moment), "id": f"(t.id * {MONTHS + 1})", "standing": "false", "period_start": began,
        "period_end": "t.deadline_end", "due": "t.deadline_end", "first_due": "t.deadline_end", "state": state,
        "submitted_on": f"CASE WHEN {handed_in} THEN {submitted} END",
        "confirmed_on": f"CASE WHEN {past} AND {fate} < 85 THEN {_day(submitted, '5')} END",
        "held_since": f"CASE WHEN {past} AND {fate} < 85 THEN {_day(submitted, '5')} WHEN {handed_in} THEN {submitted} ELSE {began} END",  # noqa: E501
    }  # fmt: skip


def _monthly(moment: str, today: date) -> dict[str, str]:
    """Past periods: 92 of 100 confirmed, 3 wait, 5 are open. A body answers all its rows of a period alike."""
    fate = "((p.id * 31 + a.organisation_id * 7 + k.m * 17) % 100)"
    past = f"k.d < '{today.isoformat()}'"
    submitted = _day("k.d", f"(CASE WHEN {fate} < 10 THEN 4 ELSE -{fate} % 9 END)")
    handed_in = f"{past} AND {fate} < 95"
    confirmed = f"{past} AND {fate} < 92"
    return {
        **_owed(moment), "id": f"(t.id * {MONTHS + 1} + k.m + 1 - {MONTHS + 1})", "standing": "true",
        "period_start": "k.s", "period_end": "k.e", "period_name": "'tháng'", "due": "k.d", "first_due": "k.d",
        "state": f"CASE WHEN {confirmed} THEN 'confirmed' WHEN {handed_in} THEN 'submitted' ELSE 'open' END",
        "submitted_on": f"CASE WHEN {handed_in} THEN {submitted} END",
        "confirmed_on": f"CASE WHEN {confirmed} THEN {_day(submitted, '5')} END",
        "held_since": f"CASE WHEN {confirmed} THEN {_day(submitted, '5')} WHEN {handed_in} THEN {submitted} ELSE k.s END",  # noqa: E501
    }  # fmt: skip


def _answers(first: int, last: int, by: int, moment: str) -> list[str]:
    """A report for each answered piece of work with an end, one of a body for all its standing rows of a period."""
    answered = f"o.programme_id >= {first} AND o.programme_id < {last} AND o.submitted_on IS NOT NULL"
    said = {
        "programme_id": "o.programme_id", "organisation_id": "o.organisation_id",
        "confirming_id": "min(o.confirming_id)", "state": "min(o.state)", "round": "1", "version": "2",
        "drafted_by_id": str(by), "submitted_by_id": str(by), "saved_at": moment, "submitted_at": moment,
    }  # fmt: skip
    key = f"CASE WHEN o.standing THEN {_text('o.period_start')} || '/' || {_text('o.period_end')} ELSE 'obligation:' || {_text('o.id')} END"  # noqa: E501
    grouped = (
        f"FROM programmes_obligation o WHERE {answered} GROUP BY o.programme_id, o.organisation_id, o.standing, {key}"
    )
    matched = f"FROM programmes_obligation o JOIN programmes_report r ON r.programme_id = o.programme_id AND r.organisation_id = o.organisation_id AND r.key = {key} WHERE {answered}"  # noqa: E501
    return [
        insert(Report, grouped, **said, standing="o.standing", key=key),
        insert(Answer, matched, report_id="r.id", obligation_id="o.id", text="'Đã thực hiện.'"),
    ]


def _turns(first: int, last: int) -> list[str]:
    """Open until it was handed in; waiting until it was confirmed."""
    rows = f"FROM programmes_obligation o WHERE o.programme_id >= {first} AND o.programme_id < {last}"
    said = {
        "obligation_id": "o.id", "organisation_id": "o.organisation_id", "confirming_id": "o.confirming_id",
        "due": "o.due",
    }  # fmt: skip
    begun = "o.period_start"
    return [
        insert(
            Turn, f"{rows} AND o.submitted_on > {begun}", **said, since=begun, until="o.submitted_on", state="'open'"
        ),
        insert(
            Turn, f"{rows} AND o.confirmed_on > o.submitted_on AND o.submitted_on > {begun}", **said,
            since="o.submitted_on", until="o.confirmed_on", state="'submitted'", submitted_on="o.submitted_on",
        ),
    ]  # fmt: skip


def _tally(first: int, last: int) -> str:
    state = "CASE WHEN o.state IN ('submitted', 'confirmed') AND o.submitted_on > o.due THEN o.state || '_late' ELSE o.state END"  # noqa: E501
    source = f"FROM programmes_obligation o WHERE o.programme_id >= {first} AND o.programme_id < {last} GROUP BY o.programme_id, o.organisation_id, o.role, o.standing, {state}, o.due"  # noqa: E501
    return insert(
        Tally, source, programme_id="o.programme_id", organisation_id="o.organisation_id", role="o.role",
        standing="o.standing", state=state, due="o.due", n="count(*)",
    )  # fmt: skip


def _day(day: str, more: str) -> str:
    """A day so many days later, in the database's own words."""
    if connection.vendor == "sqlite":
        return f"date({day}, ({more}) || ' days')"
    return f"(({day})::date + ({more})::int)"


def _text(value: str) -> str:
    return f"CAST({value} AS text)"
