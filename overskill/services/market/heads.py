"""What crawlers and link previews are told of a page before any script has run. Pure but for the rows it reads.

Everything in it was written by somebody: all of it is escaped, where it stands in HTML and where it stands in JSON.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from sqlmodel import Session

from overskill.services.accounts.sessions import SignedIn
from overskill.services.billing.money import decimal, say
from overskill.services.market.bundles import BundleView, view_bundle
from overskill.services.market.creator_page import CreatorPage, view_creator
from overskill.services.market.descriptions import plain_text
from overskill.services.market.listing_page import Facts, OfferView, average, check_view, offers_of, read_facts

LONGEST_DESCRIPTION = 160
_LONGEST_TEXT = 2_000
_MARK = "data-prerendered"
_KINDS = {"productivity": "BusinessApplication", "business": "BusinessApplication", "finance": "FinanceApplication"}
_KINDS |= {"health": "HealthApplication", "education": "EducationalApplication", "games": "GameApplication"}
_KINDS |= {"travel": "TravelApplication", "lifestyle": "LifestyleApplication", "tools": "UtilitiesApplication"}


@dataclass(frozen=True)
class Head:
    title: str
    description: str = ""
    canonical: str = ""
    image: str = ""
    image_alt: str = ""
    kind: str = "website"  # of Open Graph
    data: dict[str, Any] = field(default_factory=dict)  # JSON-LD
    text: str = ""  # for who runs no scripts
    is_listed: bool = True  # search engines may show it
    is_public: bool = True  # everybody gets this head


def listing_head(session: Session, slug: str, viewer: SignedIn | None, *, site_url: str, now: datetime) -> Head:
    """Raises NotFound, and Gone. One query."""
    facts = read_facts(session, slug, viewer)
    notice = check_view(facts, viewer)
    listing, profile = facts.listing, facts.profile
    address = f"{site_url}/apps/{listing.slug}"
    offers = offers_of(facts, now=now) if not notice else ()
    text = plain_text(listing.description, _LONGEST_TEXT)
    description = listing.tagline or plain_text(listing.description, LONGEST_DESCRIPTION)
    return Head(
        title=f"{listing.title} · OverSkill",
        description=description,
        canonical=address,
        image=f"{site_url}/media/{listing.cover}.webp" if listing.cover else f"{site_url}/card.png",
        image_alt=listing.title,
        kind="product",
        data=_listing_data(facts, offers, address, description, site_url),
        text="\n".join([listing.title, listing.tagline, f"By {profile.name}", *map(_price, offers), text]),
        is_listed=not notice,
        is_public=not notice,
    )


def creator_head(session: Session, username: str, viewer: SignedIn | None, *, site_url: str) -> Head:
    """Raises NotFound, and Gone. Two queries."""
    page = view_creator(session, username, viewer)
    creator = page.creator
    address = f"{site_url}/creators/{creator.username}"
    image = f"{site_url}/media/{creator.picture}.webp" if creator.picture else f"{site_url}/card.png"
    description = plain_text(creator.bio, LONGEST_DESCRIPTION) or f"Apps by {creator.name}."
    return Head(
        title=f"{creator.name} · OverSkill",
        description=description,
        canonical=address,
        image=image,
        image_alt=creator.name,
        kind="profile",
        data=_creator_data(page, address, image, description),
        text="\n".join([creator.name, creator.bio, *(card.title for card in page.listings)]),
        is_listed=bool(page.listings),
    )


def bundle_head(session: Session, slug: str, *, site_url: str) -> Head:
    """Raises NotFound. Two queries."""
    bundle = view_bundle(session, slug)
    address = f"{site_url}/bundles/{bundle.slug}"
    titles = ", ".join(item.title for item in bundle.items)
    description = plain_text(bundle.text, LONGEST_DESCRIPTION) or f"{titles}, together."[:LONGEST_DESCRIPTION]
    price = "Free" if bundle.amount == 0 else say(bundle.amount, bundle.currency)
    return Head(
        title=f"{bundle.title} · OverSkill",
        description=description,
        canonical=address,
        image=f"{site_url}/card.png",
        image_alt=bundle.title,
        kind="product",
        data=_bundle_data(bundle, address, description, site_url),
        text="\n".join([bundle.title, f"By {bundle.creator}", price, titles, bundle.text]),
        is_listed=bundle.can_be_had,
    )


def missing_head(message: str) -> Head:
    return Head(title="Not found · OverSkill", description=message, text=message, is_listed=False)


def with_head(shell: str, head: Head) -> str:
    """The page that every address begins with, and this head in it."""
    written = shell.replace("</head>", f"{head_html(head)}</head>", 1)
    text = "".join(f"<p>{escape(line)}</p>" for line in head.text.split("\n") if line)
    return written.replace("<body>", f"<body><noscript>{text}</noscript>", 1)


def head_html(head: Head) -> str:
    """What the page sets itself once it runs is marked, so that it is there once (components/market/page_head.jsx)."""
    named = {"description": head.description, "robots": "" if head.is_listed else "noindex"}
    named |= {"twitter:card": "summary_large_image" if head.image else ""}
    properties = {
        "og:site_name": "OverSkill",
        "og:type": head.kind if head.canonical else "",
        "og:title": head.title,
        "og:description": head.description,
        "og:url": head.canonical,
        "og:image": head.image,
        "og:image:alt": head.image_alt if head.image else "",
    }
    parts = [f"<title {_MARK}>{escape(head.title)}</title>"]
    parts += [_meta("name", name, value) for name, value in named.items() if value]
    parts += [_meta("property", name, value) for name, value in properties.items() if value]
    if head.canonical:
        parts.append(f'<link rel="canonical" href="{escape(head.canonical)}" {_MARK}>')
    if head.data:
        parts.append(f'<script type="application/ld+json" {_MARK}>{json_in_html(head.data)}</script>')
    return "".join(parts)


def json_in_html(data: dict[str, Any]) -> str:
    """JSON that ends no script element and begins no comment, whatever its texts are."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _meta(attribute: str, name: str, value: str) -> str:
    return f'<meta {attribute}="{name}" content="{escape(value)}" {_MARK}>'


def _price(offer: OfferView) -> str:
    each = f" each {offer.interval}" if offer.interval else ""
    return "Free" if offer.amount == 0 else f"{say(offer.amount, offer.currency)}{each}"


def _listing_data(
    facts: Facts, offers: tuple[OfferView, ...], address: str, description: str, site_url: str
) -> dict[str, Any]:
    listing, profile = facts.listing, facts.profile
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "SoftwareApplication",
        "name": listing.title,
        "description": description,
        "url": address,
        "applicationCategory": _KINDS.get(listing.category.value, "WebApplication"),
        "operatingSystem": "Any, in a browser",
        "author": {"@type": "Person", "name": profile.name, "url": f"{site_url}/creators/{profile.username}"},
        "offers": [_offer_data(offer, address) for offer in offers],
    }
    pictures = [f"{site_url}/media/{each['checksum']}.webp" for each in facts.pictures]
    if pictures:
        data |= {"image": pictures[0], "screenshot": pictures}
    if facts.release is not None:
        data["softwareVersion"] = str(facts.release.number)
    if listing.published_at is not None:
        data["datePublished"] = listing.published_at.date().isoformat()
    if listing.rating_count:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": average(listing.rating_sum, listing.rating_count),
            "ratingCount": listing.rating_count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return data


def _bundle_data(bundle: BundleView, address: str, description: str, site_url: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": bundle.title,
        "description": description,
        "url": address,
        "image": f"{site_url}/card.png",
        "brand": {"@type": "Brand", "name": bundle.creator},
        "offers": {
            "@type": "Offer",
            "price": decimal(bundle.amount, bundle.currency),
            "priceCurrency": bundle.currency.upper(),
            "availability": f"https://schema.org/{'InStock' if bundle.can_be_had else 'OutOfStock'}",
            "url": address,
        },
    }


def _offer_data(offer: OfferView, address: str) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "price": decimal(offer.amount, offer.currency),
        "priceCurrency": offer.currency.upper(),
        "availability": "https://schema.org/InStock",
        "url": address,
    }


def _creator_data(page: CreatorPage, address: str, image: str, description: str) -> dict[str, Any]:
    creator = page.creator
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "dateCreated": creator.since.isoformat(),
        "mainEntity": {
            "@type": "Organization" if creator.is_house else "Person",
            "name": creator.name,
            "alternateName": creator.username,
            "description": description,
            "image": image,
            "url": address,
            "interactionStatistic": {
                "@type": "InteractionCounter",
                "interactionType": "https://schema.org/FollowAction",
                "userInteractionCount": creator.follower_count,
            },
        },
    }
