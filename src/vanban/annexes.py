"""Where the annexes begin: under "Phụ lục", or under a title in capitals with a "(Kèm theo …)" line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.fold import fold
from vanban.labels import read_label
from vanban.paragraphs import Paragraph

_LABEL = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:[ ]+(?:SỐ|số)?[ ]*(?P<number>[IVXLC]{1,7}|[0-9]{1,3}|[A-ZĐ]))?(?![\w/])[ ]*[.:–-]*[ ]*"
)
_CAPTION = re.compile(r"\((?:duoc )?(?:ban hanh )?kem theo ")
_CAPTION_REACH = 1200
_CAPITALS = 0.8
_TITLE_PARAGRAPHS = 6


@dataclass(slots=True)
class AnnexStart:
    """The first paragraph of an annex and what its head says; `body` is the index of the paragraph behind the head."""

    first: int
    body: int
    label: str | None
    title: str | None
    caption: str | None


def mostly_capitals(text: str) -> bool:
    letters = [*filter(str.isalpha, text)]
    return bool(letters) and sum(map(str.isupper, letters)) >= _CAPITALS * len(letters)


def find_starts(run: Sequence[Paragraph | None]) -> list[AnnexStart]:
    """The annexes among the paragraphs of a document, in order; None stands for a table."""
    starts: list[AnnexStart] = []
    for index, paragraph in enumerate(run):
        if paragraph is None or (starts and index < starts[-1].body):
            continue
        if (start := _labelled(run, index) or _captioned(run, index)) is not None:
            starts.append(start)
    return starts


def caption_at(text: str) -> tuple[int, int] | None:
    """Place of a "(Kèm theo …)" in a paragraph, brackets included."""
    found = _CAPTION.search(fold(text[:_CAPTION_REACH])) if "(" in text else None
    if found is None:
        return None
    end = text.find(")", found.end())
    return found.start(), end + 1 if end >= 0 else len(text)


def _labelled(run: Sequence[Paragraph | None], index: int) -> AnnexStart | None:
    paragraph = run[index]
    found = _LABEL.match(paragraph.text) if paragraph else None
    if not paragraph or not found:
        return None
    rest = paragraph.text[found.end() :]
    place = caption_at(rest)
    head = rest[: place[0]] if place else rest
    if head and not mostly_capitals(head):
        return None
    label = found[0].strip(" .:–-")
    title = [head.strip()] if head.strip() else []
    if place:
        return AnnexStart(index, index + 1, label, _join(title), rest[slice(*place)])
    body, caption = _head(run, index + 1, title)
    return AnnexStart(index, body, label, _join(title), caption)


def _captioned(run: Sequence[Paragraph | None], index: int) -> AnnexStart | None:
    """An annex without the word: a title in capitals, its subtitle, the caption."""
    paragraph = run[index]
    if paragraph is None or len(paragraph.text) > _CAPTION_REACH or not _is_title(paragraph):
        return None
    place = caption_at(paragraph.text)
    if place and place[0]:
        return AnnexStart(index, index + 1, None, paragraph.text[: place[0]].strip(), paragraph.text[slice(*place)])
    title: list[str] = []
    body, caption = _head(run, index, title)
    return AnnexStart(index, body, None, _join(title), caption) if caption and title else None


def _is_title(paragraph: Paragraph) -> bool:
    if paragraph.text.endswith((";", ",")):
        return False
    place = caption_at(paragraph.text)
    return mostly_capitals(paragraph.text[: place[0]] if place else paragraph.text)


def _head(run: Sequence[Paragraph | None], index: int, title: list[str]) -> tuple[int, str | None]:
    """Read title lines into `title` up to the caption; give the index behind the head, and the caption."""
    for at in range(index, min(index + _TITLE_PARAGRAPHS, len(run))):
        paragraph = run[at]
        if paragraph is None:
            return at, None
        place = caption_at(paragraph.text)
        if place and place[0] == 0:
            return at + 1, paragraph.text[slice(*place)]
        if not _is_title(paragraph) or read_label(paragraph.text):
            return at, None
        title.append(paragraph.text)
    return min(index + _TITLE_PARAGRAPHS, len(run)), None


def _join(title: Sequence[str]) -> str | None:
    return " ".join(" ".join(title).split()) or None
