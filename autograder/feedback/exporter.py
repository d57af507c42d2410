"""nbconvert's HTML exporter under its own name, so that its settings do not reach the formgrader's pages."""

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter


class FeedbackExporter(HTMLExporter):
    """Writes the feedback pages; configured in `nbgrader_config`."""

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.bytecode_cache = _compiled
        return environment


class _Compiled(BytecodeCache):
    """Templates once compiled: nbgrader makes an exporter for each student, which would do it again."""

    def __init__(self) -> None:
        self._templates: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._templates:
            bucket.bytecode_from_string(self._templates[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._templates[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()
