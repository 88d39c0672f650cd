"""A succession is prepared: its kind, its bodies among many, the day of its decision, who takes which line."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.test_succession import LIST, drafted, typed
from doors.desk.world import words
from factories import days
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.programmes.models import Assignment
from worlds import SCIENCE


@pytest.fixture
def registrar(office):
    return office.who("registrar", office.root)


@pytest.fixture
def programme(office):
    rows = [make.row(text, SCIENCE, deadline=make.by_date(days(30)), number=n) for n, text in (("1", "A"), ("2", "B"))]
    return make.programme(*rows, office=office.body, by=office.chief)


@pytest.mark.parametrize(
    ("kind", "asked", "not_asked"),
    [
        ("rename", {"Tên mới"}, {"Cơ quan nhận", "Loại của cơ quan mới"}),
        ("absorb", {"Cơ quan nhận"}, {"Tên mới", "mới lập"}),
        ("split", {"mỗi dòng một tên", "Loại của cơ quan mới"}, {"Tên gọi tắt mới"}),
        ("dissolved", {"Số, ký hiệu quyết định"}, {"Cơ quan nhận", "Tên mới"}),
    ],
)
def test_only_what_a_kind_needs_is_asked(office, registrar, enter, kind, asked, not_asked):
    shown = words(enter(registrar).get(f"{LIST}them/?kind={kind}"))
    assert {one for one in asked if one not in shown} == set()
    assert {one for one in not_asked if one in shown} == set()


def test_without_a_kind_the_kinds_are_explained(registrar, enter):
    shown = words(enter(registrar).get(f"{LIST}them/"))
    for _kind, word in Succession.Kind.choices:
        assert str(word)[1:] in shown
    assert "Lưu và xem" not in shown


def test_a_body_among_many_is_searched_for_and_what_was_typed_stays(office, registrar, enter):
    for number in range(40):
        make.organisation(f"Trạm Thú y số {number}", parent=office.body)
    client = enter(registrar)
    form = client.get(f"{LIST}them/?kind=merge").context["form"]
    assert list(form.fields["befores"].widget.choices) == [], "more than a page of boxes: asked for by name"
    sent = {"kind": "merge", "befores": [office.science.pk], "news": "Sở Chung", "note": "theo tờ trình", "on": "hôm"}
    answer = client.post(f"{LIST}them/", {**sent, "find": "befores", "find-befores": "tram thu y so 39"})
    assert answer.status_code == 200, "looking is not sending: nothing is judged"
    offered = [name for _pk, name in answer.context["form"].fields["befores"].widget.choices]
    assert offered == [SCIENCE, "Trạm Thú y số 39"], "what is ticked, then what was found"
    shown = answer.content.decode()
    assert [one for one in ("theo tờ trình", "Sở Chung", 'value="hôm"') if one not in shown] == []
    assert answer.context["form"]["befores"].value() == [str(office.science.pk)]
    last = Organisation.objects.get(name="Trạm Thú y số 39")
    drafted(client, {**sent, "befores": [office.science.pk, last.pk], "on": "02/03/2026"})


def test_a_decision_signed_after_its_effect_is_taken_when_somebody_says_that_it_is_so(office, registrar, enter):
    client = enter(registrar)
    late = typed(office, decision="12-QĐ/TU", decided_on="2026-03-05")
    asked = client.post(f"{LIST}them/", late)
    assert asked.status_code == 422
    assert "Quyết định ký sau ngày có hiệu lực: ký ngày 05/03/2026, hiệu lực từ ngày 02/03/2026" in words(asked)
    assert 'name="backdated"' in asked.content.decode()
    assert not Succession.objects.exists()
    pk = drafted(client, {**late, "backdated": "on"})
    assert "quyết định ký sau ngày có hiệu lực" in words(client.get(f"{LIST}{pk}/"))
    told = Event.objects.get(verb="organisations.succession.drafted")
    assert told.data["decided_on"] == "2026-03-05"
    plain = client.post(f"{LIST}them/", typed(office, decided_on="2026-03-02", afters=[]))
    assert 'name="backdated"' not in plain.content.decode()


def test_who_holds_it_against_the_decision_is_asked_the_same(office, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office))
    client.post(f"{LIST}{pk}/thuc-hien/")
    second = make.user()
    make.post("registrar", body=office.root, who=second)
    other, late = enter(second), {"decision": "12-QĐ/TU", "decided_on": "2026-03-05"}
    asked = other.post(f"{LIST}{pk}/doi-chieu/", late)
    assert asked.status_code == 422
    assert "Quyết định ký sau ngày có hiệu lực" in words(asked)
    done = other.post(f"{LIST}{pk}/doi-chieu/", {**late, "backdated": "on"}, follow=True)
    assert "12-QĐ/TU, ngày 05/03/2026" in words(done)


def test_giving_all_other_lines_keeps_what_is_ticked_but_not_saved(office, programme, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="split", afters=[], news="Sở Khoa học\nSở Công nghệ"))
    first, second = Assignment.objects.on(None).filter(organisation=office.science).order_by("task__position")
    one, other = (Organisation.objects.get(name=name) for name in ("Sở Khoa học", "Sở Công nghệ"))
    page = client.get(f"{LIST}{pk}/").content.decode()
    lines = page[page.rindex("<form", 0, page.index(f'name="heir-{first.pk}"')) :]
    assert 'name="give"' in lines.partition("</form>")[0], "the button sends the ticks along"
    sent = {"line": [first.pk, second.pk], f"heir-{first.pk}": [other.pk], "all": one.pk, "give": "1"}
    assert "2 dòng đã chọn nơi nhận" in words(client.post(f"{LIST}{pk}/noi-nhan/", sent, follow=True))
    client.post(f"{LIST}{pk}/thuc-hien/")
    leads = Assignment.objects.on(None).filter(role="lead").values_list("task__number", "organisation__name")
    assert sorted(leads) == [("1", "Sở Công nghệ"), ("2", "Sở Khoa học")]
