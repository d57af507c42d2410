"""The time of handing in, `timestamp.txt`, in words that nbgrader does not misread.

nbgrader takes an offset after a space for seconds (`… 23:59:00 +0200` becomes 3 minutes and 20 seconds east
of UTC), and reads a zone that it does not know, `CEST`, as UTC. Both make a student late who was not.
"""

from datetime import UTC, tzinfo

from dateutil import parser, tz


def in_utc(text: str) -> str:
    """Returns a time in nbgrader's own form, in UTC.

    Args:
        text: Date and time with an offset or a zone (`+02:00`, `UTC`, `Europe/Berlin`); without one it is
            in UTC, as nbgrader has it.

    Raises:
        ValueError: It is no date and time, or the zone is unknown.
    """
    moment, _, zone = text.strip().rpartition(" ")
    if "/" in zone and moment:
        time = parser.parse(moment).replace(tzinfo=_zone(zone, None))
    else:
        time = parser.parse(text.strip(), tzinfos=_zone)
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    if seconds is not None:
        return tz.tzoffset(name, seconds)
    if name is None:
        return None
    found = tz.gettz(name)
    if found is None:
        raise ValueError(f"{name!r} is no time zone that is known here; write an offset: +02:00")
    return found
