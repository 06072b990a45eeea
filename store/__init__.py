"""The only room with SQL: everything PeelWatch remembers."""
