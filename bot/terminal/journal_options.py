"""Options that several commands of the journal take."""

from __future__ import annotations

from typing import Any

import click

time_options = (
    click.option("--since", metavar="TIME", help="From this moment on: 2026-11-03T00:00Z."),
    click.option("--until", metavar="TIME", help="Before this moment."),
)
server_option = click.option("--server", metavar="ID", help="One Discord server only.")
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


def between(command: Any) -> Any:
    """Add --since and --until."""
    for option in reversed(time_options):
        command = option(command)
    return command
