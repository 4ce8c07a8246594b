"""Sealed values: encrypted apart from the data of a case, opened only through the act that logs it."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from wardflow.errors import SealBroken
from wardflow.store.instants import dumps, loads


class Seal:
    """Closes and opens values with the installation's sealing key."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def close(self, value: Any) -> bytes:
        """The value as cipher text."""
        return self._fernet.encrypt(dumps(value).encode())

    def open(self, cipher: bytes) -> Any:
        """The value again; SealBroken when the key is another one or the text was changed."""
        try:
            return loads(self._fernet.decrypt(cipher).decode())
        except InvalidToken as broken:
            raise SealBroken() from broken

    @staticmethod
    def new_key() -> bytes:
        """A fresh random key."""
        return Fernet.generate_key()
