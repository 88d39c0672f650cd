"""An invented office with one programme of many tasks, written straight into the database: only for measuring pages.

Django must be set up. Half the tasks have a date, a quarter is standing work, a quarter waits for an event; obligations
stand in every state, and those that were answered have their reports. The same seed gives the same rows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from django.utils import timezone
from synthetic import Writer

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.models import Reading as ReadingRow
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.models import Answer, Assignment, Obligation, Programme, Report, Task
from vanban.model import Reading

BODIES = 15
BATCH = 1000
_STATES = ["open"] * 5 + ["submitted"] * 2 + ["confirmed"] * 3 + ["suspended", "not_owed"]
_ANSWERED = {"submitted", "confirmed"}


@dataclass(frozen=True, slots=True)
class Office:
    """What the bench signs in as and opens."""

    programme: Programme
    head: User
    officer: User
    officers_task: Task
    """A task that the officer's body leads, with an obligation."""


def build(tasks: int, seed: int = 1) -> Office:
    """Some four rows a task and more; 10,000 tasks take some seconds."""
    return _Builder(random.Random(seed), timezone.now()).build(tasks)


@dataclass(slots=True)
class _Builder:
    chance: random.Random
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def build(self, count: int) -> Office:
        office = self._body("VP", "Văn phòng Tỉnh ủy Sông Xuân", None)
        bodies = [self._body(f"CQ{n}", f"Cơ quan thử số {n}", office.path) for n in range(1, BODIES + 1)]
        head, officer = self._person("head", "office_head", office), self._person("officer", "officer", bodies[0])
        programme = self._programme(office, head)
        duties = self._duties(programme.document, count)
        tasks = self._tasks(programme, duties)
        self._owed(programme, tasks, bodies, head)
        leads = Assignment.objects.filter(organisation=bodies[0], role="lead", obligations__isnull=False)
        return Office(programme, head, officer, leads.select_related("task").order_by("pk")[0].task)

    def _body(self, code: str, name: str, path: str | None) -> Organisation:
        body = Organisation.objects.create(code=code, name=name, kind="department", path="")
        body.path = f"/{body.pk}/" if path is None else f"/0/{body.pk}/"
        body.save(update_fields=["path"])
        return body

    def _person(self, username: str, role: str, body: Organisation) -> User:
        user = User.objects.create(username=username, full_name=f"Người thử {username}", created_at=self.now)
        Post.objects.create(user=user, organisation=body, role=role, starts=date(2020, 1, 1))
        return user

    def _programme(self, office: Organisation, head: User) -> Programme:
        document = Document.objects.create(
            office=office, sha256="0" * 64, filename="91.docx", state="approved", symbol="91-CTr/TU",
            received_by=head, received_at=self.now, approved_by=head, approved_at=self.now,
        )  # fmt: skip
        return Programme.objects.create(
            document=document, office=office, symbol="91-CTr/TU", title="về phát triển các xã ven sông",
            tracked_from=self.today - timedelta(days=400), confirming=office, calendar="bench",
            opened_by=head, opened_at=self.now,
        )  # fmt: skip

    # -- the document and its rows --------------------------------------------------------------------------

    def _duties(self, document: Document, count: int) -> list[Duty]:
        """Rows that point to where they stand in the reading's text."""
        writer = Writer(self.chance)
        rows = [writer.row() for _ in range(count)]
        seen = Reading(reader="bench", format="text", text="\n".join(rows))
        reading = ReadingRow.objects.create(
            document=document, schema=seen.schema, reader="bench", content=msgspec.json.encode(seen).decode(),
            made_at=self.now,
        )  # fmt: skip
        duties, at = [], 0
        for number, row in enumerate(rows, 1):
            content = row.split("\t")[0]
            duties.append(
                Duty(
                    reading=reading,
                    document=document,
                    position=number,
                    number=str(number),
                    origin="table",
                    content=content,
                    indexes=[number - 1],
                    spans=[{"start": at, "end": at + len(content)}],
                    state="signed",
                    signed_by=document.received_by,
                    signed_at=self.now,
                )
            )
            at += len(row) + 1
        return Duty.objects.bulk_create(duties, batch_size=BATCH)

    def _tasks(self, programme: Programme, duties: list[Duty]) -> list[Task]:
        kinds = ["date", "date", "continuous", "by_stage"]
        tasks = []
        for number, duty in enumerate(duties, 1):
            kind = self.chance.choice(kinds)
            due = self.today + timedelta(days=self.chance.randint(-200, 400)) if kind == "date" else None
            tasks.append(
                Task(
                    programme=programme,
                    duty=duty,
                    position=number,
                    number=duty.number,
                    content=duty.content,
                    deadline_kind=kind,
                    deadline_end=due,
                    deadline_text="" if due else "Thường xuyên",
                )
            )
        return Task.objects.bulk_create(tasks, batch_size=BATCH)

    # -- who owes what, and what was answered ---------------------------------------------------------------

    def _owed(self, programme: Programme, tasks: list[Task], bodies: list[Organisation], head: User) -> None:
        assignments = []
        for task in tasks:
            lead, *others = self.chance.sample(bodies, self.chance.randint(2, 4))
            assignments.append(Assignment(task=task, role="lead", party_text=lead.name, organisation=lead))
            assignments += [
                Assignment(task=task, role="coordinate", party_text=body.name, organisation=body, position=place)
                for place, body in enumerate(others)
            ]
        made = Assignment.objects.bulk_create(assignments, batch_size=BATCH)
        leads = [one for one in made if one.role == "lead" and one.task.deadline_kind != "by_stage"]
        owed = [row for lead in leads for row in self._obligations(programme, lead)]
        made_owed = Obligation.objects.bulk_create(owed, batch_size=BATCH)
        ledger.entered(made_owed)
        self._answer(programme, made_owed, head)

    def _obligations(self, programme: Programme, lead: Assignment) -> list[Obligation]:
        """One for work with an end; two half-yearly periods for standing work, the same for all."""
        due = lead.task.deadline_end
        if due is not None:
            return [self._obligation(programme, lead, programme.tracked_from, due, self.chance.choice(_STATES))]
        rows = []
        for back in (200, 20):
            end = self.today - timedelta(days=back)
            answered = (lead.organisation_id or 0) % 3 != 0 and back == 200
            state = "confirmed" if answered else "open"
            rows.append(self._obligation(programme, lead, end - timedelta(days=180), end, state))
        return rows

    def _obligation(self, programme: Programme, lead: Assignment, start: date, due: date, state: str) -> Obligation:
        submitted = min(due + timedelta(days=self.chance.choice([-9, 0, 4])), self.today)
        return Obligation(
            assignment=lead, task=lead.task, programme=programme, organisation=lead.organisation,
            standing=lead.task.deadline_end is None, period_start=start, period_end=due, due=due, first_due=due,
            confirming=programme.confirming, state=state, raised_at=self.now,
            submitted_on=submitted if state in _ANSWERED else None, held_since=start,
        )  # fmt: skip

    def _answer(self, programme: Programme, owed: list[Obligation], head: User) -> None:
        """A report for each piece of work with an end, one of a body for all its standing rows of a period."""
        by_key: dict[tuple[int, str], Report] = {}
        for row in owed:
            if row.state in _ANSWERED:
                key = (row.organisation_id, _key(row))
                by_key.setdefault(
                    key,
                    Report(
                        programme=programme,
                        organisation_id=row.organisation_id,
                        standing=row.standing,
                        key=key[1],
                        confirming=programme.confirming,
                        state=row.state,
                        round=1,
                        drafted_by=head,
                        saved_at=self.now,
                        submitted_by=head,
                        submitted_at=self.now,
                    ),
                )
        Report.objects.bulk_create(by_key.values(), batch_size=BATCH)
        Answer.objects.bulk_create(
            [
                Answer(report=by_key[row.organisation_id, _key(row)], obligation=row, text="Đã thực hiện.")
                for row in owed
                if row.state in _ANSWERED
            ],
            batch_size=BATCH,
        )


def _key(row: Obligation) -> str:
    return f"{row.period_start}/{row.period_end}" if row.standing else f"obligation:{row.pk}"
