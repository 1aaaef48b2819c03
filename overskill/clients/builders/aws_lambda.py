"""Builds in a function of AWS Lambda: files to S3, one call, what is published back from S3."""

import json
import time

from overskill.clients.builders.archive import unpack_bundle
from overskill.clients.builders.aws import Aws, Passage, answering, check_bucket, passage
from overskill.clients.builders.protocol import BuilderDown, BuilderName, BuildRequest
from overskill.clients.bundler import Bundle

_LABEL = "AWS Lambda"
_SECONDS = 120.0
_LONGEST_DETAILS = 500


class LambdaBuilder:
    name = BuilderName.LAMBDA

    def __init__(self, aws: Aws, bucket: str, function: str) -> None:
        self._aws = aws
        self._bucket = bucket
        self._function = function

    def build(self, request: BuildRequest) -> Bundle:
        began = time.monotonic()
        with answering(_LABEL), passage(self._aws, self._bucket, request) as through:
            self._invoke(through)
            archive = through.fetch()
        return unpack_bundle(archive, milliseconds=(time.monotonic() - began) * 1000, release=request.release)

    def check(self) -> None:
        with answering(_LABEL):
            check_bucket(self._aws, self._bucket)
            self._aws.client("lambda", seconds=_SECONDS).invoke(FunctionName=self._function, InvocationType="DryRun")

    def _invoke(self, through: Passage) -> None:
        payload = json.dumps({"input": through.input_url, "output": through.output_url})
        answer = self._aws.client("lambda", seconds=_SECONDS).invoke(
            FunctionName=self._function, InvocationType="RequestResponse", Payload=payload.encode()
        )
        if answer.get("FunctionError"):
            said = answer["Payload"].read().decode("utf-8", "replace")
            raise BuilderDown(f"The build at {_LABEL} stopped unexpectedly.", said[:_LONGEST_DETAILS])
