"""What a post looks after, how it ends, who leaves."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

import factories as make
from factories import days
from tiendo.foundation.accounts.errors import AlreadyInactiveError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.actions import organisations, posts
from tiendo.foundation.organisations.errors import (
    BadScopeError,
    HeldAlreadyError,
    LastAdministratorError,
    OwnPostError,
    PostEndedError,
    PostNotBegunError,
    PostOutlivesBodyError,
)
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.foundation.organisations.queries import rights

pytestmark = pytest.mark.django_db


def add(code: str = "A", **more: object) -> Organisation:
    return organisations.add(
        **{"code": code, "name": f"Sở {code}", "kind": "department", "by": "shell:x", "at": make.NOW, **more}
    )


def test_a_post_looks_after_its_own_body_unless_another_is_named():
    root = add("T")
    body = add("T.KT", parent=root)
    assert make.post("inspector", body=body).looks_after == body
    wide = posts.appoint(
        user=make.user(), organisation=body, role="inspector", starts=days(0), scope=root, by="shell:x", at=make.NOW
    )
    assert wide.looks_after == root
    assert Event.objects.last().data["scope"] == root.pk


def test_an_administrator_looks_after_the_whole_tree():
    root = add("T")
    assert make.post("administrator", body=add("T.1", parent=add("T.0", parent=root))).scope == root


def test_nobody_looks_after_another_branch():
    root = add("T")
    body, beside = add("T.1", parent=root), add("T.2", parent=root)
    with pytest.raises(BadScopeError):
        posts.appoint(
            user=make.user(), organisation=body, role="leader", starts=days(0), scope=beside, by="shell:x", at=make.NOW
        )
    assert not Post.objects.exists()


def test_nobody_gives_themselves_a_post():
    user = make.user()
    with pytest.raises(OwnPostError):
        posts.appoint(user=user, organisation=add(), role="leader", starts=days(0), by=user.actor, at=make.NOW)


def test_the_same_post_is_not_given_twice():
    root = add("T")
    body = add("T.KT", parent=root)
    held = make.post("leader", body=body)
    with pytest.raises(HeldAlreadyError, match=r"đã giữ chức vụ Lãnh đạo ở Sở T\.KT từ 01/01/2020"):
        make.post("leader", body=body, who=held.user)
    assert make.post("clerk", body=body, who=held.user), "another role"
    assert make.post("leader", body=root, who=held.user), "another body"
    assert make.post("leader", body=body, who=held.user, scope=root), "looks after more"
    posts.end(post=held, last_day=days(-1), by="shell:x", at=make.NOW)
    again = posts.appoint(user=held.user, organisation=body, role="leader", starts=days(0), by="shell:x", at=make.NOW)
    assert again.starts == days(0), "held before, and again"


def test_a_post_ends_with_its_last_day():
    post = make.post("clerk")
    posts.end(post=post, last_day=days(-1), by="user:9", at=make.NOW)
    post.refresh_from_db()
    assert post.ends == days(-1)
    event = Event.objects.last()
    assert (event.verb, event.actor, event.office) == ("organisations.post.ended", "user:9", post.organisation.path)
    assert event.data == {"user": post.user_id, "role": "clerk", "last_day": days(-1).isoformat()}
    with pytest.raises(PostEndedError, match="01/03/2026"):
        posts.end(post=post, last_day=days(3), by="user:9", at=make.NOW)


def test_a_post_given_by_mistake_goes_and_its_events_stay():
    post = make.post("clerk")
    posts.withdraw(post=post, by="user:9", at=make.NOW)
    assert not Post.objects.exists()
    assert list(Event.objects.filter(subject=f"organisations.post:{post.pk}").values_list("verb", flat=True)) == [
        "organisations.post.appointed",
        "organisations.post.ended",
    ]


@pytest.mark.parametrize("act", ["end", "leave"])
def test_a_wrong_year_is_refused_and_the_post_stays(act):
    post = make.post("clerk")
    of = {"post": post} if act == "end" else {"user": post.user}
    with pytest.raises(PostNotBegunError, match=r"bắt đầu từ ngày .* sau ngày 31/12/2016"), transaction.atomic():
        getattr(posts, act)(**of, last_day=date(2016, 12, 31), by="user:9", at=make.NOW)
    post.refresh_from_db()
    assert post.ends is None
    assert User.objects.get(pk=post.user_id).is_active


def test_a_post_that_was_to_begin_goes_when_the_person_leaves():
    post = make.post("clerk")
    posts.appoint(user=post.user, organisation=post.organisation, role="head", starts=days(9), by="user:9", at=make.NOW)
    posts.leave(user=post.user, last_day=days(0), by="user:9", at=make.NOW)
    assert list(Post.objects.values_list("role", "ends")) == [("clerk", days(0))]


@pytest.mark.parametrize(("typed", "right"), [(days(-1), None), (days(-1), days(5)), (days(3000), days(30))])
def test_a_last_day_that_was_a_slip_is_set_right(typed, right):
    post = make.post("clerk")
    posts.end(post=post, last_day=typed, by="user:9", at=make.NOW)
    posts.set_end(post=post, last_day=right, by="user:9", at=make.NOW)
    post.refresh_from_db()
    assert post.ends == right
    assert rights(post.user, days(1)).may(Permission.RECEIVE)


def test_nobody_holds_on_where_the_body_has_ended_nor_sets_their_own_right():
    post = make.post("clerk")
    posts.end(post=post, last_day=days(-1), by="user:9", at=make.NOW)
    with pytest.raises(OwnPostError):
        posts.set_end(post=post, last_day=None, by=post.user.actor, at=make.NOW)
    Organisation.objects.update(ends=days(-1))
    for last_day in (None, days(0)):
        with pytest.raises(PostOutlivesBodyError):
            posts.set_end(post=post, last_day=last_day, by="user:9", at=make.NOW)
    posts.set_end(post=post, last_day=days(-2), by="user:9", at=make.NOW)
    assert Post.objects.get().ends == days(-2)


def test_the_last_administrator_stays():
    body = add()
    keeper = make.post("administrator", body=body)
    gone = make.post("administrator", body=body)
    gone.user.is_active = False
    gone.user.save()
    for act in (
        lambda: posts.end(post=keeper, last_day=days(0), by="user:9", at=make.NOW),
        lambda: posts.leave(user=keeper.user, last_day=days(0), by="user:9", at=make.NOW),
    ):
        with pytest.raises(LastAdministratorError), transaction.atomic():
            act()
    keeper.user.refresh_from_db()
    assert keeper.user.is_active
    make.post("administrator", body=body)
    posts.end(post=keeper, last_day=days(0), by="user:9", at=make.NOW)
    assert Post.objects.get(pk=keeper.pk).ends == days(0)


def test_who_leaves_holds_nothing_and_does_not_come_back_by_the_old_password():
    post = make.post("clerk")
    make.post("officer", who=post.user)
    posts.leave(user=post.user, last_day=days(0), by="user:9", at=make.NOW)
    post.user.refresh_from_db()
    assert not post.user.is_active
    assert set(Post.objects.values_list("ends", flat=True)) == {days(0)}
    assert list(Event.objects.order_by("sequence").values_list("verb", flat=True))[-3:] == [
        "accounts.user.deactivated",
        "organisations.post.ended",
        "organisations.post.ended",
    ]
    with pytest.raises(AlreadyInactiveError):
        posts.leave(user=post.user, last_day=days(0), by="user:9", at=make.NOW)
