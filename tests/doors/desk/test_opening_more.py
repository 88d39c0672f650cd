"""Rows that were left waiting when the document was approved: worked on afterwards, then opened."""

from __future__ import annotations

import pytest
from django.urls import reverse

import factories as make
from tiendo.work.directives.actions import documents, duties
from tiendo.work.directives.errors import RowStateError
from tiendo.work.programmes.actions import programmes
from tiendo.work.programmes.models import Obligation

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(office):
    """A programme opened with its first row only; the second still waits."""
    seen = make.machine(make.row("Mở lớp tập huấn.", "Sở Y tế"), make.row("Lập danh mục dữ liệu.", "Sở Y tế"))
    document = make.read(seen, office=office.body, by=office.clerk)
    first, second = document.duties.all()
    who = {"by": office.chief, "at": make.NOW}
    duties.sign(duty=first, **who)
    document = documents.approve(document=document, leave_waiting=True, **who)
    return programmes.open(document=document, **who), first, second


def test_what_waits_is_signed_later_and_opened_from_the_board(client, office, opened):
    programme, _, second = opened
    client.force_login(office.chief)
    board = reverse("desk:programme", args=[programme.pk])
    assert "1 dòng của văn bản còn chờ người xem" in client.get(board).content.decode()

    duties.sign(duty=second, by=office.chief, at=make.NOW)
    page = client.get(board).content.decode()
    assert "còn chờ người xem" not in page
    assert "1 dòng vừa được xác nhận" in page
    owed = Obligation.objects.count()
    client.post(reverse("desk:open-more", args=[programme.pk]))
    assert list(programme.tasks.values_list("duty", flat=True))[-1] == second.pk
    assert Obligation.objects.count() >= owed
    assert "vừa được xác nhận" not in client.get(board).content.decode()


def test_what_was_approved_stands(office, opened):
    _, first, _ = opened
    with pytest.raises(RowStateError):
        duties.leave_out(duty=first, reason="Không còn cần.", by=office.chief, at=make.NOW)
