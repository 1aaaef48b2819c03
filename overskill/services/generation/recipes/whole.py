"""A recipe's app at once, where nobody watches it being written."""

from overskill.services.generation.events import Kind, Turn
from overskill.services.generation.recipes.author import RecipeAuthor
from overskill.starter import starter_files


def recipe_files(prompt: str) -> dict[str, str]:
    """path -> text of all of it, the starter's files included."""
    files = dict(starter_files())
    turn = Turn(prompt=prompt, app_name="", files=files, is_first=True, should_stop=lambda: False)
    for event in RecipeAuthor().write(turn):
        match event.kind:
            case Kind.CLOSE:
                files[event.path] = event.text
            case Kind.EDIT:
                files[event.path] = files[event.path].replace(event.data["search"], event.data["replace"])
            case Kind.DELETE:
                del files[event.path]
    return files
