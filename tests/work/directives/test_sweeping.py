"""A document whose reader died is taken up; one that is in somebody's hands is left alone."""

import sqlite3
from contextlib import closing

import pytest
from django_ox.models import OxTask

import factories as make
from tiendo.config import worker
from tiendo.foundation.audit.models import Event
from tiendo.work.directives.actions import documents, sweeping
from tiendo.work.directives.claims import claimed, is_claimed
from tiendo.work.directives.jobs import read_document
from tiendo.work.directives.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(office):
    """As a shell leaves it that was killed while it read: no job."""
    received = documents.receive(
        office=office.body, filename="a.txt", chunks=[b"KE HOACH"], by=office.clerk, at=make.NOW, queue=False
    )
    Document.objects.update(stage="outline", attempts=1)
    return received.document


def sweep(**more):
    return sweeping.take_up(**{"queued": (), "at": make.NOW + 2 * sweeping.AFTER, **more})


def test_it_is_queued(left, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep() == 1
    assert OxTask.objects.get().args == [left.pk]
    event = Event.objects.latest("sequence")
    assert (event.actor, event.verb) == ("job:sweep", "directives.document.queued_again")


def test_not_what_has_a_job(left):
    assert sweep(queued={left.pk}) == 0


def test_not_what_just_came(left):
    assert sweep(at=make.NOW) == 0


def test_not_what_somebody_reads_this_moment(left):
    with claimed(left):
        assert is_claimed(left)
        assert sweep() == 0
    assert not is_claimed(left)
    assert sweep() == 1


def test_not_what_was_read(left):
    Document.objects.update(state=Document.State.FAILED)
    assert sweep() == 0


def test_a_file_that_is_lost_is_nobodys_and_is_queued_to_be_told(left, settings):
    from tiendo.work.directives import storage

    storage.find(left.sha256, office=left.office_id).unlink()
    with claimed(left):
        assert sweep() == 1


def test_the_house_looks_round_and_queues_nothing_twice(left, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert (worker.look_round(), worker.look_round()) == (1, 0)
    assert OxTask.objects.filter(task_path=read_document.module_path).count() == 1


def test_it_looks_again_whatever_went_wrong(monkeypatch):
    looks = []

    def look():
        looks.append(1)
        raise ValueError

    class EnoughError(Exception):
        pass

    def sleep(_seconds):
        if len(looks) == 2:
            raise EnoughError

    monkeypatch.setattr(worker, "look_round", look)
    monkeypatch.setattr(worker.time, "sleep", sleep)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    with pytest.raises(EnoughError):
        worker._watch()
    assert len(looks) == 2


def test_the_journal_forgets_what_was_forgotten(settings):
    worker.empty_journal()
    assert not settings.DATA.exists()
    settings.DATA.mkdir()
    path = settings.DATA / "tiendo.sqlite3"
    with closing(sqlite3.connect(path)) as serving:
        serving.execute("PRAGMA journal_mode=WAL")
        serving.execute("CREATE TABLE t (name)")
        serving.execute("INSERT INTO t VALUES ('mat.docx')")
        serving.commit()
        journal = path.with_name("tiendo.sqlite3-wal")
        assert b"mat.docx" in journal.read_bytes()
        worker.empty_journal()
        assert journal.read_bytes() == b""
