"""Two publications at once: one is written after the other, and the last one has what lies there last."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms.authoring.publishing import OutrunError, Published, publish_from
from lms.authoring.revisions import Snapshot, plain_folder
from lms.content.checking import Checked, check
from lms.content.models import Publication
from lms.core.database import db
from lms.people.models import Act
from tests.authoring.conftest import STANDSTILL, Room
from tests.support.samples import entry

WAIT = 120


def in_a_thread(room: Room, publish: partial[Published], done: list[Published]) -> threading.Thread:
    def run() -> None:
        with room.on():
            done.append(publish())

    return threading.Thread(target=run)


def publications() -> int:
    return db.session.scalar(select(func.count()).select_from(Publication)) or 0


def acts_of_publishing() -> int:
    return db.session.scalar(select(func.count()).select_from(Act).where(Act.kind == "publish")) or 0


def test_of_two_that_have_checked_the_same_folder_one_writes_and_the_other_finds_it_done(room: Room) -> None:
    both = threading.Barrier(2, timeout=WAIT)
    opened: list[int] = []

    @contextmanager
    def meeting() -> Iterator[Snapshot]:
        with plain_folder(room.folder) as snapshot:
            yield snapshot
        opened.append(1)
        if len(opened) <= 2:
            both.wait()

    done: list[Published] = []
    threads = [in_a_thread(room, partial(publish_from, meeting, by=None), done) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(WAIT)
    assert sorted(each.written for each in done) == [False, True]
    assert {each.number for each in done} == {1}
    with room.on():
        assert (publications(), acts_of_publishing()) == (1, 1)


def test_who_was_outrun_looks_again_and_does_not_bring_back_an_older_text(room: Room) -> None:
    room.publish()
    room.change(STANDSTILL, ("title: Waiting after an award", "title: Older"))
    turns: list[str] = []

    @contextmanager
    def slow() -> Iterator[Snapshot]:
        with plain_folder(room.folder) as snapshot:
            yield snapshot
        turns.append("checked")
        if len(turns) == 1:
            room.change(STANDSTILL, ("title: Older", "title: Newer"))
            other = in_a_thread(room, partial(publish_from, partial(plain_folder, room.folder), by=None), [])
            other.start()
            other.join(WAIT)

    with room.on():
        published = publish_from(slow, by=None)
        assert entry("standstill").title == "Newer"
        assert (publications(), acts_of_publishing()) == (2, 2)
    assert not published.written


def test_a_file_that_is_saved_while_it_is_read_is_read_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ["title: Waiting after an award", "title: Saved"]

    def slow(folder: Path) -> Checked:
        checked = check(folder)
        if len(titles) == 2:
            room.change(STANDSTILL, (titles.pop(0), titles[0]))
        return checked

    monkeypatch.setattr("lms.authoring.publishing.check", slow)
    assert room.publish().written
    with room.on():
        assert (entry("standstill").title, publications()) == ("Saved", 1)


def test_what_never_stands_still_is_not_published(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def never_still(folder: Path) -> Checked:
        notes = folder / "first-steps" / "notes.txt"
        notes.write_text(f"{notes.read_text() if notes.exists() else ''}more")
        return check(folder)

    monkeypatch.setattr("lms.authoring.publishing.check", never_still)
    with pytest.raises(OutrunError):
        room.publish()
    with room.on():
        assert publications() == 0
