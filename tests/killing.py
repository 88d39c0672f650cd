"""The other process of tests/test_kill.py: makes an office with one waiting document, and tells what became of it.

python killing.py prepare ROWS | tell      (TIENDO_DATA says where)
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime

AT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)


def prepare(rows: int) -> None:
    from django.core.management import call_command

    from big_document import big_document
    from tiendo.foundation.accounts.actions import users
    from tiendo.foundation.organisations.actions import organisations, posts
    from tiendo.work.directives.actions import documents

    call_command("migrate", verbosity=0)
    office = organisations.add(code="T", name="Tỉnh ủy An Bình", kind="root", by="shell:test", at=AT)
    clerk = users.add(username="vt", full_name="Văn thư", password="lua-chin-vang-dong", by="shell:test", at=AT)
    posts.appoint(user=clerk, organisation=office, role="clerk", starts=date(2020, 1, 1), by="shell:test", at=AT)
    documents.receive(office=office, filename="lon.txt", chunks=[big_document(rows)], by=clerk, at=AT)


def tell() -> dict[str, object]:
    from django_ox.models import OxTask

    from tiendo.foundation.audit import queries as audit
    from tiendo.foundation.audit.models import Event
    from tiendo.work.directives import storage
    from tiendo.work.directives.jobs import read_document
    from tiendo.work.directives.models import Document, Duty, Reading

    document = Document.objects.get()
    kept = storage.find(document.sha256, office=document.office_id)
    return {
        "state": document.state,
        "attempts": document.attempts,
        "readings": Reading.objects.count(),
        "duties": Duty.objects.count(),
        "positions": Duty.objects.values("position").distinct().count(),
        "events": list(Event.objects.filter(verb__startswith="directives.").values_list("verb", flat=True)),
        "chain": audit.verify() is None,
        # By name: from some hour on the server queues the day's reminders too.
        "jobs": list(OxTask.objects.filter(task_path=read_document.module_path).values_list("status", flat=True)),
        "kept": kept is not None and kept.parts[-4] == "files" and kept.stat().st_size == document.size,
    }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tiendo.config.settings"
    import django

    django.setup()
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]))
    else:
        print(json.dumps(tell()))  # noqa: T201
