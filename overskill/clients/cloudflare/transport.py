"""One call to Cloudflare's API: with the token, within the budget, repeated where that is safe, its failure in words.

Blocking: workers call it as it is, the web process within `in_thread`.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from overskill.clients.cloudflare.budget import CallBudget
from overskill.clients.cloudflare.failures import STILL_LIVE, Complaint, complaint_of, failure_of
from overskill.clients.model_errors import seconds_until
from overskill.errors import LimitReached, NotAllowed, OverskillError, Unavailable

API = "https://api.cloudflare.com/client/v4"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)

TRIES = 4
FIRST_PAUSE = 0.5  # seconds; doubled each time, and any part of it
LONGEST_PAUSE = 20.0
LONGEST_ASKED_PAUSE = 60.0  # what Cloudflare asks for beyond this is passed on to who waits
LONGEST_WAIT_FOR_BUDGET = 45.0

_REPEATABLE = frozenset({"GET", "PUT", "DELETE"})  # twice does what once does

File = tuple[str, tuple[str | None, bytes, str]]  # as httpx takes it: field, (file name, content, type)

log = logging.getLogger(__name__)


class Unanswered(Unavailable):
    """Cloudflare may have done it, or not: the answer never came, or says nothing."""


@dataclass(frozen=True)
class Account:
    """Whose account, and its secret."""

    id: str
    token: str = field(repr=False)
    zone_id: str = ""


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    json: Any = None
    files: Sequence[File] = ()
    content: bytes | None = None
    content_type: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    bearer: str = field(default="", repr=False)  # instead of the token: an upload session's
    repeatable: bool = False  # although it is a POST or PATCH
    background: bool = False  # leaves the reserve alone
    tries: int = TRIES
    seconds: float | None = None  # to wait for the answer, where it is less than usual

    @property
    def may_be_repeated(self) -> bool:
        return self.repeatable or self.method in _REPEATABLE


class CloudflareApi:
    """`sleep` and `transport` are a test's."""

    def __init__(
        self,
        account: Account,
        budget: CallBudget,
        *,
        base_url: str = API,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.account = account
        self._budget = budget
        self._sleep = sleep
        self._client = httpx.Client(base_url=base_url, transport=transport, timeout=TIMEOUT, trust_env=True)

    @property
    def of_account(self) -> str:
        return f"/accounts/{self.account.id}"

    @property
    def of_zone(self) -> str:
        return f"/zones/{self.account.zone_id}"

    def result(self, call: Call) -> Any:  # noqa: ANN401 - JSON
        """What the answer's `result` holds."""
        response = self.response(call)
        try:
            body = response.json()
        except ValueError:
            raise Unanswered(_answer_is_lost()) from None
        return body.get("result") if isinstance(body, dict) else None

    def response(self, call: Call) -> httpx.Response:
        """The answer to a call that was taken. Raises OverskillError for every other."""
        attempt, unsure = 1, False
        while True:
            self._wait_for_budget(call)
            outcome = self._send(call)
            if isinstance(outcome, httpx.Response) and outcome.is_success:
                return outcome
            unsure = unsure or not _was_refused(outcome)
            pause = _pause_before_next(call, outcome, attempt)
            if pause is None:
                raise _failure(call, outcome, unsure=unsure)
            self._sleep(pause)
            attempt += 1

    def _wait_for_budget(self, call: Call) -> None:
        waited = 0.0
        while (seconds := self._budget.take(background=call.background)) > 0:
            waited += seconds
            if call.background or waited > LONGEST_WAIT_FOR_BUDGET:
                raise LimitReached(
                    f"Too much is being published for Cloudflare's limit of calls. Try again in {_whole(seconds)} "
                    f"seconds. {STILL_LIVE}"
                )
            self._sleep(seconds)

    def _send(self, call: Call) -> httpx.Response | httpx.TransportError:
        headers = {"authorization": f"Bearer {call.bearer or self.account.token}"}
        if call.content_type:
            headers["content-type"] = call.content_type
        began = time.monotonic()
        try:
            response = self._client.request(
                call.method,
                call.path,
                params=call.params,
                headers=headers,
                json=call.json,
                files=call.files or None,
                content=call.content,
                timeout=TIMEOUT if call.seconds is None else call.seconds,
            )
        except httpx.TransportError as error:
            log.warning("cloudflare %s %s: %s", call.method, call.path, type(error).__name__)
            return error
        is_usual = response.is_success or response.status_code == httpx.codes.NOT_FOUND
        level = logging.INFO if is_usual else logging.WARNING
        complaint = Complaint(0, "") if response.is_success else complaint_of(response)
        log.log(
            level,
            "cloudflare %s %s: %s in %.0f ms, code %s, ray %s",
            *(call.method, call.path, response.status_code, (time.monotonic() - began) * 1000),
            *(complaint.code, response.headers.get("cf-ray", "-")),
        )
        return response


def _failure(call: Call, outcome: httpx.Response | httpx.TransportError, *, unsure: bool) -> OverskillError:
    """`unsure`: this attempt, or one before it, may have been carried out although nobody said so."""
    failure = _words(outcome)
    if unsure and call.method != "GET" and isinstance(failure, Unavailable | LimitReached | NotAllowed):
        return Unanswered(failure.message)
    return failure


def _words(outcome: httpx.Response | httpx.TransportError) -> OverskillError:
    if isinstance(outcome, httpx.TransportError):
        if _was_refused(outcome):
            return Unavailable(f"Cloudflare can't be reached. Try again in a moment. {STILL_LIVE}")
        return Unavailable(_answer_is_lost())
    asked = seconds_until(outcome.headers.get("retry-after", ""))
    if outcome.status_code == httpx.codes.TOO_MANY_REQUESTS and asked:
        sentence = f"Cloudflare asks for a pause of {_whole(asked)} seconds. Try again then. {STILL_LIVE}"
        return LimitReached(sentence)
    return failure_of(outcome.status_code, complaint_of(outcome))


def _was_refused(outcome: httpx.Response | httpx.TransportError) -> bool:
    """Whether it is certain that nothing was done."""
    if isinstance(outcome, httpx.TransportError):
        return isinstance(outcome, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return outcome.status_code < httpx.codes.INTERNAL_SERVER_ERROR


def _pause_before_next(call: Call, outcome: httpx.Response | httpx.TransportError, attempt: int) -> float | None:
    """Seconds to wait before the next try; None where another can't help, isn't safe, or isn't left."""
    passes = (
        isinstance(outcome, httpx.TransportError)
        or outcome.status_code == httpx.codes.TOO_MANY_REQUESTS
        or outcome.status_code >= httpx.codes.INTERNAL_SERVER_ERROR
    )
    if attempt == call.tries or not passes or not (call.may_be_repeated or _was_refused(outcome)):
        return None
    asked = None if isinstance(outcome, httpx.TransportError) else seconds_until(outcome.headers.get("retry-after", ""))
    if asked is not None and asked > LONGEST_ASKED_PAUSE:
        return None
    most: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1))
    return max(asked or 0.0, random.uniform(most / 2, most))  # noqa: S311 - only so that not all come back at once


def _answer_is_lost() -> str:
    return f"Cloudflare did not answer in time. Try again in a moment. {STILL_LIVE}"


def _whole(seconds: float) -> int:
    return max(1, round(seconds + 0.5))
