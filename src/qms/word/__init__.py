"""Everything that touches Word files: safe opening, checklists, the control block."""
