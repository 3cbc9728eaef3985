"""The business side of Gonghai: rules and records, no chat, no await."""
