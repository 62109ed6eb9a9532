"""Pages of words: whom to tell of a wrong figure, how to complain, and the sources."""

from tests import factories, postcode_files
from tests.public_pages.world import AT, publish, text


def test_a_wrong_figure_can_be_reported_with_the_page_address(client, staff, settings):
    settings.CONTACT_EMAIL = "figures@example.org"
    settings.SITE_ADDRESS = "https://performance.example.org"
    publish(staff, factories.council("Sometown Council"))
    html = client.get(f"{AT}/sometown-council/statistics").content.decode()
    assert (
        'href="mailto:figures@example.org?subject=A%20wrong%20figure%20on%20Your%20council%E2%80%99s%20performance'
        "&amp;body=https%3A%2F%2Fperformance.example.org%2Fyour-councils-performance%2Fsometown-council%2Fstatistics"
        '%3Fyear%3D2020"'
    ) in html
    assert "figures@example.org" in text(client, "/report-a-wrong-figure")


def test_without_an_address_for_reports_the_telephone_is_given(client, settings):
    settings.CONTACT_EMAIL = ""
    seen = text(client, "/report-a-wrong-figure")
    assert "0300 061 0614" in seen
    assert "mailto" not in client.get("/report-a-wrong-figure").content.decode()


def test_how_to_complain(client):
    seen = text(client, "/how-to-complain")
    assert seen.index("Complain to the council") < seen.index("Complain to the Ombudsman")
    for words in ("12 weeks", "free", "independent", "www.lgo.org.uk", "0300 061 0614"):
        assert words in seen


def credit_lines(settings):
    """Every credit line of docs/data-sources.md: of its tables, and what a file of postcodes asks for."""
    told = (settings.BASE_DIR / "docs" / "data-sources.md").read_text(encoding="utf-8")
    cells = [line.split("|")[-2].strip() for line in told.splitlines() if line.startswith("| ")]
    postcodes = told.split("the site then shows:\n")[1].splitlines()[0].rstrip(".")
    return {each for each in cells if each not in {"", "credit line", "the same"}} | {postcodes}


def test_every_credit_line_of_the_docs_stands_on_the_page_of_sources(client, settings, tmp_path):
    factories.council("Sometown Council", gss="E07000900")
    postcode_files.load(postcode_files.write(tmp_path / "ONSPD.csv", [("AA1 1AA", "E07000900")]))
    seen = text(client, "/data-sources").replace(" .", ".")
    lines = credit_lines(settings)
    assert len(lines) >= 5
    assert [line for line in lines if line not in seen] == []
