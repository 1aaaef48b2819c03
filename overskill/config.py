"""Every setting OverSkill reads from its environment, with its default and its check.

`.env.example` documents each one; tests/test_docs.py keeps the two equal.
"""

import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from overskill.settings_builders import BuilderSettings
from overskill.settings_github import GithubSettings
from overskill.settings_market import MarketSettings
from overskill.settings_packages import PackageSettings
from overskill.sites import site_of

SHORTEST_SECRET = 32


_PROVIDER = re.compile(r"([a-z][a-z0-9-]{0,38})=(https?://[^\s|,]+)(?:\|([^\s,]+))?")


@dataclass(frozen=True, slots=True)
class ProviderSetting:
    """One entry of AI_PROVIDERS: a name, any OpenAI-compatible address, and the key it wants, if it wants one."""

    name: str
    base_url: str
    key: str = field(default="", repr=False)


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(GithubSettings, BuilderSettings, PackageSettings, MarketSettings):
    """Read once per process by `settings()`. An empty URL means: use the embedded server."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    environment: Environment = Field(Environment.DEVELOPMENT, alias="OVERSKILL_ENVIRONMENT")
    home: Path = Field(Path(".overskill"), alias="OVERSKILL_HOME")
    instance: str = Field("local", alias="OVERSKILL_INSTANCE", pattern=r"^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$")
    secret_key: SecretStr = Field(SecretStr(""), alias="OVERSKILL_SECRET_KEY")  # encrypts the keys that people bring
    sign_up: Literal["open", "closed"] = Field("open", alias="OVERSKILL_SIGN_UP")
    log_format: Literal["text", "json"] = Field("text", alias="OVERSKILL_LOG_FORMAT")

    host: str = Field("127.0.0.1", alias="OVERSKILL_HOST")
    web_port: int = Field(3000, alias="OVERSKILL_WEB_PORT", ge=1, le=65535)
    preview_port: int = Field(3001, alias="OVERSKILL_PREVIEW_PORT", ge=1, le=65535)
    edge_port: int = Field(8787, alias="OVERSKILL_EDGE_PORT", ge=1, le=65535)
    public_url: str = Field("", alias="OVERSKILL_PUBLIC_URL")
    preview_url: str = Field("", alias="OVERSKILL_PREVIEW_URL")
    apps_url: str = Field("", alias="OVERSKILL_APPS_URL")
    public_addresses: str = Field("", alias="OVERSKILL_PUBLIC_ADDRESSES")
    trusted_proxy_hops: int = Field(0, alias="OVERSKILL_PROXY_HOPS", ge=0, le=5)

    database_url: SecretStr = Field(SecretStr(""), alias="DATABASE_URL")
    redis_url: SecretStr = Field(SecretStr(""), alias="REDIS_URL")

    generate_workers: int = Field(2, alias="OVERSKILL_GENERATE_WORKERS", ge=1, le=64)
    deploy_workers: int = Field(1, alias="OVERSKILL_DEPLOY_WORKERS", ge=1, le=64)
    edge_processes: int = Field(1, alias="OVERSKILL_EDGE_PROCESSES", ge=1, le=16)

    openrouter_api_key: SecretStr = Field(SecretStr(""), alias="OPENROUTER_API_KEY")
    ai_base_url: str = Field("", alias="AI_BASE_URL")
    ai_api_key: SecretStr = Field(SecretStr(""), alias="AI_API_KEY")
    ai_model: str = Field("", alias="AI_MODEL")
    ai_providers: SecretStr = Field(SecretStr(""), alias="AI_PROVIDERS")
    ai_models_plan: str = Field("", alias="AI_MODELS_PLAN")
    ai_models_build: str = Field("", alias="AI_MODELS_BUILD")
    ai_models_fix: str = Field("", alias="AI_MODELS_FIX")
    ai_models_quick: str = Field("", alias="AI_MODELS_QUICK")
    ai_local_servers: str = Field("", alias="AI_LOCAL_SERVERS")
    ai_tools: Literal["auto", "on", "off"] = Field("auto", alias="AI_TOOLS")
    ai_context_tokens: int = Field(128_000, alias="AI_CONTEXT_TOKENS", ge=4_000)
    ai_max_output_tokens: int = Field(32_000, alias="AI_MAX_OUTPUT_TOKENS", ge=1_000)

    daily_credits: int = Field(100, alias="OVERSKILL_DAILY_CREDITS", ge=0, le=1_000_000)
    credit_micro: int = Field(10_000, alias="OVERSKILL_CREDIT_MICRO", ge=1, le=1_000_000_000)  # millionths of a dollar
    turn_credits: int = Field(50, alias="OVERSKILL_TURN_CREDITS", ge=1, le=1_000_000)

    reuse_briefs: Literal["on", "off"] = Field("on", alias="OVERSKILL_REUSE_BRIEFS")

    chromium: str = Field("", alias="OVERSKILL_CHROMIUM")
    browser_checks: Literal["auto", "off"] = Field("auto", alias="OVERSKILL_BROWSER_CHECKS")

    keep_recordings_days: int = Field(14, alias="OVERSKILL_KEEP_RECORDINGS_DAYS", ge=0, le=365)

    edge: Literal["embedded", "cloudflare"] = Field("embedded", alias="OVERSKILL_EDGE")
    cloudflare_account_id: str = Field("", alias="CLOUDFLARE_ACCOUNT_ID", pattern=r"^([0-9a-f]{32})?$")
    cloudflare_api_token: SecretStr = Field(SecretStr(""), alias="CLOUDFLARE_API_TOKEN")
    cloudflare_zone_id: str = Field("", alias="CLOUDFLARE_ZONE_ID", pattern=r"^([0-9a-f]{32})?$")
    cloudflare_databases: Literal["off", "on"] = Field("off", alias="CLOUDFLARE_DATABASES")
    asset_policy: Literal["static", "hybrid"] = Field("static", alias="OVERSKILL_ASSET_POLICY")

    s3_endpoint: str = Field("", alias="S3_ENDPOINT")
    s3_bucket: str = Field("", alias="S3_BUCKET")
    s3_region: str = Field("auto", alias="S3_REGION")
    s3_access_key_id: str = Field("", alias="S3_ACCESS_KEY_ID")
    s3_secret_access_key: SecretStr = Field(SecretStr(""), alias="S3_SECRET_ACCESS_KEY")

    smtp_url: SecretStr = Field(SecretStr(""), alias="SMTP_URL")
    mail_from: str = Field("OverSkill <hello@localhost>", alias="MAIL_FROM")

    @model_validator(mode="after")
    def _check(self) -> Self:
        ports = {"OVERSKILL_WEB_PORT": self.web_port, "OVERSKILL_PREVIEW_PORT": self.preview_port}
        ports["OVERSKILL_EDGE_PORT"] = self.edge_port
        if len(set(ports.values())) < len(ports):
            raise ValueError(f"{', '.join(ports)} must be three different ports.")
        for name, template, mark in (
            ("OVERSKILL_PREVIEW_URL", self.preview_url, "{key}"),
            ("OVERSKILL_APPS_URL", self.apps_url, "{slug}"),
        ):
            if template and mark not in template:
                raise ValueError(f"{name} must contain {mark}, for example https://{mark}.example.com.")
        if self.ai_base_url and not self.ai_model:
            raise ValueError("AI_BASE_URL needs AI_MODEL too: the name of the model to ask there.")
        self.providers()  # raises where it can't be read
        self._check_edge()
        self._check_addresses()
        if self.is_production:
            self._check_production()
        return self

    @property
    def addresses(self) -> list[str]:
        """Where the edge is reached from outside, by number."""
        return self.public_addresses.replace(",", " ").split()

    def _check_addresses(self) -> None:
        for address in self.addresses:
            try:
                ip_address(address)
            except ValueError:
                raise ValueError(
                    f"OVERSKILL_PUBLIC_ADDRESSES: {address} is no address. Write it by number, such as 203.0.113.7."
                ) from None

    def _check_edge(self) -> None:
        if self.edge != "cloudflare":
            return
        needed = {
            "CLOUDFLARE_ACCOUNT_ID": self.cloudflare_account_id,
            "CLOUDFLARE_API_TOKEN": self.cloudflare_api_token.get_secret_value(),
            "CLOUDFLARE_ZONE_ID": self.cloudflare_zone_id,
            "OVERSKILL_APPS_URL": self.apps_url,
        }
        missing = [name for name, value in needed.items() if not value]
        if self.asset_policy == "hybrid" and not self.s3_bucket:
            missing.append("S3_BUCKET (for OVERSKILL_ASSET_POLICY=hybrid)")
        if missing:
            raise ValueError(f"OVERSKILL_EDGE=cloudflare needs {', '.join(missing)} too.")

    def _check_production(self) -> None:
        if len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"Production needs OVERSKILL_SECRET_KEY: {SHORTEST_SECRET} random characters or more.")
        if not self.public_url.startswith("https://"):
            raise ValueError("Production needs OVERSKILL_PUBLIC_URL, beginning with https://.")
        if not self.smtp_url.get_secret_value():
            raise ValueError("Production needs SMTP_URL: without it nobody could reset a password.")
        self._check_apart("OVERSKILL_PREVIEW_URL", self.preview_address("preview"))
        self._check_apart("OVERSKILL_APPS_URL", self.app_address("app"))

    def _check_apart(self, name: str, address: str) -> None:
        """Apps are written by anybody. On the site's own domain they could set cookies that the site is sent."""
        host = urlsplit(address).hostname or ""
        if site_of(host) == site_of(self.site_host):
            raise ValueError(
                f"{name} must be on another domain than OVERSKILL_PUBLIC_URL: {host} and {self.site_host} both "
                f"belong to {site_of(host)}, so an app could set cookies for the site. Register one for apps alone."
            )

    @property
    def is_private(self) -> bool:
        """Only this machine can reach it."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def site_url(self) -> str:
        """The studio's own address, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.web_port}").rstrip("/")

    @property
    def can_sign_up(self) -> bool:
        return self.sign_up == "open"

    @property
    def is_https(self) -> bool:
        return self.site_url.startswith("https://")

    def cookie_name(self, name: str) -> str:
        """What our cookie `name` is called here.

        Browsers take one that begins with `__Host-` from this very host alone, over https: no app on a host below or
        beside it can toss in its own. Plain http has no such protection.
        """
        return f"__Host-{name}" if self.is_https else name

    @property
    def site_host(self) -> str:
        return urlsplit(self.site_url).hostname or ""

    @property
    def own_origins(self) -> frozenset[str]:
        """Where our pages come from: the public address, and this machine by name and by number."""
        local = (f"http://{host}:{self.web_port}" for host in ("localhost", "127.0.0.1"))
        return frozenset({self.site_url, *local})

    def preview_address(self, key: str) -> str:
        """The origin of one app's live preview; `key` is the app's unguessable `preview_key`."""
        template = self.preview_url or f"http://{{key}}.preview.localhost:{self.preview_port}"
        return template.replace("{key}", key).rstrip("/")

    def app_address(self, slug: str) -> str:
        """The origin of one published app."""
        template = self.apps_url or f"http://{{slug}}.localhost:{self.edge_port}"
        return template.replace("{slug}", slug).rstrip("/")

    def providers(self) -> tuple[ProviderSetting, ...]:
        """What AI_PROVIDERS names."""
        found = []
        for entry in re.split(r"[\s,]+", self.ai_providers.get_secret_value().strip()):
            if not entry:
                continue
            match = _PROVIDER.fullmatch(entry)
            if match is None:
                raise ValueError(
                    "AI_PROVIDERS holds an entry that can't be read. Each is name=address|key, for example "
                    "openai=https://api.openai.com/v1|${OPENAI_API_KEY}; commas between them."
                )
            name, base_url, key = match.groups(default="")
            found.append(ProviderSetting(name, base_url.rstrip("/"), key))
        return tuple(found)

    @property
    def has_model(self) -> bool:
        """Whether this instance brings a model for everybody."""
        lists = (self.ai_models_plan, self.ai_models_build, self.ai_models_fix, self.ai_models_quick, self.ai_model)
        return bool(
            self.openrouter_api_key.get_secret_value()
            or self.ai_base_url
            or (self.ai_providers.get_secret_value() and any(lists))
        )


@cache
def settings() -> Settings:
    """The settings of this process: from its environment, then from .env. OVERSKILL_ENV_FILE names another file, or
    none. Tests build their own `Settings` and never call this."""
    file = os.environ.get("OVERSKILL_ENV_FILE", ".env")
    return Settings(_env_file=file or None)  # type: ignore[call-arg]  # every field comes from the environment
