"""The frame around the pages, and the routes to them."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views.entities import Files
from overskill.services.generation.recipes.views.naming import component, page_file, path


def write(spec: AppSpec, more_routes: list[dict[str, str]]) -> Files:
    pages = [
        {
            "path": path(spec, page),
            "title": page.title,
            "icon": page.icon,
            "component": component(page),
            "file": page_file(page).removeprefix("src/pages/").removesuffix(".tsx"),
        }
        for page in spec.pages
    ]
    icons = sorted({spec.icon, *(page.icon for page in spec.pages if len(spec.pages) > 1)})
    sidebar = spec.look.layout == "sidebar" and len(pages) > 1
    shell = render(
        "shell/sidebar.tsx" if sidebar else "shell/topbar.tsx",
        name=spec.name,
        tagline=spec.tagline,
        brand=spec.icon,
        pages=pages,
        icons=", ".join(icons),
    )
    return {
        "src/components/app-shell.tsx": shell,
        "src/App.tsx": render("shell/app.tsx", routes=[*pages, *more_routes]),
    }
