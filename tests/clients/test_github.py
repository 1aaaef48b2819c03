"""GitHub's API as repositories of apps use it: requests and scripted answers hold to GitHub's own description."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote

import httpx
import httpx2
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.jwk import RSAKey
from nacl.encoding import Base64Encoder
from nacl.public import PrivateKey, SealedBox

from overskill.clients.github import CodeAccount, CodeRepository, Commit, GithubHost, PullRequest
from overskill.clients.github.host import blob_id
from overskill.config import Settings
from overskill.errors import Conflict, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable
from tests.support_contract import description

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
PLACE = CodeRepository(7, 99, "ada/habits", "main")
REPOSITORY = "/repos/ada/habits"
SHA = "a" * 40


def settings() -> Settings:
    return Settings.model_validate(
        {
            "GITHUB_APP_ID": "42",
            "GITHUB_APP_SLUG": "overskill",
            "GITHUB_PRIVATE_KEY": PEM.decode().replace("\n", "\\n"),
            "GITHUB_CLIENT_ID": "Iv1.abc",
            "GITHUB_CLIENT_SECRET": "client-secret",
            "GITHUB_WEBHOOK_SECRET": "webhook-secret",
        }
    )


@dataclass
class Github(httpx.BaseTransport):
    """Answers by "METHOD path"; `failures` are given first, one for each call."""

    answers: dict[str, Any]
    failures: list[httpx.Response | httpx.HTTPError] = field(default_factory=list)
    asked: list[tuple[str, Any, str]] = field(default_factory=list)  # what, with which body, whose token

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path, body = request.url.path, json.loads(request.read() or "null")
        what = f"{request.method} {path}"
        self._check(request.method, path, body)
        if path.endswith("/access_tokens"):
            return httpx.Response(201, json={"token": "of-installation", "expires_at": "2026-11-21T12:00:00Z"})
        self.asked.append((what, body, request.headers.get("authorization", "")))
        if self.failures:
            failure = self.failures.pop(0)
            if isinstance(failure, httpx.HTTPError):
                raise failure
            return failure
        answer = self.answers[what]
        if isinstance(answer, httpx.Response):
            return answer
        return httpx.Response(201 if request.method == "POST" else 200, json=answer)

    @staticmethod
    def _check(method: str, path: str, body: Any) -> None:
        contract = description("github")
        one_part = re.sub(r"(/contents|/git/refs?)/(.*)", lambda found: f"{found[1]}/{quote(found[2], safe='')}", path)
        operation = contract.operation(method, one_part)
        if operation.bodies:
            contract.check(body, operation.bodies["application/json"]["schema"], operation.where)
        else:
            assert body is None, operation.where


def host(github: Github) -> GithubHost:
    return GithubHost(settings(), transport=github, sleep=lambda _: None)


def test_our_app_signs_for_itself_and_an_installation_acts() -> None:
    github = Github({f"GET {REPOSITORY}/git/ref/heads/main": {"object": {"sha": SHA}}})
    client = host(github)
    assert client.head(PLACE) == SHA
    assert github.asked[0][2] == "Bearer of-installation"
    claims = jwt.decode(client._own_token(), RSAKey.import_key(PEM)).claims
    assert claims["iss"] == "42"
    assert claims["exp"] - claims["iat"] <= 600  # GitHub takes none that is good for longer


def test_a_token_of_an_installation_is_asked_for_once() -> None:
    github = Github({f"GET {REPOSITORY}/git/ref/heads/main": {"object": {"sha": SHA}}})
    client = host(github)
    tokens = [client.installation_token(7), client.installation_token(7)]
    client.head(PLACE)
    assert tokens == ["of-installation"] * 2
    assert len(client._tokens) == 1


def test_a_repository_that_was_renamed_is_found_where_github_sends_us() -> None:
    place = f"{REPOSITORY}/git/ref/heads/main"
    moved = httpx.Response(301, headers={"location": "https://api.github.com/repos/ada/habits/git/ref/heads/main?"})
    github = Github({f"GET {place}": {"object": {"sha": SHA}}}, failures=[moved])
    assert host(github).head(PLACE) == SHA


@pytest.mark.parametrize("branch", ["../../../../private/git/ref/heads/main", "..", "a/../b", "."])
def test_no_branch_leads_to_another_repository(branch: str) -> None:
    github = Github({})
    with pytest.raises(NotFound):
        host(github).head(replace(PLACE, branch=branch))
    assert github.asked == []


def signing_in(answer: dict[str, str], asked: list[dict[str, str]]) -> GithubHost:
    def handle(request: httpx2.Request) -> httpx2.Response:
        assert request.url.path == "/login/oauth/access_token"
        asked.append(dict(parse_qsl(request.read().decode())))
        return httpx2.Response(200, json=answer)

    return GithubHost(settings(), sign_in_transport=httpx2.MockTransport(handle))


def test_a_person_signs_in_with_a_code_and_the_proof_that_it_is_theirs() -> None:
    asked: list[dict[str, str]] = []
    client = signing_in({"access_token": "of-ada", "token_type": "bearer"}, asked)
    verifier = "v" * 43
    address = httpx.URL(client.sign_in_address("state", verifier))
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert (address.params["state"], address.params["code_challenge_method"]) == ("state", "S256")
    assert address.params["code_challenge"] == challenge
    assert client.sign_in("code", verifier) == "of-ada"
    assert (asked[0]["code"], asked[0]["code_verifier"]) == ("code", verifier)
    assert (asked[0]["client_id"], asked[0]["client_secret"]) == ("Iv1.abc", "client-secret")


def test_a_code_of_an_installation_comes_without_a_proof() -> None:
    asked: list[dict[str, str]] = []
    assert signing_in({"access_token": "of-ada", "token_type": "bearer"}, asked).sign_in("code", "") == "of-ada"
    assert "code_verifier" not in asked[0]


def test_a_code_that_is_too_old_is_refused() -> None:
    with pytest.raises(NotAllowed):
        signing_in({"error": "bad_verification_code"}, []).sign_in("old", "v" * 43)


def test_a_person_is_offered_what_they_and_our_app_can_reach() -> None:
    def repository(number: int, name: str, **more: Any) -> dict[str, Any]:
        facts = {"id": number, "full_name": name, "default_branch": "main", "private": True}
        return {**facts, "permissions": {"push": True, "pull": True}, **more}

    account = {"id": 7, "app_id": 42, "account": {"login": "ada", "type": "User"}}
    found = [repository(2, "ada/b", archived=True), repository(1, "ada/a"), repository(3, "ada/c", permissions={})]
    answers = {
        "GET /user/installations": {"installations": [account]},
        "GET /user/installations/7/repositories": {"repositories": found},
    }
    offers = host(Github(answers)).offered("of-ada")
    assert [(offer.place.full_name, offer.may_push) for offer in offers] == [
        ("ada/a", True),
        ("ada/b", False),
        ("ada/c", False),
    ]


def test_a_repository_begins_as_the_operators_template() -> None:
    made = {"id": 99, "full_name": "ada/habits", "default_branch": "main"}
    answers: dict[str, Any] = {"POST /repos/acme/start/generate": made}
    answers[f"GET {REPOSITORY}/git/ref/heads/main"] = {"object": {"sha": SHA}}
    github = Github(answers)
    chosen = settings().model_copy(update={"github_template": "acme/start"})
    client = GithubHost(chosen, transport=github, sleep=lambda _: None)
    account = CodeAccount(7, "ada", is_organisation=False)
    assert client.create("of-ada", account, "habits", is_private=True, description="Habits") == PLACE
    what, body, whose = github.asked[0]
    assert (what, whose) == ("POST /repos/acme/start/generate", "Bearer of-ada")
    assert (body["owner"], body["name"], body["private"]) == ("ada", "habits", True)


def test_a_template_that_is_still_being_copied_is_waited_for() -> None:
    ready = httpx.Response(200, json={"object": {"sha": SHA}})
    failures: list[httpx.Response | httpx.HTTPError] = [
        httpx.Response(201, json={"id": 99, "full_name": "ada/habits", "default_branch": "main"}),
        httpx.Response(409, json={"message": "Git Repository is empty."}),
        ready,
    ]
    chosen = settings().model_copy(update={"github_template": "acme/start"})
    github = Github({}, failures=failures)
    client = GithubHost(chosen, transport=github, sleep=lambda _: None)
    client.create("of-ada", CodeAccount(7, "ada", is_organisation=False), "habits", is_private=True, description="")
    assert github.failures == []


def test_an_archive_is_read_where_github_keeps_it_and_no_further_than_asked() -> None:
    elsewhere = httpx.Response(302, headers={"location": f"https://api.github.com{REPOSITORY}/zipball/{SHA}"})
    github = Github({f"GET {REPOSITORY}/zipball/{SHA}": httpx.Response(200, content=b"PK" * 600)}, [elsewhere])
    assert host(github).archive(PLACE, SHA, largest=1 << 20) == b"PK" * 600
    with pytest.raises(LimitReached):
        host(Github({f"GET {REPOSITORY}/zipball/{SHA}": httpx.Response(200, content=b"PK" * 600)})).archive(
            PLACE, SHA, largest=1000
        )


def test_a_secret_is_sealed_for_github_alone() -> None:
    key = PrivateKey.generate()
    public = {"key_id": "568250167242549743", "key": key.public_key.encode(Base64Encoder).decode()}
    answers: dict[str, Any] = {f"GET {REPOSITORY}/actions/secrets/public-key": public}
    answers[f"PUT {REPOSITORY}/actions/secrets/TOKEN"] = httpx.Response(201)
    github = Github(answers)
    host(github).put_secret(PLACE, "TOKEN", "secret ü")
    _, body, _ = github.asked[-1]
    assert body["key_id"] == "568250167242549743"
    assert SealedBox(key).decrypt(base64.b64decode(body["encrypted_value"])) == "secret ü".encode()


def test_whether_a_secret_is_there_is_asked_and_deleting_none_is_no_error() -> None:
    missing = httpx.Response(404, json={"message": "Not Found"})
    found = {"name": "TOKEN", "created_at": "2026-11-21T12:00:00Z", "updated_at": "2026-11-21T12:00:00Z"}
    assert host(Github({f"GET {REPOSITORY}/actions/secrets/TOKEN": found})).has_secret(PLACE, "TOKEN")
    assert not host(Github({}, failures=[missing])).has_secret(PLACE, "TOKEN")
    host(Github({}, failures=[missing])).delete_secret(PLACE, "TOKEN")


@pytest.mark.parametrize(("repository", "is_from_outside"), [({"id": 99}, False), ({"id": 5}, True), (None, True)])
def test_a_pull_request_says_whether_its_branch_is_from_outside(
    repository: dict[str, int] | None, is_from_outside: bool
) -> None:
    found = {"number": 3, "state": "open", "head": {"sha": SHA, "repo": repository}}
    client = host(Github({f"GET {REPOSITORY}/pulls/3": found}))
    assert client.pull_request(PLACE, 3) == PullRequest(3, SHA, is_open=True, is_from_outside=is_from_outside)


def test_open_pull_requests_are_known_by_their_numbers() -> None:
    client = host(Github({f"GET {REPOSITORY}/pulls": [{"number": 8}, {"number": 3}]}))
    assert client.open_pull_requests(PLACE) == [8, 3]


def test_a_pull_request_has_one_comment_of_ours_and_a_copied_mark_is_not_ours() -> None:
    copied = {"id": 1, "body": "<!-- x -->\nForged", "performed_via_github_app": None}
    ours = {"id": 2, "body": "<!-- x -->\nBefore", "performed_via_github_app": {"id": 42}}
    place = f"{REPOSITORY}/issues/3/comments"
    first = Github({f"GET {place}": [copied], f"POST {place}": {"id": 2}})
    host(first).comment(PLACE, 3, "<!-- x -->", "Before")
    assert first.asked[-1][:2] == (f"POST {place}", {"body": "<!-- x -->\nBefore"})
    again = Github({f"GET {place}": [copied, ours], f"PATCH {REPOSITORY}/issues/comments/2": {"id": 2}})
    host(again).comment(PLACE, 3, "<!-- x -->", "Now")
    assert again.asked[-1][:2] == (f"PATCH {REPOSITORY}/issues/comments/2", {"body": "<!-- x -->\nNow"})


def test_a_preview_is_a_deployment_with_its_address() -> None:
    place = f"{REPOSITORY}/deployments"
    github = Github({f"GET {place}": [], f"POST {place}": {"id": 5}, f"POST {place}/5/statuses": {"id": 6}})
    host(github).report(PLACE, SHA, "preview/pr-3", "success", url="https://a.example", words="Published")
    (_, deployment, _), (_, status, _) = github.asked[1:]
    assert (deployment["ref"], deployment["environment"], deployment["required_contexts"]) == (SHA, "preview/pr-3", [])
    assert (status["state"], status["environment_url"]) == ("success", "https://a.example")


def test_only_installations_of_our_own_app_count() -> None:
    def installation(number: int, app: int, login: str, kind: str) -> dict[str, Any]:
        return {"id": number, "app_id": app, "account": {"login": login, "type": kind}}

    found = [installation(7, 42, "ada", "User"), installation(8, 1, "x", "User")]
    found.append(installation(9, 42, "acme", "Organization"))
    client = host(Github({"GET /user/installations": {"installations": found}}))
    assert client.accounts("of-ada") == [
        CodeAccount(7, "ada", is_organisation=False),
        CodeAccount(9, "acme", is_organisation=True),
    ]


@pytest.mark.parametrize(("is_organisation", "place"), [(False, "/user/repos"), (True, "/orgs/ada/repos")])
def test_a_repository_is_made_in_the_persons_name(is_organisation: bool, place: str) -> None:
    made = {"id": 99, "full_name": "ada/habits", "default_branch": "main"}
    github = Github({f"POST {place}": made})
    account = CodeAccount(7, "ada", is_organisation=is_organisation)
    assert host(github).create("of-ada", account, "habits", is_private=True, description="Habits") == PLACE
    assert github.asked == [
        (
            f"POST {place}",
            {"name": "habits", "private": True, "description": "Habits", "auto_init": True},
            "Bearer of-ada",
        )
    ]


def test_a_push_is_trees_commits_and_one_move_of_the_branch() -> None:
    github = Github(
        {
            f"POST {REPOSITORY}/git/trees": {"sha": "t" * 40},
            f"POST {REPOSITORY}/git/commits": {"sha": "c" * 40},
            f"PATCH {REPOSITORY}/git/refs/heads/main": {"object": {"sha": "c" * 40}},
        }
    )
    commits = [Commit("One", "Ada", "ada@users.noreply.localhost", {"src/App.tsx": "text", "old.ts": None})]
    assert host(github).push(PLACE, SHA, commits) == "c" * 40
    tree, commit, branch = (body for _, body, _ in github.asked)
    assert tree["base_tree"] == SHA
    assert [(entry["path"], entry.get("content"), entry.get("sha", "")) for entry in tree["tree"]] == [
        ("src/App.tsx", "text", ""),
        ("old.ts", None, None),
    ]
    assert (commit["parents"], commit["author"]["name"]) == ([SHA], "Ada")
    assert branch == {"sha": "c" * 40, "force": False}


def test_a_file_is_read_at_its_commit_and_what_is_no_text_is_none() -> None:
    def file(content: bytes, size: int = 0) -> dict[str, Any]:
        encoded = base64.encodebytes(content).decode()
        return {"type": "file", "size": size or len(content), "encoding": "base64", "content": encoded}

    answers = {
        f"GET {REPOSITORY}/contents/src/päge [id].tsx": file("Grüße".encode()),
        f"GET {REPOSITORY}/contents/logo.svg": file(b"\xff\xfe"),
        f"GET {REPOSITORY}/contents/large.json": file(b"{}", 9_000_000),
    }
    client = host(Github(answers))
    assert client.text(PLACE, SHA, "src/päge [id].tsx") == "Grüße"
    assert client.text(PLACE, SHA, "logo.svg") is None
    assert client.text(PLACE, SHA, "large.json") is None


def test_a_tree_is_its_plain_files() -> None:
    entries = [
        {"path": "src", "mode": "040000", "sha": "1"},
        {"path": "src/App.tsx", "mode": "100644", "sha": "2"},
        {"path": "link", "mode": "120000", "sha": "3"},
    ]
    client = host(Github({f"GET {REPOSITORY}/git/trees/{SHA}": {"tree": entries, "truncated": False}}))
    assert client.tree(PLACE, SHA) == {"src/App.tsx": "2"}


def test_git_names_the_content_of_a_file() -> None:
    assert blob_id("hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (httpx.Response(401, json={"message": "Bad credentials"}), NotAllowed),
        (httpx.Response(403, json={"message": "Resource not accessible by integration"}), NotAllowed),
        (httpx.Response(404, json={"message": "Not Found"}), NotFound),
        (httpx.Response(409, json={"message": "Git Repository is empty."}), Conflict),
        (httpx.Response(422, json={"message": "Update is not a fast forward"}), Conflict),
        (httpx.Response(403, headers={"retry-after": "3600"}, json={}), LimitReached),
        (httpx.Response(429, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9999999999"}), LimitReached),
    ],
)
def test_a_refusal_is_a_sentence(response: httpx.Response, kind: type[OverskillError]) -> None:
    with pytest.raises(kind):
        host(Github({}, failures=[response])).head(PLACE)


def test_what_passes_is_tried_again() -> None:
    failures = [httpx.Response(502), httpx.ConnectError("reset")]
    github = Github({f"GET {REPOSITORY}/git/ref/heads/main": {"object": {"sha": SHA}}}, failures=list(failures))
    assert host(github).head(PLACE) == SHA
    with pytest.raises(Unavailable):
        host(Github({}, failures=[httpx.Response(500)] * 3)).head(PLACE)


def test_what_may_have_been_done_is_not_done_twice() -> None:
    github = Github({}, failures=[httpx.ReadTimeout("slow")])
    with pytest.raises(Unavailable):
        host(github).push(PLACE, SHA, [Commit("One", "Ada", "a@b.c", {"a.ts": ""})])
    assert len(github.asked) == 1
