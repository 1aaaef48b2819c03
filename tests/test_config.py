import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from overskill.config import Settings, settings
from tests.support_settings import without_settings

SECRET = "x" * 32


def configured(**values: Any) -> Settings:
    return Settings(**values)  # type: ignore[call-arg]  # pydantic-settings takes it


def production(**values: Any) -> Settings:
    good = {
        "OVERSKILL_SECRET_KEY": SECRET,
        "OVERSKILL_PUBLIC_URL": "https://overskill.example",
        "SMTP_URL": "smtp://mail.example",
    }
    return configured(OVERSKILL_ENVIRONMENT="production", **(good | values))


def test_production_starts_with_a_secret_and_an_https_address() -> None:
    assert production().is_production


def test_public_addresses_are_numbers() -> None:
    settings = Settings.model_validate({"OVERSKILL_PUBLIC_ADDRESSES": "203.0.113.7, 2001:db8::7"})
    assert settings.addresses == ["203.0.113.7", "2001:db8::7"]
    with pytest.raises(ValueError, match=r"OVERSKILL_PUBLIC_ADDRESSES: apps\.example\.com is no address"):
        Settings.model_validate({"OVERSKILL_PUBLIC_ADDRESSES": "apps.example.com"})


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


@pytest.mark.parametrize(
    "address",
    [
        "https://{}.overskill.example",  # below the site
        "https://{}.example.overskill.example",
        "https://overskill.example/app/{}",  # the site's own host
        "https://overskill.example:8787/app/{}",
        "https://OverSkill.Example./app/{}",
    ],
)
@pytest.mark.parametrize(("name", "mark"), [("OVERSKILL_APPS_URL", "{slug}"), ("OVERSKILL_PREVIEW_URL", "{key}")])
def test_production_refuses_apps_that_could_set_cookies_for_the_site(name: str, mark: str, address: str) -> None:
    with pytest.raises(ValidationError, match=f"{name} must be on another domain"):
        production(**{name: address.replace("{}", mark)})


def test_production_refuses_apps_beside_and_above_the_site() -> None:
    for apps in ("https://{slug}.apps.example.com", "https://{slug}.example.com"):
        with pytest.raises(ValidationError, match="OVERSKILL_APPS_URL must be on another domain"):
            production(OVERSKILL_PUBLIC_URL="https://studio.example.com", OVERSKILL_APPS_URL=apps)


def test_production_takes_apps_on_a_domain_of_their_own() -> None:
    apps = production(OVERSKILL_APPS_URL="https://{slug}.overskill-apps.example")
    assert apps.app_address("habits") == "https://habits.overskill-apps.example"


def test_one_machine_may_show_apps_below_the_site() -> None:
    assert configured(OVERSKILL_APPS_URL="http://localhost:8787/app/{slug}").site_host == "localhost"


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


def test_settings_are_read_from_the_file_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "production.env"
    file.write_text("OVERSKILL_WEB_PORT=4000\n")
    monkeypatch.setenv("OVERSKILL_ENV_FILE", str(file))
    assert settings.__wrapped__().web_port == 4000


def test_tests_see_no_setting_of_a_developer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("AI_BASE_URL=http://localhost:11434/v1\nAI_MODEL=qwen3\n")
    monkeypatch.chdir(tmp_path)
    assert not settings.__wrapped__().has_model
    monkeypatch.setenv("AI_MODEL", "qwen3")
    assert "AI_MODEL" not in without_settings(os.environ)
