"""The ends of the chain, day by day in a file outside the database: what even somebody with the key is found by."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from tampering import cut, forge, tampering, written_anew
from tiendo.foundation.audit import heads, queries
from tiendo.foundation.audit.actions.heads import export
from tiendo.foundation.audit.errors import HeadsUnsoundError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.queries import Break

pytestmark = pytest.mark.django_db
KEY = "k" * 40


@pytest.fixture(autouse=True)
def _our_key(settings):
    settings.AUDIT_KEYS = (KEY,)


@pytest.fixture
def folder(settings):
    return settings.AUDIT_HEADS


@pytest.fixture
def kept(folder):
    """Three events a day for three days, each day's end kept."""
    for day in range(3):
        for n in range(3):
            make.event(n=3 * day + n)
        export(folder=folder, at=make.NOW + timedelta(days=day))
    return heads.read(folder, (KEY,))


def broken(folder) -> Break | None:
    return queries.verify(heads=heads.read(folder, (KEY,)))


def test_a_day_is_a_line(kept, folder):
    lines = (folder / heads.NAME).read_text().splitlines()
    assert [line.split()[:2] for line in lines] == [["2026-03-02", "3"], ["2026-03-03", "6"], ["2026-03-04", "9"]]
    assert kept == {event.sequence: {event.digest} for event in Event.objects.filter(sequence__in=[3, 6, 9])}
    assert broken(folder) is None
    make.event()
    assert broken(folder) is None


def test_only_its_owner_reads_it(kept, folder):
    assert (folder / heads.NAME).stat().st_mode & 0o077 == 0


def test_a_day_on_which_nothing_happened_adds_nothing(kept, folder):
    assert export(folder=folder, at=make.NOW + timedelta(days=9)) is None
    assert len((folder / heads.NAME).read_text().splitlines()) == 3


def test_before_the_first_event_there_is_nothing_to_keep(folder, db):
    assert export(folder=folder, at=make.NOW) is None
    assert not folder.exists()
    assert heads.read(folder, (KEY,)) == {}


COLUMNS = {
    "actor": "user:9",
    "verb": "tests.thing.undone",
    "subject": "tests.thing:2",
    "office": "/1/",
    "at": make.NOW + timedelta(microseconds=1),
    "data": {"n": 99},
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("key", ["keep", KEY, None], ids=["old seals", "with the key", "no seals"])
def test_a_change_with_all_digests_made_anew(kept, folder, column, key):
    """With the key in hand everything in the database fits: the head of that day does not."""
    written_anew(key, {5: {column: COLUMNS[column]}})
    assert broken(folder) == (Break(5, "forged") if key == "keep" else Break(6, "replaced"))


def test_one_left_out_in_the_middle_with_the_key(kept, folder):
    written_anew(KEY, {}, drop=[5])
    assert queries.verify() is None
    assert broken(folder) == Break(6, "replaced")


def test_one_left_out_in_the_middle(kept, folder):
    with tampering():
        Event.objects.filter(sequence=5)._raw_delete("default")
    assert broken(folder) == Break(5, "missing")


def test_a_tail_cut_with_the_head_moved(kept, folder):
    cut(7)
    assert queries.verify() is None
    assert broken(folder) == Break(8, "cut")


def test_a_tail_cut_and_others_put_in_its_place(kept, folder):
    cut(7)
    make.event(n=100)
    make.event(n=101)
    assert queries.verify() is None
    assert broken(folder) == Break(9, "replaced")


def test_one_put_in_at_the_end_without_the_key(kept, folder):
    forge(actor="user:1")
    assert broken(folder) == Break(10, "unsealed")


@pytest.mark.parametrize("column", [*COLUMNS, "previous", "digest", "seal", "sequence"])
def test_a_single_column_changed(kept, folder, column):
    value = {"previous": "0" * 64, "digest": "f" * 64, "seal": "x", "sequence": 50, **COLUMNS}[column]
    with tampering():
        Event.objects.filter(sequence=5).update(**{column: value})
    reason = {"sequence": "missing", "seal": "unknown_key"}.get(column, "changed")
    assert broken(folder) == Break(5, reason)


# -- the file itself -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace("2026-03-03", "2026-03-05"),
        lambda line: line.replace(" 6 ", " 5 "),
        lambda line: line.replace(" 6 ", " 006 "),
        lambda line: line[:20],
        lambda line: line[:-1] + ("0" if line[-1] != "0" else "1"),
        lambda _line: "rubbish \udcff",
    ],
    ids=["day", "number", "zeros", "cut off", "seal", "rubbish"],
)
def test_a_line_that_was_changed_is_told(kept, folder, change):
    lines = (folder / heads.NAME).read_text().splitlines()
    lines[1] = change(lines[1])
    (folder / heads.NAME).write_bytes("\n".join(lines).encode(errors="surrogateescape"))
    with pytest.raises(HeadsUnsoundError, match="dòng 2"):
        heads.read(folder, (KEY,))


def test_a_line_of_a_key_that_is_not_here_still_counts(kept, folder):
    assert heads.read(folder, ("t" * 40,)) == kept


def test_two_heads_that_contradict_each_other_cannot_both_hold(kept, folder):
    forged = {**kept, 3: {*kept[3], "0" * 64}}
    assert queries.verify(heads=forged) == Break(3, "replaced")


def test_a_line_that_was_cut_off_spoils_no_other(kept, folder):
    with (folder / heads.NAME).open("a") as file:
        file.write("2026-03-05 1")
    make.event()
    export(folder=folder, at=make.NOW + timedelta(days=4))
    assert (folder / heads.NAME).read_text().splitlines()[3] == "2026-03-05 1"
    with pytest.raises(HeadsUnsoundError, match="dòng 4"):
        heads.read(folder, (KEY,))
