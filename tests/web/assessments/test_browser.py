"""
The pages of evidence and assessments in a real browser, at a desk's width and a
phone's; the whole way from a file to a published finding, without a mouse and without
scripts.
"""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from web.assessments.made_by_hand import example, one_population
from web.assessments.test_uploads import MARCH, crimes
from web.conftest import WIDTHS
from web.test_browser import enter, focus_by_tab, sign_in
from web.test_jobs import work_off_the_queue

from saferplan.store import EvidenceStore, default_place
from saferplan.web.assessments import documents, services
from saferplan.web.assessments.models import StrategicAssessment, Upload
from saferplan.web.core.models import Job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHANGE = {
    "slice": "police-uk.city-of-london.2024-03",
    "part": "data.police.uk, city of london, March 2024",
    "before": 3,
    "after": 4,
    "added": 2,
    "removed": 1,
}
BAD = {"why": "strange.csv: no source knows a table with the columns a, b."}


@pytest.fixture(autouse=True)
def not_about_the_picture_card(page):
    """Drawing without a graphics card is slow, and the browser says so."""
    yield
    page.complaints[:] = [each for each in page.complaints if "GL Driver" not in each]


@pytest.fixture
def drawn(draft):
    documents.draw_pictures(draft.folder, draft.content)
    return draft


def address(name, *arguments):
    return reverse(f"assessments:{name}", args=arguments)


def upload_in(state, analyst, *, job="done", **report):
    started = Job.objects.create(
        kind="any",
        title="Load",
        key=str(uuid4()),
        state=job,
        by=analyst,
        partnership=analyst.membership.partnership,
        message="The files could not be read." if job == "failed" else "",
    )
    return Upload.objects.create(
        partnership=analyst.membership.partnership,
        token=uuid4(),
        names=["2024-03-city-of-london-street.csv", "strange.csv"],
        state=state,
        report=report,
        job=started,
        by=analyst,
        at=timezone.now(),
    )


def test_pages_of_evidence(look, page, be, analyst):
    be(analyst)
    look(address("evidence"), "evidence-empty")
    store = EvidenceStore(default_place())
    store.load([one_population()], by="analyst")
    release = store.load([one_population(people=101, refused=True)], by="analyst")
    assert release.revisions
    look(address("evidence"), "evidence-filled")
    look(address("release", release.id), "release")


def test_pages_of_uploads(look, page, be, analyst):
    be(analyst)
    look(address("load"), "load")
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(None, "load-error", complains=True)
    release = {
        "id": "abc123abc123",
        "title": "Street-level crime",
        "read": 4,
        "kept": 3,
        "quarantined": 1,
        "known": 0,
    }
    known = {"file": "2024-02.csv", "release": "abc123abc123"}
    for name, upload in {
        "loading": upload_in("loading", analyst, job="queued"),
        "failed": upload_in("loading", analyst, job="failed"),
        "waiting": upload_in("waiting", analyst, waiting=[CHANGE], refused=[BAD]),
        "discarded": upload_in("discarded", analyst, waiting=[CHANGE]),
        "loaded": upload_in(
            "loaded", analyst, releases=[release], unrecognised=[BAD], known=[known]
        ),
    }.items():
        look(address("upload", upload.pk), f"upload-{name}")


def test_pages_of_assessments(look, page, be, analyst, head, partnership):
    look(address("all"), "assessments-empty-resident")
    be(analyst)
    look(address("all"), "assessments-empty")
    draft = services.keep_assessment(example(), partnership, by=analyst)
    documents.draw_pictures(draft.folder, draft.content)
    burglary, wards = draft.content.findings
    look(address("all"), "assessments")
    look(address("show", draft.pk), "draft")
    look(address("show", draft.pk) + "?only=waiting", "draft-waiting")
    look(address("finding", draft.pk, burglary.id), "finding")
    page.get_by_label("Set it aside").check()
    page.get_by_role("button", name="Save the decision").click()
    look(None, "finding-error", complains=True)
    services.decide(draft, burglary, "accepted", by=head, reason="Clear.")
    page.get_by_label("Reason").fill("Too soon to tell.")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("has just decided on this finding").first).to_be_visible()
    look(None, "finding-conflict", complains=True)
    services.decide(draft, wards, "set aside", by=head, reason="Two wards only.")
    look(address("show", draft.pk), "draft-decided")
    be(head)
    look(address("show", draft.pk), "draft-to-publish")
    services.publish(draft, by=head)
    look(address("show", draft.pk), "published")
    be(None)
    look(address("all"), "assessments-resident")
    look(address("show", draft.pk), "published-resident")
    look(address("finding", draft.pk, burglary.id), "finding-resident")


def test_the_map_takes_the_place_of_its_picture_and_answers(
    look, page, be, live_server, drawn, analyst
):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    be(analyst)
    wards = drawn.content.findings[1]
    page.goto(live_server.url + address("finding", drawn.pk, wards.id))
    area_map = page.locator(".app-map[data-ready=yes]")
    expect(area_map).to_be_visible()
    expect(page.locator(".app-picture")).to_be_hidden()
    expect(area_map.get_by_role("list")).to_contain_text("12.5 to 12.5")
    expect(area_map.get_by_role("list")).to_contain_text("Not available")
    look(None, "finding-map")
    # The two wards lie side by side.
    page.set_viewport_size({"width": WIDTHS["desk"], "height": 900})
    canvas = area_map.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    middle = box["height"] / 2
    canvas.click(position={"x": box["width"] * 0.35, "y": middle})
    expect(area_map.get_by_role("status")).to_have_text("East: 12.5")
    canvas.click(position={"x": box["width"] * 0.65, "y": middle})
    expect(area_map.get_by_role("status")).to_have_text("West: Not available")
    focus_by_tab(page, "Zoom in")
    page.keyboard.press("Enter")
    assert [
        url for url in asked if not url.startswith(("blob:", live_server.url))
    ] == []


def test_the_map_answers_a_tap(browser, live_server, drawn, head):
    for finding in drawn.content.findings:
        services.decide(drawn, finding, "accepted", by=head)
    services.publish(drawn, by=head)
    context = browser.new_context(
        has_touch=True, viewport={"width": WIDTHS["phone"], "height": 800}
    )
    page = context.new_page()
    wards = drawn.content.findings[1]
    page.goto(live_server.url + address("finding", drawn.pk, wards.id))
    area_map = page.locator(".app-map[data-ready=yes]")
    expect(area_map).to_be_visible()
    box = area_map.locator("canvas").bounding_box()
    area_map.locator("canvas").tap(
        position={"x": box["width"] * 0.35, "y": box["height"] / 2}
    )
    expect(area_map.get_by_role("status")).to_have_text("East: 12.5")
    context.close()


class Keyboard:
    """Somebody who never touches a mouse."""

    def __init__(self, page):
        self.page = page
        # The browser is asked to hand over its file window the moment somebody
        # listens for one, and does not say when it does: so listen from the start.
        page.on("filechooser", lambda chooser: None)

    def follow(self, name):
        focus_by_tab(self.page, name, limit=120)
        enter(self.page)

    def send(self, path):
        focus_by_tab(self.page, "Files")
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(path)
        self.follow("Load")

    def accept(self):
        focus_by_tab(self.page, "Accept it", limit=120)
        self.page.keyboard.press("Space")
        self.follow("Save the decision")

    def set_aside(self, reason):
        focus_by_tab(self.page, "Accept it", limit=120)
        self.page.keyboard.press("ArrowDown")
        focus_by_tab(self.page, "Reason")
        self.page.keyboard.type(reason)
        self.follow("Save the decision")


class WithoutScripts:
    """Somebody whose browser runs no scripts."""

    def __init__(self, page):
        self.page = page

    def follow(self, name):
        found = self.page.get_by_role("link", name=name)
        buttons = self.page.get_by_role("button", name=name)
        found.or_(buttons).first.click()

    def send(self, path):
        self.page.get_by_label("Files").set_input_files(path)
        self.page.get_by_role("button", name="Load", exact=True).click()

    def accept(self):
        self.page.get_by_label("Accept it").check()
        self.follow("Save the decision")

    def set_aside(self, reason):
        self.page.get_by_label("Set it aside").check()
        self.page.get_by_label("Reason").fill(reason)
        self.follow("Save the decision")


@pytest.fixture
def crimes_file(tmp_path):
    path = tmp_path / MARCH
    path.write_bytes(crimes(1, 2, 3))
    return path


def from_a_file_to_a_published_finding(page, person, live_server, cast, path):
    """The analyst loads, assesses and decides; the head publishes; a resident reads."""
    sign_in(page, live_server, cast["analyst"])
    person.follow("Evidence")
    person.follow("Load files")
    person.send(path)
    work_off_the_queue()
    page.reload()
    expect(page.get_by_text("Loaded", exact=True)).to_be_visible()
    person.follow("See it in the evidence catalogue")
    expect(page.get_by_role("heading", name="Street-level crime")).to_be_visible()
    person.follow("Assessments")
    person.follow("Make an assessment")
    work_off_the_queue()
    page.reload()
    person.follow("See the result")
    person.follow("Show only what still waits")
    person.follow("Burglary by ward")
    person.set_aside("Two wards only.")
    expect(page.get_by_text("Burglary by ward: set aside.")).to_be_visible()
    person.follow("Burglary")  # the next that waits
    person.accept()
    expect(page.get_by_text("Burglary: accepted.")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, live_server, cast["head"])
    person.follow("Assessments")
    person.follow("Example,")
    person.follow("Publish this assessment")
    expect(page.get_by_text("The assessment is now public.")).to_be_visible()
    page.context.clear_cookies()
    made = StrategicAssessment.objects.get()
    page.goto(live_server.url + address("all"))
    person.follow("Example,")
    assert page.url == live_server.url + address("show", made.pk)
    expect(page.get_by_text("Burglary fell by 12%")).to_be_visible()
    expect(page.get_by_text("East has the highest rate.")).to_have_count(0)


@pytest.fixture
def assessing(monkeypatch):
    """The evidence of three crimes is too little to assess anything with."""
    monkeypatch.setattr("saferplan.assessment.assess", lambda store, code: example())


def test_the_whole_way_with_the_keyboard_alone(
    page, live_server, cast, crimes_file, assessing
):
    person = Keyboard(page)
    from_a_file_to_a_published_finding(page, person, live_server, cast, crimes_file)


def test_the_whole_way_without_scripts(
    browser, live_server, cast, crimes_file, assessing
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    person = WithoutScripts(page)
    from_a_file_to_a_published_finding(page, person, live_server, cast, crimes_file)
    context.close()
