"""What a run must reach, by source and by family, and why it missed."""

import pytest

from vanban.scoring.facts import Fact
from vanban.scoring.targets import CLEAN, SCANS, causes, targets

FORMATS = {"a.txt": "text", "b.pdf": "scan"}
FAMILIES = {"a.txt": "party", "b.pdf": ""}


def fact(document: str, field: str, gold: str | None, found: str | None) -> Fact:
    return Fact(document, field, "1", gold, found, right=gold == found)


def test_each_source_has_its_own_share_and_a_symbol_its_family():
    facts = [
        fact("a.txt", "duty.leads", "Sở Y tế", "Sở Y tế"),
        fact("b.pdf", "duty.leads", "Sở Y tế", "Sở Y tê"),
        fact("a.txt", "heading.symbol", "1-KH/TU", "1-KH/TU"),
        fact("a.txt", "outline", "x", "y"),
    ]
    found = {(one.group, one.field): (one.share, one.wanted, one.met) for one in targets(facts, FORMATS, FAMILIES)}
    assert found == {
        (CLEAN, "duty.leads"): (1.0, 0.95, True),
        (SCANS, "duty.leads"): (0.0, 0.85, False),
        (CLEAN, "heading.symbol"): (1.0, 0.98, True),
        ("họ văn bản: party", "heading.symbol"): (1.0, 0.98, True),
    }


def test_what_was_missed_and_what_was_made_up_count_alike():
    facts = [fact("a.txt", "duty", "x", "x"), fact("a.txt", "duty", None, "y"), fact("a.txt", "duty", "z", None)]
    assert [one.share for one in targets(facts, FORMATS, FAMILIES)] == [0.5]


@pytest.mark.parametrize(
    ("document", "gold", "found", "cause"),
    [
        ("a.txt", None, "Sở Y tế", "đọc ra chỗ không có"),
        ("a.txt", "Sở Y tế", None, "bỏ sót"),
        ("a.txt", "Sở Y tế", "Sở Y tế tỉnh", "thừa hoặc thiếu chữ ở đầu, cuối"),
        ("b.pdf", "Sở Nội vụ", "Sở No1 vụ", "nhận dạng sai chữ"),
        ("b.pdf", "Chuyển đổi số", "Chuyến đối số", "sai dấu"),
        ("a.txt", "Sở Nội vụ", "Sở Nộ vụ", "giá trị khác"),
        ("b.pdf", "Sở Nội vụ", "Ban Tổ chức", "giá trị khác"),
    ],
)
def test_causes_are_told_from_the_values(document, gold, found, cause):
    assert causes([fact(document, "duty.leads", gold, found)], FORMATS) == {("duty.leads", cause): 1}
