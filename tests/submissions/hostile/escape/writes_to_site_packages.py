# Leaves code in the packages that later kernels and the grader import.
# answer: wrong
# lost: conv_params
# needs: sandbox
import pathlib
import sys

code = "import builtins; builtins.caught = True\n"
folders = {
    "<site_packages>",
    "<repository>",
    "<repository>/autograder",
    "<repository>/cvlabs/checks",
    *sys.path,
}
for folder in folders:
    for name in ("sitecustomize.py", "usercustomize.py", "caught.pth", "keras/caught.py", "caught.py"):
        try:
            pathlib.Path(folder, name).write_text(code)
        except OSError:
            pass
