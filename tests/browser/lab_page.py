"""JupyterLab's page, driven through the application object that `--expose-app-in-browser` puts there."""

import json
import time

from tests.browser.lab_server import page

LOAD_SECONDS = 300
RUN_SECONDS = 900  # lab 4 trains four networks

OPEN = """
const [path, done] = arguments;
(async () => {
  const app = window.jupyterapp;
  await app.restored;
  const panel = await app.commands.execute('docmanager:open', {path, factory: 'Notebook'});
  await panel.context.ready;
  await panel.sessionContext.ready;
})().then(() => done('opened'), error => done(String(error)));
"""
RUN_ALL = """
window.finished = null;
window.jupyterapp.commands.execute('notebook:run-all-cells').then(
  () => window.finished = 'ran', error => window.finished = String(error));
"""
CELLS = """
const cells = window.jupyterapp.shell.currentWidget.content.model.cells;
return JSON.stringify([...cells].map(cell => cell.toJSON()));
"""
SHOW = """
const [index, done] = arguments;
const notebook = window.jupyterapp.shell.currentWidget.content;
notebook.activeCellIndex = index;
notebook.scrollToItem(index, 'start').then(() => setTimeout(done, 1000));
"""
VALIDATE = """
const button = window.jupyterapp.shell.currentWidget.node.querySelector('.validate-button');
(button.querySelector('jp-button, button') ?? button).click();
"""
DIALOG = "return document.querySelector('.jp-Dialog')?.innerText"


def open_notebook(browser, address, notebook):
    """Opens a notebook."""
    browser.get(page(address, "lab"))
    wait(browser, "return Boolean(window.jupyterapp)", LOAD_SECONDS)
    opened = browser.execute_async_script(OPEN, notebook)
    assert opened == "opened", opened


def run_all(browser, address, notebook):
    """Opens a notebook and runs all its cells; returns them, with their outputs."""
    open_notebook(browser, address, notebook)
    browser.execute_script(RUN_ALL)
    finished = wait(browser, "return window.finished", RUN_SECONDS)
    assert finished == "ran", finished
    return json.loads(browser.execute_script(CELLS))


def validate(browser):
    """Presses Validate, as in the notebook that is open; returns what the dialog says."""
    browser.execute_script(VALIDATE)
    return wait(browser, DIALOG, RUN_SECONDS)


def show(browser, index):
    """Scrolls to a cell."""
    browser.execute_async_script(SHOW, index)


def wait(browser, script, seconds):
    """Waits until a script returns something, and returns it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := browser.execute_script(script):
            return value
        time.sleep(0.5)
    raise AssertionError(f"not so after {seconds} s: {script}; the page says: {browser.title}")
