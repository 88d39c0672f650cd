"""Bytes of a list → text, in whatever writing Vietnamese comes: what the reader knows of it, for the doors."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.reading import Text, utf8

OLD_FONTS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
"""Encodings that are told by many everyday words, and read letter by letter."""


def decode(data: bytes) -> Text | None:
    """The text, with a note where it was converted. None: in no writing that is sure, so that no name is guessed."""
    from vanban.errors import VanbanError
    from vanban.source import encodings

    try:
        found = encodings.decode(data)
    except VanbanError:
        return utf8(data)  # too much of it is unseen to be a document; a list says in which line
    if found.encoding in OLD_FONTS:
        note = _("Tệp ở bảng mã {encoding}, đã chuyển sang Unicode. Hãy xem kỹ từng tên, nhất là chữ hoa.")
        return Text(found.text, note.format(encoding=OLD_FONTS[found.encoding]))
    return Text(found.text.removeprefix("\ufeff")) if found.doubt is None else None
