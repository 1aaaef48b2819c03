"""A catalogue with a cart."""

import re

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_label, field_from_notation
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.making import make_app, page, with_fields
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.sites.facts import find_facts
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.wares import (
    PARTS_OF_A_SHOP,
    UNCOUNTED,
    Product,
    Wares,
    one_of,
    priced_from,
    products_of,
    read_wares,
)
from overskill.services.generation.recipes.words import camel, headline, sentence, singularize

PATTERN = (
    r"(?<!barber )(?<!coffee )(?<!repair )(?<!bike )(?<!work)\bshop\b(?!ping list)|\b(web)?store\b(?! ?room)|"
    r"\bsell(ing)?\b|\be-?commerce\b|\b(product )?catalog(ue)?\b|\bshopping cart\b|\bcheckout\b|"
    r"\bweb ?shop\b|\be-?shop\b|\bmerch\b|\bmarketplace\b|\btienda\b|\bboutique\b|\bonline shop\b|"
    r"\b(let|lets|so|where) (people|customers|clients|visitors|everyone|guests|neighbou?rs)( can)? (order|buy)\b|"
    r"\border form\b|\b(take|taking|accept) orders\b"
)
WEIGHT = 3.0
_PITCH = "Add what you like to the cart. Nothing is charged: this is a shop to try."


def plan(brief: Brief) -> AppSpec:
    wares = read_wares(brief.about, brief.noun)
    entry = dict(wares.entry) or dict(shelf("shops")["general"])
    facts = find_facts(brief.about)
    price = "" if any(item.price for item in wares.named) else facts.price
    products = priced_from(products_of(wares, brief.prompt), price)
    pages_title = _sold(brief, wares)
    entity = _entity(brief, wares, products, str(entry["icon"]))
    if not wares.entry or (wares.groups and not wares.noun):
        entry |= {"names": [_plain_name(wares)], "tagline": f"{_all(wares)} to look at and to order."}
    told = [part for part in (price, facts.when, *facts.hours, sentence(facts.place)) if part]
    return make_app(
        brief,
        "shop",
        entry,
        [page("shop", pages_title, entity, id="shop"), page("table", "Stock", entity)],
        entities=(entity,),
        tagline=str(entry["tagline"]),
        content={"pitch": f"{sentence(', '.join(told))}. {_PITCH}" if told else _PITCH},
    )


def _entity(brief: Brief, wares: Wares, products: list[Product], icon: str) -> Entity:
    categories = tuple(dict.fromkeys(product[1] for product in products))
    fields = (
        field_from_notation("Name!"),
        Field("category", "Category", "select", categories),
        field_from_notation("Price: money"),
        field_from_notation("Rating: rating"),
        field_from_notation("Description: longtext"),
    )
    rows = records(fields, products)
    entity = Entity("product", "products", icon, fields, samples=rows, filters=("category",))
    return with_fields(entity, _asked_fields(brief, wares))


def _asked_fields(brief: Brief, wares: Wares) -> list[Field]:
    """The fields of a product that the prompt asks for; what it lists for sale is none."""
    for_sale = {camel(one) for one in (*wares.groups, *(item.name for item in wares.named), wares.noun)}
    listed = {camel(option) for _, options in wares.options for option in options}
    chosen = [Field(camel(label), label, "select", options) for label, options in wares.options]
    asked = [*chosen, *(field_from_label(label) for label in wares.attributes), *brief.fields]
    known = {"price", "name", "category", "rating", "description", "stock"} | listed
    found: dict[str, Field] = {}
    for one in asked:
        is_ware = (
            any(one.id.startswith(ware) for ware in for_sale if ware) or {camel(o) for o in one.options} & for_sale
        )
        is_part = PARTS_OF_A_SHOP.search(one.label)
        if (
            one.id not in known
            and not (is_ware or is_part)
            and not re.search(r"kinds?$|types?$|categor", one.id, re.IGNORECASE)
        ):
            found.setdefault(singularize(one.id), one)
    return list(found.values())[:4]


def _sold(brief: Brief, wares: Wares) -> str:
    """What stands above the products: "Bread" of "let customers order bread"."""
    if wares.groups or not wares.noun:
        return "All products"
    last = wares.noun.split()[-1]
    if last in UNCOUNTED or singularize(brief.noun.split()[-1] if brief.noun else "") != singularize(last):
        return headline(wares.noun)
    return headline(brief.noun)


def _all(wares: Wares) -> str:
    groups = list(wares.groups)
    if not groups:
        return sentence(wares.noun) if wares.noun else "Good things"
    return sentence(", ".join(groups[:-1]) + f" and {groups[-1]}" if len(groups) > 1 else groups[0])


def _plain_name(wares: Wares) -> str:
    if wares.noun:
        return f"{headline(one_of(wares.noun))} Shop"[:40]
    return f"{headline(' & '.join(wares.groups[:2]))}"[:40] if wares.groups else "Corner Shop"
