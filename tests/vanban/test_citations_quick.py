"""What is sought by its rare literal is what the plain way finds: each quick look beside the slow, obvious one."""

import importlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import citations, drafts, laws, relations, symbols, tails
from vanban.fold import fold, squeeze
from vanban.model import Heading, Outline
from vanban.sheet import SheetBuilder

PIECES = [
    "Nghị quyết số 18-NQ/TW", "các Nghị quyết số 18-NQ/TW, số 19-NQ/TW và 20-NQ/TW", "Luật số: 43/2024/QH15",
    "số\n12/QĐ - UBND", "12a/KH–UBND", "66.1/2025/NQ-CP", "1234567-NQ/TW", "x12-NQ/TW", "QCVN 01-189:2019/BNNPTNT",
    "giai đoạn 2026-2030", "14/3/2026", "- Rà soát", "2026\n- Xây", "1/2024/TT-BNV&2/2024/TT-BNV",
    "Kế hoạch số 5 / 2025 / KH - UBND", "Công văn số:5225/VPCP-TH ngày 3/4/2025",
    "khoản 2, khoản 3 và 4 Điều 5 của Luật Đất đai năm 2024", "điểm a khoản 1 Điều 3 kèm theo",
    "Điều IV Chương II của", "khoản 1 vâ", "Ngày 24/7/2024, Ủy ban nhân dân tỉnh có Công văn số 4/UBND-TH",
    "đã ban hành", "Bộ luật Dân sự 2015", "Luật sư", "Đại học Luật Hà Nội",
    "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
    "HIẾN PHÁP năm 2013", "Nghị quyết Trung ương 4 khóa XI, khóa XII", "Đề án 06", "Quyết định 42 của",
    "Mẫu số 01/TNHS", "mẫu đơn số: 3/ĐĐ-UB", "biển kiểm soát",
    "thực hiện nghiêm, đầy đủ, kịp thời các nội dung của ", "sửa đổi, bổ sung một số điều của ", "thay thế ",
    "bãi bỏ ", "Căn cứ ", "theo,, ", "của Ban Bí thư", "của Chính phủ về phát triển chợ", "ngày 31/12/2025",
    "hết hiệu lực", "Số: 12/KH-UBND", "(Kèm theo Kế hoạch số 3/KH-UBND)", "thông qua", "ký ban hành ", "\t",
    "\n\n", ". ", "; ", ", ", " và ", " ", "\u00a0", "Đ", "ỷ", "12", "/", "-", "–", "số ", "so :", "II", "&",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.lists(
    st.sampled_from([*PIECES, *"0123456789/-–.,:abcđĐQTWÂ \n"]), max_size=30
).map("".join)


def spans(found):
    return [(match.start(), match.end()) for match in found]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXTS)
def test_symbols_are_sought_at_their_joints(text):
    assert spans(symbols._shaped(text)) == spans(symbols._SYMBOL.finditer(text))


def slow_provision(lead):
    folded = fold(lead)
    for start in relations._parts().finditer(folded):
        if relations._run().fullmatch(folded, start.start()):
            return lead[start.start() :]
    return ""


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXTS)
def test_parts_of_a_work_are_sought_where_a_number_ends(text):
    assert relations._provision(text) == slow_provision(text)


def slow_said(joint):
    """The verb before a mention, by trying all of them, longest first."""
    pairs = sorted(
        {pair for found in relations._verbs().values() for pair in found}, key=lambda pair: (-len(pair[1]), pair)
    )
    words = "|".join(sorted(map(fold, relations.load("citations.toml")["related"]["between"]), key=len, reverse=True))
    filler = re.compile(rf"(?:^|(?<=\s))(?:{words})[\s,]*$|[\s,]+$")
    cuts = [cut.end() for cut in relations._CLAUSE.finditer(joint)]
    clause = squeeze(fold(joint[cuts[-1] if cuts else 0 :]))
    for _ in range(relations._FILLERS):
        for relation, verb in pairs:
            if clause.endswith(verb) and not clause[: -len(verb)][-1:].isalnum():
                return relation
        shorter = filler.sub("", clause).rstrip(" ,")
        if shorter == clause:
            return None
        clause = shorter
    return None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXTS)
def test_verbs_are_sought_by_their_endings(text):
    assert relations._said(text, alone=True) == slow_said(text)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXTS)
def test_a_number_word_is_sought_at_the_end(text):
    found = re.search(r"(?<!\w)(số|SỐ|Số|so|sô|sổ)\s*:?\s*$", text)
    assert drafts._number_word(text) == ((found[1], text[: found.start()]) if found else (None, text))


@pytest.mark.parametrize("looked", [drafts._not_document, citations._verbs_before, laws._not_after])
@settings(max_examples=80, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_whatever_a_pattern_finds_at_the_end_ends_so(looked, text):
    ending, pattern = looked()
    assert not pattern.search(text) or tails.ends_in(text, ending)


def test_no_last_word_is_longer_than_what_is_looked_at():
    looked = [drafts._not_document(), citations._verbs_before(), laws._not_after()]
    assert max(len(word) for words, _ in looked for word in words) < tails._LONGEST_WORD


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXTS)
def test_what_ends_a_work_is_sought_by_its_first_letter(text):
    letters, words = relations._end_words()
    first = relations._FIRST.search(text)
    assert not words.match(squeeze(fold(text))) or (first is not None and fold(first[0]) in letters)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(TEXTS, st.integers(0, 60))
def test_a_date_alone_is_that_of_the_whole_tail(text, at):
    assert tails.date_after(text, at, at + 60) == tails.read(text, at, at + 60).date


@pytest.mark.parametrize("name", ["mttq_so", "tinh_uy_tabs", "quy_che", "nghi_quyet_lists"])
def test_what_is_remembered_changes_nothing(name):
    """A document read first and read again, its codes known by then."""
    text = importlib.import_module(f"specimens.{name}").TEXT
    builder = SheetBuilder("text")
    for line in text.split("\n"):
        builder.line(line)
    sheet = builder.build()
    symbols._codes.cache_clear()
    first = citations.find(sheet, Outline(), Heading())
    assert citations.find(sheet, Outline(), Heading()) == first
