"""What a turn knows of those before it."""

from collections.abc import Callable

from overskill.container import Container
from overskill.models import Generation
from overskill.services.generation import run_turn
from tests.fake_author import FakeAuthor, says, writes


def test_a_turn_knows_which_message_made_which_version_and_what_it_changed(
    services: Container, author: FakeAuthor, ask: Callable[..., Generation]
) -> None:
    author.scripts = [
        [says("Made."), *writes("src/App.tsx", "export default 1;\n")],
        [says("Added."), *writes("src/a.ts", "export const a = 1;\n")],
        [says("Done."), *writes("src/b.ts", "export const b = 1;\n")],
    ]
    for words in ("a habit tracker", "add a", "add b"):
        run_turn(ask(words).id, services.workshop)
    past = author.turns[-1].past
    assert past is not None
    assert [message.version for message in author.turns[-1].history] == [1, 1, 2, 2]
    assert past.number == 1
    assert "src/a.ts" not in past.files
    assert {version.number: dict(version.texts) for version in past.versions}[2] == {
        "src/a.ts": "export const a = 1;\n"
    }
