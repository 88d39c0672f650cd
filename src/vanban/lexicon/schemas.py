"""What each word list may hold. Everything may be left out of a province's own file; ours hold everything."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from vanban.model import DeadlineKind, Every, Severity

Text = Annotated[str, msgspec.Meta(min_length=1)]
Words = list[Text]
Pattern = Text
"""A regular expression over folded text, unless its file says otherwise."""


class Table(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all tables."""


class Message(Table):
    severity: Severity
    message: Text


class Named(Table):
    known: Words = []
    kinds: Words = []
    places: Words = []
    proper: Words = []


class Levels(Table):
    below: Words = []
    joins: Words = []
    committees: Words = []
    nameless: Words = []
    heads: Words = []


class Bodies(Table):
    expand: dict[Text, Text] = {}
    marks: dict[Literal["alone"], Words] = {}
    names: Named | msgspec.UnsetType = msgspec.UNSET
    levels: Levels | msgspec.UnsetType = msgspec.UNSET


class Column(Table):
    role: Text
    pattern: Pattern
    rank: int = 1
    instead: Text | msgspec.UnsetType = msgspec.UNSET


class Columns(Table):
    column: list[Column] = []
    label: dict[Text, Pattern] = {}
    contrary: dict[Text, Pattern] = {}
    number: dict[Text, Pattern] = {}
    shares: dict[Text, Pattern] = {}
    ditto: dict[Text, Pattern] = {}
    total: dict[Text, Pattern] = {}
    section: dict[Text, Pattern] = {}
    address: dict[Text, Pattern] = {}


class Rule(Table):
    id: Text
    pattern: Pattern
    kind: DeadlineKind
    every: Every | None = None
    prose: bool = False
    span: Text | None = None
    whole: bool = False


class Deadlines(Table):
    parts: dict[Text, Pattern] = {}
    rule: list[Rule] = []


class Shared(Table):
    head: Words
    next: Words


class Parties(Table):
    heads: Words = []
    alone: Words = []
    persons: Words = []
    levels: Words = []
    families: dict[Text, Words] = {}
    apart: dict[Literal["families"], Words] = {}
    group: dict[Literal["openers", "leaders", "plural", "bare", "single", "many"], Words] = {}
    shared: list[Shared] = []
    fields: dict[Literal["heads", "names"], Words] = {}
    names: dict[Literal["whole"], Words] = {}
    abbreviations: dict[Text, Text] = {}


class Orders(Table):
    openers: Words = []
    verbs: Words = []
    sentences: Words = []
    not_verbs: dict[Literal["phrases"], Words] = {}
    persons: dict[Literal["posts", "honorifics", "surnames", "alone"], Words] = {}
    titles: dict[Literal["before", "joints", "whole", "private", "things"], Words] = {}
    headings: dict[Literal["pattern"], Pattern] = {}
    quiet: dict[Literal["pattern"], Pattern] = {}
    opening: dict[Literal["before", "address", "inline"], Pattern] = {}
    formula: dict[Literal["pattern"], Pattern] = {}
    background: dict[Literal["pattern"], Pattern] = {}
    approving: dict[Literal["pattern"], Pattern] = {}
    approved: dict[Literal["pattern"], Pattern] = {}
    superior: dict[Literal["pattern", "speaker", "below"], Pattern] = {}
    told: dict[Literal["pattern"], Pattern] = {}
    described: dict[Literal["pattern"], Pattern] = {}
    times: dict[Literal["pattern"], Pattern] = {}
    lead_in: dict[Literal["pattern"], Pattern] = {}
    grounds: dict[Literal["pattern"], Pattern] = {}
    follows: dict[Literal["pattern"], Pattern] = {}
    together: dict[Literal["pattern"], Pattern] = {}
    joined: dict[Literal["pattern"], Pattern] = {}
    beside: dict[Literal["pattern"], Pattern] = {}
    always: dict[Text, Words | Pattern] = {}
    law: dict[Text, Words | Pattern] = {}
    telling: dict[Literal["pattern"], Pattern] = {}
    things: dict[Literal["nouns"], Words] = {}


class Restriction(Table):
    id: Literal["security", "belief", "opinion", "conduct"]
    phrases: Words
    unless: Words = []


class Restricted(Table):
    entry: list[Restriction] = []


class Secrecy(Table):
    marks: Words = []
    labels: Words = []


class Signers(Table):
    authorities: dict[Literal["collective", "personal"], Words] = {}
    positions: dict[Literal["heads", "deputy", "bodies", "ranks"], Words] = {}


class Slips(Table):
    figures: dict[Text, Text] = {}
    codes: dict[Text, Text] = {}
    quarters: dict[Literal["strokes", "double"], Text] = {}


class Portals(Table):
    phrases: Words = []


Free = dict[Text, Any]
"""Lists that only the reader's own code can use well; a table of messages may still be worded anew."""

SCHEMAS: dict[str, Any] = {
    "bodies.toml": Bodies,
    "citations.toml": dict[Text, dict[Text, list[Text | int] | Text | dict[Text, Text]]],
    "columns.toml": Columns,
    "deadlines.toml": Deadlines,
    "doubts.toml": dict[Text, Message | Words],
    "duty_doubts.toml": dict[Text, dict[Text, Text]],
    "encodings.toml": dict[Text, Text],
    "orders.toml": Orders,
    "parties.toml": Parties,
    "portals.toml": Portals,
    "restricted.toml": Restricted,
    "secrecy.toml": Secrecy,
    "signers.toml": Signers,
    "slips.toml": Slips,
    "targets.toml": dict[Text, dict[Text, Words | Text | int]],
}


def check(name: str, held: dict[str, Any]) -> None:
    """Raises msgspec.ValidationError, which says where. A file without a schema here is free."""
    msgspec.convert(held, SCHEMAS.get(name, Free))
