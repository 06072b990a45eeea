"""Values: settings from the environment; the tables of forces, frameworks, themes, sources and known grades."""
