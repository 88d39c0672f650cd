"""Doing to the audit what its database refuses: the tests' only way past the triggers.

`with tampering():` lifts them, as somebody who owns the database can, and puts them back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from tiendo.foundation.audit.models import Event, Head
from tiendo.foundation.audit.rules import digest, seal

migration = import_module("tiendo.foundation.audit.migrations.0002_append_only")


def _execute(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def tampering() -> Iterator[None]:
    _execute(migration.UNTIE[connection.vendor])
    try:
        yield
    finally:
        _execute(migration.TIE[connection.vendor])


def let_flush_pass(patch: pytest.MonkeyPatch) -> None:
    """Tests that commit are emptied by Django's flush, which deletes from every table."""
    operations = type(connection.ops)
    flush = operations.sql_flush
    tie, untie = migration.TIE[connection.vendor], migration.UNTIE[connection.vendor]

    def untied(self: Any, style: object, tables: Sequence[str], **more: bool) -> list[str]:
        statements = flush(self, style, tables, **more)
        return [*untie, *statements, *tie] if "audit_event" in tables else statements

    patch.setattr(operations, "sql_flush", untied)


def _fitting(event: Event, previous: str, changes: Mapping[str, object]) -> dict[str, object]:
    """The event's columns as somebody would make them who knows how a digest is made."""
    names = ("sequence", "at", "actor", "verb", "subject", "office", "data")
    facts = {name: getattr(event, name) for name in names} | {"previous": previous} | dict(changes)
    return {**facts, "digest": digest(**facts)}


def written_anew(key: str | None, changes: Mapping[int, Mapping[str, object]], *, drop: Sequence[int] = ()) -> None:
    """The whole chain again with these changes (number → columns), without `drop`, every digest and the head fitting.

    Sealed by `key`; None: not at all; "keep": with the seals that were there.
    """
    rows = [event for event in Event.objects.order_by("sequence") if event.sequence not in drop]
    with tampering():
        Event.objects.all()._raw_delete("default")
        previous = ""
        for number, event in enumerate(rows, start=1):
            event.sequence, old = number, event.sequence
            facts = _fitting(event, previous, changes.get(old, {}))
            previous = str(facts["digest"])
            mark = event.seal if key == "keep" else key and seal(previous, key)
            Event.objects.create(**facts, seal=mark)
    Head.objects.filter(pk=1).update(sequence=len(rows), digest=previous)


def forge(**changes: object) -> None:
    """One more event at the end, as somebody would add it without the key."""
    last = Event.objects.order_by("-sequence")[0]
    last.sequence += 1
    facts = _fitting(last, last.digest, changes)
    Event.objects.create(**facts)
    Head.objects.filter(pk=1).update(sequence=last.sequence, digest=facts["digest"])


def cut(count: int) -> None:
    """The events after the first `count` gone, and the end moved to match."""
    with tampering():
        Event.objects.filter(sequence__gt=count)._raw_delete("default")
    last = Event.objects.order_by("sequence").last()
    Head.objects.filter(pk=1).update(sequence=last.sequence, digest=last.digest)
