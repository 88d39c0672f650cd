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
    Document.objects.filter(pk=document.pk).update(work=own)
    WorkLink.objects.filter(source=own).delete()
    carried = _carried_out(seen)
    said: dict[int, set[str]] = {}
    for citation in seen.citations:
        said.setdefault(citation.work, set()).add(citation.relation or "")
    links = {
        (work.pk, relation): WorkLink(source=own, target=work, relation=relation)
        for index, work in enumerate(cited)
        if work.pk != own.pk
        for relation in _relations(said.get(index, set()), carried=index == carried)
    }
    WorkLink.objects.bulk_create(links.values())
    return len({work.pk for work in cited})


def _carried_out(seen: model.Reading) -> int | None:
    """Which of the works is the one that the heading says is carried out. Two may bear its symbol: the one meant is
    the one that some sentence carries out, else the one mentioned first.
    """
    wanted = seen.heading.implements
    same = [index for index, ref in enumerate(seen.works) if wanted and ref.symbol == wanted]
    said = [citation.work for citation in seen.citations if citation.relation == "implements" and citation.work in same]
    return next(iter([*said, *same]), None)


def _relations(said: set[str], *, carried: bool) -> list[str]:
    """What the document does with a work. Only the one that its heading names is carried out: "tiếp tục thực hiện Nghị
    quyết …" in a body's text is a mention like any other.
    """
    found = ["implements"] if carried else []
    return [*found, *sorted(said - {"", "implements"})] or ["cites"]


def _own(document: Document, heading: model.Heading) -> Work:
    if not (document.symbol or document.title):  # nothing that tells it from other documents of its kind
        work, _ = Work.objects.get_or_create(identity=f"document:{document.pk}", defaults={"kind": document.kind})
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
    if not work.title and document.title:
        work.title = document.title
        work.save(update_fields=["title"])
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
