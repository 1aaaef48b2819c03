"""A creator's release on its way into a buyer's copy: offered, merged with the buyer's changes, checked, shown, and
live only once it is green and accepted.

    offer.py     a row for each copy that could have it; a mail
    merge.py     three sets of files to one, and what somebody has to choose
    prepare.py   the job: merge, check, show
    decide.py    what the buyer does: begin, choose, accept, decline
    view.py      what the library shows
"""

from overskill.services.market.updates.decide import accept, begin, choose, decline, hand_to_model
from overskill.services.market.updates.offer import end_offer, offer, tell_of_update
from overskill.services.market.updates.prepare import UpdateTools, prepare_update, sweep_updates, take_down_preview
from overskill.services.market.updates.view import ConflictText, UpdateView, list_updates, view_conflict, view_update

__all__ = [
    "ConflictText",
    "UpdateTools",
    "UpdateView",
    "accept",
    "begin",
    "choose",
    "decline",
    "end_offer",
    "hand_to_model",
    "list_updates",
    "offer",
    "prepare_update",
    "sweep_updates",
    "take_down_preview",
    "tell_of_update",
    "view_conflict",
    "view_update",
]
