"""Variables of an app: what may be one, who sees its value, and what a pasted .env means."""

import json

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.config import Settings
from overskill.errors import InvalidInput, NotFound
from overskill.models import App, DeploymentEnvironment, EnvVar
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
from tests.factories import make_app, make_user

PREVIEW, PRODUCTION = DeploymentEnvironment.PREVIEW, DeploymentEnvironment.PRODUCTION


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"secret_key": type(settings.secret_key)("a secret of this test, long enough")})


@pytest.fixture
def app(session: Session) -> App:
    return make_app(session, make_user(session))


def listed(session: Session, app: App, settings: Settings) -> list[VariableView]:
    column = session.execute(sa.select(variables_beside()).where(col(App.id) == app.id).select_from(App)).scalar_one()
    return variables_in(column, settings)


def test_a_secret_is_kept_sealed_and_never_shown_again(session: Session, app: App, settings: Settings) -> None:
    set_variables(session, app, PREVIEW, {"API_KEY": "s3cret", "VITE_URL": "https://x.test"}, settings=settings)
    secret, public = listed(session, app, settings)
    assert (secret.name, secret.value, secret.is_public) == ("API_KEY", "", False)
    assert (public.name, public.value, public.is_public) == ("VITE_URL", "https://x.test", True)
    assert "s3cret" not in json.dumps(list(session.exec(select(EnvVar.sealed_value))))


def test_only_public_ones_of_the_environment_are_for_the_bundle(session: Session, app: App, settings: Settings) -> None:
    set_variables(session, app, PREVIEW, {"VITE_URL": "https://dev.test", "API_KEY": "s3cret"}, settings=settings)
    set_variables(session, app, PRODUCTION, {"VITE_URL": "https://x.test"}, settings=settings)
    found = public_variables(session, app.id, PRODUCTION, settings=settings)
    assert found == {"VITE_URL": "https://x.test"}
    assert variables_file({"VITE_A": 'two\n"lines"'}) == {".env": 'VITE_A="two\\n\\"lines\\""\n'}


def test_what_has_the_same_name_is_replaced(session: Session, app: App, settings: Settings) -> None:
    for value in ("one", "two"):
        set_variables(session, app, PREVIEW, {"VITE_A": value}, settings=settings)
    assert public_variables(session, app.id, PREVIEW, settings=settings) == {"VITE_A": "two"}


def test_a_secret_is_copied_to_another_environment_unseen(session: Session, app: App, settings: Settings) -> None:
    set_variables(session, app, PREVIEW, {"VITE_A": "one"}, settings=settings)
    (row,) = listed(session, app, settings)
    assert copy_variable(session, app, row.id, PRODUCTION, settings=settings) == "VITE_A"
    assert public_variables(session, app.id, PRODUCTION, settings=settings) == {"VITE_A": "one"}


def test_what_was_sealed_with_another_key_is_said_to_be_unreadable(
    session: Session, app: App, settings: Settings
) -> None:
    set_variables(session, app, PREVIEW, {"VITE_A": "one"}, settings=settings)
    other = settings.model_copy(update={"secret_key": type(settings.secret_key)("another secret, long enough too")})
    assert public_variables(session, app.id, PREVIEW, settings=other) == {}
    assert [row.is_readable for row in listed(session, app, other)] == [False]


def test_a_variable_of_another_app_is_not_there(session: Session, app: App, settings: Settings) -> None:
    set_variables(session, app, PREVIEW, {"VITE_A": "one"}, settings=settings)
    (row,) = listed(session, app, settings)
    other = make_app(session, make_user(session))
    with pytest.raises(NotFound):
        remove_variable(session, other, row.id)


@pytest.mark.parametrize("name", ["", "lower", "1ST", "WITH SPACE", "A-B", "VITE_USER_NODE_ENV", "A" * 65])
def test_a_name_that_is_none_is_refused(session: Session, app: App, settings: Settings, name: str) -> None:
    with pytest.raises(InvalidInput, match="can't be a name"):
        set_variables(session, app, PREVIEW, {name: "x"}, settings=settings)


@pytest.mark.parametrize("name", ["ASSETS", "DB", "FILES", "APP_KEY", "PUBLIC_KEY"])
def test_a_name_that_the_edge_has_taken_is_refused_before_a_publish_fails_of_it(
    session: Session, app: App, settings: Settings, name: str
) -> None:
    with pytest.raises(InvalidInput, match="taken"):
        set_variables(session, app, PREVIEW, {name: "x"}, settings=settings)


def test_a_public_name_that_sounds_secret_is_refused(session: Session, app: App, settings: Settings) -> None:
    with pytest.raises(InvalidInput, match="Name it STRIPE_SECRET_KEY to keep it secret"):
        set_variables(session, app, PREVIEW, {"VITE_STRIPE_SECRET_KEY": "x"}, settings=settings)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A=1\n# note\n\nexport B = two words # comment\n", {"A": "1", "B": "two words"}),
        ("A='it''s'\r\nB=\"x\\ny\"", {"A": "it", "B": "x\ny"}),
        ('KEY="-----BEGIN\nabc\n-----END"\nB=`x`', {"KEY": "-----BEGIN\nabc\n-----END", "B": "x"}),
        ("URL=https://x.test/?a=b#c", {"URL": "https://x.test/?a=b#c"}),
    ],
    ids=["plain", "quoted", "lines", "address"],
)
def test_a_pasted_file_is_read_as_tools_read_it(text: str, values: dict[str, str]) -> None:
    assert parse_env(text) == values


@pytest.mark.parametrize("text", ["", "# nothing", "no value", 'A="never ends'])
def test_a_paste_that_is_none_says_what_is_wrong(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_env(text)
