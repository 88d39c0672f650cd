"""The word lists: each keeps to its schema, nothing stands in it twice or unreachable, and a province adds its own."""

import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

import vanban
from vanban import deadlines, lexicon
from vanban.lexicon import LexiconError, load, table
from vanban.lexicon.schemas import SCHEMAS, check

SHIPPED = sorted(entry.name for entry in files("vanban.lexicon").iterdir() if entry.name.endswith(".toml"))
OURS_ONLY = {"refusals.toml"}
"""Signatures of files: no province's matter."""
UNHURRIED = settings(
    max_examples=3000,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Write a province's own file; what was read before is forgotten, and again afterwards."""
    monkeypatch.setenv(lexicon.FOLDER, str(tmp_path))

    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        load.cache_clear()
        table.cache_clear()

    yield write
    load.cache_clear()
    table.cache_clear()


def walk(held, path=()):
    """Every list in a file, with the way to it."""
    if isinstance(held, dict):
        for key, value in held.items():
            yield from walk(value, (*path, key))
    elif isinstance(held, list):
        yield path, held
        for entry in held:
            yield from walk(entry, path)


@pytest.mark.parametrize("name", SHIPPED)
def test_each_file_keeps_to_its_schema(name):
    assert name in SCHEMAS.keys() | OURS_ONLY
    held = tomllib.loads(files("vanban.lexicon").joinpath(name).read_text("utf-8"))
    check(name, held)
    assert held


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_stands_in_a_list_twice(name):
    for path, entries in walk(load(name)):
        words = [repr(entry) for entry in entries]
        assert not [word for word, times in Counter(words).items() if times > 1], path


@pytest.mark.parametrize(("name", "rules"), [("deadlines.toml", "rule"), ("columns.toml", "column")])
def test_no_rule_is_written_twice(name, rules):
    times = Counter(entry["pattern"] for entry in load(name)[rules])
    assert max(times.values()) == 1


@pytest.mark.parametrize("rule", load("deadlines.toml")["rule"], ids=lambda rule: rule["id"])
def test_no_deadline_rule_is_shadowed_by_those_before_it(rule):
    """Some phrase of each rule is read by it and by none of the others."""
    pattern = next(one.pattern for one in deadlines._rules() if one.id == rule["id"])

    def reached(text):
        found = (deadlines.parse(text, 2026), deadlines.order(text))
        return rule["id"] in {one.rule for one in found if one is not None}

    phrases = st.from_regex(pattern, fullmatch=True, alphabet=st.characters(codec="ascii"))
    try:
        find(phrases, reached, settings=UNHURRIED)
    except NoSuchExample:
        pytest.fail(f"no phrase reaches {rule['id']}")


def test_kinds_are_written_once_and_their_rows_are_whole():
    rows = table("kinds.csv")
    assert max(Counter(row["kind"].casefold() for row in rows).values()) == 1
    assert {tuple(row) for row in rows} == {("kind", "codes", "named")}
    assert len(rows) > 30


def test_words_of_a_province_join_ours(own):
    before = load("parties.toml")
    own("parties.toml", 'heads = ["Ban Quản lý hồ", "Sở"]\n[abbreviations]\n"BQLH" = "Ban Quản lý hồ"\n')
    joined = load("parties.toml")
    assert joined["heads"] == [*before["heads"], "Ban Quản lý hồ"]
    assert joined["abbreviations"] == {**before["abbreviations"], "BQLH": "Ban Quản lý hồ"}
    assert joined["alone"] == before["alone"]


def test_rules_of_a_province_are_asked_first(own):
    own("columns.toml", "[[column]]\nrole = 'deadline'\npattern = '^moc xong$'\n")
    assert load("columns.toml")["column"][0] == {"role": "deadline", "pattern": "^moc xong$"}
    assert len(load("columns.toml")["column"]) > 5


def test_rows_of_a_province_stand_behind_ours(own):
    ours = table("kinds.csv")
    own("kinds.csv", "kind,codes,named\nThư ngỏ,TNG,\n")
    assert table("kinds.csv") == (*ours, {"kind": "Thư ngỏ", "codes": "TNG", "named": ""})


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("parties.toml", "heads = [1]", r"parties\.toml .*: Expected `str`, got `int` - at `\$\.heads\[0\]`"),
        ("parties.toml", "haeds = ['Ban']", "unknown field `haeds`"),
        ("columns.toml", "[[column]]\nrole = 'lead'", "missing required field `pattern`"),
        ("deadlines.toml", "[[rule]]\nid = 'x'\npattern = 'x'\nkind = 'soon'", "Invalid enum value 'soon'"),
        ("restricted.toml", "[[entry]]\nid = 'ethnicity'\nphrases = ['x']", "ethnicity"),
        ("orders.toml", "openers = [", r"orders\.toml \(biến VANBAN_LEXICON\) chưa dùng được"),
        ("kinds.csv", "kind;codes\nThư;T\n", "phải có các cột kind, codes, named"),
    ],
)
def test_a_file_that_cannot_be_meant_so_says_where(own, name, text, says):
    own(name, text)
    with pytest.raises(LexiconError, match=says):
        (table if name.endswith(".csv") else load)(name)


def test_a_folder_that_is_not_there(own, tmp_path, monkeypatch):
    monkeypatch.setenv(lexicon.FOLDER, str(tmp_path / "none"))
    load.cache_clear()
    with pytest.raises(LexiconError, match="không có thư mục"):
        load("parties.toml")


@pytest.mark.parametrize("name", ["secrecy.toml", "columns.toml", "kinds.csv"])
def test_the_shell_says_in_one_line_which_file_is_wrong(own, tmp_path, name):
    """Also one that is read when the reader starts: in a process of its own."""
    own(name, "[[[")
    surroundings = {**os.environ, "PYTHONPATH": str(Path(vanban.__path__[0]).parent)}
    script = "from vanban.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "read", "none.txt"]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Tệp từ vựng {tmp_path / name} (biến VANBAN_LEXICON) chưa dùng được: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_column_head_of_a_province_is_read(tmp_path):
    """From end to end, in a process of its own: words are compiled when the reader starts."""
    (tmp_path / "columns.toml").write_text("[[column]]\nrole = 'deadline'\npattern = '^moc ve dich$'\n", "utf-8")
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "KẾ HOẠCH\nTT\tNội dung nhiệm vụ\tCơ quan chủ trì\tMốc về đích\n1\tLập hồ sơ đất\tSở X\tNăm 2026\n", "utf-8"
    )
    ends = []
    for folder in ("", str(tmp_path)):
        surroundings = {**os.environ, lexicon.FOLDER: folder, "PYTHONPATH": str(Path(vanban.__path__[0]).parent)}
        script = "from vanban.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
        command = [sys.executable, "-c", script, "read", str(plan)]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, timeout=60)
        ends.append(re.findall(r"Lập hồ sơ đất.*", done.stdout)[0])
    assert not ends[0].endswith("Năm 2026")
    assert ends[1].endswith("Năm 2026")
