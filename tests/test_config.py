from typing import Any

import pytest
from pydantic import ValidationError

from overskill.config import Settings

SECRET = "x" * 32


def configured(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[call-arg]  # pydantic-settings takes it


def production(**values: Any) -> Settings:
    good = {
        "OVERSKILL_SECRET_KEY": SECRET,
        "OVERSKILL_PUBLIC_URL": "https://overskill.example",
        "SMTP_URL": "smtp://mail.example",
    }
    return configured(OVERSKILL_ENVIRONMENT="production", **(good | values))


def test_production_starts_with_a_secret_and_an_https_address() -> None:
    assert production().is_production


def test_production_refuses_to_start_without_mail() -> None:
    with pytest.raises(ValidationError, match="SMTP_URL"):
        production(SMTP_URL="")


@pytest.mark.parametrize("secret", ["", "short"])
def test_production_refuses_a_default_or_short_secret(secret: str) -> None:
    with pytest.raises(ValidationError, match="OVERSKILL_SECRET_KEY"):
        production(OVERSKILL_SECRET_KEY=secret)


@pytest.mark.parametrize("address", ["", "http://overskill.example"])
def test_production_refuses_an_address_without_tls(address: str) -> None:
    with pytest.raises(ValidationError, match="OVERSKILL_PUBLIC_URL"):
        production(OVERSKILL_PUBLIC_URL=address)


def test_development_needs_no_setting() -> None:
    assert configured().site_url == "http://localhost:3000"


def test_two_parts_can_not_share_a_port() -> None:
    with pytest.raises(ValidationError, match="three different ports"):
        configured(OVERSKILL_WEB_PORT=3001)


@pytest.mark.parametrize("name", ["OVERSKILL_PREVIEW_URL", "OVERSKILL_APPS_URL"])
def test_an_address_of_many_names_needs_its_placeholder(name: str) -> None:
    with pytest.raises(ValidationError, match=f"{name} must contain"):
        configured(**{name: "https://apps.example"})


def test_a_model_server_needs_the_name_of_a_model() -> None:
    with pytest.raises(ValidationError, match="AI_MODEL"):
        configured(AI_BASE_URL="http://localhost:11434/v1")


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    assert SECRET not in repr(production(DATABASE_URL=f"postgresql://u:{SECRET}@h/d"))
