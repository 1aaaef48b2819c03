"""What the settings of one app of one user do. As in studio.py, every function checks both the user and the app."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, select

from overskill.clients.bundler import Bundler
from overskill.clients.edge import Edge
from overskill.clients.edge_routes import EdgeRoutes
from overskill.clients.objects import ObjectStore
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.errors import InvalidInput, OverskillError
from overskill.models import App, DeploymentEnvironment, Membership, Team
from overskill.services.accounts.audit import record
from overskill.services.accounts.teams import TeamView, teams_beside, teams_in
from overskill.services.apps.access import (
    MAY_WRITE,
    Visit,
    app_to_change,
    app_to_read,
    app_to_switch,
    visit_app,
)
from overskill.services.apps.env_vars import (
    VariableView,
    copy_variable,
    parse_env,
    public_variables,
    remove_variable,
    set_variables,
    variables_beside,
    variables_file,
    variables_in,
)
from overskill.services.apps.files import files_beside, read_files
from overskill.services.apps.gallery import logo_url
from overskill.services.apps.icons import remove_icon, save_icon
from overskill.services.apps.my_apps import rename_app
from overskill.services.apps.packages import PackageUse, packages_used, tidied_manifest
from overskill.services.apps.saving import FileChange
from overskill.services.apps.settings import change_slug, describe_app, move_app
from overskill.services.deployments import Publisher, live_deployment, take_off_the_air, wish_offline
from overskill.services.deployments.live import live_url_beside
from overskill.services.deployments.request import refuse_unless_allowed
from overskill.services.domains import repoint_domains
from overskill.services.generation import app_topic, unfinished_turn
from overskill.services.progress import ProgressLog


@dataclass(frozen=True)
class SettingsView:
    name: str
    slug: str
    description: str
    logo_url: str
    has_icon: bool
    in_gallery: bool
    may_change: bool
    live_url: str
    team: str
    teams: list[TeamView]  # that the app could be moved to
    variables: list[VariableView]
    packages: list[PackageUse]
    needs_tidying: bool  # package.json names other packages than the code imports


def view_settings(session: Session, token: str, slug: str, *, settings: Settings) -> SettingsView:
    """`token` is that of their cookie. Raises SignInRequired and NotFound."""
    visit = visit_app(session, token, slug, *settings_beside())
    return settings_in(visit, visit.beside, settings)


def settings_beside() -> tuple[sa.ScalarSelect[Any], ...]:
    """Columns for `visit_app`, for `settings_in`."""
    return live_url_beside(), files_beside(), teams_beside(), variables_beside()


def settings_in(visit: Visit, columns: Sequence[Any], settings: Settings) -> SettingsView:
    """`columns` are what `settings_beside` is of that visit."""
    live_url, kept, told, sealed = columns
    app, files, teams, may_change = visit.app, kept or {}, teams_in(told), visit.role in MAY_WRITE
    return SettingsView(
        name=app.name,
        slug=app.slug,
        description=app.description,
        logo_url=logo_url(app.icon, app.logo),
        has_icon=bool(app.icon),
        in_gallery=app.in_gallery,
        may_change=may_change,
        live_url=live_url or "",
        team=next(team.name for team in teams if team.id == app.team_id),
        teams=[team for team in teams if team.id != app.team_id],
        variables=variables_in(sealed, settings) if may_change else [],
        packages=packages_used(files),
        needs_tidying=tidied_manifest(files) is not None,
    )


def save_general(
    session: Session,
    user_id: UUID,
    slug: str,
    *,
    name: str,
    new_slug: str,
    description: str,
    edge: Edge,
    routes: EdgeRoutes,
    log: ProgressLog,
) -> str:
    """All of it or nothing; the slug that the app has now. Raises what its parts raise."""
    app = app_to_change(session, user_id, slug)
    before = app.slug
    if " ".join(name.split()) != app.name:
        rename_app(session, app, name)
    describe_app(session, app, description)
    change_slug(session, app, new_slug)
    if app.slug != before:
        record(session, "app.address_changed", user_id, subject=f"app:{app.id} {before} {app.slug}")
        repoint_domains(session, app, routes=routes)
        after_commit(session, partial(_prune, edge, before))
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return app.slug


def _prune(edge: Edge, slug: str) -> None:
    with suppress(OverskillError):
        for environment in DeploymentEnvironment:
            edge.prune(environment, slug, keep=[])


def change_icon(
    session: Session, user_id: UUID, slug: str, image: bytes | None, *, objects: ObjectStore, log: ProgressLog
) -> str:
    """None takes it away. Returns what stands for the app now, for <img>."""
    app = app_to_change(session, user_id, slug)
    if image is None:
        remove_icon(session, app, objects)
    else:
        save_icon(session, app, image, objects)
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return logo_url(app.icon, app.logo)


def save_variables(
    session: Session,
    user_id: UUID,
    slug: str,
    environment: str,
    values: Mapping[str, str],
    *,
    bundler: Bundler,
    settings: Settings,
) -> None:
    app = app_to_change(session, user_id, slug)
    place = environment_of(environment)
    set_variables(session, app, place, values, settings=settings)
    _variables_changed(session, app, user_id, "variable.set", place, sorted(values), bundler=bundler, settings=settings)


def paste_variables(
    session: Session,
    user_id: UUID,
    slug: str,
    environment: str,
    text: str,
    *,
    bundler: Bundler,
    settings: Settings,
) -> int:
    """How many a .env file had."""
    values = parse_env(text)
    save_variables(session, user_id, slug, environment, values, bundler=bundler, settings=settings)
    return len(values)


def forget_variable(
    session: Session, user_id: UUID, slug: str, variable_id: UUID, *, bundler: Bundler, settings: Settings
) -> str:
    """Its name."""
    app = app_to_change(session, user_id, slug)
    row = remove_variable(session, app, variable_id)
    place, names = row.environment, [row.name]
    _variables_changed(session, app, user_id, "variable.removed", place, names, bundler=bundler, settings=settings)
    return row.name


def copy_to_environment(
    session: Session,
    user_id: UUID,
    slug: str,
    variable_id: UUID,
    environment: str,
    *,
    bundler: Bundler,
    settings: Settings,
) -> str:
    """Its name."""
    app = app_to_change(session, user_id, slug)
    place = environment_of(environment)
    name = copy_variable(session, app, variable_id, place, settings=settings)
    _variables_changed(session, app, user_id, "variable.set", place, [name], bundler=bundler, settings=settings)
    return name


def _variables_changed(
    session: Session,
    app: App,
    user_id: UUID,
    action: str,
    environment: DeploymentEnvironment,
    names: Sequence[str],
    *,
    bundler: Bundler,
    settings: Settings,
) -> None:
    """Written down, without values, and shown in open previews, which begin anew."""
    for name in names:
        record(session, action, user_id, subject=f"app:{app.id} {environment}/{name}")
    if environment is DeploymentEnvironment.PREVIEW:
        file = variables_file(public_variables(session, app.id, environment, settings=settings))
        after_commit(session, partial(_show, bundler, app.preview_key, file))


def _show(bundler: Bundler, key: str, file: Mapping[str, str]) -> None:
    """A bundler that is away, or does not hold the app, is given them when the app is opened."""
    with suppress(OverskillError):
        bundler.update(key, file)


def environment_of(text: str) -> DeploymentEnvironment:
    try:
        return DeploymentEnvironment(text)
    except ValueError:
        raise InvalidInput("There is no such environment. Reload the page.", field="environment") from None


def tidying(session: Session, user_id: UUID, slug: str) -> list[FileChange]:
    """The change that makes package.json name what the code imports; none where it does."""
    app = app_to_read(session, user_id, slug)
    tidied = tidied_manifest(read_files(session, app.id))
    return [tidied] if tidied else []


def move(session: Session, user_id: UUID, slug: str, team_id: UUID, *, log: ProgressLog) -> str:
    """Into another team; its name. Raises InvalidInput while a turn is under way: the team it began in pays it."""
    app = app_to_change(session, user_id, slug)
    if unfinished_turn(session, app.id) is not None:
        raise InvalidInput("OverSkill is working on this app. Wait until the turn is over, then move the app.")
    move_app(session, app, user_id, team_id)
    record(session, "app.moved", user_id, subject=f"app:{app.id} team:{team_id}")
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return session.exec(select(Team.name).join(Membership).where(Team.id == team_id)).first() or ""


def take_offline(user_id: UUID, slug: str, publisher: Publisher) -> bool:
    """Off the air everywhere, in transactions of its own. Its versions and its history stay; it can be published again.

    False: the edge does not answer. It is asked again until it does. Raises NotAllowed for an editor where an
    environment that shows it is protected.
    """
    with transaction() as session:
        app = app_to_switch(session, user_id, slug)
        for environment in DeploymentEnvironment:
            if live_deployment(session, app.id, environment) is not None:
                refuse_unless_allowed(session, app, user_id, environment)
        wish_offline(session, app, publisher.offline_wishes)
        record(session, "app.taken_offline", user_id, subject=f"app:{app.id}")
    return take_off_the_air(app.id, publisher)
