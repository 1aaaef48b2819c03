"""What `doctor` says of payments."""

import httpx
import pytest

from overskill.cli.payments import stripe_account
from overskill.clients.stripe import calls
from overskill.config import Settings

LIVE = {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"}


def test_without_a_key_it_is_test_mode(settings: Settings) -> None:
    found = stripe_account(settings)
    assert (found.state, found.is_bad) == ("embedded", False)
    assert "no money moves" in found.detail


@pytest.mark.parametrize(
    ("status", "state", "says"), [(200, "configured", "real money"), (401, "unreachable", "STRIPE_SECRET_KEY")]
)
def test_with_a_key_stripe_is_asked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, status: int, state: str, says: str
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url == "https://api.stripe.com/v1/balance"
        return httpx.Response(status, json={"object": "balance", "error": {"message": "Invalid API Key provided"}})

    opened = httpx.Client
    monkeypatch.setattr(calls.httpx, "Client", lambda **_: opened(transport=httpx.MockTransport(answer)))
    found = stripe_account(Settings.model_validate({"OVERSKILL_HOME": settings.home, **LIVE}))
    assert (found.state, says in found.detail) == (state, True)
