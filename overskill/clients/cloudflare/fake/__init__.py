"""An account at Cloudflare, in memory: `CloudflareApi(…, transport=FakeCloudflare())` talks to it.

It answers as Cloudflare does, refusals included; faults can be ordered for any call. Tests hold both its answers and
what it is asked against the description of Cloudflare's API.
"""

from overskill.clients.cloudflare.fake.account import FakeAccount, ServedScript
from overskill.clients.cloudflare.fake.transport import FakeCloudflare, Fault

__all__ = ["FakeAccount", "FakeCloudflare", "Fault", "ServedScript"]
