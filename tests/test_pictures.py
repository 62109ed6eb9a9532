"""Pictures of public pages: drawn once, a few at a time, and never again and again in vain."""

import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from PIL import Image

from letters import clock, pictures
from tests import factories, odd_pdfs

pytestmark = [pytest.mark.django_db, pytest.mark.process]


@pytest.fixture
def letter():
    return factories.letter(pdf=odd_pdfs.letter())


def kept(private_files):
    return sorted(path.name for path in private_files.glob("pictures/*/*"))


def test_a_page_is_drawn_once_and_kept_for_its_owner_alone(letter, private_files):
    drawn = pictures.picture(letter, 2)
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.width) == ("WEBP", pictures.WIDTH)
    letter.clean_copy.file.storage.delete(letter.clean_copy.file.name)
    assert pictures.picture(letter, 2) == drawn
    [path] = private_files.glob(f"pictures/{letter.clean_copy.sha256}/*")
    assert path.name == f"2-{pictures.WIDTH}.webp"
    for each in (path, path.parent, path.parent.parent):
        assert each.stat().st_mode & 0o077 == 0


def test_a_page_that_cannot_be_drawn_is_left_alone_for_a_while(private_files):
    letter = factories.letter(pdf=factories.pdf_bytes())
    with time_machine.travel(clock.now(), tick=False) as traveller:
        with pytest.raises(pictures.NoPicture):
            pictures.picture(letter, 1)
        Path(letter.clean_copy.file.path).write_bytes(odd_pdfs.letter())
        with pytest.raises(pictures.NoPicture) as refused:
            pictures.picture(letter, 1)
        assert refused.value.retry_after == pictures.LEFT_ALONE + 1
        traveller.shift(timedelta(seconds=pictures.LEFT_ALONE))
        assert pictures.picture(letter, 1)
    assert len(kept(private_files)) == 2


def test_what_was_drawn_by_halves_is_not_kept(letter, private_files, monkeypatch):
    """T03: a full disk leaves no half picture, and the visitor is asked to come again."""

    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", no_space)
    with pytest.raises(pictures.NoPicture):
        pictures.picture(letter, 1)
    assert kept(private_files) == []


def test_a_file_that_is_gone_is_no_fault_of_the_visitor(letter):
    letter.clean_copy.file.storage.delete(letter.clean_copy.file.name)
    with pytest.raises(pictures.NoPicture):
        pictures.picture(letter, 1)


def test_only_a_few_are_drawn_at_once(letter, monkeypatch):
    """T84: whoever gets no turn in time is told to come again, and the pages that are kept need none."""
    monkeypatch.setattr(pictures, "PATIENCE", 0.2)
    pictures.picture(letter, 1)
    taken, done = threading.Barrier(pictures.TURNS + 1), threading.Event()

    def take_a_turn():
        with pictures._turn():
            taken.wait(10)
            done.wait(10)

    with ThreadPoolExecutor(pictures.TURNS) as pool:
        turns = [pool.submit(take_a_turn) for _ in range(pictures.TURNS)]
        taken.wait(10)
        with pytest.raises(pictures.NoPicture) as refused:
            pictures.picture(letter, 2)
        assert refused.value.retry_after == 5
        assert pictures.picture(letter, 1)
        done.set()
        for turn in turns:
            turn.result(10)
    assert pictures.picture(letter, 2)
