import pytest
from PySide6.QtWidgets import QTableWidget

from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.errors import UserError
from workbench.engine.models.layer_facts import LayerFacts
from workbench.engine.protocol.commands import DescribeNetwork
from workbench.engine.protocol.events import NetworkDescribed
from workbench.ui.panels.network import NetworkPanel

ASKED = DescribeNetwork("cnn", {}, FASHION_MNIST_SPEC)
LAYERS = (LayerFacts("conv1", "Conv2d", (16, 28, 28), 416), LayerFacts("act", "ReLU", (16, 28, 28), 0))


@pytest.fixture
def panel(qtbot):
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_that_each_layer_has_a_line_with_its_output_and_its_parameters(panel):
    panel.show_network(NetworkDescribed(ASKED, 1416, LAYERS))
    table = panel.findChild(QTableWidget, "network_table")
    lines = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
    assert lines == [["Conv2d  conv1", "16 × 28 × 28", "416"], ["ReLU  act", "16 × 28 × 28", ""]]
    assert panel.text == "Input 1 × 28 × 28 · 2 layers · 1,416 parameters"
    assert table.isVisible()


def test_that_it_says_why_network_and_data_do_not_fit(panel):
    panel.show_network(NetworkDescribed(ASKED, None, (), UserError("This network is for images.")))
    assert panel.text == "This network is for images."
    assert not panel.findChild(QTableWidget, "network_table").isVisible()
    panel.show_nothing()
    assert "appear here" in panel.text
