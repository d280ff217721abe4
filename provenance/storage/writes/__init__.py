"""Every INSERT and UPDATE: ``writer`` keeps the rules that hold for all, one file per noun keeps its own."""
