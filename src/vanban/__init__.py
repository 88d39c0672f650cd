"""The reader: bytes in, `Reading` out. No Django, no database, no clock, no network.

from vanban import read
reading = read(Path("chuong-trinh.docx").read_bytes(), name="chuong-trinh.docx")
"""

from typing import TYPE_CHECKING, Any

from vanban.compare import compare
from vanban.resolve import resolve

if TYPE_CHECKING:
    from vanban.reading import READER, read
    from vanban.source.limits import Limits

__all__ = ["READER", "Limits", "compare", "read", "resolve"]


def __getattr__(name: str) -> Any:
    """The pipeline only when it is asked for: it compiles the word lists, and one of a province may be wrong."""
    if name == "Limits":
        from vanban.source.limits import Limits

        return Limits
    if name in {"READER", "read"}:
        from vanban import reading

        return getattr(reading, name)
    raise AttributeError(name)
