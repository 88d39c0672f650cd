"""A register of 20,000 bodies in four trees: subtree, matching a name, taking it in, a merger of 5,000 open charges."""

from __future__ import annotations

import argparse
import os
import random
import resource
import tempfile
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

from measure import against, cpu, machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tiendo.foundation.accounts.models import User
    from tiendo.foundation.organisations.models import Organisation

SUBTREE_MS, MATCH_MS, MERGE_S = 50, 5, 10
TIMES = 5
PLACES = ["Suối Mơ", "Lạc Sơn", "Vân Hà", "Bình An", "Tân Thành", "Tân Thạnh", "Yên Hòa", "Phú Lộc", "Đông Sơn"]
WHATS = {
    "department": "Phòng Kinh tế",
    "party_committee": "Đảng ủy",
    "political_social": "Hội Nông dân",
    "commune": "Xã",
    "peoples_committee": "Ủy ban nhân dân xã",
    "school": "Trường Trung học cơ sở",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=20_000)
    parser.add_argument("--charges", type=int, default=5_000)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"TIENDO_DATA": folder, "TIENDO_HOSTS": "testserver", "TIENDO_JOBS_IN_WEB": "0"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "tiendo.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _lists(asked.bodies)
        _trees()
        _names()
        _merger(asked.charges)


def listed(count: int, seed: int = 1) -> bytes:
    """A CSV of so many bodies, some eight below each, in all four trees."""
    chance = random.Random(seed)
    kinds = list(WHATS)
    lines = ["code,name,kind,parent,short,abbreviations"]
    for number in range(1, count + 1):
        kind = chance.choice(kinds)
        parent = f"B{number // 8}" if number >= 8 else "T"
        name = f"{WHATS[kind]} {chance.choice(PLACES)} {chance.choice(PLACES)} {number}"
        lines.append(f"B{number},{name},{kind},{parent},,CQ {number}")
    return "\n".join(lines).encode()


def said(what: str, taken: float, budget: float | None = None, unit: str = "ms") -> None:
    scale = 1000 if unit == "ms" else 1
    told = against(taken * scale, budget) if budget else ""
    print(f"{what:<58} {taken * scale:8.1f} {unit}  {told}")


def once[T](what: str, work: Callable[[], T], budget: float | None = None) -> T:
    start = time.process_time()
    found = work()
    said(what, time.process_time() - start, budget, unit="s")
    return found


def _lists(count: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from tiendo.foundation.organisations.actions import importing, organisations
    from tiendo.foundation.organisations.exports import register_xlsx, register_zip
    from tiendo.foundation.organisations.previews import preview
    from tiendo.foundation.organisations.reading import read
    from tiendo.foundation.organisations.snapshot import choices, register

    now = timezone.now()
    organisations.add(code="T", name="Tỉnh Bench", kind="root", by="shell:bench", at=now)
    book = once(f"read a CSV of {count:,} lines", lambda: read(listed(count)))
    plan = once("preview into an empty register", lambda: preview(book, registrar=None, at=now))
    once(
        "write",
        lambda: importing.write(book=book, digest=plan.digest, registrar=None, by="shell:bench", at=now),
    )
    again = once("preview of the same against the full register", lambda: preview(book, registrar=None, at=now))
    if again.counts["unchanged"] != count:
        raise RuntimeError("the same list did not come back unchanged")
    packed = once("export: ZIP of CSVs", lambda: register_zip(register()))
    book_ = once("export: workbook", lambda: register_xlsx(register(), choices()))
    once("read the ZIP and preview it", lambda: preview(read(packed), registrar=None, at=now))
    once("read the workbook and preview it", lambda: preview(read(book_), registrar=None, at=now))
    print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _trees() -> None:
    from tiendo.foundation.organisations.ancestry import below
    from tiendo.foundation.organisations.models import Organisation, Seat, Tree

    seats = {tree.value: Seat.objects.filter(tree=tree).count() for tree in Tree}
    print(f"\nseats in the trees: {seats}")
    root = Organisation.objects.get(code="T")
    for tree in seats:
        size = below(root, tree).count()
        said(
            f"ids of all {size:,} of the tree {tree}",
            cpu(lambda t=tree: list(below(root, t).values_list("pk")), TIMES)[0],
        )
    middle = max(
        (below(body, "state").count(), body.pk) for body in Organisation.objects.filter(kind="department")[:40]
    )
    body = Organisation.objects.get(pk=middle[1])
    for day in (None, date(2025, 1, 1)):
        what = f"a subtree of {middle[0]:,}, {'now' if day is None else 'as of a day'}"
        said(what, cpu(lambda d=day: list(below(body, "state", d)[:50]), TIMES)[0], SUBTREE_MS)
        said("  counted", cpu(lambda d=day: below(body, "state", d).count(), TIMES)[0], SUBTREE_MS)
    inside = Organisation.objects.filter(path__startswith=body.path)
    said(f"  in the register ({inside.count():,})", cpu(lambda: list(inside[:50]), TIMES)[0], SUBTREE_MS)


def _names() -> None:
    from tiendo.foundation.organisations.matching import Matcher
    from tiendo.foundation.organisations.models import Organisation

    office = Organisation.objects.get(code="B1")
    said("\nMatcher loaded", cpu(lambda: Matcher(office), 3)[0])
    matcher = Matcher(office, on=date(2026, 1, 1))
    exact = Organisation.objects.get(
        code="B15000" if Organisation.objects.filter(code="B15000").exists() else "B9"
    ).name
    names = {
        "a name that is there": exact,
        "one letter wrong": f"{exact[:6]}{exact[7:]}",
        "a name nobody has": "Trung tâm Kiểm soát bệnh tật và an toàn thực phẩm liên huyện phía Bắc",
        "a long phrase": "các cơ quan, đơn vị liên quan, Ủy ban nhân dân các xã, phường và các tổ chức đoàn thể " * 3,
    }
    for what, name in names.items():
        said(f"  {what}", cpu(lambda n=name: matcher.match(n), 20)[0], MATCH_MS)


def _merger(charges: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from tiendo.foundation.accounts.models import User
    from tiendo.foundation.organisations.actions import posts, succession
    from tiendo.foundation.organisations.models import Organisation
    from tiendo.work.handovers.actions import handovers

    now = timezone.now()
    one, two, heir = Organisation.objects.filter(code__in=["B101", "B102", "B103"]).order_by("code")
    obligations = _charge(one, two, charges)
    user: User = User.objects.create(username="danh-ba", full_name="Người thử danh bạ", created_at=now)
    posts.appoint(
        user=user, organisation=Organisation.objects.get(code="T"), role="registrar", starts=date(2020, 1, 1),
        by="shell:bench", at=now,
    )  # fmt: skip
    draft = succession.draft(
        kind="merge", on=timezone.localdate(now) - timedelta(days=1), befores=[one, two], afters=[heir], by=user, at=now
    )
    print(f"\na merger: {charges:,} open charges, {obligations:,} of their obligations open")
    with connection.execute_wrapper(_Counter()) as _:
        wall = time.perf_counter()
        once("carried out, in one transaction", lambda: handovers.carry_out(succession=draft, by=user, at=now), MERGE_S)
        said("  by the clock", time.perf_counter() - wall, MERGE_S, unit="s")
    print(f"  {_Counter.asked} statements")
    once("undone", lambda: handovers.undo(succession=draft, by=user, at=now), MERGE_S)


class _Counter:
    asked = 0

    def __call__(self, execute: Callable[..., object], *rest: object) -> object:
        _Counter.asked += 1
        return execute(*rest)


def _charge(one: Organisation, two: Organisation, charges: int) -> int:
    """Give the two bodies so many open charges of a programme. Returns how many open obligations go with them."""
    from office import build

    from tiendo.work.programmes.models import Assignment, Obligation, Programme
    from tiendo.work.programmes.rules.periods import calendars

    build(charges)
    Programme.objects.update(calendar=next(iter(calendars())))
    leads = list(Assignment.objects.filter(role="lead").order_by("pk").values_list("pk", flat=True)[:charges])
    if len(leads) < charges:
        raise RuntimeError(f"only {len(leads)} charges were made")
    for body, part in ((one, leads[::2]), (two, leads[1::2])):
        for at in range(0, len(part), 5000):
            Assignment.objects.filter(pk__in=part[at : at + 5000]).update(organisation=body)
            Obligation.objects.filter(assignment__in=part[at : at + 5000]).update(organisation=body)
    return Obligation.objects.filter(organisation__in=[one, two], state="open").count()


if __name__ == "__main__":
    main()
