"""Whole documents of our own, of every layout that offices use: what must be read of each stands beside it."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import pytest

import specimens
from vanban import read
from vanban.fold import squeeze
from vanban.model import Deadline, Duty, Party, Reading

MODULES = [importlib.import_module(f"specimens.{found.name}") for found in pkgutil.iter_modules(specimens.__path__)]


def reading(module: ModuleType) -> Reading:
    text: str | bytes = module.TEXT
    return read(text.encode() if isinstance(text, str) else text, name=None)


def names(parties: tuple[Party, ...]) -> str:
    return "; ".join(party.name + "+" * party.group for party in parties) or "-"


def when(deadline: Deadline) -> str:
    return " ".join(
        str(value) if value else "-" for value in (deadline.kind, deadline.start, deadline.end, deadline.every)
    )


def line(duty: Duty, content: str, section: str) -> str:
    """The duty as `DUTIES` writes it, its content and section as far as they are written there."""
    fields = [
        duty.number or "-",
        squeeze(duty.content)[: len(content)],
        "=" * duty.lead_inherited + names(duty.leads),
        names(duty.coordinators),
        when(duty.deadline),
        (duty.section or "-")[: len(section)],
    ]
    return " | ".join(fields)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_duties(module: ModuleType) -> None:
    expected = module.DUTIES.strip().splitlines()
    found = reading(module).duties
    fields = [row.split(" | ") for row in expected] + [["", " " * 40, "", "", "", ""]] * len(found)
    assert [line(duty, row[1], row[5]) for duty, row in zip(found, fields, strict=False)] == expected


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_heading(module: ModuleType) -> None:
    heading = reading(module).heading
    found = {name: getattr(heading, name) for name in module.HEADING}
    assert {name: str(value) for name, value in found.items()} == module.HEADING
