from sqlmodel import Session

from overskill.models import App, AppEnvironment, AppStatus, Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.services.apps import duplicate_app
from overskill.services.apps.gallery import list_gallery, svg_url
from tests.factories import make_app, make_user


def publish(session: Session, app: App, *, is_live: bool = True, environment: str = "production") -> None:
    session.add(
        Deployment(
            app_id=app.id,
            user_id=app.creator_id,
            version=1,
            environment=DeploymentEnvironment(environment),
            status=DeploymentStatus.DEPLOYED,
            is_live=is_live,
            url=f"http://{app.slug}.localhost:8787",
        )
    )
    session.flush()


def test_the_gallery_shows_what_is_live(session: Session) -> None:
    user = make_user(session)
    live, taken_down, staged = (make_app(session, user, name=name) for name in ("Live", "Down", "Staged"))
    make_app(session, user, name="Draft")
    publish(session, live)
    publish(session, taken_down, is_live=False)
    publish(session, staged, environment="staging")
    assert [(app.name, app.url) for app in list_gallery(session)] == [("Live", f"http://{live.slug}.localhost:8787")]


def test_the_gallery_shows_no_deleted_app(session: Session) -> None:
    app = make_app(session, make_user(session))
    publish(session, app)
    app.status = AppStatus.DELETED
    session.add(app)
    assert list_gallery(session) == []


def test_an_app_whose_maker_keeps_it_out_is_not_in_the_gallery(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user)
    publish(session, app)
    app.in_gallery = False
    session.add(app)
    copy = duplicate_app(session, app, user.id)
    publish(session, copy)
    assert list_gallery(session) == []


def test_a_private_app_is_not_in_the_gallery(session: Session) -> None:
    user = make_user(session)
    hidden, shown = make_app(session, user, name="Hidden"), make_app(session, user, name="Shown")
    for app in (hidden, shown):
        publish(session, app)
        place = DeploymentEnvironment.PRODUCTION if app is hidden else DeploymentEnvironment.STAGING
        session.add(AppEnvironment(app_id=app.id, environment=place, is_private=True))
    session.flush()
    assert [app.name for app in list_gallery(session)] == ["Shown"]


def test_a_logo_becomes_an_address_that_runs_nothing() -> None:
    assert svg_url("<svg/>") == "data:image/svg+xml;base64,PHN2Zy8+"
    assert svg_url("") == ""
