"""Days, months and zones as each language writes them in an official text."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

MONTHS = MappingProxyType(
    {
        "en": "January February March April May June July August September October November "
        "December",
        "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november "
        "detsember",
        "lv": "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris "
        "novembris decembris",
        "lt": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio "
        "lapkričio gruodžio",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада "
        "грудня",
        "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
        "listopada grudnia",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre "
        "décembre",
    }
)
"""The twelve months by language, in the form that stands in a date."""

SHORT_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec"

DATE_FORMS = MappingProxyType(
    {
        "en": "{day} {month} {year}",
        "et": "{day}. {month} {year}",
        "lv": "{year}. gada {day}. {month}",
        "lt": "{year} m. {month} {day} d.",
        "ru": "{day} {month} {year} г.",
        "uk": "{day} {month} {year} р.",
        "pl": "{day} {month} {year}",
        "de": "{day}. {month} {year}",
        "fr": "{day} {month} {year}",
    }
)

ZONES = MappingProxyType(
    {
        "eet": ("Europe/Tallinn", 120),
        "eest": ("Europe/Tallinn", 180),
        "cet": ("Europe/Berlin", 60),
        "cest": ("Europe/Berlin", 120),
        "wet": ("Europe/Lisbon", 0),
        "west": ("Europe/Lisbon", 60),
        "bst": ("Europe/London", 60),
        "msk": ("Europe/Moscow", 180),
        "est": ("America/New_York", -300),
        "edt": ("America/New_York", -240),
    }
)
"""Abbreviations: the zone they belong to and their minutes ahead of UTC. The zone tells whether
the abbreviation is right on that day: EET in July is a slip that would be an hour wrong."""

CITIES = MappingProxyType(
    {
        "tallinn": "Europe/Tallinn",
        "riga": "Europe/Riga",
        "vilnius": "Europe/Vilnius",
        "helsinki": "Europe/Helsinki",
        "kyiv": "Europe/Kyiv",
        "warsaw": "Europe/Warsaw",
        "berlin": "Europe/Berlin",
        "brussels": "Europe/Brussels",
        "paris": "Europe/Paris",
        "london": "Europe/London",
        "stockholm": "Europe/Stockholm",
        "new york": "America/New_York",
        "washington": "America/New_York",
    }
)


def month_names(language: str) -> tuple[str, ...]:
    return tuple(MONTHS.get(language, MONTHS["en"]).split())


def _numbers() -> dict[str, int]:
    found = {name: number for number, name in enumerate(SHORT_ENGLISH.split(), start=1)}
    found["sept"] = 9
    latvian_endings = {"is": "ī", "s": "ā"}
    for language in MONTHS:
        for number, name in enumerate(month_names(language), start=1):
            found[name.lower()] = number
            if language != "lv":
                continue
            # "23. novembrī": Latvian texts say on which day in the locative.
            for ending, locative in latvian_endings.items():
                if name.endswith(ending):
                    found[name.removesuffix(ending).lower() + locative] = number
                    break
    return found


MONTH_NUMBERS = MappingProxyType(_numbers())
"""Number of a month by its name in any of the languages, in lower case."""


def date_in_words(day: dt.date, language: str) -> str:
    """The date as the language writes it, such as `23 November 2026`."""
    form = DATE_FORMS.get(language, DATE_FORMS["en"])
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return form.format(day=number, month=month_names(language)[day.month - 1], year=day.year)
