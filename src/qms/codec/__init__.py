"""The one door between data and records, and the schemas that say what it accepts."""

from __future__ import annotations

from qms.codec.assemble import assemble
from qms.codec.plain import plain, plain_register
from qms.codec.schema import schemas
from qms.codec.strict import RefusedError, decoder_of

__all__ = ["RefusedError", "assemble", "decoder_of", "plain", "plain_register", "schemas"]
