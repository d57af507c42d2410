"""The seeds that a student's graded cases are drawn from.

seed = HMAC-SHA256(secret of the course, student, lab, check): always the same for the same submission, so
grading again gives the same result; nobody without the secret knows it beforehand.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from autograder.errors import GraderError


def course_secret(root: Path) -> bytes:
    """Returns the secret of the course in `root`; the first use makes it, readable for its owner only."""
    path = root / "secret"
    root.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    secret = path.read_bytes().strip()
    if len(secret) < 32:
        raise GraderError(f"{path} is damaged: {len(secret)} bytes; delete it, then grade every lab again")
    return secret


def seed(secret: bytes, student: str, lab: str, check: str) -> str:
    """Returns the seed of one check of one student, as hexadecimal text."""
    message = "\0".join((student, lab, check)).encode("utf-8", "surrogateescape")
    return hmac.new(secret, message, hashlib.sha256).hexdigest()
