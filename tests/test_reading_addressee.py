"""Name, post and council, on lines of their own or all on one."""

import pytest

from letters.extraction.addressee import Addressee, addressee
from letters.extraction.types import Recipient
from tests.odd_pdfs import stretched
from tests.readings import read_here


@pytest.mark.parametrize(
    ("lines", "greeted", "name", "post", "council"),
    [
        (
            "Ms Elliott / Managing Director / Wellingborough Borough Council",
            "Ms Elliott",
            "Ms Elliott",
            "Managing Director",
            "Wellingborough Borough Council",
        ),
        (
            "Mrs Danks Interim Managing Director Stockton-on-Tees Borough Council",
            "Mrs Danks",
            "Mrs Danks",
            "Interim Managing Director",
            "Stockton-on-Tees Borough Council",
        ),
        (
            "Sir Steve Houghton CBE Chief Executive Barnsley Metropolitan Borough Council",
            "Sir Steve",
            "Sir Steve Houghton CBE",
            "Chief Executive",
            "Barnsley Metropolitan Borough Council",
        ),
        (
            "Sir Steve Houghton CBE / Leader / Barnsley Metropolitan Borough Council",
            "Sir Steve",
            "Sir Steve Houghton CBE",
            "Leader",
            "Barnsley Metropolitan Borough Council",
        ),
        (
            "Dr Kath O’Dwyer Chief Executive St Helens Borough Council",
            "Dr O'Dwyer",
            "Dr Kath O’Dwyer",
            "Chief Executive",
            "St Helens Borough Council",
        ),
        (
            "Mr D’Souza Monitoring Officer Royal Borough of / Kingston upon Thames",
            "Mr D’Souza",
            "Mr D’Souza",
            "Monitoring Officer",
            "Royal Borough of Kingston upon Thames",
        ),
        (
            "Ms Sample Chief Executive Hammersmith / and Fulham Council",
            "Ms Sample",
            "Ms Sample",
            "Chief Executive",
            "Hammersmith and Fulham Council",
        ),
        (
            "Ms Sample / Director of Housing / and Planning / Kent County Council",
            "Ms Sample",
            "Ms Sample",
            "Director of Housing and Planning",
            "Kent County Council",
        ),
        (
            "Tim Oruye / Acting Chief Executive / City of York Council",
            "Tim",
            "Tim Oruye",
            "Acting Chief Executive",
            "City of York Council",
        ),
        (
            "Tim Oruye Acting Chief Executive City of York Council",
            "Tim",
            "Tim Oruye",
            "Acting Chief Executive",
            "City of York Council",
        ),
        (
            "Tim Oruye Acting Chief Executive City of York Council",
            "Mr Oruye",
            "Tim Oruye",
            "Acting Chief Executive",
            "City of York Council",
        ),
        (
            "Chief Executive / Kent County Council",
            "Chief Executive",
            None,
            "Chief Executive",
            "Kent County Council",
        ),
        *(
            (address, "Ms Elliott", "Ms Elliott", "Chief Executive", "Kent County Council")
            for address in (
                "Ms Elliott / Chief Executive / Kent County Council / County Hall / Maidstone / ME14 1XQ",
                "Ms Elliott / Chief Executive, Kent County Council / County Hall, Maidstone ME14 1XQ",
                "Ms Elliott / Chief Executive / Kent County Council, County Hall, Maidstone",
                "Ms Elliott / Chief Executive / Kent County Council County Hall Maidstone ME14 1XQ",
                "Ms Elliott / Chief Executive / Kent County Council / 1 Sessions Square",
            )
        ),
        (
            "Ms Elliott / Chief Fire Officer / Isles of Scilly / Council Offices / High Street",
            "Ms Elliott",
            "Ms Elliott",
            "Chief Fire Officer",
            "Isles of Scilly",
        ),
        (
            "Ms Elliott Chief Fire Officer Essex Fire Authority",
            "Ms Elliott",
            "Ms Elliott",
            "Chief Fire Officer",
            "Essex Fire Authority",
        ),
        (
            "Ms Elliott / Chief Executive (National Park Officer), Broads Authority / Yare House / 62 Thorpe Road",
            "Ms Elliott",
            "Ms Elliott",
            "Chief Executive (National Park Officer)",
            "Broads Authority",
        ),
        (
            "Ms Elliott Director General West Midlands Combined / Authority",
            "Ms Elliott",
            "Ms Elliott",
            "Director General",
            "West Midlands Combined Authority",
        ),
        (
            "Ms Elliott / Clerk to the Council / Adur District Council",
            "Ms Elliott",
            "Ms Elliott",
            "Clerk to the Council",
            "Adur District Council",
        ),
        (
            "Chief Executive Kent County Council",
            "Sir or Madam",
            None,
            "Chief Executive",
            "Kent County Council",
        ),
        (
            "Ms Al-Rashid / Chief Executive and / Head of Paid Service / London Borough of Croydon",
            "Ms Al-Rashid",
            "Ms Al-Rashid",
            "Chief Executive and Head of Paid Service",
            "London Borough of Croydon",
        ),
        (
            "Ms Al-Rashid Chief Executive and Head of Paid Service London Borough of Croydon",
            "Ms Al-Rashid",
            "Ms Al-Rashid",
            "Chief Executive and Head of Paid Service",
            "London Borough of Croydon",
        ),
        (
            "Mr Head Town Clerk City of London Corporation",
            "Mr Head",
            "Mr Head",
            "Town Clerk",
            "City of London Corporation",
        ),
        (
            "Mr Smith, Chief Executive, Bournemouth, Christchurch and Poole Council",
            "Mr Smith",
            "Mr Smith",
            "Chief Executive",
            "Bournemouth, Christchurch and Poole Council",
        ),
        (
            "Mr Smith / Chief Executive / Bournemouth, Christchurch and Poole / Council",
            "Mr Smith",
            "Mr Smith",
            "Chief Executive",
            "Bournemouth, Christchurch and Poole Council",
        ),
        (
            "Mr Smith / Bournemouth, Christchurch and Poole / Council",
            "Mr Smith",
            "Mr Smith",
            None,
            "Bournemouth, Christchurch and Poole Council",
        ),
        (
            "Ms Elliott / Wellingborough Borough Council",
            "Ms Elliott",
            "Ms Elliott",
            None,
            "Wellingborough Borough Council",
        ),
        (
            "Ms Elliott Wellingborough Borough Council",
            "Ms Elliott",
            "Ms Elliott",
            None,
            "Wellingborough Borough Council",
        ),
        (
            "Ms Elliott, Managing Director / Wellingborough Borough Council",
            "Ms Elliott",
            "Ms Elliott",
            "Managing Director",
            "Wellingborough Borough Council",
        ),
        (
            "Ms Elliott / Managing Director, Wellingborough Borough Council",
            "Ms Elliott",
            "Ms Elliott",
            "Managing Director",
            "Wellingborough Borough Council",
        ),
        (
            "Ms Elliott / Strategic Director of Children's Services / The Royal Borough of Windsor and Maidenhead",
            "Ms Elliott",
            "Ms Elliott",
            "Strategic Director of Children's Services",
            "The Royal Borough of Windsor and Maidenhead",
        ),
        (
            "Ms Elliott / Executive Director, Place and / Corporate Resources / Kent County Council",
            "Ms Elliott",
            "Ms Elliott",
            "Executive Director, Place and Corporate Resources",
            "Kent County Council",
        ),
        (
            "Cllr Jane Doe / Mayor of Bristol / Bristol City Council",
            "Cllr Doe",
            "Cllr Jane Doe",
            "Mayor of Bristol",
            "Bristol City Council",
        ),
        (
            "Ms van der Berg Chief Executive Kent County Council",
            "Ms van der Berg",
            "Ms van der Berg",
            "Chief Executive",
            "Kent County Council",
        ),
        (
            "Mr Roe / Chief Executive of the / Royal Borough of Greenwich",
            "Mr Roe",
            "Mr Roe",
            "Chief Executive of the",
            "Royal Borough of Greenwich",
        ),
        ("", "Mr Roe", None, None, None),
    ],
)
def test_addresses(lines, greeted, name, post, council):
    assert addressee(lines.split(" / "), greeted) == Addressee(name, post, council)


@pytest.mark.parametrize("stretch", [0, 12, 35], ids=["plain", "some", "to the margin"])
def test_an_address_justified_to_the_width_of_the_page_is_read_whole(stretch):
    """Some programs stretch every line of an address, up to the one word at each end of the page."""
    reading = read_here(stretched(stretch))
    assert reading.recipient == Recipient("Ms Example", "Chief Executive")
    assert reading.authority == "Wellingborough Borough Council"
