"""What a person must look at, the costliest first."""

from datetime import date

import pytest

from vanban.doubts import doubt, find, ordered
from vanban.lexicon import load
from vanban.model import Deadline, Doubt, Duty, Heading, Party, Span
from vanban.sheet import SheetBuilder

WHOLE = Heading(kind="Kế hoạch", symbol="1/KH-UBND", date=date(2031, 3, 5), issuer="UBND tỉnh Hà Sơn")
SPAN = Span(start=3, end=9)


def sheet(text="Kế hoạch", doubts=()):
    builder = SheetBuilder("text")
    builder.line(text)
    return builder.build(doubts)


def duty(**changed):
    whole = {
        "origin": "table",
        "content": "Làm đường",
        "lead_text": "Sở X",
        "leads": (Party(name="Sở X"),),
        "spans": (SPAN,),
    }
    return Duty(**{**whole, **changed})


def codes(*duties, heading=WHOLE, **more):
    return [one.code for one in find(sheet(**more), heading, duties)]


def test_a_whole_document_gives_no_cause():
    assert codes(duty()) == []


@pytest.mark.parametrize("field", ["symbol", "date", "issuer", "kind"])
def test_a_heading_without_a_field(field):
    whole = {name: getattr(WHOLE, name) for name in ("symbol", "date", "issuer", "kind")}
    assert codes(duty(), heading=Heading(**{**whole, field: None})) == [f"heading_{field}"]


def test_a_document_that_orders_nothing():
    assert codes() == ["no_duties"]
    assert codes(duty(origin="prose")) == ["no_duties"]


def test_a_document_without_letters():
    assert codes(text=" ")[0] == "no_text"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"leads": (Party(name="các sở", group=True),)}, ["lead_group"]),
        ({"leads": (Party(name="các sở", group=True), Party(name="Sở X"))}, []),
        ({"deadline": Deadline(kind="period", start=date(2033, 1, 1), end=date(2032, 1, 1))}, ["deadline_backwards"]),
        ({"deadline": Deadline(kind="date", end=date(2031, 3, 4))}, ["deadline_before_document"]),
        ({"deadline": Deadline(kind="date", end=date(2031, 3, 5))}, []),
    ],
)
def test_a_row(changed, expected):
    assert codes(duty(**changed)) == expected


def test_a_doubt_about_a_row_points_to_it():
    wrong = Deadline(kind="date", end=date(2030, 1, 1), phrase="trước 2031")
    (_, second) = find(
        sheet(), WHOLE, (duty(origin="list", content="a", deadline=wrong), duty(content="b", deadline=wrong))
    )
    assert (second.duty, second.span) == (1, SPAN)
    assert "trước 2031" in second.message


def test_a_row_without_a_place_can_be_doubted_too():
    (one,) = find(sheet(), WHOLE, (duty(spans=(), leads=(Party(name="các sở", group=True),)),))
    assert one.span is None


def test_a_repeated_row_names_the_first():
    rows = (duty(number="4"), duty(number="5", content="LÀM  ĐƯỜNG"), duty(content="Làm đường", lead_text="Sở Y"))
    (one,) = find(sheet(), WHOLE, rows)
    assert (one.code, one.duty) == ("row_repeated", 1)
    assert "số 4" in one.message


def test_what_earlier_stations_knew_is_kept_once():
    known = [doubt("macro"), Doubt(code="no_lead", message="x", severity="blocking", duty=0)]
    found = find(sheet(doubts=[doubt("macro")]), WHOLE, (duty(),), known)
    assert [one.code for one in found] == ["no_lead", "macro"]


def test_order_is_severity_then_cost_then_place():
    late, early = Doubt(code="row_repeated", message="", duty=3), Doubt(code="row_repeated", message="", duty=1)
    unknown = Doubt(code="never_heard_of", message="")
    shuffled = [doubt("no_duties"), unknown, late, doubt("heading_symbol"), early, doubt("no_text")]
    assert [(one.code, one.duty) for one in ordered(shuffled)] == [
        ("no_text", None), ("row_repeated", 1), ("row_repeated", 3), ("heading_symbol", None), ("never_heard_of", None),
        ("no_duties", None),
    ]  # fmt: skip


def test_an_unknown_code_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        doubt("never_heard_of")


def test_every_code_has_its_place_and_its_words():
    own, of_rows = load("doubts.toml"), load("duty_doubts.toml")
    codes = (set(own) - {"order"}) | {code for code, entry in of_rows.items() if "severity" in entry}
    assert set(own["order"]) == codes
    assert len(own["order"]) == len(codes)
    for code in set(own) - {"order"}:
        assert own[code]["severity"] in {"note", "check", "blocking"}
        assert own[code]["message"].endswith((".", "?"))
