"""What Cloudflare's refusals mean, in a sentence for whoever publishes.

The HTTP status decides the kind: codes are each product's own, and some stand for several things. A code that says
more than its status has a sentence here.
"""

from dataclasses import dataclass

import httpx

from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable

STILL_LIVE = "What was live still is."
_RENEW = "Whoever runs OverSkill must renew CLOUDFLARE_API_TOKEN."

_TOKEN = f"Cloudflare does not accept this instance's token. {_RENEW} {STILL_LIVE}"
_RIGHTS = (
    "Cloudflare's token for this instance may not do this. Whoever runs OverSkill sees what it lacks with "
    f"./run doctor. {STILL_LIVE}"
)
_NO_PLATFORM = (
    "This Cloudflare account has no Workers for Platforms. Whoever runs OverSkill must add it in the dashboard."
)
_TOO_LARGE = (
    "The app's server code is larger than Cloudflare takes (3 MB, 10 MB on paid plans). Publish it with fewer or "
    f"smaller packages. {STILL_LIVE}"
)
_BUSY = f"Cloudflare asks for a pause: too much was asked of it at once. Try again in a few minutes. {STILL_LIVE}"
_ILL = f"Cloudflare had a problem of its own and did not do it. Try again in a moment. {STILL_LIVE}"
_GONE = "That is not at Cloudflare (any more)."
_EXISTS = "That is at Cloudflare already."
_NO_R2 = "R2 is not switched on in this Cloudflare account. Whoever runs OverSkill switches it on in the dashboard."
_MAIL = "Cloudflare wants the account's email address confirmed first. Whoever runs OverSkill has mail from it."
_TOO_MANY = f"The Cloudflare account has as many of these as its plan allows. {STILL_LIVE}"

_BY_CODE: dict[int, tuple[type[OverskillError], str]] = {
    1000: (NotAllowed, _TOKEN),
    6003: (NotAllowed, _TOKEN),
    6111: (NotAllowed, _TOKEN),
    9103: (NotAllowed, _TOKEN),
    9106: (NotAllowed, _TOKEN),
    10000: (NotAllowed, _TOKEN),
    9109: (NotAllowed, _RIGHTS),
    10023: (NotAllowed, _RIGHTS),
    10121: (NotAllowed, _NO_PLATFORM),
    10034: (NotAllowed, _MAIL),
    10042: (NotAllowed, _NO_R2),
    10007: (NotFound, _GONE),
    10009: (NotFound, _GONE),
    10090: (NotFound, _GONE),
    100119: (NotFound, _GONE),
    10014: (Conflict, _EXISTS),
    10020: (Conflict, _EXISTS),
    1406: (Conflict, "This domain is connected at Cloudflare already. Remove it there, or choose another."),
    7502: (Conflict, _EXISTS),
    10027: (LimitReached, _TOO_LARGE),
    10037: (LimitReached, _TOO_MANY),
    971: (LimitReached, _BUSY),
    10429: (LimitReached, _BUSY),
}
# Codes that mean different things in different products: read only at these statuses.
_BY_STATUS_AND_CODE: dict[tuple[int, int], tuple[type[OverskillError], str]] = {
    (400, 10001): (NotAllowed, _RIGHTS),
    (403, 10001): (NotAllowed, _RIGHTS),
    (401, 10001): (NotAllowed, _TOKEN),
    (403, 10000): (NotAllowed, _RIGHTS),
    (404, 10013): (NotFound, _GONE),
}
_BY_STATUS: dict[int, tuple[type[OverskillError], str]] = {
    401: (NotAllowed, _TOKEN),
    403: (NotAllowed, _RIGHTS),
    404: (NotFound, _GONE),
    409: (Conflict, _EXISTS),
    413: (LimitReached, f"The app is larger than Cloudflare takes in one piece. {STILL_LIVE}"),
    429: (LimitReached, _BUSY),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """The first error of an answer. Code 0: it gave none."""

    code: int
    text: str


def complaint_of(response: httpx.Response) -> Complaint:
    try:
        body = response.json()
    except ValueError:
        return Complaint(0, "")
    errors = body.get("errors") if isinstance(body, dict) else None
    if not isinstance(errors, list) or not errors or not isinstance(errors[0], dict):
        return Complaint(0, "")
    code = errors[0].get("code")
    return Complaint(code if isinstance(code, int) else 0, str(errors[0].get("message") or ""))


def failure_of(status: int, complaint: Complaint) -> OverskillError:
    """The failure to raise. Cloudflare's own words are shown only where they are about what was sent."""
    known = _BY_STATUS_AND_CODE.get((status, complaint.code)) or _BY_CODE.get(complaint.code) or _BY_STATUS.get(status)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Unavailable(_ILL)
    if known is not None:
        kind, sentence = known
        return kind(sentence)
    said = f": {complaint.text.rstrip('.')}" if complaint.text else ""
    return InvalidInput(f"Cloudflare refused this (code {complaint.code or status}){said}. {STILL_LIVE}")
