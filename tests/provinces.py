"""A real OpenID Connect provider on loopback: a province's single sign-on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import oidc_provider_mock

from tiendo.config.environment import Sso

NAME = "Tài khoản tỉnh An Bình"
PEOPLE = {
    "s-100": {"preferred_username": "binh.nt", "name": "Nguyễn Thị Bình", "email": "binh@example.vn"},
    "s-200": {"preferred_username": "an.tv", "name": "Trần Văn An"},
}


@contextmanager
def running(settings) -> Iterator[str]:
    """Its address, with the settings that name it."""
    people = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=people, require_nonce=True) as server:
        issuer = f"http://localhost:{server.server_port}"
        use(settings, Sso(issuer, "tiendo", "bi-mat", NAME, "preferred_username", create=False, strong=False))
        yield issuer


def use(settings, sso: Sso) -> None:
    settings.SSO = sso
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": sso.apps(), "OAUTH_PKCE_ENABLED": True}}
