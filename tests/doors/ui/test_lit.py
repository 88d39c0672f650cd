from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.doors.ui.lit import LitBox, lit_boxes, lit_lines, near_lit, only_lit
from vanban.model import Place

TEXT = "một hai\nba bốn\n\nnăm"


def lit(lines):
    return [[part.text for part in line.parts if part.lit] for line in lines]


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ([], [[], [], [], []]),
        ([(0, 3)], [["một"], [], [], []]),
        ([(4, 10)], [["hai"], ["ba"], [], []]),
        ([(4, 20)], [["hai"], ["ba bốn"], [], ["năm"]]),
        ([(0, 3), (4, 7)], [["một", "hai"], [], [], []]),
        ([(0, 3), (2, 5)], [["một h"], [], [], []]),
        ([(8, 10), (0, 3)], [["một"], ["ba"], [], []]),
        ([(0, 1), (8, 10), (16, 19)], [["m"], ["ba"], [], ["năm"]]),
        ([(3, 3), (9, 2)], [[], [], [], []]),
        ([(7, 8)], [[], [], [], []]),
        ([(16, 900)], [[], [], [], ["năm"]]),
    ],
)
def test_spans_are_cut_at_the_ends_of_lines(spans, wanted):
    assert lit(lit_lines(TEXT, spans)) == wanted


@pytest.mark.parametrize("spans", [[], [(0, 3)], [(4, 10), (11, 17)], [(0, 99)]])
def test_nothing_of_the_text_is_lost(spans):
    lines = lit_lines(TEXT, spans)
    assert "\n".join("".join(part.text for part in line.parts) for line in lines) == TEXT
    assert [line.number for line in lines] == [1, 2, 3, 4]


def test_one_place_only_is_the_first():
    parts = [part for line in lit_lines(TEXT, [(8, 10), (16, 19)]) for part in line.parts]
    assert [part.text for part in parts if part.first] == ["ba"]


@pytest.mark.parametrize("span", [(0, 3), [0, 3], {"start": 0, "end": 3}, SimpleNamespace(start=0, end=3)])
def test_a_span_may_come_in_any_of_its_forms(span):
    assert lit(lit_lines("một hai", [span])) == [["một"]]


def test_a_form_feed_begins_a_page_and_is_not_shown():
    lines = lit_lines("một\n\fhai\nba\n\fbốn", [(5, 8)])
    assert [line.page for line in lines] == [None, 2, None, 3]
    assert lit(lines) == [[], ["hai"], [], []]
    assert "\f" not in "".join(part.text for line in lines for part in line.parts)


def test_an_empty_text_is_one_empty_line():
    assert [(line.number, line.parts) for line in lit_lines("")] == [(1, ())]


def test_only_the_lines_near_a_lit_one_where_a_page_has_no_room_for_all():
    text = "\n".join(f"dòng {n}" for n in range(100))
    span = (len("dòng 0\n") * 10, len("dòng 0\n") * 10 + 4)
    assert [line.number for line in near_lit(text, [span], 2)] == [9, 10, 11, 12, 13]
    assert [line.number for line in near_lit("a\nb\nc", [], 1)] == [1, 2]
    assert near_lit(text, [span], 1000) == lit_lines(text, [span])


texts = st.text("ab\n\f\t", max_size=40)


@given(texts, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=4), st.integers(0, 4))
def test_what_is_near_is_cut_as_the_whole_is(text, spans, around):
    whole = {line.number: line for line in lit_lines(text, spans)}
    near = near_lit(text, spans, around)
    assert near
    assert near == [whole[line.number] for line in near]
    shown = {line.number for line in near}
    for line in whole.values():
        if any(part.lit for part in line.parts):
            assert shown >= set(range(line.number - around, line.number + around + 1)) & whole.keys()


def test_only_the_lit_stretches_and_nothing_beside_them():
    lines = only_lit(lit_lines("một\nhai\tba\tbốn\nnăm", [(4, 7), (11, 14)]))
    assert [(line.number, [part.text for part in line.parts]) for line in lines] == [(2, ["hai", "bốn"])]
    assert only_lit(lit_lines("một\nhai")) == []


def place(start, end, page, *box):
    return Place(start=start, end=end, page=page, box=box)


def test_one_box_a_stretch_and_page():
    places = [
        place(0, 5, 1, 0.1, 0.1, 0.2, 0.12),
        place(6, 9, 1, 0.1, 0.5, 0.3, 0.52),
        place(9, 14, 1, 0.1, 0.52, 0.6, 0.54),
        place(14, 20, 2, 0.1, 0.05, 0.4, 0.07),
        place(21, 30, 2, 0.5, 0.05, 0.9, 0.07),
    ]
    boxes = lit_boxes(places, [(6, 18), {"start": 25, "end": 26}])
    assert boxes == {
        1: [LitBox(97, 497, 506, 46)],
        2: [LitBox(97, 47, 306, 26), LitBox(497, 47, 406, 26)],
    }


def test_nothing_lit_no_boxes():
    assert lit_boxes([place(0, 5, 1, 0, 0, 1, 1)], []) == {}
    assert lit_boxes([place(0, 5, 1, 0, 0, 1, 1)], [(5, 9), (3, 3)]) == {}
    assert lit_boxes([], [(0, 9)]) == {}
