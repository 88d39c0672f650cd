"""What an answer must hold before it can be submitted, and what a restricted task refuses."""

from __future__ import annotations

from dataclasses import dataclass

ALL_OF_IT = 100
"""Per cent: what is reported with less is no completion."""
TEXT_LIMIT = 500
"""Characters: two lines. The rest belongs in the document that is cited."""


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    standing: bool
    restricted: bool
    nothing_arose: bool
    text: str
    evidence: int
    percent: int | None = None


def unfinished(answer: AnswerFacts) -> bool:
    """Whether work with an end is, by its own percentage, not done."""
    return not answer.standing and answer.percent is not None and answer.percent < ALL_OF_IT


def lacks(answer: AnswerFacts) -> str | None:
    """`answer` or `evidence`: what is missing before it can be handed in; None when it is complete.

    Closing work with an end needs evidence. Standing work needs a word, evidence, or "không phát sinh". A restricted
    task needs the number and date of its report (or, when standing, "không phát sinh"), and nothing else.
    """
    if answer.standing and answer.nothing_arose:
        return None
    if answer.restricted or not answer.standing:
        return None if answer.evidence else "evidence"
    return None if answer.text.strip() or answer.evidence else "answer"
