"""The pages of a document as they look on paper: a picture of each, and where the words of a reading stand on it.

A PDF and a scan have pages of their own, and their readings say where everything stands. Word documents have none until
somebody lays them out: LibreOffice does, and its print is read like any PDF; its words are then found again in the
reading, so that a row of the reading can be lit on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from vanban.errors import VanbanError
from vanban.model import Place
from vanban.source.limits import Limits
from vanban.source.sniff import sniff

if TYPE_CHECKING:
    from PIL.Image import Image

LAID_OUT = frozenset({"docx", "doc", "rtf", "odt"})
"""Formats that have no pages before LibreOffice has laid them out."""
PAGED = frozenset({"pdf", "scan"})
DPI = 130
"""Of a page's picture: small print can be read on a screen, and an A4 page has 100 kB."""
_LONG_SIDE = 1520
"""Pixels; a photographed page is no larger than A4 at DPI."""
_MOST_PIXELS = 100_000_000
_QUALITY = 70


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as it was laid out: a PDF, and where the text of the reading stands on its pages."""

    pdf: bytes
    places: tuple[Place, ...]
    pages: int


def printed(data: bytes, *, kind: str, text: str, limits: Limits | None = None) -> Printed | None:
    """Lay a Word document out. `kind` and `text`: the reading's format and its text.

    None where LibreOffice is missing or cannot, and for formats that it is not asked for.
    """
    if kind not in LAID_OUT:
        return None
    from vanban.source.office import to_pdf
    from vanban.source.paper.onto import onto
    from vanban.source.paper.pdf import read_pdf

    pdf = to_pdf(data, kind)
    if pdf is None:
        return None
    try:
        sheet, _ = read_pdf(pdf, limits or Limits())
    except VanbanError:
        return None
    return Printed(pdf, onto(text, sheet), sheet.pages or 0)


def picture(data: bytes, number: int, *, dpi: int = DPI) -> bytes | None:
    """A page (from 1) of a PDF, or of a file of pictures, as WebP. None where there is none, or it is broken."""
    kind = sniff(data)
    shown = _of_pdf(data, number, dpi) if kind == "pdf" else _of_file(data, number) if kind == "picture" else None
    if shown is None:
        return None
    out = BytesIO()
    shown.save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()


def _of_pdf(data: bytes, number: int, dpi: int) -> Image | None:
    from PIL import Image

    from vanban.source.paper import pdf

    try:
        taken = pdf.picture(data, number, dpi=dpi)
    except VanbanError:
        return None
    if taken is None:
        return None
    return Image.frombytes("RGB", (taken.columns, taken.rows), taken.pixels, "raw", "BGR")


def _of_file(data: bytes, number: int) -> Image | None:
    """A photograph says in its EXIF data which way is up; so does who recognises it."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as held:
            held.seek(number - 1)
            shown = ImageOps.exif_transpose(held).convert("RGB")
    except (OSError, ValueError, EOFError, SyntaxError, Image.DecompressionBombError):
        return None
    shown.thumbnail((_LONG_SIDE, _LONG_SIDE))
    return shown
