"""Who may order in a document: its issuer, whoever speaks for the issuer, and those above everyone.

`UBND huyện`, `Chủ tịch UBND huyện` speak in what the People's Committee of a district issues; in what a department
issues, what the Prime Minister ordered is told.
"""

from __future__ import annotations

import re
from functools import cache

from vanban.fold import fold, key
from vanban.lexicon import load

_LEAST = 2
"""Letters of a short form."""
_OFFICE = "van phong"
_GOVERNMENT = ("chinh phu", "thu tuong", "pho thu tuong")


def is_superior(name: str) -> bool:
    """`Thủ tướng Chính phủ`, `Chủ tịch UBND tỉnh`: one who orders others."""
    folded = fold(name)
    return bool(_pattern("pattern").match(folded)) and not re.search(r"\bcac\b", folded)


def speaks(name: str, issuer: str) -> bool:
    """Whether `name` orders in a document of `issuer`; a superior does where nothing says that it is another's word."""
    if issuer and (is_same(_bare(name), _bare(issuer)) or _is_self(name, issuer)):
        return True
    if not is_superior(name) or _pattern("below").match(key(issuer)):
        return False
    plain = key(issuer)
    if not plain or plain.startswith(_OFFICE):
        return True
    return not _bare(name) or (plain.startswith(_GOVERNMENT) and fold(name).startswith(_GOVERNMENT))


def is_same(name: str, issuer: str) -> bool:
    """`UBND huyện`, `Tổng cục DTNN` begin what the letterhead writes out; a short form stands for as many words."""
    words, at = key(issuer).split(), 0
    for word in name.split():
        plain = key(word)
        if words[at : at + 1] == [plain]:
            at += 1
        elif len(plain) >= _LEAST and word.isupper() and _initials(words[at : at + len(plain)]) == plain:
            at += len(plain)
        else:
            return False
    return at > 1


def _is_self(name: str, issuer: str) -> bool:
    """`Bộ`, `Sở`, `Phòng`: how an issuer speaks of itself."""
    return name[:1].isupper() and " " not in name and key(issuer).split()[0] == key(name)


def _bare(name: str) -> str:
    """`Chủ tịch UBND tỉnh` without the post."""
    found = _pattern("speaker").match(fold(name))
    return name[found.end() :] if found else name


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("orders.toml")["superior"][name])
