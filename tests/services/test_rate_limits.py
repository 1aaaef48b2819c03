import pytest
from redis import Redis

from overskill.errors import LimitReached
from overskill.services.rate_limits import count_attempt


def test_a_few_attempts_are_fine_and_more_are_refused(redis: Redis) -> None:
    for _ in range(3):
        count_attempt(redis, "sign-in", "203.0.113.7", limit="3/minute")
    with pytest.raises(LimitReached, match="Wait a little"):
        count_attempt(redis, "sign-in", "203.0.113.7", limit="3/minute")


def test_one_account_is_protected_from_many_addresses(redis: Redis) -> None:
    for number in range(3):
        count_attempt(redis, "sign-in", f"203.0.113.{number}", "ada@example.com", limit="3/minute")
    with pytest.raises(LimitReached):
        count_attempt(redis, "sign-in", "203.0.113.99", "ada@example.com", limit="3/minute")


def test_actions_are_counted_apart(redis: Redis) -> None:
    count_attempt(redis, "sign-in", "203.0.113.7", limit="1/minute")
    count_attempt(redis, "sign-up", "203.0.113.7", limit="1/minute")


def test_somebody_unknown_is_not_everybody(redis: Redis) -> None:
    for _ in range(3):
        count_attempt(redis, "reset", "", limit="1/minute")


def test_all_addresses_of_one_network_are_one_visitor(redis: Redis) -> None:
    for number in range(3):
        count_attempt(redis, "sign-in", f"2001:db8:1:2::{number}", limit="3/minute")
    with pytest.raises(LimitReached):
        count_attempt(redis, "sign-in", "2001:db8:1:2:ffff::9", limit="3/minute")
    count_attempt(redis, "sign-in", "2001:db8:1:3::1", limit="3/minute")


def test_an_address_written_in_another_way_is_the_same_visitor(redis: Redis) -> None:
    count_attempt(redis, "sign-in", "203.0.113.7", limit="1/minute")
    with pytest.raises(LimitReached):
        count_attempt(redis, "sign-in", "::ffff:203.0.113.7", limit="1/minute")
