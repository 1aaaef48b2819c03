"""Files -> what is published: which builder, what was built before, how large it came out."""

from overskill.services.builds.budget import BundleFacts, check_budget
from overskill.services.builds.build import CACHED, Builds, Built, build_files
from overskill.services.builds.cache import BuildCache, keeping
from overskill.services.builds.choose import BuilderPolicy, Experiment
from overskill.services.builds.content_types import content_type, with_content_types

__all__ = [
    "CACHED",
    "BuildCache",
    "BuilderPolicy",
    "Builds",
    "Built",
    "BundleFacts",
    "Experiment",
    "build_files",
    "check_budget",
    "content_type",
    "keeping",
    "with_content_types",
]
