"""The settings: what the environment may hold, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.mistakes import ConfigMistake
from config.settings import Settings, load_settings, names, unknown_settings

TOKEN = "123456:AAF4kz-9s_dummyDummyDummyDummyDummy"


def wrong(**given: str) -> str:
    with pytest.raises(ConfigMistake) as caught:
        load_settings({f"PEELWATCH_{name}": value for name, value in given.items()})
    return str(caught.value)


def test_nothing_set_gives_the_defaults() -> None:
    settings = load_settings({})
    assert settings.telegram_token is None
    assert settings.database_url == "sqlite:///data/peelwatch.db"
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert (settings.fresh_days, settings.send_rate, settings.admin_chats) == (14, 25.0, ())
    assert (settings.log_format, settings.contact) == ("console", "")
    assert settings.sources is None
    assert settings.allow_private_networks is False


def test_an_empty_value_counts_as_not_set() -> None:
    assert load_settings(dict.fromkeys(names(), " ")) == load_settings({})


def test_the_environment_is_read_only_as_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEELWATCH_FRESH_DAYS", "3")
    assert load_settings({}).fresh_days == 14


def test_the_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert load_settings({"PEELWATCH_DATA_DIR": str(tmp_path)}).database_url == f"sqlite:///{tmp_path}/peelwatch.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_address_is_taken_however_it_begins(scheme: str) -> None:
    settings = load_settings({"PEELWATCH_DATABASE_URL": f"{scheme}://u:p@db.example.org/x"})
    assert settings.database_url == "postgresql+psycopg://u:p@db.example.org/x"


@pytest.mark.parametrize(
    ("written", "chats"), [("12", (12,)), ("12,-1001", (12, -1001)), ("[12, 12 ,13]", (12, 13)), ("1 2;3", (1, 2, 3))]
)
def test_admin_chats_are_numbers_however_they_are_parted(written: str, chats: tuple[int, ...]) -> None:
    assert load_settings({"PEELWATCH_ADMIN_CHATS": written}).admin_chats == chats


@pytest.mark.parametrize(("written", "on"), [("on", True), ("1", True), ("True", True), ("off", False), ("no", False)])
def test_a_switch_is_on_or_off(written: str, on: bool) -> None:
    assert load_settings({"PEELWATCH_ALLOW_PRIVATE_NETWORKS": written}).allow_private_networks is on


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ADMIN_CHATS", "bob", '"bob" is not a list of chat numbers'),
        ("ALLOW_PRIVATE_NETWORKS", "maybe", "Write on or off."),
        ("FRESH_DAYS", "-1", "Write a whole number from 0 to 3650"),
        ("FRESH_DAYS", "two", '"two" is not a number of days'),
        ("SEND_RATE", "0", "Write a number above 0"),
        ("SEND_RATE", "nan", "is not a number of messages"),
        ("LOG_FORMAT", "xml", "Write console (for people) or json (for programs)."),
        ("CONTACT", "a@b.example\r\nX-Evil: 1", "cannot stand in a request's User-Agent"),
        ("TELEGRAM_API_URL", "localhost:8081", "does not begin with http"),
        ("DATA_DIR", __file__, "is a file, not a folder"),
        ("DATA_DIR", "~nobody-of-that-name/x", "is not a path that can be used"),
        ("DATA_DIR", "x" * 5000, "is not a path that can be used"),
        ("DATABASE_URL", "sqlite://data/x.db", "too few slashes"),
        ("DATABASE_URL", "mysql://db.example.org/x", "Begin it with sqlite:/// or postgresql://."),
        ("TELEGRAM_TOKEN", "not one", "Copy it whole from @BotFather"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable_and_mend(name: str, value: str, words: str) -> None:
    said = wrong(**{name: value})
    assert said.startswith(f"PEELWATCH_{name}: ")
    assert words in said
    assert "\n" not in said
    assert len(said) < 300


def test_every_wrong_value_is_told_at_once() -> None:
    said = wrong(FRESH_DAYS="x", SEND_RATE="x", LOG_FORMAT="x")
    assert [line.split(":")[0] for line in said.split("\n")] == [
        "PEELWATCH_FRESH_DAYS",
        "PEELWATCH_SEND_RATE",
        "PEELWATCH_LOG_FORMAT",
    ]


def test_a_secret_is_in_no_sentence_and_no_repr() -> None:
    settings = load_settings(
        {"PEELWATCH_TELEGRAM_TOKEN": TOKEN, "PEELWATCH_DATABASE_URL": "postgres://u:hunter2@db.example.org/x"}
    )
    assert settings.telegram_token
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert TOKEN not in f"{settings!r} {settings}"
    assert "hunter2" not in f"{settings!r} {settings}"
    assert "hunter2" not in wrong(DATABASE_URL="mysql://u:hunter2@db.example.org/x")
    assert "hunter2" not in wrong(TELEGRAM_API_URL="https://u:hunter2@api.example.org")


@pytest.mark.parametrize(
    "name", [n.removeprefix("PEELWATCH_") for n in names() if "DIR" not in n and "SOURCES" not in n]
)
def test_a_token_in_the_wrong_place_is_not_repeated(name: str) -> None:
    if name in ("TELEGRAM_TOKEN", "CONTACT"):
        assert TOKEN[:-1] not in wrong(**{name: TOKEN + " ü"})
    else:
        assert TOKEN[:-1] not in wrong(**{name: TOKEN})


def test_a_variable_that_is_no_setting_is_told_with_what_was_meant() -> None:
    environ = {"PEELWATCH_TELEGRAM_TOKN": TOKEN, "PEELWATCH_WINGS": "2", "peelwatch_contact": "x", "PATH": "/bin"}
    nothing = "there is no such setting, so it does nothing."
    assert [str(w) for w in unknown_settings(environ)] == [
        f"PEELWATCH_TELEGRAM_TOKN: {nothing} Did you mean PEELWATCH_TELEGRAM_TOKEN?",
        f"PEELWATCH_WINGS: {nothing} docs/operations.md lists the settings there are.",
        f"peelwatch_contact: {nothing} Did you mean PEELWATCH_CONTACT?",
    ]


@given(st.dictionaries(st.sampled_from(sorted(names())), st.text(max_size=60)))
def test_any_environment_gives_settings_or_sentences(environ: dict[str, str]) -> None:
    try:
        found: Settings | ConfigMistake = load_settings(environ)
    except ConfigMistake as mistake:
        found = mistake
    assert isinstance(found, Settings) or all(m.file in environ and m.mend for m in found.mistakes)
