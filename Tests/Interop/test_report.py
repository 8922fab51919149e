"""The report as a browser shows it: Debian's Chromium, without network and without a window."""
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

import report_content

VOID = {"meta", "input", "img", "br", "line", "circle", "rect", "path"}


class Structure(HTMLParser):
    """Tags that close what was opened, names used once, headings in order, addresses named."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.headings, self.addresses, self.unlabelled = [], [], [], [], []
        self.labels, self.controls = set(), []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag not in VOID:
            self.open.append(tag)
        self.start(tag, values)

    def handle_startendtag(self, tag, attributes):
        assert tag in VOID, tag
        self.start(tag, dict(attributes))

    def start(self, tag, values):
        if "id" in values:
            self.ids.append(values["id"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self.labels.add(values["for"])
        if tag in ("input", "select"):
            self.controls.append(values["id"])
        if tag == "th":
            assert "scope" in values
        if tag == "img":
            assert values["alt"]
        self.addresses += [values[name] for name in ("href", "src", "action", "xlink:href") if values.get(name)]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(therapi, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    content = folder / "report.json"
    content.write_text(json.dumps(report_content.content()), encoding="utf-8")
    therapi("report", content)
    return folder / "report.html"


@pytest.fixture(scope="module")
def browse(page, tmp_path_factory):
    """The document that Chromium has made of the page, and what its console said."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.fail("chromium is missing: run `make setup`", pytrace=False)
    profile = tmp_path_factory.mktemp("chromium")

    def run(fragment, *options):
        done = subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
             "--virtual-time-budget=3000", "--enable-logging=stderr", *(options or ["--dump-dom"]), f"file://{page}{fragment}"],
            capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    return run


def section(document, name):
    """What stands in the explorer of this name."""
    return document.split(f'class="picked" id="{name}"')[1].split("</section>")[0]


def test_page_is_well_formed_and_names_no_address(page):
    text = page.read_text(encoding="utf-8")
    structure = Structure()
    structure.feed(text)
    structure.close()
    assert not structure.open
    assert len(structure.ids) == len(set(structure.ids))
    assert structure.headings[0] == 1 and structure.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(structure.headings, structure.headings[1:]))
    assert set(structure.controls) <= structure.labels
    assert all(address.startswith(("#", "data:")) for address in structure.addresses)
    assert not re.search(r"(?:https?:)?//\w", re.sub(r"base64,[^\"]*", "", text).split('id="data"')[0])
    assert text.count("</script") == 2


def test_picked_patient_shows_mixture_and_ranked_drugs(browse):
    document, console = browse("#patient=TCGA-0007-01")
    shown = section(document, "patient")
    assert console == []
    assert 'data-picked="TCGA-0007-01"' in shown
    assert all(line in shown for line, _ in report_content.LINES)
    assert "Oxaliplatin" in shown and "&lt;/script&gt;&lt;b&gt;Olaparib&lt;/b&gt;" in shown
    table = shown.split("Drugs ranked for the patient")[1]
    probabilities = [float(number) for number in re.findall(r'<td class="number"[^>]*>(0\.\d{3}|1\.000)</td>', table)]
    assert len(probabilities) == len(report_content.DRUGS)
    assert probabilities == sorted(probabilities, reverse=True)


def test_picked_drug_shows_patients_and_known_responses(browse):
    document, console = browse("#drug=Oxaliplatin")
    shown = section(document, "drug")
    assert console == []
    assert 'data-picked="Oxaliplatin"' in shown
    expected = [label for label in report_content.content()["predictions"]["labels"] if label["drug"] == 1]
    assert len(re.findall('class="chip', shown)) == len(expected) > 0


def test_without_a_choice_a_patient_with_a_known_response_is_shown(browse):
    document, console = browse("")
    assert console == []
    first = report_content.content()["predictions"]["labels"][0]["patient"]
    assert f'data-picked="TCGA-{first:04d}-01"' in section(document, "patient")
    assert 'class="chip' in section(document, "patient")


@pytest.mark.parametrize("fragment", ["#patient=nobody", "#patient=%E0%A4%A", "#drug", "#survival"])
def test_an_address_of_nothing_shows_the_default(browse, fragment):
    document, console = browse(fragment)
    assert console == []
    assert 'data-picked="TCGA-' in section(document, "patient")


def test_page_is_painted(browse, tmp_path):
    picture = tmp_path / "page.png"
    _, console = browse("", f"--screenshot={picture}", "--window-size=1300,1600")
    assert console == []
    # An empty page of this size takes less than 10 kB.
    assert picture.stat().st_size > 50_000


def test_a_cut_page_says_where_the_rest_is(therapi, page, tmp_path):
    therapi("report", page.with_suffix(".json"), "--pairs", 240, "-o", tmp_path / "cut.html")
    assert "This page holds 20 of 60 patients" in (tmp_path / "cut.html").read_text(encoding="utf-8")
