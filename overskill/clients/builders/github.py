"""Builds in a workflow of GitHub Actions: files to a blob, a dispatch, what is published back as an artifact.

The repository is one for builds alone; overskill/bundler/remote/package.py makes its contents. The blob is no part of
any commit: only who knows its hash and may read the repository finds it, until GitHub collects it.
"""

import base64
import time
from collections.abc import Callable
from typing import Any

import httpx

from overskill.clients.builders.archive import pack_files, unpack_bundle
from overskill.clients.builders.finished_runs import FinishedRuns, Unheard
from overskill.clients.builders.protocol import BuilderDown, BuilderName, BuildRequest
from overskill.clients.bundler import Bundle

API = "https://api.github.com"
WORKFLOW = "build.yml"
_BRANCH = "main"
_LABEL = "GitHub Actions"
_SECONDS = 300.0
_POLL_SECONDS = 3.0
_REQUEST_SECONDS = 30.0
_LONGEST_DETAILS = 300


class GithubBuilder:
    name = BuilderName.GITHUB

    def __init__(
        self,
        repository: str,
        token: Callable[[], str],
        *,
        address: str = API,
        transport: httpx.BaseTransport | None = None,
        seconds: float = _SECONDS,
        finished: FinishedRuns | None = None,
    ) -> None:
        """`token` is asked once a build: one of an installation is good for an hour."""
        self._api = address
        self._repository = f"/repos/{repository}"
        self._token = token
        self._transport = transport
        self._seconds = seconds
        self._finished = finished or Unheard()

    def build(self, request: BuildRequest) -> Bundle:
        began = time.monotonic()
        try:
            with self._connected() as github:
                run = self._dispatch(github, request)
                self._wait(github, run)
                archive = self._artifact(github, run)
        except httpx.HTTPError as error:
            raise BuilderDown(f"{_LABEL} does not answer.", str(error)) from error
        return unpack_bundle(archive, milliseconds=(time.monotonic() - began) * 1000, release=request.release)

    def check(self) -> None:
        try:
            with self._connected() as github:
                self._ask(github, "GET", f"actions/workflows/{WORKFLOW}/runs?per_page=1")
        except httpx.HTTPError as error:
            raise BuilderDown(f"{_LABEL} does not answer.", str(error)) from error

    def _connected(self) -> httpx.Client:
        return httpx.Client(
            base_url=self._api,
            headers={
                "Authorization": f"Bearer {self._token()}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
            timeout=_REQUEST_SECONDS,
            transport=self._transport,
            follow_redirects=True,  # artifacts are elsewhere; httpx takes the token to no other host
        )

    def _dispatch(self, github: httpx.Client, request: BuildRequest) -> int:
        """Returns the run's id."""
        content = base64.b64encode(pack_files(request.files)).decode()
        blob = self._ask(github, "POST", "git/blobs", {"content": content, "encoding": "base64"}).json()
        inputs = {"blob": blob["sha"], "deployment": request.deployment_id}
        wanted = {"ref": _BRANCH, "inputs": inputs, "return_run_details": True}
        run: int = self._ask(github, "POST", f"actions/workflows/{WORKFLOW}/dispatches", wanted).json()[
            "workflow_run_id"
        ]
        return run

    def _wait(self, github: httpx.Client, run: int) -> None:
        deadline = time.monotonic() + self._seconds
        while (found := self._ask(github, "GET", f"actions/runs/{run}").json())["status"] != "completed":
            if time.monotonic() > deadline:
                raise BuilderDown(f"The build at {_LABEL} took longer than {self._seconds:.0f} s.", found["html_url"])
            self._finished.wait(run, _POLL_SECONDS)
        if found["conclusion"] != "success":
            raise BuilderDown(f"The build at {_LABEL} stopped unexpectedly.", found["html_url"])

    def _artifact(self, github: httpx.Client, run: int) -> bytes:
        artifacts = self._ask(github, "GET", f"actions/runs/{run}/artifacts").json()["artifacts"]
        if not artifacts:
            raise BuilderDown(f"The build at {_LABEL} left nothing behind.", f"Run {run}")
        return self._ask(github, "GET", f"actions/artifacts/{artifacts[0]['id']}/zip").content

    def _ask(self, github: httpx.Client, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        response = github.request(method, f"{self._repository}/{path}", json=body)
        if not response.is_success:
            said = f"{response.status_code} to {method} {path}: {response.text[:_LONGEST_DETAILS]}"
            raise BuilderDown(f"{_LABEL} does not take builds right now.", said)
        return response
