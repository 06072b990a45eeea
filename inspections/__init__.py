"""The subject: what inspections are, how a release about one is read, compared and matched. Pure: no I/O, no clock."""
