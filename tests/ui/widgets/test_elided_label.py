from workbench.ui.widgets.elided_label import ElidedLabel


def test_that_a_label_is_elided_but_keeps_its_text(qtbot):
    label = ElidedLabel("A name as long as translations sometimes are")
    qtbot.addWidget(label)
    label.show()
    wanted = label.sizeHint().width()
    label.resize(wanted, label.height())
    whole = label.grab().toImage()
    assert label.minimumSizeHint().width() < wanted / 4
    label.resize(wanted // 2, label.height())
    assert label.text() == "A name as long as translations sometimes are"
    # What is drawn is not the left half of the whole text: it ends in an ellipsis.
    assert label.grab().toImage() != whole.copy(0, 0, wanted // 2, label.height())


def test_that_a_short_label_asks_for_no_more_than_its_text(qtbot):
    label = ElidedLabel("a")
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() <= label.sizeHint().width()


def test_that_text_that_looks_like_html_is_shown_as_it_is(qtbot):
    plain, tagged = ElidedLabel("new"), ElidedLabel("<b>new</b>")
    qtbot.addWidget(plain)
    qtbot.addWidget(tagged)
    assert tagged.sizeHint().width() > plain.sizeHint().width() + 10
