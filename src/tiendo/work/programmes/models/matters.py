"""What stands beside an answer: obstacles, the head's word, objective causes, corrections, letters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models.changes import Asked
from tiendo.work.programmes.models.owed import Obligation
from tiendo.work.programmes.models.work import Programme


class Obstacle(models.Model):
    """What blocks the work, and the level that must decide: its clock runs beside the lead's."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="obstacles")
    text = models.TextField()
    proposal = models.TextField(blank=True)
    level = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    level_text = models.CharField(max_length=200, blank=True)
    """The level in words, where it is no body of the register."""
    raised_on = models.DateField()
    raised_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    """When it was recorded; empty: before this was kept."""
    decision = models.TextField(blank=True)
    number = models.CharField(max_length=80, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["level", "decided_on"])]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.raised_on}"


class Instruction(models.Model):
    """Bút phê: inside a body, its head says who does it and by when. Not shown outside the body."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="instructions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500, blank=True)
    due = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.due}"


class Cause(models.Model):
    """An objective cause: asked for with proof, decided by the competent authority. It stands beside "late"."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="causes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """The body that asks."""
    competent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """Who decides: whoever the programme says confirms (queries.matters.competent_for), or whom it gave it on to; never
    chosen by the body that asks."""
    proposed = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """Whom the body that asks thinks competent."""
    reason = models.TextField()
    proof = models.CharField(max_length=300)
    """Number and date of the document that proves it."""
    state = models.CharField(max_length=10, choices=Asked, default=Asked.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    """When another body gave it on to the competent one; empty: it came there when it was asked."""
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    word = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state__in=["asked", "granted"]), name="one_cause_per_obligation"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(word=""), name="refusing_a_cause_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.state}"


class Correction(models.Model):
    """Điều chỉnh số liệu: a recorded day was wrong. A second person decides; the old value stays readable here."""

    class Field(models.TextChoices):
        SUBMITTED_ON = "submitted_on", _("ngày gửi báo cáo")
        CONFIRMED_ON = "confirmed_on", _("ngày xác nhận")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20, choices=Field)
    before = models.DateField(null=True)
    after = models.DateField()
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
                fields=["obligation"], condition=Q(state="asked"), name="one_open_correction_per_obligation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.field} {self.before} → {self.after}"


class Letter(models.Model):
    """A drafted công văn đôn đốc or yêu cầu giải trình to a body: a person signs it, its number is entered back."""

    class Kind(models.TextChoices):
        REMIND = "remind", _("công văn đôn đốc")
        EXPLAIN = "explain", _("yêu cầu giải trình")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="letters")
    written_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """The monitoring body whose letter it is; empty: the programme's office."""
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    as_of = models.DateField()
    lines = models.JSONField()
    """`[[obligation, due day, days late, day of a report that was sent back, day taken over late], …]` as the letter
    has them; the last two may be empty.
    """
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer_number = models.CharField(max_length=80, blank=True)
    """The body's explanation, as a document."""

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation_id} {self.as_of}"

    @property
    def writer(self) -> Organisation:
        """The body in whose name it goes out."""
        return self.written_by or self.programme.office


class Reminder(models.Model):
    """That an obligation came to a level of the calendar's reminding: each once, so that nobody is told twice."""

    class Level(models.TextChoices):
        DUE_SOON = "due_soon", _("sắp đến hạn")
        OVERDUE = "overdue", _("quá hạn")
        LONG_OVERDUE = "long_overdue", _("quá hạn kéo dài")
        CONFIRM = "confirm", _("chờ xác nhận")
        INSTRUCTED = "instructed", _("sắp đến hạn bút phê")

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders")
    level = models.CharField(max_length=14, choices=Level)
    owed_by = models.DateField()
    """The due day it was reminded of: a new date may be reminded of anew."""
    on = models.DateField()
    told = models.PositiveSmallIntegerField()
    """How many people were told; 0: nobody has an account there."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["obligation", "level", "owed_by"], name="one_reminder_per_level_and_date")
        ]
        indexes: ClassVar = [models.Index(fields=["on", "level"])]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.level} {self.on}"
