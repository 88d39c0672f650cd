"""The desk by Django's test client: a fixed moment, and people who are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

import factories as make
from doors.desk.world import World, open_programme, waiting_document
from tiendo.doors.desk.session import gate
from tiendo.foundation.accounts.models import User
from tiendo.work.directives.models import Document
from worlds import Office


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    """Pages act at the tests' own moment."""
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def enter() -> Callable[..., Client]:
    """`enter(user)` is a client in which that user is signed in."""

    def entered(user: User, **options: object) -> Client:
        client = Client(**options)
        client.force_login(user)
        session = client.session
        session[gate.SEEN] = make.NOW.timestamp()
        session.save()
        return client

    return entered


@pytest.fixture
def document(office: Office) -> Document:
    return waiting_document(office)


@pytest.fixture
def world(office: Office) -> World:
    return open_programme(office)
