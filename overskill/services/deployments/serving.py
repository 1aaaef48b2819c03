"""How each environment of an app is served: to whom, how much, or not at all for now.

The row is the truth; the edge is told of it here and nowhere else, by `tell_edge`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.clients.edge_routes import (
    ACCESS_PARAMETER,
    LONGEST_MAINTENANCE,
    AppRoute,
    EdgeRoutes,
    new_access_key,
    sign_access,
)
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, NotAllowed
from overskill.models import App, AppEnvironment, DeploymentEnvironment
from overskill.models.base import utc_now
from overskill.models.columns import rows_beside, rows_in
from overskill.services.accounts.audit import record
from overskill.services.apps.access import may_decide
from overskill.services.deployments.addresses import address_of
from overskill.services.deployments.live import find_trial
from overskill.services.deployments.switch_lock import lock_switch
from overskill.services.market.entitlements import LicenseTerms, license_terms
from overskill.services.providers.sealing import Unreadable, seal, unseal

PURPOSE = "app access key"
MOST_HOSTS = 50
HIGHEST_RATE = 1_000
LARGEST_BODY_MB = 100
MEGABYTE = 1024 * 1024
LINK_HOURS = (1, 24, 7 * 24, 30 * 24)
_HOST = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Serving:
    """What can be chosen of one environment."""

    is_protected: bool = False
    is_private: bool = False
    maintenance: str = ""
    requests_per_second: int | None = None
    max_body_megabytes: int | None = None
    egress: tuple[str, ...] = ()


def serving_of(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> Serving:
    row = find_environment(session, app_id, environment)
    return _chosen(row) if row else Serving()


def serving_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of apps, for `serving_in`."""
    return rows_beside(AppEnvironment, col(AppEnvironment.app_id) == col(App.id))


def serving_in(column: Sequence[Mapping[str, Any]] | None) -> dict[DeploymentEnvironment, Serving]:
    """How every environment of the app is served."""
    chosen = {row.environment: _chosen(row) for row in rows_in(AppEnvironment, column)}
    return {environment: chosen.get(environment, Serving()) for environment in DeploymentEnvironment}


def save_serving(
    session: Session,
    app: App,
    user_id: UUID,
    environment: DeploymentEnvironment,
    wanted: Serving,
    *,
    routes: EdgeRoutes,
    settings: Settings,
) -> None:
    """Tell the edge and keep it.

    Raises InvalidInput for what can't be, NotAllowed for an editor where the environment is or would be protected, and
    Unavailable when the edge does not take it: then nothing is kept.
    """
    wanted = _checked(wanted)
    lock_switch(session, app.id, environment)
    before = serving_of(session, app.id, environment)
    if wanted == before:
        return
    if (before.is_protected or wanted.is_protected) and not may_decide(session, user_id, app.team_id):
        raise NotAllowed(
            f"Only the team's owner and its admins change how {environment} is protected and served. Ask one of them."
        )
    row = find_environment(session, app.id, environment) or AppEnvironment(app_id=app.id, environment=environment)
    row.is_protected, row.is_private, row.maintenance = wanted.is_protected, wanted.is_private, wanted.maintenance
    row.requests_per_second = wanted.requests_per_second
    megabytes = wanted.max_body_megabytes
    row.max_body_bytes = None if megabytes is None else megabytes * MEGABYTE
    row.egress = list(wanted.egress)
    if row.is_private and not row.sealed_access_key:
        row.sealed_access_key = _sealed_key(row, settings)
    _tell_and_keep(session, app, row, routes=routes, settings=settings)
    record(session, "environment.changed", user_id, subject=f"app:{app.id} {environment}")


def tell_edge(
    session: Session,
    app: App,
    environment: DeploymentEnvironment,
    *,
    routes: EdgeRoutes,
    settings: Settings,
    canary: int | None = None,
) -> None:
    """Bring what the edge knows of an app beside its files to what the rows say. The caller has its turn to switch.

    `canary` is the percentage that the rows will say, where they are written only once the edge has been told.
    """
    if canary is None:
        canary = _canary(session, app.id, environment)
    _put(app, environment, route_of(session, app, environment, canary=canary, settings=settings), routes)


def tell_taken_down(app: App, environment: DeploymentEnvironment, *, routes: EdgeRoutes) -> None:
    """Its address says so until the edge is told of it again. Who may see it, and what else is known of it, stays."""
    known = routes.app(environment, app.slug) or AppRoute(app_id=str(app.id))
    routes.put_app(environment, app.slug, replace(known, app_id=str(app.id), taken_down=True, canary=0))


def route_of(
    session: Session, app: App, environment: DeploymentEnvironment, *, canary: int, settings: Settings
) -> AppRoute:
    """What the edge has to know of the app there. Raises Conflict where the key of its private links can't be read."""
    row = find_environment(session, app.id, environment)
    terms = license_terms(session, app, settings=settings)
    return _route(app, row, canary, terms, settings)


def _tell_and_keep(session: Session, app: App, row: AppEnvironment, *, routes: EdgeRoutes, settings: Settings) -> None:
    """Nothing is written while the edge is told: a row that is there for the first time would hold the app's."""
    with session.no_autoflush:
        canary = _canary(session, app.id, row.environment)
        terms = license_terms(session, app, settings=settings)
        _put(app, row.environment, _route(app, row, canary, terms, settings), routes)
    session.add(row)


def _put(app: App, environment: DeploymentEnvironment, wanted: AppRoute, routes: EdgeRoutes) -> None:
    known = routes.app(environment, app.slug)
    if wanted == AppRoute(app_id=str(app.id)):
        if known is not None:
            routes.delete_app(environment, app.slug)
    elif wanted != known:
        routes.put_app(environment, app.slug, wanted)


def private_link(
    session: Session, app: App, user_id: UUID, environment: DeploymentEnvironment, hours: int, *, settings: Settings
) -> str:
    """An address that opens a private environment for some hours to whoever has it. Raises Conflict where it isn't."""
    row = find_environment(session, app.id, environment)
    if row is None or not row.is_private:
        raise Conflict(f"Everybody can open {environment}: it needs no private link.")
    if hours not in LINK_HOURS:
        raise InvalidInput("Choose for how long the link works.", field="hours")
    expires = utc_now() + timedelta(hours=hours)
    access = sign_access(_access_key(row, settings), environment, app.slug, subject=str(user_id), expires=expires)
    record(session, "environment.link_made", user_id, subject=f"app:{app.id} {environment}")
    return f"{address_of(settings, environment, app.slug)}/?{ACCESS_PARAMETER}={access}"


def end_private_links(
    session: Session,
    app: App,
    user_id: UUID,
    environment: DeploymentEnvironment,
    *,
    routes: EdgeRoutes,
    settings: Settings,
) -> None:
    """None of the links made so far, and nobody who came by one, gets in any more."""
    lock_switch(session, app.id, environment)
    row = find_environment(session, app.id, environment)
    if row is None or not row.is_private:
        raise Conflict(f"Everybody can open {environment}: there are no private links.")
    row.sealed_access_key = _sealed_key(row, settings)
    _tell_and_keep(session, app, row, routes=routes, settings=settings)
    record(session, "environment.links_ended", user_id, subject=f"app:{app.id} {environment}")


def find_environment(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> AppEnvironment | None:
    return session.exec(
        select(AppEnvironment).where(AppEnvironment.app_id == app_id, AppEnvironment.environment == environment)
    ).one_or_none()


def hosts_in(text: str) -> tuple[str, ...]:
    """As they are typed: one a line, or with commas or spaces between them."""
    return tuple(dict.fromkeys(host for host in re.split(r"[\s,]+", text.lower()) if host))


def _checked(wanted: Serving) -> Serving:
    maintenance = " ".join(wanted.maintenance.split())
    if len(maintenance) > LONGEST_MAINTENANCE or not maintenance.isprintable():
        raise InvalidInput(
            f"What visitors read meanwhile has at most {LONGEST_MAINTENANCE} characters.", field="maintenance"
        )
    _check_range(wanted.requests_per_second, HIGHEST_RATE, "requests a second", "rate")
    _check_range(wanted.max_body_megabytes, LARGEST_BODY_MB, "MB", "max_body")
    _check_hosts(wanted.egress)
    return Serving(
        is_protected=wanted.is_protected,
        is_private=wanted.is_private,
        maintenance=maintenance,
        requests_per_second=wanted.requests_per_second,
        max_body_megabytes=wanted.max_body_megabytes,
        egress=wanted.egress,
    )


def _check_range(value: int | None, highest: int, unit: str, field: str) -> None:
    if value is not None and not 1 <= value <= highest:
        raise InvalidInput(f"Choose between 1 and {highest:,} {unit}, or leave it empty.", field=field)


def _check_hosts(hosts: Sequence[str]) -> None:
    if len(hosts) > MOST_HOSTS:
        raise InvalidInput(f"At most {MOST_HOSTS} hosts can be named.", field="egress")
    for host in hosts:
        if len(host) > 253 or not _HOST.fullmatch(host):
            raise InvalidInput(
                f"“{host[:80]}” is not a host. Write it like api.example.com, without https://.", field="egress"
            )


def _chosen(row: AppEnvironment) -> Serving:
    return Serving(
        is_protected=row.is_protected,
        is_private=row.is_private,
        maintenance=row.maintenance,
        requests_per_second=row.requests_per_second,
        max_body_megabytes=None if row.max_body_bytes is None else row.max_body_bytes // MEGABYTE,
        egress=tuple(row.egress),
    )


def _canary(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> int:
    trial = find_trial(session, app_id, environment)
    return trial.canary_percent if trial else 0


def _route(app: App, row: AppEnvironment | None, canary: int, terms: LicenseTerms, settings: Settings) -> AppRoute:
    is_barred = app.suspended_at is not None
    licensed = AppRoute(app_id=str(app.id), canary=canary, taken_down=is_barred, **asdict(terms))
    if row is None:
        return licensed
    if row.is_private and row.environment is not DeploymentEnvironment.PRODUCTION:
        licensed = replace(licensed, entitlement_key="")  # whom its team gave a private link need not buy it, too
    return replace(
        licensed,
        private=row.is_private,
        access_key=_access_key(row, settings) if row.is_private else "",
        maintenance=row.maintenance,
        rate=row.requests_per_second,
        max_body=row.max_body_bytes,
        egress=tuple(row.egress),
    )


def _sealed_key(row: AppEnvironment, settings: Settings) -> str:
    return seal(new_access_key(), settings=settings, purpose=PURPOSE, owner=str(row.id))


def _access_key(row: AppEnvironment, settings: Settings) -> str:
    try:
        return unseal(row.sealed_access_key, settings=settings, purpose=PURPOSE, owner=str(row.id))
    except Unreadable:
        raise Conflict(
            "The key of this environment's private links can't be read: it was kept with another "
            "OVERSKILL_SECRET_KEY. End all links under “Who may see it”, then make them again."
        ) from None
