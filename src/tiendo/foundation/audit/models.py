"""Append-only, hash-chained, sealed events. No foreign keys: an event outlives what it speaks of."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from tiendo.foundation.audit.errors import AuditIsAppendOnlyError


class Event(models.Model):
    """One act. `digest` covers it and the digest before it: a changed, dropped or inserted event breaks the chain."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    """`user:12`, `job:read`, `shell:init`: never a name (personal data stay out of what cannot be deleted)."""
    verb = models.CharField(max_length=80)
    """`room.noun.past_participle`, e.g. `directives.document.received`."""
    subject = models.CharField(max_length=80)
    """`room.noun:id`."""
    office = models.CharField(max_length=80, blank=True)
    """Path of the organisation in whose affairs it happened."""
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=80, null=True)  # noqa: DJ001 (a column that may be null is added in place)
    """`key:HMAC` over the digest, by a key outside the database (rules.seal). None: from before there was one."""

    class Meta:
        ordering: ClassVar = ["sequence"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "sequence"]),
            models.Index(fields=["at"]),
            models.Index(fields=["actor", "sequence"]),
            models.Index(fields=["verb", "sequence"]),
            models.Index(fields=["office", "sequence"]),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AuditIsAppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *_args: object, **_kwargs: object) -> tuple[int, dict[str, int]]:
        raise AuditIsAppendOnlyError


class Head(models.Model):
    """The end of the chain: one row, locked by whoever appends."""

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"head {self.sequence}"
