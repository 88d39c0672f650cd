"""DOCX packages written by hand, part by part, so that a test can say exactly what stands in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(body: str = "", **parts: str) -> bytes:
    """A package with this body. Other parts by stem: `styles`, `footnotes`, `header1` … (contents of the root)."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    files = {"document": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    for stem, content in parts.items():
        root = roots.get(stem, "hdr" if stem.startswith("header") else "ftr")
        files[stem] = f"<w:{root} {SPACES}>{content}</w:{root}>"
    return package({f"word/{stem}.xml": content for stem, content in files.items()})


def package(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP with the two parts that every package has, and these."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, **members}.items():
            out.writestr(name, content)
    return target.getvalue()


def r(text: str, properties: str = "") -> str:
    """A run."""
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{head}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, properties: str = "") -> str:
    """A paragraph: text, or ready XML where it begins with "<"."""
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{head}{''.join(part if part.startswith('<') else r(part) for part in content)}</w:p>"


def tc(*paragraphs: str, properties: str = "") -> str:
    """A cell: its paragraphs, as text or ready XML."""
    inner = "".join(part if part.startswith("<") else p(part) for part in paragraphs) or p()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row: its cells, as text or ready XML."""
    head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{head}{''.join(cell if cell.startswith('<') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def level(depth: int, shape: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: Sequence[str], more: str = "") -> str:
    """One list, number 7, with these levels."""
    return (
        f'<w:abstractNum w:abstractNumId="1">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>{more}'
    )


def listed(depth: int = 0, number: int = 7) -> str:
    """Properties that put a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
