"""The settings of the marketplace: what it keeps, what buyers are promised, and the Stripe account that pays it out."""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings


class MarketSettings(BaseSettings):
    stripe_secret_key: SecretStr = Field(SecretStr(""), alias="STRIPE_SECRET_KEY")
    stripe_webhook_secret: SecretStr = Field(SecretStr(""), alias="STRIPE_WEBHOOK_SECRET")
    stripe_connect_webhook_secret: SecretStr = Field(SecretStr(""), alias="STRIPE_CONNECT_WEBHOOK_SECRET")
    stripe_tax: Literal["off", "on"] = Field("off", alias="STRIPE_TAX")
    stripe_api_url: str = Field("https://api.stripe.com", alias="STRIPE_API_URL", pattern=r"^https?://\S+[^/]$")

    market_fee: int = Field(1000, alias="OVERSKILL_MARKET_FEE", ge=0, le=9000)  # hundredths of a percent
    market_currency: str = Field("usd", alias="OVERSKILL_MARKET_CURRENCY", pattern=r"^[a-z]{3}$")
    market_review: Literal["checks", "staff"] = Field("checks", alias="OVERSKILL_MARKET_REVIEW")
    refund_days: int = Field(14, alias="OVERSKILL_REFUND_DAYS", ge=0, le=90)
    try_out_minutes: int = Field(30, alias="OVERSKILL_TRY_OUT_MINUTES", ge=5, le=1440)
    house_listings: Literal["on", "off"] = Field("on", alias="OVERSKILL_HOUSE_LISTINGS")

    @model_validator(mode="after")
    def _check_stripe(self) -> Self:
        key, webhook = self.stripe_secret_key.get_secret_value(), self.stripe_webhook_secret.get_secret_value()
        if bool(key) != bool(webhook):
            missing = "STRIPE_WEBHOOK_SECRET" if key else "STRIPE_SECRET_KEY"
            raise ValueError(f"Stripe needs {missing} too: payments and what Stripe tells of them belong together.")
        return self

    @property
    def has_stripe(self) -> bool:
        """Whether money is real: without a key, buyers see our own checkout page, marked as a test."""
        return bool(self.stripe_secret_key.get_secret_value())
