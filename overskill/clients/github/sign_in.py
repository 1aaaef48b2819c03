"""A person says at GitHub who they are: OAuth 2 by authlib, with a state and PKCE, for a token that nobody keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2

from overskill.config import Settings
from overskill.errors import NotAllowed, Unavailable

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

SECONDS = 30.0
_REFUSED = "GitHub did not say who you are, or it took too long. Connect again."


def sign_in_address(settings: Settings, state: str, verifier: str) -> str:
    """Only who knows `verifier` gets a token for the code that comes back from there."""
    with _connected(settings) as client:
        place = f"{settings.github_url}/login/oauth/authorize"
        address, _ = client.create_authorization_url(place, state=state, code_verifier=verifier)
    return str(address)


def token_for(settings: Settings, code: str, verifier: str, *, transport: httpx2.BaseTransport | None = None) -> str:
    """`verifier` "": the code came back from an installation, which takes no challenge. Raises NotAllowed."""
    from authlib.integrations.base_client import OAuthError

    proof = {"code_verifier": verifier} if verifier else {}
    with _connected(settings, transport) as client:
        try:
            answer = client.fetch_token(
                f"{settings.github_url}/login/oauth/access_token",
                grant_type="authorization_code",
                code=code,
                headers={"Accept": "application/json"},
                **proof,
            )
        except OAuthError as error:  # GitHub answers 200 all the same
            raise NotAllowed(_REFUSED) from error
        except (httpx2.HTTPError, ValueError) as error:
            raise Unavailable("GitHub does not answer. Try again in a moment.") from error
    token = answer.get("access_token")
    if not token:
        raise NotAllowed(_REFUSED)
    return str(token)


@contextmanager
def _connected(settings: Settings, transport: httpx2.BaseTransport | None = None) -> "Iterator[OAuth2Client]":
    from authlib.integrations.httpx_client import OAuth2Client

    with OAuth2Client(
        client_id=settings.github_client_id,
        client_secret=settings.github_client_secret.get_secret_value(),
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 - a method's name
        code_challenge_method="S256",
        timeout=SECONDS,
        transport=transport,
    ) as client:
        yield client
