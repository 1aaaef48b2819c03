"""What the publish tab shows of publishes and of the places they go to, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from overskill.services.deployments.view import DeploymentView, EnvironmentView
from overskill.services.figures import duration_words, size_words

STATUS_WORDS = {
    "pending": "Waiting",
    "building": "Building",
    "deploying": "Uploading",
    "deployed": "Published",
    "failed": "Failed",
    "rolled_back": "Taken back",
    "cancelled": "Cancelled",
}
PLACES = {"preview": "Preview", "staging": "Staging", "production": "Production"}
MOST_TIMES = 20


@dataclass(frozen=True)
class PublishCard:
    id: str = ""
    version: int = 0
    environment: str = ""
    place: str = ""  # "Staging"
    status: str = ""
    words: str = ""
    percent: int = 0
    steps: list[str] = field(default_factory=list)
    error: str = ""
    facts: str = ""  # "1.2 s · 240 KB"
    who: str = ""
    at: str = ""  # ISO time
    moved_from: str = ""  # "staging"
    is_live: bool = False
    is_final: bool = True
    is_trial: bool = False
    percent_of_visitors: int = 0
    needs_approval: bool = False
    is_stopping: bool = False
    can_put_back: bool = False
    can_retry: bool = False


@dataclass(frozen=True)
class PlaceCard:
    """One environment."""

    name: str = "production"
    words: str = "Production"
    address: str = ""
    short_address: str = ""
    is_live: bool = False
    version: int = 0
    has_changes: bool = True
    previous_version: int = 0  # what one click puts back; 0: nothing
    next_from: str = ""  # the environment whose version can be moved here
    next_version: int = 0
    awaited_version: int = 0  # that waits for an approval to come here; 0: none
    trial_id: str = ""
    trial_version: int = 0
    trial_percent: int = 0
    is_protected: bool = False
    is_private: bool = False
    maintenance: str = ""
    rate: str = ""
    max_body: str = ""
    egress: str = ""  # a host a line


@dataclass(frozen=True)
class TimeBar:
    """How long one publish built and uploaded; heights are percents of the longest."""

    label: str
    words: str
    build: float
    deploy: float


NOTHING = PublishCard()
NOWHERE = PlaceCard()


def card_of(view: DeploymentView) -> PublishCard:
    size = size_words(view.size) if view.size else ""
    duration = duration_words(view.seconds) if view.is_final and view.status != "cancelled" else ""
    return PublishCard(
        id=view.id,
        version=view.version,
        environment=view.environment,
        place=PLACES[view.environment],
        status=view.status,
        words="Needs approval" if view.needs_approval else STATUS_WORDS[view.status],
        percent=view.percent,
        steps=list(view.log),
        error=view.error,
        facts=" · ".join(filter(None, (duration, size))),
        who=view.who,
        at=view.created_at.isoformat(),
        moved_from=view.promoted_from,
        is_live=view.is_live,
        is_final=view.is_final,
        is_trial=view.is_trial,
        percent_of_visitors=view.canary_percent,
        needs_approval=view.needs_approval,
        is_stopping=view.is_stopping,
        can_put_back=view.can_roll_back,
        can_retry=view.status in ("failed", "cancelled"),
    )


def place_of(view: EnvironmentView) -> PlaceCard:
    trial = view.trial
    return PlaceCard(
        name=view.name,
        words=PLACES[view.name],
        address=view.address,
        short_address=view.address.split("://", 1)[-1],
        is_live=view.live_version > 0,
        version=view.live_version,
        has_changes=view.has_changes,
        previous_version=view.can_roll_back_to,
        next_from=view.next_from,
        next_version=view.next_version,
        awaited_version=view.awaited_version,
        trial_id=trial.id if trial else "",
        trial_version=trial.version if trial else 0,
        trial_percent=trial.canary_percent if trial else 0,
        is_protected=view.serving.is_protected,
        is_private=view.serving.is_private,
        maintenance=view.serving.maintenance,
        rate=str(view.serving.requests_per_second or ""),
        max_body=str(view.serving.max_body_megabytes or ""),
        egress="\n".join(view.serving.egress),
    )


def times_of(views: Sequence[DeploymentView]) -> list[TimeBar]:
    """Of the publishes that got on the air, the oldest first."""
    timed = _timed(views)
    longest = max((view.build_seconds + view.deploy_seconds for view in timed), default=0.0)
    return [_time(view, longest) for view in reversed(timed)]


def _timed(views: Sequence[DeploymentView]) -> list[DeploymentView]:
    """The newest that got on the air."""
    return [view for view in views if view.deploy_seconds > 0][:MOST_TIMES]


def times_words(views: Sequence[DeploymentView]) -> str:
    """How long they usually take, and how long the longest did."""
    timed = _timed(views)
    built = [view.build_seconds for view in timed if view.build_seconds > 0]
    uploaded = [view.deploy_seconds for view in timed]
    if not uploaded:
        return ""
    longest = max(view.build_seconds + view.deploy_seconds for view in timed)
    words = [f"{duration_words(median(built))} to build"] if built else []
    usual = " and ".join([*words, f"{duration_words(median(uploaded))} to upload and switch"])
    return f"Usually {usual}. The longest took {duration_words(longest)}."


def _time(view: DeploymentView, longest: float) -> TimeBar:
    parts = [f"{duration_words(view.build_seconds)} to build"] if view.build_seconds else []
    parts.append(f"{duration_words(view.deploy_seconds)} to upload and switch")
    return TimeBar(
        label=f"Version {view.version}, {PLACES[view.environment]}",
        words=" and ".join(parts),
        build=round(view.build_seconds / longest * 100, 1),
        deploy=round(view.deploy_seconds / longest * 100, 1),
    )
