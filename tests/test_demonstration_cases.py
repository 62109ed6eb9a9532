"""The demonstration has what the documentation of the API names: whoever tries it is answered with something."""

from datetime import date

from cases.days import public_on
from demonstration import cases
from public.api.decisions import DecisionFilters, OneDecision
from public.api.service_improvements import ServiceImprovements

TODAY = date(2026, 7, 29)


def test_it_has_the_decision_that_the_examples_name_and_words_and_kinds_to_ask_for():
    made = list(cases.decisions(cases.DECISIONS, TODAY, ["Arun District Council", "Adur District Council"]))
    named = OneDecision.described()["parameters"][0]["example"]
    assert DecisionFilters.base_filters["reference"].example == cases.NAMED == named.replace("-", " ")
    [decision] = (each for each in made if each["reference"] == cases.NAMED)
    assert decision["withheld"] == "no"
    assert ";" not in decision["councils"]
    assert public_on(date.fromisoformat(decision["decided on"])) < TODAY
    word = DecisionFilters.base_filters["q"].example
    assert sum(word in each["remedy"] for each in made) > 1000
    agreed = {each["category"] for each in cases.improvements(made, cases.IMPROVEMENTS, TODAY)}
    assert ServiceImprovements.example["improvement_name"] in agreed
