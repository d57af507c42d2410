"""The time of handing in, `timestamp.txt`, in words that nbgrader does not misread.

nbgrader takes an offset after a space for seconds (`… 23:59:00 +0200` becomes 3 minutes and 20 seconds east
of UTC), reads a zone that it does not know, `CEST`, as UTC, and takes today for a date that is missing. Each
makes a student late who was not.
"""

from datetime import UTC, datetime, tzinfo

from dateutil import parser, tz

_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2))  # in which everything differs


def in_utc(text: str) -> str:
    """Returns a time in nbgrader's own form, in UTC.

    Args:
        text: Date and time with an offset or a zone (`+02:00`, `UTC`, `Europe/Berlin`); without one it is
            in UTC, as nbgrader has it.

    Raises:
        ValueError: It is no date and time, the date is not whole, or the zone is unknown.
    """
    moment, _, zone = text.strip().rpartition(" ")
    if "/" in zone and moment:
        time = _parse(moment).replace(tzinfo=_zone(zone, None))
    else:
        time = _parse(text.strip())
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"


def _parse(text: str) -> datetime:
    """Reads a time twice, because what is missing of its date comes from `default`."""
    time, other = (parser.parse(text, default=default, tzinfos=_zone) for default in _DEFAULTS)
    if time != other:
        raise ValueError(f"{text!r} does not contain a date with day, month and year")
    return time


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    if seconds is not None:
        return tz.tzoffset(name, seconds)
    if name is None:
        return None
    found = tz.gettz(name)
    if found is None:
        raise ValueError(f"{name!r} is no time zone that is known here; write an offset: +02:00")
    return found
