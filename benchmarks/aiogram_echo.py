"""aiogram's bare echo: answer and edit. It runs under an interpreter that has aiogram, so it imports nothing of this project."""

import asyncio
import json
import sys
import time

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer


async def main(url: str) -> None:
    bot = Bot("1:bench", session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def echo(query) -> None:
        await query.answer()
        await query.message.edit_text("ok")

    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, tasks_concurrency_limit=256))
    print(json.dumps({"ready": True}), flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps({"cpu": time.process_time()}), flush=True)
    await dispatcher.stop_polling()
    await polling


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
