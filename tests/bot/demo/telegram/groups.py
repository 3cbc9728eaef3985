"""Groups for tests: the bot, the workshop and the members' phones, all over HTTP."""

import telegram as ptb

from tests.phones import Phone

BOT = 1_000_000_001
GROUP = -500
SUPERGROUP = -1_002_500_000_000


class Town:
    """One local Telegram seen from outside; every update that is read must be one that python-telegram-bot knows."""

    def __init__(self, client, base_url):
        self.client = client
        self.base_url = base_url
        self._phones = []

    async def make(self, members, *, group_id=GROUP, **details):
        """A group, and the updates of its making read."""
        body = {"id": group_id, "title": "Sea team", "members": members, "supergroup": group_id < -(10**12), **details}
        made = await self.control("groups", body)
        await self.updates()
        return made

    async def turn(self, group_id, status, user_id=None, **details):
        return await self.control(f"groups/{group_id}/members", {"user_id": user_id, "status": status, **details})

    async def control(self, path, body=None):
        async with self.client.post(f"/control/{path}", json=body or {}) as reply:
            assert reply.status == 200, await reply.text()
            return await reply.json()

    async def control_refused(self, path, body=None):
        async with self.client.post(f"/control/{path}", json=body or {}) as reply:
            assert reply.status >= 400
            return (await reply.json())["error"]

    def phone(self, user_id, chat_id=GROUP):
        phone = Phone(self.base_url, user_id, chat_id)
        self._phones.append(phone)
        return phone

    async def answer(self, method, **values):
        """The whole answer of the Bot API."""
        async with self.client.post(f"/bot1:demo-token/{method}", json=values) as reply:
            return await reply.json()

    async def done(self, method, **values):
        answer = await self.answer(method, **values)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method, **values):
        answer = await self.answer(method, **values)
        assert not answer["ok"], answer
        return answer["description"]

    async def say(self, text="hello", chat_id=GROUP, **values):
        return await self.done("sendMessage", chat_id=chat_id, text=text, **values)

    async def updates(self):
        """What the bot has not heard yet, as python-telegram-bot reads it; heard from now on."""
        found = [ptb.Update.de_json(each, None) for each in await self.done("getUpdates")]
        if found:
            await self.done("getUpdates", offset=found[-1].update_id + 1)
        for update in found:
            assert not update.api_kwargs
            assert update.effective_chat is None or not update.effective_chat.api_kwargs
        return found

    async def heard(self):
        """The texts that the bot has heard since last asked."""
        return [update.effective_message.text for update in await self.updates()]

    async def close(self):
        for phone in self._phones:
            await phone.close()
