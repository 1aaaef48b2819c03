"""A client of a Cloudflare that is in memory, and held to the description of its API."""

from dataclasses import dataclass, field
from datetime import datetime

from overskill.clients.cloudflare.budget import ProcessCallBudget
from overskill.clients.cloudflare.edge import CloudflareEdge
from overskill.clients.cloudflare.fake import FakeAccount, FakeCloudflare, ServedScript
from overskill.clients.cloudflare.fake.account import ACCOUNT_ID, TOKEN, ZONE_ID, CountedPoint
from overskill.clients.cloudflare.transport import Account, CloudflareApi
from overskill.clients.edge_usage import Counts, UsageTotals
from overskill.clients.objects import ObjectStore
from overskill.config import Settings
from tests.support_contract import ContractTransport, description

NAMESPACE = "overskill-local-production"


@dataclass
class Cloudflare:
    """`slept` holds each pause that the client would have made."""

    fake: FakeCloudflare = field(default_factory=FakeCloudflare)
    budget: ProcessCallBudget = field(default_factory=ProcessCallBudget)
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

    def edge(self, objects: ObjectStore, **more: object) -> CloudflareEdge:
        """Of an instance whose apps are at https://<slug>.apps.example.com."""
        return CloudflareEdge(cloudflare_settings(**more), self.api, objects)

    def served(self, script: str, environment: str = "production") -> ServedScript:
        """What visitors get."""
        return self.account.script(f"overskill-local-{environment}", script)

    def count(self, at: datetime, environment: str, script: str, totals: UsageTotals) -> None:
        """Visits, as the dispatch worker tells of them."""
        for variant, counts in (("stable", totals.stable), ("canary", totals.canary)):
            if counts != Counts():
                numbers = (counts.requests, counts.errors, counts.milliseconds, counts.bytes)
                self.account.counted.append(CountedPoint(at, script, environment, variant, *numbers))


def cloudflare_settings(**more: object) -> Settings:
    facts: dict[str, object] = {
        "OVERSKILL_EDGE": "cloudflare",
        "OVERSKILL_SECRET_KEY": "k" * 32,
        "OVERSKILL_APPS_URL": "https://{slug}.apps.example.com",
        "CLOUDFLARE_ACCOUNT_ID": ACCOUNT_ID,
        "CLOUDFLARE_API_TOKEN": TOKEN,
        "CLOUDFLARE_ZONE_ID": ZONE_ID,
        **more,
    }
    return Settings(**facts)  # type: ignore[arg-type]
