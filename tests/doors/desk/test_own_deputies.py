"""A person says who stands in while they are away."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from tiendo.foundation.organisations.models import Absence

URL = "/nguoi-thay/"


@pytest.fixture
def head(office):
    return make.post("head", body=office.science)


@pytest.fixture
def mate(office):
    return office.who("clerk", office.science)


def typed(head, mate, **more: object) -> dict[str, object]:
    return {"post": head.pk, "deputy": mate.pk, "starts": "02/03/2026", "ends": "09/03/2026", **more}


def test_one_names_a_mate_and_is_back_earlier(office, head, mate, enter):
    client = enter(head.user)
    assert URL in client.get("/bao-mat/").content.decode()
    done = client.post(URL, typed(head, mate), follow=True)
    assert f"Vắng từ 02/03/2026 đến 09/03/2026: {mate.full_name} thay" in words(done)
    assert "Hôm nay bạn thay" in words(enter(mate).get("/"))
    absence = Absence.objects.get()
    back = enter(head.user).post(URL, {"back": absence.pk}, follow=True)
    assert "không còn ai thay" in words(back)
    assert not Absence.objects.exists()


def test_only_people_of_the_same_body_are_offered(office, head, mate, enter):
    other = office.who("clerk", office.health)
    rows = enter(head.user).get(URL).context["rows"]
    offered = [pk for pk, _name in rows[0]["form"].fields["deputy"].choices if pk]
    assert offered == [mate.pk]
    assert enter(head.user).post(URL, typed(head, other)).status_code == 422
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("more", "why"), [({"ends": ""}, "Hãy ghi ngày"), ({"starts": "01/02/2026"}, "Ngày cuối phải")]
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(office, head, mate, enter, more, why):
    answer = enter(head.user).post(URL, typed(head, mate, **more))
    assert answer.status_code == 422
    assert why in words(answer)
    assert f'value="{mate.pk}" selected' in answer.content.decode()


def test_nobody_names_for_another_or_ends_anothers(office, head, mate, enter):
    absence = make.absence(head, deputy=mate)
    client = enter(office.who("clerk", office.health))
    assert client.post(URL, typed(head, mate)).status_code == 404
    assert client.post(URL, {"back": absence.pk}).status_code == 404
    assert enter(mate).post(URL, {"back": absence.pk}).status_code == 404, "nor does who stands in"
    assert Absence.objects.count() == 1


def test_who_is_alone_or_has_no_post_reads_what_to_do(office, enter):
    alone = make.post("head", body=office.health)
    assert "Hãy nhờ người quản trị" in words(enter(alone.user).get(URL))
    assert "chưa giữ chức vụ nào" in words(enter(make.user()).get(URL))
