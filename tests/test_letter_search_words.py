"""What a word is, what a question asks, and which words of a letter are shown for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.search import asked
from letters.search.words import BREAK, as_indexed, by_page, spelt, text_of, tokens
from public.searching.saying import best_page, snippet, weight

WORDS = {
    "Councils’ complaints": ["council", "complaint"],
    "the council's": ["the", "council"],
    "don’t": ["dont"],
    "policies series status process": ["policy", "sery", "status", "process"],
    "gas bus is us": ["gas", "bus", "is", "us"],
    "1,234 12,34 1,234,567 1234,567": ["1234", "12", "34", "1234567", "1234", "567"],
    "87.31%": ["87", "31", "u25"],
    "Tŷ Gŵyr café cafe\u0301": ["ty", "gwyr", "cafe", "cafe"],
    "ﬁnal soft\u00adhyphen": ["final", "softhyphen"],
    "λόγος": ["u3bbu3bfu3b3u3bfu3c3"],
    "- – — ( ) . , ; : ! ? ' \" ·": [],
    "\uff9e か\uff9e": ["u3099", "u304b"],
    "a_b": ["a", "u5f", "b"],
    "x" * 100: ["x" * 60],
}


@pytest.mark.parametrize("text", WORDS)
def test_tokens(text):
    assert tokens(text) == WORDS[text]


ANY = st.text() | st.lists(st.sampled_from('Ab’s é7,1% \n.-"_|·'), max_size=40).map("".join)


@given(ANY)
def test_any_text_becomes_tokens_that_no_database_takes_for_syntax(text):
    found = tokens(text)
    assert all(re.fullmatch("[a-z0-9]{1,60}", token) for token in found)
    words = spelt(text, 0, len(found) + 1)
    assert [tokens(word[0]) for word in words] == [[token] for token in found]
    assert [word.span() for word in spelt(text, 2, 3)] == [word.span() for word in words[2:5]]


@given(st.lists(ANY, min_size=5, max_size=30).map(" ".join), st.integers(0, 100))
def test_words_are_passed_over_many_at_once_as_one_by_one(text, first):
    words = spelt(text, 0, len(text))
    assert [word.span() for word in spelt(text, first, 3)] == [
        word.span() for word in words[first : first + 3]
    ]


@given(ANY)
def test_any_question_is_asked_in_words_alone(text):
    try:
        question = asked.read(text)
    except asked.Refused:
        return
    assert re.fullmatch('"[a-z0-9 ]+"( AND "[a-z0-9 ]+")*', question.in_fts5)
    assert re.fullmatch("[a-z0-9'()]+(?: (?:&|<->) [a-z0-9'()]+)*", question.in_tsquery)
    assert tokens(text) or not question.parts


def test_pages_are_kept_apart_and_those_without_words_count():
    said = as_indexed([(1, [{"rows": [["One", "two"], ["three"]]}]), (3, [{"rows": [["four"]]}])])
    assert said == f"one two three {BREAK}  {BREAK} four"
    assert by_page(said) == [" one two three ", "  ", " four "]
    assert text_of([{"rows": [["One", "two"], ["three"]]}]) == "One · two\nthree"


def test_the_page_that_says_most_parts_is_the_best():
    pages = [" fault fault fault ", " fault remedy ", " remedy fault "]
    assert best_page(pages, [("fault",)]) == 1
    assert best_page(pages, [("fault",), ("remedy",)]) == 2
    assert best_page(pages, [("remedy", "fault")]) == 3


def test_more_often_and_in_fewer_words_weighs_more():
    once, twice, long = [" fault other one "], [" fault other fault "], [" fault other " + "c " * 3000]
    assert weight(twice, [("fault",)]) > weight(once, [("fault",)]) > weight(long, [("fault",)])


def shown(text, *parts):
    (page,) = by_page(" ".join(tokens(text)))
    return "".join(f"[{each.text}]" if each.marked else each.text for each in snippet(text, page, parts))


SNIPPETS = [
    ("A fault, and\nfaults.", [("fault",)], "A [fault], and [faults]"),
    ("No such word.", [("fault",)], "No such word"),
    ("", [("fault",)], ""),
    (
        "The local plan of the local plan",
        [("local", "plan"), ("plan",)],
        "The [local plan] of the [local plan]",
    ),
    ("£5 (paid)", [("ua3", "5")], "[£5] (paid"),
]


@pytest.mark.parametrize(("text", "parts", "said"), SNIPPETS)
def test_a_snippet_marks_the_letters_own_words(text, parts, said):
    assert shown(text, *parts) == said


def test_a_snippet_is_where_most_of_it_is_said():
    text = "fault " + "word " * 100 + "then fault and remedy " + "word " * 100
    said = shown(text, ("fault",), ("remedy",))
    assert said.startswith("… word ")
    assert "then [fault] and [remedy] word" in said
    assert said.endswith("word …")
    assert len(said.split()) < 50
