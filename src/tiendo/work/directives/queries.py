"""Reading documents, their rows and what ties them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from django.db.models import Count, Q, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, enclosing, once, within
from tiendo.work.directives.models import Document, Duty, Work, WorkLink
from tiendo.work.directives.models import Reading as ReadingRow
from vanban import model
from vanban.model import Reading as Reading  # noqa: PLC0414 (what this room gives out; others do not import the reader)
from vanban.resolve import Nearest, lead_unknown

UNREAD = (Document.State.QUARANTINED, Document.State.FAILED)


@once
def visible_to(rights: Rights) -> QuerySet[Document]:
    """The documents of the offices a person works in; the approved ones of offices whose heirs those are; for leaders
    and inspectors the approved ones of the subtree they look after: before the office's own head has approved it, a
    document is nobody else's matter.

    What has not been read yet may still turn out to carry a secrecy mark: it is not listed (its receivers find it by
    `in_quarantine`), and what could not be read only for those who receive.
    """
    own = Q(office__in=rights.bodies(Permission.SEE_WORK)) & ~Q(state__in=UNREAD)
    failed = Q(office__in=rights.bodies(Permission.RECEIVE), state=Document.State.FAILED)
    above = Q(pk__in=[])
    for body, path in rights.reaches(Permission.SEE_ALL_WORK):
        above |= within([path], "office__path") & ~Q(pk__in=kept_from([body]))
    forebears = [ended for body, ended in rights.forebears if rights.may(Permission.SEE_WORK, body)]
    before = Q(office__in=forebears, internal=False)  # of several heirs one at most lies inside
    above = (above | before) & Q(state=Document.State.APPROVED)
    return Document.objects.filter(own | failed | above).select_related("office", "received_by")


def kept_from(bodies: Iterable[Organisation]) -> QuerySet[Document]:
    """The internal documents of offices in whose subtrees none of these bodies lies. Of a person: the body of the post
    by which they would see it, wherever that post reaches.
    """
    return Document.objects.filter(internal=True).exclude(office__in=enclosing(bodies))


def may_see(document: Document, rights: Rights) -> bool:
    """Whether a link to the document leads anywhere for this person. One query at most."""
    mine = {body.pk for body in rights.bodies(Permission.SEE_WORK)}
    if document.office_id in mine and document.state not in UNREAD:
        return True
    return visible_to(rights).filter(pk=document.pk).exists()


def in_quarantine(rights: Rights) -> QuerySet[Document]:
    """Files of the person's offices that wait for their first reading."""
    return Document.objects.filter(
        office__in=rights.bodies(Permission.RECEIVE), state=Document.State.QUARANTINED
    ).select_related("office", "received_by")


def reading_of(document: Document) -> model.Reading | None:
    """The latest Reading, decoded."""
    row = document.readings.order_by("-pk").first()
    return decode(row.content) if row else None


def decode(content: str | bytes) -> model.Reading:
    """The stored JSON of a Reading."""
    return msgspec.json.decode(content, type=model.Reading)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the rows of a document are."""

    total: int
    signed: int
    left_out: int
    waiting: int

    @property
    def seen(self) -> int:
        return self.signed + self.left_out


def progress(document: Document) -> Progress:
    return progress_of([document])[document.pk]


def rows_waiting(document: Document) -> int:
    """How many rows of a document wait for a person. One query."""
    return document.duties.filter(state=Duty.State.PROPOSED).count()


def progress_of(documents: Sequence[Document]) -> dict[int, Progress]:
    """How far the rows of several documents are, in one query."""
    rows = (
        Duty.objects.filter(document__in=documents)
        .exclude(state=Duty.State.REPLACED)
        .order_by()
        .values("document")
        .annotate(
            total=Count("pk"),
            signed=Count("pk", filter=Q(state=Duty.State.SIGNED)),
            left_out=Count("pk", filter=Q(state=Duty.State.LEFT_OUT)),
            waiting=Count("pk", filter=Q(state=Duty.State.PROPOSED)),
        )
    )
    found = {row["document"]: Progress(row["total"], row["signed"], row["left_out"], row["waiting"]) for row in rows}
    return {document.pk: found.get(document.pk, Progress(0, 0, 0, 0)) for document in documents}


def doubts_of(reading: model.Reading, duty: Duty) -> list[model.Doubt]:
    """The machine's doubts about the lines a row comes from, the costliest first."""
    order = {"blocking": 0, "check": 1, "note": 2}
    wanted = set(duty.indexes)
    return sorted((d for d in reading.doubts if d.duty in wanted), key=lambda doubt: order[doubt.severity])


def lead_doubts(duty: Duty, matcher: Matcher) -> list[model.Doubt]:
    """Leads of a row, as it stands now, that are no body of the register, with those that come near."""
    unknown = [str(party["name"]) for party in duty.leads if not party["group"] and not matcher.holders(party["name"])]
    return [lead_unknown(name, Nearest(known=False, proposals=tuple(matcher.near(name)))) for name in unknown]


def flagged(document: Document, reading: model.Reading, *severities: str) -> list[int]:
    """Rows (their keys) that come from a line about which the machine has a doubt of these severities."""
    doubted = {doubt.duty for doubt in reading.doubts if doubt.severity in severities and doubt.duty is not None}
    rows = document.duties.exclude(state=Duty.State.REPLACED).values_list("pk", "indexes")
    return [pk for pk, indexes in rows if doubted & set(indexes)]


def unread_parts(reading: model.Reading) -> list[model.Doubt]:
    """What the machine could not read at all: somebody must have compared the original before it is approved."""
    return [doubt for doubt in reading.doubts if doubt.severity == "blocking" and doubt.duty is None]


def general_doubts(document: Document, reading: model.Reading) -> list[model.Doubt]:
    """Doubts about the document as a whole; those about a heading that a person has since written are settled."""
    written = {
        "heading_symbol": bool(document.symbol),
        "heading_symbol_unsure": bool(document.symbol),
        "heading_date_unsure": document.issued_on is not None,
        "heading_date": document.issued_on is not None,
        "heading_issuer": bool(document.issuer),
        "heading_kind": bool(document.kind),
    }
    return [doubt for doubt in reading.doubts if doubt.duty is None and not written.get(doubt.code, False)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document's text: offsets into it, and the page where known."""

    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row came from: the document's whole text, and the pieces that the row was read from."""

    duty: Duty
    document: Document
    text: str
    pieces: tuple[Piece, ...]

    @property
    def sentences(self) -> list[str]:
        return [self.text[piece.start : piece.end] for piece in self.pieces]


def source_of(duty: Duty) -> Source | None:
    """The walk back from a row to its sentence; None only when its document has no reading."""
    reading = duty.document.readings.order_by("-pk").values_list("pk", flat=True).first()
    if reading is None:
        return None
    pieces = tuple(Piece(span["start"], span["end"], span.get("page")) for span in duty.spans)
    return Source(duty, duty.document, _text_of(reading, duty.document.sha256), pieces)


class _Text(msgspec.Struct):
    """Of a Reading its text alone: the rest of a long one need not be built beside one row."""

    text: str


@lru_cache(maxsize=4)
def _text_of(reading: int, sha256: str) -> str:  # noqa: ARG001 (of which bytes: what is remembered is no other's)
    """The text of a Reading, which nobody ever edits: whoever walks through the tasks of a directive reads it once.
    Whether a person may read it is asked elsewhere, each time.
    """
    content = ReadingRow.objects.values_list("content", flat=True).get(pk=reading)
    return msgspec.json.decode(content, type=_Text).text


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One line of the bảng đối chiếu: a line of the document and what became of it."""

    index: int
    machine: model.Duty
    rows: list[Duty]


def reconcile(document: Document) -> list[Reconciled]:
    """Every line the reader found, with the rows that came of it: none is lost on the way.

    (The other way round, each row's `indexes` lead back here.)
    """
    reading = reading_of(document)
    if reading is None:
        return []
    by_index: dict[int, list[Duty]] = {}
    for duty in document.duties.exclude(state=Duty.State.REPLACED).select_related("signed_by"):
        for index in duty.indexes:
            by_index.setdefault(index, []).append(duty)
    return [Reconciled(index, duty, by_index.get(index, [])) for index, duty in enumerate(reading.duties)]


@dataclass(frozen=True, slots=True)
class Tied:
    """A work that a document mentions, how often, and how the two are tied."""

    work: Work
    mentions: int
    relations: tuple[str, ...]
    """Vietnamese, the closest tie first."""
    implements: bool
    held: Document | None
    """The document itself, where the person may see it."""


def works_of(document: Document, rights: Rights) -> list[Tied]:
    """The works an approved document mentions, the one it carries out first. Three queries.

    A title that is known from a document kept from this person is not told.
    """
    counted = list(Work.objects.filter(mentions__document=document).annotate(times=Count("mentions")))
    seen, kept = visible_to(rights).values("pk"), kept_from(rights.bodies(Permission.SEE_WORK)).values("pk")
    known = Document.objects.filter(Q(pk__in=seen) | Q(pk__in=kept), work__in=counted).annotate(seen=Q(pk__in=seen))
    held = {other.work_id: other for other in known if other.seen}
    untold = {(other.work_id, other.title) for other in known if not other.seen}
    for work in counted:
        if work.symbol and (work.pk, work.title) in untold:
            work.title = ""
    links: dict[int, list[WorkLink]] = {}
    for link in WorkLink.objects.filter(source__documents=document):
        links.setdefault(link.target_id, []).append(link)
    tied = [_tied(work, links.get(work.pk, []), held.get(work.pk)) for work in counted]
    return sorted(tied, key=lambda one: (not one.implements, -one.mentions, one.work.symbol))


_CLOSEST = ["implements", "replaces", "repeals", "amends", "guides", "founded_on", "cites"]


def _tied(work: Work, links: Sequence[WorkLink], held: Document | None) -> Tied:
    ordered = sorted(links, key=lambda link: _CLOSEST.index(link.relation))
    implements = any(link.relation == "implements" for link in links)
    times: int = work.times  # type: ignore[attr-defined]
    return Tied(work, times, tuple(str(link.get_relation_display()) for link in ordered), implements, held)
