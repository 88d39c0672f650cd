"""Readings: kept once however often the job runs; what cannot be read stays; what is classified goes."""

from __future__ import annotations

import msgspec
import pytest
from django_ox.testing import run_tasks

import factories as make
import snapshots
from factories.readings import encoded
from tiendo.foundation.audit.models import Event
from tiendo.work.directives import child, queries, storage
from tiendo.work.directives.actions import documents, readings
from tiendo.work.directives.child import Outcome
from tiendo.work.directives.jobs import read_document
from tiendo.work.directives.models import Document, Duty, Reading
from vanban import model
from worlds import Office

pytestmark = pytest.mark.django_db
State = Document.State
SECRET = "Văn bản có dấu chỉ độ mật."


@pytest.fixture
def document(office: Office) -> Document:
    return make.document(office=office.body, by=office.clerk, content=b"noi dung", filename="ten-tep.txt")


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="directives.document.").values_list("verb", flat=True))


def say(monkeypatch, outcome: Outcome, stages=()) -> list[dict[str, object]]:
    """Have the child answer this; returns what it was asked."""
    asked = []

    def read(path, *, name, seconds, megabytes, progress):
        asked.append({"bytes": path.read_bytes(), "name": name, "seconds": seconds, "megabytes": megabytes})
        for stage in stages:
            progress(stage)
        return outcome

    monkeypatch.setattr(child, "read", read)
    return asked


def test_a_reading_lays_out_its_duties_as_rows(document, committed):
    duty = make.row(
        "Việc một",
        "Sở A",
        groups=["các cơ quan liên quan"],
        coordinators=["Sở B"],
        number="1.1",
        deadline=make.within(make.days(0), make.days(30)),
        product="Kế hoạch",
        restricted="tôn giáo",
    )
    seen = make.machine(duty, make.row("Việc hai", origin="prose", deadline=make.continuous("quarter")))
    with committed():
        readings.record(document=document, content=msgspec.json.encode(seen), at=make.NOW)
    document.refresh_from_db()
    assert (document.state, document.stage) == (State.READ, "recorded")
    assert (document.kind, document.symbol, document.issuer) == ("Chương trình", "12-CTr/TU", "Tỉnh ủy")
    assert (document.title, document.issued_on) == (seen.heading.title, seen.heading.date)
    one, two = document.duties.all()
    assert (one.position, one.indexes, one.number, one.content, one.origin) == (1, [0], "1.1", "Việc một", "table")
    assert one.leads == [{"name": "Sở A", "group": False}, {"name": "các cơ quan liên quan", "group": True}]
    assert one.coordinators == [{"name": "Sở B", "group": False}]
    assert (one.deadline_kind, one.deadline_start, one.deadline_end) == ("period", make.days(0), make.days(30))
    assert (one.restricted, one.restricted_rule, one.product) == (True, "tôn giáo", "Kế hoạch")
    assert (two.origin, two.deadline_kind, two.deadline_every, two.restricted) == (
        "prose",
        "recurring",
        "quarter",
        False,
    )
    assert {row.state for row in (one, two)} == {Duty.State.PROPOSED}
    kept = document.readings.get()
    assert (kept.schema, kept.reader, kept.made_at) == (model.SCHEMA, "test-1", make.NOW)
    assert queries.reading_of(document) == seen


def test_after_its_reading_the_file_leaves_quarantine(document, committed):
    with committed():
        readings.record(document=document, content=encoded(), at=make.NOW)
    assert list(snapshots.files()) == [f"files/{document.office_id}/{document.sha256[:2]}/{document.sha256}"]


def test_recorded_twice_it_is_recorded_once(document):
    readings.record(document=document, content=encoded(), at=make.NOW)
    before = snapshots.rows()
    readings.record(document=document, content=encoded(), at=make.NOW)
    newer = msgspec.json.encode(make.machine(make.row("Khác"), reader="test-2"))
    assert readings.record(document=document, content=newer, at=make.NOW).state == State.READ
    assert snapshots.rows() == before


def test_the_event_of_reading_tells_what_was_read(document):
    readings.record(document=document, content=encoded(), at=make.NOW)
    event = Event.objects.get(verb="directives.document.read")
    assert (event.actor, event.office) == ("job:read", document.office.path)
    assert event.data == {"sha256": document.sha256, "size": 8, "reader": "test-1", "duties": 1, "doubts": 0}


def test_an_overlong_heading_fits(document):
    seen = make.machine(symbol="S" * 100, kind="K" * 100)
    readings.record(document=document, content=msgspec.json.encode(seen), at=make.NOW)
    document.refresh_from_db()
    assert (document.symbol, document.kind) == ("S" * 80, "K" * 60)


def test_what_is_not_a_reading_changes_nothing(document):
    before = snapshots.rows()
    with pytest.raises(msgspec.DecodeError):
        readings.record(document=document, content=b'{"reader": ', at=make.NOW)
    assert snapshots.rows() == before


def test_the_child_reads_the_stored_bytes_within_the_limits(document, monkeypatch, settings):
    settings.READING_SECONDS, settings.READING_MEMORY_MB = 7, 333
    asked = say(monkeypatch, Outcome(reading=encoded()))
    done = readings.make(document_id=document.pk, at=make.NOW)
    assert asked == [{"bytes": b"noi dung", "name": "ten-tep.txt", "seconds": 7, "megabytes": 333}]
    assert (done.state, done.attempts) == (State.READ, 1)


def test_stages_are_seen_while_it_reads(document, monkeypatch):
    seen = []

    def read(_path, *, progress, **_limits):
        for stage in ("open", "outline", "duties"):
            progress(stage)
            seen.append(Document.objects.get(pk=document.pk).stage)
        return Outcome(reading=encoded())

    monkeypatch.setattr(child, "read", read)
    readings.make(document_id=document.pk, at=make.NOW)
    assert seen == ["open", "outline", "duties"]


def test_a_document_is_read_once_however_often_the_job_runs(document, monkeypatch):
    asked = say(monkeypatch, Outcome(reading=encoded()))
    for _ in range(3):
        readings.make(document_id=document.pk, at=make.NOW)
    assert len(asked) == 1
    assert Reading.objects.count() == Duty.objects.count() == 1
    assert verbs() == ["directives.document.received", "directives.document.read"]


def test_there_is_nothing_to_read_in_a_document_that_is_not(db):
    assert readings.make(document_id=404, at=make.NOW) is None


@pytest.mark.parametrize("code", ["unreadable", "locked", "too_large", "timeout", "crashed", "memory"])
def test_what_cannot_be_read_keeps_its_original_and_can_be_read_again(
    document, office: Office, monkeypatch, committed, code
):
    say(monkeypatch, Outcome(code=code, message="Vì sao."))
    failed = readings.make(document_id=document.pk, at=make.NOW)
    assert (failed.state, failed.failure, failed.failure_message) == (State.FAILED, code, "Vì sao.")
    assert storage.find(document.sha256, office=document.office_id).read_bytes() == b"noi dung"
    assert verbs()[-1] == "directives.document.not_read"
    documents.read_again(document=failed, by=office.clerk, at=make.NOW)
    say(monkeypatch, Outcome(reading=encoded()))
    with committed():
        again = readings.make(document_id=document.pk, at=make.NOW)
    assert (again.state, again.attempts, again.failure) == (State.READ, 1, "")
    assert storage.find(document.sha256, office=document.office_id).read_bytes() == b"noi dung"


def test_a_lost_original_is_told(document):
    storage.wipe(document.sha256, office=document.office_id)
    failed = readings.make(document_id=document.pk, at=make.NOW)
    assert (failed.state, failed.failure) == (State.FAILED, "lost")
    assert "gửi lại" in failed.failure_message


def test_what_is_classified_is_wiped_and_forgotten(document, monkeypatch):
    name, digest = document.filename, document.sha256
    path = storage.find(digest, office=document.office_id)
    say(monkeypatch, Outcome(code="classified", message=SECRET))
    refused = readings.make(document_id=document.pk, at=make.NOW)
    refused.refresh_from_db()
    assert (refused.state, refused.failure, refused.failure_message) == (State.REFUSED, "classified", SECRET)
    assert (refused.sha256, refused.filename, refused.size, refused.search_text) == ("", "", 0, "")
    assert not path.exists()
    assert snapshots.files() == {}
    assert verbs()[-1] == "directives.document.refused"
    everything = str(snapshots.rows())
    assert name not in everything
    assert digest not in everything


def test_the_bytes_are_overwritten_before_they_are_removed(document, tmp_path):
    path = storage.find(document.sha256, office=document.office_id)
    twin = tmp_path / "twin"
    twin.hardlink_to(path)
    readings.refuse(document=document, message=SECRET, at=make.NOW)
    assert twin.read_bytes() == b"\0" * 8


def test_two_refused_documents_do_not_collide(office: Office):
    for content in (b"mot", b"hai"):
        document = make.document(office=office.body, by=office.clerk, content=content)
        readings.refuse(document=document, message=SECRET, at=make.NOW)
    assert Document.objects.filter(state=State.REFUSED, sha256="").count() == 2


def test_the_same_classified_file_is_refused_again(office: Office):
    for _ in range(2):
        document = make.document(office=office.body, by=office.clerk, content=b"mat")
        readings.refuse(document=document, message=SECRET, at=make.NOW)
    assert Document.objects.count() == 2
    assert snapshots.files() == {}


def test_a_failed_event_leaves_the_document_waiting(document, monkeypatch):
    from tiendo.foundation.audit.actions import events

    def broken(**_facts):
        raise OSError("disk full")

    monkeypatch.setattr(events, "record", broken)
    before = snapshots.rows()
    for act in (
        lambda: readings.record(document=document, content=encoded(), at=make.NOW),
        lambda: readings.fail(document=document, code="x", message="x", at=make.NOW),
    ):
        with pytest.raises(OSError, match="disk full"):
            act()
        assert snapshots.rows() == before
        document.refresh_from_db()


def test_the_job_takes_an_id_and_reads(document, monkeypatch):
    say(monkeypatch, Outcome(reading=encoded()))
    run_tasks()
    document.refresh_from_db()
    assert document.state == State.READ
    assert read_document.module_path == "tiendo.work.directives.jobs.read_document"


def test_two_jobs_for_one_document_read_it_once(document, monkeypatch):
    asked = say(monkeypatch, Outcome(reading=encoded()))
    read_document.enqueue(document.pk)
    run_tasks()
    assert len(asked) == 1


def test_a_document_under_which_the_process_dies_again_and_again_is_said_to_have_failed(office):
    document = make.document(office=office.body, by=office.clerk)
    Document.objects.filter(pk=document.pk).update(attempts=readings.ATTEMPTS)
    failed = readings.make(document_id=document.pk, at=make.NOW)
    assert (failed.state, failed.failure) == ("failed", "crashed")
    documents.read_again(document=failed, by=office.clerk, at=make.NOW)
    document.refresh_from_db()
    assert (document.state, document.attempts) == ("quarantined", 0)


def test_a_late_run_does_not_undo_what_was_read(office):
    """Jobs run at least once: the second run must not turn an approved document into a failed one."""
    document = make.approved(office=office.body)
    readings.fail(document=Document(pk=document.pk), code="crashed", message="x", at=make.NOW)
    readings.refuse(document=document, message="x", at=make.NOW)
    document.refresh_from_db()
    assert (document.state, document.failure) == (Document.State.APPROVED, "")
    assert document.sha256


def test_a_wipe_that_was_broken_off_is_finished(office, monkeypatch):
    document = make.document(office=office.body)

    def broken(*_args, **_more):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(readings.storage, "wipe", broken)
        with pytest.raises(OSError):
            readings.refuse(document=document, message="Mật", at=make.NOW)
    document.refresh_from_db()
    assert (document.state, document.filename) == (Document.State.REFUSED, "")
    path = storage.find(document.sha256, office=document.office_id)
    assert path is not None
    assert readings.make(document_id=document.pk, at=make.NOW) is None
    document.refresh_from_db()
    assert (document.sha256, path.exists()) == ("", False)
    assert readings.finish_refusals() == 0
