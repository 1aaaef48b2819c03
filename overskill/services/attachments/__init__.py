"""What is sent along with a message: taken in (upload), read by kind, sent with a turn, forgotten."""
