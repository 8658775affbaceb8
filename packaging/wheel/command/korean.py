"""The messages of this package in Korean."""

KOREAN = {
    'For more, see {0}.': '자세한 내용은 {0} 명령으로 볼 수 있습니다.',
    '{0} lists what works without it.': 'Node.js 없이 할 수 있는 일은 {0} 명령으로 볼 수 있습니다.',
    '{0} is Node.js {1}, which is too old.': '{0}: Node.js {1} 버전이며, 너무 오래되었습니다.',
    'COROSCOPE_NODE names {0}, which could not be started.': 'COROSCOPE_NODE에 지정된 {0}: 실행할 수 없습니다.',
    'Install it from {0}, or with {1}.': '{0} 또는 다음 명령으로 설치하세요: {1}',
    'Option {0} needs a value.': '옵션 {0}: 값이 필요합니다.',
    'Option {0} needs a number, not {1}.': '옵션 {0}: 숫자를 써야 합니다(받은 값: {1}).',
    'Option {0} must be {1} or {2}.': '옵션 {0}: {1} 또는 {2} 값만 쓸 수 있습니다.',
    'Option {0} belongs to run, not to show.': '옵션 {0}: show가 아니라 run에 쓰는 옵션입니다.',
    'There is no command {0}.': '없는 명령입니다: {0}',
    'There is no option {0}.': '없는 옵션입니다: {0}',
    'Unexpected argument {0}: show takes one trace.': '필요 없는 인수 {0}: show는 트레이스 하나만 받습니다.',
    'Which trace? Write {0}.': '어떤 트레이스를 볼까요? 다음과 같이 쓰세요: {0}',
    'Where should the trace go? Write {0}.': '기록을 어디에 저장할까요? 다음과 같이 쓰세요: {0}',
    'prints the variables with which a Python that another program starts records itself':
        '다른 프로그램이 시작하는 Python이 스스로 기록하게 하는 환경 변수를 출력합니다',
    'Which program? Write {0}.': '어떤 프로그램을 실행할까요? 다음과 같이 쓰세요: {0}',
    '{0} needs Node.js 20 or later.': '{0}: Node.js 20 이상이 필요합니다.',
    '{0} needs the virtual clock: leave out {1}.': '{0}: 가상 시계가 필요합니다. {1} 옵션을 빼세요.',
    'The timeline as text needs Node.js 20 or later; {0} writes it as a page without.':
        '타임라인을 텍스트로 보려면 Node.js 20 이상이 필요합니다. {0} 옵션을 쓰면 Node.js 없이 페이지로 만듭니다.',
    'The embedded Python is not part of this installation: the program runs with your own Python.':
        '이 설치에는 내장 Python이 없습니다. 프로그램은 사용자의 Python으로 실행됩니다.',
    'Comments such as {0} work only with Node.js 20 or later; this run ignores them.':
        '{0} 같은 주석은 Node.js 20 이상이 있어야 적용됩니다. 이번 실행에서는 무시합니다.',
    '{0} was stopped at a limit.': '{0}: 한도에 걸려 중지되었습니다.',
    '{0} was killed ({1}).': '{0}: 강제로 종료되었습니다({1}).',
    '{0} failed with exit code {1}.': '{0}: 실패했습니다(종료 코드 {1}).',
    '{0} is not a Coroscope trace.': '{0}: Coroscope 트레이스가 아닙니다.',
    '{0} is a trace of version {1}; this Coroscope reads version {2}.': '{0}: 버전 {1} 트레이스입니다. 이 Coroscope는 버전 {2}만 읽습니다.',
    '{0} cannot be written: {1}. The rest of the run is not recorded.': '{0}: 쓸 수 없습니다({1}). 이후의 실행은 기록되지 않습니다.',
    'The temporary file of the trace': '트레이스 임시 파일',
    'The timeline as a page: {0}': '타임라인 페이지: {0}',
    'Coroscope shows how a Python async program really ran.': 'Coroscope는 Python 비동기 프로그램이 실제로 어떻게 실행되었는지 보여 줍니다.',
    'writes the timeline as one self-contained page': '타임라인을 파일 하나로 된 페이지로 저장합니다',
    'saves the recording': '기록을 저장합니다',
    'a module, as python -m finds it': 'python -m처럼 찾은 모듈',
    'another interpreter, or that of this virtual environment': '다른 인터프리터, 또는 이 가상 환경의 인터프리터',
    'virtual: sleeping costs no time (default: real)': 'virtual: sleep에 시간이 들지 않습니다(기본값: real)',
    'timers that are due together but were set at different moments fire in the other order':
        '서로 다른 때에 설정했지만 같은 순간에 끝나는 타이머를 반대 순서로 실행합니다',
    'follows coroutines inside tasks before Python 3.12 too, which is slow': 'Python 3.12 이전에서도 태스크 안의 코루틴을 추적합니다(느려집니다)',
    'does not record what the coroutines of tasks were called with': '태스크의 코루틴에 전달된 인수를 기록하지 않습니다',
    'does not name waits by what was asked of a library: {0}': '대기를 라이브러리에 요청한 내용({0})으로 부르지 않습니다',
    'stops after N steps of the event loop': '이벤트 루프가 N단계 실행되면 멈춥니다',
    'stops after S seconds of virtual time': '가상 시간으로 S초가 지나면 멈춥니다',
    'stops after S seconds': 'S초가 지나면 멈춥니다',
    'language (default: that of the system)': '언어(기본값: 시스템 언어)',
    'No Node.js 20 or later was found. With one, the command also draws the timeline as text, tells findings and the story, prints JSON, '
    'compares runs, and runs blocks of Markdown notes.':
        'Node.js 20 이상을 찾지 못했습니다. Node.js가 있으면 타임라인을 텍스트로 그리고, 문제점과 이야기를 알려 주고, JSON을 출력하고, 실행을 비교하고, '
        'Markdown 노트의 코드 블록을 실행할 수도 있습니다.',
}
