"""The index of the words of tasks follows the table whoever writes it, and holds nothing of a restricted task."""

from __future__ import annotations

import pytest
from django.db import connection

import factories as make
from factories import by_date, days, row
from tiendo.foundation.organisations.queries import rights
from tiendo.work.programmes.actions import tasks
from tiendo.work.programmes.models import Task
from tiendo.work.programmes.queries import searching
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(office: Office):
    def found(asked: str, who=None) -> list[str]:
        seen = rights(who or office.chief, make.TODAY)
        return [task.content for task in searching.with_words(seen, asked, 5)]

    return found


def opened(office: Office, *leads: str) -> Task:
    duty = row("Việc", *leads, deadline=by_date(days(20)))
    return make.programme(duty, office=office.body, by=office.chief).tasks.get()


def written(task: Task, content: str, words: str) -> Task:
    Task.objects.filter(pk=task.pk).update(content=content, search_text=words)
    task.refresh_from_db()
    return task


def test_rows_written_in_any_way_are_found(office: Office, find):
    task = written(opened(office, SCIENCE), "Vớt rác ven sông", "vot rac ven song")
    assert find("ven sông") == ["Vớt rác ven sông"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programmes_task SET search_text = 'trong cay' WHERE id = %s", [task.pk])
    assert (find("ven sông"), find("trồng cây")) == ([], ["Vớt rác ven sông"])
    copy = Task.objects.get(pk=task.pk)
    copy.pk, copy.position, copy.content, copy.search_text = None, 77, "Nạo vét kênh", "nao vet kenh"
    Task.objects.bulk_create([copy])
    assert find("nạo vét") == ["Nạo vét kênh"]
    Task.objects.filter(content="Nạo vét kênh").delete()
    assert find("nạo vét") == []


def test_a_word_that_no_task_has_is_the_beginning_of_one(office: Office, find):
    written(opened(office, SCIENCE), "Than đá", "than da")
    written(opened(office, SCIENCE), "Thanh tra", "thanh tra")
    assert find("than") == ["Than đá"]
    assert find("tha") == ["Thanh tra", "Than đá"]  # the newest programme first
    assert find("thanh tr") == ["Thanh tra"]
    assert find("than tra") == find("anh") == find("nha tra") == []  # "than" is a word of another task


@pytest.mark.parametrize(
    "asked",
    [
        "AND", "than AND", "NOT da", "than OR da", "NEAR(than da)", "search_text : than", "than*", '"than', "-than",
        "^than", "than'", "than & da", "!than", "than:*", "(than",
    ],
)  # fmt: skip
def test_signs_that_mean_something_to_an_index_mean_nothing_here(office: Office, find, asked):
    written(opened(office, SCIENCE), "Than đá", "than da va and not or near search text")
    assert find(asked) == ["Than đá"]


def test_numbers_and_symbols_are_words(office: Office, find):
    written(opened(office, SCIENCE), "Theo Quyết định", "12 thuc hien 55-ctr/tu nam 2025 dot 1e5")
    for asked in ("55-CTr/TU", "2025", "12", "ctr", "1e5"):
        assert find(asked) == ["Theo Quyết định"], asked


def test_many_that_have_the_words_are_looked_for_among_what_one_may_see(office: Office, find, monkeypatch):
    monkeypatch.setattr(searching, "CANDIDATES", 1)
    for number in range(3):
        written(opened(office, SCIENCE), f"Trồng cây {number}", f"{number} trong cay")
    assert len(find("trồng cây")) == 3
    assert find("trồng cây", office.who("clerk", office.elsewhere)) == []
    assert find("trồng cây 1") == ["Trồng cây 1"]
    above = make.person("leader", office.root)
    assert len(find("trồng cây", above)) == 3  # the newest two are not all there are
    monkeypatch.setattr(searching, "CANDIDATES", 2)
    assert len(searching.with_words(rights(above, make.TODAY), "trồng cây", 2)) == 2


def test_nobody_finds_what_they_may_not_see(office: Office, find):
    written(opened(office, SCIENCE), "Than đá", "than da")
    assert find("than đá", office.who("clerk", office.elsewhere)) == []
    assert find("than đá", office.who("clerk", office.science)) == ["Than đá"]


def kept() -> str:
    """All that the index keeps, as it lies in the file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT group_concat(hex(block)) FROM programmes_task_words_data")
        return str(cursor.fetchone()[0]).lower()


def test_the_words_of_a_restricted_task_leave_the_index(office: Office, find):
    task = written(opened(office, SCIENCE), "Báo cáo xyzzy", "bao cao xyzzy")
    if connection.vendor == "sqlite":
        assert b"xyzzy".hex() in kept()
    assert find("xyzzy") == ["Báo cáo xyzzy"]
    tasks.set_restricted(task=task, restricted=True, by=office.chief, at=make.NOW)
    assert find("xyzzy") == []
    if connection.vendor == "sqlite":
        assert b"xyzzy".hex() not in kept()
    tasks.set_restricted(task=task, restricted=False, by=office.chief, at=make.NOW)
    assert find("xyzzy") == ["Báo cáo xyzzy"]


def test_the_index_says_what_the_table_says(office: Office):
    """SQLite compares them itself, and fails where they differ."""
    for number in range(4):
        written(opened(office, SCIENCE), f"Việc {number}", f"viec {number}")
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's index is of the column itself")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO programmes_task_words(programmes_task_words, rank) VALUES ('integrity-check', 1)")
