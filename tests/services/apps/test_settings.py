"""What an app is called, where it is, whose it is, and what stands for it."""

import io

import pytest
from PIL import Image
from sqlmodel import Session

from overskill.clients.objects import FakeObjectStore
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import App, Deployment, DeploymentEnvironment, Membership, Role, User
from overskill.services.apps.icons import read_icon, remove_icon, save_icon
from overskill.services.apps.settings import change_slug, describe_app, move_app
from overskill.services.deployments.published import with_description
from tests.factories import make_app, make_user


@pytest.fixture
def user(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def app(session: Session, user: User) -> App:
    return make_app(session, user, versions=1)


def published(session: Session, app: App, *, is_live: bool = True) -> Deployment:
    deployment = Deployment(
        app_id=app.id,
        user_id=app.creator_id,
        version=1,
        environment=DeploymentEnvironment.PRODUCTION,
        edge_version="0" * 32,
        is_live=is_live,
        status="deployed",
    )
    session.add(deployment)
    session.flush()
    return deployment


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100)) -> bytes:
    result = io.BytesIO()
    Image.new("RGB", size, "red").save(result, kind)
    return result.getvalue()


def test_an_app_gets_another_address(session: Session, app: App) -> None:
    change_slug(session, app, "  Shop-2 ")
    assert app.slug == "shop-2"


@pytest.mark.parametrize("slug", ["", "-a", "a--b", "UPPER CASE", "ä", "a" * 49, "studio"])
def test_an_address_that_can_not_be_had_is_refused(session: Session, app: App, slug: str) -> None:
    with pytest.raises(InvalidInput):
        change_slug(session, app, slug)


def test_an_address_that_is_taken_is_refused(session: Session, user: User, app: App) -> None:
    other = make_app(session, user, slug="taken-one")
    before = app.slug
    with pytest.raises(InvalidInput, match="Another app"):
        change_slug(session, app, other.slug)
    session.refresh(app)
    assert app.slug == before


def test_a_live_app_keeps_its_address(session: Session, app: App) -> None:
    published(session, app)
    with pytest.raises(Conflict, match="Take it offline first"):
        change_slug(session, app, "elsewhere")


def test_what_was_published_at_another_address_is_not_put_back(session: Session, app: App) -> None:
    deployment = published(session, app, is_live=False)
    change_slug(session, app, "elsewhere")
    session.refresh(deployment)
    assert deployment.edge_version == ""


def test_a_description_is_one_line_of_limited_length(session: Session, app: App) -> None:
    describe_app(session, app, " Two\n lines ")
    assert app.description == "Two lines"
    with pytest.raises(InvalidInput):
        describe_app(session, app, "x" * 301)


def test_a_published_page_has_the_description_unless_it_has_one() -> None:
    assert '<meta name="description" content="A &quot;shop&quot;" />' in with_description("<head></head>", 'A "shop"')
    own = '<head><meta content="x" name="description"></head>'
    assert with_description(own, "A shop") == own


def test_an_icon_is_drawn_anew_as_a_square(session: Session, app: App, user: User) -> None:
    objects = FakeObjectStore()
    checksum = save_icon(session, app, picture(), objects)
    with Image.open(io.BytesIO(read_icon(session, user.id, checksum, objects))) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (256, 256))
    with pytest.raises(NotFound):
        read_icon(session, make_user(session).id, checksum, objects)
    remove_icon(session, app, objects)
    assert app.icon == ""


@pytest.mark.parametrize(
    "image", [b"", b"<svg/>", picture("GIF"), picture()[:90], picture(size=(4, 4)), b"x" * 1_100_000]
)
def test_what_is_no_icon_is_refused(session: Session, app: App, image: bytes) -> None:
    with pytest.raises(InvalidInput):
        save_icon(session, app, image, FakeObjectStore())


def test_an_app_moves_only_to_a_team_where_its_mover_may_change_apps(session: Session, app: App, user: User) -> None:
    other = make_app(session, make_user(session))
    with pytest.raises(NotAllowed):
        move_app(session, app, user.id, other.team_id)
    session.add(Membership(team_id=other.team_id, user_id=user.id, role=Role.EDITOR))
    session.flush()
    move_app(session, app, user.id, other.team_id)
    assert app.team_id == other.team_id
