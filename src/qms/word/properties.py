"""The properties of a Word file: the well-known ones, and those that programs add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qms.word.parts import RELATION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from lxml.etree import _Element

    from qms.word.parts import WorkingCopy

__all__ = ["core_properties", "custom_properties", "forget_ours", "set_core", "set_custom"]

_CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CORE_RELATION: Final = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_CORE_TYPE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
#: How the names of the properties begin that are added here.
_OURS: Final = "qms."
_ANY_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CORE_NAMES: Final = {
    "title": f"{{{_DC}}}title",
    "identifier": f"{{{_DC}}}identifier",
    "version": f"{{{_CP}}}version",
    "contentStatus": f"{{{_CP}}}contentStatus",
}


#: What is told of whoever made a file, and when; it is set, but holds nothing that is compared.
_MADE: Final = {
    "creator": f"{{{_DC}}}creator",
    "language": f"{{{_DC}}}language",
    "lastModifiedBy": f"{{{_CP}}}lastModifiedBy",
}
_SETTABLE: Final = {**_CORE_NAMES, **_MADE}
_DAYS: Final = (f"{{{_DCTERMS}}}created", f"{{{_DCTERMS}}}modified")


def core_properties(copy: WorkingCopy) -> dict[str, str]:
    """Title, identifier, version and contentStatus, as far as they are given."""
    part = copy.related("", "core-properties")
    if part is None:
        return {}
    root = copy.view(part)
    texts = {name: root.findtext(tag) for name, tag in _CORE_NAMES.items()}
    return {name: text for name, text in texts.items() if text}


def set_core(copy: WorkingCopy, values: Mapping[str, str], made: date | None = None) -> None:
    """Give some of the well-known properties a value.

    Args:
        copy: the file.
        values: the values of title, identifier, version, contentStatus, creator, language
            and lastModifiedBy, as far as they are to be set.
        made: the day on which the file was made; left as it is where left out.
    """
    from lxml import etree

    part = copy.related("", "core-properties")
    if part is None:
        part = copy.free_name("docProps/core{}.xml")
        markup = (
            f'<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="{_DC}" xmlns:dcterms="{_DCTERMS}" '
            f'xmlns:xsi="{_XSI}"/>'
        )
        copy.add(part, markup, _CORE_RELATION, _CORE_TYPE)
    root = copy.edit(part)
    tags = {_SETTABLE[name]: value for name, value in values.items()}
    if made is not None:
        tags |= dict.fromkeys(_DAYS, f"{made.isoformat()}T00:00:00Z")
    for tag, value in tags.items():
        found = root.find(tag)
        target = etree.SubElement(root, tag) if found is None else found
        target.text = value
        if tag in _DAYS:
            target.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")


def custom_properties(copy: WorkingCopy) -> dict[str, str]:
    """Every added property whose value is text."""
    part = copy.related("", "custom-properties")
    if part is None:
        return {}
    texts = (f"{{{_VT}}}lpwstr", f"{{{_VT}}}lpstr")
    return {
        entry.get("name", ""): value.text or ""
        for entry in copy.view(part).iterchildren("{*}*")
        for value in entry.iterchildren(*texts)
    }


def set_custom(copy: WorkingCopy, values: Mapping[str, str]) -> None:
    """Give added properties a text; Word keeps no more than 255 characters of each."""
    part = copy.related("", "custom-properties")
    if part is None:
        part = "docProps/custom.xml"
        if part in copy:
            part = copy.free_name("docProps/custom{}.xml")
        markup = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VT}"/>'
        copy.add(part, markup, f"{RELATION}custom-properties", _CUSTOM_TYPE)
    root = copy.edit(part)
    for name, value in values.items():
        _set(root, name, value)


def forget_ours(copy: WorkingCopy) -> None:
    """Take out what the file says of itself as a document of ours: that of which it is a copy."""
    core, custom = copy.related("", "core-properties"), copy.related("", "custom-properties")
    if core is not None:
        root = copy.edit(core)
        for entry in list(root):
            if entry.tag in {_CORE_NAMES["version"], _CORE_NAMES["contentStatus"]}:
                root.remove(entry)
    if custom is not None:
        root = copy.edit(custom)
        for entry in list(root):
            if entry.get("name", "").startswith(_OURS):
                root.remove(entry)


def _set(root: _Element, name: str, value: str) -> None:
    from lxml import etree

    entry = next((entry for entry in root if entry.get("name") == name), None)
    if entry is None:
        numbers = [int(number) for each in root if (number := each.get("pid", "")).isdecimal()]
        entry = etree.SubElement(
            root,
            f"{{{_CUSTOM}}}property",
            fmtid=_ANY_FORMAT,
            pid=str(max(numbers, default=1) + 1),
            name=name,
        )
    for old in list(entry):
        entry.remove(old)
    etree.SubElement(entry, f"{{{_VT}}}lpwstr").text = value
