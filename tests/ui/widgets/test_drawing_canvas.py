"""The canvas, driven by events of mouse, pen, keys, clipboard and drag."""

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from workbench.engine.data.single_picture import RawPicture
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.brush import Stroke
from workbench.ui.widgets.drawing_canvas import LEAST_PRESSURE, DrawingCanvas


@pytest.fixture
def canvas(qtbot):
    canvas = DrawingCanvas()
    qtbot.addWidget(canvas)
    canvas.set_palette(load_palette("light"))
    canvas.resize(284, 284)  # 280 for the image: 10 for each of its pixels
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.offered = []
    canvas.picture_offered.connect(canvas.offered.append)
    return canvas


def at(canvas, x, y):
    """The place of the middle of a pixel."""
    rect = canvas.image_rect
    return QPoint(rect.left() + 10 * x + 5, rect.top() + 10 * y + 5)


def draw(canvas, qtbot, *places):
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, *places[0]))
    for place in places[1:]:
        qtbot.mouseMove(canvas, at(canvas, *place))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, *places[-1]))


def stroke_by_hand(places, radius, colour=(255,), before=None):
    stroke = Stroke(np.zeros((1, 28, 28), np.uint8) if before is None else before, colour)
    for start, end in zip(places, places[1:] or places, strict=False):
        stroke.add(start, end, radius)
    return stroke.image


def test_that_the_mouse_draws_where_it_is_pressed_and_moved(canvas, qtbot):
    draw(canvas, qtbot, (5, 6), (20, 6), (20, 22))
    assert np.array_equal(canvas.image, stroke_by_hand([(5, 6), (20, 6), (20, 22)], canvas.radius))
    assert canvas.image[0, 6, 12] == 255


def test_that_moving_without_a_button_draws_nothing(canvas, qtbot):
    qtbot.mouseMove(canvas, at(canvas, 5, 5))
    qtbot.mouseMove(canvas, at(canvas, 9, 9))
    qtbot.mousePress(canvas, Qt.MouseButton.RightButton, pos=at(canvas, 9, 9))
    qtbot.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=at(canvas, 9, 9))
    assert canvas.is_blank


def test_that_images_that_were_given_out_do_not_change(canvas, qtbot):
    before = canvas.image
    draw(canvas, qtbot, (5, 6), (20, 6))
    middle = canvas.image
    copy = middle.copy()
    draw(canvas, qtbot, (5, 16), (20, 16))
    assert not before.any()
    assert np.array_equal(middle, copy)


def test_that_strokes_are_undone_and_made_again_one_by_one(canvas, qtbot):
    draw(canvas, qtbot, (5, 6), (20, 6))
    one = canvas.image
    draw(canvas, qtbot, (5, 16), (20, 16))
    two = canvas.image
    canvas.undo()
    assert np.array_equal(canvas.image, one)
    canvas.redo()
    assert np.array_equal(canvas.image, two)
    canvas.undo()
    canvas.undo()
    assert canvas.is_blank
    assert not canvas.can_undo
    canvas.undo()
    assert canvas.is_blank


def test_that_clearing_is_undone_too(canvas, qtbot):
    draw(canvas, qtbot, (5, 6), (20, 6))
    drawn = canvas.image
    canvas.clear()
    assert canvas.is_blank
    canvas.undo()
    assert np.array_equal(canvas.image, drawn)


def test_that_the_eraser_leaves_the_ground(canvas, qtbot):
    canvas.begin((1, 28, 28), 255)
    draw(canvas, qtbot, (5, 6), (20, 6))
    assert canvas.image[0, 6, 12] == 0
    canvas.is_erasing = True
    canvas.radius = 4
    draw(canvas, qtbot, (5, 6), (20, 6))
    assert canvas.is_blank


def test_that_colours_are_drawn_in_colour_images_of_any_proportions(canvas, qtbot):
    canvas.begin((3, 14, 28), 0)
    canvas.set_colour((10, 20, 30))
    draw(canvas, qtbot, (5, 6), (20, 6))
    assert canvas.image[:, 6, 12].tolist() == [10, 20, 30]
    assert canvas.image_rect.width() == 2 * canvas.image_rect.height()


def test_that_keys_draw_undo_and_clear(canvas, qtbot):
    canvas.setFocus()
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.is_blank
    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Down, shift)
    assert canvas.image[0, 17, 10] == 255
    assert canvas.image[0, 10, 10] == 0
    qtbot.keyClick(canvas, Qt.Key.Key_Z, control)
    last = canvas.image
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.is_blank
    qtbot.keyClick(canvas, Qt.Key.Key_Z, control)
    assert np.array_equal(canvas.image, last)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert not canvas.is_blank


def test_that_its_keys_are_kept_from_the_windows_actions_and_others_are_not(canvas):
    from PySide6.QtGui import QKeyEvent

    def is_kept(key, modifiers=Qt.KeyboardModifier.NoModifier):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        QApplication.sendEvent(canvas, event)
        return event.isAccepted()

    control = Qt.KeyboardModifier.ControlModifier
    assert is_kept(Qt.Key.Key_Z, control)
    assert is_kept(Qt.Key.Key_V, control)
    assert is_kept(Qt.Key.Key_Space)
    assert not is_kept(Qt.Key.Key_R, control)
    assert not is_kept(Qt.Key.Key_Period)


def tablet(canvas, kind, place, pressure, pointer=QPointingDevice.PointerType.Pen):
    device = QPointingDevice("pen", 1, QInputDevice.DeviceType.Stylus, pointer, QInputDevice.Capability.Pressure, 1, 1)
    here = QPointF(at(canvas, *place))
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletMove else Qt.MouseButton.LeftButton
    no, held = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    event = QTabletEvent(kind, device, here, here, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, no, button, held)
    QApplication.sendEvent(canvas, event)


def test_that_a_pen_draws_wider_the_harder_it_is_pressed_and_its_end_erases(canvas):
    canvas.radius = 3.0
    tablet(canvas, QEvent.Type.TabletPress, (5, 14), 0.0)
    tablet(canvas, QEvent.Type.TabletMove, (20, 14), 1.0)
    tablet(canvas, QEvent.Type.TabletRelease, (20, 14), 0.0)
    expected = Stroke(np.zeros((1, 28, 28), np.uint8), (255,))
    expected.add((5, 14), (5, 14), 3.0 * LEAST_PRESSURE)
    expected.add((5, 14), (20, 14), 3.0)
    assert np.array_equal(canvas.image, expected.image)
    canvas.radius = 9.0
    end = QPointingDevice.PointerType.Eraser
    tablet(canvas, QEvent.Type.TabletPress, (5, 14), 1.0, end)
    tablet(canvas, QEvent.Type.TabletMove, (20, 14), 1.0, end)
    tablet(canvas, QEvent.Type.TabletRelease, (20, 14), 0.0, end)
    assert canvas.is_blank


def test_that_a_picture_is_pasted_and_what_is_copied_can_be(canvas, qtbot):
    draw(canvas, qtbot, (5, 6), (20, 6))
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (found,) = canvas.offered
    assert isinstance(found, RawPicture)
    pixels = np.frombuffer(found.content, np.uint8).reshape(28, 28, 4)
    assert np.array_equal(pixels[..., 0], canvas.image[0])


def test_that_text_on_the_clipboard_is_no_picture(canvas, qtbot):
    QGuiApplication.clipboard().setText("no picture")
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert canvas.offered == []


def drop(canvas, data):
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(20, 20), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    canvas.dropEvent(event)
    return event


def test_that_a_file_or_the_content_of_one_is_dropped(canvas, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    drop(canvas, data)
    encoded = io.BytesIO()
    Image.new("L", (4, 4)).save(encoded, "PNG")
    content = QMimeData()
    content.setData("image/png", encoded.getvalue())
    drop(canvas, content)
    assert canvas.offered == [tmp_path / "a.png", encoded.getvalue()]


def test_that_what_is_no_single_picture_is_not_dropped(canvas, tmp_path):
    both, text, web = QMimeData(), QMimeData(), QMimeData()
    both.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.png", "b.png")])
    text.setText("a")
    web.setUrls([QUrl("https://example.org/a.png")])
    for data in (both, text, web):
        drop(canvas, data)
    assert canvas.offered == []


def test_that_a_picture_that_is_too_large_is_offered_without_its_pixels(canvas, monkeypatch):
    monkeypatch.setattr("workbench.ui.widgets.drawing_canvas.MOST_PIXELS", 15)
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    drop(canvas, data)
    assert canvas.offered == [RawPicture(b"", 4, 4)]


def test_that_it_draws_itself_with_its_pixels(canvas, qtbot):
    draw(canvas, qtbot, (5, 6), (20, 6))
    shown = canvas.grab().toImage()
    assert shown.pixelColor(at(canvas, 12, 6)).red() == 255
    assert shown.pixelColor(at(canvas, 12, 20)).red() == 0
