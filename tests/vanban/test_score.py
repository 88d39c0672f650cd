"""Scores over a folder made of our own documents."""

import json

import pytest

from vanban.errors import Unreadable
from vanban.model import Heading, Reading
from vanban.score import as_json, kept, score

TEXT = "UBND TỈNH HÀ SƠN\nSố: 12/KH-UBND\nKẾ HOẠCH\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two documents read with one right kind and one wrong, and one that is no text."""
    kinds = {"a.txt": "Kế hoạch", "b.txt": "Quyết định"}
    for name, kind in kinds.items():
        (tmp_path / "core").mkdir(exist_ok=True)
        (tmp_path / "core" / name).write_text(TEXT, "utf-8")
        (tmp_path / "core" / name.replace(".txt", ".gold.json")).write_text(
            json.dumps({"heading": {"kind": kind}}), "utf-8"
        )
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "c.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "scans" / "c.gold.json").write_text(
        json.dumps({"heading": {"kind": "Kế hoạch"}, "duties": []}), "utf-8"
    )
    found = Reading(reader="0", format="text", text=TEXT, heading=Heading(kind="Kế hoạch"))
    real = score.__globals__["read"]
    monkeypatch.setitem(
        score.__globals__, "read", lambda data, name: real(data, name=name) if name.endswith("pdf") else found
    )
    return tmp_path


def test_sums_by_document_folder_and_all(folder):
    result = score(folder)
    assert result.of_document("core/a.txt")["heading.kind"].right == 1
    assert result.of_document("core/b.txt")["heading.kind"].right == 0
    assert result.of_folder("core")["heading.kind"].n == 2
    assert [fact.document for fact in result.misses()] == ["core/b.txt"]


def test_what_cannot_be_read_is_listed_and_in_no_sum(folder):
    written = as_json(score(folder))
    assert written["unread"].keys() == {"scans/c.pdf"}
    assert written["unread"]["scans/c.pdf"].startswith("unreadable: ")
    assert written["read"] == 2
    assert set(written["folders"]) == {"core"}


def test_the_same_run_twice_is_the_same_json(folder):
    assert json.dumps(as_json(score(folder))) == json.dumps(as_json(score(folder)))


def test_gained_and_lost_since_the_last_run(folder):
    last = as_json(score(folder))
    assert (score(folder, last=last).gained, score(folder, last=last).lost) == ({}, {})
    (folder / "core" / "a.gold.json").write_text(json.dumps({"heading": {"kind": "Công văn"}}), "utf-8")
    (folder / "core" / "b.gold.json").write_text(json.dumps({"heading": {"kind": "Kế hoạch"}}), "utf-8")
    result = score(folder, last=last)
    assert result.gained.keys() == {"core/b.txt"}
    assert result.lost == {"core/a.txt": {fact.key for fact in result.misses()}}
    assert as_json(result)["lost"] == {"core/a.txt": sorted(result.lost["core/a.txt"])}


def test_a_document_that_cannot_be_read_any_more_has_lost_all(folder, monkeypatch):
    last = kept(score(folder))
    monkeypatch.setitem(score.__globals__, "read", lambda *_, **__: (_ for _ in ()).throw(Unreadable))
    result = score(folder, last=last)
    assert {name: len(keys) for name, keys in result.lost.items()} == {"core/a.txt": 1}


def test_a_document_that_the_last_run_did_not_know_gains_nothing(folder):
    last = kept(score(folder))
    last["right"].clear()
    assert score(folder, last=last).gained == {}


def test_a_kept_run_says_nothing_of_the_documents(folder):
    found = kept(score(folder))
    keys = [*found["right"], *(key for keys in found["right"].values() for key in keys)]
    assert len(found["right"]) == 3
    assert all(len(key) == 16 and set(key) <= set("0123456789abcdef") for key in keys)
    written = json.dumps(found, ensure_ascii=False)
    assert "a.txt" not in written
    assert "HÀ SƠN" not in written.upper()


def test_each_document_is_told_before_it_is_read(folder):
    told = []
    score(folder, tell=told.append)
    assert told == ["core/a.txt", "core/b.txt", "scans/c.pdf"]


def test_each_part_of_a_gold_is_compared(tmp_path):
    gold = {
        "heading": {"symbol": "12/KH-UBND"},
        "duties": [],
        "citations": [{"kind": "Nghị quyết", "symbol": "43-NQ/HU", "date": "01/02/2031", "mentions": 1}],
        "self_mentions": [{"symbol": "12/KH-UBND", "mentions": 1}],
        "short_forms_of_a_dated_work": ["43-NQ/HU"],
    }
    cited = "Thực hiện Nghị quyết số 43-NQ/HU ngày 01/02/2031 của Huyện ủy, UBND tỉnh ban hành kế hoạch.\n"
    (tmp_path / "a.txt").write_text(TEXT + cited, "utf-8")
    (tmp_path / "a.gold.json").write_text(json.dumps(gold), "utf-8")
    (tmp_path / "headings.csv").write_text(
        "file,symbol,kind,issuer,date\na.txt,12/KH-UBND,Kế hoạch,Tỉnh Hà Sơn,5/3/2031\n", "utf-8"
    )
    fields = set(as_json(score(tmp_path))["sums"])
    assert {"heading.symbol", "heading.date", "citation", "citation.self", "works.together"} <= fields
