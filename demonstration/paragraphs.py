"""The running text of the demonstration's letters, in our own words; "# " marks a heading."""

COMPLIANCE_NOTE = (
    "- Nearly every authority does what it has agreed to do. One whose compliance rate is below 100% should"
    " look closely at the cases in question and say what it has learned from them."
)

_OPENING = (
    "This is our yearly summary of the decisions that the Local Government and Social Care Ombudsman has"
    " made about your authority in the year ending {year_end}. It shows how people have fared who brought a"
    " complaint to us, and what your council has put right. I hope that you will lay it before your members"
    " and all who run your services."
)

_UNDER_PRESSURE = (
    "It has been a hard year for every council, and I asked myself whether now is the time for a letter"
    " such as this. I believe that it is. When services are under strain, complaints are among the first"
    " signs of where they fail."
)

_STATISTICS = (
    "# Complaint statistics",
    "We put the outcomes of complaints first, and what can be learned from them, rather than how many there"
    " were. Our statistics keep to three areas, which are explained here and set out on the last page of"
    " this letter:",
    "Complaints upheld - We uphold a complaint when we find fault of some kind in what an authority did, or"
    " when the authority had owned up to its fault before we looked into it. A council may have 80% of its"
    " complaints upheld and still serve its residents well, if it had only 5 investigations in the whole"
    " year.",
    "Compliance with recommendations - Where fault has caused someone an injustice, we recommend how the"
    " authority can put it right, and we check that it does. An authority that agreed to 10 recommendations"
    " and carried out 9 of them has a compliance rate of 90%. Anything below 100% deserves a closer look.",
    "Satisfactory remedies provided by the authority - We want complaints to be settled early, and councils"
    " to have the credit for it. In some cases we find fault, but also that the council had offered a fair"
    " remedy before the complaint came to us; in about 12% of the cases that we upheld in all of England, no"
    " more was needed.",
    "Last, we set your three figures beside the average of similar authorities. There are five groups of"
    " them: county councils, district councils, metropolitan boroughs, unitary councils and London boroughs.",
)

_POPULATION = (
    "To compare places of different size we also give the number of upheld decisions for every 100,000"
    " residents. A figure of this kind says little by itself where a council had no more than 3 or 4 upheld"
    " decisions in the year.",
)

_PUBLICATION = (
    "These data will be uploaded to our interactive map, Your council's performance, along with a copy of"
    " this letter on {publication}, and with our Review of Local Government Complaints. Our website explains"
    " how to read them.",
)

_COUNCIL = (
    "# Your council this year",
    "I was glad to see that {council} answered most of our enquiries in time. In 2 cases we had to ask more"
    " than once, and in 1 case a payment of £350 was made 14 weeks after the date that we had agreed. Late"
    " remedies add to the injustice that people have already suffered, so please look at how such promises"
    " are followed up.",
    "I also thank your officers for the changes that they have agreed to make. One of our reports this year"
    " led to a new procedure for 120 families, and to training for all the staff concerned. You will find"
    " the service improvements to which your council has agreed on its own page of our map.",
)

_RESOURCES = (
    "# Resources to help you get it right",
    "Your council's performance brings together what we know about each council: the decisions that we have"
    " made, our public reports, the improvements to services that were agreed, and the letters of earlier"
    " years. Do share it with colleagues and elected members. For audit, scrutiny and governance it can be"
    " an early warning.",
    "During the year we met 160 officers from 140 authorities, who told us how they make sure that the"
    " right person deals with a complaint at the right time. Their advice went into our guide to good"
    " complaint handling, which has since been downloaded 2,500 times.",
    "We also held 96 courses for councils and providers of care, and trained more than 1,200 people. Of"
    " those who took part, 97% told us that they would recommend the course to a colleague. The dates of the"
    " next ones are on our website, with advice for link officers and examples of good practice from all"
    " parts of the country.",
    "If you would like to talk about anything in this letter, my office will be happy to arrange it.",
)


def of(year_ending: int) -> tuple[str, ...]:
    """The paragraphs of a year's letters, with places for {year_end}, {publication} and {council}."""
    hardship = (_UNDER_PRESSURE,) if year_ending in {2020, 2021} else ()
    population = _POPULATION if year_ending >= 2023 else ()
    return (_OPENING, *hardship, *_STATISTICS, *population, *_PUBLICATION, *_COUNCIL, *_RESOURCES)
