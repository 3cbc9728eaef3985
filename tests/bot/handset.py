"""A phone whose owner waits for the answer: each deed gives back the screen that it led to."""

from typing import TYPE_CHECKING

from tests.phones import Phone, Screen

if TYPE_CHECKING:
    from tests.bot.office import Office


class Handset(Phone):
    """A phone in the office."""

    def __init__(self, office: "Office", user_id: int) -> None:
        super().__init__(office.url, user_id)
        self._office = office

    async def ask(self, text: str) -> Screen:
        """Type something and read the answer."""
        return await self._answer(await self.send(text))

    async def open_link(self, code: str | None = None) -> Screen:
        """Open an invitation's link, or press Start, and read the answer."""
        return await self._answer(await self.start(code))

    async def share(self, phone_number: str, first_name: str) -> Screen:
        """Share a contact and read the answer."""
        return await self._answer(await self.share_contact(phone_number, first_name))

    async def press(self, label: str) -> Screen:
        """Tap the newest button with this label and read what it led to."""
        return await self._led_to(await self.tap(label))

    async def press_on(self, screen: Screen, label: str) -> Screen:
        """Tap a button of one message and read what it led to."""
        return await self._led_to(await self.tap_on(screen.id, label))

    async def press_place(self, screen: Screen, row: int, column: int) -> Screen:
        """Tap a button by its place and read what it led to."""
        return await self._led_to(await self.tap_place(screen.id, row, column))

    async def forge(self, screen: Screen, data: str) -> Screen:
        """Send a callback query that no button carries and read what it led to."""
        return await self._led_to(await self.tap_data(screen.id, data))

    async def shown(self, message_id: int) -> Screen:
        """One message as it stands now."""
        return next(screen for screen in await self.screens() if screen.id == message_id)

    async def wait_on(self, screen: Screen, words: str) -> Screen:
        """The same message, once it says this."""
        return await self.wait_for(lambda each: each.id == screen.id and words in each)

    async def _answer(self, message: dict) -> Screen:
        return await self.shown(await self._office.reply_to("message", (self.user_id, message["message_id"])))

    async def _led_to(self, query_id: str) -> Screen:
        return await self.shown(await self._office.reply_to("tap", query_id))
