"""What `doctor` says about builders."""

import pytest

from overskill.cli import builders as command
from overskill.clients.builders import BuilderName, FakeBuilder, connect
from overskill.clients.builders.protocol import BuilderDown
from overskill.config import Settings

LAMBDA = {
    "OVERSKILL_BUILDER": "lambda",
    "OVERSKILL_BUILDER_FALLBACKS": "local",
    "OVERSKILL_AWS_REGION": "eu-central-1",
    "OVERSKILL_BUILDS_BUCKET": "builds",
    "OVERSKILL_LAMBDA_FUNCTION": "overskill-build",
}


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch) -> FakeBuilder:
    """What is behind the builder `lambda`."""
    builder = FakeBuilder(BuilderName.LAMBDA)
    monkeypatch.setattr(connect, "LambdaBuilder", lambda *_: builder)
    return builder


def test_this_machine_builds_unless_settings_say_otherwise(settings: Settings) -> None:
    found = command.builders(settings)
    assert (found.state, found.detail) == ("embedded", "apps are built by this machine")


def test_builders_elsewhere_that_answer_are_named(function: FakeBuilder) -> None:
    found = command.builders(Settings.model_validate(LAMBDA))
    assert (found.state, found.detail) == ("configured", "lambda, local")


def test_what_a_builder_elsewhere_refuses_is_told_in_its_own_words(function: FakeBuilder) -> None:
    function.errors.append(BuilderDown("AWS Lambda does not take builds right now.", "AccessDenied on DryRun"))
    found = command.builders(Settings.model_validate(LAMBDA))
    assert found.is_bad
    assert found.detail == "lambda: AWS Lambda does not take builds right now. AccessDenied on DryRun"
