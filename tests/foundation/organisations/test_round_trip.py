"""The whole register out and in again: the same bytes, the same cells, whatever happened to its bodies."""

from __future__ import annotations

import contextlib
import datetime as dt
import io

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import factories as make
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations import exports, reading
from tiendo.foundation.organisations.actions import importing, organisations, succession, trees
from tiendo.foundation.organisations.models import Heir, Name, Organisation, Post, Seat, Succession
from tiendo.foundation.organisations.previews import preview
from tiendo.foundation.organisations.rules.importing.lines import What
from tiendo.foundation.organisations.snapshot import choices, register

pytestmark = pytest.mark.django_db

KINDS = ["department", "party_committee", "front", "commune", "association"]
WORDS = ["Sở", "Ban", "Đảng ủy", "tỉnh, xã", "=1+1", "'Hội\"", "Ủy  ban", "-", "a|b", "Ă;Â", "Phòng\tA"]
DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=60 * step) for step in range(10)]


def empty() -> None:
    for model in (Heir, Succession, Seat, Name):
        model.objects.all().delete()
    Organisation.objects.update(parent=None)
    Organisation.objects.all().delete()


def take_in(data: bytes) -> None:
    book = reading.read(data)
    plan = preview(book, registrar=None, at=make.NOW)
    assert [(line.sheet.name, line.number, line.answers) for line in plan.refused] == []
    importing.write(book=book, digest=plan.digest, registrar=None, by="shell:test", at=make.NOW)


def cells(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def paths() -> set[tuple[str, ...]]:
    """Where seats lie, told by codes."""
    codes = {str(pk): code for pk, code in Organisation.objects.values_list("pk", "code")}
    return {
        (seat.tree, str(seat.starts), str(seat.ends), *(codes[one] for one in seat.path.strip("/").split("/")))
        for seat in Seat.objects.all()
    } | {("", *(codes[one] for one in body.path.strip("/").split("/"))) for body in Organisation.objects.all()}


def attempt(act) -> None:
    """What the house refuses did not happen."""
    with contextlib.suppress(TiendoError), transaction.atomic():
        act()


@st.composite
def steps(draw):
    return draw(
        st.lists(
            st.tuples(
                st.sampled_from(["add", "add", "add", "place", "seat", "succession", "alias", "rename", "confirm"]),
                st.integers(0, 50),
                st.integers(0, 50),
                st.integers(0, 50),
                st.sampled_from(DAYS),
            ),
            max_size=14,
        )
    )


class World:
    """Random acts on a register, as people would do them."""

    def __init__(self) -> None:
        self.root = make.organisation("Tỉnh Gốc", kind="root", code="T")
        self.who = make.registrar(self.root)
        self.other = make.person("registrar", self.root)
        self.number = 0

    def body(self, at: int) -> Organisation:
        return list(Organisation.objects.order_by("pk"))[at % Organisation.objects.count()]

    def do(self, what: str, a: int, b: int, c: int, day: dt.date) -> None:
        attempt(lambda: getattr(self, what)(a, b, c, day))

    def add(self, a: int, b: int, c: int, day: dt.date) -> None:
        self.number += 1
        organisations.add(
            code=f"B{c % 7}.{self.number}",
            name=f"{WORDS[a % len(WORDS)]} {WORDS[c % len(WORDS)]} {self.number}",
            kind=KINDS[b % len(KINDS)],
            parent=self.body(a),
            short_name=f"{WORDS[b % len(WORDS)]} {self.number}" if c % 2 else "",
            abbreviations=[f"V {WORDS[c % len(WORDS)]}", "VP"] if c % 3 == 0 else [],
            aliases=["tên khác"] if a % 3 == 0 else [],
            starts=day if b % 2 else None,
            national_code=f"H{self.number}" if c % 2 else "",
            by="shell:test",
            at=make.NOW,
        )

    def place(self, a: int, b: int, _c: int, _day: dt.date) -> None:
        trees.place(organisation=self.body(a), parent=self.body(b), by="shell:test", at=make.NOW)

    def seat(self, a: int, b: int, c: int, day: dt.date) -> None:
        tree = ["party", "state", "front", "territory"][c % 4]
        trees.seat(
            organisation=self.body(a),
            tree=tree,
            above=self.body(b) if b % 5 else None,
            on=day if c % 3 else None,
            by="shell:test",
            at=make.NOW,
        )

    def succession(self, a: int, b: int, c: int, day: dt.date) -> None:
        kind = ["merge", "absorb", "split", "dissolved", "acts_through", "reconstituted"][c % 6]
        befores, afters = [self.body(a)], [self.body(b)]
        befores += [self.body(a + 1)] if kind == "merge" else []
        afters = [] if kind == "dissolved" else afters + ([self.body(b + 1)] if kind == "split" else [])
        made = make.succession(
            kind, befores, afters, on=day, by=self.who, decision=f"QĐ {b % 4}", note="dòng 1\ndòng 2"
        )
        if a % 4:
            attempt(lambda: succession.record(succession=made, by=self.who, at=make.NOW))
        if b % 7 == 0:
            attempt(lambda: succession.undo(succession=made, by=self.who, at=make.NOW))

    def rename(self, a: int, b: int, _c: int, day: dt.date) -> None:
        made = make.succession("rename", [self.body(a)], [], on=day, by=self.who, new_name=f"Tên mới {b}")
        succession.record(succession=made, by=self.who, at=make.NOW)

    def confirm(self, a: int, _b: int, _c: int, day: dt.date) -> None:
        made = Succession.objects.filter(state="in_force").first()
        if made:
            succession.confirm(succession=made, decision=f"{a}-QĐ/TU", decided_on=day, by=self.other, at=make.NOW)

    def alias(self, a: int, b: int, c: int, _day: dt.date) -> None:
        organisations.add_alias(
            organisation=self.body(a), text=WORDS[c % len(WORDS)], office=self.body(b), by="shell:test", at=make.NOW
        )


@settings(max_examples=15, phases=[Phase.generate])
@given(steps())
def test_out_and_in_is_the_same_register(acts):
    with transaction.atomic():
        world = World()
        for act in acts:
            world.do(*act)
        before, where = register(), paths()
        packed, book = exports.register_zip(before), exports.register_xlsx(before, choices())
        Post.objects.all().delete()
        empty()
        take_in(packed)
        assert exports.register_zip(register()) == packed
        assert paths() == where
        empty()
        take_in(book)
        assert exports.register_zip(register()) == packed
        assert cells(exports.register_xlsx(register(), choices())) == cells(book)
        again = preview(reading.read(book), registrar=None, at=make.NOW)
        assert {line.what for line in again.lines} <= {What.UNCHANGED}
        transaction.set_rollback(True)
