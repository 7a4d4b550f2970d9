"""The legend of the map: as high as its rows, but no higher than a panel."""

from workbench.ui.plotting.charts.class_legend import ClassLegend


def test_that_a_legend_of_a_hundred_classes_scrolls_instead_of_making_the_map_higher(qtbot):
    legend = ClassLegend()
    qtbot.addWidget(legend)
    heights = {}
    for count in (2, 10, 12, 100):
        legend.show_classes([str(label) for label in range(count)])
        heights[count] = legend.sizeHint().height()
        assert legend.count() == count
    assert heights[2] < heights[10] < heights[12] == heights[100]
    names = legend.sizeHint().width() - legend.verticalScrollBar().sizeHint().width()
    legend.show_classes(["99"] * 12)
    assert legend.sizeHint().width() == names  # the bar takes nothing from the names
