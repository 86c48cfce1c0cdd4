"""Times with their zone: read from what people type, written as each language does."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.messages.calendar import MONTHS
from bot.advice.messages.moments import Moment, MomentError, read_moment, write_moment

WRITTEN = "14:30 EET (12:30 UTC), 23 November 2026"


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-23 14:30 EET",
        "2026-11-23 14:30:59 eet",
        "23.11.2026 14:30 EET",
        "23. 11. 2026 kell 14.30 Tallinn",
        "23/11/2026 14:30 Europe/Riga",
        "23 November 2026, 14:30 EET",
        "Nov 23, 2026 2:30 pm Vilnius time",
        "23rd November 2026 at 2:30 p.m. EET",
        "14:30 EET, 23 November 2026",
        "2026. gada 23. novembrī plkst. 14:30 EET",
        "2026 m. lapkričio 23 d. 14:30 EET",
        "23 ноября 2026 г. в 14:30 EET",
        "23 листопада 2026 р. о 14:30 EET",
        "23 listopada 2026, godz. 14:30 EET",
        "le 23 novembre 2026 à 14h30 EET",
        "am 23. November 2026 um 14:30 EET",
    ],
)
def test_the_usual_ways_to_write_it(typed: str) -> None:
    assert write_moment(read_moment(typed), "en") == WRITTEN


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2026-11-23T14:30+02:00", "14:30 UTC+2 (12:30 UTC), 23 November 2026"),
        ("2026-11-23 07:00 UTC-5:30", "07:00 UTC-5:30 (12:30 UTC), 23 November 2026"),
        ("2026-11-23T12:30Z", "12:30 UTC, 23 November 2026"),
        ("2026-11-23 12:30 UTC+0", "12:30 UTC, 23 November 2026"),
        ("2026-07-01 12:00 Riga", "12:00 EEST (09:00 UTC), 1 July 2026"),
        ("2026-11-23 13:30 Berlin", "13:30 CET (12:30 UTC), 23 November 2026"),
        (
            "2026-11-24 00:30 EET",
            "00:30 EET, 24 November 2026 (22:30 UTC, 23 November 2026)",
        ),
    ],
)
def test_zones(typed: str, written: str) -> None:
    assert write_moment(read_moment(typed), "en") == written


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "1 March 2026"),
        ("et", "1. märts 2026"),
        ("lv", "2026. gada 1. marts"),
        ("lt", "2026 m. kovo 1 d."),
        ("ru", "1 марта 2026 г."),
        ("uk", "1 березня 2026 р."),
        ("pl", "1 marca 2026"),
        ("de", "1. März 2026"),
        ("fr", "1er mars 2026"),
    ],
)
def test_each_language_writes_its_dates(language: str, date: str) -> None:
    assert write_moment(read_moment("2026-03-01 10:00 UTC"), language) == f"10:00 UTC, {date}"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("2026-11-23 14:30", "the time zone is missing"),
        ("14:30 EET", "the date is missing"),
        ("2026-11-23 EET", "the time of day is missing"),
        ("tomorrow noon", "the time of day is missing"),
        ("2026-02-30 10:00 UTC", "there is no such day: 2026-02-30"),
        ("2026-11-23 25:00 UTC", "there is no such time"),
        ("2026-11-23 13:30 pm UTC", "there is no such time"),
        ("0026-11-23 13:30 UTC", "the year 26 is outside"),
        ("23 Brumaire 2026 10:00 UTC", "'Brumaire' is no month"),
        ("2026-11-23 14:30 Mars", "'Mars' is no time zone"),
        ("2026-07-01 12:00 EET", "EET does not apply on 2026-07-01: it is EEST then"),
        ("2026-01-01 12:00 CEST", "it is CET then"),
        ("2026-03-29 03:30 Riga", "the clocks go forward"),
        ("2026-10-25 03:30 Riga", "write EEST or EET"),
        ("05/06/2026 12:00 EEST", "could mean two days: write 2026-06-05 or 2026-05-06"),
        ("2026-11-23 14:30 UTC+99", "there is no zone"),
    ],
)
def test_the_fault_is_named(typed: str, fault: str) -> None:
    with pytest.raises(MomentError, match="^.*" + fault.replace("+", r"\+")):
        read_moment(typed)


def test_what_the_server_has_set_stands_in() -> None:
    moment = read_moment("14:30", zone="Europe/Tallinn", today=dt.date(2026, 11, 23))
    assert write_moment(moment, "en") == WRITTEN


def test_the_repeated_hour_can_be_said() -> None:
    assert read_moment("2026-10-25 03:30 EEST").at < read_moment("2026-10-25 03:30 EET").at


moments = st.datetimes(
    dt.datetime(1950, 1, 1),  # noqa: DTZ001 - the zone is drawn apart
    dt.datetime(2099, 12, 30),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


@given(moments, st.sampled_from(sorted(MONTHS)))
def test_what_is_written_is_read_again(at: dt.datetime, language: str) -> None:
    at = at.replace(second=0, microsecond=0)
    written = write_moment(Moment(at, "UTC"), language)
    assert read_moment(written).at == at


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_iso_with_any_offset_keeps_the_instant(at: dt.datetime, minutes: int) -> None:
    local = at.astimezone(dt.timezone(dt.timedelta(minutes=minutes)))
    if not 1945 <= local.year <= 2100:
        return
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    read = read_moment(f"{local:%Y-%m-%d %H:%M} {sign}{hours:02}:{rest:02}")
    assert read.at == at.replace(second=0, microsecond=0)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        moment = read_moment(text, zone="UTC", today=dt.date(2026, 11, 23))
    except MomentError as error:
        assert str(error)
    else:
        assert moment.at.tzinfo is not None
