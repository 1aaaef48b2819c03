"""What a shop sells is what the prompt says."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.palette import HUES
from overskill.services.generation.recipes.spec import AppSpec


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def names(spec: AppSpec) -> list[str]:
    assert spec.main is not None
    return [str(row["name"]) for row in spec.main.samples]


def categories(spec: AppSpec) -> tuple[str, ...]:
    assert spec.main is not None
    field = spec.main.field("category")
    assert field is not None
    return field.options


@pytest.mark.parametrize(
    ("prompt", "product"),
    [
        ("I want to sell my handmade candles", "Cedar and smoke"),
        ("online shop for crochet animals", "Rabbit with scarf"),
        ("webshop for my jewelry", "Thin silver ring"),
        ("a store for ceramics", "Speckled mug"),
        ("plant shop", "Snake plant"),
        ("bookstore where people can buy used books", "The Long Field"),
        ("shop for vintage clothes", "Wool coat, 1970s"),
        ("an online store for coffee beans", "House blend, 250 g"),
        ("tea store called Leaf Lane", "Sencha"),
        ("cheese shop, let customers order", "Brie"),
        ("take orders for birthday cakes", "Carrot cake"),
        ("handmade soap, six kinds, let people order", "Lavender"),
        ("store for art prints", "Two chairs"),
        ("toy store", "Marble run"),
        ("shop for pet food", "Dried treats"),
        ("a marketplace for used bikes", "Folding bike"),
        ("an online store for phone cases", "Cork case"),
        ("furniture store", "Stool"),
        ("sell honey from our farm", "Honeycomb"),
        ("sell eggs and vegetables from our farm", "Eggs, ten"),
        ("flower shop with delivery", "Small bouquet"),
        ("an online shop for wine", "Pinot noir"),
        ("shop for handmade knitwear", "Fisherman sweater"),
        ("merch store for my band", "Hoodie"),
        ("let customers order bread for saturday", "Baguette"),
    ],
)
def test_the_products_are_of_the_kind_that_is_sold(prompt: str, product: str) -> None:
    spec = planned(prompt)
    assert (spec.kind, product in names(spec)) == ("shop", True)


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("sell kites", "kite"),
        ("shop for 3d printed dice", "dice"),
        ("boutique for dog sweaters", "dog sweater"),
        ("sell hand-carved wooden spoons", "wooden spoon"),
        ("a shop for fishing lures", "fishing lure"),
    ],
)
def test_products_that_nobody_knows_are_named_with_the_words_of_the_prompt(prompt: str, word: str) -> None:
    assert all(word in name.lower() for name in names(planned(prompt)))


@pytest.mark.parametrize(
    ("prompt", "groups"),
    [
        ("sell mugs, bowls and plates I make", ("Mugs", "Bowls", "Plates")),
        ("webshop for my jewelry with categories rings, necklaces and earrings", ("Rings", "Necklaces", "Earrings")),
        ("toy store with board games, puzzles and plush toys", ("Board games", "Puzzles", "Plush toys")),
        ("wine shop with red, white and sparkling wines", ("Red", "White", "Sparkling wines")),
        ("catalogue of our products: lamps, tables, chairs", ("Lamps", "Tables", "Chairs")),
    ],
)
def test_groups_that_are_listed_are_the_categories(prompt: str, groups: tuple[str, ...]) -> None:
    assert categories(planned(prompt)) == groups


def test_products_that_are_listed_are_those_of_the_shop_with_their_prices() -> None:
    spec = planned("cookie shop: chocolate chip $3, oatmeal $2.50, snickerdoodle $3")
    assert spec.main is not None
    sold = {row["name"]: row["price"] for row in spec.main.samples}
    assert sold == {"Chocolate chip": 3, "Oatmeal": 2.5, "Snickerdoodle": 3}


def test_scents_are_products() -> None:
    spec = planned("candle shop with three scents: lavender, vanilla and sandalwood")
    assert names(spec) == ["Lavender", "Vanilla", "Sandalwood"]


def test_sizes_are_a_choice_at_each_product() -> None:
    spec = planned("shop for vintage clothes with sizes S, M and L")
    assert spec.main is not None
    assert spec.main.field("size") is not None
    assert spec.main.field("size").options == ("S", "M", "L")  # type: ignore[union-attr]


def test_a_price_that_is_told_is_that_of_the_first_product() -> None:
    spec = planned("sell honey from our farm, $8 a jar")
    assert spec.main is not None
    assert spec.main.samples[0]["price"] == 8
    assert "$8 a jar" in spec.content["pitch"]


@pytest.mark.parametrize("key", sorted(shelf("shops")))
def test_what_is_known_of_a_shop_is_whole(key: str) -> None:
    entry = shelf("shops")[key]
    assert entry["hue"] in HUES
    assert len(entry["products"]) == 6
    for name, category, price, rating, text in entry["products"]:
        assert name and category and text  # noqa: PT018  one row
        assert price >= 0
        assert 1 <= rating <= 5
