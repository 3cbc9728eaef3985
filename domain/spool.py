"""Files that are kept between replicas until they are sent or read, in pieces, so that no transaction is long."""

from collections.abc import Iterator
from datetime import timedelta
from typing import BinaryIO, NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.db import Database
from domain.dialects import insert_rows
from domain.errors import NotFoundError
from domain.models import SpooledFile, SpooledPiece, WorkbookTask

PIECE = 1 << 20
KEEP = timedelta(days=3)


class Spooled(NamedTuple):
    """A whole file."""

    name: str
    content: bytes


def keep(session: Session, name: str, content: bytes, *, now: Moment) -> int:
    """Keep a small file whole, in the caller's transaction. Returns its id."""
    file_id = _begin(session, name, now)
    rows = [{"file_id": file_id, "number": number, "content": piece} for number, piece in enumerate(_pieces(content))]
    insert_rows(session, SpooledPiece, rows)
    return file_id


def pour(database: Database, name: str, source: BinaryIO, *, now: Moment) -> int:
    """Keep a file of any size, each piece in a transaction of its own; until its id is used, nobody knows it. Returns the id."""
    with database.unit_of_work() as session:
        file_id = _begin(session, name, now)
    for number, piece in enumerate(iter(lambda: source.read(PIECE), b"")):
        with database.unit_of_work() as session:
            insert_rows(session, SpooledPiece, [{"file_id": file_id, "number": number, "content": piece}])
    return file_id


def whole(session: Session, file_id: int) -> Spooled:
    """The file. Raises NotFoundError when it is gone."""
    file = session.get(SpooledFile, file_id)
    pieces = select(SpooledPiece.content).where(SpooledPiece.file_id == file_id).order_by(SpooledPiece.number)
    content = b"".join(session.scalars(pieces))
    if file is None or not content:
        raise NotFoundError
    return Spooled(file.name, content)


def drop(session: Session, file_id: int) -> None:
    """The file is needed no more; its name stays for as long as something speaks of it."""
    session.execute(delete(SpooledPiece).where(SpooledPiece.file_id == file_id))


def forget_old(session: Session, *, now: Moment) -> None:
    """Drop what nobody came for; of files that something still speaks of, only the content."""
    old = select(SpooledFile.id).where(SpooledFile.created_at < now.utc - KEEP)
    session.execute(delete(SpooledPiece).where(SpooledPiece.file_id.in_(old)))
    spoken_of = select(WorkbookTask.file_id).where(WorkbookTask.file_id.is_not(None))
    session.execute(delete(SpooledFile).where(SpooledFile.id.in_(old), SpooledFile.id.not_in(spoken_of)))


def _begin(session: Session, name: str, now: Moment) -> int:
    made = insert(SpooledFile).values(name=name, created_at=now.utc).returning(SpooledFile.id)
    return session.scalars(made).one()


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[at : at + PIECE] for at in range(0, len(content), PIECE))
