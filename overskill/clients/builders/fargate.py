"""Builds in a task of AWS Fargate: a container that is started for one build, for apps that need time and memory."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from overskill.clients.builders.archive import unpack_bundle
from overskill.clients.builders.aws import Aws, Passage, answering, check_bucket, passage
from overskill.clients.builders.protocol import BuilderDown, BuilderName, BuildRequest
from overskill.clients.bundler import Bundle

CONTAINER = "builder"  # its name in the task definition
_LABEL = "AWS Fargate"
_SECONDS = 300.0
_POLL_SECONDS = 2.0
_NO_TASK = "0" * 32  # asking for it still says whether there is a cluster


@dataclass(frozen=True, slots=True)
class Place:
    """Where tasks run."""

    cluster: str
    task_definition: str
    subnets: Sequence[str]
    security_groups: Sequence[str] = ()


class FargateBuilder:
    name = BuilderName.FARGATE

    def __init__(
        self,
        aws: Aws,
        bucket: str,
        place: Place,
        *,
        seconds: float = _SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._aws = aws
        self._bucket = bucket
        self._place = place
        self._seconds = seconds
        self._sleep = sleep

    def build(self, request: BuildRequest) -> Bundle:
        began = time.monotonic()
        with answering(_LABEL), passage(self._aws, self._bucket, request) as through:
            self._wait(self._start(through))
            archive = through.fetch()
        return unpack_bundle(archive, milliseconds=(time.monotonic() - began) * 1000, release=request.release)

    def check(self) -> None:
        with answering(_LABEL):
            check_bucket(self._aws, self._bucket)
            self._ecs.describe_tasks(cluster=self._place.cluster, tasks=[_NO_TASK])

    def _start(self, through: Passage) -> str:
        """Returns the task's ARN."""
        network = {"subnets": list(self._place.subnets), "assignPublicIp": "ENABLED"}
        if self._place.security_groups:
            network["securityGroups"] = list(self._place.security_groups)
        variables = {"OVERSKILL_BUILD_INPUT": through.input_url, "OVERSKILL_BUILD_OUTPUT": through.output_url}
        environment = [{"name": name, "value": value} for name, value in variables.items()]
        answer = self._ecs.run_task(
            cluster=self._place.cluster,
            taskDefinition=self._place.task_definition,
            launchType="FARGATE",
            count=1,
            networkConfiguration={"awsvpcConfiguration": network},
            overrides={"containerOverrides": [{"name": CONTAINER, "environment": environment}]},
        )
        if not answer["tasks"]:
            reasons = "; ".join(failure.get("reason", "") for failure in answer["failures"])
            raise BuilderDown(f"{_LABEL} has no room for a build right now.", reasons)
        arn: str = answer["tasks"][0]["taskArn"]
        return arn

    def _wait(self, task: str) -> None:
        deadline = time.monotonic() + self._seconds
        while (found := self._described(task))["lastStatus"] != "STOPPED":
            if time.monotonic() > deadline:
                self._ecs.stop_task(cluster=self._place.cluster, task=task, reason="The build took too long.")
                raise BuilderDown(f"The build at {_LABEL} took longer than {self._seconds:.0f} s.", self._log(task))
            self._sleep(_POLL_SECONDS)
        status = next((each.get("exitCode") for each in found["containers"] if each["name"] == CONTAINER), None)
        if status != 0:
            reason = found.get("stoppedReason", "")
            raise BuilderDown(
                f"The build at {_LABEL} stopped unexpectedly.", f"Status {status}. {reason} {self._log(task)}"
            )

    def _described(self, task: str) -> dict[str, Any]:
        tasks = self._ecs.describe_tasks(cluster=self._place.cluster, tasks=[task])["tasks"]
        if not tasks:
            raise BuilderDown(f"{_LABEL} knows nothing of the build any more.", task)
        found: dict[str, Any] = tasks[0]
        return found

    def _log(self, task: str) -> str:
        """Where its log is read."""
        region, cluster = self._aws.region, self._place.cluster.rpartition("/")[2]
        console = f"https://{region}.console.aws.amazon.com/ecs/v2/clusters/{cluster}"
        return f"{console}/tasks/{task.rpartition('/')[2]}/logs?region={region}"

    @property
    def _ecs(self) -> Any:  # noqa: ANN401  # boto3 has no types
        return self._aws.client("ecs")
