"""Who is ordered by a sentence: the body at its beginning, if what stands behind it orders.

"Giao Sở A chủ trì …", "Sở A: Rà soát …", "Trước ngày 30/6, Sở A …", "Chủ tịch tỉnh yêu cầu Sở A …" order; "Sở A đã …",
"Ban Thường vụ đồng ý …" and "Văn phòng … thông báo để các sở biết" do not. A person is named by the post only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from vanban import bodies, parties
from vanban.duties import speakers
from vanban.duties.lists import is_field
from vanban.fold import fold, key, same_marks
from vanban.lexicon import load
from vanban.phrases import Phrases

LONGEST_NAME = 300
_LONGEST_PHRASE = 60
_LONGEST_LEAD_IN = 240
_BRACKET = re.compile(r"\([^()]*\)?")
_LISTED = re.compile(r"các (?:sở|bộ|ban|phòng|xã|phường|huyện)", re.IGNORECASE)
_PLACES = re.compile(r"\s*[A-ZÀ-ỸĐ]\w*(?: [A-ZÀ-ỸĐ]\w*){0,3}(?:(?:, | và )[A-ZÀ-ỸĐ]\w*(?: [A-ZÀ-ỸĐ]\w*){0,3})+")
_TOLD = re.compile(r"\b(?:đã|đang|sẽ|chưa|không)\b")
_ABOVE = re.compile(r" (?:nêu|nói) trên$")
_ASKING = ("", "de nghi")
_EDGE = " \t\n,;:-–+."
_COMMA = re.compile(r",\s+")
_STOP = re.compile(r"[.;:](?=\s)")
_FURTHEST = 600
"""Characters of a sentence's grounds."""


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    """The body as printed, without what opens the order."""
    behind: str
    """What it is to do."""
    opened: bool
    """An opener ("Giao …") says that this is an order."""


def subject(text: str, *, ordering: bool, issuer: str = "") -> Subject | None:
    """The body that `text` begins with, if it is ordered to do what follows.

    `ordering`: where the sentence stands, a body and a verb are enough; elsewhere it must begin with an opener.
    `issuer`: whose document it is; what it asks of others is not its own task.
    """
    rest = text[lead_in(text) :] if ordering else text
    opener = phrases("openers").start(rest)
    if not (opener or ordering) or (is_field(rest) and not parties.is_sure(rest)):
        return None
    rest = rest[len(opener) :].strip(" ,:")
    verb_first = phrases("verbs").start(rest)
    if verb_first and (rest[len(verb_first) :].startswith(",") or not parties.is_sure(rest)):
        return None
    found = _before_colon(rest) or _before_verb(rest)
    if found is None:
        return None
    name, behind = found
    passed = _passed_on(name, behind, issuer)
    if passed is not None:
        return passed
    name = post(name)
    if not _names_one(name) or _only_tells(name, behind) or (fold(opener) in _ASKING and is_private(name)):
        return None
    return Subject(name, behind, bool(opener))


def commanded(text: str, issuer: str = "") -> Subject | None:
    """The body that a sentence orders by naming who orders: `Để kịp thời …, Thủ tướng Chính phủ giao Bộ A …`."""
    stop = _STOP.search(text)
    clause = text[: stop.start() if stop else len(text)][:_FURTHEST]
    asking = [found.start() for found in patterns()["asking"].finditer(fold(clause))]
    if not asking:
        return None
    starts = [lead_in(text)]
    if patterns()["grounds"].match(fold(clause)):
        starts += [comma.end() for comma in _COMMA.finditer(clause)]
    ends = [*starts[2:], len(clause), len(clause)]  # a name may hold one comma: "Chính phủ, Thủ tướng yêu cầu"
    for start, end in zip(starts, ends, strict=False):
        if not any(start < at < end for at in asking):
            continue
        rest = text[start:]
        verb = _verb(rest[:LONGEST_NAME])
        name = _BRACKET.sub("", rest[: verb.start()]).strip(_EDGE).removesuffix(" cũng") if verb else ""
        speaks = verb and name and opens(rest[verb.start() :]) and speakers.speaks(name, issuer)
        if speaks and verb and (found := _asked(rest[verb.start() :])):
            return found
    return None


def _asked(text: str) -> Subject | None:
    """`giao Sở A lập …`, `yêu cầu các sở, ngành:`: the body, never an enterprise."""
    found = subject(text, ordering=False)
    if found is None and text.endswith(":") and (name := only_name(text)):
        found = Subject(name, "", opened=True)
    return found if found and is_name(found.name) and not is_private(found.name) else None


def only_name(text: str) -> str | None:
    """`1. Sở Y tế`, `Giao Sở Y tế:`, `Trách nhiệm của Sở Y tế`: nothing but a body, its tasks below."""
    verb = first_verb(text[:LONGEST_NAME])
    if verb and speakers.is_superior(text[:verb]) and opens(text[verb:]):
        text = text[verb:]
    opener = phrases("openers").start(text) or phrases("titles", "before").start(text)
    name = post(_BRACKET.sub("", text[len(opener) :]).strip(_EDGE))
    if not name or len(name) > LONGEST_NAME or "." in name or _verb(name) or phrases("verbs").start(name):
        return None
    return name if is_name(name) and not tells(_ABOVE.sub("", name)) else None


def is_private(name: str) -> bool:
    """An enterprise, not a body of the state."""
    return bool(phrases("titles", "private").start(name)) or key(name) == "cong ty"


def opens(text: str) -> bool:
    """Whether it begins with "Giao", "Yêu cầu" …"""
    return bool(phrases("openers").start(text))


def is_name(name: str) -> bool:
    """A title in capitals must be a body's name in small letters too: `TỔ CHỨC` is none."""
    if not name.isupper():
        return parties.is_party(name) or bool(phrases("persons", "posts").start(name))
    return bodies.starts_body(name) or parties.is_sure(name.capitalize())


def is_sure(name: str) -> bool:
    return parties.is_sure(name) or bool(phrases("persons", "posts").start(name))


def lead_in(text: str) -> int:
    """Length of a time or circumstance before the sentence's body: `Hằng năm, …`, `Trong quá trình thực hiện, …`."""
    found = patterns()["lead_in"].match(fold(text[:_LONGEST_LEAD_IN]))
    return found.end() if found else 0


def acts(text: str) -> bool:
    """Whether the text begins with what is to be done, or with when."""
    if phrases("verbs").start(text) or phrases("verbs").start(text[lead_in(text) :]):
        return True
    return (
        bool(patterns()["times"].match(fold(text[:_LONGEST_PHRASE])))
        and first_verb(text[:_LONGEST_LEAD_IN]) is not None
    )


def tells(name: str) -> bool:
    """`Sở Y tế đã …`, `Các nội dung …`, `Hội nghị …`: no body's name."""
    opener = parties.opener(name)
    rest = name[len(opener) :].lstrip()
    if (opener and (not rest or phrases("things", "nouns").start(rest))) or phrases("titles", "things").start(name):
        return True
    return bool(patterns()["telling"].search(_BRACKET.sub("", name).lower()))


def post(name: str) -> str:
    """`đồng chí Nguyễn Văn A, Chủ tịch tỉnh` and `Chủ tịch tỉnh Nguyễn Văn A` are the post; empty for a bare name. Of
    several posts of one person it is the last, which names the body.
    """
    honorific = phrases("persons", "honorifics").start(name)
    bare = name[len(honorific) :].strip()
    if honorific and all(phrases("persons", "posts").start(one) for one in bare.split(", ")):
        bare = bare.rpartition(", ")[2]
    if honorific and _person().match(bare):
        bare = bare.partition(",")[2].strip()
    named = _person().search(bare) if honorific or phrases("persons", "posts").start(bare) else None
    if named and not (bare[: named.start()].endswith("tỉnh ") and named[0].count(" ") == 1):
        bare = bare[: named.start()].strip(_EDGE)
    return bare


def first_verb(text: str) -> int | None:
    """Where the first verb stands that is no part of a name."""
    verb = _verb(text)
    return verb.start() if verb else None


def _before_colon(text: str) -> tuple[str, str] | None:
    """`Sở A: Whatever it is to do`. A list of places or of fields behind the colon still belongs to the name."""
    name, colon, behind = text.partition(":")
    behind = behind.strip()
    if not colon or not behind or len(name) > LONGEST_NAME or "." in name or _LISTED.fullmatch(name.strip()):
        return None
    bare = post(_BRACKET.sub("", name).strip(_EDGE))
    small = behind[0].islower() and parties.names_one(bare) and not parties.is_party(behind)
    if _PLACES.match(behind) or not (behind[0].isupper() or behind[0] in "(-" or small):
        return None
    if not is_sure(bare) or not is_name(bare) or _verb(name) or phrases("verbs").start(name):
        return None
    return None if "," in bare and not is_name(bare.rpartition(",")[2].strip()) else (name.strip(_EDGE), behind)


def _before_verb(text: str) -> tuple[str, str] | None:
    """`Sở A, Sở B rà soát …`; a time before the verb belongs to what is to be done."""
    verb = _verb(text[:LONGEST_NAME])
    if verb is None:
        return _known(text)
    if tells(text[: verb.start()]) and not patterns()["times"].search(fold(text[: verb.start()])):
        return None
    time = patterns()["times"].search(fold(text[: verb.start()]))
    end = time.start() if time else verb.start()
    if (whole := _known(text)) and len(whole[0]) < len(text[:end].rstrip()):
        return whole
    if time and _TOLD.search(text[end : verb.start()].lower()):
        return None
    name, colon, rest = text[:end].partition(":")
    if colon and rest.strip() and (_LISTED.fullmatch(name.strip()) or _PLACES.match(rest)):
        name = text[:end]
    return name.strip(_EDGE).removesuffix(" và"), text[end:].strip()


def _known(text: str) -> tuple[str, str] | None:
    """A verb that no list has, behind the whole name of a known body: `Sở Nội vụ giải trình …`."""
    found = _whole().match(text)
    behind = text[found.end() :].strip() if found else ""
    first = behind.partition(" ")[0]
    if not found or not first.islower() or phrases("titles", "joints").start(behind):
        return None
    return found[0].strip(_EDGE), behind


def _passed_on(name: str, behind: str, issuer: str) -> Subject | None:
    """`Chủ tịch tỉnh yêu cầu Sở A rà soát`: it is Sở A that is ordered."""
    own = bool(issuer) and (key(name) in key(issuer) or speakers.is_same(name, issuer))
    if not opens(behind) or not (speakers.is_superior(name) or own):
        return None
    found = subject(behind, ordering=False)
    return found if found and is_sure(found.name) else Subject("", "", opened=False)


def _names_one(name: str) -> bool:
    if not name or "." in name or not is_name(name) or tells(name):
        return False
    if name == phrases("persons", "posts").start(name):
        return bool(phrases("persons", "alone").start(name))
    return len(name) <= _LONGEST_PHRASE or parties.is_sure(name)


def _only_tells(name: str, behind: str) -> bool:
    """`đồng ý với …`, `báo cáo đã …`, `thông báo để các sở biết`: nothing is ordered."""
    folded = fold(behind)
    if patterns()["approving"].match(folded) or patterns()["told"].match(behind.lower()):
        return True
    return speakers.is_superior(name) and bool(patterns()["approved"].match(folded))


def _verb(text: str) -> re.Match[str] | None:
    """The first verb that is no part of a name."""
    folded = _BRACKET.sub(lambda bracket: " " * len(bracket[0]), fold(text))
    names = [match.span() for match in patterns()["not_verbs"].finditer(folded)]
    for match in patterns()["verbs"].finditer(folded):
        printed = text[match.start() : match.end()]
        spelt = any(same_marks(printed, verb, bare=text.isascii()) for verb in _verbs()[match[0]])
        small = not printed[0].isupper() or (match[0] in _sentences() and not printed.isupper())
        if spelt and small and not any(start <= match.start() < end for start, end in names):
            return match
    return None


@cache
def phrases(name: str, *inner: str) -> Phrases:
    words = lexicon()[name]
    for part in inner:
        words = words[part]
    return Phrases(words)


@cache
def _sentences() -> frozenset[str]:
    return frozenset(map(fold, lexicon()["sentences"]))


@cache
def _verbs() -> dict[str, list[str]]:
    """Folded verb to its spellings."""
    found: dict[str, list[str]] = {}
    for verb in lexicon()["verbs"]:
        found.setdefault(fold(verb), []).append(verb)
    return found


@cache
def _whole() -> re.Pattern[str]:
    """A known body's whole name, the longest first, with the level behind it."""
    known = [name for name in load("bodies.toml")["names"]["known"] if name.startswith(("Bộ ", "Sở "))]
    names, led = _one_of(known), _one_of(lexicon()["titles"]["whole"])
    levels = _one_of(load("parties.toml")["levels"])
    return re.compile(rf"(?:(?:{names})(?: (?:{levels}))?|(?:{led}) (?:{levels}))(?=,? )")


def _one_of(words: list[str]) -> str:
    """The longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _person() -> re.Pattern[str]:
    """A person's name: a surname and one to three more words, where no place's level stands before it."""
    surnames = "|".join(map(re.escape, lexicon()["persons"]["surnames"]))
    return re.compile(
        rf"(?<!phố )(?<!xã )(?<!phường )(?<!huyện )(?<!quận )(?<![,:] )(?<!\w)"
        rf"(?:{surnames})(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*){{1,3}}"
    )


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The rules of `orders.toml`, compiled."""
    words = lexicon()

    def any_of(known: list[str]) -> re.Pattern[str]:
        longest_first = sorted({fold(phrase) for phrase in known}, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    named = [name for name, held in words.items() if isinstance(held, dict) and "pattern" in held]
    return {
        "verbs": any_of(words["verbs"]),
        "asking": any_of(words["openers"]),
        "not_verbs": any_of(words["not_verbs"]["phrases"]),
        **{name: re.compile(words[name]["pattern"]) for name in named},
        **{name: re.compile(words[name]["titled"]) for name in ("always", "law")},
        **{name: re.compile(words["opening"][name]) for name in ("before", "address", "inline")},
    }


@cache
def lexicon() -> dict[str, Any]:
    return load("orders.toml")
