"""The first week, step by step: how far a register is on its way to a programme that prints its own annex."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tiendo.work.directives.models import Document
from tiendo.work.directives.queries import progress
from tiendo.work.directives.registers import is_register
from tiendo.work.programmes.models import AnswerForm, Programme


def steps_of(document: Document) -> list[dict[str, Any]]:
    """`steps` for ui/stepper.html: each done, at hand or waiting; a link only where one may go."""
    programme = Programme.objects.filter(document=document).first()
    taken = is_register(document)
    approved = document.state == Document.State.APPROVED
    confirmed = taken and (approved or progress(document).waiting == 0)
    done = [
        True,
        taken,
        confirmed,
        approved,
        programme is not None,
        programme is not None and AnswerForm.objects.filter(programme=programme).exists(),
        False,
    ]
    rows = reverse("desk:confirm", args=[document.pk])
    urls = [
        "",
        reverse("desk:register-rows", args=[document.pk]),
        rows if taken else "",
        rows if confirmed else "",
        reverse("desk:open-programme", args=[document.pk]) if approved and programme is None else "",
        reverse("desk:forms", args=[programme.pk]) if programme else "",
        reverse("desk:annex", args=[programme.pk]) if programme else "",
    ]
    labels = [
        gettext("Gửi sổ"),
        gettext("Chọn cột, nhận dòng"),
        gettext("Xác nhận dòng"),
        gettext("Duyệt"),
        gettext("Mở chương trình"),
        gettext("Gửi mẫu Excel"),
        gettext("In phụ lục"),
    ]
    now = done.index(False)
    return [
        {"label": label, "url": url, "state": "done" if over else "now" if place == now else "waiting"}
        for place, (label, url, over) in enumerate(zip(labels, urls, done, strict=True))
    ]
