"""A directive's way: Document (the bytes) → Reading (what the machine saw) → Duty (what a person confirmed) → Work."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.rules.bodies import Since

STAGES = ["received", "open", "outline", "heading", "citations", "duties", "targets", "doubts", "recorded"]


class Document(models.Model):
    """A file as an office received it, unique per office and SHA-256. Its bytes are stored before they are read."""

    class State(models.TextChoices):
        QUARANTINED = "quarantined", _("chờ đọc")
        """Stored apart, unlisted and unindexed, until the first reading."""
        READ = "read", _("đã đọc")
        FAILED = "failed", _("chưa đọc được")
        REFUSED = "refused", _("không tiếp nhận")
        """It carried a secrecy mark: bytes wiped, name and hash forgotten; only that this happened is kept."""
        APPROVED = "approved", _("đã duyệt")
        SET_ASIDE = "set_aside", _("không theo dõi")
        """Sent by mistake, or nothing that orders anything: kept with its reason, out of everybody's way."""

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    filename = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.QUARANTINED)
    stage = models.CharField(max_length=20, default="received")
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True)
    failure_message = models.TextField(blank=True)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    SINCE: ClassVar = Since(_("văn bản đã nhận"), ("office",), ("received_at",))
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    set_aside_because = models.TextField(blank=True)
    internal = models.BooleanField(default=False)
    """Nobody whose post lies outside the office's subtree sees it, nor anything that came of it (queries.kept_from)."""
    work = models.ForeignKey("directives.Work", null=True, on_delete=models.SET_NULL, related_name="documents")
    """What this document is, once it was approved; two offices that hold the same directive hold the same work."""

    kind = models.CharField(max_length=60, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=300, blank=True)
    title = models.TextField(blank=True)
    issued_on = models.DateField(null=True)
    search_text = models.TextField(blank=True, editable=False)
    """Folded symbol, title and issuer; empty until the first reading."""

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["internal", "office"], name="internal_documents"),  # few are: sought by that
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "sha256"], condition=~models.Q(sha256=""), name="one_document_per_office_and_hash"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True, approved_by__isnull=True)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="approval_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.filename or f"#{self.pk}"

    def words(self) -> str:
        """What `search_text` holds."""
        return key(f"{self.symbol} {self.kind} {self.title} {self.issuer} {self.filename}")


class Reading(models.Model):
    """What the reader saw: versioned, never edited. `content` is the JSON of `vanban.model.Reading`."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="readings")
    schema = models.CharField(max_length=40)
    reader = models.CharField(max_length=40)
    content = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "reader"], name="one_reading_per_document_and_reader")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.reader}"


class Duty(models.Model):
    """A row that orders something, on its way from the machine's proposal to a person's signature."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("chờ xem")
        SIGNED = "signed", _("đã xác nhận dòng")
        LEFT_OUT = "left_out", _("không theo dõi")
        REPLACED = "replaced", _("đã gộp hoặc tách")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="duties")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="duties")
    position = models.DecimalField(max_digits=12, decimal_places=4)
    """Order in the document; a split row's parts stand between their neighbours."""
    indexes = models.JSONField(default=list)
    """Which duties of the Reading this row comes from (indices): the way back to the machine's own words."""
    spans = models.JSONField(default=list)
    origin = models.CharField(max_length=10)
    """As `vanban.model.Duty.origin`; `hand` for a row that a person added."""
    number = models.CharField(max_length=20, blank=True)
    content = models.TextField()
    section = models.TextField(blank=True)
    lead_text = models.TextField(blank=True)
    lead_inherited = models.BooleanField(default=False)
    leads = models.JSONField(default=list)
    coordinator_text = models.TextField(blank=True)
    coordinators = models.JSONField(default=list)
    deadline_text = models.TextField(blank=True)
    deadline_kind = models.CharField(max_length=20, default="none")
    deadline_start = models.DateField(null=True, blank=True)
    deadline_end = models.DateField(null=True, blank=True)
    deadline_every = models.CharField(max_length=20, blank=True)
    deadline_rule = models.CharField(max_length=60, blank=True)
    product = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    restricted_rule = models.CharField(max_length=60, blank=True)
    edited = models.BooleanField(default=False)
    done = models.BooleanField(default=False)
    """The office's own register, from which the row came, says that the work was finished before it was tracked."""
    done_on = models.DateField(null=True, blank=True)
    """Since when, where the register says so."""

    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    reason = models.TextField(blank=True)
    """Why it was left out, or set aside."""
    replaced_by = models.ManyToManyField("self", symmetrical=False, related_name="replaces")
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_as = models.CharField(max_length=10, blank=True)
    """`row`, `table`, or `bulk` (all rows without a blocking doubt, from the shell)."""
    version = models.PositiveIntegerField(default=1)
    """Counts the changes: two clerks on one row do not overwrite each other."""

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="signed") | models.Q(signed_by__isnull=False, signed_at__isnull=False),
                name="signed_row_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="left_out") | ~models.Q(reason=""), name="left_out_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.content[:60]}"


class Work(models.Model):
    """The identity of a document, held or only cited: (kind, symbol, issuer, date or term). A symbol alone is none."""

    kind = models.CharField(max_length=60, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True)
    term = models.CharField(max_length=20, blank=True)
    title = models.TextField(blank=True)
    identity = models.CharField(max_length=500, unique=True)
    """Folded key over the fields above; see rules.identity."""

    class Meta:
        ordering: ClassVar = ["symbol", "issued_on", "pk"]

    def __str__(self) -> str:
        name = self.symbol or self.title
        return name if key(name).startswith(key(self.kind)) else " ".join(part for part in (self.kind, name) if part)


class Mention(models.Model):
    """Where a document mentions a work."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="mentions")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.document_id} {self.start}-{self.end}"


class WorkLink(models.Model):
    """A tie between two works."""

    source = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="linked_from")
    relation = models.CharField(
        max_length=20,
        choices=[
            ("cites", _("viện dẫn")),
            ("implements", _("thực hiện")),
            ("amends", _("sửa đổi, bổ sung")),
            ("replaces", _("thay thế")),
            ("repeals", _("bãi bỏ")),
            ("guides", _("hướng dẫn")),
            ("founded_on", _("căn cứ")),
        ],
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="one_link_per_relation")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"


class RegisterColumns(models.Model):
    """Which columns of its own register an office chose: next month's register with the same head finds them again."""

    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    """Of the folded labels of the head (intake.columns.digest)."""
    columns = models.JSONField()
    """Role → column, from 0."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "digest"], name="one_choice_of_columns_per_head")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.digest[:12]}"
