import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.scoring.align import align

A = "xay dung de an phat trien giao thong nong thon"
B = "to chuc tuyen truyen trong nhan dan"
C = "kiem tra viec thuc hien nghi quyet hang nam"


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([], [], []),
        ([A], [], []),
        ([A, B], [A, B], [(0, 0), (1, 1)]),
        ([A, B, C], [A, C], [(0, 0), (2, 1)]),
        ([A, C], [A, B, C], [(0, 0), (1, 2)]),
        ([A + " moi"], [A], [(0, 0)]),
        ([A], [A[:20]], []),
        ([A, A], [A], [(0, 0)]),
        ([A, B], [B, A], [(1, 0)]),
        ([A, A + " moi"], [A + " moi"], [(1, 0)]),
    ],
)
def test_pairs_rise_on_both_sides(gold, found, expected):
    assert align(gold, found) == expected


@given(st.lists(st.sampled_from([A, B, C]), max_size=6), st.lists(st.sampled_from([A, B, C]), max_size=6))
def test_every_alignment_is_in_order_and_of_like_contents(gold, found):
    pairs = align(gold, found)
    assert pairs == sorted(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(gold[i] == found[j] for i, j in pairs)
