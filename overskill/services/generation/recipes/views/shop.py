"""A catalogue with a cart, and a page for each product."""

from overskill.services.generation.recipes.render import render
from overskill.services.generation.recipes.spec import AppSpec, Page
from overskill.services.generation.recipes.views.entities import Files, code, list_files, places, shared_files
from overskill.services.generation.recipes.views.naming import component, page_file

ROUTE = {"path": "/product/:id", "component": "ProductPage", "file": "product-page"}


def write(spec: AppSpec, page: Page) -> Files:
    entity = spec.entity(page.entity)
    e = code(entity)
    place = places(entity)
    price = entity.of_type("money")[0].id
    category = place["badges"][0].id if place["badges"] else ""
    rating = place["ratings"][0] if place["ratings"] else None
    facts = [f for f in place["facts"] if f.id != price] + place["badges"][1:]
    if place["subtitle"]:
        facts.insert(0, place["subtitle"])
    shown = {"e": e, "icon": entity.icon, "price": price, "category": category, "rating": rating}
    files = shared_files(entity) | list_files(entity)
    managed = any(one.view == "table" and one.entity == page.entity for one in spec.pages)
    if not managed:
        for unused in ("dialog", "menu"):
            del files[f"src/components/{e.file}-{unused}.tsx"]
        del files["src/lib/use-shortcut.ts"]
    return (
        files
        | {
            "src/lib/use-cart.ts": render("shop/cart.ts", e=e, price=price),
            "src/components/artwork.tsx": render("parts/artwork.tsx"),
            "src/components/cart-sheet.tsx": render("shop/cart-sheet.tsx", **shown),
            f"src/components/{e.file}-card.tsx": render("shop/card.tsx", **shown),
            "src/pages/product-page.tsx": render("shop/product-page.tsx", notes=place["notes"], facts=facts, **shown),
            page_file(page): render(
                "shop/page.tsx",
                e=e,
                page=page,
                component=component(page),
                tagline=spec.tagline,
                pitch=spec.content.get("pitch", ""),
            ),
        }
        | ({"src/components/rating.tsx": render("parts/rating.tsx")} if rating else {})
    )
