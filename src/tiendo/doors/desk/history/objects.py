"""What an event speaks of, for whoever reads the audit: a name they may know, and a link where they may open it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives import queries as directives
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models import Programme, Report, Task
from tiendo.work.programmes.queries import work

Named = dict[str, str]
"""{label, url}; url may be empty."""

MOST_ROWS = 5
"""So many rows of a document one sentence names."""
UNSEEN = {
    "directives.document": lambda: gettext("văn bản ngoài phạm vi được xem"),
    "programmes.programme": lambda: gettext("chương trình ngoài phạm vi được xem"),
    "programmes.task": lambda: gettext("nhiệm vụ ngoài phạm vi được xem"),
    "programmes.report": lambda: gettext("báo cáo ngoài phạm vi được xem"),
}


VISIBLE: dict[str, Callable[[Rights], Any]] = {
    "directives.document": directives.visible_to,
    "programmes.programme": work.visible_to,
    "programmes.task": work.tasks_visible_to,
    "programmes.report": lambda rights: work.reports_visible_to(rights).select_related("programme", "organisation"),
    "organisations.organisation": lambda _rights: Organisation.objects.all(),
    "organisations.succession": lambda _rights: Succession.objects.prefetch_related("heirs__before"),
}


class Objects:
    """The things that some events speak of, read at once: one query for each kind that occurs."""

    def __init__(self, events: Iterable[Event], rights: Rights, people: Mapping[int, User]) -> None:
        self._rights, self._people = rights, people
        wanted: dict[str, set[int]] = {}
        for event in events:
            noun, _, pk = event.subject.partition(":")
            if pk.isdecimal():
                wanted.setdefault(noun, set()).add(int(pk))
            wanted.setdefault("row", set()).update(_rows(event))
            wanted.setdefault("organisations.organisation", set()).update(_bodies(event))
        self._found: dict[str, dict[int, Any]] = {
            noun: _in_bulk(visible(rights), wanted[noun]) if wanted.get(noun) else {}
            for noun, visible in VISIBLE.items()
        }
        self.documents: dict[int, Document] = self._found["directives.document"]
        self.duties: dict[int, Duty] = _in_bulk(Duty.objects.filter(document__in=self.documents), wanted.get("row"))

    def of(self, event: Event) -> list[Named]:
        """From the smallest to the largest: rows, document; or task, body; or whatever the event is about."""
        noun, _, pk = event.subject.partition(":")
        key = int(pk) if pk.isdecimal() else 0
        held = self._found["organisations.organisation"]
        rows = self._some([self.duties[row] for row in _rows(event) if row in self.duties])
        bodies = [_body(held[body]) for body in _bodies(event) if body in held]
        if noun == "accounts.user" and event.actor == f"user:{key}":
            return []  # who did it stands there already
        return [*rows, *self._whole(noun, key, event.data), *bodies]

    def sees(self, event: Event) -> bool:
        """May this reader open what the event is about?"""
        noun, _, pk = event.subject.partition(":")
        return pk.isdecimal() and int(pk) in self._found.get(noun, {})

    def _whole(self, noun: str, pk: int, data: Mapping[str, Any]) -> list[Named]:
        if noun == "accounts.user":
            return [self._person(pk)]
        if noun == "organisations.post":
            role = role_names().get(str(data.get("role")), "")
            people = [self._person(int(data[key])) for key in ("user", "deputy") if data.get(key)]
            return [{"label": role, "url": ""}, *people]
        found = self._found.get(noun, {}).get(pk)
        if found is None:
            return [{"label": UNSEEN[noun](), "url": ""}] if noun in UNSEEN else []
        return NAMES[noun](found)

    def _some(self, duties: list[Duty]) -> list[Named]:
        """Each by its number; of many the first, and how many others."""
        shown = [self._row(duty) for duty in duties[:MOST_ROWS]]
        if others := len(duties) - len(shown):
            shown.append({"label": gettext("%(n)s dòng khác") % {"n": others}, "url": ""})
        return shown

    def _row(self, duty: Duty) -> Named:
        document = self.documents[duty.document_id]
        label = gettext("dòng %(number)s") % {"number": duty.number or format(duty.position.normalize(), "f")}
        works = self._rights.may(Permission.WORK_ROWS, document.office)
        page = "desk:confirm" if works and duty.state != Duty.State.REPLACED else ""
        return {"label": label, "url": f"{reverse(page, args=[document.pk])}?row={duty.pk}#row" if page else ""}

    def _person(self, pk: int) -> Named:
        found = self._people.get(pk)
        if found is None:
            return {"label": gettext("tên không có trong hệ thống"), "url": ""}
        keeps = self._rights.may(Permission.MANAGE_ACCOUNTS)
        return {"label": found.full_name, "url": reverse("desk:account", args=[pk]) if keeps else ""}


def _body(body: Organisation) -> Named:
    return {"label": body.label, "url": reverse("desk:body", args=[body.pk])}


def _document(document: Document) -> list[Named]:
    return [{"label": str(document), "url": reverse("desk:document", args=[document.pk])}]


def _programme(programme: Programme) -> list[Named]:
    return [{"label": str(programme), "url": reverse("desk:programme", args=[programme.pk])}]


def _task(task: Task) -> list[Named]:
    """By its number alone: what a restricted task is about stays out."""
    label = gettext("nhiệm vụ %(number)s") % {"number": task.number or task.position}
    return [{"label": label, "url": reverse("desk:task", args=[task.pk])}, *_programme(task.programme)]


def _report(report: Report) -> list[Named]:
    label = gettext("báo cáo của %(body)s") % {"body": report.organisation.label}
    return [{"label": label, "url": reverse("desk:report", args=[report.pk])}, *_programme(report.programme)]


def _succession(succession: Succession) -> list[Named]:
    """Its kind, and the bodies that it is about."""
    bodies = {line.before_id: line.before for line in succession.heirs.all()}
    return [{"label": succession.get_kind_display(), "url": ""}, *(_body(body) for body in bodies.values())]


NAMES: dict[str, Callable[[Any], list[Named]]] = {
    "directives.document": _document,
    "programmes.programme": _programme,
    "programmes.task": _task,
    "programmes.report": _report,
    "organisations.organisation": lambda body: [_body(body)],
    "organisations.succession": _succession,
}


def people_of(event: Event) -> set[int]:
    """The accounts that an event names by number: who did it, and to whom."""
    found = {event.actor.removeprefix("user:"), event.subject.removeprefix("accounts.user:")}
    if event.subject.startswith("organisations.post:"):
        found |= {str(event.data.get("user", "")), str(event.data.get("deputy", ""))}
    return {int(pk) for pk in found if pk.isdecimal()}


def _rows(event: Event) -> list[int]:
    """Rows of a document: the one at hand, or those that were joined, split or taken back."""
    if not event.subject.startswith("directives.document:"):
        return []
    said = [event.data.get("row"), *_list(event.data.get("rows")), *_list(event.data.get("into"))]
    return list(dict.fromkeys(pk for pk in said if isinstance(pk, int)))


def _bodies(event: Event) -> list[int]:
    """The body that a task was given to, or that confirms it; the body of a post."""
    if event.subject.startswith("organisations.post:"):
        body = event.office.strip("/").rpartition("/")[2]
        return [int(body)] if body.isdecimal() else []
    if not event.subject.startswith("programmes."):
        return []
    said = [event.data.get("organisation"), event.data.get("confirming")]
    return [pk for pk in said if isinstance(pk, int)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _in_bulk(rows: Any, wanted: set[int] | None) -> dict[int, Any]:
    return {row.pk: row for row in rows.filter(pk__in=wanted)} if wanted else {}
