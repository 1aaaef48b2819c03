"""Domains of creators' own: claimed, proved by DNS, served, watched."""

from overskill.services.domains.check import check_domain, check_due_domains, due_domains, forget_stale_claims
from overskill.services.domains.claim import (
    DomainView,
    add_domain,
    app_of_host,
    find_domain,
    list_domains,
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
    "due_domains",
    "find_domain",
    "forget_stale_claims",
    "list_domains",
    "redirect_domain",
    "remove_domain",
    "repoint_domains",
    "take_domains_down",
]
