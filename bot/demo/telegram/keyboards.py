"""Keyboards under messages: what Telegram refuses, and what it would swallow silently and we refuse."""

from typing import Any, NamedTuple

from bot.demo.telegram.errors import ApiError, bad_request
from bot.demo.telegram.links import problem
from bot.demo.telegram.parameters import Json, Parameters

_STYLES = {"primary", "success", "danger"}
_ACTIONS = {
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
}
_PRIVATE_ONLY = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "request_poll": "poll can be requested in private chats only",
    "request_users": "users can be requested in private chats only",
    "request_chat": "chats can be requested in private chats only",
    "web_app": "web App buttons can be used in private chats only",
}
_DATA_BYTES = 64
_COPY_CHARACTERS = 256
_PLACEHOLDER_CHARACTERS = 64
_ROW = 8
_BUTTONS = 100
_INLINE = "inline keyboard button"
_REPLY = "keyboard button"


class Markup(NamedTuple):
    """A checked reply_markup: `kind` is inline, keyboard, remove or force."""

    kind: str
    body: Json


def reply_markup(parameters: Parameters) -> Markup | None:
    """The keyboard of a new message, any kind; an empty one is none."""
    given = _given(parameters)
    if given is None:
        return None
    if "inline_keyboard" in given:
        return _inline(given)
    if "keyboard" in given:
        return _reply(given)
    if given.get("remove_keyboard") is True:
        return Markup("remove", {name: True for name in ("remove_keyboard", "selective") if given.get(name)})
    if given.get("force_reply") is True:
        return Markup("force", _checked_placeholder(given))
    return None


def inline_markup(parameters: Parameters) -> Json | None:
    """The keyboard of an edit, which must be an inline one; None takes the present one away."""
    markup = reply_markup(parameters)
    if markup is None:
        return None
    if markup.kind != "inline":
        raise bad_request("inline keyboard expected")
    return markup.body


def check_for_group(markup: Json) -> None:
    """Refuse buttons that exist in private chats only."""
    if any("web_app" in button for row in markup.get("inline_keyboard", []) for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")
    for button in (button for row in markup.get("keyboard", []) for button in row):
        for name, words in _PRIVATE_ONLY.items():
            if button.get(name, False) is not False:
                raise bad_request(words)


def _given(parameters: Parameters) -> Json | None:
    given = parameters.json("reply_markup", "reply keyboard markup")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    return given or None


def _inline(given: Json) -> Markup | None:
    rows = _rows(given["inline_keyboard"], "inline_keyboard")
    checked = [[_inline_button(button) for button in row] for row in rows]
    return Markup("inline", {"inline_keyboard": checked}) if checked else None


def _rows(rows: object, name: str) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad_request(f'Field "{name}" must be of type Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'Field "{name}" must be an Array of Arrays')
        if len(row) > _ROW:
            raise bad_request("reply markup is too long")
    if sum(map(len, rows)) > _BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _inline_button(button: object) -> Json:
    checked = _button(button, _INLINE)
    actions = [name for name in checked if name in _ACTIONS]
    if not actions or (checked[actions[0]] == "" and actions[0] in ("callback_data", "url")):
        raise _unreadable(_INLINE, "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unreadable(_INLINE, f"exactly one action is allowed, found {', '.join(actions)}")
    _check_action(actions[0], checked[actions[0]])
    return checked


def _check_action(action: str, value: Any) -> None:  # noqa: ANN401 - any JSON value may stand there
    if action == "callback_data" and not (isinstance(value, str) and len(value.encode()) <= _DATA_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        _check_url(str(value))
    if action == "copy_text" and not _copyable(value):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action == "web_app" and not (isinstance(value, dict) and str(value.get("url")).startswith("https://")):
        raise bad_request("BUTTON_URL_INVALID")


def _check_url(url: str) -> None:
    words = problem(url)
    if words:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {words}")


def _copyable(value: object) -> bool:
    text = value.get("text") if isinstance(value, dict) else None
    return isinstance(text, str) and 1 <= len(text) <= _COPY_CHARACTERS


def _reply(given: Json) -> Markup | None:
    rows = _rows(given["keyboard"], "keyboard")
    checked = [[_reply_button(button) for button in row] for row in rows]
    return Markup("keyboard", _checked_placeholder(given) | {"keyboard": checked}) if checked else None


def _reply_button(button: object) -> Json:
    checked = _button({"text": button} if isinstance(button, str) else button, _REPLY)
    requests = [name for name in _PRIVATE_ONLY if checked.get(name, False) is not False]
    if len(requests) > 1:
        raise _unreadable(_REPLY, f"at most one action is allowed, found {', '.join(requests)}")
    return checked


def _button(button: object, what: str) -> Json:
    if not isinstance(button, dict):
        raise _unreadable(what, "expected an Object")
    if "text" not in button:
        raise _unreadable(what, 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise _unreadable(what, 'Field "text" must be of type String')
    if not button["text"].strip():
        raise _unreadable(what, "text must be non-empty")
    if button.get("style") is not None and button["style"] not in _STYLES:
        raise _unreadable(what, "invalid button style specified")
    return {name: value for name, value in button.items() if value is not None}


def _checked_placeholder(given: Json) -> Json:
    placeholder = given.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(str(placeholder)) <= _PLACEHOLDER_CHARACTERS:
        raise bad_request("input field placeholder must be 1-64 characters long")
    return given


def _unreadable(what: str, words: str) -> ApiError:
    return bad_request(f"can't parse {what}: {words}")
