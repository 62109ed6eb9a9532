"""When two printed names are the same name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.names import distinctive, plain, styles_agree, telling_words

PLAIN = [
    ("Stockton-on-Tees Borough Council", "stockton on tees borough council"),
    ("  STOCKTON   on\u00a0Tees\nborough council ", "stockton on tees borough council"),
    ("Stockton\u2010on\u2013Tees Borough Council", "stockton on tees borough council"),
    ("King's Lynn", "kings lynn"),
    ("King\u2019s Lynn", "kings lynn"),
    ("King\u02bcs Lynn", "kings lynn"),
    ("King\u00b4s Lynn", "kings lynn"),
    ("King\uff07s Lynn", "kings lynn"),
    ("Hammersmith & Fulham", "hammersmith and fulham"),
    ("Hammersmith&Fulham", "hammersmith and fulham"),
    ("Bournemouth, Christchurch and Poole", "bournemouth christchurch and poole"),
    ("St. Helens", "st helens"),
    ("Saint Helens", "st helens"),
    ("Saintbury", "saintbury"),
    ("The City of London", "city of london"),
    ("Telford and the Wrekin", "telford and the wrekin"),
    ("Shef\ufb01eld", "sheffield"),
    ("Wel\u00adling\u200bborough", "wellingborough"),
    ("ＬＥＥＤＳ", "leeds"),
    ("Shéffîeld", "sheffield"),
    ("She\u0301ffield", "sheffield"),
    ("Leeds\0", "leeds"),
    ("Leeds\ud800", "leeds"),
    ("%_\\'\"; --", ""),
    ("", ""),
]

DISTINCTIVE = [
    ("Wellingborough Borough Council", "wellingborough"),
    ("Borough Council of King's Lynn & West Norfolk", "kings lynn and west norfolk"),
    ("London Borough of Croydon", "croydon"),
    ("City of York Council", "york"),
    ("City of Bradford Metropolitan District Council", "bradford"),
    ("Royal Borough of Kensington and Chelsea", "kensington and chelsea"),
    ("St Albans City and District Council", "st albans"),
    ("Council of the Isles of Scilly", "isles scilly"),
    ("Isle of Wight Council", "isle wight"),
    ("Rutland County Council District Council", "rutland"),
    ("Newcastle-under-Lyme Borough Council", "newcastle under lyme"),
    ("Nottingham City Council", "nottingham"),
    ("Nottinghamshire County Council", "nottinghamshire"),
    ("Lake District National Park Authority", "lake national park authority"),
    # Nothing is left that says which one: these are nobody's names.
    ("City of London", ""),
    ("City of London Corporation", ""),
    ("city and county of the city of london", ""),
    ("The Council", ""),
    ("London Borough of", ""),
    ("Council & County", ""),
    ("&", ""),
    ("", ""),
]

STYLES = [
    ("Derby County Council", "Derby City Council", False),
    ("Durham City Council", "Durham County Council", False),
    ("Kent Borough Council", "Kent County Council", False),
    ("Colchester City Council", "Colchester Borough Council", True),
    ("Swale District Council", "Swale Borough Council", True),
    ("Middlesbrough Council", "Middlesbrough Borough Council", True),
    ("Torbay Borough Council", "Torbay Council", True),
    ("Herefordshire County Council", "Herefordshire Council", True),
    ("Rutland County Council District Council", "Rutland County Council", True),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_plain_keeps_the_words_alone(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(("text", "expected"), DISTINCTIVE)
def test_distinctive_leaves_out_what_any_council_may_be_called(text, expected):
    assert distinctive(text) == expected


@pytest.mark.parametrize(("printed", "own", "agree"), STYLES)
def test_a_county_is_never_printed_as_another_kind_of_council(printed, own, agree):
    assert styles_agree(telling_words(printed), telling_words(own)) is agree


@given(st.text())
def test_both_forms_stand_still_and_hold_nothing_that_a_database_refuses(text):
    for form in (plain, distinctive):
        once = form(text)
        assert form(once) == once
        assert once == once.strip()
        assert "\0" not in once
        once.encode()


@given(st.text(st.characters(codec="ascii")), st.sampled_from(["", " ", "  ", "\n", "\u00a0"]))
def test_case_and_spaces_never_tell_names_apart(text, space):
    assert plain(space + text.upper() + space) == plain(text.lower())


@given(st.text())
def test_the_distinctive_words_are_among_the_plain_ones(text):
    assert set(distinctive(text).split()) <= set(plain(text).split())
