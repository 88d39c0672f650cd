"""What is typed is kept by itself: the words, once, for whoever types; nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories as make
from doors.desk.world import PLAN, SECRET, STANDING, words
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.actions import presenting, reports
from tiendo.work.programmes.models import Answer, Evidence, Obstacle, Report

DOCUMENT = {"number": "31/BC-SKHCN", "issued_on": "1/3/2026", "level": "Tỉnh ủy"}


@pytest.fixture
def client(office, enter):
    return enter(office.who("head", office.science))


def typed(owed, *, version=1, act="auto", **fields):
    return {"version": version, "act": act, **{f"o{owed.pk}-{name}": value for name, value in fields.items()}}


def verbs() -> list[str]:
    return [verb for verb in Event.objects.order_by("sequence").values_list("verb", flat=True) if ".report." in verb]


def test_words_are_kept_documents_files_and_obstacles_are_not(client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    more = {"obstacle": "Thiếu vốn", "obstacle_level": "Tỉnh ủy", "file": file, **DOCUMENT}
    answer = client.post(there, typed(owed, text="Đang làm", percent="40", **more))
    assert answer.status_code == 200
    assert 'name="version" value="2"' in answer.content.decode()
    assert "Đã lưu lúc 09:30 02/03/2026" in words(answer)
    assert "<html" not in answer.content.decode()
    row = Report.objects.get().answers.get()
    assert (row.text, row.percent) == ("Đang làm", 40)
    assert not Evidence.objects.exists()
    assert not Obstacle.objects.exists()
    assert ">\nĐang làm</textarea>" in client.get(there).content.decode()


def test_half_a_document_is_no_hindrance(client, world):
    assert client.post(world.writing(PLAN), typed(world.owed(PLAN), text="Một", number="1")).status_code == 200
    assert Answer.objects.get().text == "Một"


def test_what_is_wrong_is_said_and_nothing_is_kept(client, world):
    answer = client.post(world.writing(PLAN), typed(world.owed(PLAN), text="Một", percent="nhiều"))
    assert answer.status_code == 422
    assert "Chưa tự lưu được" in words(answer)
    assert not Report.objects.exists()


def test_nothing_typed_makes_no_draft(client, world):
    assert client.post(world.writing(PLAN), typed(world.owed(PLAN), text="  ", number="1")).status_code == 200
    assert client.post(world.writing(SECRET), typed(world.owed(SECRET), number="1")).status_code == 200
    assert not Report.objects.exists()


def test_a_restricted_task_keeps_no_words(client, world):
    answer = client.post(world.writing(SECRET), typed(world.owed(SECRET), text="Nội dung"))
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_typing_on_is_one_event_and_the_same_words_are_none(client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    client.post(there, typed(owed, text="Đang"))
    client.post(there, typed(owed, version=2, text="Đang làm"))
    again = client.post(there, typed(owed, version=3, text="Đang làm"))
    assert 'name="version" value="3"' in again.content.decode()
    assert verbs() == ["programmes.report.drafted"]
    client.post(there, typed(owed, version=3, act="save", text="Đang làm"))
    assert verbs() == ["programmes.report.drafted", "programmes.report.saved"]


def test_after_a_while_or_by_another_hand_it_is_another_event(office, world):
    head, clerk, owed = office.who("head", office.science), office.who("clerk", office.science), world.owed(PLAN)
    report = reports.draft_once(obligation=owed, by=head, at=make.NOW)
    said = [{owed.pk: reports.Said(text=word)} for word in ("một", "hai", "ba")]
    save = lambda n, by, at: reports.save(report=report, answers=said[n], version=n + 1, by=by, at=at, typing=True)  # noqa: E731
    save(0, head, make.NOW)
    assert verbs() == ["programmes.report.drafted"]
    save(1, clerk, make.NOW)
    save(2, clerk, make.NOW + reports.TYPING + timedelta(seconds=1))
    assert verbs() == ["programmes.report.drafted", "programmes.report.saved", "programmes.report.saved"]


def test_what_was_put_before_the_signer_stays_there_until_words_change(office, world, enter):
    office.who("head", office.science)
    clerk, owed, there = office.who("clerk", office.science), world.owed(PLAN), world.writing(PLAN)
    client = enter(clerk)
    client.post(there, typed(owed, act="save", text="Xong.", **DOCUMENT))
    presenting.present(report=Report.objects.get(), by=clerk, at=make.NOW)
    version = Report.objects.get().version
    client.post(there, typed(owed, version=version, text="Xong."))
    assert Report.objects.get().presented_by == clerk
    client.post(there, typed(owed, version=version, text="Xong rồi."))
    assert Report.objects.get().presented_by is None


def test_of_two_windows_the_second_is_told(client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    client.post(there, typed(owed, text="Một"))
    late = client.post(there, typed(owed, text="Hai"))
    assert late.status_code == 422
    assert 'name="version" value="1"' in late.content.decode()
    assert Answer.objects.get().text == "Một"


def test_what_can_be_written_no_more_is_said(client, world):
    owed, there = world.owed(PLAN), world.writing(PLAN)
    client.post(there, typed(owed, act="submit", text="Xong.", **DOCUMENT))
    late = client.post(there, typed(owed, version=3, text="Khác"))
    assert late.status_code == 422
    assert "không còn soạn được" in words(late)
    assert Answer.objects.get().text == "Xong."


def test_a_period_keeps_each_row(client, world):
    owed, there = world.owed(STANDING), world.writing(STANDING)
    assert client.post(there, typed(owed, nothing_arose="on")).status_code == 200
    assert Answer.objects.get(obligation=owed).nothing_arose


def test_a_stranger_keeps_nothing(world, office, enter):
    stranger = enter(office.who("head", office.health))
    assert stranger.post(world.writing(PLAN), typed(world.owed(PLAN), text="Một")).status_code == 404
    assert not Report.objects.exists()
