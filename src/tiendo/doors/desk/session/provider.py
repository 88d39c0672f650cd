"""The province's single sign-on: where to send a browser, and what comes back, verified (OpenID Connect Core 3.1).

allauth speaks the protocol; its pages, its sign-up and its tying of accounts by e-mail are not used.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from tiendo.foundation.accounts.actions.identities import PROVIDER
from tiendo.foundation.accounts.errors import SsoFailedError, SsoUnreachableError

SKEW = timedelta(minutes=2)
"""The provider's clock and ours."""
WRONG = (OAuth2Error, ValueError, TypeError, LookupError, AttributeError)
"""What an answer that is wrong, damaged or made up raises."""


class Adapter(OpenIDConnectOAuth2Adapter):
    """allauth's, with our own address to come back to."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002 (allauth's own signature)
        return request.build_absolute_uri(reverse("desk:sso-back"))

    def claims(self, nonce: str, verifier: str) -> dict[str, Any]:
        """Exchange the code and read who it is. Signature, issuer, audience, time and nonce are verified."""
        app = self.get_provider().app
        told = self.get_access_token_data(self.request, app, self.get_client(self.request, app), verifier)
        self.did_fetch_access_token = False  # else allauth takes the line's word for the signature
        identity = self._decode_id_token(app, told["id_token"])
        if not secrets.compare_digest(str(identity.get("nonce", "")), nonce):
            raise SsoFailedError
        more = self._fetch_user_info(told["access_token"]) if "userinfo_endpoint" in self.openid_config else {}
        return {**more, **identity} if more.get("sub", identity["sub"]) == identity["sub"] else identity


def leave(request: HttpRequest, *, purpose: str, there: str) -> HttpResponseBase:
    """Send the browser to the provider. `purpose` comes back with it; to be recognised again one signs in anew there.

    Raises SsoUnreachableError.
    """
    nonce = secrets.token_urlsafe(16)
    asked = {"nonce": nonce} | ({} if purpose == "enter" else {"prompt": "login", "max_age": "0"})
    provider = Provider(request, app=_adapter(request).get_provider().app)
    try:
        data = {"purpose": purpose, "nonce": nonce, "at": request.now.timestamp()}  # type: ignore[attr-defined]
        answer: HttpResponseBase = provider.redirect(
            request, process="login", next_url=there, data=data, auth_params=asked
        )
    except (requests.RequestException, *WRONG) as error:
        raise SsoUnreachableError from error
    return answer


def come_back(request: HttpRequest) -> tuple[str, str, dict[str, Any]]:
    """(purpose, where to go on, claims). Raises SsoFailedError, SsoUnreachableError."""
    state = statekit.unstash_state(request, state_id=request.GET.get("state", ""), provider_id=PROVIDER)
    if state is None or "code" not in request.GET:
        raise SsoFailedError
    told = state["data"]
    try:
        claims = _adapter(request).claims(told["nonce"], state.get("pkce_code_verifier", ""))
    except requests.RequestException as error:
        raise SsoUnreachableError from error
    except WRONG as error:
        raise SsoFailedError from error
    if told["purpose"] != "enter" and not _anew(claims, told["at"]):
        raise SsoFailedError
    return told["purpose"], state.get("next", ""), claims


class Provider(OpenIDConnectProvider):
    """allauth's, that comes back to us."""

    oauth2_adapter_class = Adapter


def _adapter(request: HttpRequest) -> Adapter:
    return Adapter(request, PROVIDER)


def _anew(claims: dict[str, Any], asked: float) -> bool:
    """Whether the person signed in there after we asked for it: an old session there proves nobody's presence."""
    when = claims.get("auth_time")
    return (
        isinstance(when, int | float) and datetime.fromtimestamp(when, UTC) >= datetime.fromtimestamp(asked, UTC) - SKEW
    )
