"""Accounts and secrets: how the product logs in, and what it never shows."""

import os
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from retailsync_assets.config.types import (
    Fingerprint,
    KeyFile,
    Variable,
    plain_host,
)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Secret(Section):
    """The name of an environment variable; its value is read where it is used and kept nowhere."""

    env: Variable

    def reveal(self) -> str:
        return os.environ[self.env]


class SftpAccount(Section):
    """An account on an SFTP server, and the server's host keys."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 22
    username: str
    private_key: KeyFile | None = None
    passphrase: Secret | None = None
    password: Secret | None = None
    fingerprints: Annotated[list[Fingerprint], Field(min_length=1)]
    compression: Literal["off", "on", "auto"] = "off"

    @model_validator(mode="after")
    def _one_credential(self) -> Self:
        if (self.private_key is None) == (self.password is None):
            raise ValueError("expected either private_key or password")
        return self

    def is_same_as(self, other: "SftpAccount") -> bool:
        """Does the other log in to the same account of the same server?"""
        ours = plain_host(self.host), self.port, self.username
        return ours == (plain_host(other.host), other.port, other.username)
