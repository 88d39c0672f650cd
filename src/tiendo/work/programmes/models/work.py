"""What was opened from a directive, and who is charged with it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Dated, Organisation, Succession
from tiendo.foundation.organisations.rules.bodies import Since
from tiendo.work.directives.models import Document, Duty


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
    SINCE: ClassVar = Since(_("chương trình"), ("office", "monitor", "confirming"), ("opened_at",))
    search_text = models.TextField(blank=True, editable=False)
    """Folded symbol and title, for searching."""

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "-id"], name="programme_newest")
        ]  # the first page of 40,000

    def __str__(self) -> str:
        return self.symbol or self.title


class Task(models.Model):
    """A Duty that was opened. Stored open or closed; every other word on screen is derived."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tasks")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+")
    """Where it walks back to. Several tasks of one duty: the task was split by a decision."""
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    """The task of which a decision made several."""
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
    review_on = models.DateField(null=True)
    """Work without a date of its own ("khi có chỉ đạo"): by when the office looks at it again."""
    closed_at = models.DateTimeField(null=True)
    done_before = models.BooleanField(default=False)
    """The office's own register said that it was finished before it was tracked here: closed, and without figures."""
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
    """task × body × role, from a day to a day. `organisation` may be empty ("chờ gán"): nothing is owed until it is
    named. When another body takes the work over, this row ends and another begins (`Passage`): it is never rewritten.
    """

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
    due = models.DateField(null=True)
    """Of a coordinator: by when its part was asked for. Empty: nothing is owed."""
    asked = models.TextField(blank=True)
    """What was asked of it, in a line or two."""
    answers_to = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """The lead that asked, which confirms that part; empty: whoever confirms the task."""
    part_done_on = models.DateField(null=True)
    """Of a coordinator of which nothing was asked with a date: its own word that its part is done."""
    starts = models.DateField(null=True)
    """First day; empty: since the task was opened."""
    ends = models.DateField(null=True)
    """Last day; empty: still. One that was passed on the day it began ends the day before it."""

    SINCE: ClassVar = Since(_("việc được giao"), ("organisation",), ("starts", "task__programme__opened_at"))

    objects = Dated()

    class Meta:
        ordering: ClassVar = ["task", "-role", "position", "pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "role"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(focal=True, ends__isnull=True), name="one_focal_lead_per_task"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.role} {self.party_text}"


class Passage(models.Model):
    """A line of a hand-over: what was charged to one body is charged to another from a day on.

    Several before → one after: bodies merged. One before → several after: a body was split. `after` without a body:
    nobody took it (the orphans' list). `succession` empty: it was given on by a decision of the office.
    """

    before = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="passed_to")
    after = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="passed_from")
    on = models.DateField()
    succession = models.ForeignKey(Succession, null=True, on_delete=models.PROTECT, related_name="+")
    began = models.BooleanField(default=True)
    """Whether `after` began with this line; else the body stood on the task already and took this part in."""

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["before", "after"], name="one_passage_per_pair")]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


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
