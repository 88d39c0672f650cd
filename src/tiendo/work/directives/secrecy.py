"""Whether a file carries a secrecy mark on its first page: looked at in a child process, without keeping a reading.

Run as `python -m tiendo.work.directives.secrecy PATH SECONDS MEGABYTES`: it writes `classified` where there is a mark.
"""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from tiendo.work.directives import child

CLASSIFIED = "classified"


def is_marked(path: Path, *, seconds: int, megabytes: int) -> bool:
    """Whether the reader sees a mark in this file. Where it can see nothing (a photo nobody recognises letters in, a
    lock, a file that takes too long), there is none. Never raises on what the file holds.
    """
    command = [sys.executable, "-m", "tiendo.work.directives.secrecy", str(path), str(seconds), str(megabytes)]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and module)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child.environment(),
            start_new_session=True,
            timeout=seconds + child.GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.stdout.strip() == CLASSIFIED.encode()


def main() -> None:
    """The child's side."""
    path, seconds, megabytes = sys.argv[1:4]
    child.limit(int(seconds), int(megabytes))
    from vanban.errors import Classified, VanbanError
    from vanban.source import open_sheet
    from vanban.source.limits import Limits

    try:
        open_sheet(_first_page(Path(path).read_bytes()), limits=Limits(scanned=1))
    except Classified:
        sys.stdout.write(CLASSIFIED)
    except (VanbanError, MemoryError):
        return


def _first_page(data: bytes) -> bytes:
    """Of a PDF only the page on which marks stand: thousands of pages must not use up the time. Where it cannot be
    taken out, and of other files, the whole.
    """
    if not data.startswith(b"%PDF-"):
        return data
    import pypdfium2

    try:
        whole, first, out = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new(), BytesIO()
        first.import_pages(whole, [0])
        first.save(out)
    except pypdfium2.PdfiumError:
        return data
    return out.getvalue()


if __name__ == "__main__":
    main()
