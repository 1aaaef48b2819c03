import pytest

from overskill.errors import Unavailable
from overskill.services.providers.sealing import Unreadable, seal, unseal
from tests.services.providers.support import instance


def sealed(text: str = "a private word") -> str:
    return seal(text, settings=instance(), purpose="keys", owner="row-1")


def test_a_secret_comes_back_as_it_was() -> None:
    assert unseal(sealed("sk-ünï"), settings=instance(), purpose="keys", owner="row-1") == "sk-ünï"


def test_what_is_stored_shows_nothing_and_differs_each_time() -> None:
    assert "private" not in sealed()
    assert sealed() != sealed()


@pytest.mark.parametrize(
    ("secret_key", "purpose", "owner"),
    [("t" * 40, "keys", "row-1"), ("s" * 40, "mails", "row-1"), ("s" * 40, "keys", "row-2")],
    ids=["another instance", "another purpose", "another row"],
)
def test_it_opens_only_where_it_belongs(secret_key: str, purpose: str, owner: str) -> None:
    with pytest.raises(Unreadable):
        unseal(sealed(), settings=instance(OVERSKILL_SECRET_KEY=secret_key), purpose=purpose, owner=owner)


@pytest.mark.parametrize("keep", [0, 2, 6, -6], ids=["nothing", "the mark", "its head", "all but its end"])
def test_what_was_damaged_is_refused(keep: int) -> None:
    damaged = sealed()[:keep] + ("AAAAAA" if keep else "")
    with pytest.raises(Unreadable):
        unseal(damaged, settings=instance(), purpose="keys", owner="row-1")


def test_without_a_secret_key_nothing_is_kept() -> None:
    with pytest.raises(Unavailable, match="OVERSKILL_SECRET_KEY"):
        seal("x", settings=instance(OVERSKILL_SECRET_KEY=""), purpose="keys", owner="row-1")
