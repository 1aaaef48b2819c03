"""Seeded creators and buyers. No mail reaches an address that ends in ".invalid", and nobody signs in."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from overskill.models import CreatorLevel, CreatorProfile, Follow, Membership, Role, Team, User
from overskill.services.market.seeding.copying import Sheets
from overskill.services.market.seeding.vocabulary import address_of, person, vocabulary

DOMAIN = "sample.invalid"
_LEVELS = ((CreatorLevel.STARTER, 60), (CreatorLevel.RISING, 25), (CreatorLevel.ESTABLISHED, 12), (CreatorLevel.TOP, 3))


@dataclass(frozen=True)
class Buyer:
    user_id: UUID
    email: str


def random_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def add_creators(sheets: Sheets, chance: random.Random, count: int, now: datetime) -> list[UUID]:
    """Their counts are those of nobody yet: see `count_for_creators`."""
    said, ids = vocabulary(), []
    for number in range(count):
        name, creator_id = person(chance), random_id(chance)
        shown = name if chance.random() < 0.7 else f"{name.split()[-1]} {chance.choice(said['studios'])}"
        username = f"{address_of(shown)[:30]}-{number:x}"
        joined = now - timedelta(days=chance.uniform(370, 700))
        category = chance.choice(list(said["categories"]))
        sheets.add(
            CreatorProfile,
            id=creator_id,
            user_id=_add_user(sheets, chance, name, f"{username}@{DOMAIN}", joined),
            username=username,
            name=shown,
            bio=chance.choice(said["bios"]).format(category=category),
            level=chance.choices([level for level, _ in _LEVELS], [weight for _, weight in _LEVELS])[0].value,
            verified_at=joined if chance.random() < 0.3 else None,
            country=chance.choice(("DE", "FR", "GB", "NL", "SE", "US", "")),
            created_at=joined,
        )
        ids.append(creator_id)
    return ids


def add_buyers(sheets: Sheets, chance: random.Random, count: int, now: datetime) -> list[Buyer]:
    buyers = []
    for number in range(count):
        name = person(chance)
        email = f"{address_of(name)}-{number:x}.buyer@{DOMAIN}"
        joined = now - timedelta(days=chance.uniform(365, 500))
        buyers.append(Buyer(_add_user(sheets, chance, name, email, joined), email))
    return buyers


def add_follows(
    sheets: Sheets, chance: random.Random, buyers: list[Buyer], creators: list[UUID], now: datetime
) -> None:
    """The earlier of the creators have more followers, as they have more listings."""
    for buyer in buyers:
        followed = {int(len(creators) * chance.random() ** 2) for _ in range(chance.randint(0, 5))}
        for place in sorted(followed):
            when = now - timedelta(days=chance.uniform(0, 365))
            sheets.add(Follow, user_id=buyer.user_id, creator_id=creators[place], created_at=when)


def _add_user(sheets: Sheets, chance: random.Random, name: str, email: str, joined: datetime) -> UUID:
    user_id, team_id = random_id(chance), random_id(chance)
    sheets.add(User, id=user_id, email=email, name=name, created_at=joined)
    sheets.add(Team, id=team_id, name=name, created_at=joined)
    sheets.add(Membership, id=random_id(chance), team_id=team_id, user_id=user_id, role=Role.OWNER.value)
    return user_id
