"""What was opened from a directive, who is charged with it, what is owed, and what was answered."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.rules.standing import Facts, owed_by


class Programme(models.Model):
    """A directive being carried out, as one office follows it."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=80, blank=True)
    title = models.TextField()
    tracked_from = models.DateField()
    """Earlier periods have no figures (DESIGN, idea 13)."""
    monitor = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    confirming = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    standing_every = models.CharField(max_length=12, default="half")
    calendar = models.CharField(max_length=40)
    """Id of the reporting calendar (calendars.toml)."""
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    search_text = models.TextField(blank=True, editable=False)
    """Folded symbol and title, for searching."""

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.symbol or self.title


class Task(models.Model):
    """A Duty that was opened. Stored open or closed; every other word on screen is derived."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tasks")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    content = models.TextField()
    section = models.TextField(blank=True)
    product = models.TextField(blank=True)
    deadline_kind = models.CharField(max_length=20)
    deadline_start = models.DateField(null=True)
    deadline_end = models.DateField(null=True)
    deadline_every = models.CharField(max_length=12, blank=True)
    deadline_text = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    """Only numbers and dates of documents are kept: no content, no file, no index, no publication."""
    confirming = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """Overrides the programme's, for this task."""
    closed_at = models.DateTimeField(null=True)
    search_text = models.TextField(blank=True, editable=False)
    """Folded text for searching; empty for a restricted task, which is not indexed."""

    class Meta:
        ordering: ClassVar = ["programme", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "position"], name="one_task_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.content[:60]}"


class Assignment(models.Model):
    """task × body × role. `organisation` may be empty ("chờ gán"): nothing is owed until it is named."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATE = "coordinate", _("phối hợp")
        MONITOR = "monitor", _("theo dõi, đôn đốc")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=12, choices=Role)
    party_text = models.CharField(max_length=500)
    """The name as printed; never overwritten."""
    group = models.BooleanField(default=False)
    """A phrase that is no single body: it stays a phrase and owes nothing."""
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    focal = models.BooleanField(default=False)
    """Of several leads, the one that gathers."""
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["task", "-role", "position"]
        indexes: ClassVar = [models.Index(fields=["organisation", "role"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task"], condition=Q(focal=True), name="one_focal_lead_per_task"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.role} {self.party_text}"


class Opening(models.Model):
    """A dated event that makes a task without a date of its own fall due (a stage begins, the Centre instructs …)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="openings")
    basis = models.CharField(max_length=300)
    """The document or event, with number and date as printed."""
    happened_on = models.DateField()
    due = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "happened_on", "due"], name="one_opening_per_task_and_dates")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.due}"


class Obligation(models.Model):
    """What one body owes for one period: exists before anyone answers."""

    class State(models.TextChoices):
        OPEN = "open", _("chưa báo cáo")
        SUBMITTED = "submitted", _("đã gửi, chờ xác nhận")
        CONFIRMED = "confirmed", _("đã xác nhận")
        SUSPENDED = "suspended", _("tạm dừng")
        NOT_OWED = "not_owed", _("không phải báo cáo")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="obligations")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="obligations")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="obligations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    standing = models.BooleanField()
    """Standing work (one report per period), as against work with an end."""
    opening = models.ForeignKey(Opening, null=True, on_delete=models.PROTECT, related_name="obligations")
    period_start = models.DateField()
    period_end = models.DateField()
    """Data cut-off of a standing period; last day of the term for work with an end."""
    period_name = models.CharField(max_length=60, blank=True)
    due = models.DateField()
    first_due = models.DateField()
    """The first date stays for ever."""
    confirming = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """Never the reporting body. Empty: none was found; the board counts such work and says what to do."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    submitted_on = models.DateField(null=True)
    """Vietnam's day of the first submission: late or not is fixed here, however often more is asked for."""
    supplement_due = models.DateField(null=True)
    """By when a supplement is owed, once one was asked for (rules.standing.supplement_due)."""
    confirmed_on = models.DateField(null=True)
    raised_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["programme", "standing", "state", "due"]),
            models.Index(fields=["organisation", "state", "due"]),
            models.Index(fields=["confirming", "state"]),
            models.Index(fields=["task"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment", "period_start", "period_end"], name="one_obligation_per_assignment_and_period"
            ),
            models.CheckConstraint(
                condition=Q(confirming__isnull=True) | ~Q(confirming=F("organisation")), name="nobody_confirms_own_work"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "confirmed"]) | Q(submitted_on__isnull=False),
                name="submitted_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.organisation_id} {self.due}"

    @property
    def facts(self) -> Facts:
        """What its standing depends on."""
        return Facts(self.standing, self.state, self.due, self.submitted_on, self.supplement_due)

    @property
    def owed_by(self) -> date:
        """The day by which an answer is owed now."""
        return owed_by(self.facts)


class Report(models.Model):
    """The answer of a body: to one piece of work with an end, or to all its standing rows of a period."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SUBMITTED = "submitted", _("đã gửi")
        RETURNED = "returned", _("đề nghị bổ sung")
        CONFIRMED = "confirmed", _("đã xác nhận")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    standing = models.BooleanField()
    key = models.CharField(max_length=60)
    """`2025-12-15/2026-06-14` for a period, `obligation:12` for work with an end: one report each."""
    confirming = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    round = models.PositiveSmallIntegerField(default=0)
    """How often it was submitted."""
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

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
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
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
            )
        ]

    def __str__(self) -> str:
        return self.number or self.filename or f"#{self.pk}"


class Decision(models.Model):
    """What the confirming body said to a Report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=[("confirm", _("xác nhận")), ("ask_more", _("đề nghị bổ sung"))])
    reason = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField()
    said = models.JSONField(default=list)
    """What was handed in in this round, as the confirming body read it (queries/rounds.py): it is kept when the body
    writes on. `[{obligation, nothing_arose, text, evidence: [ids]}]`."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(verdict="ask_more") | ~Q(reason=""), name="asking_more_has_reason"),
            models.UniqueConstraint(fields=["report", "round"], name="one_decision_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.verdict}"
