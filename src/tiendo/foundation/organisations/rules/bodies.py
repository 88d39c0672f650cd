"""What codes and names of bodies may be. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.naming import key

CODE = re.compile(r"[0-9A-Z][0-9A-Z.]{0,34}")
"""Upper case, digits and dots, at most 35 characters (QĐ 20/2020/QĐ-TTg)."""
UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\u200b-\\u200f\\u2028-\\u202e\\u2060\\ufeff]")
LONGEST_NAME, LONGEST_SHORT = 300, 120


@dataclass(frozen=True, slots=True)
class Since:
    """Of a table that names bodies: from which day a row of it needs the body. No body begins after that day."""

    word: Any
    """What the rows are."""
    keys: tuple[str, ...]
    """Its keys to bodies."""
    days: tuple[str, ...]
    """Fields of the first day: the first of them that is filled counts."""


def tidy(text: str) -> str:
    """As it is kept: composed (NFC), without blanks around it or doubled within."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def problems(
    *,
    code: str,
    name: str,
    kind: str,
    kinds: Iterable[str],
    root: bool,
    short_name: str = "",
    others: Iterable[str] = (),
) -> Iterator[str]:
    """What is wrong with a body that is to be added, each in words. `others`: abbreviations and aliases.

    `kinds`: those there are, with their words where these are known.
    That code and name are still free is asked of the register, not here.
    """
    if not CODE.fullmatch(code):
        yield _("mã “{code_}” phải gồm chữ hoa không dấu, chữ số và dấu chấm, dài nhất 35 ký tự.").format(
            code_=code[:60]
        )
    if not key(name):
        yield _("thiếu tên cơ quan.")
    others = list(others)
    for what, text, longest in (
        (_("tên"), name, LONGEST_NAME),
        (_("tên gọi tắt"), short_name, LONGEST_SHORT),
        (_("tên viết tắt hoặc tên khác"), max(others, key=len, default=""), LONGEST_NAME),
    ):
        if len(text) > longest:
            yield _("{what} dài {length} ký tự; dài nhất là {longest}.").format(
                what=what, length=len(text), longest=longest
            )
    if any(UNSEEN.search(text) for text in (name, short_name, *others)):
        yield _("tên có ký tự không nhìn thấy được; hãy xóa và gõ lại.")
    if kind not in kinds:
        words = kinds.values() if isinstance(kinds, Mapping) else kinds
        yield _("loại “{kind}” không có. Các loại: {kinds}.").format(kind=kind, kinds=", ".join(words))
    elif kind == "root" and not root:
        yield _("loại “gốc” chỉ dành cho gốc của cây tổ chức, do “tiendo init” tạo.")
