"""Trouble with the database itself, told apart from mistakes of the program."""

from sqlalchemy.exc import DBAPIError, OperationalError


def passes(error: BaseException | None) -> bool:
    """Whether work broke for a reason outside it, so that the same work may succeed later.

    The connection was lost, or the transaction stood in another's way. An error that only followed from such a one counts too.
    """
    while error is not None:
        if isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
            return True
        error = error.__cause__ or error.__context__
    return False
