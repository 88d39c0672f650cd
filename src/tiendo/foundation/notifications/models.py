"""What somebody is to be told: seen in the house, and sent by e-mail where the office has set that up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User


class Notice(models.Model):
    """One notice to one person, in the words it was handed over in."""

    class Mail(models.TextChoices):
        NONE = "none", _("không gửi thư")
        WAITING = "waiting", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        FAILED = "failed", _("không gửi được")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    """`room.noun`: what it is about."""
    key = models.CharField(max_length=80)
    """Whoever hands it over names it, so that the same is not told twice."""
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    """The page in the house it leads to, from "/" on."""
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_state = models.CharField(max_length=8, choices=Mail, default=Mail.NONE)
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often the mail server was asked to take it."""
    next_try_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=20, blank=True)
    """Why the last try failed: a code of rules.Failure."""

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["user", "-made_at"]),
            models.Index(fields=["next_try_at"], condition=Q(mail_state="waiting"), name="notices_to_mail"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notices_unread"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="one_notice_per_key"),
            models.CheckConstraint(
                condition=~Q(mail_state="waiting") | Q(next_try_at__isnull=False), name="waiting_mail_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.key}"
