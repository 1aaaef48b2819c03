"""What users do with the domains of one app. As in studio.py, every function checks both the user and the app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from sqlmodel import Session

from overskill.clients.custom_hosts import CustomHosts
from overskill.clients.dns import Resolver
from overskill.clients.edge_routes import EdgeRoutes
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.errors import Unavailable
from overskill.services.accounts.audit import record
from overskill.services.apps.access import MAY_WRITE, Visit, app_to_change, visit_app
from overskill.services.domains import (
    DomainView,
    add_domain,
    check_domain,
    domains_beside,
    domains_in,
    find_domain,
    redirect_domain,
    remove_domain,
)
from overskill.services.domains.records import DnsRecord, addresses_of, as_read, pointing_at, target_of
from overskill.services.generation import app_topic
from overskill.services.progress import ProgressLog


@dataclass(frozen=True, slots=True)
class DomainsView:
    may_change: bool
    domains: list[DomainView]
    target: str  # the host that every domain has to lead to


def view_domains(session: Session, token: str, slug: str, *, settings: Settings) -> DomainsView:
    """`token` is that of their cookie. Raises SignInRequired and NotFound."""
    visit = visit_app(session, token, slug, domains_beside())
    return domains_view_in(visit, visit.beside[0], settings)


def domains_view_in(visit: Visit, column: Sequence[Mapping[str, Any]] | None, settings: Settings) -> DomainsView:
    """`column` is what `domains_beside` is of that visit."""
    return DomainsView(visit.role in MAY_WRITE, domains_in(column), target_of(visit.app.slug, settings))


def records_of(
    domains: Sequence[DomainView], target: str, *, resolver: Resolver, settings: Settings
) -> list[list[DnsRecord]]:
    """What to set for each, exactly. Asks name servers once, where one can't have a CNAME and no address is set."""
    try:
        is_asked = settings.addresses or any(each.is_apex for each in domains)
        addresses = addresses_of(target, resolver=resolver, settings=settings) if is_asked else []
    except Unavailable:
        addresses = []
    return [
        [
            DnsRecord("TXT", each.proof_name, each.proof_value, "Proves that it is yours"),
            *pointing_at(each.host, target, addresses if each.is_apex or settings.addresses else ()),
        ]
        for each in domains
    ]


def add(
    session: Session, user_id: UUID, slug: str, typed: str, *, with_www: bool, settings: Settings, log: ProgressLog
) -> list[UUID]:
    """The claimed domains' ids: of the host, and of its www."""
    app = app_to_change(session, user_id, slug)
    claimed = add_domain(session, app, user_id, typed, with_www=with_www, settings=settings)
    for domain in claimed:
        record(session, "domain.added", user_id, subject=f"app:{app.id} {domain.host}")
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return [domain.id for domain in claimed]


def check(
    user_id: UUID,
    slug: str,
    domain_ids: Sequence[UUID],
    *,
    resolver: Resolver,
    hosts: CustomHosts,
    routes: EdgeRoutes,
    settings: Settings,
    log: ProgressLog,
) -> None:
    """Look at them now. Takes seconds, in transactions of its own."""
    wanted = list(dict.fromkeys(domain_ids))
    with transaction() as session:
        app = app_to_change(session, user_id, slug)
        for domain_id in wanted:
            find_domain(session, app.id, domain_id)
    for domain_id in wanted:
        check_domain(domain_id, resolver=resolver, hosts=hosts, routes=routes, settings=settings)
    log.ring(app_topic(app.id))


def redirect(
    session: Session, user_id: UUID, slug: str, domain_id: UUID, target: str, *, routes: EdgeRoutes, log: ProgressLog
) -> str:
    """The domain's name."""
    app = app_to_change(session, user_id, slug)
    domain = redirect_domain(session, app, domain_id, target, routes=routes)
    record(session, "domain.redirected", user_id, subject=f"app:{app.id} {domain.host} {target}")
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return as_read(domain.host)


def remove(
    session: Session,
    user_id: UUID,
    slug: str,
    domain_id: UUID,
    *,
    routes: EdgeRoutes,
    hosts: CustomHosts,
    log: ProgressLog,
) -> str:
    """The domain's name."""
    app = app_to_change(session, user_id, slug)
    host = remove_domain(session, app, domain_id, routes=routes, hosts=hosts)
    record(session, "domain.removed", user_id, subject=f"app:{app.id} {host}")
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return as_read(host)
