"""The canvas, its layers and when it is drawn: the part of the plots that pyqtgraph's own items are too slow for.

Measured with pyqtgraph 0.14 on two cores, both plots at 950 x 520, processor time:

- `Canvas`, `LineLayer`: a cached picture to which a frame adds a few pixel columns costs 0.1 ms; `PlotDataItem` with
  peak downsampling needs 150 ms for a redraw at 10^6 steps (see the pyramid in `engine.history`).
- `NumberAxis`: a change of range takes 1.6 ms with two of these axes, 3.5 ms with two of `AxisItem`'s.
- `PointLayer`: 1,066 points as a `ScatterPlotItem` raise a frame from 1.6 to 2.6 ms and a pan from 5.7 to 10 ms.
- `CurrentStepLine`, `Crosshair`: an `InfiniteLine` with a label in each plot raises a frame from 1.8 to 3.3 ms.
- Dashes are Qt's own: 0.09 ms for 300 points where cutting the line into dashes here took 0.33 ms.
- A thick line as three thin polylines, or as one there and back: 0.26 ms through 450 points either way.
- pyqtgraph's `LegendItem` reads HTML, so that a run named `<b>` would lose its name.

Around the plots, plain Qt widgets do: labels, tool buttons, a slider. Four paint themselves. `Readout`: a QLabel would
ask for its whole width with every move of the pointer. `LegendButton`: a QCheckBox has no picture of its line and no
struck out text. `LineSwatch`: a style sheet has no dashes in the colour of a run. `EmptyState`: its drawing has two
colours of the plots, and an icon has one.
"""
