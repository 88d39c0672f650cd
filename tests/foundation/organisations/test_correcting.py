"""A body is corrected: not away from its own work, and into the tree of its kind."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

import factories as make
from factories import NOW, days
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations import reading
from tiendo.foundation.organisations.actions import correcting, importing, trees
from tiendo.foundation.organisations.errors import BodyNotCorrectedError
from tiendo.foundation.organisations.models import Organisation, Seat
from tiendo.foundation.organisations.previews import preview
from worlds import SCIENCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(office):
    return office.who("registrar", office.root)


def correct(body: Organisation, registrar, **cells: str) -> Organisation:
    told = {"code": body.code, "name": body.name, "kind": body.kind, **cells}
    return correcting.correct(organisation=body, cells=told, by=registrar, at=NOW)


@pytest.fixture
def programme(office):
    return make.programme(make.row("Xây dựng kế hoạch", SCIENCE), office=office.body, by=office.chief)


def test_a_body_does_not_begin_after_the_work_it_was_charged_with(office, programme, registrar):
    opened = programme.opened_at.date()
    with pytest.raises(BodyNotCorrectedError, match=rf"đã có việc được giao từ ngày {opened:%d/%m/%Y}"):
        correct(office.science, registrar, starts=days(30).isoformat())
    assert correct(office.science, registrar, starts=opened.isoformat()).starts == opened


def test_nor_after_a_post_in_it(office, registrar):
    held = make.post("head", body=office.health)
    with pytest.raises(BodyNotCorrectedError, match="đã có chức vụ từ ngày"):
        correct(office.health, registrar, starts=(days(1)).isoformat())
    assert correct(office.health, registrar, starts=held.starts.isoformat())


def test_nor_after_a_move_or_what_became_of_it(office, registrar):
    trees.seat(
        organisation=office.health, tree="state", above=office.science, on=date(2025, 5, 1), by="shell:x", at=NOW
    )
    with pytest.raises(BodyNotCorrectedError, match="đã có chỗ đứng trong cây tổ chức từ ngày 30/04/2025"):
        correct(office.health, registrar, starts="2025-06-01")
    make.succession("acts_through", [office.science], [office.health], on=date(2025, 2, 1), by=registrar)
    with pytest.raises(BodyNotCorrectedError, match="đã có việc sắp xếp từ ngày 01/02/2025"):
        correct(office.science, registrar, starts="2025-06-01")


def test_its_seat_and_what_began_with_it_go_along(office, registrar):
    body = correct(office.health, registrar, starts="2025-01-01")
    assert correct(body, registrar, starts="2025-06-01").starts == date(2025, 6, 1)
    assert office.health.seats.get().starts == date(2025, 6, 1)


def test_a_list_is_told_the_same_in_its_preview(office, programme):
    data = f"code,name,kind,starts\n{office.science.code},{SCIENCE},department,{days(30)}".encode()
    (line,) = preview(reading.read(data), registrar=None, at=NOW).refused
    assert "đã có việc được giao từ ngày" in line.answers[0]


def test_a_body_of_another_kind_is_seated_in_the_tree_of_that_kind(office, registrar):
    before = office.health.seats.get()
    assert before.tree == "state"
    correct(office.health, registrar, kind="party_advisory")
    seat = office.health.seats.get()
    assert (seat.pk, seat.tree, seat.above, seat.starts) == (before.pk, "party", office.root, before.starts)
    top = Seat.objects.get(tree="party", organisation=office.root)
    assert seat.path == f"{top.path}{office.health.pk}/"
    told = Event.objects.get(verb="organisations.organisation.seated")
    assert (told.data["tree"], told.data["instead_of"]) == ("party", "state")


def test_a_kind_of_the_same_tree_moves_nothing(office, registrar):
    correct(office.health, registrar, kind="school")
    assert office.health.seats.get().tree == "state"
    assert not Event.objects.filter(verb="organisations.organisation.seated").exists()


def test_while_others_sit_below_it_one_is_told_what_to_do(office, registrar):
    make.organisation("Trung tâm Y tế", parent=office.health, kind="department")
    with pytest.raises(BodyNotCorrectedError, match=r"còn 1 cơ quan đứng dưới .* Hãy chuyển các cơ quan ấy trước"):
        correct(office.health, registrar, kind="party_advisory")


def test_a_list_that_tells_its_seats_is_believed(office, registrar):
    make.organisation("Trung tâm Y tế", parent=office.health, kind="department")
    kinds = f"code,name,kind\n{office.health.code},{office.health.name},party_advisory"
    seats = f"tree,body,above,starts,ends\nstate,{office.health.code},{office.root.code},,"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.csv", kinds)
        package.writestr("b.csv", seats)
    book = reading.read(out.getvalue())
    plan = preview(book, registrar=None, at=NOW)
    assert not plan.refused
    importing.write(book=book, digest=plan.digest, registrar=None, by="shell:x", at=NOW)
    assert office.health.seats.get().tree == "state"
