"""Which messages of a group reach the bot."""

from bot.demo.telegram.groups import Group
from bot.demo.telegram.parameters import Json
from bot.demo.telegram.utf16 import part


def reaches(group: Group, message: Json, *, privacy: bool) -> bool:
    """Whether the bot gets a message: in privacy mode a plain member sees commands, mentions and replies to it only."""
    if not group.bot.inside or not group.open:
        return False
    return not privacy or group.bot.leads or _meant(message, group.bot.user)


def mentioned(message: Json) -> set[str | int]:
    """Whom a text mentions: @names in small letters, and the ids of people who have none."""
    words, entities = _words(message)
    named = {part(words, each["offset"], each["length"]).lower() for each in entities if each["type"] == "mention"}
    return named | {each.get("user", {}).get("id", 0) for each in entities if each["type"] == "text_mention"}


def _meant(message: Json, bot: Json) -> bool:
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]:
        return True
    words, entities = _words(message)
    return any(_names(entity, part(words, entity["offset"], entity["length"]), bot) for entity in entities)


def _words(message: Json) -> tuple[str, list[Json]]:
    name, entities = ("text", "entities") if "text" in message else ("caption", "caption_entities")
    return message.get(name, ""), message.get(entities, [])


def _names(entity: Json, words: str, bot: Json) -> bool:
    command, at, name = words.lower().partition("@")
    mine = name == bot["username"].lower()
    if entity["type"] == "bot_command":
        return mine or (not at and entity["offset"] == 0)
    return entity["type"] == "mention" and mine and not command
