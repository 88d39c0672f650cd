"""Works: the identities behind symbols, and the ties between them."""

from __future__ import annotations

import msgspec
from django.db import transaction

from tiendo.work.directives.models import Document, Mention, Work, WorkLink
from tiendo.work.directives.rules import identity
from vanban import model


@transaction.atomic
def link(*, document: Document) -> int:
    """Tie an approved document to the works it cites and the one it carries out. Returns how many. Safe to repeat."""
    reading = document.readings.order_by("-pk").first()
    if reading is None:
        return 0
    seen = msgspec.json.decode(reading.content, type=model.Reading)
    own = _own(document, seen.heading)
    cited = [_cited(ref) for ref in seen.works]
    Mention.objects.filter(document=document).delete()
    Mention.objects.bulk_create(
        Mention(document=document, work=cited[citation.work], start=citation.span.start, end=citation.span.end)
        for citation in seen.citations
    )
    for work, ref in zip(cited, seen.works, strict=True):
        if work.pk == own.pk:
            continue
        implements = bool(seen.heading.implements) and ref.symbol == seen.heading.implements
        WorkLink.objects.get_or_create(source=own, target=work, relation="implements" if implements else "cites")
    return len({work.pk for work in cited})


def _own(document: Document, heading: model.Heading) -> Work:
    if not (document.symbol or document.title):  # nothing that tells it from other documents of its kind
        work, _ = Work.objects.get_or_create(
            identity=f"document:{document.pk}", defaults={"kind": document.kind, "document": document}
        )
        return work
    ref = model.WorkRef(
        kind=document.kind or None,
        symbol=document.symbol or None,
        issuer=document.issuer or None,
        date=document.issued_on,
        term=heading.term,
        title=document.title or None,
    )
    work = _cited(ref)
    work.document, work.title = document, work.title or document.title
    work.save(update_fields=["document", "title"])
    return work


def _cited(ref: model.WorkRef) -> Work:
    fields = {
        "kind": ref.kind or "",
        "symbol": (ref.symbol or "")[:80],
        "issuer": (ref.issuer or "")[:300],
        "issued_on": ref.date,
        "term": ref.term or "",
        "title": ref.title or "",
    }
    work, _ = Work.objects.get_or_create(
        identity=identity(
            kind=ref.kind, symbol=ref.symbol, issuer=ref.issuer, issued_on=ref.date, term=ref.term, title=ref.title
        ),
        defaults=fields,
    )
    return work
