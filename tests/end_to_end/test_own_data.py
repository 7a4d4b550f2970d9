"""A person opens a table of their own in the window, and trains on it."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


def test_that_a_table_is_opened_trained_on_and_undone(person, tmp_path):
    random = np.random.default_rng(0)
    area = random.uniform(0, 1, 80)
    lines = [f"{each:.4f},{2 * each + random.normal(0, 0.01):.4f}" for each in area]
    path = tmp_path / "flats.csv"
    path.write_text("\n".join(["area,price", *lines]) + "\n")
    person.press("open_data")
    person.find("data_path").setText(str(path))
    person.qtbot.keyClick(person.find("data_path"), Qt.Key.Key_Return)
    ok = person.find("data_dialog_ok", QPushButton)
    person.wait_for(ok.isEnabled)
    ok.click()
    assert person.control("dataset").currentText() == "flats.csv"
    assert person.control("loss").value() == "mse"
    person.wait_for(lambda: "your own 64 training and 16 test samples" in person.find("dataset_facts").text())
    person.wait_for(lambda: person.find("model_facts").text().startswith("1 → 512 → 512 → 1 · 264,"))
    person.train(epochs=2, batch_size=16)
    assert person.find("accuracy_plot").accessibleName() == "Mean absolute error"
    assert "R²" in person.find("metric_r2").text()
    assert "MAE" in person.find("status_result").text()
    assert " Avg loss: " in person.log
    assert "Accuracy" not in person.log
    for _ in range(3):
        person.press("undo")
    assert (person.control("dataset").value(), person.control("loss").value()) == ("fashion-mnist", "cross-entropy")
