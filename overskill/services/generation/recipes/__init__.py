"""Recipes: apps from a brief, without a model. Deterministic: the same words give the same app.

brief.py reads the prompt · kinds/ plans a spec from it · views/ writes the spec's files from templates/ ·
followups/ changes the spec · changes.py finds what that means for the files · author.py speaks the event stream
"""

from overskill.services.generation.recipes.author import RecipeAuthor

__all__ = ["RecipeAuthor"]
