"""What allauth asks us about second factors (settings.MFA_ADAPTER)."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from tiendo.foundation.accounts.sealing import seal, unseal


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed; an app and a passkey show the user name, not an e-mail address."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()
