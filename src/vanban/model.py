"""The values that a reading consists of: frozen, comparable, and written as JSON by their own names.

Other programs rely on these names: a field is added, never renamed or dropped, without a new `SCHEMA`. Dates are ISO
8601, and the phrase they were read from stands beside them. Offsets count characters of `Reading.text`.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

SCHEMA = "vanban.reading/1"

Severity = Literal["note", "check", "blocking"]
DeadlineKind = Literal[
    "date", "period", "recurring", "continuous", "by_programme", "by_stage", "by_term", "on_instruction", "none"
]
Every = Literal["week", "month", "quarter", "half", "nine_months", "year"]
Origin = Literal["table", "list", "prose"]
Relation = Literal["founded_on", "implements", "guides", "amends", "replaces", "repeals"]
"""What the document, where it says so, has to do with a work that it mentions."""


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all values: immutable, strict when read back. (Subclasses say `kw_only` themselves: msgspec does not
    inherit it.)
    """


class Span(Value, frozen=True, kw_only=True):
    """A place: `text[start:end]`, and where it stood on paper where the source knows (from 0; pages from 1)."""

    start: int
    end: int
    page: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None


class Place(Value, frozen=True, kw_only=True):
    """Where a piece of the text stands on paper: `text[start:end]` is one printed line, or one cell's part of it. The
    places of a reading are sorted and do not overlap; a span stands wherever the places that it overlaps do, which may
    be on two pages.
    """

    start: int
    end: int
    page: int
    """From 1."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom, as fractions of the page's width and height, from its top left corner."""
    confidence: int | None = None
    """How sure text recognition is of the least sure word, 0 to 100; None where the source states the letters."""


class Doubt(Value, frozen=True, kw_only=True):
    """What a person must look at. `code` is stable; `message` is Vietnamese; a blocking one keeps a row from being
    confirmed unseen.
    """

    code: str
    message: str
    severity: Severity = "check"
    span: Span | None = None
    duty: int | None = None
    """Index into `Reading.duties`, where the doubt is about one of them."""


class Signature(Value, frozen=True, kw_only=True):
    """Who signed: authority as printed (`T/M TỈNH ỦY`, `KT. CHỦ TỊCH`), position, name."""

    authority: str | None = None
    position: str | None = None
    name: str | None = None
    span: Span | None = None


class Heading(Value, frozen=True, kw_only=True):
    """What the document says of itself."""

    kind: str | None = None
    symbol: str | None = None
    number: int | None = None
    date: dt.date | None = None
    date_text: str | None = None
    issuer: str | None = None
    place: str | None = None
    title: str | None = None
    term: str | None = None
    """Term of the issuing committee or assembly, in Roman numerals (`XVII`)."""
    implements: str | None = None
    """Symbol of the work that this document carries out."""
    signature: Signature | None = None
    spans: dict[str, Span] = {}
    """Where each field was read, by the field's name."""


class Provision(Value, frozen=True, kw_only=True):
    """A node of the outline: Phần, Chương, Mục, Điều, I, 1, 1.1, a), -; `text`: its first paragraph without label."""

    id: str
    """Path of labels, unique in the document (`III/2/2.1`, `annex-1/I`)."""
    kind: str
    """part, chapter, section, article, roman, number, decimal, letter, dash, paragraph."""
    label: str
    text: str
    span: Span
    """From the label to the end of the last thing below it."""
    children: tuple[Provision, ...] = ()


class Annex(Value, frozen=True, kw_only=True):
    label: str | None = None
    title: str | None = None
    caption: str | None = None
    """The "(Kèm theo …)" line as printed."""
    span: Span


class Recipient(Value, frozen=True, kw_only=True):
    name: str
    purpose: str | None = None
    """What stands in brackets: `B/c`, `để thực hiện`."""
    span: Span


class Outline(Value, frozen=True, kw_only=True):
    provisions: tuple[Provision, ...] = ()
    annexes: tuple[Annex, ...] = ()
    recipients: tuple[Recipient, ...] = ()


class Citation(Value, frozen=True, kw_only=True):
    """One mention of a work."""

    kind: str | None = None
    """The base word printed: Nghị quyết, Chỉ thị, Luật … (of the list's head, in a chain)."""
    kind_text: str | None = None
    """The longer printed name, where there is one (`Báo cáo thẩm tra`)."""
    symbol: str | None = None
    """Without white space around - and /, case as printed."""
    date: dt.date | None = None
    """Printed after the symbol, or shared by a list whose last member carries it."""
    date_text: str | None = None
    date_before: dt.date | None = None
    """Printed earlier in the sentence ("Ngày 24/7/2024, … có Công văn số …")."""
    issuer: str | None = None
    term: str | None = None
    title: str | None = None
    span: Span
    relation: Relation | None = None
    provision: str | None = None
    """The part of the work that is meant, as printed: `khoản 2 Điều 5`, `Mục III`."""
    form: Literal["symbol", "name", "short"] = "symbol"
    """Cited by its symbol, by name alone (a law, "Nghị quyết Trung ương 4 khóa XII"), or a number ("Đề án 06")."""
    self_mention: bool = False
    """The document's own symbol, in an annex's caption."""
    work: int
    """Index into `Reading.works`."""


class WorkRef(Value, frozen=True, kw_only=True):
    """A work as this document identifies it. The symbol is not an identity: (kind, symbol, issuer, date or term) is."""

    kind: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    date: dt.date | None = None
    term: str | None = None
    title: str | None = None
    mentions: tuple[int, ...] = ()
    """Indices into `Reading.citations`."""


class Party(Value, frozen=True, kw_only=True):
    """A body, or a group that is no single body, as the text names it."""

    name: str
    group: bool = False


class Deadline(Value, frozen=True, kw_only=True):
    """When it must be done. `end` is the last day on which it is not late."""

    kind: DeadlineKind = "none"
    start: dt.date | None = None
    end: dt.date | None = None
    every: Every | None = None
    phrase: str | None = None
    rule: str | None = None
    """Id of the lexicon's rule that read the phrase."""


class Duty(Value, frozen=True, kw_only=True):
    """What the text orders: who must do what by when, with whom."""

    origin: Origin
    number: str | None = None
    content: str
    lead_text: str = ""
    lead_inherited: bool = False
    leads: tuple[Party, ...] = ()
    coordinator_text: str = ""
    coordinators: tuple[Party, ...] = ()
    deadline_text: str = ""
    deadline: Deadline = Deadline()
    product_text: str = ""
    product: str | None = None
    section: str | None = None
    """Title of the part of the table or outline it stands under."""
    provision: str | None = None
    """Id of the outline's node, for a duty found outside a table."""
    restricted: str | None = None
    """Why it looks like a restricted task (the lexicon entry that matched); a person decides."""
    spans: tuple[Span, ...] = ()
    """Every piece of text it was read from, in order: a row cut by a page end has several."""


class Target(Value, frozen=True, kw_only=True):
    """A milestone ("đến năm 2030 …") or a measured level ("đạt 95 %")."""

    kind: Literal["milestone", "level", "change", "count"]
    text: str
    year: int | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    """%, %/năm, or the counted noun as printed."""
    comparison: Literal["exactly", "at_least", "at_most", "between", "over", "under"] | None = None
    span: Span


class Reading(Value, frozen=True, kw_only=True):
    """Everything the reader saw in one document."""

    schema: str = SCHEMA
    reader: str
    """Version of the reader."""
    format: str
    """text, docx, pdf, scan, html, xlsx, doc, rtf, odt."""
    encoding: str | None = None
    pages: int | None = None
    text: str
    heading: Heading = Heading()
    outline: Outline = Outline()
    citations: tuple[Citation, ...] = ()
    works: tuple[WorkRef, ...] = ()
    duties: tuple[Duty, ...] = ()
    targets: tuple[Target, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    places: tuple[Place, ...] = ()
    """Where the text stands on paper; empty where the source has no pages (text, HTML, DOCX before it is laid out)."""
