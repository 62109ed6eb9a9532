"""What is published of a letter's file: a clean copy, with the same pages and words, made in a child process."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from pikepdf import Name

from letters import copying, published, reading, workflow
from letters.extraction.cleaning import clean
from letters.extraction.limits import Limits
from letters.extraction.reader import Reader
from letters.extraction.types import Unreadable
from letters.models import CleanCopy, Letter, State
from tests import factories, odd_pdfs
from tests.readings import codes, read_here

LETTERS = Path(__file__).parent / "letters"
LETTER, SCRIPTED = odd_pdfs.letter(), odd_pdfs.with_script()
TAGGED = (LETTERS / "wellingborough-2020-chromium-stacked.pdf").read_bytes()


def cleaned(content: bytes) -> bytes:
    return clean(content, most_pages=30)


def unpacked(pdf: bytes) -> bytes:
    """The whole file with nothing compressed, to look for words in it."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        level, mode = pikepdf.StreamDecodeLevel.generalized, pikepdf.ObjectStreamMode.disable
        document.save(file, stream_decode_level=level, compress_streams=False, object_stream_mode=mode)
    return file.getvalue()


def text_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def edited(change) -> bytes:
    """A letter after `change`, which is given its document."""
    with pikepdf.open(io.BytesIO(LETTER)) as document:
        change(document)
        return odd_pdfs._saved(document)


def test_t22_nothing_of_it_acts_or_tells():
    """T16, T22: scripts, launches, attachments, other files, forms, authors and bytes around are gone; words stay."""
    original = odd_pdfs.with_everything()
    assert unpacked(original[6:]).count(b"canary") > 20
    copy = cleaned(original)
    assert b"canary" not in unpacked(copy)
    assert text_of(copy) == text_of(LETTER)
    found = codes(read_here(copy))
    assert not found & {("active-content", None), ("leading-junk", None)}


def test_what_is_harmless_stays():
    with pikepdf.open(io.BytesIO(cleaned(odd_pdfs.with_everything()))) as copy:
        notes = list(copy.pages[0].Annots)
        kinds = [str(note.Subtype) for note in notes]
        links = [note.A for note in notes if "/A" in note]
        assert kinds == [*["/Link"] * 7, "/Highlight"]
        assert [str(link.URI) for link in links if link.S == Name.URI] == ["https://www.lgo.org.uk/"]
        assert [link.D[0].objgen for link in links if Name.GoTo == link.S] == [copy.pages[1].obj.objgen]
        assert str(notes[-1].Contents) == "A remark."
        assert str(copy.Root.Outlines.First.Title) == "Letter"


def test_tags_and_language_stay():
    with pikepdf.open(io.BytesIO(TAGGED)) as before, pikepdf.open(io.BytesIO(cleaned(TAGGED))) as after:
        assert after.Root.MarkInfo.Marked
        assert after.Root.Lang == before.Root.Lang
        assert tags(after) == tags(before)
        assert len(tags(after)) > 30


def tags(pdf: pikepdf.Pdf) -> list[str]:
    elements = (part for part in pdf.objects if isinstance(part, pikepdf.Dictionary))
    return sorted(str(part.S) for part in elements if "/P" in part and "/K" in part and "/S" in part)


@pytest.mark.parametrize(("is_shown", "title"), [(True, "Annual letter"), (False, "")])
def test_a_title_stays_where_readers_are_shown_it(is_shown, title):
    def change(pdf):
        pdf.docinfo.Title = "Annual letter"
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=is_shown)

    with pikepdf.open(io.BytesIO(cleaned(edited(change)))) as copy:
        assert str(copy.docinfo.get("/Title", "")) == title


def test_the_same_file_gives_the_same_copy():
    for pdf in (odd_pdfs.with_everything(), TAGGED, odd_pdfs.locked()):
        assert cleaned(pdf) == cleaned(pdf)
        assert cleaned(cleaned(pdf)) == cleaned(pdf)


def test_t17_an_owners_password_is_taken_off():
    copy = cleaned(odd_pdfs.locked())
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert not document.is_encrypted
    assert text_of(copy) == text_of(LETTER)


def test_older_versions_within_the_file_are_gone():
    """What was deleted before the letter was saved the last time still stands in such a file."""
    later = b"\n4 0 obj\n<< /Canary (canary) >>\nendobj\n"
    assert b"canary" not in unpacked(cleaned(LETTER + later))


def rename_font(pdf: pikepdf.Pdf) -> None:
    """A font under a name that means something else, so that cleaning takes it away, and the words with it."""
    page = pdf.pages[0]
    [(name, font)] = page.Resources.Font.items()
    font.Encoding = pikepdf.Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=[97, Name.b])
    page.Resources.Font = pikepdf.Dictionary({"/AA": font})
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(name.encode(), b"/AA"))


def paint_in_a_setting(pdf: pikepdf.Pdf) -> None:
    """The same words, in a graphics state under such a name: only their looks would change."""
    page = pdf.pages[0]
    state = pikepdf.Dictionary(Type=Name.ExtGState, ca=0.2)
    page.Resources.ExtGState = pikepdf.Dictionary({"/AA": state})
    page.contents_add(b"/AA gs", prepend=True)


@pytest.mark.parametrize("change", [rename_font, paint_in_a_setting], ids=lambda change: change.__name__)
def test_a_copy_that_would_differ_is_refused(change):
    with pytest.raises(Unreadable) as refused:
        cleaned(edited(change))
    assert refused.value.code == "copy-differs"
    assert "Print the letter to a new PDF" in refused.value.reason


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"junk", "not-a-pdf"),
        (odd_pdfs.locked(user="secret"), "encrypted"),
        (odd_pdfs.many_pages(31), "too-many-pages"),
        (odd_pdfs.page_tree_loop(), "no-copy"),
    ],
    ids=["junk", "password", "31 pages", "page tree loop"],
)
def test_no_copy_of_what_cannot_be_copied(pdf, code):
    with pytest.raises(Unreadable) as refused:
        cleaned(pdf)
    assert refused.value.code == code
    assert refused.value.reason.endswith(".")


@pytest.mark.process
class TestWorkflow:
    """From upload to the public: the reader's own children, the real files."""

    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def staff(self):
        return factories.staff()

    def received(self, pdf: bytes, staff):
        letter = workflow.receive(pdf, "letter.pdf", staff, factories.edition())
        reading.read(str(letter.pk))
        letter.refresh_from_db()
        letter.council = letter.council or factories.council()
        letter.save(update_fields=["council"])
        return letter

    def test_a_letter_gets_its_copy_when_it_is_read(self, staff, private_files):
        letter = self.received(SCRIPTED, staff)
        with published.pdf(letter) as file:
            assert file.read() == cleaned(SCRIPTED)
        with letter.file.open("rb") as file:
            assert file.read() == SCRIPTED
        [path] = private_files.glob("copies/*")
        assert path.stat().st_mode & 0o077 == 0
        assert [problem["code"] for problem in letter.problems].count("active-content") == 1
        workflow.approve(letter, staff, reason="As printed.")

    def test_another_reading_keeps_the_copy(self, staff, private_files):
        letter = self.received(LETTER, staff)
        before = letter.clean_copy.file.name
        workflow.read_again(letter, staff)
        reading.read(str(letter.pk))
        assert CleanCopy.objects.get(letter=letter).file.name == before
        assert len(list(private_files.glob("copies/*"))) == 1

    def test_a_letter_without_a_copy_is_not_approved(self, staff):
        letter = self.received(edited(rename_font), staff)
        assert letter.state == State.READ
        assert published.clean_copy(letter) is None
        with pytest.raises(workflow.Refused, match="Print the letter to a new PDF"):
            workflow.approve(letter, staff, reason="As printed.")
        _, refused = workflow.approve_together([(str(letter.pk), letter.revision)], staff)
        assert len(refused) == 1
        letter.refresh_from_db()
        assert letter.state == State.READ

    def test_t18_a_bomb_costs_one_limit_and_has_no_copy(self, staff, monkeypatch):
        with Reader(Limits(seconds=8, cpu_seconds=1)) as reader:
            monkeypatch.setattr(reading, "_reader", reader)
            letter = self.received(odd_pdfs.draws_itself(9), staff)
        assert letter.state == State.UNREADABLE
        assert "broken off" in workflow.why_no_copy(letter)

    def test_copies_of_letters_from_before(self, staff, capsys):
        letters = [self.received(LETTER, staff), self.received(edited(rename_font), staff)]
        CleanCopy.objects.all().delete()
        assert "new reading" in workflow.why_no_copy(letters[0])
        assert set(copying.without_copy()) == set(letters)
        with pytest.raises(CommandError, match="2 of the letters"):
            call_command("make_copies", "--check")
        with pytest.raises(CommandError, match="1 of the letters"):
            call_command("make_copies")
        said = capsys.readouterr()
        assert "1 copy made" in said.out
        assert str(letters[1].pk) in said.err
        assert "Print the letter to a new PDF" in said.err
        workflow.withdraw(letters[1], staff, "Twice.")
        call_command("make_copies", "--check")

    def test_a_copy_that_cannot_be_kept_leaves_no_file(self, staff, private_files, monkeypatch):
        letter = factories.letter(state=State.RECEIVED, by=staff)
        Letter.objects.filter(pk=letter.pk).delete()
        with pytest.raises(Letter.DoesNotExist):
            workflow.keep_copy(letter, workflow.Copied(b"%PDF-"))
        assert list(private_files.glob("copies/*")) == []
