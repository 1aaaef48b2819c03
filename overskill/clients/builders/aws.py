"""Amazon's services for builds: their clients, and the bucket that apps and what becomes of them pass through."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from overskill.clients.builders.archive import pack_files
from overskill.clients.builders.protocol import BuilderDown, BuildRequest

_SIGNED_SECONDS = 900
_CONNECT_SECONDS = 5


@dataclass
class Aws:
    """boto3's clients, made when they are first needed: it takes a third of a second to import."""

    region: str
    endpoints: Mapping[str, str] = field(default_factory=dict)  # of services that are not where AWS has them
    _clients: dict[str, Any] = field(default_factory=dict, repr=False)

    def client(self, service: str, *, seconds: float = 60) -> Any:  # noqa: ANN401  # boto3 has no types
        if service not in self._clients:
            import boto3
            from botocore.config import Config

            config = Config(
                connect_timeout=_CONNECT_SECONDS,
                read_timeout=seconds,
                retries={"total_max_attempts": 1 if service == "lambda" else 3, "mode": "standard"},
                request_checksum_calculation="when_required",  # whoever puts to a signed address can't know them
                signature_version="s3v4" if service == "s3" else None,
            )
            endpoint = self.endpoints.get(service)
            self._clients[service] = boto3.client(
                service, region_name=self.region, config=config, endpoint_url=endpoint
            )
        return self._clients[service]


@contextmanager
def answering(label: str) -> Iterator[None]:
    """Whatever AWS refuses or does not answer is the builder's fault."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise BuilderDown(f"{label} does not take builds right now.", str(error)) from error


@dataclass(frozen=True, slots=True)
class Passage:
    """One build's way through the bucket. The addresses are signed: a builder needs no rights of its own."""

    input_url: str
    output_url: str
    _s3: Any
    _bucket: str
    _output: str

    def fetch(self) -> bytes:
        content: bytes = self._s3.get_object(Bucket=self._bucket, Key=self._output)["Body"].read()
        return content


@contextmanager
def passage(aws: Aws, bucket: str, request: BuildRequest) -> Iterator[Passage]:
    """The app's files are in the bucket until the end of this block, and nothing is there afterwards."""
    from botocore.exceptions import BotoCoreError, ClientError

    s3 = aws.client("s3")
    folder = f"builds/{request.deployment_id}-{secrets.token_hex(8)}"
    source, output = f"{folder}/app.zip", f"{folder}/bundle.zip"
    s3.put_object(Bucket=bucket, Key=source, Body=pack_files(request.files))
    try:
        yield Passage(
            _signed(s3, "get_object", bucket, source), _signed(s3, "put_object", bucket, output), s3, bucket, output
        )
    finally:
        with suppress(BotoCoreError, ClientError):  # what stays, the bucket's own rule deletes after a day
            s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": source}, {"Key": output}], "Quiet": True})


def check_bucket(aws: Aws, bucket: str) -> None:
    """Puts something there and takes it away: all that builds need."""
    s3, key = aws.client("s3"), "builds/check"
    s3.put_object(Bucket=bucket, Key=key, Body=b"")
    s3.delete_object(Bucket=bucket, Key=key)


def _signed(s3: Any, call: str, bucket: str, key: str) -> str:  # noqa: ANN401  # boto3 has no types
    address: str = s3.generate_presigned_url(call, Params={"Bucket": bucket, "Key": key}, ExpiresIn=_SIGNED_SECONDS)
    return address
