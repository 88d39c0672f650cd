"""The gallery of components is for those who build, not for those who work."""

from __future__ import annotations

from django.test import Client

from doors.desk.world import words


def test_only_while_building(db, settings):
    assert Client().get("/thu-vien-giao-dien/").status_code == 404
    settings.DEBUG = True
    answer = Client().get("/thu-vien-giao-dien/")
    assert answer.status_code == 200
    assert "Hoàn thành đúng hạn" in words(answer)
