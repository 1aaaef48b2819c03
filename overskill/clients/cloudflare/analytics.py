"""Figures: what the dispatch worker counted (Analytics Engine, SQL), and what Cloudflare itself saw (GraphQL)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import Unavailable

_INVOCATIONS = """
query ($account: string!, $namespace: string!, $script: string!, $since: Time!, $until: Time!) {
  viewer { accounts(filter: {accountTag: $account}) {
    workersInvocationsAdaptive(limit: 1000, filter: {dispatchNamespaceName: $namespace, scriptName: $script,
        datetime_geq: $since, datetime_leq: $until}) {
      sum { requests errors subrequests } quantiles { cpuTimeP50 cpuTimeP99 } dimensions { scriptName status }
    } } } }
"""


@dataclass(frozen=True, slots=True)
class Invocations:
    """Runs of a script's worker. Requests for static files are not among them: they run no code."""

    requests: int
    errors: int
    subrequests: int
    cpu_p99_microseconds: float


def counting(api: CloudflareApi, sql: str) -> Call:
    path = f"{api.of_account}/analytics_engine/sql"
    return Call("POST", path, content=sql.encode(), content_type="text/plain", repeatable=True, background=True)


def counted_rows(api: CloudflareApi, sql: str) -> list[dict[str, Any]]:
    """What Analytics Engine answers. `sql` is ours: it takes no parameters."""
    try:
        rows = api.response(counting(api, f"{sql}\nFORMAT JSON")).json()["data"]
    except (ValueError, KeyError, TypeError):
        raise Unavailable("Cloudflare's figures can't be read. Try again in a moment.") from None
    return list(rows)


def invocations(api: CloudflareApi, namespace: str, script: str, since: datetime, until: datetime) -> Invocations:
    variables = {
        "account": api.account.id,
        "namespace": namespace,
        "script": script,
        "since": _time(since),
        "until": _time(until),
    }
    call = Call(
        "POST", "/graphql", json={"query": _INVOCATIONS, "variables": variables}, repeatable=True, background=True
    )
    try:
        body = api.response(call).json()
        groups = body["data"]["viewer"]["accounts"][0]["workersInvocationsAdaptive"]
        return Invocations(
            requests=sum(group["sum"]["requests"] for group in groups),
            errors=sum(group["sum"]["errors"] for group in groups),
            subrequests=sum(group["sum"]["subrequests"] for group in groups),
            cpu_p99_microseconds=max((group["quantiles"]["cpuTimeP99"] for group in groups), default=0.0),
        )
    except (ValueError, KeyError, IndexError, TypeError):
        raise Unavailable("Cloudflare's figures can't be read. Try again in a moment.") from None


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
