"""Evidence files: what they may be."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

OLE, ZIP = "application/x-ole-storage", "application/zip"
TYPES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLE,
}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE = {".docx": WORD, ".xlsx": EXCEL}
LEGACY = {".doc": "application/msword", ".xls": "application/vnd.ms-excel"}
TEXTS = {".txt", ".csv"}
NAMED = {
    "application/pdf": {".pdf"},
    "image/png": {".png"},
    "image/jpeg": {".jpg", ".jpeg", ".jfif"},
    ZIP: set(OFFICE),
    OLE: set(LEGACY),
}
"""How a file of each kind may be called, beside having no ending at all."""
CLAIMED = {ending for endings in NAMED.values() for ending in endings} | TEXTS
"""Endings that say what a file is."""
KINDS = {
    "application/pdf": _("PDF"),
    "image/png": _("ảnh PNG"),
    "image/jpeg": _("ảnh JPEG"),
    ZIP: _("tệp nén ZIP"),
    OLE: _("tệp Office kiểu cũ (.doc, .xls)"),
    WORD: _("tài liệu Word"),
    EXCEL: _("bảng tính Excel"),
    None: _("loại khác"),
}
"""What the bytes are, in words."""
PARTS = {b"word/": WORD, b"xl/": EXCEL}
"""What the list of contents at the end of a package names first, by kind."""
TAIL = 1 << 20
"""Bytes at the end of a package in which its list of contents is looked for: no size of it costs memory."""


def suffix(filename: str) -> str:
    """`.docx`; empty where there is none ("Báo cáo 12.3" has none)."""
    found = re.search(r"\.(?=\d*[a-z])[a-z0-9]{1,5}$", filename.lower())
    return found[0] if found else ""


def sniffed(head: bytes) -> str | None:
    """The kind by the first bytes; None: none that has a mark."""
    return next((kind for mark, kind in TYPES.items() if head.startswith(mark)), None)


def unlike_its_name(head: bytes, filename: str) -> StrPromise | None:
    """What a file is, in words, where its name says otherwise; None: the two agree, or the name says nothing."""
    found, ending = sniffed(head), suffix(filename)
    said = CLAIMED if found in {None, ZIP, OLE} else CLAIMED | {ending} - {""}
    fits = TEXTS if found is None else NAMED[found]
    return KINDS[found] if ending in said - fits else None


def media_type(head: bytes, filename: str) -> str | None:
    """The type of a file by its first bytes; the name only tells office formats apart, and must not contradict them.
    None: it is not accepted.
    """
    found, ending = sniffed(head), suffix(filename)
    if found == ZIP:
        return OFFICE.get(ending)
    if found == OLE:
        return LEGACY.get(ending)
    if found is None and ending in TEXTS and b"\0" not in head:
        return "text/plain"
    return found if found and (not ending or ending in NAMED[found]) else None


def package_unlike(path: Path, kind: str) -> StrPromise | None:
    """What a ZIP package is, in words, where it is not of the office kind it is called; None: it is."""
    if kind not in PARTS.values():
        return None
    with path.open("rb") as file:
        file.seek(-min(TAIL, os.fstat(file.fileno()).st_size), os.SEEK_END)
        tail = file.read()
    found = {named for part, named in PARTS.items() if part in tail}
    return None if kind in found else KINDS[next(iter(found), ZIP)]
