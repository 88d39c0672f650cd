"""What holds for the whole house, and imports alone cannot show (the import contracts are in pyproject.toml)."""

from __future__ import annotations

import ast
import inspect
import io
import re
import subprocess
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.db.models import Field, Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation.template import templatize

import factories
import snapshots
from tiendo.foundation.accounts.permissions import Permission, roles
from worlds import Office

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")  # static files, which these tests do not ask for

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
HOUSE = SRC / "tiendo"
CODE = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def of(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name)


# -- the tables ------------------------------------------------------------------------------------------------------


def ties() -> list[Field]:
    return [
        field
        for model in snapshots.models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation
    ]


@pytest.mark.parametrize("field", ties(), ids=str)
def test_a_foreign_key_points_upstream_and_leaves_no_trace_there(field: Field):
    own, other = field.model._meta.app_label, field.related_model._meta.app_label
    assert snapshots.ROOMS.index(other) <= snapshots.ROOMS.index(own)
    if own != other:
        assert field.remote_field.related_name == "+", "a room must not grow attributes from another"


def test_the_audit_has_no_foreign_keys():
    assert [str(field) for field in ties() if field.model._meta.app_label == "audit"] == []


def made_by_factories() -> set[type[Model]]:
    functions = [getattr(factories, each) for each in factories.__all__]
    hints = [typing.get_type_hints(each).get("return") for each in functions if inspect.isfunction(each)]
    return {hint for hint in hints if isinstance(hint, type) and issubclass(hint, Model)}


def test_every_model_has_a_factory():
    assert {model for model in snapshots.models() if not model._meta.auto_created} <= made_by_factories()


def _alone(each: str) -> bool:
    """Can this factory be asked for a row without being told anything?"""
    factory = getattr(factories, each)
    hint = typing.get_type_hints(factory).get("return") if inspect.isfunction(factory) else None
    needed = (p for p in inspect.signature(factory).parameters.values()) if isinstance(hint, type) else ()
    optional = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    return (
        isinstance(hint, type)
        and issubclass(hint, Model)
        and all(p.default is not p.empty or p.kind in optional for p in needed)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("each", [each for each in factories.__all__ if _alone(each)])
def test_a_factory_makes_a_row_out_of_nothing(each: str):
    row = getattr(factories, each)()
    assert type(row).objects.filter(pk=row.pk).exists()
    assert str(row)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# -- the code --------------------------------------------------------------------------------------------------------


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@of(CODE)
def test_nothing_happens_behind_ones_back(path: Path):
    text = path.read_text(encoding="utf-8")
    assert "@receiver" not in text
    assert not re.search(r"\b(pre|post)_(save|delete|init)\b|m2m_changed", text)


CLOCKS = {("timezone", "now"), ("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow")}
CLOCKS |= {("time", "time"), ("dt", "now"), ("Now", "")}
GIVEN = {"localdate", "localtime"}
"""Of a moment they are given they tell the day; of none they read the clock."""


def clocks_read(path: Path) -> Iterator[str]:
    for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
        function = call.func
        if not isinstance(function, ast.Attribute):
            continue
        owner = function.value.attr if isinstance(function.value, ast.Attribute) else getattr(function.value, "id", "")
        if (owner, function.attr) in CLOCKS or (function.attr in GIVEN and not call.args and not call.keywords):
            yield f"{owner}.{function.attr} in line {call.lineno}"


def _may_read_the_clock(path: Path) -> bool:
    inside = path.relative_to(SRC).parts
    return inside[1] in {"doors", "config"} or path.name == "jobs.py"


@of([path for path in CODE if not _may_read_the_clock(path)])
def test_no_room_reads_the_clock(path: Path):
    assert list(clocks_read(path)) == []


def test_the_search_for_clocks_finds_them(tmp_path: Path):
    file = tmp_path / "a.py"
    file.write_text("timezone.now(); dt.date.today(); timezone.localdate(); timezone.localdate(at); now()")
    assert len(list(clocks_read(file))) == 3


FORBIDDEN = {"utils", "helpers", "services", "signals", "tasks", "misc", "common"}


@of(CODE)
def test_a_file_is_named_after_what_it_holds(path: Path):
    if path.parent.name != "actions":  # programmes/actions/tasks.py holds the acts on Tasks, a noun of the glossary
        assert path.stem not in FORBIDDEN


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return [ROOT / line for line in listed if line and (ROOT / line).exists()]


@of(tracked("*.py"))
def test_no_file_is_over_500_lines(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


@of([path for path in CODE if path.stem == "rules" or path.parent.name == "rules"])
def test_rules_know_no_framework(path: Path):
    """But words: a rule may say why not, in the user's language."""
    found = {node.module for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}
    assert {module for module in found if module and module.startswith("django")} <= {"django.utils.translation"}


# -- the acts --------------------------------------------------------------------------------------------------------

WITHOUT_BY = {
    "audit/events.record": "is told the actor",
    "accounts/users.set_language": "one's own language: the user is the actor",
    "accounts/users.change_password": "one's own password: the user is the actor",
    "accounts/sessions.sign_in": "who it is, is what the act finds out",
    "accounts/sessions.sign_out": "one's own session: the user is the actor",
    "directives/readings.make": "the machine reads (job:read)",
    "directives/readings.record": "the machine reads (job:read)",
    "directives/readings.fail": "the machine reads (job:read)",
    "directives/readings.refuse": "the machine reads (job:read)",
    "directives/sweeping.take_up": "the machine looks round (job:sweep)",
    "directives/works.link": "a part of approving, which records who and when",
    "programmes/obligations.raise_due": "the calendar asks (job:raise)",
    "programmes/obligations.raise_for_opening": "a part of opening by an event, which records who and when",
    "programmes/obligations.withdraw": "a part of taking a body off or changing a programme, which record who and when",
    "programmes/obligations.reconfirm": "a part of changing who confirms, which records who and when",
}
WITHOUT_AT = {"directives/works.link", "programmes/obligations.withdraw", "programmes/obligations.reconfirm"}


def acts() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(HOUSE.glob("*/*/actions/*.py")):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.parts[-3]}/{path.stem}.{node.name}", node


ACTS = dict(acts())


@pytest.mark.parametrize("act", ACTS)
def test_an_act_says_by_whom_and_when(act: str):
    arguments = ACTS[act].args
    assert arguments.args == arguments.posonlyargs == [], "keyword-only"
    names = {argument.arg for argument in arguments.kwonlyargs}
    assert "by" in names or act in WITHOUT_BY
    assert "at" in names or act in WITHOUT_AT
    assert all(argument.annotation for argument in arguments.kwonlyargs)
    assert ACTS[act].returns is not None


def test_the_exceptions_are_still_there():
    assert set(WITHOUT_BY) <= set(ACTS)


# -- the doors -------------------------------------------------------------------------------------------------------


def pages(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(entry, f"{before}{entry.namespace}:" if entry.namespace else before)
        else:
            yield f"{before}{entry.name}", entry


PAGES = dict(pages())
PUBLIC = {"desk:sign-in", "desk:sign-out", "desk:language", "desk:gallery"}
SAMPLE = {"IntConverter": 1, "StringConverter": "2026-01-01"}
guarded = pytest.mark.parametrize("entry", sorted(set(PAGES) - PUBLIC))


def address(entry: str) -> str:
    converters = PAGES[entry].pattern.converters
    return reverse(entry, kwargs={key: SAMPLE[type(one).__name__] for key, one in converters.items()})


def need(entry: str) -> object:
    return getattr(PAGES[entry].callback, "permission", None)


def test_there_are_pages_and_each_has_a_name():
    assert len(PAGES) > 20
    assert not any(entry.endswith("None") for entry in PAGES)


@pytest.mark.parametrize("entry", PAGES)
def test_every_page_declares_what_it_needs(entry: str):
    assert isinstance(need(entry), Permission) or need(entry) in {"public", "signed_in"}
    assert (need(entry) == "public") is (entry in PUBLIC)


@pytest.mark.django_db
@guarded
def test_a_stranger_is_sent_to_sign_in(entry: str, client):
    for answer in (client.get(address(entry)), client.post(address(entry))):
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("desk:sign-in"))


@guarded
def test_who_lacks_the_right_is_refused(entry: str, client, office: Office):
    for role in (
        role for role, rights in roles().items() if isinstance(need(entry), Permission) and need(entry) not in rights
    ):
        client.force_login(office.who(role))
        assert client.get(address(entry)).status_code == 403, role
        assert client.post(address(entry)).status_code == 403, role


# -- what is shown ---------------------------------------------------------------------------------------------------

INLINE = {
    "style attribute": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "script without a source": r"<script\b(?![^>]*\ssrc=)",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "script address": r"javascript:",
}


@of(TEMPLATES)
def test_a_template_holds_neither_style_nor_script(path: Path):
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert {what for what, pattern in INLINE.items() if re.search(pattern, text, re.IGNORECASE)} == set()


KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}
LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(?:gettext|ngettext|_)\(\s*{LITERAL}")


def texts() -> dict[str, str]:
    """Every text that is given to be translated, and a file in which it stands."""
    found: dict[str, str] = {}
    for path in (path for path in CODE if path.is_relative_to(HOUSE)):
        for _line, _function, message, _comments in extract_python(io.BytesIO(path.read_bytes()), KEYWORDS, [], {}):
            found.setdefault(message if isinstance(message, str) else message[0], name(path))
    for path in TEMPLATES:
        calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for literal in IN_TEMPLATE.findall(calls):
            found.setdefault(ast.literal_eval(literal), name(path))
    return {text: place for text, place in found.items() if text}


def english() -> set[str]:
    """The texts that have their English, whole and looked through."""
    with (HOUSE / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id and not entry.fuzzy]
    plain = {entry.id for entry in entries if isinstance(entry.id, str) and entry.string}
    return plain | {entry.id[0] for entry in entries if not isinstance(entry.id, str) and all(entry.string)}


def test_every_text_has_its_english():
    known = english()
    assert {text: place for text, place in texts().items() if text not in known} == {}


def test_every_english_text_is_of_use():
    assert sorted(english() - set(texts())) == []


# -- the settings ----------------------------------------------------------------------------------------------------

ELSEWHERE = {"TIENDO_REQUIRE"}
"""Read by the tests alone."""


def test_every_setting_is_documented_and_every_documented_one_is_read():
    pattern = re.compile(r"\bTIENDO_[A-Z_]+\b")
    places = [*CODE, *(path for path in (ROOT / "ops").rglob("*") if path.is_file()), ROOT / "Makefile"]
    read = {found for path in places for found in pattern.findall(path.read_text(encoding="utf-8", errors="replace"))}
    told = set(pattern.findall((ROOT / "docs/settings.md").read_text(encoding="utf-8")))
    assert read - ELSEWHERE == told
