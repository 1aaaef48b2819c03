"""Settings -> the builders that may be asked."""

import subprocess
import sys

from overskill.bundler import builds
from overskill.clients.builders import BuilderName, aws_lambda, fargate, github
from overskill.clients.builders.connect import connect_builders
from overskill.clients.bundler import FakeBundler
from overskill.clients.jobs import TIMEOUT_SECONDS
from overskill.config import Settings

EVERY = {
    "OVERSKILL_BUILDER_FALLBACKS": "lambda, fargate, github",
    "OVERSKILL_AWS_REGION": "eu-central-1",
    "OVERSKILL_BUILDS_BUCKET": "builds",
    "OVERSKILL_LAMBDA_FUNCTION": "overskill-build",
    "OVERSKILL_FARGATE_CLUSTER": "apps",
    "OVERSKILL_FARGATE_TASK": "build",
    "OVERSKILL_FARGATE_SUBNETS": "subnet-1, subnet-2",
    "OVERSKILL_GITHUB_BUILDER": "acme/builds",
    "OVERSKILL_GITHUB_BUILDER_TOKEN": "secret",
}


def test_only_what_the_settings_name_is_there() -> None:
    assert list(connect_builders(Settings(), FakeBundler())) == [BuilderName.LOCAL]


def test_every_builder_is_there_under_its_name() -> None:
    builders = connect_builders(Settings.model_validate(EVERY), FakeBundler())
    assert set(builders) == set(BuilderName)
    assert all(builder.name is name for name, builder in builders.items())


def test_what_speaks_to_amazon_is_not_loaded_before_it_is_needed() -> None:
    look = "import overskill.clients.builders.connect, sys; print('boto3' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == "False"


def test_without_a_token_of_its_own_the_workflow_is_asked_by_the_apps_installation() -> None:
    chosen = {**EVERY, "OVERSKILL_GITHUB_BUILDER_TOKEN": "", "OVERSKILL_GITHUB_BUILDER_INSTALLATION": "77"}
    assert BuilderName.GITHUB in connect_builders(Settings.model_validate(chosen), FakeBundler())


def test_a_publish_may_ask_every_builder_one_after_the_other() -> None:
    longest = sum(
        (builds._BUILD_SECONDS, builds._QUEUE_SECONDS, aws_lambda._SECONDS, fargate._SECONDS, github._SECONDS)
    )
    assert longest + 120 <= TIMEOUT_SECONDS["deploy"]
