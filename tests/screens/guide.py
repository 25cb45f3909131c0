"""The guide in the settings in pictures: what is in force, a line set from a day on, the families that it changes."""

from sanad.ui.fields.box import LineBox
from sanad.ui.rail import Place
from sanad.ui.screens import Camera
from sanad.ui.settings.page import SettingsPage, Tab


def guide(camera: Camera) -> None:
    """From the guide in force to the preview of a higher line; nothing is adopted."""
    camera.wait()
    camera.ways.go(Place.SETTINGS)
    page = camera.window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    page.show_tab(Tab.GUIDE)
    camera.take("in-force")
    form = page.guide.form
    assert form is not None
    for where, text in (("amounts.line_with_provider.value", "90"), ("decision", "محضر الجلسة 14")):
        box = form.box_at(where)
        assert isinstance(box, LineBox)
        box.setText(text)
    form.record.click()
    camera.wait()
    assert page.guide.preview is not None
    page.guide.preview.adopt.setFocus()
    camera.take("preview")
