"""Looking whether a domain is proved, leads here and has a certificate, and serving it once it does.

pending ── proved and leads here ──► issuing ── certificate ──► active ── gone for three days ──► failed
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, or_, select

from overskill.clients.custom_hosts import CertificateState, CustomHosts
from overskill.clients.dns import Resolver
from overskill.clients.edge_routes import EdgeRoutes
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError, Unavailable
from overskill.models import App, AppStatus, Domain, DomainStatus
from overskill.models.base import utc_now
from overskill.services.domains.claim import SERVED, route_of
from overskill.services.domains.records import DnsRecord, addresses_of, pointing_at, proof_of, target_of

SOON, LATER, SELDOM = timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=12)
YOUNG = timedelta(hours=1)  # somebody is at it
CLAIM_LASTS = timedelta(days=7)
MAY_BE_GONE = timedelta(days=3)  # name servers have outages, and people change them
MOST_AT_ONCE = 20
NOWHERE_TO_LEAD = (
    "This instance is not reached from outside yet, so there is no address to lead the domain to. "
    "Whoever runs OverSkill sets OVERSKILL_PUBLIC_ADDRESSES or OVERSKILL_APPS_URL; then check again."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What DNS says now. `error` is a sentence for the creator, "" when all is right."""

    is_proved: bool
    leads_here: bool
    missing: tuple[DnsRecord, ...] = ()
    error: str = ""


def look_up(domain: Domain, slug: str, *, resolver: Resolver, settings: Settings) -> Finding:
    """Raises Unavailable where name servers don't answer."""
    proof, target = proof_of(domain), target_of(slug, settings)
    is_proved = proof.value in resolver.texts(proof.name)
    wanted = set(addresses_of(target, resolver=resolver, settings=settings))
    found = set(resolver.addresses(domain.host))
    leads_here = bool(wanted & found)
    leading = () if leads_here else pointing_at(domain.host, target, sorted(wanted))
    missing = (*(() if is_proved else (proof,)), *leading)
    if not wanted:
        return Finding(is_proved, leads_here, missing, NOWHERE_TO_LEAD)
    return Finding(is_proved, leads_here, missing, _sentence(is_proved=is_proved, leads_here=leads_here, found=found))


def _sentence(*, is_proved: bool, leads_here: bool, found: set[str]) -> str:
    if not is_proved and not leads_here:
        return "The records are not there yet. Changes at a registrar take minutes, sometimes hours."
    if not is_proved:
        return "The TXT record is not there yet, or holds something else."
    if not leads_here:
        elsewhere = f" It leads to {', '.join(sorted(found)[:3])} now." if found else ""
        return f"The domain does not lead to the app yet.{elsewhere}"
    return ""


def check_domain(
    domain_id: UUID, *, resolver: Resolver, hosts: CustomHosts, routes: EdgeRoutes, settings: Settings
) -> Domain | None:
    """Look once, and write down what is true now. No transaction is open while others are asked. None: it is gone."""
    with transaction() as session:
        domain = session.get(Domain, domain_id)
        if domain is None:
            return None
        app = session.get_one(App, domain.app_id)
    if app.status is AppStatus.DELETED:
        return domain
    try:
        state = _look(domain, app.slug, resolver=resolver, hosts=hosts, settings=settings)
        written = _write(domain_id, state, routes)
    except Unavailable as error:
        return _write(domain_id, replace(_as_it_is(domain), error=error.message), None)
    if written is None and state.external_id != domain.external_id:
        _give_back(domain.host, state.external_id, hosts)
    return written


@dataclass(frozen=True, slots=True)
class _State:
    status: DomainStatus
    certificate: str
    external_id: str
    verified_at: datetime | None
    error: str


def _as_it_is(domain: Domain) -> _State:
    return _State(domain.status, domain.certificate, domain.external_id, domain.verified_at, domain.error)


def _look(domain: Domain, slug: str, *, resolver: Resolver, hosts: CustomHosts, settings: Settings) -> _State:
    finding = look_up(domain, slug, resolver=resolver, settings=settings)
    now, state = utc_now(), _as_it_is(domain)
    if finding.error:
        is_served = domain.status in SERVED
        is_gone = is_served and (domain.verified_at or now) < now - MAY_BE_GONE
        return replace(state, status=DomainStatus.FAILED if is_gone else domain.status, error=finding.error)
    external_id = domain.external_id or hosts.add(domain.host)
    certificate = hosts.certificate(domain.host, external_id)
    is_active = certificate.state is CertificateState.ACTIVE
    return _State(
        status=DomainStatus.ACTIVE if is_active else DomainStatus.ISSUING,
        certificate=certificate.state,
        external_id=external_id,
        verified_at=now,
        error=certificate.detail,
    )


def _write(domain_id: UUID, state: _State, routes: EdgeRoutes | None) -> Domain | None:
    """None: it was removed meanwhile. With `routes`, what is served there follows: as the row and its app are now."""
    with transaction() as session:
        domain = session.get(Domain, domain_id, with_for_update=True)
        if domain is None:
            return None
        domain.sqlmodel_update(
            {
                "status": state.status,
                "certificate": state.certificate,
                "external_id": state.external_id,
                "verified_at": state.verified_at,
                "error": state.error,
                "checked_at": utc_now(),
            }
        )
        session.add(domain)
        if routes is not None and domain.status in SERVED:
            route = route_of(session.get_one(App, domain.app_id), domain)
            after_commit(session, partial(routes.put_host, domain.host, route))
        elif routes is not None and domain.status is DomainStatus.FAILED:
            after_commit(session, partial(routes.delete_host, domain.host))
    return domain


def _give_back(host: str, external_id: str, hosts: CustomHosts) -> None:
    """It was accepted for a claim that is gone, unless somebody else claims it now."""
    with transaction() as session:
        is_claimed = session.exec(select(Domain.id).where(Domain.host == host)).first() is not None
    if not is_claimed:
        hosts.remove(host, external_id)


def due_domains(session: Session) -> Sequence[UUID]:
    """Which to look at now: young claims each minute, older ones each half hour, what is served twice a day."""
    now = utc_now()
    status, checked = col(Domain.status), col(Domain.checked_at)
    waiting = status.in_([DomainStatus.PENDING, DomainStatus.ISSUING])
    is_young = col(Domain.created_at) > now - YOUNG
    return session.exec(
        select(Domain.id)
        .join(App, col(App.id) == Domain.app_id)
        .where(
            App.status != AppStatus.DELETED,
            or_(
                checked.is_(None),
                waiting & is_young & (checked < now - SOON),
                waiting & (checked < now - LATER),
                (status == DomainStatus.ACTIVE) & (checked < now - SELDOM),
            ),
        )
        .order_by(checked.asc().nulls_first())
        .limit(MOST_AT_ONCE)
    ).all()


def forget_stale_claims(session: Session) -> int:
    """Claims that nobody proved within a week. Returns how many."""
    stale = session.exec(
        select(Domain)
        .where(Domain.status == DomainStatus.PENDING, col(Domain.created_at) < utc_now() - CLAIM_LASTS)
        .limit(100)
        .with_for_update(skip_locked=True)
    ).all()
    for domain in stale:
        session.delete(domain)
    return len(stale)


def check_due_domains(*, resolver: Resolver, hosts: CustomHosts, routes: EdgeRoutes, settings: Settings) -> None:
    """One that can't be looked at keeps the others from nothing."""
    with transaction() as session:
        due = due_domains(session)
    for domain_id in due:
        try:
            check_domain(domain_id, resolver=resolver, hosts=hosts, routes=routes, settings=settings)
        except OverskillError:
            continue
