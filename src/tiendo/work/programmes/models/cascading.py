"""Programmes below programmes, and programmes that a later document changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models.work import Programme, Task


class Requirement(models.Model):
    """A programme asks a body for a plan of its own by a day (cụ thể hóa)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="requirements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    basis = models.CharField(max_length=300, blank=True)
    """The sentence or document that asks."""
    answered_by = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    """The body's own plan, received by the same reader."""
    number = models.CharField(max_length=80, blank=True)
    """Its number, where the plan itself is not held here."""
    issued_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="one_requirement_per_body")
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.organisation_id} {self.due}"


class LineLink(models.Model):
    """A line of a plan below answers a task of the programme above."""

    upper = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="answered_below")
    lower = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="answers_above")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upper", "lower"], name="one_link_per_pair"),
            models.CheckConstraint(condition=~Q(upper=F("lower")), name="no_line_answers_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.upper_id} ← {self.lower_id}"


class Amendment(models.Model):
    """A later document changes an open programme, clause by clause, from a day on."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="amendments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    carried_out_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "document"], name="one_amendment_per_document")
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.document_id} {self.on}"


class AmendedLine(models.Model):
    """One clause of an amendment: proposed by vanban.compare or a person, decided by a person."""

    class Kind(models.TextChoices):
        ADD = "add", _("bổ sung")
        CHANGE = "change", _("sửa đổi")
        END = "end", _("bãi bỏ")

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=8, choices=Kind)
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="amended_by")
    """What it changes or ends; empty: it adds."""
    duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="+")
    """The row of the amending document; empty: it ends a task without a row of its own."""
    made = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="made_by_amendment")
    """The task that follows (added, or in place of the one that was changed)."""
    chosen = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.kind}"
