"""`Nghị quyết nêu trên`: the work of that kind that was mentioned last."""

from __future__ import annotations

import pytest

from vanban import citations
from vanban.model import Heading, Outline
from vanban.sheet import SheetBuilder

GROUND = (
    "Căn cứ Nghị quyết số 18-NQ/TW ngày 25/10/2017; Chỉ thị số 05/CT-TTg ngày 01/3/2024; "
    "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị. "
)


def back(text: str) -> list[tuple[str, str | None]]:
    """The short mentions of a text behind that ground: their words, and the symbol of the work that each means."""
    builder = SheetBuilder("text")
    builder.line(GROUND + text)
    sheet = builder.build()
    found = citations.find(sheet, Outline(), Heading())
    short = [one for one in found.citations if one.form == "short"]
    return [(sheet.text[one.span.start : one.span.end], found.works[one.work].symbol) for one in short]


@pytest.mark.parametrize("words", ["nêu trên", "nói trên", "kể trên", "trên đây"])
def test_the_last_of_its_kind_is_meant(words):
    assert back(f"Các cơ quan quán triệt Nghị quyết {words}.") == [(f"Nghị quyết {words}", "57-NQ/TW")]
    assert back(f"Các cơ quan quán triệt Chỉ thị {words}.") == [(f"Chỉ thị {words}", "05/CT-TTg")]


def test_a_mention_by_symbol_is_one_mention():
    assert back("Thực hiện Nghị quyết số 57-NQ/TW nêu trên.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Triển khai các Nghị quyết nêu trên.",
        "Những Nghị quyết nói trên có hiệu lực.",
        "Theo Kế hoạch nêu trên.",
        "Các nhiệm vụ nêu trên.",
        "nghị quyết nêu trên",
    ],
)
def test_several_none_of_the_kind_and_what_is_no_work(text):
    assert back(text) == []


def test_it_does_not_look_ahead():
    assert back("Nghị quyết nêu trên. Nghị quyết số 72-NQ/TW ngày 09/9/2025.") == [("Nghị quyết nêu trên", "57-NQ/TW")]
