-- A store of runs of version 1 as it was given away; never to be changed.
CREATE TABLE clock (revision INTEGER NOT NULL, purges INTEGER NOT NULL);
INSERT INTO clock VALUES (0, 0);
CREATE TABLE runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    parent TEXT,
    parent_step INTEGER,
    name TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    starred INTEGER NOT NULL DEFAULT 0,
    began REAL NOT NULL,
    recipe TEXT NOT NULL,
    environment TEXT NOT NULL,
    status TEXT NOT NULL,
    owner TEXT,
    deleted REAL,
    steps INTEGER NOT NULL DEFAULT 0,
    epochs INTEGER NOT NULL DEFAULT 0,
    loss REAL,
    accuracy REAL,
    best_accuracy REAL,
    seconds REAL NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL
);
CREATE INDEX runs_by_revision ON runs (revision);
CREATE TABLE steps (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    loss BLOB NOT NULL,
    accuracy BLOB NOT NULL,
    UNIQUE (run, first)
);
CREATE TABLE evaluations (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    average_loss REAL,
    accuracy REAL,
    PRIMARY KEY (run, epoch)
) WITHOUT ROWID;
CREATE TABLE epoch_starts (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    PRIMARY KEY (run, epoch)
) WITHOUT ROWID;
CREATE TABLE changes (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    position INTEGER NOT NULL,
    step INTEGER NOT NULL,
    name TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE TABLE incidents (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    position INTEGER NOT NULL,
    step INTEGER NOT NULL,
    loss REAL,
    returned_to INTEGER NOT NULL,
    PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE TABLE snapshots (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    step INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (run, step)
) WITHOUT ROWID;
PRAGMA application_id = 1463964238;
PRAGMA user_version = 1;
UPDATE clock SET revision = 9;
INSERT INTO runs VALUES (
    7, '00112233445566aa', 'ffeeddccbbaa9988', 2, 'The old one', '', 1, 1790000000.5,
    '{"format": 1, "dataset": "fashion-mnist", "model": "mlp", "loss": "cross-entropy", "optimizer": "sgd", "schedule": "constant", "values": {"epochs": 10, "batch_size": 64, "learning_rate": 0.01, "momentum": 0.0, "nesterov": false, "weight_decay": 0.0, "seed": 0, "shuffle": false, "guard": true, "fused": false, "threads": 0, "autocast": false, "compile": false}, "device": "cpu"}',
    '{"torch": "2.15"}', 'finished', NULL, NULL, 3, 1, 1.75, 0.25, 0.25, 12.5, 1, 9
);
INSERT INTO steps VALUES (7, 0, 3, x'00002040000000400000c03f', x'000000000000003f0000803f');
INSERT INTO evaluations VALUES (7, 1, 3, 1.75, 0.25);
INSERT INTO epoch_starts VALUES (7, 1, 0);
INSERT INTO changes VALUES (7, 0, 1, 'learning_rate', '0.01', '0.1');
INSERT INTO incidents VALUES (7, 0, 2, 9e999, 1);
