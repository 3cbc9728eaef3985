"""The Bot API's methods, by name."""

from bot.demo.telegram.methods import (
    commands,
    delivery,
    editing,
    identity,
    media,
    messages,
    queries,
)
from bot.demo.telegram.methods.registry import METHODS

__all__ = ["METHODS", "commands", "delivery", "editing", "identity", "media", "messages", "queries"]
