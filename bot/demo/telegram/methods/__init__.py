"""The Bot API's methods, by name."""

from bot.demo.telegram.methods import (
    chats,
    commands,
    delivery,
    editing,
    identity,
    media,
    messages,
    queries,
)
from bot.demo.telegram.methods.registry import METHODS

__all__ = ["METHODS", "chats", "commands", "delivery", "editing", "identity", "media", "messages", "queries"]
