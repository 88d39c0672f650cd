"""Works: identities shared by all documents that mention them, and the ties between them."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

import factories as make
import snapshots
from tiendo.work.directives import queries
from tiendo.work.directives.actions import works
from tiendo.work.directives.models import Document, Mention, Work, WorkLink
from vanban import model
from worlds import Office

pytestmark = pytest.mark.django_db

RESOLUTION = model.WorkRef(
    kind="Nghị quyết", symbol="57-NQ/TW", date=date(2024, 12, 22), issuer="Bộ Chính trị", mentions=(0,)
)
DIRECTIVE = model.WorkRef(kind="Chỉ thị", symbol="18-CT/TW", date=date(2018, 1, 10), mentions=(1,))
RENEWED = model.WorkRef(kind="Chỉ thị", symbol="18-CT/TW", date=date(2022, 10, 26), mentions=(2,))


def approved(office: Office, *refs: model.WorkRef, body=None, **heading) -> Document:
    seen = make.machine(make.row("Việc", "Sở A"), works=refs, **heading)
    body = body or office.body
    document = make.approved(seen, office=body, by=office.who("office_head", body))
    document.refresh_from_db()
    return document


def test_cited_works_are_tied_and_the_one_carried_out_apart(office: Office):
    document = approved(office, RESOLUTION, DIRECTIVE, implements="57-NQ/TW")
    own = document.work
    assert (own.symbol, own.kind, str(own)) == ("12-CTr/TU", "Chương trình", "Chương trình 12-CTr/TU")
    links = {(link.source, link.target.symbol): link.relation for link in WorkLink.objects.all()}
    assert links == {(own, "57-NQ/TW"): "implements", (own, "18-CT/TW"): "cites"}
    assert str(own.links.first()) == f"{own.pk} implements {Work.objects.get(symbol='57-NQ/TW').pk}"


def test_one_symbol_of_two_dates_is_two_works(office: Office):
    approved(office, DIRECTIVE, RENEWED)
    assert Work.objects.filter(symbol="18-CT/TW").count() == 2


def test_two_documents_meet_in_the_work_both_cite(office: Office):
    one = approved(office, RESOLUTION)
    two = approved(office, RESOLUTION, symbol="20-KH/TU", kind="Kế hoạch")
    cited = Work.objects.get(symbol="57-NQ/TW")
    assert {mention.document for mention in cited.mentions.all()} == {one, two}
    assert {link.source.symbol for link in cited.linked_from.all()} == {"12-CTr/TU", "20-KH/TU"}


def test_a_mention_leads_to_its_place(office: Office):
    document = approved(office, RESOLUTION)
    mention = Mention.objects.get()
    text = queries.reading_of(document).text
    assert text[mention.start : mention.end] == "57-NQ/TW"
    assert str(mention) == f"{document.pk} {mention.start}-{mention.end}"


def test_a_self_mention_ties_nothing_to_itself(office: Office):
    own = model.WorkRef(kind="Chương trình", symbol="12-CTr/TU", date=date(2026, 2, 20), mentions=(0,))
    document = approved(office, own)
    assert Work.objects.count() == Mention.objects.count() == 1
    assert not WorkLink.objects.exists()
    assert Work.objects.get() == document.work


def test_linking_twice_changes_nothing(office: Office):
    document = approved(office, RESOLUTION, DIRECTIVE)
    before = (
        [(work.pk, work.identity) for work in Work.objects.all()],
        WorkLink.objects.count(),
        Mention.objects.count(),
    )
    assert works.link(document=document) == 2
    assert before == (
        [(work.pk, work.identity) for work in Work.objects.all()],
        WorkLink.objects.count(),
        Mention.objects.count(),
    )


def test_a_work_cited_first_and_received_later_is_one(office: Office):
    approved(office, model.WorkRef(kind="Kế hoạch", symbol="20-KH/TU", date=date(2026, 2, 20), mentions=(0,)))
    held = approved(office, symbol="20-KH/TU", kind="Kế hoạch", title="Kế hoạch năm")
    work = Work.objects.get(symbol="20-KH/TU")
    assert (held.work, work.title) == (work, "Kế hoạch năm")
    assert work.linked_from.get().source.symbol == "12-CTr/TU"


def test_documents_that_do_not_say_what_they_are_stay_apart(office: Office):
    one = approved(office, RESOLUTION, symbol=None, title=None)
    two = approved(office, DIRECTIVE, symbol=None, title=None)
    assert one.work != two.work
    assert [tied.work.symbol for tied in queries.works_of(one, office.rights("clerk"))] == ["57-NQ/TW"]
    works.link(document=one)
    assert Work.objects.filter(identity__startswith="document:").count() == 2


def test_a_corrected_heading_is_what_the_work_is_known_by(office: Office):
    document = approved(office, symbol=None, title="Chương trình hành động")
    assert document.work.title == "Chương trình hành động"


def test_a_document_without_a_reading_ties_nothing(office: Office):
    document = make.document(office=office.body, by=office.clerk)
    before = snapshots.rows()
    assert works.link(document=document) == 0
    assert snapshots.rows() == before


def test_the_works_of_a_document_the_carried_out_one_first(office: Office, django_assert_num_queries):
    held = approved(office, symbol="18-CT/TW", kind="Chỉ thị", date=date(2018, 1, 10))
    document = approved(office, DIRECTIVE, RESOLUTION, implements="57-NQ/TW", symbol="13-CTr/TU")
    rights = office.rights("clerk")
    with django_assert_num_queries(3):
        tied = queries.works_of(document, rights)
    assert [(one.work.symbol, one.mentions, one.implements, one.held) for one in tied] == [
        ("57-NQ/TW", 1, True, None),
        ("18-CT/TW", 1, False, held),
    ]


def test_a_document_of_another_office_is_named_without_leading_there(office: Office):
    approved(office, symbol="18-CT/TW", kind="Chỉ thị", date=date(2018, 1, 10), body=office.elsewhere)
    document = approved(office, DIRECTIVE, symbol="13-CTr/TU")
    (tied,) = queries.works_of(document, office.rights("clerk"))
    assert (tied.work.symbol, tied.held) == ("18-CT/TW", None)


def test_of_two_works_with_one_symbol_the_one_that_is_said_to_be_carried_out(office: Office):
    """18-CT/TW of 2022 is carried out, that of 2018 only the ground: the symbol is not an identity."""
    seen = make.machine(make.row("Việc", "Sở A"), works=[DIRECTIVE, RENEWED], implements="18-CT/TW")
    said = [
        msgspec.structs.replace(citation, work=place, relation=relation)
        for place, (citation, relation) in enumerate(zip(seen.citations, ("founded_on", "implements"), strict=True))
    ]
    works_of = [msgspec.structs.replace(ref, mentions=(place,)) for place, ref in enumerate(seen.works)]
    seen = msgspec.structs.replace(seen, citations=tuple(said), works=tuple(works_of))
    document = make.approved(seen, office=office.body, by=office.chief)
    links = {link.target.issued_on: link.relation for link in WorkLink.objects.all()}
    assert links == {date(2018, 1, 10): "founded_on", date(2022, 10, 26): "implements"}
    tied = queries.works_of(document, office.rights("clerk"))
    assert [(one.work.issued_on.year, one.relations) for one in tied] == [(2022, ("thực hiện",)), (2018, ("căn cứ",))]


@pytest.mark.parametrize("relation", ["amends", "replaces", "repeals", "guides"])
def test_what_else_a_document_does_with_a_work(office: Office, relation):
    seen = make.machine(make.row("Việc", "Sở A"), works=[msgspec.structs.replace(RESOLUTION, mentions=(0,))])
    said = msgspec.structs.replace(seen.citations[0], relation=relation)
    make.approved(msgspec.structs.replace(seen, citations=(said,)), office=office.body, by=office.chief)
    assert WorkLink.objects.get().relation == relation


def test_two_offices_hold_the_same_directive(office: Office):
    """The second one's approval takes nothing from the first."""
    one = approved(office, RESOLUTION, implements="57-NQ/TW")
    two = approved(office, RESOLUTION, implements="57-NQ/TW", body=office.elsewhere)
    assert one.work == two.work
    for document, body in ((one, office.body), (two, office.elsewhere)):
        assert [tied.implements for tied in queries.works_of(document, office.rights("clerk", body))] == [True]


def test_a_name_that_says_its_kind_says_it_once():
    assert str(Work(kind="Đề án", title="Đề án 25")) == "Đề án 25"
    assert str(Work(kind="Nghị quyết", title="Đại hội XIII")) == "Nghị quyết Đại hội XIII"
