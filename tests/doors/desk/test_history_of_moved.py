"""The past of a body is found wherever it stood in the register then; that of others is not."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories as make
from doors.desk.world import LATE
from factories import TODAY, moment
from tiendo.foundation.organisations.actions import moving, trees
from tiendo.foundation.organisations.models import FormerPath, Organisation
from tiendo.foundation.organisations.queries import by_code
from tiendo.work.handovers.actions import handovers

AT = moment(TODAY, 11)


def shown(client, query: str = "") -> set[str]:
    return {row["what"] for row in client.get(f"/nhat-ky/?{query}").context["table"]["rows"]}


def seated(body: Organisation, above: Organisation | None) -> None:
    trees.seat(organisation=body, tree="state", above=above, on=None, by="shell:test", at=make.NOW)


@pytest.fixture
def province(office, world) -> Organisation:
    """The people's committee, below which the department stood when it reported."""
    committee = make.organisation("Ủy ban nhân dân tỉnh", parent=office.root, code="T.UB")
    trees.place(organisation=office.science, parent=committee, by="shell:test", at=make.NOW)
    world.sent(LATE)
    return committee


def reconstituted(office, committee: Organisation) -> Organisation:
    new = make.organisation("Ủy ban nhân dân tỉnh lập lại", parent=office.root, code="T.UB2")
    draft = make.succession("reconstituted", [committee], [new])
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=AT)
    assert by_code("T.KHCN").parent == new
    return new


def test_whose_parent_was_reconstituted_keeps_their_past(office, province, enter):
    client = enter(office.who("head", by_code("T.KHCN")))
    assert "gửi báo cáo" in shown(client)
    reconstituted(office, province)
    client = enter(office.who("head", by_code("T.KHCN")))
    assert "gửi báo cáo" in shown(client)


@pytest.mark.parametrize("where", ["T.KHCN", "so+khoa+hoc", "T.UB2"])
def test_an_inspector_finds_it_by_the_body_and_by_its_new_parent(office, province, enter, where):
    reconstituted(office, province)
    assert "gửi báo cáo" in shown(enter(office.who("inspector", office.root)), f"where={where}")


def test_whoever_takes_a_body_over_reads_its_past_and_of_no_other(office, province, enter):
    new = make.organisation("Ủy ban nhân dân mới", parent=office.root, code="T.MOI")
    client = enter(office.who("head", new))
    assert "gửi báo cáo" not in shown(client)
    trees.place(organisation=office.health, parent=new, by="shell:test", at=AT)
    assert "gửi báo cáo" not in shown(client)
    trees.place(organisation=office.science, parent=new, by="shell:test", at=AT)
    assert "gửi báo cáo" in shown(client)


def test_of_what_once_stood_below_a_body_its_new_parent_reads_nothing(office, province, enter):
    """The department leaves the committee, which then goes below another: its past did not go along."""
    trees.place(organisation=by_code("T.KHCN"), parent=office.root, by="shell:test", at=AT)
    new = make.organisation("Cơ quan trên", parent=office.root, code="T.MOI")
    trees.place(organisation=province, parent=new, by="shell:test", at=AT)
    assert "gửi báo cáo" not in shown(enter(office.who("head", new)))


def test_the_page_asks_as_much_after_a_move_as_before(office, province, enter):
    client = enter(office.who("inspector", office.root))

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/nhat-ky/?where=T.KHCN")
        return len(seen)

    asked()
    before = asked()
    reconstituted(office, province)
    assert asked() <= before + 1, "who recorded it is one person more to name"


def test_moved_by_hand_too(office, province, enter):
    registrar = office.who("registrar", office.root)
    seated(office.root, None)
    new = make.organisation("Khối khác", parent=office.root, code="T.MOI")
    for body in (new, by_code("T.KHCN")):
        seated(body, office.root)
    moving.move(
        organisation=by_code("T.KHCN"), tree="state", above=new, on=TODAY, register_too=True, by=registrar, at=AT
    )
    assert by_code("T.KHCN").path.startswith(new.path)
    assert "gửi báo cáo" in shown(enter(office.who("head", by_code("T.KHCN"))))


def test_what_was_moved_before_this_was_kept_is_known_by_its_events(office, province):
    kept = set(FormerPath.objects.values_list("organisation", "path"))
    FormerPath.objects.all().delete()
    import_module("tiendo.foundation.organisations.migrations.0009_former_paths").from_events(apps, None)
    science = Organisation.objects.get(code="T.KHCN")
    found = set(FormerPath.objects.values_list("organisation", "path"))
    assert found == {(science.pk, f"{office.root.path}{science.pk}/")} == kept
