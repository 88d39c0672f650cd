"""`tiendo add-territory`: a province's communes, and what they came from."""

import pytest
from django.core.management import CommandError

import factories as make
from tiendo.foundation.organisations import territory
from tiendo.foundation.organisations.ancestry import below, heirs_of
from tiendo.foundation.organisations.models import Heir, Organisation, Succession
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.previews import preview
from tiendo.foundation.organisations.reading import Book
from tiendo.foundation.organisations.rules.territory import tables

pytestmark = pytest.mark.django_db


def communes():
    return Organisation.objects.filter(kind="commune", ends=None)


@pytest.mark.parametrize("asked", ["Tuyên Quang", "tinh tuyen quang", "08", "8"])
def test_a_province_by_name_or_code(shell, office, asked):
    out = shell("add_territory", "--province", asked)
    assert "Tỉnh Tuyên Quang (mã 08): 124 xã, phường, đặc khu." in out
    assert communes().count() == 124
    one = Organisation.objects.get(code="DV.00691")
    assert (one.parent, str(one.starts), one.seats.get().tree) == (office.root, "2025-07-01", "territory")
    assert one in below(office.root, "territory")


def test_an_unknown_province_gets_what_comes_near(shell, office):
    with pytest.raises(CommandError, match="Gần nhất: Tỉnh Tuyên Quang"):
        shell("add_territory", "--province", "Tuyen Quan")


def test_a_second_time_adds_nothing(shell, office):
    shell("add_territory", "--province", "08", "--former")
    before = (Organisation.objects.count(), Succession.objects.count())
    assert "thêm 0 cơ quan" in shell("add_territory", "--province", "08", "--former")
    assert (Organisation.objects.count(), Succession.objects.count()) == before


def test_what_they_came_from_with_successions_nobody_has_verified(shell, office):
    assert "Chưa ghi gì" in shell("add_territory", "--province", "08", "--former", "--dry-run")
    assert not communes().exists()
    shell("add_territory", "--province", "08", "--former")
    assert communes().count() == 124
    formers = Organisation.objects.filter(code__startswith="DVC.")
    assert {str(day) for day in formers.values_list("ends", flat=True)} == {"2025-06-30"}
    facts = Succession.objects.all()
    assert {(one.state, str(one.on), one.decision, one.confirmed_at) for one in facts} == {
        ("in_force", "2025-07-01", "", None)
    }
    assert set(facts.values_list("kind", flat=True)) == {"merge", "split", "reconstituted"}
    holders = heirs_of(list(formers.values_list("pk", flat=True)))
    assert all(holders.values()), "whoever ended has somebody after it"
    assert {pk for many in holders.values() for pk in many} <= set(communes().values_list("pk", flat=True))
    assert not Heir.objects.filter(succession__kind="split", share="").exists()


def test_bodies_of_each_commune_in_the_same_go(shell, office):
    shell("add_territory", "--province", "Cao Bằng", "--with", "dang-uy,ubnd")
    one = communes().order_by("code").first()
    party = Organisation.objects.get(code=f"{one.code}.DU")
    assert party.name == f"Đảng ủy {one.name[0].lower()}{one.name[1:]}"
    assert (party.parent, party.kind, party.seats.get().tree) == (one, "party_committee", "party")
    with pytest.raises(CommandError, match="không nhận “hdnd”"):
        shell("add_territory", "--province", "Cao Bằng", "--with", "hdnd")


def test_a_commune_that_was_not_rearranged_goes_on(shell, office):
    shell("add_territory", "--province", "Tuyên Quang", "--former")
    went_on = communes().filter(starts=None)
    assert went_on.exists()
    assert not Heir.objects.filter(after__in=went_on, succession__kind__in=["merge", "reconstituted"]).exists()


def test_names_that_only_accents_tell_apart_stand_side_by_side(shell, office):
    shell("add_territory", "--province", "80")
    alike = [one.name for one in communes() if key(one.name) == "xa tan thanh"]
    assert len(alike) == len(set(alike)) == 2


def test_without_the_data_it_says_what_to_do(shell, office, monkeypatch):
    monkeypatch.setattr(territory, "PACKAGE", "khong_co_goi_nay")
    with pytest.raises(CommandError, match="make setup"):
        shell("add_territory", "--province", "08")


@pytest.mark.slow
def test_every_province_can_be_added(shell):
    make.organisation("Việt Nam", kind="root", code="VN")
    total = 0
    for code, _name in territory.provinces():
        found = territory.province(code)
        made = tables(found.communes, found.formers, root="VN", former=True, bodies=["dang-uy"])
        plan = preview(Book(tuple(made)), registrar=None, at=make.NOW)
        assert [(line.label, line.answers) for line in plan.refused] == []
        total += len(found.communes)
    assert (len(territory.provinces()), total) == (34, 3321)
