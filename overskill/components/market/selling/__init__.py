"""The steps of one listing on its creator's desk."""
