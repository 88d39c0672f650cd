from datetime import date

import pytest

from vanban.model import Deadline, Duty, Party
from vanban.scoring.duties import compare
from vanban.scoring.facts import Sum, sums

CONTENT = "Xây dựng kế hoạch cải tạo các tuyến đường liên xã trên địa bàn huyện"
GOLD = {
    "number": "1",
    "content": f"- {CONTENT}",
    "lead_text": "Sở Giao thông",
    "lead_inherited": False,
    "leads": [{"name": "Sở Giao thông", "group": False}],
    "coordinator_text": "các xã",
    "coordinators": [{"name": "các xã", "group": True}],
    "deadline_text": "Quý I/2031",
    "deadline": {"kind": "period", "start": "2031-01-01", "end": "2031-03-31"},
}
FIELDS = (
    "number", "content", "lead_text", "lead_inherited", "leads", "coordinator_text", "coordinators", "deadline_text",
    "deadline",
)  # fmt: skip


def duty(**changed):
    return Duty(
        **{
            "origin": "table",
            "number": "1",
            "content": CONTENT,
            "lead_text": "Sở Giao thông",
            "leads": (Party(name="Sở Giao thông"),),
            "coordinator_text": "các xã",
            "coordinators": (Party(name="các xã", group=True),),
            "deadline_text": "Quý I/2031",
            "deadline": Deadline(kind="period", start=date(2031, 1, 1), end=date(2031, 3, 31), phrase="Quý I/2031"),
            **changed,
        }
    )


def table(gold, *found):
    return sums(compare("a", gold, found))


def wrong(gold, *found):
    return {name for name, one in table(gold, *found).items() if not one.exact}


def test_an_exact_row():
    result = table([GOLD], duty())
    assert set(result) == {"duty", "duty.row", *(f"duty.{field}" for field in FIELDS)}
    assert all(one == Sum(1, 1, 1) for one in result.values())


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"number": "2"}, {"number", "row"}),
        ({"number": None}, {"number", "row"}),
        ({"content": CONTENT + " và thị xã"}, {"content", "row"}),
        ({"lead_text": "Sở X"}, {"lead_text"}),
        ({"lead_inherited": True}, {"lead_inherited"}),
        ({"leads": ()}, {"leads", "row"}),
        ({"leads": (Party(name="Sở Giao thông", group=True),)}, {"leads", "row"}),
        ({"coordinators": (Party(name="Các xã", group=True),)}, set()),
        ({"coordinators": (Party(name="xã", group=True),)}, {"coordinators", "row"}),
        ({"deadline": Deadline(kind="period", start=date(2031, 1, 1))}, {"deadline", "row"}),
        ({"deadline": Deadline(kind="date", end=date(2031, 3, 31))}, {"deadline", "row"}),
        ({"deadline_text": "Quý I / 2031"}, set()),
        ({"product_text": "Kế hoạch"}, set()),
    ],
)
def test_each_field_is_judged_alone(changed, expected):
    assert wrong([GOLD], duty(**changed)) == {f"duty.{field}" for field in expected}


def test_a_field_is_scored_only_where_the_gold_has_it():
    assert "duty.product_text" in table([{**GOLD, "product_text": "Kế hoạch"}], duty())
    assert wrong([{**GOLD, "product_text": "Kế hoạch"}], duty()) == {"duty.product_text"}
    assert wrong([{**GOLD, "section": "I"}], duty(section="II")) == {"duty.section"}
    assert wrong([{**GOLD, "section": "I", "section_uncertain": True}], duty(section="II")) == set()


def test_a_missed_row_is_missed_in_every_field():
    result = table([GOLD])
    assert result["duty"] == result["duty.leads"] == result["duty.row"] == Sum(1, 0, 0)


def test_a_row_that_nobody_ordered():
    assert table([], duty())["duty"] == Sum(0, 1, 0)
    assert wrong([GOLD], duty(), duty(content="Việc khác hẳn, không ai giao")) == {"duty"}


def test_prose_is_not_scored():
    assert table([], duty(origin="prose")) == {}
    assert table([GOLD], duty(origin="prose"))["duty"] == Sum(1, 0, 0)


def test_an_uncertain_row_is_in_no_count():
    assert table([{**GOLD, "uncertain": True}], duty(number="9")) == {}
    assert table([{**GOLD, "uncertain": True}]) == {}


@pytest.mark.parametrize("flag", [{"uncertain": True}, {}])
def test_an_uncertain_field_is_in_no_count(flag):
    result = table([{**GOLD, **flag, "uncertain_fields": ["leads", "deadline"]}], duty(leads=(), deadline=Deadline()))
    assert "duty.leads" not in result
    assert "duty.deadline" not in result
    assert result["duty.row"] == Sum(1, 1, 1)


def test_recurring_deadlines_compare_how_often():
    gold = {**GOLD, "deadline": {"kind": "recurring", "every": "half"}}
    assert wrong([gold], duty(deadline=Deadline(kind="recurring", every="half"))) == set()
    assert wrong([gold], duty(deadline=Deadline(kind="recurring", every="year"))) == {"duty.deadline", "duty.row"}
    assert (
        wrong([{**gold, "deadline": {"kind": "recurring", "every": None}}], duty(deadline=Deadline(kind="recurring")))
        == set()
    )
