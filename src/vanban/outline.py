"""Lines to `Outline`: the tree of provisions, the annexes, the recipients.

A provision's id is the path of its labels: `III/2/2.1/a`, `Chương I/Điều 3/1`, `annex-1/I`. A label that comes twice
under one parent gets `#2`; running text under a provision is a paragraph, `p1`, `p2` …; so is a dash.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vanban import annexes, recipients, running
from vanban.annexes import AnnexStart
from vanban.labels import Label, read_label
from vanban.model import Annex, Outline, Provision, Span
from vanban.paragraphs import Paragraph, paragraphs
from vanban.sheet import Sheet, Table

_PARAGRAPH_LEVEL = 99
_QUOTE_REACH = 300
_CAPITALS_BEFORE = {"C": "B", "D": "C", "I": "H", "L": "K", "V": "U", "X": "V"}


@dataclass(slots=True)
class _Node:
    kind: str
    label: str
    text: str
    level: int
    id: str
    start: int
    end: int
    page: int | None = None
    children: list[_Node] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def provision(self) -> Provision:
        return Provision(
            id=self.id,
            kind=self.kind,
            label=self.label,
            text=self.text,
            span=Span(start=self.start, end=self.end, page=self.page),
            children=tuple(child.provision() for child in self.children),
        )


def build(sheet: Sheet) -> Outline:
    """The outline of a document. Never raises; what carries no label before the first provision is not part of it."""
    blocks = list(running.unfold(paragraphs(sheet)))
    run = [block if isinstance(block, Paragraph) else None for block in blocks]
    starts = annexes.find_starts(run)
    tree = _Tree()
    heads = {start.first: start for start in starts}
    skip = 0
    for index, block in enumerate(blocks):
        if start := heads.get(index):
            tree.open_annex()
            skip = start.body
        if index < skip:
            continue
        if isinstance(block, Table):
            tree.table(block)
        else:
            tree.paragraph(block, run, index)
    return Outline(
        provisions=tuple(node.provision() for node in tree.roots()),
        annexes=_annexes(starts, blocks),
        recipients=recipients.find(sheet),
    )


def _annexes(starts: list[AnnexStart], blocks: list[Paragraph | Table]) -> tuple[Annex, ...]:
    ends = [*(blocks[start.first - 1].span.end for start in starts[1:]), *(blocks[-1].span.end for _ in starts[:1])]
    return tuple(
        Annex(
            label=start.label,
            title=start.title,
            caption=" ".join(start.caption.split()) if start.caption else None,
            span=Span(start=blocks[start.first].span.start, end=end, page=blocks[start.first].span.page),
        )
        for start, end in zip(starts, ends, strict=True)
    )


class _Tree:
    """Nodes as they are met; the last of `_path` is the innermost open one."""

    def __init__(self) -> None:
        self._parts = [self._root("")]
        self._path = [self._parts[0]]
        self._closed = False
        self._quotes = 0

    def roots(self) -> list[_Node]:
        return [child for part in self._parts for child in part.children]

    def open_annex(self) -> None:
        self._parts.append(self._root(f"annex-{len(self._parts)}"))
        self._path = [self._parts[-1]]
        self._closed, self._quotes = False, 0

    def table(self, table: Table) -> None:
        """A table belongs to the provision it stands under, unless it is the block of recipients and signature."""
        if any(recipients.is_head(cell.text) for row in table.rows for cell in row.cells):
            self._closed = True
        elif not self._closed:
            self._extend(table.span.end)

    def paragraph(self, paragraph: Paragraph, run: list[Paragraph | None], index: int) -> None:
        if recipients.is_head(paragraph.text):
            self._closed = True
        if self._closed:
            return
        quoted = self._quotes > 0
        self._quotes = self._open_quotes(paragraph.text, run, index)
        label = None if quoted else self._settled(read_label(paragraph.text))
        if label:
            self._add(label, paragraph)
        elif len(self._path) > 1:
            self._add(Label("paragraph", "", _PARAGRAPH_LEVEL, 0), paragraph)

    def _open_quotes(self, text: str, run: list[Paragraph | None], index: int) -> int:
        """Quotation marks open behind this paragraph; a mark that nothing closes soon is a slip."""
        depth = max(0, self._quotes + text.count("“") - text.count("”"))
        if depth and not self._quotes:
            ahead = run[index + 1 : index + 1 + _QUOTE_REACH]
            return depth if any(other and "”" in other.text for other in ahead) else 0
        return depth

    def _settled(self, label: Label | None) -> Label | None:
        """C, D, I … are letters behind B, C, H, and Roman numbers otherwise."""
        if label and label.kind == "roman" and (before := _CAPITALS_BEFORE.get(label.label)):
            siblings = next((node.children for node in self._path if node.children), [])
            if any(node.kind == "part" and node.label == before for node in siblings[-1:]):
                return Label("part", label.label, 1, label.length)
        return label

    def _add(self, label: Label, paragraph: Paragraph) -> None:
        while len(self._path) > 1 and self._path[-1].level >= label.level:
            self._path.pop()
        parent, span = self._path[-1], paragraph.span
        node = _Node(
            kind=label.kind,
            label=label.label,
            text=" ".join(paragraph.text[label.length :].split()),
            level=label.level,
            id=self._id(parent, label),
            start=span.start,
            end=span.end,
            page=span.page,
        )
        parent.children.append(node)
        self._path.append(node)
        self._extend(span.end)

    def _extend(self, end: int) -> None:
        for node in self._path:
            node.end = end

    @staticmethod
    def _id(parent: _Node, label: Label) -> str:
        plain = label.kind in ("paragraph", "dash")
        name = "p" if plain else label.label.replace("/", "-")
        count = parent.names[name] = parent.names.get(name, 0) + 1
        name = f"p{count}" if plain else name if count == 1 else f"{name}#{count}"
        return f"{parent.id}/{name}" if parent.id else name

    @staticmethod
    def _root(name: str) -> _Node:
        return _Node(kind="", label="", text="", level=0, id=name, start=0, end=0)
