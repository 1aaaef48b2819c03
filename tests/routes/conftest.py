"""A browser's view of our routes: a client on the same event loop as the services."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from sqlmodel import Session
from starlette.applications import Starlette

from overskill.container import Container
from overskill.models import User
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
    repositories,
    repository_publishes,
    turns,
    versions,
)
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session


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
        versions,
    )
    transport = httpx.ASGITransport(Starlette(routes=[route for module in modules for route in module.routes]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
        yield opened


def sign_in(client: httpx.AsyncClient, session: Session, user: User) -> None:
    client.cookies.set(COOKIE, open_session(session, user.id, Visitor()))
