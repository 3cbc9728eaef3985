"""What the bot says on its own, rendered at the moment of sending from the state of that moment (SPEC 6)."""
