"""The invented programme as it went: opened, reported on, confirmed or sent back, day by day through the actions."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.foundation.organisations.queries import by_code
from tiendo.foundation.organisations.seeds import MONITOR
from tiendo.work.directives.models import Document
from tiendo.work.directives.seeds import at, person
from tiendo.work.programmes.actions import evidence, obligations, programmes, reminders, reports
from tiendo.work.programmes.models import Answer, Obligation, Programme, Report

Act = Callable[[datetime], object]
CONFIRM_AFTER = 4
ANSWER_AFTER = 9
RAISE_ON = 15
"""Day of the month on which the demo's past calls for what falls due."""

REMINDED = timedelta(days=10)
"""For so many days before today the morning run was made: bodies were reminded, leaders see what is long overdue."""


def sow(*, document: Document, today: date) -> Programme:
    """Open the programme the day after its approval and live through the days until yesterday."""
    assert document.approved_at is not None
    opened = document.approved_at + timedelta(days=1)
    programme = programmes.open(document=document, monitor=by_code(MONITOR), by=person("chanh.van.phong"), at=opened)
    _Life(programme, today).live(opened.date() + timedelta(days=1))
    return programme


class _Life:
    """A diary of what is to happen on which day; a day's act may write further days into it."""

    def __init__(self, programme: Programme, today: date) -> None:
        self.programme, self.today = programme, today
        self.diary: dict[date, list[Act]] = defaultdict(list)
        story = tomllib.loads((Path(__file__).parent / "story.toml").read_text(encoding="utf-8"))
        self.period, self.tasks = story["period"], {entry["number"]: entry for entry in story["task"]}
        self.planned: set[tuple[int, str]] = set()

    def live(self, day: date) -> None:
        self._plan_tasks()
        self._plan_periods()
        while day < self.today:
            if day.day == RAISE_ON:
                obligations.raise_due(programme=self.programme, at=at(day, 7))
                self._plan_periods()
            if self.today - day <= REMINDED:
                reminders.run_daily(at=at(day, 8))
                self._plan_periods()
            for place, act in enumerate(self.diary[day]):
                act(at(day, 9 + place % 8))
            day += timedelta(days=1)

    def on(self, day: date, act: Act) -> None:
        """Note an act; what would fall after yesterday does not happen any more."""
        self.diary[day].append(act)

    def _plan_tasks(self) -> None:
        for owed in self.programme.obligations.filter(standing=False).select_related("task", "organisation"):
            entry = self.tasks.get(owed.task.number)
            if entry and owed.task.duty.origin == "table":
                late = entry["outcome"] in {"late", "waiting_late"}
                day = owed.due + timedelta(days=entry["days"]) * (1 if late else -1)
                self.on(self._fitting(day, entry), _Once(self, owed, entry).report)

    def _fitting(self, day: date, entry: dict[str, Any]) -> date:
        """A report that is to wait for its confirmation was handed in lately, whatever the calendar says."""
        return min(day, self.today - timedelta(days=2)) if entry["outcome"] != "late" else day

    def _plan_periods(self) -> None:
        """One report for every body and period that has been raised and was not planned yet."""
        for owed in self.programme.obligations.filter(standing=True).select_related("organisation"):
            key = (owed.organisation_id, f"{owed.period_start}/{owed.period_end}")
            if key in self.planned or owed.organisation.code in self.period["silent"]:
                continue
            self.planned.add(key)
            late = owed.organisation.code in self.period["late"]
            day = owed.due + timedelta(days=5 if late else -1 - owed.organisation_id % 8)
            self.on(day, _Periodic(self, owed.organisation, key[1]).report)


class _Once:
    """The report on one piece of work with an end."""

    def __init__(self, life: _Life, owed: Obligation, entry: dict[str, Any]) -> None:
        self.life, self.owed, self.entry = life, owed, entry
        self.by = _who(owed.organisation, Permission.SUBMIT_REPORT)

    def report(self, now: datetime) -> None:
        report = reports.draft_once(obligation=self.owed, by=self.by, at=now)
        restricted = self.owed.task.restricted
        said = reports.Said(text="" if restricted else self.entry["text"])
        reports.save(report=report, answers={self.owed.pk: said}, version=report.version, by=self.by, at=now)
        if self.entry["outcome"] == "draft":
            return
        answer = report.answers.get()
        _cite(answer, self.entry["evidence"], self.by, now)
        if "file" in self.entry and not restricted:
            _attach(answer, self.entry["file"], self.entry["text"], self.by, now)
        reports.submit(report=report, by=self.by, at=now)
        if self.entry["outcome"] not in {"waiting", "waiting_late"}:
            self.life.on(now.date() + timedelta(days=CONFIRM_AFTER), self.decide)

    def decide(self, now: datetime) -> None:
        report = Report.objects.get(answers__obligation=self.owed)
        by = _confirmer(report)
        if self.entry["outcome"] in {"sent_back", "answered"} and report.round == 1:
            reports.ask_more(report=report, seen_round=report.round, reason=self.entry["reason"], by=by, at=now)
            if self.entry["outcome"] == "answered":
                self.life.on(now.date() + timedelta(days=ANSWER_AFTER - CONFIRM_AFTER), self.answer)
        else:
            reports.confirm(report=report, seen_round=report.round, by=by, at=now)

    def answer(self, now: datetime) -> None:
        report = Report.objects.get(answers__obligation=self.owed)
        _attach(report.answers.get(), "bo-sung.txt", self.entry["text"], self.by, now)
        reports.submit(report=report, by=self.by, at=now)
        self.life.on(now.date() + timedelta(days=CONFIRM_AFTER), self.decide)


class _Periodic:
    """The one report of a body on all its standing rows of a period."""

    def __init__(self, life: _Life, body: Organisation, period: str) -> None:
        self.life, self.body, self.period = life, body, period
        self.by = _who(body, Permission.SUBMIT_REPORT)

    def report(self, now: datetime) -> None:
        report = reports.draft_period(
            programme=self.life.programme, organisation=self.body, period=self.period, by=self.by, at=now
        )
        answers = list(report.answers.select_related("obligation__task__duty"))
        said = {answer.obligation_id: self._said(answer) for answer in answers}
        reports.save(report=report, answers=said, version=report.version, by=self.by, at=now)
        for answer in answers:
            if number := self._number(answer):
                _cite(answer, number, self.by, now)
        reports.submit(report=report, by=self.by, at=now)
        self.life.on(now.date() + timedelta(days=CONFIRM_AFTER), self.decide)

    def decide(self, now: datetime) -> None:
        report = Report.objects.get(programme=self.life.programme, organisation=self.body, key=self.period)
        if self.body.code == self.life.period["sent_back"] and report.round == 1:
            reports.ask_more(
                report=report, seen_round=report.round, reason=self.life.period["reason"], by=_confirmer(report), at=now
            )
        else:
            reports.confirm(report=report, seen_round=report.round, by=_confirmer(report), at=now)

    def _said(self, answer: Answer) -> reports.Said:
        task = answer.obligation.task
        if task.restricted:
            return reports.Said(nothing_arose=not self._number(answer))
        text = self.life.period["said"].get(task.number, "") if task.duty.origin == "table" else ""
        if text or task.position % 3:
            return reports.Said(text=text or self.life.period["quiet"])
        return reports.Said(nothing_arose=True)

    def _number(self, answer: Answer) -> str:
        return str(self.life.period["number"].get(answer.obligation.task.number, ""))


def _cite(answer: Answer, number: str, by: User, now: datetime) -> None:
    evidence.cite(answer=answer, number=number, issued_on=now.date(), level="Ban Thường vụ Tỉnh ủy", by=by, at=now)


def _attach(answer: Answer, filename: str, text: str, by: User, now: datetime) -> None:
    body = _pdf() if filename.endswith(".pdf") else f"{text}\n(Tệp mẫu của dữ liệu trình diễn.)\n".encode()
    evidence.attach(answer=answer, filename=filename, chunks=[body], by=by, at=now)


def _pdf() -> bytes:
    """The smallest page that a viewer opens: one empty sheet."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(body),
        )
    )


def _confirmer(report: Report) -> User:
    assert report.confirming is not None
    return _who(report.confirming, Permission.CONFIRM_REPORT)


def _who(body: Organisation, permission: Permission) -> User:
    """Who may do this in a body."""
    return Post.objects.filter(organisation=body, role__in=roles_with(permission)).latest("pk").user
