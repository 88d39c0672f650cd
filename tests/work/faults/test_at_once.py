"""Two who do the same at the same moment: real threads, each with its own connection to a database that is a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from work.faults.a_house import copied, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    house = tmp_path_factory.mktemp("house") / "data"
    run(house, "prepare")
    return house


@pytest.fixture
def house(made: Path, tmp_path: Path) -> Path:
    return copied(made, tmp_path / "house")


def once(house: Path, what: str) -> tuple[list, dict]:
    """What each was told, and what is there afterwards, which is sound in any case."""
    said, there = run(house, "at-once", what), run(house, "tell")
    assert there["sound"], "audit and cube"
    return said, there


def test_two_who_begin_a_draft_have_the_same(house):
    said, there = once(house, "draft")
    assert (said, there["reports"]) == (["done", "done"], [["draft", "0", "1"]])
    assert there["verbs"]["programmes.report.drafted"] == 1


def test_of_two_who_save_one_is_told_and_nothing_is_mixed(house):
    said, there = once(house, "save")
    assert sorted(said) == ["done", "report_changed"]
    assert there["reports"] == [["draft", "0", "2"]]
    assert there["answers"] == [("Bản của người thứ nhất gửi.", "Bản của người thứ hai gửi.")[said.index("done")]]


def test_handed_in_by_several_it_is_handed_in_once(house):
    said, there = once(house, "submit")
    assert sorted(said) == ["done", *["report_state"] * 3]
    assert there["reports"] == [["submitted", "1", "2"]]
    assert there["verbs"]["programmes.report.submitted"] == 1


def test_of_two_words_on_a_report_one_holds(house):
    said, there = once(house, "decide")
    assert sorted(said) == ["done", "report_state"]
    verdict = ("confirm", "ask_more")[said.index("done")]
    assert there["decisions"] == [[verdict, "1"]]
    assert there["reports"][0][0] == {"confirm": "confirmed", "ask_more": "returned"}[verdict]


def test_the_same_file_given_in_twice_at_once_lies_there_once(house):
    said, there = once(house, "attach")
    assert said == ["done", "done"]
    files = [sha256 for _number, sha256 in there["evidence"] if sha256]
    assert (len(files), len(set(files))) == (2, 1)
    assert len(list(house.glob(f"files/*/*/{files[0]}"))) == 1
    assert list(house.glob(f"quarantine/*/*/{files[0]}")) == []


def test_what_falls_due_is_raised_once(house):
    said, there = once(house, "raise")
    assert said == ["done"] * 3
    keys = [tuple(row[:3]) for row in there["owed"]]
    assert len(keys) == len(set(keys))
    assert there["verbs"]["programmes.obligation.raised"] == 4, "two programmes opened, two raised"


def test_the_day_is_run_once(house):
    said, there = once(house, "daily")
    assert said == ["done"] * 3
    keys = [(user, key) for user, key, *_words in there["notices"]]
    assert keys
    assert len(keys) == len(set(keys))
    verbs = there["verbs"]
    assert (verbs["programmes.reminder.raised"], verbs["programmes.reminder.told"]) == (1, 1)


def test_two_sessions_that_send_the_same_page(house):
    """One is taken; the other is told, and has their words still."""
    said, there = once(house, "pages")
    assert [302, False] in said
    (late,) = (one for one in said if one != [302, False])
    assert late[0] in {409, 422}
    assert late[1], "what they typed is on the page"
    first = said.index([302, False])
    assert (there["reports"][0][:2], len(there["reports"])) == (["submitted", "1"], 1)
    assert there["answers"] == [("Bản của người thứ nhất gửi.", "Bản của người thứ hai gửi.")[first]]
    assert [number for number, _sha256 in there["evidence"]] == [f"{first}/BC"]
