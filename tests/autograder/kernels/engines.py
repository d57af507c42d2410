"""Programs that behave as bubblewrap and docker do, as far as the grader uses them.

What they isolate is isolated in truth, by namespaces, and what the real ones do to an honest kernel they do,
too: `bwrap` dies of an interrupt and its sandbox with it; a container goes on when its client is killed, and
its image has an entry point of its own and next to no files. Options that the real ones do not know, or not
in that order, are refused.
"""

import ctypes
import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from autograder.kernels import linux, namespaces, seccomp

REPOSITORY = Path(__file__).parents[3]
NAMES = "names"  # of containers: a folder with their numbers
LAX = "FAKE_ENGINE_IS_LAX"  # shares the network and shows the repository
OLD = "FAKE_ENGINE_IS_OLD"  # knows no sizes
WITHOUT_LANDLOCK = "FAKE_ENGINE_HAS_NO_LANDLOCK"
_FILTERS_LANDLOCK = WITHOUT_LANDLOCK in os.environ  # as long as the environment is the caller's
_BWRAP = {
    "--unshare-all": 0, "--die-with-parent": 0, "--new-session": 0, "--as-pid-1": 0, "--clearenv": 0,
    "--cap-drop": 1, "--hostname": 1, "--chdir": 1, "--setenv": 2, "--size": 1,
    "--proc": 1, "--dev": 1, "--tmpfs": 1, "--dir": 1, "--remount-ro": 1,
    "--ro-bind": 2, "--bind": 2, "--symlink": 2,
}  # fmt: skip
_ENGINE = {
    "--rm": 0, "--interactive": 0, "--read-only": 0, "--init": 0, "--read-only-tmpfs=false": 0,
    "--name": 1, "--pull": 1, "--network": 1, "--log-driver": 1, "--hostname": 1, "--cap-drop": 1,
    "--security-opt": 1, "--pids-limit": 1, "--memory": 1, "--memory-swap": 1, "--user": 1, "--userns": 1,
    "--tmpfs": 1, "--env": 1, "--volume": 1, "--workdir": 1, "--entrypoint": 1,
}  # fmt: skip


def install(folder: Path, name: str) -> Path:
    """Makes a program of that name and returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "root").mkdir(exist_ok=True)
    (folder / NAMES).mkdir(exist_ok=True)
    run = "bwrap" if name == "bwrap" else "engine"
    program = folder / name
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(REPOSITORY)!r})\n"
        f"from tests.autograder.kernels import engines\nengines.{run}(sys.argv)\n"
    )
    program.chmod(0o755)
    return program


def bwrap(arguments: list[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    words = arguments[1:]
    if words == ["--help"]:
        print("" if OLD in os.environ else "    --size BYTES    Set size of next argument")
        return
    options, program = _options(words, _BWRAP, 1, "bwrap")
    flags = {name for name, *_ in options}
    if "--clearenv" in flags:
        os.environ.clear()
    os.environ.update({values[0]: values[1] for name, *values in options if name == "--setenv"})
    steps, size, where = [], "", "/"
    for name, *values in options:
        if size and name != "--tmpfs":
            _fail("bwrap: --size must be followed by --tmpfs", 1)
        if name == "--size":
            size = f"size={values[0]}"
            continue
        if name == "--chdir":
            where = values[0]
        if name in (
            "--proc",
            "--dev",
            "--tmpfs",
            "--dir",
            "--remount-ro",
            "--ro-bind",
            "--bind",
            "--symlink",
        ):
            steps.append([name[2:], *values, *([size] if name == "--tmpfs" else [])])
        size = ""
    if "--die-with-parent" in flags:
        linux.die_with_parent()
    first = _enter(Path(arguments[0]).parent / "root", steps, where, network=False)
    if first:
        sys.exit(_code(os.waitpid(first, 0)[1]))
    if "--die-with-parent" in flags:
        linux.die_with_parent()
    if "--new-session" in flags:
        os.setsid()
    if "--as-pid-1" not in flags:
        program_of_reaper = os.fork()
        if program_of_reaper:
            while (ended := os.wait())[0] != program_of_reaper:
                pass
            os._exit(_code(ended[1]))
    _become(program)


def engine(arguments: list[str]) -> None:
    names = Path(arguments[0]).parent / NAMES
    match arguments[1:]:
        case ["rm", "--force", name]:
            _remove(names / name)
        case ["run", *words]:
            _run(Path(arguments[0]), words)
        case ["container", text]:  # not a real one's: what lives in its daemon
            _contain(Path(arguments[0]).parent / "root", json.loads(text))
        case _:
            _fail(f"unknown command {arguments[1:]}", 125)


def _run(program: Path, words: list[str]) -> None:
    options, (_, *command) = _options(words, _ENGINE, 125, program.name)
    one = {name: values[0] for name, *values in options if values}
    flags = {name for name, *_ in options}
    if one.get("--user") != f"{os.getuid()}:{os.getgid()}":
        _fail("the folders are another user's", 126)
    if program.name == "podman" and os.getuid() and one.get("--userns") != "keep-id":
        _fail("our user is another one inside", 126)
    file = program.parent / NAMES / one.get("--name", f"unnamed{os.getpid()}")
    try:
        file.touch(exist_ok=False)
    except FileExistsError:
        _fail(f"the container name {file.name} is already in use", 125)
    about = {
        "options": options,
        "command": [one.get("--entrypoint", "/image/entrypoint"), *command],
        "where": one.get("--workdir", "/"),
        "file": str(file),
    }
    interactive = "--interactive" in flags
    container = subprocess.Popen(
        [str(program), "container", json.dumps(about)],
        stdin=subprocess.PIPE if interactive else subprocess.DEVNULL,
        start_new_session=True,
        bufsize=0,
    )
    if interactive:
        threading.Thread(target=_pass_on, args=(container,), daemon=True).start()
    os._exit(container.wait())


def _pass_on(container: "subprocess.Popen[bytes]") -> None:
    with suppress(OSError):
        while data := os.read(0, 1000):
            container.stdin.write(data)
    container.stdin.close()


def _contain(root: Path, about: dict) -> None:
    """Runs a container to its end; whoever asked for it may be gone by then."""
    file, options = Path(about["file"]), about["options"]
    mounts = [["/proc", "proc"], ["/dev", "dev"]]
    for name, *values in options:
        first, *more = values[0].split(":") if values else [""]
        if name == "--tmpfs":
            wanted = [o for o in more[0].split(",") if o.startswith(("size=", "mode="))]
            if first == about["where"]:  # made before, by root, which its mode then shows
                wanted.append("mode=555")
            mounts.append([first, "tmpfs", ",".join(wanted)])
        if name == "--volume":
            mounts.append([more[0], {"ro": "ro-bind", "rw": "bind"}[more[1]], first])
    if LAX in os.environ:
        mounts.append([str(REPOSITORY), "bind", str(REPOSITORY)])
    steps = [["dir", "/etc"]]
    for path, kind, *more in sorted(mounts, key=lambda mount: mount[0].count("/")):
        steps.append([kind, *more, path] if "bind" in kind else [kind, path, *more])
    if ["--read-only"] in options:
        steps.append(["remount-ro", "/"])
    environment = dict(values[0].split("=", 1) for name, *values in options if name == "--env")
    lax = LAX in os.environ
    os.environ.clear()
    os.environ.update({"PATH": "/usr/bin:/bin", "HOSTNAME": "grading"} | environment)
    first = _enter(root, steps, about["where"], network=lax)
    if not first:
        _become(about["command"])
    file.write_text(str(first))
    status = os.waitpid(first, 0)[1]
    if ["--rm"] in options:
        file.unlink(missing_ok=True)
    os._exit(_code(status))


def _remove(file: Path) -> None:
    if not file.exists():
        _fail(f"no such container: {file.name}", 1)
    while file.exists():
        with suppress(ValueError, FileNotFoundError, ProcessLookupError):
            os.kill(int(file.read_text()), signal.SIGKILL)
        time.sleep(0.01)


def _options(words: list[str], known: dict[str, int], code: int, who: str) -> tuple[list, list[str]]:
    """Returns what stands before the first word that is no option, and what follows from there."""
    found, rest = [], list(words)
    while rest and rest[0].startswith("--"):
        name = rest.pop(0)
        if name not in known or (name == "--size" and OLD in os.environ):
            _fail(f"{who}: Unknown option {name}", code)
        found.append([name, *rest[: known[name]]])
        del rest[: known[name]]
    return found, rest


def _enter(root: Path, steps: list[list[str]], where: str, *, network: bool) -> int:
    """Forks into new namespaces; returns 0 there, as their first process, and its number here."""
    flags = linux.CLONE_NEWPID | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS
    flags |= 0 if network else linux.CLONE_NEWNET
    who = (os.geteuid(), os.getegid())
    private = 0 if namespaces._has_rights() else linux.CLONE_NEWUSER
    linux.unshare(flags | private)
    if private:
        namespaces._map_to_self(*who)
    first = os.fork()
    if first:
        return first
    linux.unshare(linux.CLONE_NEWNS)  # the parent keeps its files
    linux.mount("", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", str(root), "tmpfs", linux.MS_NOSUID, "mode=755")
    for kind, *what in steps:
        try:
            _STEPS[kind](str(root), *what)
        except OSError as error:
            _fail(f"{kind} {what}: {error}", 1)
    socket.sethostname("grading")
    linux.pivot_root(str(root))
    os.chdir(where)
    linux.drop_capabilities()
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    return 0


def _tmpfs(root: str, path: str, data: str = "") -> None:
    Path(root + path).mkdir(parents=True, exist_ok=True)
    linux.mount("tmpfs", root + path, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, data)


def _read_only(root: str, path: str) -> None:
    linux.seal(root + path, recursive=False, devices=True)


def _read_only_bind(root: str, source: str, path: str) -> None:
    namespaces._bind(source, root + path)
    linux.seal(root + path)


def _symlink(root: str, target: str, path: str) -> None:
    Path(root + path).parent.mkdir(parents=True, exist_ok=True)
    Path(root + path).symlink_to(target)


def _proc(root: str, path: str) -> None:
    Path(root + path).mkdir()
    linux.mount("proc", root + path, "proc")


def _dev(root: str, path: str) -> None:
    _tmpfs(root, path, "mode=755")
    for name in ("null", "zero", "full", "random", "urandom"):
        namespaces._bind(f"/dev/{name}", f"{root}{path}/{name}")
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        Path(f"{root}{path}/{name}").symlink_to(f"/proc/self/fd{target}")
    for name in ("shm", "pts"):
        Path(f"{root}{path}/{name}").mkdir()
    data = "newinstance,ptmxmode=0666,mode=0620"
    linux.mount("devpts", f"{root}{path}/pts", "devpts", linux.MS_NOSUID | linux.MS_NOEXEC, data)
    Path(f"{root}{path}/ptmx").symlink_to("pts/ptmx")


_STEPS = {
    "tmpfs": _tmpfs,
    "dir": lambda root, path: Path(root + path).mkdir(parents=True, exist_ok=True),
    "bind": lambda root, source, path: namespaces._bind(source, root + path),
    "ro-bind": _read_only_bind,
    "remount-ro": _read_only,
    "symlink": _symlink,
    "proc": _proc,
    "dev": _dev,
}


def _become(program: list[str]) -> None:
    if _FILTERS_LANDLOCK:
        library = seccomp._library()
        rules = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(seccomp._ALLOW)))
        seccomp._forbid(library, rules, "landlock_create_ruleset", errno.ENOSYS)
        library.seccomp_load(rules)
    try:
        os.execvp(program[0], program)
    except OSError as error:
        _fail(f"{program[0]}: {error}", 127)


def _code(status: int) -> int:
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _fail(text: str, code: int) -> None:
    os.write(2, f"{text}\n".encode())
    os._exit(code)
