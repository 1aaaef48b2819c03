"""The settings of builders: who builds what is published, and where those elsewhere are."""

import re
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

BuilderChoice = Literal["local", "lambda", "github", "fargate"]
_NAMES = ("local", "lambda", "github", "fargate")
_EXPERIMENT = re.compile(r"(local|lambda|github|fargate):(\d{1,2}|100)")


class BuilderSettings(BaseSettings):
    builder: BuilderChoice = Field("local", alias="OVERSKILL_BUILDER")
    builder_fallbacks: str = Field("", alias="OVERSKILL_BUILDER_FALLBACKS")
    builder_large: Literal["", BuilderChoice] = Field("", alias="OVERSKILL_BUILDER_LARGE")
    builder_experiment: str = Field("", alias="OVERSKILL_BUILDER_EXPERIMENT")

    aws_region: str = Field("", alias="OVERSKILL_AWS_REGION")
    builds_bucket: str = Field("", alias="OVERSKILL_BUILDS_BUCKET")
    lambda_function: str = Field("", alias="OVERSKILL_LAMBDA_FUNCTION")
    fargate_cluster: str = Field("", alias="OVERSKILL_FARGATE_CLUSTER")
    fargate_task: str = Field("", alias="OVERSKILL_FARGATE_TASK")
    fargate_subnets: str = Field("", alias="OVERSKILL_FARGATE_SUBNETS")
    fargate_security_groups: str = Field("", alias="OVERSKILL_FARGATE_SECURITY_GROUPS")
    github_builder: str = Field("", alias="OVERSKILL_GITHUB_BUILDER", pattern=r"^([\w.-]+/[\w.-]+)?$")
    github_builder_token: SecretStr = Field(SecretStr(""), alias="OVERSKILL_GITHUB_BUILDER_TOKEN")
    github_builder_installation: int = Field(0, alias="OVERSKILL_GITHUB_BUILDER_INSTALLATION", ge=0)

    @model_validator(mode="after")
    def _check_builders(self) -> Self:
        if unknown := [builder for builder in self.fallback_builders if builder not in _NAMES]:
            raise ValueError(f"OVERSKILL_BUILDER_FALLBACKS names {', '.join(unknown)}. There are {', '.join(_NAMES)}.")
        if self.builder_experiment and not _EXPERIMENT.fullmatch(self.builder_experiment):
            raise ValueError("OVERSKILL_BUILDER_EXPERIMENT is a builder and its share in percent, such as lambda:10.")
        for builder in sorted(self.named_builders):
            missing = [name for name, value in self._needed(builder).items() if not value]
            if missing:
                raise ValueError(f"The builder {builder} needs {', '.join(missing)} too.")
        return self

    def _needed(self, builder: str) -> dict[str, str]:
        """Each setting without which it can't work, and what it is set to."""
        aws = {"OVERSKILL_AWS_REGION": self.aws_region, "OVERSKILL_BUILDS_BUCKET": self.builds_bucket}
        match builder:
            case "lambda":
                return {**aws, "OVERSKILL_LAMBDA_FUNCTION": self.lambda_function}
            case "fargate":
                task = {"OVERSKILL_FARGATE_TASK": self.fargate_task, "OVERSKILL_FARGATE_SUBNETS": self.fargate_subnets}
                return {**aws, "OVERSKILL_FARGATE_CLUSTER": self.fargate_cluster, **task}
            case "github":
                token = self.github_builder_token.get_secret_value() or str(self.github_builder_installation or "")
                return {"OVERSKILL_GITHUB_BUILDER": self.github_builder, "OVERSKILL_GITHUB_BUILDER_TOKEN": token}
        return {}

    @property
    def fallback_builders(self) -> tuple[str, ...]:
        return words(self.builder_fallbacks)

    @property
    def fargate_subnet_ids(self) -> tuple[str, ...]:
        return words(self.fargate_subnets)

    @property
    def fargate_security_group_ids(self) -> tuple[str, ...]:
        return words(self.fargate_security_groups)

    @property
    def experiment(self) -> tuple[str, int] | None:
        """The builder that is tried out, and its share of all publishes in percent."""
        found = _EXPERIMENT.fullmatch(self.builder_experiment)
        return (found[1], int(found[2])) if found else None

    @property
    def named_builders(self) -> frozenset[str]:
        """Every one that may be asked; this machine builds what has packages of its own, wherever the rest is built."""
        tried = () if self.experiment is None else (self.experiment[0],)
        large = (self.builder_large,) if self.builder_large else ()
        return frozenset(("local", self.builder, *self.fallback_builders, *large, *tried))


def words(text: str) -> tuple[str, ...]:
    """A list with commas between."""
    return tuple(word for word in re.split(r"[\s,]+", text) if word)
