"""One function for each thing a person can do: read the input, call one use case, return one Screen."""
