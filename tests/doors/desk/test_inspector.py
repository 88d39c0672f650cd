"""Whoever looks after a province from a body of it walks every figure back, and changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client

import factories as make
from doors.desk.world import LATE, World, words
from snapshots import rows
from tiendo.foundation.accounts.models import User


@pytest.fixture(params=["inspector", "leader"])
def looking(request, office) -> User:
    return make.post(request.param, body=office.health, scope=office.root).user


@pytest.fixture
def client(looking: User, enter) -> Client:
    return enter(looking)


def test_every_figure_walks_back(office, world: World, client):
    report = world.sent(LATE)
    piece = report.answers.get().evidence.get()
    task = world.task(LATE)
    for path in (
        f"/van-ban/{world.programme.document_id}/",
        f"/van-ban/{world.programme.document_id}/doi-chieu/",
        world.board,
        f"{world.board}viec/?box=overdue",
        f"/nhiem-vu/{task.pk}/",
        f"/bao-cao/{report.pk}/",
    ):
        assert client.get(path).status_code == 200, path
    assert len(client.get(world.board).context["table"]["rows"]) == world.programme.tasks.count()
    assert piece.number in words(client.get(f"/bao-cao/{report.pk}/"))


def test_nothing_can_be_changed(office, world: World, document, client):
    report = world.sent(LATE)
    before = rows()
    row = document.duties.first()
    for path in (
        f"/van-ban/{document.pk}/dong/{row.pk}/",
        f"/van-ban/{document.pk}/dong/ca-bang/",
        f"/van-ban/{document.pk}/duyet/",
        f"/bao-cao/{report.pk}/y-kien/",
        f"/nhiem-vu/{world.task(LATE).pk}/mo-viec/",
    ):
        assert client.post(path, {"act": "confirm"}).status_code == 403, path
    assert rows() == before


def test_only_the_inspector_reads_the_audit_of_all_that_is_looked_after(office, world: World, enter):
    world.sent(LATE)
    inspector = make.post("inspector", body=office.health, scope=office.root).user
    done = {row["what"] for row in enter(inspector).get("/nhat-ky/").context["table"]["rows"]}
    assert {"mở chương trình", "gửi báo cáo"} <= done
    leader = make.post("leader", body=office.health, scope=office.root).user
    assert enter(leader).get("/nhat-ky/").status_code == 403


def test_the_own_body_alone_where_nothing_else_was_given(office, world: World, enter):
    narrow = enter(make.post("inspector", body=office.health).user)
    assert narrow.get(f"/van-ban/{world.programme.document_id}/").status_code == 404
    assert narrow.get(f"/nhiem-vu/{world.task(LATE).pk}/").status_code == 404
