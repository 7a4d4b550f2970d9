"""Files that the program wrote before its modules were moved into folders by subject. Never change them.

`runs.sql` is a dump of `runs.sqlite` with six runs on the data of `tests.conftest.write_fashion_mnist` (number 5 on
`garments`): 1 finished, 2 stopped (named, noted, starred), 3 diverged (stored as failed), 4 a branch of 1, 6 stopped.
`snapshot.pt.xz`, `state.ckpt.xz` and `weights.pt.xz` hold the state of run 6 at step 13; all but twelve units of each
hidden layer were set to zero before it began, so that the files compress to 40 kB. `window.ini` holds the window's
settings.

`journal.sql`, `journal.ckpt.xz` and `journal.run` were written before the entries of a journal said who asked for them:
a run on `moons` that the guard had sent back to step 27, and that went on as a branch from there.
"""
