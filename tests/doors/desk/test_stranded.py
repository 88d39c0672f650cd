"""People whose post ended with their body: listed, and moved on together."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from factories import NOW, TODAY, days, moment
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.work.handovers.actions import handovers
from worlds import SCIENCE

LIST = "/tai-khoan/co-quan-da-ket-thuc/"


@pytest.fixture
def keeper(office):
    return make.post("administrator", body=office.body, scope=office.root).user


@pytest.fixture
def client(enter, keeper):
    return enter(keeper)


def ended(office, kind="absorb", afters=None):
    draft = make.succession(kind, [office.science], [office.health] if afters is None else afters)
    done = handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW, move_posts=False)
    return done.succession


def shown(client) -> set[str]:
    return {row["post"].user.full_name for row in client.get(LIST).context["table"]["rows"]}


def test_all_go_on_in_the_heir_in_one_click(office, client):
    head, clerk = office.who("head", office.science), office.who("clerk", office.science)
    assert "Không còn ai" in words(client.get(LIST))
    ended(office)
    assert shown(client) == {head.full_name, clerk.full_name}
    assert "Người có chức vụ ở cơ quan đã kết thúc (2)" in words(client.get("/tai-khoan/"))
    page = client.get(LIST).content.decode()
    chosen = {f"to-{post.pk}": office.health.pk for post in Post.objects.filter(user__in=[head, clerk])}
    assert page.count(f'<option value="{office.health.pk}" selected>Sở Y tế</option>') == 2, "the one heir stands there"
    done = client.post(LIST, {**chosen, "on": "02/03/2026"}, follow=True)
    assert "Đã chuyển 2 chức vụ." in words(done)
    assert shown(client) == set()
    held = Post.objects.filter(user__in=[head, clerk], ends=None).values_list("organisation__name", "role", "starts")
    assert sorted(held) == [("Sở Y tế", "clerk", TODAY), ("Sở Y tế", "head", TODAY)]
    assert Post.objects.filter(organisation=office.science, ends=days(-1)).count() == 2, "the past stays"


def test_some_wait_and_a_body_without_an_heir_offers_all_bodies(office, client):
    head, clerk = office.who("head", office.science), office.who("clerk", office.science)
    ended(office, "dissolved", [])
    post = Post.objects.get(user=head)
    client.post(LIST, {f"to-{post.pk}": office.health.pk, "on": "05/03/2026"})
    assert Post.objects.get(user=head, ends=None).starts == days(3)
    assert shown(client) == {clerk.full_name}


@pytest.mark.parametrize(
    ("on", "to", "said"),
    [
        ("01/03/2026", "health", "từ ngày 02/03/2026"),
        ("x", "health", "Ngày chưa hợp lệ"),
        ("02/03/2026", "", "Hãy chọn nơi chuyển đến"),
        ("02/03/2026", "elsewhere", "Hãy chọn nơi chuyển đến"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_chosen_stays(office, client, on, to, said):
    head = office.who("head", office.science)
    ended(office)
    post = Post.objects.get(user=head)
    body = getattr(office, to).pk if to else ""
    answer = client.post(LIST, {f"to-{post.pk}": body, "on": on})
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'value="{on}"' in answer.content.decode()
    assert (f'value="{body}" selected' in answer.content.decode()) is (to == "health")
    assert not Post.objects.filter(user=head, ends=None).exists()


def test_who_has_another_place_who_left_and_who_ended_before_are_not_listed(office, client, keeper):
    before, left, other = (make.user(name) for name in ("Người Một", "Người Hai", "Người Ba"))
    for who in (before, left, other):
        make.post("clerk", body=office.science, who=who)
    posts.end(post=Post.objects.get(user=before), last_day=days(-30), by="shell:x", at=NOW)
    posts.leave(user=left, last_day=days(-1), by="shell:x", at=NOW)
    make.post("clerk", body=office.health, who=other)
    make.post("clerk", body=office.science, who=keeper)
    ended(office)
    assert shown(client) == set()


def test_another_trees_people_are_not_ours(office, client):
    make.post("clerk", body=office.elsewhere)
    Organisation.objects.filter(pk=office.elsewhere.pk).update(ends=days(-1))
    assert shown(client) == set()


def test_a_body_that_ended_without_a_hand_over_leaves_posts_open_that_are_listed_too(office, client):
    head = office.who("head", office.science)
    Organisation.objects.filter(pk=office.science.pk).update(ends=days(-1))
    assert shown(client) == {head.full_name}
    post = Post.objects.get(user=head)
    client.post(LIST, {f"to-{post.pk}": office.health.pk, "on": "02/03/2026"})
    post.refresh_from_db()
    assert post.ends == days(-1)
    assert Post.objects.get(user=head, ends=None).organisation == office.health


def test_when_the_succession_is_undone_what_began_in_its_place_goes(office, client):
    head = office.who("head", office.science)
    done = ended(office)
    post = Post.objects.get(user=head)
    client.post(LIST, {f"to-{post.pk}": office.health.pk, "on": "02/03/2026"})
    handovers.undo(succession=done, by=done.recorded_by, at=moment(TODAY, 15))
    assert list(Post.objects.filter(user=head).values_list("organisation__name", "ends")) == [(SCIENCE, None)]


def test_the_list_asks_as_often_for_many_as_for_few(office, client, django_assert_max_num_queries):
    for number in range(12):
        make.post("clerk", body=office.science, who=make.user(f"Người {number}"))
    ended(office)
    client.get(LIST)
    with django_assert_max_num_queries(20):
        assert len(shown(client)) == 12
