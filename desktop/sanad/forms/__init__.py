"""Forms as data: one definition in ``forms/<form>.toml`` drives the screen, the blank paper and the filled paper.

A form describes the domain, it does not define it: every field is bound to a fact that exists, and that is checked when
the form is read.
"""
