"""Statements as half two compares them: words without their forms, numbers with what they count, days,
names."""
