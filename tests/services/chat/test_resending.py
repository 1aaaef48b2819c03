from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from overskill.errors import Conflict
from overskill.models import App, ChatMessage, Generation, GenerationStatus, MessageAuthor, User, VersionCause
from overskill.models.base import utc_now
from overskill.services.apps import read_files, save_version, write_files
from overskill.services.chat.resending import go_back_before, version_before
from overskill.services.generation.claim import _history
from overskill.starter import starter_files
from tests.factories import make_app, make_generation, make_user

Ask = Callable[..., Generation]


@pytest.fixture
def user(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def app(session: Session, user: User) -> App:
    return make_app(session, user)


@pytest.fixture
def ask(session: Session, app: App) -> Ask:
    """A turn that is over: its message, and the version it made if it wrote something."""
    begun = utc_now() - timedelta(hours=1)

    def one(prompt: str, text: str = "", *, replaces: Generation | None = None) -> Generation:
        nonlocal begun
        begun += timedelta(minutes=1)
        turn = make_generation(session, app, prompt=prompt, status=GenerationStatus.SUCCEEDED)
        turn.created_at = turn.started_at = begun
        turn.replaces_id = replaces.id if replaces else None
        if text:
            write_files(session, app.id, {"src/App.tsx": text})
            version = save_version(session, app, note=prompt, cause=VersionCause.GENERATION, generation_id=turn.id)
            version.created_at, turn.version = begun, version.number
            session.add(version)
        session.add(turn)
        session.add(ChatMessage(app_id=app.id, author=MessageAuthor.USER, generation_id=turn.id, text=prompt))
        session.flush()
        return turn

    return one


def test_a_turn_began_with_the_version_before_its_own(session: Session, ask: Ask) -> None:
    first, said, second = ask("one", "one\n"), ask("what is this?"), ask("two", "two\n")
    assert [version_before(session, turn) for turn in (first, said, second)] == [0, 1, 1]


def test_going_back_is_a_version_of_its_own(session: Session, app: App, user: User, ask: Ask) -> None:
    ask("one", "one\n")
    second = ask("two", "two\n")
    files = go_back_before(session, app, user.id, second)
    assert files is not None
    assert files["src/App.tsx"] == "one\n"
    assert app.current_version == 3


def test_where_nothing_had_changed_since_nothing_is_put_back(session: Session, app: App, user: User, ask: Ask) -> None:
    ask("one", "one\n")
    said = ask("what is this?")
    assert go_back_before(session, app, user.id, said) is None
    assert app.current_version == 1


def test_before_the_first_turn_there_was_the_starter(session: Session, app: App, user: User, ask: Ask) -> None:
    first = ask("one", "one\n")
    go_back_before(session, app, user.id, first)
    assert read_files(session, app.id) == starter_files()


def test_nothing_goes_back_while_a_turn_is_under_way(session: Session, app: App, user: User, ask: Ask) -> None:
    first = ask("one", "one\n")
    make_generation(session, app)
    with pytest.raises(Conflict):
        go_back_before(session, app, user.id, first)


def test_no_author_is_told_of_what_was_replaced(session: Session, ask: Ask) -> None:
    ask("one")
    second = ask("two")
    ask("three")
    again = ask("two, better", replaces=second)
    last = ask("four")
    assert [message.text for message in _history(session, last)] == ["one", "two, better"]
    assert [message.text for message in _history(session, again)] == ["one"]
