"""What holds for the whole house, and imports alone cannot show (the import contracts are in pyproject.toml)."""

from __future__ import annotations

import ast
import inspect
import io
import re
import subprocess
import typing
from collections.abc import Callable, Iterator
from functools import cache
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


def where(paths: list[Path], wrong: Callable[[Path], object]) -> dict[str, object]:
    """What is wrong, file by file; nothing: {}. One test for all files, since there are hundreds."""
    return {name(path): found for path in paths if (found := wrong(path))}


# -- the tables ------------------------------------------------------------------------------------------------------


def ties() -> list[Field]:
    return [
        field
        for model in snapshots.models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation
    ]


def _leads_astray(field: Field) -> str:
    own, other = field.model._meta.app_label, field.related_model._meta.app_label
    if snapshots.ROOMS.index(other) > snapshots.ROOMS.index(own):
        return "points downstream"
    if own != other and field.remote_field.related_name != "+":
        return "a room must not grow attributes from another"
    return ""


def test_a_foreign_key_points_upstream_and_leaves_no_trace_there():
    assert len(ties()) > 50
    assert {str(field): wrong for field in ties() if (wrong := _leads_astray(field))} == {}


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


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_nothing_happens_behind_ones_back():
    signals = re.compile(r"@receiver|\b(?:pre|post)_(?:save|delete|init)\b|m2m_changed")
    assert where(CODE, lambda path: signals.findall(path.read_text(encoding="utf-8"))) == {}


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


def test_no_room_reads_the_clock():
    rooms = [path for path in CODE if not _may_read_the_clock(path)]
    assert where(rooms, lambda path: list(clocks_read(path))) == {}


def test_the_search_for_clocks_finds_them(tmp_path: Path):
    file = tmp_path / "a.py"
    file.write_text("timezone.now(); dt.date.today(); timezone.localdate(); timezone.localdate(at); now()")
    assert len(list(clocks_read(file))) == 3


FORBIDDEN = {"utils", "helpers", "services", "signals", "tasks", "misc", "common"}


def test_a_file_is_named_after_what_it_holds():
    # programmes/actions/tasks.py holds the acts on Tasks, a noun of the glossary
    assert [name(path) for path in CODE if path.parent.name != "actions" and path.stem in FORBIDDEN] == []


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return [ROOT / line for line in listed if line and (ROOT / line).exists()]


def test_no_file_is_over_500_lines():
    paths = [path for path in tracked("*.py") if "migrations" not in path.parts]  # those are written by Django
    assert len(paths) > 300
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    lengths.pop("tests/acts.py")  # the list of all acts, to be split by rooms
    assert {each: length for each, length in lengths.items() if length > 500} == {}


def test_rules_know_no_framework():
    """But words: a rule may say why not, in the user's language."""

    def framework(path: Path) -> set[str]:
        found = {node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}
        return {module for module in found if module.startswith("django")} - {"django.utils.translation"}

    rules = [path for path in CODE if path.stem == "rules" or path.parent.name == "rules"]
    assert len(rules) > 10
    assert where(rules, framework) == {}


# -- the acts --------------------------------------------------------------------------------------------------------

WITHOUT_BY = {
    "audit/events.record": "is told the actor",
    "audit/events.record_all": "is told the actor",
    "audit/events.record_once": "is told the actor",
    "audit/heads.export": "writes beside the database, and nothing in it",
    "accounts/users.set_language": "one's own language: the user is the actor",
    "accounts/users.change_password": "one's own password: the user is the actor",
    "accounts/sessions.sign_in": "who it is, is what the act finds out",
    "accounts/sessions.refuse": "nobody came in (door:sign-in)",
    "accounts/sessions.open_session": "one's own session: the user is the actor",
    "accounts/sessions.see": "one's own session, no event",
    "accounts/sessions.rename": "one's own session, no event",
    "accounts/sessions.unlock": "one's own session: the user is the actor",
    "accounts/sessions.unlocked": "one's own session: the user is the actor",
    "accounts/sessions.sign_out": "one's own session: the user is the actor",
    "accounts/factors.add_app": "one's own factor: the user is the actor",
    "accounts/factors.add_passkey": "one's own factor: the user is the actor",
    "accounts/factors.remove": "one's own factor: the user is the actor",
    "accounts/factors.renew_codes": "one's own codes: the user is the actor",
    "accounts/factors.codes_noted": "one's own codes: the user is the actor",
    "accounts/factors.check_code": "who it is, is what the act finds out",
    "accounts/factors.passkey_used": "a part of opening or unlocking a session, which records who and when",
    "accounts/invitations.accept": "whoever holds the link: the user is the actor",
    "accounts/users.begin": "a part of accepting an invitation, which records who and when",
    "notifications/letters.send": "a part of the act that words the letters, which records who and when",
    "accounts/identities.recognise": "who it is, is what the act finds out",
    "accounts/identities.link": "one's own account: the user is the actor",
    "notifications/notices.hand_over": "a part of the act that words the notice, which records that people were told",
    "notifications/notices.hand_over_all": "as hand_over, of many people",
    "notifications/notices.read": "one's own notices, no event",
    "notifications/notices.read_all": "one's own notices, no event",
    "notifications/notices.tell": "hands over what an act words, in the person's language",
    "organisations/absences.tell_over": "the calendar asks (job:remind)",
    "notifications/notices.deliver_due": "the post (job:post), no event",
    "directives/readings.make": "the machine reads (job:read)",
    "directives/readings.record": "the machine reads (job:read)",
    "directives/readings.fail": "the machine reads (job:read)",
    "directives/readings.refuse": "the machine reads (job:read)",
    "directives/readings.finish_refusals": "the machine ends what a refusal began (job:read)",
    "directives/sweeping.take_up": "the machine looks round (job:sweep)",
    "directives/works.link": "a part of approving, which records who and when",
    "programmes/links.keep": "whoever holds the link, who has no account (link:12)",
    "programmes/obligations.raise_due": "the calendar asks (job:raise)",
    "programmes/obligations.raise_everywhere": "the calendar asks (job:raise)",
    "programmes/obligations.raise_for_opening": "a part of opening by an event, which records who and when",
    "programmes/obligations.withdraw": "a part of taking a body off or changing a programme, which record who and when",
    "programmes/obligations.reconfirm": "a part of changing who confirms, which records who and when",
    "programmes/reminders.run_daily": "the calendar asks (job:remind)",
    "programmes/tally.repair": "is told the actor",
}
WITHOUT_AT = {
    "accounts/sessions.rename",
    "accounts/users.begin",
    "notifications/letters.send",
    "directives/works.link",
    "directives/readings.finish_refusals",
    "programmes/obligations.withdraw",
    "programmes/obligations.reconfirm",
}


def acts() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(HOUSE.glob("*/*/actions/*.py")):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.parts[-3]}/{path.stem}.{node.name}", node


ACTS = dict(acts())


def _unlike_an_act(act: str) -> Iterator[str]:
    arguments = ACTS[act].args
    names = {argument.arg for argument in arguments.kwonlyargs}
    if arguments.args or arguments.posonlyargs:
        yield "not keyword-only"
    if "by" not in names and act not in WITHOUT_BY:
        yield "does not say by whom"
    if "at" not in names and act not in WITHOUT_AT:
        yield "does not say when"
    if not all(argument.annotation for argument in arguments.kwonlyargs) or ACTS[act].returns is None:
        yield "without types"


def test_only_the_row_itself_is_locked():
    """PostgreSQL locks joined rows too, and refuses where one may be missing; SQLite would not tell."""
    joined = re.compile(r"select_for_update\(\)\s*\.select_related|select_related\([^()]*\)\s*\.select_for_update\(\)")
    assert [path.name for path in HOUSE.rglob("*.py") if joined.search(path.read_text(encoding="utf-8"))] == []


def test_an_act_says_by_whom_and_when():
    assert len(ACTS) > 100
    assert {act: found for act in ACTS if (found := list(_unlike_an_act(act)))} == {}


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
PUBLIC |= {"desk:second-step", "desk:sign-in-passkey", "desk:passkey-options", "desk:sso", "desk:sso-back"}
PUBLIC |= {"desk:draft", "desk:invitation"}
SAMPLE = {"IntConverter": 1, "StringConverter": "2026-01-01"}
GUARDED = sorted(set(PAGES) - PUBLIC)


def address(entry: str) -> str:
    converters = PAGES[entry].pattern.converters
    return reverse(entry, kwargs={key: SAMPLE[type(one).__name__] for key, one in converters.items()})


def need(entry: str) -> object:
    return getattr(PAGES[entry].callback, "permission", None)


def test_there_are_pages_and_each_has_a_name():
    assert len(PAGES) > 20
    assert not any(entry.endswith("None") for entry in PAGES)


def test_every_page_declares_what_it_needs():
    needs = {entry: need(entry) for entry in PAGES}
    assert [e for e, n in needs.items() if not isinstance(n, Permission) and n not in {"public", "signed_in"}] == []
    assert {entry for entry, needed in needs.items() if needed == "public"} == PUBLIC


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client):
    door = reverse("desk:sign-in")
    for entry in GUARDED:
        for answer in (client.get(address(entry)), client.post(address(entry))):
            assert (answer.status_code, answer.url.startswith(door)) == (302, True), entry


@pytest.mark.parametrize("role", roles())
def test_who_lacks_the_right_is_refused(role: str, client, office: Office):
    lacking = [e for e in GUARDED if isinstance(need(e), Permission) and need(e) not in roles()[role]]
    client.force_login(office.who(role))
    for entry in lacking:
        assert client.get(address(entry)).status_code == 403, entry
        assert client.post(address(entry)).status_code == 403, entry


# -- what is shown ---------------------------------------------------------------------------------------------------

INLINE = {
    "style attribute": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "script without a source": r"<script\b(?![^>]*\ssrc=)",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "script address": r"javascript:",
}


def _inline(path: Path) -> set[str]:
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {what for what, pattern in INLINE.items() if re.search(pattern, text, re.IGNORECASE)}


def test_a_template_holds_neither_style_nor_script():
    assert len(TEMPLATES) > 50
    assert where(TEMPLATES, _inline) == {}


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
