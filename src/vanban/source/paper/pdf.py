"""PDF to `Sheet`, page by page: one that states its letters is read from them, one that is a picture is recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vanban.doubts import doubt
from vanban.model import Doubt
from vanban.sheet import Sheet, SheetBuilder
from vanban.source.limits import Limits
from vanban.source.paper.page import Page, Word
from vanban.source.paper.picture import Picture, Recogniser
from vanban.source.paper.recognise import missing
from vanban.source.refusals import too_large, unreadable

if TYPE_CHECKING:
    from vanban.source.paper.drawn import Drawn
    from vanban.source.paper.fonts import Fonts
    from vanban.source.paper.letters import Letters
    from vanban.source.paper.pdfium import View

_COVERED = 0.7
"""A picture over so much of the page is the page."""
_STAMPED = 200
"""Unless more letters than this stand on it: a stamp and a running head are fewer."""
_BEHIND = 0.9
_PART = 0.1
"""On a page without letters, a picture of this share is what there is to read."""
_OUTLINED = 200
"""So are this many pieces of drawn line: letters as outlines."""
_UNMAPPED = 0.3
"""With more of its letters nameless, a page is better recognised."""
_NAMELESS = 3
_HIDDEN = 20
_LISTED = 20


@dataclass(slots=True)
class Findings:
    """What reading the pages showed of the whole document."""

    digital: int = 0
    """Pages that state their letters and have some."""
    pages: int = 0
    pictures: int = 0
    unread: list[int] = field(default_factory=list)
    """Numbers of the pages that nothing was read from."""
    codes: set[str] = field(default_factory=set)
    """Doubts that need no more words."""
    legacy: str | None = None


def read_pdf(
    data: bytes,
    limits: Limits,
    recognise: Recogniser | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet, and the lines of running heads and feet. Without `recognise`, pages that are pictures stay unread.

    Raises Unreadable, Locked and TooLarge.
    """
    from vanban.source.paper.layout import lay

    found = Findings()

    def told(picture: Picture) -> Page | None:
        if progress:
            progress(picture.number, found.pages)
        return recognise(picture) if recognise and found.pictures <= limits.scanned else None

    builder = SheetBuilder("pdf")
    margins = lay(pages_of(data, limits, told if recognise else None, found), builder)
    builder.format = "scan" if found.pictures > found.digital else "pdf"
    builder.encoding = found.legacy
    return builder.build(list(_doubts(found))), tuple(margins)


def pages_of(
    data: bytes, limits: Limits, recognise: Recogniser | None = None, found: Findings | None = None
) -> Iterator[Page]:
    """One page after another; none is held longer than it takes to read it.

    Raises Unreadable, Locked and TooLarge, also after the last page.
    """
    from pypdfium2 import raw

    from vanban.source.paper import pdfium
    from vanban.source.paper.fonts import Fonts

    found = Findings() if found is None else found
    fonts = Fonts()
    with pdfium.opened(data) as document:
        count = raw.FPDF_GetPageCount(document)
        if count < 1:
            raise unreadable("pdf_broken")
        if count > limits.pages:
            raise too_large("pages")
        found.pages = count
        for number in range(1, count + 1):
            with pdfium.loaded(document, number) as page:
                yield _page(page, number, fonts, recognise, found)
    if found.unread and not found.digital and not recognise:
        raise unreadable("scan_missing" if found.pictures else "pdf_broken", kind=missing() or "")


def picture(data: bytes, number: int, *, dpi: int) -> Picture | None:
    """A page as its places were taken: also turned, where its letters are drawn turned. None where there is none.

    Raises Unreadable and Locked.
    """
    from pypdfium2 import raw

    from vanban.source.paper import pdfium
    from vanban.source.paper.fonts import Fonts

    with pdfium.opened(data) as document:
        if not 1 <= number <= raw.FPDF_GetPageCount(document):
            return None
        with pdfium.loaded(document, number) as page:
            view = pdfium.view_of(page) if page else None
            if view is None:
                return None
            drawn, letters = _looked(page, view, Fonts())
            shown = view if _is_picture(letters, drawn) else view.turned(letters.turn)
            return pdfium.picture_of(page, shown, number, dpi=dpi, notes=True)


def _page(page: Any, number: int, fonts: Fonts, recognise: Recogniser | None, found: Findings) -> Page:
    from vanban.source.paper import pdfium

    view = pdfium.view_of(page) if page else None
    if view is None:
        found.unread.append(number)
        return Page(number, *pdfium.A4, words=())
    drawn, letters = _looked(page, view, fonts)
    if _is_picture(letters, drawn):
        found.pictures += 1
        taken = pdfium.picture_of(page, view, number) if recognise else None
        recognised = recognise(taken) if recognise and taken else None
        if recognised:
            return recognised
        found.unread.append(number)
        return Page(number, view.width, view.height, words=(), scanned=True)
    return _stated(page, number, view, drawn, letters, found)


def _stated(page: Any, number: int, view: View, drawn: Drawn, letters: Letters, found: Findings) -> Page:
    """A page from the letters that it states."""
    from vanban.source.paper.notes import notes_of

    shown = view.turned(letters.turn)
    noted: tuple[Word, ...] = tuple(notes_of(page, shown))
    words = (*letters.words, *noted)
    found.digital += bool(words)
    found.legacy = found.legacy or min(letters.legacy, default=None)
    happened = {
        "pdf_letters": letters.unmapped >= _NAMELESS,
        "pdf_drawing": drawn.overflow,
        "pdf_form": bool(noted),
        "hidden_text": letters.invisible >= _HIDDEN,
        "encoding_legacy": bool(letters.legacy),
    }
    found.codes |= {code for code, did in happened.items() if did}
    rules = [rule for rule in (shown.rule(*rect) for rect in drawn.rules) if rule]
    return Page(number, shown.width, shown.height, words, tuple(rules))


def _looked(page: Any, view: View, fonts: Fonts) -> tuple[Drawn, Letters]:
    from vanban.source.paper import pdfium
    from vanban.source.paper.drawn import Drawing
    from vanban.source.paper.letters import Lettering, Letters

    drawn = Drawing(page, (view.left, view.bottom, view.right, view.top)).walk()
    with pdfium.text_page(page) as text:
        letters = Lettering(text, fonts).read(view, drawn.grounds) if text else Letters()
    return drawn, letters


def _is_picture(letters: Letters, drawn: Drawn) -> bool:
    if not letters.shown:
        return drawn.covered >= _PART or drawn.segments >= _OUTLINED
    if drawn.covered >= _COVERED:
        behind = drawn.texts_behind >= _BEHIND * drawn.texts
        return behind or letters.shown < _STAMPED
    return letters.unmapped > max(_HIDDEN, _UNMAPPED * letters.shown)


def _doubts(found: Findings) -> Iterator[Doubt]:
    if found.unread:
        yield doubt("page_unread", pages=_listed(found.unread))
    for code in sorted(found.codes):
        yield doubt(code)


def _listed(numbers: list[int]) -> str:
    """1, 3–5, 8."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1] = [stretches[-1][0], number]
        else:
            stretches.append([number])
    said = ["–".join(map(str, stretch)) for stretch in stretches]
    return ", ".join(said[:_LISTED]) + (" …" if len(said) > _LISTED else "")
