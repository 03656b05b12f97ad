"""ISO 9001 certification, documents and audits of many units, kept current."""
