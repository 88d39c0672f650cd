"""What bodies owe, period by period; in whose hands it lay; how much of it there is.

These tables are the largest: a foreign key that begins an index of several columns has none of its own.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models.work import Assignment, Opening, Passage, Programme, Task
from tiendo.work.programmes.rules.standing import Facts, owed_by


class Obligation(models.Model):
    """What one body owes for one period: exists before anyone answers."""

    class State(models.TextChoices):
        OPEN = "open", _("chưa báo cáo")
        SUBMITTED = "submitted", _("đã gửi, chờ xác nhận")
        CONFIRMED = "confirmed", _("đã xác nhận")
        SUSPENDED = "suspended", _("tạm dừng")
        NOT_OWED = "not_owed", _("không phải báo cáo")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="obligations", db_index=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="obligations")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="obligations", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=12, choices=Assignment.Role, default=Assignment.Role.LEAD)
    """As on its assignment: leads owe, and coordinators what was asked of them with a date."""
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
    confirming = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Never the reporting body. Empty: none was found; the board counts such work and says what to do."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    submitted_on = models.DateField(null=True)
    """Vietnam's day of the first submission: late or not is fixed here, however often more is asked for."""
    supplement_due = models.DateField(null=True)
    """By when a supplement is owed, once one was asked for (rules.standing.supplement_due)."""
    supplemented_on = models.DateField(null=True)
    """Vietnam's day on which the last supplement was handed in; one that came late stays (rules.standing). Empty too
    for supplements from before this was kept: they count as they did then."""
    confirmed_on = models.DateField(null=True)
    held_since = models.DateField()
    """Since when it lies with its present holder: the body while open, the confirming one once handed in."""
    raised_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["programme", "standing", "state", "due"]),
            models.Index(fields=["organisation", "state", "due"]),
            models.Index(fields=["confirming", "state"]),
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
        return Facts(self.standing, self.state, self.due, self.submitted_on, self.supplement_due, self.supplemented_on)

    @property
    def owed_by(self) -> date:
        """The day by which an answer is owed now."""
        return owed_by(self.facts)


class Transfer(models.Model):
    """What a passage did to one obligation, so that it can be read as it was, and taken back."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("chuyển")
        JOINED = "joined", _("gộp vào việc cùng kỳ của cơ quan nhận")
        SHARED = "shared", _("thêm cho cơ quan cùng nhận")

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="transfers")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="transfers")
    kind = models.CharField(max_length=8, choices=Kind)
    before = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    confirming = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """Who was to confirm it before."""

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["passage", "obligation"], name="one_transfer_per_passage")
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.kind}"


class Turn(models.Model):
    """How an obligation stood from a day until another came: in whose hands, in what state. Only what is over.

    The present turn is the obligation itself, since its `held_since`. Written by actions.parts.ledger alone.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="turns", db_index=False)
    since = models.DateField()
    until = models.DateField()
    """The day on which the next turn began: not a day of this one."""
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    confirming = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=Obligation.State)
    due = models.DateField()
    supplement_due = models.DateField(null=True)
    submitted_on = models.DateField(null=True)
    supplemented_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state", "until"]),
            models.Index(fields=["confirming", "state", "until"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["obligation", "since"], name="one_turn_per_day"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="turn_has_days"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.state} {self.since}/{self.until}"


class Tally(models.Model):
    """How many obligations of a body in a programme stand alike: boards are summed from it (DESIGN, idea 9).

    `state` and `due` as rules.tally.cell has them: the standing on any day follows from them, so that time passing
    needs no job. Kept by actions.parts.ledger alone, in the transaction of the change; `tiendo check-tally` compares.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tallies", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=12)
    standing = models.BooleanField()
    state = models.CharField(max_length=16)
    due = models.DateField()
    n = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "standing", "state", "due"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "role", "standing", "state", "due"], name="one_cell_per_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.organisation_id} {self.state} {self.due}: {self.n}"


class Snapshot(models.Model):
    """Figures of a programme as they stood at the end of a day, frozen with a hash ("chốt số liệu")."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="snapshots")
    as_of = models.DateField()
    cells = models.JSONField()
    """`[[organisation, role, standing, state, due, n], …]`, in order."""
    sha256 = models.CharField(max_length=64)
    """Of the programme, the day and the cells, as rules.tally.digest writes them."""
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-as_of", "-pk"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.as_of} {self.sha256[:12]}"
