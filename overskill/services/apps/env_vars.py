"""Variables of an app, each in one environment: kept encrypted; secret ones are written and never shown again.

A name that begins with VITE_ is public, as with Vite: its value is `import.meta.env.VITE_…` in the app, where every
visitor can read it. All others are secret: they are in no bundle, export or version, and no model hears of them.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.clients.variables import FILE as VARIABLES_FILE
from overskill.config import Settings
from overskill.errors import InvalidInput, LimitReached, NotFound
from overskill.models import App, DeploymentEnvironment, EnvVar
from overskill.models.columns import rows_beside, rows_in
from overskill.services.providers.sealing import Unreadable, seal, unseal

PURPOSE = "app variable"
PUBLIC_PREFIX = "VITE_"
MOST_VARIABLES = 100  # of one app in one environment
LONGEST_NAME = 64
LONGEST_VALUE = 4_000
LONGEST_PASTE = 100_000
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_SOUNDS_SECRET = re.compile(r"SECRET|PASSWORD|PRIVATE|SERVICE_ROLE")
_LINE = re.compile(r"(?:export\s+)?([\w.-]+)\s*=\s*(.*)")
_OF_VITE = frozenset({"VITE_USER_NODE_ENV"})
_OF_THE_EDGE = ("APP_", "PUBLIC_")  # what begins so is shown to an app's pages, and no secret
_FROM_THE_EDGE = frozenset({"ASSETS", "DB", "FILES"})  # what it gives an app's server code or keeps from it
_GONE = "That variable is not there any more. Reload the page."


@dataclass(frozen=True, slots=True)
class VariableView:
    """`value` only of what is public, and where it can still be read."""

    id: UUID
    environment: DeploymentEnvironment
    name: str
    value: str
    is_public: bool
    is_readable: bool  # False: it was kept with another OVERSKILL_SECRET_KEY


def variables_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of apps, for `variables_in`."""
    in_order = (col(EnvVar.environment), col(EnvVar.name))
    return rows_beside(EnvVar, col(EnvVar.app_id) == col(App.id), in_order=in_order)


def variables_in(column: Sequence[Mapping[str, Any]] | None, settings: Settings) -> list[VariableView]:
    """Of all environments."""
    return [_view(row, settings) for row in rows_in(EnvVar, column)]


def public_variables(
    session: Session, app_id: UUID, environment: DeploymentEnvironment, *, settings: Settings
) -> dict[str, str]:
    """name -> value. What can't be read any more is left out."""
    return _values(session, app_id, environment, is_public=True, settings=settings)


def public_variables_beside(environment: DeploymentEnvironment) -> sa.ScalarSelect[Any]:
    """A column for a query of apps, for `public_variables_in`."""
    is_shown = (col(EnvVar.app_id) == col(App.id), col(EnvVar.environment) == environment, col(EnvVar.is_public))
    return rows_beside(EnvVar, *is_shown, in_order=(col(EnvVar.name),))


def public_variables_in(column: Sequence[Mapping[str, Any]] | None, settings: Settings) -> dict[str, str]:
    """As `public_variables`."""
    return _readable(rows_in(EnvVar, column), settings)


def secret_variables(
    session: Session, app_id: UUID, environment: DeploymentEnvironment, *, settings: Settings
) -> dict[str, str]:
    """As `public_variables`, of the others: for the edge alone, which gives them to the app's own server code."""
    values = _values(session, app_id, environment, is_public=False, settings=settings)
    return {
        name: value
        for name, value in values.items()
        if not name.startswith(_OF_THE_EDGE) and name not in _FROM_THE_EDGE
    }


def _values(
    session: Session, app_id: UUID, environment: DeploymentEnvironment, *, is_public: bool, settings: Settings
) -> dict[str, str]:
    rows = session.exec(
        select(EnvVar)
        .where(EnvVar.app_id == app_id, EnvVar.environment == environment, EnvVar.is_public == is_public)
        .order_by(EnvVar.name)
    )
    return _readable(rows, settings)


def _readable(rows: Iterable[EnvVar], settings: Settings) -> dict[str, str]:
    values = {row.name: _value(str(row.id), row.sealed_value, settings) for row in rows}
    return {name: value for name, value in values.items() if value is not None}


def variables_file(variables: Mapping[str, str]) -> dict[str, str]:
    """What the bundler is given of them among an app's files: a path that nobody else can write."""
    return {VARIABLES_FILE: "".join(f"{name}={json.dumps(value)}\n" for name, value in variables.items())}


def variable_names(session: Session, app_id: UUID) -> list[str]:
    """Of all environments: what somebody who takes the app along has to fill in."""
    return sorted(set(session.exec(select(EnvVar.name).where(EnvVar.app_id == app_id))))


def set_variables(
    session: Session,
    app: App,
    environment: DeploymentEnvironment,
    values: Mapping[str, str],
    *,
    settings: Settings,
) -> None:
    """Keep all of them or none; what has the same name is replaced. The caller holds the app's row lock.

    Raises InvalidInput, naming the first that can't be kept, and LimitReached.
    """
    for name, value in values.items():
        check_variable(name, value)
    rows = {row.name: row for row in _rows(session, app, environment)}
    if len(rows.keys() | values.keys()) > MOST_VARIABLES:
        raise LimitReached(f"An environment has at most {MOST_VARIABLES} variables. Remove some first.")
    for name, value in values.items():
        row = rows.get(name) or EnvVar(
            id=uuid4(), app_id=app.id, environment=environment, name=name, sealed_value="", is_public=is_public(name)
        )
        row.sealed_value = seal(value, settings=settings, purpose=PURPOSE, owner=str(row.id))
        session.add(row)
    session.flush()


def remove_variable(session: Session, app: App, variable_id: UUID) -> EnvVar:
    row = _find(session, app, variable_id)
    session.delete(row)
    session.flush()
    return row


def copy_variable(
    session: Session, app: App, variable_id: UUID, environment: DeploymentEnvironment, *, settings: Settings
) -> str:
    """Keep it in another environment, too; what has its name there is replaced. Returns the name."""
    row = _find(session, app, variable_id)
    value = _value(str(row.id), row.sealed_value, settings)
    if value is None:
        raise InvalidInput(f"{row.name} can't be read any more, so it can't be copied. Set it again.")
    set_variables(session, app, environment, {row.name: value}, settings=settings)
    return row.name


def check_variable(name: str, value: str) -> None:
    """Raises InvalidInput where it can't be kept."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or name in _OF_VITE:
        raise InvalidInput(
            f"“{name[:80]}” can't be a name. Use capital letters, digits and _, such as VITE_API_URL.", field="name"
        )
    if name.startswith(_OF_THE_EDGE):
        raise InvalidInput(
            f"Names that begin with {' or '.join(_OF_THE_EDGE)} are taken: visitors could read them. Choose another.",
            field="name",
        )
    if name in _FROM_THE_EDGE:
        raise InvalidInput(f"{name} is taken: apps have something of that name anyway. Choose another.", field="name")
    if is_public(name) and _SOUNDS_SECRET.search(name):
        raise InvalidInput(
            f"{name} would be public: everybody who opens the app could read it. Name it "
            f"{name.removeprefix(PUBLIC_PREFIX)} to keep it secret.",
            field="name",
        )
    if not value or len(value) > LONGEST_VALUE or "\0" in value:
        raise InvalidInput(f"{name} needs a value of at most {LONGEST_VALUE:,} characters.", field="value")


def is_public(name: str) -> bool:
    return name.startswith(PUBLIC_PREFIX)


def parse_env(text: str) -> dict[str, str]:
    """A .env file as it is pasted: comments, `export`, quotes and quoted values of several lines are understood.

    Raises InvalidInput for a line that is none of it.
    """
    if len(text) > LONGEST_PASTE:
        raise InvalidInput("That is more than a .env file holds. Paste only the lines with variables.", field="pasted")
    values: dict[str, str] = {}
    lines = iter(enumerate(text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n"), start=1))
    for number, line in lines:
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        found = _LINE.fullmatch(stripped)
        if found is None:
            raise InvalidInput(f"Line {number} is not NAME=value. Correct it, then paste it again.", field="pasted")
        name, rest = found[1], found[2]
        while _is_open(rest):
            following = next(lines, None)
            if following is None:
                raise InvalidInput(f"The quotes that begin in line {number} never end.", field="pasted")
            rest = f"{rest}\n{following[1]}"
        values[name] = _unquoted(rest)
    if not values:
        raise InvalidInput("There is no variable in that. Paste lines such as VITE_API_URL=https://…", field="pasted")
    return values


def _is_open(value: str) -> bool:
    quote = value[:1]
    return quote in ('"', "'", "`") and _end_of(value, quote) < 0


def _end_of(value: str, quote: str) -> int:
    """Where the quotes that a value begins with end, or -1."""
    place = 1
    while (place := value.find(quote, place)) > 0:
        if quote != '"' or value[place - 1] != "\\":
            return place
        place += 1
    return -1


def _unquoted(value: str) -> str:
    quote = value[:1]
    if quote not in ('"', "'", "`") or len(value) < 2:
        return re.split(r"\s#", value, maxsplit=1)[0].strip()
    inner = value[1 : _end_of(value, quote)]
    return inner.replace("\\n", "\n").replace('\\"', '"') if quote == '"' else inner


def _view(row: EnvVar, settings: Settings) -> VariableView:
    value = _value(str(row.id), row.sealed_value, settings) if row.is_public else ""
    return VariableView(row.id, row.environment, row.name, value or "", row.is_public, value is not None)


def _value(key: str, sealed: str, settings: Settings) -> str | None:
    """None: it can't be read any more."""
    try:
        return unseal(sealed, settings=settings, purpose=PURPOSE, owner=key)
    except Unreadable:
        return None


def _rows(session: Session, app: App, environment: DeploymentEnvironment) -> Sequence[EnvVar]:
    return session.exec(select(EnvVar).where(EnvVar.app_id == app.id, EnvVar.environment == environment)).all()


def _find(session: Session, app: App, variable_id: UUID) -> EnvVar:
    row = session.get(EnvVar, variable_id)
    if row is None or row.app_id != app.id:
        raise NotFound(_GONE)
    return row
