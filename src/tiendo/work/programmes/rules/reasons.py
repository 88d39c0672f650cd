"""Why something was asked or decided: what may be written, and what a restricted task takes instead."""

from __future__ import annotations

import re
from enum import StrEnum

REASON_LIMIT, BASIS_LIMIT, NUMBER_LIMIT = 1000, 300, 80
"""Characters. The rest belongs in the document that is cited."""
DOCUMENT = re.compile(r"[^\W_][\w./&-]{1,60}( ngày \d{1,2}/\d{1,2}/\d{4})?")
"""`12-CV/TU`, `33/CT-TTg ngày 02/03/2026`: a number and a date, and no words. It holds a digit."""


class Wrong(StrEnum):
    MISSING = "missing"
    TOO_LONG = "too_long"
    RESTRICTED = "restricted"


def document_alone(text: str) -> bool:
    """Whether a text is the number of a document, with its date or without, and nothing else.

    >>> document_alone("12-CV/TU ngày 02/03/2026"), document_alone("chờ tiền"), document_alone("mật-thư")
    (True, False, False)
    """
    return bool(DOCUMENT.fullmatch(text)) and any(letter.isdigit() for letter in text.partition(" ")[0])


def wrong(text: str, *, limit: int, needed: bool, restricted: bool) -> Wrong | None:
    """What is wrong with a reason, a basis or a word of decision (stripped); None: it can be kept."""
    if not text:
        return Wrong.MISSING if needed else None
    if restricted and not document_alone(text):
        return Wrong.RESTRICTED
    return Wrong.TOO_LONG if len(text) > limit else None
