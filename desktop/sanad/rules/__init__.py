"""The guides' rules, pure: facts and figures in, an assessment out; no clock, file or database."""
