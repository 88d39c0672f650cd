"""Evidence files: what they may be, and where they lie."""

from __future__ import annotations

TYPES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": "application/zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/x-ole-storage",
}
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LEGACY = {".doc": "application/msword", ".xls": "application/vnd.ms-excel"}


def media_type(head: bytes, filename: str) -> str | None:
    """The type of a file by its first bytes (the name only tells office formats apart); None: it is not accepted."""
    found = next((kind for magic, kind in TYPES.items() if head.startswith(magic)), None)
    suffix = f".{filename.rsplit('.', 1)[-1].lower()}" if "." in filename else ""
    if found == "application/zip":
        return OFFICE.get(suffix)
    if found == "application/x-ole-storage":
        return LEGACY.get(suffix)
    if found is None and suffix in {".txt", ".csv"} and b"\0" not in head:
        return "text/plain"
    return found
