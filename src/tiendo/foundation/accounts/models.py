"""People who sign in. What a person may do comes from their posts, not from here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from tiendo.foundation.accounts.rules import canonical


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=canonical(username or ""))


class User(AbstractBaseUser):
    """Someone who signs in. Only what is needed to address them is kept."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    """As rules.canonical has it: compared letter by letter, so that no database need know Vietnamese."""
    full_name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    sso_name = models.CharField(max_length=255, blank=True, default="")
    """What the province's single sign-on calls this person (settings.SSO.claim), as an administrator wrote it."""
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    password_given = models.BooleanField(default=False)
    """Somebody else chose the password and so knows it: whoever comes in with it chooses another first."""
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    objects = UserManager()

    class Meta:
        ordering: ClassVar = ["username"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["sso_name"], condition=~models.Q(sso_name=""), name="one_account_for_a_name_of_the_sso"
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def actor(self) -> str:
        """How the audit names this user."""
        return f"user:{self.pk}"


class Attempt(models.Model):
    """Wrong passwords for one user name, or from one address, within the window that is running.

    Neither stands here in clear: `key` is a keyed digest. A row is dropped when its window is over.
    """

    key = models.CharField(max_length=80, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key.partition(':')[0]} {self.count}"


class Policy(models.Model):
    """What the office chose for signing in. One row; none: nothing was chosen. A setting may overrule it."""

    class SecondFactor(models.TextChoices):
        OFF = "off"
        ROLES = "roles"
        ALL = "all"

    second_factor = models.CharField(max_length=10, choices=SecondFactor.choices, default=SecondFactor.OFF)

    def __str__(self) -> str:
        return f"second factor: {self.second_factor}"


class Invitation(models.Model):
    """A link by which somebody whose account was made chooses their own password: once, until a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, editable=False)
    """Of the link's secret (tokens.sealed)."""
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"invitation of {self.user_id} until {self.expires_at:%Y-%m-%d}"
