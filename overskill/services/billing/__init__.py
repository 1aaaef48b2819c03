"""Credits: what teams have, what turns cost, and what is paid back."""
