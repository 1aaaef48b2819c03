"""The settings of a GitHub App, by which creators keep their apps in repositories of their own."""

from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings


class GithubSettings(BaseSettings):
    github_app_id: str = Field("", alias="GITHUB_APP_ID", pattern=r"^\d*$")
    github_app_slug: str = Field("", alias="GITHUB_APP_SLUG", pattern=r"^[a-z0-9-]*$")
    github_private_key: SecretStr = Field(SecretStr(""), alias="GITHUB_PRIVATE_KEY")
    github_client_id: str = Field("", alias="GITHUB_CLIENT_ID")
    github_client_secret: SecretStr = Field(SecretStr(""), alias="GITHUB_CLIENT_SECRET")
    github_webhook_secret: SecretStr = Field(SecretStr(""), alias="GITHUB_WEBHOOK_SECRET")
    github_template: str = Field("", alias="GITHUB_TEMPLATE", pattern=r"^([\w.-]+/[\w.-]+)?$")
    github_url: str = Field("https://github.com", alias="GITHUB_URL", pattern=r"^https?://[^\s/]+$")
    github_api_url: str = Field("https://api.github.com", alias="GITHUB_API_URL", pattern=r"^https?://\S+[^/]$")

    @model_validator(mode="after")
    def _check_github(self) -> Self:
        needed = {
            "GITHUB_APP_ID": self.github_app_id,
            "GITHUB_APP_SLUG": self.github_app_slug,
            "GITHUB_PRIVATE_KEY": self.github_private_key.get_secret_value(),
            "GITHUB_CLIENT_ID": self.github_client_id,
            "GITHUB_CLIENT_SECRET": self.github_client_secret.get_secret_value(),
            "GITHUB_WEBHOOK_SECRET": self.github_webhook_secret.get_secret_value(),
        }
        missing = [name for name, value in needed.items() if not value]
        if missing and len(missing) < len(needed):
            raise ValueError(f"The GitHub App needs {', '.join(missing)} too.")
        return self

    @property
    def has_github(self) -> bool:
        return bool(self.github_app_id)
