"""What the edge makes of the settings."""

import base64
from pathlib import Path

import pytest

from overskill.config import Settings
from overskill.edge.configuration import EdgeOptions, render
from tests.support_edge import settings_for


def production(home: Path) -> Settings:
    needed = {"OVERSKILL_ENVIRONMENT": "production", "OVERSKILL_SECRET_KEY": "x" * 32, "SMTP_URL": "smtp://mail"}
    return settings_for(home, 1, **needed, OVERSKILL_PUBLIC_URL="https://example.com")


@pytest.mark.parametrize(
    ("apps_url", "domains"),
    [
        ("", ("localhost",)),
        ("https://{slug}.apps.example.com", ("apps.example.com", "localhost")),
        ("http://{slug}.localhost:8787", ("localhost",)),
        ("https://example.com/app/{slug}", ("localhost",)),
    ],
)
def test_apps_live_below_the_domain_of_their_address(apps_url: str, domains: tuple[str, ...], tmp_path: Path) -> None:
    settings = settings_for(tmp_path, 1, OVERSKILL_APPS_URL=apps_url)
    assert EdgeOptions.from_settings(settings).base_domains == domains


def test_a_proxy_is_trusted_only_when_there_is_one(tmp_path: Path) -> None:
    assert not EdgeOptions.from_settings(settings_for(tmp_path, 1)).trusts_proxy
    assert EdgeOptions.from_settings(settings_for(tmp_path, 1, OVERSKILL_PROXY_HOPS=1)).trusts_proxy


def test_apps_are_held_to_a_rate_in_production_alone(tmp_path: Path) -> None:
    assert EdgeOptions.from_settings(production(tmp_path)).requests_per_second == 200
    assert EdgeOptions.from_settings(settings_for(tmp_path, 1)).requests_per_second == 0


def test_apps_are_served_by_path_on_the_sites_host_in_development_alone(tmp_path: Path) -> None:
    assert EdgeOptions.from_settings(production(tmp_path)).site_host == "example.com"
    assert EdgeOptions.from_settings(settings_for(tmp_path, 1)).site_host == ""


@pytest.mark.parametrize("length", range(50, 110))
def test_sockets_have_paths_that_the_kernel_takes(length: int) -> None:
    options = EdgeOptions(home=Path("/" + "h" * length), host="127.0.0.1", port=1)
    assert len(str(options.run / "front-15.health.sock")) <= 100
    assert len(str(options.run / "sandbox.sock")) <= 100


def test_only_the_front_knows_the_namespaces_and_only_the_sandbox_the_key_of_the_secrets(tmp_path: Path) -> None:
    options = EdgeOptions(home=tmp_path, host="127.0.0.1", port=1, instance="mine", secrets_key=b"k" * 32)
    front, sandbox = (
        render(options, pool, sandbox_socket=tmp_path / "s", journal_key="journal") for pool in ("front", "sandbox")
    )
    key = base64.b64encode(b"k" * 32).decode()
    assert "overskill-mine-production" in front
    assert key not in front
    assert "overskill-mine-production" not in sandbox
    assert key in sandbox


def test_options_do_not_show_secrets(tmp_path: Path) -> None:
    options = EdgeOptions.from_settings(production(tmp_path))
    assert options.secrets_key
    assert "secrets_key" not in repr(options)
