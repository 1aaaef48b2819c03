"""What the editor's views read for themselves, beside what the editor reads: in its query where one of them is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from overskill.config import Settings
from overskill.services.apps.access import Visit
from overskill.services.deployments.usage import TrafficRows, traffic_beside, traffic_in
from overskill.services.domains import domains_beside
from overskill.services.studio_domains import DomainsView, domains_view_in
from overskill.services.studio_repository import RepositoryView, repository_beside, repository_in
from overskill.services.studio_settings import SettingsView, settings_beside, settings_in


@dataclass(frozen=True)
class PublishTab:
    domains: DomainsView
    traffic: TrafficRows


@dataclass(frozen=True)
class SettingsTab:
    settings: SettingsView
    repository: RepositoryView


def tab_beside(tab: str) -> tuple[sa.ScalarSelect[Any], ...]:
    """Columns for `visit_app`, for `tab_in`: none for a view that shows nothing more."""
    columns: dict[str, tuple[sa.ScalarSelect[Any], ...]] = {
        "publish": (domains_beside(), *traffic_beside()),
        "settings": (repository_beside(), *settings_beside()),
    }
    return columns.get(tab, ())


def tab_in(tab: str, visit: Visit, columns: Sequence[Any], settings: Settings) -> PublishTab | SettingsTab | None:
    """`columns` are what `tab_beside` is of that visit."""
    if tab == "publish":
        domains, *traffic = columns
        return PublishTab(domains_view_in(visit, domains, settings), traffic_in(visit.app.slug, traffic))
    if tab == "settings":
        repository, *rest = columns
        return SettingsTab(settings_in(visit, rest, settings), repository_in(visit, repository, settings))
    return None
