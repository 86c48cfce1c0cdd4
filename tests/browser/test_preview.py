"""The preview in a real browser: types `/ask`, sees the card, follows a button, switches viewer."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "chat"))

from chat_world import SECRET, write_knowledge  # noqa: E402

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
WAIT = 20_000

# On the build server a missing browser is an error of the build, not a reason to skip.
if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("no Chromium on this machine", allow_module_level=True)

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def preview(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`redline preview` as a process of its own with a fresh data directory."""
    home = tmp_path_factory.mktemp("preview")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "KNOWLEDGE_DIR": str(write_knowledge(home / "knowledge")),
        "REDLINE_DATA_DIR": str(home / "data"),
        "DISCORD_TOKEN": "",
        "DATABASE_URL": "",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "preview", "--no-open", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith(f"http://127.0.0.1:{port}/"), process.communicate(timeout=20)
    yield address, process
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert rest == "", "one line on stdout: the address"
    assert "Traceback" not in errors


@pytest.fixture
def page(preview: tuple[str, subprocess.Popen[str]]):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        foreign: list[str] = []
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(preview[0].split("#")[0])
                else foreign.append(request.url)
            ),
        )
        page.goto(preview[0])
        page.get_by_text("desk").first.wait_for(timeout=WAIT)
        yield page
        browser.close()
        assert not [url for url in foreign if not url.startswith(("data:", "blob:"))], "no network"


def ask(page, question: str) -> None:
    composer = page.get_by_role("textbox", name="Message").last
    composer.click()
    page.keyboard.type("/ask", delay=30)
    page.get_by_text("Ask in your own words").first.wait_for(timeout=WAIT)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    page.keyboard.type(question)
    page.keyboard.press("Enter")


def test_a_question_typed_in_the_page_is_answered_by_a_card(page, tmp_path: Path) -> None:
    ask(page, "why does the demand come now?")
    page.get_by_text("The demand tests the alliance.").first.wait_for(timeout=WAIT)
    page.get_by_role("button", name="Red lines (1)").wait_for(timeout=WAIT)
    page.screenshot(path=tmp_path / "card.png")
    page.get_by_role("button", name="Red lines (1)").click()
    page.get_by_role("button", name="Open", exact=True).first.click()
    page.get_by_text("Must never be said").first.wait_for(timeout=WAIT)
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("button", name="Red lines (1)").wait_for(timeout=WAIT)


def test_the_viewers_hold_the_roles(page) -> None:
    viewers = page.get_by_label("Viewing as")
    names = viewers.locator("option").all_inner_texts()
    assert [name.split(" (")[1].rstrip(")") for name in names] == [
        "Comms Officer",
        "Approver",
        "Maintainer",
        "team member",
    ]
    viewers.select_option(label="Tiina (team member)")
    page.wait_for_timeout(800)
    ask(page, "inside assessment of the garrison, how many days does it hold?")
    page.get_by_text("used /ask").first.wait_for(timeout=WAIT)
    page.wait_for_timeout(1500)
    shown = page.evaluate("document.body.innerText")
    assert "nine days" not in shown
    assert SECRET not in shown


def test_a_taken_port_is_told_with_the_way_out(
    preview: tuple[str, subprocess.Popen[str]], tmp_path: Path
) -> None:
    port = preview[0].split(":")[2].split("/")[0]
    result = subprocess.run(
        [sys.executable, "-m", "bot", "preview", "--no-open", "--port", port],
        cwd=ROOT,
        env={
            **os.environ,
            "KNOWLEDGE_DIR": str(write_knowledge(tmp_path / "knowledge")),
            "REDLINE_DATA_DIR": str(tmp_path / "data"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert "--port" in result.stderr
    assert "Traceback" not in result.stderr
