"""Imports, a noun a file: rows judged against each other and the database, then kept whole or refused with every reason."""

from collections.abc import Mapping

from domain.spreadsheets.imports.base import Circumstances, Details, Importing, Judged
from domain.spreadsheets.imports.customers import Customers
from domain.spreadsheets.imports.orders import Orders
from domain.spreadsheets.imports.partners import Partners
from domain.spreadsheets.imports.users import Users
from domain.spreadsheets.layout import SheetName

__all__ = ["IMPORTS", "Circumstances", "Details", "Importing", "Judged"]

IMPORTS: Mapping[SheetName, type[Importing]] = {
    SheetName.CUSTOMERS: Customers,
    SheetName.USERS: Users,
    SheetName.PARTNERS: Partners,
    SheetName.ORDERS: Orders,
}
"""What can be imported, by its main sheet."""
