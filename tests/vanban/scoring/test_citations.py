from datetime import date

import pytest

from vanban.model import Citation, Span, WorkRef
from vanban.scoring.citations import compare, compare_self, compare_works
from vanban.scoring.facts import Sum, sums

DAY = date(2031, 3, 5)
GOLD = {"kind": "Nghị quyết", "symbol": "12-NQ/TU", "date": "05/03/2031", "mentions": 1}
UNDATED = {**GOLD, "date": None}


def cited(symbol="12-NQ/TU", day=DAY, kind="Nghị quyết", **more):
    return Citation(symbol=symbol, date=day, kind=kind, span=Span(start=0, end=1), work=0, **more)


def table(entries, *found, **gold):
    return sums(compare("a", {"citations": entries, **gold}, found))


def wrong(entries, *found, **gold):
    return {name.removeprefix("citation.") for name, one in table(entries, *found, **gold).items() if not one.exact}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (cited(), set()),
        (cited("12 - nq/tu"), set()),
        (cited(kind="NGHỊ QUYẾT"), set()),
        (cited(kind="Đề án"), {"citation", "kind"}),
        (cited(day=None), {"citation", "date"}),
        (cited(day=date(2031, 3, 6), kind=None), {"citation", "date", "kind"}),
        (cited("13-NQ/TU"), {"citation", "date", "kind", "symbol"}),
    ],
)
def test_one_mention(found, expected):
    assert wrong([GOLD], found) == expected


def test_mentions_are_counted():
    assert table([{**GOLD, "mentions": 3}], cited(), cited())["citation"] == Sum(3, 2, 2)
    assert table([GOLD], cited(), cited())["citation"] == Sum(1, 2, 1)


def test_mentions_of_one_symbol_pair_by_what_they_agree_on():
    other = {**GOLD, "date": "01/01/2030"}
    assert wrong([GOLD, other, UNDATED], cited(day=None), cited(day=date(2030, 1, 1)), cited()) == set()


def test_a_date_before_the_symbol_may_be_read_or_not():
    entry = {**UNDATED, "mentions": 2, "date_before": {"date": "05/03/2031", "mentions": 1}}
    assert wrong([entry], cited(day=None), cited(day=None)) == set()
    assert wrong([entry], cited(), cited(day=None)) == set()
    assert wrong([entry], cited(), cited()) == {"citation", "date"}


def test_the_order_of_mentions_does_not_waste_an_accepted_date():
    entry = {**UNDATED, "mentions": 2, "date_before": {"date": "05/03/2031", "mentions": 1}}
    assert wrong([entry], cited(day=None), cited()) == set()


def test_a_shared_date_may_be_read_or_not():
    entry = {**UNDATED, "shared_date": "05/03/2031"}
    assert wrong([entry], cited()) == set()
    assert wrong([entry], cited(day=None)) == set()
    assert wrong([entry], cited(day=date(2030, 1, 1))) == {"citation", "date"}


@pytest.mark.parametrize("found", [cited(form="name"), cited(form="short"), cited(self_mention=True)])
def test_names_short_forms_and_the_documents_own_symbol_are_in_no_count(found):
    assert table([], found) == {}


@pytest.mark.parametrize("key", ["self_mentions", "standards"])
def test_what_the_gold_lists_apart_is_in_no_count(key):
    entry = {"symbol": "12-NQ/TU", "mentions": 1}
    assert table([], cited(), **{key: [entry]}) == {}
    assert table([], cited(), cited(), **{key: [entry]})["citation"] == Sum(0, 1, 0)
    assert wrong([GOLD], cited(day=date(2030, 1, 1)), cited(), **{key: [entry]}) == set()


def test_corrupt_print_is_in_no_count():
    assert table([{**GOLD, "uncertain": True}], cited()) == {}
    assert table([{**GOLD, "uncertain": True}]) == {}


@pytest.mark.parametrize(("flagged", "expected"), [(True, Sum(1, 1, 1)), (False, Sum(1, 0, 0))])
def test_the_documents_own_symbol_must_be_marked(flagged, expected):
    gold = {"self_mentions": [{"symbol": "12-NQ/TU", "mentions": 1}]}
    assert sums(compare_self("a", gold, (cited(self_mention=flagged),)))["citation.self"] == expected


def work(day=None, term=None, symbol="18-CT/TW"):
    return WorkRef(kind="Chỉ thị", symbol=symbol, date=day, term=term, mentions=(0,))


DATES = {"same_symbol_different_work": [{"symbol": "18-CT/TW", "dates": ["05/03/2031", "1/1/2030"]}]}
TERMS = {
    "same_symbol_different_work": [
        {"symbol": "18-CT/TW", "works": ["khóa IX, một việc (không ngày)", "5/3/2031, việc khác"]}
    ]
}


@pytest.mark.parametrize(
    ("gold", "works", "right"),
    [
        (DATES, [work(DAY), work(date(2030, 1, 1))], True),
        (DATES, [work(DAY)], False),
        (DATES, [work(DAY), work(date(2030, 1, 2))], False),
        (DATES, [work(DAY), work(date(2030, 1, 1)), work()], False),
        (TERMS, [work(DAY), work(term="IX")], True),
        (TERMS, [work(DAY), work(term="X")], False),
        (TERMS, [work(DAY), work()], False),
        ({"short_forms_of_a_dated_work": ["18-CT/TW"]}, [work(DAY)], True),
        ({"short_forms_of_a_dated_work": ["18-CT/TW"]}, [work(DAY), work()], False),
        ({"short_forms_of_a_dated_work": ["18-CT/TW"]}, [work()], False),
        ({"short_forms_of_a_dated_work": ["18-CT/TW"]}, [], False),
        (DATES, [work(DAY), work(date(2030, 1, 1)), WorkRef(symbol="18-CT/TW")], True),
    ],
)
def test_works_are_told_apart(gold, works, right):
    (fact,) = compare_works("a", gold, tuple(works))
    assert fact.right is right
