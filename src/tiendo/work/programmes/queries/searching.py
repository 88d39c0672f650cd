"""Tasks by their words, from an index that the database keeps itself (migration 0021, docs/adr/0012)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Task
from tiendo.work.programmes.queries.work import tasks_visible_to

WORDS = 8
LONGEST = 40
CANDIDATES = 1000
"""More tasks than this that have the words are not looked up by them: among so many, those that one may see and that
have them too are found sooner by looking at what one may see.
"""
SQLITE = "SELECT rowid FROM programmes_task_words WHERE programmes_task_words MATCH %s ORDER BY rowid DESC LIMIT %s"
POSTGRESQL = (
    "SELECT id FROM programmes_task WHERE"
    " to_tsvector('simple'::regconfig, regexp_replace(search_text, '[^[:alnum:]]+', ' ', 'g'))"
    " @@ to_tsquery('simple'::regconfig, %s) ORDER BY id DESC LIMIT %s"
)


def with_words(rights: Rights, asked: str, shown: int) -> list[Task]:
    """At most `shown` of the tasks that this person may see and that have all these words, whatever their marks; the
    newest programme first. Where none has them, a word that no task has is taken for the beginning of one. A restricted
    task has no words.
    """
    words = [word[:LONGEST] for word in re.findall(r"[^\W_]+", key(asked))[:WORDS]]
    if not words:
        return []
    found = _indexed(words)
    if not found:
        begun = [word for word in words if not _indexed([word], most=1)]
        found = _indexed(words, begun) if begun else []
    tasks = _among(rights, words, found, shown) if found else []
    return sorted(tasks, key=lambda one: (-one.programme_id, one.position))


def _among(rights: Rights, words: Sequence[str], found: Sequence[int], shown: int) -> list[Task]:
    """Those of them that this person may see; of many the newest, for whoever looks after a subtree mostly all of
    theirs.
    """
    seen, many = tasks_visible_to(rights).order_by("-pk"), len(found) > CANDIDATES
    if not many or rights.paths(Permission.SEE_ALL_WORK):
        tasks = list(seen.filter(pk__in=found)[:shown])
        if not many or len(tasks) == shown:
            return tasks
    return list(seen.filter(*(Q(search_text__contains=word) for word in words))[:shown])


def _indexed(words: Sequence[str], begun: Collection[str] = (), most: int = CANDIDATES + 1) -> list[int]:
    """Ids of the newest tasks that have these words (of `begun`: words that begin so), whoever may see them."""
    if connection.vendor == "sqlite":
        sql, said = SQLITE, " AND ".join(f'"{word}"{" *" if word in begun else ""}' for word in words)
    else:
        sql, said = POSTGRESQL, " & ".join(f"'{word}'{':*' if word in begun else ''}" for word in words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [said, most])
        return [pk for (pk,) in cursor.fetchall()]
