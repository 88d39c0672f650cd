"""WCAG 2.2 AA, computed from tokens.css: text 4.5 : 1 (SC 1.4.3), borders of controls and focus 3 : 1 (SC 1.4.11)."""

import re
from pathlib import Path

import pytest

import tiendo.doors.ui

TOKENS = (Path(tiendo.doors.ui.__file__).parent / "static/ui/tokens.css").read_text(encoding="utf-8")
STANDINGS = [f"standing-{tone}" for tone in ("good", "soon", "red", "wait", "still")]
TEXT = [
    *[(ink, paper) for ink in ("ink", "ink-soft", *STANDINGS, "accent") for paper in ("paper", "paper-shade")],
    ("on-ink", "ink"),
    ("on-ink", "ink-soft"),
    ("on-accent", "accent"),
    ("accent", "accent-shade"),
    ("accent-deep", "accent-shade"),
    ("ink", "accent-shade"),
    ("ink", "lit"),
]
EDGES = [
    ("rule-strong", "paper"),
    ("rule-strong", "paper-shade"),
    ("focus", "paper"),
    ("focus", "paper-shade"),
    ("lit-edge", "paper"),
]


def colours(text):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def themes():
    light, _, rest = TOKENS.partition("@media (prefers-color-scheme: dark)")
    dark, _, paper = rest.partition("@media print")
    base = colours(light)
    return {"light": base, "dark": base | colours(dark), "print": base | colours(paper)}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_can_be_read(theme, ink, paper):
    shown = themes()[theme]
    assert contrast(shown[ink], shown[paper]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize(("edge", "paper"), EDGES)
def test_edges_can_be_seen(theme, edge, paper):
    shown = themes()[theme]
    assert contrast(shown[edge], shown[paper]) >= 3


def test_the_dark_theme_changes_every_colour_that_stands_on_paper():
    shown = themes()
    same = {name for name, colour in shown["light"].items() if shown["dark"][name] == colour}
    assert same == set()
