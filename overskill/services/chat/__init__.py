"""The chat of an app: what it shows of turns, what waits in it, and what could be said next."""
