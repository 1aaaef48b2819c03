"""Whose a domain is. Anybody may claim a host until somebody has proved it: a claim keeps nobody else out.

The proof is the same however often an app claims a host, so who set the record can claim it again and has it at once.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from overskill.clients.custom_hosts import CustomHosts
from overskill.clients.edge_routes import EdgeRoutes, HostRoute
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.errors import Conflict, InvalidInput, LimitReached, NotFound, Unavailable
from overskill.models import App, AppStatus, Domain, DomainStatus
from overskill.models.columns import rows_beside, rows_in
from overskill.services.domains.records import as_read, host_of, is_apex, proof_of, refuse_own

MOST_DOMAINS = 20  # of one app
SERVED = (DomainStatus.ISSUING, DomainStatus.ACTIVE)


@dataclass(frozen=True, slots=True)
class DomainView:
    id: UUID
    host: str
    name: str  # the host as people write it
    status: DomainStatus
    certificate: str
    redirects_to: str
    error: str
    proof_name: str
    proof_value: str
    is_apex: bool


def domains_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of apps, for `domains_in`."""
    return rows_beside(Domain, col(Domain.app_id) == col(App.id), in_order=(col(Domain.created_at),))


def domains_in(column: Sequence[Mapping[str, Any]] | None) -> list[DomainView]:
    """In the order in which they were claimed."""
    return [_view(row) for row in rows_in(Domain, column)]


def _view(row: Domain) -> DomainView:
    proof = proof_of(row)
    return DomainView(
        id=row.id,
        host=row.host,
        name=as_read(row.host),
        status=row.status,
        certificate=row.certificate,
        redirects_to=row.redirects_to,
        error=row.error,
        proof_name=proof.name,
        proof_value=proof.value,
        is_apex=is_apex(row.host),
    )


def add_domain(
    session: Session, app: App, user_id: UUID, typed: str, *, with_www: bool, settings: Settings
) -> list[Domain]:
    """Claim a host; with `with_www` its www too, which then leads to it. The caller holds the app's row lock.

    Raises InvalidInput, Conflict where somebody has proved it already, and LimitReached.
    """
    host = host_of(typed)
    refuse_own(host, settings)
    claimed = [_claim(session, app, user_id, host, settings)]
    if with_www and not host.startswith("www."):
        www = _claim(session, app, user_id, f"www.{host}", settings)
        www.redirects_to = host
        claimed.append(www)
    session.flush()
    if session.exec(select(func.count()).where(Domain.app_id == app.id)).one() > MOST_DOMAINS:
        raise LimitReached(f"An app has at most {MOST_DOMAINS} domains. Remove one first.")
    return claimed


def _claim(session: Session, app: App, user_id: UUID, host: str, settings: Settings) -> Domain:
    there = session.exec(select(Domain).where(Domain.host == host).with_for_update()).one_or_none()
    if there is not None:
        if there.app_id == app.id:
            return there
        if there.status in SERVED:
            raise Conflict(f"{as_read(host)} shows another app. Remove it there first.")
        session.delete(there)
        session.flush()
    domain = Domain(app_id=app.id, user_id=user_id, host=host, token=_token(app.id, host, settings))
    session.add(domain)
    return domain


def _token(app_id: UUID, host: str, settings: Settings) -> str:
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise Unavailable(
            "Domains can't be proved: this process knows no OVERSKILL_SECRET_KEY. Start OverSkill with ./run up, "
            "or set it in .env."
        )
    return hmac.digest(secret.encode(), b"overskill domain " + app_id.bytes + host.encode(), "sha256").hex()[:32]


def find_domain(session: Session, app_id: UUID, domain_id: UUID) -> Domain:
    """Locked, so that no look at it ends meanwhile."""
    domain = session.get(Domain, domain_id, with_for_update=True)
    if domain is None or domain.app_id != app_id:
        raise NotFound("That domain is not there any more. Reload the page.")
    return domain


def redirect_domain(session: Session, app: App, domain_id: UUID, target: str, *, routes: EdgeRoutes) -> Domain:
    """Send its visitors to another of the app's domains; "" shows the app there. Raises InvalidInput and NotFound."""
    domain = find_domain(session, app.id, domain_id)
    if target:
        others = session.exec(select(Domain).where(Domain.app_id == app.id, Domain.host == target)).one_or_none()
        if others is None or others.id == domain.id or others.redirects_to:
            raise InvalidInput("A domain can lead to another one of this app, which shows the app itself.")
        leading_here = select(Domain.id).where(Domain.app_id == app.id, Domain.redirects_to == domain.host)
        if session.exec(leading_here).first() is not None:
            raise InvalidInput(f"Another domain leads to {as_read(domain.host)}. Change that one first.")
    domain.redirects_to = target
    session.add(domain)
    if domain.status in SERVED:
        after_commit(session, partial(routes.put_host, domain.host, route_of(app, domain)))
    return domain


def remove_domain(session: Session, app: App, domain_id: UUID, *, routes: EdgeRoutes, hosts: CustomHosts) -> str:
    """Its host. What led to it shows the app from now on."""
    domain = find_domain(session, app.id, domain_id)
    leading = session.exec(select(Domain).where(Domain.app_id == app.id, Domain.redirects_to == domain.host)).all()
    for other in leading:
        redirect_domain(session, app, other.id, "", routes=routes)
    _take_down(session, [domain], routes=routes, hosts=hosts)
    session.delete(domain)
    session.flush()
    return domain.host


def take_domains_down(app_id: UUID, *, routes: EdgeRoutes, hosts: CustomHosts) -> None:
    """Of an app that ends; the rows go with it. Raises Unavailable: then it is to be done again."""
    with transaction() as session:
        is_told = (Domain.app_id == app_id, Domain.status != DomainStatus.PENDING)
        told = session.exec(select(Domain).where(*is_told)).all()
    for domain in told:
        routes.delete_host(domain.host)
        hosts.remove(domain.host, domain.external_id)


def _take_down(session: Session, domains: Sequence[Domain], *, routes: EdgeRoutes, hosts: CustomHosts) -> None:
    for domain in domains:
        if domain.status is not DomainStatus.PENDING:
            after_commit(session, partial(routes.delete_host, domain.host))
            after_commit(session, partial(hosts.remove, domain.host, domain.external_id))


def repoint_domains(session: Session, app: App, *, routes: EdgeRoutes) -> None:
    """After the app's address changed."""
    served = col(Domain.status).in_(SERVED)
    for domain in session.exec(select(Domain).where(Domain.app_id == app.id, served)):
        after_commit(session, partial(routes.put_host, domain.host, route_of(app, domain)))


def route_of(app: App, domain: Domain) -> HostRoute:
    return HostRoute(script=app.slug, redirect=domain.redirects_to)


def app_of_host(session: Session, host: str) -> UUID | None:
    """The app that a proved host shows: what a proxy asks before it has a certificate issued."""
    return session.exec(
        select(Domain.app_id)
        .join(App, col(App.id) == Domain.app_id)
        .where(Domain.host == host.lower(), col(Domain.status).in_(SERVED), App.status != AppStatus.DELETED)
    ).one_or_none()
