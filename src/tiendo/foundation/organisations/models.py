"""Bodies, their names, and who holds which post in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User


class Kind(models.TextChoices):
    ROOT = "root", _("gốc")
    PARTY_COMMITTEE = "party_committee", _("cấp ủy")
    PARTY_ADVISORY = "party_advisory", _("cơ quan tham mưu của Đảng")
    PARTY_GROUP = "party_group", _("đảng đoàn")
    PARTY_CIVIL_GROUP = "party_civil_group", _("ban cán sự đảng")
    PEOPLES_COUNCIL = "peoples_council", _("HĐND")
    PEOPLES_COMMITTEE = "peoples_committee", _("UBND")
    DEPARTMENT = "department", _("sở, phòng")
    FRONT = "front", _("MTTQ")
    POLITICAL_SOCIAL = "political_social", _("tổ chức chính trị - xã hội")
    ASSOCIATION = "association", _("hội")
    ARMED_FORCES = "armed_forces", _("lực lượng vũ trang")
    SCHOOL = "school", _("trường")
    COMMUNE = "commune", _("xã, phường, đặc khu")
    STATE_ENTERPRISE = "state_enterprise", _("doanh nghiệp nhà nước")
    OTHER = "other", _("khác")


class Organisation(models.Model):
    """A body. One tree in this form: `path` is the ids from the root, so a subtree is a prefix."""

    code = models.CharField("mã", max_length=35, unique=True)
    """Own code of the register (upper case, digits, dots), at most 35 characters as QĐ 20/2020/QĐ-TTg has it."""
    name = models.CharField("tên", max_length=300)
    short_name = models.CharField("tên gọi tắt", max_length=120, blank=True)
    kind = models.CharField("loại", max_length=30, choices=Kind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=500, db_index=True, editable=False)
    starts = models.DateField("từ ngày", null=True, blank=True)
    ends = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Name(models.Model):
    """A name a body is known by: its own, an abbreviation, an alias an office confirmed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    key = models.CharField(max_length=300, db_index=True)
    """What names are compared by: folded, abbreviations written out."""
    source = models.CharField(
        max_length=20, choices=[("own", _("tên chính thức")), ("abbreviation", _("viết tắt")), ("alias", _("tên khác"))]
    )
    office = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="+")
    """The office that took this name for this body, and for which alone it holds; None: a name everyone knows it by."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "key"], condition=models.Q(office__isnull=True), name="one_key_per_body"
            ),
            models.UniqueConstraint(fields=["organisation", "key", "office"], name="one_key_per_body_and_office"),
        ]

    def __str__(self) -> str:
        return self.text


class Post(models.Model):
    """A person's role in a body, dated."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30)
    """A code of accounts/roles.toml."""
    title = models.CharField(max_length=120, blank=True)
    scope = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The body that the post looks after, with all below it (permissions.REACHING); empty: its own body."""
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    """Last day in the post."""

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="post_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"

    @property
    def looks_after(self) -> Organisation:
        return self.scope or self.organisation
