"""Rows: edit, sign, leave out, join, split.

Until the document is approved everything here can be taken back; after that only rows left waiting may be worked on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count, product
from string import ascii_lowercase

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives.errors import (
    BlockingDoubtError,
    ContentRequiredError,
    DeadlineInvalidError,
    DeadlinesDifferError,
    DocumentStateError,
    NothingToJoinError,
    QuoteNotFoundError,
    ReasonRequiredError,
    RowChangedError,
    RowStateError,
    SplitTooSmallError,
)
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.queries import decode
from tiendo.work.directives.rules import DeadlineFields, deadline_problem, find_quote, missing

OPEN = {Duty.State.PROPOSED, Duty.State.SIGNED, Duty.State.LEFT_OUT}
STILL_OPEN = {Duty.State.PROPOSED}
"""In an approved document only rows that still wait may be worked on: what was approved stands."""
SEVERAL = 2
DEADLINE = (
    "deadline_kind", "deadline_start", "deadline_end", "deadline_every", "deadline_text", "deadline_rule",
)  # fmt: skip
EDITABLE = ("number", "content", "section", "product", "restricted", "leads", "coordinators")


@transaction.atomic
def edit(
    *,
    duty: Duty,
    version: int,
    changes: Mapping[str, object],
    deadline: DeadlineFields,
    by: User,
    at: datetime,
) -> Duty:
    """Write a row anew. `changes` holds any of EDITABLE (leads, coordinators: lists of {name, group}).

    A signature falls away. Raises NotAllowedError, DocumentStateError, RowChangedError (someone saved since `version`),
    ContentRequiredError, DeadlineInvalidError.
    """
    duty = _hold(duty, by, at, Permission.WORK_ROWS, version=version)
    if not str(changes.get("content", duty.content)).strip():
        raise ContentRequiredError
    if problem := deadline_problem(deadline):
        raise DeadlineInvalidError(what=problem)
    for field in EDITABLE:
        if field in changes:
            setattr(duty, field, changes[field])
    duty.deadline_kind, duty.deadline_every = deadline.kind, deadline.every
    duty.deadline_start, duty.deadline_end = deadline.start, deadline.end
    duty.edited = True
    _unsign(duty)
    return _keep(duty, "edited", by, at, fields=sorted(changes))


@transaction.atomic
def sign(*, duty: Duty, by: User, at: datetime, version: int | None = None, signed_as: str = "row") -> Duty:
    """Sign a row off as it stands. Raises BlockingDoubtError when it lacks a lead or content."""
    duty = _hold(duty, by, at, Permission.SIGN_ROWS, version=version)
    if duty.state not in {Duty.State.PROPOSED, Duty.State.SIGNED}:
        raise RowStateError(state=duty.get_state_display())
    if what := missing(content=duty.content, leads=duty.leads):
        raise BlockingDoubtError(number=duty.number or duty.pk, what=what)
    duty.state, duty.signed_by, duty.signed_at, duty.signed_as = Duty.State.SIGNED, by, at, signed_as
    return _keep(duty, "signed", by, at, signed_as=signed_as)


@transaction.atomic
def sign_table(*, document: Document, by: User, at: datetime, origin: str = "table", signed_as: str = "table") -> int:
    """Sign every waiting row of a table that lacks nothing, after a look at the whole. Returns how many; one event."""
    document = _writable(document, by, at, Permission.SIGN_ROWS)
    ready = [
        duty
        for duty in document.duties.select_for_update().filter(state=Duty.State.PROPOSED, origin=origin)
        if missing(content=duty.content, leads=duty.leads) is None
    ]
    for duty in ready:
        duty.state, duty.signed_by, duty.signed_at, duty.signed_as = Duty.State.SIGNED, by, at, signed_as
        duty.version += 1
    Duty.objects.bulk_update(ready, ["state", "signed_by", "signed_at", "signed_as", "version"], batch_size=500)
    pks = [duty.pk for duty in ready]
    told = {"count": len(pks), "digest": which(pks), "rows": pks[:1000], "signed_as": signed_as}
    _event("signed_together", document, by, at, **told)
    return len(ready)


@transaction.atomic
def leave_out(*, duty: Duty, reason: str, by: User, at: datetime, version: int | None = None) -> Duty:
    """Do not open this row, for a reason that is printed beside it. Raises ReasonRequiredError, RowChangedError."""
    if not reason.strip():
        raise ReasonRequiredError
    duty = _hold(duty, by, at, Permission.WORK_ROWS, version=version)
    _unsign(duty)
    duty.state, duty.reason = Duty.State.LEFT_OUT, reason.strip()
    return _keep(duty, "left_out", by, at)


@transaction.atomic
def restore(*, duty: Duty, by: User, at: datetime, version: int | None = None) -> Duty:
    """Take back a signature, a leaving-out, or (given a part of it) a join or split: the former rows wait again.

    Raises RowChangedError; RowStateError when another part was itself joined or split (that one is undone first), or
    was signed after the approval (it stands).
    """
    duty = _hold(duty, by, at, Permission.WORK_ROWS, version=version)
    _unsign(duty)
    former = list(duty.replaces.all())
    if not former:
        return _keep(duty, "restored", by, at)
    siblings = Duty.objects.filter(replaces__in=former).distinct()
    if later := siblings.exclude(state__in=_workable(duty.document)).first():
        raise RowStateError(state=later.get_state_display())
    _event("join_or_split_undone", duty.document, by, at, rows=[row.pk for row in former])
    siblings.delete()
    for row in former:
        row.state = Duty.State.PROPOSED
        row.version += 1
        row.save(update_fields=["state", "version"])
    return former[0]


@transaction.atomic
def add(
    *,
    document: Document,
    content: str,
    leads: Sequence[Mapping[str, object]],
    quote: str = "",
    by: User,
    at: datetime,
) -> Duty:
    """A row that the machine did not find. It stands where the quoted sentence stands in the text, else at the end.

    Raises NotAllowedError, DocumentStateError, ContentRequiredError, QuoteNotFoundError.
    """
    document = _writable(document, by, at, Permission.WORK_ROWS)
    reading = document.readings.order_by("-pk").first()
    if reading is None:
        raise DocumentStateError(state=document.get_state_display())
    if not content.strip():
        raise ContentRequiredError
    found = find_quote(decode(reading.content).text, quote) if quote.strip() else None
    if quote.strip() and found is None:
        raise QuoteNotFoundError
    row = Duty(
        reading=reading,
        document=document,
        position=_position(document, found),
        spans=[{"start": found[0], "end": found[1]}] if found else [],
        origin="hand",
        content=content.strip(),
        leads=list(leads),
        edited=True,
    )
    row.save()
    _event("added", document, by, at, row=row.pk, quoted=found is not None)
    return row


def _position(document: Document, found: tuple[int, int] | None) -> Decimal:
    """Behind the last row that begins before the quoted sentence, and before the next."""
    rows = list(document.duties.order_by("position", "pk"))
    last = rows[-1].position if rows else Decimal(0)
    if found is None:
        return last + 1
    before = [row for row in rows if row.spans and row.spans[0]["start"] <= found[0]]
    after = before[-1].position if before else Decimal(0)
    following = next((row.position for row in rows if row.position > after), after + 1)
    return (after + following) / 2


@transaction.atomic
def join(*, duties: Sequence[Duty], by: User, at: datetime, versions: Mapping[int, int] | None = None) -> Duty:
    """Make one row of several that order one thing. `versions`: as they were when somebody looked at them.

    Raises NothingToJoinError, RowChangedError, DeadlinesDifferError.
    """
    if len({d.pk for d in duties}) < SEVERAL or len({d.document_id for d in duties}) != 1:
        raise NothingToJoinError
    seen = versions or {}
    rows = sorted(
        (_hold(duty, by, at, Permission.WORK_ROWS, version=seen.get(duty.pk)) for duty in duties),
        key=lambda row: (row.position, row.pk),
    )
    dated = {_deadline(row): row for row in rows if row.deadline_kind != "none"}
    if len(dated) > 1:
        raise DeadlinesDifferError
    whole = _copy(rows[0], content="\n".join(row.content for row in rows), position=rows[0].position)
    whole.indexes = sorted({index for row in rows for index in row.indexes})
    whole.spans = [span for row in rows for span in row.spans]
    whole.leads = _union(row.leads for row in rows)
    whole.coordinators = _union(row.coordinators for row in rows)
    whole.restricted = any(row.restricted for row in rows)
    whole.done = all(row.done for row in rows)
    whole.done_on = max((row.done_on for row in rows if row.done_on), default=None) if whole.done else None
    whole.restricted_rule = next((row.restricted_rule for row in rows if row.restricted_rule), "")
    for row in dated.values():
        for name in DEADLINE:
            setattr(whole, name, getattr(row, name))
    for name in ("product", "lead_text", "coordinator_text"):
        setattr(whole, name, "; ".join(dict.fromkeys(text for row in rows if (text := getattr(row, name)))))
    _replace(rows, [whole])
    return _keep(whole, "joined", by, at, rows=[row.pk for row in rows])


@transaction.atomic
def split(*, duty: Duty, parts: Sequence[str], by: User, at: datetime, version: int | None = None) -> list[Duty]:
    """Make several rows of one that orders several products; each keeps leads, deadline and the way to the source.

    Raises SplitTooSmallError, RowChangedError.
    """
    contents = [part.strip() for part in parts if part.strip()]
    if len(contents) < SEVERAL:
        raise SplitTooSmallError
    row = _hold(duty, by, at, Permission.WORK_ROWS, version=version)
    step = _room_after(row) / len(contents)
    rows = [_copy(row, content=content, position=row.position + step * place) for place, content in enumerate(contents)]
    for part, letter in zip(rows, _letters(), strict=False):
        part.number = f"{row.number}{letter}"[:20] if row.number else ""
    _replace([row], rows)
    _event("split", row.document, by, at, row=row.pk, into=[part.pk for part in rows])
    return rows


def _letters() -> Iterator[str]:
    """a, b … z, aa, ab …"""
    for size in count(1):
        yield from ("".join(letters) for letters in product(ascii_lowercase, repeat=size))


def _writable(document: Document, by: User, at: datetime, permission: Permission) -> Document:
    document = Document.objects.select_for_update(of=("self",)).select_related("office").get(pk=document.pk)
    require(by, permission, document.office, timezone.localdate(at))
    if document.state not in {Document.State.READ, Document.State.APPROVED}:
        raise DocumentStateError(state=document.get_state_display())
    return document


def _workable(document: Document) -> set[Duty.State]:
    return OPEN if document.state == Document.State.READ else STILL_OPEN


def _hold(duty: Duty, by: User, at: datetime, permission: Permission, version: int | None = None) -> Duty:
    document = _writable(duty.document, by, at, permission)
    held = Duty.objects.select_for_update().get(pk=duty.pk)
    held.document = document
    if version is not None and held.version != version:
        raise RowChangedError
    if held.state not in _workable(document):
        raise RowStateError(state=held.get_state_display())
    return held


def _room_after(row: Duty) -> Decimal:
    """How far it is to the next row, so that parts of a part stay between their neighbours too."""
    after = row.document.duties.filter(position__gt=row.position).aggregate(next=Min("position"))["next"]
    return (after or row.position + 1) - row.position


def _unsign(duty: Duty) -> None:
    duty.reason = ""
    duty.state, duty.signed_by, duty.signed_at, duty.signed_as = Duty.State.PROPOSED, None, None, ""


def _keep(duty: Duty, verb: str, by: User, at: datetime, **data: object) -> Duty:
    duty.version += 1
    duty.save()
    _event(verb, duty.document, by, at, row=duty.pk, **data)
    return duty


def _copy(row: Duty, *, content: str, position: Decimal) -> Duty:
    fields = {
        field.name: getattr(row, field.name)
        for field in Duty._meta.concrete_fields  # noqa: SLF001 (Django's documented way to its fields)
        if field.name not in {"id", "version", "state", "reason", "signed_by", "signed_at", "signed_as"}
    }
    return Duty(**{**fields, "content": content, "position": position, "edited": True})


def _replace(old: Sequence[Duty], new: Sequence[Duty]) -> None:
    for row in new:
        row.save()
    for row in old:
        _unsign(row)
        row.state = Duty.State.REPLACED
        row.version += 1
        row.save()
        row.replaced_by.set(new)


def _deadline(row: Duty) -> tuple[object, ...]:
    """What makes two deadlines the same, however they were worded."""
    return tuple(getattr(row, name) for name in DEADLINE[:4])


def _union(lists: Iterable[list[dict[str, object]]]) -> list[dict[str, object]]:
    seen: dict[str, dict[str, object]] = {}
    for parties in lists:
        for party in parties:
            seen.setdefault(str(party["name"]), party)
    return list(seen.values())


def _event(verb: str, document: Document, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"directives.duty.{verb}",
        subject=f"directives.document:{document.pk}",
        at=at,
        office=document.office.path,
        data=data,
    )
