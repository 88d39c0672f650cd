"""The audit as sentences: each act has its words, each reader their own offices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import transaction

import factories as make
import tiendo
from doors.desk.world import LATE, words
from tampering import tampering
from tiendo.doors.desk.history.sentences import VERBS, sentences
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event


def test_what_happened_newest_first(office, world, enter):
    page = enter(office.chief).get("/nhat-ky/")
    rows = page.context["table"]["rows"]
    assert [row["sequence"] for row in rows] == sorted((row["sequence"] for row in rows), reverse=True)
    shown = words(page)
    assert f"09:30 02/03/2026 {office.chief.full_name} mở chương trình" in shown
    assert "Hệ thống đọc xong văn bản" in shown
    assert "ký duyệt nhiều dòng cùng lúc (7)" in shown


def test_each_reads_of_their_own_bodies(office, world, enter):
    world.sent(LATE)
    verbs = lambda who: {row["what"] for row in enter(who).get("/nhat-ky/").context["table"]["rows"]}  # noqa: E731
    assert "gửi báo cáo" in verbs(office.who("head", office.science))
    assert "gửi báo cáo" not in verbs(office.who("head", office.health))
    assert "mở chương trình" not in verbs(office.who("head", office.science))
    assert {"gửi báo cáo", "mở chương trình"} <= verbs(office.who("inspector", office.root))


def test_nothing_yet_says_so(office, enter):
    client = enter(office.chief)
    with tampering():
        Event.objects.all()._raw_delete("default")
    assert "Chưa có việc nào được ghi." in words(client.get("/nhat-ky/"))


def test_pages(office, enter):
    with transaction.atomic():
        for place in range(55):
            events.record(
                actor="shell:x", verb="tests.thing.done", subject=f"tests.thing:{place}", at=make.NOW,
                office=office.body.path, data={},
            )  # fmt: skip
    client = enter(office.chief)
    first, second = (client.get(f"/nhat-ky/?page={page}").context["table"]["rows"] for page in (1, 2))
    assert len(first) == 50
    assert not {row["sequence"] for row in first} & {row["sequence"] for row in second}


def test_names_are_looked_up_once(office, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        sentences(Event.objects.order_by("sequence"))


def test_one_who_is_unknown_is_named_as_the_audit_has_them(db):
    from types import SimpleNamespace

    event = SimpleNamespace(actor="user:99", verb="x.y.z", at=make.NOW, data={"count": 3}, sequence=1)
    assert sentences([event]) == [{"at": make.NOW, "who": "user:99", "what": "x.y.z", "count": 3, "sequence": 1}]


def recorded() -> set[str]:
    """Every verb the actions write, read from their source: whole ones, and prefixes with each of their last words."""
    found = set()
    for path in Path(tiendo.__file__).parent.glob("*/*/actions/*.py"):
        source = path.read_text(encoding="utf-8")
        for prefix, whole in re.findall(r'verb=f?"([a-z_.]+?)(?:\.\{verb\}|(?<=[a-z])(\b))"', source):
            last = re.findall(r'_(?:event|record|keep)\(\s*(?:\w+, )?"([a-z_]+)"', source)
            found |= {f"{prefix}.{one}" for one in last} if f"{prefix}.{{verb}}" in source else {prefix + whole}
    return found


@pytest.mark.parametrize("verb", sorted(recorded()))
def test_each_verb_has_its_words(verb):
    assert verb in VERBS
