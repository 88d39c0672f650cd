"""Printed names that are no body's own → the living bodies that may be meant, the best first, each with why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from tiendo.foundation.organisations.ancestry import heirs_of
from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.models import Organisation

MOST = 3
VERY = 100
"""Likeness of a name with itself."""


class Why(StrEnum):
    SAME = "same"
    """It bears this very name (it was taken into the register later, or its name was confirmed since)."""
    SEVERAL = "several"
    """It is one of several of this name."""
    NEAR = "near"
    """Its name comes near."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A body that lives and can be charged; `after`: the body of the name, which ended, and whose heir this one is."""

    organisation: Organisation
    why: Why
    score: float
    after: Organisation | None = None

    @property
    def said(self) -> str:
        """Why it fits, in a few words."""
        words = {
            Why.SAME: gettext("đúng tên này"),
            Why.SEVERAL: gettext("đúng tên này, có mấy cơ quan cùng tên"),
            Why.NEAR: gettext("tên gần giống, khớp %(n)s %%") % {"n": int(self.score)},
        }[self.why]
        if self.after is None:
            return words
        heir = gettext("kế thừa %(body)s (kết thúc %(day)s)")
        return f"{words}; {heir % {'body': self.after.name, 'day': f'{self.after.ends:%d/%m/%Y}'}}"


def propose(names: Collection[str], matcher: Matcher, most: int = MOST) -> dict[str, list[Proposal]]:
    """For each printed name at most so many bodies that can be charged today. `matcher`: of the office, on the
    document's day; a body that ended since stands for its heirs. Two queries and one a step of succession, however many
    the names; none without names.
    """
    found = {name: _found(name, matcher, most) for name in dict.fromkeys(names)}
    meant = {body for ranked in found.values() for body, _why, _score in ranked}
    bodies = Organisation.objects.in_bulk(meant) if meant else {}
    ended = {pk for pk, body in bodies.items() if body.ends is not None}
    heirs = heirs_of(ended) if ended else {}
    bodies |= Organisation.objects.in_bulk({one for held in heirs.values() for one in held}) if heirs else {}
    proposed: dict[str, list[Proposal]] = {}
    for name, ranked in found.items():
        living: dict[int, Proposal] = {}
        for body, why, score in ranked:
            for one in heirs.get(body, (body,)):
                after = bodies[body] if one != body else None
                if bodies[one].ends is None:
                    living.setdefault(one, Proposal(bodies[one], why, score, after))
        proposed[name] = list(living.values())[:most]
    return proposed


def near(names: Collection[str], matcher: Matcher, most: int = MOST) -> dict[str, list[Proposal]]:
    """As `propose`, of bodies as they were on the document's day, whatever became of them: those that such a name would
    mean from then on if the office said so once. One query.
    """
    found = {name: _found(name, matcher, most) for name in dict.fromkeys(names)}
    close = {name: [one for one in ranked if one[1] == Why.NEAR] for name, ranked in found.items()}
    bodies = Organisation.objects.in_bulk({body for ranked in close.values() for body, _why, _score in ranked})
    return {
        name: [Proposal(bodies[body], why, score) for body, why, score in ranked[:most]]
        for name, ranked in close.items()
        if ranked
    }


def _found(name: str, matcher: Matcher, most: int) -> list[tuple[int, Why, float]]:
    exact = matcher.exact(name)
    if exact is not None:
        return [(exact, Why.SAME, VERY)]
    alike = matcher.like(name, most)
    return [
        (body, (Why.SEVERAL if len(bodies) > 1 else Why.SAME) if score == VERY else Why.NEAR, score)
        for bodies, score in alike.items()
        for body in sorted(bodies)
    ]
