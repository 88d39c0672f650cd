"""The page on which a body is moved in a tree, with all below it."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Seat


@pytest.fixture
def client(office, enter):
    return enter(office.who("registrar", office.root))


@pytest.fixture
def centre(office):
    return make.organisation("Trung tâm Số", parent=office.science, kind="department")


def url(office) -> str:
    return f"/co-quan/{office.science.pk}/chuyen/?tree=state"


def typed(office, **more: object) -> dict[str, object]:
    return {"above": office.health.pk, "on": "02/02/2026", "decision": "9-QĐ/UBND", **more}


def test_what_moves_along_is_seen_before_it_moves(office, client, centre):
    assert "Chuyển trong cây" in words(client.get(f"/co-quan/{office.science.pk}/"))
    looked = client.post(url(office), typed(office, look="1"))
    shown = words(looked)
    assert "Từ ngày 02/02/2026, 2 cơ quan sẽ đứng dưới Sở Y tế" in shown
    assert "Trung tâm Số" in shown
    assert not Seat.objects.filter(organisation=office.science, above=office.health).exists(), "only looked at"
    assert not Event.objects.filter(verb="organisations.organisation.moved").exists()
    moved = client.post(url(office), typed(office, act="move", seen=looked.context["seen"]), follow=True)
    assert "Đã chuyển Sở Khoa học và Công nghệ, tất cả 2 cơ quan" in words(moved)
    seat = Seat.objects.on(None).get(organisation=office.science, tree="state")
    assert (seat.above, str(seat.starts)) == (office.health, "2026-02-02")
    below = Seat.objects.on(None).get(organisation=centre, tree="state")
    assert below.path.startswith(seat.path)
    told = Event.objects.get(verb="organisations.organisation.moved").data
    assert (told["decision"], told["count"], told["from_day"]) == ("9-QĐ/UBND", 2, "2026-02-02")
    office.science.refresh_from_db()
    assert office.science.parent == office.root, "rights stay where they were unless one says otherwise"


def test_what_was_not_looked_at_is_not_moved(office, client, centre):
    seen = client.post(url(office), typed(office, look="1")).context["seen"]
    other = client.post(url(office), typed(office, act="move", seen=seen, on="03/02/2026"))
    assert "Từ ngày 03/02/2026" in words(other)
    assert not Event.objects.filter(verb="organisations.organisation.moved").exists()


def test_the_register_moves_along_when_that_is_said(office, client, centre):
    sent = typed(office, register_too="on")
    seen = client.post(url(office), {**sent, "look": "1"}).context["seen"]
    client.post(url(office), {**sent, "act": "move", "seen": seen})
    office.science.refresh_from_db()
    centre.refresh_from_db()
    assert office.science.parent == office.health
    assert centre.path.startswith(office.health.path)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"on": "02/02/2030"}, "ngày chuyển 02/02/2030 chưa đến"),
        ({"decision": ""}, "Hãy ghi số, ký hiệu"),
        ({"above": ""}, "Hãy chọn cơ quan"),
    ],
)
def test_what_cannot_be_moved_says_why(office, client, more, why):
    answer = client.post(url(office), typed(office, look="1", **more))
    assert answer.status_code == 422
    assert why in words(answer)


def test_nothing_goes_below_itself_or_into_what_another_keeps(office, client, centre):
    offered = {pk for pk, _name in client.get(url(office)).context["form"].fields["above"].widget.choices}
    assert not offered & {office.science.pk, centre.pk, office.elsewhere.pk}
    assert client.post(url(office), typed(office, look="1", above=centre.pk)).status_code == 422
    assert client.post(url(office), typed(office, look="1", above=office.elsewhere.pk)).status_code == 422


def test_only_a_living_body_that_one_keeps_is_moved(office, client, enter):
    assert client.get(f"/co-quan/{office.root.pk}/chuyen/").status_code == 404
    assert client.get(f"/co-quan/{office.elsewhere.pk}/chuyen/").status_code == 403
    assert client.get(f"{url(office)}x").status_code == 404
    assert enter(office.clerk).get(url(office)).status_code == 403
