"""What is written about the settings and commands is what there is."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
READ = re.compile(r'(?:env\.\w+|os\.environ\.get|variable=|environ\[)\(?"(TIENDO_\w+)"')


def used():
    found = set()
    for path in (ROOT / "src" / "tiendo").rglob("*.py"):
        found |= set(READ.findall(path.read_text(encoding="utf-8")))
    return found


def test_the_code_reads_some():
    assert {"TIENDO_DATA", "TIENDO_SECRET_KEY", "TIENDO_PASSWORD", "TIENDO_WEB_THREADS"} <= used()


def test_every_variable_is_documented_and_none_that_is_not_read():
    assert set(re.findall(r"^\| `(TIENDO_\w+)`", SETTINGS, re.MULTILINE)) == used()


@pytest.mark.parametrize("name", sorted(used()))
def test_the_default_that_is_documented_is_the_default(name):
    row = re.search(rf"^\| `{name}` \| (.+?) \|", SETTINGS, re.MULTILINE).group(1)
    code = "\n".join(path.read_text() for path in (ROOT / "src" / "tiendo" / "config").glob("*.py"))
    default = re.search(rf'"{name}", (?:default=)?("[^"]*"|\d+|True|False)', code)
    if default and (value := {"True": "1", "False": "0"}.get(default.group(1), default.group(1).strip('"'))):
        assert row == f"`{value}`"


@pytest.mark.parametrize("document", ["docs/operations.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/settings.md"])
def test_commands_that_are_named_exist(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    named = {name.replace("-", "_") for name in re.findall(r"(?:^|`|/bin/)tiendo ([a-z][a-z_-]+)", text, re.MULTILINE)}
    assert named <= set(get_commands())


def test_every_command_of_ours_is_in_the_changelog():
    ours = {name for name, app in get_commands().items() if app == "tiendo.doors.commands"}
    written = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("-", "_")
    assert [name for name in ours if name not in written] == []


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in ("docs/operations.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / document).read_text(), re.MULTILINE))
        assert named <= targets
