"""The object store in any S3: Cloudflare's R2, Amazon's, or a server of one's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from overskill.clients.objects import checked_key
from overskill.config import Settings
from overskill.errors import NotFound, Unavailable

CONNECT_SECONDS = 5
READ_SECONDS = 30
TRIES = 4
_ABSENT = frozenset({"NoSuchKey", "404", "NotFound"})
_REFUSED = frozenset({"403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"})


class S3ObjectStore:
    """Safe from any thread. boto3 is imported when it is first used: it takes a third of a second."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bucket = settings.s3_bucket

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - boto3 ships no types
        import boto3
        from botocore.config import Config

        settings = self._settings
        return boto3.session.Session().client(
            "s3",
            endpoint_url=settings.s3_endpoint or None,
            region_name=settings.s3_region,
            aws_access_key_id=settings.s3_access_key_id or None,
            aws_secret_access_key=settings.s3_secret_access_key.get_secret_value() or None,
            config=Config(
                signature_version="s3v4",
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "max_attempts": TRIES},
                s3={"addressing_style": "path"},
                # Other servers than Amazon's know no checksums beside the usual ones.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, key: str, content: bytes) -> None:
        with _answering():
            self._client.put_object(Bucket=self._bucket, Key=checked_key(key), Body=content)

    def get(self, key: str) -> bytes:
        with _answering():
            body: bytes = self._client.get_object(Bucket=self._bucket, Key=checked_key(key))["Body"].read()
            return body

    def delete(self, key: str) -> None:
        with _answering():
            self._client.delete_object(Bucket=self._bucket, Key=checked_key(key))

    def size(self, key: str) -> int | None:
        try:
            with _answering():
                return int(self._client.head_object(Bucket=self._bucket, Key=checked_key(key))["ContentLength"])
        except NotFound:
            return None

    def keys(self, prefix: str) -> list[str]:
        with _answering():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=f"{checked_key(prefix)}/"
            )
            return sorted(entry["Key"] for page in pages for entry in page.get("Contents", []))

    def link(self, key: str, *, seconds: int) -> str:
        with _answering():
            place = {"Bucket": self._bucket, "Key": checked_key(key)}
            return str(self._client.generate_presigned_url("get_object", Params=place, ExpiresIn=seconds))


@contextmanager
def _answering() -> Iterator[None]:
    """What went wrong, in words."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        facts: dict[str, Any] = error.response.get("Error", {})
        code = str(facts.get("Code", ""))
        if code == "NoSuchBucket":
            raise Unavailable(
                "The object store has no bucket of this name. Whoever runs OverSkill checks S3_BUCKET."
            ) from error
        if code in _ABSENT:
            raise NotFound("That file is no longer there.") from None
        if code in _REFUSED:
            raise Unavailable(
                "The object store refuses this instance's key. Whoever runs OverSkill checks S3_ACCESS_KEY_ID and "
                "S3_SECRET_ACCESS_KEY."
            ) from error
        raise Unavailable("The object store had a problem of its own. Try again in a moment.") from error
    except BotoCoreError as error:
        raise Unavailable("The object store does not answer. Try again in a moment.") from error
