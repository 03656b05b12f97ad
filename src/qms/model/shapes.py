"""The shapes of single values that many records share, with their bounds."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from qms.characters import CONTROLS, INVISIBLE, WORDS

__all__ = ["ClauseNumber", "Count", "Key", "Months", "Quantity", "RevisionNumber", "Words", "Year"]

#: What a file name cannot hold, and what nobody sees.
_NEVER = rf'/\\:*?"<>|\t\n\r{CONTROLS}{INVISIBLE}'

#: An identifier given by people: no blanks at its ends, none of the characters
#: that a file name cannot hold or nobody sees, and not beginning with a dot, dash or underscore.
Key = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        pattern=rf"^[^\s._\-{_NEVER}]([^{_NEVER}]*[^\s{_NEVER}])?$",
    ),
]

#: Words typed by people; at least one character that is not a blank, no control character.
Words = Annotated[str, Meta(min_length=1, pattern=WORDS)]

#: The number of a clause of a standard, such as 7.5.3.2.
ClauseNumber = Annotated[str, Meta(pattern=r"^[0-9]{1,2}(\.[0-9]{1,2}){0,4}$")]

#: The number of a revision or issue: 1, 02, 1.3.
RevisionNumber = Annotated[str, Meta(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4})?$")]

Count = Annotated[int, Meta(ge=0)]
Months = Annotated[int, Meta(ge=1, le=1200)]
Year = Annotated[int, Meta(ge=1900, le=9999)]
Quantity = Decimal
