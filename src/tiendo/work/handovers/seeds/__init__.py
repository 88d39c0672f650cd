"""The guided story: one programme of 2024, and what became of its bodies, through the same acts as real work."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.actions import organisations, posts
from tiendo.foundation.organisations.actions import succession as register
from tiendo.foundation.organisations.models import Kind, Organisation, Succession
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import by_code
from tiendo.foundation.organisations.seeds import ACTOR, PASSWORD
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.models import Document
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import obligations, programmes, tasks
from tiendo.work.programmes.actions.parts.passing import Passed
from tiendo.work.programmes.models import Assignment, Programme
from tiendo.work.programmes.queries.passing import open_rows, orphans

OFFICE = "TU.VP"
PROVINCES = ("Lạc Vân", "Hà Sơn")


@dataclass(frozen=True, slots=True)
class Scene:
    """How things stood at the end of a day. `leads`: body → open tasks that it leads, each body of a task counted."""

    day: date
    what: str
    tasks: int
    leads: dict[str, int]
    orphans: int
    waiting: int
    """Leads that were never named: phrases, unknown names."""
    passed: Passed

    @property
    def charges(self) -> int:
        """Lead charges without an end, whoever holds them."""
        return sum(self.leads.values()) + self.orphans + self.waiting


@dataclass(frozen=True, slots=True)
class Story:
    """A tale for one document. `data`: the bytes of a directive of January 2024."""

    data: bytes
    filename: str
    provinces: tuple[str, str] = PROVINCES
    issued: date = date(2024, 1, 31)

    def tell(self) -> Iterator[Scene]:
        """Open the programme, then let happen what happened; a scene after each step. In an empty house."""
        facts = self._facts()
        registrar, chief = self._people(facts)
        programme = self._open(facts, chief)
        yield scene(programme, self.issued, "Mở chương trình", Passed())
        for step in facts["step"]:
            passed = self._happen(programme, step, registrar, chief)
            obligations.raise_due(programme=programme, at=at_noon(step["on"]))
            yield scene(programme, step["on"], _words(step), passed)

    def _facts(self) -> dict[str, Any]:
        one, other = self.provinces
        text = (Path(__file__).parent / "story.toml").read_text(encoding="utf-8")
        return tomllib.loads(text.replace("{one}", one).replace("{other}", other))

    def _people(self, facts: dict[str, Any]) -> tuple[User, User]:
        """The bodies of 2024, who keeps the register, and who heads the office."""
        now = at_noon(self.issued)
        organisations.add(code="T", name=f"Tỉnh {self.provinces[0]}", kind=Kind.ROOT, by=ACTOR, at=now)
        for body in facts["body"]:
            _add(body, None, now)
        people = []
        for username, name, role, body in (
            ("so.bo", "Đỗ Quản Lý", "registrar", "T"),
            ("chanh.van.phong", "Lò Văn Chánh", "office_head", OFFICE),
        ):
            who = users.add(username=username, full_name=name, password=PASSWORD, given=False, by=ACTOR, at=now)
            posts.appoint(user=who, organisation=by_code(body), role=role, starts=date(2020, 1, 1), by=ACTOR, at=now)
            people.append(who)
        return people[0], people[1]

    def _open(self, facts: dict[str, Any], chief: User) -> Programme:
        now = at_noon(self.issued)
        received = documents.receive(
            office=by_code(OFFICE), filename=self.filename, chunks=[self.data], by=chief, at=now, queue=False
        )
        readings.make(document_id=received.document.pk, at=now)
        document = Document.objects.get(pk=received.document.pk)
        for origin in ("table", "list", "prose"):
            duties.sign_table(document=document, origin=origin, by=chief, at=now)
        document = documents.approve(document=document, by=chief, at=now)
        programme = programmes.open(document=document, tracked_from=document.issued_on, by=chief, at=now)
        for phrase in facts["phrase"]:
            _name_phrase(programme, phrase["says"], phrase["bodies"], chief, now)
        return programme

    def _happen(self, programme: Programme, step: dict[str, Any], registrar: User, chief: User) -> Passed:
        now = at_noon(step["on"])
        if step["kind"] == "name":
            return _name_orphans(programme, step["bodies"], chief, now)
        befores = [by_code(code) for code in step["befores"]]
        news = step.get("news", [step["new"]] if "new" in step else [])
        made = [_add(body, step["on"], now, befores) for body in news]
        afters = made or [by_code(code) for code in step.get("afters", [])]
        draft = register.draft(
            kind=step["kind"],
            on=step["on"],
            befores=befores,
            afters=afters,
            note=step.get("note", ""),
            by=registrar,
            at=now,
        )
        if step["kind"] == Succession.Kind.SPLIT:  # each takes the part on its ground
            rows = [row.pk for row in open_rows([body.pk for body in befores])]
            handovers.choose(succession=draft, assignments=rows, heirs=afters, by=registrar, at=now)
        return handovers.carry_out(succession=draft, by=registrar, at=now).passed


def at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def scene(programme: Programme, day: date, what: str, passed: Passed) -> Scene:
    """Who leads how much in a programme now."""
    leads = Assignment.objects.on(None).filter(task__programme=programme, role=Assignment.Role.LEAD)
    lost = set(orphans().filter(role=Assignment.Role.LEAD, task__programme=programme).values_list("pk", flat=True))
    nobodys = set(leads.filter(organisation=None).values_list("pk", flat=True))
    held = Counter(leads.exclude(organisation=None).values_list("organisation__name", flat=True))
    return Scene(
        day=day,
        what=what,
        tasks=programme.tasks.filter(closed_at=None).count(),
        leads=dict(held.most_common()),
        orphans=len(lost),
        waiting=len(nobodys - lost),
        passed=passed,
    )


def _add(
    body: dict[str, Any], starts: date | None, now: datetime, follows: Sequence[Organisation] = ()
) -> Organisation:
    return organisations.add(
        code=body["code"],
        name=body["name"],
        kind=body["kind"],
        parent=by_code(body.get("parent", "T")),
        aliases=body.get("aliases", ()),
        starts=starts,
        follows=[before.pk for before in follows],
        by=ACTOR,
        at=now,
    )


def _name_phrase(programme: Programme, says: str, codes: list[str], chief: User, now: datetime) -> None:
    """Give the rows led by a phrase to the bodies that the office means by it; the phrase stays beside them."""
    rows = Assignment.objects.on(None).filter(task__programme=programme, role=Assignment.Role.LEAD, group=True)
    for row in rows.order_by("pk"):
        if key(row.party_text).startswith(key(says)):
            for code in codes:
                tasks.name_body(assignment=row, organisation=by_code(code), by=chief, at=now)


def _name_orphans(programme: Programme, bodies: dict[str, str], chief: User, now: datetime) -> Passed:
    """The office says who takes over what nobody held."""
    done = Passed()
    for row in orphans().filter(task__programme=programme):
        line = row.passed_from.select_related("before__organisation").first()
        came = line.before.organisation.code if line and line.before.organisation else ""
        body = by_code(bodies[came]) if came in bodies else None
        there = Assignment.objects.on(None).filter(task=row.task, role=row.role, organisation=body)
        if body is not None and not there.exists():
            tasks.name_body(assignment=row, organisation=body, by=chief, at=now)
            done.assignments += 1
    return done


def _words(step: dict[str, Any]) -> str:
    if step["kind"] == "name":
        return str(step["note"])
    names = ", ".join(by_code(code).name for code in step["befores"])
    made = step.get("news", [step["new"]] if "new" in step else [])
    to = ", ".join(body["name"] for body in made) or ", ".join(by_code(code).name for code in step.get("afters", []))
    label = str(Succession.Kind(step["kind"]).label)
    return f"{names}: {label}{f' → {to}' if to else ''}"
