"""The seeds that a student's graded cases are drawn from.

A seed has two parts, joined by a full stop. The second is the student's own: HMAC-SHA256(secret of the
course, student, lab, check). The first is one of a few that the class has in common for this check; the
student's own part says which one. Checks of networks draw their cases from the first part alone
(`Task.pooled`), the others from both.

A student's submissions always have the same seeds, so grading again gives the same result. Nobody without the
secret knows them before the first one is graded; what is done about the later ones, `hidden_cases` says.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from autograder.errors import GraderError

# The judge computes what the reference and the misconceptions do once for each variant of a check, not for
# each student. More variants take longer and hide little more: nobody sees cases before the first grading.
VARIANTS = 8


def course_secret(root: Path) -> bytes:
    """Returns the secret of the course in `root`; the first use makes it, readable for its owner only."""
    path = root / "secret"
    root.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make_secret(path)
    secret = path.read_bytes().strip()
    if len(secret) < 32:
        raise GraderError(f"{path} is damaged: {len(secret)} bytes; delete it, then grade every lab again")
    return secret


def _make_secret(path: Path) -> None:
    """Writes a secret beside its place, so that it is there as a whole or not at all; the first counts."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-") as draft:  # its owner's alone
        draft.write(secrets.token_hex(32))
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            try:
                os.link(draft.name, path)
            except PermissionError:  # a file system without hard links
                path.touch(0o600, exist_ok=False)
                path.write_bytes(Path(draft.name).read_bytes())


def seed(secret: bytes, student: str, lab: str, check: str) -> str:
    """Returns the seed of one check of one student: two hexadecimal numbers."""
    own = _digest(secret, student, lab, check)
    variant = int(own, 16) % VARIANTS
    return f"{_digest(secret, 'variant', str(variant), lab, check)}.{own}"


def seeds(secret: bytes, student: str, lab: str, checks: Iterable[str]) -> dict[str, str]:
    """Returns the seed of each check of one student."""
    return {check: seed(secret, student, lab, check) for check in checks}


def _digest(secret: bytes, *parts: str) -> str:
    message = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hmac.new(secret, message, hashlib.sha256).hexdigest()
