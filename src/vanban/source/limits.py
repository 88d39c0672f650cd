"""How much a document may hold, so that no file can exhaust the machine that reads it."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """All sizes in bytes. A packed document is measured before anything of it is unpacked, and again while it is."""

    data: int = 100 * MIB
    """The file as it came."""
    unpacked: int = 400 * MIB
    """The sum of everything in a package."""
    part: int = 100 * MIB
    """One XML part of a package: the reader holds its whole tree."""
    sheets: int = 20 * MIB
    """XML of a workbook's sheets: the library that reads them needs fifty times as much."""
    entries: int = 5_000
    """Members of a package."""
    ratio: int = 250
    """Unpacked to packed size of one XML part; Word's own stay under 60."""
    ratio_from: int = 10 * MIB
    """Parts smaller than this may pack as well as they like."""
    text: int = 30 * MIB
    """Plain text."""
    pages: int = 2_000
    """Of a PDF."""
    scanned: int = 300
    """Pages recognised from pictures; those beyond stay unread, and a doubt says so."""
