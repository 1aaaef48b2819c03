"""Which models write for whom: lists by role, keys of one's own, and the servers they lead to."""
