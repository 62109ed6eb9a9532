"""The parts of an address. What does not fit exactly is no page of ours; `addresses` may still lead it to one."""

from django.urls import register_converter


class Slug:
    """A council's part of the address: lower case, digits and hyphens."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MeasureSlug(Slug):
    """A measure's address; one of a table has the table's before a colon."""

    regex = "(?:[a-z]+:)?[a-z0-9]+(?:-[a-z0-9]+)*"


class Year:
    """A year of four plain digits. Python's \\d would take digits of every script."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Token:
    """What makes a link a person's own: 256 bits in small hexadecimal digits."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PageNumber:
    """The number of a letter's page, counted from 1; no letter has a hundred."""

    regex = "[1-9][0-9]?"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Reference:
    """The Ombudsman's reference of a case, its parts joined by hyphens: 19-012-345."""

    regex = "[0-9]{2}-[0-9]{3}-[0-9]{3}[a-z]?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ReleaseNumber(PageNumber):
    """The number of a data release, counted from 1."""

    regex = "[1-9][0-9]{0,5}"


class FileName:
    """The name of a file of a data release: letters, digits and single hyphens, and an ending."""

    regex = "[A-Za-z0-9]+(?:-[a-z0-9]+)*(?:\\.[a-z]+)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Slug, "council")
register_converter(Year, "year")
register_converter(PageNumber, "number")
register_converter(Token, "token")
register_converter(Reference, "reference")
register_converter(MeasureSlug, "measure")
register_converter(ReleaseNumber, "release")
register_converter(FileName, "file")
