"""The text of a paragraph, as a reader of the printed page would see it.

Insertions are read, deletions and the old place of moved text are not; of a field, only its result; hidden text is left
out; of alternatives, one. A footnote's mark is left out of the running text (it would split symbols and dates); the
note itself follows after the body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vanban.source.docx.names import ALTERNATE, CHOICE, FALLBACK, MATH_TEXT, VAL, switch, value, w
from vanban.source.encodings import from_font

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vanban.source.docx.styles import Style, Styles

_TEXT, _RUN, _BREAK = w("t"), w("r"), w("br")
_PLAIN = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
_DELETED = frozenset({w("del"), w("moveFrom")})
_ADDED = frozenset({w("ins"), w("moveTo")})
_SKIPPED = frozenset({w("pPr"), w("rPr"), w("sdtPr"), w("instrText"), w("delText"), w("rt"), w("softHyphen")})
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_BOX = w("txbxContent")
_PAGE_BREAK = w("lastRenderedPageBreak")
_FIELD = w("fldChar")


@dataclass(slots=True)
class Walk:
    """What is carried from paragraph to paragraph: the page, open fields, and what was noticed on the way."""

    styles: Styles
    rendered: bool
    """Word left marks where its pages ended; only these are counted then, since each page break has one too."""
    page: int = 1
    fields: list[bool] = field(default_factory=list)
    """For each open field, whether its result has begun."""
    noticed: set[str] = field(default_factory=set)
    """Codes of doubts."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Part and id of each note, in the order of their marks."""

    def turn(self) -> None:
        self.page += 1


@dataclass(slots=True)
class Inline:
    """Collects one paragraph."""

    walk: Walk
    style: Style
    parts: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    page: int = 0
    """Where its first letter stands; 0 before one was seen."""
    plain: bool = False
    """Some of its text is not bold."""

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def read(self, element: _Element) -> None:
        for child in element:
            self._node(child)

    def _node(self, node: _Element) -> None:
        tag = node.tag
        if tag == _RUN:
            self._run(node)
        elif tag in _SKIPPED:
            return
        elif tag in _DELETED:
            self.walk.noticed.add("tracked_changes")
        elif tag == ALTERNATE:
            self._alternate(node)
        elif tag == _BOX:
            self.boxes.append(node)
        elif tag == MATH_TEXT:
            self._say(node.text or "", bold=True)
        else:
            if tag in _ADDED:
                self.walk.noticed.add("tracked_changes")
            self.read(node)

    def _run(self, run: _Element) -> None:
        properties = run.find(w("rPr"))
        own = self.walk.styles.character(value(properties, "rStyle"))
        hidden = next(
            (said for said in (switch(properties, "vanish"), own.hidden, self.style.hidden) if said is not None), False
        )
        bold = next((said for said in (switch(properties, "b"), own.bold, self.style.bold) if said is not None), False)
        font = None if properties is None else properties.find(w("rFonts"))
        name = "" if font is None else font.get(w("ascii"), "")
        for child in run:
            if hidden and child.tag == _TEXT and (child.text or "").strip():
                self.walk.noticed.add("hidden_text")
            elif not hidden or child.tag in {_FIELD, _PAGE_BREAK}:
                self._run_child(child, name, bold=bold)

    def _run_child(self, child: _Element, font: str, *, bold: bool) -> None:
        tag = child.tag
        if tag == _TEXT:
            self._say(from_font(child.text or "", font), bold=bold)
        elif tag in _PLAIN:
            self._say(_PLAIN[tag], bold=bold)
        elif tag == _FIELD:
            self._field(child)
        elif tag == _PAGE_BREAK:
            self.walk.turn()
        elif tag == _BREAK:
            self._break(child)
        elif tag in _NOTES:
            self.walk.notes.append((_NOTES[tag], str(child.get(w("id")))))
        elif tag not in _SKIPPED:
            self._node(child)

    def _say(self, text: str, *, bold: bool) -> None:
        if not text or not all(self.walk.fields):
            return
        self.parts.append(text)
        if text.strip():
            self.page = self.page or self.walk.page
            self.plain = self.plain or not bold

    def _break(self, node: _Element) -> None:
        if node.get(w("type")) != "page":
            self._say("\n", bold=False)
        elif not self.walk.rendered:
            self.walk.turn()

    def _field(self, node: _Element) -> None:
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            self.walk.fields.append(False)
        elif self.walk.fields and kind == "separate":
            self.walk.fields[-1] = True
        elif self.walk.fields and kind == "end":
            self.walk.fields.pop()

    def _alternate(self, node: _Element) -> None:
        """The first choice that says anything, else the fallback: never both."""
        for alternative in (*node.findall(CHOICE), *node.findall(FALLBACK)):
            before = len(self.parts), len(self.boxes)
            self.read(alternative)
            if before != (len(self.parts), len(self.boxes)):
                return


def deleted_mark(properties: _Element | None) -> bool:
    """The paragraph's end was deleted under tracked changes: its text runs on into the next paragraph."""
    mark = None if properties is None else properties.find(w("rPr"))
    return mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None)


def aligned(properties: _Element | None, style: Style) -> bool:
    node = None if properties is None else properties.find(w("jc"))
    return bool(style.centred) if node is None else node.get(VAL) == "center"
