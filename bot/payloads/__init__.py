"""What buttons can mean, a noun a file; the codec is in `bot.callbacks`."""
