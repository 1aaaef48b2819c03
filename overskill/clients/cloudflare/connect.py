"""A client for the account that the settings name."""

from overskill.clients.cloudflare.budget import CallBudget
from overskill.clients.cloudflare.transport import Account, CloudflareApi
from overskill.config import Settings


def connect(settings: Settings, budget: CallBudget) -> CloudflareApi:
    account = Account(
        settings.cloudflare_account_id, settings.cloudflare_api_token.get_secret_value(), settings.cloudflare_zone_id
    )
    return CloudflareApi(account, budget)
