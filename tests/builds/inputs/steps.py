"""gdb's own Python: steps through a program from main to its end and prints each stop.

gdb -batch -ex 'py command = "step"' -x steps.py PROGRAM     (or "next"); a stop is "# " and the
function and line of every frame, from the innermost to main.
"""
import gdb


def stop():
    frame, places = gdb.newest_frame(), []
    while frame is not None:
        places.append(f'{frame.name()}:{frame.find_sal().line}')
        frame = frame.older()
    return ' < '.join(places)


for setting in ('pagination off', 'confirm off', 'width 0'):
    gdb.execute(f'set {setting}')
gdb.execute('break main', to_string=True)
gdb.execute('run', to_string=True)
while gdb.selected_inferior().pid and 'main:' in stop():
    print('#', stop())
    gdb.execute(command, to_string=True)
