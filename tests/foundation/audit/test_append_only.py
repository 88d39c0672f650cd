"""The database refuses to change or delete an event, whoever asks and however."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

import factories as make
from tampering import tampering
from tiendo.foundation.audit import queries
from tiendo.foundation.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.filter(sequence=1).update(actor="user:9"),
        lambda: Event.objects.filter(sequence=1).delete(),
        lambda: Event.objects.all()._raw_delete("default"),
        lambda: Event.objects.bulk_update([Event(pk=Event.objects.get().pk, verb="x.y.undone")], ["verb"]),
        lambda: connection.cursor().execute("UPDATE audit_event SET data = '{}'"),
        lambda: connection.cursor().execute("DELETE FROM audit_event"),
        lambda: connection.cursor().execute("REPLACE INTO audit_event SELECT * FROM audit_event"),
    ],
    ids=["update", "delete", "raw delete", "bulk update", "sql update", "sql delete", "sql replace"],
)
def test_an_event_stays_as_it_is(change, request):
    if "replace" in request.node.name and connection.vendor != "sqlite":
        pytest.skip("only SQLite has REPLACE")
    kept = make.event(n=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()
    assert Event.objects.get() == kept
    assert queries.verify() is None


def test_events_are_still_added():
    make.event()
    make.event()
    assert queries.end()[0] == 2


def test_who_owns_the_database_is_found_out_by_the_chain():
    make.event()
    with tampering():
        Event.objects.update(actor="user:9")
    assert queries.verify() == queries.Break(1, "changed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(actor="shell:test")
