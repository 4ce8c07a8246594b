"""The rules of the field as plain data and pure functions; imports nothing but the standard library."""
