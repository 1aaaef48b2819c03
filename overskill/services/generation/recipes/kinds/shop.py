"""A catalogue with a cart."""

import re

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import best
from overskill.services.generation.recipes.making import make_app, page, with_fields
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.subject import STOP_WORDS
from overskill.services.generation.recipes.words import headline, pluralize

PATTERN = (
    r"(?<!barber )(?<!coffee )(?<!repair )(?<!bike )(?<!work)\bshop\b(?!ping list)|\b(web)?store\b(?! ?room)|"
    r"\bsell(ing)?\b|\be-?commerce\b|\b(product )?catalog(ue)?\b|\bshopping cart\b|\bcheckout\b|"
    r"\bmerch\b|\bmarketplace\b|\btienda\b|\bboutique\b|\bonline shop\b|"
    r"\b(let|lets|so|where) (people|customers|clients|visitors|everyone|guests|neighbou?rs)( can)? (order|buy)\b|"
    r"\border form\b|\b(take|taking|accept) orders\b"
)
WEIGHT = 3.0
_NOT_SOLD = frozenset(
    "products shops stores items people customers clients visitors guests neighbours neighbors".split()
)


def plan(brief: Brief) -> AppSpec:
    entry = best("shops", brief.about)
    categories = tuple(dict.fromkeys(str(product[1]) for product in entry["products"]))
    fields = (
        field_from_notation("Name!"),
        Field("category", "Category", "select", categories),
        field_from_notation("Price: money"),
        field_from_notation("Rating: rating"),
        field_from_notation("Description: longtext"),
    )
    rows = records(fields, entry["products"])
    entity = Entity("product", pluralize("product"), entry["icon"], fields, samples=rows, filters=("category",))
    entity = with_fields(entity, [one for one in brief.fields if one.id not in {"price", "name", "category"}][:4])
    noun = _sold(brief)
    pages = [page("shop", noun, entity, id="shop"), page("table", "Stock", entity)]
    return make_app(
        brief,
        "shop",
        entry,
        pages,
        entities=(entity,),
        tagline=str(entry["tagline"]),
        content={"pitch": "Add what you like to the cart. Nothing is charged: this is a shop to try."},
    )


def _sold(brief: Brief) -> str:
    """What stands above the products: "bread" of "let customers order bread"."""
    bought = re.search(r"\b(?:order|buy) (?:our |my |the |some |fresh )*([^\W\d_]{3,20})\b", brief.about, re.IGNORECASE)
    if bought and bought[1].lower() not in STOP_WORDS:
        return headline(bought[1])
    is_told = bool(brief.noun) and brief.noun not in _NOT_SOLD
    return headline(brief.noun) if is_told else "All products"
