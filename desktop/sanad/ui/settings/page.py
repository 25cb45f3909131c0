"""The office's own facts, changed where they were first typed; and the look of this window."""
