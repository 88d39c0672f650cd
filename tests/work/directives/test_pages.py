"""The pages of a document: who makes them, where they lie, and what happens when they are gone."""

from __future__ import annotations

import datetime as dt
import time

import msgspec
import pytest

import factories as make
import paper_files
from tiendo.work.directives import pages, storage
from tiendo.work.directives.actions import readings
from tiendo.work.directives.child_pages import PLACES, PRINT
from tiendo.work.directives.models import Document
from vanban import model
from vanban.source import office

pytestmark = pytest.mark.django_db
needs_office = [
    pytest.mark.office,
    pytest.mark.skipif(office.libreoffice() is None, reason="no LibreOffice here: run ops/system-packages"),
]
PLACE = model.Place(start=0, end=4, page=1, box=(0.1, 0.1, 0.2, 0.2))


def seen(form: str, **fields) -> model.Reading:
    return msgspec.structs.replace(make.machine(make.row("Việc", "Sở A")), format=form, **fields)


def folder(document: Document):
    return storage.pages(document.sha256, office=document.office_id)


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """The documents whose print was asked for."""
    from tiendo.work.directives import jobs

    found: list[int] = []

    class Asked:
        enqueue = staticmethod(found.append)

    monkeypatch.setattr(jobs, "lay_out_document", Asked)
    return found


def test_a_reading_of_paper_has_its_places(asked):
    reading = seen("pdf", places=(PLACE,))
    document = make.read(reading)
    assert pages.places_of(document, reading) == (PLACE,)
    assert not pages.ask(document, reading, at=make.NOW)
    assert asked == []


def test_a_word_document_is_asked_for_when_it_is_read(asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = make.read(seen("docx"))
    assert asked == [document.pk]


def test_it_is_asked_for_again_only_after_a_while(asked):
    document = make.read(seen("docx"))
    for minutes in (0, 1, 9, 11):
        assert pages.ask(document, seen("docx"), at=make.NOW + dt.timedelta(minutes=minutes))
    assert asked == [document.pk] * 2


def test_text_is_never_asked_for(asked):
    document = make.read(seen("text"))
    assert not pages.ask(document, seen("text"), at=make.NOW)
    assert pages.places_of(document, seen("text")) == ()
    assert pages.picture(document, seen("text"), 1) is None
    assert asked == []


@pytest.mark.parametrize("content", [b"not json", b'[{"start": 1}]'])
def test_broken_places_are_none(content):
    document = make.read(seen("docx"))
    folder(document).mkdir(parents=True)
    (folder(document) / PLACES).write_bytes(content)
    assert pages.places_of(document, seen("docx")) == ()


def test_what_cannot_be_printed_is_not_tried_for_ever(asked, monkeypatch):
    monkeypatch.setattr(pages, "_run", lambda *_, **__: None)
    document = make.read(seen("docx"))
    storage.release(document.sha256, office=document.office_id)
    pages.lay_out(document)
    assert pages.places_of(document, seen("docx")) == ()
    assert not pages.ask(document, seen("docx"), at=make.NOW)
    assert asked == []


def test_a_child_that_hangs_is_ended(monkeypatch, tmp_path):
    hanging = tmp_path / "python"
    hanging.write_text("#!/bin/sh\nsleep 60\n")
    hanging.chmod(0o700)
    monkeypatch.setattr(pages.sys, "executable", str(hanging))
    began = time.monotonic()
    pages._run("picture", seconds=1)
    assert time.monotonic() - began < 20


def test_wiping_a_document_wipes_its_pages():
    document = make.read(seen("docx"))
    folder(document).mkdir(parents=True)
    (folder(document) / "1.webp").write_bytes(b"x")
    storage.wipe(document.sha256, office=document.office_id)
    assert not folder(document).exists()


class TestReal:
    """Through the child and LibreOffice."""

    pytestmark = needs_office

    @pytest.fixture
    def document(self) -> Document:
        received = make.document(content=paper_files.plan(), filename="ke-hoach.docx")
        read = readings.make(document_id=received.pk, at=make.NOW)
        assert read is not None
        assert read.duties.count() == 2
        return read

    def test_printed_once_and_pictured(self, document):
        from tiendo.work.directives.jobs import lay_out_document

        lay_out_document.func(document.pk)
        reading = pages.reading_of(document)
        said = [reading.text[place.start : place.end] for place in pages.places_of(document, reading)]
        assert "Sở Y tế" in said
        first = (folder(document) / PRINT).stat().st_mtime_ns
        pages.lay_out(document)
        assert (folder(document) / PRINT).stat().st_mtime_ns == first
        picture = pages.picture(document, reading, 1)
        assert picture is not None
        assert picture.read_bytes()[8:12] == b"WEBP"
        assert pages.picture(document, reading, 2) is None

    def test_a_job_for_a_document_that_is_gone_does_nothing(self):
        from tiendo.work.directives.jobs import lay_out_document

        lay_out_document.func(999)


@pytest.mark.office
@pytest.mark.skipif(office.libreoffice() is None, reason="no LibreOffice here: run ops/system-packages")
def test_a_pdf_is_pictured_from_its_own_bytes():
    received = make.document(content=paper_files.printed(), filename="ke-hoach.pdf")
    document = readings.make(document_id=received.pk, at=make.NOW)
    reading = pages.reading_of(document)
    assert reading.format == "pdf"
    assert pages.picture(document, reading, 1) is not None


def test_children_unpack_in_the_data_folder_and_what_dead_ones_left_is_removed(settings):
    from tiendo.work.directives import child

    folder = storage.scratch()
    assert child.environment()["TMPDIR"] == str(folder)
    assert folder.parent == settings.DATA
    assert folder.stat().st_mode & 0o077 == 0
    (folder / "vanban-dead").mkdir()
    assert storage.sweep_scratch(before=time.time() - 60) == 0
    assert storage.sweep_scratch(before=time.time() + 60) == 1
    assert list(folder.iterdir()) == []
