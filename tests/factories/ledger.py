"""What stands beside an obligation: turns, cells of the cube, changes asked for and decided, letters, plans below."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from factories.clock import NOW, TODAY, days, moment
from factories.directives import approved
from factories.foundation import organisation, person
from factories.programmes import LEAD, assignment, obligation, programme, submitted, task
from factories.readings import by_date, machine, row
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions import (
    amendments,
    cascading,
    causes,
    changes,
    corrections,
    deadlines,
    instructions,
    internal,
    letters,
    obstacles,
    refusals,
    reminders,
    reports,
    snapshots,
    stages,
)
from tiendo.work.programmes.models import (
    AmendedLine,
    Amendment,
    Assignment,
    Cause,
    Correction,
    DateChange,
    Instruction,
    Letter,
    LineLink,
    Obligation,
    Obstacle,
    Programme,
    Progress,
    Refusal,
    Reminder,
    Requirement,
    Snapshot,
    Stage,
    Tally,
    Task,
    TaskChange,
    Turn,
)
from vanban import model

FIVE_DAYS = timedelta(days=5)


def turn(owed: Obligation | None = None) -> Turn:
    owed = owed or obligation()
    return Turn.objects.create(
        obligation=owed, since=days(-9), until=days(-2), organisation=owed.organisation, state="open", due=owed.due
    )


def tally() -> Tally:
    return obligation().programme.tallies.get()


def snapshot(held: Programme | None = None, *, as_of: date = TODAY) -> Snapshot:
    held = held or programme()
    by = person("office_head", held.office)
    return snapshots.take(programme=held, as_of=as_of, note="Họp tháng.", by=by, at=NOW)


def date_change(owed: Obligation | None = None, *, wanted: date | None = None) -> DateChange:
    """A body asks for three weeks more."""
    owed = owed or obligation()
    wanted = wanted or owed.owed_by + timedelta(days=21)
    by = person("head", owed.organisation)
    return deadlines.ask(obligation=owed, wanted=wanted, reason="Chờ hướng dẫn.", by=by, at=NOW)


def task_change() -> TaskChange:
    """A task is withdrawn."""
    changed = task()
    by = person("office_head", changed.programme.office)
    return changes.withdraw(task=changed, number="12-QĐ/TU", decided_on=days(0), reason="Trùng.", by=by, at=NOW)


def refusal(charge: Assignment | None = None) -> Refusal:
    charge = charge or assignment()
    by = person("head", charge.organisation or organisation())
    return refusals.refuse(assignment=charge, reason="Không đúng chức năng.", by=by, at=NOW)


def stage(held: Task | None = None) -> Stage:
    """The first of three: trình, cho ý kiến, ban hành."""
    held = held or task()
    steps = [stages.Step(kind, organisation()) for kind in ("draft", "opinion", "issue")]
    by = person("officer", held.programme.office)
    return stages.set_up(task=held, steps=steps, by=by, at=NOW)[0]


def obstacle(owed: Obligation | None = None, *, level: Organisation | None = None, text: str = "") -> Obstacle:
    owed = owed or obligation()
    by = person("clerk", owed.organisation)
    return obstacles.report(
        obligation=owed,
        text=text or "Chưa có kinh phí.",
        proposal="Cấp bổ sung kinh phí quý II.",
        level=level,
        level_text="" if level else "Ban Thường vụ Tỉnh ủy",
        by=by,
        at=NOW,
    )


def instruction(owed: Obligation | None = None) -> Instruction:
    owed = owed or obligation()
    head, clerk = person("head", owed.organisation), person("clerk", owed.organisation)
    return instructions.give(obligation=owed, to=clerk, text="Làm ngay trong tuần.", due=days(5), by=head, at=NOW)


def cause(owed: Obligation | None = None, *, competent: Organisation | None = None) -> Cause:
    """To be decided by whoever the programme says, or `competent`, to whom that body gave it on."""
    owed = owed or obligation()
    asked = causes.ask(
        obligation=owed,
        reason="Bão lũ làm gián đoạn thi công.",
        number="5/QĐ-UBND",
        proved_on=days(-20),
        by=person("head", owed.organisation),
        at=NOW,
    )
    if competent is None or competent == asked.competent:
        return asked
    return causes.give_on(cause=asked, competent=competent, by=person("head", asked.competent), at=NOW)


def progress(
    owed: Obligation | None = None, *, percent: int | None = 40, text: str = "Đã khảo sát.", at: datetime = NOW
) -> Progress:
    """A report on progress, by the body's head."""
    owed = owed or obligation()
    by = person("head", owed.organisation)
    draft = reports.draft_once(obligation=owed, by=by, at=at)
    said = {owed.pk: reports.Said(text=text, percent=percent)}
    draft = reports.save(report=draft, answers=said, version=draft.version, by=by, at=at)
    return reports.send_progress(report=draft, by=by, at=at)


def correction(owed: Obligation | None = None, *, after: date | None = None) -> Correction:
    """Of what was handed in today: it was handed in the day before."""
    owed = owed or submitted().answers.get().obligation
    by = person("officer", owed.programme.office)
    return corrections.propose(
        obligation=owed, field="submitted_on", after=after or days(-1), reason="Gõ nhầm ngày.", by=by, at=NOW
    )


def letter(owed: Obligation | None = None, *, kind: str = "remind", by: User | None = None) -> Letter:
    """A draft, on the fifth day after what it is about was owed; of nothing said, about something long owed."""
    owed = owed or late()
    by = by or person("officer", owed.programme.office)
    return letters.draft(
        programme=owed.programme, organisation=owed.organisation, kind=kind, by=by, at=moment(owed.owed_by + FIVE_DAYS)
    )


def reminder() -> Reminder:
    owed = late()
    reminders.run_daily(at=moment(owed.owed_by + FIVE_DAYS))
    return Reminder.objects.get()


def late() -> Obligation:
    lead = organisation()
    held = programme(row("Trình đề án.", lead.name, deadline=by_date(days(-5))), tracked_from=days(-30))
    return held.obligations.get()


def requirement(
    held: Programme | None = None, body: Organisation | None = None, *, due: date | None = None
) -> Requirement:
    held, body = held or programme(), body or organisation()
    by = person("office_head", held.office)
    cascading.require_plans(
        programme=held, organisations=[body], due=due or days(30), basis="Điểm 2, Mục III", by=by, at=NOW
    )
    return held.requirements.get(organisation=body)


def line_link() -> LineLink:
    """The plan that a body made, opened by the body itself, and its only line tied to the only line above."""
    asked = requirement()
    upper = asked.programme.tasks.get()
    below = programme(row("Ban hành kế hoạch.", LEAD, deadline=by_date(days(60))), office=asked.organisation)
    head = person("office_head", asked.organisation)
    cascading.answer(requirement=asked, document=below.document, by=head, at=NOW)
    officer = person("officer", asked.programme.office)
    return cascading.link_lines(upper=upper, lower=below.tasks.get(), by=officer, at=NOW)


def amendment(held: Programme | None = None, *duties: model.Duty) -> Amendment:
    """Begun with a later document of the same office, of these rows."""
    held = held or programme()
    by = person("office_head", held.office)
    rows = duties or (row("Bổ sung nhiệm vụ.", LEAD, deadline=by_date(days(60))),)
    later = approved(machine(*rows, symbol="40-CTr/TU", date=days(-1)), office=held.office, by=by)
    if Document.objects.get(pk=held.document_id).internal:
        internal.mark(document=later, by=by, at=NOW)
    return amendments.begin(programme=held, document=later, by=by, at=NOW)


def amended_line() -> AmendedLine:
    return amendment().lines.get(kind="add")
