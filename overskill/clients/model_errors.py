"""What can go wrong when a model is asked, and the sentence that says so.

Providers fail in many ways: by HTTP status, by an error inside a stream that began well, by a stream that
just ends. All of them become one ModelFailed, which says whether asking again can help.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from overskill.errors import Unavailable

_BUSY = frozenset({408, 409, 425, 429})
_TOOL_WORDS = re.compile(r"\btools?\b|tool[_ ]|function call", re.IGNORECASE)
_PICTURE_WORDS = re.compile(
    r"(image|vision|multimodal|modalit)\w*.{0,60}(support|accept|allow|invalid)"
    r"|(support|accept|allow|invalid)\w*.{0,60}(image|vision|multimodal|modalit)",
    re.IGNORECASE,
)
_CONTEXT_WORDS = re.compile(
    r"context.{0,12}(length|window|size|limit)|too many tokens|prompt is too long", re.IGNORECASE
)
_SECRET = re.compile(r"\b(sk|pk|key|org)-[\w*.-]{6,}")
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")
_LONGEST_DETAIL = 200


class Cause(StrEnum):
    KEY = "key"
    CREDIT = "credit"
    RATE = "rate"
    REFUSED = "refused"  # by the provider's content rules
    MODEL = "model"  # there is no such model
    CONTEXT = "context"  # what was sent is too large
    TOOLS = "tools"  # the model can't call tools
    PICTURES = "pictures"  # the model can't see
    REQUEST = "request"
    DOWN = "down"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    CUT = "cut"  # the stream ended in the middle
    UNUSABLE = "unusable"  # what came is no chat completion


class ModelFailed(Unavailable):
    """The model did not answer, or not to the end. `partial`: something of the answer was already handed on."""

    def __init__(
        self, message: str, *, cause: Cause, retryable: bool = False, retry_after: float | None = None, detail: str = ""
    ) -> None:
        super().__init__(message)
        self.cause = cause
        self.retryable = retryable
        self.retry_after = retry_after
        self.detail = detail  # the provider's own words
        self.partial = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked. Knows what to call it in a sentence."""

    base_url: str
    model: str

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or self.base_url

    @property
    def is_openrouter(self) -> bool:
        return self.host == "openrouter.ai" or self.host.endswith(".openrouter.ai")

    @property
    def name(self) -> str:
        return "OpenRouter" if self.is_openrouter else f"The model server at {self.host}"


def failed(endpoint: Endpoint, cause: Cause, *, detail: str = "", retry_after: float | None = None) -> ModelFailed:
    """The failure of a cause that needs no more facts."""
    retryable = cause in (Cause.RATE, Cause.DOWN, Cause.UNREACHABLE, Cause.SILENT, Cause.CUT) or (
        cause is Cause.CREDIT and retry_after is not None
    )
    detail = _SECRET.sub("[hidden]", _UNSTORABLE.sub("", detail))[:_LONGEST_DETAIL]
    message = _sentence(endpoint, cause, detail, _when(retry_after))
    return ModelFailed(message, cause=cause, retryable=retryable, retry_after=retry_after, detail=detail)


def _when(retry_after: float | None) -> str:
    if retry_after is None or retry_after <= 90:
        return "in a minute"
    if retry_after <= 90 * 60:
        return f"in {round(retry_after / 60)} minutes"
    return f"in {round(retry_after / 3600)} hours"


def _sentence(endpoint: Endpoint, cause: Cause, detail: str, when: str) -> str:
    name, model = endpoint.name, endpoint.model
    quote = f" ({detail})" if detail else ""
    credit = (
        "Your OpenRouter credit is used up. Add credit at openrouter.ai, or switch to another model."
        if endpoint.is_openrouter
        else f"{name} says that its credit is used up. Add credit there, or switch to another model."
    )
    setting = "OPENROUTER_API_KEY" if endpoint.is_openrouter else "AI_API_KEY"
    return {
        Cause.KEY: f"{name} does not accept the API key. Check {setting} in the settings of this OverSkill.",
        Cause.CREDIT: credit,
        Cause.RATE: f"{model} is busy: too many requests at once. Try again {when}, or switch to another model.",
        Cause.REFUSED: f"{name} refused this request{quote}. Say it in other words, or switch to another model.",
        Cause.MODEL: f"{name} has no model called {model}. Set AI_MODEL to one that it offers.",
        Cause.CONTEXT: f"This is more than {model} can read at once. Ask for less in one message, "
        "or switch to a model with a larger context.",
        Cause.TOOLS: f"{model} can't call tools. Set AI_TOOLS=off to have it write plain text instead.",
        Cause.PICTURES: f"{model} can't see pictures. Send the message without them, or switch to a model that sees.",
        Cause.REQUEST: f"{name} could not use the request{quote}. Switch to another model, or check AI_MODEL.",
        Cause.DOWN: f"{model} has a problem at {endpoint.host} and did not answer. Try again {when}.",
        Cause.UNREACHABLE: f"{name} can't be reached. Check that it runs and that AI_BASE_URL is right.",
        Cause.SILENT: f"{model} stopped sending and was given up. Try again, or switch to another model.",
        Cause.CUT: f"The answer of {model} broke off in the middle. Send the message again to go on.",
        Cause.UNUSABLE: f"{name} sent something that is no chat completion. Check that AI_BASE_URL ends in /v1.",
    }[cause]


def classify(
    endpoint: Endpoint, status: int, body: str | Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> ModelFailed:
    """The failure that an error response, or an error object inside a stream, stands for."""
    code, detail = _read(status, body)
    retry_after = seconds_until(headers.get("retry-after", "")) if headers else None
    return failed(endpoint, _cause(code, detail), detail=detail, retry_after=retry_after)


def _read(status: int, body: str | Mapping[str, Any]) -> tuple[str, str]:
    """The code (a number where there is one) and the provider's words, whichever way they are wrapped."""
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            return str(status), _plain(str(body))
    if not isinstance(body, Mapping):
        return str(status), ""
    error = body.get("error", body)
    if isinstance(error, str):
        return str(status), error
    if not isinstance(error, Mapping):
        return str(status), ""
    code = str(error.get("code") or error.get("type") or status)
    words = str(error.get("message") or "")
    known = code.isdigit() or code in _NAMED_CODES
    return code if known else str(status), words if known else f"{words} {code}".strip()


def _plain(text: str) -> str:
    """Nothing of an HTML error page; else the text on one line."""
    return "" if text.lstrip().startswith("<") else " ".join(text.split())


_NAMED_CODES = {
    "insufficient_quota": Cause.CREDIT,
    "billing_hard_limit_reached": Cause.CREDIT,
    "rate_limit_exceeded": Cause.RATE,
    "context_length_exceeded": Cause.CONTEXT,
    "invalid_api_key": Cause.KEY,
    "model_not_found": Cause.MODEL,
    "content_filter": Cause.REFUSED,
    "server_error": Cause.DOWN,
    "overloaded_error": Cause.DOWN,
}
_STATUS_CAUSES = {401: Cause.KEY, 402: Cause.CREDIT, 403: Cause.REFUSED, 413: Cause.CONTEXT, 429: Cause.RATE}


def _cause(code: str, detail: str) -> Cause:
    if code in _NAMED_CODES:
        return _NAMED_CODES[code]
    status = int(code)
    if status in _STATUS_CAUSES:
        return _STATUS_CAUSES[status]
    if _PICTURE_WORDS.search(detail):
        return Cause.PICTURES
    if status in _BUSY or status >= 500:
        return Cause.DOWN
    for words, cause in ((_CONTEXT_WORDS, Cause.CONTEXT), (_TOOL_WORDS, Cause.TOOLS)):
        if words.search(detail):
            return cause
    return Cause.MODEL if status == 404 else Cause.REQUEST


def seconds_until(retry_after: str) -> float | None:
    """The seconds a Retry-After header asks for: it holds a number or a date."""
    retry_after = retry_after.strip()
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
