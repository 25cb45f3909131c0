"""The people of the office: who sits at the desk, the door they come in by, their accounts and rights."""
