from uuid import UUID

from redis import Redis

from overskill.services.apps.presence import STALE_SECONDS, Place, be_at, leave, places

APP = UUID(int=1)
ADA = Place("tab-1", "user-1", "Ada", tab="code", path="src/App.tsx")
BOB = Place("tab-2", "user-2", "Bob")


def test_everybody_who_came_is_there_in_one_order(redis: Redis) -> None:
    for place in (BOB, ADA):
        be_at(redis, APP, place)
    assert places(redis, APP) == [ADA, BOB]


def test_who_moves_is_only_at_the_last_place(redis: Redis) -> None:
    be_at(redis, APP, Place("tab-1", "user-1", "Ada"))
    be_at(redis, APP, ADA)
    assert places(redis, APP) == [ADA]


def test_who_left_is_gone(redis: Redis) -> None:
    be_at(redis, APP, ADA)
    leave(redis, APP, ADA.connection)
    assert places(redis, APP) == []


def test_who_went_silent_is_forgotten(redis: Redis) -> None:
    be_at(redis, APP, ADA, now=lambda: 1000.0)
    be_at(redis, APP, BOB, now=lambda: 1000.0 + STALE_SECONDS)
    assert places(redis, APP, now=lambda: 1001.0 + STALE_SECONDS) == [BOB]
    assert redis.hlen(f"people:{APP}") == 1


def test_apps_do_not_see_each_others_people(redis: Redis) -> None:
    be_at(redis, APP, ADA)
    assert places(redis, UUID(int=2)) == []
