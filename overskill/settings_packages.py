"""The settings of npm packages that are not in the prebundled set."""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from overskill.settings_builders import words


class PackageSettings(BaseSettings):
    packages: Literal["checked", "listed", "off"] = Field("checked", alias="OVERSKILL_PACKAGES")
    packages_allow: str = Field("", alias="OVERSKILL_PACKAGES_ALLOW")
    packages_deny: str = Field("", alias="OVERSKILL_PACKAGES_DENY")
    packages_licences: str = Field("", alias="OVERSKILL_PACKAGES_LICENCES")
    packages_megabytes: int = Field(60, alias="OVERSKILL_PACKAGES_MEGABYTES", ge=1, le=2_000)
    packages_most: int = Field(80, alias="OVERSKILL_PACKAGES_MOST", ge=1, le=2_000)
    packages_days: int = Field(3, alias="OVERSKILL_PACKAGES_DAYS", ge=0, le=365)
    packages_seconds: int = Field(60, alias="OVERSKILL_PACKAGES_SECONDS", ge=5, le=600)
    packages_unchecked: Literal["allow", "refuse"] = Field("allow", alias="OVERSKILL_PACKAGES_UNCHECKED")
    npm_registry: str = Field("", alias="OVERSKILL_NPM_REGISTRY")
    npm_registry_token: SecretStr = Field(SecretStr(""), alias="OVERSKILL_NPM_REGISTRY_TOKEN")

    @model_validator(mode="after")
    def _check_packages(self) -> Self:
        if self.npm_registry and not self.npm_registry.startswith(("https://", "http://")):
            raise ValueError("OVERSKILL_NPM_REGISTRY is an address, beginning with https:// or http://.")
        if self.packages == "listed" and not self.allowed_packages:
            raise ValueError("OVERSKILL_PACKAGES=listed needs OVERSKILL_PACKAGES_ALLOW: the packages that are listed.")
        return self

    @property
    def allowed_packages(self) -> tuple[str, ...]:
        return words(self.packages_allow)

    @property
    def denied_packages(self) -> tuple[str, ...]:
        return words(self.packages_deny)

    @property
    def allowed_licences(self) -> tuple[str, ...]:
        return words(self.packages_licences)
