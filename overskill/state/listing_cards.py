"""What the cards of the marketplace are given, wherever they stand."""

from overskill.models import Category
from overskill.services.market.cards import ListingCard

__all__ = ["CATEGORIES", "ListingCard"]

# What each category is called, and the icon beside its name.
CATEGORIES: tuple[tuple[str, str, str], ...] = (
    (Category.PRODUCTIVITY, "Productivity", "list_checks"),
    (Category.BUSINESS, "Business", "briefcase"),
    (Category.FINANCE, "Finance", "wallet"),
    (Category.HEALTH, "Health and fitness", "heart_pulse"),
    (Category.EDUCATION, "Education", "graduation_cap"),
    (Category.LIFESTYLE, "Lifestyle", "leaf"),
    (Category.FOOD, "Food and drink", "utensils"),
    (Category.TRAVEL, "Travel", "plane"),
    (Category.EVENTS, "Events", "ticket"),
    (Category.GAMES, "Games", "gamepad_2"),
    (Category.WEBSITES, "Websites", "globe"),
    (Category.TOOLS, "Tools", "wrench"),
)
