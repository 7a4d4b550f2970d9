<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
    <context>
        <name>ActionSlots</name>
        <message>
            <source>the run</source>
            <translation>실행</translation>
        </message>
    </context>
    <context>
        <name>Actions</name>
        <message>
            <source>&amp;Edit</source>
            <translation>편집(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>파일(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>도움말(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Run</source>
            <translation>실행(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>보기(&amp;V)</translation>
        </message>
        <message>
            <source>About</source>
            <translation>정보</translation>
        </message>
        <message>
            <source>Add epochs to this run and continue training; also after the run has finished.</source>
            <translation>이 실행에 에폭을 추가하고 학습을 계속합니다. 실행이 끝난 뒤에도 가능합니다.</translation>
        </message>
        <message>
            <source>Add epochs…</source>
            <translation>에폭 추가…</translation>
        </message>
        <message>
            <source>Bring the panel after this one to the front, and put the keyboard into it.</source>
            <translation>다음 패널을 맨 앞으로 가져오고 키보드 포커스를 그 패널로 옮깁니다.</translation>
        </message>
        <message>
            <source>Bring the panel before this one to the front, and put the keyboard into it.</source>
            <translation>이전 패널을 맨 앞으로 가져오고 키보드 포커스를 그 패널로 옮깁니다.</translation>
        </message>
        <message>
            <source>Check the first loss, and whether the network can learn 20 samples, before a long run.</source>
            <translation>긴 실행에 앞서 첫 손실과, 신경망이 샘플 20개를 학습할 수 있는지 점검합니다.</translation>
        </message>
        <message>
            <source>Check the network…</source>
            <translation>신경망 점검…</translation>
        </message>
        <message>
            <source>Click on any control, curve, number or mark to have it explained with its present value; Esc leaves.</source>
            <translation>컨트롤, 곡선, 숫자, 표시 중 아무것이나 클릭하면 현재 값과 함께 설명합니다. Esc를 누르면 나갑니다.</translation>
        </message>
        <message>
            <source>Close the window.</source>
            <translation>창을 닫습니다.</translation>
        </message>
        <message>
            <source>Command palette…</source>
            <translation>명령 팔레트…</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>비교</translation>
        </message>
        <message>
            <source>Compare runs: their curves over one another, their settings and results in a table.</source>
            <translation>실행을 비교합니다. 곡선은 겹쳐서, 설정과 결과는 표로 보여 줍니다.</translation>
        </message>
        <message>
            <source>Continue training from here.</source>
            <translation>여기서부터 학습을 이어 갑니다.</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>어둡게</translation>
        </message>
        <message>
            <source>Dark text on light panels.</source>
            <translation>밝은 패널에 어두운 글자를 표시합니다.</translation>
        </message>
        <message>
            <source>Discard run…</source>
            <translation>실행 버리기…</translation>
        </message>
        <message>
            <source>Draw the whole window in its usual size.</source>
            <translation>창 전체를 보통 크기로 표시합니다.</translation>
        </message>
        <message>
            <source>Draw the whole window larger, for a projector or tired eyes.</source>
            <translation>빔프로젝터나 피로한 눈을 위해 창 전체를 더 크게 표시합니다.</translation>
        </message>
        <message>
            <source>Draw the whole window smaller.</source>
            <translation>창 전체를 더 작게 표시합니다.</translation>
        </message>
        <message>
            <source>End the run after the current batch; the run is kept, and you can continue it.</source>
            <translation>현재 배치 후에 실행을 끝냅니다. 실행은 저장되며 이어서 학습할 수 있습니다.</translation>
        </message>
        <message>
            <source>English</source>
            <translation>English</translation>
        </message>
        <message>
            <source>Explain the control or plot that the keyboard acts on, with its present value.</source>
            <translation>키보드 포커스가 있는 컨트롤이나 그래프를 현재 값과 함께 설명합니다.</translation>
        </message>
        <message>
            <source>Explain this</source>
            <translation>항목 설명</translation>
        </message>
        <message>
            <source>Explain what has the focus</source>
            <translation>포커스된 항목 설명</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>내보내기…</translation>
        </message>
        <message>
            <source>Find any action, setting, panel, run or recent file by typing a few letters of it; lr 0.01 sets a value.</source>
            <translation>명령, 설정, 패널, 실행, 최근 파일을 글자 몇 개만 입력해 찾습니다. lr 0.01처럼 입력하면 값을 설정합니다.</translation>
        </message>
        <message>
            <source>Find learning rate…</source>
            <translation>학습률 탐색…</translation>
        </message>
        <message>
            <source>Fold the settings</source>
            <translation>설정 접기</translation>
        </message>
        <message>
            <source>Fold the settings to a narrow rail, or show them again: the curves get the room.</source>
            <translation>설정을 좁은 막대로 접거나 다시 표시합니다. 접으면 곡선이 그 공간을 씁니다.</translation>
        </message>
        <message>
            <source>Follow the system</source>
            <translation>시스템 설정 따르기</translation>
        </message>
        <message>
            <source>Glossary</source>
            <translation>용어집</translation>
        </message>
        <message>
            <source>Go to another recorded step of this run, earlier or later.</source>
            <translation>이 실행에 기록된 앞이나 뒤의 다른 스텝으로 이동합니다.</translation>
        </message>
        <message>
            <source>Go to step…</source>
            <translation>스텝으로 이동…</translation>
        </message>
        <message>
            <source>Go to the last recorded step of this run.</source>
            <translation>이 실행에 기록된 마지막 스텝으로 이동합니다.</translation>
        </message>
        <message>
            <source>Go to the newest step</source>
            <translation>최신 스텝으로 이동</translation>
        </message>
        <message>
            <source>Guide…</source>
            <translation>안내서…</translation>
        </message>
        <message>
            <source>Hints</source>
            <translation>힌트</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>키보드 단축키</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>언어</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>크게</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>Let the next run start from the weights in a file instead of those that its seed draws.</source>
            <translation>다음 실행을 시드로 뽑은 가중치 대신 파일의 가중치로 시작합니다.</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>밝게</translation>
        </message>
        <message>
            <source>Light text on dark panels.</source>
            <translation>어두운 패널에 밝은 글자를 표시합니다.</translation>
        </message>
        <message>
            <source>List the keyboard shortcuts.</source>
            <translation>키보드 단축키 목록을 표시합니다.</translation>
        </message>
        <message>
            <source>Log y</source>
            <translation>로그 y</translation>
        </message>
        <message>
            <source>Look up the terms of training in English and Korean, and see the control that each belongs to.</source>
            <translation>학습 용어를 영어와 한국어로 찾아보고, 각 용어에 해당하는 컨트롤을 확인합니다.</translation>
        </message>
        <message>
            <source>Memory for snapshots…</source>
            <translation>스냅샷 메모리…</translation>
        </message>
        <message>
            <source>Next area</source>
            <translation>다음 영역</translation>
        </message>
        <message>
            <source>Next panel</source>
            <translation>다음 패널</translation>
        </message>
        <message>
            <source>Notify when a run ends</source>
            <translation>실행이 끝나면 알림</translation>
        </message>
        <message>
            <source>Open checkpoint…</source>
            <translation>체크포인트 열기…</translation>
        </message>
        <message>
            <source>Open data set…</source>
            <translation>데이터셋 열기…</translation>
        </message>
        <message>
            <source>Open network…</source>
            <translation>신경망 열기…</translation>
        </message>
        <message>
            <source>Open run file…</source>
            <translation>실행 기록 파일 열기…</translation>
        </message>
        <message>
            <source>Open the run in a checkpoint file, at the step where it was saved.</source>
            <translation>체크포인트 파일의 실행을 저장된 스텝에서 엽니다.</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>일시 정지</translation>
        </message>
        <message>
            <source>Pause after the current batch and keep the model; press again to resume.</source>
            <translation>현재 배치 후에 일시 정지하고 모델을 유지합니다. 다시 누르면 재개합니다.</translation>
        </message>
        <message>
            <source>Play soft tones while a run trains: the higher the loss, the higher the tone; others tell when an epoch ends and when the loss diverges.</source>
            <translation>실행이 학습하는 동안 부드러운 음을 냅니다. 손실이 높을수록 음이 높으며, 에폭이 끝나거나 손실이 발산하면 다른 음으로 알립니다.</translation>
        </message>
        <message>
            <source>Presentation</source>
            <translation>발표 모드</translation>
        </message>
        <message>
            <source>Previous area</source>
            <translation>이전 영역</translation>
        </message>
        <message>
            <source>Previous panel</source>
            <translation>이전 패널</translation>
        </message>
        <message>
            <source>Progress in the task bar</source>
            <translation>작업 표시줄에 진행률 표시</translation>
        </message>
        <message>
            <source>Put every panel back to its first place.</source>
            <translation>모든 패널을 처음 위치로 되돌립니다.</translation>
        </message>
        <message>
            <source>Put the keyboard into the next part of the window: the settings, the curves, each group of panels.</source>
            <translation>키보드 포커스를 창의 다음 영역으로 옮깁니다: 설정, 곡선, 각 패널 그룹.</translation>
        </message>
        <message>
            <source>Put the keyboard into the part of the window before this one.</source>
            <translation>키보드 포커스를 창의 이전 영역으로 옮깁니다.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>종료</translation>
        </message>
        <message>
            <source>Read PyTorch's tutorial in short, section by section: what a section describes lights up.</source>
            <translation>PyTorch 튜토리얼의 요약을 절마다 읽습니다. 각 절이 설명하는 곳이 강조됩니다.</translation>
        </message>
        <message>
            <source>Read about every setting, choice, action and panel in one window, and search all of it.</source>
            <translation>모든 설정, 선택, 명령, 패널에 대한 설명을 한 창에서 읽고 검색합니다.</translation>
        </message>
        <message>
            <source>Ready-made experiments: each sets the controls, trains, and checks what was seen.</source>
            <translation>준비된 실험입니다. 실습마다 컨트롤을 설정하고, 학습하고, 결과를 확인합니다.</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>다시 실행</translation>
        </message>
        <message>
            <source>Redo what was undone last.</source>
            <translation>마지막으로 실행 취소한 것을 다시 실행합니다.</translation>
        </message>
        <message>
            <source>Reset layout</source>
            <translation>레이아웃 초기화</translation>
        </message>
        <message>
            <source>Reset settings</source>
            <translation>설정 초기화</translation>
        </message>
        <message>
            <source>Reset view</source>
            <translation>보기 초기화</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>재개</translation>
        </message>
        <message>
            <source>Run steps…</source>
            <translation>여러 스텝 진행…</translation>
        </message>
        <message>
            <source>Save checkpoint…</source>
            <translation>체크포인트 저장…</translation>
        </message>
        <message>
            <source>Save run…</source>
            <translation>실행 기록 저장…</translation>
        </message>
        <message>
            <source>Save the run in other forms: a run file, a Python script, a table, a network for other programs.</source>
            <translation>실행을 다른 형식으로 저장합니다: 실행 기록 파일, Python 스크립트, 표, 다른 프로그램용 신경망.</translation>
        </message>
        <message>
            <source>Save weights…</source>
            <translation>가중치 저장…</translation>
        </message>
        <message>
            <source>Say below the panels what the curves may mean, and what to do about it.</source>
            <translation>곡선이 무엇을 뜻할 수 있고 어떻게 하면 좋은지 패널 아래에 표시합니다.</translation>
        </message>
        <message>
            <source>See on a copy of the run, or on a new network, which learning rates make the loss fall.</source>
            <translation>어떤 학습률에서 손실이 내려가는지 실행의 복사본이나 새 신경망으로 확인합니다.</translation>
        </message>
        <message>
            <source>See what the network has learned, and what it gets wrong.</source>
            <translation>신경망이 무엇을 학습했고 무엇을 틀리는지 봅니다.</translation>
        </message>
        <message>
            <source>Set every choice and hyperparameter to the tutorial's value.</source>
            <translation>모든 선택과 하이퍼파라미터를 튜토리얼의 값으로 설정합니다.</translation>
        </message>
        <message>
            <source>Set how loud the sound of the loss is.</source>
            <translation>손실을 알리는 소리의 크기를 정합니다.</translation>
        </message>
        <message>
            <source>Set how much memory the snapshots may use; going back to a step starts from a snapshot.</source>
            <translation>스냅샷이 쓸 수 있는 메모리 크기를 정합니다. 이전 스텝으로 돌아갈 때는 스냅샷에서 시작합니다.</translation>
        </message>
        <message>
            <source>Settings, curves and log: steer a training.</source>
            <translation>설정, 곡선, 로그를 보며 학습을 조종합니다.</translation>
        </message>
        <message>
            <source>Show in the task bar how much of the run is done; in the window's title where that has no place for it.</source>
            <translation>실행의 진행률을 작업 표시줄에 표시합니다. 작업 표시줄에 표시할 수 없으면 창 제목에 표시합니다.</translation>
        </message>
        <message>
            <source>Show the curves over the whole screen, with a large learning rate, Train and Pause; Esc leaves.</source>
            <translation>곡선을 큰 학습률, ‘학습’, ‘일시 정지’와 함께 전체 화면에 표시합니다. Esc 키로 나갑니다.</translation>
        </message>
        <message>
            <source>Show the loss on a logarithmic axis.</source>
            <translation>손실을 로그 축으로 보여 줍니다.</translation>
        </message>
        <message>
            <source>Show the versions and the licence.</source>
            <translation>버전과 라이선스를 표시합니다.</translation>
        </message>
        <message>
            <source>Show the whole run in the curves again, and follow it.</source>
            <translation>곡선에 실행 전체를 다시 보여 주고 따라갑니다.</translation>
        </message>
        <message>
            <source>Show the window in English; a training goes on meanwhile.</source>
            <translation>창을 영어로 표시합니다. 진행 중인 학습은 계속됩니다.</translation>
        </message>
        <message>
            <source>Show the window in Korean; a training goes on meanwhile.</source>
            <translation>창을 한국어로 표시합니다. 진행 중인 학습은 계속됩니다.</translation>
        </message>
        <message>
            <source>Six short steps at the real controls: train, steer, go back, save. Esc ends it.</source>
            <translation>실제 컨트롤로 해 보는 짧은 여섯 단계입니다: 학습, 조종, 되돌아가기, 저장. Esc를 누르면 끝납니다.</translation>
        </message>
        <message>
            <source>Smaller</source>
            <translation>작게</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>소리</translation>
        </message>
        <message>
            <source>Sound of the loss</source>
            <translation>손실을 소리로 듣기</translation>
        </message>
        <message>
            <source>Start a new run with the settings on the left.</source>
            <translation>왼쪽의 설정으로 새 실행을 시작합니다.</translation>
        </message>
        <message>
            <source>Start from weights…</source>
            <translation>가중치로 시작…</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Step one epoch</source>
            <translation>한 에폭 진행</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>중지</translation>
        </message>
        <message>
            <source>Stop the run and delete it.</source>
            <translation>실행을 중지하고 삭제합니다.</translation>
        </message>
        <message>
            <source>Tell the desktop when a long run ends or the guard pauses it, while another window is active.</source>
            <translation>다른 창을 쓰는 동안 긴 실행이 끝나거나 발산 방지로 멈추면 데스크톱 알림을 보냅니다.</translation>
        </message>
        <message>
            <source>Test the weights in a file and show how good they are.</source>
            <translation>파일의 가중치를 테스트하여 얼마나 좋은지 보여 줍니다.</translation>
        </message>
        <message>
            <source>Test weights…</source>
            <translation>가중치 테스트…</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>테마</translation>
        </message>
        <message>
            <source>Tour</source>
            <translation>둘러보기</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Train a network of your own: a class or function of a Python file that is, or returns, an nn.Module.</source>
            <translation>사용자 정의 신경망을 학습합니다: nn.Module이거나 이를 반환하는, Python 파일의 클래스나 함수.</translation>
        </message>
        <message>
            <source>Train a number of batches, then pause.</source>
            <translation>지정한 수의 배치를 학습한 뒤 일시 정지합니다.</translation>
        </message>
        <message>
            <source>Train on your own files: a table, a folder of pictures for each class, or arrays.</source>
            <translation>내 파일로 학습합니다: 표, 클래스별 이미지 폴더, 또는 배열.</translation>
        </message>
        <message>
            <source>Train one batch, then pause; after the last planned epoch, this plans one more epoch.</source>
            <translation>배치 하나를 학습한 뒤 일시 정지합니다. 계획된 마지막 에폭 뒤에는 에폭 하나를 더 계획합니다.</translation>
        </message>
        <message>
            <source>Train short futures of the run with other values, and go on as one of them if you like.</source>
            <translation>다른 값으로 실행의 짧은 미래를 학습해 보고, 원하면 그중 하나로 이어 갑니다.</translation>
        </message>
        <message>
            <source>Train the run in a run file again, and see whether every bit comes out as recorded.</source>
            <translation>실행 기록 파일의 실행을 다시 학습하여 모든 비트가 기록과 같은지 확인합니다.</translation>
        </message>
        <message>
            <source>Train to the end of the current epoch, test, then pause.</source>
            <translation>현재 에폭의 끝까지 학습하고 테스트한 뒤 일시 정지합니다.</translation>
        </message>
        <message>
            <source>Tutorial</source>
            <translation>튜토리얼</translation>
        </message>
        <message>
            <source>Understand</source>
            <translation>이해</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>실행 취소</translation>
        </message>
        <message>
            <source>Undo the last change of a setting, move to a step, or deletion.</source>
            <translation>마지막 설정 변경, 스텝 이동, 또는 삭제를 취소합니다.</translation>
        </message>
        <message>
            <source>Use light or dark, as the system does.</source>
            <translation>시스템에 따라 밝게 또는 어둡게 표시합니다.</translation>
        </message>
        <message>
            <source>Usual size</source>
            <translation>보통 크기</translation>
        </message>
        <message>
            <source>Volume of the sound…</source>
            <translation>음량…</translation>
        </message>
        <message>
            <source>What if…</source>
            <translation>가정 실험…</translation>
        </message>
        <message>
            <source>Write a small file with which anyone can train this run again and compare every bit.</source>
            <translation>누구나 이 실행을 다시 학습하고 모든 비트를 비교할 수 있는 작은 파일을 씁니다.</translation>
        </message>
        <message>
            <source>Write the trained weights to a .pt or .safetensors file; also while training.</source>
            <translation>학습된 가중치를 .pt 또는 .safetensors 파일에 씁니다. 학습 중에도 가능합니다.</translation>
        </message>
        <message>
            <source>Write the whole state of the run to a file: weights, optimizer, random state, curves and journal.</source>
            <translation>실행의 전체 상태를 파일에 씁니다: 가중치, 옵티마이저, 난수 상태, 곡선, 변경 기록.</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>확대/축소</translation>
        </message>
        <message>
            <source>한국어</source>
            <translation>한국어</translation>
        </message>
    </context>
    <context>
        <name>Batch</name>
        <message>
            <source>It is the first step: there is nothing to compare it with.</source>
            <translation>첫 스텝이므로 비교할 대상이 없습니다.</translation>
        </message>
        <message>
            <source>Loss {loss} at step {step}: epoch {epoch}, batch {batch}, learning rate {rate}</source>
            <translation>{step} 스텝의 손실 {loss}: 에폭 {epoch}, 배치 {batch}, 학습률 {rate}</translation>
        </message>
        <message>
            <source>No loss is recorded for this step: it is the batch that comes next.</source>
            <translation>다음에 올 배치이므로 이 스텝에는 기록된 손실이 없습니다.</translation>
        </message>
        <message>
            <source>Replayed on a copy of the run: the recorded loss, bit for bit.</source>
            <translation>실행의 복사본에서 재현: 기록된 손실과 비트 단위로 같습니다.</translation>
        </message>
        <message>
            <source>The median of the {count} steps before is {median}.</source>
            <translation>직전 {count}스텝의 중앙값: {median}.</translation>
        </message>
        <message>
            <source>The replay gives {loss} where {recorded} is recorded: here other numbers are computed.</source>
            <translation>재현한 값 {loss}, 기록된 값 {recorded}. 여기서는 계산 결과가 다릅니다.</translation>
        </message>
        <message>
            <source>Training sample {number}</source>
            <translation>학습 샘플 {number}</translation>
        </message>
        <message>
            <source>label {name} ({share}), predicted as {other} ({other_share})</source>
            <translation>레이블 {name} ({share}), 예측 {other} ({other_share})</translation>
        </message>
        <message>
            <source>loss {loss}</source>
            <translation>손실 {loss}</translation>
        </message>
        <message>
            <source>{part} of its {count} samples make up half of it.</source>
            <translation>샘플 {count}개 중 {part}개가 손실의 절반을 차지합니다.</translation>
        </message>
        <message>
            <source>{part} of the {count} samples have a loss that is not finite: they come first.</source>
            <translation>샘플 {count}개 중 {part}개의 손실이 유한하지 않아 맨 앞에 표시됩니다.</translation>
        </message>
        <message>
            <source>{predicted}, true {true}</source>
            <translation>{predicted}, 실제값 {true}</translation>
        </message>
        <message>
            <source>{times} times the median of the {count} steps before ({median}); none is higher.</source>
            <translation>직전 {count}스텝 중앙값({median})의 {times}배이며, 더 높은 스텝은 없습니다.</translation>
        </message>
        <message>
            <source>{times} times the median of the {count} steps before ({median}); {higher} of them are higher.</source>
            <translation>직전 {count}스텝 중앙값({median})의 {times}배이며, 그중 {higher}개가 더 높습니다.</translation>
        </message>
    </context>
    <context>
        <name>BranchView</name>
        <message>
            <source>Branches</source>
            <translation>분기</translation>
        </message>
        <message>
            <source>{run}, {place} of {count}: {text}</source>
            <translation>{run}, {count}개 중 {place}번째: {text}</translation>
        </message>
    </context>
    <context>
        <name>BranchesPanel</name>
        <message>
            <source>Branched off {where}</source>
            <translation>{where}에서 분기됨</translation>
        </message>
        <message>
            <source>Go back to any step and change a control there: the run goes on as a branch, and both are kept.</source>
            <translation>아무 스텝으로나 돌아가 컨트롤을 바꾸면 실행이 분기로 이어지고 둘 다 저장됩니다.</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
        <message>
            <source>Overlay</source>
            <translation>겹쳐 보기</translation>
        </message>
        <message>
            <source>{state} · {steps} steps · {result} · best {best} · loss {loss}</source>
            <translation>{state} · {steps}스텝 · {result} · 최고 {best} · 손실 {loss}</translation>
        </message>
    </context>
    <context>
        <name>CalibrationPanel</name>
        <message>
            <source>Calibration compares confidences with hits; a network that predicts numbers has none.</source>
            <translation>보정은 신뢰도와 적중률을 비교하지만, 수치를 예측하는 신경망에는 신뢰도가 없습니다.</translation>
        </message>
        <message>
            <source>Expected calibration error {error}: on average, confidence and hits differ by that much. Bars below the dashed line: more sure than right.</source>
            <translation>기대 보정 오차 {error}: 신뢰도와 적중률이 평균적으로 이만큼 다릅니다. 점선 아래의 막대: 맞힌 것보다 더 확신했습니다.</translation>
        </message>
        <message>
            <source>How often the network is right when it is sure appears here after the first epoch.</source>
            <translation>신경망이 확신할 때 얼마나 자주 맞히는지가 첫 에폭 후 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>Reliability diagram</source>
            <translation>신뢰도 다이어그램</translation>
        </message>
    </context>
    <context>
        <name>Callout</name>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the text.</source>
            <translation>텍스트를 복사합니다.</translation>
        </message>
        <message>
            <source>Open what the guide says about this.</source>
            <translation>이 항목에 대한 안내서의 설명을 엽니다.</translation>
        </message>
        <message>
            <source>Read on</source>
            <translation>더 읽기</translation>
        </message>
    </context>
    <context>
        <name>CheckControl</name>
        <message>
            <source>Default: {value}.</source>
            <translation>기본값: {value}.</translation>
        </message>
    </context>
    <context>
        <name>CheckpointFiles</name>
        <message>
            <source>step {step}</source>
            <translation>스텝 {step}</translation>
        </message>
    </context>
    <context>
        <name>ChecksPanel</name>
        <message>
            <source>A check that passes proves nothing, but one that fails saves the long run.</source>
            <translation>점검을 통과해도 증명되는 것은 없지만, 통과하지 못하면 긴 실행을 아낄 수 있습니다.</translation>
        </message>
        <message>
            <source>A network that cannot learn 20 samples by heart will not learn more of them (CS231n, “overfit a tiny subset of data”). It is trained without regularization and augmentation, by Adam at {rate}.</source>
            <translation>샘플 20개를 외우지 못하는 신경망은 더 많은 샘플도 학습하지 못합니다(CS231n, “overfit a tiny subset of data”). 정규화와 증강 없이 Adam, 학습률 {rate}에서 학습합니다.</translation>
        </message>
        <message>
            <source>After {steps} steps the loss of {samples} samples is still {loss} (goal: {target}): the network is too small, or something is wrong with it, the labels or the data.</source>
            <translation>{steps}스텝 후에도 샘플 {samples}개의 손실이 {loss}에 머뭅니다(목표: {target}). 신경망이 너무 작거나, 신경망, 레이블 또는 데이터에 문제가 있습니다.</translation>
        </message>
        <message>
            <source>Before the first step a network knows nothing, so its loss should be that of a guess: the logarithm of the number of classes with cross-entropy (CS231n, “look for correct loss at chance performance”).</source>
            <translation>첫 스텝 전의 신경망은 아무것도 모르므로 손실이 무작위 추측의 손실과 같아야 합니다. 교차 엔트로피에서는 클래스 수의 로그입니다(CS231n, “look for correct loss at chance performance”).</translation>
        </message>
        <message>
            <source>Both checks try a new network of the present settings; the run does not change.</source>
            <translation>두 점검 모두 현재 설정의 새 신경망으로 합니다. 실행은 바뀌지 않습니다.</translation>
        </message>
        <message>
            <source>Check the first loss</source>
            <translation>첫 손실 점검</translation>
        </message>
        <message>
            <source>First loss {found}; a network whose outputs are all 0 has {expected}. For numbers there is no chance level: if the first loss is far above, the outputs are too large, or the targets are not standardised.</source>
            <translation>첫 손실 {found}, 출력이 모두 0인 신경망은 {expected}. 수치 예측에는 우연 수준이 없습니다. 첫 손실이 훨씬 높으면 출력이 너무 크거나 목표값이 표준화되지 않은 것입니다.</translation>
        </message>
        <message>
            <source>First loss {found}; expected at chance, for {classes} classes: {expected}. They differ by {share}: fine.</source>
            <translation>첫 손실 {found}, {classes}개 클래스의 우연 수준 기댓값: {expected}. 차이 {share}: 정상입니다.</translation>
        </message>
        <message>
            <source>First loss {found}; expected at chance, for {classes} classes: {expected}. They differ by {share}: the first outputs are not even. Look at the scale of the inputs and at the last layer.</source>
            <translation>첫 손실 {found}, {classes}개 클래스의 우연 수준 기댓값: {expected}. 차이 {share}: 첫 출력이 고르지 않습니다. 입력의 크기와 마지막 계층을 확인하세요.</translation>
        </message>
        <message>
            <source>Learned {samples} samples by heart in {steps} steps (loss {loss}): the network can learn.</source>
            <translation>{steps}스텝 만에 샘플 {samples}개를 외웠습니다(손실 {loss}). 이 신경망은 학습할 수 있습니다.</translation>
        </message>
        <message>
            <source>Loss of the 20 samples</source>
            <translation>샘플 20개의 손실</translation>
        </message>
        <message>
            <source>Overfit 20 samples</source>
            <translation>샘플 20개 과적합</translation>
        </message>
        <message>
            <source>Source: the notes of Stanford's CS231n, “Neural Networks Part 3”.</source>
            <translation>출처: Stanford CS231n 강의 노트, “Neural Networks Part 3”.</translation>
        </message>
        <message>
            <source>Step {steps}, loss {loss}…</source>
            <translation>스텝 {steps}, 손실 {loss}…</translation>
        </message>
        <message>
            <source>The loss became NaN or infinite after {steps} steps: look for numbers in the data or the network that are too large.</source>
            <translation>{steps}스텝 후 손실이 NaN 또는 무한대가 되었습니다. 데이터나 신경망에 너무 큰 수가 있는지 확인하세요.</translation>
        </message>
    </context>
    <context>
        <name>ChoiceGrid</name>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
    </context>
    <context>
        <name>ClassLegend</name>
        <message>
            <source>Classes on the map</source>
            <translation>맵의 클래스</translation>
        </message>
        <message>
            <source>{name}: click the box to hide or show it; double-click to show it alone, and again for all.</source>
            <translation>{name}: 상자를 클릭하면 숨기거나 표시합니다. 두 번 클릭하면 이것만 표시하고, 다시 두 번 클릭하면 모두 표시합니다.</translation>
        </message>
    </context>
    <context>
        <name>ClassesPanel</name>
        <message>
            <source>Classes</source>
            <translation>클래스</translation>
        </message>
        <message>
            <source>Click rows to pick classes</source>
            <translation>행을 클릭해 클래스 선택</translation>
        </message>
        <message>
            <source>Curves of the classes over the steps of the evaluations</source>
            <translation>평가 스텝에 따른 클래스별 곡선</translation>
        </message>
        <message>
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <source>How well each class is recognised, epoch by epoch, appears here after the first epoch.</source>
            <translation>에폭마다 각 클래스를 얼마나 잘 인식하는지가 첫 에폭 후 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>정밀도</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>재현율</translation>
        </message>
        <message>
            <source>Recall: of the samples of a class, the share that is recognised. Precision: of the samples predicted as the class, the share that is of it. F1: the harmonic mean of both.</source>
            <translation>재현율: 한 클래스의 샘플 중 맞게 인식한 비율. 정밀도: 그 클래스로 예측한 것 중 실제로 그 클래스인 비율. F1: 둘의 조화 평균.</translation>
        </message>
        <message>
            <source>The chosen classes</source>
            <translation>선택한 클래스</translation>
        </message>
        <message>
            <source>The first {shown} of {count} chosen classes</source>
            <translation>선택한 클래스 {count}개 중 처음 {shown}개</translation>
        </message>
        <message>
            <source>The {shown} worst of {count} classes</source>
            <translation>클래스 {count}개 중 가장 나쁜 {shown}개</translation>
        </message>
        <message>
            <source>There are no classes: this network predicts numbers. See Residuals instead.</source>
            <translation>클래스가 없습니다. 이 신경망은 수치를 예측하므로 ‘잔차’에서 확인하세요.</translation>
        </message>
        <message>
            <source>What the curves show</source>
            <translation>곡선이 나타내는 값</translation>
        </message>
    </context>
    <context>
        <name>CommandLine</name>
        <message>
            <source>--install-desktop is for desktops of Linux; here, a shortcut to the program does the same.</source>
            <translation>--install-desktop 옵션은 리눅스 데스크톱용입니다. 여기서는 프로그램의 바로 가기를 만들면 됩니다.</translation>
        </message>
        <message>
            <source>--threads {threads} trains with as many threads as it was recorded with.</source>
            <translation>--threads {threads} 옵션을 주면 기록할 때와 같은 수의 스레드로 학습합니다.</translation>
        </message>
        <message>
            <source>--validation-share has no effect: the data bring samples for validation of their own.</source>
            <translation>--validation-share 옵션은 효과가 없습니다. 데이터에 검증용 샘플이 따로 있습니다.</translation>
        </message>
        <message>
            <source>Everything that is known to matter is the same here: another part of the run was trained elsewhere, or the recording itself is wrong.</source>
            <translation>영향을 준다고 알려진 조건은 모두 같습니다. 실행의 다른 부분을 다른 곳에서 학습했거나, 기록 자체가 잘못되었습니다.</translation>
        </message>
        <message>
            <source>Here the result may differ from the recorded one:</source>
            <translation>여기서는 기록과 다르게 나올 수 있습니다:</translation>
        </message>
        <message>
            <source>No runs are kept in {folder} yet.</source>
            <translation>{folder} 폴더에는 아직 저장된 실행이 없습니다.</translation>
        </message>
        <message>
            <source>Removed: {path}</source>
            <translation>제거됨: {path}</translation>
        </message>
        <message>
            <source>The data sets that --dataset can name. With a path: what is understood of a table, a folder of class folders, arrays or IDX files of your own, before anything is trained on them.</source>
            <translation>--dataset 옵션에 지정할 수 있는 데이터셋입니다. 경로를 주면 내 표, 클래스별 폴더가 든 폴더, 배열, IDX 파일에서 파악한 내용을 학습 전에 보여 줍니다.</translation>
        </message>
        <message>
            <source>The folder in which the program was started is gone: change to another one, then start again.</source>
            <translation>프로그램을 시작한 폴더가 없어졌습니다. 다른 폴더로 이동한 뒤 다시 시작하세요.</translation>
        </message>
        <message>
            <source>The networks that --model can name, with the number of their parameters for a data set.</source>
            <translation>--model 옵션에 지정할 수 있는 신경망과, 데이터셋에 대한 매개변수의 수입니다.</translation>
        </message>
        <message>
            <source>The run is kept again, with everything that was trained meanwhile.</source>
            <translation>실행이 다시 저장됩니다. 그동안 학습한 내용도 모두 저장되었습니다.</translation>
        </message>
        <message>
            <source>The runs that are kept. RUN is a run's number, its id, or the first digits of one (at least 4).</source>
            <translation>저장된 실행입니다. RUN은 실행의 번호, ID 또는 ID의 앞자리(4자 이상)입니다.</translation>
        </message>
        <message>
            <source>The training workbench is in the menu of your desktop now, and opens .run and .ckpt files.</source>
            <translation>이제 데스크톱 메뉴에 학습 워크벤치가 있으며 .run 파일과 .ckpt 파일을 엽니다.</translation>
        </message>
        <message>
            <source>The training workbench without its window.</source>
            <translation>창 없이 쓰는 학습 워크벤치입니다.</translation>
        </message>
        <message>
            <source>There was nothing to remove: the training workbench is not in the menu of your desktop.</source>
            <translation>제거할 것이 없습니다. 데스크톱 메뉴에 학습 워크벤치가 없습니다.</translation>
        </message>
        <message>
            <source>Train a network and steer it while it trains. Without a command, the window opens.</source>
            <translation>신경망을 학습하고, 학습하는 동안 조종합니다. 명령이 없으면 창이 열립니다.</translation>
        </message>
        <message>
            <source>Train a run again from its first step, with every change at its step, and compare all losses, evaluations and the last weights with the recorded ones.</source>
            <translation>실행을 첫 스텝부터 모든 변경을 해당 스텝에서 적용하며 다시 학습하고, 모든 손실, 평가, 마지막 가중치를 기록과 비교합니다.</translation>
        </message>
        <message>
            <source>Train copies for {steps} steps with a learning rate that grows at each step, on {orders} orders of the samples, and print `suggested RATE`, where the loss falls fastest, or `no suggestion: stay below RATE`; everything else goes to standard error. Source: Smith, arXiv:1506.01186, in fastai's variant.</source>
            <translation>스텝마다 커지는 학습률로, 샘플 순서 {orders}가지에서 복사본을 {steps}스텝 동안 학습합니다. 손실이 가장 빨리 내려가는 곳을 `suggested RATE`로, 없으면 `no suggestion: stay below RATE`로 출력하며, 그 밖의 내용은 모두 표준 오류로 출력합니다. 출처: Smith, arXiv:1506.01186, fastai의 변형.</translation>
        </message>
        <message>
            <source>Train, and print what PyTorch's tutorial prints; everything else goes to standard error.</source>
            <translation>학습하며 PyTorch 튜토리얼과 같은 내용을 출력합니다. 그 밖의 내용은 모두 표준 오류로 출력합니다.</translation>
        </message>
        <message>
            <source>Write a run in one or more forms. Each file is opened again and checked before it is said to be there.</source>
            <translation>실행을 하나 이상의 형식으로 씁니다. 각 파일은 다시 열어 확인한 뒤에 완료로 알립니다.</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>기록됨: {path}</translation>
        </message>
        <message>
            <source>`workbench train --help` shows how to train without the window.</source>
            <translation>창 없이 학습하는 방법은 `workbench train --help` 명령으로 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>a file or folder of your own</source>
            <translation>내 파일 또는 폴더</translation>
        </message>
        <message>
            <source>a parameter of the network in the Python file; repeatable</source>
            <translation>Python 파일에 있는 신경망의 매개변수, 반복 가능</translation>
        </message>
        <message>
            <source>a run file or a checkpoint; or a run of the store: its number, id or first digits of the id</source>
            <translation>실행 기록 파일 또는 체크포인트, 또는 저장소의 실행: 번호, ID 또는 ID의 앞자리</translation>
        </message>
        <message>
            <source>allow the code of the network's Python file to run; needed once for each content of a file</source>
            <translation>신경망이 든 Python 파일의 코드 실행을 허용, 파일 내용마다 한 번 필요</translation>
        </message>
        <message>
            <source>allow the code of the run's own network to run; needed once for each content of a file</source>
            <translation>실행의 사용자 정의 신경망 코드 실행을 허용, 파일 내용마다 한 번 필요</translation>
        </message>
        <message>
            <source>another program keeps the processor busy: threads sleep while they wait, which is faster now</source>
            <translation>다른 프로그램이 프로세서를 많이 쓰는 중: 스레드가 기다리는 동안 잠들며, 지금은 이 편이 더 빠름</translation>
        </message>
        <message>
            <source>bring deleted runs back</source>
            <translation>삭제한 실행 되살리기</translation>
        </message>
        <message>
            <source>change a hyperparameter before the update of that step (counted from 0), as a slider does; repeatable</source>
            <translation>해당 스텝(0부터 셈)의 업데이트 전에 슬라이더처럼 하이퍼파라미터를 변경, 반복 가능</translation>
        </message>
        <message>
            <source>checkpoint saved to {path}</source>
            <translation>체크포인트 저장됨: {path}</translation>
        </message>
        <message>
            <source>continue the run in a checkpoint file, or a run of the store: its number, id or first digits of the id (12 is always run 12, ./12 the file)</source>
            <translation>체크포인트 파일의 실행 또는 저장소의 실행을 이어서 학습: 번호, ID 또는 ID의 앞자리 (12는 항상 실행 12, 파일은 ./12)</translation>
        </message>
        <message>
            <source>cpu, cuda, cuda:1, mps (default: cpu)</source>
            <translation>cpu, cuda, cuda:1, mps (기본값: cpu)</translation>
        </message>
        <message>
            <source>delete runs; they can be brought back for thirty days</source>
            <translation>실행 삭제, 30일 동안 되살릴 수 있음</translation>
        </message>
        <message>
            <source>deleted: {runs} (to bring back: workbench runs delete --restore {runs})</source>
            <translation>삭제됨: {runs} (되살리기: workbench runs delete --restore {runs})</translation>
        </message>
        <message>
            <source>epoch {epoch}: {result}</source>
            <translation>에폭 {epoch}: {result}</translation>
        </message>
        <message>
            <source>everything about one run but its curves</source>
            <translation>곡선을 뺀 한 실행의 모든 정보</translation>
        </message>
        <message>
            <source>find a learning rate by a range test</source>
            <translation>범위 테스트로 학습률 탐색</translation>
        </message>
        <message>
            <source>folder of the kept runs (default: $WORKBENCH_STORE, else the user's data folder)</source>
            <translation>저장된 실행의 폴더 (기본값: $WORKBENCH_STORE, 없으면 사용자 데이터 폴더)</translation>
        </message>
        <message>
            <source>for programs to read</source>
            <translation>프로그램이 읽는 형식으로 출력</translation>
        </message>
        <message>
            <source>for which data (default: {default})</source>
            <translation>대상 데이터 (기본값: {default})</translation>
        </message>
        <message>
            <source>from step {step} on the losses differ from the recorded ones: the run becomes a branch</source>
            <translation>{step} 스텝부터 손실이 기록과 다름: 실행이 분기가 됨</translation>
        </message>
        <message>
            <source>give each feature of your table mean 0 and standard deviation 1, as measured on the training samples</source>
            <translation>내 표의 각 특징을 학습 샘플에서 측정한 값으로 평균 0, 표준 편차 1로 맞춤</translation>
        </message>
        <message>
            <source>hyperparameters</source>
            <translation>하이퍼파라미터</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>중단됨</translation>
        </message>
        <message>
            <source>interrupted after {steps} steps, all as recorded so far</source>
            <translation>{steps}스텝 후 중단됨, 여기까지 모두 기록과 같음</translation>
        </message>
        <message>
            <source>interrupted before training began</source>
            <translation>학습 시작 전에 중단됨</translation>
        </message>
        <message>
            <source>interrupted: nothing more was written</source>
            <translation>중단됨: 그 뒤로는 쓴 것이 없음</translation>
        </message>
        <message>
            <source>interrupted: there is no result</source>
            <translation>중단됨: 결과 없음</translation>
        </message>
        <message>
            <source>light, dark, or as the system is</source>
            <translation>밝게, 어둡게 또는 시스템 설정 따르기</translation>
        </message>
        <message>
            <source>list the data sets there are, or say what is understood of your own files</source>
            <translation>사용할 수 있는 데이터셋 목록, 또는 내 파일에서 파악한 내용</translation>
        </message>
        <message>
            <source>list the networks there are</source>
            <translation>사용할 수 있는 신경망 목록</translation>
        </message>
        <message>
            <source>list, show and delete the runs that are kept</source>
            <translation>저장된 실행의 목록, 표시, 삭제</translation>
        </message>
        <message>
            <source>memory for the snapshots from which going back to a step starts (default: as last set, at first 1024)</source>
            <translation>이전 스텝으로 돌아갈 때 시작점이 되는 스냅샷의 메모리 (기본값: 마지막 설정값, 처음에는 1024)</translation>
        </message>
        <message>
            <source>one line for each run, newest first</source>
            <translation>실행마다 한 줄, 최신순</translation>
        </message>
        <message>
            <source>opens it: a run file (.run), a checkpoint (.ckpt), weights (.pt), a network (.py), or your own data</source>
            <translation>열 파일: 실행 기록 파일(.run), 체크포인트(.ckpt), 가중치(.pt), 신경망(.py) 또는 내 데이터</translation>
        </message>
        <message>
            <source>options</source>
            <translation>옵션</translation>
        </message>
        <message>
            <source>positional arguments</source>
            <translation>위치 인자</translation>
        </message>
        <message>
            <source>print JSON</source>
            <translation>JSON으로 출력</translation>
        </message>
        <message>
            <source>put the program into the menu of a Linux desktop, with its icon and the kinds of files that it opens</source>
            <translation>리눅스 데스크톱 메뉴에 프로그램을 아이콘, 여는 파일 형식과 함께 등록</translation>
        </message>
        <message>
            <source>range test on {where} with {optimizer}</source>
            <translation>학습률 범위 테스트: {where}, {optimizer}</translation>
        </message>
        <message>
            <source>raw points saved to {path}</source>
            <translation>원시 점 저장됨: {path}</translation>
        </message>
        <message>
            <source>recipe</source>
            <translation>레시피</translation>
        </message>
        <message>
            <source>restored: {runs}</source>
            <translation>복원됨: {runs}</translation>
        </message>
        <message>
            <source>run saved to {path}</source>
            <translation>실행 저장됨: {path}</translation>
        </message>
        <message>
            <source>run {run} branches off run {parent} at step {step}</source>
            <translation>실행 {run}: 실행 {parent}의 {step} 스텝에서 분기</translation>
        </message>
        <message>
            <source>run {run} goes on at step {step}</source>
            <translation>실행 {run}: {step} 스텝에서 계속</translation>
        </message>
        <message>
            <source>show program's version number and exit</source>
            <translation>프로그램 버전을 출력하고 종료</translation>
        </message>
        <message>
            <source>show this help message and exit</source>
            <translation>이 도움말을 출력하고 종료</translation>
        </message>
        <message>
            <source>start from the weights in this file (.pt, .safetensors or a checkpoint), not from those of the seed</source>
            <translation>시드로 뽑은 가중치 대신 이 파일(.pt, .safetensors 또는 체크포인트)의 가중치로 시작</translation>
        </message>
        <message>
            <source>starts from the weights of {weights}</source>
            <translation>다음 가중치로 시작: {weights}</translation>
        </message>
        <message>
            <source>stop after this number of steps in total</source>
            <translation>전체 스텝 수가 이만큼 되면 중지</translation>
        </message>
        <message>
            <source>take it out of the menu again</source>
            <translation>메뉴에서 다시 제거</translation>
        </message>
        <message>
            <source>the colours of curves: those of a theme, or black on white for print (default: light)</source>
            <translation>곡선의 색상: 테마의 색상, 또는 인쇄용으로 흰 바탕에 검은색 (기본값: light)</translation>
        </message>
        <message>
            <source>the column of a table that is to be predicted: its name, or its number counted from 1</source>
            <translation>표에서 예측할 열: 이름 또는 1부터 센 번호</translation>
        </message>
        <message>
            <source>the encoding of a table, such as utf-8 (default: as the file suggests)</source>
            <translation>표의 인코딩, 예: utf-8 (기본값: 파일에 따름)</translation>
        </message>
        <message>
            <source>the folder of the data sets (default: $WORKBENCH_DATA, ./data, or the user's data folder)</source>
            <translation>데이터셋 폴더 (기본값: $WORKBENCH_DATA, ./data 또는 사용자 데이터 폴더)</translation>
        </message>
        <message>
            <source>the folder of the runs (default: $WORKBENCH_STORE, or in the user's data folder)</source>
            <translation>실행 폴더 (기본값: $WORKBENCH_STORE 또는 사용자 데이터 폴더 안)</translation>
        </message>
        <message>
            <source>the height and width to which your images are brought</source>
            <translation>내 이미지를 맞출 높이와 너비</translation>
        </message>
        <message>
            <source>the language of window and sentences; what a training prints is English (default: the system's)</source>
            <translation>창과 문장의 언어, 학습의 출력은 영어 (기본값: 시스템 언어)</translation>
        </message>
        <message>
            <source>the loss leapt to {loss} at step {step}</source>
            <translation>{step} 스텝에서 손실 급등: {loss}</translation>
        </message>
        <message>
            <source>the program that reads the output has ended: training stops</source>
            <translation>출력을 읽는 프로그램이 끝남: 학습 중지</translation>
        </message>
        <message>
            <source>the share held out for the test, where your files have no test set (default: 0.2)</source>
            <translation>내 파일에 테스트 세트가 없을 때 테스트용으로 떼어 둘 비율 (기본값: 0.2)</translation>
        </message>
        <message>
            <source>the size of curves, from {smallest} to {largest} each (default: 800x600)</source>
            <translation>곡선의 크기, 너비와 높이 각각 {smallest}~{largest} (기본값: 800x600)</translation>
        </message>
        <message>
            <source>their numbers are converted from {found} to {made}</source>
            <translation>숫자 변환: {found} → {made}</translation>
        </message>
        <message>
            <source>there is no such option: {words}</source>
            <translation>없는 옵션: {words}</translation>
        </message>
        <message>
            <source>these are missing: {names}</source>
            <translation>빠진 항목: {names}</translation>
        </message>
        <message>
            <source>those that `delete --restore` can bring back</source>
            <translation>`delete --restore` 명령으로 되살릴 수 있는 실행</translation>
        </message>
        <message>
            <source>train a recorded run again, and compare every bit</source>
            <translation>기록된 실행을 다시 학습하고 모든 비트를 비교</translation>
        </message>
        <message>
            <source>train with this number of threads, such as that of the recording (default: the run's own choice)</source>
            <translation>이 수의 스레드로 학습(예: 기록할 때의 수, 기본값: 실행의 설정)</translation>
        </message>
        <message>
            <source>train, and print what PyTorch's tutorial prints</source>
            <translation>학습하며 PyTorch 튜토리얼과 같은 내용을 출력</translation>
        </message>
        <message>
            <source>training goes on without output</source>
            <translation>출력 없이 학습 계속</translation>
        </message>
        <message>
            <source>usage: </source>
            <translation>사용법: </translation>
        </message>
        <message>
            <source>weights saved to {path}</source>
            <translation>가중치 저장됨: {path}</translation>
        </message>
        <message>
            <source>what is predicted, where numbers could be either (default: as the files suggest)</source>
            <translation>숫자를 어느 쪽으로도 볼 수 있을 때의 예측 대상 (기본값: 파일에 따름)</translation>
        </message>
        <message>
            <source>what stands between two values of a table: one character, or tab, space (default: as the file suggests)</source>
            <translation>표의 두 값 사이에 있는 것: 문자 하나 또는 tab, space (기본값: 파일에 따름)</translation>
        </message>
        <message>
            <source>where the run's own files are now, if they are not where they were</source>
            <translation>실행의 원래 파일이 옮겨졌을 때 현재 위치</translation>
        </message>
        <message>
            <source>where the weights are from which the run started, if their file is not where it was</source>
            <translation>실행이 시작된 가중치 파일이 옮겨졌을 때 현재 위치</translation>
        </message>
        <message>
            <source>whether the first line of a table names its columns (default: as the file suggests)</source>
            <translation>표의 첫 줄이 열 이름인지 여부 (기본값: 파일에 따름)</translation>
        </message>
        <message>
            <source>whether your images are grey or in colour</source>
            <translation>내 이미지가 회색조인지 컬러인지</translation>
        </message>
        <message>
            <source>write a run as a script, a table, a run file …</source>
            <translation>실행을 다음 형식으로 쓰기: 스크립트, 표, 실행 기록 파일 …</translation>
        </message>
        <message>
            <source>write the raw points: order, learning rate, loss</source>
            <translation>원시 점 쓰기: 순서, 학습률, 손실</translation>
        </message>
        <message>
            <source>write the run to a run file at the end, from which `replay` trains it again and compares every bit</source>
            <translation>끝에 실행을 실행 기록 파일로 쓰기, `replay` 명령으로 다시 학습하여 모든 비트를 비교</translation>
        </message>
        <message>
            <source>write the state at the end, from which --resume continues</source>
            <translation>끝에 상태를 쓰기, --resume 옵션으로 이어서 학습</translation>
        </message>
        <message>
            <source>write the weights at the end: .pt or .safetensors; another name gets .pt added</source>
            <translation>끝에 가중치를 쓰기: .pt 또는 .safetensors, 다른 이름에는 .pt를 붙임</translation>
        </message>
        <message>
            <source>{label} is downloaded: {size} MB, licence: {licence}</source>
            <translation>{label} 다운로드 중: {size} MB, 라이선스: {licence}</translation>
        </message>
        <message>
            <source>{message} ({program} --help lists the options)</source>
            <translation>{message} (옵션 목록: {program} --help)</translation>
        </message>
        <message>
            <source>{model} on {data} ({count} images of your own), {device}, threads: {threads}</source>
            <translation>{model}, 데이터 {data} (내 이미지 {count}개), {device}, 스레드: {threads}</translation>
        </message>
        <message>
            <source>{model} on {data} ({count} images), {device}, threads: {threads}</source>
            <translation>{model}, 데이터 {data} (이미지 {count}개), {device}, 스레드: {threads}</translation>
        </message>
        <message>
            <source>{model} on {data} ({count} samples of your own), {device}, threads: {threads}</source>
            <translation>{model}, 데이터 {data} (내 샘플 {count}개), {device}, 스레드: {threads}</translation>
        </message>
        <message>
            <source>{model} on {data} ({count} samples), {device}, threads: {threads}</source>
            <translation>{model}, 데이터 {data} (샘플 {count}개), {device}, 스레드: {threads}</translation>
        </message>
        <message>
            <source>{names} (default: {default}), or a class or function of a Python file that is, or returns, an nn.Module</source>
            <translation>{names} (기본값: {default}), 또는 nn.Module이거나 이를 반환하는, Python 파일의 클래스나 함수</translation>
        </message>
        <message>
            <source>{names} (default: {default}); or a file or folder of your own: workbench data PATH says what is understood of it</source>
            <translation>{names} (기본값: {default}), 또는 내 파일이나 폴더: 파악한 내용은 workbench data PATH 명령으로 확인</translation>
        </message>
        <message>
            <source>{option} cannot be given with {other}</source>
            <translation>{option} 옵션은 {other} 옵션과 함께 쓸 수 없음</translation>
        </message>
        <message>
            <source>{option} cannot be {text}: choose from {choices}</source>
            <translation>{option} 옵션에 {text} 값은 쓸 수 없음: {choices} 중에서 선택</translation>
        </message>
        <message>
            <source>{option} needs a value</source>
            <translation>{option} 옵션에 값이 필요함</translation>
        </message>
        <message>
            <source>{option} needs at least one value</source>
            <translation>{option} 옵션에 값이 하나 이상 필요함</translation>
        </message>
        <message>
            <source>{option}: {problem}</source>
            <translation>{option} 옵션: {problem}</translation>
        </message>
        <message>
            <source>{path}: {checked}</source>
            <translation>{path}: {checked}</translation>
        </message>
        <message>
            <source>{sentence} (default: {value})</source>
            <translation>{sentence} (기본값: {value})</translation>
        </message>
        <message>
            <source>{value} for {name}</source>
            <translation>{name}: {value}</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>An action, a panel, a run, or a setting and its value: lr 0.01</source>
            <translation>명령, 패널, 실행, 또는 설정과 값: lr 0.01</translation>
        </message>
        <message>
            <source>Command palette</source>
            <translation>명령 팔레트</translation>
        </message>
        <message>
            <source>Matches</source>
            <translation>맞는 항목</translation>
        </message>
        <message>
            <source>Nothing matches.</source>
            <translation>맞는 항목이 없습니다.</translation>
        </message>
        <message>
            <source>Type its value, then press Enter.</source>
            <translation>값을 입력한 뒤 Enter를 누르세요.</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>무엇을 할까요?</translation>
        </message>
    </context>
    <context>
        <name>ConfusionPanel</name>
        <message>
            <source>% of column</source>
            <translation>열 기준 %</translation>
        </message>
        <message>
            <source>% of row</source>
            <translation>행 기준 %</translation>
        </message>
        <message>
            <source>A confusion matrix counts classes; this network predicts numbers. See Residuals instead.</source>
            <translation>혼동 행렬은 클래스를 셉니다. 이 신경망은 수치를 예측하므로 ‘잔차’에서 확인하세요.</translation>
        </message>
        <message>
            <source>Accuracy {accuracy}</source>
            <translation>정확도 {accuracy}</translation>
        </message>
        <message>
            <source>By confusion</source>
            <translation>혼동순</translation>
        </message>
        <message>
            <source>By label</source>
            <translation>레이블순</translation>
        </message>
        <message>
            <source>By label; by confusion, so that classes that are confused with each other stand side by side; or by recall, the worst class first. The last two follow the newest evaluation, also while you look back.</source>
            <translation>레이블순, 서로 혼동되는 클래스를 나란히 놓는 혼동순, 또는 가장 나쁜 클래스가 먼저 오는 재현율순입니다. 뒤의 두 순서는 되돌아보는 동안에도 최신 평가를 따릅니다.</translation>
        </message>
        <message>
            <source>By recall</source>
            <translation>재현율순</translation>
        </message>
        <message>
            <source>Click a cell to see its samples.</source>
            <translation>칸을 클릭하면 해당 샘플을 봅니다.</translation>
        </message>
        <message>
            <source>Confusion matrix</source>
            <translation>혼동 행렬</translation>
        </message>
        <message>
            <source>Counts</source>
            <translation>개수</translation>
        </message>
        <message>
            <source>Counts of samples; or their share of the row, the samples of the true class (on the diagonal, the recall); or of the column, what is predicted as a class (on the diagonal, the precision).</source>
            <translation>샘플 수, 행(실제 클래스의 샘플)에 대한 비율(대각선은 재현율), 또는 열(그 클래스로 예측한 것)에 대한 비율(대각선은 정밀도)입니다.</translation>
        </message>
        <message>
            <source>Most confused</source>
            <translation>가장 많은 혼동</translation>
        </message>
        <message>
            <source>Most confused classes</source>
            <translation>가장 많이 혼동되는 클래스</translation>
        </message>
        <message>
            <source>No sample is predicted as another class.</source>
            <translation>다른 클래스로 잘못 예측한 샘플이 없습니다.</translation>
        </message>
        <message>
            <source>Numbers in the cells</source>
            <translation>칸의 수치</translation>
        </message>
        <message>
            <source>Order of the classes</source>
            <translation>클래스 순서</translation>
        </message>
        <message>
            <source>Which classes the network takes for which appears here after the first epoch.</source>
            <translation>신경망이 어떤 클래스를 어떤 클래스로 예측하는지가 첫 에폭 후 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>{right} of {total} test samples are recognised. The mean F1 of the classes is {f1}.</source>
            <translation>테스트 샘플 {total}개 중 {right}개를 맞혔습니다. 클래스의 평균 F1 값: {f1}.</translation>
        </message>
        <message>
            <source>{true} predicted as {predicted}</source>
            <translation>{true} → {predicted} 오분류</translation>
        </message>
    </context>
    <context>
        <name>Controls</name>
        <message>
            <source>0, or {minimum} to {maximum}</source>
            <translation>0 또는 {minimum}~{maximum}</translation>
        </message>
        <message>
            <source>Applies while training: from the next batch.</source>
            <translation>학습 중 적용: 다음 배치부터.</translation>
        </message>
        <message>
            <source>Applies while training: from the next epoch.</source>
            <translation>학습 중 적용: 다음 에폭부터.</translation>
        </message>
        <message>
            <source>Locked while training: takes effect at the next run. Press Stop to change it.</source>
            <translation>학습 중에는 잠김: 다음 실행부터 적용됩니다. 바꾸려면 ‘중지’를 누르세요.</translation>
        </message>
        <message>
            <source>whole, {minimum} to {maximum}</source>
            <translation>정수, {minimum}~{maximum}</translation>
        </message>
        <message>
            <source>{minimum} to below {maximum}</source>
            <translation>{minimum} 이상 {maximum} 미만</translation>
        </message>
        <message>
            <source>{minimum} to {maximum}</source>
            <translation>{minimum}~{maximum}</translation>
        </message>
    </context>
    <context>
        <name>CrashReports</name>
        <message>
            <source>An unexpected error occurred, and a report of it was written; what was trained is kept.</source>
            <translation>예상하지 못한 오류가 발생하여 보고서를 작성했습니다. 학습한 내용은 유지됩니다.</translation>
        </message>
        <message>
            <source>Discard it</source>
            <translation>버리기</translation>
        </message>
        <message>
            <source>Open {run}</source>
            <translation>{run} 열기</translation>
        </message>
        <message>
            <source>See the report</source>
            <translation>보고서 보기</translation>
        </message>
        <message>
            <source>The program ended with an error last time, and a report of it was written.</source>
            <translation>지난번에 프로그램이 오류로 종료되어 보고서를 작성했습니다.</translation>
        </message>
    </context>
    <context>
        <name>CurveStack</name>
        <message>
            <source>Click a point to see the batch behind it.</source>
            <translation>점을 클릭하면 해당 배치를 봅니다.</translation>
        </message>
        <message>
            <source>Difference in training loss</source>
            <translation>학습 손실 차이</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>You are here</source>
            <translation>현재 위치</translation>
        </message>
        <message>
            <source>learning rate {value}</source>
            <translation>학습률 {value}</translation>
        </message>
    </context>
    <context>
        <name>CurvesPanel</name>
        <message>
            <source>Press Train to see the curves of the run here.</source>
            <translation>‘학습’을 누르면 실행의 곡선이 여기에 표시됩니다.</translation>
        </message>
    </context>
    <context>
        <name>Data</name>
        <message>
            <source> and {count} more</source>
            <translation> 외 {count}개</translation>
        </message>
        <message>
            <source>1 number each</source>
            <translation>각각 숫자 1개</translation>
        </message>
        <message>
            <source>Classes: {names}.</source>
            <translation>클래스: {names}.</translation>
        </message>
        <message>
            <source>Missing values: {names}.</source>
            <translation>결측값: {names}.</translation>
        </message>
        <message>
            <source>Skipped files: {count}. {names}</source>
            <translation>건너뛴 파일: {count}개. {names}</translation>
        </message>
        <message>
            <source>The files say themselves which samples are for the test.</source>
            <translation>어느 샘플이 테스트용인지 파일에 지정되어 있습니다.</translation>
        </message>
        <message>
            <source>colour images of {width} × {height}</source>
            <translation>{width} × {height} 컬러 이미지</translation>
        </message>
        <message>
            <source>grey images of {width} × {height}</source>
            <translation>{width} × {height} 회색조 이미지</translation>
        </message>
        <message>
            <source>one of {count} classes is predicted</source>
            <translation>{count}개 클래스 중 하나를 예측</translation>
        </message>
        <message>
            <source>{count} numbers each</source>
            <translation>각각 숫자 {count}개</translation>
        </message>
        <message>
            <source>{count} rows</source>
            <translation>{count}개 행</translation>
        </message>
        <message>
            <source>{count} samples</source>
            <translation>샘플 {count}개</translation>
        </message>
        <message>
            <source>{names} is predicted</source>
            <translation>{names} 예측</translation>
        </message>
        <message>
            <source>{name} ({reason})</source>
            <translation>{name} ({reason})</translation>
        </message>
        <message>
            <source>{name}: {count}</source>
            <translation>{name}: {count}</translation>
        </message>
        <message>
            <source>{train} for training, {test} for the test</source>
            <translation>학습 {train}, 테스트 {test}</translation>
        </message>
        <message>
            <source>{train} for training, {validation} for validation, {test} for the test</source>
            <translation>학습 {train}, 검증 {validation}, 테스트 {test}</translation>
        </message>
    </context>
    <context>
        <name>DataChoices</name>
        <message>
            <source> pixels</source>
            <translation> 픽셀</translation>
        </message>
        <message>
            <source>A class</source>
            <translation>클래스</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>수치</translation>
        </message>
        <message>
            <source>Between two values</source>
            <translation>값 구분 기호</translation>
        </message>
        <message>
            <source>Central European (cp1250)</source>
            <translation>중앙유럽어 (cp1250)</translation>
        </message>
        <message>
            <source>Chinese (Big5)</source>
            <translation>중국어 (Big5)</translation>
        </message>
        <message>
            <source>Chinese (GB 18030)</source>
            <translation>중국어 (GB 18030)</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>컬러</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>색상</translation>
        </message>
        <message>
            <source>Column to predict</source>
            <translation>예측할 열</translation>
        </message>
        <message>
            <source>Columns named</source>
            <translation>열 이름 있음</translation>
        </message>
        <message>
            <source>Columns not named</source>
            <translation>열 이름 없음</translation>
        </message>
        <message>
            <source>Comma</source>
            <translation>쉼표</translation>
        </message>
        <message>
            <source>Cyrillic (cp1251)</source>
            <translation>키릴 문자 (cp1251)</translation>
        </message>
        <message>
            <source>Encoding</source>
            <translation>인코딩</translation>
        </message>
        <message>
            <source>Give each feature mean 0 and standard deviation 1, as measured on the training samples.</source>
            <translation>각 특징의 평균을 0, 표준 편차를 1로 맞춥니다(학습 샘플에서 측정).</translation>
        </message>
        <message>
            <source>Grey</source>
            <translation>회색조</translation>
        </message>
        <message>
            <source>Held out for the test</source>
            <translation>테스트용 비율</translation>
        </message>
        <message>
            <source>Image size</source>
            <translation>이미지 크기</translation>
        </message>
        <message>
            <source>Japanese (cp932)</source>
            <translation>일본어 (cp932)</translation>
        </message>
        <message>
            <source>Korean (cp949)</source>
            <translation>한국어 (cp949)</translation>
        </message>
        <message>
            <source>Semicolon</source>
            <translation>세미콜론</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>공백</translation>
        </message>
        <message>
            <source>Standardise the features</source>
            <translation>특징 표준화</translation>
        </message>
        <message>
            <source>Tab</source>
            <translation>탭</translation>
        </message>
        <message>
            <source>Text of the table</source>
            <translation>표의 텍스트 형식</translation>
        </message>
        <message>
            <source>UTF-16 with a mark</source>
            <translation>UTF-16 (BOM 있음)</translation>
        </message>
        <message>
            <source>UTF-16, high byte first</source>
            <translation>UTF-16, 상위 바이트 우선</translation>
        </message>
        <message>
            <source>UTF-16, low byte first</source>
            <translation>UTF-16, 하위 바이트 우선</translation>
        </message>
        <message>
            <source>UTF-8</source>
            <translation>UTF-8</translation>
        </message>
        <message>
            <source>UTF-8 with a mark</source>
            <translation>UTF-8 (BOM 있음)</translation>
        </message>
        <message>
            <source>Vertical bar</source>
            <translation>세로줄</translation>
        </message>
        <message>
            <source>Western (Latin-1)</source>
            <translation>서유럽어 (Latin-1)</translation>
        </message>
        <message>
            <source>Western (cp1252)</source>
            <translation>서유럽어 (cp1252)</translation>
        </message>
        <message>
            <source>What is predicted</source>
            <translation>예측 대상</translation>
        </message>
        <message>
            <source>Whether a line above the rows names the columns</source>
            <translation>행 위에 열 이름을 적은 줄이 있는지 여부</translation>
        </message>
        <message>
            <source>as they are</source>
            <translation>원본 그대로</translation>
        </message>
    </context>
    <context>
        <name>DataDialog</name>
        <message>
            <source>A table, a folder with a folder of pictures for each class, arrays, …</source>
            <translation>표, 클래스별 이미지 폴더가 든 폴더, 배열, …</translation>
        </message>
        <message>
            <source>Arrays: .npz, .npy files in a folder, or IDX files such as those of MNIST.</source>
            <translation>배열: .npz, 폴더에 든 .npy 파일, 또는 MNIST와 같은 IDX 파일.</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>파일 선택</translation>
        </message>
        <message>
            <source>Choose a file or a folder to see what is understood of it; nothing is changed yet.</source>
            <translation>파일이나 폴더를 선택하면 어떻게 읽히는지 보여 줍니다. 아직 아무것도 바뀌지 않습니다.</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>폴더 선택</translation>
        </message>
        <message>
            <source>File or folder</source>
            <translation>파일 또는 폴더</translation>
        </message>
        <message>
            <source>File…</source>
            <translation>파일…</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>폴더…</translation>
        </message>
        <message>
            <source>Open data set</source>
            <translation>데이터셋 열기</translation>
        </message>
        <message>
            <source>Pictures: a folder with a folder for each class, perhaps within train and test.</source>
            <translation>이미지: 클래스마다 폴더가 하나씩 든 폴더. train과 test로 나뉘어 있어도 됩니다.</translation>
        </message>
        <message>
            <source>Press Enter in the field to read these files.</source>
            <translation>입력란에서 Enter 키를 누르면 이 파일을 읽습니다.</translation>
        </message>
        <message>
            <source>Tables: CSV and other text, Parquet, or one .npy array; a column is the label.</source>
            <translation>표: CSV 등의 텍스트, Parquet, 또는 .npy 배열 하나. 한 열이 레이블입니다.</translation>
        </message>
        <message>
            <source>Use these data</source>
            <translation>이 데이터 사용</translation>
        </message>
        <message>
            <source>What was understood</source>
            <translation>파악한 내용</translation>
        </message>
    </context>
    <context>
        <name>DataExamples</name>
        <message>
            <source>Examples</source>
            <translation>예시</translation>
        </message>
        <message>
            <source>First rows</source>
            <translation>처음 몇 행</translation>
        </message>
    </context>
    <context>
        <name>DatasetLoading</name>
        <message>
            <source>Loading was cancelled. Press Train to load the data after all.</source>
            <translation>불러오기를 취소했습니다. ‘학습’을 누르면 데이터를 다시 불러옵니다.</translation>
        </message>
        <message>
            <source>not loaded</source>
            <translation>불러오지 않음</translation>
        </message>
        <message>
            <source>your own {train} training and {test} test images</source>
            <translation>내 학습 이미지 {train}개, 테스트 이미지 {test}개</translation>
        </message>
        <message>
            <source>your own {train} training and {test} test samples</source>
            <translation>내 학습 샘플 {train}개, 테스트 샘플 {test}개</translation>
        </message>
        <message>
            <source>your own {train} training, {validation} validation and {test} test images</source>
            <translation>내 학습 이미지 {train}개, 검증 {validation}개, 테스트 {test}개</translation>
        </message>
        <message>
            <source>your own {train} training, {validation} validation and {test} test samples</source>
            <translation>내 학습 샘플 {train}개, 검증 {validation}개, 테스트 {test}개</translation>
        </message>
        <message>
            <source>{train} training and {test} test images</source>
            <translation>학습 이미지 {train}개, 테스트 이미지 {test}개</translation>
        </message>
        <message>
            <source>{train} training and {test} test samples</source>
            <translation>학습 샘플 {train}개, 테스트 샘플 {test}개</translation>
        </message>
    </context>
    <context>
        <name>DatasetPanel</name>
        <message>
            <source>Draw what the network says of every point of the plane, live, beside the curves.</source>
            <translation>평면의 모든 점에 대한 신경망의 출력을 곡선 옆에 실시간으로 그립니다.</translation>
        </message>
        <message>
            <source>Sample images</source>
            <translation>샘플 이미지</translation>
        </message>
        <message>
            <source>Samples appear here when the data set is loaded.</source>
            <translation>데이터셋을 불러오면 샘플이 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>Samples of each class</source>
            <translation>클래스별 샘플</translation>
        </message>
        <message>
            <source>Samples of the data</source>
            <translation>데이터 샘플</translation>
        </message>
        <message>
            <source>Show boundary</source>
            <translation>경계 표시</translation>
        </message>
    </context>
    <context>
        <name>DecisionBoundaryPanel</name>
        <message>
            <source>A boundary can be drawn where the inputs are points with two features, or one feature predicts a number: choose a data set such as Spirals or Sine.</source>
            <translation>경계는 입력이 특징 두 개인 점이거나 특징 하나로 수치를 예측할 때 그릴 수 있습니다. ‘나선’이나 ‘사인’ 같은 데이터셋을 선택하세요.</translation>
        </message>
        <message>
            <source>A cross marks a point that the network takes for another class.</source>
            <translation>×표는 신경망이 다른 클래스로 예측한 점입니다.</translation>
        </message>
        <message>
            <source>All points</source>
            <translation>모든 점</translation>
        </message>
        <message>
            <source>Mean absolute error about {training}, test {test}</source>
            <translation>평균 절대 오차 약 {training}, 테스트 {test}</translation>
        </message>
        <message>
            <source>Mean absolute error {training}, test {test}</source>
            <translation>평균 절대 오차 {training}, 테스트 {test}</translation>
        </message>
        <message>
            <source>No points</source>
            <translation>점 없음</translation>
        </message>
        <message>
            <source>Points to show</source>
            <translation>표시할 점</translation>
        </message>
        <message>
            <source>Test points</source>
            <translation>테스트 점</translation>
        </message>
        <message>
            <source>Training points</source>
            <translation>학습 점</translation>
        </message>
        <message>
            <source>What the network says of each point</source>
            <translation>각 점에 대한 신경망의 출력</translation>
        </message>
        <message>
            <source>What the network says of every point of the plane appears here when a run on points is under way, such as Spirals: press Train.</source>
            <translation>‘나선’처럼 점을 학습하는 실행이 있으면 평면의 모든 점에 대한 신경망의 출력이 여기에 표시됩니다. ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>Wrong: about {training} of {trained}, test {test} of {tested}</source>
            <translation>오답: 학습 {trained}개 중 약 {training}개, 테스트 {tested}개 중 {test}개</translation>
        </message>
        <message>
            <source>Wrong: {training} of {trained}, test {test} of {tested}</source>
            <translation>오답: 학습 {trained}개 중 {training}개, 테스트 {tested}개 중 {test}개</translation>
        </message>
    </context>
    <context>
        <name>DesktopNews</name>
        <message>
            <source>Last test: {result}; trained for {time}.</source>
            <translation>마지막 테스트: {result}, 학습 시간: {time}.</translation>
        </message>
        <message>
            <source>The guard has paused {run}</source>
            <translation>발산 방지로 일시 정지됨: {run}</translation>
        </message>
        <message>
            <source>The run</source>
            <translation>실행</translation>
        </message>
        <message>
            <source>{run} has diverged</source>
            <translation>{run} 발산</translation>
        </message>
        <message>
            <source>{run} has failed</source>
            <translation>{run} 실패</translation>
        </message>
        <message>
            <source>{run} has finished</source>
            <translation>{run} 완료</translation>
        </message>
    </context>
    <context>
        <name>Devices</name>
        <message>
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <source>This machine has no such device: choose another one to train.</source>
            <translation>이 컴퓨터에는 이 장치가 없습니다. 학습할 다른 장치를 선택하세요.</translation>
        </message>
        <message>
            <source>Trains on the processor, with the tutorial's bits. Small networks train well on it.</source>
            <translation>프로세서에서 튜토리얼과 같은 비트로 학습합니다. 작은 신경망은 프로세서에서도 잘 학습됩니다.</translation>
        </message>
        <message>
            <source>Trains on {device}, which torch calls {name}. It rounds sums in another order than the processor, so the last bits of a run differ between the two. A run repeats its own bits on the device that trained it.</source>
            <translation>{device} 장치(torch에서의 이름 {name})에서 학습합니다. 합을 프로세서와 다른 순서로 반올림하므로 실행의 마지막 비트가 서로 다릅니다. 실행은 학습한 장치에서 같은 비트를 다시 냅니다.</translation>
        </message>
        <message>
            <source>{device} ({memory} GiB)</source>
            <translation>{device} ({memory} GiB)</translation>
        </message>
        <message>
            <source>{name}: not here</source>
            <translation>{name}: 여기 없음</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>(loading)</source>
            <translation>(불러오는 중)</translation>
        </message>
        <message>
            <source>A desktop window for training neural networks.

PyTorch {torch}
Qt {qt}

MIT licence.</source>
            <translation>신경망을 학습하는 데스크톱 창입니다.

PyTorch {torch}
Qt {qt}

MIT 라이선스.</translation>
        </message>
        <message>
            <source>About</source>
            <translation>정보</translation>
        </message>
        <message>
            <source>Allow this code to run</source>
            <translation>이 코드의 실행 허용</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Checkpoint (*.ckpt)</source>
            <translation>체크포인트 (*.ckpt)</translation>
        </message>
        <message>
            <source>Checkpoints (*.ckpt);;All files (*)</source>
            <translation>체크포인트 (*.ckpt);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Choose another name</source>
            <translation>다른 이름 선택</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Close the details; the notice stays.</source>
            <translation>세부 정보를 닫습니다. 알림은 남습니다.</translation>
        </message>
        <message>
            <source>Close the workbench?</source>
            <translation>워크벤치를 닫을까요?</translation>
        </message>
        <message>
            <source>Close without saving</source>
            <translation>저장하지 않고 닫기</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the details.</source>
            <translation>세부 정보를 복사합니다.</translation>
        </message>
        <message>
            <source>Copy the whole report.</source>
            <translation>보고서 전체를 복사합니다.</translation>
        </message>
        <message>
            <source>Crash report</source>
            <translation>오류 보고서</translation>
        </message>
        <message>
            <source>Delete the report.</source>
            <translation>보고서를 삭제합니다.</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>세부 정보</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>버리기</translation>
        </message>
        <message>
            <source>Discard the run?</source>
            <translation>실행을 버릴까요?</translation>
        </message>
        <message>
            <source>Discard {run}?</source>
            <translation>{run}: 이 실행을 버릴까요?</translation>
        </message>
        <message>
            <source>Here the result may differ from the recorded one:</source>
            <translation>여기서는 기록과 다르게 나올 수 있습니다:</translation>
        </message>
        <message>
            <source>How loud the sound of the loss is, in per cent.</source>
            <translation>손실을 알리는 소리의 크기(%)입니다.</translation>
        </message>
        <message>
            <source>Its content is lost when it is replaced.</source>
            <translation>바꾸면 기존 내용이 사라집니다.</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>유지</translation>
        </message>
        <message>
            <source>Keep the report.</source>
            <translation>보고서를 남겨 둡니다.</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>신경망</translation>
        </message>
        <message>
            <source>Open checkpoint</source>
            <translation>체크포인트 열기</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>폴더 열기</translation>
        </message>
        <message>
            <source>Open network</source>
            <translation>신경망 열기</translation>
        </message>
        <message>
            <source>Open run file</source>
            <translation>실행 기록 파일 열기</translation>
        </message>
        <message>
            <source>Picture (*.png)</source>
            <translation>그림 (*.png)</translation>
        </message>
        <message>
            <source>PyTorch weights (*.pt)</source>
            <translation>PyTorch 가중치 (*.pt)</translation>
        </message>
        <message>
            <source>PyTorch, threads, processor and device are those that it was recorded with: every bit should come out the same.</source>
            <translation>PyTorch, 스레드, 프로세서, 장치가 기록할 때와 같습니다. 모든 비트가 같게 나와야 합니다.</translation>
        </message>
        <message>
            <source>Python files (*.py);;All files (*)</source>
            <translation>Python 파일 (*.py);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>바꾸기</translation>
        </message>
        <message>
            <source>Replace the file?</source>
            <translation>파일을 바꿀까요?</translation>
        </message>
        <message>
            <source>Replace the files?</source>
            <translation>파일들을 바꿀까요?</translation>
        </message>
        <message>
            <source>Run file (*.run)</source>
            <translation>실행 기록 파일 (*.run)</translation>
        </message>
        <message>
            <source>Run files (*.run);;All files (*)</source>
            <translation>실행 기록 파일 (*.run);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Safetensors (*.safetensors)</source>
            <translation>Safetensors (*.safetensors)</translation>
        </message>
        <message>
            <source>Save checkpoint</source>
            <translation>체크포인트 저장</translation>
        </message>
        <message>
            <source>Save picture</source>
            <translation>그림 저장</translation>
        </message>
        <message>
            <source>Save run</source>
            <translation>실행 기록 저장</translation>
        </message>
        <message>
            <source>Save table</source>
            <translation>표 저장</translation>
        </message>
        <message>
            <source>Save weights</source>
            <translation>가중치 저장</translation>
        </message>
        <message>
            <source>Save weights…</source>
            <translation>가중치 저장…</translation>
        </message>
        <message>
            <source>Show the file of the report in its folder.</source>
            <translation>보고서 파일을 폴더에서 표시합니다.</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>소스</translation>
        </message>
        <message>
            <source>Start from weights</source>
            <translation>가중치로 시작</translation>
        </message>
        <message>
            <source>Stop and close</source>
            <translation>중지하고 닫기</translation>
        </message>
        <message>
            <source>Table (*.csv)</source>
            <translation>표 (*.csv)</translation>
        </message>
        <message>
            <source>Test weights</source>
            <translation>가중치 테스트</translation>
        </message>
        <message>
            <source>The run stops and is deleted from the list of runs. Edit &gt; Undo restores it.</source>
            <translation>실행이 중지되고 실행 목록에서 삭제됩니다. 편집 &gt; 실행 취소로 복원할 수 있습니다.</translation>
        </message>
        <message>
            <source>The run that trains now is stopped; it is kept, and can be continued.</source>
            <translation>지금 학습 중인 실행이 중지됩니다. 실행은 저장되며 이어서 학습할 수 있습니다.</translation>
        </message>
        <message>
            <source>The trained weights are not saved.</source>
            <translation>학습된 가중치가 저장되지 않았습니다.</translation>
        </message>
        <message>
            <source>Their content is lost when they are replaced.</source>
            <translation>바꾸면 기존 파일들의 내용이 사라집니다.</translation>
        </message>
        <message>
            <source>They are lost when the window closes.</source>
            <translation>창을 닫으면 사라집니다.</translation>
        </message>
        <message>
            <source>This is all that the report holds; it was sent nowhere. Your home folder, your name and that of this machine are left out. Copy it into a report to the makers of the program.</source>
            <translation>보고서의 내용은 이것이 전부이며 어디에도 보내지 않았습니다. 홈 폴더, 사용자 이름, 컴퓨터 이름은 뺐습니다. 복사하여 프로그램 제작자에게 알릴 때 사용하세요.</translation>
        </message>
        <message>
            <source>To train the network of {file}, its code must run, with all your rights on this machine. Allow it only if you trust its author. When the file changes, you are asked again.</source>
            <translation>{file} 파일의 신경망을 학습하려면 이 컴퓨터에서 사용자의 모든 권한으로 코드를 실행해야 합니다. 작성자를 신뢰할 때만 허용하세요. 파일이 바뀌면 다시 묻습니다.</translation>
        </message>
        <message>
            <source>Train it again</source>
            <translation>다시 학습</translation>
        </message>
        <message>
            <source>Train the run of {file} again?</source>
            <translation>{file} 파일의 실행을 다시 학습할까요?</translation>
        </message>
        <message>
            <source>Train with the recording's number of threads ({count})</source>
            <translation>기록할 때의 스레드 수로 학습({count}개)</translation>
        </message>
        <message>
            <source>Training is running and its weights are not saved.</source>
            <translation>학습이 진행 중이며 가중치가 저장되지 않았습니다.</translation>
        </message>
        <message>
            <source>Training workbench {version}</source>
            <translation>학습 워크벤치 {version}</translation>
        </message>
        <message>
            <source>Use it</source>
            <translation>사용</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>음량</translation>
        </message>
        <message>
            <source>Volume of the sound</source>
            <translation>음량</translation>
        </message>
        <message>
            <source>Weights (*.pt *.pth *.bin *.ckpt *.safetensors *.index.json);;All files (*)</source>
            <translation>가중치 (*.pt *.pth *.bin *.ckpt *.safetensors *.index.json);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Which network of {file} do you want to train?</source>
            <translation>{file} 파일의 어느 신경망을 학습할까요?</translation>
        </message>
        <message>
            <source>from the weights of {file}</source>
            <translation>{file} 가중치로 시작</translation>
        </message>
        <message>
            <source>{choices}: {steps} steps with {changes} changes. It is trained again from its first step over the recorded curve, and every loss, every evaluation and the last weights are compared bit for bit.</source>
            <translation>{choices}: {steps}스텝, 변경 {changes}회. 첫 스텝부터 기록된 곡선 위에 다시 학습하며 모든 손실, 모든 평가, 마지막 가중치를 비트 단위로 비교합니다.</translation>
        </message>
        <message>
            <source>{count} of the files already exist: {names}.</source>
            <translation>파일 {count}개가 이미 있습니다: {names}.</translation>
        </message>
        <message>
            <source>{names} already exists.</source>
            <translation>이미 있습니다: {names}.</translation>
        </message>
        <message>
            <source>{name} already exists.</source>
            <translation>이미 있습니다: {name}.</translation>
        </message>
        <message>
            <source>{percent} %</source>
            <translation>{percent} %</translation>
        </message>
    </context>
    <context>
        <name>DifferenceHeader</name>
        <message>
            <source>Difference in training loss</source>
            <translation>학습 손실 차이</translation>
        </message>
        <message>
            <source>This run minus the other run. The test says which one is better.</source>
            <translation>이 실행에서 다른 실행을 뺀 값입니다. 어느 쪽이 나은지는 테스트가 말해 줍니다.</translation>
        </message>
    </context>
    <context>
        <name>DistributionRows</name>
        <message>
            <source>(network)</source>
            <translation>(신경망)</translation>
        </message>
        <message>
            <source>Gradients</source>
            <translation>변화도</translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation>출력</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>가중치</translation>
        </message>
        <message>
            <source>all 0</source>
            <translation>모두 0</translation>
        </message>
        <message>
            <source>and {count} more layers</source>
            <translation>외 {count}개 계층</translation>
        </message>
        <message>
            <source>gradient {norm}</source>
            <translation>변화도 {norm}</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>update {ratio}</source>
            <translation>업데이트 {ratio}</translation>
        </message>
        <message>
            <source>{kind} {size}</source>
            <translation>{kind} {size}</translation>
        </message>
        <message>
            <source>{kind} {size}, {function}</source>
            <translation>{kind} {size}, {function}</translation>
        </message>
        <message>
            <source>{name}: {kind} {shape}. Norm of its weights {weight}, of its gradient {gradient}; the next update changes the weights by {ratio} of their norm. Outputs that are 0: {zero}.</source>
            <translation>{name}: {kind} {shape}. 가중치의 노름 {weight}, 변화도의 노름 {gradient}. 다음 업데이트는 가중치를 노름의 {ratio}만큼 바꿉니다. 0인 출력: {zero}.</translation>
        </message>
        <message>
            <source>{share} are 0</source>
            <translation>0이 {share}</translation>
        </message>
        <message>
            <source>{share} not finite</source>
            <translation>비유한 {share}</translation>
        </message>
    </context>
    <context>
        <name>DrawPadPanel</name>
        <message>
            <source>A pad to draw on, and what the network says of the drawing, appear here: press Train.</source>
            <translation>그림판과, 그림에 대한 신경망의 출력이 여기에 표시됩니다. ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>An input cannot be made by hand where it has more than {most} features.</source>
            <translation>특징이 {most}개를 넘으면 입력을 손으로 만들 수 없습니다.</translation>
        </message>
        <message>
            <source>Its colours became grey, as the data are.</source>
            <translation>데이터에 맞춰 색을 회색조로 바꿨습니다.</translation>
        </message>
        <message>
            <source>Light and dark were exchanged: the data are dark on light.</source>
            <translation>밝기를 반전했습니다. 데이터는 밝은 바탕에 어두운 그림입니다.</translation>
        </message>
        <message>
            <source>Light and dark were exchanged: the data are light on dark.</source>
            <translation>밝기를 반전했습니다. 데이터는 어두운 바탕에 밝은 그림입니다.</translation>
        </message>
        <message>
            <source>Most likely first</source>
            <translation>확률순</translation>
        </message>
        <message>
            <source>Picture of {width} × {height}, resized to {w} × {h}.</source>
            <translation>{width} × {height} 그림을 {w} × {h} 크기로 조정했습니다.</translation>
        </message>
        <message>
            <source>Picture of {width} × {height}.</source>
            <translation>{width} × {height} 그림입니다.</translation>
        </message>
        <message>
            <source>Picture of {width} × {height}: its middle was resized to {w} × {h}.</source>
            <translation>{width} × {height} 그림의 가운데를 {w} × {h} 크기로 조정했습니다.</translation>
        </message>
        <message>
            <source>Show the most likely classes first, or all in their own order.</source>
            <translation>확률이 높은 클래스부터 표시하거나 모든 클래스를 원래 순서로 표시합니다.</translation>
        </message>
        <message>
            <source>Truly {truth}: test sample {number}</source>
            <translation>정답 {truth}: 테스트 샘플 {number}</translation>
        </message>
        <message>
            <source>Updates as you draw, and as the network trains.</source>
            <translation>그리는 동안, 그리고 신경망이 학습하는 동안 갱신됩니다.</translation>
        </message>
        <message>
            <source>Updates as you move the sliders, and as the network trains.</source>
            <translation>슬라이더를 움직이는 동안, 그리고 신경망이 학습하는 동안 갱신됩니다.</translation>
        </message>
    </context>
    <context>
        <name>DrawingPad</name>
        <message>
            <source>Brush size</source>
            <translation>붓 크기</translation>
        </message>
        <message>
            <source>Centre</source>
            <translation>중심 맞춤</translation>
        </message>
        <message>
            <source>Clear (Del in the drawing)</source>
            <translation>지우기 (그림에서 Del)</translation>
        </message>
        <message>
            <source>Colour of the brush</source>
            <translation>붓 색상</translation>
        </message>
        <message>
            <source>Draw here, or paste or drop a picture</source>
            <translation>여기에 그리거나, 그림을 붙여넣거나 끌어다 놓으세요</translation>
        </message>
        <message>
            <source>Draw with the mouse or a pen. Arrow keys move the brush, with Shift they draw; Space makes a dot.</source>
            <translation>마우스나 펜으로 그립니다. 화살표 키는 붓을 옮기고 Shift와 함께 누르면 그립니다. 스페이스바는 점을 찍습니다.</translation>
        </message>
        <message>
            <source>Drawing</source>
            <translation>그림</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>지우개</translation>
        </message>
        <message>
            <source>Give the network the drawing with its centre of mass in the middle, as the digits of MNIST are. The small picture shows what it is given.</source>
            <translation>MNIST의 숫자처럼 그림의 무게 중심을 가운데에 맞춰 신경망에 넣습니다. 작은 그림은 신경망에 들어가는 입력입니다.</translation>
        </message>
        <message>
            <source>Put the chosen test image on the pad to edit it, or another one at random.</source>
            <translation>선택한 테스트 이미지나 무작위 이미지를 그림판에 올려 편집합니다.</translation>
        </message>
        <message>
            <source>Take a test image</source>
            <translation>테스트 이미지 가져오기</translation>
        </message>
        <message>
            <source>Test image</source>
            <translation>테스트 이미지</translation>
        </message>
        <message>
            <source>Undo the last stroke (Ctrl+Z in the drawing)</source>
            <translation>마지막 획 실행 취소 (그림에서 Ctrl+Z)</translation>
        </message>
        <message>
            <source>What the network is given</source>
            <translation>신경망에 들어가는 입력</translation>
        </message>
    </context>
    <context>
        <name>EmptyState</name>
        <message>
            <source>Continue {run}</source>
            <translation>{run} 계속</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>New here? The tour shows in two minutes how to train, steer and save. Or press Train.</source>
            <translation>처음이라면 2분 둘러보기에서 학습, 조종, 저장 방법을 볼 수 있습니다. 또는 ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>Open your own data</source>
            <translation>내 데이터 열기</translation>
        </message>
        <message>
            <source>Open {run} at its end: it was trained last, and can be continued.</source>
            <translation>{run}의 끝을 엽니다. 마지막으로 학습한 실행이며 이어서 학습할 수 있습니다.</translation>
        </message>
        <message>
            <source>Ready-made experiments, each of which shows one thing.</source>
            <translation>각각 한 가지를 보여 주는 준비된 실험입니다.</translation>
        </message>
        <message>
            <source>Six short steps at the real controls. Esc ends it at any time.</source>
            <translation>실제 컨트롤로 해 보는 짧은 여섯 단계입니다. 언제든지 Esc를 누르면 끝납니다.</translation>
        </message>
        <message>
            <source>Start a new run with the settings on the left.</source>
            <translation>왼쪽의 설정으로 새 실행을 시작합니다.</translation>
        </message>
        <message>
            <source>Take the tour</source>
            <translation>둘러보기 시작</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Train on a table, a folder of pictures, or arrays of your own.</source>
            <translation>내 표, 이미지 폴더 또는 배열로 학습합니다.</translation>
        </message>
    </context>
    <context>
        <name>EntryModel</name>
        <message>
            <source>Action</source>
            <translation>명령</translation>
        </message>
        <message>
            <source>Choice</source>
            <translation>선택</translation>
        </message>
        <message>
            <source>File</source>
            <translation>파일</translation>
        </message>
        <message>
            <source>Panel</source>
            <translation>패널</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>실행</translation>
        </message>
        <message>
            <source>Setting</source>
            <translation>설정</translation>
        </message>
    </context>
    <context>
        <name>ExperimentPanel</name>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Cancelled: this is what was found by then.</source>
            <translation>취소했습니다. 그때까지 얻은 결과입니다.</translation>
        </message>
        <message>
            <source>End it here; what was found stays.</source>
            <translation>여기서 끝냅니다. 얻은 결과는 남습니다.</translation>
        </message>
        <message>
            <source>How to read it</source>
            <translation>읽는 방법</translation>
        </message>
    </context>
    <context>
        <name>Experiments</name>
        <message>
            <source>Trying on a copy…</source>
            <translation>복사본에서 시험하는 중…</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>A curve leaves the plot here: its highest value would press all others flat on the axis.</source>
            <translation>곡선이 여기서 그래프를 벗어납니다. 최댓값까지 그리면 다른 곡선이 모두 축에 납작하게 눌립니다.</translation>
        </message>
        <message>
            <source>A gradient whose norm is above {value} is shortened to {value} before the update.</source>
            <translation>노름이 {value}보다 큰 변화도는 업데이트 전에 {value} 값으로 줄입니다.</translation>
        </message>
        <message>
            <source>A moving average of the losses of the batches: {beta} of the average before and {rest} of each new loss, corrected at the beginning so that it does not start from 0.</source>
            <translation>배치별 손실의 이동 평균입니다. 이전 평균의 {beta}배와 새 손실의 {rest}배를 더하며, 0에서 시작하지 않도록 처음 부분을 보정합니다.</translation>
        </message>
        <message>
            <source>After the schedule</source>
            <translation>스케줄 적용 후</translation>
        </message>
        <message>
            <source>All runs that were ever trained and are kept, with their settings and results.</source>
            <translation>학습한 적이 있고 저장되어 있는 모든 실행을 설정, 결과와 함께 보여 줍니다.</translation>
        </message>
        <message>
            <source>All test samples in the two main directions of a layer's activations: near points look alike to the network.</source>
            <translation>모든 테스트 샘플을 한 계층의 활성화의 두 주요 방향으로 나타냅니다. 가까운 점은 신경망에 비슷해 보입니다.</translation>
        </message>
        <message>
            <source>Allowed</source>
            <translation>허용 값</translation>
        </message>
        <message>
            <source>Changed last</source>
            <translation>마지막 변경</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>곡선</translation>
        </message>
        <message>
            <source>Device: {value}</source>
            <translation>장치: {value}</translation>
        </message>
        <message>
            <source>Difference in training loss</source>
            <translation>학습 손실 차이</translation>
        </message>
        <message>
            <source>Draw or change a sample, and see at once what the network makes of it.</source>
            <translation>샘플을 그리거나 바꾸고, 신경망의 예측을 바로 확인합니다.</translation>
        </message>
        <message>
            <source>Each operation uses up to {value} threads.</source>
            <translation>각 연산이 스레드를 최대 {value}개 사용합니다.</translation>
        </message>
        <message>
            <source>Each training image is moved by up to {value} pixels, by chance.</source>
            <translation>각 학습 이미지를 무작위로 최대 {value}픽셀 옮깁니다.</translation>
        </message>
        <message>
            <source>Each training image is turned by up to {value} degrees to either side, by chance.</source>
            <translation>각 학습 이미지를 무작위로 좌우 최대 {value}도 돌립니다.</translation>
        </message>
        <message>
            <source>Each update also shrinks every weight, by {value} × learning rate × the weight.</source>
            <translation>업데이트마다 모든 가중치를 {value} × 학습률 × 가중치만큼 줄이기도 합니다.</translation>
        </message>
        <message>
            <source>Each update moves every weight by about {value} at most: the optimizer divides each gradient by its recent size.</source>
            <translation>업데이트마다 모든 가중치가 최대 약 {value}만큼 움직입니다. 옵티마이저가 각 변화도를 최근 크기로 나누기 때문입니다.</translation>
        </message>
        <message>
            <source>Each update moves the weights by {value} times the gradient, to which {momentum} times the direction of the update before is added.</source>
            <translation>업데이트마다 변화도에 직전 업데이트 방향의 {momentum}배를 더하고, 그 결과의 {value}배만큼 가중치를 움직입니다.</translation>
        </message>
        <message>
            <source>Each update moves the weights by {value} times the gradient.</source>
            <translation>업데이트마다 가중치가 변화도의 {value}배만큼 움직입니다.</translation>
        </message>
        <message>
            <source>Each update uses the mean gradient of {value} samples.</source>
            <translation>업데이트마다 샘플 {value}개의 평균 변화도를 사용합니다.</translation>
        </message>
        <message>
            <source>Epoch</source>
            <translation>에폭</translation>
        </message>
        <message>
            <source>Every change of a hyperparameter in this run, and each time the guard stepped in.</source>
            <translation>이 실행에서 하이퍼파라미터를 바꾼 모든 기록과, 발산 방지가 개입한 모든 기록입니다.</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>지표</translation>
        </message>
        <message>
            <source>From the inputs to the outputs, the hidden layers have {value} units.</source>
            <translation>입력에서 출력 쪽으로 은닉 계층의 유닛 수: {value}.</translation>
        </message>
        <message>
            <source>Hints</source>
            <translation>힌트</translation>
        </message>
        <message>
            <source>How far the outputs are from what they should be, over the steps of the run. Lower is better. Click on a curve, a point or a mark to have that one explained.</source>
            <translation>출력이 정답에서 얼마나 벗어나는지를 실행의 스텝에 따라 보여 줍니다. 낮을수록 좋습니다. 곡선, 점, 표시를 클릭하면 그것을 설명합니다.</translation>
        </message>
        <message>
            <source>How good the network is, in the number that people read: the accuracy for classes, the mean absolute error for numbers.</source>
            <translation>신경망이 얼마나 좋은지를 사람이 읽는 수치로 나타냅니다: 클래스는 정확도, 수치는 평균 절대 오차.</translation>
        </message>
        <message>
            <source>How many samples of each class are found, over the epochs.</source>
            <translation>에폭에 따라 각 클래스의 샘플을 얼마나 맞히는지 보여 줍니다.</translation>
        </message>
        <message>
            <source>How often the network is right when it is sure.</source>
            <translation>신경망이 확신할 때 얼마나 자주 맞는지 보여 줍니다.</translation>
        </message>
        <message>
            <source>In the plot</source>
            <translation>그래프 표시</translation>
        </message>
        <message>
            <source>In {value} epochs, the rate is multiplied once by the decay.</source>
            <translation>{value}에폭마다 학습률에 감쇠 계수를 한 번 곱합니다.</translation>
        </message>
        <message>
            <source>It cannot be used in the present state.</source>
            <translation>현재 상태에서는 사용할 수 없습니다.</translation>
        </message>
        <message>
            <source>It was recorded before the run went back to an earlier step.</source>
            <translation>실행이 이전 스텝으로 돌아가기 전에 기록된 값입니다.</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>Look back</source>
            <translation>되돌아보기</translation>
        </message>
        <message>
            <source>Looks back: the panels below show what the network knew after the chosen epoch.</source>
            <translation>되돌아봅니다. 선택한 에폭 후에 신경망이 알던 것을 아래 패널에 보여 줍니다.</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Mean training loss of {count} steps: {before} before it, {now} now.</source>
            <translation>{count}스텝의 평균 학습 손실: 변경 전 {before}, 현재 {now}.</translation>
        </message>
        <message>
            <source>Not in this run.</source>
            <translation>이 실행에서는 바꾸지 않았습니다.</translation>
        </message>
        <message>
            <source>Notice</source>
            <translation>알림</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>현재</translation>
        </message>
        <message>
            <source>Of this batch alone</source>
            <translation>이 배치만의 손실</translation>
        </message>
        <message>
            <source>Off: all numbers have 32 bits.</source>
            <translation>끔: 모든 수가 32비트입니다.</translation>
        </message>
        <message>
            <source>Off: every epoch has the same batches in the same order.</source>
            <translation>끔: 모든 에폭에서 같은 배치가 같은 순서로 나옵니다.</translation>
        </message>
        <message>
            <source>Off: no training image is flipped.</source>
            <translation>끔: 학습 이미지를 뒤집지 않습니다.</translation>
        </message>
        <message>
            <source>Off: only a loss that is NaN or infinite ends the run.</source>
            <translation>끔: 손실이 NaN이나 무한대일 때만 실행을 끝냅니다.</translation>
        </message>
        <message>
            <source>Off: the gradient is computed where the weights are.</source>
            <translation>끔: 변화도를 가중치의 현재 위치에서 계산합니다.</translation>
        </message>
        <message>
            <source>Off: the operations of the network run one by one.</source>
            <translation>끔: 신경망의 연산을 하나씩 실행합니다.</translation>
        </message>
        <message>
            <source>Off: the outputs of the hidden layers are passed on as they are.</source>
            <translation>끔: 은닉 계층의 출력을 그대로 전달합니다.</translation>
        </message>
        <message>
            <source>Off: the parts of a step are started one by one.</source>
            <translation>끔: 스텝의 각 부분을 하나씩 시작합니다.</translation>
        </message>
        <message>
            <source>Off: the update of the weights takes several passes over memory.</source>
            <translation>끔: 가중치를 업데이트할 때 메모리를 여러 번 훑습니다.</translation>
        </message>
        <message>
            <source>On: a loss far above its recent range pauses the run at its last good step.</source>
            <translation>켬: 손실이 최근 범위보다 훨씬 크면 마지막 정상 스텝에서 실행을 일시 정지합니다.</translation>
        </message>
        <message>
            <source>On: a whole step is recorded once, and then started at once.</source>
            <translation>켬: 스텝 전체를 한 번 기록해 두고 한꺼번에 시작합니다.</translation>
        </message>
        <message>
            <source>On: every epoch has the samples in another order, given by the seed.</source>
            <translation>켬: 에폭마다 시드로 정해지는 다른 순서로 샘플이 나옵니다.</translation>
        </message>
        <message>
            <source>On: half of the training images are flipped, others in each epoch.</source>
            <translation>켬: 에폭마다 다른 절반의 학습 이미지를 뒤집습니다.</translation>
        </message>
        <message>
            <source>On: matrices are multiplied in numbers of 16 bits where that is safe.</source>
            <translation>켬: 안전한 곳에서 행렬을 16비트 수로 곱합니다.</translation>
        </message>
        <message>
            <source>On: the gradient is computed one momentum step ahead.</source>
            <translation>켬: 변화도를 모멘텀만큼 한 스텝 앞선 위치에서 계산합니다.</translation>
        </message>
        <message>
            <source>On: the network is translated into one program at the first batch.</source>
            <translation>켬: 첫 배치에서 신경망을 하나의 프로그램으로 변환합니다.</translation>
        </message>
        <message>
            <source>On: the outputs of each hidden layer are normalized over the batch.</source>
            <translation>켬: 각 은닉 계층의 출력을 배치 안에서 정규화합니다.</translation>
        </message>
        <message>
            <source>On: the update of the weights takes one pass over memory.</source>
            <translation>켬: 가중치를 업데이트할 때 메모리를 한 번만 훑습니다.</translation>
        </message>
        <message>
            <source>Only a fall of more than {value} below the best loss counts.</source>
            <translation>손실이 최저값보다 {value} 넘게 낮아져야 줄어든 것으로 봅니다.</translation>
        </message>
        <message>
            <source>Present run</source>
            <translation>현재 실행</translation>
        </message>
        <message>
            <source>Ready-made experiments: each sets the controls, says what to watch, and checks what was seen.</source>
            <translation>준비된 실험입니다. 실습마다 컨트롤을 설정하고, 살펴볼 점을 알려 주고, 결과를 확인합니다.</translation>
        </message>
        <message>
            <source>Result of the training and of the tests</source>
            <translation>학습과 테스트의 결과</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>실행</translation>
        </message>
        <message>
            <source>Samples whose own label had a low probability in all epochs: the label may be wrong.</source>
            <translation>모든 에폭에서 자기 레이블의 확률이 낮았던 샘플입니다. 레이블이 잘못되었을 수 있습니다.</translation>
        </message>
        <message>
            <source>Says what has happened and what can be done about it.</source>
            <translation>무슨 일이 있었고 어떻게 할 수 있는지 알려 줍니다.</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Short futures of the run with other values, side by side.</source>
            <translation>다른 값으로 이어 간 실행의 짧은 미래를 나란히 보여 줍니다.</translation>
        </message>
        <message>
            <source>Smoothed training loss</source>
            <translation>평활 학습 손실</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Takes effect</source>
            <translation>적용 시점</translation>
        </message>
        <message>
            <source>Test accuracy</source>
            <translation>테스트 정확도</translation>
        </message>
        <message>
            <source>Test error</source>
            <translation>테스트 오차</translation>
        </message>
        <message>
            <source>Test loss</source>
            <translation>테스트 손실</translation>
        </message>
        <message>
            <source>Test samples</source>
            <translation>테스트 샘플</translation>
        </message>
        <message>
            <source>Test samples with what the network says of them, the most interesting first.</source>
            <translation>테스트 샘플과 신경망의 예측을 가장 흥미로운 것부터 보여 줍니다.</translation>
        </message>
        <message>
            <source>The best result of a test of this run, and the epoch that it closed.</source>
            <translation>이 실행의 테스트 중 가장 좋은 결과와 그 에폭입니다.</translation>
        </message>
        <message>
            <source>The curves of the run over its steps. The wheel zooms, dragging pans; marks show what was changed.</source>
            <translation>실행의 스텝에 따른 곡선입니다. 휠로 확대/축소하고 드래그로 이동합니다. 표시는 변경한 곳을 나타냅니다.</translation>
        </message>
        <message>
            <source>The device and the number of threads that compute the run.</source>
            <translation>실행을 계산하는 장치와 스레드 수입니다.</translation>
        </message>
        <message>
            <source>The direction averages with {value}: over about {steps} steps.</source>
            <translation>방향을 계수 {value}, 약 {steps}스텝에 걸쳐 평균합니다.</translation>
        </message>
        <message>
            <source>The function {value} follows each hidden layer.</source>
            <translation>각 은닉 계층 뒤에 {value} 함수가 옵니다.</translation>
        </message>
        <message>
            <source>The guard refused the loss of this step: the run went back to step {step}, its last good one.</source>
            <translation>발산 방지가 이 스텝의 손실을 거부하여 마지막 정상 스텝인 {step} 스텝으로 돌아갔습니다.</translation>
        </message>
        <message>
            <source>The layers of the chosen network, their outputs and parameters.</source>
            <translation>선택한 신경망의 계층, 출력, 매개변수입니다.</translation>
        </message>
        <message>
            <source>The mean absolute error and R² of the last test.</source>
            <translation>마지막 테스트의 평균 절대 오차와 R²입니다.</translation>
        </message>
        <message>
            <source>The mean distance between output and target over all test samples; computed after the epoch.</source>
            <translation>모든 테스트 샘플에서 출력과 목표값의 거리를 평균한 값입니다. 에폭 후에 계산합니다.</translation>
        </message>
        <message>
            <source>The mean distance between output and target over the samples of this epoch so far, each before the update with its batch. It begins anew with each epoch.</source>
            <translation>이 에폭에서 지금까지 나온 샘플의 출력과 목표값의 거리를 평균한 값입니다. 각 샘플은 해당 배치로 업데이트하기 전에 잽니다. 에폭마다 새로 시작합니다.</translation>
        </message>
        <message>
            <source>The mean loss of the samples of one batch, before this update. Batches differ, so the line is rough.</source>
            <translation>이 업데이트 전, 배치 하나의 샘플에 대한 평균 손실입니다. 배치마다 달라 선이 거칩니다.</translation>
        </message>
        <message>
            <source>The mean loss of the training samples that are held out, on which the network is never trained; computed after the epoch.</source>
            <translation>떼어 둔 학습 샘플의 평균 손실입니다. 신경망은 이 샘플로 학습하지 않습니다. 에폭 후에 계산합니다.</translation>
        </message>
        <message>
            <source>The mean of the losses of all batches of the test set, on which the network is never trained; computed after the epoch.</source>
            <translation>테스트 세트의 모든 배치에 대한 손실의 평균입니다. 신경망은 테스트 세트로 학습하지 않습니다. 에폭 후에 계산합니다.</translation>
        </message>
        <message>
            <source>The points are drawn from the number {value}.</source>
            <translation>점을 시드 {value} 값으로 뽑습니다.</translation>
        </message>
        <message>
            <source>The points are scattered around their place with a standard deviation of {value}.</source>
            <translation>점이 제자리에서 표준 편차 {value} 크기로 흩어집니다.</translation>
        </message>
        <message>
            <source>The rate is highest after {value} of the planned epochs.</source>
            <translation>예정 에폭의 {value} 지점에서 학습률이 가장 높습니다.</translation>
        </message>
        <message>
            <source>The rate is lowered after more than {value} epochs without a lower loss.</source>
            <translation>손실이 {value}에폭 넘게 낮아지지 않으면 학습률을 낮춥니다.</translation>
        </message>
        <message>
            <source>The rate of each step: the value of the slider, and what the schedule makes of it; dashed lines are the steps to come.</source>
            <translation>각 스텝의 학습률입니다: 슬라이더의 값과 스케줄이 만드는 값. 점선은 앞으로 올 스텝입니다.</translation>
        </message>
        <message>
            <source>The rate rises to its full value over the first {value} epochs.</source>
            <translation>학습률이 처음 {value}에폭 동안 최댓값까지 오릅니다.</translation>
        </message>
        <message>
            <source>The rate that this update uses.</source>
            <translation>이 업데이트에 쓰는 학습률입니다.</translation>
        </message>
        <message>
            <source>The rate that this update uses: the schedule has made it from the slider's {value}.</source>
            <translation>이 업데이트에 쓰는 학습률입니다. 스케줄이 슬라이더의 {value} 값에서 만들었습니다.</translation>
        </message>
        <message>
            <source>The result in large figures: how good the network is now, and how far the run has come.</source>
            <translation>결과를 큰 숫자로 표시합니다. 신경망이 지금 얼마나 좋은지, 실행이 어디까지 왔는지 보여 줍니다.</translation>
        </message>
        <message>
            <source>The result of the last test, on samples that are never trained on.</source>
            <translation>학습에 쓰지 않는 샘플로 한 마지막 테스트의 결과입니다.</translation>
        </message>
        <message>
            <source>The result on the training samples of this epoch so far.</source>
            <translation>이번 에폭에서 지금까지 학습한 샘플의 결과입니다.</translation>
        </message>
        <message>
            <source>The run stops after {value} epochs without a lower loss, at its best epoch.</source>
            <translation>손실이 {value}에폭 동안 낮아지지 않으면 실행을 멈추고 가장 좋은 에폭으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>The same as for the test, of the training samples that are held out from training.</source>
            <translation>테스트와 같은 값을 학습에서 떼어 둔 학습 샘플로 계산한 것입니다.</translation>
        </message>
        <message>
            <source>The samples of one batch, each with its loss: click on the curve to choose it.</source>
            <translation>배치 하나의 샘플과 각각의 손실입니다. 곡선을 클릭하면 배치를 선택합니다.</translation>
        </message>
        <message>
            <source>The samples that the network is trained on, as it sees them.</source>
            <translation>신경망이 학습하는 샘플을 신경망이 보는 그대로 보여 줍니다.</translation>
        </message>
        <message>
            <source>The sections of PyTorch's tutorial in other words: what a section describes lights up in the window.</source>
            <translation>PyTorch 튜토리얼의 각 절을 다른 말로 풀어 씁니다. 절이 설명하는 곳이 창에서 강조됩니다.</translation>
        </message>
        <message>
            <source>The share of all test samples that are classified correctly; computed after the epoch.</source>
            <translation>모든 테스트 샘플 중 맞게 분류한 비율입니다. 에폭 후에 계산합니다.</translation>
        </message>
        <message>
            <source>The share of the planned samples that are trained.</source>
            <translation>예정된 샘플 중 학습한 비율입니다.</translation>
        </message>
        <message>
            <source>The share of the samples of this epoch so far that were classified correctly, each before the update with its batch. It begins anew with each epoch.</source>
            <translation>이 에폭에서 지금까지 나온 샘플 중 맞게 분류한 비율입니다. 각 샘플은 해당 배치로 업데이트하기 전에 분류합니다. 에폭마다 새로 시작합니다.</translation>
        </message>
        <message>
            <source>The size of the gradients is averaged with {value}: over about {steps} steps.</source>
            <translation>변화도의 크기를 계수 {value}, 약 {steps}스텝에 걸쳐 평균합니다.</translation>
        </message>
        <message>
            <source>The smoothed training loss of the last step, and its change since the epoch before.</source>
            <translation>마지막 스텝의 평활된 학습 손실과 이전 에폭 이후의 변화입니다.</translation>
        </message>
        <message>
            <source>The smoothed training loss of this run minus that of another with the same beginning: below 0, this run has the lower training loss.</source>
            <translation>이 실행의 평활 학습 손실에서 시작이 같은 다른 실행의 평활 학습 손실을 뺀 값입니다. 0보다 작으면 이 실행의 학습 손실이 더 낮습니다.</translation>
        </message>
        <message>
            <source>The smoothed training loss of this run minus that of the other. Both see the same batches, so most of the noise cancels; below 0, this run has the lower training loss.</source>
            <translation>이 실행의 평활 학습 손실에서 다른 실행의 평활 학습 손실을 뺀 값입니다. 둘은 같은 배치를 보므로 노이즈가 대부분 상쇄됩니다. 0보다 작으면 이 실행의 학습 손실이 더 낮습니다.</translation>
        </message>
        <message>
            <source>The starting weights are drawn from the number {value}.</source>
            <translation>초기 가중치를 시드 {value} 값으로 뽑습니다.</translation>
        </message>
        <message>
            <source>The state of the run, its progress, its speed, and where it is computed.</source>
            <translation>실행의 상태, 진행률, 속도, 계산하는 장치입니다.</translation>
        </message>
        <message>
            <source>The terms of training in English and Korean, and the control that each belongs to.</source>
            <translation>학습 용어의 영어와 한국어, 그리고 각 용어에 해당하는 컨트롤입니다.</translation>
        </message>
        <message>
            <source>The text that the tutorial's program prints for the same training.</source>
            <translation>같은 학습에서 튜토리얼의 프로그램이 출력하는 텍스트입니다.</translation>
        </message>
        <message>
            <source>The time until the last planned epoch, at the speed of the last half minute.</source>
            <translation>최근 30초의 속도로 계산한, 마지막 예정 에폭까지 남은 시간입니다.</translation>
        </message>
        <message>
            <source>The update at step {step} changes them by {percent} %.</source>
            <translation>{step} 스텝의 업데이트는 가중치를 {percent} % 바꿉니다.</translation>
        </message>
        <message>
            <source>The values under the pointer.</source>
            <translation>포인터 위치의 값입니다.</translation>
        </message>
        <message>
            <source>There is no hidden layer: the inputs reach the outputs directly.</source>
            <translation>은닉 계층이 없어 입력이 출력에 바로 이어집니다.</translation>
        </message>
        <message>
            <source>To choose from</source>
            <translation>선택 항목</translation>
        </message>
        <message>
            <source>Training accuracy</source>
            <translation>학습 정확도</translation>
        </message>
        <message>
            <source>Training error</source>
            <translation>학습 오차</translation>
        </message>
        <message>
            <source>Training goes {value} times through the whole training set.</source>
            <translation>학습 세트 전체를 {value}번 반복해 학습합니다.</translation>
        </message>
        <message>
            <source>Training loss</source>
            <translation>학습 손실</translation>
        </message>
        <message>
            <source>Training samples per second, as a mean over the last three seconds.</source>
            <translation>초당 학습 샘플 수이며, 최근 3초의 평균입니다.</translation>
        </message>
        <message>
            <source>Trains a copy with a growing learning rate, and marks where the loss falls fastest.</source>
            <translation>학습률을 높여 가며 복사본을 학습하고, 손실이 가장 빨리 내려가는 곳을 표시합니다.</translation>
        </message>
        <message>
            <source>Usual value</source>
            <translation>일반적인 값</translation>
        </message>
        <message>
            <source>Validation accuracy</source>
            <translation>검증 정확도</translation>
        </message>
        <message>
            <source>Validation error</source>
            <translation>검증 오차</translation>
        </message>
        <message>
            <source>Validation loss</source>
            <translation>검증 손실</translation>
        </message>
        <message>
            <source>What each run in the plots had at the step that is pointed at, or at the newest step: loss, accuracy, learning rate.</source>
            <translation>그래프의 각 실행이 가리킨 스텝이나 최신 스텝에서 가졌던 값입니다: 손실, 정확도, 학습률.</translation>
        </message>
        <message>
            <source>What happens in each layer: weights, gradients, sizes of the updates, units that give nothing.</source>
            <translation>각 계층에서 일어나는 일입니다: 가중치, 변화도, 업데이트의 크기, 아무것도 내지 않는 유닛.</translation>
        </message>
        <message>
            <source>What is trained and how: the data, the network, and the hyperparameters. Those that apply while training steer the run from its next batch or epoch on.</source>
            <translation>무엇을 어떻게 학습하는지 정합니다: 데이터, 신경망, 하이퍼파라미터. 학습 중에 적용되는 것은 다음 배치나 에폭부터 실행을 조종합니다.</translation>
        </message>
        <message>
            <source>What the curves may mean, the figures this rests on, and one thing to do.</source>
            <translation>곡선이 무엇을 뜻할 수 있는지, 그 근거가 되는 수치, 해 볼 일 한 가지를 보여 줍니다.</translation>
        </message>
        <message>
            <source>What the network says at each place of the plane, with the points.</source>
            <translation>평면의 각 위치에 대한 신경망의 출력을 점과 함께 보여 줍니다.</translation>
        </message>
        <message>
            <source>What the program is doing, and where the run is.</source>
            <translation>프로그램이 하고 있는 일과 실행의 현재 위치입니다.</translation>
        </message>
        <message>
            <source>Where the network is computed. Another kind of device rounds sums in another order, so that the last bits of a run differ; the same device gives the same bits.</source>
            <translation>신경망을 계산하는 곳입니다. 장치의 종류가 다르면 합을 다른 순서로 반올림하므로 실행의 마지막 비트가 달라집니다. 같은 장치는 같은 비트를 냅니다.</translation>
        </message>
        <message>
            <source>Whether the first loss is that of guessing, and the network can learn at all.</source>
            <translation>첫 손실이 무작위 추측의 손실과 같은지, 신경망이 학습할 수 있기는 한지 보여 줍니다.</translation>
        </message>
        <message>
            <source>Which class is predicted as which: rows are true classes, columns predicted ones. For numbers: predicted against true ones.</source>
            <translation>신경망이 무엇을 무엇으로 예측하는지 보여 줍니다. 행은 실제 클래스, 열은 예측 클래스입니다. 수치는 예측값과 실제값을 비교합니다.</translation>
        </message>
        <message>
            <source>Which run branched off which, and at which step.</source>
            <translation>어느 실행이 어느 실행의 어느 스텝에서 분기했는지 보여 줍니다.</translation>
        </message>
        <message>
            <source>With 0, PyTorch chooses the number of threads.</source>
            <translation>0이면 PyTorch가 스레드 수를 정합니다.</translation>
        </message>
        <message>
            <source>With 0, every fall of the loss counts.</source>
            <translation>0이면 손실이 줄어든 것은 모두 셉니다.</translation>
        </message>
        <message>
            <source>With 0, every gradient is used as it is.</source>
            <translation>0이면 모든 변화도를 그대로 사용합니다.</translation>
        </message>
        <message>
            <source>With 0, every point lies exactly in its place.</source>
            <translation>0이면 모든 점이 정확히 제자리에 있습니다.</translation>
        </message>
        <message>
            <source>With 0, no hidden unit is switched off.</source>
            <translation>0이면 은닉 유닛을 끄지 않습니다.</translation>
        </message>
        <message>
            <source>With 0, no training image is moved.</source>
            <translation>0이면 학습 이미지를 옮기지 않습니다.</translation>
        </message>
        <message>
            <source>With 0, no training image is turned.</source>
            <translation>0이면 학습 이미지를 돌리지 않습니다.</translation>
        </message>
        <message>
            <source>With 0, no training sample is held out.</source>
            <translation>0이면 학습 샘플을 떼어 두지 않습니다.</translation>
        </message>
        <message>
            <source>With 0, nothing draws the weights towards 0.</source>
            <translation>0이면 가중치를 0 쪽으로 끌어당기지 않습니다.</translation>
        </message>
        <message>
            <source>With 0, only the gradient of the present batch moves the weights.</source>
            <translation>0이면 현재 배치의 변화도만 가중치를 움직입니다.</translation>
        </message>
        <message>
            <source>With 0, the first epoch without a lower loss lowers the rate.</source>
            <translation>0이면 손실이 낮아지지 않은 첫 에폭에서 학습률을 낮춥니다.</translation>
        </message>
        <message>
            <source>With 0, the first update already uses the full rate.</source>
            <translation>0이면 첫 업데이트부터 학습률이 최댓값입니다.</translation>
        </message>
        <message>
            <source>With 0, the run is never stopped early.</source>
            <translation>0이면 실행을 조기 종료하지 않습니다.</translation>
        </message>
        <message>
            <source>With the next run.</source>
            <translation>다음 실행부터 적용됩니다.</translation>
        </message>
        <message>
            <source>after step {step}</source>
            <translation>{step} 스텝 후</translation>
        </message>
        <message>
            <source>at step {step}</source>
            <translation>{step} 스텝</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>선택됨</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>숨김</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>not chosen</source>
            <translation>선택되지 않음</translation>
        </message>
        <message>
            <source>off</source>
            <translation>끔</translation>
        </message>
        <message>
            <source>on</source>
            <translation>켬</translation>
        </message>
        <message>
            <source>on or off</source>
            <translation>켬 또는 끔</translation>
        </message>
        <message>
            <source>shown</source>
            <translation>표시</translation>
        </message>
        <message>
            <source>whole numbers with commas between them</source>
            <translation>쉼표로 구분한 정수</translation>
        </message>
        <message>
            <source>{mark} at step {step}</source>
            <translation>{mark} ({step} 스텝)</translation>
        </message>
        <message>
            <source>{name} {old} → {new}</source>
            <translation>{name} {old} → {new}</translation>
        </message>
        <message>
            <source>{name} {value}</source>
            <translation>{name} {value}</translation>
        </message>
        <message>
            <source>{name} {value} {where}</source>
            <translation>{name} {value} ({where})</translation>
        </message>
        <message>
            <source>{name}: {value}</source>
            <translation>{name}: {value}</translation>
        </message>
        <message>
            <source>{old} → {new} at step {step}.</source>
            <translation>{step} 스텝에서 {old} → {new}.</translation>
        </message>
        <message>
            <source>{percent} %</source>
            <translation>{percent} %</translation>
        </message>
        <message>
            <source>{percent} % of the hidden units are switched off in each training batch, by chance.</source>
            <translation>학습 배치마다 은닉 유닛의 {percent} %를 무작위로 끕니다.</translation>
        </message>
        <message>
            <source>{percent} % of the training samples are held out and never trained on.</source>
            <translation>학습 샘플의 {percent} %를 떼어 두고 학습에 쓰지 않습니다.</translation>
        </message>
        <message>
            <source>{rate} at step {step}</source>
            <translation>{rate} ({step} 스텝)</translation>
        </message>
        <message>
            <source>{value} is added to the size by which each gradient is divided.</source>
            <translation>각 변화도를 나누는 크기에 {value}만큼 더합니다.</translation>
        </message>
        <message>
            <source>{value} times each weight is added to its gradient, which draws it towards 0.</source>
            <translation>각 가중치의 {value}배를 그 변화도에 더하여 가중치를 0 쪽으로 끌어당깁니다.</translation>
        </message>
        <message>
            <source>{value} times the direction of the update before is added to each gradient: an average over about {steps} steps.</source>
            <translation>각 변화도에 직전 업데이트 방향의 {value}배를 더합니다. 약 {steps}스텝의 평균입니다.</translation>
        </message>
        <message>
            <source>{value} times the learning rate is left after each period.</source>
            <translation>주기마다 학습률의 {value}배가 남습니다.</translation>
        </message>
        <message>
            <source>{value} times the learning rate is left at the end of the run.</source>
            <translation>실행의 끝에 학습률의 {value}배가 남습니다.</translation>
        </message>
        <message>
            <source>{value} training points are made.</source>
            <translation>학습용 점 {value}개를 만듭니다.</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>A file cannot have this name: type another one, without / and \.</source>
            <translation>파일에 쓸 수 없는 이름입니다. / 및 \ 문자 없이 다른 이름을 입력하세요.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Cancelling…</source>
            <translation>취소하는 중…</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>폴더 선택</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>곡선</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>내보내기</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>폴더…</translation>
        </message>
        <message>
            <source>Forms to export</source>
            <translation>내보낼 형식</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Nothing is chosen: tick one or more of the forms.</source>
            <translation>선택한 형식이 없습니다. 하나 이상 선택하세요.</translation>
        </message>
        <message>
            <source>There is no folder to write to: choose one.</source>
            <translation>내보낼 폴더가 없습니다. 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>the name of each run</source>
            <translation>각 실행의 이름</translation>
        </message>
    </context>
    <context>
        <name>Exporter</name>
        <message>
            <source>it could not be started</source>
            <translation>시작하지 못함</translation>
        </message>
        <message>
            <source>it ended with the status {status}</source>
            <translation>종료 상태 {status}</translation>
        </message>
    </context>
    <context>
        <name>Exports</name>
        <message>
            <source>Cancelled: nothing was written.</source>
            <translation>취소됨: 아무것도 쓰지 않았습니다.</translation>
        </message>
        <message>
            <source>Cancelled: {count} were written and checked before that.</source>
            <translation>취소됨: 그 전에 {count}개를 쓰고 확인했습니다.</translation>
        </message>
        <message>
            <source>Copying the run between two steps…</source>
            <translation>두 스텝 사이에서 실행을 복사하는 중…</translation>
        </message>
        <message>
            <source>The current run</source>
            <translation>현재 실행</translation>
        </message>
        <message>
            <source>{count} of {total} written to {folder} and checked.</source>
            <translation>{total}개 중 {count}개를 {folder} 폴더에 쓰고 확인했습니다.</translation>
        </message>
        <message>
            <source>{count} runs</source>
            <translation>실행 {count}개</translation>
        </message>
        <message>
            <source>{count} written to {folder} and checked.</source>
            <translation>{count}개를 {folder} 폴더에 쓰고 확인했습니다.</translation>
        </message>
        <message>
            <source>{file}: {checked}</source>
            <translation>{file}: {checked}</translation>
        </message>
        <message>
            <source>{run}, as it stands at the moment of the export</source>
            <translation>{run}, 내보내는 순간의 상태</translation>
        </message>
        <message>
            <source>{what}: {form}</source>
            <translation>{what}: {form}</translation>
        </message>
    </context>
    <context>
        <name>FanChart</name>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
    </context>
    <context>
        <name>FiguresPanel</name>
        <message>
            <source>Best</source>
            <translation>최고</translation>
        </message>
        <message>
            <source>Best test accuracy</source>
            <translation>최고 테스트 정확도</translation>
        </message>
        <message>
            <source>Best test error</source>
            <translation>최저 테스트 오차</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>결과</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>테스트</translation>
        </message>
        <message>
            <source>Test accuracy</source>
            <translation>테스트 정확도</translation>
        </message>
        <message>
            <source>Test error (MAE)</source>
            <translation>테스트 오차 (MAE)</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Training accuracy</source>
            <translation>학습 정확도</translation>
        </message>
        <message>
            <source>Training error (MAE)</source>
            <translation>학습 오차 (MAE)</translation>
        </message>
        <message>
            <source>Training loss</source>
            <translation>학습 손실</translation>
        </message>
        <message>
            <source>epoch {epoch}</source>
            <translation>에폭 {epoch}</translation>
        </message>
        <message>
            <source>{size} higher than an epoch before</source>
            <translation>한 에폭 전보다 {size} 높음</translation>
        </message>
        <message>
            <source>{size} lower than an epoch before</source>
            <translation>한 에폭 전보다 {size} 낮음</translation>
        </message>
    </context>
    <context>
        <name>Files</name>
        <message>
            <source>{run} step {step}</source>
            <translation>{run} {step} 스텝</translation>
        </message>
        <message>
            <source>{run} step {step} accuracy {value}</source>
            <translation>{run} {step} 스텝 정확도 {value}</translation>
        </message>
        <message>
            <source>{run} step {step} error {value}</source>
            <translation>{run} {step} 스텝 오차 {value}</translation>
        </message>
    </context>
    <context>
        <name>FirstBad</name>
        <message>
            <source>First out of range: the gradient of {layer}, {times} times that of step {before}.</source>
            <translation>처음 범위를 벗어난 곳: {layer} 계층의 변화도, {before} 스텝의 {times}배.</translation>
        </message>
        <message>
            <source>First out of range: the gradient of {layer}.</source>
            <translation>처음 범위를 벗어난 곳: {layer} 계층의 변화도.</translation>
        </message>
        <message>
            <source>First out of range: the output of {layer}, {times} times that of step {before}.</source>
            <translation>처음 범위를 벗어난 곳: {layer} 계층의 출력, {before} 스텝의 {times}배.</translation>
        </message>
        <message>
            <source>First out of range: the output of {layer}.</source>
            <translation>처음 범위를 벗어난 곳: {layer} 계층의 출력.</translation>
        </message>
        <message>
            <source>First out of range: the weights of {layer}, {times} times that of step {before}.</source>
            <translation>처음 범위를 벗어난 곳: {layer} 계층의 가중치, {before} 스텝의 {times}배.</translation>
        </message>
        <message>
            <source>First out of range: the weights of {layer}.</source>
            <translation>처음 범위를 벗어난 곳: {layer} 계층의 가중치.</translation>
        </message>
        <message>
            <source>First to hold NaN or infinity: the gradient of {layer} at step {step}.</source>
            <translation>처음 NaN 또는 무한대가 된 곳: {step} 스텝에서 {layer} 계층의 변화도.</translation>
        </message>
        <message>
            <source>First to hold NaN or infinity: the gradient of {layer}.</source>
            <translation>처음 NaN 또는 무한대가 된 곳: {layer} 계층의 변화도.</translation>
        </message>
        <message>
            <source>First to hold NaN or infinity: the output of {layer} at step {step}.</source>
            <translation>처음 NaN 또는 무한대가 된 곳: {step} 스텝에서 {layer} 계층의 출력.</translation>
        </message>
        <message>
            <source>First to hold NaN or infinity: the output of {layer}.</source>
            <translation>처음 NaN 또는 무한대가 된 곳: {layer} 계층의 출력.</translation>
        </message>
        <message>
            <source>First to hold NaN or infinity: the weights of {layer} after step {step}.</source>
            <translation>처음 NaN 또는 무한대가 된 곳: {step} 스텝 후 {layer} 계층의 가중치.</translation>
        </message>
        <message>
            <source>First to hold NaN or infinity: the weights of {layer}.</source>
            <translation>처음 NaN 또는 무한대가 된 곳: {layer} 계층의 가중치.</translation>
        </message>
        <message>
            <source>Highest loss at step {step}: training sample {place} ({name}), {loss}; others {others}.</source>
            <translation>{step} 스텝의 최대 손실: 학습 샘플 {place} ({name}), {loss}. 나머지 {others}.</translation>
        </message>
        <message>
            <source>Highest loss at step {step}: training sample {place}, {loss}; others {others}.</source>
            <translation>{step} 스텝의 최대 손실: 학습 샘플 {place}, {loss}. 나머지 {others}.</translation>
        </message>
        <message>
            <source>Highest loss: training sample {place} ({name}).</source>
            <translation>손실이 가장 큰 것: 학습 샘플 {place} ({name}).</translation>
        </message>
        <message>
            <source>Highest loss: training sample {place}.</source>
            <translation>손실이 가장 큰 것: 학습 샘플 {place}.</translation>
        </message>
        <message>
            <source>Step {step} has one sample, {place} ({name}), loss {loss}.</source>
            <translation>{step} 스텝의 샘플은 하나입니다: {place} ({name}), 손실 {loss}.</translation>
        </message>
        <message>
            <source>Step {step} has one sample, {place}, loss {loss}.</source>
            <translation>{step} 스텝의 샘플은 하나입니다: {place}, 손실 {loss}.</translation>
        </message>
        <message>
            <source>Step {step}: training sample {place} ({name}) is the first with such a loss.</source>
            <translation>{step} 스텝: 이런 손실이 처음 나온 것은 학습 샘플 {place}번({name})입니다.</translation>
        </message>
        <message>
            <source>Step {step}: training sample {place} is the first with such a loss.</source>
            <translation>{step} 스텝: 이런 손실이 처음 나온 것은 학습 샘플 {place}번입니다.</translation>
        </message>
        <message>
            <source>{layer} {sample}</source>
            <translation>{layer} {sample}</translation>
        </message>
    </context>
    <context>
        <name>FoldedGroup</name>
        <message>
            <source>Click to change it.</source>
            <translation>클릭하면 바꿀 수 있습니다.</translation>
        </message>
        <message>
            <source>Click to fold it to one line.</source>
            <translation>클릭하면 한 줄로 접습니다.</translation>
        </message>
        <message>
            <source>{heading}: {summary}</source>
            <translation>{heading}: {summary}</translation>
        </message>
    </context>
    <context>
        <name>FoldingColumn</name>
        <message>
            <source>Fold the settings to a narrow rail</source>
            <translation>설정을 좁은 막대로 접기</translation>
        </message>
        <message>
            <source>Show the settings</source>
            <translation>설정 표시</translation>
        </message>
    </context>
    <context>
        <name>Footer</name>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Values under the pointer</source>
            <translation>포인터 위치의 값</translation>
        </message>
    </context>
    <context>
        <name>Gallery</name>
        <message>
            <source>Test sample {number}, label {name}</source>
            <translation>테스트 샘플 {number}, 레이블 {name}</translation>
        </message>
        <message>
            <source>Test sample {number}, off by {error}</source>
            <translation>테스트 샘플 {number}, 오차 {error}</translation>
        </message>
        <message>
            <source>label: {name}</source>
            <translation>레이블: {name}</translation>
        </message>
        <message>
            <source>true {numbers}</source>
            <translation>실제값 {numbers}</translation>
        </message>
        <message>
            <source>was: {name}</source>
            <translation>이전: {name}</translation>
        </message>
    </context>
    <context>
        <name>GalleryControls</name>
        <message>
            <source>All</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>All classes</source>
            <translation>모든 클래스</translation>
        </message>
        <message>
            <source>As in the data</source>
            <translation>데이터 순서</translation>
        </message>
        <message>
            <source>Changed since the evaluation before</source>
            <translation>직전 평가 후 바뀜</translation>
        </message>
        <message>
            <source>Class to show</source>
            <translation>표시할 클래스</translation>
        </message>
        <message>
            <source>Confident mistakes</source>
            <translation>확신한 오답순</translation>
        </message>
        <message>
            <source>Highest loss</source>
            <translation>손실 큰 순</translation>
        </message>
        <message>
            <source>Largest error</source>
            <translation>오차 큰 순</translation>
        </message>
        <message>
            <source>Least certain</source>
            <translation>확신 낮은 순</translation>
        </message>
        <message>
            <source>Order of the samples</source>
            <translation>샘플 순서</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>맞음</translation>
        </message>
        <message>
            <source>Samples to show</source>
            <translation>표시할 샘플</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>모두 표시</translation>
        </message>
        <message>
            <source>Show the samples of all classes again.</source>
            <translation>모든 클래스의 샘플을 다시 표시합니다.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>틀림</translation>
        </message>
    </context>
    <context>
        <name>GalleryPanel</name>
        <message>
            <source>Measuring…</source>
            <translation>측정 중…</translation>
        </message>
        <message>
            <source>Orange: covering this lowers the output for {name}. A hint, no proof.</source>
            <translation>주황색: 이곳을 가리면 {name} 출력이 낮아집니다. 단서일 뿐 증거는 아닙니다.</translation>
        </message>
        <message>
            <source>Orange: small changes here change the output for {name} most, on average. A hint, no proof.</source>
            <translation>주황색: 평균적으로 이곳의 작은 변화가 {name} 출력을 가장 크게 바꿉니다. 단서일 뿐 증거는 아닙니다.</translation>
        </message>
        <message>
            <source>Orange: small changes here change the output for {name} most. Grainy; a hint, no proof.</source>
            <translation>주황색: 이곳의 작은 변화가 {name} 출력을 가장 크게 바꿉니다. 거칠며, 단서일 뿐 증거는 아닙니다.</translation>
        </message>
        <message>
            <source>Predicted: {predicted}
True: {true}
Off by: {error}</source>
            <translation>예측값: {predicted}
실제값: {true}
오차: {error}</translation>
        </message>
        <message>
            <source>Test sample {number}</source>
            <translation>테스트 샘플 {number}</translation>
        </message>
        <message>
            <source>The test samples appear here with what the network makes of them, after the first epoch.</source>
            <translation>첫 에폭 후 테스트 샘플과 신경망의 예측이 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>There is no evaluation before this one to compare with.</source>
            <translation>비교할 이전 평가가 없습니다.</translation>
        </message>
        <message>
            <source>{count} changed: {right} became right, {wrong} became wrong</source>
            <translation>{count}개 바뀜: {right}개는 정답으로, {wrong}개는 오답으로</translation>
        </message>
        <message>
            <source>{count} of {all} samples, {wrong} wrong</source>
            <translation>샘플 {all}개 중 {count}개, 오답 {wrong}개</translation>
        </message>
        <message>
            <source>{count} test samples, mean absolute error {error}</source>
            <translation>테스트 샘플 {count}개, 평균 절대 오차 {error}</translation>
        </message>
        <message>
            <source>{count} test samples, {wrong} wrong</source>
            <translation>테스트 샘플 {count}개, 오답 {wrong}개</translation>
        </message>
        <message>
            <source>{count} × {name} predicted as {other}</source>
            <translation>{name} → {other} 오분류 {count}개</translation>
        </message>
        <message>
            <source>{count} × {name}, recognised</source>
            <translation>{count} × {name}, 맞힘</translation>
        </message>
        <message>
            <source>{name} predicted as {other} (test sample {number})</source>
            <translation>{name} → {other} 오분류 (테스트 샘플 {number})</translation>
        </message>
        <message>
            <source>{name}, recognised (test sample {number})</source>
            <translation>{name}, 맞힘 (테스트 샘플 {number})</translation>
        </message>
    </context>
    <context>
        <name>GalleryView</name>
        <message>
            <source>Test samples</source>
            <translation>테스트 샘플</translation>
        </message>
    </context>
    <context>
        <name>GlossaryPanel</name>
        <message>
            <source>Click a term, or press Enter: what it belongs to lights up.</source>
            <translation>용어를 클릭하거나 Enter 키를 누르면 해당하는 곳이 강조됩니다.</translation>
        </message>
        <message>
            <source>Glossary</source>
            <translation>용어집</translation>
        </message>
        <message>
            <source>No term contains this.</source>
            <translation>일치하는 용어가 없습니다.</translation>
        </message>
        <message>
            <source>Search in both languages</source>
            <translation>두 언어로 검색</translation>
        </message>
        <message>
            <source>Search the glossary</source>
            <translation>용어집 검색</translation>
        </message>
        <message>
            <source>Shows the terms whose name or definition contains what you type.</source>
            <translation>입력한 말이 이름이나 정의에 들어 있는 용어를 표시합니다.</translation>
        </message>
        <message>
            <source>Terms</source>
            <translation>용어</translation>
        </message>
    </context>
    <context>
        <name>Guide</name>
        <message>
            <source>Actions</source>
            <translation>명령</translation>
        </message>
        <message>
            <source>Allowed</source>
            <translation>허용 값</translation>
        </message>
        <message>
            <source>Choices</source>
            <translation>선택</translation>
        </message>
        <message>
            <source>Contents of the guide</source>
            <translation>안내서 목차</translation>
        </message>
        <message>
            <source>Guide</source>
            <translation>안내서</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>Light this up in the window.</source>
            <translation>창에서 해당하는 곳을 강조합니다.</translation>
        </message>
        <message>
            <source>Nothing in the guide contains this.</source>
            <translation>안내서에 일치하는 내용이 없습니다.</translation>
        </message>
        <message>
            <source>Page of the guide</source>
            <translation>안내서 페이지</translation>
        </message>
        <message>
            <source>Panels</source>
            <translation>패널</translation>
        </message>
        <message>
            <source>Search the guide</source>
            <translation>안내서 검색</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Show me</source>
            <translation>위치 보기</translation>
        </message>
        <message>
            <source>Shows what contains every word that you type.</source>
            <translation>입력한 모든 낱말이 들어 있는 내용을 표시합니다.</translation>
        </message>
        <message>
            <source>Takes effect</source>
            <translation>적용 시점</translation>
        </message>
        <message>
            <source>Terms</source>
            <translation>용어</translation>
        </message>
        <message>
            <source>Usual value</source>
            <translation>일반적인 값</translation>
        </message>
        <message>
            <source>What should be seen</source>
            <translation>예상 결과</translation>
        </message>
        <message>
            <source>With the next run.</source>
            <translation>다음 실행부터 적용됩니다.</translation>
        </message>
    </context>
    <context>
        <name>HeadlineFigure</name>
        <message>
            <source>Click to copy it.</source>
            <translation>클릭하면 복사합니다.</translation>
        </message>
        <message>
            <source>Copied: {text}</source>
            <translation>복사됨: {text}</translation>
        </message>
        <message>
            <source>{caption}: {value}</source>
            <translation>{caption}: {value}</translation>
        </message>
    </context>
    <context>
        <name>HintStrip</name>
        <message>
            <source>Dismiss the hint</source>
            <translation>힌트 닫기</translation>
        </message>
        <message>
            <source>Do not show this hint again until there is a new reason. View &gt; Hints hides all of them.</source>
            <translation>새로운 이유가 생길 때까지 이 힌트를 다시 표시하지 않습니다. 보기 &gt; 힌트에서 모두 숨길 수 있습니다.</translation>
        </message>
        <message>
            <source>Hint</source>
            <translation>힌트</translation>
        </message>
        <message>
            <source>{basis} {more}</source>
            <translation>{basis} {more}</translation>
        </message>
    </context>
    <context>
        <name>Hints</name>
        <message>
            <source>A rule of thumb after the notes of CS231n.</source>
            <translation>CS231n 강의 노트에 따른 경험칙입니다.</translation>
        </message>
        <message>
            <source>A rule of thumb of this program.</source>
            <translation>이 프로그램의 경험칙입니다.</translation>
        </message>
        <message>
            <source>Add an epoch</source>
            <translation>1에폭 추가</translation>
        </message>
        <message>
            <source>Add {count} epochs</source>
            <translation>{count}에폭 추가</translation>
        </message>
        <message>
            <source>Based on epochs {epoch} to {last_epoch}: test {best} → {last}, training {before} → {now}.</source>
            <translation>근거: {epoch}~{last_epoch} 에폭, 테스트 {best} → {last}, 학습 {before} → {now}.</translation>
        </message>
        <message>
            <source>Based on epochs {epoch} to {last_epoch}: validation {best} → {last}, training {before} → {now}.</source>
            <translation>근거: {epoch}~{last_epoch} 에폭, 검증 {best} → {last}, 학습 {before} → {now}.</translation>
        </message>
        <message>
            <source>Based on step {step}, before any update: loss {loss}.</source>
            <translation>근거: 업데이트 전 {step} 스텝, 손실 {loss}.</translation>
        </message>
        <message>
            <source>Based on step {step}: loss {loss}, out of its range. The run is back at step {returned_to}, at a rate of {now}.</source>
            <translation>근거: {step} 스텝의 손실 {loss}, 범위를 벗어남. 실행이 {returned_to} 스텝으로 돌아갔습니다(학습률 {now}).</translation>
        </message>
        <message>
            <source>Based on step {step}: loss {loss}, out of its range. The run is back at step {returned_to}.</source>
            <translation>근거: {step} 스텝의 손실 {loss}, 범위를 벗어남. 실행이 {returned_to} 스텝으로 돌아갔습니다.</translation>
        </message>
        <message>
            <source>Based on step {step}: loss {loss}. The weights of step {returned_to} are kept.</source>
            <translation>근거: {step} 스텝의 손실 {loss}. {returned_to} 스텝의 가중치는 남아 있습니다.</translation>
        </message>
        <message>
            <source>Based on the first batch: {loss}; equal scores cost ln({classes}) = {chance}.</source>
            <translation>근거: 첫 배치 {loss}, 점수가 모두 같을 때의 손실 ln({classes}) = {chance}.</translation>
        </message>
        <message>
            <source>Based on the last test: most of its {samples} samples are predicted as {taken_for}.</source>
            <translation>근거: 마지막 테스트, 샘플 {samples}개의 대부분을 {taken_for} 클래스로 예측.</translation>
        </message>
        <message>
            <source>Based on the last test: {samples} samples, one output.</source>
            <translation>근거: 마지막 테스트, 샘플 {samples}개에 출력 하나.</translation>
        </message>
        <message>
            <source>Based on the last {epochs} epochs: test loss {low} to {high}.</source>
            <translation>근거: 최근 {epochs}에폭, 테스트 손실 {low}~{high}.</translation>
        </message>
        <message>
            <source>Based on the last {epochs} epochs: validation loss {low} to {high}.</source>
            <translation>근거: 최근 {epochs}에폭, 검증 손실 {low}~{high}.</translation>
        </message>
        <message>
            <source>Based on the last {steps} steps: swings of {share} % of the loss.</source>
            <translation>근거: 최근 {steps}스텝, 손실의 {share} % 폭으로 진동.</translation>
        </message>
        <message>
            <source>Based on the last {steps} steps: {first} → {last}.</source>
            <translation>근거: 최근 {steps}스텝, {first} → {last}.</translation>
        </message>
        <message>
            <source>Based on the last {steps} steps: {first} → {last}; test {test}, at first {start}.</source>
            <translation>근거: 최근 {steps}스텝, {first} → {last}, 테스트 {test}, 처음 {start}.</translation>
        </message>
        <message>
            <source>Based on the last {steps} steps: {last}, at first {first}.</source>
            <translation>근거: 최근 {steps}스텝, {last}, 처음 {first}.</translation>
        </message>
        <message>
            <source>Based on the last {steps} steps: {last}; guessing costs ln({classes}) = {chance}.</source>
            <translation>근거: 최근 {steps}스텝, {last}, 무작위 추측의 손실 ln({classes}) = {chance}.</translation>
        </message>
        <message>
            <source>Based on the test of epoch {epoch}: R² {r2}; the mean of the targets has 0.</source>
            <translation>근거: {epoch} 에폭의 테스트, R² {r2}, 목표값의 평균은 0.</translation>
        </message>
        <message>
            <source>Based on the tests: {last} in epoch {last_epoch}, at best {best}.</source>
            <translation>근거: 테스트, {last_epoch} 에폭에서 {last}, 최저 {best}.</translation>
        </message>
        <message>
            <source>Based on the validation: {last} in epoch {last_epoch}, at best {best}.</source>
            <translation>근거: 검증, {last_epoch} 에폭에서 {last}, 최저 {best}.</translation>
        </message>
        <message>
            <source>Based on {steps} steps: {first} → {last}.</source>
            <translation>근거: {steps}스텝, {first} → {last}.</translation>
        </message>
        <message>
            <source>Both losses stand still and are high: the network may be too small.</source>
            <translation>두 손실이 모두 높은 채 멈춰 있습니다. 신경망이 너무 작을 수 있습니다.</translation>
        </message>
        <message>
            <source>Check the network…</source>
            <translation>신경망 점검…</translation>
        </message>
        <message>
            <source>Find learning rate…</source>
            <translation>학습률 탐색…</translation>
        </message>
        <message>
            <source>Go back to epoch {epoch}</source>
            <translation>{epoch} 에폭으로 돌아가기</translation>
        </message>
        <message>
            <source>Go back to the start</source>
            <translation>처음으로 돌아가기</translation>
        </message>
        <message>
            <source>Hints about the curves appear here when a run is under way.</source>
            <translation>실행이 진행 중이면 곡선에 대한 힌트가 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>Measured as in Prechelt, Early Stopping, But When? (1998).</source>
            <translation>Prechelt, Early Stopping, But When? (1998)의 방법으로 측정했습니다.</translation>
        </message>
        <message>
            <source>No test sample is predicted as {name}.</source>
            <translation>{name} 클래스로 예측한 테스트 샘플이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing else stands out.</source>
            <translation>그 밖에 눈에 띄는 점이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing stands out in the curves.</source>
            <translation>곡선에서 눈에 띄는 점이 없습니다.</translation>
        </message>
        <message>
            <source>Save weights…</source>
            <translation>가중치 저장…</translation>
        </message>
        <message>
            <source>Set {name} to {value}</source>
            <translation>{name} 값을 {value}에 맞추기</translation>
        </message>
        <message>
            <source>Show them</source>
            <translation>표시</translation>
        </message>
        <message>
            <source>Start again at a rate of {rate}</source>
            <translation>학습률 {rate}에서 다시 시작</translation>
        </message>
        <message>
            <source>The factor is that of PyTorch's ReduceLROnPlateau.</source>
            <translation>이 배율은 PyTorch의 ReduceLROnPlateau와 같습니다.</translation>
        </message>
        <message>
            <source>The first loss is far from that of guessing: data or weights may be too large.</source>
            <translation>첫 손실이 무작위 추측의 손실과 크게 다릅니다. 데이터나 가중치가 너무 클 수 있습니다.</translation>
        </message>
        <message>
            <source>The first loss is not finite: the cause is the data or the network, not the learning rate.</source>
            <translation>첫 손실이 유한하지 않습니다. 원인은 학습률이 아니라 데이터나 신경망입니다.</translation>
        </message>
        <message>
            <source>The guard stopped the run: a learning rate of {rate} may be too high.</source>
            <translation>발산 방지가 실행을 멈췄습니다. 학습률 {rate} 값이 너무 높을 수 있습니다.</translation>
        </message>
        <message>
            <source>The loss falls by {fall} % an epoch.</source>
            <translation>손실이 에폭마다 {fall} % 내려갑니다.</translation>
        </message>
        <message>
            <source>The loss hardly moves: the learning rate may be too low.</source>
            <translation>손실이 거의 변하지 않습니다. 학습률이 너무 낮을 수 있습니다.</translation>
        </message>
        <message>
            <source>The loss is not finite any more, which ended the run: a learning rate of {rate} may be too high.</source>
            <translation>손실이 유한하지 않게 되어 실행이 끝났습니다. 학습률 {rate} 값이 너무 높을 수 있습니다.</translation>
        </message>
        <message>
            <source>The loss no longer falls, and its test is at its best: it may be finished.</source>
            <translation>손실이 더 내려가지 않고 테스트 손실이 가장 좋습니다. 학습이 끝난 것일 수 있습니다.</translation>
        </message>
        <message>
            <source>The loss no longer falls, and its validation is at its best: it may be finished.</source>
            <translation>손실이 더 내려가지 않고 검증 손실이 가장 좋습니다. 학습이 끝난 것일 수 있습니다.</translation>
        </message>
        <message>
            <source>The loss rises above where it began: the learning rate may be too high.</source>
            <translation>손실이 처음보다 높아집니다. 학습률이 너무 높을 수 있습니다.</translation>
        </message>
        <message>
            <source>The loss still falls by {fall} % an epoch: more epochs may help.</source>
            <translation>손실이 아직 에폭마다 {fall} % 내려갑니다. 에폭을 늘리면 도움이 될 수 있습니다.</translation>
        </message>
        <message>
            <source>The loss swings up and down: the learning rate may be too high.</source>
            <translation>손실이 위아래로 진동합니다. 학습률이 너무 높을 수 있습니다.</translation>
        </message>
        <message>
            <source>The network hardly does better than guessing: the rate may be too high.</source>
            <translation>신경망이 무작위 추측과 거의 다르지 않습니다. 학습률이 너무 높을 수 있습니다.</translation>
        </message>
        <message>
            <source>The output is the same for every test sample: hidden units may be dead.</source>
            <translation>모든 테스트 샘플의 출력이 같습니다. 은닉 유닛이 죽었을 수 있습니다.</translation>
        </message>
        <message>
            <source>The test loss goes up and down: the learning rate may be too high.</source>
            <translation>테스트 손실이 오르내립니다. 학습률이 너무 높을 수 있습니다.</translation>
        </message>
        <message>
            <source>The test loss rises while the training loss falls: it may be overfitting.</source>
            <translation>학습 손실은 내려가는데 테스트 손실은 올라갑니다. 과적합일 수 있습니다.</translation>
        </message>
        <message>
            <source>The training loss stands still.</source>
            <translation>학습 손실이 멈춰 있습니다.</translation>
        </message>
        <message>
            <source>The training loss stands still: a lower learning rate may help.</source>
            <translation>학습 손실이 멈춰 있습니다. 학습률을 낮추면 도움이 될 수 있습니다.</translation>
        </message>
        <message>
            <source>The validation loss goes up and down: the learning rate may be too high.</source>
            <translation>검증 손실이 오르내립니다. 학습률이 너무 높을 수 있습니다.</translation>
        </message>
        <message>
            <source>The validation loss rises while the training loss falls: it may be overfitting.</source>
            <translation>학습 손실은 내려가는데 검증 손실은 올라갑니다. 과적합일 수 있습니다.</translation>
        </message>
        <message>
            <source>Try a rate of {value}</source>
            <translation>학습률 {value} 시도</translation>
        </message>
        <message>
            <source>{count} classes are never predicted, such as {name}.</source>
            <translation>{name} 등 {count}개 클래스는 한 번도 예측되지 않습니다.</translation>
        </message>
    </context>
    <context>
        <name>HistogramsView</name>
        <message>
            <source>Gradients</source>
            <translation>변화도</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>계층</translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation>출력</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>가중치</translation>
        </message>
        <message>
            <source>What the histograms are of</source>
            <translation>히스토그램의 대상</translation>
        </message>
        <message>
            <source>network</source>
            <translation>신경망</translation>
        </message>
        <message>
            <source>{numbers} of {layer} over the steps</source>
            <translation>스텝에 따른 {layer} 계층의 {numbers}</translation>
        </message>
    </context>
    <context>
        <name>HyperparameterControl</name>
        <message>
            <source>Default: {value}. Double-click the name to return to it.</source>
            <translation>기본값: {value}. 이름을 두 번 클릭하면 기본값으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>Reset to {value}</source>
            <translation>{value} 값으로 되돌리기</translation>
        </message>
        <message>
            <source>now {value}</source>
            <translation>현재 {value}</translation>
        </message>
    </context>
    <context>
        <name>Hyperparameters</name>
        <message>
            <source>A small number added where the optimizer divides by the size of the gradient, so that it never divides by 0. Rarely needs a change; a larger value makes the steps smaller where gradients are small.</source>
            <translation>옵티마이저가 변화도의 크기로 나눌 때 더하는 작은 수로, 0으로 나누는 일을 막습니다. 바꿀 일은 드뭅니다. 값이 크면 변화도가 작은 곳에서 스텝이 더 작아집니다.</translation>
        </message>
        <message>
            <source>Activation</source>
            <translation>활성화</translation>
        </message>
        <message>
            <source>Alpha</source>
            <translation>알파</translation>
        </message>
        <message>
            <source>Batch normalization</source>
            <translation>배치 정규화</translation>
        </message>
        <message>
            <source>Batch size</source>
            <translation>배치 크기</translation>
        </message>
        <message>
            <source>Beta 1</source>
            <translation>베타 1</translation>
        </message>
        <message>
            <source>Beta 2</source>
            <translation>베타 2</translation>
        </message>
        <message>
            <source>Brings the outputs of each hidden layer to mean 0 and standard deviation 1 over the batch (Ioffe and Szegedy, 2015), so that deep networks and large learning rates train well. Tests use running means. It needs batches of two samples or more.</source>
            <translation>각 은닉 계층의 출력을 배치 안에서 평균 0, 표준 편차 1로 맞춥니다(Ioffe와 Szegedy, 2015). 그러면 깊은 신경망과 큰 학습률에서도 학습이 잘됩니다. 테스트에서는 이동 평균을 사용합니다. 배치에 샘플이 두 개 이상 있어야 합니다.</translation>
        </message>
        <message>
            <source>CUDA graph</source>
            <translation>CUDA 그래프</translation>
        </message>
        <message>
            <source>Checks the loss: if it is NaN, infinite or far above its recent range, the run is paused and returns to the last good snapshot, and you are asked how to continue. Off, only a loss that is NaN or infinite ends the run.</source>
            <translation>손실을 검사합니다. 손실이 NaN이거나 무한대이거나 최근 범위보다 훨씬 크면, 실행을 일시 정지하고 마지막 정상 스냅샷으로 돌아간 뒤 어떻게 계속할지 묻습니다. 끄면 손실이 NaN이나 무한대일 때만 실행을 끝냅니다.</translation>
        </message>
        <message>
            <source>Compiled model</source>
            <translation>모델 컴파일</translation>
        </message>
        <message>
            <source>Computes the gradient one momentum step ahead, which reduces the swings of the loss a little. Has an effect only if the momentum is above 0.</source>
            <translation>모멘텀만큼 한 스텝 앞선 위치에서 변화도를 계산하여 손실의 흔들림을 조금 줄입니다. 모멘텀이 0보다 클 때만 효과가 있습니다.</translation>
        </message>
        <message>
            <source>Decay</source>
            <translation>감쇠 계수</translation>
        </message>
        <message>
            <source>Divergence guard</source>
            <translation>발산 방지</translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation>드롭아웃</translation>
        </message>
        <message>
            <source>Early stopping</source>
            <translation>조기 종료</translation>
        </message>
        <message>
            <source>Epochs</source>
            <translation>에폭</translation>
        </message>
        <message>
            <source>Epsilon</source>
            <translation>엡실론</translation>
        </message>
        <message>
            <source>Flip</source>
            <translation>좌우 반전</translation>
        </message>
        <message>
            <source>Flips half of the training images horizontally, others in each epoch, so that left and right do not matter. Good for things that occur both ways; digits and letters do not. Test images stay as they are.</source>
            <translation>에폭마다 다른 절반의 학습 이미지를 좌우로 뒤집어, 왼쪽과 오른쪽이 중요하지 않게 합니다. 양쪽 방향으로 나타나는 사물에는 좋지만, 숫자와 글자는 그렇지 않습니다. 테스트 이미지는 그대로 둡니다.</translation>
        </message>
        <message>
            <source>Fused update</source>
            <translation>융합 업데이트</translation>
        </message>
        <message>
            <source>Gradient clipping</source>
            <translation>변화도 클리핑</translation>
        </message>
        <message>
            <source>Hidden layers</source>
            <translation>은닉 계층</translation>
        </message>
        <message>
            <source>How far each update moves the weights along the gradient. If it is too small, the loss falls very slowly; if it is too large, the loss jumps up and down, grows, or becomes NaN. Change it while training and see how the slope of the loss curve changes.</source>
            <translation>업데이트마다 가중치를 변화도를 따라 얼마나 움직일지 정합니다. 너무 작으면 손실이 아주 느리게 줄고, 너무 크면 손실이 오르내리거나 커지거나 NaN이 됩니다. 학습 중에 바꿔 보며 손실 곡선의 기울기가 어떻게 달라지는지 살펴보세요.</translation>
        </message>
        <message>
            <source>How far the points are scattered around their place, as a standard deviation. With 0, the classes or the curve can be learned perfectly; with much, the classes overlap and no network can tell them apart.</source>
            <translation>점이 제자리에서 흩어지는 정도를 표준 편차로 나타낸 값입니다. 0이면 클래스나 곡선을 완벽하게 학습할 수 있습니다. 크면 클래스가 겹쳐 어떤 신경망도 구별하지 못합니다.</translation>
        </message>
        <message>
            <source>How long Adam averages past gradients to choose the direction of a step: 0.9 averages over about ten steps. A lower value follows each batch more closely; close to 1, the direction changes slowly.</source>
            <translation>Adam이 스텝의 방향을 정할 때 과거 변화도를 얼마나 오래 평균할지 정합니다. 0.9는 약 10스텝을 평균합니다. 값이 작으면 각 배치를 더 가깝게 따르고, 1에 가까우면 방향이 천천히 바뀝니다.</translation>
        </message>
        <message>
            <source>How long Adam averages the size of past gradients to scale the step of each weight: 0.999 averages over about a thousand steps. If it is too low, the step sizes jump from batch to batch.</source>
            <translation>Adam이 각 가중치의 스텝 크기를 조절할 때 과거 변화도의 크기를 얼마나 오래 평균할지 정합니다. 0.999는 약 1,000스텝을 평균합니다. 너무 작으면 스텝 크기가 배치마다 들쭉날쭉합니다.</translation>
        </message>
        <message>
            <source>How long RMSprop averages the size of past gradients: 0.99 averages over about a hundred steps. A lower value reacts faster, but the step sizes vary more.</source>
            <translation>RMSprop이 과거 변화도의 크기를 얼마나 오래 평균할지 정합니다. 0.99는 약 100스텝을 평균합니다. 값이 작으면 더 빨리 반응하지만 스텝 크기의 변동이 커집니다.</translation>
        </message>
        <message>
            <source>How many epochs pass until the schedule has multiplied the learning rate once by its decay. If it is too short, the rate is near 0 before the network has learned; longer than the run, it has little effect.</source>
            <translation>스케줄이 학습률에 감쇠 계수를 한 번 곱하기까지 걸리는 에폭 수입니다. 너무 짧으면 신경망이 학습하기 전에 학습률이 0에 가까워지고, 실행보다 길면 효과가 거의 없습니다.</translation>
        </message>
        <message>
            <source>How many epochs the learning rate takes to rise to its full value; 0 starts with all of it. With a slow rise, a large rate does not move the untrained weights too far; too long a rise wastes the run.</source>
            <translation>학습률이 최댓값까지 오르는 데 걸리는 에폭 수입니다. 0이면 처음부터 최댓값입니다. 천천히 올리면 학습률이 커도 학습되지 않은 가중치가 너무 멀리 움직이지 않습니다. 너무 오래 올리면 실행을 낭비합니다.</translation>
        </message>
        <message>
            <source>How many epochs without a lower loss the schedule waits before it lowers the learning rate. With too few, noise lowers the rate while the network still learns; with too many, epochs are wasted.</source>
            <translation>손실이 낮아지지 않을 때 스케줄이 학습률을 낮추기 전까지 기다리는 에폭 수입니다. 너무 적으면 신경망이 아직 학습 중인데도 노이즈 때문에 학습률이 낮아지고, 너무 많으면 에폭을 낭비합니다.</translation>
        </message>
        <message>
            <source>How many images pass through the network before the weights are updated once. Small batches update often, but each update is noisy: the loss curve is rough. Large batches give smooth, reliable updates, but few in an epoch, so at the same learning rate the network learns more slowly.</source>
            <translation>가중치를 한 번 업데이트하기까지 신경망을 통과하는 이미지 수입니다. 배치가 작으면 자주 업데이트하지만 업데이트마다 노이즈가 많아 손실 곡선이 거칩니다. 배치가 크면 업데이트가 매끄럽고 안정적이지만 에폭당 횟수가 적어, 같은 학습률에서는 더 느리게 학습합니다.</translation>
        </message>
        <message>
            <source>How many processor threads each operation may use; 0 leaves the choice to PyTorch. For this small network, more is not always faster. It costs parity: another number rounds sums in another order, so the last bits differ from a run with PyTorch's own number.</source>
            <translation>각 연산이 쓸 수 있는 프로세서 스레드 수입니다. 0이면 PyTorch가 정합니다. 이렇게 작은 신경망에서는 많다고 늘 빠르지는 않습니다. 비트 일치를 잃습니다. 스레드 수가 다르면 합을 다른 순서로 반올림하므로, PyTorch가 정한 수로 실행할 때와 마지막 비트가 달라집니다.</translation>
        </message>
        <message>
            <source>How many times training goes through the whole training set. With too few, the network has not finished learning: both loss curves are still falling. With too many, it overfits: it memorizes the training images, so the test loss rises while the training loss keeps falling. Can be raised or lowered while training.</source>
            <translation>학습 세트 전체를 몇 번 반복해 학습할지 정합니다. 너무 적으면 학습이 덜 끝나 두 손실 곡선이 아직 내려가는 중입니다. 너무 많으면 과적합되어 학습 이미지를 외우므로, 학습 손실은 계속 줄어도 테스트 손실은 오릅니다. 학습 중에 늘리거나 줄일 수 있습니다.</translation>
        </message>
        <message>
            <source>How many training points are made; a quarter as many are made for the test. With few points the network learns them by heart: the test loss stays above the training loss. Many points take longer, and show the shape more clearly.</source>
            <translation>만들 학습용 점의 수입니다. 테스트용 점은 그 4분의 1만큼 만듭니다. 점이 적으면 신경망이 외워 버려 테스트 손실이 학습 손실보다 높게 남습니다. 점이 많으면 시간이 더 걸리지만 모양이 더 뚜렷합니다.</translation>
        </message>
        <message>
            <source>How many units each hidden layer has, from the first to the last: 512,512 are two layers as in the tutorial, and nothing is no hidden layer, which can only separate classes by straight lines. More and wider layers can fit more, but train more slowly and overfit sooner. At most 12 layers of 1 to 8192 units.</source>
            <translation>각 은닉 계층의 유닛 수를 처음부터 차례로 적습니다. 512,512는 튜토리얼과 같은 두 계층이고, 비워 두면 은닉 계층이 없어 클래스를 직선으로만 나눌 수 있습니다. 계층이 많고 넓을수록 더 많은 것에 맞출 수 있지만, 학습이 느려지고 과적합이 빨리 옵니다. 최대 12개 계층, 계층당 1~8192개 유닛입니다.</translation>
        </message>
        <message>
            <source>How many units the layer has.</source>
            <translation>계층의 유닛 수입니다.</translation>
        </message>
        <message>
            <source>How much of the previous update is added to the next one. 0 uses only the current gradient; 0.9 averages over about the last ten steps and usually learns much faster. Close to 1, the updates go too far: the loss swings up and down.</source>
            <translation>직전 업데이트를 다음 업데이트에 얼마나 더할지 정합니다. 0은 현재 변화도만 사용하고, 0.9는 최근 약 10스텝을 평균하여 대개 훨씬 빨리 학습합니다. 1에 가까우면 업데이트가 지나쳐 손실이 오르내립니다.</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>Least gain</source>
            <translation>최소 개선폭</translation>
        </message>
        <message>
            <source>Left at the end</source>
            <translation>최종 비율</translation>
        </message>
        <message>
            <source>Lets torch.compile translate the network into one program. The first batch then takes about ten seconds or more, and each later batch a little less time: worth it for long runs. It costs parity: operations are merged, so the last bits differ from the tutorial's.</source>
            <translation>torch.compile이 신경망을 하나의 프로그램으로 변환하게 합니다. 그러면 첫 배치는 약 10초 이상 걸리고 이후 배치는 하나하나가 조금 더 빠르므로, 긴 실행에 알맞습니다. 비트 일치를 잃습니다. 연산이 합쳐져 마지막 비트가 튜토리얼과 달라집니다.</translation>
        </message>
        <message>
            <source>Momentum</source>
            <translation>모멘텀</translation>
        </message>
        <message>
            <source>Moves each training image by up to this many pixels in both directions, differently in each epoch; what comes in at the edge is black. 0 is off. With a small shift the network learns that the place does not matter; with a large one parts of the object are lost.</source>
            <translation>학습 이미지를 가로와 세로로 최대 이 픽셀 수만큼, 에폭마다 다르게 옮깁니다. 가장자리에 새로 들어오는 부분은 검은색입니다. 0이면 끔입니다. 조금 옮기면 신경망이 위치가 중요하지 않다는 것을 배우고, 많이 옮기면 물체의 일부가 사라집니다.</translation>
        </message>
        <message>
            <source>Moves every weight a little towards 0 at each update, which reduces overfitting. 0 is off. If it is too small, nothing changes; if it is too large, the weights cannot grow enough to fit: the loss stays high.</source>
            <translation>업데이트마다 모든 가중치를 0 쪽으로 조금 움직여 과적합을 줄입니다. 0이면 끔입니다. 너무 작으면 달라지는 것이 없고, 너무 크면 가중치가 데이터에 맞을 만큼 커지지 못해 손실이 높게 남습니다.</translation>
        </message>
        <message>
            <source>Multiplies matrices in bfloat16, numbers of 16 bits with only 8 bits of precision, where PyTorch considers that safe. About twice as fast on processors that support them, slower on others. It costs parity: losses differ from the third digit on, though the network learns equally well.</source>
            <translation>PyTorch가 안전하다고 보는 곳에서 행렬을 bfloat16(정밀도가 8비트뿐인 16비트 수)으로 곱합니다. 지원하는 프로세서에서는 약 두 배 빠르고, 다른 프로세서에서는 더 느립니다. 비트 일치를 잃습니다. 손실이 셋째 자리부터 달라지지만, 신경망은 똑같이 잘 학습합니다.</translation>
        </message>
        <message>
            <source>Nesterov</source>
            <translation>Nesterov</translation>
        </message>
        <message>
            <source>Noise</source>
            <translation>노이즈</translation>
        </message>
        <message>
            <source>On an NVIDIA GPU, records a whole step once and starts all of it at once: a small network's step takes less time than starting its parts one by one. It proves at the start that its numbers are those of single steps. It costs parity: it uses the fused update, whose last bits differ from the tutorial's.</source>
            <translation>NVIDIA GPU에서 스텝 전체를 한 번 기록해 두고 한꺼번에 시작합니다. 작은 신경망의 스텝은 부분을 하나씩 시작할 때보다 시간이 덜 걸립니다. 시작할 때 개별 스텝과 숫자가 같음을 확인합니다. 비트 일치를 잃습니다. 융합 업데이트를 사용하므로 마지막 비트가 튜토리얼과 달라집니다.</translation>
        </message>
        <message>
            <source>Patience</source>
            <translation>대기 에폭</translation>
        </message>
        <message>
            <source>Peak at</source>
            <translation>최고점 위치</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>주기</translation>
        </message>
        <message>
            <source>Points</source>
            <translation>점</translation>
        </message>
        <message>
            <source>Rotation</source>
            <translation>회전</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>Seed of the points</source>
            <translation>점의 시드</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>이동</translation>
        </message>
        <message>
            <source>Shuffle the images</source>
            <translation>이미지 섞기</translation>
        </message>
        <message>
            <source>Stops after this many epochs in which the validation loss has not fallen, and returns to the best epoch, which can be undone; 0 never stops. Where no validation share is held out, it watches the test loss, and the test accuracy then looks better than it is. With too few epochs, noise ends the run too soon.</source>
            <translation>검증 손실이 이만큼의 에폭 동안 줄지 않으면 멈추고 가장 좋은 에폭으로 돌아갑니다. 이는 실행 취소할 수 있습니다. 0이면 멈추지 않습니다. 검증용으로 떼어 둔 데이터가 없으면 테스트 손실을 살피며, 그러면 테스트 정확도가 실제보다 좋아 보입니다. 에폭이 너무 적으면 노이즈 때문에 실행이 너무 일찍 끝납니다.</translation>
        </message>
        <message>
            <source>The factor by which the schedule multiplies the learning rate in each period: 0.1 leaves a tenth of it, 1 all of it. If it is too small, learning stops early; close to 1, the steps stay large and the loss stays noisy at the end.</source>
            <translation>스케줄이 주기마다 학습률에 곱하는 계수입니다. 0.1이면 10분의 1이, 1이면 전부 남습니다. 너무 작으면 학습이 일찍 멈추고, 1에 가까우면 스텝이 계속 커서 끝에도 손실에 노이즈가 남습니다.</translation>
        </message>
        <message>
            <source>The function after each hidden layer, without which all layers together were one straight line. ReLU is the tutorial's and trains fast; tanh and sigmoid are smooth, but their gradients vanish in deep networks; GELU is a smooth ReLU (Hendrycks and Gimpel, 2016).</source>
            <translation>각 은닉 계층 뒤의 함수입니다. 이것이 없으면 모든 계층을 합쳐도 하나의 직선입니다. ReLU는 튜토리얼이 쓰는 것으로 학습이 빠릅니다. tanh와 sigmoid는 매끄럽지만 깊은 신경망에서 변화도가 소실됩니다. GELU는 매끄러운 ReLU입니다(Hendrycks와 Gimpel, 2016).</translation>
        </message>
        <message>
            <source>The largest norm that the gradient of all weights together may have; a longer one is shortened to it before the update. 0 is off. It keeps a single bad batch from throwing the weights far. Too small, every update is shortened and learning is slow; too large, nothing is shortened.</source>
            <translation>모든 가중치의 변화도를 합친 노름(norm)의 최댓값입니다. 이보다 길면 업데이트 전에 이 값으로 줄입니다. 0이면 끔입니다. 나쁜 배치 하나가 가중치를 멀리 밀어내는 것을 막습니다. 너무 작으면 모든 업데이트가 줄어 학습이 느리고, 너무 크면 아무것도 줄지 않습니다.</translation>
        </message>
        <message>
            <source>The loss counts as fallen only if it is more than this below the best one so far; early stopping waits for that. 0 counts every fall. Too large a gain ends the run while it still learns.</source>
            <translation>손실이 지금까지의 최저값보다 이 값을 넘게 낮아져야 줄어든 것으로 봅니다. 조기 종료는 그것을 기다립니다. 0이면 줄어든 것은 모두 셉니다. 너무 크면 아직 학습하는 중에 실행이 끝납니다.</translation>
        </message>
        <message>
            <source>The number from which the points are drawn. The same seed, size and noise give the same points; the starting weights have a seed of their own.</source>
            <translation>점을 뽑는 데 쓰는 수입니다. 시드, 개수, 노이즈가 같으면 점도 같습니다. 초기 가중치의 시드는 따로 있습니다.</translation>
        </message>
        <message>
            <source>The number from which the starting weights are drawn. The same seed and settings give the same run, bit for bit; another seed shows how much of a result is chance.</source>
            <translation>초기 가중치를 뽑는 데 쓰는 수입니다. 시드와 설정이 같으면 실행이 비트 단위까지 같습니다. 다른 시드를 쓰면 결과가 얼마나 우연인지 알 수 있습니다.</translation>
        </message>
        <message>
            <source>The share of hidden units that are switched off at random in each training batch, so that no unit can rely on another (Srivastava and others, 2014). 0 is off. With too much, too few units are left to learn: both losses stay high. Tests always use all units.</source>
            <translation>학습 배치마다 무작위로 꺼 두는 은닉 유닛의 비율로, 어떤 유닛도 다른 유닛에 의존하지 못하게 합니다(Srivastava 외, 2014). 0이면 끔입니다. 너무 크면 학습할 유닛이 모자라 두 손실이 모두 높게 남습니다. 테스트에서는 항상 모든 유닛을 사용합니다.</translation>
        </message>
        <message>
            <source>The share of the learning rate that is left when the last planned epoch ends. A small share lets the loss converge at the end; with 1, the rate does not fall at all.</source>
            <translation>마지막 예정 에폭이 끝날 때 남는 학습률의 비율입니다. 작으면 끝에서 손실이 수렴하고, 1이면 학습률이 전혀 줄지 않습니다.</translation>
        </message>
        <message>
            <source>The share of the run after which the learning rate is at its highest: 0.3 rises for three tenths of the planned epochs and falls for seven. An early peak leaves little time to warm up, a late one little time to converge.</source>
            <translation>학습률이 가장 높아지는 시점을 실행에 대한 비율로 정합니다. 0.3이면 예정 에폭의 10분의 3 동안 오르고 10분의 7 동안 내립니다. 최고점이 이르면 웜업할 시간이, 늦으면 수렴할 시간이 부족합니다.</translation>
        </message>
        <message>
            <source>The share of the training set that is held out and evaluated after each epoch, beside the test set. 0 holds none out, as in the tutorial. Choose settings by the validation loss, so that the test set stays unseen. Too small a share gives a noisy loss; too large a one leaves little to learn from.</source>
            <translation>학습 세트에서 떼어 두고 매 에폭 후 테스트 세트와 함께 평가하는 비율입니다. 0이면 튜토리얼처럼 떼어 두지 않습니다. 설정은 검증 손실을 보고 고르세요. 그래야 테스트 세트가 처음 보는 데이터로 남습니다. 너무 작으면 손실에 노이즈가 많고, 너무 크면 학습할 데이터가 적습니다.</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>스레드</translation>
        </message>
        <message>
            <source>Turns each training image by up to this many degrees to either side, differently in each epoch. 0 is off. Small angles make the network robust; with large ones, it must learn much more, and a 6 looks like a 9.</source>
            <translation>학습 이미지를 좌우로 최대 이 각도(도)만큼, 에폭마다 다르게 돌립니다. 0이면 끔입니다. 각도가 작으면 신경망이 강건해지고, 크면 훨씬 많은 것을 배워야 하며 6이 9처럼 보입니다.</translation>
        </message>
        <message>
            <source>Units</source>
            <translation>유닛</translation>
        </message>
        <message>
            <source>Updates all weights in one pass over memory instead of several, which makes Adam's step about a third faster. It costs parity: sums are rounded in another order, so the last bits differ from the tutorial's.</source>
            <translation>메모리를 여러 번이 아니라 한 번만 훑어 모든 가중치를 업데이트합니다. Adam의 스텝이 약 3분의 1 빨라집니다. 비트 일치를 잃습니다. 합을 다른 순서로 반올림하므로 마지막 비트가 튜토리얼과 달라집니다.</translation>
        </message>
        <message>
            <source>Uses the training images in another order in each epoch; the order depends only on the seed and the number of the epoch. Off, as in the tutorial, every epoch has the same batches in the same order; shuffled batches usually train a little better.</source>
            <translation>에폭마다 학습 이미지를 다른 순서로 사용합니다. 순서는 시드와 에폭 번호로만 정해집니다. 끄면 튜토리얼처럼 모든 에폭에서 같은 배치가 같은 순서로 나옵니다. 섞은 배치는 대개 학습이 조금 더 잘됩니다.</translation>
        </message>
        <message>
            <source>Validation share</source>
            <translation>검증 비율</translation>
        </message>
        <message>
            <source>Warm-up epochs</source>
            <translation>웜업 에폭</translation>
        </message>
        <message>
            <source>Weight decay</source>
            <translation>가중치 감쇠</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>자동</translation>
        </message>
        <message>
            <source>automatic ({count})</source>
            <translation>자동({count})</translation>
        </message>
        <message>
            <source>bfloat16 arithmetic</source>
            <translation>bfloat16 연산</translation>
        </message>
        <message>
            <source>gelu</source>
            <translation>gelu</translation>
        </message>
        <message>
            <source>off</source>
            <translation>끔</translation>
        </message>
        <message>
            <source>on</source>
            <translation>켬</translation>
        </message>
        <message>
            <source>relu</source>
            <translation>relu</translation>
        </message>
        <message>
            <source>sigmoid</source>
            <translation>sigmoid</translation>
        </message>
        <message>
            <source>tanh</source>
            <translation>tanh</translation>
        </message>
    </context>
    <context>
        <name>IdleView</name>
        <message>
            <source>A ReLU is dead if its output is 0 for each of the {count} test samples: such samples cannot train it any more. A few are common; as many as 40 % can die if the learning rate is too high (CS231n).</source>
            <translation>테스트 샘플 {count}개 모두에서 출력이 0인 ReLU는 죽은 것입니다. 이런 샘플로는 더 이상 학습되지 않습니다. 몇 개는 흔하지만, 학습률이 너무 높으면 40 %까지 죽을 수 있습니다(CS231n).</translation>
        </message>
        <message>
            <source>Dead and saturated units by layer</source>
            <translation>계층별 죽은 유닛과 포화 유닛</translation>
        </message>
        <message>
            <source>Looked at {count} of {total} test samples so far.</source>
            <translation>지금까지 테스트 샘플 {total}개 중 {count}개를 확인했습니다.</translation>
        </message>
        <message>
            <source>No activation function was seen: the network has none after its layers, or writes them in another way (clamp, maximum, compiled code).</source>
            <translation>활성화 함수를 찾지 못했습니다. 계층 뒤에 활성화 함수가 없거나 다른 방식(clamp, maximum, 컴파일된 코드)으로 작성되었습니다.</translation>
        </message>
        <message>
            <source>Share of dead or saturated units over the steps</source>
            <translation>스텝에 따른 죽은 유닛 또는 포화 유닛의 비율</translation>
        </message>
        <message>
            <source>Share of outputs, over {count} test samples, at the ends of the range (tanh beyond ±0.97, as in Karpathy's makemore; sigmoid at the same place): there the gradient is nearly 0. Many in one layer slow it down (Glorot and Bengio, 2010).</source>
            <translation>테스트 샘플 {count}개에서 출력이 범위의 끝에 있는 비율입니다(tanh는 Karpathy의 makemore처럼 ±0.97 밖, sigmoid도 같은 위치). 그곳에서는 변화도가 거의 0입니다. 한 계층에 많으면 그 계층이 느려집니다(Glorot와 Bengio, 2010).</translation>
        </message>
        <message>
            <source>These activation functions have no output at which they die: {functions}.</source>
            <translation>이 활성화 함수에는 죽는 출력이 없습니다: {functions}.</translation>
        </message>
        <message>
            <source>cannot die</source>
            <translation>죽지 않음</translation>
        </message>
        <message>
            <source>{idle} of {units} dead, {share}</source>
            <translation>{units}개 중 {idle}개 죽음, {share}</translation>
        </message>
        <message>
            <source>{layer}: {function}</source>
            <translation>{layer}: {function}</translation>
        </message>
        <message>
            <source>{share} saturated</source>
            <translation>포화 {share}</translation>
        </message>
    </context>
    <context>
        <name>InitialWeightsRow</name>
        <message>
            <source>SHA-256 of the weights: {sha256}</source>
            <translation>가중치의 SHA-256: {sha256}</translation>
        </message>
        <message>
            <source>Start from the seed's weights again</source>
            <translation>다시 시드의 가중치로 시작</translation>
        </message>
        <message>
            <source>Starts from the weights of {file}</source>
            <translation>{file} 가중치로 시작</translation>
        </message>
        <message>
            <source>Starts from {file}</source>
            <translation>{file}에서 시작</translation>
        </message>
        <message>
            <source>Take the file away: the next run starts from the weights that its seed draws.</source>
            <translation>파일을 뺍니다. 다음 실행은 시드로 뽑은 가중치로 시작합니다.</translation>
        </message>
    </context>
    <context>
        <name>InspectionPanel</name>
        <message>
            <source>This has no meaning for the present data set.</source>
            <translation>현재 데이터셋에서는 의미가 없습니다.</translation>
        </message>
        <message>
            <source>What the network has learned appears here when a run is under way: press Train.</source>
            <translation>실행이 진행 중이면 신경망이 학습한 것이 여기에 표시됩니다. ‘학습’을 누르세요.</translation>
        </message>
    </context>
    <context>
        <name>Inspector</name>
        <message>
            <source>Double click: go to step {step}</source>
            <translation>두 번 클릭: {step} 스텝으로 이동</translation>
        </message>
        <message>
            <source>Go to step {step}</source>
            <translation>{step} 스텝으로 이동</translation>
        </message>
    </context>
    <context>
        <name>Journal</name>
        <message>
            <source>Command line</source>
            <translation>명령줄</translation>
        </message>
        <message>
            <source>Early stopping</source>
            <translation>조기 종료</translation>
        </message>
        <message>
            <source>Guard</source>
            <translation>발산 방지</translation>
        </message>
        <message>
            <source>Hint</source>
            <translation>힌트</translation>
        </message>
        <message>
            <source>Lesson</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>Not recorded</source>
            <translation>기록 없음</translation>
        </message>
        <message>
            <source>Rate finder</source>
            <translation>학습률 탐색</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>다시 실행</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>실행 취소</translation>
        </message>
        <message>
            <source>What if</source>
            <translation>가정 실험</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>창</translation>
        </message>
    </context>
    <context>
        <name>JournalModel</name>
        <message>
            <source>After step {last}, the loss had not fallen for long enough: the run went back to step {step}.</source>
            <translation>{last} 스텝까지 손실이 충분히 내려가지 않아 {step} 스텝으로 되돌아갔습니다.</translation>
        </message>
        <message>
            <source>Asked for by: {who}, {when}</source>
            <translation>요청: {who}, {when}</translation>
        </message>
        <message>
            <source>Divergence guard</source>
            <translation>발산 방지</translation>
        </message>
        <message>
            <source>Early stopping</source>
            <translation>조기 종료</translation>
        </message>
        <message>
            <source>Epoch</source>
            <translation>에폭</translation>
        </message>
        <message>
            <source>Go to step {step}, just before this change, by a double click.</source>
            <translation>두 번 클릭하면 이 변경 직전의 {step} 스텝으로 이동합니다.</translation>
        </message>
        <message>
            <source>How</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>Note: {note}</source>
            <translation>메모: {note}</translation>
        </message>
        <message>
            <source>Recorded: it will be made again at step {step}, unless you change something before.</source>
            <translation>기록됨: 그 전에 무엇을 바꾸지 않으면 {step} 스텝에서 다시 적용됩니다.</translation>
        </message>
        <message>
            <source>Refused at step {step}: {reason}</source>
            <translation>{step} 스텝에서 거부됨: {reason}</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>The guard refused a loss of {loss} at step {failed}: the run went back to step {step}.</source>
            <translation>발산 방지가 {failed} 스텝의 손실 {loss} 값을 거부하여 {step} 스텝으로 돌아갔습니다.</translation>
        </message>
        <message>
            <source>What</source>
            <translation>항목</translation>
        </message>
        <message>
            <source>When</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>요청</translation>
        </message>
        <message>
            <source>again: {old} → {new}</source>
            <translation>다시: {old} → {new}</translation>
        </message>
        <message>
            <source>loss {loss} at step {step}</source>
            <translation>{step} 스텝의 손실 {loss}</translation>
        </message>
        <message>
            <source>{old} → {new}</source>
            <translation>{old} → {new}</translation>
        </message>
        <message>
            <source>{value} refused</source>
            <translation>{value} (거부됨)</translation>
        </message>
    </context>
    <context>
        <name>JournalPanel</name>
        <message>
            <source>Each change during a run is listed here. Double-click one to go to the step before it, or its note to write one.</source>
            <translation>실행 중의 변경이 여기에 표시됩니다. 변경을 두 번 클릭하면 그 직전 스텝으로 이동하고, 메모를 두 번 클릭하면 메모를 쓸 수 있습니다.</translation>
        </message>
        <message>
            <source>Go there</source>
            <translation>그곳으로 이동</translation>
        </message>
        <message>
            <source>Go to the selected step, just before its change.</source>
            <translation>선택한 변경 직전의 스텝으로 이동합니다.</translation>
        </message>
        <message>
            <source>Journal</source>
            <translation>변경 기록</translation>
        </message>
        <message>
            <source>Write a note</source>
            <translation>메모 쓰기</translation>
        </message>
        <message>
            <source>Write a note on the selected entry, or change it.</source>
            <translation>선택한 항목에 메모를 쓰거나 고칩니다.</translation>
        </message>
    </context>
    <context>
        <name>Keys</name>
        <message>
            <source>+, −, or the wheel</source>
            <translation>+, − 또는 휠</translation>
        </message>
        <message>
            <source>0, Home</source>
            <translation>0, Home</translation>
        </message>
        <message>
            <source>Alt and the letter</source>
            <translation>Alt+글자</translation>
        </message>
        <message>
            <source>Apply a number</source>
            <translation>수 적용</translation>
        </message>
        <message>
            <source>Arrow keys</source>
            <translation>화살표 키</translation>
        </message>
        <message>
            <source>Arrow keys, Page Up, Page Down</source>
            <translation>화살표 키, Page Up, Page Down</translation>
        </message>
        <message>
            <source>Change the tab that has the keyboard</source>
            <translation>포커스가 있는 탭 바꾸기</translation>
        </message>
        <message>
            <source>Choose none</source>
            <translation>선택 해제</translation>
        </message>
        <message>
            <source>Choose the cell or sample</source>
            <translation>칸이나 샘플 선택</translation>
        </message>
        <message>
            <source>Clear the drawing</source>
            <translation>그림 지우기</translation>
        </message>
        <message>
            <source>Click</source>
            <translation>클릭</translation>
        </message>
        <message>
            <source>Confusion, map, gallery and weights</source>
            <translation>혼동 행렬, 맵, 갤러리, 가중치</translation>
        </message>
        <message>
            <source>Copy the selected rows</source>
            <translation>선택한 행 복사</translation>
        </message>
        <message>
            <source>Copy the whole table, and more</source>
            <translation>표 전체 복사 등</translation>
        </message>
        <message>
            <source>Ctrl and the arrow keys, or drag</source>
            <translation>Ctrl+화살표 키 또는 드래그</translation>
        </message>
        <message>
            <source>Ctrl+C</source>
            <translation>Ctrl+C</translation>
        </message>
        <message>
            <source>Ctrl+Left, Ctrl+Right, or drag</source>
            <translation>Ctrl+왼쪽, Ctrl+오른쪽 화살표 또는 드래그</translation>
        </message>
        <message>
            <source>Ctrl+Z</source>
            <translation>Ctrl+Z</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>곡선</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Delete the runs</source>
            <translation>실행 삭제</translation>
        </message>
        <message>
            <source>Double click on the name</source>
            <translation>이름을 두 번 클릭</translation>
        </message>
        <message>
            <source>Draw the branch over the curves</source>
            <translation>곡선 위에 분기 그리기</translation>
        </message>
        <message>
            <source>Draw while it moves</source>
            <translation>이동하면서 그리기</translation>
        </message>
        <message>
            <source>Drawing</source>
            <translation>그림</translation>
        </message>
        <message>
            <source>End</source>
            <translation>End</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Enter, or double click</source>
            <translation>Enter 또는 두 번 클릭</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>F2</source>
            <translation>F2</translation>
        </message>
        <message>
            <source>Go on by a part of the view</source>
            <translation>보이는 범위의 일부만큼 이동</translation>
        </message>
        <message>
            <source>Go on by an epoch</source>
            <translation>한 에폭씩 이동</translation>
        </message>
        <message>
            <source>Go to the next cell, point or sample</source>
            <translation>다음 칸, 점, 샘플로 이동</translation>
        </message>
        <message>
            <source>Go to the next control, or the one before</source>
            <translation>다음이나 이전 컨트롤로 이동</translation>
        </message>
        <message>
            <source>Go to the step of the change</source>
            <translation>변경된 스텝으로 이동</translation>
        </message>
        <message>
            <source>Go to the step that is read</source>
            <translation>읽고 있는 스텝으로 이동</translation>
        </message>
        <message>
            <source>Hold the values of a step</source>
            <translation>한 스텝의 값을 붙잡아 두기</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>Journal</source>
            <translation>변경 기록</translation>
        </message>
        <message>
            <source>Left, Right</source>
            <translation>왼쪽, 오른쪽 화살표</translation>
        </message>
        <message>
            <source>Menu key, Shift+F10</source>
            <translation>메뉴 키, Shift+F10</translation>
        </message>
        <message>
            <source>Menu key, Shift+F10, or right click</source>
            <translation>메뉴 키, Shift+F10 또는 오른쪽 클릭</translation>
        </message>
        <message>
            <source>Move a slider, or a number that is typed</source>
            <translation>슬라이더나 입력한 수 조절</translation>
        </message>
        <message>
            <source>Move the brush</source>
            <translation>붓 이동</translation>
        </message>
        <message>
            <source>Move the map</source>
            <translation>맵 이동</translation>
        </message>
        <message>
            <source>Open a menu by its letter</source>
            <translation>글자로 메뉴 열기</translation>
        </message>
        <message>
            <source>Open the menu of what has the keyboard</source>
            <translation>포커스가 있는 항목의 메뉴 열기</translation>
        </message>
        <message>
            <source>Open the run</source>
            <translation>실행 열기</translation>
        </message>
        <message>
            <source>Page Up, Page Down</source>
            <translation>Page Up, Page Down</translation>
        </message>
        <message>
            <source>Page Up, Page Down, Home, End</source>
            <translation>Page Up, Page Down, Home, End</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>이동</translation>
        </message>
        <message>
            <source>Panels</source>
            <translation>패널</translation>
        </message>
        <message>
            <source>Read the newest step</source>
            <translation>가장 최근 스텝 읽기</translation>
        </message>
        <message>
            <source>Read the values of the step before or after</source>
            <translation>앞이나 뒤 스텝의 값 읽기</translation>
        </message>
        <message>
            <source>Rename the run</source>
            <translation>실행 이름 바꾸기</translation>
        </message>
        <message>
            <source>Restore the number</source>
            <translation>수 되돌리기</translation>
        </message>
        <message>
            <source>Return to the default</source>
            <translation>기본값으로 되돌리기</translation>
        </message>
        <message>
            <source>Runs and branches</source>
            <translation>실행과 분기</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Shift+Enter, or click with Shift</source>
            <translation>Shift+Enter 또는 Shift를 누른 채 클릭</translation>
        </message>
        <message>
            <source>Shift+Left, Shift+Right</source>
            <translation>Shift+왼쪽, Shift+오른쪽 화살표</translation>
        </message>
        <message>
            <source>Show the batch of the step that is read</source>
            <translation>읽고 있는 스텝의 배치 보기</translation>
        </message>
        <message>
            <source>Show the whole map</source>
            <translation>맵 전체 보기</translation>
        </message>
        <message>
            <source>Show the whole run</source>
            <translation>실행 전체 보기</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>스페이스바</translation>
        </message>
        <message>
            <source>Space, or Shift and the arrow keys</source>
            <translation>Space 또는 Shift+화살표 키</translation>
        </message>
        <message>
            <source>Tab, Shift+Tab</source>
            <translation>Tab, Shift+Tab</translation>
        </message>
        <message>
            <source>Tables</source>
            <translation>표</translation>
        </message>
        <message>
            <source>Take the crosshair away</source>
            <translation>십자선 없애기</translation>
        </message>
        <message>
            <source>Turn the pages of the weights</source>
            <translation>가중치 쪽 넘기기</translation>
        </message>
        <message>
            <source>Undo the last stroke</source>
            <translation>마지막 획 취소</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>창</translation>
        </message>
        <message>
            <source>Write a note</source>
            <translation>메모 쓰기</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>확대/축소</translation>
        </message>
        <message>
            <source>Zoom the map</source>
            <translation>맵 확대/축소</translation>
        </message>
    </context>
    <context>
        <name>LayerEditor</name>
        <message>
            <source>Add a hidden layer</source>
            <translation>은닉 계층 추가</translation>
        </message>
        <message>
            <source>Remove the last hidden layer</source>
            <translation>마지막 은닉 계층 제거</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
    </context>
    <context>
        <name>LayerTexts</name>
        <message>
            <source>A column is the histogram after an epoch, strong where many numbers lie; zeros are left out. Rule of thumb: it may widen and move slowly, but neither shrink to a line at 0 nor run away (Glorot and Bengio, 2010).</source>
            <translation>한 열은 한 에폭이 끝난 뒤의 히스토그램이며, 숫자가 많은 곳일수록 진합니다. 0은 뺍니다. 경험칙: 천천히 넓어지거나 움직일 수는 있지만 0에서 선으로 줄어들거나 멀리 벗어나지 않아야 합니다(Glorot and Bengio, 2010).</translation>
        </message>
        <message>
            <source>A row is the weights of one unit of {layer}, {shown} of {total} by falling norm; a column is one number of the input. Orange weights are above 0, blue ones below. A column without colour is an input that the network does not use.</source>
            <translation>한 행은 {layer} 계층의 유닛 하나의 가중치이며(노름이 큰 순서로 {total}개 중 {shown}개), 한 열은 입력의 숫자 하나입니다. 주황색은 0보다 크고 파란색은 0보다 작은 가중치입니다. 색이 없는 열은 신경망이 쓰지 않는 입력입니다.</translation>
        </message>
        <message>
            <source>A tile is one filter of {layer}, {shown} of {total} by falling norm: the small pattern it looks for. Smooth and varied filters, such as edges in several directions, are a good sign; noise may mean a bad learning rate or too little training (CS231n).</source>
            <translation>한 타일은 {layer} 계층의 필터 하나로(노름이 큰 순서로 {total}개 중 {shown}개), 필터가 찾는 작은 패턴입니다. 여러 방향의 가장자리처럼 매끄럽고 다양한 필터는 좋은 징후이고, 노이즈는 학습률이 맞지 않거나 학습이 부족하다는 뜻일 수 있습니다(CS231n).</translation>
        </message>
        <message>
            <source>A tile is one unit of {layer}, {shown} of {total} by falling norm, as the mean over its input channels. Smooth and varied tiles are a good sign, noise may mean a bad learning rate or too little training (CS231n).</source>
            <translation>한 타일은 {layer} 계층의 유닛 하나를 입력 채널에 걸쳐 평균한 것입니다(노름이 큰 순서로 {total}개 중 {shown}개). 매끄럽고 다양한 타일은 좋은 징후이고, 노이즈는 학습률이 맞지 않거나 학습이 부족하다는 뜻일 수 있습니다(CS231n).</translation>
        </message>
        <message>
            <source>A tile is the weights of one unit of {layer}, {shown} of {total} by falling norm: orange where it wants bright pixels, blue where dark. Smooth and varied tiles are a good sign, noise may mean a bad learning rate or too little training (CS231n).</source>
            <translation>한 타일은 {layer} 계층의 유닛 하나의 가중치입니다(노름이 큰 순서로 {total}개 중 {shown}개). 주황색은 밝은 픽셀을, 파란색은 어두운 픽셀을 원하는 곳입니다. 매끄럽고 다양한 타일은 좋은 징후이고, 노이즈는 학습률이 맞지 않거나 학습이 부족하다는 뜻일 수 있습니다(CS231n).</translation>
        </message>
        <message>
            <source>Euclidean norm of the gradient of the next batch ({count} samples), before clipping: the number that clip_grad_norm_ compares. No value is right in itself: compare it with its own past. Growth by powers of ten comes before a divergence (Pascanu and others, 2013).</source>
            <translation>다음 배치(샘플 {count}개)에 대한 변화도의 클리핑 전 유클리드 노름으로, clip_grad_norm_ 함수가 비교하는 수입니다. 그 자체로 옳은 값은 없으므로 과거의 값과 비교하세요. 발산하기 전에는 10의 거듭제곱 단위로 커집니다(Pascanu 외, 2013).</translation>
        </message>
        <message>
            <source>Gradients and outputs of the {count} training samples of the next batch. Healthy: spread about alike from layer to layer, no layer all 0 or at the ends of its range (Glorot and Bengio, 2010).</source>
            <translation>다음 배치의 학습 샘플 {count}개에 대한 변화도와 출력입니다. 정상: 계층마다 비슷하게 퍼져 있고, 모두 0이거나 범위의 끝에 몰린 계층이 없습니다(Glorot와 Bengio, 2010).</translation>
        </message>
        <message>
            <source>Norm of the next change of a layer's weights over the norm of the weights. In most layers it is far below 1e-3 (rule of thumb, CS231n), at the learning rate {rate}. Learning is slow, not broken; a higher rate may help, unless the rate is low on purpose, as at the end of a schedule.</source>
            <translation>계층 가중치의 다음 변화량의 노름을 가중치의 노름으로 나눈 값입니다. 학습률 {rate}에서 대부분의 계층이 1e-3보다 훨씬 낮습니다(경험칙, CS231n). 학습이 느릴 뿐 고장은 아닙니다. 스케줄의 끝처럼 일부러 낮춘 것이 아니라면 학습률을 높이면 도움이 될 수 있습니다.</translation>
        </message>
        <message>
            <source>Norm of the next change of a layer's weights over the norm of the weights. In most layers it is far below 1e-3 (rule of thumb, CS231n): in {layer} the learning rate {rate} meets a gradient of norm {gradient}, and the weights have the norm {weight}. Learning is slow, not broken; a higher rate may help.</source>
            <translation>계층 가중치의 다음 변화량의 노름을 가중치의 노름으로 나눈 값입니다. 대부분의 계층이 1e-3보다 훨씬 낮습니다(경험칙, CS231n). {layer} 계층은 학습률 {rate}, 변화도의 노름 {gradient}, 가중치의 노름 {weight}입니다. 학습이 느릴 뿐 고장은 아닙니다. 학습률을 높이면 도움이 될 수 있습니다.</translation>
        </message>
        <message>
            <source>Norm of the next change of a layer's weights over the norm of the weights. Rule of thumb, CS231n: about 1e-3. Lower, the learning rate may be too low; higher, it is likely too high.</source>
            <translation>계층 가중치의 다음 변화량의 노름을 가중치의 노름으로 나눈 값입니다. 경험칙(CS231n): 약 1e-3. 더 낮으면 학습률이 너무 낮을 수 있고, 더 높으면 너무 높을 가능성이 큽니다.</translation>
        </message>
        <message>
            <source>The loss of the next batch is not a finite number, so there are no gradients and no update. Look back at an earlier step to see which layer grew.</source>
            <translation>다음 배치의 손실이 유한한 수가 아니므로 변화도와 업데이트가 없습니다. 이전 스텝을 되돌아보며 어느 계층이 커졌는지 확인하세요.</translation>
        </message>
        <message>
            <source>There are no such numbers yet.</source>
            <translation>이 숫자는 아직 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>LayersPanel</name>
        <message>
            <source>Dead and saturated units</source>
            <translation>죽은 유닛과 포화 유닛</translation>
        </message>
        <message>
            <source>Distributions by layer</source>
            <translation>계층별 분포</translation>
        </message>
        <message>
            <source>Gradients over the steps</source>
            <translation>스텝에 따른 변화도</translation>
        </message>
        <message>
            <source>Histograms over the epochs</source>
            <translation>에폭에 따른 히스토그램</translation>
        </message>
        <message>
            <source>The weights of the network, how its layers are doing, and units that have died appear here when a run is under way: press Train.</source>
            <translation>실행이 진행 중이면 신경망의 가중치, 계층의 상태, 죽은 유닛이 여기에 표시됩니다. ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>Updates over the steps</source>
            <translation>스텝에 따른 업데이트</translation>
        </message>
        <message>
            <source>Weights of the first layer</source>
            <translation>첫 계층의 가중치</translation>
        </message>
        <message>
            <source>What is shown of the layers</source>
            <translation>계층에서 표시할 것</translation>
        </message>
    </context>
    <context>
        <name>LegendMenu</name>
        <message>
            <source>Legend</source>
            <translation>범례</translation>
        </message>
        <message>
            <source>Read which curve is which, and show or hide one</source>
            <translation>어느 곡선이 무엇인지 보고 곡선을 표시하거나 숨깁니다</translation>
        </message>
    </context>
    <context>
        <name>Lessons</name>
        <message>
            <source>Changed while it trained: {names}. So this is not quite the run that the lesson describes.</source>
            <translation>학습 중에 바꾼 값: {names}. 따라서 실습에서 설명하는 실행과 조금 다릅니다.</translation>
        </message>
        <message>
            <source>NaN</source>
            <translation>NaN</translation>
        </message>
        <message>
            <source>This cannot be said from what was recorded.</source>
            <translation>기록된 내용으로는 확인할 수 없습니다.</translation>
        </message>
        <message>
            <source>This cannot be said: a run of the lesson was not trained.</source>
            <translation>확인할 수 없습니다. 실습의 실행 중 학습하지 않은 것이 있습니다.</translation>
        </message>
        <message>
            <source>This cannot be said: the loss left its range before the end of the run.</source>
            <translation>확인할 수 없습니다. 실행이 끝나기 전에 손실이 범위를 벗어났습니다.</translation>
        </message>
        <message>
            <source>This cannot be said: the run ended after {steps} of {planned} steps.</source>
            <translation>확인할 수 없습니다. 예정된 {planned}스텝 중 {steps}스텝 후에 실행이 끝났습니다.</translation>
        </message>
        <message>
            <source>infinity</source>
            <translation>무한대</translation>
        </message>
        <message>
            <source>{name}: {value}</source>
            <translation>{name}: {value}</translation>
        </message>
        <message>
            <source>{number} %</source>
            <translation>{number} %</translation>
        </message>
    </context>
    <context>
        <name>LessonsPanel</name>
        <message>
            <source>All lessons</source>
            <translation>전체 실습</translation>
        </message>
        <message>
            <source>Click a lesson, or press Enter, to read what it shows and to begin it.</source>
            <translation>실습을 클릭하거나 Enter를 누르면 무엇을 보여 주는지 읽고 시작할 수 있습니다.</translation>
        </message>
        <message>
            <source>Each lesson sets the controls, trains for up to two minutes, and checks in the recorded numbers whether it was seen. Undo takes the settings back; every run stays in Runs.</source>
            <translation>실습마다 컨트롤을 설정하고, 최대 2분 동안 학습하고, 예상한 결과가 나왔는지 기록된 수치로 확인합니다. ‘실행 취소’로 설정을 되돌릴 수 있으며, 모든 실행은 ‘실행 목록’에 남습니다.</translation>
        </message>
        <message>
            <source>Everything else is as in the tutorial.</source>
            <translation>나머지는 모두 튜토리얼과 같습니다.</translation>
        </message>
        <message>
            <source>Go back to the list.</source>
            <translation>목록으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>It sets</source>
            <translation>설정할 값</translation>
        </message>
        <message>
            <source>Lesson</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>Next lesson</source>
            <translation>다음 실습</translation>
        </message>
        <message>
            <source>Progress of the lesson</source>
            <translation>실습 진행률</translation>
        </message>
        <message>
            <source>Read the lesson after this one.</source>
            <translation>다음 실습을 읽습니다.</translation>
        </message>
        <message>
            <source>Run {number} of {count}: {name}. It is paused: press Resume.</source>
            <translation>실행 {number} / {count}: {name}. 일시 정지됨: ‘재개’를 누르세요.</translation>
        </message>
        <message>
            <source>Run {number} of {count}: {name}…</source>
            <translation>실행 {number} / {count}: {name}…</translation>
        </message>
        <message>
            <source>Set the controls as described, and train. One Undo takes the settings back.</source>
            <translation>설명대로 컨트롤을 설정하고 학습합니다. ‘실행 취소’ 한 번으로 설정을 되돌립니다.</translation>
        </message>
        <message>
            <source>Start again</source>
            <translation>다시 시작</translation>
        </message>
        <message>
            <source>Start the lesson</source>
            <translation>실습 시작</translation>
        </message>
        <message>
            <source>The run before it is being stopped; it is kept…</source>
            <translation>이전 실행을 중지하는 중입니다. 실행은 저장됩니다…</translation>
        </message>
        <message>
            <source>The run that trains now is stopped first. It is kept, and can be continued.</source>
            <translation>지금 학습 중인 실행을 먼저 중지합니다. 실행은 저장되며 이어서 학습할 수 있습니다.</translation>
        </message>
        <message>
            <source>This lesson was left: something else was done with the run.</source>
            <translation>실행에 다른 작업을 하여 이 실습을 벗어났습니다.</translation>
        </message>
        <message>
            <source>What should be seen</source>
            <translation>예상 결과</translation>
        </message>
        <message>
            <source>What to watch</source>
            <translation>살펴볼 점</translation>
        </message>
        <message>
            <source>What was seen</source>
            <translation>확인한 결과</translation>
        </message>
        <message>
            <source>{name}: {settings}</source>
            <translation>{name}: {settings}</translation>
        </message>
        <message>
            <source>{title}, seen</source>
            <translation>{title}, 확인됨</translation>
        </message>
    </context>
    <context>
        <name>LiveView</name>
        <message>
            <source>Diverged; the weights of step {steps} are kept</source>
            <translation>발산함, {steps} 스텝의 가중치 유지</translation>
        </message>
        <message>
            <source>Failed after {steps} steps</source>
            <translation>{steps}스텝 후 실패</translation>
        </message>
        <message>
            <source>Finished after {steps} steps</source>
            <translation>{steps}스텝 후 완료</translation>
        </message>
        <message>
            <source>Paused at step {step} · epoch {epoch} of {epochs}</source>
            <translation>{step} 스텝에서 일시 정지 · 에폭 {epoch} / {epochs}</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>준비됨</translation>
        </message>
        <message>
            <source>Stopped after {steps} steps</source>
            <translation>{steps}스텝 후 중지</translation>
        </message>
    </context>
    <context>
        <name>LogPanel</name>
        <message>
            <source>Clear</source>
            <translation>지우기</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the selected lines, or all of them.</source>
            <translation>선택한 줄 또는 모든 줄을 복사합니다.</translation>
        </message>
        <message>
            <source>Empty the log; the curves stay.</source>
            <translation>로그를 비웁니다. 곡선은 남습니다.</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>로그</translation>
        </message>
        <message>
            <source>The lines that the tutorial prints appear here.</source>
            <translation>튜토리얼이 출력하는 줄이 여기에 표시됩니다.</translation>
        </message>
    </context>
    <context>
        <name>LookBackPanel</name>
        <message>
            <source>After epoch {epoch}, step {step}</source>
            <translation>{epoch} 에폭 후, {step} 스텝</translation>
        </message>
        <message>
            <source>Before the first step</source>
            <translation>첫 스텝 전</translation>
        </message>
        <message>
            <source>Drag to see what the network knew after any epoch. The run stays where it is.</source>
            <translation>드래그하면 어느 에폭이든 그 후에 신경망이 알던 것을 봅니다. 실행은 제자리에 있습니다.</translation>
        </message>
        <message>
            <source>Epoch to look back at</source>
            <translation>되돌아볼 에폭</translation>
        </message>
        <message>
            <source>Follow the run again.</source>
            <translation>다시 실행을 따라갑니다.</translation>
        </message>
        <message>
            <source>Following the run</source>
            <translation>실행을 따라가는 중</translation>
        </message>
        <message>
            <source>No data to look at</source>
            <translation>볼 데이터 없음</translation>
        </message>
        <message>
            <source>No run yet</source>
            <translation>아직 실행 없음</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>현재</translation>
        </message>
        <message>
            <source>Now: step {step}</source>
            <translation>현재: {step} 스텝</translation>
        </message>
    </context>
    <context>
        <name>LossHeader</name>
        <message>
            <source>Log y</source>
            <translation>로그 y</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Loss on the held-out training samples after every epoch</source>
            <translation>매 에폭 후 떼어 둔 학습 샘플의 손실</translation>
        </message>
        <message>
            <source>Reset view</source>
            <translation>보기 초기화</translation>
        </message>
        <message>
            <source>Show the loss on a logarithmic axis</source>
            <translation>손실을 로그 축에 표시</translation>
        </message>
        <message>
            <source>Show the whole run again, and follow it</source>
            <translation>실행 전체를 다시 표시하고 따라갑니다</translation>
        </message>
        <message>
            <source>Smoothed</source>
            <translation>평활</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>테스트</translation>
        </message>
        <message>
            <source>Test loss after every epoch</source>
            <translation>매 에폭 후의 테스트 손실</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Training loss of every batch</source>
            <translation>배치별 학습 손실</translation>
        </message>
        <message>
            <source>Training loss, smoothed</source>
            <translation>학습 손실, 평활</translation>
        </message>
        <message>
            <source>Validation</source>
            <translation>검증</translation>
        </message>
    </context>
    <context>
        <name>LrFinderPanel</name>
        <message>
            <source>A new network</source>
            <translation>새 신경망</translation>
        </message>
        <message>
            <source>At the minimum learning and damage are balanced: stay clearly below it.</source>
            <translation>최저점에서는 학습과 손상이 균형을 이루므로 그보다 확실히 낮게 두세요.</translation>
        </message>
        <message>
            <source>Click or drag to set the learning rate; the arrow keys move it.</source>
            <translation>클릭하거나 드래그하면 학습률을 설정하고, 화살표 키로 옮깁니다.</translation>
        </message>
        <message>
            <source>Each step trains a copy with a larger rate: left of the fall it is too small to learn.</source>
            <translation>각 스텝은 더 큰 학습률로 복사본을 학습합니다. 하강 구간의 왼쪽은 학습하기에 너무 작습니다.</translation>
        </message>
        <message>
            <source>Find a good learning rate before you train, or for the present state of the run.</source>
            <translation>학습하기 전에, 또는 실행의 현재 상태에서 좋은 학습률을 찾습니다.</translation>
        </message>
        <message>
            <source>Find rate</source>
            <translation>학습률 탐색</translation>
        </message>
        <message>
            <source>From the break on it destroys what was learned. The band shows three orders of the samples.</source>
            <translation>붕괴 지점부터는 학습한 것을 망가뜨립니다. 띠는 샘플 순서 세 가지의 범위입니다.</translation>
        </message>
        <message>
            <source>Loss over the learning rate</source>
            <translation>학습률에 따른 손실</translation>
        </message>
        <message>
            <source>No clear suggestion for {start}: the loss does not fall, as is usual once a network is trained. Stay below {rate}.</source>
            <translation>{start}: 뚜렷한 추천값이 없습니다. 이미 학습된 신경망에서 흔히 그렇듯 손실이 내려가지 않습니다. {rate}보다 낮게 두세요.</translation>
        </message>
        <message>
            <source>Run, step {step}</source>
            <translation>실행, {step} 스텝</translation>
        </message>
        <message>
            <source>Set this learning rate, as the slider does; it can be undone.</source>
            <translation>슬라이더처럼 이 학습률을 설정합니다. 실행 취소할 수 있습니다.</translation>
        </message>
        <message>
            <source>Smith (2015, arXiv:1506.01186) raised the rate evenly over epochs; this is fastai's variant in 100 steps, and “fastai” marks the rate of its rule.</source>
            <translation>Smith(2015, arXiv:1506.01186)는 에폭에 걸쳐 학습률을 일정하게 높였습니다. 이것은 100스텝으로 하는 fastai의 변형이며, “fastai” 표시는 그 규칙의 학습률입니다.</translation>
        </message>
        <message>
            <source>Start from</source>
            <translation>시작점</translation>
        </message>
        <message>
            <source>Suggestion for {start}: {rate}, where the loss falls fastest.</source>
            <translation>{start} 추천값: {rate}, 손실이 가장 빨리 내려가는 곳입니다.</translation>
        </message>
        <message>
            <source>There are too few points to say anything.</source>
            <translation>점이 너무 적어 판단할 수 없습니다.</translation>
        </message>
        <message>
            <source>Train copies for 100 steps with a learning rate that grows at each step. The run does not change.</source>
            <translation>스텝마다 커지는 학습률로 복사본을 100스텝 동안 학습합니다. 실행은 바뀌지 않습니다.</translation>
        </message>
        <message>
            <source>Trying rates on a copy; the run stands still, and goes on afterwards.</source>
            <translation>복사본에서 학습률을 시험하는 중입니다. 실행은 멈춰 있다가 끝나면 이어집니다.</translation>
        </message>
        <message>
            <source>Use {rate}</source>
            <translation>{rate} 사용</translation>
        </message>
        <message>
            <source>What the test trains: a copy of the run in its present state, or a new network.</source>
            <translation>시험할 학습 대상: 실행의 현재 상태를 복사한 것, 또는 새 신경망.</translation>
        </message>
        <message>
            <source>Where the loss falls fastest (steepest) is a good rate to try.</source>
            <translation>손실이 가장 빨리 내려가는(가장 가파른) 곳의 학습률을 시도해 볼 만합니다.</translation>
        </message>
        <message>
            <source>a new network</source>
            <translation>새 신경망</translation>
        </message>
        <message>
            <source>break</source>
            <translation>붕괴</translation>
        </message>
        <message>
            <source>fastai</source>
            <translation>fastai</translation>
        </message>
        <message>
            <source>minimum</source>
            <translation>최저점</translation>
        </message>
        <message>
            <source>steepest</source>
            <translation>최대 경사</translation>
        </message>
        <message>
            <source>step {step}</source>
            <translation>스텝 {step}</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Loading PyTorch…</source>
            <translation>PyTorch 불러오는 중…</translation>
        </message>
        <message>
            <source>Panels</source>
            <translation>패널</translation>
        </message>
        <message>
            <source>Recent files</source>
            <translation>최근 파일</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>도구</translation>
        </message>
    </context>
    <context>
        <name>Matrix</name>
        <message>
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <source>It is never predicted.</source>
            <translation>한 번도 예측되지 않습니다.</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>정밀도</translation>
        </message>
        <message>
            <source>Precision {precision}, F1 {f1}.</source>
            <translation>정밀도 {precision}, F1 {f1}.</translation>
        </message>
        <message>
            <source>Predicted label</source>
            <translation>예측 레이블</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>재현율</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>샘플</translation>
        </message>
        <message>
            <source>True label</source>
            <translation>정답 레이블</translation>
        </message>
        <message>
            <source>{name}: the test set has no sample of it. {figures}</source>
            <translation>{name}: 테스트 세트에 샘플이 없습니다. {figures}</translation>
        </message>
        <message>
            <source>{name}: {count} of {support} samples are recognised (recall {recall}). {figures}</source>
            <translation>{name}: 샘플 {support}개 중 {count}개를 맞혔습니다(재현율 {recall}). {figures}</translation>
        </message>
        <message>
            <source>{name}: {support} samples, recall {recall}. {figures}</source>
            <translation>{name}: 샘플 {support}개, 재현율 {recall}. {figures}</translation>
        </message>
        <message>
            <source>{true} predicted as {predicted}: {count} of {support} samples of {true} ({of_true}), and {of_predicted} of what is predicted as {predicted}.</source>
            <translation>{true} → {predicted} 오분류: {true} 샘플 {support}개 중 {count}개({of_true}), {predicted} 예측의 {of_predicted}에 해당합니다.</translation>
        </message>
    </context>
    <context>
        <name>MetricHeader</name>
        <message>
            <source>Learning rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>Make the window higher, or the panels below lower.</source>
            <translation>창을 높이거나 아래 패널을 낮추세요.</translation>
        </message>
        <message>
            <source>No room below the accuracy: click to show the learning rate in its place.</source>
            <translation>정확도 아래에 공간이 없습니다. 클릭하면 그 자리에 학습률을 표시합니다.</translation>
        </message>
        <message>
            <source>No room for the learning rate: make the window higher, or the panels below lower.</source>
            <translation>학습률을 표시할 공간이 없습니다. 창을 높이거나 아래 패널을 낮추세요.</translation>
        </message>
        <message>
            <source>No room for this plot</source>
            <translation>그래프를 표시할 공간 없음</translation>
        </message>
        <message>
            <source>Result on the held-out training samples after every epoch</source>
            <translation>매 에폭 후 떼어 둔 학습 샘플의 결과</translation>
        </message>
        <message>
            <source>Show what the learning rate was and will be: the slider's value, and the one the schedule makes</source>
            <translation>지금까지와 앞으로의 학습률 표시: 슬라이더의 값과 스케줄이 만드는 값</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>테스트</translation>
        </message>
        <message>
            <source>The coefficient of determination: the share of the variance of the targets that the outputs explain. 1 is perfect, 0 is as good as always giving the mean, and less is worse than that.</source>
            <translation>결정 계수: 출력이 설명하는 목표값 분산의 비율입니다. 1은 완벽한 예측이고, 0은 늘 평균을 내는 것과 같으며, 그보다 작으면 더 나쁩니다.</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Validation</source>
            <translation>검증</translation>
        </message>
        <message>
            <source>{r2} in the last test</source>
            <translation>마지막 테스트의 {r2}</translation>
        </message>
    </context>
    <context>
        <name>Metrics</name>
        <message>
            <source>Accuracy</source>
            <translation>정확도</translation>
        </message>
        <message>
            <source>Accuracy in %</source>
            <translation>정확도 (%)</translation>
        </message>
        <message>
            <source>MAE {value}</source>
            <translation>MAE {value}</translation>
        </message>
        <message>
            <source>Mean absolute error</source>
            <translation>평균 절대 오차</translation>
        </message>
        <message>
            <source>Mean absolute error of the training, running within the epoch. The tutorial, which sorts into classes, has the accuracy here; numbers are not right or wrong, but more or less far off.</source>
            <translation>에폭 안에서 누적한 학습의 평균 절대 오차입니다. 클래스로 분류하는 튜토리얼에서는 여기에 정확도가 있습니다. 수치는 맞거나 틀리는 것이 아니라 많이 또는 적게 벗어납니다.</translation>
        </message>
        <message>
            <source>Mean absolute error on the test samples after every epoch</source>
            <translation>매 에폭 후 테스트 샘플의 평균 절대 오차</translation>
        </message>
        <message>
            <source>R² {value}</source>
            <translation>R² {value}</translation>
        </message>
        <message>
            <source>Test accuracy after every epoch</source>
            <translation>매 에폭 후의 테스트 정확도</translation>
        </message>
        <message>
            <source>Training accuracy, running within the epoch</source>
            <translation>에폭 안에서 누적한 학습 정확도</translation>
        </message>
        <message>
            <source>accuracy</source>
            <translation>정확도</translation>
        </message>
        <message>
            <source>accuracy {value}</source>
            <translation>정확도 {value}</translation>
        </message>
        <message>
            <source>mean absolute error</source>
            <translation>평균 절대 오차</translation>
        </message>
    </context>
    <context>
        <name>NetworkArguments</name>
        <message>
            <source>{network} settings</source>
            <translation>{network} 설정</translation>
        </message>
    </context>
    <context>
        <name>NetworkPanel</name>
        <message>
            <source>Input {shape} · {layers} layers · {count} parameters</source>
            <translation>입력 {shape} · 계층 {layers}개 · 매개변수 {count}개</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>계층</translation>
        </message>
        <message>
            <source>Layers of the network</source>
            <translation>신경망의 계층</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>출력</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>매개변수</translation>
        </message>
        <message>
            <source>The layers of the network appear here as soon as the data's shape is known.</source>
            <translation>데이터의 형태를 알게 되면 신경망의 계층이 여기에 표시됩니다.</translation>
        </message>
    </context>
    <context>
        <name>NotificationBar</name>
        <message>
            <source>Copy details</source>
            <translation>세부 정보 복사</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>세부 정보</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>{count}개 더</translation>
        </message>
    </context>
    <context>
        <name>Notifications</name>
        <message>
            <source>An export is being written: wait for its end or cancel it, then try again.</source>
            <translation>내보내기가 진행 중입니다. 끝날 때까지 기다리거나 취소한 뒤 다시 시도하세요.</translation>
        </message>
        <message>
            <source>At {asked} % the window would not fit this screen after the presentation, so it stays at {present} %.</source>
            <translation>{asked} % 크기의 창은 발표 모드를 마치면 이 화면에 들어가지 않아 {present} % 크기를 유지합니다.</translation>
        </message>
        <message>
            <source>At {asked} % the window would not fit this screen, so it stays at {present} %: the presentation (F11) shows the curves and the learning rate large.</source>
            <translation>{asked} % 크기의 창은 이 화면에 들어가지 않아 {present} % 크기를 유지합니다. 발표 모드(F11)에서 곡선과 학습률을 크게 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>At {wanted} %, as last set, the window would not fit this screen, so everything is drawn at {present} %.</source>
            <translation>마지막에 설정한 {wanted} % 크기의 창은 이 화면에 들어가지 않아 모두 {present} % 크기로 표시합니다.</translation>
        </message>
        <message>
            <source>Checkpoint saved to {path}.</source>
            <translation>체크포인트를 저장했습니다: {path}.</translation>
        </message>
        <message>
            <source>Continue as it was</source>
            <translation>그대로 계속</translation>
        </message>
        <message>
            <source>Continue at rate {rate}</source>
            <translation>학습률 {rate}에서 계속</translation>
        </message>
        <message>
            <source>Everything that is known to matter is the same here: another part of the run was trained elsewhere, or the recording itself is wrong.</source>
            <translation>영향을 준다고 알려진 조건은 모두 같습니다. 실행의 다른 부분을 다른 곳에서 학습했거나, 기록 자체가 잘못되었습니다.</translation>
        </message>
        <message>
            <source>Fashion-MNIST could not be downloaded: the built-in part of it is used. Details says what to do.</source>
            <translation>Fashion-MNIST를 내려받지 못하여 내장된 일부를 씁니다. 무엇을 하면 되는지는 세부 정보에 있습니다.</translation>
        </message>
        <message>
            <source>Read the code and allow it…</source>
            <translation>코드 확인 후 허용…</translation>
        </message>
        <message>
            <source>Return to step {step}</source>
            <translation>{step} 스텝으로 돌아가기</translation>
        </message>
        <message>
            <source>Run saved to {path}: {checked}.</source>
            <translation>실행을 저장했습니다: {path}, {checked}.</translation>
        </message>
        <message>
            <source>Runs are kept again, with what was trained meanwhile.</source>
            <translation>실행이 다시 저장됩니다. 그동안 학습한 것도 저장되었습니다.</translation>
        </message>
        <message>
            <source>Saved to {path}.</source>
            <translation>저장했습니다: {path}.</translation>
        </message>
        <message>
            <source>Set back from here on</source>
            <translation>여기서부터 되돌리기</translation>
        </message>
        <message>
            <source>Start from these weights</source>
            <translation>이 가중치로 시작</translation>
        </message>
        <message>
            <source>Stay paused</source>
            <translation>일시 정지 유지</translation>
        </message>
        <message>
            <source>The code of the network has not returned for a while, and until it does, Pause and Stop have to wait. If it never does, close the window and open it again: what was trained before is kept.</source>
            <translation>신경망의 코드가 한동안 끝나지 않고 있습니다. 끝날 때까지 일시 정지와 중지는 기다려야 합니다. 계속 끝나지 않으면 창을 닫고 다시 여세요. 이전에 학습한 것은 저장되어 있습니다.</translation>
        </message>
        <message>
            <source>The next run starts from the weights of {name}: press Train.</source>
            <translation>다음 실행의 초기 가중치: {name}. ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>The run has used {label} {new} from step {step} on. Set it back to {old} from here on, or return to where it was changed?</source>
            <translation>실행은 {step} 스텝부터 {label} {new} 값을 사용했습니다. 여기서부터 {old} 값으로 되돌릴까요, 아니면 바꾼 곳으로 돌아갈까요?</translation>
        </message>
        <message>
            <source>The run was changed at step {step}, so the rest of it is not compared with {name}.</source>
            <translation>{step} 스텝에서 실행이 변경되어 나머지는 {name} 기록과 비교하지 않습니다.</translation>
        </message>
        <message>
            <source>The weights of the last run were saved to {path} when the program was ended.</source>
            <translation>프로그램을 끝낼 때 마지막 실행의 가중치를 저장했습니다: {path}.</translation>
        </message>
        <message>
            <source>Trained again, the run differs from the recording from step {step} on: it was recorded on another machine, or with another torch or number of threads. Going on from here makes it a branch.</source>
            <translation>다시 학습한 결과가 {step} 스텝부터 기록과 다릅니다. 다른 컴퓨터, 또는 다른 torch나 스레드 수에서 기록된 실행입니다. 여기서 계속하면 분기가 됩니다.</translation>
        </message>
        <message>
            <source>Training could not go on ({reason}): close the window and open it again.</source>
            <translation>학습을 계속할 수 없습니다({reason}). 창을 닫고 다시 여세요.</translation>
        </message>
        <message>
            <source>Weights saved to {path}.</source>
            <translation>가중치를 저장했습니다: {path}.</translation>
        </message>
        <message>
            <source>all losses are as recorded, but the weights are not</source>
            <translation>손실은 모두 기록과 같지만 가중치가 다름</translation>
        </message>
        <message>
            <source>{found} The run went back to step {step}. How should training continue?</source>
            <translation>{found} 실행이 {step} 스텝으로 돌아갔습니다. 학습을 어떻게 계속할까요?</translation>
        </message>
        <message>
            <source>{name} differs at step {step}: {what}. {why}</source>
            <translation>{name}: {step} 스텝에서 기록과 다릅니다({what}). {why}</translation>
        </message>
        <message>
            <source>{name} is verified: {steps} steps, weights sha256 {sha256}.</source>
            <translation>{name}: 확인되었습니다. {steps}스텝, 가중치 sha256 {sha256}.</translation>
        </message>
        <message>
            <source>{name}, converted from {found} to {made}</source>
            <translation>{name}, {found}에서 {made} 형식으로 변환</translation>
        </message>
        <message>
            <source>{name}: accuracy {accuracy} %, average loss {loss} on the test samples.</source>
            <translation>{name}: 테스트 샘플에서 정확도 {accuracy} %, 평균 손실 {loss}.</translation>
        </message>
        <message>
            <source>{name}: mean absolute error {error}, {r2}, average loss {loss} on the test samples.</source>
            <translation>{name}: 테스트 샘플에서 평균 절대 오차 {error}, {r2}, 평균 손실 {loss}.</translation>
        </message>
    </context>
    <context>
        <name>OpenedFiles</name>
        <message>
            <source>None yet</source>
            <translation>아직 없음</translation>
        </message>
    </context>
    <context>
        <name>OverTimeView</name>
        <message>
            <source>all layers</source>
            <translation>모든 계층</translation>
        </message>
        <message>
            <source>usual: rule of thumb, CS231n</source>
            <translation>보통: 경험칙, CS231n</translation>
        </message>
    </context>
    <context>
        <name>OverfittingChart</name>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
    </context>
    <context>
        <name>OverlayLegend</name>
        <message>
            <source>Difference</source>
            <translation>차이</translation>
        </message>
        <message>
            <source>None of these runs begins as the current one does: only branches do.</source>
            <translation>이 실행들 중 현재 실행과 시작이 같은 것이 없습니다. 분기만 시작이 같습니다.</translation>
        </message>
        <message>
            <source>Only its loss is drawn: it is measured by its {theirs}, and the current run by its {own}.</source>
            <translation>지표가 달라 손실만 그립니다: 이 실행은 {theirs}, 현재 실행은 {own}.</translation>
        </message>
        <message>
            <source>Parent run</source>
            <translation>부모 실행</translation>
        </message>
        <message>
            <source>Recorded before</source>
            <translation>이전 기록</translation>
        </message>
        <message>
            <source>Show by how much the training loss differs from that of runs with the same beginning</source>
            <translation>시작이 같은 실행과 학습 손실이 얼마나 다른지 표시</translation>
        </message>
        <message>
            <source>Take {name} out of the plots</source>
            <translation>그래프에서 {name} 빼기</translation>
        </message>
        <message>
            <source>{name}, the current run</source>
            <translation>{name}, 현재 실행</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Enter sets this value</source>
            <translation>Enter 키를 누르면 이 값으로 설정합니다</translation>
        </message>
        <message>
            <source>Open {file}</source>
            <translation>{file} 열기</translation>
        </message>
        <message>
            <source>Open {run}</source>
            <translation>{run} 열기</translation>
        </message>
        <message>
            <source>Panel: {title}</source>
            <translation>패널: {title}</translation>
        </message>
        <message>
            <source>chosen now</source>
            <translation>지금 선택됨</translation>
        </message>
        <message>
            <source>now {value}</source>
            <translation>현재 {value}</translation>
        </message>
        <message>
            <source>{name}: {value}</source>
            <translation>{name}: {value}</translation>
        </message>
        <message>
            <source>{status} · {figure}</source>
            <translation>{status} · {figure}</translation>
        </message>
    </context>
    <context>
        <name>PanelMenu</name>
        <message>
            <source>Copy or save</source>
            <translation>복사 또는 저장</translation>
        </message>
        <message>
            <source>Copy or save what is shown here.</source>
            <translation>여기 표시된 것을 복사하거나 저장합니다.</translation>
        </message>
        <message>
            <source>Copy picture</source>
            <translation>그림 복사</translation>
        </message>
        <message>
            <source>Copy table</source>
            <translation>표 복사</translation>
        </message>
        <message>
            <source>Save picture…</source>
            <translation>그림 저장…</translation>
        </message>
        <message>
            <source>Save table…</source>
            <translation>표 저장…</translation>
        </message>
    </context>
    <context>
        <name>Panels</name>
        <message>
            <source>Batch</source>
            <translation>배치</translation>
        </message>
        <message>
            <source>Boundary</source>
            <translation>결정 경계</translation>
        </message>
        <message>
            <source>Branches</source>
            <translation>분기</translation>
        </message>
        <message>
            <source>Bring this panel to the front, or hide it.</source>
            <translation>이 패널을 맨 앞으로 가져오거나 숨깁니다.</translation>
        </message>
        <message>
            <source>Calibration</source>
            <translation>보정</translation>
        </message>
        <message>
            <source>Checks</source>
            <translation>점검</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>클래스</translation>
        </message>
        <message>
            <source>Confusion</source>
            <translation>혼동 행렬</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>데이터</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>그리기</translation>
        </message>
        <message>
            <source>Find rate</source>
            <translation>학습률 탐색</translation>
        </message>
        <message>
            <source>Gallery</source>
            <translation>갤러리</translation>
        </message>
        <message>
            <source>Glossary</source>
            <translation>용어집</translation>
        </message>
        <message>
            <source>Journal</source>
            <translation>변경 기록</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>계층</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>로그</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>맵</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>신경망</translation>
        </message>
        <message>
            <source>Residuals</source>
            <translation>잔차</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>실행 목록</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Suspected labels</source>
            <translation>의심 레이블</translation>
        </message>
        <message>
            <source>Tutorial</source>
            <translation>튜토리얼</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>값</translation>
        </message>
        <message>
            <source>What if</source>
            <translation>가정 실험</translation>
        </message>
    </context>
    <context>
        <name>PlanLine</name>
        <message>
            <source>Planned learning rate</source>
            <translation>계획된 학습률</translation>
        </message>
    </context>
    <context>
        <name>Plots</name>
        <message>
            <source>Copy picture</source>
            <translation>그림 복사</translation>
        </message>
        <message>
            <source>Copy the values of step {step}</source>
            <translation>{step} 스텝의 값 복사</translation>
        </message>
        <message>
            <source>Copy the values shown</source>
            <translation>표시된 값 복사</translation>
        </message>
        <message>
            <source>Epoch {number}</source>
            <translation>에폭 {number}</translation>
        </message>
        <message>
            <source>Go to step {step}</source>
            <translation>{step} 스텝으로 이동</translation>
        </message>
        <message>
            <source>Last test: loss {loss}, accuracy {value} %.</source>
            <translation>마지막 테스트: 손실 {loss}, 정확도 {value} %.</translation>
        </message>
        <message>
            <source>Last test: loss {loss}, mean absolute error {value}.</source>
            <translation>마지막 테스트: 손실 {loss}, 평균 절대 오차 {value}.</translation>
        </message>
        <message>
            <source>Later steps are recorded, up to {last}.</source>
            <translation>이후 스텝이 {last} 스텝까지 기록되어 있습니다.</translation>
        </message>
        <message>
            <source>Left and Right go from step to step, with Shift by an epoch, Page Up and Page Down further, End to the newest. Enter goes there, with Shift it shows the batch. Ctrl and the arrows pan, plus and minus zoom, Home shows the whole run.</source>
            <translation>왼쪽과 오른쪽 화살표 키는 한 스텝씩, Shift와 함께 누르면 한 에폭씩 이동합니다. Page Up과 Page Down은 더 멀리, End는 최신 스텝으로 이동합니다. Enter를 누르면 실행이 그 스텝으로 가고, Shift와 함께 누르면 배치를 표시합니다. Ctrl과 화살표 키는 그래프를 이동하고, 더하기와 빼기 키는 확대/축소하고, Home은 실행 전체를 표시합니다.</translation>
        </message>
        <message>
            <source>Loss became NaN</source>
            <translation>손실이 NaN이 됨</translation>
        </message>
        <message>
            <source>Loss became infinite</source>
            <translation>손실이 무한대가 됨</translation>
        </message>
        <message>
            <source>Loss leapt to {loss}</source>
            <translation>손실 급등: {loss}</translation>
        </message>
        <message>
            <source>No run yet. Press Train to see its curves here.</source>
            <translation>아직 실행이 없습니다. ‘학습’을 누르면 여기에 곡선이 표시됩니다.</translation>
        </message>
        <message>
            <source>Show the batch of step {step}</source>
            <translation>{step} 스텝의 배치 보기</translation>
        </message>
        <message>
            <source>Show the whole run</source>
            <translation>실행 전체 보기</translation>
        </message>
        <message>
            <source>Shown are steps {first} to {last}, values {low} to {high}.</source>
            <translation>표시 범위: 스텝 {first}~{last}, 값 {low}~{high}.</translation>
        </message>
        <message>
            <source>The run</source>
            <translation>실행</translation>
        </message>
        <message>
            <source>Training loss, smoothed: {loss}; mean absolute error: {value}.</source>
            <translation>평활 학습 손실: {loss}, 평균 절대 오차: {value}.</translation>
        </message>
        <message>
            <source>Training loss, smoothed: {loss}; training accuracy: {value} %.</source>
            <translation>평활 학습 손실: {loss}, 학습 정확도: {value} %.</translation>
        </message>
        <message>
            <source>up to {value}</source>
            <translation>최대 {value}</translation>
        </message>
        <message>
            <source>{run} is at step {step} of {planned}.</source>
            <translation>{run}: {planned}스텝 중 {step} 스텝에 있습니다.</translation>
        </message>
        <message>
            <source>{run} is at step {step}.</source>
            <translation>{run}: {step} 스텝에 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>PresentationBar</name>
        <message>
            <source>Leave</source>
            <translation>나가기</translation>
        </message>
        <message>
            <source>Leave the presentation</source>
            <translation>발표 모드 나가기</translation>
        </message>
        <message>
            <source>Presentation</source>
            <translation>발표 모드</translation>
        </message>
        <message>
            <source>Show the whole window again, as it was (Esc).</source>
            <translation>창 전체를 이전 상태로 다시 표시합니다(Esc).</translation>
        </message>
    </context>
    <context>
        <name>ProbabilityBars</name>
        <message>
            <source>Probabilities of the classes</source>
            <translation>클래스별 확률</translation>
        </message>
        <message>
            <source>Probability of each class</source>
            <translation>각 클래스의 확률</translation>
        </message>
        <message>
            <source>The tick marks the label.</source>
            <translation>눈금 표시가 레이블입니다.</translation>
        </message>
        <message>
            <source>{name} (label) {share}</source>
            <translation>{name} (레이블) {share}</translation>
        </message>
    </context>
    <context>
        <name>Problems</name>
        <message>
            <source>--model-arg is for the network of a Python file: give --model FILE.py:NAME.</source>
            <translation>--model-arg 옵션은 Python 파일의 신경망에만 씁니다. --model FILE.py:NAME 옵션을 지정하세요.</translation>
        </message>
        <message>
            <source>--test-share has no effect: {path} says itself which samples are for the test.</source>
            <translation>--test-share 옵션은 효과가 없습니다. {path}에 어느 샘플이 테스트용인지 이미 정해져 있습니다.</translation>
        </message>
        <message>
            <source>--{option} is for files of your own: leave it out, or give their path (--dataset PATH).</source>
            <translation>--{option} 옵션은 내 파일에만 씁니다. 이 옵션을 빼거나 파일 경로를 지정하세요(--dataset PATH).</translation>
        </message>
        <message>
            <source>A CUDA graph needs an NVIDIA GPU as the device: without one the run trains without it.</source>
            <translation>CUDA 그래프에는 NVIDIA GPU 장치가 필요합니다. 없으면 CUDA 그래프 없이 학습합니다.</translation>
        </message>
        <message>
            <source>A CUDA graph works with {names}: the run trains without it.</source>
            <translation>CUDA 그래프는 {names}에서만 작동하므로, CUDA 그래프 없이 학습합니다.</translation>
        </message>
        <message>
            <source>A compiled model replays a CUDA graph of its own: the run trains without a second one.</source>
            <translation>컴파일된 모델은 자체 CUDA 그래프를 재생하므로, 두 번째 그래프 없이 학습합니다.</translation>
        </message>
        <message>
            <source>A network of your own is built from its source, which the recipe holds.</source>
            <translation>사용자 정의 신경망은 레시피에 들어 있는 소스로 만듭니다.</translation>
        </message>
        <message>
            <source>A newer version of this program wrote the recipe (format {format}; this version reads up to {known}): open it with that version.</source>
            <translation>이 레시피는 더 새로운 버전의 프로그램이 만들었습니다(형식 {format}, 이 버전은 {known}까지 읽음). 그 버전으로 여세요.</translation>
        </message>
        <message>
            <source>A part of this run was trained otherwise ({earlier}), so no one environment gives all of its bits.</source>
            <translation>이 실행의 일부는 다른 조건({earlier})에서 학습했으므로, 한 환경에서는 모든 비트가 같게 나오지 않습니다.</translation>
        </message>
        <message>
            <source>A quote that begins in line {number:,} of {path} is not closed: close it, or remove it.</source>
            <translation>{path}의 {number:,}번째 줄에서 시작된 따옴표가 닫히지 않았습니다. 닫거나 지우세요.</translation>
        </message>
        <message>
            <source>A run is active, and its data cannot change: stop it, then open other data.</source>
            <translation>진행 중인 실행의 데이터는 바꿀 수 없습니다. 실행을 중지한 뒤 다른 데이터를 여세요.</translation>
        </message>
        <message>
            <source>A run is active, and its network cannot change: stop it, then open another one.</source>
            <translation>진행 중인 실행의 신경망은 바꿀 수 없습니다. 실행을 중지한 뒤 다른 신경망을 여세요.</translation>
        </message>
        <message>
            <source>A run is active: pause or stop it, then open another one.</source>
            <translation>진행 중인 실행이 있습니다. 일시 정지하거나 중지한 뒤 다른 실행을 여세요.</translation>
        </message>
        <message>
            <source>A run is active: stop it first, then choose the weights of the next one.</source>
            <translation>진행 중인 실행이 있습니다. 먼저 중지한 뒤 다음 실행의 가중치를 선택하세요.</translation>
        </message>
        <message>
            <source>A run is training: stop it, then choose the settings of the next one.</source>
            <translation>실행이 학습 중입니다. 중지한 뒤 다음 실행의 설정을 선택하세요.</translation>
        </message>
        <message>
            <source>A snapshot of this run does not fit its network ({what}): go to another step, or train the run again.</source>
            <translation>이 실행의 스냅샷이 신경망과 맞지 않습니다({what}). 다른 스텝으로 가거나 실행을 다시 학습하세요.</translation>
        </message>
        <message>
            <source>A snapshot of this run is damaged: go to another step, or train the run again.</source>
            <translation>이 실행의 스냅샷이 손상되었습니다. 다른 스텝으로 가거나 실행을 다시 학습하세요.</translation>
        </message>
        <message>
            <source>All samples in {path} are of one class ({name}): add samples of another one, or choose another label.</source>
            <translation>{path}의 모든 샘플이 한 클래스에 속합니다({name}). 다른 클래스의 샘플을 추가하거나 다른 레이블을 선택하세요.</translation>
        </message>
        <message>
            <source>An unexpected error occurred ({reason}): set WORKBENCH_TRACEBACK=1 and start again to see where, then report it.</source>
            <translation>예상하지 못한 오류가 발생했습니다({reason}). 어디서 발생했는지 보려면 WORKBENCH_TRACEBACK=1을 설정하고 다시 시작한 뒤, 오류를 신고하세요.</translation>
        </message>
        <message>
            <source>An unexpected error occurred ({reason}): what was trained so far is kept; save it, then try again.</source>
            <translation>예상하지 못한 오류가 발생했습니다({reason}). 지금까지 학습한 내용은 남아 있습니다. 저장한 뒤 다시 시도하세요.</translation>
        </message>
        <message>
            <source>Another window or program holds the lock {lock} of the store of runs: close it.</source>
            <translation>다른 창이나 프로그램이 실행 저장소를 잠그고 있습니다({lock}). 그 창이나 프로그램을 닫으세요.</translation>
        </message>
        <message>
            <source>Batch normalization needs batches of two samples or more, but the last batch of the epoch has one: choose a batch size that leaves no single sample, or turn batch normalization off.</source>
            <translation>배치 정규화에는 배치마다 샘플이 두 개 이상 필요하지만, 에폭의 마지막 배치에는 하나뿐입니다. 샘플이 하나만 남지 않는 배치 크기를 선택하거나 배치 정규화를 끄세요.</translation>
        </message>
        <message>
            <source>Batch normalization needs batches of two samples or more, but with batches of {size:,} the last one of an epoch has a single one of the {count:,} training samples: choose another batch size, such as {other:,}.</source>
            <translation>배치 정규화에는 배치마다 샘플이 두 개 이상 필요하지만, 배치 크기 {size:,}에서는 학습 샘플 {count:,}개 중 하나만 에폭의 마지막 배치에 남습니다. {other:,} 같은 다른 배치 크기를 선택하세요.</translation>
        </message>
        <message>
            <source>Columns of texts are left out: {name}.</source>
            <translation>텍스트 열은 제외합니다: {name}.</translation>
        </message>
        <message>
            <source>Columns without a value are left out: {name}.</source>
            <translation>값이 없는 열은 제외합니다: {name}.</translation>
        </message>
        <message>
            <source>Device {here} here, {recorded} when it was recorded: another kind of device rounds in other places.</source>
            <translation>장치: 여기서는 {here}, 기록할 때는 {recorded}. 장치의 종류가 다르면 반올림하는 곳이 달라집니다.</translation>
        </message>
        <message>
            <source>Folders without a picture are no classes: {names}.</source>
            <translation>이미지가 없는 폴더는 클래스가 아닙니다: {names}.</translation>
        </message>
        <message>
            <source>Going to step {step} was cancelled: the run is where it was.</source>
            <translation>{step} 스텝으로 가는 작업이 취소되었습니다. 실행은 원래 위치에 있습니다.</translation>
        </message>
        <message>
            <source>Its row in the store is damaged ({reason}): delete the run.</source>
            <translation>저장소에 있는 실행의 행이 손상되었습니다({reason}). 실행을 삭제하세요.</translation>
        </message>
        <message>
            <source>Line {line} of {path} is no Python ({reason}): correct it, then open the file again.</source>
            <translation>{path}의 {line}번째 줄이 Python 구문에 맞지 않습니다({reason}). 고친 뒤 파일을 다시 여세요.</translation>
        </message>
        <message>
            <source>Line {number:,} of {path} cannot be read ({reason}): correct it, such as a quote that is not closed.</source>
            <translation>{path}의 {number:,}번째 줄을 읽을 수 없습니다({reason}). 닫히지 않은 따옴표 등을 고치세요.</translation>
        </message>
        <message>
            <source>Line {number:,} of {path} has a number in the column {name} that is too large: correct it, or leave it empty.</source>
            <translation>{path}의 {number:,}번째 줄, {name} 열의 숫자가 너무 큽니다. 고치거나 비워 두세요.</translation>
        </message>
        <message>
            <source>Line {number:,} of {path} has an infinite number in the column {name}: correct it, or leave it empty.</source>
            <translation>{path}의 {number:,}번째 줄, {name} 열의 숫자가 무한대입니다. 고치거나 비워 두세요.</translation>
        </message>
        <message>
            <source>Line {number:,} of {path} has more than {most:,} characters: it is no table, choose another file.</source>
            <translation>{path}의 {number:,}번째 줄이 {most:,}자를 넘습니다. 표가 아니므로 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>Line {number:,} of {path} has {found:,} values where {width:,} belong: correct it, or name the right delimiter (--delimiter).</source>
            <translation>{path}의 {number:,}번째 줄에는 값이 {width:,}개 있어야 하지만 {found:,}개 있습니다. 고치거나 올바른 구분자를 지정하세요(--delimiter).</translation>
        </message>
        <message>
            <source>Line {number:,} of {path} has {value!r} in the column {name}, which is no number: correct it, or leave it empty.</source>
            <translation>{path}의 {number:,}번째 줄, {name} 열의 값이 숫자가 아닙니다({value!r}). 고치거나 비워 두세요.</translation>
        </message>
        <message>
            <source>Line {number:,} of {path} holds a zero byte: it is damaged, replace it by a whole one.</source>
            <translation>{path}의 {number:,}번째 줄에 0 바이트가 있습니다. 파일이 손상되었으니 온전한 파일로 바꾸세요.</translation>
        </message>
        <message>
            <source>No CUDA graph could be made of a step ({reason}), so the run trains without one.</source>
            <translation>스텝의 CUDA 그래프를 만들 수 없어({reason}) CUDA 그래프 없이 학습합니다.</translation>
        </message>
        <message>
            <source>No audio output was found: connect loudspeakers or headphones.</source>
            <translation>오디오 출력을 찾지 못했습니다. 스피커나 헤드폰을 연결하세요.</translation>
        </message>
        <message>
            <source>No runs are kept here: start the program with a store to open runs.</source>
            <translation>여기에는 실행이 저장되지 않습니다. 실행을 열려면 저장소와 함께 프로그램을 시작하세요.</translation>
        </message>
        <message>
            <source>No sample passes this layer: choose another.</source>
            <translation>이 계층을 통과하는 샘플이 없습니다. 다른 계층을 선택하세요.</translation>
        </message>
        <message>
            <source>Not all of this run is in the list of runs. {reason}</source>
            <translation>이 실행의 일부가 실행 목록에 없습니다. {reason}</translation>
        </message>
        <message>
            <source>Nothing is to be written: give one or more of {names}.</source>
            <translation>쓸 것이 없습니다. {names} 중 하나 이상을 지정하세요.</translation>
        </message>
        <message>
            <source>Nothing was installed, because {path} could not be written ({reason}): {advice}, then try again.</source>
            <translation>{path} 파일을 쓸 수 없어 아무것도 설치하지 않았습니다({reason}). 조치: {advice}. 그런 다음 다시 시도하세요.</translation>
        </message>
        <message>
            <source>ONNX cannot hold this network ({reason}), so no file was written: save it as safetensors or .pt2.</source>
            <translation>ONNX로 이 신경망을 표현할 수 없어({reason}) 파일을 쓰지 않았습니다. safetensors나 .pt2로 저장하세요.</translation>
        </message>
        <message>
            <source>Opening was cancelled: the current run is as it was.</source>
            <translation>열기가 취소되었습니다. 현재 실행은 그대로입니다.</translation>
        </message>
        <message>
            <source>Outputs over a plane need data with one or two features: choose other data.</source>
            <translation>평면 위의 출력을 보려면 특징이 한두 개인 데이터가 필요합니다. 다른 데이터를 선택하세요.</translation>
        </message>
        <message>
            <source>Processor {here} here, {recorded} when it was recorded: another processor may use other instructions.</source>
            <translation>프로세서: 여기서는 {here}, 기록할 때는 {recorded}. 프로세서가 다르면 다른 명령어를 쓸 수 있습니다.</translation>
        </message>
        <message>
            <source>PyTorch does not fit into the {limit:,} MiB to which the memory of this process is limited (ulimit -v): raise the limit.</source>
            <translation>이 프로세스의 메모리 제한 {limit:,} MiB에 PyTorch가 들어가지 않습니다(ulimit -v). 제한을 높이세요.</translation>
        </message>
        <message>
            <source>PyTorch {here} here, {recorded} when it was recorded: another version may compute other bits.</source>
            <translation>PyTorch: 여기서는 {here}, 기록할 때는 {recorded}. 버전이 다르면 비트가 달라질 수 있습니다.</translation>
        </message>
        <message>
            <source>Python's headers are not on this machine: install them (python3-dev) to compile the model.</source>
            <translation>이 컴퓨터에 Python 헤더가 없습니다. 모델을 컴파일하려면 설치하세요(python3-dev).</translation>
        </message>
        <message>
            <source>Run {number} cannot be opened. {reason}</source>
            <translation>실행 {number} 항목을 열 수 없습니다. {reason}</translation>
        </message>
        <message>
            <source>Run {number} has been trained further elsewhere, so what is trained here is not recorded: open it again to go on from there.</source>
            <translation>실행 {number}의 학습이 다른 곳에서 더 진행되어, 여기서 학습하는 내용은 기록되지 않습니다. 거기서부터 계속하려면 다시 여세요.</translation>
        </message>
        <message>
            <source>Run {number} is being trained elsewhere: stop it there first.</source>
            <translation>실행 {number}의 학습이 다른 곳에서 진행 중입니다. 먼저 그곳에서 중지하세요.</translation>
        </message>
        <message>
            <source>Run {number} is being trained in another window or program: stop it there, or begin a run of your own.</source>
            <translation>실행 {number}의 학습이 다른 창이나 프로그램에서 진행 중입니다. 그곳에서 중지하거나 새 실행을 시작하세요.</translation>
        </message>
        <message>
            <source>Run {number} is being trained: stop it first.</source>
            <translation>실행 {number}의 학습이 진행 중입니다. 먼저 중지하세요.</translation>
        </message>
        <message>
            <source>Run {number} is damaged in the store ({reason}), so what is trained here is not kept: save the weights and a checkpoint.</source>
            <translation>저장소에서 실행 {number}의 데이터가 손상되어({reason}) 여기서 학습하는 내용이 저장되지 않습니다. 가중치와 체크포인트를 저장하세요.</translation>
        </message>
        <message>
            <source>Runs are not being kept at the moment, and this is tried again each second. {reason}</source>
            <translation>지금은 실행이 저장되지 않으며, 1초마다 다시 시도합니다. {reason}</translation>
        </message>
        <message>
            <source>Sample {number:,} of {name} in {path} holds a NaN or an infinite number: correct it, or leave it out.</source>
            <translation>{path}에 있는 {name}의 샘플 {number:,}에 NaN이나 무한대가 있습니다. 고치거나 빼세요.</translation>
        </message>
        <message>
            <source>Several runs begin with {run}: give more digits, or the number.</source>
            <translation>{run} 값으로 시작하는 실행이 여러 개입니다. 자릿수를 더 적거나 번호를 지정하세요.</translation>
        </message>
        <message>
            <source>Standard output cannot be written ({reason}): free some space, or send it to another place.</source>
            <translation>표준 출력에 쓸 수 없습니다({reason}). 공간을 확보하거나 다른 곳으로 출력하세요.</translation>
        </message>
        <message>
            <source>Step {step} can only be reached from the start of this run, whose weights ({weights}) are not at {path}: put that file back and open the run again, or choose a later step.</source>
            <translation>스텝 {step}에는 이 실행의 처음부터 다시 학습해야 갈 수 있는데, 초기 가중치가 {path}에 없습니다({weights}). 파일을 되돌려 놓고 실행을 다시 열거나 더 뒤의 스텝을 선택하세요.</translation>
        </message>
        <message>
            <source>Step {step} cannot be reached here: on the way the loss becomes NaN or infinite, which it was not when the run was recorded. Open the run on the machine that trained it.</source>
            <translation>여기서는 {step} 스텝에 이를 수 없습니다. 도중에 손실이 NaN이나 무한대가 되는데, 실행을 기록할 때는 그렇지 않았습니다. 이 실행은 학습한 컴퓨터에서 여세요.</translation>
        </message>
        <message>
            <source>Step {step} cannot be replayed here: on the way the loss becomes NaN or infinite, which it was not when the run was recorded. Open the run on the machine that trained it.</source>
            <translation>여기서는 {step} 스텝을 재현할 수 없습니다. 도중에 손실이 NaN이나 무한대가 되는데, 실행을 기록할 때는 그렇지 않았습니다. 이 실행은 학습한 컴퓨터에서 여세요.</translation>
        </message>
        <message>
            <source>Step {step} cannot be trained again here: on the way the loss becomes NaN or infinite, which it was not.</source>
            <translation>여기서는 {step} 스텝을 다시 학습할 수 없습니다. 도중에 손실이 NaN이나 무한대가 되는데, 전에는 그렇지 않았습니다.</translation>
        </message>
        <message>
            <source>Step {step} is not recorded any more: the run has gone on from before it.</source>
            <translation>{step} 스텝의 기록은 이제 없습니다. 실행이 그보다 앞선 스텝에서부터 다시 진행되었습니다.</translation>
        </message>
        <message>
            <source>Step {step} is not recorded: choose one from 0 to {last}.</source>
            <translation>{step} 스텝은 기록되지 않았습니다. 0에서 {last}까지의 스텝 중에서 선택하세요.</translation>
        </message>
        <message>
            <source>Step {step} is over, since the run goes on at step {now}, and {name} was not {value} there: leave --change {step}:{name}={value} out.</source>
            <translation>실행이 {now} 스텝에서 계속되므로 {step} 스텝은 이미 지났고, 그때 {name} 값은 {value} 대신 다른 값이었습니다. --change {step}:{name}={value} 옵션을 빼세요.</translation>
        </message>
        <message>
            <source>Step {step} is reached already: --stop-after counts the steps in total, so give more than that.</source>
            <translation>{step} 스텝에 이미 도달했습니다. --stop-after는 전체 스텝 수를 세므로 그보다 큰 값을 지정하세요.</translation>
        </message>
        <message>
            <source>Step {step} of this run has no snapshot before it: choose a later one.</source>
            <translation>이 실행의 {step} 스텝 이전에는 스냅샷이 없습니다. 더 뒤의 스텝을 선택하세요.</translation>
        </message>
        <message>
            <source>Steps of a run were not kept, since the store of runs {path} has not been writable for too long.</source>
            <translation>실행 저장소에 너무 오래 쓸 수 없어 실행의 일부 스텝이 저장되지 않았습니다({path}).</translation>
        </message>
        <message>
            <source>Stop was pressed before step {step} was replayed: choose it again.</source>
            <translation>{step} 스텝을 재현하기 전에 중지를 눌렀습니다. 스텝을 다시 선택하세요.</translation>
        </message>
        <message>
            <source>Stop was pressed before step {step} was trained again.</source>
            <translation>{step} 스텝을 다시 학습하기 전에 중지를 눌렀습니다.</translation>
        </message>
        <message>
            <source>The CUDA graph gave other numbers than single steps, so the run trains without one.</source>
            <translation>CUDA 그래프의 숫자가 개별 스텝과 달라, CUDA 그래프 없이 학습합니다.</translation>
        </message>
        <message>
            <source>The audio output does not play: connect another one, or start the program again.</source>
            <translation>오디오 출력이 소리를 내지 않습니다. 다른 출력을 연결하거나 프로그램을 다시 시작하세요.</translation>
        </message>
        <message>
            <source>The built-in images in {folder} are incomplete or damaged: install the program again.</source>
            <translation>{folder} 폴더의 내장 이미지가 불완전하거나 손상되었습니다. 프로그램을 다시 설치하세요.</translation>
        </message>
        <message>
            <source>The colour is {colour!r}: give grey or rgb.</source>
            <translation>색 지정이 올바르지 않습니다({colour!r}). grey나 rgb로 지정하세요.</translation>
        </message>
        <message>
            <source>The columns are the pixels of grey images of {side} × {side}.</source>
            <translation>각 열은 {side} × {side} 회색조 이미지의 픽셀입니다.</translation>
        </message>
        <message>
            <source>The data are not read yet, so the network is not known: load them, then choose the weights.</source>
            <translation>데이터를 아직 읽지 않아 신경망을 알 수 없습니다. 데이터를 불러온 뒤 가중치를 선택하세요.</translation>
        </message>
        <message>
            <source>The data need {size:,} MB in {folder}, which cannot be written ({reason}): {advice}, or let more of the memory be used ({name}).</source>
            <translation>데이터에 필요한 {size:,} MB를 {folder} 폴더에 쓸 수 없습니다({reason}). 조치: {advice}. 또는 메모리를 더 쓰도록 허용하세요({name}).</translation>
        </message>
        <message>
            <source>The data of the run were read with another --{option}, which cannot change in it: leave it out, or train a new run.</source>
            <translation>실행의 데이터를 읽을 때 --{option} 값이 달랐으며, 이 값은 실행 안에서 바꿀 수 없습니다. 옵션을 빼거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>The data set {name} of this run is not there: load it first.</source>
            <translation>이 실행의 {name} 데이터셋이 없습니다. 먼저 불러오세요.</translation>
        </message>
        <message>
            <source>The delimiter is {delimiter!r}: give one character, such as a comma or a tab.</source>
            <translation>구분자가 올바르지 않습니다({delimiter!r}). 쉼표나 탭 같은 문자 하나를 지정하세요.</translation>
        </message>
        <message>
            <source>The device {device} is not here ({reason}), so the run cannot be trained again on this machine.</source>
            <translation>여기에는 {device} 장치가 없어({reason}) 이 컴퓨터에서 실행을 다시 학습할 수 없습니다.</translation>
        </message>
        <message>
            <source>The disk did not read or write the store of runs {path} ({reason}): check the disk.</source>
            <translation>디스크가 실행 저장소를 읽거나 쓰지 못했습니다({path}: {reason}). 디스크를 확인하세요.</translation>
        </message>
        <message>
            <source>The disk is full, so the store of runs {path} was not written: free some space.</source>
            <translation>디스크가 가득 차 실행 저장소를 쓰지 못했습니다({path}). 공간을 확보하세요.</translation>
        </message>
        <message>
            <source>The disk is full, so {path} was not written (an older file there is untouched): free some space or choose another disk, then save again.</source>
            <translation>디스크가 가득 차 {path} 파일을 쓰지 못했습니다(그곳의 이전 파일은 그대로입니다). 공간을 확보하거나 다른 디스크를 선택한 뒤 다시 저장하세요.</translation>
        </message>
        <message>
            <source>The disk of the store of runs {path} is too slow to write what was trained last: wait, then look into the list of runs.</source>
            <translation>실행 저장소의 디스크가 너무 느려 마지막에 학습한 내용을 쓰지 못합니다({path}). 기다린 뒤 실행 목록을 확인하세요.</translation>
        </message>
        <message>
            <source>The drawn images of the data set garments are no longer part of the program, so its runs cannot be trained or repeated: look at their curves, save their weights, or start a new run on another data set.</source>
            <translation>garments 데이터셋의 그린 이미지는 더 이상 프로그램에 들어 있지 않으므로, 이 데이터셋의 실행은 학습하거나 재현할 수 없습니다. 곡선을 보거나 가중치를 저장하거나, 다른 데이터셋으로 새 실행을 시작하세요.</translation>
        </message>
        <message>
            <source>The file system of the store of runs {path} cannot promise that what is written is on the disk: runs are kept, but a power cut may damage the store. Choose a folder on a local disk to be safe.</source>
            <translation>실행 저장소의 파일 시스템은 쓴 내용이 디스크에 있다고 보장하지 못합니다({path}). 실행은 저장되지만 정전이 되면 저장소가 손상될 수 있습니다. 안전하게 쓰려면 로컬 디스크의 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>The file system of the store of runs {path} has no locks, so a folder beside it takes their place: runs are kept, but if a program dies while it writes, wait a minute before you use them again.</source>
            <translation>실행 저장소의 파일 시스템에 잠금이 없어 옆에 둔 폴더가 잠금을 대신합니다({path}). 실행은 저장되지만, 프로그램이 쓰는 도중에 종료되었으면 1분 기다린 뒤 다시 사용하세요.</translation>
        </message>
        <message>
            <source>The file system of the store of runs {path} has no memory that programs share, so they wait for each other there: runs are kept, but choose a folder on a local disk for more speed.</source>
            <translation>실행 저장소의 파일 시스템에 프로그램이 함께 쓰는 메모리가 없어 프로그램들이 서로 기다립니다({path}). 실행은 저장됩니다. 더 빠르게 쓰려면 로컬 디스크의 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>The files of this run ({path}) cannot be read, so it cannot be trained or repeated: put them back there, or train a new run.</source>
            <translation>이 실행의 파일을 읽을 수 없어({path}) 학습하거나 재현할 수 없습니다. 파일을 제자리에 되돌려 놓거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>The first line ({line}) is no row and no header, so it is skipped.</source>
            <translation>첫 줄은 행도 헤더도 아니므로 건너뜁니다({line}).</translation>
        </message>
        <message>
            <source>The first line ({line}) names the classes; it is no row and no header.</source>
            <translation>첫 줄은 클래스 이름이며 행도 헤더도 아닙니다({line}).</translation>
        </message>
        <message>
            <source>The first line is a comment, so it is no row.</source>
            <translation>첫 줄은 주석이므로 행이 아닙니다.</translation>
        </message>
        <message>
            <source>The first {count} lines are comments, so they are no rows.</source>
            <translation>처음 {count}개 줄은 주석이므로 행이 아닙니다.</translation>
        </message>
        <message>
            <source>The folder of {path} does not exist: choose an existing folder, then save again.</source>
            <translation>{path} 파일의 폴더가 없습니다. 있는 폴더를 선택한 뒤 다시 저장하세요.</translation>
        </message>
        <message>
            <source>The folder {name} is not used.</source>
            <translation>{name} 폴더는 사용하지 않습니다.</translation>
        </message>
        <message>
            <source>The folder {name} is the test, as there is no other.</source>
            <translation>다른 폴더가 없으므로 {name} 폴더를 테스트에 사용합니다.</translation>
        </message>
        <message>
            <source>The image size is {size}: give a whole number from 1 to {most}.</source>
            <translation>이미지 크기가 올바르지 않습니다({size}). 1에서 {most}까지의 정수를 지정하세요.</translation>
        </message>
        <message>
            <source>The images in {path} have numbers from {lowest:g} to {highest:g}: give numbers from 0 to 1, or from 0 to 255. What is no image needs the shape (samples, numbers).</source>
            <translation>{path}에 있는 이미지의 숫자 범위가 {lowest:g}~{highest:g} 범위입니다. 0에서 1까지, 또는 0에서 255까지의 숫자로 바꾸세요. 이미지가 아닌 데이터는 (샘플, 숫자) 모양이어야 합니다.</translation>
        </message>
        <message>
            <source>The images in {path} have the shape {shape}: give one channel or three, as (height, width, channels) or (channels, height, width).</source>
            <translation>{path}에 있는 이미지의 모양이 맞지 않습니다({shape}). 채널이 한 개나 세 개인 (높이, 너비, 채널) 또는 (채널, 높이, 너비) 모양으로 바꾸세요.</translation>
        </message>
        <message>
            <source>The input has another shape than those of the data set: make it anew.</source>
            <translation>입력의 모양이 데이터셋과 다릅니다. 입력을 새로 만드세요.</translation>
        </message>
        <message>
            <source>The label {name} of {path} has texts, so it is not for regression: choose classification, or another label.</source>
            <translation>{path}의 레이블 {name}에 텍스트가 있어 회귀에 쓸 수 없습니다. 분류를 선택하거나 다른 레이블을 선택하세요.</translation>
        </message>
        <message>
            <source>The label {name} of {path} has {count:,} different values in {rows:,} rows, which are no classes: choose another label.</source>
            <translation>{path}의 레이블 {name}에는 {rows:,}개 행에 서로 다른 값이 {count:,}개 있어 클래스로 볼 수 없습니다. 다른 레이블을 선택하세요.</translation>
        </message>
        <message>
            <source>The line before the table ({line}) is no row and no header, so it is skipped.</source>
            <translation>표 앞의 줄은 행도 헤더도 아니므로 건너뜁니다({line}).</translation>
        </message>
        <message>
            <source>The line before the table ({line}) names the classes; it is no row and no header.</source>
            <translation>표 앞의 줄은 클래스 이름이며 행도 헤더도 아닙니다({line}).</translation>
        </message>
        <message>
            <source>The line below the names ({line}) has no number, so it is no row and is skipped.</source>
            <translation>이름 아래의 줄에는 숫자가 없으므로, 행으로 보지 않고 건너뜁니다({line}).</translation>
        </message>
        <message>
            <source>The log of the store {path} is damaged, so what was recorded last may be missing: look at the newest run; a copy of the log is {aside}.</source>
            <translation>저장소의 로그가 손상되어({path}) 마지막에 기록한 내용이 빠졌을 수 있습니다. 가장 최근 실행을 확인하세요. 로그의 사본: {aside}.</translation>
        </message>
        <message>
            <source>The log of the store {path} is damaged, so what was recorded last may be missing: look at the newest run; the log could not be copied.</source>
            <translation>저장소의 로그가 손상되어({path}) 마지막에 기록한 내용이 빠졌을 수 있습니다. 가장 최근 실행을 확인하세요. 로그는 복사하지 못했습니다.</translation>
        </message>
        <message>
            <source>The loss became {loss} at step {failed}. The run went back to step {step}. How should training continue?</source>
            <translation>{failed} 스텝에서 손실이 {loss} 값이 되어 실행이 {step} 스텝으로 돌아갔습니다. 학습을 어떻게 계속할까요?</translation>
        </message>
        <message>
            <source>The loss became {loss} at step {step} (epoch {epoch}, batch {batch}). Training stopped, and the weights of step {kept} are kept: choose a lower learning rate and train again.</source>
            <translation>{step} 스텝에서 손실이 {loss} 값이 되었습니다(에폭 {epoch}, 배치 {batch}). 학습이 중지되었고 {kept} 스텝의 가중치를 보존했습니다. 더 낮은 학습률을 선택해 다시 학습하세요.</translation>
        </message>
        <message>
            <source>The loss is NaN or infinite at the lowest rates already: look at the data and the network.</source>
            <translation>가장 낮은 학습률에서 이미 손실이 NaN이거나 무한대입니다. 데이터와 신경망을 확인하세요.</translation>
        </message>
        <message>
            <source>The loss of the first batch is {loss}, before any update, so another learning rate does not help: numbers in the weights that the run starts from ({weights}), or in the data, are too large for it. Start from other weights, or correct the data.</source>
            <translation>업데이트하기 전인 첫 배치의 손실이 {loss} 값이므로, 학습률을 바꿔도 소용없습니다. 실행을 시작한 가중치({weights}) 또는 데이터에 너무 큰 숫자가 있습니다. 다른 가중치로 시작하거나 데이터를 고치세요.</translation>
        </message>
        <message>
            <source>The loss of the first batch is {loss}, before any update, so another learning rate does not help: some numbers in the data are too large for it. Standardise the data, or correct them.</source>
            <translation>업데이트하기 전인 첫 배치의 손실이 {loss} 값이므로, 학습률을 바꿔도 소용없습니다. 데이터에 너무 큰 숫자가 있습니다. 데이터를 표준화하거나 숫자를 고치세요.</translation>
        </message>
        <message>
            <source>The loss of the first batch is {loss}, before any update, so another learning rate does not help: the network itself gives numbers that are not finite. Check its file (a division by 0, a logarithm of 0), or the data.</source>
            <translation>업데이트하기 전인 첫 배치의 손실이 {loss} 값이므로, 학습률을 바꿔도 소용없습니다. 신경망 자체가 유한하지 않은 숫자를 냅니다. 신경망 파일(0으로 나누기, 0의 로그)이나 데이터를 확인하세요.</translation>
        </message>
        <message>
            <source>The loss rose to {loss} at step {failed}, far above its range. The run went back to step {step}. How should training continue?</source>
            <translation>{failed} 스텝에서 손실이 범위를 훨씬 넘어 {loss}까지 올라, 실행이 {step} 스텝으로 돌아갔습니다. 학습을 어떻게 계속할까요?</translation>
        </message>
        <message>
            <source>The loss {loss} is not for {task}: choose one of {names}.</source>
            <translation>{loss} 손실 함수는 {task} 작업에 쓸 수 없습니다. {names} 중에서 선택하세요.</translation>
        </message>
        <message>
            <source>The memory is not enough ({reason}): close other programs, or raise the limit.</source>
            <translation>메모리가 부족합니다({reason}). 다른 프로그램을 닫거나 제한을 높이세요.</translation>
        </message>
        <message>
            <source>The network cannot be traced ({reason}): let its forward take any number of samples, without an if on the values of a tensor.</source>
            <translation>신경망을 추적할 수 없습니다({reason}). forward가 Tensor 값에 대한 if 없이 임의 개수의 샘플을 받도록 하세요.</translation>
        </message>
        <message>
            <source>The network cannot be translated to ONNX ({reason}): let its forward take any number of samples, without an if on the values of a tensor.</source>
            <translation>신경망을 ONNX로 변환할 수 없습니다({reason}). forward가 Tensor 값에 대한 if 없이 임의 개수의 샘플을 받도록 하세요.</translation>
        </message>
        <message>
            <source>The network does not compute the same each time ({what}), so going back to a step, resuming and branching are only approximate in this run. Training itself is as usual.</source>
            <translation>신경망의 계산 결과가 매번 같지 않아({what}) 이 실행에서는 스텝으로 돌아가기, 재개, 분기가 근사적일 뿐입니다. 학습 자체는 평소와 같습니다.</translation>
        </message>
        <message>
            <source>The network failed ({reason}): correct its file, then open it again.</source>
            <translation>신경망에 오류가 발생했습니다({reason}). 파일을 고친 뒤 다시 여세요.</translation>
        </message>
        <message>
            <source>The network failed in line {line} of {path} ({reason}): correct the file, then open it again.</source>
            <translation>{path}의 {line}번째 줄에서 신경망에 오류가 발생했습니다({reason}). 파일을 고친 뒤 다시 여세요.</translation>
        </message>
        <message>
            <source>The network gives a {kind}, but it must give one tensor of the shape ({count}, {outputs}) for {count} samples: let forward return the outputs alone.</source>
            <translation>신경망이 {kind} 객체를 반환하지만, 샘플 {count}개에 대해 ({count}, {outputs}) 모양의 Tensor 하나를 반환해야 합니다. forward가 출력만 반환하게 하세요.</translation>
        </message>
        <message>
            <source>The network gives numbers of the type {dtype}, with which it cannot be trained: let it give float32 numbers, and leave out argmax and the like in forward.</source>
            <translation>신경망이 내는 숫자의 자료형으로는 학습할 수 없습니다({dtype}). float32 숫자를 내게 하고, forward에서 argmax 등을 빼세요.</translation>
        </message>
        <message>
            <source>The network gives {found} for {count} samples, but the data need ({count}, {outputs}): let it end with {outputs} outputs (a parameter called output_count follows from the data).</source>
            <translation>신경망이 샘플 {count}개에 대해 {found} 모양을 내지만, 데이터에는 ({count}, {outputs}) 모양이 필요합니다. 마지막에 출력이 {outputs}개가 되게 하세요(output_count라는 매개변수는 데이터에서 정해집니다).</translation>
        </message>
        <message>
            <source>The network has no layer {layer} that can be mapped: choose another.</source>
            <translation>신경망에 맵으로 나타낼 수 있는 {layer} 계층이 없습니다. 다른 계층을 선택하세요.</translation>
        </message>
        <message>
            <source>The network is larger than 2 GB, which one ONNX file cannot hold: save it as safetensors.</source>
            <translation>신경망이 2 GB보다 커서 ONNX 파일 하나에 담을 수 없습니다. safetensors로 저장하세요.</translation>
        </message>
        <message>
            <source>The network {name} has layers on the meta device, which have no numbers: leave device out.</source>
            <translation>{name} 신경망에 숫자가 없는 meta 장치의 계층이 있습니다. device를 빼세요.</translation>
        </message>
        <message>
            <source>The network {name} has lazy layers, whose sizes are not known yet: give the sizes (nn.Linear instead of nn.LazyLinear); the parameters input_count and input_shape follow from the data.</source>
            <translation>{name} 신경망에 크기를 아직 알 수 없는 lazy 계층이 있습니다. 크기를 지정하세요(nn.LazyLinear 대신 nn.Linear). 매개변수 input_count와 input_shape는 데이터에서 정해집니다.</translation>
        </message>
        <message>
            <source>The network {name} has no parameters to train: give it a layer with weights.</source>
            <translation>{name} 신경망에 학습할 매개변수가 없습니다. 가중치가 있는 계층을 넣으세요.</translation>
        </message>
        <message>
            <source>The network {name} is the Python code of {file}, which has not been allowed to run here: read it, then allow it (on the command line with --trust-code).</source>
            <translation>신경망 {name}: {file} 파일의 Python 코드이며 여기서 실행이 허용되지 않았습니다. 코드를 읽은 뒤 허용하세요(명령줄에서는 --trust-code).</translation>
        </message>
        <message>
            <source>The network {name} keeps something other than tensors in its state dict: leave get_extra_state out.</source>
            <translation>{name} 신경망의 state_dict에 Tensor가 아닌 것이 있습니다. get_extra_state를 빼세요.</translation>
        </message>
        <message>
            <source>The network {name} needs {parameters}: give each a default, or annotate it with int, float, bool or Literal, or call it as one that follows from the data, such as input_count and output_count.</source>
            <translation>{name} 신경망에는 {parameters} 매개변수가 필요합니다. 각각 기본값을 주거나, int, float, bool, Literal 중 하나로 타입 힌트를 달거나, input_count와 output_count처럼 데이터에서 정해지는 이름을 쓰세요.</translation>
        </message>
        <message>
            <source>The network {network} has no parameter {name} that can be set: {names}.</source>
            <translation>{network} 신경망에는 설정할 수 있는 {name} 매개변수가 없습니다: {names}.</translation>
        </message>
        <message>
            <source>The outputs of the network are not finite: there is nothing to compare.</source>
            <translation>신경망의 출력이 유한하지 않아 비교할 것이 없습니다.</translation>
        </message>
        <message>
            <source>The outputs of the network have no gradient, so it cannot be trained: leave out no_grad, detach, argmax and the like in forward.</source>
            <translation>신경망의 출력에 변화도가 없어 학습할 수 없습니다. forward에서 no_grad, detach, argmax 등을 빼세요.</translation>
        </message>
        <message>
            <source>The outputs of this layer are NaN or infinite at this step: look back at an earlier one.</source>
            <translation>이 스텝에서 이 계층의 출력이 NaN이거나 무한대입니다. 더 앞의 스텝을 보세요.</translation>
        </message>
        <message>
            <source>The outputs of this layer have another size than those the axes are made of.</source>
            <translation>이 계층의 출력 크기가 축을 만드는 데 쓴 출력과 다릅니다.</translation>
        </message>
        <message>
            <source>The picture has {width:,} × {height:,} pixels, which is too large: make it smaller, then copy it again.</source>
            <translation>이미지가 {width:,} × {height:,} 픽셀로 너무 큽니다. 줄인 뒤 다시 복사하세요.</translation>
        </message>
        <message>
            <source>The picture is damaged: copy it again.</source>
            <translation>이미지가 손상되었습니다. 다시 복사하세요.</translation>
        </message>
        <message>
            <source>The pictures have {count:,} sizes; all are brought to {side} × {side}.</source>
            <translation>이미지 크기가 {count:,}가지이므로 모두 {side} × {side} 크기로 맞춥니다.</translation>
        </message>
        <message>
            <source>The process that writes exports did not do it ({reason}): close other programs, then try again.</source>
            <translation>내보내기를 쓰는 프로세스가 작업하지 못했습니다({reason}). 다른 프로그램을 닫은 뒤 다시 시도하세요.</translation>
        </message>
        <message>
            <source>The processor computes with {here} here, with {recorded} when it was recorded: other instructions round in other places.</source>
            <translation>프로세서 명령어: 여기서는 {here}, 기록할 때는 {recorded}. 명령어가 다르면 반올림하는 곳이 달라집니다.</translation>
        </message>
        <message>
            <source>The recipe does not have the fields of a recipe: open another file.</source>
            <translation>레시피에 있어야 할 항목이 없습니다. 다른 파일을 여세요.</translation>
        </message>
        <message>
            <source>The recipe does not hold the source of its network: open another file.</source>
            <translation>레시피에 신경망의 소스가 없습니다. 다른 파일을 여세요.</translation>
        </message>
        <message>
            <source>The recipe does not say what its data look like: open another file.</source>
            <translation>레시피에 데이터의 형태가 나와 있지 않습니다. 다른 파일을 여세요.</translation>
        </message>
        <message>
            <source>The recipe does not say which data it is for: open another file.</source>
            <translation>레시피에 어떤 데이터용인지 나와 있지 않습니다. 다른 파일을 여세요.</translation>
        </message>
        <message>
            <source>The recipe does not say which files its data are: open another file.</source>
            <translation>레시피에 데이터 파일이 무엇인지 나와 있지 않습니다. 다른 파일을 여세요.</translation>
        </message>
        <message>
            <source>The recipe does not say which weights it starts from: open another file.</source>
            <translation>레시피에 어떤 가중치로 시작하는지 나와 있지 않습니다. 다른 파일을 여세요.</translation>
        </message>
        <message>
            <source>The recipe is not JSON ({reason}): open another file.</source>
            <translation>레시피가 JSON이 아닙니다({reason}). 다른 파일을 여세요.</translation>
        </message>
        <message>
            <source>The rows of bytes are the pixels of grey images of {side} × {side}.</source>
            <translation>바이트로 된 각 행은 {side} × {side} 회색조 이미지의 픽셀입니다.</translation>
        </message>
        <message>
            <source>The run has no {name}: leave --{option} out.</source>
            <translation>실행에 {name} 값이 없습니다. --{option} 옵션을 빼세요.</translation>
        </message>
        <message>
            <source>The run has the dataset {own}, which cannot change in it: leave --dataset {given} out, or train a new run.</source>
            <translation>이 실행은 {own} 데이터셋을 사용하며 바꿀 수 없습니다. --dataset {given} 옵션을 빼거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>The run has the {name} {own}, which cannot change in it: leave --{name} {given} out, or train a new run.</source>
            <translation>이 실행의 {name} 설정은 {own} 값이며 바꿀 수 없습니다. --{name} {given} 옵션을 빼거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>The run has {name} {own}, which cannot change in it: leave --{option} out, or train a new run.</source>
            <translation>이 실행의 {name} 설정은 {own} 값이며 바꿀 수 없습니다. --{option} 옵션을 빼거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>The run is too long for a checkpoint ({steps:,} steps, {changes:,} changes), so {path} was not written: save its weights instead; the run itself stays among the kept runs.</source>
            <translation>실행이 체크포인트로 저장하기에는 너무 길어({steps:,}스텝, 변경 {changes:,}개) {path} 파일을 쓰지 않았습니다. 대신 가중치를 저장하세요. 실행 자체는 저장된 실행에 남아 있습니다.</translation>
        </message>
        <message>
            <source>The run started from the weights of its seed, which cannot change in it: leave --initial-weights out, or train a new run.</source>
            <translation>이 실행은 시드의 가중치로 시작했으며 바꿀 수 없습니다. --initial-weights 옵션을 빼거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>The shapes of {dataset} are known only once it is loaded.</source>
            <translation>{dataset}의 모양은 불러온 뒤에야 알 수 있습니다.</translation>
        </message>
        <message>
            <source>The share for the test is {share}: give one above 0 and below 1, such as 0.2.</source>
            <translation>테스트 비율이 올바르지 않습니다({share}). 0.2처럼 0보다 크고 1보다 작은 값을 지정하세요.</translation>
        </message>
        <message>
            <source>The snapshot of step {step} cannot be read ({reason}): go to another step.</source>
            <translation>{step} 스텝의 스냅샷을 읽을 수 없습니다({reason}). 다른 스텝으로 가세요.</translation>
        </message>
        <message>
            <source>The sound needs PySide6-Addons: install the program with the extra sound (pip install 'training-workbench[sound]').</source>
            <translation>소리에는 PySide6-Addons 패키지가 필요합니다. 프로그램을 sound 추가 기능(extra)과 함께 설치하세요(pip install 'training-workbench[sound]').</translation>
        </message>
        <message>
            <source>The sound needs a library that the system lacks ({reason}): install it, then start the program again.</source>
            <translation>소리에 필요한 라이브러리가 시스템에 없습니다({reason}). 설치한 뒤 프로그램을 다시 시작하세요.</translation>
        </message>
        <message>
            <source>The state of this run takes {size:,} MiB, and a checkpoint has at most {most:,} MiB on this machine, so {path} was not written: save its weights instead; the run itself stays among the kept runs.</source>
            <translation>이 실행의 상태는 {size:,} MiB를 차지하지만, 이 컴퓨터에서 체크포인트의 최대 크기는 {most:,} MiB이므로 {path} 파일을 쓰지 않았습니다. 대신 가중치를 저장하세요. 실행 자체는 저장된 실행에 남아 있습니다.</translation>
        </message>
        <message>
            <source>The store of runs {path} cannot be used ({reason}): choose another folder.</source>
            <translation>실행 저장소를 사용할 수 없습니다({path}: {reason}). 다른 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>The store of runs {path} cannot be used ({reason}): {advice}.</source>
            <translation>실행 저장소를 사용할 수 없습니다({path}: {reason}). 조치: {advice}.</translation>
        </message>
        <message>
            <source>The store of runs {path} is damaged: it was set aside as {aside}, and the runs that can be read ({count:,}) were copied to a new one. Put a copy of the store back if you have one.</source>
            <translation>실행 저장소가 손상되었습니다({path}). 손상된 저장소는 {aside}(으)로 옮겨 두었고, 읽을 수 있는 실행 {count:,}개를 새 저장소로 복사했습니다. 저장소의 사본이 있으면 되돌려 놓으세요.</translation>
        </message>
        <message>
            <source>The store of runs {path} is damaged: try again, and what can be read of it is copied to a new one.</source>
            <translation>실행 저장소가 손상되었습니다({path}). 다시 시도하면 읽을 수 있는 내용을 새 저장소로 복사합니다.</translation>
        </message>
        <message>
            <source>The store of runs {path} is locked by another program: close that program.</source>
            <translation>다른 프로그램이 실행 저장소를 잠갔습니다({path}). 그 프로그램을 닫으세요.</translation>
        </message>
        <message>
            <source>The store of runs {path} may not be written: make its folder writable, or choose another.</source>
            <translation>실행 저장소에 쓸 수 없습니다({path}). 그 폴더를 쓸 수 있게 하거나 다른 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>The store of runs {path} may only be read: runs are listed, but none is kept or changed. Make it and its folder writable, or choose another folder.</source>
            <translation>실행 저장소가 읽기 전용입니다({path}). 실행 목록은 볼 수 있지만 실행을 저장하거나 바꿀 수 없습니다. 저장소와 그 폴더를 쓸 수 있게 하거나 다른 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>The store of runs {path} was written by a newer version of this program, so it was set aside as {aside} and a new one begun: open it with the newer version.</source>
            <translation>실행 저장소가 이 프로그램의 더 새로운 버전으로 쓰였습니다({path}). 그래서 {aside}(으)로 옮겨 두고 새 저장소를 시작했습니다. 더 새로운 버전으로 여세요.</translation>
        </message>
        <message>
            <source>The store of runs {path} {word}, and may only be read: choose another folder.</source>
            <translation>실행 저장소 {path}: {word}. 읽기만 할 수 있으니 다른 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>The system refused a file or another resource ({reason}): correct the cause, then start again.</source>
            <translation>시스템이 파일이나 다른 자원을 거부했습니다({reason}). 원인을 해결한 뒤 다시 시작하세요.</translation>
        </message>
        <message>
            <source>The task is {task!r}: give classification or regression.</source>
            <translation>작업이 올바르지 않습니다({task!r}). classification이나 regression을 지정하세요.</translation>
        </message>
        <message>
            <source>The test loss of epoch {epoch} became {loss} at step {step}. Training stopped, and the weights of step {kept} are kept: choose a lower learning rate and train again.</source>
            <translation>{step} 스텝에서 {epoch} 에폭의 테스트 손실이 {loss} 값이 되었습니다. 학습이 중지되었고 {kept} 스텝의 가중치를 보존했습니다. 더 낮은 학습률을 선택해 다시 학습하세요.</translation>
        </message>
        <message>
            <source>The traced network gives other outputs (by up to {largest:.2g}), so no file was written: save it as safetensors instead.</source>
            <translation>추적한 신경망의 출력이 다르므로(최대 {largest:.2g}) 파일을 쓰지 않았습니다. 대신 safetensors로 저장하세요.</translation>
        </message>
        <message>
            <source>The training set is a single sample, which is too few for this network: add samples.</source>
            <translation>학습 세트의 샘플이 하나뿐이라 이 신경망에는 너무 적습니다. 샘플을 추가하세요.</translation>
        </message>
        <message>
            <source>The translated network gives other outputs (by up to {largest:.2g}), so no file was written: a network that draws random numbers while it is tested cannot be translated.</source>
            <translation>변환한 신경망의 출력이 다르므로(최대 {largest:.2g}) 파일을 쓰지 않았습니다. 테스트 중에 난수를 뽑는 신경망은 변환할 수 없습니다.</translation>
        </message>
        <message>
            <source>The weights of {name} after its last step are not kept: open the run and train one step more, or export a checkpoint of it.</source>
            <translation>{name}의 마지막 스텝 후 가중치가 저장되어 있지 않습니다. 실행을 열어 한 스텝 더 학습하거나, 그 실행의 체크포인트를 내보내세요.</translation>
        </message>
        <message>
            <source>The weights that this run starts from ({weights}) are not at {path}: put that file back, or name another file of the same weights (Start from weights…, or --initial-weights).</source>
            <translation>이 실행의 초기 가중치가 {path}에 없습니다({weights}). 파일을 되돌려 놓거나 같은 가중치의 다른 파일을 지정하세요(‘가중치로 시작…’ 또는 --initial-weights).</translation>
        </message>
        <message>
            <source>The {choice} {chosen} has no {name}: leave it out, or choose another {choice}.</source>
            <translation>{choice} {chosen}에는 {name} 값이 없습니다. 그 값을 빼거나 다른 {choice} 항목을 선택하세요.</translation>
        </message>
        <message>
            <source>The {which} loss has not fallen enough since epoch {best}, so training stopped after epoch {last}, and the run went back to epoch {best} (step {step}, loss {loss}). The later steps stay recorded: this can be undone.</source>
            <translation>{best} 에폭 이후 {which} 손실이 충분히 줄지 않아 {last} 에폭 후 학습이 중지되었고, 실행은 {best} 에폭으로 돌아갔습니다({step} 스텝, 손실 {loss}). 이후 스텝은 기록에 남으며, 실행 취소할 수 있습니다.</translation>
        </message>
        <message>
            <source>There is no C++ compiler on this machine: install one (g++ or clang++) to compile the model.</source>
            <translation>이 컴퓨터에 C++ 컴파일러가 없습니다. 모델을 컴파일하려면 설치하세요(g++ 또는 clang++).</translation>
        </message>
        <message>
            <source>There is no column {label!r}: choose one of {names}.</source>
            <translation>{label!r} 열이 없습니다. {names} 중에서 선택하세요.</translation>
        </message>
        <message>
            <source>There is no column {label!r}: give its number, from 1 to {width:,}.</source>
            <translation>{label!r} 열이 없습니다. 1에서 {width:,}까지의 번호를 지정하세요.</translation>
        </message>
        <message>
            <source>There is no data set {name!r}: choose one of {names}, or give the path of a file or folder of your own.</source>
            <translation>{name!r} 데이터셋이 없습니다. {names} 중에서 선택하거나 내 파일 또는 폴더의 경로를 지정하세요.</translation>
        </message>
        <message>
            <source>There is no data to test {path} on: load a data set first.</source>
            <translation>{path} 파일을 테스트할 데이터가 없습니다. 먼저 데이터셋을 불러오세요.</translation>
        </message>
        <message>
            <source>There is no encoding {encoding!r}: choose one such as utf-8.</source>
            <translation>{encoding!r} 인코딩이 없습니다. utf-8 같은 인코딩을 선택하세요.</translation>
        </message>
        <message>
            <source>There is no file or folder {path}: give its path, or put it back.</source>
            <translation>{path} 파일이나 폴더가 없습니다. 경로를 지정하거나 제자리에 되돌려 놓으세요.</translation>
        </message>
        <message>
            <source>There is no file {file}, and no such command: give an existing file, or one of {commands}.</source>
            <translation>{file} 파일도, 그런 명령도 없습니다. 있는 파일이나 {commands} 중 하나를 지정하세요.</translation>
        </message>
        <message>
            <source>There is no file {path}: choose an existing file.</source>
            <translation>{path} 파일이 없습니다. 있는 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>There is no hyperparameter {name!r}: choose one of {names}.</source>
            <translation>{name!r} 하이퍼파라미터가 없습니다. {names} 중에서 선택하세요.</translation>
        </message>
        <message>
            <source>There is no network of your own yet: open the Python file that defines it.</source>
            <translation>아직 사용자 정의 신경망이 없습니다. 신경망을 정의하는 Python 파일을 여세요.</translation>
        </message>
        <message>
            <source>There is no run to export: press Train first.</source>
            <translation>내보낼 실행이 없습니다. 먼저 ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>There is no run to look at: press Train first.</source>
            <translation>볼 실행이 없습니다. 먼저 ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>There is no run to try this on: press Train first.</source>
            <translation>시험해 볼 실행이 없습니다. 먼저 ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>There is no run {run}: `workbench runs` lists them all.</source>
            <translation>실행 {run} 항목이 없습니다. `workbench runs` 명령으로 전체 목록을 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>There is no run {run}: none are kept here yet.</source>
            <translation>실행 {run} 항목이 없습니다. 여기에는 아직 저장된 실행이 없습니다.</translation>
        </message>
        <message>
            <source>There is no test sample {sample} in these data.</source>
            <translation>이 데이터에는 테스트 샘플 {sample} 항목이 없습니다.</translation>
        </message>
        <message>
            <source>There is no {what} {name!r}: choose one of {names}.</source>
            <translation>{what} {name!r} 항목이 없습니다. {names} 중에서 선택하세요.</translation>
        </message>
        <message>
            <source>These are {count} values: give at most {most}.</source>
            <translation>값이 {count}개입니다. 최대 {most}개까지 지정하세요.</translation>
        </message>
        <message>
            <source>These futures are not those of the current run any more: make them anew, then choose one.</source>
            <translation>이 미래들은 더 이상 현재 실행의 것이 아닙니다. 새로 만든 뒤 하나를 선택하세요.</translation>
        </message>
        <message>
            <source>This export needs the data of the run: load its data set first.</source>
            <translation>이 내보내기에는 실행의 데이터가 필요합니다. 먼저 그 데이터셋을 불러오세요.</translation>
        </message>
        <message>
            <source>This future was not trained to its end, so the run cannot become it: choose another one.</source>
            <translation>이 미래는 끝까지 학습되지 않아 실행이 이 미래가 될 수 없습니다. 다른 미래를 선택하세요.</translation>
        </message>
        <message>
            <source>This is no picture that can be read ({reason}): use a PNG, JPEG, BMP, GIF, WebP or TIFF file.</source>
            <translation>읽을 수 있는 그림이 아닙니다({reason}). PNG, JPEG, BMP, GIF, WebP 또는 TIFF 파일을 사용하세요.</translation>
        </message>
        <message>
            <source>This layer does not give one row of numbers for each sample: choose another.</source>
            <translation>이 계층은 샘플마다 한 행의 숫자를 내지 않습니다. 다른 계층을 선택하세요.</translation>
        </message>
        <message>
            <source>This machine has no device {name!r}: choose one of {names}.</source>
            <translation>이 컴퓨터에는 {name!r} 장치가 없습니다. {names} 중에서 선택하세요.</translation>
        </message>
        <message>
            <source>This network is for images, but each sample of the data is a row of {count} numbers: choose a perceptron, such as mlp-custom.</source>
            <translation>이 신경망은 이미지용이지만 데이터의 각 샘플은 숫자 {count}개의 행입니다. mlp-custom 같은 퍼셉트론을 선택하세요.</translation>
        </message>
        <message>
            <source>This network needs images of {least} × {least} pixels or more, but those of the data have {height} × {width}: choose a perceptron, such as mlp-custom.</source>
            <translation>이 신경망에는 {least} × {least} 픽셀 이상의 이미지가 필요하지만 데이터의 이미지는 {height} × {width} 크기입니다. mlp-custom 같은 퍼셉트론을 선택하세요.</translation>
        </message>
        <message>
            <source>This run was trained on other images ({theirs}) than {dataset} has here ({ours}), so it cannot be trained or repeated: start the program with the data root of its own images, or train a new run.</source>
            <translation>이 실행을 학습한 이미지가 여기의 {dataset} 데이터셋과 달라(실행 {theirs}, 여기 {ours}) 학습하거나 재현할 수 없습니다. 원래 이미지가 있는 데이터 루트로 프로그램을 시작하거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>This run was trained on other samples ({theirs}) than {path} holds ({ours}), so it cannot go on with them: give the path of its own files, or train a new run.</source>
            <translation>이 실행을 학습한 샘플이 {path}의 샘플과 달라(실행 {theirs}, 여기 {ours}) 이어서 학습할 수 없습니다. 원래 파일의 경로를 지정하거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>This run was trained on other samples ({theirs}) than {path} holds now ({ours}), so it cannot be trained or repeated: put the old files back, or train a new run.</source>
            <translation>이 실행을 학습한 샘플이 지금 {path}의 샘플과 달라(실행 {theirs}, 지금 {ours}) 학습하거나 재현할 수 없습니다. 이전 파일을 되돌려 놓거나 새 실행을 학습하세요.</translation>
        </message>
        <message>
            <source>This user has no home folder: set HOME to a folder you can write to, then start again.</source>
            <translation>이 사용자에게 홈 폴더가 없습니다. HOME을 쓸 수 있는 폴더로 설정한 뒤 다시 시작하세요.</translation>
        </message>
        <message>
            <source>Threads: {here} here, {recorded} when it was recorded; sums are added in another order then.</source>
            <translation>스레드: 여기서는 {here}, 기록할 때는 {recorded}. 스레드 수가 다르면 합을 더하는 순서가 달라집니다.</translation>
        </message>
        <message>
            <source>Train was pressed before {path} was read, so this run does not start from its weights: stop the run, and choose the file again.</source>
            <translation>{path} 파일을 읽기 전에 학습을 시작하여, 이 실행은 그 가중치로 시작하지 않습니다. 실행을 중지한 다음 파일을 다시 선택하세요.</translation>
        </message>
        <message>
            <source>Weights cannot be tested at this moment: wait until the window is ready.</source>
            <translation>지금은 가중치를 테스트할 수 없습니다. 창이 준비될 때까지 기다리세요.</translation>
        </message>
        <message>
            <source>What is trained is not kept whole in the store of runs {path}, because of an unexpected error ({reason}): save the weights and a checkpoint.</source>
            <translation>예상하지 못한 오류로({reason}) 학습한 내용이 실행 저장소에 온전히 저장되지 않습니다({path}). 가중치와 체크포인트를 저장하세요.</translation>
        </message>
        <message>
            <source>With batches of {size:,} the last one of an epoch has a single one of the {count:,} training samples, which this network cannot take: choose another batch size, such as {other:,}. {problem}</source>
            <translation>배치 크기 {size:,}에서는 학습 샘플 {count:,}개 중 하나만 에폭의 마지막 배치에 남으며, 이 신경망은 이를 처리할 수 없습니다. {other:,} 같은 다른 배치 크기를 선택하세요. {problem}</translation>
        </message>
        <message>
            <source>Your own files are chosen by their path: give the path of a file or folder.</source>
            <translation>내 파일은 경로로 선택합니다. 파일이나 폴더의 경로를 지정하세요.</translation>
        </message>
        <message>
            <source>Your own files are chosen by their path: open a file or folder.</source>
            <translation>내 파일은 경로로 선택합니다. 파일이나 폴더를 여세요.</translation>
        </message>
        <message>
            <source>a notebook with {cells} cells of code for {steps:,} steps</source>
            <translation>{steps:,}스텝, 코드 셀 {cells}개의 노트북</translation>
        </message>
        <message>
            <source>a notebook with {cells} cells of code for {steps:,} steps; it reads {names} beside it</source>
            <translation>{steps:,}스텝, 코드 셀 {cells}개의 노트북, 같은 폴더에서 읽는 파일: {names}</translation>
        </message>
        <message>
            <source>a notebook with {cells} cells of code for {steps:,} steps; its data are in {name}</source>
            <translation>{steps:,}스텝, 코드 셀 {cells}개의 노트북, 데이터는 {name}에 있음</translation>
        </message>
        <message>
            <source>a page of {size:,} bytes about {points}</source>
            <translation>{points}에 관한 {size:,}바이트 페이지</translation>
        </message>
        <message>
            <source>a script of {lines} lines for {steps:,} steps</source>
            <translation>{steps:,}스텝, {lines}줄의 스크립트</translation>
        </message>
        <message>
            <source>a script of {lines} lines for {steps:,} steps; it reads {names} beside it</source>
            <translation>{steps:,}스텝, {lines}줄의 스크립트, 같은 폴더에서 읽는 파일: {names}</translation>
        </message>
        <message>
            <source>a script of {lines} lines for {steps:,} steps; its data are in {name}</source>
            <translation>{steps:,}스텝, {lines}줄의 스크립트, 데이터는 {name}에 있음</translation>
        </message>
        <message>
            <source>all {count:,} test samples</source>
            <translation>테스트 샘플 {count:,}개 전체</translation>
        </message>
        <message>
            <source>an image of {width} x {height} pixels</source>
            <translation>{width} x {height} 픽셀 이미지</translation>
        </message>
        <message>
            <source>check its disk, which did not read or write what it should have</source>
            <translation>읽기나 쓰기에 실패한 디스크를 점검</translation>
        </message>
        <message>
            <source>choose Fashion-MNIST mini (fashion-mnist-mini)</source>
            <translation>Fashion-MNIST mini(fashion-mnist-mini)를 선택하세요</translation>
        </message>
        <message>
            <source>choose a disk that takes larger files</source>
            <translation>더 큰 파일을 담을 수 있는 디스크를 선택</translation>
        </message>
        <message>
            <source>choose a folder on a disk that is not read-only</source>
            <translation>읽기 전용이 아닌 디스크의 폴더를 선택</translation>
        </message>
        <message>
            <source>choose a shorter name</source>
            <translation>더 짧은 이름을 선택</translation>
        </message>
        <message>
            <source>choose an existing folder</source>
            <translation>있는 폴더를 선택</translation>
        </message>
        <message>
            <source>choose another data set</source>
            <translation>다른 데이터셋을 선택하세요</translation>
        </message>
        <message>
            <source>choose another place</source>
            <translation>다른 위치를 선택</translation>
        </message>
        <message>
            <source>choose the name of a file, not of a folder</source>
            <translation>폴더가 아닌 파일의 이름을 선택</translation>
        </message>
        <message>
            <source>close other programs, since too many files are open on this machine</source>
            <translation>이 컴퓨터에 열린 파일이 너무 많으므로 다른 프로그램을 종료</translation>
        </message>
        <message>
            <source>close other windows of this program, since it has too many files open</source>
            <translation>이 프로그램이 연 파일이 너무 많으므로 이 프로그램의 다른 창을 닫기</translation>
        </message>
        <message>
            <source>close the program that uses it</source>
            <translation>그 파일을 사용하는 프로그램을 종료</translation>
        </message>
        <message>
            <source>compared on {samples}: every bit of the outputs is the same</source>
            <translation>비교 대상 {samples}: 출력의 모든 비트가 같음</translation>
        </message>
        <message>
            <source>compared on {samples}: every bit of the outputs is the same; {places} of its parts still name source files</source>
            <translation>비교 대상 {samples}: 출력의 모든 비트가 같음, 부분 {places}개에 소스 파일 이름이 남아 있음</translation>
        </message>
        <message>
            <source>compared on {samples}: largest difference {largest:.2g}</source>
            <translation>비교 대상 {samples}: 최대 차이 {largest:.2g}</translation>
        </message>
        <message>
            <source>compared on {samples}: the same class for each, largest difference {largest:.2g}</source>
            <translation>비교 대상 {samples}: 클래스가 모두 같음, 최대 차이 {largest:.2g}</translation>
        </message>
        <message>
            <source>compared on {samples}: {other} between two equal classes come out as the other one, largest difference {largest:.2g}</source>
            <translation>비교 대상 {samples}: 두 클래스의 값이 같은 {other}개는 다른 쪽으로 나옴, 최대 차이 {largest:.2g}</translation>
        </message>
        <message>
            <source>delete some of your files on its disk, since you have used all the space you may use</source>
            <translation>사용할 수 있는 공간을 모두 썼으므로 그 디스크에 있는 파일을 일부 삭제</translation>
        </message>
        <message>
            <source>free some space on its disk</source>
            <translation>그 디스크의 공간을 확보</translation>
        </message>
        <message>
            <source>give a width and a height from {smallest} to {largest}, such as 800x600</source>
            <translation>너비와 높이를 {smallest}~{largest} 사이로 지정, 예: 800x600</translation>
        </message>
        <message>
            <source>give yourself the right to write there, or choose another folder</source>
            <translation>그곳에 쓸 권한을 얻거나 다른 폴더를 선택</translation>
        </message>
        <message>
            <source>it draws random numbers of Python or NumPy, not of torch</source>
            <translation>torch가 아닌 Python이나 NumPy의 난수를 뽑음</translation>
        </message>
        <message>
            <source>it has a name of {count:,} letters</source>
            <translation>{count:,}자인 이름이 있음</translation>
        </message>
        <message>
            <source>it has a number of hundreds of digits</source>
            <translation>수백 자리인 수가 있음</translation>
        </message>
        <message>
            <source>it has a tensor of {claimed:,} numbers, of which {stored:,} are stored</source>
            <translation>Tensor의 수 {claimed:,}개 중 {stored:,}개만 저장되어 있음</translation>
        </message>
        <message>
            <source>it has a {kind} where a name belongs</source>
            <translation>이름이 있을 곳에 {kind} 값이 있음</translation>
        </message>
        <message>
            <source>it has too many entries</source>
            <translation>항목이 너무 많음</translation>
        </message>
        <message>
            <source>it is a GGUF file</source>
            <translation>GGUF 파일임</translation>
        </message>
        <message>
            <source>it is a gzip file, which must be unpacked first</source>
            <translation>먼저 압축을 풀어야 하는 gzip 파일임</translation>
        </message>
        <message>
            <source>it is a pickle, but torch.save did not write it</source>
            <translation>torch.save로 저장하지 않은 pickle임</translation>
        </message>
        <message>
            <source>it is a program of TorchScript</source>
            <translation>TorchScript 프로그램임</translation>
        </message>
        <message>
            <source>it is a tar archive, as torch wrote it before version 0.2</source>
            <translation>torch 0.2 이전의 tar 보관 파일임</translation>
        </message>
        <message>
            <source>it is a web page, not the file that was to be downloaded</source>
            <translation>내려받으려던 파일이 아니라 웹 페이지임</translation>
        </message>
        <message>
            <source>it is a zip archive, but not one of torch.save</source>
            <translation>torch.save로 저장하지 않은 zip 보관 파일임</translation>
        </message>
        <message>
            <source>it is an HDF5 file, as Keras writes it</source>
            <translation>Keras가 저장하는 HDF5 파일임</translation>
        </message>
        <message>
            <source>it is an array of NumPy</source>
            <translation>NumPy 배열임</translation>
        </message>
        <message>
            <source>it is only a pointer of Git LFS: git lfs pull gets the file itself</source>
            <translation>Git LFS 포인터일 뿐이며, 파일은 git lfs pull 명령으로 받음</translation>
        </message>
        <message>
            <source>it refers to numbers in a way that torch no longer writes</source>
            <translation>수를 가리키는 방식이 지금의 torch와 다름</translation>
        </message>
        <message>
            <source>it remembers something outside of its weights and buffers</source>
            <translation>가중치와 버퍼 밖에 무언가를 기억함</translation>
        </message>
        <message>
            <source>its directory is too long</source>
            <translation>목차가 너무 긺</translation>
        </message>
        <message>
            <source>its entries are compressed, which torch.save does not do</source>
            <translation>torch.save와 달리 항목이 압축되어 있음</translation>
        </message>
        <message>
            <source>its history is too long</source>
            <translation>기록이 너무 긺</translation>
        </message>
        <message>
            <source>its list of contents is too long</source>
            <translation>내용 목록이 너무 긺</translation>
        </message>
        <message>
            <source>its numbers are in the byte order of another machine</source>
            <translation>수의 바이트 순서가 이 컴퓨터와 다름</translation>
        </message>
        <message>
            <source>its pickle has the instruction {name}, which torch does not write</source>
            <translation>torch가 쓰지 않는 명령이 pickle에 있음({name})</translation>
        </message>
        <message>
            <source>its values are nested more than {most} deep</source>
            <translation>값이 {most}단계보다 깊게 중첩되어 있음</translation>
        </message>
        <message>
            <source>one batch gave two results</source>
            <translation>한 배치에서 두 가지 결과가 나옴</translation>
        </message>
        <message>
            <source>pickle wrote it, not torch.save</source>
            <translation>torch.save가 아니라 pickle로 저장한 파일임</translation>
        </message>
        <message>
            <source>remove the symbolic links on the way to it that lead back to themselves</source>
            <translation>경로에서 자기 자신으로 되돌아오는 심볼릭 링크를 제거</translation>
        </message>
        <message>
            <source>the curves of {steps:,} steps in {lines} lines</source>
            <translation>{steps:,}스텝의 곡선, 선 {lines}개</translation>
        </message>
        <message>
            <source>the loss is {here:.9g} here, {recorded:.9g} when it was recorded</source>
            <translation>손실이 여기서는 {here:.9g}, 기록할 때는 {recorded:.9g}</translation>
        </message>
        <message>
            <source>the path is empty</source>
            <translation>경로가 비어 있음</translation>
        </message>
        <message>
            <source>the test has the recorded loss, but other figures</source>
            <translation>테스트의 손실은 기록과 같지만 다른 값이 다름</translation>
        </message>
        <message>
            <source>the test loss is {here} here, {recorded} when it was recorded</source>
            <translation>테스트 손실이 여기서는 {here}, 기록할 때는 {recorded}</translation>
        </message>
        <message>
            <source>the validation loss is {here} here, {recorded} when it was recorded</source>
            <translation>검증 손실이 여기서는 {here}, 기록할 때는 {recorded}</translation>
        </message>
        <message>
            <source>there is no network {text}: give a name that `workbench models` lists, or FILE.py:NAME</source>
            <translation>{text} 신경망이 없음: `workbench models` 목록에 있는 이름 또는 FILE.py:NAME 형식으로 지정</translation>
        </message>
        <message>
            <source>{count:,} of {rows:,} rows are left out, because a value is missing in them.</source>
            <translation>행 {rows:,}개 중 {count:,}개는 결측값이 있어 제외합니다.</translation>
        </message>
        <message>
            <source>{count:,} points at {steps:,} steps</source>
            <translation>{steps:,}스텝의 점 {count:,}개</translation>
        </message>
        <message>
            <source>{count:,} random samples, as the data are not at hand</source>
            <translation>무작위 샘플 {count:,}개(데이터가 없음)</translation>
        </message>
        <message>
            <source>{count} lines before the table, the first of which is {line}, are no rows and no header, so they are skipped.</source>
            <translation>표 앞의 {count}개 줄은 행도 헤더도 아니므로 건너뜁니다(첫 줄: {line}).</translation>
        </message>
        <message>
            <source>{file} cannot be read ({reason}): choose another folder with --store.</source>
            <translation>{file} 파일을 읽을 수 없습니다({reason}). --store로 다른 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>{first} and {name} in {path} have samples of other shapes ({one} and {other}): bring them to one.</source>
            <translation>{path}에 있는 {first} 배열과 {name} 배열의 샘플 모양이 다릅니다({one}, {other}). 하나로 맞추세요.</translation>
        </message>
        <message>
            <source>{folder} has no folder of its name for training: put one into {train}, or remove it.</source>
            <translation>{folder} 폴더와 같은 이름의 학습용 폴더가 없습니다. {train}에 만들거나 이 폴더를 없애세요.</translation>
        </message>
        <message>
            <source>{images} holds {count:,} images but {labels} {other:,} labels: replace them by ones that belong together.</source>
            <translation>{images}에는 이미지가 {count:,}개, {labels}에는 레이블이 {other:,}개 있습니다. 서로 맞는 파일로 바꾸세요.</translation>
        </message>
        <message>
            <source>{images} holds {image_count:,} images but {labels} holds {label_count:,} labels: replace them by files that belong together, or delete both.</source>
            <translation>{images}에는 이미지가 {image_count:,}개, {labels}에는 레이블이 {label_count:,}개 있습니다. 서로 맞는 파일로 바꾸거나 둘 다 삭제하세요.</translation>
        </message>
        <message>
            <source>{label} is not in {folder} and could not be downloaded ({reason}): connect to the network and try again, put its four files into that folder, or {instead}.</source>
            <translation>{folder} 폴더에 {label} 데이터가 없고 다운로드하지도 못했습니다({reason}). 네트워크에 연결해 다시 시도하거나 파일 네 개를 그 폴더에 넣으세요. 다른 방법: {instead}.</translation>
        </message>
        <message>
            <source>{label} is not in {folder} and could not be downloaded ({reason}): connect to the network and try again, put {name} beside that folder, or {instead}.</source>
            <translation>{folder} 폴더에 {label} 데이터가 없고 다운로드하지도 못했습니다({reason}). 네트워크에 연결해 다시 시도하거나 {name} 파일을 그 폴더 옆에 두세요. 다른 방법: {instead}.</translation>
        </message>
        <message>
            <source>{label} is not in {folder}, and nothing can be written there ({reason}): choose a data root you can write to, or {instead}.</source>
            <translation>{folder} 폴더에 {label} 데이터가 없고 그곳에 쓸 수 없습니다({reason}). 쓸 수 있는 데이터 루트를 선택하세요. 다른 방법: {instead}.</translation>
        </message>
        <message>
            <source>{label} is not in {folder}, and the disk is too full to download it: free some space, choose another data root, or {instead}.</source>
            <translation>{folder} 폴더에 {label} 데이터가 없고 디스크가 가득 차 다운로드할 수 없습니다. 공간을 확보하거나 다른 데이터 루트를 선택하세요. 다른 방법: {instead}.</translation>
        </message>
        <message>
            <source>{label} needs {packages}: install the program with the extra {extra} (pip install 'training-workbench[{extra}]').</source>
            <translation>{label}에는 {packages} 패키지가 필요합니다. 프로그램을 {extra} 추가 기능(extra)과 함께 설치하세요(pip install 'training-workbench[{extra}]').</translation>
        </message>
        <message>
            <source>{name} gives a {kind}: it must be a class that inherits from nn.Module, or a function that returns such a network.</source>
            <translation>{name}의 반환값이 {kind} 객체입니다. nn.Module을 상속하는 클래스이거나 그런 신경망을 반환하는 함수여야 합니다.</translation>
        </message>
        <message>
            <source>{name} has no step yet: train it first.</source>
            <translation>{name}에는 아직 스텝이 없습니다. 먼저 학습하세요.</translation>
        </message>
        <message>
            <source>{name} in {path} has the class {label}, which no training sample has: add some, or leave it out.</source>
            <translation>{path}의 {name}에 있는 {label} 클래스는 학습 샘플에 없습니다. 학습 샘플을 추가하거나 그 클래스를 빼세요.</translation>
        </message>
        <message>
            <source>{name} in {path} has the shape {shape} and the type {dtype}: give a class or a number for each sample.</source>
            <translation>{path}에 있는 {name} 배열의 모양이나 자료형이 맞지 않습니다({shape}, {dtype}). 샘플마다 클래스나 숫자를 하나씩 지정하세요.</translation>
        </message>
        <message>
            <source>{name} in {path} has the shape {shape} and the type {dtype}: give numbers as (samples, features), (samples, height, width) or (samples, height, width, channels).</source>
            <translation>{path}에 있는 {name} 배열의 모양이나 자료형이 맞지 않습니다({shape}, {dtype}). (샘플, 특징), (샘플, 높이, 너비) 또는 (샘플, 높이, 너비, 채널) 모양의 숫자로 바꾸세요.</translation>
        </message>
        <message>
            <source>{name} in {path} holds a NaN, an infinite number or one that is too large: correct it, or leave the sample out.</source>
            <translation>{path}의 {name}에 NaN, 무한대 또는 너무 큰 숫자가 있습니다. 고치거나 그 샘플을 빼세요.</translation>
        </message>
        <message>
            <source>{name} is for other programs, and is not opened here: open the weights, a checkpoint or the run file of its run.</source>
            <translation>{name}: 다른 프로그램에서 쓰는 파일이므로 여기서 열지 않습니다. 해당 실행의 가중치, 체크포인트 또는 실행 파일을 여세요.</translation>
        </message>
        <message>
            <source>{name} is only for images, and these data are none: leave it out.</source>
            <translation>{name} 값은 이미지에만 쓰는데 이 데이터는 이미지가 아닙니다. 그 값을 빼세요.</translation>
        </message>
        <message>
            <source>{name} is {text!r}: give a share from 0 to 1.</source>
            <translation>{name} 값이 올바르지 않습니다({text!r}). 0에서 1까지의 비율을 지정하세요.</translation>
        </message>
        <message>
            <source>{name} is {value!r}: choose one of {names}.</source>
            <translation>{name} 값이 올바르지 않습니다({value!r}). {names} 중에서 선택하세요.</translation>
        </message>
        <message>
            <source>{name} is {value!r}: give a finite number.</source>
            <translation>{name} 값이 올바르지 않습니다({value!r}). 유한한 숫자를 지정하세요.</translation>
        </message>
        <message>
            <source>{name} is {value!r}: give a number such as {example}.</source>
            <translation>{name} 값이 올바르지 않습니다({value!r}). {example} 같은 숫자를 지정하세요.</translation>
        </message>
        <message>
            <source>{name} is {value!r}: give a text.</source>
            <translation>{name} 값이 올바르지 않습니다({value!r}). 텍스트를 지정하세요.</translation>
        </message>
        <message>
            <source>{name} is {value!r}: give a whole number, without a point or a comma, such as {example}.</source>
            <translation>{name} 값이 올바르지 않습니다({value!r}). {example} 같은 정수를 소수점이나 쉼표 없이 지정하세요.</translation>
        </message>
        <message>
            <source>{name} is {value!r}: give true or false.</source>
            <translation>{name} 값이 올바르지 않습니다({value!r}). true나 false를 지정하세요.</translation>
        </message>
        <message>
            <source>{name} is {value!r}: {reason}.</source>
            <translation>{name} 값이 올바르지 않습니다({value!r}). {reason}.</translation>
        </message>
        <message>
            <source>{name} is {value}: give a value from {minimum} to {maximum}.</source>
            <translation>{name} 값이 올바르지 않습니다({value}). {minimum}에서 {maximum}까지의 값을 지정하세요.</translation>
        </message>
        <message>
            <source>{name} is {value}: give a whole number.</source>
            <translation>{name} 값이 올바르지 않습니다({value}). 정수를 지정하세요.</translation>
        </message>
        <message>
            <source>{name} of {path} is {kind}, not a class or function that gives a network: use another name in the line that makes it.</source>
            <translation>{path}의 {name} 항목이 신경망을 내는 클래스나 함수가 아닙니다({kind}). 그것을 만드는 줄에서 다른 이름을 쓰세요.</translation>
        </message>
        <message>
            <source>{name} only counts the rows, so this column is left out.</source>
            <translation>{name} 열은 행 번호일 뿐이므로 제외합니다.</translation>
        </message>
        <message>
            <source>{name} takes effect at the next run: it cannot change during one.</source>
            <translation>{name} 값은 다음 실행부터 적용됩니다. 실행 중에는 바꿀 수 없습니다.</translation>
        </message>
        <message>
            <source>{one} in {path} has the shape {shape} and {other} {length}: give a label for each sample.</source>
            <translation>{path}에 있는 배열의 모양이 맞지 않습니다({one} {shape}, {other} {length}). 샘플마다 레이블을 하나씩 지정하세요.</translation>
        </message>
        <message>
            <source>{package} cannot be loaded ({reason}): install it again (pip install --force-reinstall {package}); if the memory of this process is limited (ulimit -v), raise the limit.</source>
            <translation>{package} 패키지를 불러올 수 없습니다({reason}). 다시 설치하세요(pip install --force-reinstall {package}). 이 프로세스의 메모리가 제한되어 있으면(ulimit -v) 제한을 높이세요.</translation>
        </message>
        <message>
            <source>{path} and its other parts are too big ({found:,} bytes; such weights have at most {most:,}): choose another file.</source>
            <translation>{path} 파일과 나머지 부분이 너무 큽니다({found:,}바이트, 이런 가중치는 최대 {most:,}바이트). 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} asks to run code ({code}) and was not opened: choose a checkpoint that this program wrote.</source>
            <translation>{path} 파일이 코드 실행을 요구하여({code}) 열지 않았습니다. 이 프로그램이 쓴 체크포인트를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} asks to run code ({code}) and was not opened: if it is yours, torch.save torch.load(FILE, weights_only=False)["state_dict"], and load that.</source>
            <translation>{path} 파일이 코드 실행을 요구하여({code}) 열지 않았습니다. 내 파일이라면 torch.load(FILE, weights_only=False)["state_dict"]를 torch.save로 저장한 뒤 그 파일을 불러오세요.</translation>
        </message>
        <message>
            <source>{path} begins with a home folder that does not exist: write the folder in full, or ./ before it.</source>
            <translation>{path} 경로가 없는 홈 폴더로 시작합니다. 폴더를 전체 경로로 적거나 앞에 ./를 붙이세요.</translation>
        </message>
        <message>
            <source>{path} begins with {found}, but such a file with {expected}: choose IDX files of bytes.</source>
            <translation>{path} 파일이 {found} 바이트로 시작하지만, 이런 파일은 {expected} 바이트로 시작합니다. 바이트형 IDX 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} belongs to another network (it has {unexpected} besides): choose weights of this one.</source>
            <translation>{path} 파일은 다른 신경망의 가중치입니다({unexpected} 항목이 더 있음). 이 신경망의 가중치를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} belongs to another network (it has {unexpected} in place of {missing}): choose weights of this one.</source>
            <translation>{path} 파일은 다른 신경망의 가중치입니다({missing} 대신 {unexpected} 항목이 있음). 이 신경망의 가중치를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} belongs to another network (it lacks {missing}): choose weights of this one.</source>
            <translation>{path} 파일은 다른 신경망의 가중치입니다({missing} 항목이 없음). 이 신경망의 가중치를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} belongs to another network ({key} has the shape {found}, here it is {expected}): choose weights of this one.</source>
            <translation>{path} 파일은 다른 신경망의 가중치입니다({key}의 모양 {found}, 여기서는 {expected}). 이 신경망의 가중치를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} cannot be a path in this locale: set LC_ALL to one of UTF-8, such as C.UTF-8.</source>
            <translation>{path}: 이 로캘에서 쓸 수 없는 경로입니다. LC_ALL을 C.UTF-8 같은 UTF-8 로캘로 설정하세요.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}): choose another one.</source>
            <translation>{path} 경로를 읽을 수 없습니다({reason}). 다른 것을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}): give yourself the right to read it, or choose another data root.</source>
            <translation>{path} 경로를 읽을 수 없습니다({reason}). 읽기 권한을 부여하거나 다른 데이터 루트를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}): give yourself the right to read it, or choose another file.</source>
            <translation>{path} 파일을 읽을 수 없습니다({reason}). 읽기 권한을 부여하거나 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}): give yourself the right to read it, or choose another one.</source>
            <translation>{path} 경로를 읽을 수 없습니다({reason}). 읽기 권한을 부여하거나 다른 것을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} cannot be weights and checkpoint in one: give two names.</source>
            <translation>{path} 파일 하나에 가중치와 체크포인트를 함께 쓸 수 없습니다. 이름을 두 개 지정하세요.</translation>
        </message>
        <message>
            <source>{path} could not be removed ({reason}): {advice}, then try again.</source>
            <translation>{path} 파일을 제거할 수 없습니다({reason}). 조치: {advice}. 그런 다음 다시 시도하세요.</translation>
        </message>
        <message>
            <source>{path} could not be written ({reason}): choose another place, then save again.</source>
            <translation>{path} 파일을 쓰지 못했습니다({reason}). 다른 위치를 선택한 뒤 다시 저장하세요.</translation>
        </message>
        <message>
            <source>{path} defines no network: add a class that inherits from nn.Module, or a function that returns one.</source>
            <translation>{path} 파일에 정의된 신경망이 없습니다. nn.Module을 상속하는 클래스나, 그런 클래스의 객체를 반환하는 함수를 추가하세요.</translation>
        </message>
        <message>
            <source>{path} does not belong to the other parts ({key} is in two of them, or not where the index says): put all parts of the same weights into one folder.</source>
            <translation>{path} 파일이 나머지 부분과 맞지 않습니다({key} 키가 두 부분에 있거나 인덱스에 적힌 곳에 없음). 같은 가중치의 모든 부분을 한 폴더에 넣으세요.</translation>
        </message>
        <message>
            <source>{path} does not fit into the memory: close other programs.</source>
            <translation>{path} 파일이 메모리에 들어가지 않습니다. 다른 프로그램을 닫으세요.</translation>
        </message>
        <message>
            <source>{path} does not hold together: its history is not that of its weights.</source>
            <translation>{path} 파일의 내용이 서로 맞지 않습니다. 기록이 가중치의 기록과 다릅니다.</translation>
        </message>
        <message>
            <source>{path} does not hold what was written: try another disk.</source>
            <translation>{path} 파일의 내용이 쓴 것과 다릅니다. 다른 디스크를 사용해 보세요.</translation>
        </message>
        <message>
            <source>{path} does not hold {name}: delete it, so that it is downloaded again.</source>
            <translation>{path} 파일에 {name} 항목이 없습니다. 다시 다운로드하도록 이 파일을 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} has another ending: weights are saved as .pt or as .safetensors.</source>
            <translation>{path} 파일의 확장자가 다릅니다. 가중치는 .pt나 .safetensors로 저장합니다.</translation>
        </message>
        <message>
            <source>{path} has fewer than two rows without a missing value; most are missing in the column {name}: fill it, or delete it.</source>
            <translation>{path}에 결측값 없는 행이 두 개보다 적습니다. {name} 열에 결측값이 가장 많으니 채우거나 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} has fewer than two rows: add some.</source>
            <translation>{path}에 행이 두 개보다 적습니다. 행을 추가하세요.</translation>
        </message>
        <message>
            <source>{path} has fewer than two samples: add some.</source>
            <translation>{path}에 샘플이 두 개보다 적습니다. 샘플을 추가하세요.</translation>
        </message>
        <message>
            <source>{path} has no class or function {name}: {names}.</source>
            <translation>{path}에 {name} 클래스나 함수가 없습니다: {names}.</translation>
        </message>
        <message>
            <source>{path} has no column of numbers beside the label {label}: choose another label, or another file.</source>
            <translation>{path}에 레이블 {label} 외에 숫자 열이 없습니다. 다른 레이블이나 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} has no column {label!r}, since it is no table: leave the label out (--label).</source>
            <translation>표가 아니므로 {path}에 {label!r} 열이 없습니다. 레이블 지정을 빼세요(--label).</translation>
        </message>
        <message>
            <source>{path} has no pictures in folders: make a folder for each class, and put its pictures there (PNG, JPEG, BMP, GIF, WEBP, PPM or TIFF).</source>
            <translation>{path}에 폴더로 나뉜 이미지가 없습니다. 클래스마다 폴더를 만들고 이미지를 넣으세요(PNG, JPEG, BMP, GIF, WEBP, PPM 또는 TIFF).</translation>
        </message>
        <message>
            <source>{path} has no rows, or fewer than two columns: choose another file.</source>
            <translation>{path}에 행이 없거나 열이 두 개보다 적습니다. 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} has no rows: add some.</source>
            <translation>{path}에 행이 없습니다. 행을 추가하세요.</translation>
        </message>
        <message>
            <source>{path} has no {what} samples: add some.</source>
            <translation>{path}에 {what} 샘플이 없습니다. 샘플을 추가하세요.</translation>
        </message>
        <message>
            <source>{path} has the shape {shape} and no labels beside it: put them into a file y.npy beside x.npy, or give a table of numbers whose last column is the label.</source>
            <translation>{path} 배열의 모양은 {shape} 형태이고 옆에 레이블이 없습니다. 레이블을 x.npy 옆의 y.npy 파일에 넣거나, 마지막 열이 레이블인 숫자 표를 지정하세요.</translation>
        </message>
        <message>
            <source>{path} has {width:,} columns, but at most {most:,} can be read: leave some out.</source>
            <translation>{path}에 열이 {width:,}개 있지만 최대 {most:,}개까지 읽을 수 있습니다. 일부를 빼세요.</translation>
        </message>
        <message>
            <source>{path} holds Python objects, which could run code: save arrays of numbers or texts with numpy.savez.</source>
            <translation>{path}에 코드를 실행할 수 있는 Python 객체가 있습니다. 숫자나 텍스트의 배열을 numpy.savez로 저장하세요.</translation>
        </message>
        <message>
            <source>{path} holds a NUL: a path cannot.</source>
            <translation>{path}에 NUL이 있습니다. 경로에는 NUL을 쓸 수 없습니다.</translation>
        </message>
        <message>
            <source>{path} holds a run that this program cannot train ({reason}): open it with the version that wrote it.</source>
            <translation>{path}에 이 프로그램이 학습할 수 없는 실행이 있습니다({reason}). 이 파일을 쓴 버전으로 여세요.</translation>
        </message>
        <message>
            <source>{path} holds a state that does not fit its own network ({what}): choose another checkpoint.</source>
            <translation>{path}의 상태가 그 안의 신경망과 맞지 않습니다({what}). 다른 체크포인트를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} holds an array of the type {dtype}: save numbers or texts instead.</source>
            <translation>{path}에 자료형이 {dtype}인 배열이 있습니다. 숫자나 텍스트로 저장하세요.</translation>
        </message>
        <message>
            <source>{path} holds images of {height} × {width} pixels where 28 × 28 belong: replace it by a whole one, or delete it.</source>
            <translation>{path}의 이미지는 28 × 28 픽셀이어야 하지만 {height} × {width} 픽셀입니다. 온전한 파일로 바꾸거나 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} holds images, which are not standardised: leave that out.</source>
            <translation>{path}의 데이터는 이미지이며, 이미지는 표준화하지 않습니다. 표준화 지정을 빼세요.</translation>
        </message>
        <message>
            <source>{path} holds more than weights ({key}, of type {kind}): save model.state_dict() alone, and load that.</source>
            <translation>{path}에 가중치가 아닌 것도 있습니다({key}, 형식 {kind}). model.state_dict()만 저장한 뒤 그 파일을 불러오세요.</translation>
        </message>
        <message>
            <source>{path} holds more than {most:,} files and folders: choose the folder that holds only a folder of pictures for each class.</source>
            <translation>{path}에 파일과 폴더가 {most:,}개보다 많습니다. 클래스별 이미지 폴더만 들어 있는 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} holds no folder of pictures for each class, no IDX files, and no x.npy beside y.npy: choose a file in it, or another folder.</source>
            <translation>{path}에 클래스별 이미지 폴더도, IDX 파일도, y.npy와 함께 있는 x.npy도 없습니다. 그 안의 파일이나 다른 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} holds no images: leave their size (--image-size) and colour (--colour) out.</source>
            <translation>{path}에 이미지가 없습니다. 이미지 크기(--image-size)와 색(--colour) 지정을 빼세요.</translation>
        </message>
        <message>
            <source>{path} holds no weights but a {kind}: save model.state_dict(), and load that.</source>
            <translation>{path}에 가중치가 아니라 {kind} 객체가 있습니다. model.state_dict()를 저장한 뒤 그 파일을 불러오세요.</translation>
        </message>
        <message>
            <source>{path} holds no weights: choose weights that are whole, or save them again.</source>
            <translation>{path}에 가중치가 없습니다. 온전한 가중치를 선택하거나 다시 저장하세요.</translation>
        </message>
        <message>
            <source>{path} holds numbers of another kind ({key} is {found}, here it is {expected}): choose weights of this network.</source>
            <translation>{path}의 숫자 종류가 다릅니다({key}: {found}, 여기서는 {expected}). 이 신경망의 가중치를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} holds numbers that are not finite (NaN or infinity, in {key}): choose weights saved before training diverged.</source>
            <translation>{path}에 유한하지 않은 숫자가 있습니다({key}의 NaN 또는 무한대). 학습이 발산하기 전에 저장한 가중치를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} holds other weights (SHA-256 {found}…) than those that this run starts from ({weights}): put the old file back, or choose the file anew to start from what it holds now.</source>
            <translation>{path} 파일에 이 실행의 초기 가중치가 아닌 다른 가중치가 있습니다(파일 SHA-256 {found}…, 실행 {weights}). 이전 파일을 되돌려 놓거나, 지금 가중치로 시작하려면 파일을 다시 선택하세요.</translation>
        </message>
        <message>
            <source>{path} holds several sets of weights ({names}): save one of them alone, and load that.</source>
            <translation>{path}에 가중치 세트가 여러 개 있습니다({names}). 그중 하나만 저장한 뒤 그 파일을 불러오세요.</translation>
        </message>
        <message>
            <source>{path} holds the IDX files of several data sets ({names}): choose the training images of one of them.</source>
            <translation>{path}에 여러 데이터셋의 IDX 파일이 있습니다({names}). 그중 하나의 학습 이미지를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} holds the arrays {names}: call them x_train, y_train, x_test and y_test, or x and y.</source>
            <translation>{path}에 있는 배열: {names}. 이름을 x_train, y_train, x_test, y_test로 하거나 x, y로 하세요.</translation>
        </message>
        <message>
            <source>{path} holds the pictures of one folder alone, which has folders in it: choose {inner}.</source>
            <translation>{path}에는 하위 폴더가 있는 폴더 하나의 이미지만 있습니다. {inner} 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} holds {count:,} entries, but a data set here has at most {most:,}: choose a smaller one.</source>
            <translation>{path}에 항목이 {count:,}개 있지만, 여기서 데이터셋은 최대 {most:,}개입니다. 더 작은 것을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is a JSON file but no index of weights (it has no "weight_map" of keys to files): choose the file that holds the weights.</source>
            <translation>{path} 파일은 JSON이지만 가중치의 인덱스가 아닙니다(키와 파일을 잇는 "weight_map" 항목이 없음). 가중치가 든 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is a Parquet file, which pyarrow reads: install it (pip install pyarrow), or save it as CSV.</source>
            <translation>{path} 파일은 Parquet이며 읽으려면 pyarrow가 필요합니다. 설치하거나(pip install pyarrow) CSV로 저장하세요.</translation>
        </message>
        <message>
            <source>{path} is a file: choose the name of a folder.</source>
            <translation>{path}: 파일입니다. 폴더 이름을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is a folder: choose a file in it.</source>
            <translation>{path}: 폴더입니다. 그 안의 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is a folder: choose a file name, then save again.</source>
            <translation>{path}: 폴더입니다. 파일 이름을 선택한 뒤 다시 저장하세요.</translation>
        </message>
        <message>
            <source>{path} is a part of the weights, and others are missing ({names}): put all of them into its folder.</source>
            <translation>{path} 파일은 가중치의 일부이며 나머지가 없습니다({names}). 모두 같은 폴더에 넣으세요.</translation>
        </message>
        <message>
            <source>{path} is a run file, which holds no weights to go on from: train it again with replay, or open it in the window, and go on from there.</source>
            <translation>{path} 파일은 실행 기록 파일이며, 이어서 학습할 가중치가 없습니다. replay 명령으로 다시 학습하거나, 창에서 열어 거기서 이어 가세요.</translation>
        </message>
        <message>
            <source>{path} is a zip archive, but not one of numpy.savez: unpack it, and choose what is in it (an Excel workbook: save its sheet as CSV).</source>
            <translation>{path} 파일은 zip이지만 numpy.savez로 만든 것이 아닙니다. 압축을 풀고 그 안의 것을 선택하세요(Excel 통합 문서는 시트를 CSV로 저장).</translation>
        </message>
        <message>
            <source>{path} is an IDX file without the others of its data set: put train-images-idx3-ubyte and train-labels-idx1-ubyte into one folder, and choose that.</source>
            <translation>{path} 파일은 IDX이지만 데이터셋의 다른 파일이 없습니다. train-images-idx3-ubyte와 train-labels-idx1-ubyte를 한 폴더에 넣고 그 폴더를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is an empty set: replace it by a whole one, or delete it.</source>
            <translation>{path}의 데이터가 비어 있습니다. 온전한 파일로 바꾸거나 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} is an empty set: replace it by a whole one.</source>
            <translation>{path}의 데이터가 비어 있습니다. 온전한 파일로 바꾸세요.</translation>
        </message>
        <message>
            <source>{path} is damaged (it holds {found:,} bytes where {expected:,} belong): replace it by a whole one, or delete it.</source>
            <translation>{path} 파일이 손상되었습니다({expected:,}바이트여야 하지만 {found:,}바이트임). 온전한 파일로 바꾸거나 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} is damaged (its label number {place:,} is {label}, but labels go from 0 to 9): replace it by a whole one, or delete it.</source>
            <translation>{path} 파일이 손상되었습니다(레이블은 0에서 9까지이지만 {place:,}번 레이블의 값은 {label}). 온전한 파일로 바꾸거나 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} is damaged ({reason}): delete it, so that it is downloaded again.</source>
            <translation>{path} 파일이 손상되었습니다({reason}). 다시 다운로드하도록 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} is damaged ({reason}): replace it by a whole one, or delete it.</source>
            <translation>{path} 파일이 손상되었습니다({reason}). 온전한 파일로 바꾸거나 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} is damaged ({reason}): replace it by a whole one.</source>
            <translation>{path} 파일이 손상되었습니다({reason}). 온전한 파일로 바꾸세요.</translation>
        </message>
        <message>
            <source>{path} is damaged or is not a file of weights: choose another file, or save it again.</source>
            <translation>{path} 파일이 손상되었거나 가중치 파일이 아닙니다. 다른 파일을 선택하거나 다시 저장하세요.</translation>
        </message>
        <message>
            <source>{path} is damaged: choose another checkpoint, or save it again.</source>
            <translation>{path} 파일이 손상되었습니다. 다른 체크포인트를 선택하거나 다시 저장하세요.</translation>
        </message>
        <message>
            <source>{path} is empty: choose another file.</source>
            <translation>{path} 파일이 비어 있습니다. 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is for {own}, not for {task}: leave the task out (--task).</source>
            <translation>{path}의 데이터는 {task} 아닌 {own} 작업용입니다. 작업 지정을 빼세요(--task).</translation>
        </message>
        <message>
            <source>{path} is no Python file in UTF-8: choose the file that defines the network.</source>
            <translation>{path} 파일은 UTF-8로 된 Python 파일이 아닙니다. 신경망을 정의하는 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is no longer there, and leaves the recent files: open it where it is now.</source>
            <translation>{path} 파일이 더 이상 없어 최근 파일 목록에서 뺐습니다. 지금 있는 위치에서 여세요.</translation>
        </message>
        <message>
            <source>{path} is no table of text: leave delimiter, encoding and header out (--delimiter, --encoding, --header).</source>
            <translation>{path} 파일은 텍스트 표가 아닙니다. 구분 기호, 인코딩, 헤더 지정을 빼세요(--delimiter, --encoding, --header).</translation>
        </message>
        <message>
            <source>{path} is no table with two columns or more: name its delimiter (--delimiter), or choose another file.</source>
            <translation>{path} 파일은 열이 두 개 이상인 표가 아닙니다. 구분 기호를 지정하거나(--delimiter) 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is no text (it holds zero bytes): save it as CSV in UTF-8, or choose another file.</source>
            <translation>{path} 파일은 텍스트가 아닙니다(값이 0인 바이트가 있음). UTF-8 CSV로 저장하거나 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is not a checkpoint of this program, or is damaged: choose another one, or open weights of another program with Test weights.</source>
            <translation>{path} 파일은 이 프로그램의 체크포인트가 아니거나 손상되었습니다. 다른 것을 선택하거나, 다른 프로그램의 가중치는 ‘가중치 테스트’로 여세요.</translation>
        </message>
        <message>
            <source>{path} is not a file: choose one that is.</source>
            <translation>{path}: 파일이 아닙니다. 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is not a file: move it away, so that the file is fetched.</source>
            <translation>{path}: 파일이 아닙니다. 파일을 받을 수 있도록 다른 곳으로 옮기세요.</translation>
        </message>
        <message>
            <source>{path} is not a run file, or is damaged: choose a file that was saved as a run.</source>
            <translation>{path} 파일은 실행 기록 파일이 아니거나 손상되었습니다. 실행 기록으로 저장한 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is not a store of runs but something of another program, so it was set aside as {aside} and a store begun in its place: move it to where it belongs.</source>
            <translation>{path} 파일은 실행 저장소가 아니라 다른 프로그램의 파일입니다. 그래서 {aside}(으)로 옮겨 두고 그 자리에 저장소를 시작했습니다. 그 파일을 제자리로 옮기세요.</translation>
        </message>
        <message>
            <source>{path} is not in the encoding {encoding} ({reason}): save it as UTF-8, or name its encoding (--encoding).</source>
            <translation>{path} 파일의 인코딩이 {encoding} 형식이 아닙니다({reason}). UTF-8로 저장하거나 인코딩을 지정하세요(--encoding).</translation>
        </message>
        <message>
            <source>{path} is not the published archive of {label}: delete it, so that it is downloaded again.</source>
            <translation>{path} 파일은 공개된 {label} 아카이브가 아닙니다. 다시 다운로드하도록 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} is not the published file of {label}: delete it, so that it is fetched again, or choose another data root (--data-root).</source>
            <translation>{path} 파일은 공개된 {label} 파일이 아닙니다. 다시 받도록 삭제하거나 다른 데이터 루트를 선택하세요(--data-root).</translation>
        </message>
        <message>
            <source>{path} is not what its name says (it begins with {found}, such a file with {expected}): replace it by a whole one, or delete it.</source>
            <translation>{path} 파일의 내용이 이름과 다릅니다(시작 바이트 {found}, 이런 파일은 {expected}). 온전한 파일로 바꾸거나 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} is still packed (gzip): unpack it, or give it the ending .gz.</source>
            <translation>{path} 파일이 아직 압축되어 있습니다(gzip). 압축을 풀거나 확장자를 .gz로 하세요.</translation>
        </message>
        <message>
            <source>{path} is there already and holds something else than the data of this run: choose another name for what is exported, or move that file away.</source>
            <translation>{path} 파일이 이미 있으며 이 실행의 데이터가 아닙니다. 내보낼 이름을 바꾸거나 그 파일을 옮기세요.</translation>
        </message>
        <message>
            <source>{path} is there already and holds something else than the weights that this run starts from: choose another name for what is exported, or move that file away.</source>
            <translation>{path} 파일이 이미 있으며 이 실행의 초기 가중치가 아닙니다. 내보낼 이름을 바꾸거나 그 파일을 옮기세요.</translation>
        </message>
        <message>
            <source>{path} is there already: to replace it, write its whole name.</source>
            <translation>{path} 파일이 이미 있습니다. 바꾸려면 전체 이름을 적으세요.</translation>
        </message>
        <message>
            <source>{path} is there, but {missing} is missing beside it: put that there, too, or delete {name}, so that the four files of {label} are downloaded together.</source>
            <translation>{path} 파일은 있지만 옆에 {missing} 파일이 없습니다. 그 파일도 두거나, {label}의 네 파일을 함께 다운로드하도록 {name} 파일을 삭제하세요.</translation>
        </message>
        <message>
            <source>{path} is too big ({found:,} bytes; such a file has at most {most:,}): choose another file.</source>
            <translation>{path} 파일이 너무 큽니다({found:,}바이트, 이런 파일은 최대 {most:,}바이트). 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} is your own and not of {label}, but {missing} is missing beside it: put your own file there, too, or choose another data root (--data-root), where {label} can be downloaded.</source>
            <translation>{path} 파일은 {label}의 것이 아닌 내 파일이지만, 옆에 {missing} 파일이 없습니다. 그것도 내 파일로 두거나, {label} 데이터를 다운로드할 수 있는 다른 데이터 루트를 선택하세요(--data-root).</translation>
        </message>
        <message>
            <source>{path} is {what}.</source>
            <translation>{path}: {what}.</translation>
        </message>
        <message>
            <source>{path} lies in the folder of the data, {folder}: give a place outside of it.</source>
            <translation>{path} 경로는 데이터 폴더 {folder} 안에 있습니다. 그 밖의 위치를 지정하세요.</translation>
        </message>
        <message>
            <source>{path} may be a part of the data, and would be replaced: give another name.</source>
            <translation>{path} 파일은 데이터의 일부일 수 있으며 덮어쓰게 됩니다. 다른 이름을 지정하세요.</translation>
        </message>
        <message>
            <source>{path} may not be written here: choose a folder you can write to, then save again.</source>
            <translation>{path} 파일을 여기에 쓸 수 없습니다. 쓸 수 있는 폴더를 선택한 뒤 다시 저장하세요.</translation>
        </message>
        <message>
            <source>{path} names a file that is not beside it ({name}) and was not followed: choose an index whose parts lie in its own folder.</source>
            <translation>{path}에 옆에 있지 않은 파일이 적혀 있어({name}) 따라가지 않았습니다. 모든 부분이 같은 폴더에 있는 인덱스를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} names too many files ({count:,}): choose another file.</source>
            <translation>{path}에 적힌 파일이 너무 많습니다({count:,}개). 다른 파일을 선택하세요.</translation>
        </message>
        <message>
            <source>{path} was not opened ({reason}): choose a checkpoint that this program wrote.</source>
            <translation>{path} 파일을 열지 않았습니다({reason}). 이 프로그램이 쓴 체크포인트를 선택하세요.</translation>
        </message>
        <message>
            <source>{path} was not opened ({reason}): save model.state_dict() with torch.save, and load that.</source>
            <translation>{path} 파일을 열지 않았습니다({reason}). model.state_dict()를 torch.save로 저장한 뒤 그 파일을 불러오세요.</translation>
        </message>
        <message>
            <source>{path} was not written ({reason}; an older file there is untouched): {advice}, then save again.</source>
            <translation>{path} 파일을 쓰지 못했습니다({reason}, 그곳의 이전 파일은 그대로입니다). 조치: {advice}. 그런 다음 다시 저장하세요.</translation>
        </message>
        <message>
            <source>{path} was written by a newer version of this program (format {found}, known here: {known}): open it with that version.</source>
            <translation>{path} 파일은 더 새로운 버전의 프로그램이 썼습니다(형식 {found}, 여기서는 {known}). 그 버전으로 여세요.</translation>
        </message>
        <message>
            <source>{path} would be replaced, and the run needs it: give another name.</source>
            <translation>{path} 파일을 덮어쓰게 되는데 실행에 이 파일이 필요합니다. 다른 이름을 지정하세요.</translation>
        </message>
        <message>
            <source>{problem} Or take them away (×), to start from the weights of the seed.</source>
            <translation>{problem} 또는 가중치를 빼서(×) 시드의 가중치로 시작하세요.</translation>
        </message>
        <message>
            <source>{problem} To continue from the file of this name, write ./{name}.</source>
            <translation>{problem} 이 이름의 파일에서 계속하려면 ./{name} 형식으로 적으세요.</translation>
        </message>
        <message>
            <source>{reason} The built-in part of Fashion-MNIST (12,000 of the 60,000 training images, 2,000 of the 10,000 test images) is used instead.</source>
            <translation>{reason} 대신 Fashion-MNIST의 내장된 일부(학습 이미지 60,000개 중 12,000개, 테스트 이미지 10,000개 중 2,000개)를 사용합니다.</translation>
        </message>
        <message>
            <source>{run} cannot be the id of a run: open another file.</source>
            <translation>{run} 값은 실행의 ID가 될 수 없습니다. 다른 파일을 여세요.</translation>
        </message>
        <message>
            <source>{size:,} bytes; the outputs were not compared, as onnxruntime is not installed (pip install onnxruntime)</source>
            <translation>{size:,}바이트, onnxruntime이 설치되지 않아 출력을 비교하지 않음(pip install onnxruntime)</translation>
        </message>
        <message>
            <source>{steps:,} steps and 1 evaluation</source>
            <translation>{steps:,}스텝, 평가 1회</translation>
        </message>
        <message>
            <source>{steps:,} steps and {tests:,} evaluations</source>
            <translation>{steps:,}스텝, 평가 {tests:,}회</translation>
        </message>
        <message>
            <source>{steps:,} steps, weights sha256 {sha256}</source>
            <translation>{steps:,}스텝, 가중치 sha256 {sha256}</translation>
        </message>
        <message>
            <source>{tensors} tensors with {numbers:,} numbers, weights sha256 {sha256}</source>
            <translation>Tensor {tensors}개, 숫자 {numbers:,}개, 가중치 sha256 {sha256}</translation>
        </message>
        <message>
            <source>{text} is neither yes nor no</source>
            <translation>{text}: yes도 no도 아님</translation>
        </message>
        <message>
            <source>{text} is not NAME=VALUE, as in width=64</source>
            <translation>{text}: NAME=VALUE 형식이 아님, 예: width=64</translation>
        </message>
        <message>
            <source>{text} is not STEP:NAME=VALUE, as in 300:learning_rate=0.01</source>
            <translation>{text}: STEP:NAME=VALUE 형식이 아님, 예: 300:learning_rate=0.01</translation>
        </message>
        <message>
            <source>{text} is not a share above 0 and below 1, such as 0.2</source>
            <translation>{text}: 0보다 크고 1보다 작은 비율이 아님, 예: 0.2</translation>
        </message>
        <message>
            <source>{text} is not a whole number from 1</source>
            <translation>{text}: 1 이상의 정수가 아님</translation>
        </message>
        <message>
            <source>{text} is not a whole number from 1 to 1024</source>
            <translation>{text}: 1~1024의 정수가 아님</translation>
        </message>
        <message>
            <source>{text} is not one character, such as ';', nor tab or space</source>
            <translation>{text}: ';' 같은 문자 하나도, tab이나 space도 아님</translation>
        </message>
        <message>
            <source>“{text}” is not a value for {label}: give a number ({range}), such as {example}.</source>
            <translation>“{text}” 값은 {label} 설정에 쓸 수 없습니다. {example} 같은 숫자를 입력하세요({range}).</translation>
        </message>
    </context>
    <context>
        <name>Progress</name>
        <message>
            <source>Downloading the images</source>
            <translation>이미지 다운로드 중</translation>
        </message>
        <message>
            <source>Downloading the test images</source>
            <translation>테스트 이미지 다운로드 중</translation>
        </message>
        <message>
            <source>Downloading the test labels</source>
            <translation>테스트 레이블 다운로드 중</translation>
        </message>
        <message>
            <source>Downloading the training images</source>
            <translation>학습 이미지 다운로드 중</translation>
        </message>
        <message>
            <source>Downloading the training labels</source>
            <translation>학습 레이블 다운로드 중</translation>
        </message>
        <message>
            <source>Drawing the curves</source>
            <translation>곡선 그리는 중</translation>
        </message>
        <message>
            <source>Reading the images</source>
            <translation>이미지 읽는 중</translation>
        </message>
        <message>
            <source>Reading the points again</source>
            <translation>점 다시 읽는 중</translation>
        </message>
        <message>
            <source>Reading the run</source>
            <translation>실행 읽는 중</translation>
        </message>
        <message>
            <source>Translating the network</source>
            <translation>신경망 변환 중</translation>
        </message>
        <message>
            <source>Writing</source>
            <translation>쓰는 중</translation>
        </message>
        <message>
            <source>Writing the points</source>
            <translation>점 쓰는 중</translation>
        </message>
        <message>
            <source>Writing the weights</source>
            <translation>가중치 쓰는 중</translation>
        </message>
        <message>
            <source>repeating the last steps of the run</source>
            <translation>실행의 마지막 스텝 재현 중</translation>
        </message>
        <message>
            <source>training the run again</source>
            <translation>실행을 다시 학습하는 중</translation>
        </message>
    </context>
    <context>
        <name>ProminentControl</name>
        <message>
            <source>{label}, slider</source>
            <translation>{label}, 슬라이더</translation>
        </message>
    </context>
    <context>
        <name>RateHeader</name>
        <message>
            <source>Learning rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>Slider</source>
            <translation>슬라이더</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>적용값</translation>
        </message>
    </context>
    <context>
        <name>RateRangeChart</name>
        <message>
            <source>Learning rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>rate {rate}</source>
            <translation>학습률 {rate}</translation>
        </message>
    </context>
    <context>
        <name>RateTrace</name>
        <message>
            <source>From {low} to {high} since the first step.</source>
            <translation>첫 스텝부터 {low}~{high}.</translation>
        </message>
        <message>
            <source>Learning rate so far</source>
            <translation>지금까지의 학습률</translation>
        </message>
        <message>
            <source>No run yet.</source>
            <translation>아직 실행이 없습니다.</translation>
        </message>
        <message>
            <source>The learning rate that the run has used from its first step to now, on a logarithmic scale.</source>
            <translation>실행이 첫 스텝부터 지금까지 사용한 학습률입니다(로그 눈금).</translation>
        </message>
    </context>
    <context>
        <name>ReadingPanel</name>
        <message>
            <source>Close this panel. The menus View and Help show it again.</source>
            <translation>이 패널을 닫습니다. ‘보기’와 ‘도움말’ 메뉴에서 다시 표시할 수 있습니다.</translation>
        </message>
        <message>
            <source>Close {title}</source>
            <translation>{title} 닫기</translation>
        </message>
    </context>
    <context>
        <name>Readout</name>
        <message>
            <source>Step {step}</source>
            <translation>스텝 {step}</translation>
        </message>
        <message>
            <source>accuracy {value} %</source>
            <translation>정확도 {value} %</translation>
        </message>
        <message>
            <source>epoch {epoch}</source>
            <translation>에폭 {epoch}</translation>
        </message>
        <message>
            <source>loss {value}</source>
            <translation>손실 {value}</translation>
        </message>
        <message>
            <source>mean absolute error {value}</source>
            <translation>평균 절대 오차 {value}</translation>
        </message>
        <message>
            <source>parent run</source>
            <translation>부모 실행</translation>
        </message>
        <message>
            <source>recorded before</source>
            <translation>이전 기록</translation>
        </message>
        <message>
            <source>smoothed {value}</source>
            <translation>평활 {value}</translation>
        </message>
        <message>
            <source>test loss {loss}, error {error}</source>
            <translation>테스트 손실 {loss}, 오차 {error}</translation>
        </message>
        <message>
            <source>test loss {loss}, {accuracy} %</source>
            <translation>테스트 손실 {loss}, {accuracy} %</translation>
        </message>
        <message>
            <source>validation loss {loss}, error {error}</source>
            <translation>검증 손실 {loss}, 오차 {error}</translation>
        </message>
        <message>
            <source>validation loss {loss}, {accuracy} %</source>
            <translation>검증 손실 {loss}, {accuracy} %</translation>
        </message>
    </context>
    <context>
        <name>Reasons</name>
        <message>
            <source>A run is active: pause or stop it first.</source>
            <translation>진행 중인 실행이 있습니다. 먼저 일시 정지하거나 중지하세요.</translation>
        </message>
        <message>
            <source>A run is active: stop it first.</source>
            <translation>진행 중인 실행이 있습니다. 먼저 중지하세요.</translation>
        </message>
        <message>
            <source>All planned epochs are trained: add epochs to go on.</source>
            <translation>예정된 에폭을 모두 학습했습니다. 계속하려면 에폭을 추가하세요.</translation>
        </message>
        <message>
            <source>No later step is recorded.</source>
            <translation>이후에 기록된 스텝이 없습니다.</translation>
        </message>
        <message>
            <source>No run is active.</source>
            <translation>진행 중인 실행이 없습니다.</translation>
        </message>
        <message>
            <source>No sound can be heard here.</source>
            <translation>여기서는 소리를 들을 수 없습니다.</translation>
        </message>
        <message>
            <source>PyTorch is still being loaded.</source>
            <translation>PyTorch를 아직 불러오는 중입니다.</translation>
        </message>
        <message>
            <source>The chosen network and data do not fit.</source>
            <translation>선택한 신경망과 데이터가 맞지 않습니다.</translation>
        </message>
        <message>
            <source>The last command is still being carried out.</source>
            <translation>마지막 명령을 아직 처리하는 중입니다.</translation>
        </message>
        <message>
            <source>The run is being prepared.</source>
            <translation>실행을 준비하는 중입니다.</translation>
        </message>
        <message>
            <source>There are no trained weights yet: press Train.</source>
            <translation>아직 학습된 가중치가 없습니다. ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>There is no run that can train on.</source>
            <translation>이어서 학습할 수 있는 실행이 없습니다.</translation>
        </message>
        <message>
            <source>There is no run yet: press Train, or open one.</source>
            <translation>아직 실행이 없습니다. ‘학습’을 누르거나 실행을 여세요.</translation>
        </message>
        <message>
            <source>There is nothing to redo.</source>
            <translation>다시 실행할 것이 없습니다.</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>실행 취소할 것이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>Registries</name>
        <message>
            <source>12,000 training and 2,000 test drawings of clothes that earlier versions of the program made.</source>
            <translation>이전 버전의 프로그램이 만든 옷 그림으로, 학습용 12,000개와 테스트용 2,000개입니다.</translation>
        </message>
        <message>
            <source>50,000 training and 10,000 test photographs of things and animals, in a hundred classes, 32 × 32 in colour (Krizhevsky, 2009). Downloaded once (169 MB, its authors name no licence) where it is missing.</source>
            <translation>사물과 동물의 사진으로 학습용 50,000개와 테스트용 10,000개, 100개 클래스, 32 × 32 컬러입니다(Krizhevsky, 2009). 없으면 한 번 다운로드합니다(169 MB, 저자가 라이선스를 밝히지 않음).</translation>
        </message>
        <message>
            <source>50,000 training and 10,000 test photographs of vehicles and animals, in ten classes, 32 × 32 in colour (Krizhevsky, 2009). Downloaded once (170 MB, its authors name no licence) where it is missing.</source>
            <translation>탈것과 동물의 사진으로 학습용 50,000개와 테스트용 10,000개, 10개 클래스, 32 × 32 컬러입니다(Krizhevsky, 2009). 없으면 한 번 다운로드합니다(170 MB, 저자가 라이선스를 밝히지 않음).</translation>
        </message>
        <message>
            <source>A class or function of a Python file that you have opened with File &gt; Open network. Its source is kept with each run.</source>
            <translation>‘파일 &gt; 신경망 열기’로 연 Python 파일의 클래스나 함수입니다. 소스는 실행마다 함께 저장됩니다.</translation>
        </message>
        <message>
            <source>A folder with one event file that holds every point: training loss and metric, learning rate, tests and validation, at their steps.</source>
            <translation>모든 점(학습 손실과 지표, 학습률, 테스트와 검증)을 해당 스텝에 담은 이벤트 파일 하나가 든 폴더입니다.</translation>
        </message>
        <message>
            <source>A network for telephones (Howard and others, 2019), 1.5 million weights, with dropout. As torchvision builds it, without trained weights. Its first layer takes the channels of the data and its last layer has one output for each class or target; images below 32 × 32 pixels are enlarged to that. Slow without a GPU.</source>
            <translation>휴대전화용 신경망으로(Howard 외, 2019), 가중치 150만 개에 드롭아웃이 있습니다. torchvision이 만드는 그대로이며 학습된 가중치는 없습니다. 첫 계층은 데이터의 채널을 받고, 마지막 계층은 클래스나 목표값마다 출력이 하나입니다. 32 × 32 픽셀보다 작은 이미지는 그 크기로 확대합니다. GPU가 없으면 느립니다.</translation>
        </message>
        <message>
            <source>A perceptron with as many hidden layers as you like: add and remove layers, set their widths, and choose activation, dropout and batch normalization. At first it is the tutorial's network, bit for bit.</source>
            <translation>은닉 계층의 수를 자유롭게 정하는 퍼셉트론입니다. 계층을 추가하거나 제거하고, 너비를 정하고, 활성화, 드롭아웃, 배치 정규화를 선택합니다. 처음에는 튜토리얼의 신경망과 비트 단위까지 같습니다.</translation>
        </message>
        <message>
            <source>A residual network for small images (He and others, 2016, section 4.2, with n = 1): each block adds its input to its output, so that deep networks train as well as flat ones. It has batch normalization.</source>
            <translation>작은 이미지용 잔차 신경망입니다(He 외, 2016, 4.2절, n = 1). 블록마다 입력을 출력에 더하므로 깊은 신경망도 얕은 신경망만큼 잘 학습됩니다. 배치 정규화를 사용합니다.</translation>
        </message>
        <message>
            <source>A residual network of 18 layers for photographs (He and others, 2016), 11 million weights. As torchvision builds it, without trained weights. Its first layer takes the channels of the data and its last layer has one output for each class or target; images below 32 × 32 pixels are enlarged to that. Slow without a GPU.</source>
            <translation>사진용 18계층 잔차 신경망으로(He 외, 2016), 가중치가 1,100만 개입니다. torchvision이 만드는 그대로이며 학습된 가중치는 없습니다. 첫 계층은 데이터의 채널을 받고, 마지막 계층은 클래스나 목표값마다 출력이 하나입니다. 32 × 32 픽셀보다 작은 이미지는 그 크기로 확대합니다. GPU가 없으면 느립니다.</translation>
        </message>
        <message>
            <source>A table, a folder of images, or arrays of your own.</source>
            <translation>직접 준비한 표, 이미지 폴더 또는 배열입니다.</translation>
        </message>
        <message>
            <source>Adam</source>
            <translation>Adam</translation>
        </message>
        <message>
            <source>Adam with the weight decay taken out of the gradient and applied to the weights themselves, which makes it act evenly (Loshchilov and Hutter, 2019).</source>
            <translation>가중치 감쇠를 변화도에서 떼어 내 가중치에 직접 적용하는 Adam으로, 감쇠가 고르게 작용합니다(Loshchilov와 Hutter, 2019).</translation>
        </message>
        <message>
            <source>AdamW</source>
            <translation>AdamW</translation>
        </message>
        <message>
            <source>Balanced in depth, width and resolution (Tan and Le, 2019), 4 million weights, with dropout. As torchvision builds it, without trained weights. Its first layer takes the channels of the data and its last layer has one output for each class or target; images below 32 × 32 pixels are enlarged to that. Slow without a GPU.</source>
            <translation>깊이, 너비, 해상도의 균형을 맞춘 신경망으로(Tan과 Le, 2019), 가중치 400만 개에 드롭아웃이 있습니다. torchvision이 만드는 그대로이며 학습된 가중치는 없습니다. 첫 계층은 데이터의 채널을 받고, 마지막 계층은 클래스나 목표값마다 출력이 하나입니다. 32 × 32 픽셀보다 작은 이미지는 그 크기로 확대합니다. GPU가 없으면 느립니다.</translation>
        </message>
        <message>
            <source>Blobs</source>
            <translation>점 무리</translation>
        </message>
        <message>
            <source>CIFAR-10</source>
            <translation>CIFAR-10</translation>
        </message>
        <message>
            <source>CIFAR-100</source>
            <translation>CIFAR-100</translation>
        </message>
        <message>
            <source>Circles</source>
            <translation>동심원</translation>
        </message>
        <message>
            <source>Constant</source>
            <translation>고정</translation>
        </message>
        <message>
            <source>Cosine</source>
            <translation>코사인</translation>
        </message>
        <message>
            <source>Cross-entropy</source>
            <translation>교차 엔트로피</translation>
        </message>
        <message>
            <source>Curves (PDF)</source>
            <translation>곡선 (PDF)</translation>
        </message>
        <message>
            <source>Curves (PNG)</source>
            <translation>곡선 (PNG)</translation>
        </message>
        <message>
            <source>Curves (SVG)</source>
            <translation>곡선 (SVG)</translation>
        </message>
        <message>
            <source>Data set</source>
            <translation>데이터셋</translation>
        </message>
        <message>
            <source>DenseNet-121</source>
            <translation>DenseNet-121</translation>
        </message>
        <message>
            <source>Divides each weight's step by the recent size of its gradient, so that flat and steep directions move alike (Hinton's lecture, 2012). Unstable at large learning rates.</source>
            <translation>각 가중치의 스텝을 최근 변화도의 크기로 나누어, 평평한 방향과 가파른 방향을 비슷하게 움직입니다(Hinton의 강의, 2012). 학습률이 크면 불안정합니다.</translation>
        </message>
        <message>
            <source>Each layer sees the outputs of all layers before it (Huang and others, 2017), 7 million weights. As torchvision builds it, without trained weights. Its first layer takes the channels of the data and its last layer has one output for each class or target; images below 32 × 32 pixels are enlarged to that. Slow without a GPU.</source>
            <translation>각 계층이 앞선 모든 계층의 출력을 보는 신경망으로(Huang 외, 2017), 가중치가 700만 개입니다. torchvision이 만드는 그대로이며 학습된 가중치는 없습니다. 첫 계층은 데이터의 채널을 받고, 마지막 계층은 클래스나 목표값마다 출력이 하나입니다. 32 × 32 픽셀보다 작은 이미지는 그 크기로 확대합니다. GPU가 없으면 느립니다.</translation>
        </message>
        <message>
            <source>EfficientNet B0</source>
            <translation>EfficientNet B0</translation>
        </message>
        <message>
            <source>Every step with its loss, metric and learning rate, and every evaluation: for a spreadsheet, pandas or another plotting program.</source>
            <translation>모든 스텝의 손실, 지표, 학습률과 모든 평가입니다. 스프레드시트, pandas 또는 다른 그래프 프로그램에 씁니다.</translation>
        </message>
        <message>
            <source>Exponential</source>
            <translation>지수</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>내보내기</translation>
        </message>
        <message>
            <source>Exported program (.pt2)</source>
            <translation>내보낸 프로그램 (.pt2)</translation>
        </message>
        <message>
            <source>Fashion-MNIST</source>
            <translation>Fashion-MNIST</translation>
        </message>
        <message>
            <source>Fashion-MNIST mini</source>
            <translation>Fashion-MNIST mini</translation>
        </message>
        <message>
            <source>Four clouds of points at the corners of a square, one class each: the easiest one, which straight lines separate. Made by the program.</source>
            <translation>정사각형의 네 꼭짓점에 모인 점 무리로, 무리마다 클래스가 하나입니다. 직선으로 나뉘는 가장 쉬운 데이터입니다. 프로그램이 만듭니다.</translation>
        </message>
        <message>
            <source>Garments (no longer included)</source>
            <translation>Garments (더 이상 포함되지 않음)</translation>
        </message>
        <message>
            <source>Handwritten Japanese characters of the cursive kind (Clanuwat and others, 2018): 60,000 training and 10,000 test images, 28 × 28 grey, in ten classes. Downloaded once (21 MB, CC BY-SA 4.0) where it is missing.</source>
            <translation>일본어 초서체 손글씨 문자(Clanuwat 외, 2018)로, 학습 이미지 60,000개와 테스트 이미지 10,000개, 28 × 28 회색조, 10개 클래스입니다. 없으면 한 번 다운로드합니다(21 MB, CC BY-SA 4.0).</translation>
        </message>
        <message>
            <source>Handwritten digits (LeCun, Cortes and Burges): 60,000 training and 10,000 test images, 28 × 28 grey, in ten classes. Downloaded once (11 MB, CC BY-SA 3.0) where it is missing.</source>
            <translation>손글씨 숫자(LeCun, Cortes, Burges)로, 학습 이미지 60,000개와 테스트 이미지 10,000개, 28 × 28 회색조, 10개 클래스입니다. 없으면 한 번 다운로드합니다(11 MB, CC BY-SA 3.0).</translation>
        </message>
        <message>
            <source>Huber</source>
            <translation>Huber</translation>
        </message>
        <message>
            <source>Jupyter notebook</source>
            <translation>Jupyter 노트북</translation>
        </message>
        <message>
            <source>Keeps a running mean of each weight's gradient and of its size, and gives every weight its own step. Learns fast at 0.001 with little tuning (Kingma and Ba, 2015).</source>
            <translation>가중치마다 변화도와 그 크기의 이동 평균을 유지하고 저마다의 스텝을 줍니다. 0.001에서 별다른 조정 없이도 빨리 학습합니다(Kingma와 Ba, 2015).</translation>
        </message>
        <message>
            <source>Kuzushiji-MNIST</source>
            <translation>Kuzushiji-MNIST</translation>
        </message>
        <message>
            <source>Layers of your own</source>
            <translation>사용자 정의 계층</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Loss and metric with the marks of epochs and changes, as lines and text: for web pages and drawing programs.</source>
            <translation>에폭과 변경 표시가 있는 손실과 지표를 선과 텍스트로 담습니다. 웹 페이지와 그리기 프로그램에 씁니다.</translation>
        </message>
        <message>
            <source>MNIST</source>
            <translation>MNIST</translation>
        </message>
        <message>
            <source>Mean absolute error</source>
            <translation>평균 절대 오차</translation>
        </message>
        <message>
            <source>Mean squared error</source>
            <translation>평균 제곱 오차</translation>
        </message>
        <message>
            <source>MobileNet V3 small</source>
            <translation>MobileNet V3 small</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>Moons</source>
            <translation>반달</translation>
        </message>
        <message>
            <source>Multilayer perceptron</source>
            <translation>다층 퍼셉트론</translation>
        </message>
        <message>
            <source>Negative log-likelihood</source>
            <translation>음의 로그 우도</translation>
        </message>
        <message>
            <source>Network of your own</source>
            <translation>사용자 정의 신경망</translation>
        </message>
        <message>
            <source>ONNX</source>
            <translation>ONNX</translation>
        </message>
        <message>
            <source>One cycle</source>
            <translation>원 사이클</translation>
        </message>
        <message>
            <source>One page to read, pass on and print: curves, tests, what the network gets wrong, journal, recipe and environment. It opens without a network.</source>
            <translation>읽고 전하고 인쇄할 한 페이지입니다: 곡선, 테스트, 신경망이 틀리는 것, 변경 기록, 레시피, 환경. 네트워크 없이 열립니다.</translation>
        </message>
        <message>
            <source>One plain PyTorch file that needs torch and torchvision alone: it trains the network again, with every change at its step, prints the same text, and compares its weights with those of the run.</source>
            <translation>torch와 torchvision만 필요한 순수 PyTorch 파일 하나입니다. 모든 변경을 해당 스텝에서 적용하며 신경망을 다시 학습하고, 같은 텍스트를 출력하고, 가중치를 실행의 가중치와 비교합니다.</translation>
        </message>
        <message>
            <source>Optimizer</source>
            <translation>옵티마이저</translation>
        </message>
        <message>
            <source>Perceptron with dropout</source>
            <translation>드롭아웃 퍼셉트론</translation>
        </message>
        <message>
            <source>Plane</source>
            <translation>평면</translation>
        </message>
        <message>
            <source>Plateau</source>
            <translation>정체 시 감소</translation>
        </message>
        <message>
            <source>Points on a circle and on a smaller one inside it, one class each: the line between them must close around the inner one. Made by the program.</source>
            <translation>원과 그 안의 더 작은 원 위의 점으로, 원마다 클래스가 하나입니다. 둘을 나누는 선이 안쪽 원을 둘러싸야 합니다. 프로그램이 만듭니다.</translation>
        </message>
        <message>
            <source>Points on two half circles that reach into each other, one class each: easy for a network with a hidden layer, and not quite possible without one. Made by the program.</source>
            <translation>서로 맞물린 두 반원 위의 점으로, 반원마다 클래스가 하나입니다. 은닉 계층이 있는 신경망에는 쉽고, 없으면 완전히 나눌 수 없습니다. 프로그램이 만듭니다.</translation>
        </message>
        <message>
            <source>Points on two spirals that wind around each other, one class each. No straight line separates them, so the network needs its hidden layers, and some patience. Made by the program.</source>
            <translation>서로 감긴 두 나선 위의 점으로, 나선마다 클래스가 하나입니다. 직선으로는 나눌 수 없어 신경망에 은닉 계층이 필요하고, 인내도 조금 필요합니다. 프로그램이 만듭니다.</translation>
        </message>
        <message>
            <source>Python script</source>
            <translation>Python 스크립트</translation>
        </message>
        <message>
            <source>RMSprop</source>
            <translation>RMSprop</translation>
        </message>
        <message>
            <source>Regression: the network learns the height of a plane from two coordinates, with noise: the easiest regression. Made by the program.</source>
            <translation>회귀: 두 좌표에서 노이즈가 있는 평면의 높이를 학습합니다. 가장 쉬운 회귀입니다. 프로그램이 만듭니다.</translation>
        </message>
        <message>
            <source>Regression: the network learns the height of a sine curve from its place, two periods with noise. Watch the mean absolute error fall to the noise. Made by the program.</source>
            <translation>회귀: 위치에서 노이즈가 있는 두 주기 사인 곡선의 높이를 학습합니다. 평균 절대 오차가 노이즈 수준까지 줄어드는 것을 살펴보세요. 프로그램이 만듭니다.</translation>
        </message>
        <message>
            <source>Report (HTML)</source>
            <translation>보고서 (HTML)</translation>
        </message>
        <message>
            <source>ResNet-18</source>
            <translation>ResNet-18</translation>
        </message>
        <message>
            <source>Run file</source>
            <translation>실행 기록 파일</translation>
        </message>
        <message>
            <source>SGD</source>
            <translation>SGD</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>스케줄</translation>
        </message>
        <message>
            <source>Sine</source>
            <translation>사인</translation>
        </message>
        <message>
            <source>Small ResNet, 20 layers</source>
            <translation>작은 ResNet, 20계층</translation>
        </message>
        <message>
            <source>Small ResNet, 8 layers</source>
            <translation>작은 ResNet, 8계층</translation>
        </message>
        <message>
            <source>Small convolutional network</source>
            <translation>작은 합성곱 신경망</translation>
        </message>
        <message>
            <source>Spirals</source>
            <translation>나선</translation>
        </message>
        <message>
            <source>Squares differences below 1 and takes larger ones as they are (Huber, 1964): smooth near the target as mean squared error, and like mean absolute error hardly moved by samples that are far off.</source>
            <translation>1보다 작은 차이는 제곱하고 더 큰 차이는 그대로 씁니다(Huber, 1964). 목표값 근처에서는 평균 제곱 오차처럼 매끄럽고, 크게 벗어난 샘플에는 평균 절대 오차처럼 둔감합니다.</translation>
        </message>
        <message>
            <source>Squares the differences between outputs and targets and takes their mean: the usual loss for regression; the text of its tests then has the average loss alone, as the accuracy in the tutorial's is one of classes. With classes it compares the raw outputs (no softmax) with 1 for the right class and 0 for the others, which works, but learns slowly at small learning rates because its gradients are small.</source>
            <translation>출력과 목표값의 차이를 제곱하여 평균합니다. 회귀에 흔히 쓰는 손실입니다. 튜토리얼 텍스트의 정확도는 클래스에 대한 것이므로, 이때 테스트의 텍스트에는 평균 손실만 나옵니다. 클래스가 있으면 원시 출력(소프트맥스 없음)을 정답 클래스는 1, 나머지는 0과 비교합니다. 학습은 되지만 변화도가 작아 작은 학습률에서는 느립니다.</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Stochastic gradient descent, the tutorial's choice: each weight moves against its gradient, times the learning rate. Plain and predictable; momentum makes it much faster.</source>
            <translation>튜토리얼이 쓰는 확률적 경사하강법입니다. 각 가중치가 변화도에 학습률을 곱한 만큼 변화도의 반대로 움직입니다. 단순하고 예측하기 쉬우며, 모멘텀을 쓰면 훨씬 빨라집니다.</translation>
        </message>
        <message>
            <source>Table of all points (CSV)</source>
            <translation>모든 점의 표 (CSV)</translation>
        </message>
        <message>
            <source>Table of all points (Parquet)</source>
            <translation>모든 점의 표 (Parquet)</translation>
        </message>
        <message>
            <source>Takes the mean of the absolute differences between outputs and targets. A few samples that are far off count less than with mean squared error; close to the target its gradients do not get smaller.</source>
            <translation>출력과 목표값의 차이의 절댓값을 평균합니다. 크게 벗어난 몇몇 샘플의 영향이 평균 제곱 오차보다 작습니다. 목표값에 가까워도 변화도가 작아지지 않습니다.</translation>
        </message>
        <message>
            <source>TensorBoard events</source>
            <translation>TensorBoard 이벤트</translation>
        </message>
        <message>
            <source>The code of the script in cells, with headings and the curves, for those who teach and learn with Jupyter.</source>
            <translation>스크립트의 코드를 제목, 곡선과 함께 셀에 담습니다. Jupyter로 가르치고 배우는 사람을 위한 것입니다.</translation>
        </message>
        <message>
            <source>The first 12,000 training and the first 2,000 test images of Fashion-MNIST. They come with the program, so no network is needed. An epoch takes a fifth of the time: for trying out.</source>
            <translation>Fashion-MNIST의 처음 학습 이미지 12,000개와 처음 테스트 이미지 2,000개입니다. 프로그램에 들어 있어 네트워크가 필요 없습니다. 에폭 시간이 5분의 1이라 시험해 보기에 좋습니다.</translation>
        </message>
        <message>
            <source>The last weights as PyTorch saves them: a plain state dict, which loads into the same class.</source>
            <translation>PyTorch가 저장하는 그대로의 마지막 가중치입니다. 순수한 state dict이며 같은 클래스에서 불러올 수 있습니다.</translation>
        </message>
        <message>
            <source>The last weights for other programs, with the recipe, the last test, the classes and the normalisation beside them. Reading such a file can run no code.</source>
            <translation>다른 프로그램에서 쓸 마지막 가중치로, 레시피, 마지막 테스트, 클래스, 정규화 값이 함께 들어 있습니다. 이런 파일은 읽어도 코드가 실행되지 않습니다.</translation>
        </message>
        <message>
            <source>The learning rate falls along half a cosine wave to the end of the planned epochs: long steps for most of the run, short ones at the end (Loshchilov and Hutter, 2017). Planning more epochs stretches it.</source>
            <translation>학습률이 계획된 에폭의 끝까지 코사인 반주기를 따라 내려갑니다. 실행 대부분에서는 긴 스텝, 끝에서는 짧은 스텝입니다(Loshchilov와 Hutter, 2017). 에폭을 더 계획하면 늘어납니다.</translation>
        </message>
        <message>
            <source>The learning rate falls at once at the end of each period of epochs. If the loss drops right after, the steps had become too long.</source>
            <translation>학습률이 에폭 주기의 끝마다 한 번에 내려갑니다. 그 직후 손실이 뚝 떨어지면 스텝이 너무 길어져 있었던 것입니다.</translation>
        </message>
        <message>
            <source>The learning rate falls by the decay whenever the validation loss has not fallen for more epochs than the patience. Without a validation share it watches the test loss. For runs whose best rate is not known.</source>
            <translation>검증 손실이 대기 에폭보다 오래 줄지 않을 때마다 학습률에 감쇠 계수를 곱합니다. 검증 비율이 없으면 테스트 손실을 살핍니다. 가장 좋은 학습률을 모르는 실행에 알맞습니다.</translation>
        </message>
        <message>
            <source>The learning rate falls smoothly, by the same share in every period. The run settles for sure, but late in a long run the rate may be too small to learn.</source>
            <translation>학습률이 주기마다 같은 비율로 매끄럽게 내려갑니다. 실행이 확실히 안정되지만, 긴 실행의 후반에는 학습률이 너무 작아 학습하지 못할 수 있습니다.</translation>
        </message>
        <message>
            <source>The learning rate is the value of the slider, from the first step to the last, as in the tutorial.</source>
            <translation>튜토리얼처럼 첫 스텝부터 마지막 스텝까지 학습률이 슬라이더의 값입니다.</translation>
        </message>
        <message>
            <source>The learning rate rises evenly to the slider's value over the first epochs and stays there. For high rates and large batches, with which fresh weights diverge (Goyal and others, 2017).</source>
            <translation>학습률이 처음 몇 에폭 동안 슬라이더의 값까지 일정하게 오른 뒤 그대로 유지됩니다. 초기 가중치가 발산하는 높은 학습률과 큰 배치에 알맞습니다(Goyal 외, 2017).</translation>
        </message>
        <message>
            <source>The learning rate rises from a small part of the slider's value to all of it and falls again to the end of the planned epochs. Allows higher rates than a constant one (Smith and Topin, 2018).</source>
            <translation>학습률이 슬라이더 값의 작은 일부에서 전체까지 올랐다가 계획된 에폭의 끝까지 다시 내려갑니다. 고정 학습률보다 높은 학습률을 쓸 수 있습니다(Smith와 Topin, 2018).</translation>
        </message>
        <message>
            <source>The network as torch.export saves it: it runs in PyTorch without the code of its class, for any number of samples, and gives the same bits.</source>
            <translation>torch.export로 저장한 신경망입니다. 클래스의 코드 없이 PyTorch에서 실행되고, 샘플 수에 제한이 없으며, 같은 비트를 냅니다.</translation>
        </message>
        <message>
            <source>The network in one file for other programs and devices, for any number of samples. Its outputs for the test set are compared with those of PyTorch before the file is kept: they differ by rounding alone.</source>
            <translation>다른 프로그램과 장치를 위해 신경망을 파일 하나에 담으며, 샘플 수에 제한이 없습니다. 파일을 남기기 전에 테스트 세트의 출력을 PyTorch의 출력과 비교하며, 차이는 반올림뿐입니다.</translation>
        </message>
        <message>
            <source>The recipe, the changes, the curves and the digests of a run: small, readable, and anyone can train it again from it and compare every bit.</source>
            <translation>실행의 레시피, 변경, 곡선, 해시값입니다. 작고 읽기 쉬우며, 누구나 이것으로 다시 학습하여 모든 비트를 비교할 수 있습니다.</translation>
        </message>
        <message>
            <source>The residual network of 20 layers for small images (He and others, 2016, section 4.2, with n = 3), with which the paper reaches 91 % on CIFAR-10. Slow without a GPU.</source>
            <translation>작은 이미지용 20계층 잔차 신경망으로(He 외, 2016, 4.2절, n = 3), 논문에서 CIFAR-10에서 91 %에 도달합니다. GPU가 없으면 느립니다.</translation>
        </message>
        <message>
            <source>The same curves as a page for papers and LaTeX: sharp at any size.</source>
            <translation>같은 곡선을 논문과 LaTeX용 페이지로 만듭니다. 어떤 크기에서도 선명합니다.</translation>
        </message>
        <message>
            <source>The same curves as an image, with two pixels for each unit of its size: for slides and messages.</source>
            <translation>같은 곡선을 크기 단위마다 픽셀 두 개인 이미지로 만듭니다. 슬라이드와 메시지에 씁니다.</translation>
        </message>
        <message>
            <source>The same measure as cross-entropy, built from its two halves: a log-softmax of the outputs, then the negative log-likelihood of the right class. The curves agree; it shows what cross-entropy is made of.</source>
            <translation>교차 엔트로피와 같은 값을 두 부분으로 나누어 계산합니다. 출력의 로그 소프트맥스를 구한 뒤 정답 클래스의 음의 로그 우도를 구합니다. 곡선은 일치하며, 교차 엔트로피가 무엇으로 이루어졌는지 보여 줍니다.</translation>
        </message>
        <message>
            <source>The table of all points for pandas, Polars or DuckDB: smaller than CSV, and each number with all its bits.</source>
            <translation>pandas, Polars, DuckDB용 모든 점의 표입니다. CSV보다 작고, 각 숫자의 모든 비트를 담습니다.</translation>
        </message>
        <message>
            <source>The tutorial's network with dropout: in each training batch some hidden units, chosen at random, are switched off (Srivastava and others, 2014). It overfits less in long runs.</source>
            <translation>드롭아웃이 있는 튜토리얼의 신경망입니다. 학습 배치마다 무작위로 고른 은닉 유닛 일부를 끕니다(Srivastava 외, 2014). 긴 실행에서 과적합이 덜합니다.</translation>
        </message>
        <message>
            <source>The tutorial's network: each image becomes a row of numbers (784 for Fashion-MNIST) and passes through two hidden layers of 512 units with ReLU to the outputs, one per class.</source>
            <translation>튜토리얼의 신경망입니다. 각 이미지가 숫자의 행(Fashion-MNIST는 784개)이 되어, ReLU가 있는 유닛 512개의 은닉 계층 두 개를 거쳐 클래스마다 하나인 출력에 이릅니다.</translation>
        </message>
        <message>
            <source>Turns the outputs into probabilities and measures how little of it went to the right class. The tutorial's choice, and the usual one for classification. Guessing evenly among ten classes costs 2.303.</source>
            <translation>출력을 확률로 바꾸고, 정답 클래스에 확률이 얼마나 적게 갔는지 측정합니다. 튜토리얼이 쓰는 손실이며 분류에 흔히 씁니다. 10개 클래스를 고르게 추측하면 손실이 2.303입니다.</translation>
        </message>
        <message>
            <source>Two convolutions with pooling and a hidden layer of 128 units, in the spirit of LeNet-5 (LeCun and others, 1998), for images of 8 × 8 pixels or more. It sees which pixels are neighbours, so it needs far fewer weights than a perceptron and is usually more accurate.</source>
            <translation>풀링이 있는 합성곱 두 개와 유닛 128개의 은닉 계층으로 된 LeNet-5 방식(LeCun 외, 1998)의 신경망으로, 8 × 8 픽셀 이상의 이미지에 씁니다. 어느 픽셀이 이웃인지 보므로 퍼셉트론보다 가중치가 훨씬 적게 필요하고 대개 더 정확합니다.</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>웜업</translation>
        </message>
        <message>
            <source>Weights (safetensors)</source>
            <translation>가중치 (safetensors)</translation>
        </message>
        <message>
            <source>Weights (state dict)</source>
            <translation>가중치 (state dict)</translation>
        </message>
        <message>
            <source>Your own files</source>
            <translation>내 파일</translation>
        </message>
        <message>
            <source>Zalando's 60,000 training and 10,000 test photographs of clothes, 28 × 28 grey, in ten classes: the data of the tutorial. Downloaded once (30 MB) where it is missing.</source>
            <translation>Zalando의 옷 사진으로, 학습용 60,000개와 테스트용 10,000개, 28 × 28 회색조, 10개 클래스입니다. 튜토리얼의 데이터입니다. 없으면 한 번 다운로드합니다(30 MB).</translation>
        </message>
    </context>
    <context>
        <name>ReliabilityDiagram</name>
        <message>
            <source>Confidence of the prediction</source>
            <translation>예측 신뢰도</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>Best</source>
            <translation>최고</translation>
        </message>
        <message>
            <source>CPU capability</source>
            <translation>CPU 명령어 집합</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>클래스</translation>
        </message>
        <message>
            <source>Confused most</source>
            <translation>가장 많이 혼동한 클래스</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>곡선</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Device name</source>
            <translation>장치 이름</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>이전 환경</translation>
        </message>
        <message>
            <source>Environment</source>
            <translation>환경</translation>
        </message>
        <message>
            <source>Epoch</source>
            <translation>에폭</translation>
        </message>
        <message>
            <source>Every test sample is classified correctly.</source>
            <translation>모든 테스트 샘플을 맞게 분류합니다.</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>파일</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>재현율</translation>
        </message>
        <message>
            <source>Hardest of {count:,} classes</source>
            <translation>클래스 {count:,}개 중 가장 어려운 것</translation>
        </message>
        <message>
            <source>Journal</source>
            <translation>변경 기록</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Loss and {metric} of {steps:,} steps</source>
            <translation>{steps:,} 스텝의 손실과 {metric}</translation>
        </message>
        <message>
            <source>Loss {loss}: the run stopped early and went back to step {step:,}</source>
            <translation>손실 {loss}: 실행이 조기 종료되어 {step:,} 스텝으로 돌아감</translation>
        </message>
        <message>
            <source>Loss {loss}: the run went back to step {step:,}</source>
            <translation>손실 {loss}: 실행이 {step:,} 스텝으로 돌아감</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>Nothing was changed during the run.</source>
            <translation>실행 중에 변경한 것이 없습니다.</translation>
        </message>
        <message>
            <source>Own network</source>
            <translation>사용자 정의 신경망</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>플랫폼</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>프로그램</translation>
        </message>
        <message>
            <source>PyTorch</source>
            <translation>PyTorch</translation>
        </message>
        <message>
            <source>Python</source>
            <translation>Python</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>레시피</translation>
        </message>
        <message>
            <source>Root of the mean squared error</source>
            <translation>평균 제곱근 오차(RMSE)</translation>
        </message>
        <message>
            <source>Rows are the true classes, columns the predicted ones; each cell counts test samples.</source>
            <translation>행은 실제 클래스, 열은 예측 클래스입니다. 각 칸은 테스트 샘플의 수입니다.</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>실행</translation>
        </message>
        <message>
            <source>SHA-256 of the data</source>
            <translation>데이터의 SHA-256</translation>
        </message>
        <message>
            <source>SHA-256 of the weights</source>
            <translation>가중치의 SHA-256</translation>
        </message>
        <message>
            <source>SHA-256 of these weights</source>
            <translation>초기 가중치의 SHA-256</translation>
        </message>
        <message>
            <source>Sample</source>
            <translation>샘플</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>샘플</translation>
        </message>
        <message>
            <source>Starts from the weights of</source>
            <translation>초기 가중치 파일</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Taken for</source>
            <translation>잘못 예측한 클래스</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>예측 대상</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>테스트</translation>
        </message>
        <message>
            <source>Test loss</source>
            <translation>테스트 손실</translation>
        </message>
        <message>
            <source>Test samples</source>
            <translation>테스트 샘플</translation>
        </message>
        <message>
            <source>Test {metric}</source>
            <translation>테스트 {metric}</translation>
        </message>
        <message>
            <source>Tests</source>
            <translation>테스트</translation>
        </message>
        <message>
            <source>The best is in bold.</source>
            <translation>가장 좋은 값은 굵게 표시했습니다.</translation>
        </message>
        <message>
            <source>The first {shown} of {count:,} entries.</source>
            <translation>전체 {count:,}개 중 처음 {shown}개입니다.</translation>
        </message>
        <message>
            <source>The run ended before its first test.</source>
            <translation>첫 테스트 전에 실행이 끝났습니다.</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>스레드</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Training samples</source>
            <translation>학습 샘플</translation>
        </message>
        <message>
            <source>Training, each step</source>
            <translation>학습, 매 스텝</translation>
        </message>
        <message>
            <source>Validation</source>
            <translation>검증</translation>
        </message>
        <message>
            <source>Validation loss</source>
            <translation>검증 손실</translation>
        </message>
        <message>
            <source>Validation {metric}</source>
            <translation>검증 {metric}</translation>
        </message>
        <message>
            <source>Values in bold are other than the default.</source>
            <translation>굵은 값은 기본값과 다릅니다.</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>What the network gets wrong</source>
            <translation>신경망이 틀리는 것</translation>
        </message>
        <message>
            <source>When (UTC)</source>
            <translation>시각(UTC)</translation>
        </message>
        <message>
            <source>Who asked</source>
            <translation>요청한 곳</translation>
        </message>
        <message>
            <source>Worst mistakes, of {wrong:,} among {count:,} test samples</source>
            <translation>가장 나쁜 오답 (테스트 샘플 {count:,}개 중 오답 {wrong:,}개)</translation>
        </message>
        <message>
            <source>Worst predictions of {count:,} test samples</source>
            <translation>가장 나쁜 예측 (테스트 샘플 {count:,}개 중)</translation>
        </message>
        <message>
            <source>Written by training-workbench {version}</source>
            <translation>작성: training-workbench {version}</translation>
        </message>
        <message>
            <source>command line</source>
            <translation>명령줄</translation>
        </message>
        <message>
            <source>early stopping</source>
            <translation>조기 종료</translation>
        </message>
        <message>
            <source>guard</source>
            <translation>발산 방지</translation>
        </message>
        <message>
            <source>hint</source>
            <translation>힌트</translation>
        </message>
        <message>
            <source>infinite</source>
            <translation>무한대</translation>
        </message>
        <message>
            <source>learning rate finder</source>
            <translation>학습률 탐색</translation>
        </message>
        <message>
            <source>lesson</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>mean of {count:,} steps</source>
            <translation>{count:,} 스텝 평균</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>알 수 없음</translation>
        </message>
        <message>
            <source>not recorded</source>
            <translation>기록 없음</translation>
        </message>
        <message>
            <source>redo</source>
            <translation>다시 실행</translation>
        </message>
        <message>
            <source>undo</source>
            <translation>실행 취소</translation>
        </message>
        <message>
            <source>what-if</source>
            <translation>가정 실험</translation>
        </message>
        <message>
            <source>window</source>
            <translation>창</translation>
        </message>
        <message>
            <source>{model} on {data}, seed {seed}</source>
            <translation>모델: {model}, 데이터: {data}, 시드: {seed}</translation>
        </message>
        <message>
            <source>{name}: {value} was refused. {reason}</source>
            <translation>{name}: {value} (거부됨). {reason}</translation>
        </message>
        <message>
            <source>{name}: {value}, predicted {predicted}</source>
            <translation>{name}: {value}, 예측값 {predicted}</translation>
        </message>
        <message>
            <source>{network} of {file}</source>
            <translation>{network} ({file})</translation>
        </message>
        <message>
            <source>{shown:,} of {count:,} tests; the best is in bold.</source>
            <translation>테스트 {count:,}개 중 {shown:,}개입니다. 가장 좋은 값은 굵게 표시했습니다.</translation>
        </message>
        <message>
            <source>{true}, predicted as {predicted} ({share:.0f} %)</source>
            <translation>{true} → {predicted} 오분류 ({share:.0f} %)</translation>
        </message>
        <message>
            <source>{value} in epoch {epoch:,}</source>
            <translation>{value} ({epoch:,} 에폭)</translation>
        </message>
        <message>
            <source>{words}; a branch of run {parent} from step {step:,}</source>
            <translation>{words}; 실행 {parent}의 {step:,} 스텝에서 분기</translation>
        </message>
    </context>
    <context>
        <name>ResidualsPanel</name>
        <message>
            <source>Each point is a test sample. On the dashed line, the prediction is exact; above it too much is predicted, below it too little.</source>
            <translation>각 점은 테스트 샘플입니다. 점선에 놓인 점은 정확한 예측이고, 점선보다 위면 너무 크게, 아래면 너무 작게 예측한 것입니다.</translation>
        </message>
        <message>
            <source>Histogram of the residuals</source>
            <translation>잔차 히스토그램</translation>
        </message>
        <message>
            <source>How far the predicted numbers are off appears here after the first epoch.</source>
            <translation>예측한 수치가 얼마나 벗어났는지가 첫 에폭 후 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>How many samples have which residual. A peak beside 0: predictions lean to one side.</source>
            <translation>잔차별 샘플 수입니다. 봉우리가 0에서 벗어나 있으면 예측이 한쪽으로 치우친 것입니다.</translation>
        </message>
        <message>
            <source>Number that is predicted</source>
            <translation>예측하는 수치</translation>
        </message>
        <message>
            <source>Point at a sample for its numbers; click to choose it.</source>
            <translation>샘플 위에 포인터를 두면 수치가 표시되고, 클릭하면 선택됩니다.</translation>
        </message>
        <message>
            <source>Predicted</source>
            <translation>예측값</translation>
        </message>
        <message>
            <source>Predicted against true numbers</source>
            <translation>예측값과 실제값</translation>
        </message>
        <message>
            <source>Residual</source>
            <translation>잔차</translation>
        </message>
        <message>
            <source>Residual (true − predicted)</source>
            <translation>잔차 (실제값 − 예측값)</translation>
        </message>
        <message>
            <source>Residuals are differences of numbers; this network predicts classes. See Confusion instead.</source>
            <translation>잔차는 수치의 차이입니다. 이 신경망은 클래스를 예측하므로 ‘혼동 행렬’에서 확인하세요.</translation>
        </message>
        <message>
            <source>Residuals over predicted numbers</source>
            <translation>예측값에 따른 잔차</translation>
        </message>
        <message>
            <source>Sample {index}: true {true}, predicted {predicted}, residual {residual}</source>
            <translation>샘플 {index}: 실제값 {true}, 예측값 {predicted}, 잔차 {residual}</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>샘플</translation>
        </message>
        <message>
            <source>The residual is the true number minus the predicted one. Rule of thumb of regression: without a pattern, the points lie evenly around 0; a bend or a funnel is something that the network has not learned.</source>
            <translation>잔차는 실제값에서 예측값을 뺀 것입니다. 회귀의 경험칙: 패턴이 없으면 점이 0 주위에 고르게 놓입니다. 휘거나 깔때기 모양이면 신경망이 학습하지 못한 것이 있습니다.</translation>
        </message>
        <message>
            <source>The test set has no sample.</source>
            <translation>테스트 세트에 샘플이 없습니다.</translation>
        </message>
        <message>
            <source>True {name}</source>
            <translation>{name} 실제값</translation>
        </message>
        <message>
            <source>Which of the predicted numbers is shown.</source>
            <translation>예측하는 수치 중 표시할 것입니다.</translation>
        </message>
        <message>
            <source>{name}: a prediction is off by {error} on average (mean absolute error). {r2}: always predicting the mean would be better.</source>
            <translation>{name}: 예측이 평균 {error}만큼 벗어납니다(평균 절대 오차). {r2}: 늘 평균을 예측하는 편이 더 낫습니다.</translation>
        </message>
        <message>
            <source>{name}: a prediction is off by {error} on average (mean absolute error). {r2}: {share} of the variance is explained.</source>
            <translation>{name}: 예측이 평균 {error}만큼 벗어납니다(평균 절대 오차). {r2}: 분산의 {share}만큼 설명합니다.</translation>
        </message>
        <message>
            <source>{name}: {unknown} predictions are no finite numbers; they are left out of the charts.</source>
            <translation>{name}: 예측 {unknown}개는 유한한 수가 아니므로 차트에서 제외됩니다.</translation>
        </message>
        <message>
            <source>{sentence} All {count} numbers: mean absolute error {error}, {r2}.</source>
            <translation>{sentence} 수치 {count}개 전체: 평균 절대 오차 {error}, {r2}.</translation>
        </message>
    </context>
    <context>
        <name>RunActions</name>
        <message>
            <source>A run is active: stop it, then choose the settings of the next one.</source>
            <translation>진행 중인 실행이 있습니다. 중지한 뒤 다음 실행의 설정을 선택하세요.</translation>
        </message>
        <message>
            <source>Deletion of {what}</source>
            <translation>{what} 삭제</translation>
        </message>
        <message>
            <source>Keep training</source>
            <translation>학습 계속</translation>
        </message>
        <message>
            <source>Settings of {run}</source>
            <translation>{run}의 설정</translation>
        </message>
        <message>
            <source>Stop it and open</source>
            <translation>중지하고 열기</translation>
        </message>
        <message>
            <source>The data set of {run} is no longer part of the program, so {dataset} is set instead.</source>
            <translation>{run}의 데이터셋은 더 이상 프로그램에 없어 {dataset} 데이터셋을 대신 설정했습니다.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>실행 취소</translation>
        </message>
        <message>
            <source>{count} runs</source>
            <translation>실행 {count}개</translation>
        </message>
        <message>
            <source>{running} is training. Opening {wanted} stops it; it is kept, and can be continued.</source>
            <translation>{running} 학습 중입니다. {wanted} 열기를 선택하면 학습이 중지됩니다. 실행은 저장되며 이어서 학습할 수 있습니다.</translation>
        </message>
        <message>
            <source>{run} is active: stop it before you delete it.</source>
            <translation>{run}: 아직 진행 중입니다. 중지한 뒤 삭제하세요.</translation>
        </message>
        <message>
            <source>{run} was trained on the device {device}, which this machine does not have: the next run trains on {instead}.</source>
            <translation>{run} 학습에 쓴 {device} 장치가 이 컴퓨터에 없습니다. 다음 실행은 {instead} 장치에서 학습합니다.</translation>
        </message>
        <message>
            <source>{what} was deleted.</source>
            <translation>삭제했습니다: {what}.</translation>
        </message>
        <message>
            <source>{what} were deleted.</source>
            <translation>삭제했습니다: {what}.</translation>
        </message>
    </context>
    <context>
        <name>RunController</name>
        <message>
            <source>Discarding the run…</source>
            <translation>실행을 버리는 중…</translation>
        </message>
        <message>
            <source>Loading the data…</source>
            <translation>데이터를 불러오는 중…</translation>
        </message>
        <message>
            <source>Opening the run…</source>
            <translation>실행을 여는 중…</translation>
        </message>
        <message>
            <source>Opening {name}…</source>
            <translation>{name} 여는 중…</translation>
        </message>
        <message>
            <source>Pausing after the current batch…</source>
            <translation>현재 배치 후 일시 정지하는 중…</translation>
        </message>
        <message>
            <source>Stopping after the current batch…</source>
            <translation>현재 배치 후 중지하는 중…</translation>
        </message>
    </context>
    <context>
        <name>RunLibrary</name>
        <message>
            <source>The run</source>
            <translation>실행</translation>
        </message>
    </context>
    <context>
        <name>RunModel</name>
        <message>
            <source>Going to step {step}…</source>
            <translation>{step} 스텝으로 이동하는 중…</translation>
        </message>
    </context>
    <context>
        <name>RunPrompts</name>
        <message>
            <source> MiB</source>
            <translation> MiB</translation>
        </message>
        <message>
            <source>Add epochs</source>
            <translation>에폭 추가</translation>
        </message>
        <message>
            <source>Go to a step from 0 to {last}. Weights, optimizer and random state will be the same as they were then.</source>
            <translation>0부터 {last}까지의 스텝으로 이동합니다. 가중치, 옵티마이저, 난수 상태가 그때와 같아집니다.</translation>
        </message>
        <message>
            <source>Go to step</source>
            <translation>스텝으로 이동</translation>
        </message>
        <message>
            <source>Going back to a step starts from the nearest snapshot before it. More memory keeps more of them, and going back is quicker. A snapshot of the tutorial's network takes 2.6 MiB, with Adam three times as much.</source>
            <translation>스텝으로 돌아갈 때는 그 앞의 가장 가까운 스냅샷에서 시작합니다. 메모리가 많으면 스냅샷을 더 많이 보관하여 더 빨리 돌아갑니다. 튜토리얼 신경망의 스냅샷은 2.6 MiB, Adam에서는 그 세 배입니다.</translation>
        </message>
        <message>
            <source>Memory for snapshots</source>
            <translation>스냅샷 메모리</translation>
        </message>
        <message>
            <source>Number of batches to train before the run pauses:</source>
            <translation>일시 정지하기 전에 학습할 배치 수:</translation>
        </message>
        <message>
            <source>Number of epochs to add:</source>
            <translation>추가할 에폭 수:</translation>
        </message>
        <message>
            <source>Run steps</source>
            <translation>여러 스텝 진행</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>설정</translation>
        </message>
    </context>
    <context>
        <name>RunValuesModel</name>
        <message>
            <source>Accuracy</source>
            <translation>정확도</translation>
        </message>
        <message>
            <source>Accuracy of the last test up to this step.</source>
            <translation>이 스텝까지의 마지막 테스트의 정확도입니다.</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>오차</translation>
        </message>
        <message>
            <source>It has no later step than {step}: these are its last values.</source>
            <translation>{step} 스텝 뒤의 스텝이 없어 마지막 값을 표시합니다.</translation>
        </message>
        <message>
            <source>Its schedule depends on data that are not loaded: open the run to see the rate.</source>
            <translation>이 실행의 스케줄은 불러오지 않은 데이터에 따라 달라집니다. 학습률을 보려면 실행을 여세요.</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Loss of the batch: {loss}; smoothed: {smoothed}.</source>
            <translation>배치의 손실: {loss}, 평활: {smoothed}.</translation>
        </message>
        <message>
            <source>Loss of the last test up to this step.</source>
            <translation>이 스텝까지의 마지막 테스트의 손실입니다.</translation>
        </message>
        <message>
            <source>Mean absolute error of the last test up to this step.</source>
            <translation>이 스텝까지의 마지막 테스트의 평균 절대 오차입니다.</translation>
        </message>
        <message>
            <source>Mean absolute error, running within the epoch.</source>
            <translation>에폭 안에서 누적한 평균 절대 오차입니다.</translation>
        </message>
        <message>
            <source>No test has been taken by this step.</source>
            <translation>이 스텝까지는 아직 테스트가 없습니다.</translation>
        </message>
        <message>
            <source>Of the test after epoch {epoch}.</source>
            <translation>{epoch} 에폭 후의 테스트 결과입니다.</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>실행</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Step {step}, in epoch {epoch}.</source>
            <translation>{step} 스텝, {epoch} 에폭.</translation>
        </message>
        <message>
            <source>Test accuracy</source>
            <translation>테스트 정확도</translation>
        </message>
        <message>
            <source>Test error</source>
            <translation>테스트 오차</translation>
        </message>
        <message>
            <source>Test loss</source>
            <translation>테스트 손실</translation>
        </message>
        <message>
            <source>The learning rate that the step used.</source>
            <translation>이 스텝이 사용한 학습률입니다.</translation>
        </message>
        <message>
            <source>The runs in the plots, each with its line there; the current one in bold.</source>
            <translation>그래프의 실행과 그 선입니다. 현재 실행은 굵게 표시됩니다.</translation>
        </message>
        <message>
            <source>The step whose values these are: the one pointed at, or the last of a shorter run.</source>
            <translation>값을 읽은 스텝입니다: 가리킨 스텝, 더 짧은 실행에서는 마지막 스텝.</translation>
        </message>
        <message>
            <source>This is the current run.</source>
            <translation>현재 실행입니다.</translation>
        </message>
        <message>
            <source>Training accuracy, running within the epoch.</source>
            <translation>에폭 안에서 누적한 학습 정확도입니다.</translation>
        </message>
        <message>
            <source>Training loss, smoothed as the line in the plot.</source>
            <translation>그래프의 선처럼 평활한 학습 손실입니다.</translation>
        </message>
    </context>
    <context>
        <name>RunValuesPanel</name>
        <message>
            <source>Newest step</source>
            <translation>최신 스텝</translation>
        </message>
        <message>
            <source>Newest step: {step}</source>
            <translation>최신 스텝: {step}</translation>
        </message>
        <message>
            <source>Press Train or open a run: the values of each run at the step you point at appear here.</source>
            <translation>‘학습’을 누르거나 실행을 여세요. 가리킨 스텝에서 각 실행의 값이 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>Show the values at the newest step of the run, and follow it.</source>
            <translation>실행의 최신 스텝의 값을 표시하고 계속 따라갑니다.</translation>
        </message>
        <message>
            <source>Step {step}</source>
            <translation>스텝 {step}</translation>
        </message>
        <message>
            <source>Values of the runs at a step</source>
            <translation>한 스텝에서 각 실행의 값</translation>
        </message>
        <message>
            <source>{step}. Left and Right in the curves go to another step.</source>
            <translation>{step}. 곡선에서 왼쪽, 오른쪽 화살표 키로 다른 스텝으로 갑니다.</translation>
        </message>
    </context>
    <context>
        <name>Runs</name>
        <message>
            <source>1 change</source>
            <translation>변경 1개</translation>
        </message>
        <message>
            <source>Cannot be read</source>
            <translation>읽을 수 없음</translation>
        </message>
        <message>
            <source>Diverged</source>
            <translation>발산</translation>
        </message>
        <message>
            <source>Ended by an error; it can be opened at its last snapshot.</source>
            <translation>오류로 끝났습니다. 마지막 스냅샷에서 열 수 있습니다.</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>실패</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>In training, in this window or another one.</source>
            <translation>이 창이나 다른 창에서 학습 중입니다.</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>중단됨</translation>
        </message>
        <message>
            <source>Its loss became infinite or NaN; it can be opened at its last snapshot.</source>
            <translation>손실이 무한대 또는 NaN이 되었습니다. 마지막 스냅샷에서 열 수 있습니다.</translation>
        </message>
        <message>
            <source>Run {number}</source>
            <translation>실행 {number}</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>학습 중</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>중지됨</translation>
        </message>
        <message>
            <source>Stopped by the user; it can be opened and continued.</source>
            <translation>사용자가 중지했습니다. 열어서 이어서 학습할 수 있습니다.</translation>
        </message>
        <message>
            <source>The program ended while training it; it can be opened and continued from its last snapshot.</source>
            <translation>학습 중에 프로그램이 끝났습니다. 마지막 스냅샷에서 열어 이어서 학습할 수 있습니다.</translation>
        </message>
        <message>
            <source>This version of the program cannot read it; it can be renamed, annotated and deleted.</source>
            <translation>이 버전의 프로그램은 읽을 수 없습니다. 이름 변경, 메모, 삭제는 할 수 있습니다.</translation>
        </message>
        <message>
            <source>Trained to its planned end; more epochs can be added.</source>
            <translation>계획한 끝까지 학습했습니다. 에폭을 추가할 수 있습니다.</translation>
        </message>
        <message>
            <source>a deleted run</source>
            <translation>삭제된 실행</translation>
        </message>
        <message>
            <source>as in the tutorial</source>
            <translation>튜토리얼과 같음</translation>
        </message>
        <message>
            <source>batch</source>
            <translation>배치</translation>
        </message>
        <message>
            <source>bfloat16</source>
            <translation>bfloat16</translation>
        </message>
        <message>
            <source>compiled</source>
            <translation>컴파일</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>M월 d일</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>yyyy년 M월 d일</translation>
        </message>
        <message>
            <source>decay</source>
            <translation>감쇠</translation>
        </message>
        <message>
            <source>epochs</source>
            <translation>에폭</translation>
        </message>
        <message>
            <source>from step {step}</source>
            <translation>{step} 스텝부터</translation>
        </message>
        <message>
            <source>from {file}</source>
            <translation>{file} 가중치</translation>
        </message>
        <message>
            <source>fused</source>
            <translation>융합</translation>
        </message>
        <message>
            <source>initial weights from the seed</source>
            <translation>시드의 초기 가중치</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>방금</translation>
        </message>
        <message>
            <source>momentum</source>
            <translation>모멘텀</translation>
        </message>
        <message>
            <source>rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>shuffled</source>
            <translation>섞기</translation>
        </message>
        <message>
            <source>threads</source>
            <translation>스레드</translation>
        </message>
        <message>
            <source>yesterday {time}</source>
            <translation>어제 {time}</translation>
        </message>
        <message>
            <source>{count} changes</source>
            <translation>변경 {count}개</translation>
        </message>
        <message>
            <source>{count} h ago</source>
            <translation>{count}시간 전</translation>
        </message>
        <message>
            <source>{count} min ago</source>
            <translation>{count}분 전</translation>
        </message>
        <message>
            <source>{day} {time}</source>
            <translation>{day} {time}</translation>
        </message>
        <message>
            <source>{name} {old} → {new}</source>
            <translation>{name} {old} → {new}</translation>
        </message>
        <message>
            <source>{name} {value}</source>
            <translation>{name} {value}</translation>
        </message>
        <message>
            <source>{run} @ {step}</source>
            <translation>{run} @ {step}</translation>
        </message>
    </context>
    <context>
        <name>RunsDelegate</name>
        <message>
            <source>Name of the run</source>
            <translation>실행의 이름</translation>
        </message>
        <message>
            <source>Note on the run</source>
            <translation>실행에 대한 메모</translation>
        </message>
        <message>
            <source>as in the tutorial</source>
            <translation>튜토리얼과 같음</translation>
        </message>
    </context>
    <context>
        <name>RunsModel</name>
        <message>
            <source>Accuracy</source>
            <translation>정확도</translation>
        </message>
        <message>
            <source>Best</source>
            <translation>최고</translation>
        </message>
        <message>
            <source>Click to remove the star.</source>
            <translation>클릭하면 별표를 없앱니다.</translation>
        </message>
        <message>
            <source>Click to star it.</source>
            <translation>클릭하면 별표를 붙입니다.</translation>
        </message>
        <message>
            <source>Different from the current run: {settings}</source>
            <translation>현재 실행과 다름: {settings}</translation>
        </message>
        <message>
            <source>How the run ended.</source>
            <translation>실행이 어떻게 끝났는지입니다.</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Not starred</source>
            <translation>별표 없음</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>Optimizer updates done.</source>
            <translation>수행한 옵티마이저 업데이트 수입니다.</translation>
        </message>
        <message>
            <source>Parent</source>
            <translation>부모 실행</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>실행</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Settings that differ from the tutorial; in colour, those that differ from the current run.</source>
            <translation>튜토리얼과 다른 설정입니다. 현재 실행과 다른 것은 색으로 표시됩니다.</translation>
        </message>
        <message>
            <source>Starred</source>
            <translation>별표</translation>
        </message>
        <message>
            <source>Starred runs.</source>
            <translation>별표를 붙인 실행입니다.</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Test accuracy after the last epoch; of a regression, the mean absolute error (MAE).</source>
            <translation>마지막 에폭 후의 테스트 정확도입니다. 회귀에서는 평균 절대 오차(MAE)입니다.</translation>
        </message>
        <message>
            <source>The best of all epochs: the highest accuracy, or the smallest mean absolute error (MAE).</source>
            <translation>모든 에폭 중 가장 좋은 결과입니다: 가장 높은 정확도 또는 가장 작은 평균 절대 오차(MAE).</translation>
        </message>
        <message>
            <source>The last test loss; before the first test, the last training loss.</source>
            <translation>마지막 테스트 손실입니다. 첫 테스트 전에는 마지막 학습 손실입니다.</translation>
        </message>
        <message>
            <source>The run it branched off, and the step at which.</source>
            <translation>분기해 나온 실행과 그 스텝입니다.</translation>
        </message>
        <message>
            <source>The run's name, or its number in the order in which runs began.</source>
            <translation>실행의 이름, 또는 시작한 순서에 따른 번호입니다.</translation>
        </message>
        <message>
            <source>The settings of the tutorial.</source>
            <translation>튜토리얼의 설정입니다.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>소요 시간</translation>
        </message>
        <message>
            <source>Time spent training and testing.</source>
            <translation>학습과 테스트에 쓴 시간입니다.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>When the run began.</source>
            <translation>실행을 시작한 시각입니다.</translation>
        </message>
        <message>
            <source>Your own words.</source>
            <translation>직접 쓴 메모입니다.</translation>
        </message>
    </context>
    <context>
        <name>RunsPanel</name>
        <message>
            <source>1 run</source>
            <translation>실행 1개</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>Delete the selected runs; this can be undone.</source>
            <translation>선택한 실행을 삭제합니다. 실행 취소할 수 있습니다.</translation>
        </message>
        <message>
            <source>Draw the selected runs over the plots.</source>
            <translation>선택한 실행을 그래프에 겹쳐 그립니다.</translation>
        </message>
        <message>
            <source>Every run is kept here, with its settings, curves and weights. Press Train to begin the first.</source>
            <translation>모든 실행이 설정, 곡선, 가중치와 함께 여기에 저장됩니다. ‘학습’을 누르면 첫 실행을 시작합니다.</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>내보내기…</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>필터</translation>
        </message>
        <message>
            <source>Filter by name, settings, note or state</source>
            <translation>이름, 설정, 메모, 상태로 필터링</translation>
        </message>
        <message>
            <source>Give the run a name of its own.</source>
            <translation>실행에 이름을 붙입니다.</translation>
        </message>
        <message>
            <source>New run with these settings</source>
            <translation>이 설정으로 새 실행</translation>
        </message>
        <message>
            <source>None of {count} runs has a star and all these words: use fewer, or show all runs again.</source>
            <translation>실행 {count}개 중 별표가 있고 이 단어를 모두 포함하는 것이 없습니다. 단어를 줄이거나 모든 실행을 다시 표시하세요.</translation>
        </message>
        <message>
            <source>None of {count} runs has a star: click the one before its name to give it one.</source>
            <translation>실행 {count}개 중 별표가 있는 것이 없습니다. 이름 앞의 별을 클릭하면 별표가 붙습니다.</translation>
        </message>
        <message>
            <source>None of {count} runs has all these words: use fewer.</source>
            <translation>실행 {count}개 중 이 단어를 모두 포함하는 것이 없습니다. 단어를 줄이세요.</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
        <message>
            <source>Open the run, with its curves and settings.</source>
            <translation>실행을 곡선, 설정과 함께 엽니다.</translation>
        </message>
        <message>
            <source>Overlay</source>
            <translation>겹쳐 보기</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>이름 바꾸기</translation>
        </message>
        <message>
            <source>Set the controls as they were when this run began.</source>
            <translation>컨트롤을 이 실행이 시작될 때의 값으로 설정합니다.</translation>
        </message>
        <message>
            <source>Show starred runs only.</source>
            <translation>별표를 붙인 실행만 표시합니다.</translation>
        </message>
        <message>
            <source>Shows runs in which every word occurs, such as: adam finished.</source>
            <translation>모든 단어를 포함하는 실행을 표시합니다. 예: adam 완료.</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>별표</translation>
        </message>
        <message>
            <source>Star the selected runs; if all have a star, remove the stars.</source>
            <translation>선택한 실행에 별표를 붙입니다. 모두 별표가 있으면 별표를 없앱니다.</translation>
        </message>
        <message>
            <source>Starred</source>
            <translation>별표</translation>
        </message>
        <message>
            <source>Write a note on the run.</source>
            <translation>실행에 대한 메모를 씁니다.</translation>
        </message>
        <message>
            <source>Write the selected runs in other forms.</source>
            <translation>선택한 실행을 다른 형식으로 씁니다.</translation>
        </message>
        <message>
            <source>{count} runs</source>
            <translation>실행 {count}개</translation>
        </message>
        <message>
            <source>{shown} of {count}</source>
            <translation>{count}개 중 {shown}개</translation>
        </message>
    </context>
    <context>
        <name>RunsTable</name>
        <message>
            <source>Runs</source>
            <translation>실행 목록</translation>
        </message>
    </context>
    <context>
        <name>SaliencyView</name>
        <message>
            <source>The sample</source>
            <translation>샘플</translation>
        </message>
    </context>
    <context>
        <name>SampleDetail</name>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Gradient: where a small change changes the score most (Simonyan and others, 2014).</source>
            <translation>변화도: 작은 변화가 점수를 가장 크게 바꾸는 곳(Simonyan 외, 2014).</translation>
        </message>
        <message>
            <source>How to measure which parts of the sample matter for the prediction:</source>
            <translation>샘플의 어느 부분이 예측에 중요한지 측정하는 방법:</translation>
        </message>
        <message>
            <source>Next sample</source>
            <translation>다음 샘플</translation>
        </message>
        <message>
            <source>No saliency</source>
            <translation>현저성 없음</translation>
        </message>
        <message>
            <source>None of them proves what the network looks at; where they agree, the hint is stronger.</source>
            <translation>어느 것도 신경망이 무엇을 보는지 증명하지 않습니다. 서로 일치하는 곳은 더 강한 단서입니다.</translation>
        </message>
        <message>
            <source>Occlusion: how far the score falls where a part is covered (Zeiler and Fergus, 2014).</source>
            <translation>가림: 한 부분을 가렸을 때 점수가 내려가는 정도(Zeiler와 Fergus, 2014).</translation>
        </message>
        <message>
            <source>Prediction over the steps</source>
            <translation>스텝에 따른 예측</translation>
        </message>
        <message>
            <source>Previous sample</source>
            <translation>이전 샘플</translation>
        </message>
        <message>
            <source>Probabilities over the steps</source>
            <translation>스텝에 따른 확률</translation>
        </message>
        <message>
            <source>Saliency: SmoothGrad</source>
            <translation>현저성: SmoothGrad</translation>
        </message>
        <message>
            <source>Saliency: gradient</source>
            <translation>현저성: 변화도</translation>
        </message>
        <message>
            <source>Saliency: occlusion</source>
            <translation>현저성: 가림</translation>
        </message>
        <message>
            <source>SmoothGrad: its mean over 50 noisy copies, which is less grainy (Smilkov and others, 2017).</source>
            <translation>SmoothGrad: 노이즈를 더한 복사본 50개의 평균으로, 덜 거칩니다(Smilkov 외, 2017).</translation>
        </message>
        <message>
            <source>What matters in the sample</source>
            <translation>샘플에서 중요한 부분</translation>
        </message>
    </context>
    <context>
        <name>SampleGlance</name>
        <message>
            <source>Show in the gallery</source>
            <translation>갤러리에서 보기</translation>
        </message>
        <message>
            <source>There the sample is larger, with its probabilities over the epochs.</source>
            <translation>갤러리에서는 샘플을 더 크게, 에폭에 따른 확률과 함께 볼 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>SampleMapPanel</name>
        <message>
            <source>A map of all test samples, on which those that look alike to the network are near each other, appears here when a run is under way: press Train.</source>
            <translation>실행이 진행 중이면 모든 테스트 샘플의 맵이 여기에 표시되며, 신경망에 비슷해 보이는 샘플끼리 가까이 놓입니다. ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>Component {number} ({share})</source>
            <translation>주성분 {number} ({share})</translation>
        </message>
        <message>
            <source>Inputs</source>
            <translation>입력</translation>
        </message>
        <message>
            <source>Last hidden layer</source>
            <translation>마지막 은닉 계층</translation>
        </message>
        <message>
            <source>Layer whose outputs are mapped</source>
            <translation>출력을 맵으로 그릴 계층</translation>
        </message>
        <message>
            <source>Map of the test set</source>
            <translation>테스트 세트의 맵</translation>
        </message>
        <message>
            <source>after epoch {epoch}</source>
            <translation>{epoch} 에폭 후</translation>
        </message>
        <message>
            <source>at step {step}</source>
            <translation>{step} 스텝</translation>
        </message>
        <message>
            <source>network</source>
            <translation>신경망</translation>
        </message>
        <message>
            <source>{count} of {total} test samples, coloured by {target}; near ones look alike to the network. The axes (PCA, {when}) show {share} of the variance.</source>
            <translation>테스트 샘플 {total}개 중 {count}개, 색은 {target} 값입니다. 가까운 샘플은 신경망에 비슷해 보입니다. 축은 PCA({when}) 결과이며 분산의 {share}만큼 나타냅니다.</translation>
        </message>
        <message>
            <source>{count} of {total} test samples: near ones look alike to the network, the {wrong} wrong ones have a ring. The axes (PCA, {when}) show {share} of the variance.</source>
            <translation>테스트 샘플 {total}개 중 {count}개입니다. 가까운 샘플은 신경망에 비슷해 보이며, 오답 {wrong}개에는 고리가 있습니다. 축은 PCA({when}) 결과이며 분산의 {share}만큼 나타냅니다.</translation>
        </message>
        <message>
            <source>{name} ({kind})</source>
            <translation>{name} ({kind})</translation>
        </message>
    </context>
    <context>
        <name>SampleTable</name>
        <message>
            <source>First rows of the data</source>
            <translation>데이터의 처음 몇 행</translation>
        </message>
    </context>
    <context>
        <name>Samples</name>
        <message>
            <source>Test sample {number}</source>
            <translation>테스트 샘플 {number}</translation>
        </message>
        <message>
            <source>predicted as {name} with {confidence}</source>
            <translation>{name} 클래스로 오분류, 신뢰도 {confidence}</translation>
        </message>
        <message>
            <source>{name}, found with {confidence}</source>
            <translation>{name} 맞힘, 신뢰도 {confidence}</translation>
        </message>
        <message>
            <source>{name}: {value}</source>
            <translation>{name}: {value}</translation>
        </message>
        <message>
            <source>{target}: {value}, predicted {predicted}</source>
            <translation>{target}: {value}, 예측값 {predicted}</translation>
        </message>
    </context>
    <context>
        <name>ScatterView</name>
        <message>
            <source>Scatter plot of {y} over {x}</source>
            <translation>{x}에 따른 {y} 산점도</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>외 {count}개</translation>
        </message>
    </context>
    <context>
        <name>SchedulePreview</name>
        <message>
            <source>The learning rate over the planned epochs, with the present settings and without changes.</source>
            <translation>현재 설정을 바꾸지 않을 때 예정 에폭 동안의 학습률입니다.</translation>
        </message>
        <message>
            <source>{rates} in 1 epoch</source>
            <translation>1에폭 동안 {rates}</translation>
        </message>
        <message>
            <source>{rates} in {count} epochs</source>
            <translation>{count}에폭 동안 {rates}</translation>
        </message>
        <message>
            <source>{rate}, lowered when the loss stops falling</source>
            <translation>{rate}, 손실이 더 내려가지 않으면 낮춤</translation>
        </message>
    </context>
    <context>
        <name>SeedControl</name>
        <message>
            <source>Pick a random number.</source>
            <translation>무작위 수를 고릅니다.</translation>
        </message>
        <message>
            <source>Random</source>
            <translation>무작위</translation>
        </message>
        <message>
            <source>{label}: pick a random number</source>
            <translation>{label}: 무작위 수 고르기</translation>
        </message>
    </context>
    <context>
        <name>SettingsPanel</name>
        <message>
            <source>Augmentation</source>
            <translation>증강</translation>
        </message>
        <message>
            <source>More about the run</source>
            <translation>실행에 대한 추가 정보</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Speed (results may differ)</source>
            <translation>속도 (결과가 달라질 수 있음)</translation>
        </message>
        <message>
            <source>These data bring {count} samples for validation of their own, so none are held out.</source>
            <translation>이 데이터에는 검증용 샘플 {count}개가 따로 있어 더 떼어 두지 않습니다.</translation>
        </message>
        <message>
            <source>Validation</source>
            <translation>검증</translation>
        </message>
        <message>
            <source>What is trained</source>
            <translation>학습 대상</translation>
        </message>
        <message>
            <source>Your own data: {path}</source>
            <translation>내 데이터: {path}</translation>
        </message>
        <message>
            <source>{choice} settings</source>
            <translation>{choice} 설정</translation>
        </message>
        <message>
            <source>{dataset} · {network}</source>
            <translation>{dataset} · {network}</translation>
        </message>
        <message>
            <source>{layers} · {count} parameters</source>
            <translation>{layers} · 매개변수 {count}개</translation>
        </message>
        <message>
            <source>{name} ({file})</source>
            <translation>{name} ({file})</translation>
        </message>
        <message>
            <source>{optimizer} · {loss} · {schedule}</source>
            <translation>{optimizer} · {loss} · {schedule}</translation>
        </message>
    </context>
    <context>
        <name>ShortcutList</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>키보드 단축키</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>키</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>검색</translation>
        </message>
        <message>
            <source>Search for what you want to do, or for a key</source>
            <translation>하고 싶은 일이나 키 검색</translation>
        </message>
        <message>
            <source>What it does</source>
            <translation>하는 일</translation>
        </message>
    </context>
    <context>
        <name>SliderControl</name>
        <message>
            <source>{label}, slider</source>
            <translation>{label}, 슬라이더</translation>
        </message>
    </context>
    <context>
        <name>SmoothingControl</name>
        <message>
            <source>Smoothing</source>
            <translation>평활</translation>
        </message>
        <message>
            <source>Weight of the past in the smoothed training loss: 0 follows every batch, 0.9 averages about ten, 0.99 about a hundred.</source>
            <translation>평활한 학습 손실에서 과거의 비중입니다. 0은 모든 배치를 그대로 따르고, 0.9는 약 10개, 0.99는 약 100개를 평균합니다.</translation>
        </message>
    </context>
    <context>
        <name>SpikePanel</name>
        <message>
            <source>Click a point of the loss curve, or choose a step here.</source>
            <translation>손실 곡선의 점을 클릭하거나 여기서 스텝을 선택하세요.</translation>
        </message>
        <message>
            <source>Replaying step {step}…</source>
            <translation>{step} 스텝을 재현하는 중…</translation>
        </message>
        <message>
            <source>The batch behind a point of the loss curve appears here, sample by sample: start a run, then click the curve.</source>
            <translation>손실 곡선의 점에 해당하는 배치가 여기에 샘플별로 표시됩니다. 실행을 시작한 뒤 곡선을 클릭하세요.</translation>
        </message>
    </context>
    <context>
        <name>StateDisplay</name>
        <message>
            <source>Loading the data…</source>
            <translation>데이터를 불러오는 중…</translation>
        </message>
        <message>
            <source>Not working</source>
            <translation>작동하지 않음</translation>
        </message>
    </context>
    <context>
        <name>StatusPanel</name>
        <message>
            <source> · batch {batch}</source>
            <translation> · 배치 {batch}</translation>
        </message>
        <message>
            <source>A step takes {factor} times as long as it took while the machine was quiet, because other programs need the processor.</source>
            <translation>다른 프로그램이 프로세서를 쓰고 있어 한 스텝에 조용할 때의 {factor}배가 걸립니다.</translation>
        </message>
        <message>
            <source>Another program keeps the processor busy, so threads that wait for each other sleep: that is faster now. The results are the same, bit for bit.</source>
            <translation>다른 프로그램이 프로세서를 많이 쓰고 있어 서로 기다리는 스레드가 잠듭니다. 지금은 이 편이 더 빠릅니다. 결과는 비트 단위까지 같습니다.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Close other programs: the results stay the same, bit for bit. Fewer threads might help, too, but they round sums in another order, so that the last bits of the next run would differ.</source>
            <translation>다른 프로그램을 닫으세요. 결과는 비트 단위로 같습니다. 스레드를 줄여도 도움이 될 수 있지만, 합을 반올림하는 순서가 달라져 다음 실행의 마지막 비트가 달라집니다.</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Epoch {epoch} of {epochs}</source>
            <translation>에폭 {epoch} / {epochs}</translation>
        </message>
        <message>
            <source>Last test</source>
            <translation>마지막 테스트</translation>
        </message>
        <message>
            <source>Other programs slow the run: {factor}×</source>
            <translation>다른 프로그램 때문에 느려짐: {factor}배</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>진행률</translation>
        </message>
        <message>
            <source>Slowed down</source>
            <translation>느려짐</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>속도</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Stop loading the data; files that are complete are kept.</source>
            <translation>데이터 불러오기를 중지합니다. 완전한 파일은 남습니다.</translation>
        </message>
        <message>
            <source>Testing epoch {epoch} of {epochs}</source>
            <translation>에폭 {epoch} / {epochs} 테스트 중</translation>
        </message>
        <message>
            <source>The run asks for {factor} times as much processor time as it gets, because other programs need the processor.</source>
            <translation>다른 프로그램이 프로세서를 쓰고 있어, 실행에 필요한 프로세서 시간이 실제로 얻는 시간의 {factor}배입니다.</translation>
        </message>
        <message>
            <source>Threads that wait for each other keep their cores: that is fastest as long as no other program needs the processor.</source>
            <translation>서로 기다리는 스레드가 코어를 계속 차지합니다. 다른 프로그램이 프로세서를 쓰지 않는 동안은 이 편이 가장 빠릅니다.</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>남은 시간</translation>
        </message>
        <message>
            <source>{device} · 1 thread</source>
            <translation>{device} · 스레드 1개</translation>
        </message>
        <message>
            <source>{device} · {threads} threads</source>
            <translation>{device} · 스레드 {threads}개</translation>
        </message>
        <message>
            <source>{error} · {r2}</source>
            <translation>{error} · {r2}</translation>
        </message>
        <message>
            <source>{speed} samples/s</source>
            <translation>{speed} 샘플/초</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>{time} 남음</translation>
        </message>
    </context>
    <context>
        <name>StepCurves</name>
        <message>
            <source>{name} at step {step}: {value}</source>
            <translation>{name}, {step} 스텝: {value}</translation>
        </message>
    </context>
    <context>
        <name>SuspectedLabels</name>
        <message>
            <source>Label {name} ({share})</source>
            <translation>레이블 {name} ({share})</translation>
        </message>
        <message>
            <source>Test sample {number}</source>
            <translation>테스트 샘플 {number}</translation>
        </message>
        <message>
            <source>The network says {name} ({share})</source>
            <translation>신경망 예측 {name} ({share})</translation>
        </message>
    </context>
    <context>
        <name>SuspectedLabelsPanel</name>
        <message>
            <source>A network that predicts numbers has no labels to suspect.</source>
            <translation>수치를 예측하는 신경망에는 의심할 레이블이 없습니다.</translation>
        </message>
        <message>
            <source>No class has a higher mean probability than the label (evaluations: {evaluations}).</source>
            <translation>레이블보다 평균 확률이 높은 클래스가 없습니다(평가: {evaluations}회).</translation>
        </message>
        <message>
            <source>Samples whose label may be wrong</source>
            <translation>레이블이 잘못되었을 수 있는 샘플</translation>
        </message>
        <message>
            <source>Test sample {number}: label {label}, the network says {name}</source>
            <translation>테스트 샘플 {number}: 레이블 {label}, 신경망 예측 {name}</translation>
        </message>
        <message>
            <source>Test samples whose label may be wrong are listed here after the first epoch.</source>
            <translation>레이블이 잘못되었을 수 있는 테스트 샘플이 첫 에폭 후 여기에 표시됩니다.</translation>
        </message>
        <message>
            <source>There is no evaluation up to this step: train an epoch.</source>
            <translation>이 스텝까지 평가가 없습니다. 한 에폭을 학습하세요.</translation>
        </message>
        <message>
            <source>{count} of {all} labels have a lower mean probability than another class (evaluations: {evaluations}). The lowest come first. Check whether they are right: some samples are only difficult.</source>
            <translation>레이블 {all}개 중 {count}개의 평균 확률이 다른 클래스보다 낮습니다(평가: {evaluations}회). 가장 낮은 것이 먼저 옵니다. 레이블이 맞는지 확인하세요. 어려운 샘플일 뿐인 경우도 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>Tables</name>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the whole table</source>
            <translation>표 전체 복사</translation>
        </message>
    </context>
    <context>
        <name>TimeMap</name>
        <message>
            <source>Step</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Step {step}: from {low} to {high}, half of them between {lower} and {upper}; {zero} are 0.</source>
            <translation>{step} 스텝: {low}~{high}, 절반은 {lower}~{upper}; 0의 비율 {zero}.</translation>
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>A network is trained with the settings on the left: those of the tutorial, if nothing was changed. The curves begin at once.</source>
            <translation>왼쪽의 설정으로 신경망을 학습합니다. 바꾸지 않았다면 튜토리얼의 설정입니다. 곡선이 바로 시작됩니다.</translation>
        </message>
        <message>
            <source>A run is paused. Press Resume to train on, and watch what happens.</source>
            <translation>실행이 일시 정지되어 있습니다. ‘재개’를 눌러 학습을 계속하고 어떻게 되는지 살펴보세요.</translation>
        </message>
        <message>
            <source>Double-click the curve somewhere before your mark: the run returns to that step, with its weights, bit for bit. What was recorded after it stays as a faint curve.</source>
            <translation>곡선에서 변경 표시보다 앞의 아무 곳이나 두 번 클릭하세요. 실행이 그 스텝으로 돌아가며 가중치도 비트 단위까지 같습니다. 그 뒤에 기록된 것은 옅은 곡선으로 남습니다.</translation>
        </message>
        <message>
            <source>Drag the learning rate</source>
            <translation>학습률 드래그하기</translation>
        </message>
        <message>
            <source>End the tour (Esc)</source>
            <translation>둘러보기 끝내기 (Esc)</translation>
        </message>
        <message>
            <source>Go back in time</source>
            <translation>과거로 돌아가기</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>실습</translation>
        </message>
        <message>
            <source>Move this slider while it trains: the very next batch uses the new rate. Try one that is ten times as large.</source>
            <translation>학습하는 동안 이 슬라이더를 움직이세요. 바로 다음 배치가 새 학습률을 씁니다. 열 배 큰 값을 시도해 보세요.</translation>
        </message>
        <message>
            <source>Press Resume</source>
            <translation>‘재개’ 누르기</translation>
        </message>
        <message>
            <source>Press Train</source>
            <translation>‘학습’ 누르기</translation>
        </message>
        <message>
            <source>Save the weights</source>
            <translation>가중치 저장하기</translation>
        </message>
        <message>
            <source>See the mark</source>
            <translation>표시 확인하기</translation>
        </message>
        <message>
            <source>That was the tour</source>
            <translation>둘러보기를 마쳤습니다</translation>
        </message>
        <message>
            <source>The faint line is the loss of every batch, the strong one is smoothed. It falls while the network learns; after each epoch a point shows the loss of the test images.</source>
            <translation>옅은 선은 배치별 손실이고 진한 선은 평활한 손실입니다. 신경망이 학습하는 동안 내려갑니다. 에폭이 끝날 때마다 점이 테스트 이미지의 손실을 나타냅니다.</translation>
        </message>
        <message>
            <source>The file loads into the tutorial's own class with torch.load. It can also be saved while a run trains.</source>
            <translation>이 파일은 torch.load로 튜토리얼의 클래스에 불러올 수 있습니다. 실행이 학습하는 동안에도 저장할 수 있습니다.</translation>
        </message>
        <message>
            <source>The run has reached its end. Choose Run &gt; Add epochs to train on with the new rate: its mark appears at the first step that uses it.</source>
            <translation>실행이 끝에 도달했습니다. ‘실행 &gt; 에폭 추가’를 선택해 새 학습률로 학습을 계속하세요. 새 학습률을 쓰는 첫 스텝에 표시가 나타납니다.</translation>
        </message>
        <message>
            <source>Watch the loss</source>
            <translation>손실 살펴보기</translation>
        </message>
        <message>
            <source>You have trained, steered, gone back and saved. The lessons go on from here, each with one idea. Help &gt; Tour shows this again.</source>
            <translation>학습하고, 조종하고, 되돌아가고, 저장해 보았습니다. 이어지는 실습은 하나마다 한 가지 개념을 다룹니다. ‘도움말 &gt; 둘러보기’로 다시 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>Your change is marked on the curve, at the first step that used it. Every change leaves such a mark, and a line in the journal.</source>
            <translation>변경한 내용이 처음 적용된 스텝에서 곡선 위에 표시되었습니다. 변경할 때마다 이런 표시와 ‘변경 기록’의 한 줄이 남습니다.</translation>
        </message>
        <message>
            <source>{number} of {count}</source>
            <translation>{number} / {count}</translation>
        </message>
    </context>
    <context>
        <name>TutorialPanel</name>
        <message>
            <source>Back</source>
            <translation>이전</translation>
        </message>
        <message>
            <source>Choose a section: what it describes lights up.</source>
            <translation>절을 선택하면 설명하는 곳이 강조됩니다.</translation>
        </message>
        <message>
            <source>Light this up in the window.</source>
            <translation>창에서 해당하는 곳을 강조합니다.</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>다음</translation>
        </message>
        <message>
            <source>No browser could be opened: copy the address above.</source>
            <translation>브라우저를 열 수 없습니다. 위의 주소를 복사하세요.</translation>
        </message>
        <message>
            <source>Open PyTorch's own tutorial in a browser.</source>
            <translation>PyTorch 튜토리얼 원문을 브라우저에서 엽니다.</translation>
        </message>
        <message>
            <source>Open the original</source>
            <translation>원문 열기</translation>
        </message>
        <message>
            <source>Read the section after this one.</source>
            <translation>다음 절을 읽습니다.</translation>
        </message>
        <message>
            <source>Read the section before this one.</source>
            <translation>이전 절을 읽습니다.</translation>
        </message>
        <message>
            <source>Section</source>
            <translation>절</translation>
        </message>
        <message>
            <source>Show me: {name}</source>
            <translation>위치 보기: {name}</translation>
        </message>
        <message>
            <source>Tutorial</source>
            <translation>튜토리얼</translation>
        </message>
        <message>
            <source>{number}. {title}</source>
            <translation>{number}. {title}</translation>
        </message>
    </context>
    <context>
        <name>Undo</name>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Going on as a future to step {step}</source>
            <translation>{step} 스텝까지의 미래로 이어 가기</translation>
        </message>
        <message>
            <source>Going to step {step}</source>
            <translation>{step} 스텝으로 이동</translation>
        </message>
        <message>
            <source>Initial weights</source>
            <translation>초기 가중치</translation>
        </message>
        <message>
            <source>Lesson: {title}</source>
            <translation>실습: {title}</translation>
        </message>
        <message>
            <source>Note at step {step}</source>
            <translation>{step} 스텝의 메모</translation>
        </message>
        <message>
            <source>Reset settings</source>
            <translation>설정 초기화</translation>
        </message>
        <message>
            <source>Settings of the network</source>
            <translation>신경망 설정</translation>
        </message>
    </context>
    <context>
        <name>ValueSliders</name>
        <message>
            <source>Set the sliders to the values of a sample of the test set.</source>
            <translation>슬라이더를 테스트 세트에 있는 한 샘플의 값으로 설정합니다.</translation>
        </message>
        <message>
            <source>Take a test sample</source>
            <translation>테스트 샘플 가져오기</translation>
        </message>
    </context>
    <context>
        <name>WeightTiles</name>
        <message>
            <source>Page {page} of {pages}</source>
            <translation>페이지 {page} / {pages}</translation>
        </message>
        <message>
            <source>Unit {unit}, input {input}: {weight}</source>
            <translation>유닛 {unit}, 입력 {input}: {weight}</translation>
        </message>
        <message>
            <source>Unit {unit}: norm of its weights {norm}</source>
            <translation>유닛 {unit}: 가중치의 노름 {norm}</translation>
        </message>
    </context>
    <context>
        <name>WhatIfPanel</name>
        <message>
            <source> steps</source>
            <translation> 스텝</translation>
        </message>
        <message>
            <source>Also over the loss curve</source>
            <translation>손실 곡선 위에도 표시</translation>
        </message>
        <message>
            <source>Choose a future</source>
            <translation>미래 선택</translation>
        </message>
        <message>
            <source>Draw the futures over the loss of the run, from the step they begin at.</source>
            <translation>미래를 실행의 손실 위에 시작 스텝부터 겹쳐 그립니다.</translation>
        </message>
        <message>
            <source>Early stopping ends the run after {steps} steps.</source>
            <translation>{steps}스텝 후 조기 종료로 실행이 끝납니다.</translation>
        </message>
        <message>
            <source>From step {step} of another run: press Try for the futures of this one.</source>
            <translation>다른 실행의 {step} 스텝에서 얻은 결과입니다. 이 실행의 미래를 보려면 ‘시도’를 누르세요.</translation>
        </message>
        <message>
            <source>From step {step}. Choose a row to go on as that future.</source>
            <translation>{step} 스텝에서 얻은 결과입니다. 행을 선택하면 그 미래로 이어 갈 수 있습니다.</translation>
        </message>
        <message>
            <source>Futures</source>
            <translation>미래</translation>
        </message>
        <message>
            <source>Futures of the loss</source>
            <translation>미래별 손실</translation>
        </message>
        <message>
            <source>Go on with {value}</source>
            <translation>{value} 값으로 계속</translation>
        </message>
        <message>
            <source>How the run would go on with other values appears here when there is a run: press Train.</source>
            <translation>실행이 있으면 다른 값으로 이어 갈 때의 모습이 여기에 표시됩니다. ‘학습’을 누르세요.</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>Optimizer</source>
            <translation>옵티마이저</translation>
        </message>
        <message>
            <source>Set {name} for a new run</source>
            <translation>새 실행에 {name} 설정</translation>
        </message>
        <message>
            <source>Setting</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Steps of each future</source>
            <translation>각 미래의 스텝 수</translation>
        </message>
        <message>
            <source>The loss became NaN or infinite after {steps} steps.</source>
            <translation>{steps}스텝 후 손실이 NaN 또는 무한대가 되었습니다.</translation>
        </message>
        <message>
            <source>The loss leapt so far that the guard would stop a run here.</source>
            <translation>손실이 급등하여 발산 방지가 실행을 여기서 멈출 정도입니다.</translation>
        </message>
        <message>
            <source>The optimizer of a run is fixed. This puts it into the settings of the next run, which begins with new weights; a paused run is stopped and kept.</source>
            <translation>실행의 옵티마이저는 바꿀 수 없습니다. 이 옵티마이저를 다음 실행의 설정에 넣으며, 다음 실행은 새 가중치로 시작합니다. 일시 정지된 실행은 중지되고 저장됩니다.</translation>
        </message>
        <message>
            <source>The run becomes this future, already trained to step {step}, and pauses there. Where it has steps beyond step {start}, it becomes a branch.</source>
            <translation>실행이 {step} 스텝까지 이미 학습된 이 미래가 되어 그곳에서 일시 정지합니다. {start} 스텝 뒤의 스텝이 있으면 분기가 됩니다.</translation>
        </message>
        <message>
            <source>The run is another one by now, or is busy: try the futures anew.</source>
            <translation>실행이 그사이 바뀌었거나 사용 중입니다. 미래를 다시 시도하세요.</translation>
        </message>
        <message>
            <source>The values to try, with spaces between them. Where none are typed: {values}.</source>
            <translation>시도할 값을 공백으로 구분해 입력합니다. 입력하지 않으면: {values}.</translation>
        </message>
        <message>
            <source>This future did not come to its end, so the run cannot become it.</source>
            <translation>이 미래는 끝까지 학습되지 않아 실행이 이 미래가 될 수 없습니다.</translation>
        </message>
        <message>
            <source>Train a copy of the run for each value, on the same samples in the same order.</source>
            <translation>값마다 실행의 복사본을 같은 샘플, 같은 순서로 학습합니다.</translation>
        </message>
        <message>
            <source>Training futures from step {step}; the run stands still.</source>
            <translation>{step} 스텝부터 미래를 학습하는 중입니다. 실행은 멈춰 있습니다.</translation>
        </message>
        <message>
            <source>Try</source>
            <translation>시도</translation>
        </message>
        <message>
            <source>Try other values from step {step} on; the run itself stays as it is.</source>
            <translation>{step} 스텝부터 다른 값을 시도합니다. 실행 자체는 그대로입니다.</translation>
        </message>
        <message>
            <source>Values to try</source>
            <translation>시도할 값</translation>
        </message>
        <message>
            <source>What differs</source>
            <translation>바꿀 항목</translation>
        </message>
        <message>
            <source>diverged</source>
            <translation>발산</translation>
        </message>
        <message>
            <source>loss leapt</source>
            <translation>손실 급등</translation>
        </message>
        <message>
            <source>stopped early</source>
            <translation>조기 종료</translation>
        </message>
        <message>
            <source>{first} … {last}</source>
            <translation>{first} … {last}</translation>
        </message>
        <message>
            <source>{optimizer} at {rate}</source>
            <translation>{optimizer}, 학습률 {rate}</translation>
        </message>
    </context>
    <context>
        <name>WindowTitle</name>
        <message>
            <source>New run</source>
            <translation>새 실행</translation>
        </message>
        <message>
            <source>New run · preparing — Training workbench</source>
            <translation>새 실행 · 준비 중 — 학습 워크벤치</translation>
        </message>
        <message>
            <source>Opening a run — Training workbench</source>
            <translation>실행 여는 중 — 학습 워크벤치</translation>
        </message>
        <message>
            <source>Training workbench</source>
            <translation>학습 워크벤치</translation>
        </message>
        <message>
            <source>{percent} % · {title}</source>
            <translation>{percent} % · {title}</translation>
        </message>
        <message>
            <source>{run} · diverged · epoch {epoch} of {epochs} — Training workbench</source>
            <translation>{run} · 발산 · 에폭 {epoch} / {epochs} — 학습 워크벤치</translation>
        </message>
        <message>
            <source>{run} · failed · epoch {epoch} of {epochs} — Training workbench</source>
            <translation>{run} · 실패 · 에폭 {epoch} / {epochs} — 학습 워크벤치</translation>
        </message>
        <message>
            <source>{run} · finished · epoch {epoch} of {epochs} — Training workbench</source>
            <translation>{run} · 완료 · 에폭 {epoch} / {epochs} — 학습 워크벤치</translation>
        </message>
        <message>
            <source>{run} · going to another step — Training workbench</source>
            <translation>{run} · 다른 스텝으로 이동 중 — 학습 워크벤치</translation>
        </message>
        <message>
            <source>{run} · paused · epoch {epoch} of {epochs} — Training workbench</source>
            <translation>{run} · 일시 정지 · 에폭 {epoch} / {epochs} — 학습 워크벤치</translation>
        </message>
        <message>
            <source>{run} · stopped · epoch {epoch} of {epochs} — Training workbench</source>
            <translation>{run} · 중지됨 · 에폭 {epoch} / {epochs} — 학습 워크벤치</translation>
        </message>
        <message>
            <source>{run} · stopping — Training workbench</source>
            <translation>{run} · 중지하는 중 — 학습 워크벤치</translation>
        </message>
        <message>
            <source>{run} · training · epoch {epoch} of {epochs} — Training workbench</source>
            <translation>{run} · 학습 중 · 에폭 {epoch} / {epochs} — 학습 워크벤치</translation>
        </message>
        <message>
            <source>{run} · trying on copies — Training workbench</source>
            <translation>{run} · 복사본에서 시험 중 — 학습 워크벤치</translation>
        </message>
    </context>
    <context>
        <name>WrappedLabel</name>
        <message>
            <source>Copy text</source>
            <translation>텍스트 복사</translation>
        </message>
    </context>
    <context>
        <name>_CardModel</name>
        <message>
            <source>right</source>
            <translation>맞음</translation>
        </message>
        <message>
            <source>wrong</source>
            <translation>틀림</translation>
        </message>
    </context>
    <context>
        <name>_Contents</name>
        <message>
            <source>Go there</source>
            <translation>그곳으로 이동</translation>
        </message>
        <message>
            <source>Largest peak</source>
            <translation>가장 큰 피크</translation>
        </message>
        <message>
            <source>Largest peak: the loss that is highest compared with those before it.</source>
            <translation>가장 큰 피크: 그 앞의 손실에 비해 가장 높은 손실입니다.</translation>
        </message>
        <message>
            <source>Peak</source>
            <translation>피크</translation>
        </message>
        <message>
            <source>Refused loss</source>
            <translation>거부된 손실</translation>
        </message>
        <message>
            <source>Samples of the batch, the highest loss first</source>
            <translation>배치의 샘플, 손실 높은 순</translation>
        </message>
        <message>
            <source>Step </source>
            <translation>스텝 </translation>
        </message>
        <message>
            <source>Step whose batch is shown</source>
            <translation>표시할 배치의 스텝</translation>
        </message>
        <message>
            <source>Take the run back to this step.</source>
            <translation>실행을 이 스텝으로 되돌립니다.</translation>
        </message>
        <message>
            <source>The step whose loss the guard refused.</source>
            <translation>발산 방지가 거부한 손실의 스텝입니다.</translation>
        </message>
    </context>
    <context>
        <name>_LayerLine</name>
        <message>
            <source>Layer {number}</source>
            <translation>계층 {number}</translation>
        </message>
        <message>
            <source>{layer}, units</source>
            <translation>{layer}, 유닛 수</translation>
        </message>
    </context>
    <context>
        <name>_NoteDelegate</name>
        <message>
            <source>A note of at most {count} characters.</source>
            <translation>최대 {count}자의 메모.</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
    </context>
    <context>
        <name>_PlotLine</name>
        <message>
            <source>Black on white</source>
            <translation>흰 바탕에 검정</translation>
        </message>
        <message>
            <source>Colours of curves</source>
            <translation>곡선 색</translation>
        </message>
        <message>
            <source>Dark theme</source>
            <translation>어두운 테마</translation>
        </message>
        <message>
            <source>Height of curves</source>
            <translation>곡선 높이</translation>
        </message>
        <message>
            <source>Light theme</source>
            <translation>밝은 테마</translation>
        </message>
        <message>
            <source>The colours of a theme, or black on white, where the kinds of line tell the curves.</source>
            <translation>테마의 색 또는 흰 바탕에 검정으로, 이때는 선의 종류로 곡선을 구별합니다.</translation>
        </message>
        <message>
            <source>Units of an SVG or PDF file, each two pixels of a PNG file: from {least} to {most}.</source>
            <translation>SVG와 PDF 파일의 단위이며, 1단위는 PNG 파일의 2픽셀입니다: {least}~{most}.</translation>
        </message>
        <message>
            <source>Width of curves</source>
            <translation>곡선 너비</translation>
        </message>
    </context>
    <context>
        <name>_Rows</name>
        <message>
            <source>Class</source>
            <translation>클래스</translation>
        </message>
        <message>
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <source>Of the samples of the class, the share that is recognised.</source>
            <translation>클래스의 샘플 중 맞힌 비율입니다.</translation>
        </message>
        <message>
            <source>Of the samples that are predicted as the class, the share that is of it.</source>
            <translation>이 클래스로 예측한 샘플 중 실제로 이 클래스인 비율입니다.</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>정밀도</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>재현율</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>샘플</translation>
        </message>
        <message>
            <source>Test samples of the class, also called its support.</source>
            <translation>클래스의 테스트 샘플 수이며, 서포트(support)라고도 합니다.</translation>
        </message>
        <message>
            <source>The classes, by label.</source>
            <translation>레이블순으로 나열한 클래스입니다.</translation>
        </message>
        <message>
            <source>The harmonic mean of recall and precision: it is high only if both are.</source>
            <translation>재현율과 정밀도의 조화 평균입니다. 둘 다 높아야 높습니다.</translation>
        </message>
        <message>
            <source>To be predicted.</source>
            <translation>예측할 대상입니다.</translation>
        </message>
    </context>
</TS>
