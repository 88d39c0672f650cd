"""Who stands in for whom: what they may, for how long, and what they may not."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.models import Event
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.actions import absences, posts
from tiendo.foundation.organisations.errors import (
    AbsenceDaysError,
    AbsenceOverError,
    AbsenceOverlapError,
    DeputyAdministersError,
    DeputyElsewhereError,
    DeputyGoneError,
    OwnDeputyError,
    OwnPostError,
)
from tiendo.foundation.organisations.models import Absence
from tiendo.foundation.organisations.queries import rights
from worlds import SCIENCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(office):
    return make.post("head", body=office.science)


@pytest.fixture
def deputy(office):
    return office.who("clerk", office.science)


def name(head, deputy, first=0, last=7, by="shell:x"):
    return absences.name_deputy(post=head, deputy=deputy, starts=days(first), ends=days(last), by=by, at=NOW)


@pytest.mark.parametrize(("day", "may"), [(-1, False), (0, True), (7, True), (8, False)])
def test_the_deputy_has_the_role_in_the_body_on_those_days_alone(office, head, deputy, day, may):
    name(head, deputy)
    held = rights(deputy, days(day))
    assert held.may(Permission.SUBMIT_REPORT, office.science) is may
    assert not held.may(Permission.SUBMIT_REPORT, office.body)
    assert held.may(Permission.WRITE_REPORT, office.science)
    assert [post.user for post in held.standing_in] == ([head.user] if may else [])
    assert rights(head.user, days(day)).may(Permission.SUBMIT_REPORT, office.science)


def test_what_the_post_looks_after_goes_along(office, deputy):
    keeper = make.post("administrator", body=office.body, scope=office.root)
    name(keeper, deputy)
    assert rights(deputy, TODAY).paths(Permission.MANAGE_ACCOUNTS) == (office.root.path,)


def test_rights_end_with_the_post(office, head, deputy):
    name(head, deputy)
    posts.end(post=head, last_day=days(2), by="shell:x", at=NOW)
    assert rights(deputy, days(2)).may(Permission.SUBMIT_REPORT)
    assert not rights(deputy, days(3)).may(Permission.SUBMIT_REPORT)


def test_a_deputy_of_a_deputy_has_nothing(head, deputy):
    name(head, deputy)
    third = make.user()
    name(posts.Post.objects.get(user=deputy), third)
    assert not rights(third, TODAY).may(Permission.SUBMIT_REPORT)


def test_rights_of_a_deputy_cost_no_further_query(head, deputy, django_assert_num_queries):
    with django_assert_num_queries(1):
        rights(deputy, TODAY)
    name(head, deputy)
    with django_assert_num_queries(1):
        rights(deputy, TODAY)


def test_nobody_names_themselves_and_nobody_stands_in_for_themselves(head, deputy):
    with pytest.raises(OwnPostError):
        name(head, deputy, by=deputy.actor)
    with pytest.raises(OwnDeputyError):
        name(head, head.user)
    users.deactivate(user=deputy, by="shell:x", at=NOW)
    with pytest.raises(DeputyGoneError):
        name(head, deputy)
    assert not Absence.objects.exists()


def test_days_in_order_and_within_the_post(head, deputy):
    with pytest.raises(AbsenceDaysError):
        name(head, deputy, 3, 2)
    with pytest.raises(AbsenceDaysError):
        absences.name_deputy(
            post=head, deputy=deputy, starts=head.starts - timedelta(days=1), ends=TODAY, by="shell:x", at=NOW
        )
    posts.end(post=head, last_day=days(5), by="shell:x", at=NOW)
    with pytest.raises(AbsenceDaysError):
        name(head, deputy, 0, 6)
    assert name(head, deputy, 5, 5)


@pytest.mark.parametrize(("first", "last"), [(0, 7), (-3, 0), (7, 9), (2, 3), (-5, 20)])
def test_two_do_not_stand_in_on_one_day(head, deputy, first, last):
    name(head, deputy)
    with pytest.raises(AbsenceOverlapError):
        name(head, make.user(), first, last)
    assert name(head, make.user(), 8, 9)
    assert name(head, make.user(), -2, -1)


def test_who_is_back_earlier(head, deputy):
    begun, to_come = name(head, deputy, -3, 7), name(head, deputy, 9, 12)
    absences.end(absence=begun, by="shell:x", at=NOW)
    absences.end(absence=to_come, by="shell:x", at=NOW)
    assert [one.ends for one in Absence.objects.all()] == [days(-1)]
    assert not rights(deputy, TODAY).may(Permission.SUBMIT_REPORT)
    with pytest.raises(AbsenceOverError):
        absences.end(absence=begun, by="shell:x", at=NOW)


def test_what_is_recorded(head, deputy):
    absence = name(head, deputy)
    absences.end(absence=absence, by="user:9", at=NOW)
    named, ended = Event.objects.filter(verb__startswith="organisations.post.deputy")
    assert named.subject == ended.subject == f"organisations.post:{head.pk}"
    about = {"user": head.user_id, "role": "head", "deputy": deputy.pk}
    assert named.data == {**about, "from_day": days(0).isoformat(), "last_day": days(7).isoformat()}
    assert ended.data == {**about, "last_day": days(-1).isoformat()}
    assert (ended.actor, named.office) == ("user:9", head.organisation.path)


def test_who_stands_in_goes_along_when_the_post_moves(office, head, deputy):
    begun, to_come = name(head, deputy, -3, 7), name(head, make.user("Lê Thị Sau"), 9, 12)
    moved = posts.close(posts=[head], to=office.health, on=days(1), by="shell:x", at=NOW)
    there = Absence.objects.filter(post__organisation=office.health).values_list("deputy", "starts", "ends")
    assert list(there) == [(deputy.pk, days(1), days(7)), (to_come.deputy_id, days(9), days(12))]
    assert [(one.pk, one.ends) for one in Absence.objects.filter(post=head)] == [(begun.pk, days(0))]
    assert rights(deputy, days(0)).may(Permission.SUBMIT_REPORT, office.science)
    assert not rights(deputy, days(1)).may(Permission.SUBMIT_REPORT, office.science)
    assert rights(deputy, days(1)).may(Permission.SUBMIT_REPORT, office.health)
    assert Event.objects.filter(verb="organisations.post.deputy_named", data__moved=True).count() == 2
    posts.reopen(moved=moved, by="shell:x", at=NOW)
    back = Absence.objects.order_by("starts").values_list("post", "deputy", "starts", "ends")
    assert list(back) == [(head.pk, deputy.pk, days(-3), days(7)), (head.pk, to_come.deputy_id, days(9), days(12))]


def test_what_was_over_stays_where_it_was(office, head, deputy):
    name(head, deputy, -5, -2)
    posts.close(posts=[head], to=office.health, on=days(0), by="shell:x", at=NOW)
    assert Absence.objects.get().post == head


def test_the_holder_names_somebody_of_the_same_body(office, head, deputy):
    told = {"post": head, "starts": days(0), "ends": days(7), "at": NOW}
    with pytest.raises(DeputyElsewhereError):
        absences.name_own_deputy(deputy=office.who("clerk", office.health), by=head.user, **told)
    with pytest.raises(NotAllowedError):
        absences.name_own_deputy(deputy=deputy, by=deputy, **told)
    with pytest.raises(OwnDeputyError):
        absences.name_own_deputy(deputy=head.user, by=head.user, **told)
    with pytest.raises(AbsenceDaysError):
        absences.name_own_deputy(deputy=deputy, by=head.user, **{**told, "starts": days(-1)})
    made = absences.name_own_deputy(deputy=deputy, by=head.user, **told)
    assert rights(deputy, TODAY).may(Permission.SUBMIT_REPORT, office.science)
    told_of = Event.objects.get(verb="organisations.post.deputy_named")
    assert (told_of.actor, told_of.data["deputy"]) == (head.user.actor, made.deputy_id)


def test_a_deputy_whose_own_post_ends_before_is_none(office, head, deputy):
    posts.end(post=posts.Post.objects.get(user=deputy), last_day=days(3), by="shell:x", at=NOW)
    told = {"post": head, "deputy": deputy, "starts": days(0), "by": head.user, "at": NOW}
    with pytest.raises(DeputyElsewhereError):
        absences.name_own_deputy(ends=days(7), **told)
    assert absences.name_own_deputy(ends=days(3), **told)


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("subject", flat=True))


def test_the_deputy_is_told_and_told_once_when_it_is_over(office, head, deputy):
    absence = name(head, deputy)
    assert told(deputy) == [f"Bạn được cử thay {head.user.full_name} từ ngày 02/03/2026 đến hết ngày 09/03/2026"]
    assert SCIENCE in Notice.objects.get(user=deputy).body
    absences.tell_over(at=moment(days(7)))
    assert len(told(deputy)) == 1, "the last day is not over yet"
    for day in (8, 9):
        absences.tell_over(at=moment(days(day)))
    assert told(deputy)[1:] == [f"Bạn thôi thay {head.user.full_name}"]
    assert absence.ends == days(7)


def test_a_deputy_is_told_when_the_holder_is_back_earlier_and_not_again(office, head, deputy):
    absences.end(absence=name(head, deputy), by="shell:x", at=moment(days(2)))
    absences.tell_over(at=moment(days(3)))
    assert told(deputy)[1:] == [f"Bạn thôi thay {head.user.full_name}"]


@pytest.mark.parametrize(("last", "left"), [(2, [days(2)]), (-1, [])])
def test_who_stands_in_for_a_post_that_ends_does_so_no_longer(office, head, deputy, last, left):
    name(head, deputy)
    posts.end(post=head, last_day=days(last), by="shell:x", at=NOW)
    assert list(Absence.objects.values_list("ends", flat=True)) == left
    assert told(deputy)[1:] == [f"Bạn thôi thay {head.user.full_name}"]


def test_who_leaves_stands_in_for_nobody_and_those_who_count_on_it_hear(office, head, deputy):
    keeper = office.who("administrator", office.root)
    name(head, deputy, by=keeper.actor)
    posts.leave(user=deputy, last_day=days(0), by="shell:x", at=NOW)
    assert not Absence.objects.exists()
    said = f"{deputy.full_name} đã ngừng tài khoản, không còn thay {head.user.full_name}"
    assert told(head.user)[1:] == told(keeper) == [said]
    assert set(Notice.objects.filter(user__in=[head.user, keeper]).values_list("url", flat=True)) == {
        "/nguoi-thay/", f"/tai-khoan/{head.user_id}/",
    }  # fmt: skip
    assert len(told(deputy)) == 1, "who cannot sign in is told nothing more"


def test_who_did_it_is_not_told_what_they_did(office, head, deputy):
    keeper = office.who("administrator", office.root)
    name(head, deputy, by=keeper.actor)
    posts.leave(user=deputy, last_day=days(0), by=keeper.actor, at=NOW)
    assert told(keeper) == []


def test_a_deputy_that_goes_along_with_the_post_hears_of_the_new_body_and_of_no_end(office, head, deputy):
    name(head, deputy)
    posts.move(posts=[head], to=office.health, on=days(2), by="shell:x", at=NOW)
    assert "Sở Y tế" in Notice.objects.filter(user=deputy).latest("pk").body
    absences.tell_over(at=moment(days(3)))
    assert len(told(deputy)) == 2


def test_who_administers_stands_in_for_nobody_who_sees_the_work(office, head, deputy):
    keeper = office.who("administrator", office.root)
    with pytest.raises(DeputyAdministersError):
        name(head, keeper)
    to_begin = make.user()
    posts.appoint(user=to_begin, organisation=office.root, role="administrator", starts=days(5), by="shell:x", at=NOW)
    with pytest.raises(DeputyAdministersError):
        name(head, to_begin)
    other = make.post("administrator", body=office.body)
    assert name(other, keeper), "another administrator sees no content by it"
    assert not rights(keeper, TODAY).may(Permission.SEE_WORK)


def test_who_did_administer_may_stand_in_later(office, head):
    keeper = make.post("administrator", body=office.body)
    office.who("administrator", office.root)
    posts.end(post=keeper, last_day=days(2), by="shell:x", at=NOW)
    with pytest.raises(DeputyAdministersError):
        name(head, keeper.user, 2, 4)
    assert name(head, keeper.user, 3, 4)


def test_the_body_hears_who_stands_in_but_not_who_said_so(office, head, deputy):
    clerk = office.who("officer", office.science)
    post = posts.Post.objects.get(user=clerk)
    absences.name_own_deputy(post=post, deputy=deputy, starts=TODAY, ends=days(3), by=clerk, at=NOW)
    told = Notice.objects.filter(key__startswith="deputy_there:")
    assert {one.user for one in told} == {head.user}
    assert deputy.full_name in told.get().subject
    name(post, deputy, 5, 6, by=head.user.actor)
    assert {one.user for one in told.exclude(user=head.user)} == {clerk}, "who is away hears it, where another said so"
    assert told.filter(user=head.user).count() == 1
