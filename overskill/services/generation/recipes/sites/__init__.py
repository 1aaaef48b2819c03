"""Pages that present something: what a prompt says of it, what is known of such a thing, and the sections from both."""
