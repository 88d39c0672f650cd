"""How a task ended without being done: withdrawn, split, or changed by a later document. One word on every list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from tiendo.work.programmes.models import AmendedLine, Task, TaskChange
from tiendo.work.programmes.rules.standing import Standing

WORDS = {"split": _("Đã tách"), "withdrawn": _("Đã rút"), "amended": _("Đã sửa đổi, bãi bỏ")}


def with_end(tasks: QuerySet[Any]) -> QuerySet[Any]:
    """Each task with its `ended`, a key of WORDS; empty while it goes on, and where it was done before it was tracked.
    No query of its own.
    """
    withdrawn = TaskChange.objects.filter(task=OuterRef("pk"), kind=TaskChange.Kind.WITHDRAW).order_by()
    amended = AmendedLine.objects.filter(task=OuterRef("pk")).order_by()
    parts = Task.objects.filter(part_of=OuterRef("pk")).order_by()
    found: QuerySet[Any] = tasks.annotate(
        ended=Case(
            When(closed_at=None, then=Value("")),
            When(Exists(parts), then=Value("split")),
            When(Exists(withdrawn), then=Value("withdrawn")),
            When(Exists(amended), then=Value("amended")),
            default=Value(""),
            output_field=CharField(),
        )
    )
    return found


def words_of(tasks: Iterable[int]) -> dict[int, str]:
    """The words for those of these tasks that ended so. One query, none where there are no tasks."""
    keys = set(tasks)
    if not keys:
        return {}
    found = with_end(Task.objects.filter(pk__in=keys)).exclude(ended="").order_by()
    return {pk: str(WORDS[ended]) for pk, ended in found.values_list("pk", "ended")}


def word_of(task: Any, now: str = "") -> str:
    """The word for a task of `with_end` that stands so; empty where it goes on, or what was answered is to be told."""
    return str(WORDS.get(task.ended, "")) if now in {"", Standing.NO_DATA} else ""
