"""Builds in a workflow: each request, and each answer that the scripted GitHub gives, holds to GitHub's description."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from redis import Redis

from overskill.clients.builders import BuildRequest
from overskill.clients.builders.archive import pack_bundle, pack_files
from overskill.clients.builders.finished_runs import RedisFinishedRuns
from overskill.clients.builders.github import GithubBuilder
from overskill.clients.builders.protocol import BuilderDown
from overskill.clients.bundler import Asset, Bundle
from tests.support_contract import DATA, description

REQUEST = BuildRequest({"src/App.tsx": "export default () => null;"}, "lock", "", "production", "6f1c")
BUNDLE = Bundle({"/index.html": Asset(b"<p>", "text/html; charset=utf-8")}, size=3, milliseconds=1)
REPOSITORY = "/repos/acme/builds"
STORAGE = "https://storage.example.com/artifact"
RUN = json.loads((DATA / "github_builds" / "workflow_run.json").read_text())
ARTIFACT = {
    "id": 11,
    "node_id": "A",
    "name": "bundle",
    "size_in_bytes": 3,
    "url": f"https://api.github.com{REPOSITORY}/actions/artifacts/11",
    "archive_download_url": f"https://api.github.com{REPOSITORY}/actions/artifacts/11/zip",
    "expired": False,
    "created_at": None,
    "expires_at": None,
    "updated_at": None,
}


@dataclass
class Github(httpx.BaseTransport):
    """One repository with one workflow. `statuses` are what its run is asked for, one by one."""

    statuses: list[str] = field(default_factory=lambda: ["queued", "in_progress", "completed"])
    conclusion: str = "success"
    artifacts: list[dict[str, Any]] = field(default_factory=lambda: [ARTIFACT])
    refuses: str = ""  # the end of a path that is answered with 403
    blob: bytes = b""
    inputs: dict[str, str] = field(default_factory=dict)
    tokens_elsewhere: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host != "api.github.com":
            self.tokens_elsewhere.append(request.headers.get("authorization", ""))
            return httpx.Response(200, content=pack_bundle(BUNDLE))
        assert request.headers["authorization"] == "Bearer secret"
        contract = description("github_builds")
        operation = contract.operation(request.method, request.url.path)
        body = json.loads(request.read() or "null")
        if operation.bodies:
            contract.check(body, operation.bodies["application/json"]["schema"], operation.where)
        if self.refuses and request.url.path.endswith(self.refuses):
            return httpx.Response(403, json={"message": "Resource not accessible by personal access token"})
        response = self.answer(request.url.path.removeprefix(REPOSITORY), body)
        if response.content:
            schema = operation.facts["responses"][str(response.status_code)]["content"]["application/json"]["schema"]
            contract.check(response.json(), schema, f"the answer to {operation.where}")
        return response

    def answer(self, path: str, body: Any) -> httpx.Response:
        match path:
            case "/git/blobs":
                self.blob = base64.b64decode(body["content"])
                return httpx.Response(201, json={"url": "https://api.github.com/blob", "sha": "3a0f"})
            case "/actions/workflows/build.yml/dispatches":
                self.inputs = body["inputs"]
                run = {
                    "workflow_run_id": 7,
                    "run_url": "https://api.github.com/run",
                    "html_url": "https://github.com/run",
                }
                return httpx.Response(200, json=run)
            case "/actions/workflows/build.yml/runs":
                return httpx.Response(200, json={"total_count": 0, "workflow_runs": []})
            case "/actions/runs/7":
                status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
                conclusion = self.conclusion if status == "completed" else None
                return httpx.Response(200, json={**RUN, "id": 7, "status": status, "conclusion": conclusion})
            case "/actions/runs/7/artifacts":
                return httpx.Response(200, json={"total_count": len(self.artifacts), "artifacts": self.artifacts})
            case "/actions/artifacts/11/zip":
                return httpx.Response(302, headers={"location": STORAGE})
        raise AssertionError(path)


@pytest.fixture
def github() -> Github:
    return Github()


class FinishedAtOnce:
    """Every wait is over as it begins."""

    def __init__(self) -> None:
        self.waited_for: list[int] = []

    def tell(self, run: int) -> None: ...

    def wait(self, run: int, seconds: float) -> None:
        self.waited_for.append(run)


def builder(github: Github, **more: Any) -> GithubBuilder:
    return GithubBuilder("acme/builds", lambda: "secret", transport=github, finished=FinishedAtOnce(), **more)


def test_a_build_comes_back_as_the_runs_artifact(github: Github) -> None:
    assert builder(github).build(REQUEST).assets == BUNDLE.assets


def test_the_run_is_given_the_files_as_a_blob_and_whose_build_it_is(github: Github) -> None:
    builder(github).build(REQUEST)
    assert github.blob == pack_files(REQUEST.files)
    assert github.inputs == {"blob": "3a0f", "deployment": "6f1c"}


def test_a_check_asks_whether_the_workflow_is_there(github: Github) -> None:
    builder(github).check()
    assert github.blob == b""
    github.refuses = "/runs"
    with pytest.raises(BuilderDown, match="does not take builds"):
        builder(github).check()


def test_the_token_stays_with_github(github: Github) -> None:
    builder(github).build(REQUEST)
    assert github.tokens_elsewhere == [""]


def test_a_run_that_fails_is_the_builders_fault_and_is_named(github: Github) -> None:
    github.conclusion = "failure"
    with pytest.raises(BuilderDown, match="stopped unexpectedly") as raised:
        builder(github).build(REQUEST)
    assert raised.value.details == RUN["html_url"]


def test_between_its_looks_it_waits_to_be_told_of_its_own_run(github: Github) -> None:
    finished = FinishedAtOnce()
    GithubBuilder("acme/builds", lambda: "secret", transport=github, finished=finished).build(REQUEST)
    assert finished.waited_for == [7, 7]


def test_who_waits_for_a_run_is_woken_when_it_is_over(redis: Redis) -> None:
    finished = RedisFinishedRuns(redis)
    finished.tell(7)
    finished.wait(7, 600)  # told before: it returns at once
    finished.wait(7, 0.01)


def test_a_run_that_never_ends_is_not_waited_for(github: Github) -> None:
    github.statuses = ["queued"]
    with pytest.raises(BuilderDown, match="took longer than 0 s"):
        builder(github, seconds=0.0).build(REQUEST)


def test_a_run_without_an_artifact_is_the_builders_fault(github: Github) -> None:
    github.artifacts = []
    with pytest.raises(BuilderDown, match="left nothing behind"):
        builder(github).build(REQUEST)


@pytest.mark.parametrize("path", ["/git/blobs", "/dispatches", "/runs/7", "/artifacts", "/zip"])
def test_what_a_token_may_not_do_is_told_to_whoever_runs_the_instance(github: Github, path: str) -> None:
    github.refuses = path
    with pytest.raises(BuilderDown, match="does not take builds right now") as raised:
        builder(github).build(REQUEST)
    assert "403" in raised.value.details
    assert "not accessible" in raised.value.details
    assert "secret" not in raised.value.details


def test_a_github_that_can_not_be_reached_is_the_builders_fault() -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    unreachable = GithubBuilder("acme/builds", lambda: "secret", transport=httpx.MockTransport(nobody))
    with pytest.raises(BuilderDown, match="does not answer"):
        unreachable.build(REQUEST)
