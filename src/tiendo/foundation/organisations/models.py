"""Bodies in time: their names, where they stood in which tree, what became of them, who holds which post in them.

Validity is dated on every row: `starts` is the first day, `ends` the last; empty: always been, or still so.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.rules.bodies import Since


class Dated[M: models.Model](models.Manager[M]):
    """Rows that hold from a day to a day (their `starts` and `ends`)."""

    def on(self, day: date | None) -> models.QuerySet[M]:
        """Those that held on a day; None: those that hold without an end in sight."""
        if day is None:
            return self.filter(ends__isnull=True)
        return self.filter(
            models.Q(starts__isnull=True) | models.Q(starts__lte=day),
            models.Q(ends__isnull=True) | models.Q(ends__gte=day),
        )


class Bodies(Dated["Organisation"]):
    """Those that a prepared succession merely names do not hold on any day."""

    def on(self, day: date | None) -> models.QuerySet[Organisation]:
        return super().on(day).filter(planned=False)


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
    """A body: one legal body, however its name changes; the one that follows it under the same name is another row.

    `parent` and `path` are its place in the register today, by which rights go (`path`: the ids from the root, so that
    a subtree is a prefix). Where it stands and stood in the trees of Party, State, Front and territory: `Seat`.
    """

    code = models.CharField("mã", max_length=35, unique=True)
    """Own code of the register (upper case, digits, dots), at most 35 characters as QĐ 20/2020/QĐ-TTg has it."""
    name = models.CharField("tên", max_length=300)
    short_name = models.CharField("tên gọi tắt", max_length=120, blank=True)
    national_code = models.CharField("mã định danh điện tử", max_length=35, blank=True)
    """As QĐ 20/2020/QĐ-TTg writes it, growing from left to right (`H60.12`). Never derived from the old one."""
    national_code_old = models.CharField("mã định danh cũ", max_length=35, blank=True)
    """As QCVN 102:2016/BTTTT wrote it, the other way round (`000.00.12.H60`)."""
    kind = models.CharField("loại", max_length=30, choices=Kind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=500, db_index=True, editable=False)
    starts = models.DateField("từ ngày", null=True, blank=True)
    ends = models.DateField("đến ngày", null=True, blank=True)

    planned = models.BooleanField(default=False, editable=False)
    """Stands in the register only because a succession that is being prepared names it: nobody can be charged with
    anything that it would do."""

    objects = Bodies()

    class Meta:
        ordering: ClassVar = ["path"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["national_code"], condition=~models.Q(national_code=""), name="one_body_per_national_code"
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(starts__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="body_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name


class FormerPath(models.Model):
    """A place in the register that a body has left. Events keep the path of their day: by it they are found again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "path"], name="one_row_per_body_and_former_path")
        ]

    def __str__(self) -> str:
        return self.path


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
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    objects = Dated()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=models.Q(office__isnull=True, ends__isnull=True),
                name="one_living_key_per_body",
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

    SINCE: ClassVar = Since(_("chức vụ"), ("organisation",), ("starts",))

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


class Absence(models.Model):
    """Who holds a post is away from a day to a day, and somebody stands in, with the post's role in its body.

    Over by itself after the last day.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering: ClassVar = ["starts", "pk"]
        indexes: ClassVar = [models.Index(fields=["deputy", "ends"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="absence_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.deputy_id} {self.starts}/{self.ends}"


class Tree(models.TextChoices):
    PARTY = "party", _("Đảng")
    STATE = "state", _("Nhà nước")
    FRONT = "front", _("Mặt trận và đoàn thể")
    TERRITORY = "territory", _("địa bàn")


class Seat(models.Model):
    """Where a body stood in one of the trees. A move ends the rows of the whole subtree and writes new ones."""

    tree = models.CharField(max_length=12, choices=Tree)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="seats")
    above = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500, editable=False)
    """Ids from the root of the tree, as `Organisation.path`."""
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    objects = Dated()

    class Meta:
        ordering: ClassVar = ["tree", "path", "pk"]
        indexes: ClassVar = [models.Index(fields=["tree", "path"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tree", "organisation"], condition=models.Q(ends__isnull=True), name="one_seat_per_tree"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tree} {self.path}"


class Succession(models.Model):
    """What became of bodies, by which decision. Only what is in force changed anything; a draft is a plan."""

    class Kind(models.TextChoices):
        RENAME = "rename", _("đổi tên")
        MERGE = "merge", _("hợp nhất, sáp nhập thành cơ quan mới")
        ABSORB = "absorb", _("nhập vào cơ quan đang có")
        SPLIT = "split", _("chia tách")
        RECONSTITUTED = "reconstituted", _("lập lại, là pháp nhân mới")
        ACTS_THROUGH = "acts_through", _("hoạt động qua cơ quan khác")
        DISSOLVED = "dissolved", _("kết thúc, không có nơi kế thừa")

    class State(models.TextChoices):
        DRAFT = "draft", _("đang chuẩn bị")
        IN_FORCE = "in_force", _("đã ghi nhận")
        UNDONE = "undone", _("đã hủy")

    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    on = models.DateField()
    """The first day of the new state of things."""
    decision = models.CharField(max_length=80, blank=True)
    """Number and symbol of the decision; empty: "chưa xác minh"."""
    decided_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    new_name = models.CharField(max_length=300, blank=True)
    new_short_name = models.CharField(max_length=120, blank=True)
    """Of a rename."""
    drafted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Empty: the shell."""
    drafted_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Who held it against the decision itself."""
    confirmed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undoing = models.JSONField(default=dict)
    """What stood before in the register, so that a wrong record can be taken back (actions/succession.py)."""

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.on} {self.decision}"

    @property
    def former_name(self) -> str:
        """Of a rename that is in force: how the body was called before."""
        return str((self.undoing.get("called") or [""])[0])


class Heir(models.Model):
    """before → after, of one succession. Several before: a merger; several after: a split; no after: dissolved."""

    succession = models.ForeignKey(Succession, on_delete=models.CASCADE, related_name="heirs")
    before = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    share = models.CharField(max_length=300, blank=True)
    """Of a split: which part, by area or by function, as the decision says."""

    SINCE: ClassVar = Since(_("việc sắp xếp"), ("before", "after"), ("succession__on",))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["succession", "before", "after"], name="one_line_per_pair"),
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="nobody_is_its_own_heir"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class RegisterList(models.Model):
    """A list of bodies as somebody sent it, waiting to be written into the register; settled, its bytes go."""

    class State(models.TextChoices):
        WAITING = "waiting", _("đang chờ xem")
        WRITTEN = "written", _("đã ghi vào danh bạ")
        DISCARDED = "discarded", _("đã bỏ")

    filename = models.CharField(max_length=200)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    """Bytes."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    counts = models.JSONField(default=dict)
    """What was done: added, changed, unchanged lines."""
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.filename


class Group(models.Model):
    """What an office means by a phrase ("các huyện ủy, thành ủy"): a rule over kinds and trees, resolved on a day."""

    office = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    phrase = models.CharField(max_length=500)
    key = models.CharField(max_length=500)
    """What phrases are compared by (naming.key)."""
    kinds = models.JSONField(default=list)
    """Kinds of bodies; empty: any."""
    tree = models.CharField(max_length=12, choices=Tree, blank=True)
    below = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Only bodies that stand below this one: in `tree` on the day, else in the register. Empty: the office's tree."""
    named = models.CharField(max_length=300, blank=True)
    """Only bodies whose name then begins with one of these words (";" between them), folded."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "key"], name="one_group_per_phrase")]

    def __str__(self) -> str:
        return self.phrase
