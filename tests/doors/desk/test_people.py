"""Posts moved together, and who stands in for whom, on the pages."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from factories import NOW, TODAY, days
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Absence, Post
from tiendo.foundation.organisations.queries import rights


@pytest.fixture
def keeper(office):
    return make.post("administrator", body=office.body, scope=office.root).user


@pytest.fixture
def client(keeper, enter):
    return enter(keeper)


@pytest.fixture
def clerk(office):
    return office.who("clerk", office.science)


def when(day):
    return f"{day:%d/%m/%Y}"


# several posts in one click


def test_the_posts_of_a_body_move_together(office, client, clerk):
    head = office.who("head", office.science)
    page = client.get(f"/co-quan/{office.science.pk}/")
    there = f"/co-quan/{office.science.pk}/chuyen-chuc-vu/"
    assert there in page.content.decode()
    assert "Văn thư" in words(page)
    held = Post.objects.filter(organisation=office.science)
    shown = client.get(there)
    assert shown.content.decode().count("checked") == 2
    answer = client.post(there, {"posts": [one.pk for one in held], "to": office.health.pk, "on": when(days(3))})
    assert answer.url == f"/co-quan/{office.science.pk}/"
    assert "Đã chuyển 2 chức vụ." in words(client.get(answer.url))
    for who, permission in ((clerk, Permission.WRITE_REPORT), (head, Permission.SUBMIT_REPORT)):
        assert rights(who, days(2)).may(permission, office.science)
        assert rights(who, days(3)).may(permission, office.health)
        assert not rights(who, days(3)).may(permission, office.science)


def test_some_posts_of_a_person_move(office, client, clerk):
    other = make.post("officer", body=office.body, who=clerk)
    there = f"/tai-khoan/{clerk.pk}/chuyen-chuc-vu/"
    assert there in client.get(f"/tai-khoan/{clerk.pk}/").content.decode()
    first = Post.objects.get(user=clerk, organisation=office.science)
    answer = client.post(there, {"posts": [first.pk], "to": office.health.pk, "on": when(TODAY)})
    assert answer.url == f"/tai-khoan/{clerk.pk}/"
    other.refresh_from_db()
    assert other.ends is None


def test_what_is_not_moved(office, client, clerk, keeper):
    there = f"/tai-khoan/{clerk.pk}/chuyen-chuc-vu/"
    mine = Post.objects.get(user=clerk)
    foreign = make.post("clerk", body=office.elsewhere)
    good = {"posts": [mine.pk], "to": office.health.pk, "on": when(TODAY)}
    for change in ({"posts": []}, {"posts": [foreign.pk]}, {"to": office.science.pk}, {"to": office.elsewhere.pk},
                   {"to": ""}, {"on": ""}, {"on": "31/02/2026"}):  # fmt: skip
        assert client.post(there, good | change).status_code == 422, change
    own = Post.objects.get(user=keeper)
    there = f"/tai-khoan/{keeper.pk}/chuyen-chuc-vu/"
    assert client.post(there, good | {"posts": [own.pk]}).status_code == 422
    assert not Post.objects.filter(ends__isnull=False).exists()


@pytest.mark.parametrize("asked", ["tai-khoan/0", "co-quan/0", f"co-quan/{10**30}"])
def test_of_nobody_nothing_is_moved(client, asked):
    assert client.get(f"/{asked}/chuyen-chuc-vu/").status_code == 404


def test_another_trees_posts_are_not_ours(office, client):
    theirs = make.post("clerk", body=office.elsewhere)
    for asked in (f"tai-khoan/{theirs.user_id}", f"co-quan/{office.elsewhere.pk}"):
        assert client.get(f"/{asked}/chuyen-chuc-vu/").status_code == 404


# who stands in


def test_a_deputy_from_the_page(office, client, clerk, enter):
    head = office.who("head", office.science)
    post = Post.objects.get(user=head)
    page = client.get(f"/tai-khoan/{head.pk}/")
    there = f"/tai-khoan/{head.pk}/vang-mat/{post.pk}/"
    assert there in page.content.decode()
    answer = client.post(there, {"deputy": clerk.pk, "starts": when(TODAY), "ends": when(days(7))})
    assert answer.url == f"/tai-khoan/{head.pk}/"
    assert f"Vắng từ 02/03/2026 đến 09/03/2026: {clerk.full_name} thay." in words(client.get(answer.url))
    assert f"Thay {head.full_name} (Người đứng đầu, {office.science})" in words(client.get(f"/tai-khoan/{clerk.pk}/"))
    assert f"{clerk.full_name} thay đến hết 09/03/2026" in words(client.get(f"/co-quan/{office.science.pk}/"))
    assert f"Hôm nay bạn thay {head.full_name}" in words(enter(clerk).get("/"))
    absence = Absence.objects.get()
    assert client.post(f"/tai-khoan/{head.pk}/het-vang-mat/{absence.pk}/").status_code == 302
    assert "Hôm nay bạn thay" not in words(enter(clerk).get("/"))
    assert "cử người thay khi vắng mặt" in words(client.get(f"/tai-khoan/{head.pk}/"))


def test_who_is_near_is_offered_and_nobody_who_administers(office, client, clerk, keeper):
    post = make.post("head", body=office.science)
    above, other = office.who("leader", office.root), office.who("clerk", office.health)
    below = make.person("officer", make.organisation("Phòng Bưu chính", parent=office.science))
    keeper_there = make.post("administrator", body=office.science, scope=office.root)
    shown = client.get(f"/tai-khoan/{post.user_id}/").context["posts"][0]["deputy_form"].fields["deputy"].choices
    assert {pk for pk, _name in shown if pk} == {clerk.pk, above.pk, below.pk}
    there = f"/tai-khoan/{post.user_id}/vang-mat/{post.pk}/"
    for person in (other, keeper_there.user):
        sent = {"deputy": person.pk, "starts": when(TODAY), "ends": when(days(7))}
        assert client.post(there, sent).status_code == 422
    shown = (
        client.get(f"/tai-khoan/{keeper_there.user_id}/").context["posts"][0]["deputy_form"].fields["deputy"].choices
    )
    assert post.user_id in {pk for pk, _name in shown if pk}, "for the accounts anybody near"


def test_a_refused_deputy_keeps_what_was_typed(office, client, clerk):
    head = office.who("head", office.science)
    post = Post.objects.get(user=head)
    there = f"/tai-khoan/{head.pk}/vang-mat/{post.pk}/"
    good = {"deputy": clerk.pk, "starts": when(TODAY), "ends": when(days(7))}
    foreign = make.post("clerk", body=office.elsewhere).user
    for change in ({"deputy": ""}, {"deputy": head.pk}, {"deputy": foreign.pk}, {"starts": ""}, {"ends": "x"},
                   {"ends": when(days(-1))}):  # fmt: skip
        answer = client.post(there, good | change)
        assert answer.status_code == 422, change
        assert "<details open>" in answer.content.decode()
    assert not Absence.objects.exists()


def test_another_trees_absences_are_not_ours(office, client, clerk):
    foreign = make.post("head", body=office.elsewhere)
    absence = make.absence(foreign)
    assert client.post(f"/tai-khoan/{foreign.user_id}/vang-mat/{foreign.pk}/", {}).status_code == 404
    assert client.post(f"/tai-khoan/{foreign.user_id}/het-vang-mat/{absence.pk}/").status_code == 404
    assert client.post(f"/tai-khoan/{clerk.pk}/het-vang-mat/{absence.pk}/").status_code == 404
    assert client.post(f"/tai-khoan/{clerk.pk}/vang-mat/{foreign.pk}/", {}).status_code == 404


def test_a_post_that_is_over_names_nobody(office, client, clerk):
    post = Post.objects.get(user=clerk)
    posts.end(post=post, last_day=days(-5), by="shell:x", at=NOW)
    assert f"vang-mat/{post.pk}/" not in client.get(f"/tai-khoan/{clerk.pk}/").content.decode()


def test_who_keeps_no_accounts_sees_no_names_on_the_page_of_a_body(office, clerk, enter):
    shown = words(enter(office.chief).get(f"/co-quan/{office.science.pk}/"))
    assert "Người giữ chức vụ" not in shown
    assert enter(office.chief).get(f"/co-quan/{office.science.pk}/chuyen-chuc-vu/").status_code == 403


def test_how_often_the_pages_ask(office, client, clerk, django_assert_max_num_queries):
    for number in range(30):
        below = make.organisation(f"Phòng {number}", parent=office.science)
        make.absence(make.post("clerk", body=below, who=clerk), first=number, last=number)
        make.absence(make.post("clerk", body=office.science), first=number, last=number)
    pages = (f"/tai-khoan/{clerk.pk}/", f"/co-quan/{office.science.pk}/",
             f"/co-quan/{office.science.pk}/chuyen-chuc-vu/")  # fmt: skip
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(20):
            assert client.get(page).status_code == 200
