"""People: accounts, what they know of one another, and what each lets others see."""
