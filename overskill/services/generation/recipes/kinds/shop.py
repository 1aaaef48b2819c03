"""A catalogue with a cart."""

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.lexicon import best
from overskill.services.generation.recipes.making import make_app, page, with_fields
from overskill.services.generation.recipes.samples import records
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field
from overskill.services.generation.recipes.words import headline, pluralize

PATTERN = (
    r"(?<!barber )(?<!coffee )(?<!repair )(?<!bike )(?<!work)\bshop\b(?!ping list)|\b(web)?store\b|"
    r"\bsell(ing)?\b|\be-?commerce\b|\b(product )?catalog(ue)?\b|\bshopping cart\b|\bcheckout\b|"
    r"\bmerch\b|\bmarketplace\b|\btienda\b|\bboutique\b|\bonline shop\b"
)
WEIGHT = 3.0


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
    noun = (
        headline(brief.noun)
        if brief.noun and brief.noun not in {"products", "shops", "stores", "items"}
        else "All products"
    )
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
