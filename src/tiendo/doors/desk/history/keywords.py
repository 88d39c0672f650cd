"""A keyword of the history: the events on whose line it is shown, whatever the payload holds. Folded, as names are.

Looked for: who (people, the system, the shell), what was done, and to what: people, roles, bodies, documents,
programmes, tasks by their number, reports by their body. Not: reasons and figures, which the line tells besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from tiendo.doors.desk.history.sentences import ACTORS, VERBS
from tiendo.doors.desk.history.subjects import about, about_programmes
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.audit.queries import begins
from tiendo.foundation.organisations.affairs import own_affairs
from tiendo.foundation.organisations.models import Organisation, Post, Succession
from tiendo.foundation.organisations.naming import folded, key
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives import queries as directives
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries import work

NOTHING = Q(pk__in=[])
MOST = 2000
"""So many people or bodies one word may name: a list of more is no condition that a database likes."""
BODY_BESIDE = (
    "stage.", "programme.plan_", "programme.letter_", "draft_link.", "form.handed_out", "task.lead_changed",
    "task.focal_", "task.part_", "task.assigned", "task.unassigned", "task.confirming_set", "refusal.", "obstacle.",
    "cause.", "correction.",
)  # fmt: skip
"""Acts of the programmes whose events name a body besides what they are about."""


def shown(words: Sequence[str], rights: Rights) -> Q:
    """The events on whose line each of these words stands, as far as this person may see what they name."""
    asked, people = Q(), _people() if words else []
    for word in words:
        asked &= _with(word, rights, [pk for pk, name in people if _in(word, name)][:MOST])
    return asked


def _with(word: str, rights: Rights, people: list[int]) -> Q:
    """What the word names nothing of is not asked for: each condition costs time, whether it holds for anything or not.
    `people`: those whom it names.
    """
    plain, bodies = key(word), list(bodies_named(word).values_list("pk", flat=True)[:MOST])
    found = Q(verb__in=_holding(plain, VERBS)) | _who(plain, people) | _posts(plain, people, bodies)
    return found | _works(word, plain, rights) | _parts(word, plain, rights, bodies) | _bodies(plain, bodies)


def bodies_named(said: str) -> QuerySet[Organisation]:
    """Bodies of this code, or in one of whose names everybody knows all these words stand."""
    words = key(said).split()
    named = Q(names__office__isnull=True) if words else Q(pk__in=[])
    for word in words:
        named &= Q(names__key__contains=word)
    return Organisation.objects.filter(Q(code__iexact=said.strip()) | named).distinct()


def _who(plain: str, people: list[int]) -> Q:
    """People as who did it or as to whom; the rest by what it is called."""
    found = NOTHING
    if people:
        found |= Q(actor__in=[f"user:{pk}" for pk in people]) | Q(subject__in=[f"accounts.user:{pk}" for pk in people])
    for kind in _holding(plain, ACTORS):
        found |= begins("actor", f"{kind}:")
    return found


def _posts(plain: str, people: list[int], bodies: list[int]) -> Q:
    """Events of posts tell the role, the holder, who stands in, and the body."""
    found, ours = NOTHING, begins("subject", "organisations.post:")
    if people:
        stood_in = about("organisations.post", Post.objects.filter(absences__deputy__in=people).distinct())
        deputies = Q(verb__in=[verb for verb in VERBS if verb.startswith("organisations.post.deputy_")])
        found |= about("organisations.post", Post.objects.filter(user__in=people)) | (stood_in & deputies)
    if roles := _holding(plain, role_names()):
        found |= ours & Q(data__role__in=roles)
    if bodies:
        found |= ours & own_affairs(Organisation.objects.filter(pk__in=bodies))
    return found


def _works(word: str, plain: str, rights: Rights) -> Q:
    """Documents, and programmes with what belongs to them."""
    documents = directives.visible_to(rights).filter(_named(word, plain) | Q(filename__icontains=word))
    programmes = Programme.objects.filter(
        Q(document__in=documents.values("pk"))
        | Q(pk__in=work.visible_to(rights).filter(_named(word, plain)).values("pk"))
    )
    return about("directives.document", documents) | about_programmes(programmes)


def _parts(word: str, plain: str, rights: Rights, bodies: list[int]) -> Q:
    """Tasks by their number, reports by their body; both by what they are called."""
    found = NOTHING
    if any(letter.isdigit() for letter in word):
        found |= about("programmes.task", work.tasks_visible_to(rights).filter(number__iexact=word))
    if bodies:
        found |= about("programmes.report", work.reports_visible_to(rights).filter(organisation__in=bodies))
    if plain and plain in key(gettext("nhiệm vụ %(number)s") % {"number": ""}):
        found |= begins("subject", "programmes.task:")
    if plain and plain in key(gettext("báo cáo của %(body)s") % {"body": ""}):
        found |= begins("subject", "programmes.report:")
    return found


def _bodies(plain: str, bodies: list[int]) -> Q:
    """Bodies, what becomes of them, and what names them besides what it is about."""
    found, verbs = NOTHING, [verb for verb in VERBS if verb.removeprefix("programmes.").startswith(BODY_BESIDE)]
    if bodies:
        arranged = Succession.objects.filter(heirs__before__in=bodies).distinct()
        beside = Q(data__organisation__in=bodies) | Q(data__confirming__in=bodies)
        found |= Q(subject__in=[f"organisations.organisation:{pk}" for pk in bodies])
        found |= about("organisations.succession", arranged) | (Q(verb__in=verbs) & beside)
    if kinds := _holding(plain, dict(Succession.Kind.choices)):
        found |= about("organisations.succession", Succession.objects.filter(kind__in=kinds))
    return found


def _named(word: str, plain: str) -> Q:
    by_words = Q(search_text__contains=plain) if plain else Q(pk__in=[])
    return Q(symbol__icontains=word) | by_words


def _people() -> list[tuple[int, str]]:
    """Everybody's number and name, who came last first. One query."""
    return list(User.objects.order_by("-last_login", "-pk").values_list("pk", "full_name"))


def _in(word: str, name: str) -> bool:
    wanted = folded(word)
    return bool(wanted) and wanted in folded(name)


def _holding(plain: str, names: Mapping[str, Any]) -> list[str]:
    """Codes of what is called so, in the reader's language."""
    return [code for code, words in names.items() if plain and plain in key(str(words))]
