"""The gallery in Chromium: under the strict policy, wide and narrow, light and dark, with and without scripts."""

import mimetypes
import shutil
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tiendo.doors.ui.gallery import sample

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: run ops/system-packages"),
]
POLICY = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


class Shelf(BaseHTTPRequestHandler):
    """Serves one page and the static files, as the house does: with the policy on everything."""

    def __init__(self, html, *args):
        self.html = html
        super().__init__(*args)

    def log_message(self, *args):
        pass

    def do_GET(self):
        path = self.path.partition("?")[0]
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path != "/" and not found:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header(
            "Content-Type", mimetypes.guess_type(found)[0] or "font/woff2" if found else "text/html; charset=utf-8"
        )
        self.end_headers()
        self.wfile.write(Path(found).read_bytes() if found else self.html.encode())


@pytest.fixture
def address(render):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Shelf, render("ui/gallery.html", **sample())))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def opened(chromium, address):
    """Opens the gallery at a width and in a colour scheme; what the page complains of is in `page.complaints`."""
    contexts = []

    def view(*, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("response", lambda answer: answer.ok or page.complaints.append(answer.url))
        page.goto(address)
        return page

    yield view
    for context in contexts:
        context.close()


# 640 is 1280 at 200 % zoom, 320 is 1280 at 400 % (WCAG 1.4.10)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (640, "light"), (360, "dark"), (320, "light")])
def test_nothing_runs_off_the_page_and_nothing_breaks_the_policy(opened, width, scheme):
    from accessible import width_of

    page = opened(width=width, color_scheme=scheme)
    assert width_of(page) <= width
    assert page.complaints == []


def test_the_typeface_is_ours(opened):
    page = opened()
    page.evaluate("document.fonts.ready.then(() => null)")
    assert page.evaluate("document.fonts.check('600 16px \"Be Vietnam Pro\"', 'Tiến Độ')")
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 4


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_accessibility_rules(opened, width, scheme):
    from accessible import looked_at

    results = looked_at(opened(width=width, color_scheme=scheme))
    assert results.violations_count == 0, results.generate_report()


def test_targets_are_large_enough(opened):
    """WCAG 2.5.8: 24 × 24 px, links within a sentence aside."""
    small = opened(width=360).evaluate(
        """[...document.querySelectorAll('button, .button, .chip, .sort, .menu-item, summary, select, input')]
           .filter(e => e.checkVisibility() && !e.matches('[type=hidden], [type=checkbox], [type=radio]'))
           .filter(e => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24 })
           .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_the_menu_opens_without_a_script(opened):
    page = opened(width=360, java_script_enabled=False)
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.click(".menu-button")
    assert menu.is_visible()
    assert page.locator("[data-keys-switch]").is_hidden()


def test_keys(opened):
    page = opened()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jx")
    assert page.input_value("[name=q]") == "jx"
    page.evaluate("document.activeElement.blur()")
    for key in "jjk":
        page.keyboard.press(key)
    assert "Xây dựng tài liệu" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.url.endswith("#")


def test_the_key_to_sign_answers_only_in_a_row(opened):
    page = opened()
    page.evaluate(
        """document.addEventListener('click', (event) => {
             if (event.target.closest('[data-key]')) window.signed = (window.signed || 0) + 1 })"""
    )
    page.keyboard.press("x")
    assert page.evaluate("window.signed") is None
    page.locator(".sheet-row").nth(1).focus()
    page.keyboard.press("x")
    assert page.evaluate("window.signed") == 1


def test_keys_of_one_letter_can_be_turned_off(opened):
    page = opened()
    page.locator("[data-keys-switch] input").uncheck()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.reload()
    assert not page.locator("[data-keys-switch] input").is_checked()


def test_a_file_says_its_name(opened):
    page = opened()
    page.set_input_files("[data-drop] input >> nth=0", [{"name": "báo cáo.docx", "mimeType": "x/y", "buffer": b"1"}])
    assert page.locator("[data-drop-name]").first.text_content() == "báo cáo.docx"


def test_a_dropped_file_is_taken(opened):
    page = opened()
    page.evaluate(
        """const dataTransfer = new DataTransfer(); dataTransfer.items.add(new File(['1'], 'kế hoạch.pdf'));
           const drop = new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer});
           document.querySelector('.drop-zone').dispatchEvent(drop)"""
    )
    assert page.evaluate("document.querySelector('[data-drop] input').files[0].name") == "kế hoạch.pdf"


def test_unsaved_input_is_guarded(opened):
    page = opened()
    page.fill("form[data-guard] textarea", "đang viết")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


def test_the_lit_sentence_is_in_view_in_its_pane(opened):
    inside = """() => { const lit = document.getElementById('lit').getBoundingClientRect();
                        const pane = document.querySelector('[data-source]').getBoundingClientRect();
                        return lit.top >= pane.top && lit.top < pane.bottom }"""
    assert opened(width=360).evaluate(inside)


def test_motion_is_left_out_where_it_is_not_wanted(opened):
    page = opened(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration") == "0s"
