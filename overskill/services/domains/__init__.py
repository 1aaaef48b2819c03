"""Domains of creators' own: claimed, proved by DNS, served, watched."""

from overskill.services.domains.check import check_domain, check_due_domains, due_domains, forget_stale_claims
from overskill.services.domains.claim import (
    DomainView,
    add_domain,
    app_of_host,
    domains_beside,
    domains_in,
    find_domain,
    redirect_domain,
    remove_domain,
    repoint_domains,
    take_domains_down,
)

__all__ = [
    "DomainView",
    "add_domain",
    "app_of_host",
    "check_domain",
    "check_due_domains",
    "domains_beside",
    "domains_in",
    "due_domains",
    "find_domain",
    "forget_stale_claims",
    "redirect_domain",
    "remove_domain",
    "repoint_domains",
    "take_domains_down",
]
