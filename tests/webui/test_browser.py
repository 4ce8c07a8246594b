"""The pages in a real browser: nothing breaks the content policy, nothing scrolls sideways, axe finds nothing."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator

import pytest
from pressing import follow
from wardflow.cases.claim_task import claim_task
from wardflow_web import create_app
from werkzeug.serving import make_server

CHROMIUM = os.environ.get("WARDFLOW_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium was found on this machine")


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def address(platform) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = make_server("127.0.0.1", port, create_app(platform), threaded=True)
    worker = threading.Thread(target=server.serve_forever)
    worker.start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    worker.join()
    server.server_close()


@pytest.fixture
def page(chromium, address, platform, request):
    """A page of somebody signed in by password, that remembers what the browser complained about."""
    login, width, script = getattr(request, "param", ("chi", 1440, True))
    platform.store.accounts.set(login, login, "mật khẩu")
    context = chromium.new_context(
        base_url=address, viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    opened.complaints = []
    opened.on(
        "console", lambda said: opened.complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.goto("/sign-in")
    opened.fill("#login", login)
    opened.fill("#password", "mật khẩu")
    follow(opened.locator("main button"))
    yield opened
    context.close()


def looked_at(page, path: str) -> None:
    """The page at the path holds up: no complaint, no sideways scroll, nothing for axe to find."""
    from axe_playwright_python.sync_playwright import Axe

    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.complaints == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], path
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in violations] == [], path


@pytest.mark.parametrize("page", [("chi", 1440, True), ("chi", 360, True)], indirect=True)
def test_pages_of_officials_hold_up(page, platform, case) -> None:
    claim_task(platform, platform.actor("chi"), case.case_id, "t2")
    looked_at(page, "/desk")
    looked_at(page, "/desk?view=queue&lang=en")
    looked_at(page, f"/cases/{case.code}?lang=vi&theme=dark")
    looked_at(page, f"/cases/{case.code}/tasks/t2?theme=light")
    looked_at(page, f"/track/{case.tracking}")


@pytest.mark.parametrize("page", [("binh", 1440, True), ("binh", 360, True)], indirect=True)
def test_the_counter_holds_up(page) -> None:
    looked_at(page, "/counter")
    follow(page.locator(".row button"))
    looked_at(page, page.url)


def test_the_diagram_is_drawn_with_its_marks_and_the_licence_mark_in_sight(page, case) -> None:
    page.goto(f"/cases/{case.code}")
    page.wait_for_selector("[data-drawn]")
    assert page.locator(".djs-element.live[data-element-id=Review]").count() == 1
    assert page.locator(".djs-element.past[data-element-id=Check]").count() == 1
    mark = page.locator(".bjs-powered-by")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    top = "([x, y]) => document.elementFromPoint(x, y)?.closest('.bjs-powered-by') !== null"
    assert page.evaluate(top, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    assert mark.is_visible()


@pytest.mark.parametrize("page", [("chi", 360, True)], indirect=True)
def test_the_licence_mark_stays_in_sight_while_a_diagram_scrolls(page, case) -> None:
    page.goto(f"/cases/{case.code}")
    page.wait_for_selector("[data-drawn]")
    for scrolled in (0, 10_000):
        page.evaluate("x => { document.querySelector('[data-diagram]').scrollLeft = x }", scrolled)
        page.wait_for_function(
            "() => { const mark = document.querySelector('.bjs-powered-by').getBoundingClientRect(),"
            " box = document.querySelector('[data-diagram]').getBoundingClientRect();"
            " return mark.left >= box.left && mark.right <= box.right }"
        )


@pytest.mark.parametrize("page", [("binh", 1440, True)], indirect=True)
def test_a_tick_asks_for_more_without_losing_what_was_typed(page) -> None:
    page.goto("/counter")
    follow(page.locator(".row button"))
    page.fill("[name='form.record']", "Giấy khai sinh")
    page.check("[name='form.urgent'][type=checkbox]")
    page.wait_for_selector("[name='form.why']")
    assert page.input_value("[name='form.record']") == "Giấy khai sinh"
    assert page.complaints == []


@pytest.mark.parametrize("page", [("binh", 1440, True)], indirect=True)
def test_what_is_typed_while_the_form_is_drawn_again_stays(page) -> None:
    page.goto("/counter")
    follow(page.locator(".row button"))
    page.wait_for_load_state("networkidle")    # a request of the page that is still arriving is not the one held back
    answers = []
    page.route("**/counter/*", lambda route: answers.append(route))
    with page.expect_request("**/counter/*"):
        page.check("[name='form.urgent'][type=checkbox]")
    page.fill("[name='form.record']", "Giấy khai sinh")
    page.check("[name='first.result'][value=complete]")
    answers[0].continue_()
    page.wait_for_selector("[name='form.why']")
    page.wait_for_function("() => document.querySelector(\"[name='form.record']\").value === 'Giấy khai sinh'")
    assert page.is_checked("[name='first.result'][value=complete]")


@pytest.mark.parametrize("page", [("binh", 1440, False)], indirect=True)
def test_a_case_is_taken_in_without_scripts(page) -> None:
    page.goto("/counter")
    follow(page.locator(".row button"))
    page.fill("[name='applicant.full_name']", "Nguyễn Văn An")
    page.fill("[name='applicant.id_number']", "001080000012")
    page.fill("[name='form.record']", "Giấy khai sinh")
    page.fill("[name='form.copies']", "2")
    page.check("[name='first.result'][value=complete]")
    follow(page.locator("button[value=receive]"))
    assert "Đã nhận hồ sơ T." in page.inner_text("h1")


def test_keys_move_through_the_desk(page, case) -> None:
    page.goto("/desk?view=queue")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.what') !== null")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def reach(page, selector: str) -> None:
    """Presses Tab until the wanted control has the focus, as somebody does who has no mouse, and can see that it has."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", selector
            return
    raise AssertionError(f"the keys never came to {selector}")


def test_a_step_is_found_claimed_filled_in_mended_and_completed_with_keys_alone(page, case) -> None:
    page.goto("/desk?view=queue")
    reach(page, "button[name=claim]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "view=queue" not in address)
    reach(page, "a[href*='/tasks/']")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=opinion]")
    reach(page, "[name=opinion]")
    page.keyboard.type("Đúng với sổ gốc")
    reach(page, "button[value=complete]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#form-errors")
    reach(page, "#form-errors a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "pages"
    page.keyboard.type("3")
    reach(page, "button[value=complete]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/tasks/" not in address)
    assert all("422" in said for said in page.complaints)    # the form that was refused, which the browser notes


def test_the_desk_narrows_while_one_types(page, case) -> None:
    page.goto("/desk?view=queue")
    page.fill("[name=q]", "không có gì như thế")
    page.wait_for_selector("text=Không tìm thấy việc nào")
    page.fill("[name=q]", "nguyen van an")
    page.wait_for_selector(f"text={case.code}")
    assert page.complaints == []
