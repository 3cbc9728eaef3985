import struct

import pytest

from bot.demo.telegram.files import image_size, image_type
from bot.demo.telegram.parameters import Parameters, Upload
from tests.bot.demo.telegram.conftest import ANNA

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 30, 20) + b"\x08\x02\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 30) + b"\x03\x01\x11\x00"
GIF = b"GIF89a" + struct.pack("<HH", 30, 20)


async def send(telegram, kind, upload, **values):
    parameters = Parameters({"chat_id": ANNA, **values}, {kind: upload})
    return await telegram.answer(f"send{kind.title()}", parameters)


class TestSending:
    async def test_a_document_keeps_its_name_and_type(self, api, telegram):
        await send(
            telegram, "document", Upload("客户.xlsx", "application/x-sheet", b"abc"), caption="<b>list</b>", parse_mode="HTML"
        )
        message = telegram.chats[ANNA].messages[1]
        document = message["document"]
        assert (document["file_name"], document["mime_type"], document["file_size"]) == ("客户.xlsx", "application/x-sheet", 3)
        assert (message["caption"], message["caption_entities"][0]["type"]) == ("list", "bold")

    async def test_it_can_be_sent_again_by_its_id(self, api, telegram):
        await send(telegram, "document", Upload("a.txt", "text/plain", b"abc"))
        file_id = telegram.chats[ANNA].messages[1]["document"]["file_id"]
        again = await api("sendDocument", chat_id=ANNA, document=file_id)
        assert again["document"]["file_name"] == "a.txt"
        words = await api.refused("sendPhoto", chat_id=ANNA, photo=file_id)
        assert words == "Bad Request: can't use file of type Document as Photo"

    async def test_an_attachment_is_found_by_the_name_that_the_call_gives(self, api, telegram):
        upload = Upload("a.txt", "text/plain", b"abc")
        parameters = Parameters({"chat_id": ANNA, "document": "attach://x1"}, {"x1": upload})
        assert (await telegram.answer("sendDocument", parameters)).status == 200

    @pytest.mark.parametrize("kind", ["document", "photo", "voice"])
    async def test_nothing_cannot_be_sent(self, api, kind):
        words = await api.refused(f"send{kind.title()}", chat_id=ANNA)
        assert words == f"Bad Request: there is no {kind} in the request"

    async def test_a_photo_must_be_a_picture(self, api, telegram):
        refused = await send(telegram, "photo", Upload("a.jpg", "image/jpeg", b"no picture"))
        assert b"IMAGE_PROCESS_FAILED" in refused.body
        await send(telegram, "photo", Upload("a.png", "image/png", PNG))
        assert telegram.chats[ANNA].messages[1]["photo"][0]["width"] == 30

    async def test_too_large_files_are_refused(self, telegram):
        photo = await send(telegram, "photo", Upload("a.png", "image/png", PNG + bytes(10 * 1024 * 1024)))
        document = await send(telegram, "document", Upload("a", "x/y", bytes(50 * 1024 * 1024 + 1)))
        assert (photo.status, document.status) == (400, 413)

    async def test_a_long_caption_is_refused(self, telegram):
        refused = await send(telegram, "voice", Upload("a", "audio/ogg", b"x"), caption="x" * 1025)
        assert b"message caption is too long" in refused.body

    async def test_a_caption_can_be_edited(self, api, telegram):
        await send(telegram, "voice", Upload("a", "audio/ogg", b"x"), caption="old", duration=3)
        edited = await api("editMessageCaption", chat_id=ANNA, message_id=1, caption="new")
        assert (edited["caption"], edited["voice"]["duration"]) == ("new", 3)
        words = await api.refused("editMessageText", chat_id=ANNA, message_id=1, text="x")
        assert words == "Bad Request: there is no text in the message to edit"


class TestDownloading:
    async def test_the_bot_learns_where_a_file_lies(self, api, telegram):
        sent = telegram.people.file(ANNA, "document", Upload("a.txt", "text/plain", b"abc"))
        found = await api("getFile", file_id=sent["document"]["file_id"])
        assert telegram.files.by_path(found["file_path"]).upload.content == b"abc"

    async def test_an_unknown_one_is_refused(self, api):
        words = await api.refused("getFile", file_id="x")
        assert words == "Bad Request: wrong file_id or the file is temporarily unavailable"

    async def test_more_than_twenty_megabytes_cannot_be_downloaded(self, api, telegram):
        sent = telegram.people.file(ANNA, "document", Upload("a", "x/y", bytes(20 * 1024 * 1024 + 1)))
        assert await api.refused("getFile", file_id=sent["document"]["file_id"]) == "Bad Request: file is too big"


class TestPictures:
    @pytest.mark.parametrize("content", [PNG, JPEG, GIF])
    def test_sizes_are_read(self, content):
        assert image_size(content) == (30, 20)

    @pytest.mark.parametrize(("content", "kind"), [(PNG, "png"), (JPEG, "jpeg"), (GIF, "gif")])
    def test_types_are_told_by_the_content(self, content, kind):
        assert image_type(content) == f"image/{kind}"

    @pytest.mark.parametrize("content", [b"", b"GIF", b"\xff\xd8\xff", b"text"])
    def test_anything_else_has_none(self, content):
        assert image_size(content) is None
