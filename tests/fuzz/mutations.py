"""Damage done to files, the same for the same `chance`: to bytes, and to what stands within packages and streams."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

_MOST = 400_000
"""Bytes: what grows larger is cut, so that a file takes a second at most to damage and to read."""
_LETTERS = "ắằẳẵặấầẩẫậđĐơưỳỹ\u0300\u0301\u0323\ufeff\u200b\u00a0\u2028\u202e\0\t\r\n|·–—“”0129IVX%/"
_TOKENS: dict[str, tuple[bytes, ...]] = {
    "package": (
        b'<w:gridSpan w:val="99999999"/>', b'<w:vMerge w:val="restart"/>', b"<w:vMerge/>", b"<w:tbl><w:tr><w:tc>",
        b'<w:gridBefore w:val="-1"/>', b'<w:numId w:val="4294967296"/>', b'<w:ilvl w:val="-7"/>', b"<w:del><w:r>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', b"&b;", b'<w:fldChar w:fldCharType="begin"/>',
        b"<w:p/>", b"</w:tc>", b"</w:tr>", b"</w:tbl>", b'<mergeCell ref="A1:XFD1048576"/>', b'<c r="ZZZ9999999">',
        b'<row r="0">', b"<v>1e308</v>", b"<f>A1</f>", b'<is><t xml:space="preserve">', b"<w:sdt>",
        b"<mc:Choice/>",
    ),
    "html": (
        b"<table>", b"</table>", b'<td rowspan="99999999" colspan="-1">', b"<tr>", b"<td>", b"</td>", b"<!--",
        b"-->", b"<![CDATA[", b"&#x110000;", b"&#0;", b"&nbsp;", b"<div>" * 300, b"</div>" * 40,
        b'<meta charset="utf-7">', b"<script>", b"</script>", b"<style>", b"<ol start=-99999999999><li>", b"<pre>",
        b"<p style='display:none'>", b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\n", b"=3D=\r\n",
        b"<svg><math>", b"<br/>" * 50,
    ),
    "pdf": (
        b" 0 R", b"<<", b">>", b"[", b"]", b"stream\n", b"endstream", b"endobj", b"/Kids[", b"/Parent 3 0 R",
        b"/Length 999999999", b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode/ASCIIHexDecode]",
        b"/MediaBox[0 0 1e9 1e9]", b"/Rotate 91", b"/MediaBox[0 0 0 0]", b"/UserUnit 9e9", b"/Count -1", b"xref\n",
        b"trailer", b"startxref\n0", b"/Prev 0", b"/Encrypt 1 0 R", b"BT", b"ET", b"q", b"Q", b" Tf ", b" Tm ",
        b"1e38 0 0 1e38 0 0 cm\n", b"0 0 0 0 0 0 cm\n", b"/Fm0 Do\n", b"3 Tr\n",
        b"-99999999999 0 m 99999999999 0 l S\n", b"0 0 1 1 re f\n" * 200, b"nan nan Td\n", b"(\\377\\376) Tj\n",
        b"W n\n",
    ),
    "text": (
        b"\t", b"|", b"\n\n", b"|---|---|\n",
        b"TT\tN\xe1\xbb\x99i dung\tC\xc6\xa1 quan ch\xe1\xbb\xa7 tr\xc3\xac\n", b"1.\t", b"I- ", b"a) ",
        b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00", b"Q.", b"2024-2030", b"12-NQ/TW, ",
        b"99999999/2024/N\xc4\x90-CP ", b"n\xc4\x83m " * 60, b"\xc4\x90i\xe1\xbb\x81u 1. ", b"(K\xc3\xa8m theo",
        b"N\xc6\xa1i nh\xe1\xba\xadn:", b"t\xe1\xbb\x89nh " * 90, b"-" * 500,
        b"tr\xc6\xb0\xe1\xbb\x9bc ng\xc3\xa0y 31/02/2024", b"Q\xc3\xbd V/0000", b"9" * 400, b"I" * 300, b";" * 400,
        b", " * 400,
    ),
    "picture": (
        b"\xff\xda", b"\xff\xc0", b"\xff\xd9", b"IHDR", b"IDAT", b"II*\x00", b"\x00\x00\x00\x00",
        b"\xff\xff\xff\xff", b"\x7f\xff",
    ),
    "office": (
        b"\xec\xa5", b"{\\rtf1", b"{\\*\\bin99999999 ", b"\\u-32768?", b"\\trowd", b"\\cell", b"}", b"{" * 900,
        b"\\pict",
    ),
}  # fmt: skip
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)


def family(data: bytes) -> str:
    """Which tokens suit a file."""
    if data.startswith(b"PK"):
        return "package"
    if b"%PDF" in data[:1024]:
        return "pdf"
    if data.startswith((b"\x89PNG", b"\xff\xd8", b"II*", b"MM")):
        return "picture"
    if data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return "office"
    return "html" if b"<" in data[:200] else "text"


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The file, damaged once to four times; `other` lends pieces."""
    kind = family(data)
    deep: dict[str, Callable[[bytes, bytes, random.Random], bytes]] = {"package": _package, "pdf": _streams}
    if kind in deep and chance.random() < 0.8:
        return deep[kind](data, other, chance)
    return _often(data, other, chance, kind)


def _often(data: bytes, other: bytes, chance: random.Random, kind: str) -> bytes:
    for _ in range(chance.randint(1, 4)):
        data = _once(data, other, chance, kind)
    return data[:_MOST]


def _once(data: bytes, other: bytes, chance: random.Random, kind: str) -> bytes:  # noqa: PLR0911 - one for each damage
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + int(chance.paretovariate(0.6)))
    match chance.randrange(10):
        case 0:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:end] + data[at:]
        case 3:
            return data[:at] + data[at:end] * chance.choice((2, 8, 64, 600)) + data[end:]
        case 4:
            start = chance.randrange(len(other) + 1)
            return data[:at] + other[start : start + int(chance.paretovariate(0.4))] + data[at:]
        case 5:
            return data[:at]
        case 6:
            number = chance.choice(_NUMBERS)
            size, order = chance.choice((1, 2, 4)), chance.choice(("big", "little"))
            return data[:at] + (number & (256**size - 1)).to_bytes(size, order) + data[at + size :]
        case 7:
            letters = "".join(chance.choices(_LETTERS, k=chance.randint(1, 6))) * chance.choice((1, 1, 1, 50))
            return data[:at] + letters.encode() + data[end:]
        case 8:
            return _digits(data, at, chance)
        case _:
            return data[:at] + chance.choice(_TOKENS[kind]) + data[at:]


def _digits(data: bytes, at: int, chance: random.Random) -> bytes:
    """Another number for the next one that is written out."""
    found = re.search(rb"-?\d+", data[at : at + 5000])
    if not found:
        return data[at:] + data[:at]
    said = chance.choice((b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e300"))
    return data[: at + found.start()] + said + data[at + found.end() :]


def _package(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """One part of a package damaged, and packed again; now and then one left out or doubled."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            parts = [(info.filename, old.read(info)) for info in old.infolist() if info.file_size < _MOST]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return _often(data, other, chance, "package")
    if not parts:
        return _often(data, other, chance, "package")
    weights = [3 + 40 * name.endswith(("document.xml", "numbering.xml", "sheet1.xml")) for name, _ in parts]
    place = chance.choices(range(len(parts)), weights)[0]
    name, content = parts[place]
    parts[place] = name, _often(content, other, chance, "package")
    if chance.random() < 0.05:
        del parts[chance.randrange(len(parts))]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, content in parts:
            new.writestr(name, content)
    return target.getvalue()


def _streams(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """What one of a PDF's packed streams says damaged; the length that is told beforehand no longer agrees."""
    found = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not found:
        return _often(data, other, chance, "pdf")
    stream = chance.choice(found)
    try:
        said, packed = zlib.decompressobj().decompress(stream[1], _MOST), True
    except zlib.error:
        said, packed = stream[1], False
    said = _often(said, other, chance, "pdf")
    made = zlib.compress(said, 1) if packed else said
    return data[: stream.start(1)] + made + data[stream.end(1) :]
