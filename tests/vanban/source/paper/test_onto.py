"""A print laid onto the reading of the same words."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from vanban.model import Place
from vanban.sheet import SheetBuilder
from vanban.source.paper.onto import matched, onto

WORDS = st.lists(
    st.sampled_from(["sở", "tỉnh", "ủy", "và", "kế", "hoạch", "năm", "2026", "quý", "I", "báo", "cáo"]), max_size=40
)


def sheet(*lines: str):
    """Each line printed on a page of its own, as one place."""
    builder = SheetBuilder("pdf")
    for number, line in enumerate(lines, start=1):
        builder.page(number)
        builder.line(line, places=[Place(start=0, end=len(line), page=number, box=(0.1, 0.1, 0.9, 0.2))])
    return builder.build()


def found(text: str, *lines: str) -> list[tuple[int, str]]:
    return [(place.page, text[place.start : place.end]) for place in onto(text, sheet(*lines))]


def test_the_same_words_broken_otherwise():
    text = "Sở Y tế lập hồ sơ sức khỏe;\tCông an tỉnh\nSở Xây dựng sửa trạm y tế xã."
    lines = ["Sở Y tế lập hồ", "sơ sức khỏe;", "Công an tỉnh", "Sở Xây dựng sửa trạm", "y tế xã."]
    assert found(text, *lines) == [
        (1, "Sở Y tế lập hồ"), (2, "sơ sức khỏe"), (3, "Công an tỉnh"), (4, "Sở Xây dựng sửa trạm"), (5, "y tế xã"),
    ]  # fmt: skip


def test_what_only_the_print_says_has_no_place_and_moves_nothing():
    text = "một hai ba bốn năm sáu"
    assert found(text, "TT Nội dung", "một hai ba", "TT Nội dung", "bốn năm sáu") == [
        (2, "một hai ba"), (4, "bốn năm sáu"),
    ]  # fmt: skip


def test_what_only_the_reading_says_is_left_out():
    assert found("một hai [ảnh] ba bốn", "một hai", "ba bốn") == [(1, "một hai"), (2, "ba bốn")]


def test_words_that_repeat_find_their_own_neighbours():
    text = "1\tSở Y tế\tQuý I\n2\tSở Y tế\tQuý I\n3\tSở Nội vụ\tQuý I"
    lines = ["1", "Sở Y tế", "Quý I", "2", "Sở Y tế", "Quý I", "3", "Sở Nội vụ", "Quý I"]
    assert [page for page, _ in found(text, *lines)] == list(range(1, 10))


def test_nothing_in_common():
    assert found("một hai", "ba bốn") == []
    assert found("", "ba bốn") == []


@given(WORDS, WORDS)
def test_pairs_are_equal_words_and_rise(ones, others):
    pairs = sorted(matched(ones, others).items())
    assert all(ones[one] == others[other] for one, other in pairs)
    assert [other for _, other in pairs] == sorted({other for _, other in pairs})


@given(WORDS)
def test_a_text_is_itself(words):
    unique = [f"{word}{at}" for at, word in enumerate(words)]
    assert matched(unique, unique) == {at: at for at in range(len(unique))}


@given(st.lists(st.text(st.sampled_from("abc xyz"), min_size=1), max_size=8), st.text(st.sampled_from("abc xyz\t")))
def test_places_are_sorted_and_apart(lines, text):
    places = onto(text, sheet(*lines))
    for before, after in itertools.pairwise(places):
        assert before.start < before.end <= after.start
