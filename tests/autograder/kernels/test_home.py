"""What a graded kernel can and cannot import."""

from autograder.kernels.home import furnish, kernel_home
from autograder.kernels.init import PASSED_ON
from autograder.kernels.view import make_kernel_view


def test_no_answer_is_in_the_view(tmp_path):
    make_kernel_view(tmp_path)
    files = {str(p.relative_to(tmp_path / "cvlabs")) for p in tmp_path.rglob("*.py")}
    assert {"__init__.py", "checks/__init__.py", "checks/probe.py"} <= files
    assert not [f for f in files if f.startswith(("models", "checks/answers", "checks/judge", "factory"))]


def test_what_is_not_listed_stays_out(tmp_path):
    package = tmp_path / "package"
    released = ["__init__.py", "checks/probe.py", "layers/deep/a.py"]
    hidden = ["new/secret.py", "checks/judge.py", "checks/answers/stem.py", "layers/notes.txt", "factory.py"]
    for name in released + hidden:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).touch()
    make_kernel_view(tmp_path / "view", package)
    files = {str(p.relative_to(tmp_path / "view" / "cvlabs")) for p in (tmp_path / "view").rglob("*.*")}
    assert files == set(released)


def test_a_home_is_private_and_removed(tmp_path):
    for name in ("lab.ipynb", "figure.svg", ".hidden"):
        (tmp_path / name).write_text("x")
    with kernel_home(tmp_path) as home:
        furnish(home, home.scratch)
        assert [p.name for p in home.scratch.iterdir()] == ["figure.svg"]
        assert home.root.stat().st_mode & 0o077 == 0
        (home.scratch / "left").write_text("x")
    assert not home.root.exists()


def test_the_environment_is_an_allow_list(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "x")
    with kernel_home(None) as home:
        open_, isolated = (home.environment({"stem": "abc"}, isolated=i) for i in (False, True))
    for environment in (open_, isolated):
        assert "SECRET_TOKEN" not in environment
        assert environment["CVLABS_CHECK_CASES"] == '{"stem": "abc"}'
    assert open_["HOME"].startswith(str(home.root))
    assert isolated["HOME"] == "/home/student"


def test_whole_lines_of_a_report_are_read():
    with kernel_home(None) as home:
        assert (home.peak_memory(), home.signals()) == (0, 0)
        home.report.write_bytes(b"5\n" + PASSED_ON + b"70\n" + PASSED_ON + b"9000")
        assert (home.peak_memory(), home.signals()) == (70, 2)
