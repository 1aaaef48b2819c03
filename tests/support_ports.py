"""Ports for servers that begin to listen later."""

import random

from overskill.embedded.ports import is_free

_LOWEST_PORT, _HIGHEST_PORT = 20_000, 29_999  # below those that the system gives to connections meanwhile


def free_port() -> int:
    while not is_free(port := random.randint(_LOWEST_PORT, _HIGHEST_PORT)):  # noqa: S311 - any will do
        pass
    return port
