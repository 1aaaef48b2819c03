"""Every plain route that takes a name, asked with the ids and addresses of what is somebody else's: by a stranger, and
by who has an account. It changes nothing and tells nothing; each that answers all the same is named in FOR_OTHERS_TOO.
"""

import importlib
import io
import pkgutil
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from PIL import Image
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.routing import Route

from overskill import db, routes
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.web_pages import FakeWebPages
from overskill.container import Container
from overskill.models import App, Attachment, AttachmentKind, Deployment, User, VersionCause
from overskill.routes import attachments, listings
from overskill.services.apps import save_version
from overskill.services.apps.files import write_files
from overskill.services.attachments.stored import fresh_key
from tests.factories import make_generation, make_user
from tests.routes.conftest import sign_in
from tests.state.belongings import CHECKSUM, SECRET, Belongings, all_rows, arrange

FILE = "src/Secret.tsx"
REFUSALS = {401, 403, 404, 422}
TAKES_A_PICTURE = ("/icon", "/pictures", "/thumbnail")
FOR_OTHERS_TOO = {
    "GET /apps/{slug}",  # what is published
    "GET /bundles/{slug}",
    "GET /creators/{username}",
    "GET /library/open/{slug}",  # to where it is sold
    "GET /library/payment/{purchase:uuid}",  # to sign in
    "GET /receipts/{purchase:uuid}",  # to sign in
    "DELETE /api/attachments/{attachment_id:uuid}",  # what is gone is gone
}


def every_route() -> Iterator[Route]:
    for module in pkgutil.iter_modules(routes.__path__):
        found = getattr(importlib.import_module(f"{routes.__name__}.{module.name}"), "routes", [])
        if isinstance(found, list):
            yield from (each for each in found if isinstance(each, Route))
    yield from attachments.routes(FakeWebPages({}))
    yield from (each for each in listings.routes(Path("nowhere")) if isinstance(each, Route))


def method_of(route: Route) -> str:
    return min(route.methods or ())  # GET comes with HEAD


ROUTES = {f"{method_of(route)} {route.path}": route for route in every_route() if "{" in route.path}


@pytest_asyncio.fixture
async def client(services: Container) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=list(every_route())))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
        yield opened


def arrange_her_app(session: Session, owner: User) -> dict[str, str]:
    """What the studio has of the copy that Ada bought."""
    app = session.exec(select(App).where(App.creator_id == owner.id, App.name == f"{SECRET} copy")).one()
    app.slug = "her-copy"
    write_files(session, app.id, {FILE: f"// {SECRET}\n"})
    save_version(session, app, note=f"{SECRET} note", cause=VersionCause.EDIT, author_id=owner.id)
    turn = make_generation(session, app, prompt=f"{SECRET} wish")
    row = Deployment(app_id=app.id, user_id=owner.id, version=1, log=[{"text": f"{SECRET} line", "at": 0.1}])
    sent = Attachment(
        user_id=owner.id,
        kind=AttachmentKind.IMAGE,
        name=SECRET,
        media_type="image/png",
        size=1,
        object_key=fresh_key(owner.id),
    )
    session.add_all([row, sent])
    session.flush()
    return {"app": app.slug, "turn": str(turn.id), "deployment": str(row.id), "attachment": str(sent.id)}


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(made, "PNG")
    return made.getvalue()


def addresses(route: Route, hers: Belongings, more: dict[str, str]) -> set[str]:
    """Her names in each place of the path; where there are two, the first is of an app or a listing."""
    names, places = [*hers.words, *more.values(), "ada"], re.findall(r"{(\w+)(?::\w+)?}", route.path)
    known = {"path": [FILE], "checksum": [CHECKSUM], "number": ["1"], "kind": ["complete", "apps"]}
    if len(places) > 1:
        known["slug"] = [more["app"], hers.draft]
    found = {route.path}
    for place in places:
        pattern = rf"{{{place}(?::\w+)?}}"
        found = {re.sub(pattern, word, each, count=1) for each in found for word in known.get(place, names)}
    return found


def asked(more: dict[str, str]) -> dict[str, Any]:
    """Enough for any of them to be read."""
    change = {"path": FILE, "text": "mine", "base": None}
    return {
        "changes": [change],
        "path": FILE,
        "from": FILE,
        "to": "src/Mine.tsx",
        "locked": True,
        "q": SECRET,
        "case": False,
        "word": False,
        "regex": False,
        "replacement": "mine",
        "turn": more["turn"],
        "keep": "mine",
        "name": "Mine",
        "label": "Mine",
        "lifetime": "hour",
        "document": {},
        "operation": {"kind": "text", "text": "mine"},
        "base": CHECKSUM,
        "file": FILE,
        "checksum": CHECKSUM,
        "paths": [FILE],
        "line": 1,
        "column": 1,
    }


@pytest.mark.parametrize("who", ["a stranger", "another creator"])
@pytest.mark.parametrize("name", sorted(ROUTES))
async def test_a_route_neither_tells_nor_changes_what_is_somebody_elses(
    client: httpx.AsyncClient, services: Container, name: str, who: str
) -> None:
    hers = arrange()
    with db.transaction() as session:
        more = arrange_her_app(session, hers.owner)
        if who == "another creator":
            sign_in(client, session, make_user(session, name="Mallory"))
    before = all_rows()
    query = {"q": SECRET, "path": FILE, "turn": more["turn"], "from": "1", "to": "1", "slug": hers.draft}
    query |= {"before": "1", "after": "1"} if name.endswith("compare") else {}
    body: dict[str, Any] = {"content": picture()} if name.endswith(TAKES_A_PICTURE) else {"json": asked(more)}
    for address in sorted(addresses(ROUTES[name], hers, more)):
        answer = await client.request(method_of(ROUTES[name]), address, params=query, **body)
        assert SECRET not in answer.text.replace(f"{SECRET} Ada", ""), address  # who sells is named with what is sold
        assert answer.status_code in REFUSALS or name in FOR_OTHERS_TOO, (address, answer.status_code, answer.text)
    after = all_rows()
    assert {table for table, rows in after.items() if rows != before[table]} == set()
    assert isinstance(services.queue, FakeJobQueue)
    assert services.queue.enqueued == []
