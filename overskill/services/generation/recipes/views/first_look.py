"""What a new app shows while its pages are written: its frame, its name, and where things will be."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec

APP_PATH = "src/App.tsx"
SHELL_PATH = "src/components/app-shell.tsx"


def first_look(spec: AppSpec) -> str:
    """An App.tsx that needs nothing but the frame, and gives way to the real one at the end."""
    has_shell = spec.kind != "landing"
    title = spec.pages[0].title if has_shell else spec.name
    return render("shell/first-look.tsx", has_shell=has_shell, title=title, tagline=spec.tagline)
