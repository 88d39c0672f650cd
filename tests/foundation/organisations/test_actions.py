"""Bodies, their names, and posts."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

import factories as make
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.actions import organisations, posts
from tiendo.foundation.organisations.errors import BodyInvalidError, CodeTakenError, NameTakenError, UnknownRoleError
from tiendo.foundation.organisations.models import Name, Organisation, Post

pytestmark = pytest.mark.django_db


def add(code: str = "A", **more: object) -> Organisation:
    return organisations.add(
        **{"code": code, "name": f"Sở {code}", "kind": "department", "by": "shell:x", "at": make.NOW, **more}
    )


def test_a_path_is_the_ids_from_the_root():
    root = add("T")
    below = add("T.1", parent=root)
    deepest = add("T.1.1", parent=below)
    assert (root.path, below.path) == (f"/{root.pk}/", f"/{root.pk}/{below.pk}/")
    assert deepest.path == f"{below.path}{deepest.pk}/"
    assert list(root.children.all()) == [below]


def test_a_body_is_known_by_all_its_names():
    body = add(name="Ủy ban nhân dân tỉnh", short_name="UBND", abbreviations=["UBNDT"], aliases=["Ủy ban tỉnh"])
    assert dict(body.names.values_list("text", "source")) == {
        "Ủy ban nhân dân tỉnh": "own",
        "UBND": "abbreviation",
        "UBNDT": "abbreviation",
        "Ủy ban tỉnh": "alias",
    }
    assert (str(body), body.label) == ("Ủy ban nhân dân tỉnh", "UBND")
    assert add("B").label == "Sở B"
    assert str(body.names.get(source="own")) == "Ủy ban nhân dân tỉnh"


def test_names_that_compare_alike_are_kept_once():
    body = add(name="Ủy ban nhân dân tỉnh", aliases=["UBND tỉnh", "Uỷ  ban Nhân dân tỉnh"])
    assert body.names.count() == 1


def test_adding_is_recorded():
    body = add()
    event = Event.objects.get()
    assert (event.verb, event.office, event.actor) == ("organisations.organisation.added", body.path, "shell:x")
    assert event.data == {"code": "A", "name": "Sở A"}


def test_a_code_is_given_once():
    add()
    with pytest.raises(CodeTakenError, match="A"):
        add(name="Sở khác")
    assert Organisation.objects.count() == Event.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"code": "vp tu;"}, "phải gồm chữ hoa"),
        ({"name": "   "}, "thiếu tên"),
        ({"name": "T" * 301}, "dài 301 ký tự"),
        ({"short_name": "T" * 121}, "dài 121 ký tự"),
        ({"kind": "ministry"}, "loại “ministry” không có"),
        ({"aliases": ["Sở\u200b"]}, "không nhìn thấy"),
    ],
)
def test_what_no_door_may_add(more, says):
    with pytest.raises(BodyInvalidError, match=says):
        add(**more)
    assert not Organisation.objects.exists()


def test_one_root_above_all():
    root = add("T", kind="root")
    with pytest.raises(BodyInvalidError, match="chỉ dành cho gốc"):
        add("T.1", kind="root", parent=root)


def test_two_bodies_below_one_parent_have_two_names():
    root = add("T")
    other = add("T.1", name="Sở  Y tế", parent=root)
    assert other.name == "Sở Y tế"
    with pytest.raises(NameTakenError, match=r"T\.1"):
        add("T.2", name="SỞ Y TẾ", parent=root)
    add("T.3", name="Sở Y tế", parent=other)


def test_an_alias_is_remembered_once():
    body = add(name="Sở Y tế")
    for text in ("Ngành Y tế", "Ngành y tế", "ngành  Y tế"):
        organisations.add_alias(organisation=body, text=text, by="user:1", at=make.NOW)
    assert list(body.names.filter(source="alias").values_list("text", flat=True)) == ["Ngành Y tế"]
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "organisations.organisation.added",
        "organisations.alias.added",
    ]


def test_an_alias_that_is_the_own_name_changes_nothing():
    body = add(name="Sở Y tế")
    organisations.add_alias(organisation=body, text="SỞ Y TẾ", by="user:1", at=make.NOW)
    assert Name.objects.get().source == "own"
    assert Event.objects.count() == 1


def test_an_offices_alias_is_its_own_and_can_be_taken_back():
    body, one, two = add(name="Sở Y tế"), add(code="B", name="Văn phòng A"), add(code="C", name="Văn phòng B")
    asked = {"organisation": body, "text": "Ngành Y", "by": "user:1", "at": make.NOW}
    assert organisations.add_alias(office=one, **asked) is True
    assert organisations.add_alias(office=one, **asked) is False
    assert organisations.add_alias(office=two, **asked) is True
    assert organisations.add_alias(office=two, **{**asked, "text": "SỞ Y TẾ"}) is False, "everyone knows it by this"
    event = Event.objects.last()
    assert (event.verb, event.office, event.data) == ("organisations.alias.added", two.path, {"name": "Ngành Y"})
    assert organisations.remove_alias(office=one, **asked) is True
    assert organisations.remove_alias(office=one, **asked) is False
    assert [name.office for name in body.names.filter(source="alias")] == [two]
    assert Event.objects.last().verb == "organisations.alias.removed"


def test_a_post_is_given_and_recorded():
    body, user = add(), make.user()
    post = posts.appoint(
        user=user,
        organisation=body,
        role="head",
        starts=date(2026, 1, 1),
        title="Giám đốc Sở",
        by="shell:x",
        at=make.NOW,
    )
    assert (post.user, post.organisation, post.role, post.title, post.ends) == (user, body, "head", "Giám đốc Sở", None)
    assert str(post) == f"{user.pk} head {body.pk}"
    event = Event.objects.last()
    assert (event.verb, event.office, event.data) == (
        "organisations.post.appointed",
        body.path,
        {"user": user.pk, "role": "head"},
    )


def test_an_unknown_role_is_refused():
    body, user = add(), make.user()
    with pytest.raises(UnknownRoleError, match="vua"):
        posts.appoint(user=user, organisation=body, role="vua", starts=date(2026, 1, 1), by="user:1", at=make.NOW)
    assert not Post.objects.exists()
    assert Event.objects.count() == 1


def test_a_post_does_not_end_before_it_starts():
    post = make.post()
    post.ends = post.starts
    post.save()
    post.ends = date(2019, 12, 31)
    with pytest.raises(IntegrityError), transaction.atomic():
        post.save()
