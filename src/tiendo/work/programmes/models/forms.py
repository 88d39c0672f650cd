"""Workbooks that are handed out to bodies to be filled in, and what came back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models.work import Programme


class AnswerForm(models.Model):
    """A workbook with a body's own open rows: each row carries a key that is good for this form alone."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(default=list)
    """Ids of the obligations that stand in it."""
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["programme", "organisation"])]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.organisation_id} #{self.pk}"


class ReturnedForm(models.Model):
    """A form that came back, waiting to be looked at. The file itself is not kept, only what its rows say; and that no
    longer than until it is written into drafts or put away. Of restricted tasks the text is not even taken in.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("đang chờ xem")
        WRITTEN = "written", _("đã ghi vào bản soạn")
        DISCARDED = "discarded", _("đã bỏ")

    form = models.ForeignKey(AnswerForm, on_delete=models.CASCADE, related_name="returned")
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    lines = models.JSONField(default=list)
    """What each row says (rules.forms.Line as JSON)."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    counts = models.JSONField(default=dict)
    """What was done: written, unchanged, refused, unanswered rows; reports handed in."""
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "sha256"], condition=~Q(state="discarded"), name="one_return_per_form_and_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.filename}"
