"""PDF files written by hand, object by object, so that a test can say exactly what is drawn."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

A4 = (595, 842)
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>"


def pdf(
    *contents: str,
    box: Sequence[float] = A4,
    rotate: int = 0,
    fonts: Sequence[str] = (FONT,),
    notes: Sequence[str] = (),
    xobjects: Sequence[tuple[str, bytes]] = (),
    packed: bool = False,
) -> bytes:
    """One page for each content. Fonts are `/F1`, `/F2` …; `xobjects` (dictionary without length, data) `/X1` …;
    `notes` are annotations of the first page.
    """
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(head: str, data: bytes) -> int:
        if packed:
            head, data = head + "/Filter/FlateDecode", zlib.compress(data)
        return add(f"<<{head}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream")

    named_fonts = " ".join(f"/F{at} {add(font.encode())} 0 R" for at, font in enumerate(fonts, 1))
    named_things = " ".join(f"/X{at} {stream(head, data)} 0 R" for at, (head, data) in enumerate(xobjects, 1))
    resources = f"<</Font<<{named_fonts}>>/XObject<<{named_things}>>>>"
    numbers = " ".join(f"{add(note.encode())} 0 R" for note in notes)
    kids = []
    for at, content in enumerate(contents):
        drawn = stream("", content.encode("latin-1"))
        annotations = f"/Annots[{numbers}]" if at == 0 and notes else ""
        kids.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {box[0]} {box[1]}]/Rotate {rotate}/Resources {resources}"
                f"/Contents {drawn} 0 R{annotations}>>".encode()
            )
        )
    objects[1] = f"<</Type/Pages/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]/Count {len(kids)}>>".encode()
    return written(objects)


def written(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def said(text: str, x: float = 72, y: float = 700, size: float = 12, *, font: int = 1, extra: str = "") -> str:
    """Operators that draw a text."""
    plain = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {extra} /F{font} {size} Tf {x} {y} Td ({plain}) Tj ET\n"


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x} {y} m {to_x} {to_y} l S\n"


def ruled(
    rows: Sequence[Sequence[str]], *, left: float = 60, top: float = 780, wide: float = 95, high: float = 24
) -> str:
    """A table with all its lines."""
    columns = max(map(len, rows))
    bottom, right = top - high * len(rows), left + wide * columns
    lines = [line(left, top - high * at, right, top - high * at) for at in range(len(rows) + 1)]
    lines += [line(left + wide * at, top, left + wide * at, bottom) for at in range(columns + 1)]
    texts = [
        said(text, left + wide * column + 3, top - high * row - 16, 10)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]
    return "".join((*lines, *texts))
