"""What holds for every style sheet, script, icon and template of the design system."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import tiendo.doors.ui
from tiendo.doors.ui.standings import LOOKS, UNKNOWN

UI = Path(tiendo.doors.ui.__file__).parent
STYLES = sorted((UI / "static/ui").rglob("*.css"))
SCRIPTS = sorted((UI / "static/ui/js").glob("*.js"))
TEMPLATES = sorted((UI / "templates/ui").glob("*.html"))
VIETNAMESE = re.compile(r"[à-ỹÀ-ỸđĐơƠưƯăĂ]")


def named(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.name)


def code(path):
    """A file without its comments."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def icons():
    tree = ET.parse(UI / "static/ui/icons.svg")
    return {symbol.get("id") for symbol in tree.iter("{http://www.w3.org/2000/svg}symbol")}


@named([path for path in STYLES if path.name != "tokens.css"])
def test_only_the_tokens_name_colours(path):
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)|\brgba?\(|\bhsla?\(", code(path)) == []


@named(STYLES)
def test_every_token_that_is_used_exists(path):
    defined = set(re.findall(r"(--[\w-]+):", (UI / "static/ui/tokens.css").read_text(encoding="utf-8")))
    assert set(re.findall(r"var\((--[\w-]+)", code(path))) <= defined


def test_every_style_sheet_is_imported_once_into_a_declared_layer():
    text = code(UI / "static/ui/ui.css")
    imports = re.findall(r'@import url\("([\w./-]+)"\) layer\((\w+)\);', text)
    layers = re.search(r"@layer ([\w, ]+);", text)[1].split(", ")
    wanted = sorted(str(path.relative_to(UI / "static/ui")) for path in STYLES if path.name != "ui.css")
    assert sorted(name for name, _ in imports) == wanted
    assert {layer for _, layer in imports} == set(layers)


def test_the_fonts_are_ours_to_serve_and_do_not_hold_up_the_text():
    text = code(UI / "static/ui/fonts.css")
    assert text.count("@font-face") == text.count("font-display: swap") == 8
    assert all(url.startswith("../be-vietnam-pro/") for url in re.findall(r'url\("(.*?)"\)', text))


@named(TEMPLATES)
def test_a_strict_policy_holds(path):
    text = code(path)
    assert not re.search(r"\sstyle=|<style|\son\w+=|hx-on|javascript:|hx-vals=['\"]js:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@named(SCRIPTS)
def test_scripts_stand_alone_and_write_no_html(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\(|innerHTML|insertAdjacentHTML|document\.write|\.style\b|^import ", text, re.MULTILINE
    )


@named(TEMPLATES)
def test_every_icon_of_a_template_is_drawn(path):
    assert set(re.findall(r'\{% icon "(\w+)"', code(path))) <= icons()


def test_every_standing_has_its_icon_and_its_colour():
    tones = set(re.findall(r"--standing-(\w+):", (UI / "static/ui/tokens.css").read_text(encoding="utf-8")))
    styled = set(
        re.findall(r"\.standing-(\w+) \{ color: var\(--standing-\1\)", code(UI / "static/ui/components/standing.css"))
    )
    assert tones == styled == {look.tone for look in LOOKS.values()}
    assert {look.icon for look in [*LOOKS.values(), UNKNOWN]} <= icons()
    assert len({str(look.word) for look in LOOKS.values()}) == len(LOOKS)


@named(TEMPLATES)
def test_every_class_of_a_template_is_styled(path):
    styled = {name for sheet in STYLES for name in re.findall(r"\.([a-zA-Z][\w-]*)", code(sheet))}
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "§", code(path))
    used = {name for value in re.findall(r'class="([^"]*)"', plain) for name in re.split(r"[\s§]+", value)}
    # A list with any class loses its bullets (reset.css): these three need no more.
    bare_lists = {"timeline", "evidence", "stage-list"}
    assert {name for name in used - bare_lists if name and not name.endswith("-")} <= styled


class Bare(HTMLParser):
    """Collects what stands bare between the tags and in spoken attributes."""

    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        self.words += [data.strip()] if re.search(r"\w", data) else []

    def handle_starttag(self, tag, attrs):
        spoken = {"title", "alt", "placeholder", "aria-label"}
        self.words += [value for name, value in attrs if name in spoken and value and re.search(r"\w", value)]


@named(TEMPLATES)
def test_no_words_stand_outside_the_catalogue(path):
    text = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", code(path), flags=re.DOTALL)
    bare = Bare()
    bare.feed(re.sub(r'\{%.*?%\}|\{\{.*?\}\}|hx-[\w-]+="[^"]*"', "", text))
    assert set(bare.words) <= {"SHA-256", "j", "k", "x", "/", "10:32"}
    assert not VIETNAMESE.search(re.sub(r"\{%.*?%\}", "", text))


@named(TEMPLATES)
def test_a_template_says_what_it_needs(path):
    if path.name != "gallery_row.html":
        assert "{% comment %}" in path.read_text(encoding="utf-8")


def test_every_component_is_in_the_index_of_the_gallery():
    gallery = (UI / "templates/ui/gallery.html").read_text(encoding="utf-8").partition("{% endcomment %}")[0]
    parts = {path.name for path in TEMPLATES} - {"gallery.html", "gallery_row.html"}
    assert {name for name in parts if f"ui/{name}" not in gallery} == set()
