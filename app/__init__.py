"""The composition root: the only room that reads the environment and the clock, and that knows all the others."""
