"""What a try at a builder costs, as far as prices are public. Our own machine costs nothing more for one build more.

List prices in US dollars without free allowances, for Linux on x86 in us-east-1, as of November 2026.
"""

import math

from overskill.clients.builders import BuilderName

_MICRO = 1_000_000

# aws.amazon.com/lambda/pricing: per GB and second, and per request
_LAMBDA_GB_SECOND = 0.0000166667
_LAMBDA_REQUEST = 0.0000002
LAMBDA_GB = 2.0  # as overskill/bundler/remote/README.md says to set it up

# aws.amazon.com/fargate/pricing: per hour, by the second, a minute at least
_FARGATE_CPU_HOUR = 0.04048
_FARGATE_GB_HOUR = 0.004445
FARGATE_CPUS = 2
FARGATE_GB = 4

# docs.github.com/billing/reference/actions-runner-pricing: Linux, 2 cores, per minute that has begun
_GITHUB_MINUTE = 0.006


def cost_micro(builder: BuilderName, seconds: float) -> int:
    """Millionths of a dollar for a try that took so long, waiting included: at most what is charged."""
    match builder:
        case BuilderName.LAMBDA:
            dollars = seconds * LAMBDA_GB * _LAMBDA_GB_SECOND + _LAMBDA_REQUEST
        case BuilderName.FARGATE:
            hours = max(seconds, 60) / 3600
            dollars = hours * (FARGATE_CPUS * _FARGATE_CPU_HOUR + FARGATE_GB * _FARGATE_GB_HOUR)
        case BuilderName.GITHUB:
            dollars = math.ceil(seconds / 60) * _GITHUB_MINUTE
        case BuilderName.LOCAL:
            dollars = 0.0
    return round(dollars * _MICRO)
