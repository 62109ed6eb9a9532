"""Finding a council by a postcode in a real browser."""

import pytest

from tests import factories, postcode_files

pytestmark = pytest.mark.django_db

AT = "/your-councils-performance"


@pytest.fixture(scope="module")
def site(kept_server, tmp_path_factory):
    county = factories.council("Northshire County Council", kind="county")
    factories.council("Northwell District Council", gss="E07000900", county=county)
    file = tmp_path_factory.mktemp("postcodes") / "ONSPD.csv"
    postcode_files.load(postcode_files.write(file, [("ZZ1 1AA", "E07000900")]))
    return kept_server


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("query", ["ZZ1+1AA", "EH1+1AA", "ZZ9+9ZZ", "ZZ1"])
def test_answers_to_postcodes_are_accessible_and_fit(site, watched, accessible, width, query):
    page = watched
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/councils?q={query}")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.refused == []


def test_by_postcode_without_script(site, chromium):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Find a council or other authority by its name or your postcode").fill("zz11aa")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Northwell District Council").wait_for()
    page.get_by_role("link", name="Northshire County Council").click()
    page.wait_for_url(f"**{AT}/northshire-county-council/statistics")
    context.close()
