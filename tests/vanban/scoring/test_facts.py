from vanban.scoring.facts import Fact, Sum, sums


def fact(field, gold, found, *, right=False):
    return Fact("a/b.txt", field, "1", gold, found, right)


def test_sums_count_gold_found_and_right_by_field():
    table = sums([fact("x", "1", "1", right=True), fact("x", "1", None), fact("x", None, "2"), fact("a", "1", "2")])
    assert list(table) == ["a", "x"]
    assert table["x"] == Sum(n=2, found=2, right=1)
    assert table["x"].as_dict() == {"n": 2, "found": 2, "right": 1, "precision": 0.5, "recall": 0.5, "exact": False}


def test_nothing_has_no_share():
    nothing = Sum(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.exact) == (None, None, True)
    assert nothing.as_dict()["precision"] is None


def test_sums_add():
    assert Sum(1, 2, 1) + Sum(3, 4, 2) == Sum(4, 6, 3)
    assert not (Sum(1, 1, 1) + Sum(0, 1, 0)).exact


def test_keys_tell_facts_apart_and_hide_what_they_are():
    one, other = fact("x", "1", "1"), Fact("a/b.txt", "x", "2", "1", "1", right=True)
    assert one.key != other.key
    assert one.key == fact("x", "9", None).key
    assert len(one.key) == 16
