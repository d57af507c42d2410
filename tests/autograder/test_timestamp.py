"""Times of handing in: every way of writing one that nbgrader may misread, against the standard library."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from nbgrader.utils import parse_utc

from autograder.timestamp import in_utc

MOMENT = datetime(2026, 10, 1, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01 23:59:00 +0200",
        "2026-10-01 23:59:00 +02:00",
        "2026-10-01T23:59:00+02:00",
        "2026-10-01T21:59:00Z",
        "2026-10-01 21:59:00 UTC",
        "2026-10-01 21:59:00.000000 UTC",
        "2026-10-01 21:59:00",
        "2026-10-01 23:59:00 Europe/Berlin",
        "2026-10-01 16:59:00 EST",
        "Thu, 1 Oct 2026 23:59:00 +0200",
        " 2026-10-01 23:59:00 +0200\n",
    ],
)
def test_nbgrader_reads_the_moment_that_was_meant(text):
    assert parse_utc(in_utc(text)) == MOMENT.replace(tzinfo=None)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("month", [1, 7])  # winter and summer time
def test_zones_have_their_winter_and_summer_time(zone, month):
    local = datetime(2026, month, 15, 12, 30, tzinfo=ZoneInfo(zone))
    expected = local.astimezone(UTC).replace(tzinfo=None)
    assert parse_utc(in_utc(f"2026-{month:02}-15 12:30:00 {zone}")) == expected
    assert parse_utc(in_utc(local.isoformat())) == expected


@pytest.mark.parametrize(
    "text", ["2026-10-01 23:59:00 CEST", "2026-10-01 23:59:00 Europe/Bärlin", "soon", ""]
)
def test_what_is_not_clear_is_said(text):
    with pytest.raises(
        ValueError, match=r"no time zone that is known here|Unknown string format|does not contain a date"
    ):
        in_utc(text)
