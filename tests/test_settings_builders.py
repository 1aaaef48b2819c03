"""Builders that are named without what they need are refused at the start, not at the first publish."""

import pytest

from overskill.config import Settings

AWS = {"OVERSKILL_AWS_REGION": "eu-central-1", "OVERSKILL_BUILDS_BUCKET": "builds"}


def test_without_settings_this_machine_builds() -> None:
    assert Settings().named_builders == {"local"}


def test_every_builder_that_may_be_asked_is_named() -> None:
    settings = Settings.model_validate(
        {
            **AWS,
            "OVERSKILL_BUILDER_FALLBACKS": "lambda",
            "OVERSKILL_LAMBDA_FUNCTION": "build",
            "OVERSKILL_BUILDER_EXPERIMENT": "github:10",
            "OVERSKILL_GITHUB_BUILDER": "acme/builds",
            "OVERSKILL_GITHUB_BUILDER_TOKEN": "t",
        }
    )
    assert settings.named_builders == {"local", "lambda", "github"}
    assert settings.experiment == ("github", 10)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"OVERSKILL_BUILDER": "lambda"}, "The builder lambda needs OVERSKILL_AWS_REGION, OVERSKILL_BUILDS_BUCKET"),
        ({"OVERSKILL_BUILDER_LARGE": "fargate", **AWS}, "The builder fargate needs OVERSKILL_FARGATE_CLUSTER"),
        ({"OVERSKILL_BUILDER_FALLBACKS": "local,cloud"}, "names cloud. There are local, lambda, github, fargate"),
        ({"OVERSKILL_BUILDER_EXPERIMENT": "lambda:101"}, "such as lambda:10"),
        ({"OVERSKILL_BUILDER_EXPERIMENT": "github:5"}, "The builder github needs OVERSKILL_GITHUB_BUILDER"),
    ],
)
def test_what_is_missing_or_misspelt_is_named(chosen: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Settings.model_validate(chosen)
