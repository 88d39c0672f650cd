"""Forms handed out as workbooks: what stands in them, whose they are, and how their rows would be taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Answer, AnswerForm, Evidence, Obligation, Programme, ReturnedForm, Task
from tiendo.work.programmes.queries.internal import kept_from
from tiendo.work.programmes.rules.forms import Line, Owed, stands_in_the_way

SIGNATURE = 20
"""Letters of a row's signature: 80 bits."""


def rows_for(programme: Programme, organisation: Organisation) -> list[Obligation]:
    """What a body owes now in a programme, in the programme's order; nothing where the programme is kept from it."""
    rows = programme.obligations.filter(organisation=organisation, state=Obligation.State.OPEN)
    rows = rows.exclude(programme__in=kept_from([organisation]))
    return list(rows.select_related("task", "confirming").order_by("task__position", "due", "pk"))


def bodies_of(programme: Programme, rights: Rights) -> QuerySet[Organisation]:
    """The bodies that owe something now and for which this person may make forms."""
    owed = Obligation.objects.filter(programme=programme, state=Obligation.State.OPEN)
    if not rights.may(Permission.ASSIGN, programme.office):
        owed = owed.filter(organisation__in=rights.bodies(Permission.WRITE_REPORT))
    return Organisation.objects.filter(pk__in=owed.order_by().values("organisation")).order_by("path")


def returned_to(rights: Rights) -> QuerySet[ReturnedForm]:
    """Forms that came back, for the programme's office and for whoever writes for the body."""
    mine = Q(form__programme__office__in=rights.bodies(Permission.ASSIGN))
    writes = rights.bodies(Permission.WRITE_REPORT)
    mine |= Q(form__organisation__in=writes) & ~Q(form__programme__in=kept_from(writes))
    rows = ReturnedForm.objects.filter(mine)
    return rows.select_related("form__programme__office", "form__organisation", "uploaded_by")


def printed(task: Task) -> str:
    """The text of a row that its key is signed with: blanks do not count, so that Excel may break lines as it likes."""
    return " ".join(task.content.split())


def key_of(form: AnswerForm, obligation: int, beside: Iterable[str]) -> str:
    """The key of a row: which form, which obligation, and a signature over both and what is printed `beside` it: its
    number, its text, by when. Whoever writes over a date there moves none, and hears it.
    """
    said = ":".join([f"{form.pk}:{form.organisation_id}:{obligation}", *(" ".join(text.split()) for text in beside)])
    signed = salted_hmac("tiendo.programmes.answer_form", said, algorithm="sha256").hexdigest()[:SIGNATURE]
    return f"{form.pk}-{obligation}-{signed}"


def numbers_of(key: str) -> tuple[int, int] | None:
    """The form and the obligation that a key names; None: it has not the shape of one."""
    parts = key.strip().split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts[:2]):  # noqa: PLR2004
        return None
    return int(parts[0]), int(parts[1])


def is_good(form: AnswerForm, key: str, beside: Iterable[str]) -> bool:
    """Whether a key belongs to this form and to what stands beside it."""
    numbers = numbers_of(key)
    if numbers is None or numbers[0] != form.pk or numbers[1] not in form.rows:
        return False
    return constant_time_compare(key.strip(), key_of(form, numbers[1], beside))


@dataclass(frozen=True, slots=True)
class Seen:
    """A row that came back, as it would be taken in."""

    line: Line
    obligation: Obligation | None
    problem: str
    """rules.forms.Problem; empty: it can be written."""
    same: bool
    """It is written already: nothing is to be done."""
    instead_of: str = ""
    """Words that stand in the draft and would be replaced."""


def seen(returned: ReturnedForm, by: User, *, own: bool) -> list[Seen]:
    """Every row that says something, in the file's order. `own`: written by the body's own hand, else by the office."""
    lines = [Line(**line) for line in returned.lines]
    owed = _owed([line.obligation for line in lines if line.obligation is not None])
    return [_seen(line, owed.get(line.obligation or 0), returned, by, own=own) for line in lines]


def _owed(keys: Iterable[int]) -> dict[int, Obligation]:
    pieces = Prefetch("evidence", Evidence.objects.filter(withdrawn_at=None))
    answers = Answer.objects.select_related("report").prefetch_related(pieces)
    rows = Obligation.objects.filter(pk__in=list(keys)).select_related("task")
    return {row.pk: row for row in rows.prefetch_related(Prefetch("answer", answers))}


def _seen(line: Line, owed: Obligation | None, returned: ReturnedForm, by: User, *, own: bool) -> Seen:
    form = returned.form
    known, answer = None, None
    if owed is not None:
        answer = getattr(owed, "answer", None)
        report = answer.report if answer else None
        by_another = report is not None and report.drafted_by_id not in {None, by.pk} and not report.paper
        known = Owed(
            ours=owed.organisation_id == form.organisation_id and owed.programme_id == form.programme_id,
            open_=owed.state == Obligation.State.OPEN,
            answered=owed.state in {Obligation.State.SUBMITTED, Obligation.State.CONFIRMED},
            standing=owed.standing,
            restricted=owed.task.restricted,
            same=answer is not None and says(answer, line),
            by_another=by_another and not own,
        )
    problem = stands_in_the_way(line, known)
    same = not problem and known is not None and known.same
    drafted = answer.text if answer is not None and not problem and (line.text or line.nothing) else ""
    return Seen(line, owed, problem, same=same, instead_of="" if drafted == line.text else drafted)


def says(answer: Answer, line: Line) -> bool:
    """Whether an answer holds all that a row says already."""
    cited = not line.number or any(
        (piece.number, piece.issued_on) == (line.number, line.day) for piece in answer.evidence.all()
    )
    counted = line.percent is None or answer.percent == line.percent
    return cited and counted and answer.nothing_arose == line.nothing and (not line.text or answer.text == line.text)
