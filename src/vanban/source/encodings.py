"""Bytes to text: Unicode in its forms, and the ways Vietnamese was written before it (`lexicon/encodings.toml`)."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from vanban.lexicon import load
from vanban.source.refusals import unreadable

Legacy = Literal["tcvn3", "vni"]

_LEXICON = load("encodings.toml")
_WORDS = frozenset(word for word in unicodedata.normalize("NFC", _LEXICON["words"]).split() if not word.isascii())
_TCVN3 = str.maketrans({pair[0]: pair[1] for pair in _LEXICON["tcvn3"].split()})
_VNI = {pair[:-1]: pair[-1] for pair in _LEXICON["vni"].split()}
_VNI |= {written.upper(): letter.upper() for written, letter in _VNI.items()}
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_WORD = re.compile('[^\\W\\d_\u00ad\u0300-\u036f][^\\s.,;:()"/]*')
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNICODE_LETTER = re.compile("[\u0100-\u1fff]")
_RARE = 30
"""Vietnamese in Unicode has a letter beyond Latin-1 more often than every 30 characters."""
_SAMPLE = 200_000
_ENOUGH = 3
"""So many everyday words make an encoding believable."""
_CONTROL = re.compile("[\x00-\x06\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
_NOISE = 0.005
_HIGH = 0.3
_FIRST_HIGH = 0x80


@dataclass(frozen=True, slots=True)
class Decoded:
    """`doubt`: what a person should know (`encoding_legacy`, `encoding_guess`, `encoding_damaged`), or None."""

    text: str
    encoding: str
    doubt: str | None = None


def decode(data: bytes) -> Decoded:
    """Text as NFC, with the name of its encoding.

    Raises Unreadable for bytes that are no text in any of them.
    """
    decoded = _by_mark(data) or _utf16_bare(data) or _utf8(data) or _single_byte(data)
    if len(_CONTROL.findall(decoded.text)) > _NOISE * len(decoded.text):
        raise unreadable("binary")
    legacy = legacy_of(decoded.text) if decoded.doubt is None else None
    if legacy:
        decoded = Decoded(convert(decoded.text, legacy), legacy, "encoding_legacy")
    return Decoded(unicodedata.normalize("NFC", decoded.text), decoded.encoding, decoded.doubt)


def legacy_of(text: str) -> Legacy | None:
    """Whether a text's letters are really codes of an old font (`Céng hoµ x· héi` for `Cộng hòa xã hội`)."""
    sample = text[:_SAMPLE]
    if len(_UNICODE_LETTER.findall(sample)) * _RARE > len(sample):
        return None
    found = {legacy: everyday(convert(sample, legacy)) for legacy in ("tcvn3", "vni")}
    best: Legacy = "tcvn3" if found["tcvn3"] >= found["vni"] else "vni"
    return best if found[best] >= _ENOUGH and found[best] > everyday(sample) else None


def convert(text: str, legacy: Legacy) -> str:
    """Line by line, leaving alone every line that holds a letter the old font cannot have written."""
    return "".join(_convert_line(line, legacy) for line in text.splitlines(keepends=True))


def from_font(text: str, font: str) -> str:
    """Text of a run whose font tells how it is coded: `.VnTime` (TCVN3; `.VnTimeH` shows capitals), `VNI-Times`."""
    if font.startswith(".Vn") and not _UNICODE_LETTER.search(text):
        converted = text.translate(_TCVN3)
        return converted.upper() if font.endswith("H") else converted
    return convert(text, "vni") if font.startswith("VNI-") else text


def everyday(text: str) -> int:
    """How many everyday Vietnamese words, of those with a marked letter, stand in the text."""
    composed = unicodedata.normalize("NFC", text).lower()
    return sum(word in _WORDS for word in _WORD.findall(composed))


def _convert_line(line: str, legacy: Legacy) -> str:
    if line.isascii() or _UNICODE_LETTER.search(line):
        return line
    return line.translate(_TCVN3) if legacy == "tcvn3" else _VNI_PATTERN.sub(lambda match: _VNI[match[0]], line)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return Decoded(text, encoding, "encoding_damaged" if "\ufffd" in text else None)
    return None


def _utf16_bare(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: blanks and digits leave a NUL in every other byte, always on the same side."""
    sample = data[:4000]
    if b"\0" not in sample:
        return None
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    for encoding, here, there in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if here > len(sample) // 10 and not there:
            text = data.decode(encoding, errors="replace")
            return Decoded(text, encoding, "encoding_damaged" if "\ufffd" in text else None)
    raise unreadable("binary")


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    kept = sum(char > "\u007f" for char in text[:_SAMPLE]) - lost
    return Decoded(text, "utf-8", "encoding_damaged") if kept > 10 * lost else None


def _single_byte(data: bytes) -> Decoded:
    """One byte a letter: the encoding under which the most everyday words appear; none convincing is Western."""
    if b"\0" in data:
        raise unreadable("binary")
    western = data.decode("cp1252", errors="replace")
    windows = data.decode("cp1258", errors="replace")
    candidates = [
        (everyday(windows[:_SAMPLE]), "windows-1258", windows),
        (everyday(convert(western[:_SAMPLE], "tcvn3")), "tcvn3", ""),
        (everyday(convert(western[:_SAMPLE], "vni")), "vni", ""),
    ]
    hits, encoding, text = max(candidates, key=lambda candidate: candidate[0])
    if hits < _ENOUGH:
        if sum(byte >= _FIRST_HIGH for byte in data[:_SAMPLE]) > _HIGH * len(data[:_SAMPLE]):
            raise unreadable("binary")
        return Decoded(western, "windows-1252", "encoding_guess")
    if encoding == "windows-1258":
        return Decoded(text, encoding, "encoding_guess")
    return Decoded(convert(western, "tcvn3" if encoding == "tcvn3" else "vni"), encoding, "encoding_legacy")
