"""How far work with an end has come: what a body reports meanwhile, and what the confirming body said to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models.owed import Obligation


class Progress(models.Model):
    """Báo cáo tiến độ: it stands beside the obligation, which it neither answers nor closes, and whose days it leaves
    alone (docs/adr/0011). Never rewritten: the next one is another row.
    """

    class State(models.TextChoices):
        """The values are those of `Asked`, and one more."""

        ASKED = "asked", _("chờ xác nhận tiến độ")
        GRANTED = "granted", _("đã xác nhận tiến độ")
        REFUSED = "refused", _("chưa xác nhận, cần báo cáo lại")
        WITHDRAWN = "withdrawn", _("đã rút")
        REPLACED = "replaced", _("đã được thay bằng báo cáo sau")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="progress")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """The body that reported."""
    percent = models.PositiveSmallIntegerField(null=True)
    """Less than 100: what is done is reported as done."""
    text = models.TextField(blank=True)
    documents = models.JSONField(default=list)
    """`[[number, ISO day, receiving level], …]`: what it refers to. None of it is evidence of completion."""
    on_paper = models.BooleanField(default=False)
    """The programme's office entered it, on the body's signed paper: the last of `documents`."""
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    word = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["state"])]  # few wait for a word
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state="asked"), name="one_progress_waits_per_obligation"
            ),
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lt=100), name="progress_is_not_all_of_it"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(word=""), name="refusing_progress_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.percent} {self.state}"
