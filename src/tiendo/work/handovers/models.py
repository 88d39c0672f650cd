"""What was decided, line by line, before a hand-over is carried out. What it did stands in the rooms it touched."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.programmes.models import Assignment


class Line(models.Model):
    """Of a prepared hand-over: this charge goes to that body. Several lines of one charge: each owes its part."""

    succession = models.ForeignKey(Succession, on_delete=models.CASCADE, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    heir = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["succession", "assignment", "heir"], name="one_line_per_charge_and_heir")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.heir_id}"
