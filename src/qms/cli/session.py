"""What a command finds around it: the language, the day, the screen, the register."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING

import click
from msgspec import Struct, field

from qms.asked import typed
from qms.cli.bilingual import Mistake, did_you_mean, join, sentence
from qms.text import Language, Text, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from qms.check import UnitResult
    from qms.model import Organisation, Register, Unit
    from qms.report import Setting

__all__ = ["Session", "choose_language", "chosen_units", "columns", "one_unit"]

_NARROWEST, _WIDEST, _USUAL = 40, 120, 80
_NO_UNIT = Text(en="The register has no unit {name}.", vi="Sổ đăng ký không có đơn vị {name}.")
_NO_GROUP = Text(en="The register has no group {name}.", vi="Sổ đăng ký không có nhóm {name}.")
_GROUPS = Text(en=" Its groups: {names}.", vi=" Các nhóm hiện có: {names}.")


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for: ``--lang``, else ``QMS_LANG``, else the computer's own, else English.

    It is settled before anything else is read, so that help and mistakes are told in it.
    """
    wanted = [environment.get("QMS_LANG", "")]
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for position, argument in enumerate(before):
        if argument == "--lang" and position + 1 < len(before):
            wanted.insert(0, before[position + 1])
        elif argument.startswith("--lang="):
            wanted.insert(0, argument.partition("=")[2])
    wanted += _own_languages(environment)
    codes = [word.casefold()[:2] for word in wanted]
    return next((Language(code) for code in codes if code in {"en", "vi"}), Language.ENGLISH)


def _own_languages(environment: Mapping[str, str]) -> list[str]:
    """The computer's own languages, such as ``vi_VN.UTF-8``, the most wanted first."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            # As other programs do: the list of languages goes first, but for the plain locale.
            plain = environment[name].partition(".")[0] in {"C", "POSIX"}
            listed = "" if plain else environment.get("LANGUAGE", "")
            return [*listed.split(":"), environment[name]]
    import locale

    return [locale.getlocale()[0] or ""]


def columns() -> int:
    """How many characters a line of the screen holds, within bounds."""
    import shutil

    return min(max(shutil.get_terminal_size((_USUAL, 24)).columns, _NARROWEST), _WIDEST)


class Session(Struct, frozen=True, kw_only=True):
    """What a command finds around it.

    Attributes:
        language: The language in which it speaks.
        environment: The variables of the environment.
        today: The day on which it runs; only a command may know it.
    """

    language: Language
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    today: date = field(default_factory=date.today)

    def say(self, text: Text) -> str:
        """A text in the session's language."""
        return text.in_(self.language)

    @property
    def width(self) -> int:
        """How many characters fit on a line; 80 where the output is not a screen."""
        if not sys.stdout.isatty() and not self.environment.get("COLUMNS"):
            return _USUAL
        return columns()

    @property
    def colour(self) -> bool:
        """Whether to write in colour: on a screen alone, and not where NO_COLOR is set."""
        plain = self.environment.get("NO_COLOR") or self.environment.get("TERM") == "dumb"
        return sys.stdout.isatty() and not plain

    def open(self, path: Path) -> Register:
        """Read a register.

        Raises:
            RegisterError: it cannot be read; every problem is in it.
        """
        from qms.cli.waiting import waiting
        from qms.store import load

        with waiting(self.say(_READING)):
            return load(path)

    def setting(
        self,
        organisation: Organisation,
        output: Path | None = None,
        *,
        chosen: tuple[str, ...] | None = None,
        source: Path | None = None,
        units: Iterable[UnitResult] = (),
    ) -> Setting:
        """For whom and about what a report is written."""
        from qms.report import Setting

        return Setting(
            organisation=organisation.name,
            language=self.language,
            width=self.width,
            colour=self.colour and output is None,
            chosen=chosen,
            source="" if source is None else source.as_posix(),
            files={} if source is None else files_of(source, (result.id for result in units)),
        )

    def write(self, words: str, output: Path | None) -> None:
        """Write a result to the screen, or to a file, whole or not at all.

        Raises:
            RegisterError: the file cannot be written; what was there before still is.
        """
        if output is None:
            click.echo(words, nl=False, color=self.colour)
        elif _is_a_device(output):
            output.write_text(words, encoding="utf-8")  # a pipe or a device is not replaced
        else:
            from qms.store.writing import replace_file

            replace_file(output, (words.encode("utf-8"),))

    def write_pieces(self, pieces: Iterable[bytes], output: Path | None) -> None:
        """Write a long result piece by piece, to a file whole or not at all.

        Raises:
            RegisterError: the file cannot be written; what was there before still is.
        """
        if output is None:
            screen = sys.stdout.buffer
            screen.writelines(pieces)
            screen.flush()
        elif _is_a_device(output):
            with output.open("wb") as device:
                device.writelines(pieces)
        else:
            from qms.store.writing import replace_file

            replace_file(output, pieces)


def _is_a_device(output: Path) -> bool:
    """Whether something is written to as it stands: a pipe or a device, and no folder."""
    return output.exists() and not output.is_file() and not output.is_dir()


_READING = Text(en="Reading the register", vi="Đang đọc sổ đăng ký")


def files_of(path: Path, units: Iterable[str]) -> dict[str, str]:
    """The file or folder of each unit of a folder of TOML, and that of the register itself."""
    if not path.is_dir():
        return {}
    places = {"": path / "register.toml"}
    for unit in units:
        file, folder = path / "units" / f"{unit}.toml", path / "units" / unit
        places[unit] = file if file.exists() else folder
    return {unit: place.as_posix() for unit, place in places.items() if place.exists()}


def chosen_units(
    register: Register, units: Sequence[str], groups: Sequence[str]
) -> tuple[str, ...] | None:
    """The identifiers of the units asked about, in order; None where all are.

    Raises:
        Mistake: the register has no such unit or group.
    """
    if not units and not groups:
        return None
    units = [typed(unit, register) for unit in units]
    known = _groups(register)
    called = [normalise(group) for group in groups]
    found = {name: known.get(name) or known.get(name.casefold()) for name in called}
    missing = [name for name, key in found.items() if key is None]
    _refuse([*_unknown(units, register.units, _NO_UNIT), *_unknown_groups(missing, known)])
    return tuple(
        key
        for key in sorted(register.units)
        if key in units or register.units[key].group in found.values()
    )


def _groups(register: Register) -> dict[str, str]:
    """The groups by what they are called: their identifier or their name."""
    known = {u.group: u.group for u in register.units.values() if u.group is not None}
    for key, group in register.organisation.groups.items():
        names = (group.name.en, group.name.vi)
        known |= {name.casefold(): key for name in names if name is not None}
        known[key] = key
    return known


def _unknown_groups(names: Iterable[str], known: Mapping[str, str]) -> Iterator[Text]:
    keys = sorted(set(known.values()))
    for name in names:
        near = did_you_mean(name, keys)
        if not near.en and keys:
            near = sentence(_GROUPS, names=", ".join(keys))
        yield join(sentence(_NO_GROUP, name=name or "“”"), near)


def one_unit(register: Register, name: str) -> Unit:
    """The unit of an identifier.

    Raises:
        Mistake: the register has no such unit.
    """
    key = typed(name, register)
    _refuse([*_unknown([key], register.units, _NO_UNIT)])
    return register.units[key]


def _unknown(names: Iterable[str], known: Mapping[str, object], no: Text) -> Iterator[Text]:
    for name in names:
        if name not in known:
            yield join(sentence(no, name=name or "“”"), did_you_mean(name, known))


def _refuse(unknown: Sequence[Text]) -> None:
    """Say every name that is not there, all in one go.

    Raises:
        Mistake: there is one.
    """
    if unknown:
        english, vietnamese = (one.en for one in unknown), (one.vi for one in unknown)
        raise Mistake(Text(en=" ".join(english), vi=" ".join(vietnamese)))
