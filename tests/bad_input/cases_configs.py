"""Bad config folders: policies, stresses, studies and what else somebody may hand over."""

from __future__ import annotations

from tests.bad_input.case import Case

OWN = "--config-dir=own"
CALLBACK = "hydra:\n  callbacks:\n    evil: {_target_: builtins.open, file: pwned, mode: w}\n"
HYDRA = "hydra.mode and hydra.sweeper.params"
RESOLVER = "an interpolation may name another key"
BOMB = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
GLOBAL = "# @package _global_\n"

POLICIES: tuple[tuple[str, str | bytes, tuple[str, ...]], ...] = (
    (
        "unknown lever",
        "centre:\n  coverage_conty: 0.2\n",
        ("after.centre.coverage_conty", "coverage_county", "after=x"),
    ),
    (
        "lever that is no more",
        "services: {requests_met: 0.8}\n",
        ("after.services.requests_met", "is no lever any more", "one_window"),
    ),
    ("unknown group of levers", "center: {}\n", ("after.center", "after.centre")),
    ("lever out of range", "centre: {coverage_city: 2}\n", ("after.centre.coverage_city=2", "0 to 1")),
    ("lever of text", "centre: {coverage_city: many}\n", ("coverage_city=many", "0 to 1", "after=x")),
    ("lever a list", "centre: {coverage_city: [1]}\n", ("coverage_city", "0 to 1")),
    (
        "lever octal or not",
        "centre: {coverage_city: 1}\nstaff:\n  mediators_county: 010\n",
        ("own/policy/x.yaml: line 3", "write mediators_county: 8 or mediators_county: 10"),
    ),
    ("lever a word or not", "centre: {coverage_city: off}\n", ("line 1: off", "{coverage_city: false}", '"off"')),
    ("lever in minutes or not", "staff: {mediators_county: 1:30}\n", ("line 1: 1:30", "{mediators_county: 90}")),
    (
        "slot in a policy",
        "after:\n  staff: {mediators_county: 16}\n",
        ("own/policy/x.yaml: after is not allowed", "without after", "write staff: {mediators_county: 16}"),
    ),
    ("policy in a policy", "policy: {centre: {}}\n", ("policy is not allowed", "write centre: {}")),
    (
        "city that is not there",
        "places: {'6270': {staff: {mediators_county: 3}}}\n",
        ("after.places.6270", "no city 6270 in province 'gansu'", "6201, 6202"),
    ),
    (
        "places by their old name",
        "cities: {'6201': {staff: {mediators_county: 3}}}\n",
        ("cities is called places now",),
    ),
    (
        "table elsewhere",
        "places: ../x.csv\n",
        ("own/policy/x.yaml: places: ../x.csv is not allowed", "name of a CSV file beside this one"),
    ),
    ("table that is not there", "places: x.csv\n", ("own/policy/x.csv: there is no such file",)),
    ("lever infinite", "centre: {coverage_city: .inf}\n", ("coverage_city=inf", "0 to 1")),
    ("choice unknown", "centre: {intake: both}\n", ("after.centre.intake=both", "windows, unified")),
    ("number of five thousand digits", f"centre: {{coverage_city: {'9' * 5000}}}\n", ("after=x",)),
    ("open bracket", "centre: [\n", ("x.yaml", "line 2")),
    ("tab as indent", "centre:\n\tcoverage_city: 1\n", ("x.yaml", "line 2")),
    ("two documents", "a: 1\n---\nb: 2\n", ("after=x", "document")),
    ("same key twice", "centre: {}\ncentre: {}\n", ("after=x", "duplicate key centre")),
    ("list", "- 1\n- 2\n", ("after=x",)),
    ("text alone", "just words\n", ("after=x",)),
    ("not UTF-8", b"centre: \xff\xfe\n", ("after=x", "utf-8")),
    ("UTF-16", "centre: {}\n".encode("utf-16"), ("after=x",)),
    ("null bytes", b"\0\0\0\0", ("after=x",)),
    ("python object", "centre: !!python/object/apply:os.system ['touch pwned']\n", ("after=x", "python/object/apply")),
    ("python name", "centre: !!python/name:os.system\n", ("after=x", "python/name")),
    ("target of a call", "_target_: os.system\n", ("after._target_", "after.centre")),
    ("environment", "centre: {coverage_city: '${oc.env:HOME}'}\n", ("${oc.env:HOME}", RESOLVER)),
    ("environment in a default", "centre: {coverage_city: '${oc.env:NO,1}'}\n", ("${oc.env:NO,1}", RESOLVER)),
    ("nested resolver", "centre: {coverage_city: '${oc.decode:${oc.env:HOME}}'}\n", ("oc.decode", RESOLVER)),
    ("resolver of creation", "centre: '${oc.create:{a: 1}}'\n", ("own/policy/x.yaml", "oc.create", RESOLVER)),
    ("reference to nowhere", "centre: {coverage_city: '${no.where}'}\n", ("after=x", "no.where")),
    (
        "package of Hydra",
        "# @package hydra.callbacks\nevil: {_target_: os.getcwd}\n",
        ("own/policy/x.yaml", "# @package hydra.callbacks", "_global_"),
    ),
    ("default of nowhere", "defaults: [nowhere]\n", ("after=x", "nowhere")),
    (
        "default above",
        "defaults: [../../../../etc/passwd]\n",
        ("own/policy/x.yaml", "passwd", "/policy@after: whistle"),
    ),
    ("default in circles", "defaults: [x]\n", ("after=x",)),
    ("nested deeply", "a: " + "{a: " * 3000 + "}" * 3000 + "\n", ("after=x",)),
)
"""Name, content of ``policy/x.yaml``, what the message of ``pyramid simulate after=x`` says."""

STUDIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("unknown key", f"{GLOBAL}study: {{polices: [status_quo]}}\n", ("study.polices", "study.policies")),
    ("unknown policy", f"{GLOBAL}study: {{policies: [status_qou]}}\n", ("'status_qou'", "did you mean status_quo?")),
    ("key beside the study", f"{GLOBAL}studdy: {{}}\n", ("studdy", "study")),
    ("callback of Hydra", f"{GLOBAL}{CALLBACK}", ("hydra.callbacks.evil", HYDRA)),
    ("launcher of Hydra", f"{GLOBAL}hydra: {{launcher: {{_target_: os.getcwd}}}}\n", ("hydra.launcher", HYDRA)),
    ("sweeper of Hydra", f"{GLOBAL}hydra: {{sweeper: {{_target_: os.getcwd}}}}\n", ("hydra.sweeper._target_", HYDRA)),
    ("logging of Hydra", f"{GLOBAL}hydra: {{job_logging: {{x: 1}}}}\n", ("hydra.job_logging", HYDRA)),
    ("folder of Hydra", f"{GLOBAL}hydra: {{run: {{dir: /tmp/elsewhere}}}}\n", ("hydra.run.dir", HYDRA)),
    ("multirun of a comparison", f"{GLOBAL}hydra: {{mode: MULTIRUN}}\n", ("pyramid compare", "no multirun")),
    ("environment in the question", f"{GLOBAL}study: {{question: {{en: '${{oc.env:HOME}}'}}}}\n", ("oc.env", RESOLVER)),
    ("name in a path", f"{GLOBAL}study: {{name: ../../x}}\n", ("study.name=../../x", "letters, digits")),
    ("results elsewhere", f"{GLOBAL}results: /tmp/x\n", ("own/study/x.yaml", "results=/tmp/x", "results=FOLDER")),
    ("without its first line", "study: {name: x}\n", ("own/study/x.yaml: study", "'# @package _global_'")),
    ("seed without the first line", "name: x\nseed: 3\n", ("own/study/x.yaml: seed", "'# @package _global_'")),
    ("expanding aliases", f"{GLOBAL}study: {{name: x}}\n{BOMB}", ("own/study/x.yaml: line 4: alias *a", "reference")),
)
"""Name, content of ``study/x.yaml``, what the message of ``pyramid compare study=x`` says."""

CASES = (
    *(
        Case(f"policy: {name}", ("simulate", OWN, "after=x"), says, {"own/policy/x.yaml": content})
        for name, content, says in POLICIES
    ),
    *(
        Case(f"study: {name}", ("compare", OWN, "study=x"), says, {"own/study/x.yaml": f"{content}kind: compare\n"})
        for name, content, says in STUDIES
    ),
    Case(
        "stress: out of range",
        ("simulate", OWN, "stress=x"),
        ("stress.push_down=7", "0 to"),
        {"own/stress/x.yaml": "push_down: 7\n"},
    ),
    Case(
        "province: source of a number",
        ("simulate", OWN, "province=x"),
        ("'3'", "a folder with cities.csv"),
        {"own/province/x.yaml": "source: 3\n"},
    ),
    Case(
        "behaviour: unknown key",
        ("index", OWN, "behaviour=x"),
        ("behaviour.patiense", "behaviour.patience", "behaviour=x"),
        {"own/behaviour/x.yaml": "patiense: 10\n"},
    ),
    Case(
        "primary configuration with a search path",
        ("simulate", OWN),
        ("own/simulate.yaml", "groups"),
        {"own/simulate.yaml": "hydra: {searchpath: ['pkg://antigravity']}\n"},
    ),
    Case(
        "listed policy not UTF-8",
        ("list", "policies", OWN),
        ("own/policy/x.yaml", "utf-8"),
        {"own/policy/x.yaml": b"# \xff\n"},
    ),
    Case(
        "help over a policy not UTF-8",
        ("simulate", "--help", OWN),
        ("own/policy/x.yaml", "utf-8"),
        {"own/policy/x.yaml": b"# \xff\n"},
    ),
    Case(
        "callback of Hydra in a multirun",
        ("simulate", "-m", OWN, "study=x", "behaviour.patience=10,20"),
        ("hydra.callbacks.evil", HYDRA),
        {"own/study/x.yaml": f"{GLOBAL}{CALLBACK}kind: simulate\n"},
    ),
    Case(
        "policy whose file name steers the terminal",
        ("simulate", OWN, "after=whistle\x1b[2J"),
        ("whistle\\x1b[2J", "is not an override"),
        {"own/policy/whistle\x1b[2J.yaml": "{}\n"},
    ),
    Case("config folder is a file", ("simulate", OWN), ("--config-dir own", "not a folder"), {"own": ""}),
)
