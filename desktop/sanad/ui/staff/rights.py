"""What a role may do, told in words; and what is not allowed, shown as such with the reason."""

from PySide6.QtWidgets import QWidget

from sanad.domain.errors import Problem
from sanad.domain.staff import PERMISSIONS, Permission, Role
from sanad.ui.desk import Desk
from sanad.words.catalogue import Words


def rights_of(role: Role, words: Words) -> str:
    """All that a role may do, in one sentence."""
    if PERMISSIONS[role] == frozenset(Permission):
        return words.text("people.rights.all")
    allowed = [words.choice("permission", each) for each in Permission if each in PERMISSIONS[role]]
    return words.text("people.rights", rights=words.text("list.comma").join(allowed))


def reason(desk: Desk, permission: Permission) -> str:
    """Why whoever sits here may not do that, and who may; nothing where it is allowed."""
    if desk.person is None or desk.may(permission):
        return ""
    words = desk.words
    others = [words.choice("role", role) for role in Role if permission in PERMISSIONS[role]]
    denied = words.problem(Problem("staff.not_allowed", "", {"role": desk.person.role, "permission": permission}))
    return words.text("people.denied", reason=denied, others=words.text("list.comma").join(others))


def guard(widget: QWidget, desk: Desk, permission: Permission) -> bool:
    """Turn a button off whose act would be refused, and say why in its hint; whether it is allowed."""
    said = reason(desk, permission)
    if said:
        widget.setEnabled(False)
        widget.setToolTip(said)
    return not said
