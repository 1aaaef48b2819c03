"""The marketplace: what is sold, what it costs, and what people say of it."""
