"""What a document says of itself: kind, number, date, issuer, title, term, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Any

from vanban import bodies, certainty, kinds, letterhead, numerals, signature, symbols
from vanban.annexes import caption_at, mostly_capitals
from vanban.fold import fold, key, same_marks, squeeze
from vanban.letterhead import Entry, Top
from vanban.model import Annex, Heading, Outline, Span
from vanban.sheet import Sheet
from vanban.symbols import Symbol

_TITLE_ENTRIES = 14
_ABOUT_LINES = 3
_LONGEST_TITLE = 1500
_FULL_TITLE_LINE = 40
_SHORTEST_TITLE = 12
_SHORT_LEAD = 60
_LONGER_KIND = 14
"""Letters that a kind's longer name may have behind it: `KẾT LUẬN THANH TRA`, `BÁO CÁO THẨM TRA`."""
_CALLING = re.compile(r"dien\s*:")
_TITLE_STOP = re.compile(
    r"can cu |kinh gui|dieu 1\b|noi nhan|[-_*]{3,}|\*$|quyet nghi|quyet dinh:|sau khi |xet |dien\s*:"
)
_BODY_START = re.compile(r"Thực hiện|Triển khai|Trên cơ sở|Để |Ngày|Theo |Trong |Nhằm|Xét |Tiếp tục|Sau khi|Trước")
_GRAMMAR = ("của", "do", "và", "tại", "cho", "giữa", "với")
_WITHOUT_PLACE = re.compile(r".*? (?:tinh|thanh pho)(?= )")
_CALL = re.compile(r"\s+dien\s*:?$")
_OF = re.compile(r"(?:^|\s)cua\s+")
_SUBJECTS = (
    *("về", "thực hiện", "triển khai", "cụ thể hóa", "tiếp tục", "tăng cường", "lãnh đạo"),
    *("quy định", "ban hành", "hướng dẫn", "phê duyệt", "sửa đổi", "v/v"),
)
_SUBJECT = re.compile(r"(?<!\w)(?:" + "|".join(map(fold, _SUBJECTS)) + r")(?!\w)")
_SESSION = re.compile(r"(?:(?:\(|, *|- *)?(?:khoa [ivxlc]+|nhiem ky [\d -]+|(?:tai )?ky hop[^,]{0,40})\)?)+$")
_STATE = re.compile(r"\s*(?:nuoc )?cong h\w{1,2}a? xa ?hoi ?chu nghia viet nam$")
_OWN_NUMBER = re.compile(r"\s*(?:số\s*:?\s*)?$", re.IGNORECASE)
_OWN_DAY = re.compile(r",?\s*ngay\s*(\d{1,2})\s*(?:thang|[-/.])\s*(\d{1,2})\s*(?:nam|[-/.])\s*(\d{4})\s*")
_RULED = re.compile(r"\s*[-_–=*]{2,}$")
_TERM = re.compile(r"\(?khoa\s+(?P<term>[ivxlc]{1,6})(?!\w)\)?")
_ABOUT = re.compile(r"(?<!\w)(?:v/v|về việc)[: ]*", re.IGNORECASE)
_TO = re.compile(r"(?<!\w)Kính gửi(?!\w)", re.IGNORECASE)
_CAPTION_WITHIN = 400
_CAPTION_DATE = re.compile(r"ngay\s*(\d{1,2})\s*(?:thang|/)\s*(\d{1,2})\s*(?:nam|/)\s*(\d{4})")


@dataclass(slots=True)
class _Found:
    """Fields as they are read, each with its place."""

    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    def put(self, name: str, value: Any, span: Span | None) -> None:
        """Keep the first value of a field."""
        if value is not None and self.values.get(name) is None:
            self.values[name] = value
            if span is not None:
                self.spans[name] = span


def find(sheet: Sheet, outline: Outline) -> Heading:
    """The heading of a document. What is not printed, or printed blank, is None; `implements` is left to others."""
    found = _Found()
    top = letterhead.read_top(sheet)
    _from_letterhead(found, top)
    _from_title(found, top, outline)
    _from_captions(found, sheet, outline)
    symbol = symbols.parse(found.values["symbol"]) if found.values.get("symbol") else None
    signed = signature.find(sheet)
    found.put("signature", signed, signed.span if signed else None)
    if symbol:
        _from_symbol(found, symbol)
        if symbol.family == "assembly" and not found.values.get("date"):
            _from_adoption(found, sheet)
    _leave_unsure(found, sheet)
    return Heading(**found.values, spans=found.spans)


def _leave_unsure(found: _Found, sheet: Sheet) -> None:
    """A number or a day that text recognition is not sure of (handwriting, mostly) is no value, only a place: what was
    made out there is proposed by a doubt.
    """
    for name in ("symbol", "number", "date"):
        span = found.spans.get(name)
        if span is not None and certainty.is_unsure(sheet.places, span):
            found.values[name] = None


def _from_letterhead(found: _Found, top: Top) -> None:
    numbered = letterhead.number(top.letterhead)
    if numbered and numbered.symbol:
        found.put("symbol", numbered.symbol.text, numbered.span)
        found.put("number", numbered.symbol.number, numbered.span)
    if dated := letterhead.dated(top.letterhead):
        if dated.value:
            found.put("date", dated.value, dated.span)
            found.put("date_text", dated.text, dated.span)
        found.put("place", dated.place, dated.span)
    if issuer := letterhead.issuer_text(top.letterhead):
        text, span = issuer
        term = _TERM.search(fold(text))
        found.put("issuer", bodies.issuer(text[: term.start()] if term else text), span)
        found.put("term", term["term"].upper() if term else None, span)


def _from_title(found: _Found, top: Top, outline: Outline) -> None:
    """Kind, title, and from the title the issuer and its term, or the issuer from the line above the grounds."""
    if top.kind_at is None:
        _from_about(found, top)
        _from_capitals(found, top)
        return
    entry = top.entries[top.kind_at]
    kind = letterhead.kind_of(entry.text)
    found.put("kind", kind, entry.place(0, len(kind or "")))
    starts = (provision.span.start for provision in outline.provisions)
    first = next((start for start in starts if start > entry.span.start), None)
    lines = _title_lines(top, len(kind or ""), first)
    issuer = _above_grounds(found, lines)
    if not lines:
        return
    text = _title_text(lines)
    if issuer is None:
        text = _without_issuer(text, found.values.get("issuer"))
    span = Span(start=lines[0].span.start, end=lines[-1].span.end, page=lines[0].span.page)
    text = _behind_own_number(found, text, span)
    found.put("title", _subject(text) or None, span)
    _from_of(found, text, span)
    if issuer:
        _put_issuer(found, *issuer)


def _above_grounds(found: _Found, lines: list[Entry]) -> tuple[str, Span] | None:
    """Take the lines off the title that name the issuer, or its head, above the grounds, with its term and session:
    `HỘI ĐỒNG NHÂN DÂN TỈNH X` / `KHÓA XI, KỲ HỌP THỨ 5`; `QUỐC HỘI` / `NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`.
    """
    kept = len(lines)
    while kept > 1 and lines[kept - 1].text.isupper() and _is_session(lines[kept - 1].folded):
        kept -= 1
    name = _stateless(lines[kept - 1].text) if kept > 1 and lines[kept - 1].text.isupper() else ""
    own = bodies.of_head(name) if name else None
    if own is None:
        return None
    span = lines[kept - 1].span
    for line in lines[kept:]:
        if term := _TERM.search(line.folded):
            found.put("term", term["term"].upper(), line.span)
    del lines[kept - 1 :]
    return own, span


def _is_session(folded: str) -> bool:
    state = _STATE.match(folded)
    return bool(_SESSION.match(folded)) or (state is not None and state.end() == len(folded))


def _stateless(text: str) -> str:
    """`QUỐC HỘI NƯỚC CỘNG HÒA …` is the assembly; only the President's title keeps "NƯỚC"."""
    state = _STATE.search(fold(text))
    name = text[: state.start()].strip() if state else text
    return f"{name} NƯỚC" if state and key(name) == "chu tich" else name


def _put_issuer(found: _Found, name: str, span: Span) -> None:
    """Above the grounds a body may be named in full whose letterhead lost its second line (`ỦY BAN NHÂN DÂN`)."""
    known = key(found.values.get("issuer") or "")
    if known and key(name).startswith(f"{known} "):
        found.values["issuer"], found.spans["issuer"] = name, span
    found.put("issuer", name, span)


def _behind_own_number(found: _Found, title: str, span: Span) -> str:
    """`SỐ 15-BTC/TT NGÀY 16-3-1991 CỦA BỘ X QUY ĐỊNH …`: a title that says the document's own number and day again."""
    place = next(symbols.scan(title), None)
    if place is None or not _OWN_NUMBER.match(title[: place.start]):
        return title
    if found.values.get("symbol") not in (None, place.symbol.text):
        return title
    found.put("symbol", place.symbol.text, span)
    found.put("number", place.symbol.number, span)
    day = _OWN_DAY.match(fold(title), place.end)
    if day and (printed := _date(day)):
        found.put("date", printed, span)
        found.put("date_text", title[day.start() : day.end()].strip(" ,"), span)
    return title[day.end() if day else place.end :].lstrip(" ,:-")


def _from_capitals(found: _Found, top: Top) -> None:
    """Where a portal lost the line with the kind: what is printed in capitals between the number and the grounds."""
    symbol = symbols.parse(found.values.get("symbol") or "")
    numbered = found.spans.get("symbol")
    if symbol is None or not symbol.type or numbered is None:
        return
    rest = [entry for entry in top.letterhead if entry.span.start > numbered.end and not letterhead.is_own_line(entry)]
    lines = list(takewhile(lambda entry: entry.text.isupper() or not entry.text, rest))
    lines = [entry for entry in lines if len(entry.text) > _SHORTEST_TITLE]
    issuer = _above_grounds(found, lines) if len(lines) > 1 else None
    if issuer is None and len(lines) == 1 and (own := bodies.of_head(lines[0].text)):
        issuer = own, lines.pop().span
    if lines:
        span = Span(start=lines[0].span.start, end=lines[-1].span.end, page=lines[0].span.page)
        found.put("title", squeeze(" ".join(line.text for line in lines)), span)
    if issuer:
        _put_issuer(found, *issuer)


def _title_text(lines: list[Entry]) -> str:
    """The lines as one; below one that says only whose document it is, the title begins."""
    first = lines[0].text if len(lines) > 1 and _is_of(lines[0].text) else ""
    rest = squeeze(" ".join(line.text for line in lines[1 if first else 0 :]))
    return squeeze(f"{first} {rest}") if first else _capitals_only(rest)


def _is_of(line: str) -> bool:
    """`CỦA BỘ CHÍNH TRỊ`, and nothing else."""
    of = _OF.match(fold(line))
    return bool(of) and line.isupper() and bodies.starts_body(line[of.end() if of else 0 :])


def _subject(title: str) -> str:
    """The title without whose document it is (`CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH (khóa X) thực hiện …`) and "V/v"."""
    title = _RULED.sub("", title)
    folded = fold(title)
    of = _OF.match(folded)
    if of and bodies.starts_body(title[of.end() :]):
        starts = (at.start() for at in _SUBJECT.finditer(folded, of.end()) if _is_verb(title[at.start() : at.end()]))
        title = title[next(starts, _small_from(title)) :]
    about = _ABOUT.match(title)
    return title[about.end() :] if about and "/" in about[0] else title


def _small_from(title: str) -> int:
    """Where a title in capitals goes on in small letters; its beginning, where it does not."""
    return next((word.start() for word in re.finditer(r"\S+", title) if _is_small(word[0]) and word.start()), 0)


def _is_verb(printed: str) -> bool:
    """`về`, and not the "vệ" of `BẢO VỆ`."""
    return any(same_marks(printed, verb) for verb in _SUBJECTS)


def _title_lines(top: Top, kind_length: int, first: int | None) -> list[Entry]:
    """The lines between the kind and the grounds, the addressee or the first provision."""
    entry = top.entries[top.kind_at or 0]
    rest = entry.text[kind_length:]
    skip = kind_length + len(rest) - len(rest.lstrip(" :-"))
    mark = not rest.strip(" :-") or bodies.is_mark(rest)
    lines = [] if mark else [Entry(entry.text[skip:], entry.place(skip, len(entry.text)))]
    same = key(entry.text).replace(" ", "")
    blank = False
    start = (top.kind_at or 0) + 1
    for line in top.entries[start : start + _TITLE_ENTRIES]:
        if not line.text.strip():
            blank = True
            continue
        if not lines and line.folded.replace(" ", "") == same:
            continue
        beyond = line.span.table != entry.span.table or (first is not None and line.span.start >= first)
        if beyond or _TITLE_STOP.match(line.folded) or caption_at(line.text):
            return lines[:-1] if lines and lines[-1].text.isupper() and _CALLING.match(line.folded) else lines
        longer_kind = len(lines) == 1 and lines[0].span.start < entry.span.end and len(lines[0].text) <= _LONGER_KIND
        if longer_kind and not blank and not _BODY_START.match(line.text):
            lines.append(line)
            continue
        if lines and not _title_goes_on(lines[-1].text, line.text, blank=blank):
            break
        lines.append(line)
        blank = False
    return lines


def _title_goes_on(before: str, line: str, *, blank: bool) -> bool:
    """Whether a line is still the title: capitals behind capitals, small letters in the middle of a sentence."""
    if mostly_capitals(line):
        return mostly_capitals(before) or not blank
    if line[0].islower() and len(line) <= _LONGEST_TITLE:
        return not before.endswith((".", ";", ":"))
    if _is_of(before) and len(line) <= _LONGEST_TITLE:
        return not blank or bool(_SUBJECT.match(fold(line)) and not _BODY_START.match(line))
    if len(line) > _LONGEST_TITLE or _BODY_START.match(line):
        return False
    if mostly_capitals(before) and not line[0].islower():
        return not blank and mostly_capitals(" ".join(line.split()[:4])) and len(before) > _FULL_TITLE_LINE
    return not blank and not before.endswith((".", ";", ":"))


def _capitals_only(title: str) -> str:
    """A title in capitals ends where a sentence begins on the same line."""
    if not mostly_capitals(" ".join(title.split()[:3])):
        return title
    first = next((word for word in re.finditer(r"\S+", title) if _is_small(word[0])), None)
    return title[: first.start()].rstrip() if first and first[0][0].isupper() else title


def _is_small(word: str) -> bool:
    return sum(map(str.islower, word)) > 1


def _without_issuer(title: str, issuer: str | None) -> str:
    """A title with the issuer printed behind it on the same line: `… VỀ VIỆC X CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH Y`."""
    folded = fold(title).replace("–", "-")
    call = _CALL.search(folded)
    end = call.start() if call else len(title)
    whole = key(issuer or "")
    short = _WITHOUT_PLACE.match(whole)
    name = next((name for name in (whole, short[0] if short else "") if name and folded[:end].endswith(name)), None)
    if name is None:
        return title
    start = bodies.behind_head(title[: end - len(name)].rstrip())
    rest = title[:start].rstrip()
    return title if not rest or rest.endswith(",") or rest.lower().split()[-1] in _GRAMMAR else rest


def _from_of(found: _Found, title: str, span: Span) -> None:
    """`CHƯƠNG TRÌNH CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH (KHÓA XVII) thực hiện …`."""
    folded = fold(title)
    of = _OF.match(folded)
    if not of:
        return
    term = _TERM.search(folded, of.end())
    end = next((at for at in range(of.end(), len(title)) if title[at].islower() or title[at] in "(,;"), len(title))
    if title[of.end()].isupper() and title[of.end() + 1 : of.end() + 2].isupper():
        end = title.rfind(" ", 0, end) if end < len(title) and title[end].islower() else end
        if bodies.starts_body(title[of.end() : end]):
            found.put("issuer", bodies.issuer(title[of.end() : end]), span)
    if term and term.start() <= end + 1:
        found.put("term", term["term"].upper(), span)


def _from_about(found: _Found, top: Top) -> None:
    """An official letter names no kind: it says "V/v …" under its number, or to whom it goes."""
    head = top.entries[: top.title_from + 2]
    addressed = any(_TO.search(entry.text) for entry in head)
    typed = _says_other_kind(found.values.get("symbol")) and not addressed
    for number, entry in enumerate(head):
        about = None if typed else _about(entry.text)
        to = _TO.search(entry.text)
        if about:
            end = to.start() if to and to.start() > about.end() else len(entry.text)
            rest = [] if end < len(entry.text) else _about_goes_on(top.entries[number + 1 :], entry)
            text = squeeze(" ".join([entry.text[about.end() : end], *(line.text for line in rest)])).lstrip(": ")
            place = entry.place(about.end(), end)
            last = rest[-1].span.end if rest else place.end
            found.put("title", text or None, Span(start=place.start, end=last, page=place.page))
        if (about or to) and (found.values.get("symbol") or (addressed and found.values.get("title"))):
            found.put("kind", "Công văn", entry.place(0, len(entry.text)))


def _about(text: str) -> re.Match[str] | None:
    """`V/v` at the head of a line, or behind the number, and not in the midst of a sentence."""
    about = _ABOUT.search(text)
    if about is None:
        return None
    lead = text[: about.start()].strip()
    numbered = len(lead) <= _SHORT_LEAD and any(not lead[place.end :].strip(" ,.-") for place in symbols.scan(lead))
    return about if not lead or numbered or mostly_capitals(lead) else None


def _says_other_kind(symbol: str | None) -> bool:
    """A number whose code is that of a kind: `12/QĐ-…` is no official letter, whatever the title begins with."""
    parsed = symbols.parse(symbol or "")
    codes = kinds.of_code(parsed.type) if parsed and parsed.type else ()
    return bool(codes) and "Công văn" not in codes


def _about_goes_on(lines: Sequence[Entry], first: Entry) -> list[Entry]:
    """The printed lines that "V/v …" runs over: up to a blank one, the motto, the place and day or the addressee."""
    if first.span.table is not None:
        return []
    rest: list[Entry] = []
    for line in lines[:_ABOUT_LINES]:
        if not line.text.strip():
            break
        capitals = mostly_capitals(line.text) and not line.text[0].isdigit()
        other = capitals or _TO.match(line.text.strip(" -")) or letterhead.is_own_line(line)
        if line.span.table is not None or other:
            break
        rest.append(line)
    return rest


def _from_captions(found: _Found, sheet: Sheet, outline: Outline) -> None:
    """The "(Kèm theo … số … ngày … của …)" of an annex, where it names this document's own kind."""
    for annex in outline.annexes:
        if annex.caption and _is_own(annex, found.values.get("kind")):
            _from_caption(found, annex, _caption_span(sheet, annex))


def _is_own(annex: Annex, kind: str | None) -> bool:
    words = fold(annex.caption or "")
    return kind is None or fold(kind) in words[: words.find(" so ") if " so " in words else None]


def _caption_span(sheet: Sheet, annex: Annex) -> Span:
    """Where the caption stands, or the beginning of its annex where it is printed in pieces."""
    own, caption = annex.span, annex.caption or ""
    at = sheet.text.find(caption, own.start, own.end)
    start, end = (at, at + len(caption)) if at >= 0 else (own.start, min(own.end, own.start + _CAPTION_WITHIN))
    return Span(start=start, end=end, page=own.page)


def _from_caption(found: _Found, annex: Annex, span: Span) -> None:
    caption = annex.caption or ""
    place = next(symbols.scan(caption), None)
    if place is None:
        return
    if found.values.get("symbol") not in (None, place.symbol.text):
        return
    found.put("symbol", place.symbol.text, span)
    found.put("number", place.symbol.number, span)
    if printed := kinds.at_end(re.sub(r"\s+số\s*$", "", caption[: place.start], flags=re.IGNORECASE)):
        found.put("kind", printed[1], span)
    day = _CAPTION_DATE.search(fold(caption), place.end)
    if day:
        found.put("date", _date(day), span)
        found.put("date_text", squeeze(caption[day.start() : day.end()]), span)
    of = _OF.search(fold(caption), day.end() if day else place.end)
    if of:
        found.put("issuer", bodies.normal(caption[of.end() :].strip(" ).")), span)


def _date(day: re.Match[str]) -> date | None:
    try:
        return date(int(day[3]), int(day[2]), int(day[1]))
    except ValueError:
        return None


def _from_symbol(found: _Found, symbol: Symbol) -> None:
    """What the number alone says: the kind where none is printed, the assembly's term."""
    span = found.spans.get("symbol")
    if symbol.type and (of_code := kinds.of_code(symbol.type)):
        found.put("kind", of_code[0], span)
    elif symbol.family == "letter":
        found.put("kind", "Công văn", span)
    if symbol.family == "assembly" and (digits := re.search(r"QH(\d{1,2})$", symbol.issuers[0], re.IGNORECASE)):
        found.put("term", numerals.roman(int(digits[1])), span)


_ADOPTED = re.compile(r"thong qua[^.;]{0,80}?ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_ADOPTED_WITHIN = 4000
"""Characters before the signature in which the sentence on the adoption stands."""


def _from_adoption(found: _Found, sheet: Sheet) -> None:
    """`Nghị quyết này được … thông qua ngày 14 tháng 8 năm 2025`: what the assembly adopts bears no other date (Law
    64/2025/QH15 on issuing legal documents has it so printed behind the last article).
    """
    signed = found.spans.get("signature") or Span(start=len(sheet.text), end=len(sheet.text))
    start = max(0, signed.start - _ADOPTED_WITHIN)
    text = sheet.text[start : signed.start]
    day = max(_ADOPTED.finditer(fold(text)), key=lambda one: one.start(), default=None)
    if day and (adopted := _date(day)):
        printed = day.start(1)
        begin = start + fold(text).rfind("ngay", 0, printed)
        found.put("date", adopted, Span(start=begin, end=start + day.end()))
        found.put("date_text", sheet.text[begin : start + day.end()], Span(start=begin, end=start + day.end()))
