"""Errors that are no faults: what the user did, or may not do, with the way out."""

from __future__ import annotations

from bot.chat.text import Markdown, shortened, t

ECHO = 200
"""Units of somebody's own words that a mistake repeats: enough to recognise them."""

WHOLE = "known"
"""The value that lists what there is to choose from: ours, and never cut."""


class UserError(Exception):
    """Something that the user can mend. `key` is in the catalogue, and so says the way out."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def text(self, language: str) -> Markdown:
        """The sentence for the user."""
        values = {
            name: shortened(value, ECHO)
            if isinstance(value, str) and not isinstance(value, Markdown) and name != WHOLE
            else value
            for name, value in self.values.items()
        }
        return t(self.key, language, **values)


class Refusal(UserError):  # noqa: N818 -- an error for the program, a refusal for the user
    """The user may not do this: the sentence names what is missing and who can give it."""
