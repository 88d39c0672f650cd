"""A run that is killed (`kill -9`) in the middle: the next one completes it, and nothing is there twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from faulty import PLACES
from work.faults.a_house import copied, run

pytestmark = pytest.mark.slow
RAISING = ("raised, not counted", "counted, not recorded", "between two programmes")
TELLING = ("reminded, not recorded", "before the mark", "between two people", "told, not marked")
MOVING = ("changed, not moved", "moved, not recorded", "in the second programme")
CASES = [("raise", place) for place in RAISING]
CASES += [("daily", place) for place in (*RAISING, *TELLING)]
CASES += [("recompute", place) for place in MOVING]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    house = tmp_path_factory.mktemp("house") / "data"
    run(house, "prepare")
    return house


@pytest.fixture(scope="module")
def whole(made: Path, tmp_path_factory) -> dict[str, dict]:
    """What is there after each of them that ran to its end."""
    found = {}
    for what in dict(CASES):
        house = copied(made, tmp_path_factory.mktemp("whole") / "data")
        run(house, "do", what)
        found[what] = run(house, "tell")
    return found


@pytest.mark.parametrize(("what", "place"), CASES)
def test_the_next_run_completes_it_and_doubles_nothing(made: Path, whole, tmp_path: Path, what: str, place: str):
    house = copied(made, tmp_path / "house")
    before = run(house, "tell")
    run(house, "die-in", place, what, dies=True)
    broken = run(house, "tell")
    assert broken["sound"], "what was half done is not there at all"
    assert broken != whole[what], "it was killed before it was done"
    run(house, "do", what)
    assert run(house, "tell") == whole[what]
    run(house, "do", what)
    assert run(house, "tell") == whole[what], "and once more changes nothing"
    assert before["sound"]


def test_every_place_is_died_in():
    assert {place for _what, place in CASES} == set(PLACES)


def test_there_was_something_to_lose(made: Path, whole):
    told = run(made, "tell")
    assert len(whole["raise"]["owed"]) > len(told["owed"]) + 200
    assert len(whole["daily"]["reminders"]) > 200
    assert len({user for user, *_rest in whole["daily"]["notices"]}) >= 6
    assert len(whole["recompute"]["moved"]) > 200
