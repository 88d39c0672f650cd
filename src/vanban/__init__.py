"""The reader: bytes in, `Reading` out. No Django, no database, no clock, no network.

from vanban import read
reading = read(Path("chuong-trinh.docx").read_bytes(), name="chuong-trinh.docx")
"""

from vanban.compare import compare
from vanban.reading import READER, read
from vanban.resolve import resolve
from vanban.source.limits import Limits

__all__ = ["READER", "Limits", "compare", "read", "resolve"]
