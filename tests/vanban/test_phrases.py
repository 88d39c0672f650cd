"""Known phrases at the beginning of a text."""

from __future__ import annotations

import pytest

from vanban.phrases import Phrases

KNOWN = Phrases(["tổ chức", "tổ", "tổ chức đảng", "ủy ban", "hóa"])


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Tổ chức đảng các cấp", "Tổ chức đảng"),
        ("TỔ CHỨC thực hiện", "TỔ CHỨC"),
        ("tổ một", "tổ"),
        ("to chuc lai", "to chuc"),
        ("Uỷ ban xã", "Uỷ ban"),
        ("hoá chất", "hoá"),
        ("tổchức", ""),
        ("tờ khai", ""),
        ("tô chức", ""),
        ("", ""),
        ("- tổ", ""),
    ],
)
def test_the_longest_phrase_with_its_own_marks(text: str, start: str) -> None:
    assert KNOWN.start(text) == start
