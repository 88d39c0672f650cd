"""Printed pages: PDF, and pictures of pages, with whoever recognises letters where there is one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from vanban.sheet import Sheet, SheetBuilder
from vanban.source.limits import Limits
from vanban.source.paper import pdf, recognise
from vanban.source.refusals import unreadable

Pages = Callable[[int, int], None]


def read_pdf(data: bytes, limits: Limits, progress: Pages | None = None) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet and its margins. Raises Unreadable, Locked and TooLarge."""
    with ExitStack() as stack:
        recogniser = None if recognise.missing() else stack.enter_context(recognise.recogniser())
        return pdf.read_pdf(data, limits, recogniser, progress)


def read_picture(data: bytes, limits: Limits, progress: Pages | None = None) -> tuple[Sheet, tuple[str, ...]]:
    """A JPEG, a PNG or a TIFF, each of its pictures a page. Raises Unreadable."""
    from vanban.source.paper.layout import lay

    if missing := recognise.missing():
        raise unreadable("scan_missing", kind=missing)
    builder = SheetBuilder("scan")
    with recognise.recogniser() as recogniser:
        margins = lay(recogniser.pages_of(data, limits, progress), builder)
    return builder.build([]), tuple(margins)
