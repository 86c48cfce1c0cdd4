"""Is the bot well? One answer for a container's health check and for whoever is woken at night."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

log = logging.getLogger(__name__)

Probe = Callable[[], Awaitable[dict[str, Any]]]
"""Tells the state of one part: a mapping with `ok` and whatever explains it."""


class Health:
    """The parts that must work, and a page that says whether they do."""

    def __init__(self) -> None:
        self._probes: dict[str, Probe] = {}
        self._gateway: Callable[[], bool] | None = None
        self.started = dt.datetime.now(dt.UTC)

    def watch(self, name: str, probe: Probe) -> None:
        """Add a part to what is reported."""
        self._probes[name] = probe

    def watch_gateway(self, ready: Callable[[], bool]) -> None:
        """Report whether Discord's gateway is ready: connected and told of its servers."""
        self._gateway = ready

    async def parts(self) -> dict[str, dict[str, Any]]:
        """The state of every part by name. A part whose probe fails is not well."""
        parts: dict[str, dict[str, Any]] = {}
        if self._gateway is not None:
            parts["gateway"] = {"ok": self._gateway()}
        for name, probe in self._probes.items():
            try:
                parts[name] = await probe()
            except Exception as error:
                parts[name] = {"ok": False, "error": type(error).__name__}
        return parts

    async def report(self) -> dict[str, Any]:
        """The state of every part; `ok` is true where all are well."""
        parts = await self.parts()
        return {
            "ok": all(bool(part["ok"]) for part in parts.values()),
            "since": self.started.isoformat(timespec="seconds"),
            **parts,
        }

    async def serve(self, port: int, host: str = "0.0.0.0") -> web.AppRunner:  # noqa: S104
        """Answer `GET /health`: 200 where all is well, else 503. Returns the runner to clean up.

        Listens on all addresses: a container's health is asked from outside of it. The page
        tells no text of users and no setting.
        """
        app = web.Application()
        app.router.add_get("/health", self._page)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        log.info("health is answered on port %d", port)
        return runner

    async def _page(self, _request: web.Request) -> web.Response:
        report = await self.report()
        return web.json_response(report, status=200 if report["ok"] else 503)
