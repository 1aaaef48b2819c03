"""What is built when an app is published."""

from pydantic import SecretStr
from sqlmodel import Session

from overskill.clients.bundler import Asset
from overskill.config import Settings
from overskill.models import Deployment, DeploymentEnvironment
from overskill.services.apps.env_vars import set_variables
from overskill.services.deployments.published import described, published_files
from tests.factories import make_app, make_user


def test_a_version_is_built_with_the_public_variables_of_its_environment(session: Session, settings: Settings) -> None:
    settings = settings.model_copy(update={"secret_key": SecretStr("s" * 40)})
    user = make_user(session)
    app = make_app(session, user, versions=1)
    for environment, value in ((DeploymentEnvironment.PREVIEW, "here"), (DeploymentEnvironment.PRODUCTION, "there")):
        set_variables(session, app, environment, {"VITE_PLACE": value, "API_KEY": "s3cret"}, settings=settings)
    deployment = Deployment(app_id=app.id, user_id=user.id, version=1, environment=DeploymentEnvironment.PRODUCTION)
    files = published_files(session, app, deployment, settings=settings)
    assert files[".env"] == 'VITE_PLACE="there"\n'
    assert "s3cret" not in "".join(files.values())
    assert files["src/App.tsx"] == "export const version = 1;\n"


def test_the_built_page_says_what_the_app_is_for() -> None:
    page = Asset(b"<head><title>App</title></head>", "text/html; charset=utf-8")
    found = described({"/index.html": page, "/a.js": Asset(b"1", "text/javascript")}, "Keeps habits")
    assert b'<meta name="description" content="Keeps habits" />' in found["/index.html"].content
    assert found["/a.js"].content == b"1"
