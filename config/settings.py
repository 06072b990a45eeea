"""Settings: what an operator sets in the environment, with the prefix PEELWATCH_."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from config.addresses import what_is_wrong
from config.mistakes import ConfigMistake, Mistake, meant, shown

PREFIX = "PEELWATCH_"
SECRET = ("telegram_token", "database_url")
"""Their values never stand in a sentence."""
TOKEN = re.compile(r"\d+:[\w-]+$", re.ASCII)
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
POSTGRES = ("postgres://", "postgresql://", "postgresql+psycopg://")
LONGEST_CONTACT = 200


class Wrong(ValueError):
    """A value that cannot be used: what it is not, and the mend."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


def _token(value: str) -> SecretStr:
    if not TOKEN.match(value):
        raise Wrong("is not a bot token", "Copy it whole from @BotFather: digits, a colon, then letters and digits.")
    return SecretStr(value)


def _address(value: str) -> str:
    if wrong := what_is_wrong(value):
        raise Wrong(f"is not an address: {wrong[0]}", wrong[1])
    return value.rstrip("/")


def _database(value: str) -> str:
    for prefix in POSTGRES:
        if value.startswith(prefix):
            return "postgresql+psycopg://" + value.removeprefix(prefix)
    if value.startswith("sqlite:///"):
        return value
    if value.startswith("sqlite:"):
        mend = "Write sqlite:///folder/file.db, or sqlite:////folder/file.db for a path from the root."
        raise Wrong("has too few slashes for a SQLite file", mend)
    raise Wrong("is not a database PeelWatch can use", "Begin it with sqlite:/// or postgresql://.")


def _folder(value: str) -> Path:
    path = _path(value)
    if path.is_file():
        raise Wrong("is a file, not a folder", "Name a folder; it is made when it is missing.")
    return path


def _path(value: str) -> Path:
    try:
        path = Path(value).expanduser()
        path.exists()
    except (OSError, RuntimeError) as error:  # a name that is too long; ~nobody
        raise Wrong("is not a path that can be used", "Write it out from the root, as /srv/peelwatch.") from error
    return path


def _chats(value: str) -> tuple[int, ...]:
    parts = [p for p in re.split(r"[,;\s]+", value.strip("[]() ")) if p]
    if not all(re.fullmatch(r"-?\d{1,19}", p, re.ASCII) for p in parts):
        mend = "Write chat numbers with commas between: 12345,-1001234567890. A group's begins with a minus."
        raise Wrong("is not a list of chat numbers", mend)
    return tuple(dict.fromkeys(int(p) for p in parts))


def _switch(value: str) -> bool:
    if value.casefold() in YES + NO:
        return value.casefold() in YES
    raise Wrong("is neither on nor off", "Write on or off.")


def _days(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:9]) <= 3650):
        raise Wrong("is not a number of days", "Write a whole number from 0 to 3650; 14 is usual.")
    return int(value)


def _rate(value: str) -> float:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", value, re.ASCII) or not 0 < float(value) <= 1000:
        raise Wrong("is not a number of messages a second", "Write a number above 0, at most 1000; 25 is usual.")
    return float(value)


def _contact(value: str) -> str:
    if not (value.isascii() and value.isprintable() and len(value) <= LONGEST_CONTACT):
        mend = "Write an e-mail address or a web address, in plain letters on one line."
        raise Wrong("cannot stand in a request's User-Agent", mend)
    return value


def _log_format(value: str) -> str:
    if value not in ("console", "json"):
        raise Wrong("is not a form of log", "Write console (for people) or json (for programs).")
    return value


def _if_text(read: Any) -> BeforeValidator:
    """Reads a value of the environment; a default is already what it should be."""
    return BeforeValidator(lambda value: read(value) if isinstance(value, str) else value)


class Settings(BaseSettings):
    """The settings. Values come from `load_settings` alone: no environment and no file is read behind its back."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", arbitrary_types_allowed=True, env_prefix=PREFIX, validate_default=False
    )

    telegram_token: Annotated[SecretStr | None, _if_text(_token)] = Field(
        None, description="The bot's token from @BotFather. Without it the chat is in the terminal."
    )
    telegram_api_url: Annotated[str, _if_text(_address)] = Field(
        "https://api.telegram.org", description="Another Bot API server, for one you run yourself."
    )
    admin_chats: Annotated[tuple[int, ...], _if_text(_chats)] = Field(
        (), description="Numbers of the operator's chats, with commas between: /sources and /review answer only there."
    )
    data_dir: Annotated[Path, _if_text(_folder)] = Field(
        Path("data"), description="The folder for what PeelWatch keeps; made when it is missing."
    )
    given_database_url: Annotated[str, _if_text(_database)] = Field(
        "",
        alias="database_url",
        repr=False,
        description="SQLite or PostgreSQL: `sqlite:///…` or `postgresql://…` (`postgres://…` does too).",
    )
    sources: Annotated[Path | None, _if_text(_path)] = Field(
        None, description="The path of a sources.toml of your own."
    )
    allow_private_networks: Annotated[bool, _if_text(_switch)] = Field(
        default=False,
        description="`on` lets sources be at private addresses (127.0.0.1, 10.…); for trying things out.",
    )
    contact: Annotated[str, _if_text(_contact)] = Field(
        "", description="An e-mail or web address put into the User-Agent, so that sites can tell who asks."
    )
    fresh_days: Annotated[int, _if_text(_days)] = Field(
        14, description="A release published more days ago than this is history: kept, but nobody is alerted."
    )
    send_rate: Annotated[float, _if_text(_rate)] = Field(
        25.0, description="Messages a second over all chats; Telegram allows 30."
    )
    log_format: Annotated[Literal["console", "json"], _if_text(_log_format)] = Field(
        "console", description="`console` for people, `json` for programs."
    )

    @property
    def database_url(self) -> str:
        """Where everything is kept; may hold a password, so it is never shown."""
        return self.given_database_url or f"sqlite:///{self.data_dir / 'peelwatch.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the base class gives them, and is to use none but the first
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def names() -> dict[str, str]:
    """Each setting's variable and what it does, in order."""
    fields = Settings.model_fields.items()
    return {PREFIX + (field.alias or name).upper(): field.description or "" for name, field in fields}


def table() -> str:
    """The settings as a table for docs/operations.md, with their defaults."""
    defaults = dict.fromkeys(names(), "")
    for name, field in Settings.model_fields.items():
        value = field.default
        words = "off" if value is False else f"{value:g}" if isinstance(value, float) else str(value or "")
        defaults[PREFIX + (field.alias or name).upper()] = f"`{words}`" if words else "not set"
    defaults[PREFIX + "SOURCES"] = "`config/sources.toml` as it comes"
    defaults[PREFIX + "DATABASE_URL"] = "`sqlite:///data/peelwatch.db` (in `DATA_DIR`)"
    rows = [f"| `{name}` | {defaults[name]} | {does} |" for name, does in names().items()]
    return "\n".join(["| Variable | Default | What it does |", "|---|---|---|", *rows])


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in these variables; an empty one counts as not set. Raises ConfigMistake naming every wrong one."""
    given = {
        name.removeprefix(PREFIX).lower(): environ[name].strip() for name in names() if environ.get(name, "").strip()
    }
    try:
        return Settings(**given)  # type: ignore[arg-type]  # texts; each field reads its own
    except ValidationError as error:
        mistakes = [_mistake(found["loc"][0], given, found.get("ctx", {}).get("error")) for found in error.errors()]
    raise ConfigMistake(mistakes)


def _mistake(name: object, given: Mapping[str, str], wrong: object) -> Mistake:
    key = str(name)
    value = "its value" if key in SECRET else shown(given.get(key, ""))
    what, mend = (wrong.what, wrong.mend) if isinstance(wrong, Wrong) else ("cannot be used", "See docs/operations.md.")
    return Mistake(PREFIX + key.upper(), 0, "", f"{value} {what}", mend)


def unknown_settings(environ: Mapping[str, str]) -> tuple[Mistake, ...]:
    """A warning for each variable that looks like a setting and is none. Values are never looked at."""
    known = names()
    warnings: list[Mistake] = []
    for name in sorted(environ):
        if not name.upper().startswith(PREFIX) or name in known:
            continue
        close = meant(name.upper().removeprefix(PREFIX), [k.removeprefix(PREFIX) for k in known])
        mend = f"Did you mean {PREFIX}{close}?" if close else "docs/operations.md lists the settings there are."
        warnings.append(Mistake(shown(name).strip('"'), 0, "", "there is no such setting, so it does nothing", mend))
    return tuple(warnings)
