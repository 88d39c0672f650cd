"""A keyword of the history: the events on whose line it is shown, whatever the payload holds. Folded, as names are.

Looked for: who (people, the system, the shell), what was done, and to what: people, roles, bodies, documents,
programmes, tasks by their number, reports by their body. Not: reasons and figures, which the line tells besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from tiendo.doors.desk.history.sentences import ACTORS, VERBS
from tiendo.doors.desk.history.subjects import about, about_programmes
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.audit.queries import begins
from tiendo.foundation.organisations.models import Organisation, Post, Succession
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives import queries as directives
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries import work
from vanban.fold import fold, nfc

MOST = 2000
"""So many people or bodies one word may name: a list of more is no condition that a database likes."""
BODY_BESIDE = (
    "stage.", "programme.plan_", "programme.letter_", "draft_link.", "form.handed_out", "task.lead_changed",
    "task.focal_", "task.part_", "task.assigned", "task.unassigned", "task.confirming_set", "refusal.", "obstacle.",
    "cause.", "correction.",
)  # fmt: skip
"""Acts of the programmes whose events name a body besides what they are about."""


def shown(word: str, rights: Rights) -> Q:
    """The events on whose line this word stands, as far as this person may see what it names."""
    folded, bodies, people = key(word), bodies_named(word), _people(word)
    return (
        Q(verb__in=_holding(folded, VERBS))
        | _who(folded, people)
        | _posts(folded, people, bodies)
        | _objects(word, folded, rights)
        | _beside(bodies)
    )


def bodies_named(said: str) -> QuerySet[Organisation]:
    """Bodies of this code, or in one of whose names everybody knows all these words stand."""
    words = key(said).split()
    named = Q(names__office__isnull=True) if words else Q(pk__in=[])
    for word in words:
        named &= Q(names__key__contains=word)
    return Organisation.objects.filter(Q(code__iexact=said.strip()) | named).distinct()


def _who(folded: str, people: list[int]) -> Q:
    """People as who did it or as to whom; the rest by what it is called."""
    found = Q(actor__in=[f"user:{pk}" for pk in people]) | Q(subject__in=[f"accounts.user:{pk}" for pk in people])
    for kind in _holding(folded, ACTORS):
        found |= begins("actor", f"{kind}:")
    return found


def _posts(folded: str, people: list[int], bodies: QuerySet[Organisation]) -> Q:
    """Events of posts tell the role, the holder, who stands in, and the body."""
    held = about("organisations.post", Post.objects.filter(user__in=people))
    lent = about("organisations.post", Post.objects.filter(absences__deputy__in=people).distinct())
    told = Q(data__role__in=_holding(folded, role_names())) | Q(office__in=bodies.values("path"))
    stood_in = lent & Q(verb__in=[verb for verb in VERBS if verb.startswith("organisations.post.deputy_")])
    return held | stood_in | (begins("subject", "organisations.post:") & told)


def _objects(word: str, folded: str, rights: Rights) -> Q:
    """Documents, programmes with what belongs to them, bodies, what becomes of bodies, tasks and reports."""
    documents = directives.visible_to(rights).filter(_named(word, folded) | Q(filename__icontains=word))
    programmes = Programme.objects.filter(
        Q(document__in=documents.values("pk"))
        | Q(pk__in=work.visible_to(rights).filter(_named(word, folded)).values("pk"))
    )
    bodies = bodies_named(word)
    kinds = _holding(folded, dict(Succession.Kind.choices))
    arranged = Succession.objects.filter(Q(heirs__before__in=bodies) | Q(kind__in=kinds))
    numbered = work.tasks_visible_to(rights).filter(number__iexact=word)
    reports = work.reports_visible_to(rights).filter(organisation__in=bodies)
    found = (
        about("directives.document", documents)
        | about_programmes(programmes)
        | about("organisations.organisation", bodies)
        | about("organisations.succession", arranged.distinct())
        | about("programmes.task", numbered)
        | about("programmes.report", reports)
    )
    if folded and folded in key(gettext("nhiệm vụ %(number)s") % {"number": ""}):
        found |= begins("subject", "programmes.task:")
    if folded and folded in key(gettext("báo cáo của %(body)s") % {"body": ""}):
        found |= begins("subject", "programmes.report:")
    return found


def _beside(bodies: QuerySet[Organisation]) -> Q:
    """Events that tell one of these bodies besides what they are about."""
    pks = list(bodies.values_list("pk", flat=True)[:MOST])
    verbs = [verb for verb in VERBS if verb.removeprefix("programmes.").startswith(BODY_BESIDE)]
    if not pks:
        return Q(pk__in=[])
    return Q(verb__in=verbs) & (Q(data__organisation__in=pks) | Q(data__confirming__in=pks))


def _named(word: str, folded: str) -> Q:
    by_words = Q(search_text__contains=folded) if folded else Q(pk__in=[])
    return Q(symbol__icontains=word) | by_words


def _people(word: str) -> list[int]:
    """Those in whose names the word stands, who came last first."""
    wanted = _folded(word)
    if not wanted:
        return []
    rows = User.objects.order_by("-last_login", "-pk").values_list("pk", "full_name")
    return [pk for pk, name in rows if wanted in _folded(name)][:MOST]


def _holding(folded: str, names: Mapping[str, Any]) -> list[str]:
    """Codes of what is called so, in the reader's language."""
    return [code for code, words in names.items() if folded and folded in key(str(words))]


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    """No case, no marks, đ as d."""
    return fold(nfc(name)).strip()
