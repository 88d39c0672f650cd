"""The chain: appended, never changed, and every kind of tampering is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

import factories as make
from tampering import tampering
from tiendo.foundation.audit import queries
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.door import through
from tiendo.foundation.audit.errors import AuditIsAppendOnlyError
from tiendo.foundation.audit.models import Event, Head

pytestmark = pytest.mark.django_db


def test_an_event_keeps_what_it_was_told():
    kept = make.event("directives.document.received", "directives.document:7", size=3)
    kept.refresh_from_db()
    assert (kept.sequence, kept.actor, kept.verb, kept.subject) == (
        1,
        "shell:test",
        "directives.document.received",
        "directives.document:7",
    )
    assert (kept.at, kept.data, kept.previous) == (make.NOW, {"size": 3}, "")
    assert str(kept) == "1 directives.document.received directives.document:7"


def test_each_event_is_chained_to_the_one_before():
    first, second, third = (make.event(n=n) for n in range(3))
    assert [e.sequence for e in (first, second, third)] == [1, 2, 3]
    assert (second.previous, third.previous) == (first.digest, second.digest)
    head = Head.objects.get()
    assert (head.sequence, head.digest, str(head)) == (3, third.digest, "head 3")


def test_an_untouched_chain_holds():
    assert queries.verify() is None
    for n in range(5):
        make.event(text="Ủy ban nhân dân", n=n, nested={"b": [1, 2.5, None], "a": True})
    assert queries.verify() is None


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "user:9"},
        {"verb": "tests.thing.undone"},
        {"subject": "tests.thing:2"},
        {"office": "/1/"},
        {"at": make.NOW + timedelta(microseconds=1)},
        {"data": {"n": 99}},
        {"previous": "0" * 64},
        {"digest": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(change):
    for n in range(4):
        make.event(n=n)
    with tampering():
        Event.objects.filter(sequence=2).update(**change)
    assert queries.verify() == queries.Break(2, "changed")


def test_a_missing_event_is_found():
    for n in range(4):
        make.event(n=n)
    with tampering():
        Event.objects.filter(sequence=3)._raw_delete(using="default")
    assert queries.verify() == queries.Break(3, "missing")


def test_a_cut_tail_is_found():
    for n in range(4):
        make.event(n=n)
    with tampering():
        Event.objects.filter(sequence__gte=3)._raw_delete(using="default")
    assert queries.verify() == queries.Break(3, "cut")


def test_an_event_slipped_in_is_found():
    first = make.event()
    Event.objects.create(
        sequence=2,
        at=make.NOW,
        actor="user:1",
        verb="tests.thing.done",
        subject="x:1",
        previous=first.digest,
        digest="0" * 64,
    )
    assert queries.verify() == queries.Break(2, "changed")


def test_an_event_is_neither_changed_nor_deleted():
    kept = make.event()
    kept.verb = "tests.thing.undone"
    with pytest.raises(AuditIsAppendOnlyError):
        kept.save()
    with pytest.raises(AuditIsAppendOnlyError):
        kept.delete()
    assert queries.verify() is None
    assert Event.objects.get().verb == "tests.thing.done"


def test_an_act_that_fails_leaves_no_event():
    def act():
        with transaction.atomic():
            events.record(actor="user:1", verb="tests.thing.done", subject="tests.thing:1", at=make.NOW)
            raise ZeroDivisionError

    make.event()
    with pytest.raises(ZeroDivisionError):
        act()
    assert Event.objects.count() == 1
    make.event()
    assert queries.verify() is None


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_act():
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="transaction"):
        events.record_once(actor="job:x", verb="tests.day.done", subject="tests.day:1", at=make.NOW)
    with pytest.raises(RuntimeError, match="transaction"):
        events.record(actor="user:1", verb="tests.thing.done", subject="tests.thing:1", at=make.NOW)
    assert not Event.objects.exists()


def test_what_is_recorded_once_is_there_once():
    said = {"actor": "job:x", "verb": "tests.day.done", "at": make.NOW, "data": {"count": 1}}
    with transaction.atomic():
        told = [
            events.record_once(subject=subject, **said) for subject in ("tests.day:1", "tests.day:1", "tests.day:2")
        ]
        assert events.record_once(subject="tests.day:1", **said | {"verb": "tests.day.begun"})
    assert told == [True, False, True]
    assert Event.objects.count() == 3
    assert queries.verify() is None


def test_many_at_once_are_a_chain_like_one_by_one():
    make.event(n=0)
    said = [events.Said(f"tests.thing:{n}", f"/{n}/", {"n": n}) for n in range(3)]
    with transaction.atomic(), through("shell"):
        assert events.record_all(actor="job:test", verb="tests.thing.done", said=said, at=make.NOW) == 3
    make.event(n=4)
    assert [event.sequence for event in Event.objects.all()] == [1, 2, 3, 4, 5]
    kept = list(Event.objects.filter(verb="tests.thing.done", actor="job:test"))
    assert [(one.subject, one.office, one.data) for one in kept] == [
        (f"tests.thing:{n}", f"/{n}/", {"n": n, "via": "shell"}) for n in range(3)
    ]
    assert queries.verify() is None


def test_of_none_nothing_is_recorded():
    make.event()
    with transaction.atomic():
        assert events.record_all(actor="job:test", verb="tests.thing.done", said=[], at=make.NOW) == 0
    assert Event.objects.count() == 1
    assert queries.verify() is None


def test_as_many_statements_for_many_events_as_for_few(django_assert_num_queries):
    make.event()
    for count in (2, 40):
        said = [events.Said(f"tests.thing:{n}") for n in range(count)]
        with transaction.atomic(), django_assert_num_queries(3):
            events.record_all(actor="job:test", verb="tests.thing.done", said=said, at=make.NOW)


def test_events_about_subjects_come_oldest_first():
    first = make.event(subject="tests.thing:1")
    make.event(subject="tests.thing:10")
    third = make.event(subject="tests.other:1")
    assert list(queries.about(["tests.thing:1", "tests.other:1"])) == [first, third]
    assert list(queries.about([])) == []


def test_data_that_is_not_json_fails_the_act():
    with pytest.raises(TypeError), transaction.atomic():
        events.record(actor="a", verb="v", subject="s", at=make.NOW, data={"x": object()})
    assert not Event.objects.exists()


def test_in_the_affairs_of_a_body_and_all_below_it():
    for office in ("/1/", "/1/2/", "/1/2/3/", "/1/20/", "/1/2", "", "/10/2/"):
        with transaction.atomic():
            events.record(actor="a", verb="v", subject="s", at=make.NOW, office=office)
    found = lambda *paths: set(  # noqa: E731
        Event.objects.filter(queries.in_affairs_of(paths)).values_list("office", flat=True)
    )
    assert found("/1/2/") == {"/1/2/", "/1/2/3/"}
    assert found("/1/20/", "/1/2/3/") == {"/1/20/", "/1/2/3/"}
    assert found("/1/") == {"/1/", "/1/2/", "/1/2/3/", "/1/20/", "/1/2"}
    assert found() == set()
