"""What forms say about passwords before the server does."""

from overskill.services.accounts.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD

__all__ = ["LONGEST_PASSWORD", "SHORTEST_PASSWORD"]
