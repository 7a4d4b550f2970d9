-- A store of runs written by the program before its files were moved into rooms; never to be changed.
BEGIN TRANSACTION;
CREATE TABLE changes (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        position INTEGER NOT NULL,
        step INTEGER NOT NULL,
        name TEXT NOT NULL,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
INSERT INTO "changes" VALUES(1,0,7,'learning_rate','0.001','0.02');
INSERT INTO "changes" VALUES(4,0,7,'learning_rate','0.001','0.02');
INSERT INTO "changes" VALUES(4,1,9,'learning_rate','0.02','0.05');
CREATE TABLE clock (revision INTEGER NOT NULL, purges INTEGER NOT NULL);
INSERT INTO "clock" VALUES(38,0);
CREATE TABLE epoch_starts (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        step INTEGER NOT NULL,
        PRIMARY KEY (run, epoch)
    ) WITHOUT ROWID;
INSERT INTO "epoch_starts" VALUES(1,1,0);
INSERT INTO "epoch_starts" VALUES(1,2,10);
INSERT INTO "epoch_starts" VALUES(2,1,0);
INSERT INTO "epoch_starts" VALUES(2,2,10);
INSERT INTO "epoch_starts" VALUES(3,1,0);
INSERT INTO "epoch_starts" VALUES(4,1,0);
INSERT INTO "epoch_starts" VALUES(4,2,10);
INSERT INTO "epoch_starts" VALUES(5,1,0);
INSERT INTO "epoch_starts" VALUES(6,1,0);
INSERT INTO "epoch_starts" VALUES(6,2,10);
CREATE TABLE evaluations (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        step INTEGER NOT NULL,
        average_loss REAL,
        accuracy REAL,
        PRIMARY KEY (run, epoch)
    ) WITHOUT ROWID;
INSERT INTO "evaluations" VALUES(1,1,10,2.29682755470275878906e+00,0.1);
INSERT INTO "evaluations" VALUES(1,2,20,2.27626029650370265144e+00,0.2875);
INSERT INTO "evaluations" VALUES(2,1,10,1.09631609916687011718e+00,1.0);
INSERT INTO "evaluations" VALUES(4,1,10,2.29362527529398585457e+00,0.1125);
INSERT INTO "evaluations" VALUES(4,2,20,2.24186102549235,0.475);
INSERT INTO "evaluations" VALUES(6,1,10,2.30663768450419093269e+00,0.05625);
CREATE TABLE incidents (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        position INTEGER NOT NULL,
        step INTEGER NOT NULL,
        loss REAL,
        returned_to INTEGER NOT NULL,
        PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
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
INSERT INTO "runs" VALUES(1,'daca3127c5e94849',NULL,NULL,'','',0,1.79563838480650234214e+09,'{"format": 1, "dataset": "fashion-mnist", "model": "mlp", "loss": "cross-entropy", "optimizer": "sgd", "schedule": "constant", "values": {"epochs": 2, "batch_size": 64, "learning_rate": 0.001, "momentum": 0.0, "nesterov": false, "weight_decay": 0.0, "seed": 3, "shuffle": false, "guard": true, "fused": false, "threads": 0, "autocast": false, "compile": false}, "device": "cpu"}','{"program": "0.1.0", "torch": "2.14.1+cu130", "python": "3.11.7", "platform": "Linux-6.18.44-fc-v782-x86_64-with-glibc2.36", "device": "cpu", "device_name": "x86_64", "cpu_capability": "AVX2", "threads": "2"}','finished',NULL,NULL,20,2,2.27626029650370265144e+00,0.2875,0.2875,2.83910950000063166953e-01,1,19);
INSERT INTO "runs" VALUES(2,'7a5b75df9245f3b5',NULL,NULL,'Adam, 이름','stopped early
second line',1,1.79563838524279832838e+09,'{"format": 1, "dataset": "fashion-mnist", "model": "mlp", "loss": "cross-entropy", "optimizer": "adam", "schedule": "cosine", "values": {"epochs": 2, "batch_size": 64, "learning_rate": 0.001, "weight_decay": 0.0, "beta1": 0.9, "beta2": 0.999, "eps": 1e-08, "schedule_floor": 0.01, "seed": 0, "shuffle": false, "guard": true, "fused": false, "threads": 0, "autocast": false, "compile": false}, "device": "cpu"}','{"program": "0.1.0", "torch": "2.14.1+cu130", "python": "3.11.7", "platform": "Linux-6.18.44-fc-v782-x86_64-with-glibc2.36", "device": "cpu", "device_name": "x86_64", "cpu_capability": "AVX2", "threads": "2"}','stopped',NULL,NULL,13,1,1.09631609916687011718e+00,1.0,1.0,1.63421877999098796863e-01,0,38);
INSERT INTO "runs" VALUES(3,'f6d5aab76915162f',NULL,NULL,'','',0,1.79563838563398122782e+09,'{"format": 1, "dataset": "fashion-mnist", "model": "mlp", "loss": "cross-entropy", "optimizer": "sgd", "schedule": "constant", "values": {"epochs": 2, "batch_size": 64, "learning_rate": 10.0, "momentum": 0.99, "nesterov": false, "weight_decay": 1.0, "seed": 0, "shuffle": false, "guard": false, "fused": false, "threads": 0, "autocast": false, "compile": false}, "device": "cpu"}','{"program": "0.1.0", "torch": "2.14.1+cu130", "python": "3.11.7", "platform": "Linux-6.18.44-fc-v782-x86_64-with-glibc2.36", "device": "cpu", "device_name": "x86_64", "cpu_capability": "AVX2", "threads": "2"}','failed',NULL,NULL,5,0,6.86301284837121395405e+27,NULL,NULL,5.12414650002028793096e-02,0,17);
INSERT INTO "runs" VALUES(4,'7336286fa610c767','daca3127c5e94849',9,'','',0,1.79563838603517246248e+09,'{"format": 1, "dataset": "fashion-mnist", "model": "mlp", "loss": "cross-entropy", "optimizer": "sgd", "schedule": "constant", "values": {"epochs": 2, "batch_size": 64, "learning_rate": 0.001, "momentum": 0.0, "nesterov": false, "weight_decay": 0.0, "seed": 3, "shuffle": false, "guard": true, "fused": false, "threads": 0, "autocast": false, "compile": false}, "device": "cpu"}','{"program": "0.1.0", "torch": "2.14.1+cu130", "python": "3.11.7", "platform": "Linux-6.18.44-fc-v782-x86_64-with-glibc2.36", "device": "cpu", "device_name": "x86_64", "cpu_capability": "AVX2", "threads": "2"}','finished',NULL,NULL,20,2,2.24186102549235,0.475,0.475,3.67789273000198591034e-01,2,25);
INSERT INTO "runs" VALUES(5,'34a34f52dc71eea6',NULL,NULL,'','',0,1.79563838868407225609e+09,'{"format": 1, "dataset": "garments", "model": "mlp", "loss": "cross-entropy", "optimizer": "sgd", "schedule": "constant", "values": {"epochs": 1, "batch_size": 64, "learning_rate": 0.001, "momentum": 0.0, "nesterov": false, "weight_decay": 0.0, "seed": 0, "shuffle": false, "guard": true, "fused": false, "threads": 0, "autocast": false, "compile": false}, "device": "cpu"}','{"program": "0.1.0", "torch": "2.14.1+cu130", "python": "3.11.7", "platform": "Linux-6.18.44-fc-v782-x86_64-with-glibc2.36", "device": "cpu", "device_name": "x86_64", "cpu_capability": "AVX2", "threads": "2"}','stopped',NULL,NULL,2,0,2.3038654327392578125e+00,NULL,NULL,1.62365659998613409698e-02,0,29);
INSERT INTO "runs" VALUES(6,'800e3d3a9402341d',NULL,NULL,'','',0,1.79563838873375487326e+09,'{"format": 1, "dataset": "fashion-mnist", "model": "mlp", "loss": "cross-entropy", "optimizer": "sgd", "schedule": "constant", "values": {"epochs": 2, "batch_size": 64, "learning_rate": 0.1, "momentum": 0.0, "nesterov": false, "weight_decay": 0.0, "seed": 0, "shuffle": false, "guard": true, "fused": false, "threads": 0, "autocast": false, "compile": false}, "device": "cpu"}','{"program": "0.1.0", "torch": "2.14.1+cu130", "python": "3.11.7", "platform": "Linux-6.18.44-fc-v782-x86_64-with-glibc2.36", "device": "cpu", "device_name": "x86_64", "cpu_capability": "AVX2", "threads": "2"}','stopped',NULL,NULL,13,1,2.30663768450419093269e+00,0.05625,0.05625,8.19705859994428465142e-02,0,35);
CREATE TABLE snapshots (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        step INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        PRIMARY KEY (run, step)
    ) WITHOUT ROWID;
INSERT INTO "snapshots" VALUES(6,13,2687586);
CREATE TABLE steps (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        first INTEGER NOT NULL,
        count INTEGER NOT NULL,
        loss BLOB NOT NULL,
        accuracy BLOB NOT NULL,
        UNIQUE (run, first)
    );
INSERT INTO "steps" VALUES(1,0,20,X'95BA12408D51134085191440E6A61340D3581340CD82134038061440923B1340629F13408E8113405251124057B11240436E1340ACEB124039571240FC661240CEB41240F1D71140C61F12404A191240',X'0000303E0000F03D0000E03D0000D03D0000C03D5555C53DB76DBB3D0000C43DC771BC3D9A99B93D0000303E0000F03DABAAEA3D0000D83D6666E63D0000F03D4992E43D0000EC3D5555F53DCDCCFC3D');
INSERT INTO "steps" VALUES(2,0,13,X'BE351340391F0E4030720B40D062024030EFEF3FA869E53FC987D13F59CABA3F3C15AD3FCEEE9D3FEDDB7F3F693B683F7E2D573F',X'0000503E0000683EABAA823E0000C03E3333E33EABAAFE3EB76D0F3F00801D3FC771283F3333313F0000803F0000803F0000803F');
INSERT INTO "steps" VALUES(3,0,5,X'BE351340BBF78942C619C84B94890C5A9C67B16D',X'0000503E0000303E0000003E0000F83D6666E63D');
INSERT INTO "steps" VALUES(4,0,20,X'95BA12408D51134085191440E6A61340D3581340CD82134038061440923B1340629F13408E8113403E2A124098401240F40C1340723A1240B24E1140AB321140C6361140AD421040F94010409EFF0F40',X'0000303E0000F03D0000E03D0000D03D0000C03D5555C53DB76DBB3D0000C43DC771BC3D9A99B93D0000303E0000F03DABAA0A3E0000103ECDCC2C3E0000383E4992343E0000543EC7716C3E0000843E');
INSERT INTO "steps" VALUES(5,0,2,X'5593134088721340',X'0000003E0000D03D');
INSERT INTO "steps" VALUES(6,0,13,X'1C5113401EAB1340F9B81340DB351340D90E1340F6BF1340568F1340D25E13406B791340B58E134060351340EF8A134039881340',X'0000303E0000103E0000003E0000F03D9A99F93D0000E03D9224E93D0000EC3D721CE73DCDCCDC3D0000303E0000103E0000003E');
CREATE INDEX runs_by_revision ON runs (revision);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('runs',6);
COMMIT;
PRAGMA application_id = 1463964238;
PRAGMA user_version = 1;
