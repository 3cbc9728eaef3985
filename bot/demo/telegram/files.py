"""Files: uploads kept in memory under ids that can be sent again."""

import hashlib
import struct
from dataclasses import dataclass

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json, Upload

_DOWNLOAD_LIMIT = 20 * 1024 * 1024
_UNKNOWN = "wrong file identifier/HTTP URL specified"


@dataclass(frozen=True)
class StoredFile:
    """One file: `kind` is document, photo or voice; a photo knows its size."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    upload: Upload
    size: tuple[int, int] | None = None

    @property
    def mime_type(self) -> str:
        """What a browser should take it for."""
        if self.kind == "photo":
            return image_type(self.upload.content)
        return "audio/ogg" if self.kind == "voice" else self.upload.mime_type

    def card(self) -> Json:
        """What every Bot API file object carries."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.content),
        }

    def attachment(self, duration: int = 0) -> Json:
        """The file as a field of a Message."""
        if self.kind == "photo":
            width, height = self.size or (0, 0)
            return {"photo": [self.card() | {"width": width, "height": height}]}
        if self.kind == "voice":
            return {"voice": self.card() | {"duration": duration, "mime_type": self.mime_type}}
        named = {"file_name": self.upload.name, "mime_type": self.upload.mime_type}
        return {"document": self.card() | named}


class Files:
    """Every file that was ever sent."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, upload: Upload) -> StoredFile:
        """Store an upload; a photo that cannot be decoded is refused."""
        size = image_size(upload.content) if kind == "photo" else None
        if kind == "photo" and size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        number = len(self._by_id) + 1
        digest = hashlib.sha256(upload.content).hexdigest()[:14]
        file_id = f"{kind[:3].upper()}ACAgQAAxkBAAI{number:06d}{digest}"
        path = f"{kind}s/file_{number}{_suffix(upload.name)}"
        stored = StoredFile(file_id, f"AQAD{digest}", kind, path, upload, size)
        self._by_id[file_id] = self._by_path[path] = stored
        return stored

    def by_id(self, file_id: str, kind: str) -> StoredFile:
        """A file to send once more, by the id that it had as the same kind."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request(_UNKNOWN)
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    def to_download(self, file_id: str) -> StoredFile:
        """A file for getFile."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(stored.upload.content) > _DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """The file with that id, if there is one."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file at a download path."""
        return self._by_path.get(path)


def image_type(content: bytes) -> str:
    """The MIME type of a picture whose size could be read."""
    if content.startswith(b"\x89PNG"):
        return "image/png"
    return "image/gif" if content.startswith(b"GIF") else "image/jpeg"


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004 - every JPEG segment begins with it
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _suffix(name: str) -> str:
    _, dot, suffix = name.rpartition(".")
    return f".{suffix}" if dot and suffix.isalnum() else ""
