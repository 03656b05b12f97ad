"""A working copy of a Word file: parts are edited as trees and written back once.

Parts that nobody edits keep their bytes.  What is written depends on the
input alone: no clock, one fixed time for every member.
"""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

    from qms.word.guard import GuardedPackage

__all__ = ["RELATION", "WorkingCopy", "element", "m", "mc", "r", "w"]

RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_TYPES_PART: Final = "[Content_Types].xml"
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)


def w(name: str) -> str:
    """A name of WordprocessingML."""
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def r(name: str) -> str:
    """A name of a reference to another part."""
    return f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{name}"


def m(name: str) -> str:
    """A name of Office MathML."""
    return f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}"


def mc(name: str) -> str:
    """A name of markup compatibility."""
    return f"{{http://schemas.openxmlformats.org/markup-compatibility/2006}}{name}"


def element(markup: str) -> _Element:
    """An element from markup of our own, in which the usual prefixes need no declaration."""
    from lxml import etree

    prefixes = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    return etree.fromstring(f"<root {prefixes}>{markup}</root>")[0]


@define(eq=False)
class WorkingCopy:
    """A guarded file and the changes made to it so far."""

    package: GuardedPackage
    _trees: dict[str, _Element] = field(factory=dict, init=False)
    _edited: set[str] = field(factory=set, init=False)
    _left: set[str] = field(factory=set, init=False)

    @property
    def main(self) -> str:
        """The name of the part that holds the text."""
        return self.package.main

    def __contains__(self, name: str) -> bool:
        return name in self._trees or name in self.package

    def view(self, name: str) -> _Element:
        """The root of a part, to look at."""
        if name not in self._trees:
            self._trees[name] = self.package.xml(name)
        return self._trees[name]

    def edit(self, name: str) -> _Element:
        """The root of a part, to change: it will be written anew."""
        self._edited.add(name)
        return self.view(name)

    def related(self, source: str, kind: str) -> str | None:
        """The first part of a kind to which a part refers and which is there."""
        return next((t for k, t in self.targets(source).values() if k == kind), None)

    def targets(self, source: str) -> dict[str, tuple[str, str]]:
        """By identifier, the kind and the name of every part to which a part refers."""
        if _relations_of(source) in self._trees:
            listed = self._listed(source)
        else:
            listed = [
                (step.id, step.kind, step.target)
                for step in self.package.relationships(source)
                if not step.external
            ]
        return {key: (kind, target) for key, kind, target in listed if target in self}

    def add(self, name: str, markup: str, kind: str, content_type: str, *, source: str = "") -> str:
        """Add a part and a reference to it; the identifier of the reference.

        Args:
            name: the name of the new part, which must be free.
            markup: its root element, with its namespaces declared.
            kind: the full type of the reference.
            content_type: what the part is.
            source: the part that refers to it, or the package itself.
        """
        from lxml import etree

        self._trees[name] = etree.fromstring(markup)
        self._edited.add(name)
        self._declare(name, content_type)
        return self._refer(source, kind, name)

    def keep_references(
        self, source: str, kinds: Collection[str], ids: Collection[str] = ()
    ) -> None:
        """Forget what a part refers to, but for some kinds of parts and some references.

        Args:
            source: the part, or the package itself.
            kinds: the kinds of parts to which it goes on referring.
            ids: the identifiers of further references that are kept.
        """
        name = _relations_of(source)
        if name not in self:
            return
        relations = self.edit(name)
        for entry in list(relations):
            kind = entry.get("Type", "").rpartition("/")[2]
            if kind not in kinds and entry.get("Id") not in ids:
                relations.remove(entry)

    def leave_behind_unreferred(self) -> None:
        """Leave out every part to which no other leads any more, and what is said about it."""
        names = {_spelled(name): name for name in (*self.package.names, *self._trees)}
        kept = {_TYPES_PART}
        sources = [""]
        while sources:
            source = sources.pop()
            kept.add(_relations_of(source))
            listed = self._listed(source) if _relations_of(source) in self else []
            for _, _, target in listed:
                found = names.get(_spelled(target))
                if found is not None and found not in kept:
                    kept.add(found)
                    sources.append(found)
        self._left = set(names.values()) - kept
        left = {_spelled(name) for name in self._left}
        types = self.edit(_TYPES_PART)
        for entry in types.findall(f"{{{_TYPES}}}Override"):
            if _spelled(entry.get("PartName", "").lstrip("/")) in left:
                types.remove(entry)

    def free_name(self, pattern: str) -> str:
        """The first name that no part has, from a pattern with a place for a number."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def save(self) -> bytes:
        """The file with its changes; the same changes to the same file give the same bytes."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in (*self.package.names, *(n for n in self._trees if n not in self.package)):
                if name in self._left:
                    continue
                info = zipfile.ZipInfo(name, _BEGINNING)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                archive.writestr(info, self._bytes(name))
        return out.getvalue()

    def _bytes(self, name: str) -> bytes:
        from lxml import etree

        if name not in self._edited:
            return self.package.read(name)
        return etree.tostring(
            self._trees[name], encoding="UTF-8", xml_declaration=True, standalone=True
        )

    def _listed(self, source: str) -> list[tuple[str, str, str]]:
        home = f"/{posixpath.dirname(source)}"
        return [
            (
                entry.get("Id", ""),
                entry.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join(home, entry.get("Target", ""))).lstrip("/"),
            )
            for entry in self.view(_relations_of(source)).iterchildren("{*}*")
            if entry.get("TargetMode") != "External"
        ]

    def _declare(self, name: str, content_type: str) -> None:
        from lxml import etree

        types = self.edit(_TYPES_PART)
        for entry in types.findall(f"{{{_TYPES}}}Override"):
            if entry.get("PartName", "").casefold() == f"/{name}".casefold():
                types.remove(entry)
        etree.SubElement(
            types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type
        )

    def _refer(self, source: str, kind: str, target: str) -> str:
        from lxml import etree

        name = _relations_of(source)
        if name not in self:
            self._trees[name] = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        relations = self.edit(name)
        taken = {entry.get("Id") for entry in relations}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        etree.SubElement(
            relations,
            f"{{{_RELATIONS}}}Relationship",
            Id=f"rId{number}",
            Type=kind,
            Target=f"/{target}",
        )
        return f"rId{number}"


def _spelled(name: str) -> str:
    """The name of a part as it is compared: in any case, and however its signs are written."""
    return unquote(name).casefold()


def _relations_of(source: str) -> str:
    folder, base = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{base}.rels")
