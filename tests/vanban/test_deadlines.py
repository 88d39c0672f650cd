"""Deadline phrases: what they mean, how they may be printed, and what is not guessed."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from vanban import deadlines
from vanban.lexicon import load


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("Quý I/2027", "2027-01-01", "2027-03-31"),
        ("Quý 2/2027", "2027-04-01", "2027-06-30"),
        ("Quý III năm 2027", "2027-07-01", "2027-09-30"),
        ("Quý IV Năm 2027", "2027-10-01", "2027-12-31"),
        ("Quí IV, năm 2027", "2027-10-01", "2027-12-31"),
        ("Quý III/2027 - Quý I/2028", "2027-07-01", "2028-03-31"),
        ("Quý I-II/2027", "2027-01-01", "2027-06-30"),
        ("Quý I, II năm 2027", "2027-01-01", "2027-06-30"),
        ("Năm 2027", "2027-01-01", "2027-12-31"),
        ("2027", "2027-01-01", "2027-12-31"),
        ("2027.", "2027-01-01", "2027-12-31"),
        ("2027-2029", "2027-01-01", "2029-12-31"),
        ("2027 – 2029", "2027-01-01", "2029-12-31"),
        ("Năm 2027 - 2028", "2027-01-01", "2028-12-31"),
        ("Từ năm 2027 đến năm 2029", "2027-01-01", "2029-12-31"),
        ("Giai đoạn 2026\u20112030", "2026-01-01", "2030-12-31"),
        ("Tháng 6/2027", "2027-06-01", "2027-06-30"),
        ("Tháng 02 năm 2028", "2028-02-01", "2028-02-29"),
        ("Tháng 01- 02/2027", "2027-01-01", "2027-02-28"),
        ("Từ tháng 3/2027 đến tháng 12/2027", "2027-03-01", "2027-12-31"),
        ("6/2027", "2027-06-01", "2027-06-30"),
        ("II/2027", "2027-04-01", "2027-06-30"),
        ("6 tháng đầu năm 2027", "2027-01-01", "2027-06-30"),
        ("06 tháng cuối năm 2027", "2027-07-01", "2027-12-31"),
        ("9 tháng đầu năm 2027", "2027-01-01", "2027-09-30"),
        ("Hoàn thành trong năm 2027", "2027-01-01", "2027-12-31"),
        ("Trình trong quý I năm 2027. Rà soát lại khi cần", "2027-01-01", "2027-03-31"),
        ("Cuộc họp tháng 9/2027", "2027-09-01", "2027-09-30"),
        ("từ ngày 01/3/2027 đến ngày 31/5/2027", "2027-03-01", "2027-05-31"),
        ("Từ năm 2027", "2027-01-01", None),
        ("năm 2027 và các năm tiếp theo", "2027-01-01", None),
        ("Từ tháng 4/2027", "2027-04-01", None),
        ("Kể từ ngày 15/4/2027", "2027-04-15", None),
        ("Từ quý II/2027", "2027-04-01", None),
        ("2027 và những năm tiếp theo", "2027-01-01", None),
        ("Năm 2027, 2028", "2027-01-01", "2028-12-31"),
        ("2027; 2028", "2027-01-01", "2028-12-31"),
        ("2027 và 2028", "2027-01-01", "2028-12-31"),
        ("Trong năm 2027 và những năm tiếp theo", "2027-01-01", None),
        ("Năm 2027 và giai đoạn 2028-2030", "2027-01-01", "2030-12-31"),
        ("Quý I, II, III/2027", "2027-01-01", "2027-09-30"),
        ("Quý I, quý II và quý III năm 2027", "2027-01-01", "2027-09-30"),
        ("Quý III/năm 2027", "2027-07-01", "2027-09-30"),
        ("Quý III/2027-I/2028", "2027-07-01", "2028-03-31"),
        ("Tháng 6, 7, 8/2027", "2027-06-01", "2027-08-31"),
        ("Tháng 10 hoặc tháng 11/2027", "2027-10-01", "2027-11-30"),
        ("Tuần 2 tháng 8/2027", "2027-08-01", "2027-08-31"),
        ("08-2027", "2027-08-01", "2027-08-31"),
        ("Từ ngày 01 đến ngày 15/8/2027", "2027-08-01", "2027-08-15"),
        ("Năm học 2027-2028", "2027-09-01", "2028-05-31"),
        ("Từ năm học 2027 - 2028", "2027-09-01", None),
        ("Hoàn thành: 12/2027", "2027-12-01", "2027-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(phrase: str, start: str | None, end: str | None) -> None:
    found = deadlines.parse(phrase)
    assert (found.kind, found.start, found.end, found.every) == ("period", day(start), day(end), None)
    assert found.rule is not None


@pytest.mark.parametrize(
    ("phrase", "end"),
    [
        ("trước ngày 30/6/2027", "2027-06-30"),
        ("Trước 30/6/2027", "2027-06-30"),
        ("Trước ngày 05 tháng 9 năm 2027", "2027-09-05"),
        ("ngày 15 tháng 6 năm 2027", "2027-06-15"),
        ("15/6/2027", "2027-06-15"),
        ("15-6-2027", "2027-06-15"),
        ("Xong trước 20.12.2027", "2027-12-20"),
        ("chậm nhất ngày 31/3/2027", "2027-03-31"),
        ("Chậm nhất vào ngày 31/3/2027", "2027-03-31"),
        ("Muộn nhất ngày 31/3/2027", "2027-03-31"),
        ("trước 18h00 ngày 31/3/2027", "2027-03-31"),
        ("Trước 17 giờ 30 phút, thứ Sáu, ngày 31/3/2027", "2027-03-31"),
        ("trước năm 2027", "2026-12-31"),
        ("trước tháng 6/2027", "2027-05-31"),
        ("Trước tháng 01 năm 2027", "2026-12-31"),
        ("trước quý II/2027", "2027-03-31"),
        ("đến năm 2030", "2030-12-31"),
        ("đến hết tháng 9/2027", "2027-09-30"),
        ("Chậm nhất quý III/2027", "2027-09-30"),
        ("cuối năm 2027", "2027-12-31"),
        ("Đến 2030", "2030-12-31"),
        ("Trước 10/2027", "2027-09-30"),
    ],
)
def test_a_day_by_which_it_must_be_done(phrase: str, end: str) -> None:
    found = deadlines.parse(phrase)
    assert (found.kind, found.start, found.end) == ("date", None, day(end))


@pytest.mark.parametrize(
    ("phrase", "every"),
    [
        ("Hằng năm", "year"),
        ("Hàng năm.", "year"),
        ("HÀNG NĂM", "year"),
        ("Mỗi năm", "year"),
        ("01 năm/lần", "year"),
        ("Tháng 12 hằng năm", "year"),
        ("Trước ngày 15/12 hằng năm", "year"),
        ("Quý IV hằng năm", "year"),
        ("Trước ngày 31/12 các năm", "year"),
        ("Hằng quý", "quarter"),
        ("định kỳ hàng quý", "quarter"),
        ("Định kỳ, hằng quý", "quarter"),
        ("Hằng tháng", "month"),
        ("Hàng tháng, quý, năm", "month"),
        ("Hằng tuần", "week"),
        ("Định kỳ 6 tháng", "half"),
        ("06 tháng/lần", "half"),
        ("Sáu tháng, hằng năm", "half"),
        ("Định kỳ 9 tháng", "nine_months"),
        ("Định kỳ", None),
        ("Theo định kỳ", None),
        ("2 năm/lần", None),
    ],
)
def test_again_and_again(phrase: str, every: str | None) -> None:
    found = deadlines.parse(phrase)
    assert (found.kind, found.every, found.start, found.end) == ("recurring", every, None, None)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Thường xuyên", "continuous"),
        ("Thực hiện thường xuyên, liên tục", "continuous"),
        ("Thường xuyên, hằng quý có báo cáo", "continuous"),
        ("Theo chương trình, đề án", "by_programme"),
        ("Theo từng đề án", "by_programme"),
        ("Theo kế hoạch, lộ trình", "by_programme"),
        ("Theo Kế hoạch riêng của tỉnh", "by_programme"),
        ("Theo tiến độ của dự án", "by_programme"),
        ("Bảo đảm theo lộ trình đã duyệt", "by_programme"),
        ("Theo quy định", "by_programme"),
        ("Theo giai đoạn", "by_stage"),
        ("Theo nhiệm kỳ", "by_term"),
        ("Cả nhiệm kỳ", "by_term"),
        ("Theo chỉ đạo của Thành ủy", "on_instruction"),
        ("Theo yêu cầu", "on_instruction"),
        ("Sau khi có hướng dẫn của Bộ", "on_instruction"),
        ("Khi có phát sinh", "on_instruction"),
        ("Kỳ họp thứ 10, Quốc hội khóa XV", "on_instruction"),
        ("Kỳ họp thường lệ giữa năm 2027", "on_instruction"),
        ("Trước khai giảng năm học 2027-2028", "on_instruction"),
        ("Trong 30 ngày kể từ ngày ký", "on_instruction"),
        ("Cả giai đoạn", "by_stage"),
        ("Theo thời hạn quy định", "by_programme"),
    ],
)
def test_without_a_date(phrase: str, kind: str) -> None:
    found = deadlines.parse(phrase)
    assert (found.kind, found.start, found.end) == (kind, None, None)
    assert found.rule


def test_standing_work_that_begins_in_a_year_keeps_its_start() -> None:
    found = deadlines.parse("Triển khai từ năm 2027 và thực hiện thường xuyên")
    assert (found.kind, found.start, found.end) == ("continuous", date(2027, 1, 1), None)


@pytest.mark.parametrize("phrase", ["", "   ", " - ", "\n", "…"[:0]])
def test_an_empty_cell_has_no_deadline_and_no_phrase(phrase: str) -> None:
    assert deadlines.parse(phrase) == deadlines.parse("")
    assert deadlines.parse(phrase).phrase is None


@pytest.mark.parametrize(
    "phrase",
    [
        "Năm 2028-2019",
        "31/02/2027",
        "30/13/2027",
        "tháng 6",
        "Quý I",
        "Sớm nhất",
        "Tháng 01 - 02/2",
        "xxx",
    ],
)
def test_what_is_not_understood_keeps_its_phrase_and_has_no_rule(phrase: str) -> None:
    found = deadlines.parse(phrase)
    assert (found.kind, found.start, found.end, found.rule) == ("none", None, None, None)
    assert found.phrase == phrase


@pytest.mark.parametrize(
    "phrase", ["Quý II/2027", "Hằng năm", "Trước ngày 30/6/2027", "Định kỳ hằng quý", "Theo nhiệm kỳ"]
)
@pytest.mark.parametrize(
    "spell",
    [
        lambda text: unicodedata.normalize("NFD", text),
        str.upper,
        str.lower,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: f" - {text}.",
    ],
)
def test_spelling_does_not_matter(phrase: str, spell) -> None:
    plain, spelt = deadlines.parse(phrase), deadlines.parse(spell(phrase))
    assert (plain.kind, plain.start, plain.end, plain.every, plain.rule) == (
        spelt.kind,
        spelt.start,
        spelt.end,
        spelt.every,
        spelt.rule,
    )


def test_the_phrase_is_kept_as_printed() -> None:
    assert deadlines.parse("Ban hành trong Quý I năm 2027; rà soát sau").phrase == "Ban hành trong Quý I năm 2027"


def test_the_first_of_several_phrases_counts() -> None:
    found = deadlines.parse("Năm 2026; sơ kết tháng 6/2028")
    assert (found.start, found.end) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("Giao Sở Y tế rà soát, báo cáo trước ngày 20/11/2027.", "2027-11-20"),
        ("Sở Nội vụ tham mưu, hoàn thành trong quý II năm 2027.", "2027-06-30"),
        ("UBND các xã hoàn thành trong năm 2027 việc số hóa.", "2027-12-31"),
        ("Gửi báo cáo trước tháng 3/2028.", "2028-02-29"),
    ],
)
def test_an_order_in_a_sentence(sentence: str, end: str) -> None:
    found = deadlines.order(sentence)
    assert found is not None
    assert found.end == day(end)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Nghị quyết số 12-NQ/TU ngày 24/11/2025 của Tỉnh ủy.",
        "Sở Tài chính bố trí kinh phí theo quy định.",
        "Tiếp tục thực hiện Đề án phát triển giai đoạn 2021-2030.",
        "Kịp thời ban hành các văn bản mới quy định về đất đai.",
    ],
)
def test_dates_of_cited_works_are_no_deadlines(sentence: str) -> None:
    assert deadlines.order(sentence) is None


def test_every_rule_of_the_lexicon_has_an_id_of_its_own() -> None:
    ids = [rule["id"] for rule in load("deadlines.toml")["rule"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("Tháng 5", "period", date(2026, 5, 1), date(2026, 5, 31)),
        ("Trong quý III", "period", date(2026, 7, 1), date(2026, 9, 30)),
        ("Quý I, II", "period", date(2026, 1, 1), date(2026, 6, 30)),
        ("Trước 30/6", "date", None, date(2026, 6, 30)),
        ("Trước ngày 20 tháng 11", "date", None, date(2026, 11, 20)),
        ("Trước tháng 6", "date", None, date(2026, 5, 31)),
        ("Từ 15/3 đến 30/6", "period", date(2026, 3, 15), date(2026, 6, 30)),
        ("6 tháng cuối năm", "period", date(2026, 7, 1), date(2026, 12, 31)),
        ("Cuối năm", "date", None, date(2026, 12, 31)),
    ],
)
def test_a_year_that_the_title_says(text: str, kind: str, start: date | None, end: date) -> None:
    found = deadlines.parse(text, 2026)
    assert (found.kind, found.start, found.end) == (kind, start, end)
    assert deadlines.lacks_year(found)
    unsaid = deadlines.parse(text)
    assert (unsaid.kind, unsaid.rule, unsaid.phrase) == ("none", None, text)


@pytest.mark.parametrize(
    ("text", "kind", "every"),
    [
        ("02 lần/năm", "recurring", "half"),
        ("Ít nhất 01 lần/quý", "recurring", "quarter"),
        ("6 tháng, 9 tháng, năm", "recurring", "half"),
        ("Trước ngày 15 tháng cuối quý", "recurring", "quarter"),
        ("Trước ngày 20 hằng tháng", "recurring", "month"),
        ("Hàng tháng/quý", "recurring", "month"),
        ("Xong trước Đại hội", "on_instruction", None),
        ("Theo tình hình thực tế", "on_instruction", None),
        ("Dài hạn", "continuous", None),
        ("Theo Điều lệ", "by_programme", None),
    ],
)
def test_more_ways_to_say_when(text: str, kind: str, every: str | None) -> None:
    found = deadlines.parse(text)
    assert (found.kind, found.every) == (kind, every)
    assert found.phrase == text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("T3/2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("T3-T6/2026", date(2026, 3, 1), date(2026, 6, 30)),
        ("Q.II/2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("Quý I+II/2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("Từ 15/3 đến 30/6/2026", date(2026, 3, 15), date(2026, 6, 30)),
        ("10/2026 - 3/2027", date(2026, 10, 1), date(2027, 3, 31)),
        ("Từ 2026", date(2026, 1, 1), None),
        ("Năm 2026, các năm tiếp theo", date(2026, 1, 1), None),
        ("Các năm 2026, 2027, 2028", date(2026, 1, 1), date(2028, 12, 31)),
        ("Trước 31/12/26", None, date(2026, 12, 31)),
    ],
)
def test_short_and_long_figures(text: str, start: date | None, end: date | None) -> None:
    found = deadlines.parse(text)
    assert (found.start, found.end) == (start, end)


def test_a_session_with_its_month_is_due_in_that_month() -> None:
    assert deadlines.parse("Kỳ họp thứ 10 (tháng 12/2027)").end == date(2027, 12, 31)


def test_an_hour_is_no_day_in_running_text() -> None:
    found = deadlines.order("Sở Y tế báo cáo trước 16 giờ 00 ngày 05/10/2027 để tổng hợp.")
    assert found is not None
    assert (found.end, found.phrase) == (date(2027, 10, 5), "trước 16 giờ 00 ngày 05/10/2027")


def test_a_day_that_has_a_name() -> None:
    found = deadlines.order("… xong trước ngày Quốc khánh 02/9/2027 để mừng lễ.")
    assert found is not None
    assert (found.end, found.phrase) == (date(2027, 9, 2), "trước ngày Quốc khánh 02/9/2027")


def test_times_within_the_year_that_is_meant() -> None:
    assert deadlines.parse("Cả năm", 2027).end == date(2027, 12, 31)
    assert deadlines.parse("Ngay trong ngày 03/6", 2027).end == date(2027, 6, 3)
