"""Commands about the Cloudflare account, without one."""

from pathlib import Path

import pytest

from overskill.cli.cloudflare import cloudflare_account, object_store
from overskill.config import Settings, settings
from overskill.embedded.parts import EVERYTHING, Role, run_here
from tests.cli.conftest import CommandLine
from tests.support_cloudflare import cloudflare_settings


def test_setup_says_which_setting_comes_first(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERSKILL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OVERSKILL_SECRET_KEY", "x" * 32)
    settings.cache_clear()
    result = run("cloudflare", "setup")
    assert result.exit_code == 1
    assert "OVERSKILL_EDGE=cloudflare" in result.stderr


def test_the_settings_that_lack_are_named() -> None:
    with pytest.raises(ValueError, match="needs CLOUDFLARE_API_TOKEN, CLOUDFLARE_ZONE_ID too"):
        cloudflare_settings(CLOUDFLARE_API_TOKEN="", CLOUDFLARE_ZONE_ID="")


def test_doctor_says_that_this_machine_serves_apps() -> None:
    found = cloudflare_account(Settings())
    assert (found.state, found.detail) == ("off", "apps are served by this machine")


def test_doctor_says_where_objects_are(tmp_path: Path) -> None:
    assert str(tmp_path / "objects") in object_store(Settings(OVERSKILL_HOME=tmp_path)).detail


def test_no_edge_of_our_own_is_started_where_cloudflare_serves_apps() -> None:
    assert Role.EDGE not in run_here(cloudflare_settings(), EVERYTHING)
    assert run_here(Settings(), EVERYTHING) == EVERYTHING
