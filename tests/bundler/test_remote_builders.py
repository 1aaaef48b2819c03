"""Builders elsewhere: the same bytes as here, through an S3 of moto's and the handlers in Node as they are deployed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.validate import ParamValidator
from moto.server import ThreadedMotoServer

from overskill.bundler.setup import SOURCES, Installation
from overskill.clients.builders import BuildRequest
from overskill.clients.builders.archive import pack_files, unpack_bundle
from overskill.clients.builders.aws import Aws
from overskill.clients.builders.aws_lambda import LambdaBuilder
from overskill.clients.builders.fargate import CONTAINER, FargateBuilder, Place
from overskill.clients.builders.protocol import BuilderDown
from overskill.clients.bundler import BuildFailed
from overskill.embedded import node
from overskill.errors import InvalidInput
from overskill.starter import starter_files
from tests.support_bundler import SMALL_APP, builds

BUCKET = "builds"
RELEASE = "this-one"
REMOTE = SOURCES / "remote"
LAMBDA_SERVER = Path(__file__).parent / "lambda_server.mjs"


def request(files: dict[str, str]) -> BuildRequest:
    return BuildRequest(files, "lock", RELEASE, "production", "deployment")


@pytest.fixture(scope="module")
def environment(bundler_installation: Installation) -> dict[str, str]:
    return {
        **os.environ,
        **bundler_installation.environment,
        "OVERSKILL_BUNDLER_VENDOR": str(bundler_installation.vendor),
        "OVERSKILL_BUNDLER_RELEASE": RELEASE,
    }


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module")
def lambda_address(environment: dict[str, str]) -> Iterator[str]:
    command = [str(node.node()), str(LAMBDA_SERVER), str(REMOTE / "lambda.mjs")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.terminate()


@pytest.fixture
def aws(s3_address: str, lambda_address: str, monkeypatch: pytest.MonkeyPatch) -> Aws:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    connected = Aws("us-east-1", {"s3": s3_address, "lambda": lambda_address})
    connected.client("s3").create_bucket(Bucket=BUCKET)
    return connected


@pytest.fixture
def lambda_builder(aws: Aws) -> LambdaBuilder:
    return LambdaBuilder(aws, BUCKET, "overskill-build")


def left_behind(aws: Aws) -> list[str]:
    return [found["Key"] for found in aws.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def test_lambda_builds_the_same_bytes_as_this_machine(
    lambda_builder: LambdaBuilder, aws: Aws, bundler_installation: Installation, tmp_path: Path
) -> None:
    here = builds(bundler_installation, tmp_path)(starter_files())
    there = lambda_builder.build(request(starter_files()))
    assert there.assets == here.assets
    assert there.size == here.size
    assert left_behind(aws) == []


def test_a_check_leaves_nothing_behind_and_runs_nothing(lambda_builder: LambdaBuilder, aws: Aws) -> None:
    lambda_builder.check()
    assert left_behind(aws) == []


def test_a_check_says_what_is_missing(aws: Aws) -> None:
    with pytest.raises(BuilderDown) as raised:
        LambdaBuilder(aws, "another-bucket", "overskill-build").check()
    assert "NoSuchBucket" in raised.value.details


def test_what_does_not_compile_is_told_by_lambda_as_by_this_machine(lambda_builder: LambdaBuilder, aws: Aws) -> None:
    app = 'import pad from "left-pad";\nexport default () => pad;\n'
    with pytest.raises(BuildFailed, match=r'src/App\.tsx:1: Package "left-pad" is not available'):
        lambda_builder.build(request({**SMALL_APP, "src/App.tsx": app}))
    assert left_behind(aws) == []


def test_what_no_app_may_have_is_refused_by_lambda_too(lambda_builder: LambdaBuilder) -> None:
    with pytest.raises(InvalidInput, match="not a path"):
        lambda_builder.build(request({"../x": ""}))


def test_a_function_of_another_release_is_the_builders_fault(lambda_builder: LambdaBuilder) -> None:
    with pytest.raises(BuilderDown, match="not of this release"):
        lambda_builder.build(replace(request(SMALL_APP), release="a newer one"))


def test_a_function_that_fails_is_the_builders_fault(lambda_builder: LambdaBuilder, aws: Aws) -> None:
    aws._clients["s3"] = SignsForNobody(aws.client("s3"))
    with pytest.raises(BuilderDown, match="stopped unexpectedly") as raised:
        lambda_builder.build(request(SMALL_APP))
    assert "the bucket answered 404 to GET" in raised.value.details
    assert left_behind(aws) == []


@dataclass
class SignsForNobody:
    """An S3 whose signed addresses lead to a bucket that is not there."""

    real: Any

    def generate_presigned_url(self, call: str, Params: dict[str, str], ExpiresIn: int) -> str:  # noqa: N803
        return str(self.real.generate_presigned_url(call, Params={**Params, "Bucket": "gone"}, ExpiresIn=ExpiresIn))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def test_an_aws_that_can_not_be_reached_is_the_builders_fault(aws: Aws) -> None:
    nobody = Aws("us-east-1", {**aws.endpoints, "lambda": "http://127.0.0.1:9"})
    with pytest.raises(BuilderDown, match="AWS Lambda does not take builds right now"):
        LambdaBuilder(nobody, BUCKET, "overskill-build").build(request(SMALL_APP))
    assert left_behind(aws) == []


@dataclass
class Containers:
    """ECS, as far as builds use it: a task is our container's program, run to its end when it is first asked for."""

    environment: dict[str, str]
    tasks: dict[str, dict[str, Any]]
    program: tuple[str, ...] = (str(REMOTE / "task.mjs"),)
    has_room: bool = True
    never_stops: bool = False
    stopped: tuple[str, ...] = ()

    def run_task(self, **asked: Any) -> dict[str, Any]:
        shape = Aws("us-east-1").client("ecs").meta.service_model.operation_model("RunTask").input_shape
        assert not ParamValidator().validate(asked, shape).has_errors()
        if not self.has_room:
            return {"tasks": [], "failures": [{"reason": "RESOURCE:MEMORY"}]}
        assert asked["launchType"] == "FARGATE"
        assert asked["networkConfiguration"]["awsvpcConfiguration"]["subnets"] == ["subnet-1"]
        (override,) = asked["overrides"]["containerOverrides"]
        arn = f"arn:aws:ecs:us-east-1:1:task/{asked['cluster']}/{len(self.tasks)}"
        self.tasks[arn] = {variable["name"]: variable["value"] for variable in override["environment"]}
        return {"tasks": [{"taskArn": arn}], "failures": []}

    def describe_tasks(self, cluster: str, tasks: list[str]) -> dict[str, Any]:
        if self.never_stops:
            return {"tasks": [{"lastStatus": "RUNNING", "containers": []}]}
        if tasks[0] not in self.tasks:
            return {"tasks": [], "failures": [{"reason": "MISSING"}]}
        ran = subprocess.run(
            [str(node.node()), *self.program], env={**self.environment, **self.tasks[tasks[0]]}, check=False
        )
        container = {"name": CONTAINER, "exitCode": ran.returncode}
        return {"tasks": [{"lastStatus": "STOPPED", "stoppedReason": "It ended.", "containers": [container]}]}

    def stop_task(self, task: str, **_: str) -> None:
        self.stopped += (task,)


@pytest.fixture
def containers(aws: Aws, environment: dict[str, str]) -> Containers:
    started = Containers(environment, {})
    aws._clients["ecs"] = started
    return started


def fargate(aws: Aws, **more: Any) -> FargateBuilder:
    return FargateBuilder(aws, BUCKET, Place("apps", "build:1", ["subnet-1"]), sleep=lambda _: None, **more)


def test_a_container_builds_the_same_bytes_as_this_machine(
    aws: Aws, containers: Containers, bundler_installation: Installation, tmp_path: Path
) -> None:
    assert fargate(aws).build(request(SMALL_APP)).assets == builds(bundler_installation, tmp_path)(SMALL_APP).assets
    assert left_behind(aws) == []


def test_a_check_of_a_cluster_starts_nothing(aws: Aws, containers: Containers) -> None:
    fargate(aws).check()
    assert containers.tasks == {}
    assert left_behind(aws) == []


def test_a_container_that_ends_with_an_error_names_its_log(aws: Aws, containers: Containers) -> None:
    containers.program = ("-e", "process.exit(3)")
    with pytest.raises(BuilderDown, match="stopped unexpectedly") as raised:
        fargate(aws).build(request(SMALL_APP))
    assert raised.value.details.startswith("Status 3. It ended.")
    assert urlsplit(raised.value.details.split()[-1]).path == "/ecs/v2/clusters/apps/tasks/0/logs"


def test_a_cluster_without_room_says_so(aws: Aws, containers: Containers) -> None:
    containers.has_room = False
    with pytest.raises(BuilderDown, match="no room") as raised:
        fargate(aws).build(request(SMALL_APP))
    assert raised.value.details == "RESOURCE:MEMORY"


def test_a_container_that_takes_too_long_is_stopped(aws: Aws, containers: Containers) -> None:
    containers.never_stops = True
    with pytest.raises(BuilderDown, match="took longer than 0 s"):
        fargate(aws, seconds=0.0).build(request(SMALL_APP))
    assert containers.stopped == ("arn:aws:ecs:us-east-1:1:task/apps/0",)


def test_a_workflow_builds_the_same_bytes_as_this_machine(
    environment: dict[str, str], bundler_installation: Installation, tmp_path: Path
) -> None:
    """Its steps as the workflow runs them; what it uploads is the folder, as a zip."""
    (tmp_path / "app.zip").write_bytes(pack_files(SMALL_APP))
    command = [str(node.node()), str(REMOTE / "task.mjs"), "app.zip", "bundle"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, timeout=60)
    artifact = zipped_folder(tmp_path / "bundle")
    here = builds(bundler_installation, tmp_path / "run")(SMALL_APP)
    assert unpack_bundle(artifact, milliseconds=0).assets == here.assets


def zipped_folder(folder: Path) -> bytes:
    return Path(shutil.make_archive(str(folder), "zip", folder)).read_bytes()
