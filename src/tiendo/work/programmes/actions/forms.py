"""Forms: a body's rows handed out as a workbook, and what came back written into drafts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.directives.rules import clean_name
from tiendo.work.programmes.actions.parts import answering
from tiendo.work.programmes.actions.parts.returning import Way, put, reports_of
from tiendo.work.programmes.errors import EvidenceIncompleteError
from tiendo.work.programmes.errors_of_forms import (
    FormOfAnotherBodyError,
    FormOfAnotherError,
    FormSettledError,
    FormUnreadableError,
    NothingReturnedError,
    NothingToAskError,
)
from tiendo.work.programmes.form_files import rows_of
from tiendo.work.programmes.models import AnswerForm, Obligation, Programme, ReturnedForm
from tiendo.work.programmes.queries import forms
from tiendo.work.programmes.rules.forms import CONTENT, DUE, KEY, NUMBER, Cell, Line, Problem, line_of, says_something
from tiendo.work.programmes.rules.reasons import document_alone

Made = tuple[AnswerForm, list[Obligation]]


@transaction.atomic
def hand_out(*, programme: Programme, organisation: Organisation, by: User, at: datetime) -> Made:
    """A form with what a body owes now: for the programme's office, or for whoever writes for the body itself.

    Raises NotAllowedError, NothingToAskError.
    """
    _require(programme, organisation, by, at)
    made = _make(programme, [organisation], by, at)
    _event("handed_out", programme, by, at, form=made[0][0].pk, organisation=organisation.pk, count=len(made[0][1]))
    return made[0]


@transaction.atomic
def hand_out_all(*, programme: Programme, by: User, at: datetime) -> list[Made]:
    """A form for each body that owes something now. Raises NotAllowedError, NothingToAskError."""
    held = rights(by, timezone.localdate(at))
    require(by, Permission.ASSIGN, programme.office, timezone.localdate(at))
    made = _make(programme, forms.bodies_of(programme, held), by, at)
    _event("handed_out_together", programme, by, at, count=len(made), digest=which(form.pk for form, _rows in made))
    return made


@transaction.atomic
def take(*, programme: Programme, filename: str, data: bytes, by: User, at: datetime) -> ReturnedForm:
    """A form that came back: what its rows say is kept to be looked at, the file is not. The same file twice is once.
    It is the form that most of its rows name; each of the others is refused by itself.

    Raises FormUnreadableError, FormOfAnotherError (of another programme), FormOfAnotherBodyError.
    """
    today = timezone.localdate(at)
    rows = list(rows_of(data))
    form = _named(rows)
    if form is None:
        raise FormUnreadableError(
            what=gettext("không còn mã dòng nào của hệ thống trong tệp. Hãy tải lại mẫu rồi điền.")
        )
    if form.programme_id != programme.pk:
        raise FormOfAnotherError
    if not _may(form.programme, form.organisation, by, at):
        raise FormOfAnotherBodyError
    sha256 = hashlib.sha256(data).hexdigest()
    known = form.returned.filter(sha256=sha256).exclude(state=ReturnedForm.State.DISCARDED).first()
    if known is not None:
        return known
    returned = ReturnedForm.objects.create(
        form=form,
        sha256=sha256,
        filename=clean_name(filename),
        lines=[asdict(line) for line in _without_content(_lines(form, rows, today))],
        uploaded_by=by,
        uploaded_at=at,
    )
    _event("came_back", programme, by, at, form=form.pk, sha256=sha256, count=len(returned.lines))
    return returned


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a form: rows, and reports."""

    written: int
    unchanged: int
    refused: int
    handed_in: int
    """Reports that went to the confirming body."""
    left: int
    """Reports that stay drafts, because rows of theirs are not answered."""


@transaction.atomic
def write(
    *,
    returned: ReturnedForm,
    by: User,
    at: datetime,
    paper: str = "",
    signed_on: date | None = None,
    received_on: date | None = None,
) -> Written:
    """Write the good rows of a form into the body's drafts; the others were named with their reason, and are passed
    over. With `paper` (number and day of the paper that the body signed) the programme's office does it, the paper
    becomes evidence of each row that was answered, and a report whose rows are all answered is handed in, on the day on
    which the paper was received (`received_on`; None: today); a row that says that less than all is done is sent as
    progress.

    Raises NotAllowedError, FormSettledError, EvidenceIncompleteError, NothingReturnedError, ReceivedDayError.
    """
    returned = ReturnedForm.objects.select_for_update().get(pk=returned.pk)
    form = AnswerForm.objects.select_related("programme__office", "organisation").get(pk=returned.form_id)
    returned.form = form
    today = timezone.localdate(at)
    own = not paper.strip() and signed_on is None
    if own:
        require(by, Permission.WRITE_REPORT, form.organisation, today)
    else:
        require(by, Permission.ASSIGN, form.programme.office, today)
        if not paper.strip() or signed_on is None or signed_on > today:
            raise EvidenceIncompleteError
    if returned.state != ReturnedForm.State.WAITING:
        raise FormSettledError
    rows = forms.seen(returned, by, own=own)
    good = [row for row in rows if not row.problem and not row.same]
    same = [row for row in rows if row.same]
    if not good and not same:
        raise NothingReturnedError
    way = Way(by, at, None if own else answering.Paper(paper.strip()[:80], signed_on, received_on))
    touched = put(form, good, way)
    sent = left = 0
    if way.paper is not None:
        sent, left = reports_of(touched, same, way)
    done = Written(len(good), len(same), len(rows) - len(good) - len(same), sent, left)
    _settle(returned, ReturnedForm.State.WRITTEN, done, at)
    told = {"name": paper.strip()[:80], "received": (received_on or today).isoformat()} if way.paper else {}
    counted = {"count": done.written, "refused": done.refused, "handed_in": done.handed_in}
    _event("written", form.programme, by, at, form=form.pk, **counted, **told)
    return done


@transaction.atomic
def discard(*, returned: ReturnedForm, by: User, at: datetime) -> None:
    """Put a form away that was not written. Twice is once. Raises NotAllowedError, FormSettledError (written)."""
    returned = ReturnedForm.objects.select_for_update().get(pk=returned.pk)
    form = AnswerForm.objects.select_related("programme__office", "organisation").get(pk=returned.form_id)
    _require(form.programme, form.organisation, by, at)
    if returned.state == ReturnedForm.State.WRITTEN:
        raise FormSettledError
    if returned.state == ReturnedForm.State.WAITING:
        _settle(returned, ReturnedForm.State.DISCARDED, None, at)
        _event("put_away", form.programme, by, at, form=form.pk)


def _settle(returned: ReturnedForm, state: str, done: Written | None, at: datetime) -> None:
    """What its rows said is in the drafts now, or nowhere: it is not kept twice."""
    returned.state, returned.settled_at = state, at
    returned.counts, returned.lines = asdict(done) if done else {}, []
    returned.save(update_fields=["state", "settled_at", "counts", "lines"])


def _make(programme: Programme, bodies: Iterable[Organisation], by: User, at: datetime) -> list[Made]:
    made = []
    for body in bodies:
        if rows := forms.rows_for(programme, body):
            form = AnswerForm.objects.create(
                programme=programme, organisation=body, rows=[row.pk for row in rows], made_by=by, made_at=at
            )
            made.append((form, rows))
    if not made:
        raise NothingToAskError
    return made


def _lines(form: AnswerForm, rows: Sequence[tuple[int, Mapping[int, Cell]]], today: date) -> list[Line]:
    lines: list[Line] = []
    taken: set[int] = set()
    for number, cells in rows:
        if not says_something(cells):
            continue
        key, *beside = (cells.get(column, Cell()).text for column in (KEY, NUMBER, CONTENT, DUE))
        numbers = forms.numbers_of(key)
        if numbers is None:
            lines.append(Line(number, problem=Problem.NO_KEY))
        elif numbers[0] != form.pk:
            lines.append(Line(number, problem=Problem.OTHER_FORM))
        elif not forms.is_good(form, key, beside):
            lines.append(Line(number, problem=Problem.ALTERED))
        elif numbers[1] in taken:
            lines.append(Line(number, numbers[1], problem=Problem.TWICE))
        else:
            taken.add(numbers[1])
            lines.append(line_of(number, numbers[1], cells, today=today))
    return lines


def _without_content(lines: list[Line]) -> list[Line]:
    """Of restricted tasks words are not even kept, as a number neither: such a row is refused, and says why."""
    keys = [line.obligation for line in lines if _has_words(line) and line.obligation is not None]
    shut = set(Obligation.objects.filter(pk__in=keys, task__restricted=True).values_list("pk", flat=True))
    return [
        Line(line.row, line.obligation, problem=Problem.RESTRICTED)
        if line.obligation in shut and _has_words(line)
        else line
        for line in lines
    ]


def _has_words(line: Line) -> bool:
    return bool(line.text or line.percent is not None or (line.number and not document_alone(line.number)))


def _named(rows: Sequence[tuple[int, Mapping[int, Cell]]]) -> AnswerForm | None:
    found = Counter(
        numbers[0] for _number, cells in rows if KEY in cells and (numbers := forms.numbers_of(cells[KEY].text))
    )
    known = AnswerForm.objects.select_related("programme__office", "organisation").in_bulk(list(found))
    return known[max(known, key=lambda pk: found[pk])] if known else None


def _may(programme: Programme, organisation: Organisation, by: User, at: datetime) -> bool:
    held = rights(by, timezone.localdate(at))
    return bool(held.may(Permission.ASSIGN, programme.office) or held.may(Permission.WRITE_REPORT, organisation))


def _require(programme: Programme, organisation: Organisation, by: User, at: datetime) -> None:
    if not _may(programme, organisation, by, at):
        raise NotAllowedError


def _event(verb: str, programme: Programme, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.form.{verb}",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data=data,
    )
