"""What must be read again, yet not by whoever gets hold of the database alone: sealed with a key from the secret key.

The secret key is not in the backups (docs/operations.md): where it is lost, what was sealed with it is lost.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from tiendo.foundation.accounts.errors import SealedElsewhereError


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises SealedElsewhereError for what another key sealed."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealedElsewhereError from error


def _box() -> MultiFernet:
    return MultiFernet([_one(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@lru_cache(maxsize=4)
def _one(secret: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tiendo.accounts.sealing").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(made))
