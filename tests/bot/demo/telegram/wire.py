"""Calls over HTTP as a bot and a workshop make them."""

ANNA = 7
BOT = "/bot1:demo-token"


async def call(client, method, **options):
    async with client.post(f"{BOT}/{method}", **options) as reply:
        return reply.status, await reply.json()


async def post(client, path, **body):
    async with client.post(path, json=body) as reply:
        assert reply.status == 200, await reply.text()


async def say(client, text="hello"):
    return await call(client, "sendMessage", json={"chat_id": ANNA, "text": text})
