"""What the record says: a frozen picture of one claim, rules that look at it, and the standing that results."""
