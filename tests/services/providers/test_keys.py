import pytest
from sqlmodel import Session, select

from overskill.clients.model_errors import Endpoint, failed
from overskill.clients.model_memory import ModelFacts
from overskill.clients.models import Cause
from overskill.clients.providers import FakeModelLists, Provider
from overskill.config import Settings
from overskill.errors import InvalidInput, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable
from overskill.models import AuditEvent, ProviderKey, Role
from overskill.services.providers.keys import (
    MOST_KEYS,
    KeyOwner,
    checked_connection,
    list_keys,
    remove_key,
    save_key,
    saved_connection,
    try_connection,
)
from overskill.services.providers.sources import keys_for
from tests.services.providers.support import OPENAI, instance, member, person, production

KEY = "sk-live-abcdefgh1234"


def connection(
    provider: str = "openai",
    base_url: str = OPENAI,
    key: str = KEY,
    *,
    settings: Settings | None = None,
    is_admin: bool = False,
) -> Provider:
    return checked_connection(provider, base_url, key, settings=settings or instance(), is_admin=is_admin)


def test_a_key_is_kept_sealed_and_shown_by_its_last_characters(session: Session) -> None:
    me = person(session)
    save_key(session, KeyOwner(me.user_id), connection(), settings=instance())
    (view,) = list_keys(keys_for(session, me.team_id, me.user_id))
    assert (view.provider, view.base_url, view.hint, view.is_of_team) == ("openai", OPENAI, "1234", False)
    row = session.exec(select(ProviderKey)).one()
    assert KEY not in row.sealed_key
    assert saved_connection(session, me.user_id, view.id, settings=instance()).key == KEY


def test_a_second_key_of_the_same_name_takes_the_place_of_the_first(session: Session) -> None:
    me = person(session)
    for key in (KEY, "sk-live-another99"):
        save_key(session, KeyOwner(me.user_id), connection(key=key), settings=instance())
    assert [view.hint for view in list_keys(keys_for(session, me.team_id, me.user_id))] == ["er99"]


def test_nobody_else_sees_tries_or_removes_it(session: Session) -> None:
    me, other = person(session), person(session)
    view = save_key(session, KeyOwner(me.user_id), connection(), settings=instance())
    assert list_keys(keys_for(session, other.team_id, other.user_id)) == []
    with pytest.raises(NotFound):
        saved_connection(session, other.user_id, view.id, settings=instance())
    with pytest.raises(NotFound):
        remove_key(session, other.user_id, view.id)


def test_a_teams_key_is_for_its_owners_and_admins_to_change(session: Session) -> None:
    me = person(session)
    admin, editor = member(session, me, Role.ADMIN), member(session, me, Role.EDITOR)
    view = save_key(session, KeyOwner(admin.user_id, me.team_id), connection(), settings=instance())
    assert view.is_of_team
    with pytest.raises(NotAllowed):
        save_key(session, KeyOwner(editor.user_id, me.team_id), connection(), settings=instance())
    with pytest.raises(NotAllowed):
        remove_key(session, editor.user_id, view.id)
    remove_key(session, me.user_id, view.id)
    assert list_keys(keys_for(session, me.team_id, None)) == []


def test_who_saved_and_removed_a_key_is_recorded_without_the_key(session: Session) -> None:
    me = person(session)
    view = save_key(session, KeyOwner(me.user_id), connection(), settings=instance())
    remove_key(session, me.user_id, view.id)
    events = session.exec(select(AuditEvent).where(AuditEvent.actor_id == me.user_id)).all()
    assert [event.action for event in events] == ["provider_key.save", "provider_key.remove"]
    assert not any("1234" in event.subject.removeprefix(f"provider_key:{view.id}") for event in events)


def test_there_is_a_limit(session: Session) -> None:
    me = person(session)
    for number in range(MOST_KEYS):
        save_key(session, KeyOwner(me.user_id), connection(f"p-{number}"), settings=instance())
    with pytest.raises(LimitReached):
        save_key(session, KeyOwner(me.user_id), connection("one-more"), settings=instance())


def test_a_changed_secret_key_is_said(session: Session) -> None:
    me = person(session)
    view = save_key(session, KeyOwner(me.user_id), connection(), settings=instance())
    with pytest.raises(Unavailable, match="Add it again"):
        saved_connection(session, me.user_id, view.id, settings=instance(OVERSKILL_SECRET_KEY="t" * 40))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"provider": "My provider"}, "provider"),
        ({"provider": "server"}, "provider"),
        ({"provider": ""}, "provider"),
        ({"base_url": "api.example.com"}, "base_url"),
        ({"base_url": "file:///etc/passwd"}, "base_url"),
        ({"base_url": "https://user@example.com/v1"}, "base_url"),
        ({"base_url": "https://example.com/v1?key=1"}, "base_url"),
        ({"base_url": "http://127.0.0.1:6379"}, "base_url"),
        ({"base_url": "http://localhost:11434/v1"}, "base_url"),
        ({"base_url": "http://169.254.169.254/latest"}, "base_url"),
        ({"base_url": "http://[::1]/v1"}, "base_url"),
        ({"key": "short"}, "key"),
        ({"key": "two words of it"}, "key"),
        ({"key": "sk-\r\nX-Header: 1"}, "key"),
    ],
)
def test_what_is_no_connection_is_refused_beside_its_field(values: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        connection(**values)  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_only_an_admin_reaches_this_machine_and_only_in_development() -> None:
    found = connection(base_url="http://127.0.0.1:1234/v1", is_admin=True)
    assert not found.is_public_only
    with pytest.raises(InvalidInput):
        connection(base_url="http://127.0.0.1:1234/v1", is_admin=True, settings=production())


def test_nobody_reaches_the_metadata_of_a_cloud() -> None:
    with pytest.raises(InvalidInput, match="private network"):
        connection(base_url="http://169.254.169.254/latest", is_admin=True)


def test_a_name_is_resolved_under_guard() -> None:
    assert connection(base_url="https://api.example.com/v1", is_admin=True).is_public_only


def test_production_wants_https() -> None:
    with pytest.raises(InvalidInput, match="https"):
        connection(base_url="http://api.example.com/v1", settings=production())


def test_a_known_provider_needs_no_address_and_keeps_its_own() -> None:
    assert connection("openrouter", "http://evil.example/v1").base_url == "https://openrouter.ai/api/v1"
    settings = instance(AI_PROVIDERS="gpu=http://10.0.0.7:8000/v1|x")
    found = connection("gpu", "", settings=settings)
    assert (found.base_url, found.is_public_only, found.key) == ("http://10.0.0.7:8000/v1", False, KEY)


def test_a_connection_is_tried_by_its_list() -> None:
    lists = FakeModelLists({OPENAI: {"gpt": ModelFacts(), "gpt-mini": ModelFacts()}})
    assert try_connection(connection(), lists=lists) == 2


@pytest.mark.parametrize(
    ("cause", "error", "words"),
    [
        (Cause.KEY, InvalidInput, "does not accept this key"),
        (Cause.UNREACHABLE, InvalidInput, "Nothing answers"),
        (Cause.UNUSABLE, InvalidInput, "/v1"),
        (Cause.RATE, Unavailable, "Try again in a minute"),
        (Cause.SILENT, Unavailable, "Try again in a minute"),
    ],
)
def test_a_trial_that_fails_says_what_to_do(cause: Cause, error: type[OverskillError], words: str) -> None:
    lists = FakeModelLists({OPENAI: failed(Endpoint(OPENAI, ""), cause)})
    with pytest.raises(error, match=words):
        try_connection(connection(), lists=lists)


def test_a_key_that_lists_nothing_is_refused() -> None:
    with pytest.raises(Unavailable, match="lists no models"):
        try_connection(connection(), lists=FakeModelLists({OPENAI: {}}))
