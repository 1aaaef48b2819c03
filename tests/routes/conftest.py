"""A browser's view of our routes: a client on the same event loop as the services."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from sqlmodel import Session
from starlette.applications import Starlette

from overskill import db
from overskill.container import Container
from overskill.models import App, User, VersionCause
from overskill.routes import (
    apps,
    canvas,
    chat,
    deployments,
    domains,
    elements,
    files,
    github_imports,
    imports,
    language,
    library,
    licenses,
    mail_endings,
    receipts,
    repositories,
    repository_publishes,
    selling,
    stripe,
    test_accounts,
    test_payments,
    turns,
    versions,
)
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.apps import save_version
from tests.factories import make_app, make_user


@pytest_asyncio.fixture
async def client(services: Container) -> AsyncIterator[httpx.AsyncClient]:
    modules = (
        apps,
        turns,
        chat,
        deployments,
        domains,
        repositories,
        repository_publishes,
        files,
        imports,
        github_imports,
        elements,
        canvas,
        language,
        library,
        licenses,
        mail_endings,
        versions,
        selling,
        stripe,
        receipts,
        test_accounts,
        test_payments,
    )
    transport = httpx.ASGITransport(Starlette(routes=[route for module in modules for route in module.routes]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
        yield opened


def sign_in(client: httpx.AsyncClient, session: Session, user: User) -> None:
    client.cookies.set(COOKIE, open_session(session, user.id, Visitor()))


def arrange(client: httpx.AsyncClient) -> App:
    """An app with one version, and its creator signed in."""
    with db.transaction() as session:
        user = make_user(session)
        sign_in(client, session, user)
        app = make_app(session, user, slug="habits")
        save_version(session, app, note="Written", cause=VersionCause.GENERATION)
        return app
