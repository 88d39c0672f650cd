"""Which kind of body stands in which tree, and what moving it does to paths. Pure."""

from __future__ import annotations

TREES = {
    "party_committee": "party",
    "party_advisory": "party",
    "party_group": "party",
    "party_civil_group": "party",
    "front": "front",
    "political_social": "front",
    "association": "front",
    "commune": "territory",
    "peoples_council": "state",
    "peoples_committee": "state",
    "department": "state",
    "armed_forces": "state",
    "school": "state",
    "state_enterprise": "state",
    "other": "state",
}
"""Kind → the tree in which a new body of it is seated first. The register may seat it in others too."""


def lies_within(path: str, above: str) -> bool:
    """Whether a path is that of a body or of one below it.

    >>> lies_within("/1/4/9/", "/1/4/"), lies_within("/1/40/", "/1/4/")
    (True, False)
    """
    return path.startswith(above)


def moved(path: str, old: str, new: str) -> str:
    """The path of a body whose ancestor's path changed from `old` to `new`.

    >>> moved("/1/4/9/", "/1/4/", "/2/4/")
    '/2/4/9/'
    """
    return new + path[len(old) :]
