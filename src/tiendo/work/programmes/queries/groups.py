"""Phrases on tasks ("các huyện ủy, thành ủy"): whom they charged, and whom the office's rule means by now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tiendo.foundation.organisations.ancestry import IN_FORCE
from tiendo.foundation.organisations.grouping import group_of, members
from tiendo.foundation.organisations.models import Group, Heir, Organisation, Succession
from tiendo.foundation.organisations.rules.phrases import meant
from tiendo.work.programmes.models import Assignment, Passage, Task


@dataclass(frozen=True, slots=True)
class Holder:
    """A lawful holder that the rule does not mean: it took over the work of `before`, or was called so itself."""

    organisation: Organisation
    before: str
    renamed: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A phrase's bodies: those of its rule that are to be charged, those charged, and charged ones beside the rule."""

    members: list[Organisation] = field(default_factory=list)
    new: list[Organisation] = field(default_factory=list)
    kept: list[Organisation] = field(default_factory=list)
    heirs: list[Holder] = field(default_factory=list)
    gone: list[Organisation] = field(default_factory=list)
    """Charged, and neither meant nor anybody's heir."""

    @property
    def changed(self) -> bool:
        """Whether somebody has to look: the lawful holders are none of it."""
        return bool(self.new or self.gone)


def beside(phrase: Assignment) -> list[Assignment]:
    """The charges that were made by a phrase, or went on from those, as they stand now."""
    rows = Assignment.objects.on(None).filter(
        task=phrase.task_id, role=phrase.role, party_text=phrase.party_text, organisation__isnull=False
    )
    return list(rows.select_related("organisation"))


def count_beside(rows: Sequence[Assignment]) -> None:
    """Each phrase among the rows of one task gets how many bodies it charged (`charged`)."""
    for row in rows:
        if row.group:
            alike = (one for one in rows if one.organisation_id and one.party_text == row.party_text)
            row.charged = sum(one.role == row.role for one in alike)  # type: ignore[attr-defined]


def compare(phrase: Assignment, rule: Group | None, today: date) -> Compared:
    """The rule, resolved today, against whom the phrase charged. Eight queries at most."""
    there = beside(phrase)
    found = members(rule, today) if rule else []
    means = {body.pk for body in found}
    others = [row for row in there if row.organisation_id not in means] if rule else []
    instead = _took_over(phrase)
    given = {before for befores in instead.values() for before, _name in befores}
    renamed = _renamed(row.organisation_id or 0 for row in others if row.pk not in instead) if others else {}
    heirs, gone = [], []
    for row in others:
        assert row.organisation is not None
        names = [name for _before, name in instead.get(row.pk, [])] or renamed.get(row.organisation.pk, [])
        if names:
            before = "; ".join(dict.fromkeys(names))
            heirs.append(Holder(row.organisation, before, renamed=row.pk not in instead))
        else:
            gone.append(row.organisation)
    charged = {row.organisation_id for row in there}
    return Compared(
        members=found,
        new=[body for body in found if body.pk not in charged and body.pk not in given],
        kept=[body for body in found if body.pk in charged],
        heirs=heirs,
        gone=gone,
    )


def changed_groups(task: Task, rows: Sequence[Assignment], today: date) -> set[int]:
    """Of the rows of a task the phrases that charged bodies, and whose rule means others by now."""
    charging = [
        row for row in rows if row.group and row.role == Assignment.Role.LEAD and getattr(row, "charged", 0) > 0
    ]
    rules = {row.pk: group_of(task.programme.office, row.party_text) for row in charging}
    return {row.pk for row in charging if rules[row.pk] and compare(row, rules[row.pk], today).changed}


def _took_over(phrase: Assignment) -> dict[int, list[tuple[int, str]]]:
    """Charge → [(id, name)] of the bodies whose part of the phrase it took over."""
    lines = Passage.objects.filter(
        before__task=phrase.task_id, before__role=phrase.role, before__party_text=phrase.party_text
    )
    found: dict[int, list[tuple[int, str]]] = {}
    rows = lines.filter(before__organisation__isnull=False).order_by("pk")
    for after, body, name in rows.values_list("after", "before__organisation", "before__organisation__name"):
        found.setdefault(after, []).append((body, name))
    return found


def _renamed(bodies: Iterable[int]) -> dict[int, list[str]]:
    """Body → how it was called before, where it was renamed since."""
    lines = Heir.objects.filter(IN_FORCE, before__in=list(bodies), succession__kind=Succession.Kind.RENAME)
    found: dict[int, list[str]] = {}
    for line in lines.select_related("succession").order_by("succession__on", "pk"):
        found.setdefault(line.before_id, []).append(line.succession.former_name)
    return found


def proposed(office: Organisation, phrase: str) -> Group | None:
    """An unsaved rule for what the known words of a phrase say; None when none is known."""
    said = meant(phrase)
    if said is None:
        return None
    return Group(office=office, phrase=phrase, kinds=list(said.kinds), named="; ".join(said.named))
