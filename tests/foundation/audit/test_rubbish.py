"""What somebody wrote into the audit's tables past the system; and the door that an event came through."""

import pytest
from django.db import connection

import factories as make
from tampering import tampering
from tiendo.foundation.audit import queries
from tiendo.foundation.audit.door import through
from tiendo.foundation.audit.models import Event, Head

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "rubbish",
    [
        "at = 'rubbish'",
        "at = 5",
        "at = x'00'",
        "data = '5'",
        "actor = x'ff'",
        "actor = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_value_that_no_event_can_have_is_a_change_like_any_other(rubbish):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps any kind of value in any column")
    for n in range(3):
        make.event(n=n)
    with tampering(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_event SET {rubbish} WHERE sequence = 2")
    assert queries.verify() == queries.Break(2, "changed")


def test_troubles_of_the_database_are_no_tampering(monkeypatch):
    from django.db import OperationalError

    def broken(*_args, **_named):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("django.db.models.QuerySet.iterator", broken)
    with pytest.raises(OperationalError):
        queries.verify()


@pytest.mark.parametrize("head", ["gone", "set back"])
def test_an_audit_that_was_emptied_is_missed_where_the_house_is_lived_in(head):
    make.event()
    with tampering():
        Event.objects.all()._raw_delete("default")
    if head == "gone":
        Head.objects.all().delete()
    else:
        Head.objects.update(sequence=0, digest="")
    assert queries.verify() is None
    assert queries.verify(begun=True) == queries.Break(1, "emptied")


def test_an_event_says_through_which_door_it_came():
    with through("shell"):
        inside = make.event(n=1)
    assert inside.data == {"n": 1, "via": "shell"}
    assert make.event(n=1).data == {"n": 1}
    assert queries.verify() is None
