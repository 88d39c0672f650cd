"""What was answered, on what evidence, and what was said to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models.owed import Obligation
from tiendo.work.programmes.models.work import Programme


class Report(models.Model):
    """The answer of a body: to one piece of work with an end, or to all its standing rows of a period."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SUBMITTED = "submitted", _("đã gửi")
        RETURNED = "returned", _("đề nghị bổ sung")
        CONFIRMED = "confirmed", _("đã xác nhận")
        PASSED_ON = "passed_on", _("đã bàn giao, cơ quan kế thừa trả lời tiếp")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    standing = models.BooleanField()
    key = models.CharField(max_length=60)
    """`2025-12-15/2026-06-14` for a period, `obligation:12` for work with an end: one report each."""
    confirming = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    round = models.PositiveSmallIntegerField(default=0)
    """How often it was submitted."""
    drafted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Who saved last; empty: it came through a link (`DraftLink`)."""
    saved_at = models.DateTimeField()
    presented_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Who put the draft before whoever signs for the body, "trình ký"; empty: it waits for nobody."""
    presented_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    paper = models.CharField(max_length=80, blank=True)
    """Number of the body's signed paper on which the office handed the report in; empty: the body did so itself."""
    paper_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    """When the office received that paper: the day of handing in, while `submitted_at` is when it was typed."""
    version = models.PositiveIntegerField(default=1)
    follows = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    """The report of the body before, which this one answers on."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "organisation", "key"], name="one_report_per_body_and_period")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.key}"


class Answer(models.Model):
    """The row of a Report that answers one Obligation: two lines, or "không phát sinh"."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="answer")
    nothing_arose = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    """Only where there is a quantity; optional."""

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.text[:40]}"


class Evidence(models.Model):
    """A document (number, date, receiving level) or a file with its hash. Never overwritten: withdrawn, and kept."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="evidence")
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    level = models.CharField(max_length=200, blank=True)
    """The body that received it."""
    filename = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    kept_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """In whose folder the bytes of a file lie: the body that reported when it came in. It stays so when the work is
    handed over, as bytes do not move."""
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Empty: it came through a link (`DraftLink`)."""
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)
    """The file had to go (a secrecy mark, a task that became restricted): bytes, name and hash are forgotten."""

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(sha256="") | (~Q(number="") & Q(issued_on__isnull=False)) | Q(wiped_at__isnull=False),
                name="evidence_is_file_or_document",
            ),
            models.CheckConstraint(condition=Q(sha256="") | Q(kept_by__isnull=False), name="file_lies_somewhere"),
        ]

    def __str__(self) -> str:
        return self.number or self.filename or f"#{self.pk}"


class Decision(models.Model):
    """What the confirming body said to a Report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(
        max_length=10,
        choices=[("confirm", _("xác nhận")), ("ask_more", _("đề nghị bổ sung")), ("revoke", _("hủy xác nhận"))],
    )
    reason = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField()
    said = models.JSONField(default=list)
    """What was handed in in this round, as the confirming body read it (queries/rounds.py): it is kept when the body
    writes on. `[{obligation, nothing_arose, text, evidence: [ids]}]`."""
    revoked = models.BooleanField(default=False)
    """A confirmation that was taken back by a later decision of this round."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["at"])]  # what was said since yesterday is told in the morning
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict="confirm") | ~Q(reason=""), name="asking_more_or_revoking_has_reason"
            ),
            models.UniqueConstraint(
                fields=["report", "round"],
                condition=Q(revoked=False) & ~Q(verdict="revoke"),
                name="one_decision_per_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.verdict}"


class DraftLink(models.Model):
    """A key to one draft, for a body whose people have no account: one obligation, or one period's standing rows.

    Of the key itself only a keyed digest is kept (queries/links.py). Who holds it may write the draft and nothing else.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    obligation = models.ForeignKey(Obligation, null=True, on_delete=models.CASCADE, related_name="+")
    """Work with an end; empty: the standing rows of a period."""
    period_start = models.DateField()
    period_end = models.DateField()
    period_name = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    """When something was last saved through it."""

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "programme"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.period_start}/{self.period_end}"

    @property
    def actor(self) -> str:
        """How the audit names whoever writes through it."""
        return f"link:{self.pk}"
