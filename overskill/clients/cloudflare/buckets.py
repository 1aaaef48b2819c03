"""R2 buckets. What is in them goes over S3: clients/s3_objects.py."""

from overskill.clients.cloudflare.transport import Call, CloudflareApi
from overskill.errors import Conflict, NotFound

R2_HOST = ".r2.cloudflarestorage.com"


def ensure_bucket(api: CloudflareApi, name: str) -> bool:
    """Whether it had to be created."""
    path = f"{api.of_account}/r2/buckets"
    try:
        api.result(Call("GET", f"{path}/{name}"))
    except NotFound:
        try:
            api.result(Call("POST", path, json={"name": name}))
        except Conflict:
            return False
        return True
    return False
