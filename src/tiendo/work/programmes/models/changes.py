"""What moves a date, and what changes who is charged: each asked for, decided, and kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models.owed import Obligation
from tiendo.work.programmes.models.work import Assignment, Task


class Asked(models.TextChoices):
    """Where something stands that one body asks for and another decides."""

    ASKED = "asked", _("chờ quyết định")
    GRANTED = "granted", _("chấp thuận")
    REFUSED = "refused", _("không chấp thuận")
    WITHDRAWN = "withdrawn", _("đã rút")


class DateChange(models.Model):
    """The only ways in which a date moves: an extension, a suspension and its end; and a new rule or holiday.

    The first date stays on the obligation for ever; the executor asks and never decides.
    """

    class Kind(models.TextChoices):
        EXTEND = "extend", _("gia hạn")
        SUSPEND = "suspend", _("tạm dừng")
        RESUME = "resume", _("tiếp tục")
        RULE = "rule", _("tính lại theo quy tắc")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="date_changes")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=Asked, default=Asked.ASKED)
    reason = models.TextField()
    basis = models.CharField(max_length=300, blank=True)
    """Legal basis, as printed."""
    wanted = models.DateField(null=True)
    """The day asked for; of a suspension: its first day."""
    before = models.DateField()
    """The due day when it was asked."""
    after = models.DateField(null=True)
    """The due day that was decided."""
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Empty: a rule changed."""
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    word = models.TextField(blank=True)
    """Why it was decided so."""
    number = models.CharField(max_length=80, blank=True)
    """Of the document that decided, with its date."""
    issued_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["state"])]  # few wait for a decision
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state="asked"), name="one_open_request_per_obligation"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(word=""), name="refusing_a_date_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.kind} {self.before} → {self.after}"


class TaskChange(models.Model):
    """A decision, with number and date, that changes a task or who is charged with it."""

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw", _("rút nhiệm vụ")
        REOPEN = "reopen", _("mở lại")
        SPLIT = "split", _("tách nhiệm vụ")
        LEAD = "lead", _("đổi cơ quan chủ trì")
        FOCAL = "focal", _("đổi đầu mối tổng hợp")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField(max_length=80)
    decided_on = models.DateField()
    reason = models.TextField()
    data = models.JSONField(default=dict)
    """Ids of what it touched: `{"before": [...], "after": [...]}` (organisations, or tasks of a split)."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind} {self.number}"


class Refusal(models.Model):
    """A body says that work was assigned to it wrongly; whoever assigned it decides."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="refusals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=Asked, default=Asked.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    word = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["state"])]  # few wait for a decision
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="asked"), name="one_open_refusal_per_assignment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.state}"


class Stage(models.Model):
    """Where the lead drafts and another body issues: draft and submit, give an opinion, issue. One holder each."""

    class Kind(models.TextChoices):
        DRAFT = "draft", _("trình")
        OPINION = "opinion", _("cho ý kiến")
        ISSUE = "issue", _("ban hành")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=8, choices=Kind)
    position = models.PositiveSmallIntegerField()
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True)
    started_on = models.DateField(null=True)
    """When it came into the holder's hands; empty: not yet."""
    finished_on = models.DateField(null=True)
    number = models.CharField(max_length=80, blank=True)
    """Of the paper that ended it (tờ trình, văn bản cho ý kiến, văn bản ban hành)."""
    issued_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["task", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "position"], name="one_stage_per_position"),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=F("started_on")),
                name="stage_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"
