"""What was asked of apps, as the dispatch worker wrote it to Analytics Engine.

Cloudflare samples where much is written; `_sample_interval` says how many visits a row stands for. Counts are there
about a minute late.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from overskill.clients.cloudflare.analytics import counted_rows
from overskill.clients.cloudflare.names import usage_dataset
from overskill.clients.cloudflare.transport import CloudflareApi
from overskill.clients.edge_names import check_place
from overskill.clients.edge_usage import Counts, DayUsage, UsageTotals
from overskill.config import Settings

# As dispatch/apps.js writes them: index1 script; blobs environment, method, status, variant; doubles 1, ms, bytes.
_SUMS = """SELECT index1 AS script, blob1 AS environment, blob4 AS variant,
  SUM(_sample_interval * double1) AS requests,
  SUM(IF(blob3 >= '500', _sample_interval * double1, 0)) AS errors,
  SUM(_sample_interval * double2) AS milliseconds,
  SUM(_sample_interval * double3) AS bytes"""


class CloudflareUsage:
    def __init__(self, settings: Settings, api: CloudflareApi) -> None:
        self._api = api
        self._dataset = usage_dataset(settings)

    def totals(self, environment: str, script: str, since: datetime) -> UsageTotals:
        check_place(environment, script)  # nothing else gets into the SQL
        minute = since.astimezone(UTC).replace(second=0, microsecond=0)
        rows = self._rows(f"index1 = '{script}' AND blob1 = '{environment}' AND {_from(minute)}")
        return _totals(rows)

    def drain(self, day: date) -> list[DayUsage]:
        start = datetime.combine(day, time(), UTC)
        rows = self._rows(f"{_from(start)} AND timestamp < toDateTime({_seconds(start + timedelta(days=1))})")
        of_place: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for row in rows:
            of_place.setdefault(_place(row), []).append(row)
        return [DayUsage(*place, _totals(found)) for place, found in sorted(of_place.items())]

    def _rows(self, where: str) -> list[dict[str, Any]]:
        sql = f"{_SUMS}\nFROM {self._dataset}\nWHERE {where}\nGROUP BY script, environment, variant"
        return counted_rows(self._api, sql)


def _from(moment: datetime) -> str:
    return f"timestamp >= toDateTime({_seconds(moment)})"


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _place(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row["environment"]), str(row["script"])


def _totals(rows: Iterable[Mapping[str, Any]]) -> UsageTotals:
    totals = UsageTotals()
    for row in rows:
        counts = Counts(**{name: round(float(row[name])) for name in ("requests", "errors", "bytes", "milliseconds")})
        is_canary = row["variant"] == "canary"
        totals += UsageTotals(canary=counts) if is_canary else UsageTotals(stable=counts)
    return totals
