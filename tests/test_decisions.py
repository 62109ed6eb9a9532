"""The decisions on record can be cited by number."""

from collections import Counter


def test_each_decision_has_a_number_of_its_own(settings):
    files = (settings.BASE_DIR / "docs" / "decisions").glob("[0-9]*.md")
    numbers = Counter(file.name.split("-")[0] for file in files)
    assert numbers
    assert [number for number, times in numbers.items() if times > 1] == []
