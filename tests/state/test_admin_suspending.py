"""What ends in the act of suspending: nobody waits for the schedule."""

import pytest

from overskill.container import Container
from overskill.db import transaction
from overskill.models import CreatorProfile
from overskill.services.market.try_outs import open_try_out, visitor_hash
from overskill.state.admin_decide import DecideState
from tests.conftest import Tab
from tests.market_rows import make_listing
from tests.state.test_admin import sign_in


@pytest.mark.parametrize("kind", ["listing", "creator", "user"])
async def test_what_visitors_try_ends_in_the_act_of_suspending(tab: Tab, services: Container, kind: str) -> None:
    """Nothing of the schedule ran meanwhile."""
    sign_in(tab, is_admin=True)
    with transaction() as session:
        listing = make_listing(session)
        creator = session.get_one(CreatorProfile, listing.creator_id)
    copy = open_try_out(listing.slug, None, visitor_hash("a tab"), services.publisher)
    script = copy.url.partition("preview--")[2].partition(".")[0]
    assert services.edge.live("preview", script)
    subject = {"listing": listing.id, "creator": creator.id, "user": creator.user_id}[kind]
    await tab.do(DecideState.ask, kind=kind, subject_id=str(subject), act_name="suspend", name="Habits")
    await tab.do(DecideState.decide, form={"reason": "It asks for passwords."})
    assert services.edge.live("preview", script) is None
