"""A client of a Cloudflare that is in memory, and held to the description of its API."""

from dataclasses import dataclass, field

from overskill.clients.cloudflare.budget import FakeCallBudget
from overskill.clients.cloudflare.fake import FakeAccount, FakeCloudflare
from overskill.clients.cloudflare.fake.account import ACCOUNT_ID, TOKEN, ZONE_ID
from overskill.clients.cloudflare.transport import Account, CloudflareApi
from tests.support_contract import ContractTransport, description

NAMESPACE = "overskill-local-production"


@dataclass
class Cloudflare:
    """`slept` holds each pause that the client would have made."""

    fake: FakeCloudflare = field(default_factory=FakeCloudflare)
    budget: FakeCallBudget = field(default_factory=FakeCallBudget)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.contract = ContractTransport(description("cloudflare"), self.fake, base="/client/v4")
        for environment in ("preview", "staging", "production"):
            self.account.namespaces[f"overskill-local-{environment}"] = {}
        self.api = self.client()

    @property
    def account(self) -> FakeAccount:
        return self.fake.account

    def client(self, token: str = TOKEN, zone_id: str = ZONE_ID) -> CloudflareApi:
        account = Account(ACCOUNT_ID, token, zone_id)
        return CloudflareApi(account, self.budget, transport=self.contract, sleep=self.slept.append)
