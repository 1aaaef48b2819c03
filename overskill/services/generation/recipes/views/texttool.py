"""Text that becomes another text while one types; counts, differences and passwords have pages of their own."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files
from overskill.services.generation.recipes.views.naming import component, page_file

_OWN_PAGES = {"count": "count-page.tsx", "diff": "diff-page.tsx", "password": "password-page.tsx"}
_OWN_RULES = {"count": "text-counts.ts", "diff": "differences.ts", "password": "passwords.ts"}


def write(spec: AppSpec, page: Page) -> Files:
    tool = str(spec.content["tools"][page.id])
    facts = {
        "page": page,
        "component": component(page),
        "tagline": spec.content["taglines"][page.id] if len(spec.pages) > 1 else spec.tagline,
        "tool": tool,
        **spec.content["settings"],
    }
    files = {"src/components/copy-button.tsx": render("texttool/copy-button.tsx")}
    if tool in _OWN_PAGES:
        rules = _OWN_RULES[tool]
        if tool == "password":
            files["src/components/number-control.tsx"] = render("calculator/number-control.tsx")
        else:
            files = {}
        return files | {
            f"src/lib/{rules}": render(f"texttool/{rules}"),
            page_file(page): render(f"texttool/{_OWN_PAGES[tool]}", **facts),
        }
    if tool == "morse":
        files["src/lib/morse-sound.ts"] = render("texttool/morse-sound.ts")
    if tool == "caesar":
        files["src/components/number-control.tsx"] = render("calculator/number-control.tsx")
    return files | {
        "src/lib/text-mode.ts": render("texttool/text-mode.ts"),
        f"src/lib/{tool}.ts": render(f"texttool/{tool}.ts"),
        page_file(page): render("texttool/page.tsx", **facts),
    }
