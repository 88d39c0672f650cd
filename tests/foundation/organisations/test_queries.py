"""Rights on a day, subtrees, and bodies found by printed names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import factories as make
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.errors import UnknownOrganisationError
from tiendo.foundation.organisations.matching import Match, Matcher
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.foundation.organisations.queries import (
    Rights,
    by_code,
    managed_by,
    posts_held,
    posts_of,
    require,
    rights,
    within,
)

pytestmark = pytest.mark.django_db


def _post(starts: int, ends: int | None) -> Post:
    post = make.post("head")
    post.starts, post.ends = make.days(starts), None if ends is None else make.days(ends)
    post.save()
    return post


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [(-10, None, True), (0, None, True), (1, None, False), (-10, 0, True), (-10, -1, False), (0, 0, True)],
)
def test_a_post_is_held_from_its_first_to_its_last_day(starts, ends, held):
    post = _post(starts, ends)
    assert posts_of(post.user, make.TODAY).exists() is held
    assert rights(post.user, make.TODAY).may(Permission.CONFIRM_REPORT) is held


def test_rights_hold_in_the_very_body_only():
    root = make.organisation()
    below = make.organisation(parent=root)
    held = rights(make.person("head", root), make.TODAY)
    assert held.may(Permission.SUBMIT_REPORT)
    assert held.may(Permission.SUBMIT_REPORT, root)
    assert not held.may(Permission.SUBMIT_REPORT, below)
    assert not held.may(Permission.APPROVE, root)
    assert held.bodies(Permission.SUBMIT_REPORT) == (root,)
    assert held.paths(Permission.SUBMIT_REPORT) == (root.path,)
    assert held.bodies(Permission.APPROVE) == ()


def test_two_posts_add_up_each_in_its_body():
    user, one, other = make.user(), make.organisation(), make.organisation()
    make.post("head", body=one, who=user)
    make.post("clerk", body=one, who=user)
    make.post("clerk", body=other, who=user)
    held = rights(user, make.TODAY)
    assert held.organisations == (one, other)
    assert held.bodies(Permission.RECEIVE) == (one, other)
    assert held.bodies(Permission.SUBMIT_REPORT) == (one,)
    assert held.may(Permission.RECEIVE, other)
    assert not held.may(Permission.SUBMIT_REPORT, other)


def test_who_has_no_post_may_nothing():
    held = rights(make.user(), make.TODAY)
    assert held == Rights(())
    assert not any(held.may(permission) for permission in Permission)


def test_a_role_no_longer_known_gives_no_right():
    post = make.post("head")
    Post.objects.filter(pk=post.pk).update(role="chanh-tong")
    held = rights(post.user, make.TODAY)
    assert not any(held.may(permission) for permission in Permission)
    assert held.paths(Permission.SEE_WORK) == ()


def test_what_a_post_looks_after_widens_sight_and_nothing_else():
    root = make.organisation()
    below, beside = make.organisation(parent=root), make.organisation(parent=root)
    held = rights(make.post("inspector", body=below, scope=root).user, make.TODAY)
    assert held.paths(Permission.SEE_ALL_WORK) == held.paths(Permission.SEE_AUDIT) == (root.path,)
    assert held.paths(Permission.SEE_WORK) == (below.path,)
    assert held.bodies(Permission.SEE_WORK) == (below,)
    assert not held.may(Permission.SEE_WORK, beside)


def test_two_posts_that_look_after_the_same_count_once():
    root = make.organisation()
    user = make.post("leader", body=root).user
    make.post("inspector", body=make.organisation(parent=root), who=user, scope=root)
    assert rights(user, make.TODAY).paths(Permission.SEE_ALL_WORK) == (root.path,)


def test_an_administrator_keeps_the_accounts_of_the_own_tree():
    root, other = make.organisation(), make.organisation()
    body = make.organisation(parent=root)
    keeper = make.person("administrator", body)
    here, there, both = (make.person("clerk", place) for place in (root, other, body))
    make.post("clerk", body=other, who=both)
    nobody = make.user()
    former = make.person("clerk", other)
    Post.objects.filter(user=former).update(ends=make.days(-1))
    assert set(managed_by(rights(keeper, make.TODAY), make.TODAY)) == {keeper, here, nobody, former}
    assert there not in managed_by(rights(keeper, make.TODAY), make.TODAY)


def test_posts_of_many_are_read_at_once(django_assert_num_queries):
    one, two = make.post("clerk"), make.post("head")
    over = make.post("clerk", who=one.user)
    Post.objects.filter(pk=over.pk).update(ends=make.days(-1))
    with django_assert_num_queries(1):
        held = posts_held([one.user_id, two.user_id], make.TODAY)
        assert {user: [str(post.organisation) for post in rows] for user, rows in held.items()}
    assert held == {one.user_id: [one], two.user_id: [two]}


def test_require_refuses_who_may_not():
    body = make.organisation()
    clerk = make.person("clerk", body)
    require(clerk, Permission.RECEIVE, body, make.TODAY)
    with pytest.raises(NotAllowedError):
        require(clerk, Permission.APPROVE, body, make.TODAY)
    with pytest.raises(NotAllowedError):
        require(clerk, Permission.RECEIVE, make.organisation(), make.TODAY)
    with pytest.raises(NotAllowedError):
        require(clerk, Permission.RECEIVE, body, date(2019, 12, 31))


def test_within_is_the_subtree_and_not_a_longer_number():
    root = make.organisation()
    below = make.organisation(parent=root)
    Organisation.objects.filter(pk=make.organisation().pk).update(path=f"/{root.pk}0/")
    assert set(Organisation.objects.filter(within([root.path]))) == {root, below}
    assert set(Organisation.objects.filter(within([below.path]))) == {below}
    assert not Organisation.objects.filter(within([])).exists()


def test_a_body_by_its_code():
    body = make.organisation(code="T.9")
    assert by_code("T.9") == body
    with pytest.raises(UnknownOrganisationError, match=r"T\.8"):
        by_code("T.8")


def test_a_printed_name_finds_its_body_in_any_spelling():
    body = make.organisation("Ủy ban nhân dân tỉnh")
    matcher = Matcher()
    for printed in ("Uỷ ban Nhân dân tỉnh", "UBND tỉnh", "ủy ban nhân dân  tỉnh,", "UỶ BAN NHÂN DÂN TỈNH"):
        assert matcher.match(printed) == Match(body.pk, exact=True), printed


def test_a_near_name_is_only_proposed():
    body = make.organisation("Sở Nông nghiệp và Môi trường")
    found = Matcher().match("Sở Nông nghiệp và Phát triển môi trường")
    assert found is not None
    assert (found.organisation_id, found.exact) == (body.pk, False)
    assert 80 <= found.score < 100


def test_a_name_two_bodies_share_is_only_proposed():
    first, _second = make.organisation("Ủy ban nhân dân xã"), make.organisation("Ủy ban nhân dân xã")
    found = Matcher().match("UBND xã")
    assert found == Match(first.pk, exact=False, score=100.0)


@pytest.fixture
def country():
    """Two provinces; in the first two communes with an office of the same name each."""
    first, second = (make.organisation(f"Tỉnh {name}", kind="root") for name in ("An Bình", "Bắc Hà"))
    communes = [make.organisation(f"Xã {name}", parent=first, kind="commune") for name in ("Một", "Hai")]
    return {
        "first": first,
        "office": make.organisation("Văn phòng Tỉnh ủy", parent=first),
        "communes": communes,
        "desks": [make.organisation("Phòng Kinh tế", parent=commune) for commune in communes],
        "health": make.organisation("Sở Y tế", parent=second),
        "elsewhere": make.organisation("Văn phòng Tỉnh ủy", parent=second),
    }


def test_a_name_charges_nobody_in_another_province(country):
    assert Matcher(country["elsewhere"]).exact("Sở Y tế") == country["health"].pk
    assert Matcher(country["office"]).match("Sở Y tế") is None
    assert Matcher().exact("Sở Y tế") == country["health"].pk


def test_of_one_name_the_nearest_body_is_meant(country):
    for commune, desk in zip(country["communes"], country["desks"], strict=True):
        assert Matcher(commune).exact("Phòng Kinh tế") == desk.pk
    assert Matcher(country["office"]).exact("Phòng Kinh tế") is None, "the province means neither"
    assert Matcher(country["communes"][0]).exact("Văn phòng Tỉnh ủy") == country["office"].pk


def test_what_an_office_calls_a_body_holds_for_that_office_alone(country):
    desk = country["desks"][0]
    organisations.add_alias(organisation=desk, text="Phòng KT", office=country["office"], by="user:1", at=make.NOW)
    assert Matcher(country["office"]).exact("Phòng KT") == desk.pk
    for other in (country["elsewhere"], country["communes"][1], None):
        assert Matcher(other).exact("Phòng KT") is None


def test_bodies_below_no_root_are_one_tree(country):
    office, body = make.organisation("Văn phòng A"), make.organisation("Sở B")
    assert Matcher(office).exact("Sở B") == body.pk
    assert Matcher(country["office"]).exact("Sở B") is None
    assert Matcher(office).exact("Sở Y tế") is None


def test_a_name_like_none_finds_none():
    make.organisation("Sở Y tế")
    assert Matcher().match("Bộ Chỉ huy Quân sự tỉnh") is None
    Organisation.objects.all()[0].names.all().delete()
    assert Matcher().match("Sở Y tế") is None


def test_the_register_is_loaded_once(django_assert_num_queries):
    for _ in range(3):
        make.organisation()
    with django_assert_num_queries(1):
        matcher = Matcher()
        for _ in range(5):
            matcher.match("Sở Thử nghiệm")


def test_rights_are_loaded_once(django_assert_num_queries):
    user = make.person("head", make.organisation())
    with django_assert_num_queries(1):  # the posts, with whether anything stands behind their bodies
        held = rights(user, make.TODAY + timedelta(days=1))
        assert held.may(Permission.SEE_WORK)
        assert held.organisations
        assert held.paths(Permission.SEE_WORK)
